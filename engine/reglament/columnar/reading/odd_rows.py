"""What rows of text files tell that typed columns do not hold, or why they tell nothing.

A text file may hold anything in a cell. So a batch has one column more where some row of it does
not fit: the values as they were told, in JSON, for the engine to read as those of a request; or
what is wrong with the row as a whole. Rows that fit have a null there. Another one names the
groups of facts that a row tells to be null as a whole, of which the engine makes a note.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pyarrow as pa

from reglament.columnar.vectors.vector_values import Array
from reglament.frozen import frozen
from reglament.messages import languages
from reglament.model.problems import Problem
from reglament.model.words import Text, translations

# No fact's name begins with a dot; and a column that a user calls so has no such mark.
_MARK: Final = {"reglament": "what columns do not hold"}
_ODD: Final = pa.field(".odd", pa.string(), metadata=_MARK)
_GROUPS: Final = pa.field(".nulls", pa.string(), metadata=_MARK)


@frozen
class OddRow:
    """What a row tells that no column holds.

    `cells` has values by the names of their columns, `strays` those of facts that there are not.
    """

    cells: Mapping[str, Any]
    strays: Mapping[str, Any]


def with_odd_rows(
    batch: pa.RecordBatch,
    odd: Mapping[int, OddRow | Problem],
    groups: Mapping[int, Sequence[str]] = MappingProxyType({}),
) -> pa.RecordBatch:
    """The batch, with its odd rows and the groups told to be null, both by place."""
    written = {at: _written(row) for at, row in odd.items()}
    for field, rows in (_ODD, written), (_GROUPS, {at: " ".join(groups[at]) for at in groups}):
        if rows:
            told = map(rows.get, range(batch.num_rows))
            batch = batch.append_column(field, pa.array(told, pa.string()))
    return batch


def add_cell(odd: dict[int, OddRow | Problem], at: int, name: str, value: object) -> None:
    """Note a value that its column does not hold."""
    row = odd.setdefault(at, OddRow({}, {}))
    if isinstance(row, OddRow):
        odd[at] = OddRow({**row.cells, name: value}, row.strays)


def odd_rows(table: pa.RecordBatch | pa.Table) -> dict[int, OddRow | Problem]:
    """The odd rows of a table, by their places."""
    return {at: _read(text) for at, text in _told(table, _ODD)}


def null_groups(table: pa.RecordBatch | pa.Table) -> dict[int, list[str]]:
    """The groups that rows tell to be null as a whole, by the places of the rows."""
    return {at: text.split() for at, text in _told(table, _GROUPS)}


def where_odd(table: pa.RecordBatch | pa.Table) -> Array:
    """Which rows are odd."""
    told = marked_column(table, _ODD)
    if told is None:
        return np.zeros(table.num_rows, bool)
    return np.asarray(told.is_valid())


def numbered_groups(table: pa.RecordBatch | pa.Table, numbers: dict[str, int]) -> Array | None:
    """For each row a number, from 1, of the groups that it tells to be null; 0 for none.

    `numbers` has those that were met. None where no row tells any.
    """
    told = marked_column(table, _GROUPS)
    if told is None:
        return None
    words = told.to_pylist()
    of_row = (0 if word is None else numbers.setdefault(word, len(numbers) + 1) for word in words)
    return np.fromiter(of_row, np.int64, len(words))


def _told(table: pa.RecordBatch | pa.Table, field: pa.Field) -> Iterator[tuple[int, str]]:
    told = marked_column(table, field)
    words = [] if told is None else told.to_pylist()
    return ((at, text) for at, text in enumerate(words) if text is not None)


def marked_column(table: pa.RecordBatch | pa.Table, field: pa.Field) -> pa.Array | None:
    """The column of the field, if it is ours by its mark; None where there is none."""
    at = table.schema.get_field_index(field.name)
    if at < 0 or table.schema.field(at).metadata != field.metadata:
        return None
    return table.column(at)


def _written(row: OddRow | Problem) -> str:
    if isinstance(row, OddRow):
        return json.dumps([_packed(row.cells), _packed(row.strays)])
    hint = None if row.hint is None else translations(row.hint, languages())
    return json.dumps([row.code, translations(row.message, languages()), hint])


def _read(text: str) -> OddRow | Problem:
    told = json.loads(text)
    if len(told) == 2:
        return OddRow(*map(_unpacked, told))
    code, message, hint = told
    return Problem(code, Text(**message), hint=None if hint is None else Text(**hint))


def _packed(value: Any) -> Any:
    """The value as JSON has it, with decimal numbers as they were told, however large."""
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, Mapping):
        return {"fields": [[name, _packed(one)] for name, one in value.items()]}
    return [*map(_packed, value)] if isinstance(value, list) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [*map(_unpacked, value)]
    if not isinstance(value, dict):
        return value
    if "number" in value:
        return Decimal(value["number"])
    return {name: _unpacked(one) for name, one in value["fields"]}
