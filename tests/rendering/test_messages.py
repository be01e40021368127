"""Messages of rules: their placeholders, and why a decision came out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reglament.model.outcomes import Item, RuleStatus, RuleTrace
from reglament.model.words import Text, translations
from reglament.rendering.words.sentences import because, fill, with_labels
from support.lending import VERSION
from support.lending_request import LENT, determined, undetermined, with_outcome
from support.texts import same


@pytest.mark.parametrize(
    ("written", "ru", "en"),
    [
        pytest.param("{reader.kind}", "взрослый", "adult", id="a choice by its label"),
        pytest.param("{card_until}", "20 ноября 2026", "20 November 2026", id="a day"),
        pytest.param(
            "{loan.asked_at}", "20 ноября 2026, 18:30", "20 November 2026, 18:30", id="a moment"
        ),
        pytest.param("{loan.paid}", "да", "yes", id="a boolean"),
        pytest.param("{loan.books}", "…не указано", "not stated", id="a fact that is missing"),
        pytest.param("{right}", "читатель", "reader", id="an outcome by its label"),
        pytest.param(
            "{renewal}", "пока не определено", "not determined yet", id="an open decision"
        ),
        pytest.param("{hours}", "8 рабочих часов", "8 working hours", id="a number by its unit"),
        pytest.param("{most_books}", "5", "5", id="a parameter"),
        pytest.param("{contact.phone}", "12-34", "12-34", id="a field of a record"),
        pytest.param("{contact}", "Анна, 12-34", "Анна, 12-34", id="a record"),
        pytest.param(
            "{renewal.who}", "пока не определено", "not determined yet", id="a field of nothing yet"
        ),
        pytest.param("{steps}", "приходите в зал, позвоните", "come to the hall, call", id="items"),
        pytest.param("{nobody}", "{nobody}", "{nobody}", id="a name that nobody knows"),
        pytest.param("{ } {} { x }", "{ } {} { x }", "{ } {} { x }", id="braces that hold no name"),
    ],
)
def test_a_placeholder_gives_way_to_its_value(written: str, ru: str, en: str) -> None:
    assert fill(same(f"<{written}>"), VERSION, LENT) == Text(ru=f"<{ru}>", en=f"<{en}>")


def test_null_says_what_it_means() -> None:
    no_card = replace(LENT, facts={**LENT.facts, "card.issued_on": None})

    filled = fill(same("{card.issued_on}"), VERSION, no_card)

    assert filled == Text(ru="билета нет", en="there is no card")


def test_the_field_of_a_record_that_is_null_is_none() -> None:
    nobody = with_outcome(LENT, determined("contact", None))

    assert fill(same("{contact.phone}"), VERSION, nobody) == Text(ru="нет", en="none")


def test_told_text_is_neither_searched_for_placeholders_nor_able_to_break_a_line() -> None:
    tricky = replace(LENT, facts={**LENT.facts, "loan.wish": "{card_until}\n\x1b[2J"})

    filled = fill(same("«{loan.wish}»"), VERSION, tricky)

    assert filled.to("ru") == "«{card_until}\ufffd\ufffd[2J»"


def test_a_message_without_a_request_shows_what_would_stand_there() -> None:
    message = same("{card_until}, {most_books}, {contact.phone}, {loan.books}, {nobody}")

    shown = with_labels(message, VERSION)

    assert shown.to("ru") == "[последний день билета], 5, [библиотекарь], [сколько книг], [nobody]"
    assert shown.to("en") == "[last day of the card], 5, [librarian], [number of books], [nobody]"


def test_the_rules_behind_an_outcome_say_why() -> None:
    assert _because(VERSION, LENT, LENT.decisions["right"]) == {
        "ru": "Билет действует по 20 ноября 2026.",
        "en": "The card lasts until 20 November 2026.",
    }


def _because(*of: Any) -> dict[str, str]:
    said = because(*of)
    assert said is not None
    return translations(said)


def test_an_outcome_that_no_message_explains_has_no_because() -> None:
    assert because(VERSION, LENT, LENT.decisions["due"]) is None


def test_a_message_that_two_rules_share_is_said_once() -> None:
    twice = determined("right", "guest", rules=("right-of-guests", "right-of-guests"))

    assert _because(VERSION, LENT, twice) == {
        "ru": "Гости читают в зале.",
        "en": "Guests read in the hall.",
    }


def test_a_checklist_says_what_is_unmet() -> None:
    rejected = determined("renewal", "no", met=("paid",), unmet=("few_books",))

    assert _because(VERSION, LENT, rejected) == {
        "ru": "Книг больше, чем 5.",
        "en": "More than 5 books.",
    }


def test_a_checklist_that_is_met_says_what_met_it() -> None:
    accepted = determined("renewal", "yes", met=("paid", "few_books"))

    assert _because(VERSION, LENT, accepted) == {
        "ru": "Залог внесён. Книг мало.",
        "en": "The deposit is paid. There are few books.",
    }


def test_a_collection_says_why_each_item_is_there() -> None:
    one = determined("steps", ("come",), items=(Item("come", "come-soon"),))

    assert _because(VERSION, LENT, one) == {"ru": "Зал открыт.", "en": "The hall is open."}


def test_a_checklist_that_fails_either_way_says_both_ways() -> None:
    either = determined(
        "renewal",
        "no",
        open=("paid", "few_books"),
        trace=(RuleTrace("paid", RuleStatus.OPEN), RuleTrace("few_books", RuleStatus.OPEN)),
    )

    assert _because(VERSION, LENT, either) == {
        "ru": "Либо: Залога нет. Либо: Книг больше, чем 5.",
        "en": "Either: No deposit is paid. Or: More than 5 books.",
    }


def test_an_outcome_settled_by_rules_still_open_tells_them_as_alternatives() -> None:
    guest = determined(
        "right",
        "guest",
        rules=("right-of-guests", "right-otherwise"),
        trace=(
            RuleTrace("right-of-guests", RuleStatus.OPEN),
            RuleTrace("right-otherwise", RuleStatus.OPEN),
        ),
    )

    assert _because(VERSION, LENT, guest) == {
        "ru": "Либо: Гости читают в зале. Либо: Билета нет.",
        "en": "Either: Guests read in the hall. Or: There is no card.",
    }


def test_an_open_decision_says_what_it_depends_on() -> None:
    waiting = undetermined("answer", ("lend", "refuse"), ("loan.books", "loan.paid"))

    assert _because(VERSION, LENT, waiting) == {
        "ru": "Не хватает сведений: сколько книг и залог внесён.",
        "en": "Missing: number of books and deposit is paid.",
    }
