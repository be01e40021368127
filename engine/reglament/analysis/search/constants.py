"""From versions to the constants that they say, and those that each fact is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reglament.model.conditions import Comparison, Includes, OneOf, Test, terms_of, tests_of
from reglament.model.policy import Version
from reglament.model.terms import Constant, FactRef, Term, terms_within
from reglament.model.values import Kind, Value

_PYTHON: tuple[tuple[type, tuple[Kind, ...]], ...] = (
    (bool, ()),
    (int, (Kind.INTEGER, Kind.DECIMAL)),
    (Decimal, (Kind.DECIMAL, Kind.INTEGER)),
    (date, (Kind.DATE, Kind.DATETIME)),
    (timedelta, (Kind.DURATION,)),
)


class Constants:
    """What `versions` say as values: `near` by the fact that they are compared with."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self.near: dict[str, tuple[Value, ...]] = {}
        self._by_kind: dict[Kind, dict[Any, None]] = {}
        near: dict[str, dict[Any, None]] = {}
        for version in versions:
            for _, rule in version.every_rule():
                for test in tests_of(rule.when):
                    self._note(value for term in terms_of(test) for value in _said(term))
                    for name in _named(test):
                        near.setdefault(name, {}).update(dict.fromkeys(_values(test)))
                self._note(_said(rule.then))
        self.near = {name: tuple(values) for name, values in near.items()}

    def of(self, kind: Kind) -> tuple[Any, ...]:
        """Every constant that is a value of the kind, or can be taken for one."""
        return tuple(self._by_kind.get(kind, ()))

    def _note(self, values: Iterator[Value]) -> None:
        for value in values:
            for type_, kinds in _PYTHON:
                if isinstance(value, type_):
                    for kind in kinds:
                        self._by_kind.setdefault(kind, {})[value] = None
                    break


def _named(test: Test) -> Iterator[str]:
    """The facts in a test."""
    for term in terms_of(test):
        yield from (part.name for part in terms_within(term) if isinstance(part, FactRef))


def _values(test: Test) -> tuple[Value, ...]:
    if isinstance(test, OneOf):
        return tuple(value for value in test.values if value is not None)
    if isinstance(test, Includes):
        return (test.value,)
    if isinstance(test, Comparison):
        return tuple(value for term in terms_of(test) for value in _said(term))
    return ()


def _said(term: Term) -> Iterator[Value]:
    for part in terms_within(term):
        if isinstance(part, Constant) and part.value is not None:
            yield part.value
