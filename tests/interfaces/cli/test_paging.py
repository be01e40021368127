"""A pager for what is longer than the terminal, and for nothing else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from support.cli_runner import ROOT, environment, run
from support.events import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")


def at_a_terminal(*arguments: str, lines: int) -> str:
    """What is seen at a terminal of so many lines, where the pager marks each line."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        stdin=theirs,
        env=environment(PAGER="sed s/^/PAGED:/", LINES=str(lines), COLUMNS="100"),
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        seen += data
    os.close(ours)
    assert process.wait(PATIENCE) == 0
    return seen.decode()


@pytest.mark.slow
def test_what_does_not_fit_goes_to_the_pager() -> None:
    asked = ("show", "--policy", "annual-leave")

    assert "PAGED:" in at_a_terminal(*asked, lines=3)
    assert "PAGED:" not in at_a_terminal(*asked, lines=500)
    assert "PAGED:" not in at_a_terminal("--no-pager", *asked, lines=3)
    assert "PAGED:" not in at_a_terminal(*asked, "--no-pager", lines=3)


def test_what_is_no_terminal_gets_all_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    touched = tmp_path / "touched"
    monkeypatch.setenv("PAGER", f"touch {touched}")
    assert run("show", "--policy", "annual-leave").exit_code == 0
    assert run("show", "--policy", "annual-leave", "--no-pager").exit_code == 0
    assert not touched.exists()
