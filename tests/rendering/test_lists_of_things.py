"""How lists of things stand in the decision document, in words and on the page of a policy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reglament import Policy, load_policy
from reglament.messages import Language
from reglament.rendering.answers.relevance import matters
from reglament.rendering.pages.decision_page import decision_html, decision_text, shown_now
from reglament.rendering.pictures.drawing import draw
from reglament.rendering.words.labels import value_words
from reglament.rendering.words.sentences import because
from reglament.rendering.words.tests_in_words import Wording
from support.cli_runner import run
from support.shipped import shipped

ROOT = Path(__file__).parents[2]
ORDERS = ROOT / "tests" / "cases" / "lists" / "orders.yaml"
SCHEMA = json.loads((ROOT / "schemas" / "decision.schema.json").read_text("utf-8"))
BOOK = {"kind": "book", "price": "10.00", "quantity": 2, "sealed": None, "returned": True}
CARD = {"kind": "gift_card", "price": "50.00", "quantity": 1, "sealed": None}


@pytest.fixture(scope="module")
def orders() -> Policy:
    return load_policy(ORDERS)


def asked(*lines: Any, more: bool = False) -> dict[str, Any]:
    items = {"items": list(lines), "more": True} if more else list(lines)
    return {"order.on": "2025-03-03", "order.consumer": True, "order.lines": items}


def test_the_document_keeps_to_its_schema(orders: Policy) -> None:
    schema = jsonschema.Draft202012Validator(SCHEMA)
    for told in (asked(BOOK, CARD), asked(BOOK, more=True), asked(), {"order.on": "2025-03-03"}):
        for level in ("outcomes", "reasons", "full"):
            assert list(schema.iter_errors(orders.decide(told).to_dict(level=level))) == []


def test_each_item_has_its_outcome_with_rules_and_reasons(orders: Policy) -> None:
    told = asked(BOOK, {**CARD, "returned": True})
    document = orders.decide(told).to_dict()["decisions"]["line.refundable"]

    assert document["for_each"] == "order.lines"
    assert document["outcome"] == ["refunded", "refused"]
    first, second = document["items"]
    assert (first["item"], first["outcome"], first["rules"]) == (1, "refunded", ["line-consumer"])
    assert (second["item"], second["rules"]) == (2, ["line-food"])
    assert second["because"]["en"] == "Not taken back: gift card."
    assert "line-kept" in [one["rule"] for one in second["trace"]]


def test_the_reasons_of_items_are_told_by_their_numbers(orders: Policy) -> None:
    decided = orders.decide(asked(BOOK, {**CARD, "returned": True}))
    said = because(orders.versions[0], decided.document, decided["line.refundable"].whole)

    assert said is not None
    assert said.to("en") == "line 2: Not taken back: gift card."
    assert said.to("de") == "Position 2: Keine Rücknahme: Geschenkkarte."


def test_an_open_item_needs_fields_by_its_number(orders: Policy) -> None:
    document = orders.decide(asked(BOOK, CARD)).to_dict()["decisions"]

    assert document["line.refundable"]["needs"] == ["order.lines[2].returned"]
    assert document["line.refundable"]["items"][1]["needs"] == ["order.lines[2].returned"]
    assert document["handling"]["needs"] == ["order.lines[2].returned"]


def test_a_test_of_a_list_says_which_items_it_counts(orders: Policy) -> None:
    trace = orders.decide(asked(BOOK, CARD)).to_dict()["decisions"]["handling"]["trace"]
    tests = {(one["rule"], test["operator"]): test for one in trace for test in one["tests"]}

    some = tests["a-refusal", "some"]
    assert some["subject"] == {"list": "order.lines"}
    assert some["written"] == {"order.lines": {"some": {"line.refundable": "refused"}}}
    assert (some["holds"], some["by"], some["open"], some["more"]) == (None, [], [2], False)
    every = tests["all-back", "every"]
    assert every["written"] == {"order.lines": {"every": {"line.returned": True}}}
    assert every["open"] == [2]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "“order lines” has an item with: refund of a line is refused"),
        ("ru", "в списке «строки заказа» есть позиция: возврат за строку: отказываем"),
        ("de", "„Bestellpositionen“ hat eine Position mit: Erstattung einer Position"),
    ],
)
def test_conditions_on_lists_are_said_in_words(orders: Policy, language: str, words: str) -> None:
    version = orders.versions[0]
    said = Wording(version, language).condition(version.rule("a-refusal").when)

    assert said.startswith(words)
    assert said != Wording(version, language).condition(version.rule("a-refusal").when, holds=False)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "returned (line 2)"),
        ("ru", "возвращён (строка 2)"),
        ("de", "zurückgegeben (Position 2)"),
    ],
)
def test_what_is_needed_is_said_by_the_number_of_the_line(
    orders: Policy, language: str, line: str
) -> None:
    decided = orders.decide(asked(BOOK, CARD))

    assert line in decided.explain(language, reader="auditor")
    assert " if decided" not in decided.explain(language, reader="auditor")


def test_an_auditor_reads_every_line(orders: Policy) -> None:
    text = orders.decide(asked(BOOK, {**CARD, "returned": True})).explain("en", reader="auditor")

    assert "line 1\n    outcome     `refunded`" in text
    assert "was item 2" in text
    assert "1) book, 10.00, 2, has no seal, yes; 2) gift card, 50.00, 1, has no seal, yes" in text
    (facts,) = (one for one in text.splitlines() if one.startswith("  order.lines "))
    book = (
        "kind of goods: book; price: 10.00; quantity: 2; still sealed: has no seal; returned: yes"
    )
    assert f"1) {book}; 2) kind of goods: gift card; price: 50.00; quantity: 1; still" in facts


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ("Line 1: Applied: line-consumer", "Line 2: Applied: line-food")),
        ("ru", ("Строка 1: Применены: line-consumer", "Строка 2: Применены: line-food")),
    ],
)
def test_a_decision_that_is_shown_says_by_which_rules_each_line_was_decided(
    orders: Policy, language: Any, titles: tuple[str, ...]
) -> None:
    decided = orders.decide(asked(BOOK, {**CARD, "returned": True}))
    shown = shown_now(orders.versions[0], decided.document)

    text = decision_text(shown, language)
    for title in titles:
        assert title in text
    assert "line-kept" not in text
    assert "line-kept" in decision_text(shown, language, is_whole=True)
    names = re.findall(r' id="([^"]+)"', decision_html(shown, language))
    assert len(names) == len(set(names))
    assert "rule-line.refundable-line-food-2" in names


def test_what_rules_read_of_each_item_matters() -> None:
    policy = shipped("dora-incident-reporting")
    examples = (one for one in policy.versions[-1].examples if "duty" in one.expects)
    decided = policy.decide(next(examples).facts)

    told = matters(decided.version, decided.to_dict(level="reasons"), decided.facts)

    assert {"duty", "classification", "incident.class"} <= told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "gift card, 50.00, 1, has no seal"),
        ("ru", "подарочная карта, 50,00, 1, без пломбы"),
        ("de", "Geschenkkarte, 50,00, 1, hat kein Siegel"),
    ],
)
def test_an_item_by_itself_is_said_by_its_labels(orders: Policy, language: Any, words: str) -> None:
    """So a change proposes an item that may be told."""
    item = orders.decide(asked(CARD)).facts["order.lines"][0]  # type: ignore[index]

    assert value_words(orders.versions[0], "order.lines[2]", item, language) == words


COUNTED = """language: 1
policy: returns
version: 2026-01-01
holds_from: 2026-01-01
time_zone: UTC
languages: [en, ru, de]
title: {en: Returns, ru: Возвраты, de: Rückgaben}
facts:
  lines:
    type: list
    at_most: 9
    label: {en: lines, ru: строки, de: Zeilen}
    item:
      type: record
      called: line
      label: {en: line, ru: строка, de: Zeile}
      fields:
        back: {type: boolean, label: {en: back, ru: назад, de: zurück}}
