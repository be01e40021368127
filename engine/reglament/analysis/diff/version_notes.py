"""What a version says of itself otherwise than another, and words that it alone knows: notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reglament.analysis.diff.types import VersionNote
from reglament.evaluation import Evaluated, Evaluator
from reglament.language.requests.named_words import named_words
from reglament.language.requests.near import word_type
from reglament.messages import Language, ListedWords, Message, Rendered, Verbatim, Words, ticked
from reglament.model.calendar import OutsideCalendar
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.values import Kind, Value
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import label, value_words

MOST_POSSIBLE = 4
MOST_DECISIONS = 6


def new_words(old: Version, new: Version) -> Iterator[VersionNote]:
    """Options and outcomes that only the new version declares: who names them, what they get."""
    for name in sorted(old.facts.keys() & new.facts.keys()):
        before, after = (word_type(version.facts[name].type) for version in (old, new))
        if before.kind is after.kind is Kind.CHOICE:
            for word in (one for one in after.options if one not in before.options):
                yield _option(new, name, word)
    for name in sorted(old.decisions.keys() & new.decisions.keys()):
        known = old.decisions[name].type.options
        for word in (one for one in new.decisions[name].type.options if known and one not in known):
            yield _outcome(new, name, word)


def _option(version: Version, name: str, word: str) -> VersionNote:
    value = (word,) if version.facts[name].type.kind is Kind.LIST else word
    evaluated = Evaluator(version).evaluate({name: value}, is_assuming=False)
    new = Message("new-option", word=word, name=name, named=_named(version, name, word))
    words = ListedWords((new, *_gets(evaluated, name)), "; ")
    return VersionNote("word-added", name, words, matters=True, facts={name: value})


def _outcome(version: Version, name: str, word: str) -> VersionNote:
    rules = version.decisions[name].every_rule()
    given = [rule.id for rule in rules if rule.then == Constant(word)]
    gives = Message("given-listed", listed=ticked(given))
    by, named = gives if given else Message("given-no-rule"), _named(version, name, word)
    words = Message("new-outcome-decision", word=word, name=name, by=by, named=named)
    return VersionNote("outcome-added", name, words, matters=True)


def _named(version: Version, name: str, word: str) -> Words:
    said = named_words((rule for _, rule in version.every_rule()), version.reactions)
    found = dict.fromkeys(one.by for one in said if (one.name, one.word) == (name, word))
    if not found:
        return Message("named-no-rule")
    return Message("named-listed", listed=ticked(found))


def _gets(evaluated: Evaluated, fact: str) -> Iterator[Words]:
    """The decisions that hang on the fact, with what is possible if it alone is told."""
    version, count = evaluated.version, 0
    for name in version.shown_decisions:
        if fact not in version.facts_behind(name):
            continue
        try:
            possible = evaluated[name].possible
        except (Refused, OutsideCalendar, OverflowError):
            continue
        if possible and len(possible) <= MOST_POSSIBLE and count < MOST_DECISIONS:
            count += 1
            yield Rendered(_possible, version, name, possible)


def _possible(version: Version, name: str, possible: Sequence[Value], language: Language) -> str:
    said = [value_words(version, name, value, language) for value in possible]
    return f"{label(version, name, language)}: {lang.listed(said, language, lang.OR)}"


SAID: tuple[tuple[str, str, bool, Words], ...] = (
    ("policy", "policy", False, Message("policy")),
    ("version", "version", False, Message("version")),
    ("known-from", "known_from", False, Message("known-from")),
    ("holds-from", "holds_from", True, Message("holds-from")),
    ("holds-until", "holds_until", True, Message("holds-until")),
    ("chosen-by", "chosen_by", True, Message("version-chosen")),
    ("time-zone", "zone", True, Message("time-zone")),
)


def version_notes(old: Version, new: Version) -> Iterator[VersionNote]:
    """What the versions say of themselves, and the decisions that only one of them makes."""
    # Two texts of one regulation that follow each other hold from different days, of course.
    is_successor = old.version != new.version
    for code, attribute, matters, said in SAID:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after:
            yield VersionNote(
                code,
                attribute,
                Message("label-before-after", label=said, before=before or "-", after=after or "-"),
                matters and not (is_successor and code in ("holds-from", "holds-until")),
            )
    yield from _decisions(old, new)
    yield from _assumed(old, new)


def _assumed(old: Version, new: Version) -> Iterator[VersionNote]:
    """Facts of which the versions assume something else, where a request does not tell them."""
    for name in sorted(old.facts.keys() & new.facts.keys()):
        before, after = old.facts[name].assumed, new.facts[name].assumed
        if before != after:
            message = Message(
                "assumed-otherwise", name=name, before=_said(before), after=_said(after)
            )
            yield VersionNote("assumed-changed", name, message, matters=True)


def _said(assumed: Constant | None) -> Words:
    if assumed is None:
        return Message("nothing")
    return Verbatim("null" if assumed.value is None else str(assumed.value))


def _decisions(old: Version, new: Version) -> Iterator[VersionNote]:
    for name in new.shown_decisions:
        if name not in old.decisions:
            words = Message("new-decision", name=name)
            yield VersionNote("decision-added", name, words, matters=True)
    for name in old.shown_decisions:
        if name not in new.decisions:
            words = Message("decision-gone", name=name)
            yield VersionNote("decision-removed", name, words, matters=True)
