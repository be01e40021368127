"""The parts that answer missing facts quickly: thresholds, joint assignments, modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.diagram.kernel.forest import PredicateVar
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.diagram.kernel.witness import Witnesses
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.diagram.solver.ordinals import domain, ordinal, value_at
from reglament.diagram.solver.thresholds import NoThreshold, ThresholdFinder
from reglament.evaluation import Evaluator
from reglament.functions.evaluate import holding
from reglament.model.conditions import Comparison
from reglament.model.moments import in_zone
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import DATE, DATETIME, INTEGER, Type, Value, decimal
from reglament.partial.answers import answer_from
from reglament.partial.assignments import AssignmentSpace
from reglament.partial.assignments import OpenTest as Lacking
from reglament.partial.feasibility import Feasibility
from reglament.partial.joint_assignments import JointTests
from reglament.partial.modules import Modules
from reglament.partial.terminal_outcomes import identity
from support.random_policies import answer, completions, is_broken, policies, requests
from support.shipped import shipped

# What is computed of them is in range, so that a comparison has an answer on the whole line.
MOST = 10**14
WHOLE = replace(INTEGER, at_least=-MOST, at_most=MOST)

TYPES: Mapping[str, Type] = {
    "day": DATE,
    "other_day": DATE,
    "moment": DATETIME,
    "number": WHOLE,
    "other_number": WHOLE,
    "price": replace(decimal(2), at_least=Decimal(-MOST), at_most=Decimal(MOST)),
}
ZONE = "Europe/Berlin"  # its clock is moved twice a year
SOLVER = BoundsPropagation(TYPES, {}, ZONE)
LINES = {name: domain(type_) for name, type_ in TYPES.items()}

VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "day": st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    "other_day": st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    "moment": st.datetimes(
        datetime(1990, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC)
    ).map(lambda moment: in_zone(moment, ZoneInfo(ZONE))),
    "number": st.integers(-50, 50),
    "other_number": st.integers(-50, 50),
    "price": st.decimals(-50, 50, places=2),
}


def day_of(name: str) -> Term:
    return Formula("day_of", (FactRef(name),))


def days_after(term: Term, count: int) -> Term:
    return Formula("days_after", (term, Constant(count)))


def months_after(name: str, count: int) -> Term:
    return Formula("months_after", (FactRef(name), Constant(count)))


# Each cuts the line of its first fact, the second being told.
ONE_MISSING: list[tuple[str, Term, Term]] = [
    ("day", FactRef("day"), FactRef("other_day")),
    ("day", FactRef("day"), day_of("moment")),
    ("day", months_after("day", 3), FactRef("other_day")),
    ("day", months_after("day", -1), day_of("moment")),
    ("day", Formula("days_between", (FactRef("day"), FactRef("other_day"))), Constant(30)),
    ("moment", day_of("moment"), FactRef("day")),
    ("moment", day_of("moment"), months_after("day", 1)),
    ("number", FactRef("number"), FactRef("other_number")),
    ("number", Formula("product", (FactRef("number"), Constant(-3))), FactRef("other_number")),
    ("number", Formula("sum", (FactRef("number"), FactRef("other_number"))), Constant(7)),
    ("price", FactRef("price"), FactRef("number")),
    ("price", Formula("round_up", (FactRef("price"), Constant(5))), FactRef("number")),
    ("price", Formula("round_half_up", (FactRef("price"), Constant(1))), FactRef("number")),
    ("price", Formula("quotient_down", (FactRef("price"), Constant(-3), Constant(2))), Constant(0)),
    ("day", Formula("months_between", (FactRef("day"), FactRef("other_day"))), FactRef("number")),
    ("day", Formula("years_between", (FactRef("other_day"), FactRef("day"))), Constant(-1)),
]


@given(st.sampled_from(ONE_MISSING), st.booleans(), st.fixed_dictionaries(dict(VALUES)))
def test_a_comparison_turns_at_its_cut_and_nowhere_else(
    case: tuple[str, Term, Term], is_turned: bool, facts: dict[str, Value]
) -> None:
    fact, open_, known = case
    low, high = (known, open_) if is_turned else (open_, known)
    atom = Comparison(low, Operator.AT_MOST, high)
    told = {name: value for name, value in facts.items() if name != fact}
    cutter = ThresholdFinder(atom, fact, SOLVER, LINES[fact])

    for _ in range(2):  # the second look starts where the first one ended
        cut = cutter.threshold(told)
        here = ordinal(TYPES[fact], facts[fact])
        for place in {here, cut.place - 1, cut.place, *LINES[fact]}:
            if LINES[fact][0] <= place <= LINES[fact][1]:
                assert _holds_at(atom, told, fact, place) is ((place >= cut.place) is cut.rises)


def _holds_at(atom: Comparison, told: Mapping[str, Value], fact: str, place: int) -> bool:
    value = value_at(TYPES[fact], place)
    if isinstance(value, datetime):
        value = in_zone(value, ZoneInfo(ZONE))
    return holding(atom, {})({**told, fact: value})


def test_a_fact_on_both_sides_has_no_cut() -> None:
    atom = Comparison(FactRef("day"), Operator.AT_MOST, months_after("day", 1))

    with pytest.raises(NoThreshold):
        ThresholdFinder(atom, "day", SOLVER, LINES["day"])


SUMS: list[Term] = [
    FactRef("number"),
    FactRef("other_number"),
    Formula("sum", (FactRef("number"), FactRef("other_number"))),
    Formula("difference", (FactRef("number"), FactRef("other_number"))),
    Formula("product", (FactRef("number"), Constant(-2))),
    Constant(3),
]
SIDES = st.tuples(st.integers(-6, 6), st.integers(0, 5)).map(lambda s: (s[0], s[0] + s[1]))


def _facts(atom: Comparison) -> set[str]:
    return {name for name in TYPES if f"'{name}'" in repr(atom)}


# Tests of a day: of those that lack it alone, and of those that tie it to a moment.
DAYS: list[Comparison] = [
    Comparison(FactRef("day"), Operator.AT_MOST, FactRef("other_day")),
    Comparison(FactRef("other_day"), Operator.AT_MOST, months_after("day", 3)),
    Comparison(FactRef("day"), Operator.AT_MOST, Constant(date(2026, 3, 31))),
    Comparison(day_of("moment"), Operator.AT_MOST, FactRef("day")),
    Comparison(FactRef("day"), Operator.AT_MOST, days_after(day_of("moment"), 2)),
]
COMMON = AssignmentSpace(SOLVER)
NO_LISTS = PlainLists(shipped("library-fees").versions[0], Witnesses)
EDGES = [domain(DATE)[0] + 1, domain(DATE)[1] - 1]
SOME_DAYS = st.one_of(st.sampled_from(EDGES), st.integers(*domain(DATE))).map(date.fromordinal)


@given(
    st.lists(st.sampled_from(range(len(DAYS))), min_size=1, unique=True),
    st.sampled_from([frozenset({"day"}), frozenset({"day", "moment"})]),
    SOME_DAYS,
    VALUES["moment"],
)
def test_joint_assignments_are_the_answers_that_can_be_given_together(
    chosen: list[int], missing: frozenset[str], other_day: date, moment: datetime
) -> None:
    told = {
        name: value
        for name, value in {"other_day": other_day, "moment": moment}.items()
        if name not in missing
    }
    tests = tuple(
        Lacking(rank, PredicateVar(DAYS[rank]), missing & _facts(DAYS[rank]), (True, False))
        for rank in sorted(chosen)
    )

    for _ in range(2):  # the second look uses what the first one found
        joint, _ = JointTests(tests, COMMON, NO_LISTS).assignments(Feasibility(COMMON, told))
        assert joint is not None
        for answers in product((True, False), repeat=len(tests)):
            is_met = joint.every
            way = COMMON.start
            for test, one in zip(tests, answers, strict=True):
                is_met &= joint.where(test.level, one)
                way = COMMON.extend(way, test, one)
            said = SOLVER.solve(told, way.constraints)
            assert said.is_proven or not said.is_possible
            assert bool(is_met) is said.is_possible


def test_a_decision_leaves_out_what_shares_no_fact_with_the_rest() -> None:
    (version,) = shipped("technical-support").versions

    def modules(name: str) -> set[str]:
        return set(Modules(version, lambda _: True).of(version.decisions[name]))

    assert modules("scope") == {"tier"}
    assert modules("answer") == {"channel", "tier"}  # the scope hangs on the tier as well
    assert modules("tier") == set()


@given(policies(), requests(most_missing=4))
def test_a_decision_without_its_modules_is_answered_as_the_whole(
    version: Version, told: dict[str, Value]
) -> None:
    evaluated = Evaluator(version).evaluate(told)
    partial_result = evaluated.partial_result
    for name, decision in version.decisions.items():
        if any(is_broken(answer(version, facts, name).outcome) for facts in completions(told)):
            continue
        root = evaluated.evaluator.diagrams.decision(name)
        expected = answer_from(decision, partial_result.leaves(root))
        found = partial_result[name]
        assert (found.status, found.outcome) == (expected.status, expected.outcome)
        assert found.possible == expected.possible
        assert set(partial_result.needs(name)) == set(partial_result.needs_at(root))


@given(policies(), requests(most_missing=4))
def test_ways_followed_one_by_one_lead_where_joint_assignments_do(
    version: Version, told: dict[str, Value]
) -> None:
    def answers() -> list[tuple[set[Any], set[str]]]:
        evaluated = Evaluator(version).evaluate(told)
        partial_result, diagrams = evaluated.partial_result, evaluated.evaluator.diagrams
        roots = [diagrams.decision(name) for name in version.decisions]
        return [
            (set(map(identity, partial_result.leaves(root))), set(partial_result.needs_at(root)))
            for root in roots
        ]

    by_joint = answers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JointTests, "assignments", lambda *_: (None, True))
        assert answers() == by_joint


def test_days_that_pass_between_two_tests_are_counted_in_joint_assignments() -> None:
    """Of a missing day and two told ones three joint assignments remain, whichever comes first."""
    policy = shipped("technical-support")
    told = {
        "requester.kind": "user",
        "key.registered_on": date(2026, 1, 10),
        "subscription.active_from": None,
        "subscription.active_until": None,
    }

    assert policy.decide(told)["tier"].possible == ["free", "none"]
    told["subscription.active_from"] = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(days=1)
    assert policy.decide(told)["tier"].possible == ["paid", "free", "none"]
