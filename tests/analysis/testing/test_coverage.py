"""Worked examples: what they prove of rules, conditions, outcomes; when they prove nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from reglament.analysis.testing.coverage import coverage, hangs_on, held
from reglament.analysis.worked_examples import ExampleReport, try_examples
from reglament.interfaces.cli.test_command import test as command
from reglament.language.loading.version_loader import read_version
from reglament.model.conditions import AllOf, AnyOf, Comparison, Not
from reglament.model.operators import Operator
from reglament.model.outcomes import Outcome
from reglament.model.problems import Refused
from reglament.model.regulation import Example, Version
from reglament.model.terms import Constant, FactRef
from reglament.rendering.reports.junit import Case, Suite, junit
from support.refunds import CALENDAR, HEAD, written
from support.shipped import shipped

DECISION = """
decisions:
  refund:
    outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}, later: {ru: позже, en: later}}
    rules:
      - id: broken-book
        when: {kind: book, broken: true}
        then: yes
      - id: many-toys
        when: {kind: toy, pieces: {at_least: 10}}
        then: later
    otherwise: {then: no}
  note_kept:
    outcomes: {kept: {ru: да, en: yes}, dropped: {ru: нет, en: no}}
    rules:
      - {id: kept, when: {refund: yes}, then: kept}
    otherwise: {then: dropped}
"""
EXAMPLES = """
examples:
  - name: a broken book is refunded
    facts: {kind: book, broken: true}
    expect: {refund: yes}
  - name: a whole book is not
    facts: {kind: book, broken: false}
    expect: {refund: no}
  - name: a broken toy is not
    facts: {kind: toy, broken: true, pieces: 9}
    expect: {note_kept: dropped}
