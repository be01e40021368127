"""Whether conditions hold only of requests that two versions decide differently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from reglament.analysis.proving.port import Allowance, Budget, Differs, Standing
from reglament.analysis.proving.settling import is_solver_installed
from reglament.analysis.proving.solver_questions import GaveUp, SolverQuestion, Unsupported
from reglament.model.conditions import Condition

BUDGET = Budget()
Change: TypeAlias = tuple[Standing, Standing]
# A condition, and the change that it is asked about; None for any change at all.
Place: TypeAlias = tuple[Condition, Change | None]


def certain(
    question: Differs,
    places: Sequence[Place],
    budget: Budget = BUDGET,
    allowance: Allowance | None = None,
) -> tuple[bool, ...]:
    """Of each condition, as the old version reads it, whether it certainly makes a difference.

    It is proven then that the versions decide every request for which it holds differently, and
    in the way that is asked for, but for those that both refuse to reckon.
    """
    if not (places and is_solver_installed()):
        return (False,) * len(places)
    try:
        asked = SolverQuestion(question, budget, allowance)
        return tuple(_is_certain(asked, *place) for place in places)
    except (GaveUp, Unsupported):
        return (False,) * len(places)


def _is_certain(asked: SolverQuestion, where: Condition, change: Change | None) -> bool:
    assert isinstance(asked.question, Differs)
    logic, name = asked.logic, asked.question.decision
    differs = logic.any_of(*asked.ways[:2])
    try:
        if change is not None:
            told = zip(asked.encoders, change, strict=True)
            differs = logic.all_of(*(one.stands(name, kind, said) for one, (kind, said) in told))
        none = logic.all_of(*(one.decided(name).is_refused for one in asked.encoders))
        sure = logic.any_of(differs, none)
        holds, is_refused = asked.encoders[0].condition(where)
        return asked.nowhere(holds, logic.negate(is_refused), logic.negate(sure))
    except (GaveUp, Unsupported, KeyError):
        return False
