"""What a prover says of every request: shown by one, proven of all, or not settled and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.proving.confirming import confirms, standing
from reglament.analysis.proving.exact_regions import regions
from reglament.analysis.proving.port import (
    Answer,
    AnyConflict,
    AnyGap,
    AnyHolds,
    Applies,
    Budget,
    Differs,
    Means,
    NotSettled,
    Proven,
    Question,
    Shown,
)
from reglament.analysis.proving.settling import settle
from reglament.analysis.window import DayWindow, window_of
from reglament.model.conditions import AllOf, Comparison, OneOf
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef
from reglament.policy import load_policy
from reglament.reference import View
from reglament.worktime.calendars import Calendar, SpecialDay
from reglament.worktime.hours import Hours
from support.laws import examples
from support.places import POLICIES
from support.random_formulas import Maker
from support.random_policies import policies, requests
from support.shipped import shipped as loaded

WHOLE = DayWindow()
SMALL = Budget(steps=100_000)


ROUND = """
policy: round
version: "1"
title: round
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: Europe/Moscow
facts:
  price: {type: decimal, places: 2, label: price}
  exact: {type: decimal, places: 2, label: exact}
  length: {type: duration, label: length}
decisions:
  dear:
    label: dear
    type: boolean
    otherwise: {then: false}
    rules:
      - id: dear
        when: {price: {more_than: 100}, length: {more_than: 2 hours}, exact: 0.01}
        then: true
