"""Row by row, the exact way: what columns cannot tell, and what every class is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

import pyarrow as pa

from reglament.columnar.reading.fact_columns import FactColumn, NullMeans, column_at
from reglament.columnar.reading.list_cells import told_list
from reglament.columnar.reading.odd_rows import null_groups, odd_rows
from reglament.decided import Decided
from reglament.evaluation.evaluator import Evaluator
from reglament.language.requests.unwrapped import nanoseconds
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.model.problems import Problem
from reglament.model.regulation import ItemList, Version

Row = dict[str, Any]


class Deciding(Protocol):
    """A policy, as far as columns ask it."""

    versions: tuple[Version, ...]

    def decide(
        self,
        facts: object,
        *,
        at: datetime | date | str | None = None,
        only: Iterable[str] | None = None,
    ) -> Decided: ...

    def evaluator(self, version: Version) -> Evaluator: ...

    def moment(self, at: datetime | date | str) -> datetime: ...

    def decide_when(
        self, facts: object, clock: datetime | None, only: tuple[str, ...] | None = None
    ) -> Decided: ...


class RowEngine:
    """Decides rows as `policy.decide` does; where no fact and no `at` says when, as of `clock`."""

    def __init__(
        self,
        policy: Deciding,
        at: datetime | None,
        clock: datetime,
        only: tuple[str, ...] | None,
    ) -> None:
        self.policy, self.at, self.clock, self.only = policy, at, clock, only

    def decide(self, row: Mapping[str, Any]) -> Decided:
        """The decisions about a row. Raises Refused."""
        if self.at is not None:
            return self.policy.decide(row, at=self.at, only=self.only)
        return self.policy.decide_when(row, self.clock, self.only)


def rows_of(
    table: pa.RecordBatch | pa.Table, columns: Iterable[FactColumn], null: NullMeans
) -> Iterator[Row | Problem]:
    """Each row as a request tells it; or what is wrong with it as far as that can be seen here.

    That is a value that Python cannot hold, or a row of a text file that tells no facts.
    """
    bound = list(columns)
    read = [(column.fact.name, *_told(table, column, null)) for column in bound]
    odd, groups = odd_rows(table), null_groups(table)
    for place in range(table.num_rows):
        told = odd.get(place)
        if isinstance(told, Problem):
            yield told
            continue
        row: Row = {}
        wrong: Problem | None = None
        for name, values, is_told in read:
            if is_told[place]:
                value = values[place]
                wrong = value if isinstance(value, Problem) else wrong
                row[name] = value
        if told is not None:
            cells = ((one.fact.name, one.path[0]) for one in bound if one.path[0] in told.cells)
            row |= {**{name: told.cells[path] for name, path in cells}, **told.strays}
        for group in groups.get(place, ()):
            row = {name: row[name] for name in row if not name.startswith(f"{group}.")}
            row[group] = None
        yield row if wrong is None else wrong


def _told(
    table: pa.RecordBatch | pa.Table, column: FactColumn, null: NullMeans
) -> tuple[list[Any], list[bool]]:
    """The values of a column, and for each row whether it tells the fact."""
    values = _values(column, column_at(table, column.path))
    reads_null = null == "told" and column.fact.is_nullable
    if column.items is not None:
        values = [_list(column.items, value, null) for value in values]
    if column.told is None:
        return values, [reads_null or value is not None for value in values]
    told = column_at(table, column.told).to_pylist()
    return values, [
        value is not None or (reads_null if said is None else bool(said))
        for value, said in zip(values, told, strict=True)
    ]


def _list(items: ItemList, cell: Any, null: NullMeans) -> Any:
    """The list that a cell tells; what is wrong with it where it tells none."""
    if cell is None or isinstance(cell, Problem):
        return cell
    try:
        return told_list(items, cell, reads_null=null == "told")
    except TypeMismatch as unfit:
        return _problem(items.fact, unfit)


def _values(column: FactColumn, values: pa.Array) -> list[Any]:
    try:
        if pa.types.is_timestamp(values.type) or pa.types.is_duration(values.type):
            values = _micros(values)
        found: list[Any] = values.to_pylist()
        return found
    except (pa.ArrowInvalid, ValueError, OverflowError):
        return [_value(column, one) for one in values]


def _micros(values: pa.Array) -> pa.Array:
    """The same in microseconds. Raises ArrowInvalid where one is told finer."""
    is_moment = pa.types.is_timestamp(values.type)
    type_ = pa.timestamp("us", values.type.tz) if is_moment else pa.duration("us")
    return values.cast(type_)


def _value(column: FactColumn, scalar: pa.Scalar) -> Any:
    name = column.fact.name
    try:
        return None if not scalar.is_valid else _values_of(scalar)
    except pa.ArrowInvalid:
        unfit = nanoseconds()
    except (ValueError, OverflowError):
        return str(scalar)  # a year that Python has not: the check of the fact says so
    return _problem(name, unfit)


def _values_of(scalar: pa.Scalar) -> Any:
    return _micros(pa.array([scalar], scalar.type))[0].as_py()


def _problem(name: str, unfit: TypeMismatch) -> Problem:
    return Problem(unfit.code, unfit.message, hint=unfit.hint, fact=name, pointer=f"/{name}")
