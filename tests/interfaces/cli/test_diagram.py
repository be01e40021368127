"""A decision drawn into a file, whatever lays it out."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.cli_runner import besides, run


@pytest.mark.parametrize("program", [None, "exit 1", "printf '\\377'", "not a program"])
def test_a_graphviz_that_is_missing_or_fails_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    folder = tmp_path / "programs"
    folder.mkdir()
    if program is not None:
        dot = folder / "dot"
        dot.write_text(program if program == "not a program" else f"#!/bin/sh\n{program}\n")
        dot.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))

    shown = run("show", "--diagram", "tier", "--output", tmp_path / "tier.svg")

    assert (shown.exit_code, besides(shown.stderr)) == (0, "")
    picture = ElementTree.parse(tmp_path / "tier.svg").getroot()
    assert "certified partner support" in " ".join("".join(picture.itertext()).split())


@pytest.mark.parametrize(("ending", "begins"), [("dot", "digraph {"), ("mmd", "---\ntitle:")])
def test_the_text_for_a_program_that_draws_is_written(
    tmp_path: Path, ending: str, begins: str
) -> None:
    file = tmp_path / f"tier.{ending}"

    assert run("show", "--diagram", "tier", "--output", file).exit_code == 0
    assert file.read_text("utf-8").startswith(begins)
