"""Generated cases: both sides of each boundary and condition, readable, confirmed, and new."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given

from reglament import load_policy
from reglament.analysis.testing.cases import generated_cases
from reglament.analysis.testing.coverage import coverage
from reglament.analysis.worked_examples import try_examples
from reglament.evaluation import Evaluator
from reglament.interfaces.cli.test_command import test as command
from reglament.language.loading.version_loader import read_version
from reglament.model.regulation import Example, Version
from reglament.policy import Policy
from reglament.rendering.plain.case_files import TO_BE_REVIEWED, cases_file, flow, scalar
from support.laws import examples
from support.random_policies import policies
from support.refunds import CALENDAR, HEAD, written
from support.shipped import shipped

OUTCOMES = "outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}"
AMOUNTS = f"""
decisions:
  refund:
    {OUTCOMES}
    rules: [{{id: large, when: {{amount: {{at_least: 100.00}}, kind: book}}, then: yes}}]
    otherwise: {{then: no}}
"""
DAYS = f"""
decisions:
  refund:
    {OUTCOMES}
    rules: [{{id: soon, when: {{bought.on: {{on_or_after: asked.at}}}}, then: yes}}]
    otherwise: {{then: no}}
"""
HOURS = f"""
decisions:
  refund:
    {OUTCOMES}
    rules: [{{id: open, when: {{asked.at: {{within: desk}}}}, then: yes}}]
    otherwise: {{then: no}}
"""
LISTS = f"""
decisions:
  refund:
    {OUTCOMES}
    rules: [{{id: newer, when: {{tags: {{includes: new}}, note: null}}, then: yes}}]
    otherwise: {{then: no}}
