"""Formulas that conditions compare, and choices between two terms."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reglament import Policy, load_policy
from reglament.analysis.findings import check
from reglament.model.problems import Refused
from support.cli_runner import run

HEAD = """
policy: terms
version: "1"
title: {en: Terms}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {en: day}}
  due: {type: date, label: {en: due day}}
  at: {type: datetime, label: {en: moment}}
  price: {type: decimal, places: 2, label: {en: price}}
  fee: {type: decimal, places: 2, null_means: {en: none}, label: {en: fee}}
  items: {type: integer, label: {en: items}}
  member: {type: boolean, label: {en: member}}
  town: {type: text, label: {en: town}}
decisions:
"""
TEST = """
  d:
    label: {en: d}
    type: boolean
    rules: [{id: r, when: {WHEN}, then: true}]
    otherwise: {then: false}
"""
TOLD: dict[str, Any] = {
    "day": "2024-01-01", "due": "2024-01-31", "at": "2024-01-06T10:00", "price": "10.00",
    "fee": "2.50", "items": 3, "member": True, "town": "here",
}  # fmt: skip


def policy_of(tmp_path: Path, decisions: str) -> Policy:
    path = tmp_path / "terms.yaml"
    path.write_text(HEAD + decisions, encoding="utf-8")
    return load_policy(path)


@pytest.mark.parametrize(
    ("when", "told", "holds"),
    [
        ("price: {more_than: {product: [items, 3]}}", {}, True),
        ("price: {more_than: {product: [items, 3]}}", {"items": 4}, False),
        ("price: {same_as: {sum: [fee, 7.5]}}", {}, True),
        ("price: {same_as: {sum: [fee, 7.5]}}", {"fee": None}, False),
        ("price: {between: [{sum: [fee, 1]}, {sum: [fee, 10]}]}", {}, True),
        ("due: {on_or_after: {days_after: [day, 30]}}", {}, True),
        ("due: {after: {days_after: [day, 30]}}", {}, False),
        ("at: {after: {days_after: [day, 4]}}", {}, True),
        ("formula: {sum: [price, fee]}, more_than: 12", {}, True),
        ("formula: {sum: [price, fee]}, more_than: 12", {"fee": None}, False),
        ("formula: {sum: [price, fee]}, is: 12.5", {}, True),
        ("formula: {sum: [price, fee]}, is: 10..20", {}, True),
        ("formula: {day_of_week: [{day_of: [at]}]}, is: [6, 7]", {}, True),
        ("formula: {day_of_week: [{day_of: [at]}]}, is_not: [6, 7]", {}, False),
        ("formula: {days_between: [day, due]}, at_least: 30, member: true", {}, True),
        ("not: {formula: {days_between: [day, due]}, at_least: 30}", {}, False),
        ("price: {at_most: {if: {member: true}, then: 10, else: 5}}", {}, True),
        ("price: {at_most: {if: {member: true}, then: 10, else: 5}}", {"member": False}, False),
    ],
)
def test_a_formula_in_a_condition(
    tmp_path: Path, when: str, told: dict[str, Any], holds: bool
) -> None:
    policy = policy_of(tmp_path, TEST.replace("WHEN", when))

    assert policy.decide({**TOLD, **told})["d"].outcome is holds


@pytest.mark.parametrize(
    ("type_", "then", "told", "outcome"),
    [
        ("{type: decimal, places: 2}", "{if: {member: true}, then: 0, else: price}", {}, 0),
        (
            "{type: decimal, places: 2}",
            "{if: {member: true}, then: 0, else: price}",
            {"member": False},
            Decimal("10.00"),
        ),
        (
            "{type: integer}",
            "{sum: [items, {if: {items: {more_than: 2}}, then: 10, else: 0}]}",
            {},
            13,
        ),
        (
            "{type: decimal, places: 2}",
            "{if: {fee: {is_not: null}}, then: fee, else: 0}",
            {"fee": None},
            0,
        ),
        ("{type: text}", "{if: {items: 3}, then: town, else: {literal: town}}", {}, "here"),
        (
            "{outcomes: {low: {en: low}, mid: {en: mid}, high: {en: high}}}",
            "{if: {items: 1}, then: low, else: {if: {items: 2}, then: mid, else: high}}",
            {},
            "high",
        ),
    ],
)
def test_one_of_two_terms(
    tmp_path: Path, type_: str, then: str, told: dict[str, Any], outcome: Any
) -> None:
    decision = f"{{label: {{en: d}}, {type_[1:-1]}, rules: [{{id: r, then: {then}}}]}}"
    policy = policy_of(tmp_path, f"  d: {decision}\n")

    decided = policy.decide({**TOLD, **told})

    assert decided["d"].outcome == outcome
    assert decided.explain("en")
    assert decided.explain("ru", "auditor")


def test_what_is_missing_is_needed_only_where_it_counts(tmp_path: Path) -> None:
    then = "{if: {member: true}, then: 0, else: price}"
    decisions = (
        f"\n  d: {{label: {{en: d}}, type: decimal, places: 2, rules: [{{id: r, then: {then}}}]}}\n"
    )
    policy = policy_of(tmp_path, decisions)

    assert policy.decide({"day": "2024-01-01", "member": True})["d"].outcome == 0
    assert policy.decide({"day": "2024-01-01", "member": False})["d"].needs == ("price",)


def test_what_is_chosen_may_be_null_only_where_the_condition_lets_it(tmp_path: Path) -> None:
    then = "{if: {member: true}, then: fee, else: 0}"
    decisions = (
        f"\n  d: {{label: {{en: d}}, type: decimal, places: 2, rules: [{{id: r, then: {then}}}]}}\n"
    )
    with pytest.raises(Refused) as refused:
        policy_of(tmp_path, decisions)

    assert [problem.code for problem in refused.value.problems] == ["may-be-null"]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("price: {more_than: {days_after: [day, 3]}}", "not-comparable"),
        ("price: {more_than: {summ: [items, 3]}}", "unknown-key"),
        ("formula: {sum: [price, fee]}", "empty-condition"),
        ("formula: price, more_than: 3", "wrong-shape"),
        ("formula: {sum: [price, fee]}, more_then: 3", "unknown-fact"),
        ("price: {more_than: {if: {member: true}, then: 3}}", "missing-key"),
        ("price: {more_than: {if: {member: true}, then: 3, else: day}}", "wrong-type"),
        ("price: {more_than: {if: {membr: true}, then: 3, else: 4}}", "unknown-fact"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, when: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(tmp_path, TEST.replace("WHEN", when))

    assert code in [problem.code for problem in refused.value.problems]
    result = run("check", "--policy", str(tmp_path / "terms.yaml"), "--lang", "ru")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_check_sees_what_a_formula_leaves_impossible(tmp_path: Path) -> None:
    rules = """
  d:
    label: {en: d}
    outcomes: {yes: {en: yes}, no: {en: no}}
    rules:
      - {id: more, when: {formula: {sum: [items, 1]}, more_than: 5}, then: yes}
      - {id: most, when: {items: {at_most: {difference: [3, 1]}}}, then: no}
