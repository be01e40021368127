"""Sums, products, roundings and spans of time as SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Protocol

from reglament.columnar.vectors.zone_clock import DAY
from reglament.functions.arithmetic import PARTS
from reglament.functions.numbers import ROUNDINGS
from reglament.functions.table import written_name
from reglament.messages import Message
from reglament.model.terms import Formula, Term
from reglament.model.values import NUMBERS, Kind
from reglament.sql.dialects import Dialect, Unsayable
from reglament.sql.written_numbers import (
    DIVISIONS,
    FIRST_DAY_OF_ALL,
    LAST_DAY_OF_ALL,
    MOST,
    Written,
    aligned,
    bounded,
    divided,
    made_of,
)


class WritesTerms(Protocol):
    """What writes the terms of a version."""

    @property
    def dialect(self) -> Dialect: ...

    def term(self, term: Term) -> Written: ...

    def arguments(self, formula: Formula, *kinds: Kind) -> list[Written]: ...

    def kept(self, found: Written) -> Written: ...


_ORDERED: Final = frozenset({Kind.DATE, Kind.DATETIME, Kind.DURATION})


def _numbers(writer: WritesTerms, formula: Formula) -> list[Written]:
    """The arguments in one number of places."""
    found = writer.arguments(formula)
    is_length = all(one.kind is Kind.DURATION for one in found)
    if not is_length and any(one.kind not in NUMBERS for one in found):
        raise Unsayable(Message("sql-function", name=written_name(formula.function)))
    return aligned(found)


def _sum(writer: WritesTerms, formula: Formula) -> Written:
    parts = _numbers(writer, formula)
    if formula.function == "difference":
        parts = [*parts[:-1], _negative(parts[-1])]
    least, most = sum(part.least for part in parts), sum(part.most for part in parts)
    sql = " + ".join(part.sql for part in parts)
    found = made_of(sql, parts[0].kind, parts[0].places, least, most, *parts)
    return found if found.kind is Kind.DURATION else bounded(found)


def _negative(one: Written) -> Written:
    return replace(one, sql=f"(-({one.sql}))", least=-one.most, most=-one.least)


def _moved(writer: WritesTerms, formula: Formula) -> Written:
    """A moment, and spans of time that are added to it or taken from it."""
    parts = writer.arguments(formula)
    if formula.function == "moment_less_duration":
        parts = [parts[0], _negative(parts[1])]
    least, most = sum(part.least for part in parts), sum(part.most for part in parts)
    if least < FIRST_DAY_OF_ALL * DAY or most >= LAST_DAY_OF_ALL * DAY:
        raise Unsayable(Message("sql-count-unbounded", name=written_name(formula.function)))
    sql = " + ".join(part.sql for part in parts)
    return made_of(sql, Kind.DATETIME, 0, least, most, *parts)


def _time_between(writer: WritesTerms, formula: Formula) -> Written:
    end, start = writer.arguments(formula, Kind.DATETIME, Kind.DATETIME)
    ends = end.least - start.most, end.most - start.least
    return made_of(f"{end.sql} - {start.sql}", Kind.DURATION, 0, *ends, end, start)


def _part_of_length(writer: WritesTerms, formula: Formula) -> Written:
    (length,) = writer.arguments(formula, Kind.DURATION)
    _, unit, within_, _ = PARTS[formula.function]
    kept = writer.kept(length)
    full = divided(writer.dialect, "down", kept.sql, unit)
    units = replace(kept, sql=full, kind=Kind.INTEGER)
    most = max(abs(length.least), abs(length.most)) // unit
    if within_:
        units = writer.kept(units)
        larger = divided(writer.dialect, "down", units.sql, within_)
        units, most = replace(units, sql=f"{units.sql} - {within_} * ({larger})"), within_ - 1
    return made_of(units.sql, Kind.INTEGER, 0, -most, most, units)


def _product(writer: WritesTerms, formula: Formula) -> Written:
    parts = writer.arguments(formula)
    if any(part.kind not in NUMBERS for part in parts):
        raise Unsayable(Message("sql-function", name=written_name(formula.function)))
    least, most, places = 1, 1, 0
    for one in parts:
        ends = [a * b for a in (least, most) for b in (one.least, one.most)]
        least, most, places = min(ends), max(ends), places + one.places
    kind = Kind.DECIMAL if places else parts[0].kind
    sql = " * ".join(f"({part.sql})" for part in parts)
    return bounded(made_of(sql, kind, places, least, most, *parts))


def _extreme(writer: WritesTerms, formula: Formula) -> Written:
    parts = writer.arguments(formula)
    if all(part.kind in NUMBERS for part in parts):
        parts = aligned(parts)
    elif len({part.kind for part in parts}) > 1 or parts[0].kind not in _ORDERED:
        raise Unsayable(Message("sql-function", name=written_name(formula.function)))
    is_least = formula.function == "minimum"
    pick = min if is_least else max
    least, most = pick(part.least for part in parts), pick(part.most for part in parts)
    found = parts[0]
    for one in parts[1:]:
        sign = "<=" if is_least else ">="
        nulls = f"WHEN {found.sql} IS NULL OR {one.sql} IS NULL THEN NULL"
        picked = f"WHEN {found.sql} {sign} {one.sql} THEN {found.sql} ELSE {one.sql}"
        sql = f"CASE {nulls} {picked} END"
        found = writer.kept(made_of(sql, found.kind, found.places, least, most, found, one))
    return found


def _rounded(writer: WritesTerms, formula: Formula) -> Written:
    number, by = _numbers(writer, formula)
    step = writer.term(formula.arguments[1])
    return _multiple(writer, formula.function.removeprefix("round_"), number, 1, by.least, step)


def _quotient(writer: WritesTerms, formula: Formula) -> Written:
    number, by, step = writer.arguments(formula)
    if by.least != by.most or by.least <= 0:
        raise Unsayable(Message("sql-function-of-facts", name=written_name(formula.function)))
    times = 10 ** (by.places + step.places)
    divisor = by.least * step.least * 10**number.places
    way = formula.function.removeprefix("quotient_")
    return _multiple(writer, way, replace(number, kind=step.kind), times, divisor, step)


def _multiple(
    writer: WritesTerms, way: str, number: Written, times: int, by: int, step: Written
) -> Written:
    """How often `by` goes into the number times `times`, rounded by the way, times the step."""
    if step.least != step.most or step.least <= 0:
        raise Unsayable(Message("sql-function-of-facts", name=way))
    if max(abs(number.least), abs(number.most)) * times * 2 + by > MOST:
        raise Unsayable(Message("sql-too-many-digits"))
    whole = writer.kept(replace(number, sql=f"({number.sql}) * {times}"))
    count = divided(writer.dialect, way, whole.sql, by)
    least, most = (one * times // by for one in (number.least, number.most))
    ends = (least - 1) * step.least, (most + 2) * step.least
    return bounded(made_of(f"({count}) * {step.least}", step.kind, step.places, *ends, whole))


def _absolute(writer: WritesTerms, formula: Formula) -> Written:
    (number,) = _numbers(writer, formula)
    most = max(abs(number.least), abs(number.most))
    return made_of(f"ABS({number.sql})", number.kind, number.places, 0, most, number)


ARITHMETIC: Final[Mapping[str, Callable[[WritesTerms, Formula], Written]]] = {
    "sum": _sum,
    "difference": _sum,
    "sum_of_moment": _moved,
    "moment_less_duration": _moved,
    "time_between": _time_between,
    **dict.fromkeys(
        ("days_of", "hours_of", "minutes_of", "seconds_of"), _part_of_length
    ),
    "product": _product,
    "minimum": _extreme,
    "maximum": _extreme,
    "absolute": _absolute,
    **dict.fromkeys(ROUNDINGS, _rounded),
    **{f"quotient_{way}": _quotient for way in DIVISIONS},
}  # fmt: skip
