"""From the start of a file named `.csv` to what it is instead, by name."""

from __future__ import annotations

from reglament.language.syntax.source import Source
from reglament.language.syntax.yaml_lines import conflict_marks
from reglament.model.problems import Place, Problem
from reglament.model.words import Words

_COMMAS = Words(
    ru="сохраните таблицу как CSV с разделителем `,` или `;`",
    en="save the table as CSV with `,` or `;` between cells",
)


def other_file(source: Source) -> Problem | None:
    """What keeps the file from being a table of cells with `,` or `;` between; None if nothing."""
    if source.text.startswith("PK\x03\x04"):
        message = Words(
            ru="это книга электронной таблицы, а не CSV", en="this is a spreadsheet, and no CSV"
        )
        return source.problem("csv-separator", message, Place(source.name, width=2), _COMMAS)
    return conflict_marks(source)
