"""A run over a table is one entry of a log: verified, shown and found like any other."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reglament.audit import DecisionLog
from reglament.audit.verification import verify
from reglament.policy import Policy
from support.cli_runner import run
from support.shipped import shipped
from support.shop import record, request

MANIFEST = {
    "policy": {"id": "shop", "versions": {}},
    "input": {"name": "requests.parquet"},
    "output": {"name": "decisions.parquet", "parts": []},
    "rows": 7,
}


@pytest.fixture
def manifest(policy: Policy) -> dict[str, object]:
    versions = {one.version: one.digest for one in policy.versions}
    return {**MANIFEST, "policy": {"id": policy.id, "versions": versions}}


def test_a_run_stands_among_decisions_with_the_policies_that_it_names(
    log: DecisionLog, policy: Policy, manifest: dict[str, object]
) -> None:
    log.append_run(manifest, policy.versions)
    record(log, policy, request(1))

    found = verify(log, is_whole=True)

    assert found.findings == []
    assert (found.entries, found.runs, found.whole_documents) == (2, 1, 1)
    said = [one.to("en") for one in found.unproven]
    assert any("that runs over tables were decided as recorded: 1" in one for one in said)
    assert log.entry(1).body["run"] == manifest


def test_a_run_by_a_policy_that_the_log_lacks_is_named(
    log: DecisionLog, manifest: dict[str, object]
) -> None:
    log.append_run(manifest, ())

    assert [one.code for one in verify(log).findings] == ["missing-policy"]


@pytest.mark.parametrize("broken", [{"rows": "7"}, {"policy": None}, {"input": []}])
def test_what_is_no_manifest_is_no_entry(
    broken: dict[str, object], file_log: DecisionLog, policy: Policy, manifest: dict[str, object]
) -> None:
    file_log.append_run({**manifest, **broken}, policy.versions)

    assert "edited-entry" in [one.code for one in verify(file_log).findings]


@pytest.mark.slow
def test_the_commands_of_the_log_know_a_run(tmp_path: Path) -> None:
    request_ = {"request": {"created_at": "2026-11-20T18:30", "service": "training"}}
    (tmp_path / "r.jsonl").write_text(json.dumps(request_) + "\n")
    log, output = tmp_path / "log.db", tmp_path / "d.csv"
    made = run("batch", tmp_path / "r.jsonl", "-o", output, "--log", log, "--sample-check", 1)
    assert made.exit_code == 0, made.output

    searched = run("log", "search", log)
    assert "run over a table, rows: 1" in searched.stdout
    assert "technical-support" in searched.stdout
    assert run("log", "search", log, "--rule", "tier-free").stdout == ""
    shown = run("log", "show", log, 1, "--lang", "ru")
    assert "прогон по таблице, строк: 1" in shown.stdout
    assert shipped("technical-support").versions[-1].digest in shown.stdout
    assert json.loads(run("log", "show", log, 1, "--json").stdout)["kind"] == "run"
    assert run("log", "show", log, 1, "--html", tmp_path / "x.html").exit_code == 2
    assert run("log", "verify", log).exit_code == 0
    assert run("log", "replay", log, "--policy", "technical-support").exit_code in (0, 1, 2)
    assert run("log", "report", log).exit_code == 0


def test_a_run_that_was_edited_is_found(tmp_path: Path, manifest: dict, policy: Policy) -> None:
    from reglament.audit import open_log

    path = tmp_path / "log.db"
    with open_log(str(path), create=True) as log:
        log.append_run(manifest, policy.versions)
        other = log.append_run({**manifest, "rows": 8}, policy.versions)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER reglament_entries_update")
        body = connection.execute("SELECT body FROM reglament_entries WHERE sequence = 2")
        connection.execute(
            "UPDATE reglament_entries SET body = ? WHERE sequence = 1", body.fetchone()
        )
    with open_log(str(path)) as log:
        assert other.sequence == 2
        assert "edited-entry" in [one.code for one in verify(log).findings]
