"""The columns of outcomes: their types, and what is computed as a value of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reglament.columnar.layouts import outcome_text
from reglament.messages import Message
from reglament.model.decisions import Decision
from reglament.model.moments import MICROSECOND
from reglament.model.values import Kind
from reglament.sql.dialects import Dialect, Unsayable
from reglament.sql.written_numbers import Written, scaled

_WORDS = (Kind.CHOICE, Kind.TEXT)


def computed(
    dialect: Dialect, decision: Decision, number: str, values: Mapping[int, Written], constant: str
) -> tuple[str, str]:
    """What the terms come to by their number, and that as the type of the column."""
    if decision.outcome_type.kind is Kind.DECIMAL:
        values = {n: scaled(one, decision.outcome_type.places) for n, one in values.items()}
    first = next(iter(values.values()))
    value = cases(number, {n: one.sql for n, one in values.items()})
    outcome = as_outcome(dialect, decision, replace(first, sql=f"({value})"))
    return f"({value})", f"CASE WHEN {number} IS NULL THEN {constant} ELSE {outcome} END"


def as_outcome(dialect: Dialect, decision: Decision, value: Written) -> str:
    """A value of numbers as the type of the decision's column. Raises Unsayable."""
    kind, sql = decision.outcome_type.kind, value.sql
    if kind in (Kind.CHOICE, Kind.TEXT, Kind.BOOLEAN) and value.kind in (kind, *_WORDS):
        return sql
    if kind is Kind.INTEGER and value.kind is Kind.INTEGER:
        return sql
    if kind is Kind.DATE and value.kind is Kind.DATE:
        return dialect.day_from(sql)
    if kind is Kind.DATETIME and value.kind is Kind.DATETIME:
        return dialect.moment_from(sql)
    if kind is Kind.DURATION and value.kind is Kind.DURATION:
        return dialect.length_from(sql)
    if kind is Kind.DECIMAL and value.kind in (Kind.DECIMAL, Kind.INTEGER):
        return _decimal(decision, value)
    raise Unsayable(Message("sql-value"))


def _decimal(decision: Decision, value: Written) -> str:
    places = decision.outcome_type.places
    if value.places > places:
        raise Unsayable(Message("sql-too-many-digits"))
    by = 10 ** (places - value.places)
    one = f"CAST({Decimal(1).scaleb(-places):f} AS DECIMAL({places + 1}, {places}))"
    product = f"CAST({value.sql} * {by} AS DECIMAL(19, 0)) * {one}"
    return f"CAST({product} AS {_decimal_type(places)})"


def _decimal_type(places: int) -> str:
    return f"DECIMAL({20 + places}, {places})"


def text_of(decision: Decision, value: Any) -> str | None:
    """The outcome of a class as text; a span of time as its microseconds."""
    if decision.outcome_type.kind is Kind.DURATION and value is not None:
        return str(value // MICROSECOND)
    return outcome_text(decision, value)


def of_text(dialect: Dialect, decision: Decision, sql: str) -> str:
    """The outcome of a class, which is a text, as the type of the column."""
    if decision.outcome_type.kind is Kind.DURATION:
        return dialect.length_from(f"CAST({sql} AS BIGINT)")
    type_ = column_type(dialect, decision)
    return sql if type_ == dialect.text_type else f"CAST({sql} AS {type_})"


def column_type(dialect: Dialect, decision: Decision) -> str:
    """The type of the column that holds the outcome; lists and records are JSON."""
    kind = decision.outcome_type.kind
    if kind is Kind.DECIMAL:
        return _decimal_type(decision.outcome_type.places)
    if kind is Kind.DATETIME:
        return dialect.moment_type
    if kind is Kind.DURATION:
        return dialect.length_type
    plain = {Kind.INTEGER: "BIGINT", Kind.DATE: "DATE", Kind.BOOLEAN: "BOOLEAN"}
    return plain.get(kind, dialect.text_type)


def cases(sql: str, by: Mapping[int, str], other: str = "NULL") -> str:
    """What stands under a number; numbers that have the same together."""
    numbers: dict[str, list[str]] = {}
    for number, one in by.items():
        numbers.setdefault(one, []).append(str(number))
    if len(numbers) == 1 and other == "NULL":
        return next(iter(numbers))
    written = " ".join(
        f"WHEN {sql} IN ({', '.join(several)}) THEN {one}" for one, several in numbers.items()
    )
    return f"CASE {written} ELSE {other} END"
