"""From a question to its answer, by the cheapest means that settles it."""

from __future__ import annotations

from importlib.util import find_spec

from reglament.analysis.proving.port import (
    Answer,
    Budget,
    Differs,
    Means,
    NotSettled,
    Proven,
    Question,
)
from reglament.analysis.proving.sameness import is_same
from reglament.model.words import Words


def settle(question: Question, budget: Budget = Budget()) -> Answer:  # noqa: B008  # frozen
    """A request for which the answer is yes, a proof that there is none, or why neither.

    Raises KeyError for a decision or a rule that a version does not have.
    """
    if isinstance(question, Differs) and is_same(question.old, question.new, question.decision):
        return Proven(Means.SAME_TERMS)
    return NotSettled(WITHOUT_SOLVER)


def is_solver_installed() -> bool:
    """Whether the extra `prove` is there. The solver is imported only when it is asked."""
    return find_spec("z3") is not None


WITHOUT_SOLVER = Words(
    ru="для этого нужен решатель: установите дополнение `prove`",
    en="this takes a solver: the extra `prove` may settle it",
)
