"""What is said of the items of plain lists, one by one: filters, and lists made of lists."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from reglament import load_policy
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import Fate
from reglament.analysis.findings import check
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.reference import View
from reglament.rendering.pages.policy_page import page
from support.documented import documented

INTEGERS: dict[str, Any] = {"type": "list", "item": {"type": "integer"}}
FACTS: dict[str, Any] = {
    "scores": {**INTEGERS, "label": "scores"},
    "tags": {"type": "list", "label": "tags"},
    "days": {"type": "list", "item": {"type": "date"}, "label": "days"},
    "least": {"type": "integer", "at_least": 0, "at_most": 3, "label": "least"},
    "limit": {"type": "integer", "label": "limit", "null_means": "none"},
    "word": {"type": "text", "label": "word"},
    "at": {"type": "datetime", "label": "moment"},
}
TOLD: dict[str, Any] = {
    "scores": [3, 0, 2], "tags": ["ab", "c", "abc"], "days": ["2024-02-29", "2025-01-01"],
    "least": 2, "limit": None, "word": "c",
}  # fmt: skip


def of(what: Any, over: Any = "scores", **more: Any) -> Any:
    return {"list_of": what, "over": over, **more}


LEAST, AB = {"item": {"at_least": "least"}}, {"item": {"starts_with": "ab"}}
TEXTS, WHOLE, TRUTHS = (
    {"type": "list"},
    {"type": "integer"},
    {"type": "list", "item": {"type": "boolean"}},
)
FIELDS = {"name": "text", "price": "integer", "note": {"type": "text", "nullable": True}}
OFFERS: dict[str, Any] = {"type": "list", "item": {"type": "record", "fields": FIELDS}}
AND = ["a", "b"]
# The type of a decision, what it gives, and what comes out.
SAID: list[tuple[dict[str, Any], Any, Any]] = [
    (INTEGERS, of("item", where=LEAST), [3, 2]),
    (INTEGERS, of({"product": ["score", "least"]}, called="score"), [6, 0, 4]),
    (INTEGERS, of({"sum": ["item", "passed"]}, over={"list_of": [1, "least"]}), [3, 4]),
    (TEXTS, of("item", "tags", where={"item": {"is_not": {"same_as": "word"}}}), ["ab", "abc"]),
    (TEXTS, of({"text": "{item}-{word}"}, "tags", where=AB), ["ab-c", "abc-c"]),
    (INTEGERS, of({"year_of": ["item"]}, "days"), [2024, 2025]),
    (INTEGERS, of("item", of("item", where=LEAST), where={"item": {"is_not": 3}}), [2]),
    (TRUTHS, of({"if": LEAST, "then": True, "else": False}), [True, False, True]),
    (INTEGERS, of({"quotient_down": [6, "item", 1], "by_zero": 0}), [2, 0, 3]),
    (INTEGERS, of({"quotient_down": [6, "item", 1], "by_zero": None}), None),
    (INTEGERS, of("item", where={"item": {"more_than": "limit"}}), []),
    (INTEGERS, of({"sum": ["item", "limit"]}), None),
    (WHOLE, {"count": "scores", "where": LEAST}, 2),
    (WHOLE, {"count": {"distinct_values": ["scores"]}, "where": LEAST}, 2),
    (WHOLE, {"count": {"append": ["scores", "least"]}}, 4),
    (WHOLE, {"sum": {"product": ["item", "item"]}, "over": "scores", "where": LEAST}, 13),
    (WHOLE, {"maximum": {"difference": [0, "item"]}, "over": "scores"}, 0),
    (WHOLE, {"minimum": "item", "over": "scores", "where": {"item": {"more_than": 9}}}, None),
    (WHOLE, {"distinct": "item", "over": "tags"}, 3),
    (WHOLE, {"item": [of("item", where=LEAST), -1]}, 2),
    # Every item of one list with every item of another.
    (INTEGERS, of({"product": ["a", "b"]}, [{"list_of": [1, "least"]}, "scores"], called=AND),
     [3, 0, 2, 6, 0, 4]),
    (TEXTS, of({"text": "{a}{b}"}, ["tags", "tags"], called=AND,
               where={"a": {"starts_with": {"same_as": "b"}}}), ["abab", "cc", "abcab", "abcabc"]),
    (INTEGERS, of({"sum": ["a", "limit"]}, ["scores", "scores"], called=["a", "b"]), None),
    (INTEGERS, of("a", ["scores", {"sublist": ["scores", 9]}], called=["a", "b"]), None),
    (WHOLE, {"count": ["scores", "scores"], "called": ["a", "b"],
             "where": {"a": {"more_than": {"sum": ["b", "least"]}}}}, 1),
    (WHOLE, {"sum": {"product": ["a", "b"]}, "over": ["scores", "scores"], "called": AND}, 25),
    (WHOLE, {"distinct": "a", "over": ["scores", "scores"], "called": ["a", "b"]}, 3),
    # The fields of items that are records.
    (INTEGERS, of("item.price", "offers"), [2, 7]),
    (TEXTS, of("offer.name", "offers", called="offer", where={"offer.price": 7}), ["b"]),
    (OFFERS, of("item", "offers", where={"item.price": {"at_most": "least"}}),
     [{"name": "a", "price": 2, "note": None}]),
    (TEXTS, of("item.note", "offers"), None),
    (TEXTS, of("item.note", "offers", where={"item.note": {"is_not": None}}), ["good"]),
    (INTEGERS, of({"product": ["o.price", "s"]}, ["offers", "scores"], called=["o", "s"],
                  where={"s": {"more_than": {"same_as": "o.price"}}}), [6]),
    (OFFERS, of({"name": "item", "price": {"length": ["item"]}, "note": None}, "tags",
                where={"item": {"is_not": "c"}}),
     [{"name": "ab", "price": 2, "note": None}, {"name": "abc", "price": 3, "note": None}]),
    (OFFERS, of({"name": {"literal": "z"}, "price": {"sum": ["a", "b.price"]}, "note": "b.note"},
                [{"list_of": [1, "least"]}, "offers"], called=AND, where={"a": "least"}),
     [{"name": "z", "price": 4, "note": None}, {"name": "z", "price": 9, "note": "good"}]),
    (WHOLE, {"sum": "item.price", "over": "offers"}, 9),
    (WHOLE, {"maximum": {"difference": ["item.price", "least"]}, "over": "offers"}, 5),
    (WHOLE, {"count": "offers", "where": {"item.name": {"same_as": "word"}}}, 0),
]  # fmt: skip
# What is asked of all items of a list of records, and what comes out.
ASKED: list[tuple[Any, bool]] = [
    ({"some": {"item.price": 7}}, True),
    ({"every": {"item.price": {"at_least": "least"}}}, True),
    ({"every": {"item.note": {"is_not": None}}}, False),
    ({"none": {"item.name": "a", "item.price": {"more_than": 2}}}, True),
    ({"where": {"item.price": {"at_least": 3}}, "every": {"item.name": "b"}}, True),
    ({"where": {"any": [{"item.name": "a"}, {"item.price": 7}]}, "exactly": 2}, True),
]


def policy_of(**decisions: Any) -> Policy:
    text = {
        "policy": "items", "version": "1", "title": "items", "languages": ["en"],
        "holds_from": "2020-01-01", "known_from": "2020-01-01", "time_zone": "UTC",
        "hours": {"always": {"title": "always", "always": True}},
        "facts": FACTS, "decisions": decisions,
    }  # fmt: skip
    return Policy.from_text(text)


def given(typed: dict[str, Any], then: Any, name: str = "r", nullable: bool = True) -> Any:
    return {**typed, "label": "d", "nullable": nullable, "rules": [{"id": name, "then": then}]}


OFFERED = [
    {"name": {"literal": "a"}, "price": "least", "note": None},
    {"name": "b", "price": 7, "note": "good"},
]
PASSED = given(WHOLE, {"count": "scores", "where": LEAST}, "passed-count", False)


@pytest.fixture(scope="module")
def every() -> Policy:
    several = {f"d{n}": given(typed, then, f"r{n}") for n, (typed, then, _) in enumerate(SAID)}
    asked = {
        f"a{n}": {
            "label": "a", "type": "boolean", "otherwise": {"then": False},
            "rules": [{"id": f"q{n}", "when": {"offers": asked}, "then": True}],
        }
        for n, (asked, _) in enumerate(ASKED)
    }  # fmt: skip
    offers = given(OFFERS, OFFERED, "offered", False)
    return policy_of(passed=PASSED, offers=offers, **several, **asked)


def test_an_owner_can_say(every: Policy) -> None:
    decided = every.decide(TOLD)
    (version,) = every.versions
    view = View(version, dict(decided.facts))

    for n, (_, then, outcome) in enumerate(SAID):
        assert decided[f"d{n}"].value == outcome, then
        assert view.answer(version.decisions[f"d{n}"]).outcome == decided[f"d{n}"].value
    for n, (asked, holds) in enumerate(ASKED):
        assert decided[f"a{n}"].value is holds, asked
    for language in ("en", "ru", "de"):
        assert decided.explain(language, "auditor")
        assert "[item, passed]}}`" in page(version, language)
    assert "the items of “scores” with (an item is at least least)" in page(version, "en")


def test_every_reader_says_so(every: Policy, tmp_path: Path) -> None:
    path = tmp_path / "items.bundle.json"
    path.write_text(every.bundle(), "utf-8")
    bundled = load_policy(path)
    lists = [[], [0], [2], [3, 1], [0, 3, 3]]

    for scores, least, limit in product(lists, (0, 2), (None, 1)):
        told = {**TOLD, "scores": scores, "least": least, "limit": limit}
        decided, other = every.decide(told), bundled.decide(told)
        view = View(every.versions[0], dict(decided.facts))
        for name, decision in every.versions[0].decisions.items():
            assert view.answer(decision).outcome == decided[name].value == other[name].value, name


def test_while_the_list_or_what_is_read_beside_it_is_missing_nothing_is_lost(every: Policy) -> None:
    names = every.versions[0].decisions
    for missing in ("scores", "least", "word", "limit"):
        told = {name: value for name, value in TOLD.items() if name != missing}
        others = {
            "scores": ([], [3], [1, 2]),
            "least": (0, 1, 2, 3),
            "word": ("c", "z"),
            "limit": (None, 1),
        }
        whole = [every.decide({**told, missing: value}) for value in others[missing]]
        decided = every.decide(told)
        for name in names:
            outcomes = [one[name].value for one in whole]
            if decided[name].is_determined:
                assert all(one == decided[name].value for one in outcomes), (missing, name)
            elif decided[name].possible is not None:
                assert all(one in decided[name].possible for one in outcomes), (missing, name)
            if any(one != outcomes[0] for one in outcomes):
                assert missing in decided[name].needs, (missing, name)


def test_whether_some_or_every_item_is_so() -> None:
    some = {"formula": {"count": "scores", "where": LEAST}, "at_least": 1}
    every = {"formula": {"count": "scores", "where": {"not": LEAST}}, "at_most": 0}
    rules = [
        {"id": "every", "when": every, "then": "all"},
        {"id": "some", "when": some, "then": "part"},
    ]  # fmt: skip
    how = {
        "label": "how", "outcomes": {word: word for word in ("all", "part", "none")},
        "hit_policy": "first", "rules": rules, "otherwise": {"then": "none"},
    }  # fmt: skip
    policy = policy_of(how=how)

    told = [
        policy.decide({"least": 2, "scores": scores})["how"].value
        for scores in ([], [2, 3], [1, 2], [1])
    ]
    assert told == ["all", "all", "part", "none"]
    assert set(policy.decide({"least": 2})["how"].possible) == {"all", "part", "none"}
    assert "conflict" not in {one.code for one in check(policy.versions[0])}


def test_an_edit_of_what_is_said_of_items_is_a_change() -> None:
    old, new = (
        policy_of(d=given(INTEGERS, of("item", where={"item": {"at_least": least}}))).versions[0]
        for least in (2, 3)
    )

    (changed,) = diff(old, new).accounts
    assert changed.fate is not Fate.SAME


@pytest.mark.parametrize(
    ("made", "code", "said"),
    [
        ({"name": "item.name", "price": 1}, "wrong-fields", "`note`"),
        ({"name": "item.name", "price": "item.name", "note": None}, "wrong-type", "a whole number"),
        ({"name": None, "price": 1, "note": None}, "null-not-allowed", "`name`"),
        ({"name": "itm", "price": {"sum": ["itm", 1]}, "note": None}, "unknown-name", "itm"),
    ],
)
def test_records_made_of_items_are_those_of_the_decision(made: Any, code: str, said: str) -> None:
    offers = given(OFFERS, OFFERED, "offered", False)
    with pytest.raises(Refused) as refused:
        policy_of(d=given(OFFERS, of(made, "offers")), offers=offers)

    (problem,) = refused.value.problems
    assert problem.code == code
    assert said in problem.to_text("en")


def test_the_name_of_a_group_of_facts_is_no_name_of_an_item_with_fields() -> None:
    with pytest.raises(Refused) as refused:
        policy_of(
            offers=given(OFFERS, OFFERED, "offered", False),
            d=given(INTEGERS, of("offer.price", "offers", called="offer")),
            **{"offer.price": given(WHOLE, "least", "priced", False)},
        )
    assert [one.code for one in refused.value.problems] == ["name-taken"]


def test_the_page_on_the_language_is_right() -> None:
    policy = policy_of(passed=documented("passed"))

    assert policy.decide({"scores": [1, 2, 5], "least": 2})["passed"].value == [3, 6]


@pytest.mark.parametrize(
    ("then", "code", "said"),
    [
        (of("item", where={"itm": 3}), "unknown-fact", "itm"),
        (of("itm"), "unknown-name", "itm"),
        (of("item", where={"item": "ab"}), "wrong-type", "number"),
        (of("item", called="least"), "name-taken", "`called: one`"),
        (of("item", "least"), "unknown-list", "least"),
        (of("item", "scors"), "unknown-list", "did you mean `scores`"),
        (of("item", {"sum": ["least", 1]}), "wrong-argument", "list"),
        (of({"quotient_down": [6, "item", 1]}), "divisor-may-be-zero", "by_zero"),
        (of({"sum": ["item", 1]}, "tags"), "wrong-argument", "number"),
        (of("scores"), "wrong-argument", "holds no lists"),
        ({"sum": "item", "over": "tags"}, "wrong-argument", "number"),
        ({"count": {"sum": ["least", 1]}}, "wrong-argument", "list"),
        (of("item", calld="x"), "unknown-key", "called"),
        ({"list_of": "item", "ovr": "scores"}, "unknown-key", "`over`"),
        (of("item", ["scores", "tags"]), "missing-key", "`called: [height, width]`"),
        (of("a", ["scores", "tags"], called=["a", "a"]), "name-taken", "`called: one`"),
        (of("a", ["scores", "tags"], called="a"), "missing-key", "names wanted"),
        (of("a", ["scores", "least"], called=["a", "b"]), "wrong-argument", "list"),
        (of("a", ["scores", "scores", "tags"], called=["a", "b"]), "too-many", "`over`"),
        (of("item.cost", "offers"), "unknown-name", "item.cost"),
        (of({"name": "item.name", "price": 1}, "offers"), "unknown-function", "name"),
        (of("item.p", "offers", where={"price": 1}), "unknown-fact", "`item.price`"),
        (of("x.price", "offers", called="x", where={"item.name": "a"}), "unknown-fact", "item.n"),
        (
            of({"if": {"at": {"within": "always"}}, "then": 1, "else": 2}),
            "wrong-argument", "working hours",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told(then: Any, code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(d=given(INTEGERS, then), offers=given(OFFERS, OFFERED, "offered", False))

    problems = refused.value.problems
    assert code in [one.code for one in problems]
    assert any(said in one.to_text("en") for one in problems)


def test_what_may_be_null_is_not_given_where_null_may_not_be() -> None:
    by_zero = of({"quotient_down": [6, "item", 1], "by_zero": None})
    with pytest.raises(Refused) as refused:
        policy_of(d=given(INTEGERS, by_zero, nullable=False))
    assert [one.code for one in refused.value.problems] == ["may-be-null"]
    guarded = of({"quotient_down": [6, "item", 1]}, where={"item": {"is_not": 0}})
    policy = policy_of(d=given(INTEGERS, guarded, nullable=False))
    assert policy.decide(TOLD)["d"].value == [2, 3]


def test_numbers_out_of_range_refuse_the_decision() -> None:
    policy = policy_of(d=given(INTEGERS, of({"product": ["item", 10**15]}), nullable=False))

    refused = policy.decide({"scores": [1, 2]})["d"].refused
    assert refused is not None
    assert refused.problem.code == "number-out-of-range"
    assert policy.decide({"scores": [1]})["d"].value == [10**15]
    assert Decimal(10**15) in policy.decide({"scores": [1]})["d"].value
