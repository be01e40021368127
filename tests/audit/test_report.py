"""Counts over a log: as text, CSV, a workbook and a page."""

from __future__ import annotations

import builtins
import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reglament.audit import open_log
from reglament.audit.entry_filters import Wanted
from reglament.audit.report_tables import as_csv, tables
from reglament.interfaces.cli.log_command import log as command
from support.shipped import shipped
from support.shop import record, request, shop

MORNING = {
    "requester.kind": "certified_partner",
    "request.channel": "portal",
    "request.service": "training",
}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Nine requests to the shipped regulation in two months, the last without a service."""
    path = str(tmp_path_factory.mktemp("log") / "a.db")
    moments = [f"2026-10-{day}T11:00" for day in (12, 13, 14, 15)]
    moments += [f"2026-11-{day}T18:30" for day in (16, 17, 18, 19, 20)]
    policy = shipped("technical-support")
    with open_log(path, create=True) as log:
        for number, moment in enumerate(moments):
            told = {**MORNING, "request.created_at": moment}
            if number == len(moments) - 1:
                del told["request.service"]
            record(log, policy, told)
    return path


def asked(recorded: str, *words: str, language: str = "en") -> Result:
    result = CliRunner().invoke(command, ["report", recorded, *words, "--lang", language])
    assert result.exit_code == 0, result.output
    return result


def rows(recorded: str, *words: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(asked(recorded, "--csv", "-", *words).stdout)))


def test_outcomes_are_counted_by_month_with_their_share_of_the_month(recorded: str) -> None:
    head, *table = rows(recorded, "--by", "month,outcome", "--days", "request")

    assert head == ["month", "decision", "outcome", "entries", "share", "in words"]
    answers = [row for row in table if row[1] == "answer"]
    assert answers == [
        ["2026-10", "answer", "accept", "4", "1.0000", "answer: accept"],
        ["2026-11", "answer", "accept", "4", "0.8000", "answer: accept"],
        ["2026-11", "answer", "undetermined", "1", "0.2000", "answer: not determined yet"],
    ]


def test_rules_are_counted_with_what_they_say(recorded: str) -> None:
    _, *table = rows(recorded, "--by", "rule")

    assert ["tier", "tier-partner", "9", "1.0000"] in [row[:4] for row in table]
    assert all(row[4] for row in table)


def test_a_report_is_text_in_the_terminal_too(recorded: str) -> None:
    shown = asked(recorded, "--by", "month", "--days", "request", language="ru").stdout

    assert shown.splitlines() == [
        "месяц    записей  доля  словами",
        "2026-10        4  44 %",
        "2026-11        5  56 %",
    ]


@pytest.mark.parametrize("by", ["weekday", "", "month,,rule", "ruel"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_entries_are_not_counted_by_is_refused(recorded: str, by: str, language: str) -> None:
    result = CliRunner().invoke(command, ["report", recorded, "--by", by, "--lang", language])

    assert (result.exit_code, result.stdout) == (2, "")
    assert "`--by`" in result.stderr
    assert "rule" in result.stderr


def test_a_workbook_has_a_sheet_for_each_thing_counted(recorded: str, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    asked(recorded, "--xlsx", str(path))

    with zipfile.ZipFile(path) as book:
        names = book.read("xl/workbook.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert [
        name for name in ("outcome", "month", "rule", "clause", "reading") if name not in names
    ] == []
    assert "answer: accept" in words


def test_without_the_extra_a_workbook_is_refused_by_its_name(
    recorded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *more: Any, **named: Any) -> Any:
        if name == "xlsxwriter":
            raise ImportError(name, name=name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    path = tmp_path / "report.xlsx"
    result = CliRunner().invoke(command, ["report", recorded, "--xlsx", str(path), "--lang", "en"])

    assert result.exit_code == 2
    assert 'pip install "reglament[xlsx]"' in result.output
    assert not path.exists()


def test_a_cell_is_never_a_formula_of_a_spreadsheet(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    policy = shop(tmp_path / "shop")
    with open_log(path, create=True) as log:
        record(log, policy, request())
        (table,) = tables(log, Wanted(), [("outcome",)], "en")
    formula = [(("=1+1", "-2.50", "-2+3"), 1, table.rows[0][2], "@now")]
    written = as_csv(type(table)(("outcome",), tuple(formula)), "en")

    assert written.splitlines()[1].split(",") == ["'=1+1", "-2.50", "'-2+3", "1", "1.0000", "'@now"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "89 %",
                "accept",
                "from 12 October 2026, 19:00",
                "median",
                "October 2026",
                "8 working hours",
            ],
        ),
        ("ru", ["89 %", "принять", "медиана", "октябрь 2026", "8 рабочих часов"]),
    ],
)
def test_a_page_tells_shares_medians_and_how_outcomes_spread(
    recorded: str, tmp_path: Path, language: str, words: list[str]
) -> None:
    path = tmp_path / "report.html"
    asked(recorded, "--html", str(path), "--days", "request", language=language)
    shown = path.read_text("utf-8")

    assert [word for word in words if word not in shown] == []
    assert "`" not in shown


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Technical support regulation", "Fees of the city library"]),
        ("ru", ["Регламент работы технической поддержки", "Платежи городской библиотеки"]),
    ],
)
def test_a_page_of_several_policies_shows_each_by_itself(
    tmp_path: Path, language: str, titles: list[str]
) -> None:
    url = str(tmp_path / "both.db")
    with open_log(url, create=True) as log:
        for name in ("technical-support", "technical-support", "library-fees"):
            shipped(name).decide({}, log=log)
    shown = asked(url, "--html", "-", language=language).stdout

    parts = re.split("<h2>(.*)</h2>", shown)[3:]
    assert parts[::2] == titles
    for name, part in zip(("technical-support", "library-fees"), parts[1::2], strict=True):
        version = shipped(name).versions[-1]
        for decision in version.decisions.values():
            assert (decision.label.to(language)[1:] in part) is not decision.is_internal
        assert "100 %" in part
        assert "67 %" not in part


def test_counts_as_json_stay_as_they_were(recorded: str) -> None:
    found = json.loads(asked(recorded, "--json").stdout)

    assert found["entries"] == 9
    assert found["outcomes"]["answer"] == {"accept": 8, "undetermined": 1}
    assert set(found) == {
        "entries", "first", "last", "outcomes", "rules", "clauses", "readings", "days", "policies"
    }  # fmt: skip
