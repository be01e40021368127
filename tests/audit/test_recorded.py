"""What an entry holds of a decision, and that nothing of it is lost: the policy gives it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reglament.audit import DecisionLog
from reglament.audit.canonical import canonical
from reglament.audit.entry import Entry
from reglament.audit.entry_page import made_again
from reglament.audit.verification import verify
from reglament.policy import Decided, Policy
from reglament.rendering.pages.decision_page import decision_text, shown_now
from support.cli_runner import run
from support.laws import sample
from support.shipped import shipped
from support.shop import BORN, record, request, shop

AT = {"request.created_at": "2026-11-20T18:30", "requester.kind": "user"}
SUPPORT: list[dict[str, Any]] = [
    {"request.service": "onsite_visit", "request.channel": "portal"},
    {"requester.kind": "certified_partner", "request.created_at": "2026-11-20T18:30"},
    {"renewal": {"submitted_via": "portal", "act": {"number": None}}},
    {  # all of them
        "requester": {"kind": "user", "district": None},
        "key.registered_on": "2026-10-31",
        "subscription": None,
        "request": {
            "created_at": "2026-11-20T18:30",
            "channel": "phone",
            "service": "error_correction",
            "remote_tool": None,
            "general_guide_exists": True,
            "fix_feasible": True,
            "remote_approved": False,
        },
        "renewal": {
            "submitted_via": "portal",
            "submitted_at": "2026-11-20T10:00:00+03:00",
            "act": {
                "number": "A-1",
                "issued_by": "certified_partner",
                "lists_support": True,
                "used_before": False,
            },
        },
    },
]


@pytest.fixture(params=sample(SUPPORT, 1))
def decided(request: pytest.FixtureRequest) -> Decided:
    return shipped("technical-support").decide(request.param)


@pytest.fixture
def entry(file_log: DecisionLog, decided: Decided) -> Entry:
    return file_log.append(decided.version, decided.document)


def test_it_is_the_document_of_reasons_with_the_readings(
    file_log: DecisionLog, decided: Decided, entry: Entry
) -> None:
    expected = decided.to_dict(level="reasons")
    for name, told in expected["decisions"].items():
        told["readings"] = list(decided.document.decisions[name].readings)
        if open_clauses := decided.document.decisions[name].open_clauses:
            told["open_clauses"] = list(open_clauses)
    assert entry.document == expected
    assert canonical(json.loads(entry.data)) == entry.data
    assert entry == file_log.entry(1)


def test_the_whole_document_is_made_again_to_the_last_word(
    file_log: DecisionLog, decided: Decided, entry: Entry
) -> None:
    assert made_again(file_log, entry) == decided.to_dict()
    assert verify(file_log, is_whole=True).findings == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "  Clauses: Платная техподдержка, 4, не входит / 4 (may apply); "),
        ("ru", "  Пункты: Платная техподдержка, 4, не входит / 4 (может относиться); "),
    ],
)
def test_what_is_shown_begins_with_the_clauses_of_the_answer(language: Any, line: str) -> None:
    decided = shipped("technical-support").decide(SUPPORT[0] | AT)
    shown = decision_text(shown_now(decided.version, decided.document), language)
    assert shown.splitlines()[2].startswith(line)


def test_of_an_erased_request_it_is_not(file_log: DecisionLog, policy: Policy) -> None:
    entry: Entry = record(file_log, policy, request(1, **BORN))
    assert made_again(file_log, entry) is not None
    file_log.erase(1)

    assert made_again(file_log, entry) is None


def test_the_command_prints_it_beside_the_entry(tmp_path: Path) -> None:
    policy, url = shop(tmp_path / "shop"), str(tmp_path / "log.db")
    decided = policy.decide(request(1), log=url)
    shown, whole = (
        json.loads(run("log", "show", url, 1, "--json", *more).stdout) for more in ((), ("--all",))
    )

    assert "made_again" not in shown
    assert whole == shown | {"made_again": decided.to_dict()}
    assert whole["made_again"]["decisions"]["refund"]["because"]["en"] == "a book, buyer not stated"
