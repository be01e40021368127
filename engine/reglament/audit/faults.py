"""What an audit of a log finds: each thing by name, at its entry, in words."""

from __future__ import annotations

from dataclasses import dataclass

from reglament.model.problems import Refused
from reglament.model.words import Language, Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `code` is its stable name, `sequence` the entry it was found at."""

    code: str
    sequence: int | None
    message: Words

    def to_text(self, language: Language) -> str:
        """`deleted-entry: …`."""
        return f"{self.code}: {self.message.to(language)}"


def edited(sequence: int) -> Finding:
    """The bytes of an entry do not give its hash."""
    return Finding(
        "edited-entry",
        sequence,
        Words(
            ru=f"запись {sequence} изменена: её содержание не даёт её хэш",
            en=f"entry {sequence} was edited: its content does not give its hash",
        ),
    )


def stored_otherwise(sequence: int, how: Words) -> Finding:
    """What is stored cannot be an entry."""
    return Finding(
        "edited-entry",
        sequence,
        Words(
            ru=f"запись {sequence} изменена: {how.ru}", en=f"entry {sequence} was edited: {how.en}"
        ),
    )


def unknown(sequence: int, name: str, told: object) -> Finding:
    """An entry of a kind, format or language that this engine does not know."""
    shown = repr(told)[:40]
    named = {"kind": "вид", "format": "формат", "language": "язык политик"}[name]
    return Finding(
        f"unknown-{name}",
        sequence,
        Words(
            ru=f"запись {sequence}: {named} `{shown}` неизвестен, она не исполнена заново",
            en=f"entry {sequence}: the {name} `{shown}` is not known, it was not re-executed",
        ),
    )


def more_in_entry(sequence: int, names: list[str]) -> Finding:
    """An entry says more than entries say."""
    listed = ", ".join(f"`{name[:40]}`" for name in names[:8])
    return Finding(
        "edited-entry",
        sequence,
        Words(
            ru=f"запись {sequence} говорит то, чего в записях не бывает: {listed}",
            en=f"entry {sequence} says what no entry says: {listed}",
        ),
    )


def rewritten(sequence: int, later: int) -> Finding:
    """An entry gives its hash, but not the one that the next entry chains to."""
    return Finding(
        "edited-entry",
        sequence,
        Words(
            ru=f"запись {sequence} подменена вместе с хэшем: запись {later} продолжает другую",
            en=f"entry {sequence} was replaced, hash and all: entry {later} follows another one",
        ),
    )


def beside(sequence: int, column: str) -> Finding:
    """A column beside the body says something else."""
    return Finding(
        "edited-entry",
        sequence,
        Words(
            ru=f"у записи {sequence} столбец `{column}` говорит не то, что её содержание",
            en=f"at entry {sequence} the column `{column}` does not say what its content says",
        ),
    )


def deleted(first: int, last: int) -> Finding:
    """Entries that later ones tell of are not there."""
    which = str(first) if first == last else f"{first}-{last}"
    return Finding(
        "deleted-entry",
        first,
        Words(
            ru=f"удалено: {which}; соседние записи стоят, а между ними пропуск",
            en=f"deleted: {which}; the entries around stand, and there is a gap between them",
        ),
    )


def inserted(place: int) -> Finding:
    """An entry that none follows stands among those of the chain."""
    return Finding(
        "inserted-entry",
        place,
        Words(
            ru=f"запись на месте {place} вставлена: цепь проходит мимо неё",
            en=f"the entry at {place} was inserted: the chain passes it by",
        ),
    )


def reordered(place: int, own: int) -> Finding:
    """An entry stands elsewhere than the chain has it."""
    return Finding(
        "reordered-entry",
        place,
        Words(
            ru=f"на месте {place} стоит запись {own}: порядок записей изменён",
            en=f"entry {own} stands at {place}: the entries were reordered",
        ),
    )


def renumbered(place: int, own: int) -> Finding:
    """An entry bears another number than it was sealed with, its place in the chain being right."""
    return Finding(
        "renumbered-entry",
        place,
        Words(
            ru=f"запись {own} хранится под номером {place}",
            en=f"entry {own} is kept under the number {place}",
        ),
    )


def backwards(sequence: int) -> Finding:
    """An entry is dated before the one before it."""
    return Finding(
        "time-backwards",
        sequence,
        Words(
            ru=f"запись {sequence} датирована раньше предыдущей",
            en=f"entry {sequence} is dated before the one before it",
        ),
    )


def replaced(why: Words) -> Finding:
    """This is not the log that it should be."""
    message = Words(ru=f"журнал подменён: {why.ru}", en=f"the log was replaced: {why.en}")
    return Finding("replaced-log", None, message)


def truncated(last: int, expected: int) -> Finding:
    """The log ends before its checkpoint."""
    return Finding(
        "truncated-tail",
        expected,
        Words(
            ru=f"конец отрезан: контрольная точка видела запись {expected}, а последняя - {last}",
            en=f"the tail was cut: the checkpoint saw entry {expected}, and the last is {last}",
        ),
    )


def of_entry(policy: Finding, sequence: int) -> Finding:
    """The same finding, told of one entry."""
    message = Words(
        ru=f"запись {sequence}: {policy.message.ru}", en=f"entry {sequence}: {policy.message.en}"
    )
    return Finding(policy.code, sequence, message)


def no_policy(digest: str) -> Words:
    """What is said of a policy that is not there."""
    return Words(ru=f"политики {digest} в журнале нет", en=f"the log lacks the policy {digest}")


def swapped(digest: str) -> Words:
    """What is said of a policy whose content is another's."""
    return Words(
        ru=f"политика под отпечатком {digest} подменена: её содержание даёт другой",
        en=f"the policy under the digest {digest} was swapped: its content gives another",
    )


