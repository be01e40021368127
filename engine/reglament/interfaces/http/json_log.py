"""From requests and from what goes wrong to lines of JSON for whatever gathers logs.

Nothing that a request tells stands in them: no fact, no query, no token, no message of an error,
which may repeat what was told; of an error its kind and the lines of code that it went through.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import IO, Any

from reglament.interfaces.http.observing import ObservedCall

MOST_HELD = 200
HOLD_SECONDS = 0.2
_LEFT_OUT = ("decided", "seconds", "status", "method", "route")


class RequestLines:
    """Writes a line about each request, several at once: one by one they cost as much as a
    decision."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stderr
        self._held: list[str] = []

    def watch(self, note: ObservedCall) -> None:
        """Write about a request, soon."""
        if not self._held:
            asyncio.get_running_loop().call_later(HOLD_SECONDS, self.flush)
        self._held.append(_line(note))
        if len(self._held) >= MOST_HELD:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        held, self._held = self._held, []
        if held:
            self._stream.write("".join(held))
            self._stream.flush()


def _line(note: ObservedCall) -> str:
    about = {name: getattr(note, name) for name in note.__slots__ if name not in _LEFT_OUT}
    told: dict[str, Any] = {
        "time": _now(),
        "level": "error" if note.status >= 500 else "info",
        "event": "request",
        "method": note.method,
        "route": note.route,
        "status": note.status,
        "ms": round(note.seconds * 1000, 3),
        **{name: value for name, value in about.items() if value is not None},
    }
    if note.decided:
        told["decisions"] = sum(len(names) * n for (_, names, _), n in note.decided.items())
    return json.dumps(told, ensure_ascii=False) + "\n"


class SparingFormatter(logging.Formatter):
    """A record of `logging` as a line, an error in it without its message."""

    def __init__(self, is_json: bool = False) -> None:
        super().__init__()
        self.is_json = is_json

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, Any] = {
            "time": _now(),
            "level": record.levelname.lower(),
            "event": record.name,
            "message": record.getMessage().rstrip(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["at"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        if self.is_json:
            return json.dumps(told, ensure_ascii=False)
        lines = [f"{told['level']}: {told['message']}"]
        if "error" in told:
            lines += [told["error"], *(f"  {at}" for at in told["at"])]
        return "\n".join(lines)


def logging_settings(is_json: bool) -> dict[str, Any]:
    """How the server and the engine log: warnings and errors, on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"sparing": {"()": SparingFormatter, "is_json": is_json}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "sparing"}},
        "loggers": {
            name: {"handlers": ["stderr"], "level": "WARNING", "propagate": False}
            for name in ("uvicorn", "reglament")
        },
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
