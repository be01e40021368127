"""Each function of the language is one record: what its readers take from it hangs together."""

from __future__ import annotations

import pytest

from reglament.analysis.proving.smt_functions import FORMULAS
from reglament.functions.numbers import ROUNDINGS
from reglament.functions.plain_lists import BY_FIELD, OF_EACH, OF_LISTS
from reglament.functions.plain_lists import FUNCTIONS as LISTS_MADE
from reglament.functions.record import Function
from reglament.functions.table import EVERY

# What collections come to; no policy can write it.
UNWRITTEN = {"items", "every_item", "record"}
WAYS = [name.removeprefix("round_") for name in ROUNDINGS]
# What is named here is not settled by proof.
NOT_SETTLED = {
    "age", "hours_after",
    "moment_less_duration",
    "same_time_days_after", "same_time_months_after", "same_time_period_after",
    "same_time_period_before", "same_time_years_after",
    "sum_of_moment",
    "working_hours_between", "working_time_between",
    "field", "length", "lower_case", "substring", "text", "text_after", "text_before", "time_of",
    "upper_case", "replace", "trim", "split", "join", "number",
    "date_of_text", "time_of_text", "datetime_of_text", "duration", "period",
    "datetime", "duration_between_times", "hour_of", "minute_of", "second_of", "sum_of_time",
    "offset_of", "time", "time_less_duration",
    "date", "day_of_year", "week_of_year",
    *LISTS_MADE, *OF_LISTS, *OF_EACH, *BY_FIELD,
    "absolute", "median", "modulo", "product_of_duration",
    *(f"{name}_{way}" for name in ("power", "mean") for way in WAYS),
    *(f"quotient_{way}_of_duration" for way in WAYS),
}  # fmt: skip

OTHERS = {name: one for name, one in EVERY.items() if name not in UNWRITTEN}


def test_the_prover_has_a_formula_for_every_function() -> None:
    assert EVERY.keys() - FORMULAS.keys() - UNWRITTEN == NOT_SETTLED
    assert FORMULAS.keys() <= EVERY.keys()


@pytest.mark.parametrize("function", OTHERS.values(), ids=OTHERS)
def test_a_record_is_whole(function: Function) -> None:
    assert function.words or function.joined or function.unit
    assert not function.mistaken_for or function.mistaken_for in EVERY
    assert not (function.needs_hours and function.needs_zone)
    assert function.needs_hours or not function.takes_tie
    assert all(move in (1, -1, 0, "by_sign") for move in function.moves)
