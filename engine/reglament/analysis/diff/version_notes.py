"""From two versions to what is noted beside decisions: new words, themselves, other wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from reglament.analysis.diff.types import VersionNote
from reglament.evaluation import Evaluated, Evaluator
from reglament.language.requests.near import named_words, word_type
from reglament.messages import Language, ListedWords, Message, Rendered, Verbatim, Words, ticked
from reglament.model.calendar import OutsideCalendar
from reglament.model.decisions import Decision, Rule
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.values import Kind, Value
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import label, value_words

RULE = ("because", "unless", "clauses", "citations", "readings", "attaches")
WRITTEN = {"citations": "clauses"}  # the keys of a policy for what is read into two fields
FACT = ("label", "question", "told_by", "option_labels", "null_means", "can_change", "is_sensitive")
DECISION = ("label", "outcome_labels", "unit", "ask_for", "is_internal")
READING = ("question", "chosen", "alternatives", "because", "clauses")
CLAUSE = ("locator", "summary", "fingerprint", "no_rule_because")
PARAMETER = ("label", "values", "clauses", "readings")
HOURS = ("title", "readings", "clauses")


def wording_notes(old: Version, new: Version) -> Iterator[VersionNote]:
    """Changes that decide no request otherwise by themselves, and are still to be read."""
    yield from _compared("fact", FACT, old.facts, new.facts, is_whole=False)
    yield from _compared("parameter", PARAMETER, old.parameters, new.parameters)
    yield from _compared("hours", HOURS, old.hours, new.hours)
    yield from _compared("decision", DECISION, old.decisions, new.decisions, is_whole=False)
    for name in old.decisions.keys() & new.decisions.keys():
        yield from _outcomes(old.decisions[name], new.decisions[name])
    yield from _compared("rule", RULE, _rules(old), _rules(new))
    yield from _compared("reading", READING, old.readings, new.readings)
    yield from _compared("clause", CLAUSE, old.clauses, new.clauses)
    for code in ("title", "explain", "subjects", "reactions"):
        if _placeless(getattr(old, code)) != _placeless(getattr(new, code)):
            yield _note(code, "", "changed", ())
    yield from _of_examples(old, new)


def _compared(
    code: str,
    attributes: tuple[str, ...],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    is_whole: bool = True,
) -> Iterator[VersionNote]:
    for name in sorted(old.keys() | new.keys()):
        if name in old and name in new:
            found = tuple(a for a in attributes if getattr(old[name], a) != getattr(new[name], a))
            if found:
                yield _note(code, name, "changed", found)
        elif is_whole:
            yield _note(code, name, "added" if name in new else "removed", ())


def _outcomes(old: Decision, new: Decision) -> Iterator[VersionNote]:
    if old.type != new.type or old.is_nullable != new.is_nullable:
        yield _note("decision", old.name, "changed", ("outcomes",))


def _rules(version: Version) -> dict[str, Rule]:
    return {rule.id: rule for decision, rule in version.every_rule() if not decision.is_internal}


def _of_examples(old: Version, new: Version) -> Iterator[VersionNote]:
    """How many examples came, went, and say something else; their order means nothing."""
    before, after = _examples(old), _examples(new)
    counts = {
        "added": len(after.keys() - before.keys()),
        "removed": len(before.keys() - after.keys()),
        "changed": sum(before[name] != after[name] for name in before.keys() & after.keys()),
    }
    if any(counts.values()):
        told = {what: count for what, count in counts.items() if count}
        happened = (
            Message("happened-to", what=HAPPENED[what], count=count) for what, count in told.items()
        )
        words = Message("examples-happened", happened=ListedWords(happened))
        yield VersionNote("examples-changed", "", words, matters=False)


def _examples(version: Version) -> dict[str, Any]:
    return {e.name: (dict(e.facts), dict(e.expects), e.at) for e in version.examples}


def _placeless(value: Any) -> Any:
    """The value without the places of files, where it only moves."""
    if is_dataclass(value):
        told = (field.name for field in fields(value) if field.name != "place")
        return [_placeless(getattr(value, name)) for name in told]
    if isinstance(value, Mapping):
        return {key: _placeless(below) for key, below in value.items()}
    return [*map(_placeless, value)] if isinstance(value, tuple | list) else value


def _note(code: str, name: str, what: str, attributes: tuple[str, ...]) -> VersionNote:
    thing, happened = THINGS[code], HAPPENED[what]
    named = f" `{name}`" if name else ""
    keys = dict.fromkeys(WRITTEN.get(attribute, attribute) for attribute in attributes)
    listed = f" ({', '.join(keys)})" if keys and name else ""
    words = Message(
        "thing-named-happened-listed", thing=thing, named=named, happened=happened, listed=listed
    )
    return VersionNote(f"{code}-{what}", name, words, matters=False)


THINGS = {
    "fact": Message("fact"),
    "parameter": Message("parameter"),
    "hours": Message("hours"),
    "decision": Message("decision"),
    "rule": Message("rule"),
    "reading": Message("reading"),
    "clause": Message("clause"),
    "title": Message("title"),
    "explain": Message("explanation"),
    "subjects": Message("subjects-watched"),
    "reactions": Message("reactions"),
}
HAPPENED = {"added": Message("added"), "removed": Message("removed"), "changed": Message("changed")}


MOST_POSSIBLE = 4
MOST_DECISIONS = 6


def new_words(old: Version, new: Version) -> Iterator[VersionNote]:
    """Options and outcomes that only the new version declares: who names them, what they get."""
    for name in sorted(old.facts.keys() & new.facts.keys()):
        before, after = (word_type(version.facts[name].type) for version in (old, new))
        if before.kind is after.kind is Kind.CHOICE:
            for word in (option for option in after.options if option not in before.options):
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
