"""Lists of things, given whole or in part, mean what the reference says of every completion."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, load_policy
from reglament.model.outcomes import Status
from support import random_lists
from support.laws import examples
from support.list_laws import decides_as_the_reference, result, says_what_completions_give
from support.shipped import shipped

ORDERS = Path(__file__).parent.parent / "cases" / "lists" / "orders.yaml"
SEEDS = st.integers(0, 10**6)
MOST_COMPLETIONS = 1_500
BOOK = {"kind": "book", "price": "10.00", "quantity": 2, "sealed": None, "returned": True}
CARD = {"kind": "gift_card", "price": "50.00", "quantity": 1, "sealed": None, "returned": True}


@pytest.fixture(scope="module")
def orders() -> Policy:
    return load_policy(ORDERS)


def asked(*lines: Any, more: bool = False, **told: Any) -> dict[str, Any]:
    items = {"items": list(lines), "more": True} if more else list(lines)
    return {"order.on": "2025-03-03", "order.consumer": True, "order.lines": items, **told}


def made(seed: int) -> tuple[Random, Policy, int]:
    rng = Random(seed)
    text = random_lists.policy(rng)
    return rng, Policy.from_text(text), text["facts"]["things"]["at_least"]


def shown(policy: Policy) -> list[str]:
    decisions = policy.versions[0].decisions.values()
    return [one.name for one in decisions if not one.is_internal and one.for_each is None]


@given(SEEDS)
@examples(60)
def test_a_whole_request_is_decided_as_the_reference_reads_it(seed: int) -> None:
    rng, policy, least = made(seed)
    decides_as_the_reference(policy, random_lists.whole(rng, least))


@given(SEEDS)
@examples(60)
def test_what_is_possible_is_what_some_completion_gives(seed: int) -> None:
    rng, policy, least = made(seed)
    told = random_lists.request(rng, least)
    if random_lists.how_many(told) > MOST_COMPLETIONS:
        return
    whole = [policy.decide(one) for one in random_lists.completions(told, least)]

    says_what_completions_give(policy.decide(told), whole, shown(policy))


@given(SEEDS)
@examples(40)
def test_telling_more_never_adds_an_outcome(seed: int) -> None:
    rng, policy, least = made(seed)
    told = random_lists.request(rng, least)
    if random_lists.how_many(told) > 50_000:
        return
    more = next(iter(random_lists.completions(told, least)), None)
    if more is None:
        return
    before, after = policy.decide(told), policy.decide(more)

    for name in shown(policy):
        possible = before[name].possible
        if possible is not None and after[name].is_determined:
            assert after[name].outcome in possible, name


@given(SEEDS)
@examples(40)
def test_the_order_of_items_changes_nothing_but_the_order_of_their_outcomes(seed: int) -> None:
    rng, policy, _ = made(seed)
    told = {name: rng.choice(values) for name, values in random_lists.OUTER.items()}
    items = [rng.choice(random_lists.EVERY_ITEM) for _ in range(3)]
    turned = [items[2], items[0], items[1]]

    one = policy.decide({"day": "2025-02-03", **told, "things": items})
    other = policy.decide({"day": "2025-02-03", **told, "things": turned})

    for name, decision in policy.versions[0].decisions.items():
        if decision.for_each is None and decision.stands_for is None:
            assert result(one[name]) == result(other[name]), name
        elif decision.for_each is not None and one[name].is_determined:
            first, second, third = one[name].outcome
            assert other[name].outcome == (third, first, second), name


@given(SEEDS)
@examples(40)
def test_every_is_none_that_is_not_and_some_is_at_least_one(seed: int) -> None:
    rng = Random(seed)
    so = random_lists.item_condition(rng)
    text = random_lists.policy(rng)
    pairs = {
        "every": ({"every": so}, {"none": {"not": so}}),
        "some": ({"some": so}, {"where": so, "at_least": 1}),
    }
    decisions = {}
    for word, both in pairs.items():
        for number, test in enumerate(both):
            name = f"{word}_{number}"
            rule = {"id": name, "when": {"things": test}, "then": True}
            decisions[name] = {
                "label": {"en": name}, "type": "boolean", "rules": [rule],
                "otherwise": {"then": False},
            }  # fmt: skip
    policy = Policy.from_text({**text, "decisions": decisions})
    decided = policy.decide(random_lists.request(rng, text["facts"]["things"]["at_least"]))

    for word in pairs:
        assert result(decided[f"{word}_0"]) == result(decided[f"{word}_1"])
        assert decided[f"{word}_0"].needs == decided[f"{word}_1"].needs


def test_the_worked_policy_decides_its_examples(orders: Policy) -> None:
    version = orders.versions[0]
    for example in version.examples:
        decided = orders.decide(example.facts)
        for name, expected in example.expects.items():
            for aspect, value in expected.items():
                found = getattr(decided[name], aspect)
                assert found == value, (example.name, name)


def test_an_item_of_which_little_is_told_settles_what_it_can(orders: Policy) -> None:
    decided = orders.decide(asked({"kind": "gift_card", "returned": True}, more=True))

    assert decided["handling"].outcome == "write_to_customer"
    assert decided["handling"].rules == ("a-refusal",)
    assert decided["books_only"].outcome is False
    assert decided["refund"].needs == ("order.lines.more",)


def test_only_fields_that_matter_are_needed(orders: Policy) -> None:
    kept = {"kind": "book", "price": "10.00", "quantity": 1, "returned": False}
    decided = orders.decide(asked(BOOK, kept, {"kind": "media", "returned": True}))

    assert decided["handling"].needs == ("order.lines[3].sealed",)
    assert decided["handling"].possible == ("write_to_customer", "keep_open")
    assert decided["books_only"].needs == ()


def test_an_untold_list_is_needed_by_its_name(orders: Policy) -> None:
    decided = orders.decide({"order.on": "2025-03-03", "order.consumer": True})

    assert decided["handling"].needs == ("order.lines",)
    assert set(decided["handling"].possible) == {"close_order", "write_to_customer", "keep_open"}


def test_a_full_list_has_no_room_for_more(orders: Policy) -> None:
    decided = orders.decide(asked(*[BOOK] * 100, more=True))

    assert decided["handling"].outcome == "close_order"
    assert decided["refund"].outcome == 2_000


def test_a_total_of_which_one_number_is_missing_lies_above_the_others(orders: Policy) -> None:
    big = {**BOOK, "price": "30.00"}
    part = {name: value for name, value in BOOK.items() if name != "quantity"}

    assert orders.decide(asked(big, part))["goods_back"].needs == ("order.lines[2].quantity",)
    assert orders.decide(asked(big, part))["handling"].outcome == "close_order"


def test_a_gap_in_one_item_is_a_gap_above_wherever_it_stands() -> None:
    text = random_lists.policy(Random(1))
    rule = {"id": "only-a", "when": {"line.kind": "a"}, "then": "yes"}
    above = {"id": "all-yes", "when": {"things": {"some": {"line.p": "yes"}}}, "then": True}
    text["decisions"] = {
        "line.p": {
            "label": {"en": "p"}, "for_each": "things",
            "outcomes": {"yes": {"en": "yes"}, "no": {"en": "no"}}, "rules": [rule],
        },
        "above": {
            "label": {"en": "above"}, "type": "boolean", "rules": [above],
            "otherwise": {"then": False},
        },
    }  # fmt: skip
    policy = Policy.from_text(text)
    good, bad = ({"kind": kind, "flag": True, "size": 1} for kind in "ab")

    for items in ([good, bad], [bad, good]):
        decided = policy.decide({"day": "2025-02-03", "things": items})
        assert decided["above"].refused is not None
        assert decided["above"].refused.because_of == ("line.p",)
        assert "line.p" in decided["above"].refused.problem.message.to("en")
        assert decided["line.p"].status is Status.REFUSED


def test_what_one_item_settles_is_settled_though_the_others_have_too_many_totals() -> None:
    text = random_lists.policy(Random(3))
    marks = [f"mark_{number}" for number in range(8)]
    text["facts"]["things"]["at_most"] = 50
    text["facts"]["things"]["item"]["fields"] = {
        name: {"type": "boolean", "label": {"en": name}} for name in ("flag", *marks)
    }
    flagged = {"things": {"some": {"line.flag": True}}}
    counted = {"all": [{"things": {"where": {f"line.{m}": True}, "at_least": 3}} for m in marks]}
    text["decisions"] = {
        "found": {
            "label": {"en": "found"}, "hit_policy": "first",
            "outcomes": {word: {"en": word} for word in ("flagged", "marked", "neither")},
            "rules": [
                {"id": "flagged", "when": flagged, "then": "flagged"},
                {"id": "marked", "when": counted, "then": "marked"},
            ],
            "otherwise": {"then": "neither"},
        },
    }  # fmt: skip
    policy = Policy.from_text(text)

    def found(*items: Any) -> Any:
        told = {"day": "2025-02-03", "things": {"items": [*items], "more": True}}
        return policy.decide(told)["found"]

    assert result(found({}, {"flag": True})) == ("determined", "flagged")
    open_ = found({"flag": False})
    assert set(open_.possible) == {"flagged", "marked", "neither"}
    assert {"things[1].mark_0", "things.more"} <= set(open_.needs)


def test_null_in_a_total_gives_null() -> None:
    text = random_lists.policy(Random(2))
    size = text["facts"]["things"]["item"]["fields"]["size"]
    size["null_means"] = {"en": "not weighed"}
    text["facts"]["things"]["at_least"] = 0
    text["decisions"] = {
        "sum": {
            "label": {"en": "sum"}, "type": "integer", "nullable": True,
            "rules": [{"id": "sum", "then": {"sum": "line.size", "over": "things"}}],
        },
        "weighed": {
            "label": {"en": "weighed"}, "type": "integer",
            "rules": [{
                "id": "weighed",
                "then": {"count": "things", "where": {"line.size": {"is_not": None}}},
            }],
        },
    }  # fmt: skip
    policy = Policy.from_text(text)
    items = [{"kind": "a", "flag": True, "size": size} for size in (1, None, 2)]

    assert result(policy.decide({"day": "2025-02-03", "things": items})["sum"]) == (
        "determined",
        None,
    )
    assert policy.decide({"day": "2025-02-03", "things": items})["weighed"].outcome == 2
    assert policy.decide({"day": "2025-02-03", "things": []})["sum"].outcome == 0


def test_a_list_is_made_of_items_in_the_order_in_which_they_are_told() -> None:
    text = random_lists.policy(Random(3))
    size = text["facts"]["things"]["item"]["fields"]["size"]
    size["null_means"] = {"en": "not weighed"}
    text["facts"]["things"]["at_least"] = 0
    of_all = {"list_of": "line.size", "over": "things"}
    flagged = {**of_all, "where": {"line.flag": True}}
    types = {"type": "list", "item": {"type": "integer"}, "nullable": True}
    text["decisions"] = {
        name: {"label": {"en": name}, **typed, "rules": [{"id": name, "then": then}]}
        for name, typed, then in (
            ("each", types, of_all),
            ("flagged", types, flagged),
            ("first", {"type": "integer", "nullable": True}, {"item": [flagged, 1]}),
        )
    }
    policy = Policy.from_text(text)

    def decided(*items: tuple[int | None, bool | None], more: bool = False) -> Any:
        told = [{"kind": "a", "size": size, "flag": flag} for size, flag in items]
        told = [{k: v for k, v in one.items() if k != "flag" or v is not None} for one in told]
        return policy.decide({"day": "2025-02-03", "things": {"items": told, "more": more}})

    found = decided((2, True), (0, False), (1, True))
    assert [found[name].outcome for name in text["decisions"]] == [(2, 0, 1), (2, 1), 2]
    assert decided((1, True), (None, False))["each"].outcome is None
    assert decided()["each"].outcome == ()
    part = decided((2, True), (0, None))
    assert part["flagged"].possible == ((2,), (2, 0)) or part["flagged"].possible == ((2, 0), (2,))
    assert part["flagged"].is_exact
    assert result(part["first"]) == ("determined", 2)
    assert part["flagged"].needs == ("things[2].flag",)
    open_ = decided((2, True), more=True)
    assert not open_["each"].is_determined
    assert open_["each"].needs == ("things.more",)
    assert policy.decide({"day": "2025-02-03"})["each"].needs == ("things",)
    for language in ("en", "ru", "de"):
        assert found.explain(language, "auditor")


def test_what_settles_it_names_lists_as_a_whole(orders: Policy) -> None:
    decided = orders.decide(asked(BOOK, CARD))

    assert decided.sufficient_reason("books_only") == ("order.lines",)


def test_different_kinds_are_counted_exactly_while_some_are_not_told() -> None:
    rng = Random(1)
    text = random_lists.policy(rng)
    kinds = {"distinct": "line.kind", "over": "things"}
    text["decisions"] = {
        "kinds": {
            "label": {"en": "kinds"},
            "type": "integer",
            "rules": [{"id": "kinds", "then": kinds}],
        },
        "two": {
            "label": {"en": "two"},
            "type": "boolean",
            "rules": [{"id": "two", "when": {"formula": kinds, "at_least": 2}, "then": True}],
            "otherwise": {"then": False},
        },
    }
    policy = Policy.from_text(text)

    def decided(*kinds: str | None) -> Any:
        items = [{} if kind is None else {"kind": kind} for kind in kinds]
        return policy.decide({"day": "2025-02-03", "things": items})

    assert decided("a", "a", "a")["kinds"].outcome == 1
    assert decided("a", "b", None)["two"].outcome is True
    found = decided("a", "b", None)["kinds"]
    assert (found.possible, found.is_exact, found.needs) == ((2, 3), True, ("things[3].kind",))
    assert decided("a", None)["kinds"].possible == (1, 2)


@pytest.mark.slow
def test_decisions_about_items_hang_on_the_readings_of_their_items() -> None:
    policy = shipped("dora-incident-reporting")
    found: set[tuple[str, ...]] = set()
    for one in (one for version in policy.versions for one in version.examples):
        outcome = policy.decide(dict(one.facts), at=one.at).get("incident.recurs")
        if outcome is not None:
            found.add(tuple(outcome.readings))
            assert outcome.readings == outcome.whole.readings, one.name
            assert outcome.rules == outcome.whole.rules, one.name
    assert ("one-list", "six-months") in found


def test_a_list_made_of_items_hangs_on_each_of_them_at_its_place() -> None:
    text = random_lists.policy(Random(1))
    asked_of = {"formula": {"list_of": "line.kind", "over": "things"}, "includes": "a"}
    text["decisions"] = {
        "among": {
            "label": {"en": "among"}, "type": "boolean", "otherwise": {"then": False},
            "rules": [{"id": "among", "when": asked_of, "then": True}],
        },
    }  # fmt: skip
    policy = Policy.from_text(text)

    for items, needs in (
        ([{}, {"kind": "c"}, {"kind": "b"}], ("things[1].kind",)),
        ([{"kind": "b"}, {}, {"kind": "c"}], ("things[2].kind",)),
        ([{"kind": "a"}, {}], ()),
    ):
        decided = policy.decide({"day": "2025-02-03", "things": items})["among"]
        assert decided.needs == needs
        assert decided.is_determined is not bool(needs)


def test_a_number_of_few_values_that_items_read_is_the_same_for_all_of_them() -> None:
    """`lim` is 0, 1 or 2: no two items tell of different ones."""
    text = random_lists.policy(Random(1))
    below, not_below = ({"line.size": {word: "lim"}} for word in ("less_than", "at_least"))
    both = {"all": [{"things": {"some": below}}, {"things": {"some": not_below}}]}
    text["decisions"] = {
        "odd": {
            "label": {"en": "odd"}, "type": "boolean", "otherwise": {"then": False},
            "rules": [{"id": "odd", "when": both, "then": True}],
        },
    }  # fmt: skip
    items = [{"kind": "a", "flag": True, "size": 1}, {"kind": "b", "flag": True, "size": 1}]
    decided = Policy.from_text(text).decide({"day": "2025-02-03", "things": items})["odd"]

    assert decided.is_determined
    assert decided.outcome is False
