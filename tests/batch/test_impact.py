"""`diff --on` and `readings --on` count the rows that change, as deciding each row twice does."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reglament.analysis.window import DayWindow
from reglament.audit import open_log
from reglament.audit.log import Recordable
from reglament.batch.impact import ChangedRows, ComparedTable, impact
from reglament.language.loading.switched import switched
from reglament.model.outcomes import Status
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.cli_runner import run
from support.table_files import Request, requests_of, write_requests

READING = {"infeasible-fix": "not-regulated"}


@pytest.fixture(scope="module")
def requests() -> list[Request]:
    from support.shipped import shipped

    return requests_of(shipped("technical-support"), 120, missing=0.05)


@pytest.fixture
def table(requests: list[Request], policy: Policy, tmp_path: Path) -> Path:
    return write_requests(tmp_path / "r.parquet", policy, requests)


def told(policy: Policy, row: Request, name: str) -> Any:
    try:
        outcome = policy.decide(row, at="2026-11-20")[name]
    except Refused:
        return "refused", (), None
    return outcome.status, outcome.rules, outcome.outcome, outcome.possible


@pytest.mark.slow
@pytest.mark.parametrize("reading", [READING, {"weekdays": None}])
def test_each_row_is_decided_by_both(
    reading: dict[str, str | None], policy: Policy, requests: list[Request], table: Path
) -> None:
    version = policy.versions[-1]
    known = {name: version.readings[name] for name in reading}
    choice = {
        name: alternative or next(a for a in known[name].alternatives if a != known[name].chosen)
        for name, alternative in reading.items()
    }
    other = switched(version, choice)
    found = impact(version, other, DayWindow(), ComparedTable(str(table)))

    expected, changed = Counter[str](), set()
    sides = policy, Policy((other,))
    for place, row in enumerate(requests):
        for name, decision in version.decisions.items():
            before, after = (told(side, row, name) for side in sides)
            is_open = Status.UNDETERMINED in (before[0], after[0])
            if not decision.is_internal and (before[0], *before[2:]) != (after[0], *after[2:]):
                assert not is_open or before[0] != after[0] or before[3] != after[3]
                expected[name] += 1
                changed.add(place)
    counted = Counter[str]()
    for change, rows in found.changes.items():
        counted[change.decision] += rows
    assert (found.rows, found.compared, found.changed) == (120, 120, len(changed))
    assert counted == expected
    assert changed, "a reading that changes nothing shows nothing"


@pytest.mark.slow
def test_only_days_that_both_decide_are_compared(policy: Policy, table: Path) -> None:
    version = policy.versions[-1]
    days = DayWindow(date(2022, 1, 1), date(2024, 1, 1))
    whole = impact(version, switched(version, READING), DayWindow(), ComparedTable(str(table)))
    found = impact(version, switched(version, READING), days, ComparedTable(str(table)))

    assert 0 < found.compared < whole.compared == found.rows
    assert found.changed <= whole.changed


@pytest.mark.slow
def test_a_version_beside_itself_changes_nothing(policy: Policy, table: Path) -> None:
    version = policy.versions[-1]
    same = impact(version, replace(version, examples=()), DayWindow(), ComparedTable(str(table)))

    assert (same.changed, same.changes) == (0, {})


@pytest.mark.slow
def test_diff_and_readings_say_it_in_words_and_in_json(policy: Policy, table: Path) -> None:
    named = "--policy", "technical-support"
    arguments = ("readings", *named, "--switch", "infeasible-fix=not-regulated", "--on", table)
    english, russian = run(*arguments), run(*arguments, "--lang", "ru")
    assert "In `r.parquet` rows change: " in english.stdout
    assert "scope: out_of_scope → not_regulated: " in english.stdout
    assert "В `r.parquet` изменится строк: " in russian.stdout

    same = run("diff", "2019-01-01", "2019-01-01", *named, "--on", table, "--format", "json")
    assert same.exit_code == 0
    assert json.loads(same.stdout)["differences"][0]["on"]["changed"] == 0
    wrong = run("diff", "2019-01-01", "2019-01-01", *named, "--on", f"{table}x")
    assert wrong.exit_code == 2
    assert "r.parquetx` not found\n   = did you mean `r.parquet`?" in wrong.stderr


@pytest.mark.slow
def test_a_log_is_a_table_of_what_it_records(
    policy: Policy, requests: list[Request], tmp_path: Path
) -> None:
    decided = []
    for row in requests:
        try:
            found = policy.decide(row)
            decided.append((row, Recordable(found.version, found.document)))
        except Refused:
            continue  # no log holds it
    log = str(tmp_path / "decisions.db")
    with open_log(log, create=True) as opened:
        opened.append_all([one for _, one in decided[:40]])
        opened.append_run({"policy": {"id": "x", "versions": {}}, "rows": 1}, ())
        opened.append_all([one for _, one in decided[40:]])
    table = write_requests(tmp_path / "r.parquet", policy, [row for row, _ in decided])
    version = policy.versions[-1]
    for within in (DayWindow(), DayWindow(date(2022, 1, 1), date(2024, 1, 1))):
        found, expected = (
            impact(
                version,
                switched(version, READING),
                within,
                ComparedTable(name, missing_columns="allow"),
            )
            for name in (log, str(table))
        )
        # The table does not say as of when a request was decided that does not tell it.
        untold = 0 if within == DayWindow() else sum(version.chosen_by not in r for r, _ in decided)
        assert expected.compared - untold <= found.compared <= expected.compared
        assert (found.is_of_log, found.rows) == (True, expected.rows)
        if within == DayWindow():
            assert found.changed == expected.changed > 0
            assert {as_entry(one, 40): rows for one, rows in expected.changes.items()} == (
                found.changes
            )


def as_entry(change: ChangedRows, before: int) -> ChangedRows:
    """The change with the number of the entry for that of the row: one more after the run."""
    return replace(change, first=change.first + (change.first > before))


SECRET = """
policy: aid
version: "1"
title: Aid
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: Europe/Berlin
chosen_by: asked
facts:
  asked: {type: date, label: asked}
  income: {type: integer, label: income, sensitive: true}
