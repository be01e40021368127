"""The man page is made of what the commands say of themselves."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from reglament.interfaces.cli import COMMANDS
from support.cli_runner import ROOT


@pytest.mark.slow
def test_it_names_every_command_and_is_sound() -> None:
    made = subprocess.run(
        [sys.executable, ROOT / "scripts" / "man-page"], capture_output=True, text=True, check=True
    ).stdout

    assert all(f".SS reglament {name}" in made for name in COMMANDS)
    assert ".SS reglament log verify" in made
    assert made.isascii()
    groff = shutil.which("groff")
    if groff is not None:
        read = subprocess.run(
            [groff, "-man", "-Tutf8", "-ww"], input=made, capture_output=True, text=True, check=True
        )
        assert read.stderr == ""
        assert "Decide each request" in read.stdout
