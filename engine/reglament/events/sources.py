"""From a file that grows, standard input or a table of PostgreSQL to lines, each with its place.

Lines are bytes as they came: whether they are text at all is for the reader of events to say.

A place is remembered with the events themselves, in one transaction, so that reading goes on
where it was. Sources wait without polling where the system can tell that something came.
"""

from __future__ import annotations

import os
import selectors
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from reglament.frozen import frozen
from reglament.language.syntax.files import opened_file
from reglament.language.syntax.source import unreadable
from reglament.model.problems import Refused
from reglament.storage.store import HELD_ALONE, Unreachable, clear_errors, connect

BLOCK: Final = 1 << 20
# No more of a line is held: whoever reads events refuses a line that is half as long.
MOST_BYTES: Final = 8_000_000
# Files tell nobody portably that they grew: this is how often their size is looked at.
GLANCE: Final = 0.2
_INBOX: Final = (
    "CREATE TABLE IF NOT EXISTS incoming_events"
    " (seq BIGSERIAL PRIMARY KEY, body TEXT NOT NULL, taken BOOLEAN NOT NULL DEFAULT false)"
)


@frozen
class EventLine:
    """One line, its number from 1, and the place after it.

    `is_open` is the last line of a file that nobody waits for, where no newline ends it.
    """

    data: bytes
    number: int
    after: int
    is_open: bool = False


class EventSource(Protocol):
    """Where events come from: `name` in the journal, `shown` to people."""

    name: str
    shown: str

    def lines(self, place: int, most: int) -> list[EventLine]:
        """Whole lines there are now after a place, each with the place after it."""
        ...

    def wait(self, seconds: float | None, wakeup: int) -> None:
        """Until there may be more, until `wakeup` can be read, or for so many seconds."""
        ...

    def taken(self, place: int) -> None:
        """Everything up to the place is in the journal for good."""
        ...

    def close(self) -> None:
        """Let go of what is held."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether no line will ever come again."""
        ...


