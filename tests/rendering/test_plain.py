"""The decision document as plain values."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.model.conditions import Includes, OneOf, Within
from reglament.model.outcomes import Item, RuleStatus, RuleTrace
from reglament.model.terms import Constant, FactRef, Formula
from reglament.model.values import Value
from reglament.rendering.documents.decision_document import Level, document
from reglament.rendering.plain.plain_values import iso_duration, plain
from support.lending import VERSION
from support.lending_request import ASKED_AT, LENT, determined, met, undetermined, with_outcome
from support.shipped import shipped


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (12, 12),
        ("да", "да"),
        (Decimal("120.00"), "120.00"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 11, 20), "2026-11-20"),
        (ASKED_AT, "2026-11-20T18:30:00+03:00"),
        (datetime(2026, 11, 20, 18, 30, tzinfo=UTC), "2026-11-20T18:30:00+00:00"),
        (timedelta(hours=8), "PT8H"),
        (("a", Decimal("1.5")), ["a", "1.5"]),
        ({"since": date(2026, 11, 20)}, {"since": "2026-11-20"}),
    ],
)
def test_a_value_becomes_what_json_can_hold(value: Value, written: Any) -> None:
    assert plain(value) == written


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (timedelta(), "PT0S"),
        (timedelta(days=2), "P2D"),
        (timedelta(days=2, minutes=30), "P2DT30M"),
        (timedelta(minutes=90), "PT1H30M"),
        (timedelta(seconds=10), "PT10S"),
        (timedelta(microseconds=500000), "PT0.5S"),
        (-timedelta(hours=1), "-PT1H"),
    ],
)
def test_a_duration_is_written_by_iso_8601(length: timedelta, written: str) -> None:
    assert iso_duration(length) == written


@given(one=st.timedeltas(), other=st.timedeltas())
def test_durations_are_written_alike_only_where_they_are_equal(
    one: timedelta, other: timedelta
) -> None:
    assert (iso_duration(one) == iso_duration(other)) is (one == other)


def test_the_document_names_the_policy_and_the_moment() -> None:
    written = document(VERSION, LENT)

    assert list(written) == ["format", "policy", "as_of", "as_of_source", "notes", "decisions"]
    assert written["policy"] == {"id": "library", "version": "2026", "digest": "sha256:abc"}
    assert written["as_of"] == "2026-11-20T18:30:00+03:00"
    assert written["as_of_source"] == "fact"
    assert written["notes"] == [
        {
            "ru": "время без пояса - московское",
            "en": "time without a zone is Moscow's",
            "code": "no-offset",
            "fact": "asked.at",
        }
    ]


@pytest.mark.parametrize(
    ("level", "more"),
    [("outcomes", []), ("reasons", ["rules", "clauses", "because_rules"])],
)
def test_a_document_holds_as_much_as_is_asked_for(level: Level, more: list[str]) -> None:
    whole = document(VERSION, LENT)["decisions"]
    part = document(VERSION, LENT, level=level)["decisions"]

    assert part.keys() == whole.keys()
    assert list(part["right"]) == ["status", "outcome", "possible", "needs", *more]
    for name, told in part.items():
        behind = told.pop("because_rules", [])
        assert told == {key: whole[name][key] for key in told}
        assert behind == (["right-by-card"] if more and name == "right" else behind)
        assert not behind or whole[name]["because"]


def test_the_facts_that_alone_settle_it_are_told_if_asked_for() -> None:
    policy = shipped("technical-support")
    decided = policy.decide({"requester.kind": "certified_partner", "request.service": "training"})
    told = decided.to_dict(level="outcomes", sufficient=True)["decisions"]

    assert told["scope"]["sufficient"] == ["request.service", "requester.kind"]
    assert told["scope"]["sufficient"] == decided["scope"].sufficient
    assert told["response_due"]["sufficient"] == []
    assert "sufficient" not in decided.to_dict()["decisions"]["scope"]


def test_there_is_no_other_level() -> None:
    with pytest.raises(ValueError, match="outcomes, reasons, full"):
        document(VERSION, LENT, level="all")  # type: ignore[arg-type]


def test_an_outcome_stands_with_its_reasons() -> None:
    written = document(VERSION, LENT)["decisions"]["right"]
    trace = written.pop("trace")

    assert list(written.items()) == [
        ("status", "determined"),
        ("outcome", "reader"),
        ("possible", ["reader"]),
        ("needs", []),
        ("rules", ["right-by-card"]),
        ("clauses", ["card.period", "card.who"]),
        ("readings", ["last-day"]),
        (
            "because",
            {
                "ru": "Билет действует по 20 ноября 2026.",
                "en": "The card lasts until 20 November 2026.",
            },
        ),
    ]
    assert trace[0] == {
        "rule": "right-by-card",
        "status": "applied",
        "by": [],
        "tests": [
            {
                "subject": {"decision": "card_until"},
                "operator": "at_least",
                "operand": {"fact": "loan.asked_at"},
                "holds": True,
                "told": True,
                "seen": "2026-11-20",
                "needs": [],
            }
        ],
    }


def test_a_checklist_lists_its_requirements() -> None:
    written = document(VERSION, LENT)["decisions"]["renewal"]

    assert (written["status"], written["outcome"]) == ("undetermined", None)
    assert (written["possible"], written["needs"]) == (["yes", "no"], ["loan.books"])
    assert (written["met"], written["unmet"], written["open"]) == (["paid"], [], ["few_books"])
    assert written["trace"][1]["tests"][0] == {
        "subject": {"fact": "loan.books"},
        "operator": "at_most",
        "operand": 5,
        "holds": None,
        "told": False,
        "seen": None,
        "needs": ["loan.books"],
    }


def test_a_collection_lists_its_items_with_what_goes_along() -> None:
    written = document(VERSION, LENT)["decisions"]["steps"]

    assert written["items"] == [
        {"id": "come", "rule": "come-soon", "attached": {}},
        {
            "id": "call",
            "rule": "call-first",
            "attached": {"contact": {"name": "Анна", "phone": "12-34"}},
        },
    ]
    assert (written["open"], written["ask"]) == ([], [])


def test_an_open_collection_names_what_is_worth_asking() -> None:
    waiting = undetermined(
        "steps",
        (("come",), ("come", "call")),
        ("reader.kind",),
        items=(Item("come", "come-soon"),),
        open=("call-first",),
        ask=("loan.books",),
    )

    written = document(VERSION, with_outcome(LENT, waiting))["decisions"]["steps"]

    assert written["possible"] == [["come"], ["come", "call"]]
    assert [item["id"] for item in written["items"]] == ["come"]
    assert (written["open"], written["ask"]) == (["call-first"], ["loan.books"])


def test_a_deadline_shows_its_ledger() -> None:
    written = document(VERSION, LENT)["decisions"]["due"]

    assert written["ledger"][1] == {
        "day": "2026-11-23",
        "from": "2026-11-23T10:00:00+03:00",
        "to": "2026-11-23T17:30:00+03:00",
        "minutes": 450,
    }


def test_outcomes_that_cannot_be_listed_are_null() -> None:
    open_date = undetermined("card_until", None, ("card.issued_on",))

    written = document(VERSION, with_outcome(LENT, open_date))["decisions"]["card_until"]

    assert written["possible"] is None


def test_internal_decisions_stay_inside() -> None:
    assert "hidden" in LENT.decisions
    assert "hidden" not in document(VERSION, LENT)["decisions"]


def test_every_kind_of_test_is_written() -> None:
    tests = (
        met(OneOf(FactRef("reader.kind"), ("adult", None)), "adult"),
        met(Within(FactRef("loan.asked_at"), "desk"), ASKED_AT),
        met(Includes(FactRef("loan.topics"), "war"), ("war",)),
        met(OneOf(Formula("sum", (FactRef("loan.books"), Constant(1))), (3,)), 3),
    )
    traced = determined(
        "answer", "lend", trace=(RuleTrace("answer-lend", RuleStatus.APPLIED, tests=tests),)
    )

    written = document(VERSION, with_outcome(LENT, traced))["decisions"]["answer"]["trace"][0]

    assert [(test["subject"], test["operator"], test["operand"]) for test in written["tests"]] == [
        ({"fact": "reader.kind"}, "one_of", ["adult", None]),
        ({"fact": "loan.asked_at"}, "within", "desk"),
        ({"fact": "loan.topics"}, "includes", "war"),
        ({"sum": [{"fact": "loan.books"}, 1]}, "one_of", [3]),
    ]


def test_the_document_survives_json() -> None:
    written = document(VERSION, LENT)

    assert json.loads(json.dumps(written)) == written


def test_a_document_with_days_in_its_messages_needs_no_locale_data() -> None:
    program = (
        "import sys; from support.lending_request import LENT; from support.lending import VERSION;"
        "from reglament.rendering.documents.decision_document import document;"
        "document(VERSION, LENT);"
        "print('babel' in sys.modules)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == "False\n"


def test_a_decimal_outcome_is_written_with_the_digits_of_its_type() -> None:
    """Rules may say 17.5 and 17.50; a document must not hang on which of them was met first."""
    decided = shipped("library-fees").decide(
        {
            "item.kind": "book",
            "item.price": "149.99",
            "loan.due_on": "2025-06-10",
            "loan.returned_on": "2025-06-20",
            "reader.age": 30,
            "reader.benefits": [],
            "reader.identity_shown": True,
            "reader.owes": "0.00",
            "reader.parent_consents": False,
            "reader.tie_to_city": "lives",
        }
    )

    assert decided.to_dict()["decisions"]["late_fee"]["possible"] == ["0.00", "17.50", "21.00"]
