"""Before anything is said: what is told of long work meanwhile is taken away.

It stands apart from what tells it, since most runs end before there is anything to tell.
"""

from __future__ import annotations

from typing import Protocol


class Telling(Protocol):
    """Tells what the work is at."""

    def clear(self) -> None:
        """Take away what was said for now."""

    def hush(self) -> None:
        """Take away what was said, and say nothing more."""


_current: Telling | None = None


def begin(telling: Telling | None) -> None:
    """From now on this tells of the work; None where nothing does."""
    global _current
    _current = telling


def clear() -> None:
    """Before something is said beside: take away what is told of the work for now."""
    if _current is not None:
        _current.clear()


def hush() -> None:
    """Before anything is said: take away what is told of the work."""
    if _current is not None:
        _current.hush()