class FileSource:
    """The lines of a file to which others append; it may not be there yet."""

    def __init__(self, path: Path, *, follows: bool = True) -> None:
        self.path = path
        self.name = f"file:{path.resolve()}"
        self.shown = str(path)
        self.is_over = False
        self.follows = follows
        self._size = -1
        self._counted = (0, 0)  # a place, and how many lines stand before it

    def lines(self, place: int, most: int) -> list[EventLine]:
        """The whole lines after byte `place`; from the start where the file became shorter.

        Where nobody waits for more, the file is finished: what no newline ends is a line too.
        Raises Refused where the file cannot be read.
        """
        try:
            with opened_file(self.path, self.shown) as file:
                size = os.fstat(file.fileno()).st_size
                start = 0 if size < place else place
                number = self._lines_before(file, start)
                file.seek(start)
                event_lines = list(self._read(file, start, number, most))
        except FileNotFoundError:
            event_lines, size = [], -1
        except OSError as error:
            raise unreadable(self.shown, error) from error
        self._size = size
        self.is_over = not self.follows and not event_lines
        return event_lines

    def wait(self, seconds: float | None, wakeup: int) -> None:
        """Until the file has another size."""
        with selectors.DefaultSelector() as selector:
            selector.register(wakeup, selectors.EVENT_READ)
            left = seconds
            while left is None or left > 0:
                if self._now() != self._size or selector.select(_least(left, GLANCE)):
                    return
                left = None if left is None else left - GLANCE

    def taken(self, place: int) -> None:
        """The place is all that there is to remember."""

    def close(self) -> None:
        """The file is opened anew each time."""

    def _lines_before(self, file: BinaryIO, start: int) -> int:
        place, count = self._counted if self._counted[0] <= start else (0, 0)
        file.seek(place)
        while place < start and (block := file.read(min(BLOCK, start - place))):
            place += len(block)
            count += block.count(b"\n")
        return count

    def _read(self, file: BinaryIO, place: int, number: int, most: int) -> Iterator[EventLine]:
        for _ in range(most):
            line, size, is_open = _line_of(file)
            if is_open and (self.follows or not line):
                return  # the writer is not done with it
            place += size
            number += 1
            self._counted = (place, number)
            yield EventLine(line, number, place, is_open)

    def _now(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return -1


class StreamSource:
    """The lines of standard input. It cannot be read twice: events that come again are known."""

    name = "stream"
    shown = "-"

    def __init__(self, descriptor: int = 0) -> None:
        self.descriptor = descriptor
        self.is_over = False
        self._rest = b""
        self._ended = False
        self._is_file = False
        self._number = 0

    def lines(self, place: int, most: int) -> list[EventLine]:
        """The whole lines read so far; the last one of all may lack its end."""
        if self._rest.count(b"\n") < most and not self._ended:
            self._read_more()
        *whole, rest = self._rest.split(b"\n")
        given, kept = whole[:most], [*whole[most:], rest]
        self._rest = b"\n".join(kept)
        if self._ended and not given and self._rest:
            given, self._rest = [self._rest], b""
        self.is_over = self._ended and not given and not self._rest
        first, self._number = self._number + 1, self._number + len(given)
        return [EventLine(line, number, place) for number, line in enumerate(given, first)]

    def wait(self, seconds: float | None, wakeup: int) -> None:
        """Until something can be read."""
        if self._is_file or (b"\n" in self._rest and not self._ended):
            return
        with selectors.DefaultSelector() as selector:
            selector.register(wakeup, selectors.EVENT_READ)
            if not self._ended:
                try:
                    selector.register(self.descriptor, selectors.EVENT_READ)
                except PermissionError:  # a plain file is always ready, and epoll will not have it
                    self._is_file = True
                    return
            selector.select(seconds)

    def taken(self, place: int) -> None:
        """Nothing is remembered."""

    def close(self) -> None:
        """Standard input is left to others."""

    def _read_more(self) -> None:
        with selectors.DefaultSelector() as selector:
            try:
                selector.register(self.descriptor, selectors.EVENT_READ)
                if not selector.select(0):
                    return
            except PermissionError:
                self._is_file = True
        data = os.read(self.descriptor, BLOCK)
        self._ended = not data
        if len(self._rest) > MOST_BYTES and b"\n" not in self._rest:
            _, newline, rest = data.partition(b"\n")
            data = newline + rest
        self._rest += data


class TableSource:
    """Rows of the table `incoming_events`; `NOTIFY incoming_events` tells that there are more.

    Rows are marked when they are in the journal, not passed by number: a smaller number may be
    committed later than a greater one.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = "table:incoming_events"
        self.shown = "incoming_events"
        self.is_over = False
        self._connection: Any = None
        self._given: list[int] = []

    def lines(self, place: int, most: int) -> list[EventLine]:
        """The rows that were not taken. Raises Unreachable."""
        sql = (
            "SELECT seq, coalesce(body::text, '') FROM incoming_events"
            f" WHERE NOT taken ORDER BY seq LIMIT {int(most)}"
        )
        rows = self._run(sql)
        self._given = [seq for seq, _ in rows]
        return [EventLine(body.removeprefix("\ufeff").encode(), seq, seq) for seq, body in rows]

    def wait(self, seconds: float | None, wakeup: int) -> None:
        """Until a notification comes. Raises Unreachable."""
        with self._connected() as connection, selectors.DefaultSelector() as selector:
            selector.register(wakeup, selectors.EVENT_READ)
            selector.register(connection.fileno(), selectors.EVENT_READ)
            ready = {key.fd for key, _ in selector.select(seconds)}
            if connection.fileno() in ready:
                list(connection.notifies(timeout=0))

    def taken(self, place: int) -> None:
        """Mark the rows given last. Raises Unreachable."""
        if self._given:
            self._run("UPDATE incoming_events SET taken = true WHERE seq = ANY(%s)", self._given)

    def _run(self, sql: str, *values: Any) -> list[Any]:
        with self._connected() as connection:
            cursor = connection.execute(sql, values)
            return list(cursor.fetchall()) if cursor.description else []

    def close(self) -> None:
        """Let go of the connection; whoever reads on makes another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """A connection that listens; one that fails is let go. Raises Unreachable, Refused."""
        try:
            with clear_errors(self.address):
                if self._connection is None:
                    self._connection = connect(self.address)
                    with self._connection.transaction():
                        self._connection.execute(HELD_ALONE)
                        self._connection.execute(_INBOX)
                    self._connection.execute("LISTEN incoming_events")
                yield self._connection
        except (Unreachable, Refused):
            self.close()
            raise


def _line_of(file: BinaryIO) -> tuple[bytes, int, bool]:
    """The next line as far as it is held, how long it is, and whether no newline ends it."""
    line = part = file.readline(MOST_BYTES)
    size = len(line)
    while len(part) == MOST_BYTES and not part.endswith(b"\n"):
        part = file.readline(MOST_BYTES)
        size += len(part)
    return line, size, not part.endswith(b"\n")


def _least(left: float | None, most: float) -> float:
    return most if left is None else min(left, most)
