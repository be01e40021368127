"""Groups of rules, of which one overrides another, rule by rule."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from reglament import load_policy
from reglament.analysis.findings import check
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.rendering.pages.policy_page import page
from support.cli_runner import run
from support.documented import documented

GENERAL = [
    {"id": "adults", "when": {"age": {"at_least": 18}}, "then": 10},
    {"id": "children", "when": {"age": {"less_than": 18}}, "then": 5},
]
SPECIAL = [{"id": "members", "when": {"member": True}, "then": 3}]
LATER = [{"id": "holiday", "when": {"holiday": True}, "then": 0}]


def source_of(fee: dict[str, Any]) -> dict[str, Any]:
    """A policy of one decision, as its YAML holds it."""
    return {
        "policy": "fees",
        "version": "1",
        "title": "fees",
        "languages": ["en"],
        "holds_from": "2020-01-01",
        "known_from": "2020-01-01",
        "time_zone": "UTC",
        "chosen_by": "asked",
        "facts": {
            "asked": {"type": "date", "label": "asked"},
            "age": {"type": "integer", "label": "age", "at_least": 0, "at_most": 120},
            "member": {"type": "boolean", "label": "member"},
            "holiday": {"type": "boolean", "label": "holiday"},
        },
        "decisions": {"fee": {"label": "fee", "type": "integer", **fee}},
    }


def policy_of(**groups: Any) -> Policy:
    """The policy whose rules stand in these groups."""
    return Policy.from_text(source_of({"groups": groups}))


def expected(age: int, member: bool, holiday: bool) -> int:
    """The later law over all, the special one over the general one."""
    if holiday:
        return 0
    return 3 if member else 10 if age >= 18 else 5


WHOLE = {
    "general": {"rules": GENERAL},
    "special": {"overrides": ["general"], "rules": SPECIAL},
    "later": {"overrides": "all", "rules": LATER},
}


def test_the_special_group_goes_before_the_general_one_whatever_the_order() -> None:
    for groups in (WHOLE, dict(reversed(WHOLE.items()))):
        policy = policy_of(**groups)
        for age, member, holiday in product((17, 18), (True, False), (True, False)):
            told = {"asked": "2024-01-01", "age": age, "member": member, "holiday": holiday}
            assert policy.decide(told)["fee"].value == expected(age, member, holiday)


def test_what_was_set_aside_and_by_what_is_told() -> None:
    told = {"asked": "2024-01-01", "age": 20, "member": True, "holiday": False}
    found = policy_of(**WHOLE).decide(told)["fee"]

    assert found.rules == ("members",)
    by = {one.rule: (one.status.value, one.by) for one in found.trace}
    assert by["adults"] == ("overridden", ("members",))
    assert by["holiday"] == ("not_applied", ())


def test_missing_facts_are_needed_only_where_they_make_a_difference() -> None:
    found = policy_of(**WHOLE).decide({"asked": "2024-01-01", "holiday": True})["fee"]
    assert found.value == 0
    found = policy_of(**WHOLE).decide({"asked": "2024-01-01", "holiday": False})["fee"]
    assert found.possible == (3, 5, 10)
    assert set(found.needs) == {"age", "member"}


def test_one_that_overrides_is_no_leave_for_those_below_it() -> None:
    # `later` overrides `special` alone: with the general rules it is in conflict.
    groups = {**WHOLE, "later": {"overrides": ["special"], "rules": LATER}}
    codes = [one.code for one in check(policy_of(**groups).versions[0])]

    assert "conflict" in codes
    assert "conflict" not in [one.code for one in check(policy_of(**WHOLE).versions[0])]


def test_groups_may_be_tables_and_files(tmp_path: Path) -> None:
    (tmp_path / "general.csv").write_text("age,then\nat_least 18,10\nless_than 18,5\n")
    (tmp_path / "policy.yaml").write_text(FILES, encoding="utf-8")
    policy = load_policy(tmp_path / "policy.yaml")

    ids = [rule.id for rule in policy.versions[0].decisions["fee"].rules]
    assert ids == ["fee-general-row-1", "fee-general-row-2", "fee-special-row-1"]
    told = {"asked": "2024-01-01", "age": 20, "member": True}
    assert policy.decide(told)["fee"].value == 3
    done = run("check", "--policy", tmp_path / "policy.yaml")
    assert done.exit_code == 0, done.output


def test_the_page_says_which_group_goes_before_which() -> None:
    (version,) = policy_of(**WHOLE).versions
    assert "Rules of the group `special` have priority over those of `general`." in page(
        version, "en"
    )


def test_the_groups_of_the_page_decide() -> None:
    policy = Policy.from_text(source_of(documented("fee")))

    told = {"asked": "2024-01-01", "age": 20, "member": True}
    assert policy.decide(told)["fee"].value == 3
    assert policy.decide({**told, "member": False})["fee"].value == 10


@pytest.mark.parametrize(
    ("fee", "code", "said"),
    [
        (
            {"groups": {**WHOLE, "special": {"overrides": ["genral"], "rules": SPECIAL}}},
            "unknown-group", "genral",
        ),
        (
            {"groups": {**WHOLE, "special": {"overrides": ["special"], "rules": SPECIAL}}},
            "unknown-group", "special",
        ),
        (
            {"groups": {
                "one": {"overrides": ["other"], "rules": GENERAL},
                "other": {"overrides": ["one"], "rules": SPECIAL},
            }},
            "overrides-circle", "`one` → `other` → `one`",
        ),
        ({"hit_policy": "first", "groups": WHOLE}, "decision-kind", "groups of rules"),
        ({"groups": {"one": {"overrides": "all"}}}, "missing-key", "rules"),
        ({"groups": {"one": {"ruls": GENERAL}}}, "unknown-key", "ruls"),
        ({"groups": {"one": {"rules": GENERAL}}, "rules": SPECIAL}, "keys-clash", "groups"),
        ({"hit_policy": "collect", "groups": WHOLE}, "nothing-to-override", "to override"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(fee: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text(source_of(fee))
    told = [(one.code, one.message.to("en")) for one in refused.value.problems]
    assert [one for one in told if one[0] == code and said in one[1]], told
    for one in refused.value.problems:
        assert one.message.to("ru") != one.message.to("en")


def test_a_misspelt_group_is_proposed() -> None:
    groups = {**WHOLE, "special": {"overrides": ["genral"], "rules": SPECIAL}}
    with pytest.raises(Refused) as refused:
        policy_of(**groups)
    (problem,) = refused.value.problems
    assert problem.hint is not None
    assert "general" in problem.hint.to("en")


def test_a_version_based_on_another_one_changes_a_rule_of_a_group(tmp_path: Path) -> None:
    for version, text in (("2020-01-01", BASE), ("2024-01-01", NEXT)):
        (tmp_path / "fees" / version).mkdir(parents=True)
        (tmp_path / "fees" / version / "policy.yaml").write_text(text, encoding="utf-8")
    policy = load_policy(tmp_path / "fees")

    told = {"age": 20, "member": True}
    assert policy.decide({**told, "asked": "2023-01-01"})["fee"].value == 3
    assert policy.decide({**told, "asked": "2024-01-01"})["fee"].value == 2
    assert policy.decide({**told, "age": 10, "asked": "2024-01-01"})["fee"].value == 2
    rules = policy.versions[1].decisions["fee"].rules
    assert [rule.id for rule in rules] == ["adults", "members"]


BASE = """
policy: fees
version: "2020-01-01"
title: {en: fees, ru: взносы}
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: UTC
chosen_by: asked
facts:
  asked: {type: date, label: {en: asked, ru: когда}}
  age: {type: integer, label: {en: age, ru: возраст}}
  member: {type: boolean, label: {en: member, ru: член}}
decisions:
  fee:
    label: {en: fee, ru: взнос}
    type: integer
    groups:
      general:
        rules:
          - {id: adults, when: {age: {at_least: 18}}, then: 10}
          - {id: children, when: {age: {less_than: 18}}, then: 5}
      special:
        overrides: [general]
        rules:
          - {id: members, when: {member: true}, then: 3, because: {en: A member., ru: Член.}}
"""
NEXT = """
version: "2024-01-01"
based_on: "2020-01-01"
holds_from: 2024-01-01
known_from: 2024-01-01
without: {rules: [children]}
decisions: {fee: {groups: {special: {rules: [{id: members, then: 2}]}}}}
"""
FILES = BASE.replace(
    """        rules:
          - {id: adults, when: {age: {at_least: 18}}, then: 10}
          - {id: children, when: {age: {less_than: 18}}, then: 5}
""",
    """        table: general.csv
""",
).replace(
    "rules:\n          - {id: members, when: {member: true}, then: 3,",
    "table:\n          - {member: true, then: 3,",
)
