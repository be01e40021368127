"""What a requester reads."""

from __future__ import annotations

from dataclasses import replace

from reglament.model.letters import Explain
from reglament.model.outcomes import Document, Item, RuleStatus, RuleTrace
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.model.words import Text
from reglament.rendering.answers.requester import explain_for_requester
from support.lending import VERSION
from support.lending_request import LENT, determined, undetermined, with_outcome
from support.shipped import shipped


def explaining(answer: str, *also: str, advice: str | None = None) -> Version:
    told = {"lend": also} if also else {}
    return replace(VERSION, explain=Explain(answer, also=told, advice=advice))


ANSWERED = "Answer: lend. The deposit is paid. The card lasts until 20 November 2026."
FULL = explaining("answer", "due", advice="steps")


def test_the_answer_stands_with_its_reason_its_deadline_and_the_next_steps() -> None:
    assert explain_for_requester(FULL, LENT, "ru") == (
        "Ответ: выдать. Залог внесён. Билет действует по 20 ноября 2026.\n"
        "Выдать до: 23 ноября 2026 (понедельник), 17:30"
        " (8 рабочих часов; Москва, стандартное время).\n"
        "Дальше: приходите в зал; позвоните (библиотекарь: Анна, 12-34)."
    )
    assert explain_for_requester(FULL, LENT, "en") == (
        "Answer: lend. The deposit is paid. The card lasts until 20 November 2026.\n"
        "Lend by: Monday, 23 November 2026, 17:30 (8 working hours; Moscow Standard Time).\n"
        "Next: come to the hall; call (librarian: Анна, 12-34)."
    )


def test_while_undetermined_it_says_what_is_possible_and_asks() -> None:
    needs = ("loan.books", "card.issued_on", "loan.paid", "reader.kind")
    waiting = with_outcome(LENT, undetermined("answer", ("lend", "refuse"), needs))
    version = explaining("answer")

    assert explain_for_requester(version, waiting, "ru") == (
        "Ответ: пока не определено; возможно: «выдать» или «отказать».\n"
        "Чтобы ответить, нам нужно узнать: Сколько книг? День выдачи билета? Залог внесён?"
    )
    assert explain_for_requester(version, waiting, "en") == (
        "Answer: not determined yet; still possible: “lend” or “refuse”.\n"
        "To answer, we need to know: Number of books? Day of the card? Deposit is paid?"
    )


def test_a_fact_without_a_question_is_asked_by_its_label() -> None:
    books = replace(VERSION.facts["loan.books"], question=None)
    version = replace(VERSION, facts={**VERSION.facts, "loan.books": books})
    waiting = with_outcome(LENT, undetermined("answer", None, ("loan.books",)))

    assert explain_for_requester(version, waiting, "en") == (
        "Answer: not determined yet.\nTo answer, we need to know: Number of books."
    )


def test_a_policy_that_names_no_answer_is_answered_by_its_last_decision() -> None:
    assert explain_for_requester(VERSION, LENT, "en") == (
        "Answer: lend. The deposit is paid. The card lasts until 20 November 2026."
    )


def test_what_is_open_or_null_or_not_decided_is_not_told_along() -> None:
    doc = with_outcome(LENT, determined("card_until", None))
    version = explaining("answer", "card_until", "renewal", "nothing", advice="nothing")

    told = explain_for_requester(version, doc, "en")

    assert told == ANSWERED.replace("20 November 2026", "none")


def test_what_is_still_counted_is_no_aside() -> None:
    doc = with_outcome(LENT, undetermined("hours", (8, 16), ("reader.kind",)))

    assert explain_for_requester(explaining("answer", "due"), doc, "en").endswith(
        "Lend by: Monday, 23 November 2026, 17:30 (Moscow Standard Time)."
    )


def test_days_and_numbers_are_told_in_full() -> None:
    told = explain_for_requester(explaining("answer", "card_until", "hours"), LENT, "ru")

    assert told == (
        "Ответ: выдать. Залог внесён. Билет действует по 20 ноября 2026.\n"
        "Последний день билета: 20 ноября 2026 (пятница).\n"
        "Срок: 8 рабочих часов."
    )


def test_no_advice_is_told_where_there_is_none() -> None:
    silent = with_outcome(LENT, determined("steps", ()))

    told = explain_for_requester(explaining("answer", advice="steps"), silent, "en")

    assert told == ANSWERED


def test_only_what_belongs_to_the_outcome_is_told_along() -> None:
    explain = Explain("answer", also={"refuse": ("due",), "lend": ("contact",)})

    told = explain_for_requester(replace(VERSION, explain=explain), LENT, "en")

    assert told == f"{ANSWERED}\nLibrarian: Анна, 12-34."


def test_while_the_answer_is_open_nothing_is_told_along() -> None:
    waiting = with_outcome(LENT, undetermined("answer", ("lend", "refuse"), ()))

    told = explain_for_requester(explaining("answer", "due"), waiting, "en")

    assert told == "Answer: not determined yet; still possible: “lend” or “refuse”."


def test_what_goes_along_but_is_null_is_not_told() -> None:
    step = determined("steps", ("call",), items=(Item("call", "call-first", {"contact": None}),))

    told = explain_for_requester(
        explaining("contact", advice="steps"), with_outcome(LENT, step), "en"
    )

    assert told == "Librarian: Анна, 12-34.\nNext: call."


def test_reasons_that_say_the_same_are_said_once() -> None:
    assert (
        told_of_card("Залог внесён.", "The deposit is paid.")
        == "Answer: lend. The deposit is paid."
    )


def told_of_card(ru: str, en: str) -> str:
    right = VERSION.decisions["right"]
    first = replace(right.rules[0], because=Text(ru=ru, en=en))
    decisions = {**VERSION.decisions, "right": replace(right, rules=(first, *right.rules[1:]))}
    return explain_for_requester(replace(VERSION, decisions=decisions), LENT, "en")


def test_an_overridden_rule_gives_no_reason() -> None:
    lent = LENT.decisions["answer"]
    by_many = (RuleTrace("answer-many", RuleStatus.OVERRIDDEN, tests=lent.trace[0].tests),)
    doc = with_outcome(LENT, replace(lent, trace=by_many))

    assert explain_for_requester(VERSION, doc, "en") == "Answer: lend. The deposit is paid."


def test_told_words_cannot_add_lines() -> None:
    assert explain_for_requester(explaining("contact"), named("Анна\nAnswer: lend"), "en") == (
        "Librarian: Анна\ufffdAnswer: lend, 1."
    )


def named(name: Value) -> Document:
    return with_outcome(LENT, determined("contact", {"name": name, "phone": "1"}))


def test_what_another_matter_may_call_for_is_told_apart_from_what_is_certain() -> None:
    policy = shipped("technical-support")
    asked = {
        "requester.kind": "certified_partner",
        "request.channel": "fax",
        "request.service": "training",
        "request.created_at": "2026-11-20T12:00",
    }
    beside = "If this is also about “renewal”: renew with an act of the Industry Solutions Centre"
    told = policy.decide(asked).explain("en")

    assert "Next: write through the portal, call, or send an e-mail.\n" in told
    assert beside in told
    assert beside not in policy.decide({**asked, "renewal.act.number": "1"}).explain("en")


def test_a_requester_is_asked_only_what_a_requester_can_tell() -> None:
    asked = {"request.channel": "email", "request.service": "error_correction"}
    told = shipped("technical-support").decide(asked).explain("en")

    assert "Are you a user or a certified partner?" in told
    assert "technically possible" not in told
