"""From a policy version and the facts told to decisions, with everything an explanation needs."""

from reglament.evaluation.compiled import UnknownDecision
from reglament.evaluation.evaluator import Evaluated, Evaluator

__all__ = ["Evaluated", "Evaluator", "UnknownDecision"]
