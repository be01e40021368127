"""Each function of the language is one record: what its readers take from it hangs together."""

from __future__ import annotations

import pytest

from reglament.analysis.proving.smt_functions import FORMULAS
from reglament.functions.record import Function
from reglament.functions.table import FUNCTIONS


def test_the_prover_has_a_formula_for_every_function() -> None:
    # What is named here is not settled by proof.
    assert FUNCTIONS.keys() - FORMULAS.keys() == set()
    assert FORMULAS.keys() <= FUNCTIONS.keys()


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_record_is_whole(function: Function) -> None:
    assert function.words or function.joined or function.unit
    assert not function.mistaken_for or function.mistaken_for in FUNCTIONS
    assert function.needs_hours or not function.takes_tie
    assert all(move in (1, -1, 0, "by_sign") for move in function.moves)
