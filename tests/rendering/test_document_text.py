"""The text of a document is that of its plain values, however many rules its decisions have."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reglament import Policy, load_policy
from reglament.plan.bundle import StoredVersion, unpack
from reglament.plan.packing import MANY
from reglament.plan.rule_tests import rule_tests
from support.laws import sample

ROWS = MANY
HEAD = """\
policy: tariff
version: "1"
title: {en: Tariff}
languages: [en]
holds_from: 1900-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: on_day
facts:
  on_day: {type: date, label: {en: day}}
  weight: {type: decimal, places: 2, label: {en: weight}, null_means: {en: nobody weighed it}}
  zone: {type: text, label: {en: zone}}
  bulky: {type: boolean, label: {en: bulky}}
decisions:
  band:
    outcomes: {light: {en: light}, heavy: {en: heavy}}
    rules: [{id: heavy, when: {weight: {at_least: 20}}, then: heavy}]
    otherwise: {then: light}
"""
ZONES, WEIGHTS = ("near", "far", "é\u2028"), ("1.0", "1.00", "20", "7.5")
CELLS = {
    "zone": [*map(json.dumps, ZONES), '["near", "far"]', "{starts_with: f}"],
    "weight": [*WEIGHTS, "{at_least: 1, less_than: 20}", "[1, 20]", "null"],
    "bulky": ["true", "false"],
    "band": ["light", "heavy"],
}


def _rows(random: Random) -> list[str]:
    rows = list[str]()
    for at in range(ROWS):
        columns = random.sample(list(CELLS), random.randint(1, len(CELLS)))
        cells = [f"{one}: {random.choice(CELLS[one])}" for one in columns]
        rows.append(f"    - {{id: r{at}, {', '.join(cells)}, then: {at}, because: it is so}}")
    return rows


def _policy(folder: Path, *decisions: str) -> Policy:
    (folder / "policy.yaml").write_text("\n".join([HEAD.rstrip(), *decisions, ""]), "utf-8")
    return load_policy(folder)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """A sum of rows; a first row that applies; rows that may disagree."""
    random = Random(3)
    return _policy(
        tmp_path_factory.mktemp("tariff"),
        *("  total:", "    type: integer", "    total: sum", "    table:", *_rows(random)),
        "    otherwise: {then: 7}",
        *("  alone:", "    type: integer", "    rules:"),
        *(f"    - {{id: w{at}, when: {{weight: {at}}}, then: {at}}}" for at in range(ROWS)),
        "    otherwise: {then: 0}",
        *("  first:", "    type: integer", "    hit_policy: first", "    rules:"),
        *(f"    - {{id: f{at}, when: {{weight: {at}}}, then: {at}}}" for at in range(ROWS)),
        "    otherwise: {then: 0}",
        *("  any_of_two:", "    type: integer", "    rules:"),
        *(
            f"    - {{id: a{at}, when: {{any: [{{weight: {at}}}, {{bulky: true}}]}}, then: 1}}"
            for at in range(ROWS)
        ),
        "    otherwise: {then: 0}",
        *("  clash:", "    type: integer", "    rules:"),
        *(
            f"    - {{id: c{at}, when: {{weight: {at}, bulky: true}}, then: {at}}}"
            for at in range(ROWS)
        ),
        "    - {id: every, when: {weight: {at_most: 3}, bulky: true}, then: 5}",
        "    otherwise: {then: 0}",
    )


def _told(random: Random, *, is_whole: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = {
        "on_day": "2026-01-02",
        "zone": random.choice([*ZONES, "\ufffc0", '"\ufffc1"', "far away"]),
        "weight": random.choice([*WEIGHTS, 0, 3, 200, None]),
        "bulky": random.choice([True, False]),
    }
    return {name: value for name, value in told.items() if is_whole or random.random() < 0.7}


@pytest.mark.slow
def test_decisions_of_which_each_rule_asks_tests_alone_are_told_by_their_tests(
    policy: Policy,
) -> None:
    found = rule_tests(policy.versions[-1])
    rules = {name: len(one.of_rules) for name, one in found.items()}
    assert rules == {"alone": ROWS, "clash": ROWS + 1, "total": ROWS}
    assert len(found["total"].tests) <= sum(map(len, CELLS.values())) + 2


@pytest.fixture(scope="module")
def stored(policy: Policy) -> Policy:
    """The same policy, read from its bundle."""
    return Policy.from_bundles(unpack(policy.bundle().encode(), is_trusted=True))


@pytest.mark.slow
def test_a_bundle_holds_the_tests_of_its_rules(policy: Policy, stored: Policy) -> None:
    assert isinstance(stored.versions[-1], StoredVersion)
    assert stored.versions[-1].rule_tests == rule_tests(policy.versions[-1])


@pytest.mark.parametrize("number", sample(range(7, -1, -1), 1))
def test_it_is_the_text_of_the_plain_values(policy: Policy, stored: Policy, number: int) -> None:
    told = _told(Random(number), is_whole=number > 2)
    several = policy.decide(told), stored.decide(told)
    made = several[0].to_dict()
    for indent, is_ascii in ((None, True), (None, False), (0, False), (2, True), (2, False)):
        plain = json.dumps(made, ensure_ascii=is_ascii, indent=indent)
        for one in several:
            assert one.text("full", indent=indent, is_ascii=is_ascii) == plain


@pytest.mark.slow
def test_what_else_is_asked_stands_there_too(policy: Policy) -> None:
    told = _told(Random(1)) | {"weight": 3, "bulky": False}
    for level in ("outcomes", "reasons", "full"):
        decided = policy.decide(told)
        plain = decided.to_dict(level=level, sufficient=True)
        assert decided.to_json(level=level, sufficient=True) == json.dumps(
            plain, ensure_ascii=False
        )
    only = policy.decide(told).text("full", only=("alone",))
    assert only == json.dumps(policy.decide(told).written("full", only=("alone",)))
    with pytest.raises(ValueError, match="level is one of"):
        policy.decide(told).text("whole")  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_bundle_without_the_tests_tells_them_from_its_rules(policy: Policy) -> None:
    (found,) = unpack(policy.bundle().encode(), is_trusted=True)
    version = found.version
    assert isinstance(version, StoredVersion)
    version._later = {key: text for key, text in version._later.items() if key != "rule_tests"}
    older, told = Policy.from_bundles((found,)), _told(Random(2))
    assert older.decide(told).to_json() == policy.decide(told).to_json()