"""
    version = policy_of(tmp_path, rules).versions[0]

    gap = next(one for one in check(version) if one.code == "gap")

    assert gap.witness is not None
    assert gap.witness["items"] in (3, 4)


@pytest.mark.parametrize(
    ("zone", "moment", "late"),
    [
        ("UTC", "2024-01-06T18:00", True),
        ("UTC", "2024-01-06T17:59:59", False),
        ("America/New_York", "2024-03-10T22:00Z", True),  # 18:00 after the clocks went on
        ("America/New_York", "2024-03-09T22:59Z", False),
    ],
)
def test_the_time_of_day_is_what_the_clock_shows(
    tmp_path: Path, zone: str, moment: str, late: bool
) -> None:
    when = TEST.replace("WHEN", "formula: {time_of: [at]}, on_or_after: '18:00'")
    path = tmp_path / "terms.yaml"
    path.write_text((HEAD + when).replace("time_zone: UTC", f"time_zone: {zone}"), encoding="utf-8")
    policy = load_policy(path)

    assert policy.decide({**TOLD, "at": moment})["d"].outcome is late
    assert check(policy.versions[0])[0].code == "fact-never-read"


def test_formulas_stand_on_both_sides_of_a_comparison(tmp_path: Path) -> None:
    when = "{formula: {sum: [price, 1]}, more_than: {percent: [50, {product: [price, items]}]}}"
    policy = policy_of(tmp_path, TEST.replace("{WHEN}", when))

    for items, holds in ((2, True), (3, False)):
        assert policy.decide({**TOLD, "items": items})["d"].outcome is holds
