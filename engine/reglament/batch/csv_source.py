"""From CSV to typed columns, each read as its fact says: a CSV file has no types of its own.

A cell that does not fit is left to the engine, which says what is wrong with its row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from reglament.batch.table_sources import (
    Facts,
    Part,
    Rows,
    RowSource,
    reading,
    refuse_other_columns,
)
from reglament.batch.text_columns import (
    Read,
    column_type,
    decimal_of,
    json_reader,
    lines_of,
    typed,
    whole_number,
)
from reglament.columnar.reading.fact_columns import TOLD, refuse_twice
from reglament.columnar.reading.odd_rows import OddRow, add_cell, with_odd_rows
from reglament.frozen import frozen
from reglament.language.requests.csv_requests import TRUTHS
from reglament.language.syntax.csv_text import TOLD_SEPARATOR
from reglament.language.syntax.json_text import json_value
from reglament.language.syntax.mismatch import shown
from reglament.language.syntax.source import decode_source, refuse_other_encodings
from reglament.language.syntax.yaml_words import resolve
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused

LONGEST_HEAD: Final = 1 << 20
BLANKS: Final = " \t\u00a0"
QUOTE: Final = '"'
NULL_WORD: Final = "null"
_CLOSING: Final = re.compile(rb'[^"]*(?:""[^"]*)*"(?!")')


@frozen
class CsvHead:
    """The names of the columns, what divides them, and how many lines stand before the rows."""

    names: list[str]
    divider: str
    lines: int
    has_rows: bool


def csv_source(name: str, files: Sequence[Path], facts: Facts) -> RowSource:
    """The rows of CSV files, cell by cell as `decide` reads them.

    A cell of a fact that holds nothing, in quotes or not, is NULL; `null` is told if the fact may
    be null, which a column `<fact>.told` says. Blanks around a cell are no part of it.
    """
    heads = [csv_head(path) for path in files]
    types = {one: column_type(fact.type) for one, fact in facts.items()}
    types |= {fact.name + TOLD: pa.bool_() for fact in facts.values()}
    nullable = {one: fact.name + TOLD for one, fact in facts.items() if fact.is_nullable}
    schemas = []
    for path, head in zip(files, heads, strict=True):
        told = [nullable[one] for one in head.names if one in nullable]
        names = head.names + [one for one in told if one not in head.names]
        schemas.append(pa.schema([(one, types.get(one, pa.string())) for one in names]))
        refuse_other_columns(schemas[0], schemas[-1], str(path))

    def parts(columns: Collection[str]) -> list[Part]:
        wanted = {one.name: one.type for one in schemas[0] if one.name in columns}
        told = {one: nullable[one] for one in wanted if nullable.get(one) in wanted}
        return [
            Part(str(path), 0, 1, None, _CsvRows(path, head, wanted, facts, told).rows)
            for path, head in zip(files, heads, strict=True)
        ]

    return RowSource(name, "csv", schemas[0], parts, tuple(files))


def csv_head(path: Path) -> CsvHead:
    """What the first line says, and `sep=;` before it. Raises Refused."""
    with reading(str(path)), pa.input_stream(str(path)) as file:
        start = file.read(LONGEST_HEAD)  # cut anywhere: what matters is its first line
    refuse_other_encodings(start, str(path))
    text = start.decode("utf-8-sig", "ignore")
    separator = TOLD_SEPARATOR.match(text)
    lines = text.splitlines()[0 if separator is None else 1 :] or [""]
    divider = max(",;\t", key=lines[0].count) if separator is None else separator[1]
    try:
        row = next(csv.reader([lines[0]], delimiter=divider), [])
    except csv.Error as error:
        raise _unreadable(path, Message("table-cannot-be-read", why=str(error))) from error
    names = [one.strip(BLANKS) for one in row]
    if not any(names):
        raise _unreadable(path, Message("table-has-no-head"), "table-empty")
    refuse_twice(names, Place.whole(str(path)))
    has_rows = len(start) == LONGEST_HEAD or any(lines[1:])
    return CsvHead(names, divider, 1 if separator is None else 2, has_rows)


def csv_texts(path: Path, head: CsvHead) -> Rows:
    """The cells of a file as texts without blanks around them, NULL where they hold nothing."""
    return _CsvRows(path, head, dict.fromkeys(head.names, pa.string()), head.names, {}).rows()


class _CsvRows:
    """Reads one file: `wanted` columns, and for those in `told` whether their cells are null.

    Blanks around the cells of columns in `bare` are no part of them.
    """

    def __init__(
        self,
        path: Path,
        head: CsvHead,
        wanted: Mapping[str, pa.DataType],
        bare: Collection[str],
        told: Mapping[str, str],
    ) -> None:
        self.path, self.head, self.wanted = path, head, wanted
        self.bare, self.told = bare, told
        self.ragged: list[arrow_csv.InvalidRow] = []

    def rows(self) -> Rows:
        """The rows, so many at a time. Raises Refused."""
        if not self.head.has_rows:
            return  # Arrow has no head that nothing follows
        first = 1
        try:
            with reading(str(self.path)), pa.input_stream(str(self.path)) as file:
                for batch in self._opened(file):
                    yield self._typed(batch, first)
                    first += batch.num_rows
                self._refuse_unclosed(first - 1)
        except Refused:
            if self.ragged:
                raise self._of_other_length(self.ragged[0]) from None
            self._refuse_wrong_letters()
            raise

    def _opened(self, file: Any) -> Any:
        names = self.head.names
        return arrow_csv.open_csv(
            file,
            arrow_csv.ReadOptions(
                use_threads=False,
                block_size=1 << 23,
                column_names=names,
                skip_rows=self.head.lines,
            ),
            arrow_csv.ParseOptions(
                delimiter=self.head.divider,
                newlines_in_values=True,
                invalid_row_handler=self._refuse,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=[one for one in self.wanted if one in names],
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )

    def _refuse(self, row: arrow_csv.InvalidRow) -> str:
        self.ragged.append(row)
        return "error"

    def _typed(self, batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
        cells = dict(zip(batch.schema.names, batch.columns, strict=True))
        for name in cells:
            if name in self.bare:
                cells[name] = _without_blanks(cells[name])
        nulls = {said: pc.equal(cells[name], NULL_WORD) for name, said in self.told.items()}
        for name, said in self.told.items():
            cells[name] = pc.if_else(pc.fill_null(nulls[said], False), None, cells[name])
        odd: dict[int, OddRow | Problem] = {}
        typed = [
            _or_null(
                self._column(first, name, cells[name], type, odd) if name in cells else None,
                nulls.get(name),
                batch.num_rows,
            )
            for name, type in self.wanted.items()
        ]
        whole = pa.RecordBatch.from_arrays(typed, names=list(self.wanted))
        return with_odd_rows(whole, odd)

    def _column(
        self,
        first: int,
        name: str,
        cells: pa.Array,
        type: pa.DataType,
        odd: dict[int, OddRow | Problem],
    ) -> pa.Array:
        """The cells as values of the type; those of a fact that do not fit are for the engine."""
        if type == pa.string():
            return cells

        def unfit(at: int, cell: str) -> None:
            if name not in self.bare:  # what says whether a fact is told
                told = Message("cell-not-truth", name=name, value=shown(cell))
                message = Message("in-row", row=first + at, message=told)
                raise _unreadable(self.path, message, "cell-unfit")
            add_cell(odd, at, name, _plain(cell, type))

        return typed(cells.to_pylist(), _reader(type), type, unfit)

    def _of_other_length(self, row: arrow_csv.InvalidRow) -> Refused:
        told: Words = Message(
            "row-of-other-length",
            row=row.number - self.head.lines,
            found=row.actual_columns,
            expected=row.expected_columns,
        )
        if row.text.count('"') % 2:
            quote = Message("quote-opened-not-closed")
            told = Message("in-row", row=row.number - self.head.lines, message=quote)
        return _unreadable(self.path, told, "ragged-row")

    def _refuse_unclosed(self, rows: int) -> None:
        """Raises Refused where a quote that nothing closes made one cell of the lines below."""
        with pa.input_stream(str(self.path)) as file:
            lines = _line_count(file)
        if lines <= rows + self.head.lines:
            return  # no cell holds the end of a line
        with pa.input_stream(str(self.path)) as file:
            opened = _unclosed(lines_of(file), self.head.divider.encode())
        if opened is not None:
            place, hint = Place(str(self.path), opened), Message("close-quote-quote-inside")
            message = Message("quote-opened-not-closed")
            raise Refused([Problem("csv-quote", message, place, hint=hint)])

    def _refuse_wrong_letters(self) -> None:
        """Raises Refused at the first line that is no UTF-8."""
        with pa.input_stream(str(self.path)) as file:
            for number, line in enumerate(lines_of(file), 1):
                try:
                    line.decode("utf-8")
                except UnicodeDecodeError:
                    decode_source(line, str(self.path), first=number)


def _without_blanks(cells: pa.Array) -> pa.Array:
    """The cells without blanks around them; one that holds nothing else is NULL."""
    trimmed = pc.utf8_ltrim(cells, BLANKS)
    # Arrow knows a quote only where a cell begins.
    is_quoted = pc.and_(pc.starts_with(trimmed, QUOTE), pc.not_equal(trimmed, cells))
    if pc.any(is_quoted).as_py():
        pairs = zip(trimmed.to_pylist(), is_quoted.to_pylist(), strict=True)
        bare = [_unquoted(cell) if quoted else cell for cell, quoted in pairs]
        trimmed = pa.array(bare, pa.string())
    trimmed = pc.utf8_trim_whitespace(trimmed)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def _unquoted(cell: str) -> str:
    inner = cell.rstrip(BLANKS)
    is_closed = len(inner) > 1 and inner.endswith(QUOTE)
    return inner[1:-1].replace(QUOTE * 2, QUOTE) if is_closed else cell


def _line_count(file: Any) -> int:
    count, last = 0, b"\n"
    while block := file.read(1 << 22):
        count, last = count + block.count(b"\n"), block[-1:]
    return count + (last != b"\n")


def _unclosed(lines: Iterable[bytes], divider: bytes) -> int | None:
    """The number of the line in which a quote opens that swallows lines below.

    None is closed, or only by one that opens another cell, with text behind it.
    """
    opened = 0
    for number, line in enumerate(lines, 1):
        at = 0 if opened or QUOTE.encode() in line else len(line)
        while 0 <= at < len(line):
            if opened or line[at : at + 1] == QUOTE.encode():
                end = _CLOSING.match(line, at if opened else at + 1)
                if end is None:
                    opened = opened or number
                    break
                at = end.end()
                if opened and line[at:].partition(divider)[0].strip():
                    return opened
                opened = 0
            at = line.find(divider, at) + 1 or -1
    return opened or None


def _or_null(told: pa.Array | None, is_null: pa.Array | None, rows: int) -> pa.Array:
    """The column; of `<fact>.told`, with what the words `null` of the fact say."""
    if is_null is None:
        return told
    said = pa.nulls(rows, pa.bool_()) if told is None else told
    return pc.if_else(pc.fill_null(is_null, False), True, said)


# -- cells ----------------------------------------------------------------------------------


def _reader(type: pa.DataType) -> Callable[[str], Any]:
    if type == pa.bool_():
        return _truth
    if pa.types.is_integer(type):
        return _whole_number
    return decimal_of if pa.types.is_decimal(type) else partial(_in_json, json_reader(type))


def _truth(cell: str) -> bool:
    if (found := TRUTHS.get(cell.lower())) is None:
        raise ValueError(cell)
    return found


def _whole_number(cell: str) -> int:
    return whole_number(resolve(cell))


def _in_json(read: Read, cell: str) -> Any:
    if (found := json_value(cell)) is None:
        raise ValueError(cell)
    return read(found)


def _plain(cell: str, type: pa.DataType) -> Any:
    """What a cell that does not fit tells, as a request would."""
    if not pa.types.is_nested(type):
        return cell if (found := resolve(cell)) is None else found
    try:
        return json_value(cell)
    except (ValueError, RecursionError):
        return cell


def _unreadable(path: Path, message: Words, code: str = "table-unreadable") -> Refused:
    return Refused([Problem(code, message, Place.whole(str(path)))])
