"""What long work is at, on a terminal: one line of standard error, gone before anything is said."""

from __future__ import annotations

import logging
from shutil import get_terminal_size
from threading import Event, Thread
from time import monotonic
from typing import Final, Self, TextIO

from reglament.interfaces.cli.output import begin
from reglament.messages import Language, Message

AFTER: Final = 2.0
"""How many seconds work may take before anything is told of it."""
EVERY: Final = 1.0
_CLEAR: Final = "\r\x1b[K"
_log = logging.getLogger("reglament")


class Progress(logging.Handler):
    """Tells what the work inside is at, once it has taken long; `hush` ends that for good."""

    def __init__(self, language: Language, stream: TextIO) -> None:
        super().__init__(logging.INFO)
        self._stream = stream
        self._language = language
        self._doing = ""
        self._is_shown = False
        self._over = Event()
        self._begun = monotonic()
        self._thread = Thread(target=self._tell, name="reglament-progress", daemon=True)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what the engine says of its work; say at once what it warns of."""
        if record.levelno < logging.WARNING:
            self._doing = record.getMessage()
            return
        self.clear()
        self._stream.write(f"{record.getMessage()}\n")

    def clear(self) -> None:
        """Take away what was said; it is said again while the work goes on."""
        if self._is_shown:
            self._is_shown = False
            self._stream.write(_CLEAR)

    def hush(self) -> None:
        """Say nothing more, and take away what was said."""
        if not self._over.is_set():
            self._over.set()
            if self._thread.is_alive():
                self._thread.join()

    def _tell(self) -> None:
        if self._over.wait(AFTER):
            return
        while True:
            seconds = int(monotonic() - self._begun)
            said = Message("working-for", seconds=seconds).to(self._language)
            line = f"{said} {self._doing}".rstrip()[: get_terminal_size().columns - 1]
            self._stream.write(f"{_CLEAR}{line}")
            self._stream.flush()
            self._is_shown = True
            if self._over.wait(EVERY):
                break
        self._stream.write(_CLEAR)
        self._stream.flush()

    def __enter__(self) -> Self:
        """Begin."""
        begin(self)
        self._level = _log.level
        _log.addHandler(self)
        _log.setLevel(logging.INFO)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        begin(None)
        self.hush()
        _log.removeHandler(self)
        _log.setLevel(self._level)


class RowProgress:
    """Says how many rows are decided, how fast, and how long the rest will take."""

    def __init__(self, language: Language) -> None:
        self._language, self._begun = language, monotonic()
        self._before: int | None = None

    def __call__(self, done: int, rows: int | None) -> None:
        """Say it: on a terminal it stands on one line, else it goes where logging goes."""
        if self._before is None:
            self._before, self._begun = done, monotonic()
            return
        seconds = max(monotonic() - self._begun, 0.001)
        rate = (done - self._before) / seconds
        if rows is None or not rate:
            said = Message("rows-so-far", done=done, rate=int(rate))
        else:
            left = int((rows - done) / rate)
            said = Message("rows-of-all", done=done, rows=rows, rate=int(rate), left=left)
        _log.info("%s", said.to(self._language))
