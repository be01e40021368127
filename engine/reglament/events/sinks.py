"""From effects to where they are wanted: standard output, a file, or a table alone."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TextIO

from reglament.events.journal import Effect
from reglament.messages import Words


class Undelivered(Exception):
    """An effect could not be handed over now; it stays in the journal and is tried again."""


@dataclass(slots=True)
class Handed:
    """What became of effects that were to be handed over; the others are to be tried again.

    `aside` will never be accepted, each with the reason. Subjects in `held` are to be left alone
    for so many seconds, so that their effects keep their order; all of them for `later` seconds.
    """

    sent: list[Effect] = field(default_factory=list)
    aside: list[tuple[Effect, Words]] = field(default_factory=list)
    held: dict[str, float] = field(default_factory=dict)
    later: float = 0.0
    why: str = ""


class Sink(Protocol):
    """Where effects go."""

    # Whether an effect that a crash left in doubt may be sent again without being doubled.
    may_repeat: bool

    def send(self, effects: list[Effect]) -> Handed:
        """Hand the effects over. Raises Undelivered where none could be."""
        ...

    def close(self) -> None:
        """Let go of whatever is held."""
        ...


class StreamSink:
    """JSON Lines to a stream, at most once: what a crash left in doubt is not written again."""

    may_repeat = False

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def send(self, effects: list[Effect]) -> Handed:
        """Write a line for each effect."""
        try:
            self.stream.writelines(map(_line, effects))
            self.stream.flush()
        except OSError as error:
            raise Undelivered(str(error)) from error
        return Handed(sent=effects)

    def close(self) -> None:
        """The stream is somebody else's."""


class FileSink:
    """JSON Lines to a file, exactly once: it is looked up there what a crash left in doubt."""

    may_repeat = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: set[str] | None = None

    def send(self, effects: list[Effect]) -> Handed:
        """Write a line for each effect whose key the file does not hold yet."""
        try:
            with self.path.open("ab+") as file:
                known = self._known(file.fileno())
                fresh = [effect for effect in effects if effect.key not in known]
                file.write("".join(map(_line, fresh)).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self.known = None
            raise Undelivered(str(error)) from error
        known.update(effect.key for effect in fresh)
        return Handed(sent=effects)

    def close(self) -> None:
        """The file is opened anew each time."""

    def _known(self, descriptor: int) -> set[str]:
        """The keys in the file; a last line that a crash cut off is cut away."""
        if self.known is None:
            data = self.path.read_bytes()
            whole = data[: data.rfind(b"\n") + 1]
            if len(whole) < len(data):
                os.ftruncate(descriptor, len(whole))
            self.known = {key for line in whole.splitlines() if (key := _key(line))}
        return self.known


class TableSink:
    """The table `effects` of the journal is what is wanted: a row there is the effect."""

    may_repeat = True

    def send(self, effects: list[Effect]) -> Handed:
        """Nothing is left to do."""
        return Handed(sent=effects)

    def close(self) -> None:
        """Nothing is held."""


def _line(effect: Effect) -> str:
    return json.dumps(effect.body, ensure_ascii=False) + "\n"


def _key(line: bytes) -> str | None:
    try:
        return str(json.loads(line)["key"])
    except (ValueError, KeyError, TypeError):
        return None
