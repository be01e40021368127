"""A sample of what `scripts/fuzz` does, and the script itself."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from support import fuzzing
from support.laws import sample
from support.places import ROOT

SLOW = {"docx": 8, "log-import": 8, "policy": 20, "request": 20}
SCRIPT = ROOT / "scripts" / "fuzz"


@pytest.mark.parametrize("name", sample(fuzzing.READERS, 4))
def test_a_reader_reads_or_refuses(name: str) -> None:
    known, chance = fuzzing.seeds(name), random.Random(26)
    for data in known[:: 1 + len(known) // 10]:
        fuzzing.tried(fuzzing.READERS[name], data)
    for _ in range(SLOW.get(name, 60)):
        fuzzing.tried(fuzzing.READERS[name], fuzzing.mutated(chance, known))


def test_an_input_that_fails_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(data: bytes) -> None:
        raise ZeroDivisionError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(fuzzing.READERS, "csv", break_down)

    with pytest.raises(ZeroDivisionError):
        fuzzing.blindly("csv", 1, 1)
    (kept,) = tmp_path.glob("fuzz-csv-*")
    assert kept.read_bytes() == fuzzing.seeds("csv")[0]
    assert str(kept.name) in capsys.readouterr().err


@pytest.mark.slow
def test_the_script_tries_a_reader_for_so_long(tmp_path: Path) -> None:
    command = [sys.executable, SCRIPT, "address", "--seconds", "0.2", "--engine", "blind"]

    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True)

    assert done.stdout.startswith("address: ")
    assert done.stdout.endswith("none fails\n")
    assert list(tmp_path.iterdir()) == []
