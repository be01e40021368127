"""What changes are proposed where a request tells lists of things."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reglament.policy import Policy
from support.cli_runner import run

TEXT: dict[str, Any] = {
    "policy": "lending", "version": "1", "title": "lending", "languages": ["en"],
    "holds_from": "2025-01-01", "known_from": "2025-01-01", "time_zone": "Europe/Moscow",
    "chosen_by": "day",
    "facts": {
        "day": {"type": "date", "label": "day"},
        "loans": {
            "type": "list", "at_most": 4, "label": "loans",
            "item": {
                "type": "record", "called": "loan", "label": "loan",
                "fields": {
                    "tool": {"type": "choice", "options": {"drill": "drill", "saw": "saw"},
                             "label": "tool"},
                    "days": {"type": "integer", "at_least": 1, "at_most": 60, "label": "days"},
                    "value": {"type": "decimal", "places": 2, "at_least": 0, "label": "value"},
                    "taken": {"type": "datetime", "label": "taken"},
                    "back": {"type": "date", "label": "back"},
                    "parts": {
                        "type": "list", "at_most": 3, "label": "parts",
                        "item": {
                            "type": "record", "called": "part", "label": "part",
                            "fields": {"price": {"type": "decimal", "places": 2, "at_least": 0,
                                                 "label": "price"}},
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip
DRILL: dict[str, Any] = {
    "tool": "drill", "days": 3, "value": "20.00", "taken": "2026-11-20T10:00", "back": "2026-11-23",
    "parts": [{"price": "5.00"}],
}  # fmt: skip
SAW = {**DRILL, "tool": "saw"}


def lend(**when: Any) -> dict[str, Any]:
    """Lends unless `when` holds."""
    decision = {
        "label": "lend",
        "outcomes": {"yes": "yes", "no": "no"},
        "otherwise": {"then": "yes"},
    }
    return {"lend": {**decision, "rules": [{"id": "no", "when": when, "then": "no"}]}}


def unless_some(**item: Any) -> Policy:
    """Lends unless some item is so."""
    tests = {f"loan.{name}": test for name, test in item.items()}
    return Policy.from_text({**TEXT, "decisions": lend(loans={"some": tests})})


LONG = unless_some(tool="saw", days={"at_least": 15})
BACK = unless_some(back={"after": "2026-12-05"})
TAKEN = unless_some(taken={"on_or_after": "2026-11-25"})
DEAR = unless_some(parts={"some": {"part.price": {"more_than": "7.50"}}})


def moves(policy: Policy, *loans: Any, want: str = "no") -> list[list[tuple[str, Any]]]:
    found = policy.change({"day": "2026-11-20", "loans": list(loans)}, {"lend": want})
    assert not found.is_proven
    return [[(move.fact, move.after) for move in one.moves] for one in found.changes]


@pytest.mark.parametrize(
    ("policy", "loan", "want", "fact", "after"),
    [
        (LONG, SAW, "no", "loans[1].days", 15),
        (LONG, {**SAW, "days": 20}, "yes", "loans[1].days", 14),
        (BACK, SAW, "no", "loans[1].back", date(2026, 12, 6)),
        (DEAR, DRILL, "no", "loans[1].parts[1].price", Decimal("7.51")),
        (TAKEN, SAW, "no", "loans[1].taken", datetime.fromisoformat("2026-11-25T00:00:00+03:00")),
    ],
)
def test_a_field_moves_no_further_than_it_must(
    policy: Policy, loan: Any, want: str, fact: str, after: Any
) -> None:
    assert [(fact, after)] in moves(policy, loan, want=want)
    assert [(fact.replace("[1]", "[2]", 1), after)] in moves(
        policy, {**DRILL, "days": 1}, loan, want=want
    )


def test_a_field_is_changed_before_an_item_is_added_which_is_as_simple_as_may_be() -> None:
    found = moves(LONG, SAW)

    assert found[0] == [("loans[1].days", 15)]
    (added,) = [after for ((path, after),) in found if path == "loans[2]"]
    assert (added["tool"], added["days"], added["value"], added["parts"]) == ("saw", 15, 0, ())


@pytest.mark.parametrize(
    ("language", "more", "less"),
    [
        ("en", "add loan 2: “", "leave out loan 1: “"),
        ("de", "hinzufügen: loan [en] 2: „", "weglassen: loan [en] 1: „"),
        ("ru", "добавить: loan [en] 2: «", "убрать: loan [en] 1: «"),
    ],
)
def test_an_item_more_or_fewer_is_said_so(
    tmp_path: Path, language: str, more: str, less: str
) -> None:
    policy, request = tmp_path / "policy.yaml", tmp_path / "request.json"
    policy.write_text(json.dumps({**TEXT, "decisions": lend(loans={"exactly": 1})}), "utf-8")
    request.write_text(json.dumps({"day": "2026-11-20", "loans": [SAW]}), "utf-8")
    said = run("change", request, "--policy", policy, "--lang", language).stdout

    assert more in said
    assert less in said


ITEM = TEXT["facts"]["loans"]["item"]
SMALL = {
    **TEXT,
    "facts": {
        **TEXT["facts"],
        "loans": {
            **TEXT["facts"]["loans"],
            "item": {**ITEM, "fields": {"tool": ITEM["fields"]["tool"], "days": {
                "type": "integer", "at_least": 1, "at_most": 20, "label": "days"}}},
        },
    },
}  # fmt: skip
SHORT = {"tool": "saw", "days": 3}


def lends_unless(*tests: Any) -> Policy:
    return Policy.from_text({**SMALL, "decisions": lend(all=[{"loans": test} for test in tests])})


ONE_LONG = lends_unless({"exactly": 1}, {"every": {"loan.days": {"at_least": 15}}})


def test_two_moves_name_items_by_the_numbers_of_the_request() -> None:
    found = moves(ONE_LONG, SHORT, SHORT)

    assert [("loans[1].days", 15), ("loans[2]", None)] in found
    assert [("loans[1]", None), ("loans[2].days", 15)] in found


def test_several_items_are_left_out_or_added() -> None:
    (added, *_) = moves(lends_unless({"exactly": 3}), SHORT)
    assert [path for path, _ in added] == ["loans[2]", "loans[3]"]

    found = moves(lends_unless({"exactly": 1}), SHORT, SHORT, SHORT)
    assert {tuple(path for path, _ in one) for one in found} == {
        ("loans[1]", "loans[2]"),
        ("loans[1]", "loans[3]"),
        ("loans[2]", "loans[3]"),
    }


@pytest.mark.parametrize(
    "told", [{"items": [SHORT], "more": True}, [SHORT, SHORT], [SHORT], []], ids=str
)
def test_an_item_that_is_left_out_is_not_changed_as_well(told: Any) -> None:
    found = ONE_LONG.change({"day": "2026-11-20", "loans": told}, {"lend": "no"})
    for one in found.changes:
        gone = [move.fact for move in one.moves if move.is_of_item and move.after is None]
        assert not any(move.fact.startswith(f"{path}.") for move in one.moves for path in gone)
    assert bool(found.changes) == isinstance(told, list)
