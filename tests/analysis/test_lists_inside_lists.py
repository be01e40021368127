"""What analyses, the interview, changes and the commands say of lists inside lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, load_policy
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import Fate
from reglament.analysis.findings import Proof, check
from reglament.language.requests.request_schema import request_schema
from support import random_nested_lists
from support.cli_runner import run
from support.laws import examples
from support.list_laws import (
    cases_are_decided_as_they_say,
    what_diff_calls_the_same_is_decided_alike,
)

DISCOUNTS = Path(__file__).parent.parent / "cases" / "lists" / "discounts.yaml"
TEXT = DISCOUNTS.read_text("utf-8")
DAMAGED = {"reason": "damage", "amount": "1.00"}
MEMBER = {"reason": "member", "amount": "2.00"}


@pytest.fixture(scope="module")
def discounts() -> Policy:
    return load_policy(DISCOUNTS)


def edited(old: str, new: str) -> Policy:
    assert TEXT.count(old) == 1
    return Policy.from_text(TEXT.replace(old, new))


def line(*told: Any, **fields: Any) -> dict[str, Any]:
    return {"kind": "book", "price": "10.00", "discounts": list(told), **fields}


def asked(*lines: Any) -> dict[str, Any]:
    return {"order.on": "2025-03-03", "order.member": True, "order.lines": list(lines)}


@pytest.mark.slow
def test_a_conflict_about_an_inner_item_is_shown_by_one() -> None:
    policy = edited("line.kind: media}, then: false", "line.kind: media}, then: true")
    (found,) = check(policy.versions[0])

    assert (found.code, found.decision, found.proof) == (
        "conflict",
        "discount.counts",
        Proof.EXACT,
    )
    assert found.witness is not None
    assert found.witness["discount.reason"] == "member"
    assert found.witness["line.kind"] == "media"
    assert found.witness["order.member"] is False


@pytest.mark.slow
def test_an_edit_of_what_is_decided_of_inner_items_reaches_the_whole(discounts: Policy) -> None:
    new = edited("discount.reason: member, line.kind: media}", "line.kind: media}")
    found = diff(discounts.versions[0], new.versions[0])
    fates = {one.decision: one.fate for one in found.accounts}

    assert fates["total"] is Fate.CHANGES
    region = next(one for one in found.regions if one.decision == "total")
    facts = dict(region.witness.facts)
    old, after = discounts.decide(facts), new.decide(facts)
    assert old["total"].outcome != after["total"].outcome


def test_a_longer_inner_list_is_not_compared_with_a_shorter_one(discounts: Policy) -> None:
    found = diff(discounts.versions[0], edited("at_most: 5\n", "at_most: 6\n").versions[0])

    assert {one.fate for one in found.accounts if one.decision == "review"} == {Fate.NOT_SETTLED}


@pytest.mark.slow
@given(st.integers(0, 10**6))
@examples(8)
def test_what_is_the_same_is_decided_alike_with_any_list(seed: int) -> None:
    what_diff_calls_the_same_is_decided_alike(random_nested_lists, seed)


def test_cases_are_made_of_lists_that_are_decided_as_they_say(discounts: Policy) -> None:
    cases_are_decided_as_they_say(discounts)


def test_an_interview_asks_for_inner_items_one_by_one(discounts: Policy) -> None:
    told: dict[str, Any] = {"order.on": "2025-03-03", "order.member": True}
    answers = {"kind": "book", "reason": "damage", "amount": "1.00", "price": "10.00"}
    asked_for: list[str] = []
    while (question := discounts.next_question(told, ["review"])) is not None:
        asked_for.append(question.fact)
        name = question.fact
        if name.endswith(".more"):
            is_more = sum(one == name for one in asked_for) == 1
            path = name.removesuffix(".more") + "[1]"
            told |= {path: {}} if is_more else {name: False}
        else:
            told[name] = answers[name.rpartition(".")[2]]

    assert discounts.decide(told)["review"].outcome is True
    assert "order.lines[1].discounts[1].reason" in asked_for
    assert "order.lines[1].discounts.more" in asked_for


def test_a_change_of_one_field_of_an_inner_item_is_found(discounts: Policy) -> None:
    found = discounts.change(asked(line(MEMBER, DAMAGED)), {"total": "9.00"})

    moved = [one.moves[0].fact for one in found.changes]
    assert "order.lines[1].discounts[1].amount" in moved
    assert "order.lines[1].discounts[1]" in moved


def test_the_schema_of_requests_takes_lists_told_in_part_at_both_levels(
    discounts: Policy,
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(request_schema(discounts.versions[0], "en"))

    told = {"items": [DAMAGED, {"amount": "1.00"}], "more": True}
    assert validator.is_valid(asked(line(MEMBER), {"discounts": told}))
    assert not validator.is_valid(asked(line({"amnt": "1.00"})))
    assert not validator.is_valid(asked(line(*[DAMAGED] * 6)))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "reason (line 2, discount 1)"),
        ("ru", "причина (строка 2, скидка 1)"),
        ("de", "Grund (Position 2, Rabatt 1)"),
    ],
)
def test_what_is_needed_is_told_by_line_and_discount(
    tmp_path: Path, language: str, said: str
) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(
        "order.on: 2025-03-03\norder.member: true\n"
        "order.lines:\n  - {kind: book, price: 1.00, discounts: []}\n"
        "  - {kind: book, price: 1.00, discounts: [{amount: 0.10}]}\n"
    )
    result = run("explain", path, "--for", "auditor", "--policy", DISCOUNTS, "--lang", language)

    assert result.exit_code == 0
    assert f"order.lines[2].discounts[1].reason ({said})" in result.stdout
    assert " if decided" not in result.stdout
