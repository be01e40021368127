"""What an auditor reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from textwrap import dedent

import pytest

from reglament.messages import Language
from reglament.model.outcomes import AsOfSource, Document, Outcome, RuleStatus, RuleTrace
from reglament.rendering.answers.auditor import aligned, explain_for_auditor
from support.lending import FEW, IS_ADULT, VERSION
from support.lending_request import LENT, determined, met, undetermined, with_outcome


def block(name: str, doc: Document, language: Language) -> str:
    """The part of the report that tells of one decision."""
    parts = explain_for_auditor(VERSION, doc, language).split("\n\n")
    return next(part for part in parts if part.startswith(f"{name} - "))


def told(outcome: Outcome, language: Language = "en") -> str:
    return block(outcome.decision, with_outcome(LENT, outcome), language)


def text(written: str) -> str:
    return dedent(written).strip("\n")


def test_the_report_begins_with_what_was_decided_by_and_what_was_told() -> None:
    head, facts, *_ = explain_for_auditor(VERSION, LENT, "ru").split("\n\n")

    assert head == text("""
        регламент          Правила библиотеки (library)
        редакция           2026
        контрольная сумма  sha256:abc
        по состоянию на    20 ноября 2026 (пятница), 18:30 (2026-11-20T18:30:00+03:00, из заявки)
        примечание         время без пояса - московское
    """)
    assert facts == text("""
        указанные факты
          reader.kind     кто читает          взрослый (`adult`)
          card.issued_on  день выдачи билета  20 августа 2026
          loan.asked_at   момент просьбы      20 ноября 2026, 18:30
          loan.paid       залог внесён        да
    """)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("fact", "from the request"),
        ("given", "given by the caller"),
        ("now", "now"),
    ],
)
def test_the_report_says_where_the_moment_came_from(source: AsOfSource, words: str) -> None:
    report = explain_for_auditor(VERSION, replace(LENT, as_of_source=source), "en")

    assert f"18:30 (2026-11-20T18:30:00+03:00, {words})\n" in report


def test_a_request_that_tells_nothing_is_reported_so() -> None:
    report = explain_for_auditor(VERSION, replace(LENT, facts={}), "en")

    assert "\n\nfacts given\n  none\n\n" in report


def test_rules_stand_with_their_places_clauses_tests_and_readings() -> None:
    assert block("right", LENT, "en") == text("""
        right - right to books
          outcome  `reader`
          applied:
            right-by-card (library.yaml:20)
              The card lasts until 20 November 2026.
              + last day of the card is no earlier than moment of asking (20 November 2026, 18:30), by day; was 20 November 2026
              § card.period (§ 2, п. 1): how long a card lasts
              § card.who (§ 2 | 3): who is a reader
          did not apply:
            right-of-guests (library.yaml:30)
              - who reads is not adult; was `adult`
          readings:
            last-day: Is the last day included?
              included - it is. That is simpler.
    """)  # noqa: E501
    assert block("right", LENT, "ru") == text("""
        right - право на книги
          исход  читатель (`reader`)
          применены:
            right-by-card (library.yaml:20)
              Билет действует по 20 ноября 2026.
              + последний день билета не раньше, чем момент просьбы (20 ноября 2026, 18:30), по дням; было: 20 ноября 2026
              § card.period (§ 2, п. 1): срок билета
              § card.who (§ 2 | 3): кто читатель
          не применены:
            right-of-guests (library.yaml:30)
              - кто читает: не взрослый; было: взрослый (`adult`)
          толкования:
            last-day: Входит ли последний день?
              included - входит. Так проще.
    """)  # noqa: E501


def test_an_overridden_rule_names_the_one_that_set_it_aside() -> None:
    assert block("answer", LENT, "en").splitlines()[-3:] == [
        "  overridden:",
        "    answer-many (library.yaml:60) - overridden by answer-lend",
        "      There are many books.",
    ]


def test_working_time_stands_as_a_table_with_its_sum() -> None:
    assert block("due", LENT, "ru") == text("""
        due - выдать до
          исход  23 ноября 2026, 17:30
          как считалось рабочее время:
            день                          с      по     минут
            20 ноября 2026 (пятница)      18:30  19:00     30
            23 ноября 2026 (понедельник)  10:00  17:30    450
            всего                                         480
    """)


def test_an_open_checklist_shows_what_is_met_and_what_is_open() -> None:
    assert block("renewal", LENT, "en") == text("""
        renewal - renewal
          outcome   not determined yet
          possible  renewed (`yes`) or not renewed (`no`)
          needs     loan.books (number of books)
          met:
            paid (library.yaml:70)
              The deposit is paid.
              + deposit is paid: yes; was yes
          not known yet:
            few_books (library.yaml:80)
              ? number of books is at most 5 (books at once); not given
    """)


def test_an_unmet_requirement_says_why_it_is_unmet() -> None:
    trace = (RuleTrace("few_books", RuleStatus.NOT_APPLIED, tests=(met(FEW, 7, False),)),)

    assert told(determined("renewal", "no", unmet=("few_books",), trace=trace)) == text("""
        renewal - renewal
          outcome  not renewed (`no`)
          unmet:
            few_books (library.yaml:80)
              More than 5 books.
              - number of books is at most 5 (books at once); was 7
    """)


def test_the_items_of_a_collection_stand_with_what_goes_along() -> None:
    assert block("steps", LENT, "ru") == text("""
        steps - что дальше
          исход    приходите в зал, позвоните
          позиция  приходите в зал (`come`)
          позиция  позвоните (`call`); библиотекарь: Анна, 12-34
    """)


def test_an_open_collection_says_what_is_worth_asking() -> None:
    trace = (RuleTrace("call-first", RuleStatus.OPEN),)
    waiting = undetermined(
        "steps", (("come",), ()), ("loan.asked_at",), ask=("loan.books",), trace=trace
    )

    assert told(waiting) == text("""
        steps - next steps
          outcome       not determined yet
          possible      [come to the hall] or [none]
          needs         loan.asked_at (moment of asking)
          worth asking  loan.books (number of books)
          not known yet:
            call-first (library.yaml:95)
    """)


def test_outcomes_that_cannot_be_listed_are_reported_so() -> None:
    assert told(undetermined("card_until", None, ("card.issued_on",)), "ru") == text("""
        card_until - последний день билета
          исход        пока не определено
          возможно     возможные исходы не перечислить
          нужно знать  card.issued_on (день выдачи билета)
    """)


def test_a_rule_that_applied_otherwise_shows_no_tests() -> None:
    trace = (
        RuleTrace("right-of-guests", RuleStatus.NOT_APPLIED, tests=(met(IS_ADULT, "adult"),)),
        RuleTrace("right-otherwise", RuleStatus.APPLIED),
    )

    assert told(determined("right", "guest", trace=trace)) == text("""
        right - right to books
          outcome  `guest`
          applied:
            right-otherwise (library.yaml:40)
              There is no card.
          did not apply:
            right-of-guests (library.yaml:30)
              - who reads is not adult; was `adult`
    """)


def test_otherwise_did_not_apply_because_another_rule_did() -> None:
    trace = (RuleTrace("right-otherwise", RuleStatus.NOT_APPLIED),)

    assert told(determined("right", "reader", trace=trace)).splitlines()[-1] == (
        "    right-otherwise (library.yaml:40) - another rule applied"
    )


def test_an_open_rule_names_what_may_still_set_it_aside() -> None:
    trace = (RuleTrace("answer-many", RuleStatus.OPEN, by=("answer-lend",)),)

    assert told(determined("answer", "lend", trace=trace)).splitlines()[-1] == (
        "    answer-many (library.yaml:60) - may be overridden by answer-lend"
    )


def test_a_clause_that_the_register_lacks_is_still_named() -> None:
    trace = (RuleTrace("right-of-guests", RuleStatus.APPLIED, clauses=("nowhere",)),)

    assert told(determined("right", "guest", trace=trace)).endswith(
        "      Guests read in the hall.\n      § nowhere"
    )


def test_a_rule_without_a_message_cites_its_clauses_too() -> None:
    trace = (RuleTrace("due-in-hours", RuleStatus.APPLIED, clauses=("card.period",)),)

    *_, rule, clause = told(determined("due", None, trace=trace)).splitlines()
    assert rule.startswith("    due-in-hours")
    assert clause.startswith("      § card.period (")


@pytest.mark.parametrize(
    ("language", "head", "may"),
    [("en", "clauses:", "may apply"), ("ru", "пункты:", "может относиться")],
)
def test_an_outcome_that_several_rules_may_give_names_its_clauses(
    language: Language, head: str, may: str
) -> None:
    trace = tuple(RuleTrace(rule, RuleStatus.OPEN) for rule in ("answer-lend", "answer-many"))
    clauses = {"clauses": ("card.who", "card.period"), "open_clauses": ("card.period",)}

    *_, heading, sure, open_ = told(
        determined("answer", "lend", trace=trace, **clauses), language
    ).splitlines()
    assert heading == f"  {head}"
    assert sure.startswith("    § card.who (")
    assert may not in sure
    assert open_.startswith("    § card.period (")
    assert open_.endswith(f" - {may}")


def test_internal_decisions_are_not_reported() -> None:
    assert "hidden" not in explain_for_auditor(VERSION, LENT, "en")


def test_null_is_told_with_its_meaning() -> None:
    no_card = replace(LENT, facts={"card.issued_on": None, "loan.paid": False})

    assert text("""
        facts given
          card.issued_on  day of the card  `null` (there is no card)
          loan.paid       deposit is paid  no
    """) in explain_for_auditor(VERSION, no_card, "en")


def test_columns_stand_under_each_other() -> None:
    assert aligned([("a", "1", "x"), ("bbb", "22", "")], right={1}) == ["a     1  x", "bbb  22"]


def test_dates_of_facts_read_in_the_language() -> None:
    doc = replace(LENT, facts={"card.issued_on": date(2026, 5, 9)})

    assert "9 мая 2026" in explain_for_auditor(VERSION, doc, "ru")
    assert "9 May 2026" in explain_for_auditor(VERSION, doc, "en")
