"""From a decision log to the requests that it records, as a table: a row for each decision.

Two columns say of each row which entry it is of, and as of which moment it was decided.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reglament.batch.json_lines_source import LINES_AT_ONCE, JsonLines
from reglament.batch.table_sources import DATABASE, Facts, Part, Rows, RowSource
from reglament.columnar.reading.odd_rows import OddRow, marked_column
from reglament.columnar.vectors.vector_values import Array
from reglament.messages import Message
from reglament.model.outcomes import ASSUMED
from reglament.model.problems import Problem
from reglament.storage.addresses import shown_address

if TYPE_CHECKING:
    from reglament.audit.entry import Entry
    from reglament.audit.log import DecisionLog

LOG: Final = "log"
# No fact's name begins with a dot; and a column that a user calls so has no such mark.
_MARK: Final = {"reglament": "what an entry of a log says"}
_ENTRY: Final = pa.field(".entry", pa.int64(), metadata=_MARK)
_AS_OF: Final = pa.field(".as_of", pa.timestamp("us", "UTC"), metadata=_MARK)
_SQLITE: Final = b"SQLite format 3\0"


def is_log(name: str) -> bool:
    """Whether a name is that of a log: a file of SQLite, or a database without a table in it."""
    if name.startswith(DATABASE):
        return not {"table", "query"} & {one.partition("=")[0] for one in _query_of(name)}
    path = Path(name)
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False  # whoever reads the table says why


def _query_of(address: str) -> list[str]:
    return address.partition("?")[2].split("&")


def log_source(url: str, facts: Facts) -> RowSource:
    """The requests of the decisions in the log; what they tell of no fact is left out."""
    lines = JsonLines(Path(shown_address(url)), facts)
    shown = shown_address(url)

    def rows() -> Rows:
        from reglament.audit import open_log

        with open_log(url) as log:
            entries = _decisions(log)
            while some := list(islice(entries, LINES_AT_ONCE)):
                yield _batch(log, some, lines)

    def parts(columns: Collection[str]) -> list[Part]:
        return [Part(shown, 0, 1, None, rows)]

    return RowSource(shown, LOG, lines.schema, parts)


def _decisions(log: DecisionLog) -> Iterator[Entry]:
    from reglament.audit.queries import is_decision

    return (entry for entry in log.entries() if is_decision(entry))


def _batch(log: DecisionLog, entries: Sequence[Entry], lines: JsonLines) -> pa.RecordBatch:
    odd: dict[int, OddRow | Problem] = {}
    told = [(at, _line(log, entry, at, odd)) for at, entry in enumerate(entries)]
    numbers = pa.array([entry.sequence for entry in entries], _ENTRY.type)
    moments = [datetime.fromisoformat(entry.body["as_of"]) for entry in entries]
    batch = lines.batch(told, odd).append_column(_ENTRY, numbers)
    return batch.append_column(_AS_OF, pa.array(moments, _AS_OF.type))


def _line(log: DecisionLog, entry: Entry, at: int, odd: dict[int, OddRow | Problem]) -> bytes:
    """The request as a line of JSON; what was assumed of it no request told."""
    from reglament.audit.replay import request_of

    try:
        request = request_of(log, entry)
    except KeyError as error:
        odd[at] = Problem("fact-erased", Message("row-fact-erased", name=str(error.args[0])))
        return b"{}"
    notes = entry.document.get("notes", ())
    for note in notes if isinstance(notes, list) else ():
        if note.get("code") == ASSUMED:
            request.pop(note["fact"], None)
    return json.dumps(request).encode()


def entry_numbers(batch: pa.RecordBatch) -> Array | None:
    """The entries of which the rows are; None for rows of another table."""
    told = marked_column(batch, _ENTRY)
    return None if told is None else np.asarray(told)


def decided_as_of(batch: pa.RecordBatch, moments: pa.Array | None, zone: str) -> pa.Array | None:
    """The moments that rows tell; where one tells none, that as of which it was decided."""
    told: Any = marked_column(batch, _AS_OF)
    if told is None:
        return moments
    recorded = told.cast(pa.timestamp("us", zone))
    if moments is None:
        return recorded
    if pa.types.is_date(moments.type):
        recorded = pc.local_timestamp(recorded).cast(moments.type, safe=False)
    return pc.coalesce(moments, recorded)