decisions:
  aid:
    label: aid
    outcomes: {paid: paid, refused_aid: refused}
    rules: [{id: paid, when: {income: {less_than: 100}}, then: paid}]
    otherwise: {then: refused_aid}
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "In the log `a.db` recorded decisions change: 1 of 3 (33.3 %)"),
     ("ru", "В журнале `a.db` изменится записанных решений: 1 из 3 (33.3 %)"),
     ("de", "Im Protokoll `a.db` ändern sich verzeichnete Entscheidungen: 1 von 3 (33.3 %)")],
)  # fmt: skip
def test_what_a_log_keeps_apart_counts_as_long_as_it_is_not_erased(
    language: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "old.yaml").write_text(SECRET)
    (tmp_path / "new.yaml").write_text(SECRET.replace("100", "200"))
    policy = Policy.from_text(SECRET)
    with open_log(str(tmp_path / "a.db"), create=True) as log:
        for income in (150, 150, 500):
            policy.decide({"asked": "2026-01-01", "income": income}, log=log)
        log.erase(1)
    files = (tmp_path / "old.yaml", tmp_path / "new.yaml")

    found = run("diff", *files, "--on", tmp_path / "a.db", "--lang", language)

    assert found.exit_code == 1
    assert said in found.stdout
    assert {"en": "first in entry 2", "ru": "впервые в записи 2", "de": "zuerst in Eintrag 2"}[
        language
    ] in found.stdout


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_fact_that_only_one_version_has_is_read_as_that(ending: str, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(SECRET)
    new = SECRET.replace("income", "wealth").replace("integer", "decimal, places: 2")
    (tmp_path / "new.yaml").write_text(new)
    told = [{"asked": "2026-01-01", "income": 150, "wealth": one} for one in ("99.50", "100.50")]
    table = tmp_path / f"r.{ending}"
    if ending == "csv":
        lines = [",".join(told[0]), *(",".join(map(str, one.values())) for one in told)]
    else:
        lines = [json.dumps(one) for one in told]
    table.write_text("\n".join(lines) + "\n")

    found = run("diff", tmp_path / "old.yaml", tmp_path / "new.yaml", "--on", table)

    assert "rows change: 1 of 2 (50.0 %)" in found.stdout, found.output
    assert "aid: refused_aid → paid: 1" in found.stdout
