"""From a version to its matrix: each clause, rules that cite it, examples that show these."""

from __future__ import annotations

from reglament.analysis.testing.coverage import coverage
from reglament.model.problems import Place
from reglament.model.regulation import Clause, Version
from reglament.rendering.pages.matrix_page import ClauseRow, MatrixCell


def matrix(version: Version) -> tuple[ClauseRow, ...]:
    """One row a clause, in the order in which the register was written.

    An example shows a rule where the rule applies in it and something is expected of the
    rule's decision, or of one that builds on it.
    """
    citing = version.rules_citing
    shown = {seen.rule: seen.examples for seen in coverage(version).rules}
    return tuple(
        ClauseRow(
            clause=clause.id,
            locator=clause.locator,
            summary=clause.summary,
            no_rule_because=clause.no_rule_because,
            cells=tuple(MatrixCell(one, shown.get(one, ())) for one in citing.get(clause.id, ())),
            hours=_naming(version, clause.id),
        )
        for clause in sorted(version.clauses.values(), key=_written)
    )


def _written(clause: Clause) -> tuple[str, int, int]:
    place = clause.place or Place("")
    return place.file, place.line, place.column


def _naming(version: Version, clause: str) -> tuple[str, ...]:
    """The hours, parameters and readings that name the clause."""
    parts = (version.hours, version.parameters, version.readings)
    return tuple(name for named in parts for name, one in named.items() if clause in one.clauses)
