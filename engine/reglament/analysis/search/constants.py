"""From versions to the constants that they say, and those that each fact is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from reglament.diagram.kernel.forest import TooLarge
from reglament.diagram.kernel.text_samples import text_with
from reglament.model.conditions import Test
from reglament.model.decisions import Rule
from reglament.model.lists import lists_in
from reglament.model.regulation import Version
from reglament.model.terms import Constant, Formula, Term
from reglament.model.text_tests import MatchesForm
from reglament.model.values import Kind, Period, Value
from reglament.model.visitor import facts_of, tests_within, walk

_PYTHON: tuple[tuple[type, tuple[Kind, ...]], ...] = (
    (bool, ()),
    (int, (Kind.INTEGER, Kind.DECIMAL)),
    (Decimal, (Kind.DECIMAL, Kind.INTEGER)),
    (date, (Kind.DATE, Kind.DATETIME)),
    (time, (Kind.TIME,)),
    (timedelta, (Kind.DURATION,)),
    (Period, (Kind.PERIOD,)),
)


class Constants:
    """What `versions` say as values: `near` by the fact that they are compared with.

    `of_items` has by plain list what its items are compared with.
    """

    def __init__(self, versions: Sequence[Version]) -> None:
        self.near: dict[str, tuple[Value, ...]] = {}
        self._by_kind: dict[Kind, dict[Any, None]] = {}
        near: dict[str, dict[Any, None]] = {}
        items: dict[str, dict[Any, None]] = {}
        for version in versions:
            for _, rule in version.every_rule():
                for test in tests_within(rule.when, rule.then):
                    self._note(value for term in test.terms for value in _said(term))
                    for name in sorted(facts_of(test)):
                        near.setdefault(name, {}).update(dict.fromkeys(_values(test)))
                self._note(_said(rule.then))
                for name, values in _of_items(rule):
                    items.setdefault(name, {}).update(dict.fromkeys(values))
                    self._note(iter(values))
            for inner in lists_in(version).values():
                for _, rule in inner.item.every_rule():
                    self._note(v for test in tests_within(rule.when) for v in _values(test))
        self.near = {name: tuple(values) for name, values in near.items()}
        self.of_items = {name: tuple(values) for name, values in items.items()}

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


def _of_items(rule: Rule) -> Iterator[tuple[str, list[Value]]]:
    """What is said of items of plain lists in the rule, each with a list that is read there."""
    for node in (rule.when, rule.then):
        for part in walk(node):
            if isinstance(part, Formula) and part.each is not None:
                tests = tests_within(part.each.where, part.each.term)
                values = [value for test in tests for value in _values(test)]
                yield from ((name, values) for name in facts_of(part.arguments[0]))
            elif isinstance(part, Test):
                yield from ((name, list(_values(part))) for name in facts_of(*part.terms))


def _values(test: Test) -> Iterator[Value]:
    """The values that the test names, those within its terms included."""
    yield from (value for value in test.names if value is not None)
    if isinstance(test, MatchesForm):
        yield from _of_form(test)
        return
    for term in test.terms:
        yield from _said(term)


def _of_form(test: MatchesForm) -> Iterator[Value]:
    """A text of the form, which is itself no such text."""
    with suppress(TooLarge):
        text = text_with([(test, True)])
        if text is not None:
            yield text


def _said(term: Term) -> Iterator[Value]:
    for part in walk(term):
        if isinstance(part, Constant) and part.value is not None:
            yield part.value
