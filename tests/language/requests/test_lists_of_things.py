"""What a request tells of a list of things: nested, open, item by item, and what is wrong there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reglament import Policy, Refused, load_policy

ORDERS = Path(__file__).parents[2] / "cases" / "lists" / "orders.yaml"


@pytest.fixture(scope="module")
def orders() -> Policy:
    return load_policy(ORDERS)


def lines(of: Any) -> dict[str, Any]:
    return {"order": {"on": "2025-03-03", "consumer": True, "lines": of}}


def refusal(policy: Policy, told: Any) -> tuple[str, str | None, str]:
    with pytest.raises(Refused) as refused:
        policy.decide(told)
    (problem,) = refused.value.problems
    return problem.code, problem.pointer, problem.message.to("en")


@pytest.mark.parametrize(
    ("told", "code", "pointer", "words"),
    [
        ([{"price": "abc"}], "wrong-type", "/order/lines/0/price", "order.lines[1].price"),
        ([{}, {"prise": 1}], "unknown-field", "/order/lines/1/prise", "prise"),
        ([{"price": None}], "null-not-allowed", "/order/lines/0/price", "order.lines[1].price"),
        ([{"price": -1}], "out-of-bounds", "/order/lines/0/price", "order.lines[1].price"),
        ([{"kind": "bok"}], "unknown-word", "/order/lines/0/kind", "bok"),
        (["book"], "wrong-type", "/order/lines/0", "order.lines"),
        ("book", "wrong-type", "/order/lines", "order.lines"),
        (None, "null-not-allowed", "/order/lines", "order.lines"),
        ([{}] * 101, "out-of-range", "/order/lines", "101"),
        ([{}] * 20_000, "out-of-range", "/order/lines", "20000"),
        ({"items": [], "mor": True}, "unknown-key", "/order/lines/mor", "mor"),
        ({"items": [{"price": "x"}]}, "wrong-type", "/order/lines/items/0/price", "price"),
        ({"items": [], "more": "yes"}, "wrong-type", "/order/lines/more", "yes"),
        ({"items": 5}, "wrong-type", "/order/lines/items", "5"),
    ],
)
def test_a_mistake_is_told_by_the_item_and_the_place(
    orders: Policy, told: Any, code: str, pointer: str, words: str
) -> None:
    found = refusal(orders, lines(told))

    assert found[:2] == (code, pointer)
    assert words in found[2].replace(" ", "")


def test_every_mistake_in_a_list_is_told_at_its_own_place(orders: Policy) -> None:
    told = [{"kind": "bok", "prise": 1}, {"price": 2}, {"price": -1}]
    with pytest.raises(Refused) as refused:
        orders.decide(lines({"items": told, "more": True}))

    assert [(one.code, one.pointer) for one in refused.value.problems] == [
        ("unknown-word", "/order/lines/items/0/kind"),
        ("unknown-field", "/order/lines/items/0/prise"),
        ("out-of-bounds", "/order/lines/items/2/price"),
    ]


@pytest.mark.parametrize("item", [{"price": -1}, {f"no-{n}": 1 for n in range(60)}])
def test_of_very_many_mistakes_in_a_list_fifty_are_told(orders: Policy, item: Any) -> None:
    with pytest.raises(Refused) as refused:
        orders.decide(lines([item] * 100))

    assert len(refused.value.problems) == 50


def test_a_near_field_is_suggested(orders: Policy) -> None:
    with pytest.raises(Refused) as refused:
        orders.decide(lines([{"prise": 1}]))
    (problem,) = refused.value.problems

    assert problem.hint is not None
    assert "price" in problem.hint.to("en")
    assert "поля `prise`" in problem.message.to("ru")
    assert "Feld `prise`" in problem.message.to("de")


def test_items_may_be_told_one_by_one(orders: Policy) -> None:
    by_path = {
        "order.on": "2025-03-03",
        "order.consumer": True,
        "order.lines[1].kind": "book",
        "order.lines[2].kind": "gift_card",
        "order.lines[2].returned": True,
    }
    whole = lines(
        {"items": [{"kind": "book"}, {"kind": "gift_card", "returned": True}], "more": True}
    )

    assert orders.decide(by_path).facts == orders.decide(whole).facts
    closed = orders.decide({**by_path, "order.lines.more": False})
    assert closed.facts == orders.decide(lines(whole["order"]["lines"]["items"])).facts


def test_a_field_is_told_once(orders: Policy) -> None:
    told = {**lines([{"kind": "book"}]), "order.lines[1].kind": "media"}

    assert refusal(orders, told)[0] == "told-twice"


def test_what_was_read_reads_as_the_same(orders: Policy) -> None:
    facts = orders.decide(lines({"items": [{"kind": "book"}], "more": True})).facts

    assert orders.decide(facts).facts == facts


def test_the_schema_accepts_what_is_read_and_refuses_what_is_not(orders: Policy) -> None:
    schema = jsonschema.Draft202012Validator(orders.schema())
    good = [[], [{}], [{"kind": "book", "price": "1.50"}], {"items": [{}], "more": True}, {}]
    bad = [None, "x", [{"prise": 1}], [{"kind": "bok"}], [{}] * 101, {"items": [], "mor": True}]

    for told in good:
        assert schema.is_valid(lines(told)), told
        orders.decide(lines(told))
    for told in bad:
        assert not schema.is_valid(lines(told)), told
        with pytest.raises(Refused):
            orders.decide(lines(told))


def test_names_of_the_engine_are_no_facts_of_a_request(orders: Policy) -> None:
    name = next(iter(orders.versions[0].totals))

    assert refusal(orders, {"order.on": "2025-03-03", name: 1})[0] == "unknown-fact"
    assert name not in orders.schema()["$defs"]
