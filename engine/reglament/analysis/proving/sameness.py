"""Whether a decision, with all that it builds on, is one and the same text in two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

from reglament.memo import Memo, once_for_each
from reglament.model.decisions import Decision, cone
from reglament.model.lists import asked_by
from reglament.model.regulation import Version
from reglament.model.visitor import hours_of

# What a field says to people only. A field that is not named here counts as meaning, so that
# one which is added to the model makes two texts differ rather than pass for the same.
WORDING = frozenset(
    """title label because unless question place clauses citations readings reading sources told_by
    option_labels outcome_labels unit ask_for can_change is_sensitive is_internal groups""".split()  # noqa: SIM905
)
NAMES = frozenset(
    {("Constant", "name"), ("SpecialDay", "name"), ("Hours", "id"), ("Calendar", "id")}
)


def is_same(old: Version, new: Version, decision: str) -> bool:
    """Whether the decision reads the same in both versions, down to facts, hours and calendars."""
    return bool(_texts(old).cone[decision] == _texts(new).cone[decision])


def unlike_totals(old: Version, new: Version, decision: str) -> bool:
    """Whether a total that the decision reads in both versions comes about differently in them."""
    before, after = (frozenset(_totals_of(version, decision)) for version in (old, new))
    return not all(is_same_total(old, new, name) for name in before & after)


def is_same_total(old: Version, new: Version, name: str) -> bool:
    """Whether a total of both versions comes about in the same way in them."""
    return bool(_texts(old).total(name) == _texts(new).total(name))


def _totals_of(version: Version, decision: str) -> Iterator[str]:
    for name in cone(version.decisions, [decision]):
        yield from version.decisions[name].facts() & version.totals.keys()


def has_same_rules(old: Version, new: Version, decision: str) -> bool:
    """Whether the rules of the decision itself read the same, the hours that they name aside."""
    return bool(_texts(old).own[decision] == _texts(new).own[decision])


def has_same_clocks(old: Version, new: Version, hours: Iterable[str]) -> bool:
    """Whether the time zone and the hours of these names are the same."""
    names = sorted(hours)
    return bool(_texts(old).clocks(names) == _texts(new).clocks(names))


def meaning(value: Any) -> Any:
    """The value with all wording taken out, in a form that is equal if the meaning is."""
    if is_dataclass(value):
        kind = type(value).__name__
        kept = (
            field.name
            for field in fields(value)
            if field.name not in WORDING and (kind, field.name) not in NAMES
        )
        return (kind, *((name, _field(value, name)) for name in kept))
    if isinstance(value, Mapping):
        return tuple(sorted((repr(key), meaning(item)) for key, item in value.items()))
    if isinstance(value, frozenset):
        return tuple(sorted(map(repr, value)))
    if isinstance(value, tuple):
        return tuple(map(meaning, value))
    if isinstance(value, datetime):  # equal moments may stand on different days
        return ("datetime", value.isoformat())
    if isinstance(value, Enum):
        return value.value
    return (type(value).__name__, value)


def _field(value: Any, name: str) -> Any:
    found = getattr(value, name)
    return found is not None if name == "null_means" else meaning(found)


class _MeaningTexts:
    """The meaning of each decision of one version by itself (`own`), and with all that it reads."""

    def __init__(self, version: Version) -> None:
        # Not the version itself: the cache below must not keep it alive.
        self._decisions = version.decisions
        self._facts = version.facts
        self._hours = version.hours
        self._zone = version.zone
        self._lists = version.lists
        self.own = Memo[str, Any](lambda name: meaning(self._decisions[name]))
        self.cone = Memo[str, Any](self._cone)

    def _cone(self, name: str) -> Any:
        """The decision and whatever it builds on, by name."""
        names = sorted(cone(self._decisions, [name]))
        facts = sorted({fact for one in names for fact in self._decisions[one].facts()})
        return (
            self._zone,
            tuple((one, self.own[one]) for one in names),
            tuple((fact, meaning(self._facts[fact])) for fact in facts if fact in self._facts),
            tuple((one, self._meanings_of_hours[one]) for one in self._hours_of(names)),
            tuple((fact, self.total(fact)) for fact in facts if self._is_total(fact)),
        )

    def _is_total(self, name: str) -> bool:
        return name in self._facts and self._facts[name].total is not None

    def total(self, name: str) -> Any:
        """What a total of a list comes to, down to what decides one item."""
        total = self._facts[name].total
        if total is None:
            return None
        items = self._lists[total.over]
        behind = tuple(_texts(items.item).cone[one] for one in asked_by(total))
        fields = tuple((one, meaning(fact)) for one, fact in items.fields.items())
        return meaning(total), items.at_least, items.at_most, fields, behind

    def clocks(self, names: list[str]) -> Any:
        """The zone and the hours of these names."""
        return self._zone, tuple(self._meanings_of_hours.get(name) for name in names)

    @cached_property
    def _meanings_of_hours(self) -> Mapping[str, Any]:
        return {name: meaning(hours) for name, hours in self._hours.items()}

    def _hours_of(self, names: list[str]) -> list[str]:
        return sorted({one for name in names for one in hours_read(self._decisions[name])})


def hours_read(decision: Decision) -> Iterator[str]:
    """The names of the hours that the rules of the decision count by."""
    return (name for rule in decision.every_rule() for name in hours_of(rule.when, rule.then))


_texts = once_for_each(_MeaningTexts)
