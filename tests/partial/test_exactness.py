"""What diagrams say of missing facts is what trying every completion says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.requests import partial
from reglament.evaluation import Evaluated, Evaluator
from reglament.language.requests.request_reader import facts_from
from reglament.model.decisions import DecisionKind
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.partial.joint_assignments import JointTests
from reglament.partial.remaining import ResidualDiagrams
from support.laws import examples
from support.random_policies import (
    BROKEN,
    FACTS,
    answer,
    completions,
    is_broken,
    policies,
    requests,
    values_of,
)
from support.shipped import shipped

ANY_SIZE = examples(120)


@ANY_SIZE
@given(policies(), requests())
def test_possible_outcomes_are_those_of_the_completions(
    version: Version, told: dict[str, Value]
) -> None:
    whole = {name: [] for name in version.decisions}
    for facts in completions(told):
        for name in whole:
            whole[name].append(answer(version, facts, name))
    evaluated = Evaluator(version).evaluate(told)
    for name, answers in whole.items():
        every = {a.outcome for a in answers}
        expected = {outcome for outcome in every if not is_broken(outcome)}
        found = evaluated[name]
        assert set(found.possible or ()) == expected
        assert len(found.possible or ()) == len(expected)
        assert found.is_determined == (expected == every and len(expected) == 1)
        assert (found.status == "refused") == (not expected)
        if found.is_determined:
            always = set.intersection(*(set(a.rules) for a in answers))
            ever = set.union(*(set(a.rules) for a in answers))
            if version.decisions[name].kind is DecisionKind.COLLECTION:
                assert set(found.rules) == always
            else:
                assert set(found.rules) == (always or ever)


@ANY_SIZE
@given(policies(), requests(most_missing=2))
def test_needed_facts_are_those_that_can_make_a_difference(
    version: Version, told: dict[str, Value]
) -> None:
    evaluated = Evaluator(version).evaluate(told)
    for name in version.decisions:
        needs = evaluated[name].needs
        assert len(needs) == len(set(needs))
        if evaluated[name].status == "refused":
            assert not needs
            continue
        matter = {
            fact
            for fact in FACTS.keys() - told.keys()
            for facts in completions(told)
            if len({_outcome(version, {**facts, fact: v}, name) for v in values_of(fact, facts)})
            > 1
        }
        assert matter <= set(needs)
        # Where some completions are refused, a fact may matter for why alone.
        may_break = any(_outcome(version, facts, name) == BROKEN for facts in completions(told))
        assert may_break or matter == set(needs)


def _outcome(version: Version, facts: dict[str, Value], name: str) -> object:
    outcome = answer(version, facts, name).outcome
    return BROKEN if is_broken(outcome) else outcome


@pytest.mark.slow
@ANY_SIZE
@given(policies(), st.lists(requests(most_missing=5), min_size=2, max_size=6))
def test_what_is_remembered_of_earlier_requests_changes_no_answer(
    version: Version, several: list[dict[str, Value]]
) -> None:
    shared = Evaluator(version)
    for told in (*several, *several):
        fresh, found = Evaluator(version).evaluate(told), shared.evaluate(told)
        for name in version.decisions:
            assert _told_of(found, name) == _told_of(fresh, name)


def test_which_fact_comes_first_does_not_hang_on_what_was_asked_before() -> None:
    version = shipped("annual-leave").versions[0]
    told = {
        "employee.grounds": ["irregular_hours"],
        "employee.weekly_hours": 40,
        "leave.starts_on": "2024-06-10",
        "leave.days_used": 0,
    }
    facts = facts_from(version, told)
    asked = [list(version.decisions), list(reversed(version.decisions)), ["answer"]]
    needs = []
    for names in asked:
        evaluated = Evaluator(version).evaluate(facts)
        needs.append({name: evaluated[name].needs for name in names}["answer"])

    assert needs == [("employee.hired_on", "employee.born_on", "leave.length")] * 3


def _told_of(evaluated: Evaluated, name: str) -> object:
    """All that is said while facts are missing."""
    one = evaluated[name]
    return one.status, one.outcome, one.possible, one.needs, one.rules, one.refused


@pytest.mark.slow
def test_what_is_remembered_is_dropped_where_it_grows_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy = shipped("technical-support")
    (version,) = policy.versions
    several = [facts_from(version, told) for told in partial(150, seed=9)]
    shared = Evaluator(version)
    expected = [
        [_told_of(shared.evaluate(told), name) for name in version.decisions] for told in several
    ]
    begun: list[ResidualDiagrams] = []
    begin = ResidualDiagrams._begin

    def counted(self: ResidualDiagrams) -> None:
        begun.append(self)
        begin(self)

    monkeypatch.setattr("reglament.partial.remaining.MOST_KEPT", 20)
    monkeypatch.setattr(ResidualDiagrams, "_begin", counted)
    forgetful = Evaluator(version)
    for told, answers in zip(several, expected, strict=True):
        evaluated = forgetful.evaluate(told)
        assert [_told_of(evaluated, name) for name in version.decisions] == answers

    assert len(begun) > len(set(begun))  # some began anew


@pytest.mark.slow
def test_threads_that_share_what_is_remembered_answer_as_one_does_alone() -> None:
    policy = shipped("technical-support")
    (version,) = policy.versions
    several = [facts_from(version, told) for told in partial(400, seed=3)]

    def answered(evaluator: Evaluator, told: dict[str, Value]) -> list[object]:
        return [_told_of(evaluator.evaluate(told), name) for name in version.decisions]

    alone = [answered(Evaluator(version), told) for told in several[:20]]
    shared = Evaluator(version)
    with ThreadPoolExecutor(max_workers=8) as pool:
        together = list(pool.map(lambda told: answered(shared, told), several))

    assert together[:20] == alone
    assert together == [answered(shared, told) for told in several]


@ANY_SIZE
@given(policies(), requests(most_missing=0))
def test_with_every_fact_told_the_diagrams_say_what_the_rules_say(
    version: Version, told: dict[str, Value]
) -> None:
    evaluated = Evaluator(version).evaluate(told)
    for name in version.decisions:
        expected, found = answer(version, told, name), evaluated[name]
        if is_broken(expected.outcome):
            refused = found.refused
            assert refused is not None
            assert (found.status, found.outcome, found.possible) == ("refused", None, ())
            assert (BROKEN, *(refused.because_of or (name,))) == expected.outcome
            assert refused.rules == expected.rules
            with pytest.raises(Refused):
                _ = found.value
            continue
        assert (found.outcome, found.rules) == (expected.outcome, expected.rules)
        aside = {trace.rule for trace in found.trace if trace.status == "overridden"}
        assert aside == set(expected.overridden)


@pytest.mark.slow
def test_where_a_module_is_too_much_what_reads_it_says_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (version,) = shipped("technical-support").versions
    several = [facts_from(version, told) for told in partial(40, seed=9)]
    whole = Evaluator(version)
    exact = [whole.evaluate(told) for told in several]
    expected = [[one[name].possible for name in version.decisions] for one in exact]
    monkeypatch.setattr(JointTests, "assignments", lambda *_: (None, True))
    monkeypatch.setattr("reglament.partial.or_nodes.MOST_BRANCHES", 0)
    evaluator = Evaluator(version)
    for told, answers in zip(several, expected, strict=True):
        evaluated = evaluator.evaluate(told)
        found = [evaluated[name].possible for name in version.decisions]
        assert all(one in (None, other) for one, other in zip(found, answers, strict=True))
