"""Deciding at once only what is asked for gives what deciding everything gives."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import requests as told_requests
from reglament.audit import open_log
from reglament.evaluation import Evaluated, Evaluator
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.policy import Policy
from support.laws import examples
from support.random_policies import policies, requests

ANY_SIZE = examples(100)
WHOLE = told_requests.complete(1)[0]


def said(evaluated: Evaluated, name: str) -> object:
    """Everything said of one decision."""
    found = evaluated[name]
    told = found.status, found.outcome, found.possible, found.rules, found.needs, found.clauses
    return *told, found.refused


@ANY_SIZE
@given(policies(), requests(), st.data())
def test_some_decisions_are_those_of_all(
    version: Version, told: dict[str, Value], data: st.DataObject
) -> None:
    names = list(version.decisions)
    only = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    evaluator = Evaluator(version)
    some, every = Evaluated(evaluator, told, only=tuple(only)), Evaluated(evaluator, told)

    for name in data.draw(st.permutations(names)):
        assert said(some, name) == said(every, name)


@ANY_SIZE
@given(policies(), requests(most_missing=0))
def test_a_request_that_tells_every_fact_is_decided_as_any_other(
    version: Version, told: dict[str, Value]
) -> None:
    evaluator = Evaluator(version)

    assert evaluator.decide_whole(told) == evaluator.decide(told)


def test_varied_requests_are_decided_alike_whole_or_in_part(policy: Policy) -> None:
    evaluator = policy.decide(WHOLE).evaluator
    for request in told_requests.complete(500):
        some = policy.decide(request, only=("tier", "scope"))
        every = policy.decide(request)
        assert evaluator.decide(every.told) == evaluator.decide_whole(every.told)
        assert (some["scope"].outcome, some["tier"].outcome) == (
            every["scope"].outcome, every["tier"].outcome,
        )  # fmt: skip
        assert some["advice"].outcome == every["advice"].outcome
        assert some["renewal"].unmet == every["renewal"].unmet


def test_the_whole_decision_can_still_be_asked_for(policy: Policy) -> None:
    some, every = policy.decide(WHOLE, only="tier"), policy.decide(WHOLE)

    assert some.to_dict() == every.to_dict()
    assert some.explain("ru") == every.explain("ru")
    assert list(some) == list(every)


def test_facts_that_some_decisions_do_not_read_are_checked(policy: Policy) -> None:
    with pytest.raises(Refused, match=r"renewal\.act\.used_before"):
        policy.decide({**WHOLE, "renewal.act.used_before": "no"}, only="tier")
    with pytest.raises(Refused, match="unknown fact"):
        policy.decide({**WHOLE, "renewal.act.usd": True}, only="tier")


def test_a_name_that_is_no_decision_is_refused(policy: Policy) -> None:
    for only in ("teir", ("scope", "teir")):
        with pytest.raises(Refused) as refused:
            policy.decide(WHOLE, only=only)
        (problem,) = refused.value.problems
        assert problem.code == "unknown-decision"
        assert "`tier`" in (problem.hint.to("en") if problem.hint else "")


def test_what_is_not_asked_for_is_refused_no_sooner_than_it_is(policy: Policy) -> None:
    late = {
        **WHOLE,
        "requester.kind": "certified_partner",
        "request.created_at": "2030-01-09T12:00",
    }
    for decided in (policy.decide(late), policy.decide(late, only="tier")):
        assert decided["tier"].value == "partner"
        assert decided["response_due"].status == "refused"
        with pytest.raises(Refused, match="does not cover the year 2030"):
            _ = decided["response_due"].value


def test_a_log_takes_every_decision(policy: Policy, tmp_path: Path) -> None:
    policy.decide(WHOLE, only="tier", log=str(tmp_path / "log.db"))

    with open_log(str(tmp_path / "log.db")) as log:
        recorded = log.entry(1).document["decisions"]
    assert {"tier", "response_due", "advice"} < recorded.keys()


def test_of_several_versions_the_one_in_force_is_asked(policy: Policy) -> None:
    (first,) = policy.versions
    second = replace(first, version="second", holds_from=date(2026, 1, 1))
    both = Policy((replace(first, holds_until=second.holds_from - timedelta(days=1)), second))
    for day, version in (("2025-12-31", first.version), ("2026-01-01", "second")):
        request = {**WHOLE, "request.created_at": f"{day}T12:00:00"}
        decided = both.decide(request, only="scope")
        assert decided.version.version == version
        assert decided["scope"].outcome == policy.decide(request)["scope"].outcome


def test_threads_that_ask_first_at_once_get_the_same(policy: Policy) -> None:
    fresh, start = Policy(policy.versions), Barrier(8)
    ways = [None, "tier", ("scope",), ("tier", "scope"), ("advice",)]

    def ask(number: int) -> list[object]:
        start.wait()
        decided = fresh.decide(WHOLE, only=ways[number % len(ways)])
        return [decided[name].outcome for name in decided]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(8)))
    decided = policy.decide(WHOLE)
    assert found == [[decided[name].outcome for name in decided]] * 8


def test_reading_outcomes_leaves_nothing_to_the_collector(policy: Policy) -> None:
    gc.disable()
    try:
        decided = policy.decide(WHOLE)
        assert [decided[name].outcome for name in decided]
        assert decided["tier"].clauses
        seen = ref(decided)
        del decided
        assert seen() is None
    finally:
        gc.enable()


def test_an_outcome_cannot_be_changed(policy: Policy) -> None:
    for request in (WHOLE, {}):
        outcome = policy.decide(request)["tier"]
        for name in ("outcome", "status", "decision", "rules"):
            with pytest.raises(AttributeError):
                setattr(outcome, name, "free")


def test_facts_keep_the_order_in_which_they_were_told(policy: Policy) -> None:
    assert list(policy.decide(dict(reversed(WHOLE.items()))).facts) == list(reversed(WHOLE))
