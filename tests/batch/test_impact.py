"""`diff --on` and `readings --on` count the rows that change, as deciding each row twice does."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reglament.analysis.window import Window
from reglament.batch.impact import Asked, impact
from reglament.language.loading.switched import switched
from reglament.model.outcomes import Status
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.cli_runner import run
from support.laws import sample
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


@pytest.mark.parametrize("reading", sample([READING, {"weekdays": None}], 1))
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
    found = impact(version, other, Window(), Asked(str(table)))

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
    days = Window(date(2022, 1, 1), date(2024, 1, 1))
    whole = impact(version, switched(version, READING), Window(), Asked(str(table)))
    found = impact(version, switched(version, READING), days, Asked(str(table)))

    assert 0 < found.compared < whole.compared == found.rows
    assert found.changed <= whole.changed


@pytest.mark.slow
def test_a_version_beside_itself_changes_nothing(policy: Policy, table: Path) -> None:
    version = policy.versions[-1]
    same = impact(version, replace(version, examples=()), Window(), Asked(str(table)))

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
