"""What an author who writes from the page alone stumbles over is told by its cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from reglament.messages import Language
from reglament.model.problems import Refused
from reglament.policy import Policy, load_policy

POLICY = """
policy: refunds
version: "1"
title: Refunds
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: UTC
facts:
  band: {type: choice, options: {low: low, middle: middle, high: high}, label: band}
  people:
    type: list
    at_most: 5
    label: people
    item:
      type: record
      called: person
      label: person
      fields: {fare: {type: decimal, places: 2, label: fare}}
decisions:
  person.counts:
    for_each: people
    label: counts
    type: boolean
    rules: [{id: counts, when: {person.fare: {more_than: 0}}, then: true}]
    otherwise: {then: false}
  paid:
    label: paid
    outcomes: {some: some, nothing: nothing}
    rules:
      - id: some
        when: {people: {some: {person.counts: true}}}
        then: some
        clauses: [refund]
    otherwise: {then: nothing}
  refund:
    label: refund
    type: decimal
    places: 2
    rules:
      - {id: low, when: {band: low}, then: {percent: [30, {sum: person.fare, over: people}]}}
      - {id: middle, when: {band: middle}, then: {percent: [50, {sum: person.fare, over: people}]}}
      - {id: high, when: {band: high}, then: {percent: [75, {sum: person.fare, over: people}]}}
clauses:
  refund: {where: "10", summary: Refunds by band.}
explain: {answer: paid, also: {some: [person.counts]}}
"""


def told(text: str, language: str = "en") -> list[str]:
    with pytest.raises(Refused) as refused:
        Policy.from_text(text)
    return [
        f"{one.message.to(language)} = {'' if one.hint is None else one.hint.to(language)}"
        for one in refused.value.problems
    ]


def test_a_number_with_too_many_places_is_to_be_rounded_wherever_it_stands() -> None:
    text = POLICY.replace("also: {some: [person.counts]}", "also: {some: [refund]}")
    assert (
        told(text)
        == [
            "expected a number with 2 decimal places, the type of the decision;"
            " found a number with 4 decimal places = round it: `{round_half_up: [x, step]}`"
        ]
        * 3
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "`person.counts` is decided for each item, and here a decision about the whole"),
        ("ru", "`person.counts` решается для каждой позиции, а здесь нужно решение по всей заявке"),
    ],
)
def test_a_decision_about_items_is_no_unknown_one(language: str, said: str) -> None:
    rounded = POLICY.replace("places: 2\n    rules:", "places: 4\n    rules:")
    (only,) = told(rounded, language)
    assert only.startswith(said)


def test_a_clause_needs_no_fingerprint() -> None:
    text = POLICY.replace("places: 2\n    rules:", "places: 4\n    rules:")
    policy = Policy.from_text(text.replace(", also: {some: [person.counts]}", ""))

    assert policy.versions[-1].clauses["refund"].fingerprint == ""
    found = policy.decide({"people": [{"fare": 1}]})["paid"]
    assert found.clauses == ["refund"]


def test_clauses_that_the_register_lacks_are_told_once() -> None:
    text = POLICY.replace("clauses: [refund]", "clauses: [a, b, c]")
    assert told(text)[-1] == (
        "the register has no clause `a`; the same is true of `b`, `c`"
        " = is the section or the file that declares them missing?"
    )


def test_a_line_that_was_begun_twice_is_one_mistake() -> None:
    text = POLICY.replace("    item:\n", "    item:\n    item:\n").replace(
        "places: 2\n    rules:", "places: 4\n    rules:"
    )
    without = text.replace(", also: {some: [person.counts]}", "")
    assert [one.partition(" = ")[0] for one in told(without)] == [
        "the key `item` is already on line 15"
    ]


def test_a_list_whose_items_have_no_name_is_one_mistake() -> None:
    """Whatever names them follows from it: decisions about items, conditions, totals, examples."""
    text = POLICY.replace("      called: person\n", "") + (
        "examples: [{name: one, facts: {people: [{fare: 1}]}, expect: {paid: some}}]\n"
    )
    assert [one.partition(" = ")[0] for one in told(text)] == ["`called` is missing in `item`"]


def test_a_name_that_the_language_has_is_told_once() -> None:
    """What reads it follows from that."""
    text = (
        POLICY.replace("  band:", "  when:", 1)
        .replace("{band:", "{when:")
        .replace("places: 2\n    rules:", "places: 4\n    rules:")
    )
    without = text.replace(", also: {some: [person.counts]}", "")
    assert [one.partition(" = ")[0] for one in told(without)] == ["the name `when` is reserved"]
    assert [one.partition(" = ")[0] for one in told(without, "ru")] == [
        "имя `when` зарезервировано"
    ]


@pytest.mark.parametrize(
    ("language", "message", "hint"),
    [
        ("en", "tells facts of this policy", "keep requests in another folder"),
        ("de", "gibt Fakten dieses Regelwerks an", "in einen anderen Ordner"),
        ("ru", "указаны факты этого регламента", "запросы храните в другой папке"),
    ],
)
@pytest.mark.parametrize("request_", ["band: low\npeople: []", "people[1].fare: 3"])
def test_a_request_beside_the_rules_is_told_as_one(
    tmp_path: Path, request_: str, language: Language, message: str, hint: str
) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, "utf-8")
    (tmp_path / "asked.yaml").write_text(request_, "utf-8")

    with pytest.raises(Refused) as refused:
        load_policy(tmp_path)
    (problem,) = refused.value.problems
    assert problem.code == "request-among-rules"
    assert message in problem.message.to(language)
    assert problem.hint is not None
    assert hint in problem.hint.to(language)


def test_a_file_with_a_section_is_no_request(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY.replace("  band:", "  title:"), "utf-8")
    (tmp_path / "more.yaml").write_text("title: {en: a}", "utf-8")

    with pytest.raises(Refused) as refused:
        load_policy(tmp_path)
    assert "request-among-rules" not in [one.code for one in refused.value.problems]