"""


def made(folder: Path, *parts: str) -> dict[str, Example]:
    version = read_version(written(folder / "p", HEAD, CALENDAR, *parts))
    return {example.name: example for example in generated_cases(version)}


def outcome(example: Example) -> object:
    return next(iter(example.expects.values()))["outcome"]


def test_a_number_stands_on_either_side_of_its_boundary(tmp_path: Path) -> None:
    edges = [case for name, case in made(tmp_path, AMOUNTS).items() if "only just" in name]

    assert {(case.facts["amount"], outcome(case)) for case in edges} == {
        (Decimal("100.00"), "yes"), (Decimal("99.99"), "no"),
    }  # fmt: skip


def test_the_two_sides_of_a_condition_differ_in_one_fact_and_in_the_outcome(
    tmp_path: Path,
) -> None:
    cases = made(tmp_path, AMOUNTS)
    (other,) = (case for case in cases.values() if case.facts["kind"] != "book")
    partner = {**other.facts, "kind": "book"}

    assert outcome(other) == "no"
    assert outcome(next(c for c in cases.values() if c.facts == partner)) == "yes"


def test_days_beside_a_moment_part_at_midnight(tmp_path: Path) -> None:
    edges = [case for name, case in made(tmp_path, DAYS).items() if "only just" in name]
    moments = {case.facts["asked.at"].strftime("%H:%M:%S"): outcome(case) for case in edges}

    assert moments["23:59:59"] == "yes"
    assert {outcome(case) for case in edges} == {"yes", "no"}


def test_hours_are_tried_a_second_around_both_edges(tmp_path: Path) -> None:
    cases = made(tmp_path, HOURS).values()

    assert [(case.facts["asked.at"].strftime("%H:%M:%S"), outcome(case)) for case in cases] == [
        ("10:00:00", "yes"), ("09:59:59", "no"), ("18:59:59", "yes"), ("19:00:00", "no"),
    ]  # fmt: skip


def test_lists_and_null_have_both_sides(tmp_path: Path) -> None:
    cases = made(tmp_path, LISTS).values()

    said = {("new" in (case.facts["tags"] or ()), outcome(case)) for case in cases}

    assert {(True, "yes"), (False, "no")} <= said
    assert any(case.facts["note"] is not None and outcome(case) == "no" for case in cases)


def test_names_are_sentences_of_the_rule_and_the_condition(tmp_path: Path) -> None:
    assert list(made(tmp_path, HOURS))[:2] == [
        "open: when is within …, only just",
        "open: when is not within …, only just",
    ]


@pytest.mark.parametrize("section", [AMOUNTS, DAYS, HOURS, LISTS])
def test_the_cases_are_read_back_pass_and_are_not_made_again(tmp_path: Path, section: str) -> None:
    cases = tuple(made(tmp_path, section).values())
    folder = written(tmp_path / "p", HEAD, CALENDAR, section, cases_file(cases))
    version = read_version(folder)

    assert [example.facts for example in version.examples] == [case.facts for case in cases]
    assert not try_examples(version, lambda one: Policy((version,)).decide(one.facts)).failed
    assert generated_cases(version) == ()
    assert coverage(version).unproven_conditions == ()


@pytest.mark.slow
def test_the_cases_of_the_shipped_regulation_pass_once_written(tmp_path: Path) -> None:
    version = shipped("technical-support").versions[-1]
    cases = generated_cases(version)
    known = {
        (tuple(sorted(e.facts.items(), key=repr)), n) for e in version.examples for n in e.expects
    }
    evaluator = Evaluator(version)

    assert len(cases) > 50
    assert len({case.name for case in cases}) == len(cases)
    for case in cases:
        ((name, expected),) = case.expects.items()
        assert (tuple(sorted(case.facts.items(), key=repr)), name) not in known
        if "outcome" in expected:
            assert evaluator.evaluate(case.facts)[name].outcome == expected["outcome"]


@examples(15)
@given(policies())
def test_cases_of_any_policy_hold_in_it(version: Version) -> None:
    evaluator = Evaluator(version)
    for case in generated_cases(version):
        for name, expected in case.expects.items():
            found = evaluator.evaluate(case.facts)[name]
            assert expected.get("outcome", found.outcome) == found.outcome
            assert expected.get("status", found.status.value) == found.status.value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("true", '"true"'),
        ("TeamViewer 11", "TeamViewer 11"),
        ("10:00", '"10:00"'),
        ("a: b # c", '"a: b # c"'),
        ("", '""'),
        (7, "7"),
        ("7", '"7"'),
        (Decimal("1.50"), "1.50"),
        (timedelta(hours=8), '"PT8H"'),
    ],
)
def test_a_value_is_written_so_that_it_is_read_as_itself(value: object, text: str) -> None:
    assert scalar(value) == text


def test_lists_and_records_stand_on_one_line() -> None:
    assert flow({"name": "Ann", "tags": ("a", "b: c")}) == '{name: Ann, tags: [a, "b: c"]}'


def test_the_command_writes_cases_to_review_and_never_over_a_file(tmp_path: Path) -> None:
    folder = written(tmp_path / "p", HEAD, CALENDAR, HOURS)
    target = tmp_path / "cases.yaml"
    arguments = ["--policy", str(folder), "--generate", str(target), "--lang", "en"]
    first, second = (CliRunner().invoke(command, arguments) for _ in range(2))

    assert first.exit_code == 0, first.output
    assert target.read_text("utf-8").count(f"# {TO_BE_REVIEWED}") == 4
    assert second.exit_code == 2
    assert "already exists" in second.output


def test_every_version_gets_cases_of_the_days_that_it_decides(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    first = written(tmp_path / "p" / "1", HEAD, CALENDAR, AMOUNTS)
    later = HEAD.replace('version: "1"', 'version: "2"').replace(
        "holds_from: 2024-01-01", "holds_from: 2024-07-01"
    )
    second = written(tmp_path / "p" / "2", later, CALENDAR, AMOUNTS.replace("100.00", "200.00"))
    target = tmp_path / "cases.yaml"
    arguments = ["--policy", str(tmp_path / "p"), "--generate", str(target), "--lang", "en"]
    result = CliRunner().invoke(command, arguments)

    assert result.exit_code == 0, result.output
    assert not target.exists()
    for folder, file in ((first, "cases.1.yaml"), (second, "cases.2.yaml")):
        text = (tmp_path / file).read_text("utf-8")
        (folder / "cases.yaml").write_text(text, "utf-8")
    policy = load_policy(tmp_path / "p")
    for version in policy.versions:
        assert version.examples
        for example in version.examples:
            if version.chosen_by in example.facts:
                assert policy.version_for(example.facts).version == version.version


@pytest.mark.slow
def test_a_boundary_between_computed_days_gets_cases_beside_the_worked_examples() -> None:
    version = shipped("annual-leave").versions[-1]
    edges = [case for case in generated_cases(version) if "only just" in case.name]
    answers = {
        case.expects["answer"]["outcome"]
        for case in edges
        if case.name.startswith("answer-granted") and "days left" in case.name
    }

    assert answers == {"granted", "shortened"}
    evaluator = Evaluator(version)
    for case in edges:
        outcomes = evaluator.evaluate(case.facts)
        for name, expected in case.expects.items():
            assert outcomes[name].outcome == expected["outcome"]