"""


@pytest.fixture
def version(tmp_path: Path) -> Version:
    return read_version(written(tmp_path / "p", HEAD, CALENDAR, DECISION, EXAMPLES))


def a_test(fact: str) -> Comparison:
    return Comparison(FactRef(fact), Operator.IS, Constant(True))


A, B = a_test("a"), a_test("b")


@pytest.mark.parametrize(
    ("condition", "known", "expected"),
    [
        (AllOf((A, B)), {A: True, B: True}, True),
        (AllOf((A, B)), {A: True, B: None}, None),
        (AllOf((A, B)), {A: False, B: None}, False),
        (AnyOf((A, B)), {A: True, B: None}, True),
        (AnyOf((A, B)), {A: False, B: None}, None),
        (Not(AllOf((A, B))), {A: False, B: None}, True),
        (AllOf(()), {}, True),
        (AnyOf(()), {}, False),
    ],
)
def test_a_condition_holds_as_far_as_its_tests_are_known(
    condition: Any, known: Mapping[Comparison, bool | None], expected: bool | None
) -> None:
    assert held(condition, {id(test): truth for test, truth in known.items()}) is expected


def test_a_rule_hangs_on_a_test_only_where_the_others_let_it() -> None:
    known = {id(A): True, id(B): False}

    assert hangs_on(AllOf((A, B)), B, known)
    assert not hangs_on(AllOf((A, B)), A, known)
    assert not hangs_on(AnyOf((A, B)), B, known)
    assert hangs_on(AnyOf((A, B)), A, known)


def test_a_test_whose_neighbour_is_missing_proves_nothing() -> None:
    assert not hangs_on(AllOf((A, B)), A, {id(A): True, id(B): None})


def test_rules_and_outcomes_that_no_example_reaches_are_named(version: Version) -> None:
    found = coverage(version)

    assert [seen.rule for seen in found.unreached_rules] == ["many-toys", "kept"]
    assert [(seen.decision, seen.outcome) for seen in found.unreached_outcomes] == [
        ("refund", "later"),
        ("note_kept", "kept"),
    ]


def test_a_condition_counts_when_seen_both_ways_with_its_rule_hanging_on_it(
    version: Version,
) -> None:
    by_rule = {(seen.rule, seen.words.to("en")): seen for seen in coverage(version).conditions}
    kind = by_rule["broken-book", "kind is book"]
    broken = by_rule["broken-book", "broken: yes"]

    assert broken.when_true == kind.when_true == ("a broken book is refunded",)
    assert broken.when_false == ("a whole book is not",)
    assert kind.when_false == ("a broken toy is not",)
    assert broken.is_covered
    assert kind.is_covered


def test_what_is_not_shown_of_a_condition_is_named_with_its_place(version: Version) -> None:
    unproven = {(seen.rule, seen.missing) for seen in coverage(version).unproven_conditions}
    places = [seen.place for seen in coverage(version).unproven_conditions]

    # 9 pieces of a toy showed the number false; the kind was never false beside 10 pieces.
    assert unproven == {
        ("many-toys", (True, False)), ("many-toys", (True,)), ("kept", (True,)),
    }  # fmt: skip
    assert all(place is not None and place.file.endswith("part2.yaml") for place in places)


def test_nothing_is_proven_of_a_decision_that_nobody_asserts(version: Version) -> None:
    unasserted = replace(
        version,
        examples=tuple(
            replace(one, expects={name: said for name, said in one.expects.items() if name == "x"})
            for one in version.examples
        ),
    )

    assert not any(seen.examples for seen in coverage(unasserted).rules)


def test_a_truth_that_no_request_shows_is_not_asked_for(tmp_path: Path) -> None:
    always_together = DECISION.replace("{refund: yes}", "{refund: yes, kind: book, broken: true}")
    found = coverage(
        read_version(written(tmp_path / "p", HEAD, CALENDAR, always_together, EXAMPLES))
    )
    refund = next(seen for seen in found.conditions if seen.rule == "kept")

    assert False in refund.impossible
    assert False not in refund.missing


@pytest.mark.slow
def test_the_shipped_examples_reach_every_rule_condition_and_outcome() -> None:
    found = coverage(shipped("technical-support").versions[-1])

    assert (found.unreached_rules, found.unproven_conditions, found.unreached_outcomes) == (
        (),
        (),
        (),
    )
    assert len(found.conditions) > 50


# Examples that prove nothing


def no_outcomes(_: Example) -> Mapping[str, Outcome]:
    raise AssertionError("an example that proves nothing is not decided")


def codes(report: ExampleReport) -> list[str]:
    errors = [tried.error for tried in report.failed]
    return [error.problems[0].code for error in errors if isinstance(error, Refused)]


def test_an_example_that_expects_nothing_fails_at_its_place(version: Version) -> None:
    example = replace(version.examples[0], expects={})
    report = try_examples(replace(version, examples=(example,)), no_outcomes)
    error = report.failed[0].error

    assert codes(report) == ["example-expects-nothing"]
    assert isinstance(error, Refused)
    assert error.problems[0].place == version.examples[0].place


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: book, broken: true", "kind: book, broke: true", "unknown-fact"),
        ("refund: yes", "refnd: yes", "unknown-decision"),
        ("refund: yes", "refund: yess", "unknown-word"),
    ],
)
def test_an_example_with_an_unknown_name_is_refused_at_its_place(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_version(
            written(tmp_path / "p", HEAD, CALENDAR, DECISION, EXAMPLES.replace(old, new, 1))
        )
    (problem,) = refused.value.problems

    assert problem.place is not None
    assert (problem.code, problem.place.line) == (code, 4 if code == "unknown-fact" else 5)


# Reports


def test_a_junit_report_counts_failures_and_survives_odd_characters() -> None:
    suite = Suite("p 1", (Case("fine", file="a.yaml", line=3), Case("odd \x00 <&>", "why\nmore")))
    root = ElementTree.fromstring(junit([suite]).encode())
    failed = root.find(".//testcase/failure")

    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert failed is not None
    assert (failed.get("message"), failed.text) == ("why", "why\nmore")
    assert [case.get("name") for case in root.iter("testcase")] == ["fine", "odd \ufffd <&>"]


def test_the_command_writes_coverage_and_a_junit_report(tmp_path: Path) -> None:
    folder = written(tmp_path / "p", HEAD, CALENDAR, DECISION, EXAMPLES)
    report = tmp_path / "junit.xml"
    arguments = ["--policy", str(folder), "--coverage", "--junit", str(report), "--lang", "en"]
    result = CliRunner().invoke(command, arguments)

    assert result.exit_code == 0, result.output
    assert "no example makes the rule `many-toys` apply" in result.output
    assert "covered: rules 3/5, conditions 2/5, outcomes 3/5" in result.output
    assert ElementTree.parse(report).getroot().get("tests") == "3"
