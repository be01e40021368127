"""A small regulation of a library, made by hand."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from reglament.model.conditions import ALWAYS, AllOf, Comparison, Condition, Not, OneOf, Within
from reglament.model.decisions import Decision, DecisionKind, Override, Rule
from reglament.model.operators import Operator
from reglament.model.problems import Place
from reglament.model.regulation import Clause, Fact, Parameter, Reading, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula
from reglament.model.values import BOOLEAN, DATE, DATETIME, INTEGER, TEXT, Kind, Type, Value, choice
from reglament.model.words import Text
from reglament.worktime.calendars import Calendar
from reglament.worktime.hours import Hours
from support.november import windows

MOSCOW = ZoneInfo("Europe/Moscow")


WEEKDAYS = Calendar(
    "weekdays",
    Text(ru="будни", en="weekdays"),
    date(2024, 1, 1),
    date(2027, 12, 31),
    frozenset(range(5)),
)
DESK = Hours(
    "desk",
    Text(ru="часы выдачи", en="lending hours"),
    WEEKDAYS,
    "Europe/Moscow",
    windows("10:00-19:00"),
)


def fact(name: str, type_: Type, ru: str, en: str, **more: object) -> Fact:
    question = Text(ru=f"{ru.capitalize()}?", en=f"{en.capitalize()}?")
    return Fact(name, type_, Text(ru=ru, en=en), question=question, **more)  # type: ignore[arg-type]


FACTS = {
    given.name: given
    for given in (
        fact(
            "reader.kind",
            choice("adult", "child", is_open=True),
            "кто читает",
            "who reads",
            option_labels={
                "adult": Text(ru="взрослый", en="adult"),
                "child": Text(ru="ребёнок", en="child"),
            },
        ),
        fact(
            "card.issued_on",
            DATE,
            "день выдачи билета",
            "day of the card",
            null_means=Text(ru="билета нет", en="there is no card"),
        ),
        fact("loan.asked_at", DATETIME, "момент просьбы", "moment of asking"),
        fact("loan.books", INTEGER, "сколько книг", "number of books"),
        fact("loan.paid", BOOLEAN, "залог внесён", "deposit is paid"),
        fact("loan.wish", TEXT, "пожелание", "wish", null_means=Text(ru="нет", en="none")),
        fact("loan.topics", Type(Kind.LIST, item=choice("war", "peace")), "темы", "topics"),
    )
}

IS_ADULT = Comparison(FactRef("reader.kind"), Operator.IS, Constant("adult"))
CARD_IN_TIME = Comparison(
    DecisionRef("card_until"), Operator.AT_LEAST, FactRef("loan.asked_at"), by_day=True
)
HAS_RIGHT = Comparison(DecisionRef("right"), Operator.IS, Constant("reader"))
PAID = Comparison(FactRef("loan.paid"), Operator.IS, Constant(True))
FEW = Comparison(FactRef("loan.books"), Operator.AT_MOST, Constant(5, "most_books"))
NOT_CHILD = Not(OneOf(FactRef("reader.kind"), ("child", None)))
WITHIN = Within(FactRef("loan.asked_at"), "desk")


def rule(
    name: str, when: Condition, then: Value, ru: str, en: str, line: int, **more: object
) -> Rule:
    place = Place("library.yaml", line)
    words = Text(ru=ru, en=en)
    return Rule(name, when, Constant(then), words, place=place, **more)  # type: ignore[arg-type]


CARD_UNTIL = Decision(
    "card_until",
    DecisionKind.OUTCOME,
    DATE,
    Text(ru="последний день билета", en="last day of the card"),
    rules=(
        Rule(
            "card-three-months",
            ALWAYS,
            Formula("months_after", (FactRef("card.issued_on"), Constant(3))),
            Text(ru="Билет действует три месяца.", en="A card lasts three months."),
            clauses=("card.period",),
            readings=("last-day",),
            place=Place("library.yaml", 10),
        ),
    ),
    is_nullable=True,
)
RIGHT = Decision(
    "right",
    DecisionKind.OUTCOME,
    choice("reader", "guest"),
    Text(ru="право на книги", en="right to books"),
    rules=(
        rule(
            "right-by-card",
            CARD_IN_TIME,
            "reader",
            "Билет действует по {card_until}.",
            "The card lasts until {card_until}.",
            20,
            clauses=("card.period", "card.who"),
        ),
        rule(
            "right-of-guests",
            Not(IS_ADULT),
            "guest",
            "Гости читают в зале.",
            "Guests read in the hall.",
            30,
        ),
    ),
    otherwise=rule("right-otherwise", ALWAYS, "guest", "Билета нет.", "There is no card.", 40),
    outcome_labels={
        "reader": Text(ru="читатель", en="reader"),
        "guest": Text(ru="гость", en="guest"),
    },
)
ANSWER = Decision(
    "answer",
    DecisionKind.OUTCOME,
    choice("lend", "refuse"),
    Text(ru="ответ", en="answer"),
    rules=(
        rule(
            "answer-lend",
            AllOf((HAS_RIGHT, PAID)),
            "lend",
            "Залог внесён.",
            "The deposit is paid.",
            50,
            overrides=(Override("answer-many"),),
        ),
        rule("answer-many", Not(FEW), "refuse", "Книг много.", "There are many books.", 60),
    ),
    outcome_labels={
        "lend": Text(ru="выдать", en="lend"),
        "refuse": Text(ru="отказать", en="refuse"),
    },
)
HOURS = Decision(
    "hours",
    DecisionKind.OUTCOME,
    INTEGER,
    Text(ru="срок", en="time to lend"),
    rules=(),
    unit={
        "ru": ("рабочий час", "рабочих часа", "рабочих часов"),
        "en": ("working hour", "working hours"),
    },
)
DUE_AT = Decision(
    "due",
    DecisionKind.OUTCOME,
    DATETIME,
    Text(ru="выдать до", en="lend by"),
    rules=(
        Rule(
            "due-in-hours",
            ALWAYS,
            Formula(
                "working_hours_after",
                (FactRef("loan.asked_at"), DecisionRef("hours")),
                hours="desk",
            ),
        ),
    ),
)
RENEWAL = Decision(
    "renewal",
    DecisionKind.CHECKLIST,
    choice("yes", "no"),
    Text(ru="продление", en="renewal"),
    rules=(
        rule(
            "paid",
            PAID,
            None,
            "Залог внесён.",
            "The deposit is paid.",
            70,
            unless=Text(ru="Залога нет.", en="No deposit is paid."),
        ),
        rule(
            "few_books",
            FEW,
            None,
            "Книг мало.",
            "There are few books.",
            80,
            unless=Text(ru="Книг больше, чем {most_books}.", en="More than {most_books} books."),
        ),
    ),
    met="yes",
    unmet="no",
    outcome_labels={
        "yes": Text(ru="продлевается", en="renewed"),
        "no": Text(ru="не продлевается", en="not renewed"),
    },
)
STEPS = Decision(
    "steps",
    DecisionKind.COLLECTION,
    choice("come", "call"),
    Text(ru="что дальше", en="next steps"),
    rules=(
        rule("come-soon", WITHIN, "come", "Зал открыт.", "The hall is open.", 90),
        rule("call-first", NOT_CHILD, "call", "Лучше позвонить.", "Better call.", 95),
    ),
    outcome_labels={
        "come": Text(ru="приходите в зал", en="come to the hall"),
        "call": Text(ru="позвоните", en="call"),
    },
)
DESK_CONTACT = Decision(
    "contact",
    DecisionKind.OUTCOME,
    Type(Kind.RECORD, fields=(("name", TEXT), ("phone", TEXT))),
    Text(ru="библиотекарь", en="librarian"),
    rules=(),
)
HIDDEN = Decision(
    "hidden",
    DecisionKind.OUTCOME,
    BOOLEAN,
    Text(ru="внутреннее", en="internal"),
    rules=(),
    is_internal=True,
)

VERSION = Version(
    policy="library",
    version="2026",
    title=Text(ru="Правила библиотеки", en="Library rules"),
    holds_from=date(2026, 1, 1),
    known_from=date(2025, 12, 1),
    chosen_by="loan.asked_at",
    zone="Europe/Moscow",
    facts=FACTS,
    decisions={
        one.name: one
        for one in (CARD_UNTIL, RIGHT, HOURS, DUE_AT, RENEWAL, STEPS, DESK_CONTACT, ANSWER, HIDDEN)
    },
    hours={"desk": DESK},
    parameters={
        "most_books": Parameter(
            "most_books", INTEGER, Text(ru="книг на руки", en="books at once"), ((None, 5),)
        )
    },
    readings={
        "last-day": Reading(
            "last-day",
            Text(ru="Входит ли последний день?", en="Is the last day included?"),
            chosen="included",
            alternatives={
                "included": Text(ru="входит", en="it is"),
                "excluded": Text(ru="не входит", en="it is not"),
            },
            because=Text(ru="Так проще.", en="That is simpler."),
        )
    },
    clauses={
        "card.period": Clause(
            "card.period",
            "§ 2, п. 1",
            Text(ru="срок билета", en="how long a card lasts"),
            "sha256:1",
        ),
        "card.who": Clause(
            "card.who", "§ 2 | 3", Text(ru="кто читатель", en="who is a reader"), "sha256:2"
        ),
        "toc": Clause(
            "toc",
            "§ 0",
            Text(ru="оглавление", en="contents"),
            "sha256:3",
            no_rule_because=Text(ru="ничего не велит", en="it orders nothing"),
        ),
    },
    digest="sha256:abc",
)
