"""What an audit of a log finds: each thing by name, at its entry, in words."""

from __future__ import annotations

from reglament.frozen import frozen
from reglament.messages import Language, Message, Words, ticked
from reglament.model.problems import Refused


@frozen
class AuditFinding:
    """One thing that is wrong; `code` is its stable name, `sequence` the entry it was found at."""

    code: str
    sequence: int | None
    message: Words

    def to_text(self, language: Language) -> str:
        """`deleted-entry: …`."""
        return f"{self.code}: {self.message.to(language)}"


def fault(message: str, code: str, at: int | None, /, **values: object) -> AuditFinding:
    """What is wrong at an entry, or in none, in words that tell the values."""
    return AuditFinding(code, at, Message(message, **values))


def edited(sequence: int) -> AuditFinding:
    """The bytes of an entry do not give its hash."""
    return fault("entry-edited-content-does", "edited-entry", sequence, sequence=sequence)


def stored_otherwise(sequence: int, how: Words) -> AuditFinding:
    """What is stored cannot be an entry."""
    return fault("entry-edited", "edited-entry", sequence, sequence=sequence, how=how)


def unknown(sequence: int, name: str, told: object) -> AuditFinding:
    """An entry of a kind, format or language that this engine does not know."""
    shown = repr(told)[:40]
    return fault(
        "entry-of-unknown", f"unknown-{name}", sequence, sequence=sequence, name=name, shown=shown
    )


def more_in_entry(sequence: int, names: list[str]) -> AuditFinding:
    """An entry says more than entries say."""
    listed = ticked(name[:40] for name in names[:8])
    return fault("entry-says-what-no", "edited-entry", sequence, sequence=sequence, listed=listed)


def rewritten(sequence: int, later: int) -> AuditFinding:
    """An entry gives its hash, but not the one that the next entry chains to."""
    return fault(
        "entry-replaced-hash-all", "edited-entry", sequence, sequence=sequence, later=later
    )


def beside(sequence: int, column: str) -> AuditFinding:
    """A column beside the body says something else."""
    return fault(
        "entry-column-does-not", "edited-entry", sequence, sequence=sequence, column=column
    )


def deleted(first: int, last: int) -> AuditFinding:
    """Entries that later ones tell of are not there."""
    which = str(first) if first == last else f"{first}-{last}"
    return fault("deleted-entries-around-stand", "deleted-entry", first, which=which)


def inserted(place: int) -> AuditFinding:
    """An entry that none follows stands among those of the chain."""
    return fault("entry-inserted-chain-passes", "inserted-entry", place, place=place)


def reordered(place: int, own: int) -> AuditFinding:
    """An entry stands elsewhere than the chain has it."""
    return fault("entry-stands-entries-reordered", "reordered-entry", place, own=own, place=place)


def renumbered(place: int, own: int) -> AuditFinding:
    """An entry bears another number than it was sealed with, its place in the chain being right."""
    return fault("entry-kept-under-number", "renumbered-entry", place, own=own, place=place)


def backwards(sequence: int) -> AuditFinding:
    """An entry is dated before the one before it."""
    return fault("entry-dated-before-one", "time-backwards", sequence, sequence=sequence)


def replaced(why: Words) -> AuditFinding:
    """This is not the log that it should be."""
    return fault("log-replaced", "replaced-log", None, why=why)


def truncated(last: int, expected: int) -> AuditFinding:
    """The log ends before its checkpoint."""
    return fault(
        "tail-cut-checkpoint-saw", "truncated-tail", expected, expected=expected, last=last
    )


def of_entry(policy: AuditFinding, sequence: int) -> AuditFinding:
    """The same finding, told of one entry."""
    return fault(
        "entry-sequence-message", policy.code, sequence, sequence=sequence, message=policy.message
    )


def no_policy(digest: str) -> Words:
    """What is said of a policy that is not there."""
    return Message("log-lacks-policy", digest=digest)


def swapped(digest: str) -> Words:
    """What is said of a policy whose content is another's."""
    return Message("policy-under-digest-swapped", digest=digest)


def unread(digest: str, error: Refused) -> Words:
    """What is said of a policy that is the one recorded, and that this engine refuses."""
    why = error.problems[0].message
    return Message("policy-one-recorded-but", digest=digest, why=why)


