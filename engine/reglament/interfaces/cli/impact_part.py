"""What `diff --on` and `readings --on` say of a table: how many rows change, and how."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.progress import RowProgress
from reglament.interfaces.cli.table_options import (
    LINES_GO_WITH,
    column_options,
    lines_options,
    mapping_of,
    tables_installed,
    tables_of,
)
from reglament.messages import Language, Message
from reglament.storage.addresses import shown_address

if TYPE_CHECKING:
    from reglament.analysis.window import DayWindow
    from reglament.batch.impact import ChangedRows, Impact
    from reglament.model.regulation import Version

MOST_SHOWN = 20


impact_options = options.together(
    click.option("--on", "table", metavar="FILE|LOG", type=options.TABLE, help="option-on"),
    column_options,
    lines_options,
)
"""`--on FILE`, and how its columns are read."""
_OF_A_TABLE = ("--map", "--null", "--missing-columns", "--lines")
IMPACT_GOES_WITH = LINES_GO_WITH | dict.fromkeys(_OF_A_TABLE, ("--on",))


def impact_on(
    old: Version, new: Version, within: DayWindow, language: Language, told: dict[str, Any]
) -> Impact | None:
    """What changes in the table of `--on`; None where none is named. Raises Refused."""
    if told["table"] is None:
        return None
    with tables_installed():
        from reglament.batch.impact import ComparedTable, impact

        mapping = mapping_of(told["mapped"])
        lines = dict(tables_of(told["lines"], (old, new)))
        asked = ComparedTable(
            told["table"], told["null"], told["missing_columns"], mapping, lines, told["lines_key"]
        )
        return impact(old, new, within, asked, RowProgress(language))


def impact_lines(impact: Impact, table: str, language: Language) -> Iterator[str]:
    """How many rows change, then each way in which they do, the most frequent first."""
    yield Message(
        "entries-changed" if impact.is_of_log else "rows-changed",
        name=Path(shown_address(table)).name,
        changed=impact.changed,
        share=_share(impact.changed, impact.compared),
        rows=impact.compared,
    ).to(language)
    if impact.rows > impact.compared:
        other = "entries-of-other-days" if impact.is_of_log else "rows-of-other-days"
        yield Message(other, rows=impact.rows - impact.compared).to(language)
    first_in = "first-entry" if impact.is_of_log else "first-row"
    for change, rows in list(impact.changes.items())[:MOST_SHOWN]:
        example = "" if change.example is None else f" ({' → '.join(change.example)})"
        share = _share(rows, impact.compared)
        yield f"  {change.decision}: {change.before} → {change.after}: {rows} ({share} %){example}"
        first = Message(first_in, row=change.first).to(language)
        yield f"    {_rules(change)}; {first}"
    if len(impact.changes) > MOST_SHOWN:
        yield Message("more-more", more=len(impact.changes) - MOST_SHOWN).to(language)


def _rules(change: ChangedRows) -> str:
    before, after = (", ".join(rules) or "-" for rules in (change.rules_before, change.rules_after))
    return before if before == after else f"{before} → {after}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f}"
