"""`--lines LIST=FILE`: the items of a list of things in a table beside the requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import naming
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, ticked
from reglament.model.problems import refusal

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