def stray_secret(sequence: int, names: list[str]) -> AuditFinding:
    """Something kept apart that its entry does not know of."""
    listed = ticked(name[:40] for name in names[:8])
    return fault(
        "entry-kept-apart-entry", "stray-secret", sequence, sequence=sequence, listed=listed
    )


def does_not_follow(sequence: int, name: str, words: Words) -> AuditFinding:
    """A decision that its policy does not give."""
    message = Message("entry-decision-does-not", sequence=sequence, name=name, words=words)
    return AuditFinding("does-not-follow", sequence, message)


def other_words(sequence: int) -> AuditFinding:
    """A document whose words are not those that the policy gives."""
    return fault("entry-outcomes-follow-but", "other-document", sequence, sequence=sequence)


def wrong_version(sequence: int) -> AuditFinding:
    """A decision by a version that was not the one in force."""
    return fault("entry-version-named-another", "wrong-version", sequence, sequence=sequence)


def other_secret(sequence: int, name: str) -> AuditFinding:
    """Something kept apart that the entry does not commit to."""
    return fault("entry-what-kept-apart", "edited-secret", sequence, sequence=sequence, name=name)


def lost_secret(sequence: int, names: list[str]) -> AuditFinding:
    """Something kept apart that vanished without a record."""
    listed = ticked(names)
    return fault("entry-gone-no-entry", "lost-secret", sequence, sequence=sequence, listed=listed)


def secret_back(sequence: int, names: list[str]) -> AuditFinding:
    """Something that an entry records as erased is there."""
    listed = ticked(name[:40] for name in names[:8])
    return fault(
        "entry-recorded-erased-kept", "stray-secret", sequence, sequence=sequence, listed=listed
    )


def unreadable(sequence: int, error: Exception) -> AuditFinding:
    """An entry that gives no request that could be decided again."""
    why = str(error).splitlines()[0] if str(error) else type(error).__name__
    return fault(
        "entry-cannot-re-executed", "does-not-follow", sequence, sequence=sequence, why=why
    )


def other_hash(sequence: int) -> Words:
    """What is said of an entry that is not the one of the checkpoint."""
    return Message("checkpoint-another-hash-entry", sequence=sequence)


HASHES_BROKEN = Message("chain-hashes-broken")
OTHER_NAME = Message("checkpoint-taken-another-log")


def stray_policy(digest: str) -> AuditFinding:
    """A policy by which nothing was decided."""
    return fault("no-entry-names-policy", "stray-policy", None, digest=digest[:80])


def secrets_of_none(sequences: list[object], count: int) -> AuditFinding:
    """What is kept apart of entries that are not there: their numbers, whatever stands there."""
    listed = ", ".join(map(str, sequences)) + (", …" if count > len(sequences) else "")
    at = next((sequence for sequence in sequences if isinstance(sequence, int)), None)
    return fault("things-kept-apart-whose", "stray-secret", at, count=count, listed=listed)


def missing_table(name: str) -> AuditFinding:
    """A table of the log is gone, or is another."""
    return fault("table-gone-another-rest", "missing-table", None, name=name)


def unreadable_table(name: str, why: str) -> AuditFinding:
    """The database does not give a table, or not to its end."""
    return fault("table-cannot-read-end", "unreadable-table", None, name=name, why=why)


def unnumbered(count: int) -> AuditFinding:
    """Rows that bear no number."""
    return fault("rows-without-number-none", "inserted-entry", None, count=count)


def lost_guards(names: list[str]) -> AuditFinding:
    """Triggers are gone or changed."""
    listed = ticked(names)
    return fault("triggers-keep-log-from", "lost-guard", None, listed=listed)


def unknown_format(told: object) -> AuditFinding:
    """The log says that its format is another."""
    shown = repr(told)[:40]
    return fault("log-format-not-known", "unknown-format", None, shown=shown)


def ahead(first: int, last: int, time: str) -> AuditFinding:
    """Entries are dated later than the present."""
    return fault(
        "dated-later-than-present", "time-ahead", first, first=_range(first, last), time=time
    )


def stood_still(first: int, last: int, time: str) -> AuditFinding:
    """Entries in a row have one time, since a clock ran ahead or stood."""
    return fault(
        "one-same-time-clock", "time-stood-still", first, first=_range(first, last), time=time
    )


def _range(first: int, last: int) -> str:
    return f"#{first}" if first == last else f"#{first}-{last}"
