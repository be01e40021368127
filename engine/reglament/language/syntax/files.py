"""From a path to the bytes of a plain file: no pipe that waits, no device, no link elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # not on every system


@contextmanager
def opened_file(
    path: Path, name: str, *, within: Path | None = None, or_pipe: bool = False
) -> Iterator[BinaryIO]:
    """The file, opened without waiting; `or_pipe` where what a program writes is as welcome.

    Raises Refused, with `name` as the file, for what is no file and for a link that leads out of
    the folder `within`; OSError where it cannot be opened.
    """
    refuse_irregular(path, name, or_pipe=or_pipe)
    if within is not None:
        _refuse_outside(path, name, within)
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | _AT_ONCE)
    with os.fdopen(descriptor, "rb") as file:
        mode = os.fstat(descriptor).st_mode  # it may have become another one meanwhile
        if not _is_welcome(mode, or_pipe):
            raise _irregular(name)
        if stat.S_ISFIFO(mode):
            os.set_blocking(descriptor, True)  # one that nobody writes to is at its end at once
        yield file


def refuse_irregular(path: Path, name: str, *, or_pipe: bool = False) -> None:
    """Raises Refused for a pipe, a device or a socket, without opening it; OSError for nothing."""
    if not _is_welcome(path.stat().st_mode, or_pipe):
        raise _irregular(name)


def refuse_no_file(path: Path, name: str) -> None:
    """Raises Refused, as above, and for a folder too; OSError for nothing."""
    refuse_irregular(path, name)
    if path.is_dir():
        message = Message("folder-file-wanted-source", name=name)
        raise Refused([Problem("file-is-folder", message, Place.whole(name))])


def _is_welcome(mode: int, or_pipe: bool) -> bool:
    # A folder is refused by the system, in its own words.
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode) or (or_pipe and stat.S_ISFIFO(mode))


def _refuse_outside(path: Path, name: str, folder: Path) -> None:
    if path.resolve().is_relative_to(folder.resolve()):
        return
    message = Message("link-leads-out-folder", name=name, folder=folder)
    hint = Message("put-file-itself-into")
    raise Refused([Problem("file-outside", message, Place.whole(name), hint=hint)])


def _irregular(name: str) -> Refused:
    message = Message("not-file-but-pipe", name=name)
    return Refused([Problem("file-irregular", message, Place.whole(name))])
