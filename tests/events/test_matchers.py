"""durable-rules behind its fence fires what the plain matcher fires, crash or no crash."""

from __future__ import annotations

import os
import signal
import warnings
from random import Random

import pytest

from reglament.events import sandbox
from reglament.events.sandbox import FencedMatcher
from reglament.matching.linter import OutsideFence
from reglament.matching.matching_rules import (
    FieldKind,
    Firing,
    Join,
    MatchRule,
    Pattern,
    RuleSet,
    SessionFact,
)
from reglament.matching.matching_rules import FieldTest as Check
from reglament.matching.naive import NaiveMatcher
from reglament.model.reactions import FieldOperator
from support.events import needs_durable
from support.laws import sample
from support.random_sessions import random_facts, random_rules

SESSIONS_A_RULESET = 3
JOINED = RuleSet(
    (
        MatchRule(
            "pair",
            (
                Pattern("one", "offer"),
                Pattern("two", "key", joins=(Join("n", FieldOperator.IS, "one", "n"),)),
                Pattern(
                    "no", "refusal", joins=(Join("n", FieldOperator.IS, "one", "n"),), absent=True
                ),
            ),
        ),
    ),
    {kind: {"n": FieldKind.NUMBER} for kind in ("offer", "key", "refusal")},
)
OFFER, KEY = SessionFact("offer", 1, {"n": 7}), SessionFact("key", 2, {"n": 7})


@needs_durable
@pytest.mark.parametrize("block", sample(range(10), 1))
def test_random_sessions_fire_the_same_by_both_matchers(block: int) -> None:
    fired = 0
    for seed in range(block * 10, block * 10 + 10):
        chance = Random(seed)
        rules = random_rules(chance)
        durable, plain = FencedMatcher(rules), NaiveMatcher(rules)
        try:
            for _ in range(SESSIONS_A_RULESET):
                facts = random_facts(chance, rules, 20)
                expected = plain.open().tell(facts)
                fired += sum(map(len, expected))
                assert (seed, durable.open().tell(facts)) == (seed, expected)
        finally:
            durable.close()
        assert durable.restarts == 0
    assert fired > 100


@needs_durable
def test_a_killed_worker_costs_a_rebuild_and_nothing_else() -> None:
    matcher = FencedMatcher(JOINED)
    session = matcher.open()
    assert session.tell([OFFER]) == [[]]

    os.kill(matcher.worker.process.pid, signal.SIGKILL)

    assert session.tell([KEY]) == [[Firing("pair", (1, 2))]]
    assert matcher.restarts == 1
    matcher.close()


@needs_durable
def test_sessions_beyond_the_limit_make_room_and_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_SESSIONS", 5)
    matcher = FencedMatcher(JOINED)
    sessions = [matcher.open() for _ in range(20)]

    for session in sessions:
        assert session.tell([OFFER]) == [[]]
    assert len(matcher.live) == 5

    assert [session.tell([KEY]) for session in sessions] == [[[Firing("pair", (1, 2))]]] * 20
    matcher.close()


@needs_durable
def test_what_crashes_the_worker_twice_is_matched_without_it_and_loudly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(*_: object) -> None:
        raise sandbox.WorkerLost("gone")

    monkeypatch.setattr(sandbox.Worker, "ask", lost)
    session = FencedMatcher(JOINED).open()

    with pytest.warns(RuntimeWarning, match="failed on a session twice"):
        assert session.tell([OFFER, KEY]) == [[], [Firing("pair", (1, 2))]]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert session.tell([SessionFact("key", 3, {"n": 7})]) == [[Firing("pair", (1, 3))]]


def test_a_refusal_before_the_key_keeps_the_pair_from_firing() -> None:
    session = NaiveMatcher(JOINED).open()

    told = session.tell(
        [OFFER, SessionFact("refusal", 2, {"n": 7}), SessionFact("key", 3, {"n": 7})]
    )

    assert told == [[], [], []]


def test_a_fact_without_a_field_that_a_join_needs_is_refused() -> None:
    with pytest.raises(OutsideFence, match="a join needs n"):
        NaiveMatcher(JOINED).open().tell([SessionFact("offer", 1, {})])


def _one(*patterns: Pattern) -> RuleSet:
    shape = {"n": FieldKind.NUMBER, "t": FieldKind.TEXT}
    return RuleSet((MatchRule("r", patterns),), {"k": shape, "now": shape}, frozenset({"now"}))


_FIRST = Pattern("a", "k")
_NONE = Pattern("b", "k", absent=True)
OUTSIDE = {
    "`none` comes last": _one(_FIRST, _NONE, Pattern("c", "k")),
    "what is there comes first": _one(_NONE),
    "transient under `none`": _one(_FIRST, Pattern("b", "now", absent=True)),
    "alias is taken": _one(_FIRST, _FIRST),
    "no such alias above": _one(Pattern("a", "k", joins=(Join("n", FieldOperator.IS, "z", "n"),))),
    "only numbers have an order": _one(
        Pattern("a", "k", (Check("t", FieldOperator.LESS_THAN, "x"),))
    ),
    "field of another kind": _one(Pattern("a", "k", (Check("n", FieldOperator.IS, "5"),))),
    "value is too large": _one(Pattern("a", "k", (Check("n", FieldOperator.IS, 2**60),))),
    "unknown kind": _one(Pattern("a", "nothing")),
    "too many patterns": _one(*(Pattern(f"a{n}", "k") for n in range(17))),
    "too many tests": _one(Pattern("a", "k", (Check("n", FieldOperator.IS, 1),) * 13)),
    "reserved field": RuleSet((), {"k": {"sid": FieldKind.TEXT}}),
    "reserved kind": RuleSet((), {"close": {}}),
    "rules on one kind": RuleSet(
        tuple(MatchRule(f"r{n}", (_FIRST,)) for n in range(61)), {"k": {}}
    ),
    "told twice": RuleSet((MatchRule("r", (_FIRST,)), MatchRule("r", (_FIRST,))), {"k": {}}),
}


@pytest.mark.parametrize("why", OUTSIDE)
def test_the_linter_refuses_what_breaks_the_fence(why: str) -> None:
    with pytest.raises(OutsideFence, match=why):
        FencedMatcher(OUTSIDE[why])
