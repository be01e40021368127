"""From texts to files: each is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused


def write_whole(path: Path, text: str) -> None:
    """Put `text` in the place of the file, with its permissions kept.

    A reader, or a power cut, finds the old text or the new one. Raises Refused.
    """
    try:
        _write(path.resolve(), text)
    except OSError as error:
        why = error.strerror or str(error)
        message = Message("file-cannot-written", path=path, why=why)
        raise Refused([Problem("file-unwritable", message, Place.whole(str(path)))]) from error


def _write(path: Path, text: str) -> None:
    mode = path.stat().st_mode if path.exists() else None
    made = path.with_name(f".{path.name}.{token_hex(4)}")
    try:  # also of what ends it before the file is open
        with made.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(0o644 if mode is None else mode & 0o7777)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