"""


def shipped(name: str) -> Version:
    return loaded(name).versions[-1]


def edited(tmp_path: Path, name: str, file: str, before: str, after: str) -> Version:
    """The newest version of a shipped policy, with one text in it replaced."""
    newest = max((POLICIES / name).iterdir())
    folder = tmp_path / name / newest.name
    folder.mkdir(parents=True)
    for one in newest.iterdir():
        if one.is_file():
            text = one.read_text(encoding="utf-8")
            if one.name == file:
                assert before in text
                text = text.replace(before, after, 1)
            (folder / one.name).write_text(text, encoding="utf-8")
    return load_policy(tmp_path / name).versions[-1]


def answers(old: Version, new: Version) -> dict[str, Answer]:
    within = window_of(old)
    return {name: settle(Differs(old, new, name, within)) for name in new.decisions}


def changed(found: dict[str, Answer]) -> set[str]:
    assert not any(isinstance(answer, NotSettled) for answer in found.values())
    return {name for name, answer in found.items() if isinstance(answer, Shown)}


LEAVE, LATE, SUPPORT_HOURS = "leave.yaml", "late.yaml", "hours.yaml"
EDITS = [
    pytest.param(
        ("annual-leave", LEAVE, "service_years, 3, 1]}, 5]", "service_years, 3, 1]}, 6]"),
        {"service_days", "leave_days", "days_left", "answer", "back_on"},
        id="a bound of service days",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        ("annual-leave", LEAVE, "quotient_down", "quotient_up"),
        {"service_days", "leave_days", "days_left", "answer", "back_on"},
        id="a word of rounding",
    ),
    pytest.param(
        ("annual-leave", LEAVE, "days_left: {at_least: leave", "days_left: {more_than: leave"),
        {"answer", "back_on"},
        id="off by one",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        ("annual-leave", LEAVE, "minimum: [{quotient_down: [service_years, 3, 1]}, 5]",
         "minimum: [5, {quotient_down: [service_years, 3, 1]}]"),
        set(),
        id="the same in another order",
    ),
    pytest.param(
        ("library-fees", LATE, "2026-01-01: 3.00", "2026-01-01: 3.10"),
        {"book_fee", "fee_of_a_day", "unlimited_fee", "limited_fee", "rounded_fee", "late_fee",
         "amount_due"},
        id="a fee by date",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        ("library-fees", LATE, "{difference: [days_late, free_days]}", "{sum: [days_late, -3]}"),
        set(),
        id="another way to compute the same",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        ("technical-support", SUPPORT_HOURS, "then: 16,", "then: 12,"),
        {"response_hours", "response_due"},
        id="working hours",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        ("technical-support", SUPPORT_HOURS, 'until: "19:00"', 'until: "18:00"'),
        {"desk", "response_due"},
        id="the time of closing",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        ("technical-support", "calendar.yaml", "          2019-05-03: moved ", "#"),
        {"desk", "response_due"},
        id="one day of a calendar",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        ("technical-support", "policy.yaml", "Europe/Moscow", "Asia/Yekaterinburg"),
        {"desk", "tier", "response_hours", "response_due", "scope", "answer", "advice"},
        id="a time zone",
        marks=pytest.mark.slow,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), EDITS)
def test_every_decision_of_an_edit_is_settled(
    tmp_path: Path, edit: tuple[str, str, str, str], expected: set[str]
) -> None:
    found = answers(shipped(edit[0]), edited(tmp_path, *edit))
    assert changed(found) == expected


def test_what_is_shown_lies_within_the_window(tmp_path: Path) -> None:
    old, new = shipped("library-fees"), edited(tmp_path, *EDITS[4].values[0])  # type: ignore[misc]
    days = DayWindow(date(2026, 3, 1), date(2026, 3, 2))
    found = settle(Differs(old, new, "book_fee", days))
    assert isinstance(found, Shown)
    assert found.facts["request.on"] == date(2026, 3, 1)
    before = DayWindow(date(2025, 3, 1), date(2025, 12, 31))
    assert settle(Differs(old, new, "book_fee", before)) == Proven(Means.SOLVER)


def test_what_is_shown_is_round_where_the_answer_stays(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(ROUND, "utf-8")
    version = load_policy(tmp_path).versions[0]
    found = settle(Applies(version, "dear", rule="dear"))
    assert isinstance(found, Shown)
    assert {name: found.facts[name] for name in ("price", "length", "exact")} == {
        "price": Decimal(101),
        "length": timedelta(days=1),
        "exact": Decimal("0.01"),
    }


@pytest.mark.slow
def test_hours_of_one_name_are_compared_by_what_they_hold() -> None:
    old = shipped("technical-support")
    hours = old.hours["support_hours"]
    assert isinstance(hours, Hours)
    assert isinstance(hours.calendar, Calendar)
    day = date(2026, 3, 4)
    special = {**hours.calendar.special, day: SpecialDay(False, hours.title)}
    calendar = replace(hours.calendar, special=special)
    new = replace(old, hours={"support_hours": replace(hours, calendar=calendar)})
    found = settle(Differs(old, new, "desk", window_of(old)))
    assert isinstance(found, Shown)
    assert found.facts["request.created_at"].date() == day  # type: ignore[union-attr]
    assert changed(answers(old, new)) == {"desk", "response_due"}


def test_without_the_solver_it_is_not_settled_and_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = shipped("library-fees"), edited(tmp_path, *EDITS[4].values[0])  # type: ignore[misc]
    monkeypatch.setitem(sys.modules, "z3", None)
    monkeypatch.setattr("reglament.analysis.proving.settling.find_spec", lambda _: None)
    assert settle(Differs(old, old, "book_fee")) == Proven(Means.SAME_TERMS)
    found = settle(Differs(old, new, "book_fee"))
    assert isinstance(found, NotSettled)
    assert "`prove`" in found.why.to("en")
    assert "`prove`" in found.why.to("ru")


def test_a_budget_that_is_too_small_is_said() -> None:
    old = shipped("technical-support")
    found = settle(AnyGap(old, "tier"), Budget(steps=1))
    assert found == Proven(Means.SOLVER) or isinstance(found, NotSettled)
    found = settle(Applies(old, "scope", rule="scope-no-training"), Budget(steps=1))
    assert isinstance(found, NotSettled)
    assert found.tried == (Means.SOLVER,)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["annual-leave", "library-fees"])
def test_every_rule_of_a_shipped_policy_applies_and_no_decision_is_broken(name: str) -> None:
    version = shipped(name)
    within = window_of(version)
    for decision in version.decisions.values():
        for rule in decision.every_rule():
            found = settle(Applies(version, decision.name, within, rule=rule.id))
            assert isinstance(found, Shown), rule.id
        assert settle(AnyGap(version, decision.name, within)) == Proven(Means.SOLVER)
        assert settle(AnyConflict(version, decision.name, within)) == Proven(Means.SOLVER)


def test_conditions_over_facts_and_decisions_are_sought() -> None:
    version = shipped("annual-leave")
    shortened = OneOf(DecisionRef("answer"), ("shortened",))
    found = settle(AnyHolds(version, shortened, window_of(version)))
    assert isinstance(found, Shown)
    assert standing(version, found.facts, "answer") == ("decided", "shortened")
    long = Comparison(DecisionRef("service_days"), Operator.MORE_THAN, Constant(5))
    assert settle(AnyHolds(version, long)) == Proven(Means.SOLVER)
    young = Comparison(FactRef("leave.length"), Operator.LESS_THAN, Constant(3))
    found = settle(Applies(version, "answer", window_of(version), young, rule="answer-shortened"))
    assert isinstance(found, Shown)
    assert found.facts["leave.length"] < 3  # type: ignore[operator]


# Laws: what is shown is so by the reference, and nothing speaks against what is proven


def questions(old: Version, new: Version) -> Iterator[Question]:
    for name, decision in old.decisions.items():
        yield AnyGap(old, name)
        yield AnyConflict(old, name)
        for rule in decision.every_rule():
            yield Applies(old, name, rule=rule.id)
        if name in new.decisions:
            yield Differs(old, new, name)


def hold_to_the_reference(question: Question, found: Answer, tried: list[dict]) -> None:  # type: ignore[type-arg]
    if isinstance(found, Shown):
        assert confirms(question, found.facts)
    if isinstance(found, Proven):
        for facts in tried:
            assert not confirms(question, facts), facts


@given(policies(), policies(), st.lists(requests(most_missing=0), min_size=40, max_size=60))
@examples(8)
def test_random_policies_are_settled_as_the_reference_means_them(
    old: Version, new: Version, tried: list[dict]  # type: ignore[type-arg]
) -> None:  # fmt: skip
    for question in questions(old, new):
        found = settle(question)
        assert not isinstance(found, NotSettled) or _counts_rules(question.decision, old, new)
        hold_to_the_reference(question, found, tried)


def _counts_rules(name: str, *versions: Version) -> bool:
    """Whether it is a list whose order, or whose equal items, have no formula."""
    decisions = [version.decisions[name] for version in versions if name in version.decisions]
    return any(one.kind.lists_items and one.counts_rules for one in decisions)


@pytest.mark.slow
@given(st.integers(0, 10**6))
@examples(2)
def test_random_computation_is_settled_as_the_reference_means_it(seed: int) -> None:
    maker = Maker(seed)
    old = maker.version()
    new = maker.edited(old)
    tried = [maker.request(old.zone) for _ in range(200)]
    for name in old.decisions:
        for question in (Differs(old, new, name), AnyGap(old, name), AnyConflict(old, name)):
            hold_to_the_reference(question, settle(question, SMALL), tried)


# Regions


def test_a_region_of_words_is_exact_and_in_the_policys_own_tests(tmp_path: Path) -> None:
    old = shipped("library-fees")
    new = edited(tmp_path, *EDITS[4].values[0])  # type: ignore[misc]
    (region,) = regions(Differs(old, new, "book_fee", window_of(old)))
    assert region.change == (("decided", Decimal("3.00")), ("decided", Decimal("3.10")))
    assert isinstance(region.where, AllOf)
    (test,) = region.where.parts
    assert isinstance(test, Comparison)
    assert (test.subject, test.operator) == (FactRef("request.on"), Operator.AT_LEAST)
    assert test.operand == Constant(date(2026, 1, 1))


@pytest.mark.slow
def test_where_no_test_says_which_requests_change_there_is_no_exact_region(tmp_path: Path) -> None:
    old = shipped("technical-support")
    edit = ("technical-support", "calendar.yaml", "          2019-05-03: moved ", "#")
    new = edited(tmp_path, *edit)
    assert regions(Differs(old, new, "desk", window_of(old))) == ()


@given(policies(), policies(), st.lists(requests(most_missing=0), min_size=40, max_size=60))
@examples(5)
def test_random_regions_hold_what_changes_and_nothing_else(
    old: Version, new: Version, tried: list[dict]  # type: ignore[type-arg]
) -> None:  # fmt: skip
    for name in old.decisions.keys() & new.decisions.keys():
        if _counts_rules(name, old, new):
            continue
        question = Differs(old, new, name)
        found = regions(question)
        for region in found:
            assert confirms(question, region.witness)
        for facts in tried:
            is_held = any(View(new, facts).holds(one.where) for one in found)
            assert not found or is_held is confirms(question, facts)


def test_a_version_ends_on_its_last_day_or_before_the_next_one() -> None:
    version = shipped("annual-leave")
    assert window_of(version) == DayWindow(version.holds_from, None)
    until = version.holds_from + timedelta(days=9)
    ended = replace(version, holds_until=until)
    assert window_of(ended) == DayWindow(version.holds_from, until + timedelta(days=1))
    assert window_of(ended, until) == DayWindow(version.holds_from, until)
