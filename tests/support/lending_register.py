"""A text of rules, a register that covers it, and what is reported of the two."""

from __future__ import annotations

from collections.abc import Mapping

from reglament.analysis.source_text import blocks_of, compare, fingerprint
from reglament.model.regulation import Clause
from support.texts import same

TEXT = """\
LIBRARY RULES

Contents

Lending\t2
Copying\t3

Lending

Books are lent to members. See p. 5 of the leaflet for fees.

A loan **INCLUDES**:

- Two novels. A third is for the librarian to decide.
- Desks:
 - ✓ North - Ada ada@example.org;
 - ✓ South - Ben ben@example.org.

Ask [a librarian](#) at <https://example.org/> or call 8 (800) 000-00-00.

Copying

Books are lent to members.

A loan **INCLUDES**:

- Two novels.
- Paper of any size.
"""
LINES = TEXT.splitlines()


def register(text: str = TEXT) -> dict[str, Clause]:
    """A register that covers `text`; each clause's id is its locator."""
    return {
        block.locator: Clause(
            block.locator, block.locator, same("a summary"), fingerprint(block.text)
        )
        for block in blocks_of(text)
    }


def differences(text: str, clauses: Mapping[str, Clause] | None = None) -> dict[str, list[str]]:
    """What the report names: clauses changed and missing by id, blocks uncovered by wording."""
    report = compare(clauses or register(), text)
    return {
        "changed": [change.clause.id for change in report.changed],
        "missing": [gone.clause.id for gone in report.missing],
        "uncovered": [block.text for block in report.uncovered],
    }


def only(**named: list[str]) -> dict[str, list[str]]:
    return {"changed": [], "missing": [], "uncovered": [], **named}
