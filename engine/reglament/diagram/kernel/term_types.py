"""From a term to the type on whose grid its values lie, so that one test has one form.

Of whole numbers `at most 17` and `less than 18` are the same test, and of days
`at most 31 March` and `before 1 April`; diagrams see that only where both are put alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from reglament.formulas import QUOTIENTS, ROUNDINGS
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import DATE, DATETIME, DURATION, INTEGER, NUMBERS, Kind, Type, decimal


def grid_of(term: Term, facts: Mapping[str, Type]) -> Type | None:
    """The type of the term's values, `facts` being those of facts; None where it is not known."""
    match term:
        case FactRef(name):
            return facts[name] if facts[name].is_ordered else None
        case Constant(value):
            return _grid_of_value(value)
        case Formula(function, arguments):
            if function in _GIVEN:
                return _GIVEN[function]
            grids = [grid_of(one, facts) for one in arguments]
            known = [grid for grid in grids if grid is not None]
            return _combined(function, known) if len(known) == len(grids) else None
    return None


def _grid_of_value(value: object) -> Type | None:
    match value:
        case bool():
            return None
        case int():
            return INTEGER
        case Decimal():
            exponent = value.as_tuple().exponent
            return decimal(max(0, -exponent)) if isinstance(exponent, int) else None
        case datetime():
            return DATETIME
        case date():
            return DATE
        case timedelta():
            return DURATION
    return None


_GIVEN: Mapping[str, Type] = {
    "day_of": DATE,
    "days_after": DATE,
    "months_after": DATE,
    "years_after": DATE,
    "working_day_at_or_after": DATE,
    "working_hours_after": DATETIME,
    "days_between": INTEGER,
    "months_between": INTEGER,
    "years_between": INTEGER,
}


def _combined(function: str, grids: Sequence[Type]) -> Type | None:
    if function in ROUNDINGS or function in QUOTIENTS:
        return grids[-1]  # the step
    if all(grid.kind is grids[0].kind and grid.kind not in NUMBERS for grid in grids):
        return grids[0]
    if not all(grid.kind in NUMBERS for grid in grids):
        return None
    if all(grid.kind is Kind.INTEGER for grid in grids):
        return INTEGER
    places: Callable[[list[int]], int] = sum if function == "product" else max
    return decimal(places([grid.places for grid in grids]))
