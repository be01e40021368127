"""Where a diagram is too large, decisions fall back to the rules, and say so where facts miss."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from reglament import Policy, load_policy
from reglament.evaluation import Evaluator
from reglament.evaluation.compiled import DECIDE_BUDGET, CompiledVersion
from reglament.messages import Language
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.model.visitor import facts_of
from support.laws import examples
from support.random_policies import answer, is_broken, policies, requests

TOO_LITTLE = 3


@examples(60)
@given(policies(), requests(most_missing=0))
def test_with_every_fact_told_the_rules_decide(version: Version, told: dict[str, Value]) -> None:
    evaluated = Evaluator(version, budget=TOO_LITTLE).evaluate(told)
    for name in version.decisions:
        expected = answer(version, told, name)
        assert evaluated[name].is_exact
        if is_broken(expected.outcome):
            assert evaluated[name].status == "refused"
        else:
            assert evaluated[name].outcome == expected.outcome
            assert evaluated[name].rules == expected.rules


@examples(60)
@given(policies(), requests(most_missing=3))
def test_with_facts_missing_nothing_is_guessed(version: Version, told: dict[str, Value]) -> None:
    exact, poor = (Evaluator(version, budget=n).evaluate(told) for n in (100_000, TOO_LITTLE))
    for name in version.decisions:
        if poor[name].status != "undetermined":
            assert poor[name].status == exact[name].status
            assert poor[name].outcome == exact[name].outcome
            continue
        # A diagram that another decision has built already may still fit.
        if poor[name].possible is not None:
            assert poor[name].possible == exact[name].possible
        assert set(exact[name].needs) <= set(poor[name].needs)
        assert poor[name].is_exact or poor[name].possible is None


@examples(60)
@given(policies(), requests(most_missing=3))
def test_a_decision_whose_arguments_are_settled_is_settled(
    version: Version, told: dict[str, Value]
) -> None:
    poor = Evaluator(version, budget=TOO_LITTLE).evaluate(told)
    for name, decision in version.decisions.items():
        read = [facts_of(rule.when) for rule in decision.rules]
        if frozenset[str]().union(*read) <= told.keys() and all(
            poor[earlier].is_determined for earlier in decision.reads()
        ):
            assert poor[name].status != "undetermined"
        allowed = {fact for earlier in decision.reads() for fact in poor[earlier].needs}
        assert set(poor[name].needs) <= allowed.union(*read)


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """Its diagrams do not fit, which is found once; a tenth of the budget is exceeded sooner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CompiledVersion.__init__, "__defaults__", (DECIDE_BUDGET // 10, None, None))
        return load_policy(addends(tmp_path_factory.mktemp("thirty"), 30))


@pytest.mark.slow
@pytest.mark.parametrize("count", [14, 30])
def test_a_sum_of_settled_decisions_is_settled(tmp_path: Path, thirty: Policy, count: int) -> None:
    policy = thirty if count == 30 else load_policy(addends(tmp_path, count))
    total = policy.decide({"n": 5})["total"]

    assert total.value == 5 + 2**count - 1
    assert total.needs == ()
    assert total.rules == ("t",)


@pytest.mark.slow
def test_what_is_not_settled_is_needed_and_a_fall_back_says_that_it_is_one(thirty: Policy) -> None:
    told = {"n": 1, **{f"b{place}": True for place in range(28)}}
    decided = thirty.decide(told)
    total = decided["total"]

    assert (total.status, total.needs) == ("undetermined", ("b28", "b29"))
    assert decided.to_dict()["decisions"]["total"].get("exact", True) is total.is_exact


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"), [("en", "too many cases"), ("ru", "Перебрать все случаи не удалось")]
)
def test_a_fall_back_says_that_it_is_one_in_words(
    thirty: Policy, language: Language, said: str
) -> None:
    decided = thirty.decide({"n": 1})

    assert set(decided["total"].needs) == {f"b{place}" for place in range(30)}
    assert decided.to_dict()["decisions"]["total"]["exact"] is False
    assert said in decided.to_dict()["decisions"]["total"]["because"][language]
    assert said in decided.explain(language)
    assert said in decided.explain(language, "auditor")


def addends(folder: Path, count: int) -> Path:
    """A policy that adds so many decisions, each settled by `n` or by a fact of its own."""
    label = "label: {ru: x, en: x}"
    facts = [f"  b{n}: {{type: boolean, {label}}}" for n in range(count)]
    decisions = [
        f"""  d{n}:
    {label}
    type: integer
    rules: [{{id: r{n}, when: {{any: [{{b{n}: true}}, {{n: {{more_than: 2}}}}]}}, then: {2**n}}}]
    otherwise: {{then: 0}}"""
        for n in range(count)
    ]
    every = ", ".join(["n", *(f"d{n}" for n in range(count))])
    text = [
        "policy: many",
        'version: "2025-01-01"',
        "title: {ru: x, en: x}",
        "holds_from: 2025-01-01",
        "known_from: 2025-01-01",
        "time_zone: UTC",
        "chosen_by: on",
        f"facts:\n  on: {{type: date, {label}}}\n  n: {{type: integer, {label}}}",
        *facts,
        "decisions:",
        *decisions,
        f"  total:\n    {label}\n    type: integer",
        f"    rules: [{{id: t, then: {{sum: [{every}]}}}}]",
    ]
    path = folder / "many.yaml"
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path
