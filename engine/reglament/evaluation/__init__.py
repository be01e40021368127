"""From a policy version and the facts told to decisions, with everything an explanation needs."""

from reglament.evaluation.evaluator import Evaluated, Evaluator, UnknownDecision

__all__ = ["Evaluated", "Evaluator", "UnknownDecision"]
