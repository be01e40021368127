"""Where a diagram is too large, decisions fall back to the rules, and say so where facts miss."""

from __future__ import annotations

from hypothesis import given, settings

from random_policies import BROKEN, answer, completions, policies, requests
from reglament.evaluation import Evaluator
from reglament.model.policy import Version
from reglament.model.values import Value

TOO_LITTLE = 3


@settings(deadline=None, max_examples=60)
@given(policies(), requests(most_missing=0))
def test_with_every_fact_told_the_rules_decide(version: Version, told: dict[str, Value]) -> None:
    evaluated = Evaluator(version, budget=TOO_LITTLE).evaluate(told)
    for name in version.decisions:
        expected = answer(version, told, name)
        if expected.outcome[:1] != (BROKEN,):
            assert evaluated[name].outcome == expected.outcome
            assert evaluated[name].rules == expected.rules


@settings(deadline=None, max_examples=60)
@given(policies(), requests(most_missing=3))
def test_with_facts_missing_nothing_is_guessed(version: Version, told: dict[str, Value]) -> None:
    exact, poor = (Evaluator(version, budget=n).evaluate(told) for n in (100_000, TOO_LITTLE))
    for name in version.decisions:
        if _is_sound(version, told, name) and poor[name].is_determined:
            assert poor[name].outcome == exact[name].outcome
        elif _is_sound(version, told, name):
            # A diagram that another decision has built already may still fit.
            if poor[name].possible is not None:
                assert poor[name].possible == exact[name].possible
            assert set(exact[name].needs) <= set(poor[name].needs)


def _is_sound(version: Version, told: dict[str, Value], name: str) -> bool:
    found = (answer(version, facts, name).outcome for facts in completions(told))
    return not any(outcome[:1] == (BROKEN,) for outcome in found)
