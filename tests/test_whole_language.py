"""No accepted policy can crash: whatever it says, it is decided as the plain rules say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reglament import load_policy
from reglament.analysis.counterfactual.nearest_change import ANOTHER, nearest_change
from reglament.analysis.findings import check
from reglament.analysis.interview import next_question
from reglament.analysis.testing.cases import generated_cases
from reglament.evaluation import Evaluator
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.model.words import LANGUAGES
from reglament.policy import Decided
from reglament.reference import Answer, View
from reglament.rendering.pages.policy_page import page
from reglament.rendering.pictures.drawing import draw
from reglament.rendering.plain.case_files import cases_file
from support import every_type, whole_language
from support.cli_runner import run
from support.laws import examples

# Shrinking a policy takes minutes, and what is drawn is small already.
FEW = settings(examples(40), phases=[Phase.explicit, Phase.generate])
MOMENT = every_type.SAID["datetime"][0]


def decided(version: Version, told: dict[str, Value]) -> Decided:
    """The request decided by the version."""
    return Decided(Evaluator(version), told, (MOMENT, "fact", {}))


def key(value: Any) -> Any:
    """What tells outcomes apart: 1 and true are two."""
    return (type(value), value) if not isinstance(value, tuple) else tuple(map(key, value))


@FEW
@given(whole_language.policies(), whole_language.requests(most_missing=0))
def test_with_every_fact_told_the_rules_decide(version: Version, told: dict[str, Value]) -> None:
    evaluated, view = Evaluator(version).evaluate(told), View(version, told)
    for name, decision in version.decisions.items():
        expected, found = view.found(decision), evaluated[name]
        if isinstance(expected, Answer):
            assert key(found.value) == key(expected.outcome)
            assert found.rules == expected.rules
        else:
            assert found.status == "refused"


@FEW
@given(whole_language.policies(), whole_language.requests(), st.data())
def test_what_is_said_of_a_part_holds_of_the_whole(
    version: Version, told: dict[str, Value], data: st.DataObject
) -> None:
    partial = Evaluator(version).evaluate(told)
    read = frozenset[str]().union(*map(version.facts_behind, version.decisions))
    wholes = [
        {name: told.get(name, data.draw(st.sampled_from(whole_language.values_of(name))))
         for name in every_type.FACTS}
        for _ in range(5)
    ]  # fmt: skip
    for name, decision in version.decisions.items():
        found = partial[name]
        assert set(found.needs) <= read - told.keys()
        for facts in wholes:
            expected = View(version, facts).found(decision)
            if found.status == "undetermined" and isinstance(expected, Answer):
                assert found.possible is None or expected.outcome in found.possible
            elif found.status == "determined":
                assert isinstance(expected, Answer)
                assert key(found.value) == key(expected.outcome)
            elif found.status == "refused":
                assert not isinstance(expected, Answer)


@pytest.mark.slow
@FEW
@given(whole_language.policies(), whole_language.requests())
def test_everything_that_is_told_of_a_decision_can_be_told(
    version: Version, told: dict[str, Value]
) -> None:
    found = decided(version, told)

    assert json.loads(found.to_json())["decisions"].keys() == set(found)
    for language in LANGUAGES:
        assert found.explain(language)
        assert found.explain(language, "auditor")
        assert page(version, language)
    for name in found:
        assert isinstance(found[name].sufficient, tuple)


@examples(10)
@given(whole_language.policies(most=3), whole_language.requests())
def test_whatever_is_asked_of_a_policy_is_answered(
    version: Version, told: dict[str, Value]
) -> None:
    evaluator = Evaluator(version)
    check(version)
    cases_file(generated_cases(version))
    for name in version.decisions:
        for is_local in (True, False):
            assert draw(version, name, "en", is_local=is_local)
        nearest_change(evaluator, told, {name: ANOTHER})
        next_question(evaluator, told, [name])


def test_items_stand_in_the_order_in_which_the_policy_lists_them(tmp_path: Path) -> None:
    path = tmp_path / "fees.yaml"
    path.write_text(FEES, encoding="utf-8")
    policy = load_policy(path)
    told = policy.decide({"age": 3, "extra": 98})

    assert told["fees"].value == [150, 98, 7]
    assert told["fees"].items[0].value == 150
    assert told["days"].value == [date(2024, 2, 1)]
    assert policy.decide({"age": 2, "extra": 150})["fees"].value == [150, 98]
    assert policy.decide({"age": 3})["days"].value == [date(2024, 2, 1)]
    assert policy.decide({"extra": 1})["days"].possible == [[], [date(2024, 2, 1)]]
    document = told.to_dict()["decisions"]["fees"]
    assert document["outcome"] == [150, 98, 7]
    assert document["items"][0] == {"id": "150", "value": 150, "rule": "f-0", "attached": {}}


@pytest.mark.parametrize("command", [("test",), ("check",), ("show",)])
def test_a_policy_with_collections_of_numbers_is_tested_checked_and_shown(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "fees.yaml"
    path.write_text(FEES, encoding="utf-8")
    done = run(*command, "--policy", path)

    assert done.exit_code == (command == ("check",)), done.output
    assert ("rule-changes-nothing" in done.output) == (command == ("check",))


LABEL = "label: {ru: x, en: x}"
FEES = f"""
policy: fees
version: "1"
title: {{ru: x, en: x}}
holds_from: 2024-01-01
known_from: 2024-01-01
time_zone: UTC
chosen_by: asked.on
facts:
  asked.on: {{type: date, {LABEL}}}
  age: {{type: integer, {LABEL}}}
  extra: {{type: integer, {LABEL}}}
decisions:
  fees:
    {LABEL}
    collection: true
    type: integer
    rules:
      - {{id: f-0, then: 150}}
      - {{id: f-1, when: {{age: {{more_than: 1}}}}, then: 98}}
      - {{id: f-2, when: {{age: {{more_than: 2}}}}, then: 7}}
      - {{id: f-3, then: extra}}
  days:
    {LABEL}
    collection: true
    type: date
    table:
      - {{age: {{more_than: 1}}, then: 2024-02-01}}
      - {{age: {{more_than: 2}}, then: 2024-02-01}}
examples:
  - name: three
    facts: {{age: 3, extra: 98}}
    expect: {{fees: [150, 98, 7], days: [2024-02-01]}}
"""
