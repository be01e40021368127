"""Decisions that give lists of records: written, made of items, narrowed and sorted."""

from __future__ import annotations

from itertools import permutations
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

FIELDS: dict[str, Any] = {"name": "text", "price": {"type": "decimal", "places": 2}}
RECORDS: dict[str, Any] = {"type": "list", "item": {"type": "record", "fields": FIELDS}}
OFFER = {
    "for_each": "offers", "type": "record", "fields": FIELDS,
    "rules": [{
        "id": "offer",
        "then": {"name": "offer.name", "price": {"product": ["offer.price", "factor"]}},
    }],
}  # fmt: skip
FAIR = {"list_of": "offer.shown", "over": "offers", "where": {"offer.price": {"at_most": 10}}}
BY_PRICE = {"sort": ["fair"], "by": "price"}


def policy_of(**decisions: Any) -> Policy:
    fields = {
        "name": {"type": "text", "label": "name"},
        "price": {"type": "integer", "at_least": 0, "at_most": 20, "label": "price"},
    }
    text = {
        "policy": "offers", "version": "1", "title": "offers", "languages": ["en"],
        "holds_from": "2020-01-01", "known_from": "2020-01-01", "time_zone": "UTC",
        "facts": {
            "factor": {"type": "integer", "label": "factor", "at_least": 1, "at_most": 2},
            "offers": {
                "type": "list", "at_most": 5, "label": "offers",
                "item": {"type": "record", "called": "offer", "label": "offer", "fields": fields},
            },
        },
        "decisions": {name: {"label": name, **one} for name, one in decisions.items()},
    }  # fmt: skip
    return Policy.from_text(text)


def given(typed: dict[str, Any], then: Any, name: str, **more: Any) -> dict[str, Any]:
    return {**typed, "rules": [{"id": name, "then": then}], **more}


RECORD = {"type": "record", "fields": FIELDS}
DECISIONS: dict[str, Any] = {
    "offer.shown": OFFER,
    "fair": given(RECORDS, FAIR, "fair"),
    "ranked": given(RECORDS, BY_PRICE, "ranked"),
    "dearest": given(RECORD, {"item": [{"reverse": ["ranked"]}, 1]}, "dearest", nullable=True),
    "by_name": given(RECORDS, {"sort": ["fair"], "by": "name"}, "by-name"),
    "who": given({"type": "text"}, "dearest.name", "who", nullable=True),
    "fixed": given(RECORDS, [{"name": "a", "price": 1}, {"name": "b", "price": 2.5}], "fixed"),
    "count": given({"type": "integer"}, {"count": "fair"}, "count"),
    "at_once": given(RECORDS, {**FAIR, "list_of": OFFER["rules"][0]["then"]}, "at-once"),
    "cheap": given(
        {"type": "integer"}, {"count": "at_once", "where": {"item.price": {"at_most": 9}}}, "cheap"
    ),
}
A, B, C, D = (
    {"name": name, "price": price} for name, price in (("z", 7), ("y", 12), ("x", 9), ("w", 7))
)


def said(*pairs: tuple[str, float]) -> list[dict[str, Any]]:
    return [{"name": name, "price": price} for name, price in pairs]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policy_of(**DECISIONS)


def test_records_are_taken_out_of_a_list_and_sorted(policy: Policy) -> None:
    decided = policy.decide({"factor": 2, "offers": [A, B, C, D]})

    assert decided["fair"].value == said(("z", 14), ("x", 18), ("w", 14))
    assert decided["at_once"].value == decided["fair"].value
    assert decided["cheap"].value == 0
    assert decided["ranked"].value == said(
        ("z", 14), ("w", 14), ("x", 18)
    )  # equal ones as they stood
    assert decided["by_name"].value == said(("w", 14), ("x", 18), ("z", 14))
    assert decided["dearest"].value == {"name": "x", "price": 18}
    assert (decided["who"].value, decided["count"].value) == ("x", 3)
    assert decided["fixed"].value == said(("a", 1), ("b", 2.5))
    assert policy.decide({"factor": 1, "offers": [B]})["dearest"].value is None
    assert "1) z, 14.00; 2) w, 14.00; 3) x, 18.00" in decided.explain("en", "auditor")
    for language in ("en", "ru", "de"):
        assert decided.explain(language, "auditor")
        assert "`price`" in page(policy.versions[0], language)


def test_every_reader_says_so(policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "offers.bundle.json"
    path.write_text(policy.bundle(), "utf-8")
    bundled = load_policy(path)

    for offers in [[], *(list(some) for some in permutations((A, B, C, D), 3))]:
        told = {"factor": 1, "offers": offers}
        decided, other = policy.decide(told), bundled.decide(told)
        view = View(policy.versions[0], dict(decided.facts))
        for name, decision in policy.versions[0].decisions.items():
            assert view.answer(decision).outcome == decided[name].value == other[name].value, name


def test_while_fields_are_missing_every_list_that_may_come_out_is_possible(policy: Policy) -> None:
    part = {"factor": 1, "offers": [A, {"name": "y"}]}
    whole = [policy.decide({**part, "offers": [A, {"name": "y", "price": n}]}) for n in range(21)]
    decided = policy.decide(part)

    for name in policy.versions[0].decisions:
        found, outcomes = decided[name], [one[name].value for one in whole]
        if found.is_determined:
            assert all(one == found.value for one in outcomes), name
        elif found.possible is not None:
            assert all(one in found.possible for one in outcomes), name
    assert not decided["count"].is_determined
    assert decided["ranked"].needs == ("offers[2].price",)
    assert policy.decide({"offers": [A]})["ranked"].needs == ("factor",)
    assert policy.decide({"factor": 1})["who"].needs == ("offers",)


def test_analyses_take_it(policy: Policy) -> None:
    other = policy_of(
        **{**DECISIONS, "ranked": given(RECORDS, {**BY_PRICE, "by": "name"}, "ranked")}
    )

    assert not check(policy.versions[0])
    fates = {one.decision: one.fate for one in diff(policy.versions[0], other.versions[0]).accounts}
    assert fates["ranked"] is not Fate.SAME


def test_the_page_on_the_language_sorts_records() -> None:
    policy = policy_of(**{"offer.shown": OFFER}, ranked=documented("ranked"))

    told = policy.decide({"factor": 1, "offers": [C, A, B]})
    assert [one["name"] for one in told["ranked"].value] == ["z", "x"]


@pytest.mark.parametrize(
    ("then", "code", "hint"),
    [
        ({"sort": ["fair"]}, "wrong-argument", "by: amount"),
        ({"sort": ["fair"], "by": "prize"}, "wrong-argument", "`name`, `price`"),
        ({"reverse": ["fair"], "by": "price"}, "unknown-key", None),
        ([{"name": "a"}], "wrong-fields", "`price`"),
        ([{"name": "a", "price": 1.125}], "too-many-places", None),
        ({"list_of": ["fair"]}, "wrong-argument", "concatenate"),
        ({"append": ["fair", "factor"]}, "wrong-argument", None),
    ],
)
def test_a_mistake_is_told(then: Any, code: str, hint: str | None) -> None:
    decisions = {"offer.shown": OFFER, "fair": DECISIONS["fair"], "d": given(RECORDS, then, "d")}
    with pytest.raises(Refused) as refused:
        policy_of(**decisions)

    problems = refused.value.problems
    assert code in [one.code for one in problems]
    assert hint is None or any(one.hint and hint in one.hint.to("en") for one in problems)
    assert all(one.to_text("ru") and one.to_text("de") for one in problems)
