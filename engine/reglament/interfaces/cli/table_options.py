"""What commands over tables share: how columns and tables beside are read, and the extra."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import naming
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, ticked
from reglament.model.problems import needing, refusal

if TYPE_CHECKING:
    from reglament.model.regulation import Version

lines_options = options.together(
    click.option("--lines", metavar="LIST=FILE", multiple=True, help="option-lines"),
    click.option("--by", "lines_key", metavar="COLUMN", help="option-lines-by"),
)
"""The options that name tables of items, and the column that says whose each item is."""
LINES_GO_WITH = {"--by": ("--lines",)}


def tables_of(texts: Iterable[str], versions: Iterable[Version]) -> tuple[tuple[str, str], ...]:
    """The lists with the tables of their items, as `--lines` says. Raises Refused."""
    known = {fact for version in versions for fact in version.lists}
    found: dict[str, str] = {}
    with naming("--lines"):
        for text in texts:
            fact, equals, table = text.partition("=")
            if not (fact and equals and table):
                raise refusal("bad-lines", Message("lines-list-file", text=text), _WRITE)
            if fact not in known:
                listed = Message("lists-listed", listed=ticked(sorted(known)))
                hint = (suggestion(fact, known) or listed) if known else None
                raise refusal("unknown-list", Message("lines-no-such-list", name=fact), hint)
            if fact in found:
                raise refusal("bad-lines", Message("lines-twice", name=fact))
            found[fact] = table
    return tuple(found.items())


_WRITE = Message("write-lines")


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
