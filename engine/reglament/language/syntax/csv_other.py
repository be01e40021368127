"""From the start of a file named `.csv` to what it is instead, by name."""

from __future__ import annotations

from reglament.language.syntax.source import Source
from reglament.language.syntax.yaml_lines import conflict_marks
from reglament.messages import Message
from reglament.model.problems import Place, Problem

_COMMAS = Message("save-table-csv-with")


def other_file(source: Source) -> Problem | None:
    """What keeps the file from being a table of cells with `,` or `;` between; None if nothing."""
    if source.text.startswith("PK\x03\x04"):
        message = Message("spreadsheet-no-csv")
        return source.problem("csv-separator", message, Place(source.name, width=2), _COMMAS)
    return conflict_marks(source)
