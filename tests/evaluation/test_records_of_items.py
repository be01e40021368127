"""The fields of a record that is decided of each item are named as fields of the item are."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from reglament import load_policy
from reglament.analysis.findings import check
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.reference import decide
from support.cli_runner import run
from support.list_laws import says_what_completions_give

TEXT = """
policy: claims
version: "1"
title: claims
languages: [en]
holds_from: 2024-01-01
time_zone: UTC
facts:
  limit: {type: integer, at_least: 0, at_most: 2, label: limit}
  lines:
    type: list
    at_most: 2
    label: lines
    item:
      type: record
      called: line
      label: line
      fields:
        price: {type: integer, at_least: 0, at_most: 3, label: price}
        kind: {type: choice, options: {a: a, b: b}, label: kind}
decisions:
  line.approval:
    for_each: lines
    label: approval
    type: record
    fields:
      status: {type: choice, options: {granted: granted, asked: asked}}
      fee: integer
      note: {type: text, nullable: true}
    rules:
      - id: cheap
        when: {line.price: {at_most: limit}}
        then: {status: granted, fee: 0, note: null}
      - id: dear
        when: {line.price: {more_than: limit}}
        then: {status: asked, fee: {difference: [line.price, limit]}, note: dear}
  line.paid:
    for_each: lines
    label: paid
    type: integer
    rules:
      - id: paid
        when: {line.approval.status: granted}
        then: line.price
        because: "It is {line.approval.status}."
    otherwise: {then: {difference: [line.price, line.approval.fee]}}
  fees:
    label: fees
    type: integer
    rules: [{id: fees, then: {sum: line.approval.fee, over: lines, where: {line.kind: a}}}]
  kinds:
    label: kinds
    type: integer
    rules: [{id: kinds, then: {distinct: line.approval.status, over: lines}}]
  notes:
    label: notes
    type: integer
    rules: [{id: notes, then: {count: lines, where: {line.approval.note: {is_not: null}}}}]
  all_granted:
    label: all granted
    type: boolean
    rules: [{id: all, when: {lines: {every: {line.approval.status: granted}}}, then: true}]
    otherwise: {then: false}
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


def test_fields_are_read_in_conditions_totals_and_texts(policy: Policy) -> None:
    lines = [{"price": 1, "kind": "a"}, {"price": 3, "kind": "a"}]
    decided = policy.decide({"limit": 1, "lines": lines})

    assert decided["line.paid"].outcome == [1, 1]
    assert [decided[n].outcome for n in ("fees", "kinds", "notes")] == [2, 2, 1]
    assert decided["all_granted"].outcome is False
    said = decided.explain("en", "auditor")
    assert "It is granted." in said
    assert "every item of “lines”: approval: status is granted; exception: item 2" in said
    assert not check(policy.versions[0])


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("missing", ["limit", "price", "kind"])
def test_what_is_said_of_a_part_is_what_completions_give(
    policy: Policy, missing: str, more: bool
) -> None:
    values: dict[str, tuple[Any, ...]] = {
        "limit": (0, 1, 2),
        "price": (0, 1, 2, 3),
        "kind": ("a", "b"),
    }
    first = {"price": 2, "kind": "a"}
    told: dict[str, Any] = {"limit": 1, "lines": [first]}
    (told if missing == "limit" else first).pop(missing)
    items = [dict(zip(("price", "kind"), one, strict=True)) for one in product(range(4), "ab")]
    whole = []
    for value in values[missing]:
        for extra in ([], *([one] for one in items)) if more else ([],):
            line = first if missing == "limit" else {**first, missing: value}
            limit = value if missing == "limit" else 1
            whole.append(policy.decide({"limit": limit, "lines": [line, *extra]}))
    part = policy.decide({**told, "lines": {"items": [first], "more": more}})
    says_what_completions_give(part, whole, ("fees", "kinds", "notes", "all_granted"))
    for one in whole:
        for name, expected in decide(policy.versions[0], one.facts).items():
            assert one[name].outcome == expected.outcome  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("{line.approval.status: granted}", "{line.approval.statos: granted}", "approval.status"),
        ("sum: line.approval.fee", "sum: line.approval.fees", "line.approval.fee"),
    ],
)
def test_a_field_misspelt_is_told_with_the_near_one(old: str, new: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text(TEXT.replace(old, new, 1))
    problem = refused.value.problems[0]
    assert problem.hint is not None
    assert hint in problem.hint.to("en")


def test_a_bundle_decides_alike(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(TEXT, "utf-8")
    assert run("build", str(path), "--output", str(tmp_path / "claims.json")).exit_code == 0
    built = load_policy(tmp_path / "claims.json")
    lines = [{"price": 3, "kind": "a"}]
    assert built.decide({"limit": 1, "lines": lines})["fees"].outcome == 2
