"""Mutants: which mistakes are tried, which of them are none, and by which request each shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given

from reglament.analysis.testing.comparison import Bench, RequestDifference
from reglament.analysis.testing.edits import changed_conditions, changed_constants, neighbours
from reglament.analysis.testing.mutants import KINDS, mutants, with_every_hours
from reglament.analysis.testing.mutation import Mutation, try_mutants
from reglament.interfaces.cli.test_command import test as command
from reglament.language.loading.version_loader import read_version
from reglament.model.conditions import ALWAYS, AllOf, AnyOf, Comparison, Condition, Not, OneOf
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula
from reglament.model.values import Value, choice
from support.laws import examples
from support.random_policies import FACTS, VALUES, answer, completions, policies
from support.refunds import CALENDAR, HEAD, written
from support.shipped import shipped

RULES = """
decisions:
  refund:
    outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}
    rules:
      - {id: large, when: {amount: {at_least: 100.00}}, then: yes}
    otherwise: {then: no}
"""
WIDE = """
examples:
  - {name: large is refunded, facts: {amount: 500.00}, expect: {refund: yes}}
  - {name: small is not, facts: {amount: 1.00}, expect: {refund: no}}
"""
EXACT = """
examples:
  - {name: a hundred is refunded, facts: {amount: 100.00}, expect: {refund: yes}}
  - {name: a cent less is not, facts: {amount: 99.99}, expect: {refund: no}}
