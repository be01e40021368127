"""From a policy to the matrix of its clauses, rules and examples."""

from __future__ import annotations

from typing import Any

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.output import print_json, say, write_page


@options.command("command-matrix")
@options.policy_and_at
@options.language_and_json
@click.option("--html", metavar="FILE", type=options.FILE, help="option-matrix-html")
def matrix(common: options.CommonOptions, html: str | None) -> None:
    """Show each clause of the regulation with the rules that cite it, and the worked examples
    in which these apply."""
    from reglament.analysis.matrix import matrix as rows_of
    from reglament.rendering.pages.matrix_page import matrix_html, matrix_text

    version = common.version()
    rows = rows_of(version)
    if html is not None:
        write_page(html, matrix_html(version, rows, common.language))
    if common.is_json:
        print_json([_data(row) for row in rows])
    elif html is None:
        say(matrix_text(version, rows, common.language))


def _data(row: Any) -> dict[str, Any]:
    return {
        "clause": row.clause,
        "where": row.locator,
        "rules": {cell.rule: list(cell.examples) for cell in row.cells},
        "named_by": list(row.hours),
        "no_rule": None if row.no_rule_because is None else dict(row.no_rule_because),
    }
