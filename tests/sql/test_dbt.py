"""The recipe for dbt is run as it stands on the page, and by dbt itself where that is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reglament.policy import Policy
from support.places import DOCS, ROOT

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: SQL NOT tested")

PROGRAM = os.environ.get("DBT") or shutil.which("dbt")
PROJECT = {
    "dbt_project.yml": {"name": "support", "profile": "support", "flags": {}},
    "profiles.yml": {
        "support": {
            "target": "dev",
            "outputs": {"dev": {"type": "duckdb", "path": "support.duckdb", "threads": 1}},
        }
    },
}
ONLY = ["tier", "response_due"]
TOLD = ["key.registered_on", "subscription.active_from", "subscription.active_until"]


def recipe() -> str:
    """The block of the page that writes the files of dbt."""
    blocks = re.findall(
        r"^```python\n(.*?)^```$", (DOCS / "batch.md").read_text("utf-8"), re.M | re.S
    )
    (found,) = (one for one in blocks if '"seeds"' in one)
    return str(found)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of dbt with the requests, and what the recipe writes."""
    monkeypatch.chdir(tmp_path)
    for name in ("seeds", "models"):
        (tmp_path / name).mkdir()
    for name, text in PROJECT.items():
        (tmp_path / name).write_text(json.dumps(text), "utf-8")
    make = [sys.executable, ROOT / "scripts" / "make-requests", "500", "requests.parquet"]
    subprocess.run(make, check=True, capture_output=True)
    requests = "SELECT * FROM read_parquet('requests.parquet')"
    (tmp_path / "models" / "requests.sql").write_text(requests, "utf-8")
    exec(recipe(), {})
    return tmp_path


@pytest.mark.slow
def test_the_model_refers_to_each_seed(project: Path) -> None:
    model = (project / "models" / "decided.sql").read_text("utf-8")
    seeds = json.loads((project / "seeds" / "reglament.yml").read_text("utf-8"))["seeds"]

    named = {one["name"] for one in seeds}
    assert set(re.findall(r"ref\('(\w+)'\)", model)) <= named | {"requests"}
    assert {one.stem for one in (project / "seeds").glob("*.csv")} == named
    assert not re.search(r"(?<!')reglament_", model)


@pytest.mark.slow
@pytest.mark.skipif(PROGRAM is None, reason="dbt is not installed (DBT names the program)")
def test_dbt_builds_what_duckdb_gives(project: Path, policy: Policy) -> None:
    quiet = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    built = subprocess.run(
        [str(PROGRAM), "build", "--profiles-dir", "."], env=quiet, capture_output=True, text=True
    )
    assert built.returncode == 0, built.stdout

    alone = duckdb.connect()
    script = policy.sql("duckdb", only=ONLY, told=TOLD, table="'requests.parquet'")
    for statement in script.statements:
        alone.execute(statement)
    expected = alone.execute(f"SELECT * FROM ({script.select}) ORDER BY id").fetchall()
    by_dbt = duckdb.connect("support.duckdb")
    assert by_dbt.execute("SELECT * FROM decided ORDER BY id").fetchall() == expected
    assert len(expected) == 500
