"""From effects to where they are wanted: standard output, a file, a webhook, or a table alone."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TextIO

from reglament.reactions.journal import Effect

TIMEOUT: Final = 10.0
ATTEMPTS: Final = 5


class Undelivered(Exception):
    """An effect could not be handed over now; it stays in the journal and is tried again."""


class Sink(Protocol):
    """Where effects go."""

    # Whether an effect that a crash left in doubt may be sent again without being doubled.
    may_repeat: bool

    def send(self, effects: list[Effect]) -> None:
        """Hand the effects over. Raises Undelivered."""
        ...


class StreamSink:
    """JSON Lines to a stream, at most once: what a crash left in doubt is not written again."""

    may_repeat = False

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def send(self, effects: list[Effect]) -> None:
        """Write a line for each effect."""
        try:
            self.stream.writelines(map(_line, effects))
            self.stream.flush()
        except OSError as error:
            raise Undelivered(str(error)) from error


class FileSink:
    """JSON Lines to a file, exactly once: it is looked up there what a crash left in doubt."""

    may_repeat = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: set[str] | None = None

    def send(self, effects: list[Effect]) -> None:
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

    def _known(self, descriptor: int) -> set[str]:
        """The keys in the file; a last line that a crash cut off is cut away."""
        if self.known is None:
            data = self.path.read_bytes()
            whole = data[: data.rfind(b"\n") + 1]
            if len(whole) < len(data):
                os.ftruncate(descriptor, len(whole))
            self.known = {key for line in whole.splitlines() if (key := _key(line))}
        return self.known


class WebhookSink:
    """A POST for each effect with its key in `Idempotency-Key`, tried again while it fails."""

    may_repeat = True

    def __init__(
        self, address: str, sleep: Callable[[float], object] = time.sleep, attempts: int = ATTEMPTS
    ) -> None:
        self.address = address
        self.sleep = sleep
        self.attempts = attempts

    def send(self, effects: list[Effect]) -> None:
        """Post the effects in turn; most 4xx answers are not asked for again at once."""
        for effect in effects:
            self._deliver(effect)

    def _deliver(self, effect: Effect) -> None:
        why = ""
        for attempt in range(self.attempts):
            if attempt:
                self.sleep(min(30.0, 0.5 * 2**attempt))
            try:
                self._post(effect)
            except urllib.error.HTTPError as error:
                error.close()
                why = f"{error.code}"
                if 400 <= error.code < 500 and error.code not in (408, 425, 429):
                    break
            except OSError as error:
                why = str(error)
            else:
                return
        raise Undelivered(f"{self.address}: {why}")

    def _post(self, effect: Effect) -> None:
        request = urllib.request.Request(
            self.address,
            data=_line(effect).encode(),
            headers={"Content-Type": "application/json", "Idempotency-Key": effect.key},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            answer.read()


class TableSink:
    """The table `effects` of the journal is what is wanted: a row there is the effect."""

    may_repeat = True

    def send(self, effects: list[Effect]) -> None:
        """Nothing is left to do."""


def _line(effect: Effect) -> str:
    return json.dumps(effect.body, ensure_ascii=False) + "\n"


def _key(line: bytes) -> str | None:
    try:
        return str(json.loads(line)["key"])
    except (ValueError, KeyError, TypeError):
        return None
