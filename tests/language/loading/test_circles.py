"""Decisions in a circle are refused; of a word that closes it, the hint says how it is written."""

from __future__ import annotations

from typing import Any

import pytest

from reglament.model.problems import Problem, Refused
from support.small_policy import small_policy

Json = dict[str, Any]
WORDS: Json = {"type": "list", "item": {"type": "text"}, "label": "words"}
FIELDS: Json = {"tag": {"type": "text", "label": "tag"}}
ITEM: Json = {"type": "record", "called": "line", "label": "line", "fields": FIELDS}
FACTS: Json = {
    "tags": WORDS,
    "note": {"type": "text", "label": "note"},
    "kind": {"type": "choice", "open": True, "options": {"new": "new"}, "label": "kind"},
    "lines": {"type": "list", "at_most": 5, "label": "lines", "item": ITEM},
}


def text(name: str, when: Json, then: Any = "yes") -> Json:
    rules = [{"id": f"{name}-rule", "when": when, "then": then}]
    return {"label": name, "type": "text", "rules": rules, "otherwise": {"then": "no"}}


def circle(**decisions: Json) -> Problem:
    with pytest.raises(Refused) as refused:
        small_policy(FACTS, decisions)
    (problem,) = refused.value.problems
    assert problem.code == "decisions-circle"
    return problem


BY_WORD: tuple[Json, ...] = (
    {"tags": {"includes": "gift"}},
    {"tags": {"includes_none": ["old", "gift"]}},
    {"tags": {"some": "gift"}},
    {"tags": {"where": {"starts_with": "gift"}, "at_least": 2}},
    {"tags": {"every": {"is_not": "gift"}}},
    {"note": "gift"},
    {"note": ["old", "gift"]},
    {"note": {"is_not": "gift"}},
    {"note": {"starts_with": "gift"}},
    {"kind": "gift"},
    {"lines": {"some": {"line.tag": "gift"}}},
    {"formula": {"count": "lines", "where": {"line.tag": ["gift", "old"]}}, "at_least": 2},
    {"formula": {"list_of": "item", "over": "tags", "where": {"item": "gift"}}, "includes": "a"},
    {"any": [{"note": "gift"}, {"not": {"tags": {"includes": "gift"}}}]},
)


@pytest.mark.parametrize("when", BY_WORD, ids=repr)
def test_a_word_that_closes_the_circle_may_be_meant(when: Json) -> None:
    problem = circle(gift=text("gift", when))

    assert "`gift` → `gift`" in problem.message.to("en")
    assert problem.hint is not None
    assert problem.hint.to("en") == "if the word is meant, write `{literal: gift}`"
    assert problem.hint.to("ru") == "если нужно слово, напишите `{literal: gift}`"
    assert problem.hint.to("de") == "ist das Wort gemeint, schreiben Sie `{literal: gift}`"


@pytest.mark.parametrize("when", BY_WORD, ids=repr)
def test_what_the_hint_says_ends_the_circle(when: Json) -> None:
    def literal(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: literal(below) for key, below in node.items()}
        if isinstance(node, list):
            return list(map(literal, node))
        return {"literal": "gift"} if node == "gift" else node

    small_policy(FACTS, {"gift": text("gift", literal(when))})


def test_an_outcome_that_is_called_as_its_decision_may_be_meant_as_a_word() -> None:
    problem = circle(gift=text("gift", {"note": "old"}, "gift"))

    assert problem.hint is not None
    small_policy(FACTS, {"gift": text("gift", {"note": "old"}, {"literal": "gift"})})


def test_a_circle_of_two_is_closed_by_the_word_of_one() -> None:
    gift = text("gift", {"wrapped": "yes"})
    problem = circle(gift=gift, wrapped=text("wrapped", {"tags": {"includes": "gift"}}))

    assert "`gift` → `wrapped` → `gift`" in problem.message.to("en")
    assert problem.hint is not None
    assert "{literal: gift}" in problem.hint.to("en")


@pytest.mark.parametrize(
    "when",
    [
        {"gift": "yes"},
        {"gift": "gift"},
        {"gift": {"is_not": "gift"}},
        {"note": {"same_as": "gift"}},
        {"tags": {"includes": {"same_as": "gift"}}},
        {"formula": {"length": ["gift"]}, "at_least": 2},
        {"tags": {"includes": "gift"}, "gift": "yes"},
        {"all": [{"tags": {"some": "gift"}}, {"tags": {"some": {"same_as": "gift"}}}]},
        {"lines": {"some": {"line.tag": "gift"}, "every": {"line.tag": {"same_as": "gift"}}}},
        {"lines": {"some": {"gift": "yes"}}},
    ],
    ids=repr,
)  # fmt: skip
def test_no_word_ends_a_circle_that_a_value_closes_too(when: Json) -> None:
    assert circle(gift=text("gift", when)).hint is None
