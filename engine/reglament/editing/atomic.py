"""From what is written to files: each is there whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused


def write_whole(path: Path, text: str) -> None:
    """Put `text` in the place of the file, or of that to which it links. Raises Refused."""
    with replacing(path, through_links=True) as file:
        file.write(text.encode())


def refuse_unwritable(path: Path) -> None:
    """Find out now whether the file can be written later; it stays as it is. Raises Refused."""
    if is_stream(path):
        return  # whoever reads a pipe would be told that it ends
    with suppress(_Tried), replacing(path, through_links=True):
        raise _Tried


def is_stream(path: Path) -> bool:
    """Whether the path leads to what is neither a file nor a folder: a pipe, a device, a socket."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


class _Tried(Exception):
    """What leaves everything as it was."""


@contextmanager
def replacing(path: Path, *, through_links: bool = False) -> Iterator[BinaryIO]:
    """A file to be written, which takes the place of `path` at the end, its permissions kept.

    A reader, or a power cut, finds the old file or the new one; whatever happens before the end
    leaves nothing. What is no file but a pipe or a device (`/dev/stdout`, `/dev/null`) stays what
    it is, and gets what is written at once. Raises Refused where it cannot be written.
    """
    try:
        if is_stream(path):
            with path.open("wb") as file:
                yield file
            return
        target = path.resolve() if through_links else path
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o644
        made = target.with_name(f".{target.name}.{token_hex(4)}")
        try:  # also of what ends it before the file is open
            with made.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            made.chmod(mode)
            made.replace(target)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
    except OSError as error:
        message = Message("file-cannot-written", path=path, why=error.strerror or str(error))
        raise Refused([Problem("file-unwritable", message, Place.whole(str(path)))]) from error
