"""`ask`: answers as people type them, steps back, requests that are begun and kept."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from reglament.interfaces.cli.ask_command import wrapped
from support.cli_runner import run

SMALL = """\
policy: small
version: "1"
title: {ru: Малый, en: Small}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: Europe/Moscow
chosen_by: day
facts:
  day: {type: date, label: {ru: день, en: day}}
  tree:
    type: choice
    options: {elka: {ru: Ёлка, en: fir}, dub: {ru: Дуб, en: oak}}
    null_means: {ru: дерева нет, en: there is no tree}
    label: {ru: дерево, en: tree}
    told_by: [forester]
  count:
    type: integer
    null_means: {ru: не считали, en: not counted}
    label: {ru: число, en: count}
  seen: {type: datetime, null_means: {ru: не видели, en: not seen}, label: {ru: видели, en: seen}}
  has: {type: boolean, label: {ru: есть, en: there is}}
decisions:
  d:
    label: {ru: решение, en: decision}
    outcomes: {a: {ru: а, en: a}, b: {ru: б, en: b}}
    rules: [{id: rule-a, when: WHEN, then: a}]
    otherwise: {then: b}
"""


def answered(folder: Path, when: str, typed: str, *options: object) -> dict[str, object]:
    """What an interview about a policy whose one rule reads one fact keeps."""
    (folder / "p.yaml").write_text(SMALL.replace("WHEN", when), "utf-8")
    kept = folder / "kept.yaml"
    asked = run("ask", "--policy", folder / "p.yaml", "--save", kept, *options, stdin=typed)
    assert asked.exit_code == 0, asked.output
    return yaml.safe_load(kept.read_text("utf-8")) if kept.exists() else {}


@pytest.mark.parametrize("typed", ["1", "elka", "Ёлка", "елка", "ЕЛКА", "fir"])
def test_an_option_is_known_by_its_label_with_a_plain_letter_too(
    tmp_path: Path, typed: str
) -> None:
    assert answered(tmp_path, "{tree: elka}", f"{typed}\n") == {"tree": "elka"}


@pytest.mark.parametrize("typed", ["3", "null", "none", "нет", "there is no tree", "дерева нет"])
def test_none_is_one_of_the_numbered_answers(tmp_path: Path, typed: str) -> None:
    assert answered(tmp_path, "{tree: elka}", f"{typed}\n") == {"tree": None}


@pytest.mark.parametrize(
    ("typed", "count"), [("1", 1), ("0", 0), ("-", None), ("not counted", None), ("null", None)]
)
def test_a_number_is_never_taken_for_none(tmp_path: Path, typed: str, count: int | None) -> None:
    assert answered(tmp_path, "{count: 1}", f"{typed}\n") == {"count": count}


@pytest.mark.parametrize(
    ("typed", "has"),
    [
        ("да", True),
        ("y", True),
        ("ja", True),
        ("1", True),
        ("нет", False),
        ("n", False),
        ("2", False),
    ],
)
def test_yes_and_no_are_known_in_every_language(tmp_path: Path, typed: str, has: bool) -> None:
    assert answered(tmp_path, "{has: true}", f"{typed}\n") == {"has": has}


def now_in_moscow() -> datetime:
    return datetime.now(ZoneInfo("Europe/Moscow"))


@pytest.mark.parametrize("typed", ["now", "сейчас", "Jetzt"])
def test_now_is_this_minute_in_the_time_of_the_policy(tmp_path: Path, typed: str) -> None:
    before = now_in_moscow().replace(second=0, microsecond=0)
    told = answered(tmp_path, "{seen: {before: 2030-01-01T00:00}}", f"{typed}\n")

    assert before <= datetime.fromisoformat(str(told["seen"])) <= now_in_moscow()


def test_today_is_the_day_there(tmp_path: Path) -> None:
    before = now_in_moscow().date()
    told = answered(tmp_path, "{day: {before: 2030-01-01}}", "today\n", "--at", "2024-06-01")

    assert before <= date.fromisoformat(str(told["day"])) <= now_in_moscow().date()


@pytest.mark.parametrize("typed", ["20.11.2026 18:59", "20 ноября 2026 18:59", "2026-11-20 18:59"])
def test_a_moment_is_read_as_people_write_it(tmp_path: Path, typed: str) -> None:
    told = answered(tmp_path, "{seen: {before: 2030-01-01T00:00}}", f"{typed}\n")

    assert told == {"seen": "2026-11-20T18:59:00+03:00"}


@pytest.mark.parametrize("typed", ["back", "назад", "Zurück"])
def test_a_step_back_asks_again(typed: str) -> None:
    asked = run("ask", stdin=f"{typed}\nportal\ntraining\n{typed}\nonsite_visit\n").output

    assert "this is the first question" in asked
    assert asked.count("Which service do you need?") == 2
    assert "Answer: refuse." in asked


def test_a_step_back_from_what_is_not_known_asks_it_again() -> None:
    asked = run("ask", stdin="?\nback\nportal\n8\n").output

    assert asked.count("Through which channel did the request come?") == 2


def test_an_interview_goes_on_where_it_was_left(tmp_path: Path) -> None:
    begun, kept = tmp_path / "begun.yaml", tmp_path / "kept.yaml"
    first = run("ask", "--save", begun, stdin="portal\n")
    second = run("ask", "--from", begun, "--save", kept, stdin="8\n")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Through which channel" not in second.output
    assert kept.read_text("utf-8") == "request.channel: portal\nrequest.service: onsite_visit\n"
    assert "answer" in run("decide", kept).output


def test_what_was_answered_is_recorded(tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    asked = run("ask", "--log", log, stdin="portal\n8\n")

    assert asked.exit_code == 0
    assert run("log", "verify", log).exit_code == 0
    assert "refuse" in run("log", "search", log, "--outcome", "answer=refuse").output


def test_only_the_facts_of_one_person_are_asked() -> None:
    asked = run("ask", "--for", "requester", stdin="user\nerror_correction\n").output

    assert "Is it technically possible" not in asked.partition("Answer:")[0]
    assert "Others can tell: " in asked
    assert "a correction is technically possible" in asked


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--for", "requster"], "did you mean `requester`?"),
        (["--from", "absent.yaml"], "file not found: `absent.yaml`"),
        (["--from", "two.yaml"], "`--from`: expected one request, found 2"),
        (["--from", "bad.yaml"], "bad.yaml:1:18"),
        (["--from", ""], "no file was named"),
        (["--save", "bad.yaml"], "`--save`: `bad.yaml` already exists"),
        (["--save", "absent/kept.yaml"], "`--save`: no such folder: `absent`"),
        (["--log", "bad.yaml"], "bad.yaml"),
    ],
)
def test_what_cannot_be_read_or_kept_is_told_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text("request.channel: [portal]\n")
    Path("two.yaml").write_text("- request.channel: portal\n- request.channel: phone\n")
    asked = run("ask", *options, stdin="portal\n8\n")

    assert (asked.exit_code, asked.stdout) == (2, "")
    assert said in asked.stderr
    assert Path("bad.yaml").read_text() == "request.channel: [portal]\n"


LISTS = {
    "words, with": ("text", ["b, c"], '["b, c"]'),
    "words": ("text", ["b", "c"], "b, c"),
    "numbers as JSON": ("integer", [1, 20], "[1, 20]"),
    "numbers": ("integer", [1, 20], "1, 20"),
    "none": ("integer", [], "[]"),
}


@pytest.mark.parametrize(("item", "told", "typed"), LISTS.values(), ids=LISTS)
def test_a_list_is_typed_with_commas_or_as_json(
    tmp_path: Path, item: str, told: list[object], typed: str
) -> None:
    listed = f"  some: {{type: list, item: {{type: {item}}}, label: {{ru: что, en: some}}}}\n"
    small = SMALL.replace("  has: {", f"{listed}  has: {{")
    small = small.replace("WHEN", "{formula: {count: some}, at_least: 1}")
    (tmp_path / "p.yaml").write_text(small, "utf-8")
    kept = tmp_path / "kept.yaml"

    asked = run("ask", "--policy", tmp_path / "p.yaml", "--save", kept, stdin=f"{typed}\n")

    assert asked.exit_code == 0
    assert yaml.safe_load(kept.read_text("utf-8"))["some"] == told


def test_lines_are_broken_between_words_under_their_first_one() -> None:
    text = "A question that is long?\n  1) an answer with many words\n  or another word"

    assert wrapped(text, 16).splitlines() == [
        "A question that",
        "is long?",
        "  1) an answer",
        "     with many",
        "     words",
        "  or another",
        "  word",
    ]