decisions:
  handling:
    label: {en: handling, ru: обработка, de: Bearbeitung}
    type: boolean
    rules:
      - {id: number, when: {lines: {where: {line.back: true}, at_least: 3}}, then: true}
      - {id: each, when: {lines: {every: {line.back: true}}}, then: true}
      - {id: one, when: {lines: {some: {line.back: true}}}, then: true}
    otherwise: {then: false}
"""


@pytest.mark.parametrize(
    ("told", "language", "words"),
    [
        ([True, False], "en", ["was 1 (item 1)", "exception: item 2", "was item 1"]),
        ([True, False], "ru", ["было: 1 (позиция 1)", "исключение: позиция 2", "было: позиция 1"]),
        ([True, False], "de", ["war 1 (Position 1)", "Ausnahme: Position 2", "war Position 1"]),
        ([True, True], "en", ["was 2 (items 1, 2)", "no exception", "was items 1, 2"]),
        ([False], "en", ["was 0", "exception: item 1", "was no item"]),
        ([False], "ru", ["было: 0", "исключение: позиция 1", "было: ни одной позиции"]),
        ([], "ru", ["было: 0", "без исключений", "было: ни одной позиции"]),
        (
            [True, True, None],
            "en",
            ["so far 2 (items 1, 2)", "so far no exception", "was items 1, 2"],
        ),
        ([None, None, None], "ru", ["пока: 0", "пока: без исключений", "пока: ни одной позиции"]),
        ([None, None, None], "de", ["bisher 0", "bisher keine Ausnahme", "bisher keine Position"]),
    ],
)
def test_what_a_test_of_a_list_found_is_said_by_what_it_asks(
    told: list[bool | None], language: Language, words: list[str]
) -> None:
    lines = [{} if one is None else {"back": one} for one in told]
    decided = Policy.from_text(COUNTED).decide({"lines": lines})
    wording = Wording(decided.version, language)
    tests = {one.rule: one.tests for one in decided["handling"].trace}
    found = [wording.seen(tests[rule][0]) for rule in ("number", "each", "one")]

    assert [said.split("; ")[0] for said in found] == words
    assert [len(said.split("; ")) > 1 for said in found] == [
        tests[rule][0].holds is None for rule in ("number", "each", "one")
    ]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "refund of a line: returned",
                "├─ no → kept by the customer",
                "└─ yes → kind of goods",
                "   ├─ book → bought as a consumer",
                "   │  ├─ no → refused",
                "   │  └─ yes → refunded",
                "   ├─ food or gift card → refused",
            ],
        ),
        ("ru", ["возврат за строку: возвращён", "├─ нет → остаётся у покупателя"]),
    ],
)
def test_what_is_decided_for_each_item_is_drawn_as_for_one(
    orders: Policy, language: Language, lines: list[str]
) -> None:
    drawn = draw(orders.versions[0], "line.refundable", language).splitlines()
    assert drawn[: len(lines)] == lines


def test_its_plan_is_that_of_one_item(tmp_path: Path) -> None:
    bundle = tmp_path / "orders.bundle"
    bundle.write_text(load_policy(ORDERS).bundle(), "utf-8")
    shown = [
        run("show", "--policy", str(path), "--plan", "line.refundable", "--lang", "en").stdout
        for path in (ORDERS, bundle)
    ]
    assert shown[0] == shown[1]
    assert shown[0].splitlines()[1:4] == [
        "  switch line.returned",
        "    false: return kept",
        "    else: switch line.kind",
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "the number of items of “order lines” with (kind of goods is book)"),
        ("ru", "число позиций в списке «строки заказа», для которых (вид товара: книга),"),
    ],
)
def test_what_is_asked_of_items_is_drawn_in_words(
    orders: Policy, language: Language, words: str
) -> None:
    drawn = draw(orders.versions[0], "bargain", language)
    assert drawn.splitlines()[0].endswith(words)
    assert "line.kind" not in drawn
