"""What is longer than a terminal goes to a pager, where a person is reading."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Final

import click

PAGED: Final = frozenset({"show", "readings", "matrix", "diff", "explain"})
"""The commands that end by saying something long."""
NO_PAGER: Final = "--no-pager"
IS_PAGED: Final = "reglament.paged"
"""The key under which a context keeps whether a command may be."""


class _Page(StringIO):
    """What is written for a terminal, kept until it is known how long it is."""

    def isatty(self) -> bool:
        """Whether it is written for a person: it is."""
        return True


@contextmanager
def paged() -> Iterator[None]:
    """What is printed inside goes to `$PAGER`, or `less`, if it does not fit the terminal."""
    page, terminal = _Page(), sys.stdout
    sys.stdout = page
    try:
        yield
    finally:
        sys.stdout = terminal
        text = page.getvalue()
        from shutil import get_terminal_size  # late: it brings what packs archives

        if text.count("\n") < get_terminal_size().lines:
            click.echo(text, nl=False)
        else:
            os.environ.setdefault("LESS", "-FRX")  # end where it fits, keep colours and the text
            click.echo_via_pager(text, color=True)
