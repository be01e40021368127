"""What is written to a file is there whole or not at all; a pipe or a device stays what it is."""

from __future__ import annotations

import os
import stat
import threading
from errno import ENOSPC
from pathlib import Path

import pytest

from reglament.editing.atomic import refuse_unwritable, replacing, write_whole
from reglament.model.problems import Refused
from support.cli_runner import run
from support.laws import sample


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe."""
    made = tmp_path / "pipe"
    os.mkfifo(made)
    return made


def test_a_pipe_gets_what_is_written_and_stays_a_pipe(pipe: Path) -> None:
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()

    write_whole(pipe, "a\nb\n")
    reader.join()

    assert got == [b"a\nb\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(pipe.parent.iterdir()) == [pipe]


def test_whoever_asks_whether_a_pipe_can_be_written_does_not_end_it(pipe: Path) -> None:
    refuse_unwritable(pipe)

    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_to_a_device_leads_there(tmp_path: Path) -> None:
    link = tmp_path / "nowhere"
    link.symlink_to(os.devnull)

    with replacing(link) as file:
        file.write(b"a")

    assert link.is_symlink()
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_schema_goes_into_a_pipe(pipe: Path) -> None:
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text("utf-8")))
    reader.start()

    result = run("schema", "--policy", "library-fees", "-o", pipe)
    reader.join()

    assert result.exit_code == 0
    assert got == [run("schema", "--policy", "library-fees").stdout]


def full(*_: object) -> None:
    raise OSError(ENOSPC, os.strerror(ENOSPC))


@pytest.mark.parametrize(
    ("command", "option"),
    sample([("report", "--csv"), ("report", "--xlsx"), ("export", "--output")], 1),
)
def test_what_a_full_disk_cuts_off_leaves_the_file_of_before(
    command: str, option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, output = tmp_path / "log.db", tmp_path / "made"
    output.write_text("of before")
    run("decide", "-", "--policy", "library-fees", "--log", log, stdin="{}")
    monkeypatch.setattr(os, "fsync", full)

    result = run("log", command, log, option, output, "--lang", "en")

    assert (result.exit_code, output.read_text()) == (2, "of before")
    assert result.stderr.startswith(f"cannot write the file `{output}`: ")
    assert not list(tmp_path.glob(".made*"))


def test_a_key_that_could_not_be_written_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reglament.audit.checkpoint import new_key_pair

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(Refused):
        new_key_pair(tmp_path / "private.pem", tmp_path / "public.pem")

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ["log", "verify", "{}"],
        ["decide", "-", "--policy", "library-fees", "--log", "{}"],
        ["timeline", "request/1", "--policy", "technical-support", "--journal", "{}"],
        ["watch", "-", "--once", "--policy", "technical-support", "--to", "{}"],
    ],
)
def test_a_folder_is_no_log_and_no_journal(arguments: list[str], tmp_path: Path) -> None:
    asked = [one.format(tmp_path) for one in arguments]

    result = run(*asked, "--lang", "en", stdin="{}")

    assert result.exit_code == 2
    assert result.stderr == f"`{tmp_path}` is a folder; expected a file\n"
