"""What commands over tables share: how columns are read, the extra that reads them, progress."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic

import click

from reglament.interfaces.cli import options
from reglament.messages import Language, Message
from reglament.model.problems import needing, refusal

_log = logging.getLogger(__name__)


column_options = options.together(
    click.option("--map", "mapped", metavar="COLUMN=FACT", multiple=True, help="option-batch-map"),
    options.choice("--null", among=("missing", "told"), default="missing",
                   help="option-batch-null"),
    options.choice("--missing-columns", among=("refuse", "allow"), default="refuse",
                   help="option-batch-missing-columns"),
)  # fmt: skip
"""The options that say how columns of a table are read as facts."""


def mapping_of(texts: Iterable[str]) -> dict[str, str]:
    """From columns to the facts that they tell, as `--map` says. Raises Refused."""
    found: dict[str, str] = {}
    for text in texts:
        column, equals, fact = text.partition("=")
        if not (column and equals and fact):
            raise refusal("bad-map", Message("map-column-fact", text=text), Message("write-map"))
        found[column] = fact
    return found


@contextmanager
def tables_installed() -> Iterator[None]:
    """What the extra `batch` brings is there. Raises Refused."""
    with needing("batch"):
        import numpy  # noqa: F401
        import pyarrow  # noqa: F401
    yield


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
