"""A request decided by the small regulation of a library, made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from reglament.model.conditions import Test
from reglament.model.outcomes import (
    Document,
    Item,
    Note,
    Outcome,
    RuleStatus,
    RuleTrace,
    Status,
    TestSeen,
    WholeOutcome,
    WorkedSpan,
)
from reglament.model.values import Value
from reglament.model.words import Text
from support.lending import CARD_IN_TIME, FEW, HAS_RIGHT, IS_ADULT, MOSCOW, PAID

ASKED_AT = datetime(2026, 11, 20, 18, 30, tzinfo=MOSCOW)
DUE = datetime(2026, 11, 23, 17, 30, tzinfo=MOSCOW)


def determined(decision: str, outcome: Value, **more: object) -> Outcome:
    return WholeOutcome(decision, Status.DETERMINED, outcome, (outcome,), **more)  # type: ignore[arg-type]


def undetermined(
    decision: str, possible: tuple[Value, ...] | None, needs: tuple[str, ...], **more: object
) -> Outcome:
    return WholeOutcome(decision, Status.UNDETERMINED, None, possible, needs, **more)  # type: ignore[arg-type]


def applied(name: str, *tests: TestSeen, clauses: tuple[str, ...] = ()) -> RuleTrace:
    return RuleTrace(name, RuleStatus.APPLIED, tests=tests, clauses=clauses)


def met(test: Test, seen: Value, holds: bool | None = True) -> TestSeen:
    return TestSeen(test, holds, seen)


def lacking(test: Test, *needs: str) -> TestSeen:
    return TestSeen(test, None, None, is_told=False, needs=needs)


UNTIL = date(2026, 11, 20)
TOLD: Mapping[str, Value] = {
    "reader.kind": "adult",
    "card.issued_on": date(2026, 8, 20),
    "loan.asked_at": ASKED_AT,
    "loan.paid": True,
}
LENT = Document(
    policy="library",
    version="2026",
    digest="sha256:abc",
    as_of=ASKED_AT,
    as_of_source="fact",
    facts=TOLD,
    notes=(
        Note(
            "no-offset",
            Text(ru="время без пояса - московское", en="time without a zone is Moscow's"),
            "asked.at",
        ),
    ),
    decisions={
        "card_until": determined(
            "card_until",
            UNTIL,
            rules=("card-three-months",),
            clauses=("card.period",),
            readings=("last-day",),
            trace=(applied("card-three-months", clauses=("card.period",)),),
        ),
        "right": determined(
            "right",
            "reader",
            rules=("right-by-card",),
            clauses=("card.period", "card.who"),
            readings=("last-day",),
            trace=(
                applied(
                    "right-by-card",
                    met(CARD_IN_TIME, UNTIL),
                    clauses=("card.period", "card.who"),
                ),
                RuleTrace(
                    "right-of-guests", RuleStatus.NOT_APPLIED, tests=(met(IS_ADULT, "adult"),)
                ),
            ),
        ),
        "hours": determined("hours", 8),
        "due": determined(
            "due",
            DUE,
            rules=("due-in-hours",),
            ledger=(
                WorkedSpan(date(2026, 11, 20), ASKED_AT, ASKED_AT.replace(hour=19, minute=0), 30),
                WorkedSpan(date(2026, 11, 23), DUE.replace(hour=10, minute=0), DUE, 450),
            ),
        ),
        "renewal": undetermined(
            "renewal",
            ("yes", "no"),
            ("loan.books",),
            met=("paid",),
            open=("few_books",),
            trace=(
                applied("paid", met(PAID, True)),
                RuleTrace("few_books", RuleStatus.OPEN, tests=(lacking(FEW, "loan.books"),)),
            ),
        ),
        "steps": determined(
            "steps",
            ("come", "call"),
            rules=("come-soon", "call-first"),
            items=(
                Item("come", "come-soon"),
                Item("call", "call-first", {"contact": {"name": "Анна", "phone": "12-34"}}),
            ),
        ),
        "contact": determined("contact", {"name": "Анна", "phone": "12-34"}),
        "answer": determined(
            "answer",
            "lend",
            rules=("answer-lend",),
            trace=(
                applied("answer-lend", met(HAS_RIGHT, "reader"), met(PAID, True)),
                RuleTrace("answer-many", RuleStatus.OVERRIDDEN, by=("answer-lend",)),
            ),
        ),
        "hidden": determined("hidden", True),
    },
)


def with_outcome(doc: Document, outcome: Outcome) -> Document:
    """The same document with another answer to one decision."""
    return replace(doc, decisions={**doc.decisions, outcome.decision: outcome})
