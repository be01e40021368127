"""What check, diff, generated cases, mutants, the interview and changes say of lists of things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, load_policy
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import Fate
from reglament.analysis.findings import Proof, check
from reglament.analysis.testing.cases import generated_cases
from support import random_lists
from support.cli_runner import run
from support.laws import examples
from support.list_laws import (
    cases_are_decided_as_they_say,
    what_diff_calls_the_same_is_decided_alike,
)
from support.small_policy import small_policy

ORDERS = Path(__file__).parent.parent / "cases" / "lists" / "orders.yaml"
TEXT = ORDERS.read_text("utf-8")
CARD = {"kind": "gift_card", "price": "50.00", "quantity": 1, "sealed": None, "returned": True}
BOOK = {"kind": "book", "price": "10.00", "quantity": 2, "sealed": None, "returned": True}


@pytest.fixture(scope="module")
def orders() -> Policy:
    return load_policy(ORDERS)


def edited(old: str, new: str) -> Policy:
    assert TEXT.count(old) == 1
    return Policy.from_text(TEXT.replace(old, new))


def asked(*lines: Any) -> dict[str, Any]:
    return {"order.on": "2025-03-03", "order.consumer": True, "order.lines": list(lines)}


def fates(old: Policy, new: Policy) -> dict[str, Fate]:
    found = diff(old.versions[0], new.versions[0])
    return {one.decision: one.fate for one in found.accounts}


# check


def test_a_sound_policy_has_no_findings(orders: Policy) -> None:
    assert check(orders.versions[0]) == ()


def test_a_conflict_about_one_item_is_shown_by_an_item() -> None:
    policy = edited("        overrides: [line-consumer]\n", "")
    (found,) = check(policy.versions[0])

    assert (found.code, found.decision, found.proof) == ("conflict", "line.refundable", Proof.EXACT)
    assert found.witness is not None
    assert found.witness["line.kind"] == "media"


@pytest.mark.slow
def test_a_conflict_about_the_list_is_shown_by_a_list() -> None:
    policy = edited("        overrides: [all-back]\n", "")
    (found,) = [one for one in check(policy.versions[0]) if one.code == "conflict"]

    assert found.decision == "handling"
    assert found.witness is not None
    decided = policy.decide(found.witness)
    assert decided["handling"].refused is not None
    assert set(decided["handling"].refused.rules) == {"all-back", "a-refusal"}


def test_what_no_list_can_be_is_no_conflict() -> None:
    """`some` and `none` of the same never hold together, whatever their rules give."""
    new = "{order.lines: {none: {line.kind: book}, some: {line.kind: book}}}"
    policy = edited("{order.lines: {some: {line.refundable: refused}}}", new)
    codes = {one.code for one in check(policy.versions[0])}

    assert "conflict" not in codes


# diff


def test_another_number_of_items_is_a_change_with_a_list_that_shows_it(orders: Policy) -> None:
    new = edited("line.kind: book}, at_least: 3}", "line.kind: book}, at_least: 4}")
    found = diff(orders.versions[0], new.versions[0])
    (region,) = found.regions

    assert region.decision == "bargain"
    assert len(region.witness.facts["order.lines"]) >= 3  # type: ignore[arg-type]
    told = {n: v for n, v in region.witness.facts.items() if n in orders.versions[0].told_facts}
    assert orders.decide(told)["bargain"].outcome != new.decide(told)["bargain"].outcome


@pytest.mark.slow
def test_an_edit_of_what_is_decided_of_items_reaches_what_is_added_up(orders: Policy) -> None:
    new = edited("line.kind: [food, gift_card]}", "line.kind: food}")
    found = fates(orders, new)

    assert found["line.refundable"] is Fate.CHANGES
    for name in ("refund", "handling"):
        assert found[name] in (Fate.CHANGES, Fate.NOT_SETTLED), name
    assert found["goods_back"] is Fate.SAME
    assert found["books_only"] is Fate.SAME


def test_the_same_rules_in_another_order_are_the_same(orders: Policy) -> None:
    old = "{order.lines: {at_least: 1, every: {line.returned: true}}}"
    new = edited(old, "{order.lines: {every: {line.returned: true}, at_least: 1}}")

    assert set(fates(orders, new).values()) <= {Fate.SAME}


def test_a_longer_list_is_not_compared_with_a_shorter_one(orders: Policy) -> None:
    new = edited("    at_most: 100\n", "    at_most: 50\n")
    found = fates(orders, new)

    assert found["handling"] is Fate.NOT_SETTLED


@pytest.mark.slow
@given(st.integers(0, 10**6))
@examples(20)
def test_what_is_the_same_is_decided_alike_with_any_list(seed: int) -> None:
    what_diff_calls_the_same_is_decided_alike(random_lists, seed)


# cases, mutants


@pytest.mark.slow
def test_cases_are_made_of_lists_that_are_decided_as_they_say(orders: Policy) -> None:
    cases_are_decided_as_they_say(orders)


@pytest.mark.slow
def test_cases_are_made_of_rules_about_items_and_of_totals() -> None:
    version = Policy.from_text(TEXT[: TEXT.index("\nexamples:")]).versions[0]
    rules = {
        rule
        for example in generated_cases(version)
        for expected in example.expects.values()
        for rule in expected.get("rules", ())  # type: ignore[union-attr, attr-defined]
    }
    about_line = version.lists["order.lines"].item.decisions["line.refundable"]
    of_items = [rule.id for rule in about_line.rules]

    assert rules >= {*of_items, "refund-sum", "goods-back-sum", "all-back", "a-refusal"}


def test_cases_are_made_of_rules_that_always_apply() -> None:
    """Of the request, of one item, and of one item of a list inside an item."""
    amount = {"type": "integer", "at_least": 1, "at_most": 9, "label": "amount"}
    parts = {
        "type": "list",
        "at_most": 3,
        "label": "parts",
        "item": {"type": "record", "called": "part", "label": "part", "fields": {"pieces": amount}},
    }
    fields = {"amount": amount, "parts": parts}
    lines = {
        "type": "list",
        "at_most": 3,
        "label": "lines",
        "item": {"type": "record", "called": "line", "label": "line", "fields": fields},
    }

    def computed(name: str, then: Any, **said: Any) -> dict[str, Any]:
        return {"label": name, "type": "integer", "rules": [{"id": name, "then": then}], **said}

    policy = small_policy(
        {"lines": lines, "fee": amount},
        {
            "line.double": computed("double", {"product": [2, "line.amount"]}, for_each="lines"),
            "part.count": computed("count", {"sum": ["part.pieces", 1]}, for_each="line.parts"),
            "charge": computed("charge", {"product": [3, "fee"]}),
            "total": computed("total", {"sum": "line.double", "over": "lines"}),
        },
    )  # fmt: skip
    made = generated_cases(policy.versions[0])
    told = {name for example in made for name in example.expects}

    assert told == {"line.double", "part.count", "charge", "total"}
    cases_are_decided_as_they_say(policy)


@pytest.mark.slow
def test_the_commands_name_no_fact_of_the_engine(tmp_path: Path) -> None:
    commands = (
        ["check"],
        ["test", "--coverage"],
        ["show"],
        ["schema"],
    )
    for command in commands:
        result = run(*command, "--policy", str(ORDERS))
        assert result.exit_code == 0, result.output
        assert " if decided" not in result.output
        assert "order.lines count" not in result.output


# interview and changes


def test_an_interview_asks_for_items_one_by_one(orders: Policy) -> None:
    told: dict[str, Any] = {"order.on": "2025-03-03", "order.consumer": True}
    first = orders.next_question(told, ["handling"])
    assert first is not None
    assert first.fact == "order.lines.more"
    assert first.text.to("en") == "Are there items in “order lines”?"
    assert first.text.to("ru") == "Есть ли позиции в списке «строки заказа»?"

    told["order.lines[1]"] = {}
    asked_for = []
    while (question := orders.next_question(told, ["handling"])) is not None:
        asked_for.append(question.fact)
        if question.fact == "order.lines.more":
            assert question.text.to("en") == "Are there more items in “order lines”?"
            assert question.text.to("ru") == "Есть ли ещё позиции в списке «строки заказа»?"
            told[question.fact] = False
        else:
            told[question.fact] = {"kind": "gift_card", "returned": True}[
                question.fact.rpartition(".")[2]
            ]
    assert orders.decide(told)["handling"].outcome == "write_to_customer"
    assert {"order.lines[1].returned", "order.lines[1].kind"} >= set(asked_for)


BEFORE = {"line.sent": {"before": "2026-11-10"}}


def test_changes_beside_lists_move_by_whole_seconds() -> None:
    text = {
        "policy": "sent", "version": "1", "title": "sent", "languages": ["en"],
        "holds_from": "2020-01-01", "known_from": "2020-01-01", "chosen_by": "asked",
        "time_zone": "Europe/Moscow",
        "facts": {
            "asked": {"type": "datetime", "label": "asked"},
            "lines": {
                "type": "list", "at_most": 5, "label": "lines",
                "item": {
                    "type": "record", "called": "line", "label": "line",
                    "fields": {"sent": {"type": "datetime", "label": "sent"}},
                },
            },
        },
        "decisions": {
            "early": {
                "label": "early", "type": "boolean", "otherwise": {"then": False},
                "rules": [
                    {"id": "early", "when": {"lines": {"some": BEFORE}}, "then": True},
                ],
            },
        },
    }  # fmt: skip
    told = {"asked": "2026-11-20T10:00", "lines": [{"sent": "2026-11-19T10:00"}]}
    found = Policy.from_text(text).change(told, {"early": True})
    after = [move.after for one in found.changes for move in one.moves]
    moments = [one["sent"] if isinstance(one, Mapping) else one for one in after]

    assert moments
    assert all(isinstance(one, datetime) and not one.microsecond for one in moments)


def test_a_change_of_one_field_of_one_line_is_found(orders: Policy) -> None:
    found = orders.change(asked(BOOK, CARD), {"handling": "close_order"})

    assert not found.is_proven
    best = found.changes[0]
    (move,) = best.moves
    assert move.fact.startswith("order.lines[2]")
    assert best.outcomes == {"handling": "close_order"}
