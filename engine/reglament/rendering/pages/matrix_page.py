"""From the matrix of clauses, rules and examples to text, and to a page of one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from reglament.frozen import frozen
from reglament.messages import Language, Message, Words
from reglament.model.regulation import Version
from reglament.rendering.pages.filled_templates import render


@frozen
class MatrixCell:
    """A rule that cites the clause, and the names of the examples in which it applies."""

    rule: str
    examples: tuple[str, ...]


@frozen
class ClauseRow:
    """A clause with the rules that cite it; `hours` names hours, parameters, readings that do."""

    clause: str
    locator: str
    summary: Words
    no_rule_because: Words | None
    cells: tuple[MatrixCell, ...]
    hours: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing cites the clause and nothing says why."""
        return not (self.cells or self.hours or self.no_rule_because)


TITLE = Message("clauses-rules-examples")
HEADS = (Message("clause-heading"), Message("what-says"), Message("rules-examples"))
NOTHING = Message("covered-nothing")
NO_EXAMPLE = Message("no-example")


def matrix_text(version: Version, rows: Sequence[ClauseRow], language: Language) -> str:
    """The matrix as lines of text: a clause, and below it its rules with counts of examples."""
    lines = [f"{TITLE.to(language)}: {version.policy} {version.version}", ""]
    for row in rows:
        lines.append(f"{row.clause}  ({row.locator})")
        lines += (f"    {line}" for line in _below(row, language))
    lines += ["", summary(rows).to(language)]
    return "\n".join(lines)


def _below(row: ClauseRow, language: Language) -> Iterator[str]:
    for cell in row.cells:
        shown = len(cell.examples) or NO_EXAMPLE.to(language)
        counted = f"{Message('examples').to(language)}: {shown}" if cell.examples else shown
        yield f"{cell.rule} - {counted}"
    if row.hours:
        yield f"{Message('named').to(language)}: {', '.join(row.hours)}"
    if row.no_rule_because is not None:
        yield f"{Message('needs-no-rule').to(language)}: {row.no_rule_because.to(language)}"
    if row.is_open:
        yield NOTHING.to(language)


def summary(rows: Sequence[ClauseRow]) -> Words:
    """How many clauses there are, and how many of them lack what."""
    ruled = sum(bool(row.cells) for row in rows)
    excused = sum(row.no_rule_because is not None for row in rows)
    bare = sum(row.is_open for row in rows)
    return Message(
        "clauses-with-rules-need", count=len(rows), ruled=ruled, excused=excused, bare=bare
    )


def matrix_html(version: Version, rows: Sequence[ClauseRow], language: Language) -> str:
    """The matrix as one HTML page, styles inside, no script."""
    return render(
        "matrix.html",
        language,
        heading=TITLE.to(language),
        title=f"{version.title.to(language)}, {version.version}",
        summary=summary(rows).to(language),
        heads=[head.to(language) for head in HEADS],
        no_example=NO_EXAMPLE.to(language),
        rows=[_shown(row, language) for row in rows],
    )


def _shown(row: ClauseRow, language: Language) -> dict[str, Any]:
    return {
        "clause": row.clause,
        "locator": row.locator,
        "summary": row.summary.to(language),
        "state": "open" if row.is_open else "ruled" if row.cells else "excused",
        "cells": row.cells,
        "notes": list(_notes(row, language)),
    }


def _notes(row: ClauseRow, language: Language) -> Iterator[str]:
    if row.cells and not (row.hours or row.no_rule_because):
        return
    yield from _below(replace(row, cells=()), language)
