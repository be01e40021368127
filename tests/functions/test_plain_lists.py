"""Functions of plain lists: what they come to, lists made of them, and days and numbers made."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.findings import check
from reglament.analysis.interview import next_question
from reglament.analysis.testing.mutation import try_mutants
from reglament.analysis.typed_answers import value_typed
from reglament.evaluation import Evaluator
from reglament.functions.plain_lists import item_at, removed, sublist
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.model.problems import Refused
from reglament.model.values import Period
from reglament.policy import Policy
from reglament.reference import View
from reglament.rendering.pages.policy_page import page
from support.documented import documented

FACTS: dict[str, Any] = {
    "tags": {"type": "list", "label": "tags"},
    "more": {"type": "list", "label": "more"},
    "scores": {"type": "list", "item": {"type": "integer"}, "label": "scores"},
    "prices": {"type": "list", "item": {"type": "decimal", "places": 2}, "label": "prices"},
    "n": {"type": "integer", "label": "n"},
    "code": {"type": "text", "label": "code"},
    "day": {"type": "date", "label": "day"},
}
TOLD: dict[str, Any] = {
    "tags": ["a", "b", "c"], "more": ["x", "b", "x"], "scores": [3, 12, 5], "n": 29,
    "prices": ["1.50", "2.25"], "code": " ab-7 ", "day": "2024-02-29",
}  # fmt: skip
TEXTS = {"type": "list"}
NUMBERS = {"type": "list", "item": {"type": "integer"}}
AMOUNT = {"type": "decimal", "places": 2}


def policy_of(then: Any, nullable: bool = True, **typed: Any) -> Policy:
    """A policy of one decision, of this type, that gives a formula."""
    return policy_with([{"id": "r", "then": then}], nullable=nullable, **typed)


def policy_with(rules: list[Any], **decision: Any) -> Policy:
    return policy_of_decisions({"d": {"label": "d", **decision, "rules": rules}})


def policy_of_decisions(decisions: dict[str, Any]) -> Policy:
    return Policy.from_text(
        {
            "policy": "plain-lists",
            "version": "1",
            "title": "lists",
            "languages": ["en"],
            "holds_from": "2020-01-01",
            "known_from": "2020-01-01",
            "time_zone": "UTC",
            "facts": FACTS,
            "decisions": decisions,
        }
    )


# The type of a decision, what it gives, and what comes out.
SAID: list[tuple[Any, Any, Any]] = [
    ({"type": "integer"}, {"count": "tags"}, 3),
    ({"type": "integer"}, {"sum": ["scores"]}, 20),
    (AMOUNT, {"sum": ["prices"]}, Decimal("3.75")),
    ({"type": "integer"}, {"minimum": ["scores"]}, 3),
    (AMOUNT, {"maximum": ["prices"]}, Decimal("2.25")),
    (AMOUNT, {"mean_half_up": ["scores", 0.01]}, Decimal("6.67")),
    (TEXTS, {"concatenate": ["tags", "more"]}, ["a", "b", "c", "x", "b", "x"]),
    (TEXTS, {"union": ["tags", "more"]}, ["a", "b", "c", "x"]),
    (TEXTS, {"distinct_values": ["more"]}, ["x", "b"]),
    (TEXTS, {"reverse": ["tags"]}, ["c", "b", "a"]),
    (NUMBERS, {"sort": ["scores"]}, [3, 5, 12]),
    (TEXTS, {"sort": ["more"]}, ["b", "x", "x"]),
    (
        TEXTS,
        {"sort": [{"append": ["tags", {"literal": "B"}, {"literal": "10"}]}]},
        ["10", "B", "a", "b", "c"],
    ),
    (NUMBERS, {"append": ["scores", "n", 1]}, [3, 12, 5, 29, 1]),
    (TEXTS, {"sublist": ["tags", 1, 2]}, ["a", "b"]),
    (TEXTS, {"sublist": ["tags", -1, 1]}, ["c"]),
    (TEXTS, {"sublist": ["tags", 2, 9]}, None),
    (TEXTS, {"insert_before": ["tags", 2, {"literal": "z"}]}, ["a", "z", "b", "c"]),
    (TEXTS, {"remove": ["tags", 2]}, ["a", "c"]),
    (TEXTS, {"remove": ["tags", "n"]}, None),
    (NUMBERS, {"index_of": ["more", {"literal": "x"}]}, [1, 3]),
    (NUMBERS, {"list_of": ["n", {"sum": ["n", 1]}, 7]}, [29, 30, 7]),
    (
        TEXTS,
        {"concatenate": ["tags", {"list_of": ["code", {"literal": "z"}]}]},
        ["a", "b", "c", " ab-7 ", "z"],
    ),
    ({"type": "text"}, {"item": ["tags", -1]}, "c"),
    ({"type": "integer"}, {"item": ["scores", 4]}, None),
    ({"type": "text"}, {"trim": ["code"]}, "ab-7"),
    ({"type": "text"}, {"replace": ["code", {"literal": "-"}, {"literal": ""}]}, " ab7 "),
    (TEXTS, {"split": [{"trim": ["code"]}, {"literal": "-"}]}, ["ab", "7"]),
    ({"type": "text"}, {"join": ["tags", {"literal": ", "}]}, "a, b, c"),
    ({"type": "decimal", "places": 12}, {"number": [{"literal": "7.50"}]}, Decimal("7.5")),
    ({"type": "decimal", "places": 12}, {"number": ["code"]}, None),
    ({"type": "date"}, {"date": [2024, 2, "n"]}, date(2024, 2, 29)),
    ({"type": "date"}, {"date": [2023, 2, "n"]}, None),
    ({"type": "integer"}, {"day_of_month": ["day"]}, 29),
    ({"type": "integer"}, {"day_of_year": ["day"]}, 60),
    ({"type": "integer"}, {"week_of_year": ["day"]}, 9),
    (
        {"type": "duration"},
        {"sum": [{"list_of": [{"product": ["n", "PT1H"]}, "PT30M"]}]},
        timedelta(hours=29, minutes=30),
    ),
    (
        {"type": "period"},
        {"sum": [{"list_of": [{"product": ["P1M", "n"]}, "P2M"]}]},
        Period(31),
    ),
    (
        {"type": "duration"},
        {"sum": {"product": ["item", "PT1H"]}, "over": "scores", "where": {"item": {"at_most": 5}}},
        timedelta(hours=8),
    ),
    (
        {"type": "duration"},
        {"sum": {"product": ["PT1H", "item"]}, "over": "scores", "where": {"item": 99}},
        timedelta(0),
    ),
    (
        {"type": "period"},
        {"sum": {"product": ["item", "P1M"]}, "over": "scores", "where": {"item": 99}},
        Period(0),
    ),
]


@pytest.fixture(scope="module")
def every_function() -> Policy:
    return policy_of_decisions(
        {
            f"d{place}": {
                **typed,
                "label": "d",
                "nullable": True,
                "rules": [{"id": f"r{place}", "then": then}],
            }
            for place, (typed, then, _) in enumerate(SAID)
        }
    )


def test_an_owner_can_say(every_function: Policy) -> None:
    decided, nothing = every_function.decide(TOLD), every_function.decide({})
    (version,) = every_function.versions
    view = View(version, dict(decided.facts))

    for place, (_, then, outcome) in enumerate(SAID):
        assert decided[f"d{place}"].value == outcome, then
        assert view.answer(version.decisions[f"d{place}"]).outcome == decided[f"d{place}"].value
        is_constant = then == {"number": [{"literal": "7.50"}]}
        assert nothing[f"d{place}"].status == ("determined" if is_constant else "undetermined")
    for language in ("en", "ru", "de"):
        assert decided.explain(language, "auditor")
        assert page(version, language)


def test_of_nothing_the_sum_is_zero_and_the_least_is_null() -> None:
    empty = {**TOLD, "scores": []}

    assert policy_of({"sum": ["scores"]}, type="integer").decide(empty)["d"].value == 0
    for name in ("minimum", "maximum"):
        assert policy_of({name: ["scores"]}, type="integer").decide(empty)["d"].value is None
    mean = policy_of({"mean_down": ["scores", 1]}, type="integer")
    assert mean.decide(empty)["d"].value is None


def test_what_may_be_null_is_given_only_where_it_is_not() -> None:
    with pytest.raises(Refused) as refused:
        policy_of({"minimum": ["scores"]}, nullable=False, type="integer")
    (problem,) = refused.value.problems
    assert problem.code == "may-be-null"
    assert "minimum" in problem.message.to("ru")
    assert problem.hint is not None
    assert "`formula: {minimum: […]}, is_not: null`" in problem.hint.to("en")
    when = {"formula": {"minimum": ["scores"]}, "is_not": None}
    rules = [{"id": "least", "when": when, "then": {"minimum": ["scores"]}}]
    hinted = policy_with(rules, type="integer", otherwise={"then": 0})
    assert hinted.decide({"scores": []})["d"].value == 0

    policy = policy_of_decisions({"best": documented("best")})
    assert [policy.decide({"scores": some})["best"].value for some in ([2, 4], [])] == [4, 0]
    assert policy.decide({})["best"].needs == ("scores",)


def test_check_finds_a_list_for_what_is_asked_of_it() -> None:
    when = {"formula": {"maximum": ["scores"]}, "more_than": 10}
    also = {"formula": {"sum": ["scores"]}, "less_than": 20}
    rules = [
        {"id": "large", "when": when, "then": True},
        {"id": "never", "when": {"all": [when, {"tags": {"includes": "z"}}, also]}, "then": False},
    ]
    only_large = policy_with(rules[:1], type="boolean", otherwise={"then": False})

    assert "rule-never-decides" not in {one.code for one in check(only_large.versions[0])}
    conflict = policy_with(rules, type="boolean", otherwise={"then": False})
    (seen,) = [one for one in check(conflict.versions[0]) if one.code == "conflict"]
    assert sum(seen.witness["scores"]) < 20  # type: ignore[arg-type, index]
    assert max(seen.witness["scores"]) > 10  # type: ignore[type-var, index]


@pytest.mark.parametrize(
    ("item", "asked", "found"),
    [
        ({"type": "date"}, {"on_or_after": "2024-01-01"}, date(2024, 1, 1)),
        ({"type": "date"}, {"after": "2024-01-01"}, date(2024, 1, 2)),
        ({"type": "time"}, {"before": "09:00"}, time(8)),
        ({"type": "duration"}, {"more_than": "2 hours"}, timedelta(days=1)),
        ({"type": "decimal", "places": 1}, {"less_than": 0.5}, Decimal(0)),
    ],
)
def test_a_list_of_what_stands_in_an_order_is_found(
    monkeypatch: pytest.MonkeyPatch, item: Any, asked: Any, found: Any
) -> None:
    monkeypatch.setitem(FACTS, "some", {"type": "list", "item": item, "label": "some"})
    rules = [
        {"id": "most", "when": {"formula": {"maximum": ["some"]}, **asked}, "then": True},
        {"id": "n", "when": {"n": 1}, "then": False},
    ]
    (seen,) = check(policy_with(rules, type="boolean", otherwise={"then": False}).versions[0])[:1]

    assert seen.code == "conflict"
    assert seen.witness is not None
    assert seen.witness["some"] == (found,)


def test_what_is_asked_of_lists_made_of_texts_is_decided_and_found() -> None:
    parts = {"formula": {"split": ["code", {"literal": "-"}]}, "includes": "ab"}
    joined = {"formula": {"join": ["tags", {"literal": "+"}]}, "is": "z"}
    rules = [
        {"id": "parts", "when": parts, "then": True},
        {"id": "joined", "when": joined, "then": False},
        {"id": "n", "when": {"n": 1}, "then": True},
    ]
    policy = policy_with(rules, type="boolean", otherwise={"then": False})

    assert policy.decide({"code": "7-ab", "tags": [], "n": 2})["d"].value is True
    assert policy.decide({"code": "7-a", "tags": ["z"], "n": 2})["d"].value is False
    assert {*(policy.decide({"tags": [], "n": 2})["d"].possible or ())} == {False, True}
    found = check(policy.versions[0])
    assert not {one.code for one in found} & {"rule-never-decides", "test-always-false"}
    conflicts = {one.rules: one for one in found if one.code == "conflict"}
    assert conflicts["joined", "n"].witness["tags"] == ("z",)  # type: ignore[index]


@pytest.mark.parametrize(
    ("then", "code"),
    [
        ({"concatenate": ["tags", "n"]}, "wrong-argument"),
        ({"append": ["scores", "code"]}, "wrong-argument"),
        ({"item": ["tags", "code"]}, "wrong-argument"),
        ({"sort": [{"list_of": [True, False]}]}, "wrong-argument"),
        ({"sum": ["tags"]}, "wrong-argument"),
        ({"join": ["scores", {"literal": ","}]}, "wrong-argument"),
        ({"join": ["tags", "n"]}, "wrong-argument"),
        ({"revers": ["tags"]}, "unknown-key"),
        ({"count": "tagz"}, "unknown-list"),
        ({"date": [2024, 2]}, "wrong-argument"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(then: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(then, **TEXTS)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.place is not None
    assert problem.message.to("ru") != problem.message.to("en")


@pytest.mark.parametrize(
    ("join", "found"),
    [
        (["scores", {"literal": ","}], "a whole number"),
        (["tags", "n"], "a whole number"),
        (["code", {"literal": ","}], "a text"),
    ],
)
def test_what_cannot_be_joined_is_told_by_its_kind(join: Any, found: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of({"join": join}, type="text")
    (problem,) = refused.value.problems

    wanted = "a list" if found == "a text" else "a text"
    assert problem.message.to("en") == f"`join`: expected {wanted}, found {found}"


@given(st.lists(st.integers(0, 3), max_size=5), st.integers(-7, 7), st.integers(-1, 7))
def test_places_count_from_both_ends(items: list[int], place: int, length: int) -> None:
    some = tuple(items)
    at = {**dict(enumerate(some, 1)), **{-n: one for n, one in enumerate(reversed(some), 1)}}

    assert item_at(some, place) == at.get(place)
    first = place if place > 0 else len(some) + place + 1
    rest = some[first - 1 :][:length] if place in at else ()
    is_there = place in at and 0 < length <= len(some) - first + 1
    assert sublist(some, place, length) == (rest if is_there else None)
    without = (*some[: first - 1], *some[first:]) if place in at else None
    assert removed(some, place) == without


def test_mutants_of_a_step_are_tried_and_numbers_of_a_list_typed() -> None:
    policy = policy_of({"mean_half_up": ["scores", 0.01]}, **AMOUNT)
    (version,) = policy.versions

    assert try_mutants(version).survivors  # a step that becomes zero gives null
    question = next_question(Evaluator(version), {}, ["d"])
    assert question is not None
    assert value_typed(version, question, "3, 12") == (3, 12)
    with pytest.raises(TypeMismatch):
        value_typed(version, question, "3, x")


def test_an_item_of_a_list_that_is_given_is_a_word_a_name_or_a_formula() -> None:
    words = {"type": "choice", "options": {"n": "n", "x": "x"}}
    policy = policy_of_decisions(
        {
            "numbers": {
                **NUMBERS,
                "label": "d",
                "rules": [{"id": "numbers", "then": ["n", {"sum": ["n", 1]}, 7]}],
            },
            "texts": {
                **TEXTS,
                "label": "d",
                "rules": [
                    {"id": "texts", "then": ["code", "other", {"literal": "n"}, {"text": "{n}"}]}
                ],
            },
            "words": {
                "type": "list",
                "item": words,
                "label": "d",
                "rules": [{"id": "words", "then": ["n", "x"]}],
            },
        }
    )

    decided = policy.decide({"n": 2, "code": "c"})
    assert decided["numbers"].value == [2, 3, 7]
    assert decided["texts"].value == ["c", "other", "n", "2"]
    assert decided["words"].value == ["n", "x"]
    assert policy.decide({})["words"].value == ["n", "x"]
    assert policy.decide({"code": "c"})["texts"].needs == ("n",)
    for then in (["n", None], [["n"]], [{"sum": ["code", 1]}], ["m"], [{"item": ["scores", 1]}]):
        with pytest.raises(Refused):
            policy_of(then, nullable=False, **NUMBERS)
