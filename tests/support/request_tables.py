"""Seeded tables of requests of any version, and what `policy.decide` says of each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.decided_columns import DecidedColumns, arrow_type
from reglament.columnar.judged_rows import row_record
from reglament.columnar.keys.class_records import RowRecord, class_record
from reglament.columnar.vectors.vector_values import column_of
from reglament.model.outcomes import Status
from reglament.model.problems import Refused
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant
from reglament.model.values import Kind, Period, Record, Type
from reglament.model.visitor import walk

DAY = timedelta(days=1)


def constants_of(version: Version) -> dict[Kind, list[Any]]:
    """The constants of the rules by kind: values near them are those at which outcomes turn."""
    found: dict[Kind, dict[Any, None]] = {kind: {} for kind in Kind}
    for _, rule in version.every_rule():
        for term in (*walk(rule.when), *walk(rule.then)):
            value = term.value if isinstance(term, Constant) else None
            if value is not None and not isinstance(value, bool):
                found[_kind(value)][value] = None
    return {kind: list(values) for kind, values in found.items()}


def _kind(value: Any) -> Kind:
    kinds = (
        (str, Kind.TEXT),
        (int, Kind.INTEGER),
        (Decimal, Kind.DECIMAL),
        (datetime, Kind.DATETIME),
        (date, Kind.DATE),
        (timedelta, Kind.DURATION),
        (Mapping, Kind.RECORD),
    )
    return next((kind for python, kind in kinds if isinstance(value, python)), Kind.LIST)


class Rows:
    """Random values of the facts of a version."""

    def __init__(self, version: Version, seed: int, years: tuple[int, int] = (2018, 2027)) -> None:
        self.version, self.random, self.years = version, Random(seed), years
        self.constants = constants_of(version)
        self.zone = ZoneInfo(version.zone)

    def row(self, missing: float) -> dict[str, Any]:
        """A request, each fact missing with such a likelihood."""
        return {
            name: self.value(fact)
            for name, fact in self.version.told_facts.items()
            if self.random.random() >= missing
        }

    def value(self, fact: Fact) -> Any:
        if fact.is_nullable and self.random.random() < 0.3:
            return None
        return self._admitted(fact.type)

    def _admitted(self, type_: Type) -> Any:
        while True:
            value = self._of_type(type_)
            if type_.admits(value):
                return value

    def _of_type(self, type_: Type) -> Any:
        pick = self.random.choice
        if type_.kind in (Kind.CHOICE, Kind.TEXT):
            odd = ["", "somebody else", "Portal", "тест"] if type_.is_open else []
            return pick(
                [*type_.options, *self.constants[Kind.TEXT], *odd] if odd else type_.options
            )
        if type_.kind is Kind.BOOLEAN:
            return pick([True, False])
        if type_.kind is Kind.LIST:
            assert type_.item is not None
            return [self._admitted(type_.item) for _ in range(self.random.randrange(4))]
        if type_.kind is Kind.RECORD:
            return Record({name: self._admitted(field) for name, field in type_.fields})
        near = self.constants[type_.kind]
        if near and self.random.random() < 0.3:
            return pick(near) + pick([-1, 0, 1]) * self._step(type_)
        return getattr(self, f"_any_{type_.kind.value}")(type_)

    def _step(self, type_: Type) -> Any:
        steps = {
            Kind.INTEGER: 1,
            Kind.DECIMAL: Decimal(1).scaleb(-type_.places),
            Kind.DATE: DAY,
            Kind.DATETIME: timedelta(microseconds=1),
            Kind.DURATION: timedelta(seconds=1),
        }
        return steps[type_.kind]

    def _any_integer(self, type_: Type) -> int:
        return self.random.choice([self.random.randrange(-3, 120), self.random.randrange(10**6)])

    def _any_decimal(self, type_: Type) -> Decimal:
        return Decimal(self.random.randrange(0, 500_000)).scaleb(-type_.places)

    def _any_date(self, type_: Type) -> date:
        first, last = (date(year, 1, 1) for year in self.years)
        return first + self.random.randrange((last - first).days) * DAY

    def _any_datetime(self, type_: Type) -> datetime:
        seconds = self.random.choice([0, 0, self.random.randrange(86_400)])
        day = self._any_date(type_)
        return datetime(day.year, day.month, day.day, tzinfo=self.zone) + timedelta(seconds=seconds)

    def _any_duration(self, type_: Type) -> timedelta:
        return timedelta(seconds=self.random.randrange(0, 40 * 3600))


def told_table(facts: Mapping[str, Fact], rows: list[dict[str, Any]], zone: str) -> pa.Table:
    """The rows as a table, with a `.told` column for each fact that may be null."""
    columns: dict[str, pa.Array] = {}
    for name, fact in facts.items():
        columns[name] = column_of([row.get(name) for row in rows], arrow_type(fact.type, zone))
        if fact.is_nullable:
            columns[f"{name}.told"] = pa.array([name in row for row in rows])
    return pa.table(columns)


def cells(evaluator: ColumnEvaluator, found: DecidedColumns) -> Iterator[Any]:
    """What the columns say of each row: its problems, or its record and its decisions."""
    rows, errors = found.rows.to_pylist(), found.errors.to_pylist()
    read = {
        name: [
            column.classes.to_pylist(),
            *(
                [None] * found.count if one is None else one.to_pylist()
                for one in (column.values, column.possible)
            ),
        ]
        for name, column in found.decisions.items()
    }
    for place in range(found.count):
        if errors[place] is not None:
            yield evaluator.problems[errors[place]]
            continue
        yield (
            evaluator.row_records[rows[place]],
            {
                name: (evaluator.classes[classes[place]], values[place], possible[place])
                for name, (classes, values, possible) in read.items()
                if classes[place] is not None
            },
        )


def decided_rows(
    evaluator: ColumnEvaluator, rows: list[dict[str, Any]], at: datetime | None = None
) -> Iterator[Any]:
    """The same by `policy.decide`, row by row."""
    for row in rows:
        try:
            decided = evaluator.policy.decide(row, at=at, only=evaluator.only)
            record: RowRecord = row_record(decided)
        except Refused as refused:
            yield refused.problems
            continue
        found = {}
        for name in evaluator.decisions:
            if name not in decided.version.decisions:
                continue
            outcome, is_computed = decided[name], name in evaluator.value_types
            open_ = is_computed and outcome.status is Status.UNDETERMINED
            found[name] = (
                class_record(
                    decided.version,
                    outcome.whole,
                    is_computed=is_computed,
                    details=evaluator.details,
                ),
                _plain(outcome.outcome) if is_computed else None,
                _plain(outcome.possible) if open_ else None,
            )
        yield record, found


def _plain(value: Any) -> Any:
    if isinstance(value, Period):  # of which Arrow has no type that is read everywhere
        return str(value)
    return list(map(_plain, value)) if isinstance(value, tuple) else value
