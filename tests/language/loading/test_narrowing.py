"""What the form of conditions says of null: sound over random policies, and followed by `check`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given

from reglament import load_policy
from reglament.interfaces.cli.check_command import check as check_command
from reglament.language.loading.decisions.narrowing import Narrowing
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.terms import FactRef
from reglament.model.values import Value
from reglament.reference import View
from support.laws import examples
from support.random_policies import answer, policies, requests
from support.shipped import shipped

HEAD = """
policy: measured
version: "2025-01-01"
title: {ru: Замер, en: Measured}
holds_from: 2025-01-01
known_from: 2025-01-01
time_zone: UTC
chosen_by: asked_on
facts:
  asked_on: {type: date, label: {ru: день, en: day}}
  flag: {type: boolean, label: {ru: флаг, en: flag}}
  delay:
    type: integer
    label: {ru: задержка, en: delay}
    null_means: {ru: не измерена, en: not measured}
decisions:
  speed:
    label: {ru: скорость, en: speed}
    outcomes:
      slow: {ru: медленно, en: slow}
      fast: {ru: быстро, en: fast}
      unknown: {ru: неизвестно, en: unknown}
    rules:
      - {id: slow, when: {delay: {more_than: 9}}, then: slow}
      - {id: fast, when: {delay: {at_most: 9}}, then: fast}
    otherwise: {then: unknown}
  seconds:
    label: {ru: секунды, en: seconds}
    type: integer
    rules:
"""


@examples(100)
@given(policies(), requests(most_missing=0))
def test_what_a_rule_is_said_never_to_read_as_null_is_no_null_where_it_decides(
    version: Version, facts: dict[str, Value]
) -> None:
    narrowing = Narrowing(version.decisions)
    view = View(version, facts)
    for decision in version.decisions.values():
        deciding = answer(version, facts, decision.name).rules
        for rule in decision.every_rule():
            if rule.id in deciding and decision.kind.value != "checklist":
                told = narrowing.behind(decision, rule)
                assert all(view.value(term) is not None for term in told)


@examples(100)
@given(policies(), requests(most_missing=0))
def test_what_a_condition_says_of_null_is_so_where_it_holds_and_where_it_fails(
    version: Version, facts: dict[str, Value]
) -> None:
    narrowing = Narrowing({})
    view = View(version, facts)
    first = next(iter(version.decisions.values()))
    for rule in first.rules:
        holds = view.holds(rule.when)
        for term in narrowing.not_null(rule.when, holds=holds):
            assert view.value(term) is not None


def test_terms_that_cannot_be_null_are_found_in_the_shipped_policies() -> None:
    version = shipped("annual-leave").versions[-1]
    narrowing = Narrowing(version.decisions)
    found = {
        term
        for decision in version.decisions.values()
        for rule in decision.every_rule()
        for term in narrowing.behind(decision, rule)
    }

    assert any(isinstance(term, FactRef) for term in found)


def written(tmp_path: Path, *rules: tuple[str, str]) -> Path:
    lines = (f"{{id: r{n}, when: {when}, then: {then}}}" for n, (when, then) in enumerate(rules))
    path = tmp_path / "policy.yaml"
    text = "".join(f"      - {line}\n" for line in lines)
    path.write_text(f"{HEAD}{text}    otherwise: {{then: 0}}\n", "utf-8")
    return path


@pytest.mark.parametrize(
    "when",
    [
        "{speed: slow}",
        "{speed: [slow, fast]}",
        "{speed: {is_not: unknown}}",
        "{speed: fast, flag: false}",
        "{speed: [slow, fast], flag: true}",
        "{any: [{speed: slow}, {delay: {at_least: 0}}]}",
        "{not: {any: [{speed: unknown}, {flag: true}]}}",
    ],
)
def test_a_test_of_a_decision_says_what_its_rules_say(tmp_path: Path, when: str) -> None:
    assert load_policy(written(tmp_path, (when, "{sum: [delay, 1]}"))).id == "measured"


@pytest.mark.parametrize(
    "when",
    [
        "{speed: unknown}",
        "{speed: [slow, unknown]}",
        "{any: [{speed: slow}, {flag: true}]}",
        "{speed: {is_not: slow}}",
        "{not: {all: [{speed: unknown}, {flag: true}]}}",
    ],
)
def test_what_no_test_says_is_still_demanded(tmp_path: Path, when: str) -> None:
    with pytest.raises(Refused) as refused:
        load_policy(written(tmp_path, (when, "delay")))

    (problem,) = refused.value.problems
    assert problem.code == "may-be-null"
    assert "`delay` may be `null`, but the decision may not" in problem.to_text("en")
    assert "`delay` может быть `null`, а решение — нет" in problem.to_text("ru")


def checked(path: Path, language: str) -> str:
    result = CliRunner().invoke(check_command, ["--policy", str(path), "--lang", language])
    assert result.exit_code in (0, 1), result.output
    return result.output


def test_a_needless_test_of_null_is_told_as_it_is_written_and_may_be_left_out(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, ("{speed: [slow, fast], delay: {is_not: null}}", "delay"))

    assert "the test “delay has a value” of the rule `r0` is true" in checked(path, "en")
    assert "в правиле `r0` выполняется" in checked(path, "ru")


def test_a_test_of_null_that_reading_demands_is_not_called_needless(tmp_path: Path) -> None:
    never = "{all: [{flag: true}, {flag: false}]}"  # the form of conditions does not show it
    any_of = f"{{any: [{{speed: slow}}, {never}]}}"
    path = written(tmp_path, (f"{{all: [{any_of}, {{delay: {{is_not: null}}}}]}}", "delay"))

    assert "delay has a value" not in checked(path, "en")
    with pytest.raises(Refused):
        load_policy(written(tmp_path, (any_of, "delay")))
