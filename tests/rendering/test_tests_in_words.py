"""Terms, tests and conditions in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reglament.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Includes,
    Not,
    OneOf,
)
from reglament.model.operators import Operator
from reglament.model.outcomes import TestSeen
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Value
from reglament.rendering.words.terms_in_words import term_words
from reglament.rendering.words.tests_in_words import Wording, is_wanted
from support.lending import CARD_IN_TIME, FEW, HAS_RIGHT, IS_ADULT, NOT_CHILD, PAID, VERSION, WITHIN
from support.lending_request import ASKED_AT, LENT, lacking, met

RU, EN = Wording(VERSION, "ru"), Wording(VERSION, "en")
ISSUED, BOOKS = FactRef("card.issued_on"), FactRef("loan.books")
ASKED, KIND = FactRef("loan.asked_at"), FactRef("reader.kind")
TOPICS = Includes(FactRef("loan.topics"), "war")


def compared(subject: Term, operator: Operator, value: Value) -> Comparison:
    return Comparison(subject, operator, Constant(value))


CONDITIONS: list[tuple[Condition, str, str]] = [
    (ALWAYS, "всегда", "always"),
    (Not(ALWAYS), "никогда", "never"),
    (IS_ADULT, "кто читает: взрослый", "who reads is adult"),
    (Not(IS_ADULT), "кто читает: не взрослый", "who reads is not adult"),
    (compared(KIND, Operator.IS, "robot"), "кто читает: robot", "who reads is robot"),
    (HAS_RIGHT, "право на книги: читатель", "right to books is reader"),
    (PAID, "залог внесён: да", "deposit is paid: yes"),
    (Not(PAID), "залог внесён: не да", "deposit is paid: not yes"),
    (
        compared(ISSUED, Operator.IS, None),
        "день выдачи билета: билета нет",
        "day of the card: there is no card",
    ),
    (
        Not(compared(ISSUED, Operator.IS, None)),
        "день выдачи билета: указано (есть)",
        "day of the card has a value",
    ),
    (
        OneOf(KIND, ("adult", "child", "robot")),
        "кто читает: взрослый, ребёнок или robot",
        "who reads is adult, child or robot",
    ),
    (OneOf(KIND, ("adult",)), "кто читает: взрослый", "who reads is adult"),
    (
        Not(OneOf(ISSUED, (date(2026, 8, 20), None))),
        "день выдачи билета: ничто из: 20 августа 2026, билета нет",
        "day of the card is none of 20 August 2026, there is no card",
    ),
    (
        FEW,
        "сколько книг не больше, чем 5 (книг на руки)",
        "number of books is at most 5 (books at once)",
    ),
    (
        compared(BOOKS, Operator.MORE_THAN, 2),
        "сколько книг больше, чем 2",
        "number of books is more than 2",
    ),
    (
        compared(BOOKS, Operator.LESS_THAN, 2),
        "сколько книг меньше, чем 2",
        "number of books is less than 2",
    ),
    (
        compared(BOOKS, Operator.AT_LEAST, 2),
        "сколько книг не меньше, чем 2",
        "number of books is at least 2",
    ),
    (
        Not(compared(BOOKS, Operator.AT_LEAST, 2)),
        "не выполнено: сколько книг не меньше, чем 2",
        "not true that number of books is at least 2",
    ),
    (
        Comparison(ISSUED, Operator.AT_MOST, ASKED, by_day=True),
        "день выдачи билета не позже, чем момент просьбы, по дням",
        "day of the card is no later than moment of asking, by day",
    ),
    (
        CARD_IN_TIME,
        "последний день билета не раньше, чем момент просьбы, по дням",
        "last day of the card is no earlier than moment of asking, by day",
    ),
    (
        compared(ISSUED, Operator.MORE_THAN, date(2026, 1, 1)),
        "день выдачи билета позже, чем 1 января 2026",
        "day of the card is later than 1 January 2026",
    ),
    (
        compared(ASKED, Operator.LESS_THAN, ASKED_AT),
        "момент просьбы раньше, чем 20 ноября 2026, 18:30",
        "moment of asking is earlier than 20 November 2026, 18:30",
    ),
    (
        Comparison(ISSUED, Operator.IS, DecisionRef("card_until")),
        "день выдачи билета — то же, что последний день билета",
        "day of the card is the same as last day of the card",
    ),
    (
        Not(Comparison(ISSUED, Operator.IS, DecisionRef("card_until"))),
        "день выдачи билета — не то же, что последний день билета",
        "day of the card is not the same as last day of the card",
    ),
    (WITHIN, "момент просьбы входит в часы выдачи", "moment of asking is within lending hours"),
    (
        Not(WITHIN),
        "момент просьбы не входит в часы выдачи",
        "moment of asking is not within lending hours",
    ),
    (TOPICS, "темы включает: war", "topics includes war"),
    (Not(TOPICS), "темы не включает: war", "topics does not include war"),
    (
        AllOf((IS_ADULT, PAID)),
        "кто читает: взрослый; залог внесён: да",
        "who reads is adult; deposit is paid: yes",
    ),
    (
        AnyOf((IS_ADULT, PAID)),
        "кто читает: взрослый; или залог внесён: да",
        "who reads is adult; or deposit is paid: yes",
    ),
    (
        Not(AnyOf((IS_ADULT, PAID))),
        "кто читает: не взрослый; залог внесён: не да",
        "who reads is not adult; deposit is paid: not yes",
    ),
    (
        AnyOf((AllOf((IS_ADULT, PAID)), HAS_RIGHT)),
        "(кто читает: взрослый; залог внесён: да); или право на книги: читатель",
        "(who reads is adult; deposit is paid: yes); or right to books is reader",
    ),
    (
        AllOf((Not(AllOf((IS_ADULT, PAID))), HAS_RIGHT)),
        "(кто читает: не взрослый; или залог внесён: не да); право на книги: читатель",
        "(who reads is not adult; or deposit is paid: not yes); right to books is reader",
    ),
    (
        AllOf((AllOf((IS_ADULT, PAID)), HAS_RIGHT)),
        "кто читает: взрослый; залог внесён: да; право на книги: читатель",
        "who reads is adult; deposit is paid: yes; right to books is reader",
    ),
]


@pytest.mark.parametrize(
    ("condition", "ru", "en"), CONDITIONS, ids=[case[2] for case in CONDITIONS]
)
def test_a_condition_reads(condition: Condition, ru: str, en: str) -> None:
    assert RU.condition(condition) == ru
    assert EN.condition(condition) == en


TERMS: list[tuple[Term, str, str]] = [
    (
        Formula("months_after", (ISSUED, Constant(3, "most_books"))),
        "день выдачи билета плюс 3 месяца",
        "day of the card plus 3 months",
    ),
    (
        Formula("days_after", (ISSUED, Constant(1))),
        "день выдачи билета плюс 1 день",
        "day of the card plus 1 day",
    ),
    (
        Formula("years_after", (ISSUED, BOOKS)),
        "день выдачи билета плюс сколько книг (лет)",
        "day of the card plus number of books (years)",
    ),
    (
        Formula("working_hours_after", (ASKED, Constant(21)), hours="desk"),
        "момент просьбы плюс 21 рабочий час (часы выдачи)",
        "moment of asking plus 21 working hours (lending hours)",
    ),
    (
        Formula("working_hours_after", (ASKED, BOOKS), hours="desk"),
        "момент просьбы плюс сколько книг (часы выдачи)",
        "moment of asking plus number of books (lending hours)",
    ),
    (
        Formula("sum", (BOOKS, Constant(1), Constant(2))),
        "сколько книг плюс 1 плюс 2",
        "number of books plus 1 plus 2",
    ),
    (
        Formula("difference", (BOOKS, Constant(1))),
        "сколько книг минус 1",
        "number of books minus 1",
    ),
    (
        Formula("product", (BOOKS, Constant(Decimal("0.5")))),
        "сколько книг × 0,5",
        "number of books × 0.5",
    ),
    (
        Formula("minimum", (BOOKS, Constant(1))),
        "наименьшее из: сколько книг, 1",
        "the least of number of books, 1",
    ),
    (
        Formula("maximum", (Constant(timedelta(hours=1)), Constant(timedelta(hours=2)))),
        "наибольшее из: 1 час, 2 часа",
        "the greatest of 1 hour, 2 hours",
    ),
    (
        Formula("quotient_up", (BOOKS, Constant(2), Constant(1))),
        "сколько книг / 2 с округлением вверх до 1",
        "number of books / 2 rounded up to 1",
    ),
    (
        Formula("days_between", (ISSUED, ASKED)),
        "полных дней от день выдачи билета до момент просьбы",
        "full days from day of the card to moment of asking",
    ),
    (
        Formula("working_day_at_or_after", (Formula("day_of", (ASKED,)),), hours="desk"),
        "день: момент просьбы, а если это нерабочий день — следующий рабочий",
        "the day of moment of asking, or the next working day if that is a day off",
    ),
    (
        Formula("items", (BOOKS, Constant(1))),
        "items(сколько книг, 1)",
        "items(number of books, 1)",
    ),
    (Constant(5, "most_books"), "5 (книг на руки)", "5 (books at once)"),
]


@pytest.mark.parametrize(("term", "ru", "en"), TERMS, ids=[case[2] for case in TERMS])
def test_a_term_reads(term: Term, ru: str, en: str) -> None:
    assert term_words(term, VERSION, "ru") == ru
    assert term_words(term, VERSION, "en") == en


def test_days_that_a_formula_counts_are_compared_as_numbers() -> None:
    days = Formula("days_between", (ISSUED, ASKED))
    later = Formula("days_after", (ISSUED, Constant(2)))

    counted = EN.condition(compared(days, Operator.AT_MOST, 9))
    dated = EN.condition(compared(later, Operator.AT_MOST, date(2026, 1, 1)))

    assert counted == "full days from day of the card to moment of asking is at most 9"
    assert dated == "day of the card plus 2 days is no later than 1 January 2026"


def test_beside_a_request_the_other_side_shows_its_value() -> None:
    wording = Wording(VERSION, "en", LENT)

    assert wording.test(CARD_IN_TIME) == (
        "last day of the card is no earlier than moment of asking (20 November 2026, 18:30), by day"
    )


@pytest.mark.parametrize(
    ("operand", "words"),
    [
        (DecisionRef("card_until"), "last day of the card (20 November 2026)"),
        (DecisionRef("renewal"), "renewal"),
        (FactRef("loan.books"), "number of books"),
        (Formula("days_after", (ASKED, Constant(1))), "moment of asking plus 1 day"),
        (Constant(date(2026, 1, 1)), "1 January 2026"),
    ],
)
def test_the_other_side_shows_no_more_than_is_known(operand: Term, words: str) -> None:
    wording = Wording(VERSION, "en", LENT)

    told = wording.test(Comparison(ISSUED, Operator.AT_LEAST, operand))

    assert told == f"day of the card is no earlier than {words}"


def test_constants_are_compared_by_what_they_are() -> None:
    day, number = Constant(date(2026, 1, 1)), Constant(3)

    assert EN.test(Comparison(day, Operator.AT_MOST, ISSUED)) == (
        "1 January 2026 is no later than day of the card"
    )
    assert EN.test(Comparison(number, Operator.AT_MOST, BOOKS)) == "3 is at most number of books"


@pytest.mark.parametrize(
    ("seen", "ru", "en"),
    [
        pytest.param(
            met(IS_ADULT, "adult"), "было: взрослый (`adult`)", "was `adult`", id="a choice"
        ),
        pytest.param(met(IS_ADULT, "chat"), "было: `chat`", "was `chat`", id="another word"),
        pytest.param(met(PAID, False), "было: нет", "was no", id="a boolean"),
        pytest.param(
            met(compared(ISSUED, Operator.IS, None), None),
            "было: `null` (билета нет)",
            "was `null` (there is no card)",
            id="null",
        ),
        pytest.param(
            met(CARD_IN_TIME, date(2026, 11, 20)),
            "было: 20 ноября 2026",
            "was 20 November 2026",
            id="a day",
        ),
        pytest.param(
            TestSeen(CARD_IN_TIME, None, date(2026, 11, 20), needs=("loan.asked_at",)),
            "было: 20 ноября 2026; не указано: момент просьбы",
            "was 20 November 2026; not given: moment of asking",
            id="a value whose other side is missing",
        ),
        pytest.param(lacking(FEW, "loan.books"), "не указано", "not given", id="a missing fact"),
        pytest.param(
            lacking(HAS_RIGHT, "card.issued_on", "loan.asked_at"),
            "пока не определено: день выдачи билета и момент просьбы",
            "not determined yet: day of the card and moment of asking",
            id="an open decision",
        ),
    ],
)
def test_the_value_that_a_test_met_reads(seen: TestSeen, ru: str, en: str) -> None:
    assert RU.seen(seen) == ru
    assert EN.seen(seen) == en


@pytest.mark.parametrize(
    ("condition", "words", "meets"),
    [
        pytest.param(IS_ADULT, "who reads is adult", True, id="wanted"),
        pytest.param(Not(IS_ADULT), "who reads is not adult", False, id="not wanted"),
        pytest.param(
            Not(AllOf((PAID, Not(IS_ADULT)))), "who reads is adult", True, id="twice denied"
        ),
    ],
)
def test_a_test_is_told_as_its_rule_requires_it(
    condition: Condition, words: str, meets: bool
) -> None:
    assert EN.required(met(IS_ADULT, "adult"), condition) == (words, meets)


def test_an_open_test_meets_nothing_yet() -> None:
    assert EN.required(lacking(IS_ADULT, "reader.kind"), IS_ADULT) == ("who reads is adult", None)


def test_a_list_of_unwanted_values_is_not_wanted() -> None:
    unwanted = OneOf(KIND, ("child", None))

    assert not is_wanted(unwanted, NOT_CHILD)
