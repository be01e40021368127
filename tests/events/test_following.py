"""What came of a subject is a function of its journal: late, twice, early, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import permutations
from random import Random
from typing import Any

import pytest

from reglament import Policy, Refused
from reglament.events.engine import Follower
from reglament.events.journal import Journal
from reglament.matching.matching_rules import Matcher, RuleSet
from reglament.matching.naive import NaiveMatcher
from reglament.storage.store import IN_MEMORY, Store
from support.events import PARTNER, line

REQUEST = "request/R-1"
CREATED = line("e1", REQUEST, "created", "2026-03-03T10:00", facts=PARTNER)
PAUSED = line("e2", REQUEST, "paused", "2026-03-03T12:00")
RESUMED = line("e3", REQUEST, "resumed", "2026-03-04T11:00")
ANSWERED = line("e4", REQUEST, "answered", "2026-03-04T16:00")
ACT = {
    "renewal.submitted_via": "portal",
    "renewal.act.number": "17",
    "renewal.act.issued_by": "industry_solutions_centre",
    "renewal.act.lists_support": True,
}


class Desk:
    """A follower of a journal in memory, and a hand on its clock."""

    def __init__(self, policy: Policy, matcher: Callable[[RuleSet], Matcher]) -> None:
        self.policy = policy
        self.store = Store(IN_MEMORY)
        self.follower = Follower(policy, Journal(self.store), matcher)

    def take(self, *lines: str) -> list[bool]:
        with self.store.transaction() as tx:
            return [self.follower.take(tx, one) for one in lines]

    def at(self, moment: str) -> None:
        """Let everything happen that is due."""
        with self.store.transaction() as tx:
            now = self.policy.moment(moment)
            while due := self.follower.journal.due(tx, now, 100):
                for kind, subject in due:
                    self.follower.follow(tx, kind, subject, now)

    def effects(self, subject: str = REQUEST) -> list[tuple[str, str]]:
        kind, _, name = subject.partition("/")
        with self.store.transaction() as tx:
            found = self.follower.journal.effects_of(tx, kind, name)
        return sorted((word, reaction) for reaction, _, word, _, _ in found)

    def next_wake(self) -> datetime | None:
        with self.store.transaction() as tx:
            return self.follower.journal.next_wake(tx)

    def close(self) -> None:
        self.follower.close()
        self.store.close()


@pytest.fixture
def desk(policy: Policy, matcher: Callable[[RuleSet], Matcher]) -> Iterator[Desk]:
    made = Desk(policy, matcher)
    yield made
    made.close()


def test_events_in_any_order_lead_to_the_same(policy: Policy) -> None:
    outcomes = set()
    for order in permutations([CREATED, PAUSED, RESUMED, ANSWERED]):
        desk = Desk(policy, NaiveMatcher)
        desk.take(*order)
        desk.at("2026-03-20T00:00")
        outcomes.add(tuple(desk.effects()))
        desk.close()

    (only,) = outcomes
    assert only == (
        ("done", "answered-in-time"),
        ("done", "response-half-used"),
        ("done", "response-three-quarters-used"),
    )


def test_following_step_by_step_leads_to_the_same_as_all_at_once(policy: Policy) -> None:
    chance = Random(6)
    for _ in range(40):
        lines = [CREATED, PAUSED, RESUMED, ANSWERED][: chance.randint(1, 4)]
        moments = sorted(
            f"2026-03-{chance.randint(3, 6):02}T{chance.randint(0, 23):02}:30" for _ in range(4)
        )
        with (
            closing(Desk(policy, NaiveMatcher)) as steps,
            closing(Desk(policy, NaiveMatcher)) as once,
        ):
            for desk in (steps, once):
                desk.take(*lines)
            for moment in [*moments, "2026-03-20T00:00"]:
                steps.at(moment)
            once.at("2026-03-20T00:00")
            assert steps.effects() == once.effects()


def test_an_event_that_comes_twice_counts_once(desk: Desk) -> None:
    assert desk.take(CREATED, ANSWERED) == [True, True]
    assert desk.take(CREATED, ANSWERED) == [False, False]


def test_another_event_under_a_known_id_is_refused(desk: Desk) -> None:
    desk.take(CREATED)

    with pytest.raises(Refused, match="event `e1` is already"):
        desk.take(line("e1", REQUEST, "created", "2026-03-03T10:01", facts=PARTNER))


def test_an_answer_that_becomes_known_late_withdraws_the_breach_once(desk: Desk) -> None:
    desk.take(CREATED)
    desk.at("2026-03-10T00:00")
    assert ("done", "response-breached") in desk.effects()

    desk.take(line("late", REQUEST, "answered", "2026-03-03T11:00"))
    desk.at("2026-03-10T00:00")
    first = desk.effects()
    desk.take(line("more", REQUEST, "told", "2026-03-03T11:30"))
    desk.at("2026-03-11T00:00")

    assert ("withdrawn", "response-breached") in first
    assert ("done", "answered-in-time") in first
    assert desk.effects() == first


def test_an_event_of_the_future_waits_in_the_journal_until_its_moment(
    desk: Desk, policy: Policy
) -> None:
    desk.take(CREATED, line("soon", REQUEST, "answered", "2026-03-03T13:00"))
    desk.at("2026-03-03T11:00")

    assert desk.effects() == []
    assert desk.next_wake() == policy.moment("2026-03-03T13:00")
    desk.at("2026-03-03T13:00")
    assert desk.effects() == [("done", "answered-in-time")]
    assert desk.next_wake() is None


def test_time_goes_no_way_back_when_the_clock_does(desk: Desk, policy: Policy) -> None:
    with desk.store.transaction() as tx:
        later = desk.follower.now(tx, policy.moment("2026-03-05T12:00"))
        back = desk.follower.now(tx, policy.moment("2026-03-01T00:00"))

    assert back == later


def test_an_act_is_used_up_by_whoever_comes_first_and_stays_so_after_a_rebuild(desk: Desk) -> None:
    for name, contract in (("a1", "contract/A"), ("b1", "contract/B")):
        desk.take(line(name, contract, "act_provided", "2026-03-03T12:00", facts=ACT))
    desk.at("2026-03-03T13:00")
    before = desk.effects("contract/A"), desk.effects("contract/B")

    desk.follower.forget()
    desk.take(line("a2", "contract/A", "act_checked", "2026-03-03T11:00"))
    desk.at("2026-03-03T14:00")

    assert before == ([("done", "support-renewed")], [("done", "act-used-before")])
    assert (desk.effects("contract/A"), desk.effects("contract/B")) == before


def test_an_effect_tells_its_reason_with_the_values_filled_in(desk: Desk) -> None:
    import json

    desk.take(CREATED)
    desk.at("2026-03-03T14:00")
    with desk.store.transaction() as tx:
        ((reaction, occurrence, _, text, _),) = desk.follower.journal.effects_of(
            tx, "request", "R-1"
        )
    body: dict[str, Any] = json.loads(text)

    assert (reaction, occurrence) == ("response-half-used", "e1")
    assert body["because"]["en"] == (
        "Half of the time is used up; the request is due by 3 March 2026, 18:00."
    )
    assert body["clauses"] == ["free.response", "paid.response", "partner.response"]
    assert body["attached"] == {"response_due": "2026-03-03T18:00:00+03:00"}
