"""From a term to the type on whose grid its values lie, so that one test has one form.

Of whole numbers `at most 17` and `less than 18` are the same test, and of days
`at most 31 March` and `before 1 April`; diagrams see that only where both are put alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from reglament.functions.table import EVERY
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import (
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    PERIOD,
    TIME,
    Period,
    Type,
    decimal,
)


def grid_of(term: Term, facts: Mapping[str, Type]) -> Type | None:
    """The type of the term's values, `facts` being those of facts; None where it is not known."""
    match term:
        case FactRef(name):
            return facts[name] if facts[name].is_ordered else None
        case Constant(value):
            return _grid_of_value(value)
        case Formula(function, arguments):
            grid = EVERY[function].grid
            if grid is None or isinstance(grid, Type):
                return grid
            grids = [grid_of(argument, facts) for argument in arguments]
            known = [one for one in grids if one is not None]
            return grid(known) if len(known) == len(grids) else None
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
        case time():
            return TIME
        case timedelta():
            return DURATION
        case Period():
            return PERIOD
    return None
