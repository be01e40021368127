"""What makes a request look like one that people send: near days, small numbers, known words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reglament.analysis.proving.logic import Formula
from reglament.analysis.proving.smt_dates import DAY, fixed_day
from reglament.analysis.proving.smt_names import FactVariable, SmtNames
from reglament.model.moments import micros
from reglament.model.values import NUMBERS, Kind

YEAR = timedelta(days=365)
EARLIER, LATER = 10 * YEAR, 2 * YEAR
SMALL = 1_000
FEW_DAYS = 30


def soft_constraints(vocabulary: SmtNames) -> Iterator[Formula]:
    """A constraint for each fact that the question reads, which need not hold."""
    for variable in vocabulary.variables.values():
        constraint = _soft_constraint(vocabulary, variable)
        if not isinstance(constraint, bool):
            yield vocabulary.logic.any_of(variable.is_null, constraint)


def _soft_constraint(vocabulary: SmtNames, variable: FactVariable) -> Formula:
    logic, kind, value = vocabulary.logic, variable.type.kind, variable.value
    if kind in NUMBERS:
        return logic.between(value, 0, SMALL * 10**variable.type.places)
    if kind is Kind.DURATION:
        return logic.between(value, 0, FEW_DAYS * DAY)
    if kind is Kind.CHOICE and variable.type.is_open and variable.type.options:
        codes = (vocabulary.codes.of(option) for option in variable.type.options)
        return logic.any_of(*(value == code for code in codes))
    if kind not in (Kind.DATE, Kind.DATETIME):
        return True
    first, last = _near(vocabulary, variable)
    if kind is Kind.DATE:
        edges = (fixed_day(logic, first), fixed_day(logic, last))
        return logic.negate(logic.any_of(value.before(edges[0]), edges[1].before(value)))
    zone = ZoneInfo(vocabulary.versions[-1].zone)
    moments = (micros(datetime.combine(day, time(), zone)) for day in (first, last))
    return logic.between(value, *moments)


def _near(vocabulary: SmtNames, variable: FactVariable) -> tuple[date, date]:
    version = vocabulary.versions[-1]
    start = max(version.holds_from, vocabulary.within.first or date.min)
    later = start + LATER if start < date.max - LATER else date.max
    if variable.name == version.chosen_by or start < date.min + EARLIER:
        return start, later
    return start - EARLIER, later
