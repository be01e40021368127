"""A list inside the items of a list: what may be named where, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reglament import Policy, Refused, load_policy

DISCOUNTS = Path(__file__).parents[2] / "cases" / "lists" / "discounts.yaml"
TEXT = DISCOUNTS.read_text("utf-8")


def problems_of(old: str, new: str) -> list[tuple[str, str]]:
    assert TEXT.count(old) == 1
    with pytest.raises(Refused) as refused:
        Policy.from_text(TEXT.replace(old, new))
    return [(one.code, one.message.to("en")) for one in refused.value.problems]


BOOK = "line.kind: book, line.discounts: {some: {discount.reason: damage}}"


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        (f"{{order.lines: {{some: {{{BOOK}}}}}}}", "{line.discounts: {at_least: 1}}",
         "item-unnamed", "`line.discounts` speaks of one item of `order.lines`"),
        (BOOK, "discount.reason: damage",
         "item-unnamed", "`discount.reason` speaks of one item of `line.discounts`"),
        (BOOK, "line.discounts: {some: {line.discounts: {at_least: 1}}}",
         "list-inside-itself", "`line.discounts`"),
        (BOOK, "line.discounts: {some: {order.lines: {at_least: 1}}}",
         "list-inside-itself", "`order.lines`"),
        ("{sum: line.total, over: order.lines}", "{sum: discount.amount, over: line.discounts}",
         "item-unnamed", "`line.discounts` speaks of one item"),
        ("discount.counts:\n    for_each", "line.counts:\n    for_each",
         "for-each-name", "`line.counts`"),
        ("              amount: {type: decimal, places: 2, at_least: 0,",
         "              amount: {type: list, item: {type: text}, xx: 1,",
         "unknown-key", "xx"),
    ],
)  # fmt: skip
def test_names_of_another_place_are_refused(old: str, new: str, code: str, said: str) -> None:
    found = problems_of(old, new)

    assert code in {one for one, _ in found}
    assert any(said in message for _, message in found), found


@pytest.mark.parametrize("word", ["first", "last"])
def test_there_is_no_first_item_and_it_is_said_how_to_say_it(word: str) -> None:
    text = TEXT.replace("{sum: line.total, over", f"{{{word}: line.total, over")
    with pytest.raises(Refused) as refused:
        Policy.from_text(text)

    hints = [one.hint.to("en") for one in refused.value.problems if one.hint is not None]
    assert any("items have no order" in hint for hint in hints)


def test_different_values_are_those_of_a_name() -> None:
    found = problems_of(
        "{sum: line.total, over: order.lines}", "{distinct: order.member, over: order.lines}"
    )

    assert [code for code, _ in found] == ["wrong-argument"]


@pytest.mark.parametrize(
    ("new", "name"),
    [
        ("{distinct: line.discounts, over: order.lines}", "line.discounts"),
        ("{item: [order.lines, 1]}", "order.lines"),
        ("{sum: [order.lines]}", "order.lines"),
    ],
)
def test_no_formula_takes_a_list_of_things_as_a_whole(new: str, name: str) -> None:
    found = problems_of("{sum: line.total, over: order.lines}", new)

    said = f"`{name}` is a list of things: no formula takes it as a whole"
    assert found == [("wrong-argument", said)]


@pytest.mark.parametrize(
    ("total", "hint"),
    [
        ("{distinct: line.colour, over: order.lines}",
         "there are `line.discounts`, `line.kind`, `line.price`, `line.total`"),
        ("{sum: line.total, over: order.rows}", "there is `order.lines`"),
        ("{count: discounts}", "there is `order.lines`"),
    ],
)  # fmt: skip
def test_of_a_name_that_is_near_none_those_that_stand_there_are_told(total: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text(TEXT.replace("{sum: line.total, over: order.lines}", total))
    (problem,) = refused.value.problems

    assert problem.hint is not None
    assert problem.hint.to("en") == hint


TEXTS = {"text": {"type": "text", "label": {"en": "text"}}}


def test_lists_nest_once() -> None:
    inner = {
        "type": "list", "at_most": 2, "label": {"en": "notes"},
        "item": {"type": "record", "called": "note", "fields": TEXTS},
    }  # fmt: skip
    parts = {**inner, "item": {"type": "record", "called": "part", "fields": {"notes": inner}}}
    things: dict[str, Any] = {
        **inner,
        "item": {"type": "record", "called": "thing", "fields": {"parts": parts}},
    }
    with pytest.raises(Refused) as refused:
        Policy.from_text({
            "policy": "p", "version": "1", "title": {"en": "P"}, "holds_from": "2025-01-01",
            "known_from": "2025-01-01", "time_zone": "UTC", "chosen_by": "day",
            "facts": {"day": {"type": "date", "label": {"en": "day"}}, "things": things},
            "decisions": {"a": {"label": {"en": "a"}, "type": "boolean", "rules": [
                {"id": "r", "when": {"things": {"at_least": 1}}, "then": True}],
                "otherwise": {"then": False}}},
        })  # fmt: skip

    assert [one.code for one in refused.value.problems] == ["list-inside-list"]


def refused_in(lines: Any, **told: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        load_policy(DISCOUNTS).decide({"order.on": "2025-03-03", "order.lines": lines, **told})
    return [one.message.to("en") for one in refused.value.problems]


def test_every_mistake_in_an_inner_list_is_told_by_its_place() -> None:
    found = refused_in([
        {"kind": "book", "discounts": [{"reason": "membr"}, {"amnt": 1}]},
        {"kind": "book", "discounts": {"item": []}},
        {"kind": "boook", "discounts": [{"reason": "member"}] * 6},
    ])  # fmt: skip

    assert [one.partition(":")[0] for one in found] == [
        "`order.lines[1].discounts[1].reason`",
        "`order.lines[1].discounts[2].amnt`",
        "`order.lines[2].discounts`",
        "`order.lines[3].kind`",
        "`order.lines[3].discounts`",
    ]


def test_what_is_told_by_its_path_is_told_in_the_list() -> None:
    policy = load_policy(DISCOUNTS)
    by_path = policy.decide({
        "order.on": "2025-03-03", "order.member": True,
        "order.lines[1]": {"kind": "book", "price": "10.00"},
        "order.lines[1].discounts[1].reason": "damage",
        "order.lines[1].discounts[1].amount": "1.00",
        "order.lines[1].discounts.more": False,
        "order.lines.more": False,
    })  # fmt: skip

    assert by_path["total"].outcome == policy.decide(by_path.facts)["total"].outcome
    assert str(by_path["total"].outcome) == "9.00"
    assert by_path["review"].outcome is True
