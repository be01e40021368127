"""From a question to its answer, by the cheapest means that settles it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from zoneinfo import ZoneInfo

from reglament.analysis.proving.confirming import confirms
from reglament.analysis.proving.port import (
    BUDGET,
    Allowance,
    Answer,
    Budget,
    Differs,
    Means,
    NotSettled,
    Proven,
    Question,
    Shown,
)
from reglament.analysis.proving.sameness import is_same
from reglament.diagram.solver.round_values import with_round_values
from reglament.messages import Message
from reglament.model.values import Value


def settle(
    question: Question, budget: Budget = BUDGET, allowance: Allowance | None = None
) -> Answer:
    """A request for which the answer is yes, a proof that there is none, or why neither.

    Raises KeyError for a decision or a rule that a version does not have.
    """
    if isinstance(question, Differs) and is_same(question.old, question.new, question.decision):
        return Proven(Means.SAME_TERMS)
    if not is_solver_installed():
        return NotSettled(Message("takes-solver-extra-prove"))
    return _solved(question, budget, allowance)


def is_solver_installed() -> bool:
    """Whether the extra `prove` is there. The solver is imported only when it is asked."""
    return find_spec("z3") is not None


def _solved(question: Question, budget: Budget, allowance: Allowance | None) -> Answer:
    from reglament.analysis.proving.solver_questions import GaveUp, SolverQuestion, Unsupported

    try:
        found = SolverQuestion(question, budget, allowance).first()
    except Unsupported as unsupported:
        return NotSettled(Message("solver-cannot-told", what=unsupported.what), (Means.SOLVER,))
    except GaveUp as gave_up:
        why = Message("solver-gave-up-after", steps=budget.steps, reason=gave_up.reason)
        return NotSettled(why, (Means.SOLVER,))
    return Proven(Means.SOLVER) if found is None else Shown(_rounded(question, found.facts))


def _rounded(question: Question, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """The request with round values where the answer stays yes, confirmed as it was."""
    version = question.new if isinstance(question, Differs) else question.version
    types = {name: fact.type for name, fact in version.told_facts.items()}
    types.pop(version.chosen_by, None)  # it stays within the days that the question is about
    zone = ZoneInfo(version.zone)
    return with_round_values(facts, types, zone, lambda request: confirms(question, request))
