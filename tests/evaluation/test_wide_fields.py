"""What items add up to that lack fields of many values, and that what is open is shown to be."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.laws import examples
from support.list_laws import says_what_completions_give
from support.small_policy import small_policy

Json = dict[str, Any]
DOMAINS: dict[str, tuple[Any, ...]] = {"price": tuple(range(41)), "amount": tuple(range(1, 31))}
FIELDS: Json = {
    "price": {"type": "integer", "at_least": 0, "at_most": 40, "label": "price"},
    "amount": {"type": "integer", "at_least": 1, "at_most": 30, "label": "amount"},
}
LINES: Json = {
    "type": "list", "at_most": 4, "label": "lines",
    "item": {"type": "record", "called": "line", "label": "line", "fields": FIELDS},
}  # fmt: skip


def number(term: Any, **more: Any) -> Json:
    rules = [{"id": f"gives-{len(str(term))}", "then": term}]
    return {"label": "number", "type": "integer", "rules": rules, **more}


def from_on(name: str, term: str, least: int) -> Json:
    rules = [{"id": name, "when": {term: {"at_least": least}}, "then": "u"}]
    outcomes = {"u": "u", "v": "v"}
    return {"label": name, "outcomes": outcomes, "rules": rules, "otherwise": {"then": "v"}}


WORTH: Json = {"product": ["line.price", "line.amount"]}
REBATE: Json = {
    "for_each": "lines", "label": "rebate", "type": "integer",
    "rules": [
        {"id": "few", "when": {"line.amount": {"less_than": 10}}, "then": WORTH},
        {"id": "many", "when": {"line.amount": {"at_least": 10}},
         "then": {"product": ["line.price", {"difference": ["line.amount", 2]}]}},
    ],
}  # fmt: skip
POLICY = small_policy(
    {"lines": LINES},
    {
        "line.worth": number(WORTH, for_each="lines"),
        "line.rebate": REBATE,
        "goods": number({"sum": "line.worth", "over": "lines"}),
        "reduced": number({"sum": "line.rebate", "over": "lines"}),
        "dearest": number({"maximum": WORTH, "over": "lines"}, nullable=True),
        "large": from_on("large", "goods", 300),
        "lowered": from_on("lowered", "reduced", 300),
        "doubled": number({"product": [2, "goods"]}),
    },
)
ASKED = ("goods", "reduced", "dearest", "large", "lowered", "doubled")


@given(st.integers(0, 10**6))
@examples(20)
def test_totals_of_items_that_lack_wide_fields_say_what_completions_give(seed: int) -> None:
    rng = Random(seed)
    items: list[Json] = [
        {name: rng.choice(of) for name, of in DOMAINS.items()} for _ in range(rng.randint(1, 3))
    ]
    lacking = rng.sample(
        [(p, n) for p in range(len(items)) for n in DOMAINS], rng.choice((1, 1, 2))
    )
    for place, name in lacking:
        del items[place][name]
    rows = product(*(DOMAINS[name] for _, name in lacking))
    told = {"day": "2025-02-03"}
    whole = []
    for row in rows:
        lines = [dict(one) for one in items]
        for (place, name), value in zip(lacking, row, strict=True):
            lines[place][name] = value
        whole.append(POLICY.decide({**told, "lines": lines}))
    decided = POLICY.decide({**told, "lines": items})

    says_what_completions_give(decided, whole, ASKED)
    if len(lacking) == 1:
        # What is computed in two ways, by the very field that lacks, is not narrowed by it.
        for name in (one for one in ASKED if one != "lowered"):
            is_open = len({one[name].outcome for one in whole}) > 1
            assert decided[name].is_determined is not is_open, name
        assert all(decided[name].is_exact for name in ("goods", "large", "doubled"))


def asked(*lines: Json) -> Any:
    return POLICY.decide({"day": "2025-02-03", "lines": list(lines)})


def test_a_sum_lies_above_what_is_told_of_it() -> None:
    decided = asked({"price": 30, "amount": 10}, {"amount": 3})

    assert decided["large"].outcome == "u"
    assert (decided["goods"].needs, decided["goods"].is_exact) == (("lines[2].price",), True)
    assert "too many" not in decided.explain("en")


@pytest.mark.parametrize(
    ("line", "name", "needs"),
    [
        ({"price": 7}, "doubled", ("lines[1].amount",)),
        ({"amount": 7}, "doubled", ("lines[1].price",)),
        ({}, "goods", ("lines[1].amount", "lines[1].price")),
        ({"price": 40}, "lowered", ("lines[1].amount",)),
    ],
)
def test_what_is_open_is_shown_to_be(line: Json, name: str, needs: tuple[str, ...]) -> None:
    decided = asked(line)[name]

    assert not decided.is_determined
    assert (decided.needs, decided.is_exact) == (needs, True)


def test_further_items_are_tried_of_a_list_that_may_be_longer() -> None:
    told = {"items": [{"price": 1, "amount": 1}], "more": True}
    decided = POLICY.decide({"day": "2025-02-03", "lines": told})

    for name in ("goods", "large", "doubled"):
        assert (decided[name].needs, decided[name].is_exact) == (("lines.more",), True), name


def test_further_items_have_nothing_in_their_own_lists() -> None:
    cost = {"type": "integer", "at_least": 0, "at_most": 1000, "label": "cost"}
    part = {"type": "record", "called": "part", "label": "part", "fields": {"cost": cost}}
    parts = {"type": "list", "at_most": 3, "label": "parts", "item": part}
    fields = {**FIELDS, "parts": parts}
    lines = {**LINES, "item": {**LINES["item"], "fields": fields}}
    line = {"for_each": "lines", "label": "whole", "type": "integer"}
    whole = {"sum": [WORTH, {"sum": "part.cost", "over": "line.parts"}]}
    policy = small_policy(
        {"lines": lines},
        {
            "line.whole": {**line, "rules": [{"id": "whole", "then": whole}]},
            "goods": number({"sum": "line.whole", "over": "lines"}),
        },
    )

    def goods(**told: Any) -> Any:
        return policy.decide({"day": "2025-02-03", **told})["goods"]

    one = {"price": 1, "amount": 1, "parts": []}
    for told, needs in (
        ({"lines": {"items": [one], "more": True}}, ("lines.more",)),
        ({"lines": [{**one, "parts": {"items": [{"cost": 3}], "more": True}}]},
         ("lines[1].parts.more",)),
        ({"lines": [{**one, "parts": [{}]}]}, ("lines[1].parts[1].cost",)),
    ):  # fmt: skip
        assert (goods(**told).needs, goods(**told).is_exact) == (needs, True)