"""


def tried(folder: Path, *parts: str) -> Mutation:
    return try_mutants(read_version(written(folder / "p", HEAD, CALENDAR, *parts)))


def words_of(found: Mutation) -> list[str]:
    return [survivor.mutant.words.to("en") for survivor in found.survivors]


# The single changes


NUMBER, FLAG = FactRef("number"), FactRef("flag")
AT_LEAST = Comparison(NUMBER, Operator.AT_LEAST, Constant(10))
IS_ON = Comparison(FLAG, Operator.IS, Constant(True))
A_OR_B = OneOf(FactRef("closed"), ("a", "b"))
NOWHERE = Version(
    "p", "1", KINDS["boundary"], date(2024, 1, 1), date(2024, 1, 1), "day", "UTC", FACTS, {}
)  # fmt: skip


def changes(condition: Condition) -> list[tuple[str, Condition]]:
    return [(one.kind, one.condition) for one in changed_conditions(NOWHERE, condition)]


def test_an_ordered_test_loses_or_gains_its_boundary() -> None:
    assert changes(AT_LEAST) == [
        ("condition-dropped", ALWAYS),
        ("condition-negated", Not(AT_LEAST)),
        ("boundary", Comparison(NUMBER, Operator.MORE_THAN, Constant(10))),
        ("boundary", Comparison(NUMBER, Operator.AT_LEAST, Constant(11))),
        ("boundary", Comparison(NUMBER, Operator.AT_LEAST, Constant(9))),
    ]


def test_a_list_loses_each_option_and_gains_another() -> None:
    assert changes(A_OR_B)[2:] == [
        ("option-dropped", OneOf(FactRef("closed"), ("b",))),
        ("option-dropped", OneOf(FactRef("closed"), ("a",))),
        ("option-added", OneOf(FactRef("closed"), ("a", "b", "c"))),
    ]


def test_each_part_of_a_condition_is_dropped_and_changed_where_it_stands() -> None:
    found = changes(AllOf((IS_ON, Not(A_OR_B))))

    assert ("condition-dropped", AllOf((Not(A_OR_B),))) in found
    assert ("condition-dropped", AllOf((IS_ON,))) in found
    assert ("condition-negated", AllOf((Not(IS_ON), Not(A_OR_B)))) in found
    assert ("option-dropped", AllOf((IS_ON, Not(OneOf(FactRef("closed"), ("a",)))))) in found


def test_the_one_way_of_an_alternative_is_not_dropped() -> None:
    assert ("condition-dropped", AnyOf(())) not in changes(AnyOf((IS_ON,)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, (4, 2)),
        (Decimal("1.50"), (Decimal("1.51"), Decimal("1.49"))),
        (date(2024, 3, 1), (date(2024, 3, 2), date(2024, 2, 29))),
        (datetime(2024, 3, 1), (datetime(2024, 3, 1, 0, 0, 1), datetime(2024, 2, 29, 23, 59, 59))),
        (timedelta(hours=1), (timedelta(minutes=61), timedelta(minutes=59))),
        (True, ()),
        ("word", ()),
        (None, ()),
    ],
)
def test_a_constant_moves_by_its_tick(value: Value, expected: tuple[Value, ...]) -> None:
    assert neighbours(value, 2) == expected


def test_the_constants_and_the_tie_of_a_formula_change_one_at_a_time() -> None:
    due = Formula("working_hours_after", (FactRef("at"), Constant(8)), "desk", "closing")

    assert list(changed_constants(due)) == [
        replace(due, tie="next_opening"),
        replace(due, arguments=(FactRef("at"), Constant(9))),
        replace(due, arguments=(FactRef("at"), Constant(7))),
    ]


def test_every_kind_of_mistake_is_made_of_the_shipped_regulation() -> None:
    version = with_every_hours(shipped("technical-support").versions[-1])
    made = Counter(mutant.kind for mutant in mutants(version))

    assert set(made) == set(KINDS)
    assert made["hours-edge"] == 4


def test_a_mutant_shares_everything_but_its_one_mistake() -> None:
    version = with_every_hours(shipped("technical-support").versions[-1])
    for mutant in mutants(version):
        changed = [n for n, d in mutant.version.decisions.items() if d != version.decisions[n]]
        assert mutant.version.facts is version.facts
        assert len(changed) == 1 or mutant.kind == "hours-edge"


# Their fate


def test_a_boundary_that_no_example_touches_survives_with_a_request_that_shows_it(
    tmp_path: Path,
) -> None:
    found = tried(tmp_path, RULES, WIDE)
    differences = [survivor.difference for survivor in found.survivors]

    assert words_of(found) == ["boundary moved by one: amount is at least 100.00"] * 3
    assert [one and one.facts for one in differences] == [
        {"amount": Decimal("100.00")}, {"amount": Decimal("100.00")}, {"amount": Decimal("99.99")},
    ]  # fmt: skip
    assert all(survivor.mutant.place is not None for survivor in found.survivors)


def test_examples_on_both_sides_of_a_boundary_kill_every_mutant(tmp_path: Path) -> None:
    found = tried(tmp_path, RULES, EXACT)

    assert (found.survivors, found.equivalent, found.score) == ((), (), 1.0)
    assert {mutant.kind for mutant in found.killed} == {
        "boundary", "condition-dropped", "condition-negated", "rule-removed", "outcome-swapped",
        "otherwise-swapped",
    }  # fmt: skip


def test_a_mutant_that_decides_alike_is_proven_equivalent(tmp_path: Path) -> None:
    twice = RULES.replace(
        "    otherwise",
        "      - {id: larger, when: {amount: {at_least: 200.00}}, then: yes}\n    otherwise",
    )
    found = tried(tmp_path, twice, EXACT)
    equivalent = {(mutant.rule, mutant.kind) for mutant in found.equivalent}

    assert ("larger", "rule-removed") in equivalent
    assert ("larger", "boundary") in equivalent
    assert ("large", "boundary") not in equivalent


def test_the_edges_of_hours_are_tried(tmp_path: Path) -> None:
    open_ = """
    decisions:
      desk_open:
        outcomes: {open: {ru: да, en: yes}, shut: {ru: нет, en: no}}
        rules: [{id: within, when: {asked.at: {within: desk}}, then: open}]
        otherwise: {then: shut}
    """
    noon = """
    examples:
      - {name: noon, facts: {asked.at: 2024-01-10T12:00:00}, expect: {desk_open: open}}
      - {name: night, facts: {asked.at: 2024-01-10T23:00:00}, expect: {desk_open: shut}}
    """
    assert words_of(tried(tmp_path, open_, noon)) == [
        "boundary of the working hours moved: `desk`, opening 10:30",
        "boundary of the working hours moved: `desk`, opening 09:30",
        "boundary of the working hours moved: `desk`, closing 19:30",
        "boundary of the working hours moved: `desk`, closing 18:30",
    ]


def test_the_command_fails_where_too_few_mutants_are_noticed(tmp_path: Path) -> None:
    folder = written(tmp_path / "p", HEAD, CALENDAR, RULES, WIDE)
    arguments = ["--policy", str(folder), "--mutate", "--lang", "en"]
    failed = CliRunner().invoke(command, arguments)
    fine = CliRunner().invoke(command, [*arguments, "--kill", "50"])

    assert failed.exit_code == 1
    assert "no example notices: boundary moved by one" in failed.output
    assert "facts: {amount: 99.99}" in failed.output
    assert fine.exit_code == 0


@pytest.mark.parametrize(("otherwise", "is_needed"), [("yes", True), ("no", False)])
def test_a_mutant_that_no_longer_reads_a_broken_decision_is_equal_where_it_needs_none(
    otherwise: str, is_needed: bool
) -> None:
    first = _decision("first", Rule("first-0", IS_ON, Constant("yes")), None)
    second = _decision(
        "second",
        Rule("second-0", OneOf(DecisionRef("first"), ("yes",)), Constant("no")),
        Rule("second-otherwise", ALWAYS, Constant(otherwise)),
    )
    version = replace(NOWHERE, decisions={"first": first, "second": second})
    bench = Bench(version)
    (dropped,) = (
        one for one in mutants(version)
        if one.kind == "condition-dropped" and one.rule == "second-0"
    )  # fmt: skip
    copy = bench.copy(dropped.version)

    found = bench.difference(copy, bench.changed(copy))

    if not is_needed:
        assert found is True
        return
    assert isinstance(found, RequestDifference)
    assert found.decision == "second"
    assert found.facts["flag"] is False
    assert found.ours == "decision `second` rests on what cannot be decided: `first`"
    assert isinstance(found.theirs, tuple)
    assert found.theirs[0] == "no"


def _decision(name: str, rule: Rule, otherwise: Rule | None) -> Decision:
    type_ = choice("yes", "no")
    return Decision(
        name, DecisionKind.OUTCOME, type=type_, label=KINDS["boundary"], rules=(rule,),
        otherwise=otherwise,
    )  # fmt: skip


@pytest.mark.slow
@examples(25)
@given(policies())
def test_what_is_said_of_mutants_agrees_with_brute_force(version: Version) -> None:
    bench = Bench(version)
    some_facts = {
        n: values[0] for n, values in VALUES.items() if n not in ("closed", "flag", "number")
    }
    requests = list(completions(some_facts))
    for mutant in list(mutants(version))[:12]:
        copy = bench.copy(mutant.version)
        found = bench.difference(copy, bench.changed(copy))
        if isinstance(found, RequestDifference):
            assert found.ours != found.theirs
        elif found is True:
            for facts in requests:
                for name in version.decisions:
                    ours = answer(version, facts, name).outcome
                    assert ours == answer(mutant.version, facts, name).outcome, mutant.words


@pytest.mark.slow
def test_the_shipped_examples_notice_nearly_every_mistake() -> None:
    found = try_mutants(shipped("technical-support").versions[-1])
    unnoticed = [(one.mutant.rule, one.mutant.words.to("en")) for one in found.survivors]

    assert found.score >= 0.95, unnoticed
    assert len(found.killed) > 300
    assert len(found.equivalent) < 20
