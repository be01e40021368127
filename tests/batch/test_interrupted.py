"""A run that is cut short leaves nothing half written, and goes on from its whole parts."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from reglament.batch import running
from reglament.editing.atomic import write_whole
from reglament.policy import Policy
from support.cli_runner import environment, run
from support.events import PATIENCE, wait_for
from support.laws import sample
from support.places import ROOT
from support.table_files import read_rows, requests_of, write_requests

# One decision: these tests are about files.
NAMED = ("--policy", "technical-support", "--only", "tier", "--layout", "narrow")


# In the third part, once rows of it are written, the run waits: a signal always comes in time.
WAITS = """
import sys, time
from reglament.batch.run import Run
from reglament.interfaces.cli import main

decided, parts = Run.decided, []

def waits(run, part):
    parts.append(part)
    for batch in decided(run, part):
        yield batch
        while len(parts) == 3:
            time.sleep(0.01)

Run.decided = waits
main()
"""


def command(*arguments: object) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), "batch", *map(str, arguments), *NAMED]


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_folder_keeps_whole_parts_and_a_later_run_goes_on(
    sent: signal.Signals, policy: Policy, tmp_path: Path
) -> None:
    rows = requests_of(policy, 60, missing=0.3)
    source = write_requests(tmp_path / "r.parquet", policy, rows, group=10)
    output, staging = tmp_path / "d", tmp_path / "d.partial"
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS, "batch", str(source), "-o", str(output), *NAMED],
        env=environment(PYTHONPATH=str(ROOT / "engine")),
        stderr=subprocess.PIPE,
        # In the background of a shell, or under nohup, the tests are to ignore some of them.
        preexec_fn=lambda: signal.signal(sent, signal.SIG_DFL),
    )
    wait_for(lambda: any(staging.glob(".part-00002*")))
    process.send_signal(sent)
    _, complaints = process.communicate(timeout=PATIENCE)

    assert process.returncode == 130
    assert b"Traceback" not in complaints
    assert b"Go on with --resume" in complaints
    assert not output.exists()
    assert not [one for one in staging.iterdir() if one.name.startswith(".")]
    manifest = json.loads((staging / "_manifest.json").read_text("utf-8"))
    names = [one["name"] for one in manifest["output"]["parts"]]
    assert len(names) == 2
    kept = {name: (staging / name).stat().st_mtime_ns for name in names}

    resumed = run("batch", source, "-o", output, "--resume", *NAMED)
    assert resumed.exit_code in (0, 2), resumed.output
    assert {name: (output / name).stat().st_mtime_ns for name in kept} == kept
    assert not staging.exists()
    assert run("batch", "verify", output, "--sample-check", 100).exit_code == 0
    whole = tmp_path / "whole.parquet"
    run("batch", source, "-o", whole, *NAMED)
    assert [row["id"] for row in read_rows(output)] == [row["id"] for row in read_rows(whole)]


@pytest.mark.slow
def test_a_disk_that_is_full_leaves_nothing(policy: Policy, tmp_path: Path) -> None:
    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 300))
    for output in ("d.parquet", "d"):
        done = subprocess.run(
            command(source, "-o", tmp_path / output),
            env=environment(),
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
        )

        assert done.returncode == 2
        assert "File too large" in done.stderr
        assert "Traceback" not in done.stderr
        assert [one.name for one in tmp_path.iterdir()] == ["r.parquet"]


def test_another_run_is_not_joined_to_the_parts_of_one(policy: Policy, tmp_path: Path) -> None:
    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 20), group=10)
    output, staging = tmp_path / "d", tmp_path / "d.partial"
    assert run("batch", source, "-o", output, *NAMED).exit_code in (0, 2)
    output.rename(staging)
    (staging / "part-00001.parquet").unlink()

    again = run("batch", source, "-o", output, *NAMED)
    assert again.exit_code == 2
    assert "holds the parts of a run that was interrupted" in again.stderr
    other = run("batch", source, "-o", output, "--resume", *NAMED[:4], "--layout", "wide")
    assert other.exit_code == 2
    assert "the interrupted run differs in `layout`" in other.stderr


def test_what_a_killed_run_left_half_written_goes(policy: Policy, tmp_path: Path) -> None:
    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 20), group=10)
    output, staging = tmp_path / "d", tmp_path / "d.partial"
    staging.mkdir()
    (staging / ".part-00000.parquet.0123abcd").write_text("half")

    assert run("batch", source, "-o", output, *NAMED).exit_code in (0, 2)
    names = {"_classes.parquet", "_manifest.json", "part-00000.parquet", "part-00001.parquet"}
    assert {one.name for one in output.iterdir()} == names


@pytest.mark.parametrize("change", sample(["manifest", "digest", "part", "classes", "gone"], 2))
def test_parts_that_were_changed_are_not_gone_on_with(
    change: str, policy: Policy, tmp_path: Path
) -> None:
    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 20), group=10)
    output, staging = tmp_path / "d", tmp_path / "d.partial"
    assert run("batch", source, "-o", output, *NAMED).exit_code in (0, 2)
    output.rename(staging)
    manifest, part = staging / "_manifest.json", staging / "part-00001.parquet"
    whole = manifest.read_text("utf-8")
    changes: dict[str, tuple[Callable[[], object], str]] = {
        "manifest": (lambda: manifest.write_text(whole[:100]), "is not the manifest of a run"),
        "digest": (lambda: manifest.write_text(whole.replace('"rows": 2', '"rows": 3')), "`rows`"),
        "part": (lambda: part.write_bytes(part.read_bytes()[:100]), "is not what it was"),
        "classes": (lambda: (staging / "_classes.parquet").write_text(""), "is not what it was"),
        "gone": (part.unlink, "is not there"),
    }
    done, said = changes[change]
    done()

    again = run("batch", source, "-o", output, "--resume", *NAMED)

    assert again.exit_code == 2
    assert said in again.stderr
    assert not output.exists()


class Killed(BaseException):
    """What no one answers."""


@pytest.mark.parametrize(("place", "is_before"), sample([*product((1, 2, 3), (True, False))], 1))
def test_a_run_that_is_killed_at_its_manifest_is_gone_on_with(
    place: int,
    is_before: bool,
    policy: Policy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether the manifest of the part is written just before it dies, or not any more."""
    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 30), group=15)
    output, written = tmp_path / "d", []

    def dies(path: Path, text: str) -> None:
        written.append(path)
        if len(written) == place and is_before:
            raise Killed
        write_whole(path, text)
        if len(written) == place:
            raise Killed

    monkeypatch.setattr(running, "write_whole", dies)
    with pytest.raises(Killed):
        run("batch", source, "-o", output, *NAMED)
    monkeypatch.undo()
    assert not output.exists()

    done = run("batch", source, "-o", output, "--resume", *NAMED)
    assert done.exit_code in (0, 2), done.output
    names = {"_classes.parquet", "_manifest.json", "part-00000.parquet", "part-00001.parquet"}
    assert {one.name for one in output.iterdir()} == names
    assert run("batch", "verify", output).exit_code == 0