def unread(digest: str, error: Refused) -> Words:
    """What is said of a policy that is the one recorded, and that this engine refuses."""
    why = error.problems[0].message
    return Words(
        ru=f"политика {digest} - та самая, но этот движок её не читает ({why.ru}); "
        "проверьте тем движком, что записан в `engine`",
        en=f"the policy {digest} is the one recorded, but this engine refuses it ({why.en}); "
        "verify by the engine named in `engine`",
    )


def stray_secret(sequence: int, names: list[str]) -> Finding:
    """Something kept apart that its entry does not know of."""
    listed = ", ".join(f"`{name[:40]}`" for name in names[:8])
    message = Words(
        ru=f"запись {sequence}: отдельно хранится {listed}, за которое она не ручается",
        en=f"entry {sequence}: {listed} is kept apart, and the entry does not commit to it",
    )
    return Finding("stray-secret", sequence, message)


def does_not_follow(sequence: int, name: str, words: Words) -> Finding:
    """A decision that its policy does not give."""
    message = Words(
        ru=f"запись {sequence}: решение `{name}` не следует из политики: {words.ru}",
        en=f"entry {sequence}: decision `{name}` does not follow from its policy: {words.en}",
    )
    return Finding("does-not-follow", sequence, message)


def other_words(sequence: int) -> Finding:
    """A document whose words are not those that the policy gives."""
    message = Words(
        ru=f"запись {sequence}: исходы верны, но остальной документ повторяется иначе",
        en=f"entry {sequence}: the outcomes follow, but other parts of the document do not",
    )
    return Finding("other-document", sequence, message)


def wrong_version(sequence: int) -> Finding:
    """A decision by a version that was not the one in force."""
    message = Words(
        ru=f"запись {sequence}: названная версия политики не та или в тот день не действовала",
        en=f"entry {sequence}: the version named is another, or was not in force on that day",
    )
    return Finding("wrong-version", sequence, message)


def other_secret(sequence: int, name: str) -> Finding:
    """Something kept apart that the entry does not commit to."""
    message = Words(
        ru=f"запись {sequence}: хранимое отдельно `{name}` не то, за которое запись ручается",
        en=f"entry {sequence}: what is kept apart as `{name}` is not what the entry commits to",
    )
    return Finding("edited-secret", sequence, message)


def lost_secret(sequence: int, names: list[str]) -> Finding:
    """Something kept apart that vanished without a record."""
    listed = ", ".join(f"`{name}`" for name in names)
    message = Words(
        ru=f"запись {sequence}: {listed} нет, а записи о стирании тоже нет",
        en=f"entry {sequence}: {listed} is gone, and no entry records that it was erased",
    )
    return Finding("lost-secret", sequence, message)


def secret_back(sequence: int, names: list[str]) -> Finding:
    """Something that an entry records as erased is there."""
    listed = ", ".join(f"`{name[:40]}`" for name in names[:8])
    message = Words(
        ru=f"запись {sequence}: {listed} записано стёртым, а хранится",
        en=f"entry {sequence}: {listed} is recorded as erased, and is kept",
    )
    return Finding("stray-secret", sequence, message)


def unreadable(sequence: int, error: Exception) -> Finding:
    """An entry that gives no request that could be decided again."""
    why = str(error).splitlines()[0] if str(error) else type(error).__name__
    message = Words(
        ru=f"запись {sequence} нельзя исполнить заново: {why}",
        en=f"entry {sequence} cannot be re-executed: {why}",
    )
    return Finding("does-not-follow", sequence, message)


def other_hash(sequence: int) -> Words:
    """What is said of an entry that is not the one of the checkpoint."""
    return Words(
        ru=f"в контрольной точке у записи {sequence} другой хэш",
        en=f"the checkpoint has another hash for entry {sequence}",
    )


BROKEN = Words(ru="цепь хэшей разорвана", en="the chain of hashes is broken")
OTHER_NAME = Words(
    ru="контрольная точка взята с другого журнала", en="the checkpoint was taken of another log"
)
