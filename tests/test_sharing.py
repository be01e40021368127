"""Policies, decisions and refusals go to other processes, are copied and compared."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from reglament import Policy, Refused, load_policy
from reglament.model.outcomes import Undetermined
from reglament.model.problems import Place, Problem
from reglament.model.words import Text
from reglament.policy import bundled_policies
from support.laws import sample
from support.shipped import shipped

PARTNER = {
    "requester.kind": "certified_partner",
    "request": {"service": "training", "created_at": "2026-11-20T12:00"},
    "subscription": None,
}
WRONG = {"requester.kind": "usr", "request": {"servise": "x"}}


@pytest.mark.slow
def test_a_refusal_comes_back_from_another_process_as_it_was(policy: Policy) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(policy.decide, one) for one in (PARTNER, WRONG, PARTNER)]
        first, wrong, last = (one.exception() or one.result() for one in futures)

    with pytest.raises(Refused) as refused:
        policy.decide(WRONG)
    assert isinstance(wrong, Refused)
    assert wrong == refused.value
    assert str(wrong) == str(refused.value)
    assert first == last == policy.decide(PARTNER)
    assert first.to_dict() == policy.decide(PARTNER).to_dict()


def _records(value: object) -> Iterator[object]:
    """The records that a value is made of, itself first."""
    if is_dataclass(value):
        yield value
        for one in fields(value):
            yield from _records(getattr(value, one.name))
    elif isinstance(value, Mapping | tuple | list):
        for below in value.values() if isinstance(value, Mapping) else value:
            yield from _records(below)


@pytest.mark.parametrize("name", sample([*bundled_policies()], 2))
def test_every_record_of_a_result_can_be_a_key_and_equal_ones_are_one(name: str) -> None:
    policy = shipped(name)
    for facts in ({}, *(one.facts for one in policy.versions[-1].examples[:2])):
        decided = policy.decide(facts, at="2026-11-20T12:00+03:00")
        first, again = decided.document, policy.decide(facts, at="2026-11-20T12:00+03:00").document
        for one, other in zip(_records(first), _records(again), strict=True):
            assert hash(one) == hash(other)
            assert len({one, other}) == 1
        for outcome in decided.values():
            assert {outcome, outcome.whole, again.decisions[outcome.decision]} == {outcome}


def test_a_refusal_of_files_is_pickled_with_its_places() -> None:
    words = Text(ru="плохо", en="bad")
    problem = Problem("code", words, Place("f", 3, 4, 5), "line", words, "a.b", "/a/b")
    refused = Refused([problem], following=[problem, problem])

    again = pickle.loads(pickle.dumps(refused))

    assert again == refused
    assert hash(again) == hash(refused)
    assert again != Refused([problem])
    assert (again.following, again.args) == (refused.following, refused.args)
    assert again.to_text("ru") == refused.to_text("ru")


@pytest.mark.parametrize("name", sample([*bundled_policies()], 1))
def test_a_policy_is_the_same_in_another_process(name: str) -> None:
    policy = shipped(name)

    again = pickle.loads(pickle.dumps(policy))

    assert again == policy
    assert hash(again) == hash(policy)
    assert again is pickle.loads(pickle.dumps(policy))  # it is made once, however often it comes
    for version, other in zip(policy.versions, again.versions, strict=True):
        assert other.digest == version.digest
        for example in version.examples[:3]:
            ours, theirs = policy.decide(example.facts), again.decide(example.facts)
            assert theirs.to_dict()["decisions"] == ours.to_dict()["decisions"]


def test_a_policy_that_was_pickled_can_still_be_recorded(policy: Policy, tmp_path: Path) -> None:
    from reglament.audit import open_log

    decided = pickle.loads(pickle.dumps(policy.decide(PARTNER)))

    with open_log(str(tmp_path / "log.db"), create=True) as log:
        log.append(decided.version, decided.document)
        assert log.policy(policy.versions[-1].digest) is not None


def test_policies_are_compared_by_their_digests(policy: Policy) -> None:
    again, other = load_policy("technical-support"), shipped("library-fees")

    assert policy == again
    assert hash(policy) == hash(again)
    assert policy != other
    assert policy != "technical-support"
    assert len({policy, again, other}) == 2


def test_decisions_are_compared_by_what_was_told_and_decided(policy: Policy) -> None:
    flat = {
        "requester.kind": "certified_partner",
        "request.service": "training",
        "request.created_at": "2026-11-20T12:00",
        "subscription": None,
    }
    decided, same = policy.decide(PARTNER), policy.decide(flat)
    other = policy.decide({**flat, "request.service": "onsite_visit"})

    assert decided == same == policy.decide(flat, only="tier")
    assert hash(decided) == hash(same)
    assert decided != other
    assert decided != dict(decided)
    # The documents differ: one notes that the zone was assumed.
    assert decided != policy.decide({**flat, "request.created_at": "2026-11-20T12:00+03:00"})
    assert len({decided, same, other}) == 2


@pytest.mark.parametrize("only", [None, ("tier",), ()])
def test_a_decision_is_pickled_without_the_request_as_it_was_told(
    policy: Policy, only: tuple[str, ...] | None
) -> None:
    class Told(dict[str, Any]):
        """Of a function, so that it cannot be pickled."""

    decided = policy.decide(Told(PARTNER), only=only)

    again = pickle.loads(pickle.dumps(decided))

    assert again == decided
    assert again.to_dict() == decided.to_dict()
    assert again.explain("ru", "auditor") == decided.explain("ru", "auditor")
    assert pickle.loads(pickle.dumps(decided["tier"])).outcome == decided["tier"].outcome


def test_copies_are_equal(policy: Policy) -> None:
    decided = policy.decide(PARTNER)

    for way in (copy.copy, copy.deepcopy):
        assert way(policy) == policy
        assert way(decided) == decided
        assert way([policy, decided]) == [policy, decided]
        assert way(decided).to_json() == decided.to_json()


@pytest.mark.parametrize("only", [(1,), 1, (None,), [["tier"]], b"tier", {"tier": 1, 2: 3}])
def test_a_name_that_is_no_text_is_refused(policy: Policy, only: Any) -> None:
    for ask in (policy.decide, policy.next_question):
        with pytest.raises(Refused) as refused:
            ask(PARTNER, **{"only" if ask == policy.decide else "decision": only})

        (problem,) = refused.value.problems
        assert problem.code == "wrong-type"
        assert problem.message.to("en").startswith("the name of a decision is text, and here is ")
        assert problem.message.to("ru").startswith("имя решения — это текст, а здесь ")


LATE = [
    ({"request": {"created_at": "2027-12-31T12:00"}}, "/request/created_at"),
    ({"request.created_at": "2027-12-31T12:00"}, "/request.created_at"),
]


@pytest.mark.parametrize(("told", "pointer"), LATE)
def test_why_a_decision_is_refused_points_to_what_was_told(
    policy: Policy, told: dict[str, Any], pointer: str
) -> None:
    decided = policy.decide({**told, "requester.kind": "certified_partner"})

    for one in (decided, pickle.loads(pickle.dumps(decided))):
        problem = one["response_due"].refused.problem
        assert (problem.fact, problem.pointer) == ("request.created_at", pointer)
        with pytest.raises(Refused) as refused:
            _ = one["response_due"].value
        assert pickle.loads(pickle.dumps(refused.value)).problems == (problem,)


@pytest.mark.parametrize("told", [{"subscription": None}, {"request": {"channel": "e-mail"}}, {}])
def test_what_is_noted_of_a_request_goes_with_it(policy: Policy, told: dict[str, Any]) -> None:
    decided = policy.decide({**told, "request.created_at": "2026-11-20T12:00"})

    again = pickle.loads(pickle.dumps(decided))

    assert again.notes == decided.notes
    assert again == decided


def test_that_too_little_was_told_comes_back_too(policy: Policy) -> None:
    with pytest.raises(Undetermined) as undetermined:
        _ = policy.decide({})["tier"].value

    again = pickle.loads(pickle.dumps(undetermined.value))
    assert (str(again), again.needs) == (str(undetermined.value), undetermined.value.needs)
