"""From two versions to what they only word otherwise: reasons, labels, clauses, readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from reglament.analysis.diff.types import VersionNote
from reglament.messages import ListedWords, Message
from reglament.model.decisions import Decision, Rule
from reglament.model.regulation import Version

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
    return {rule.id: rule for one, rule in version.every_rule() if not one.is_internal}


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
        told = (one.name for one in fields(value) if one.name != "place")
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
