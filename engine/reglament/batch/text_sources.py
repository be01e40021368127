"""From CSV and JSON Lines to typed columns: what a text holds is read by the types of the facts.

A CSV file has no types of its own, so each column is read as its fact says, and what does not fit
is told with its row. In JSON Lines a fact that a line leaves out is missing, and null is told if
the fact may be null, as `decide` has it; a column `<fact>.told` says so for every row.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from reglament.batch.table_sources import (
    Facts,
    Part,
    Rows,
    Source,
    reading,
    refuse_other_columns,
)
from reglament.columnar.decided_columns import MOST_DIGITS
from reglament.columnar.fact_columns import TOLD
from reglament.frozen import frozen
from reglament.language.requests.csv_requests import TRUTHS
from reglament.language.requests.list_reader import list_of_path, with_path
from reglament.language.requests.literals import NUMBER
from reglament.language.syntax.csv_text import TOLD_SEPARATOR
from reglament.language.syntax.json_text import json_value, parse_json_lines
from reglament.language.syntax.mismatch import Unfit, shown
from reglament.language.syntax.source import decode_source, refuse_other_encodings
from reglament.language.syntax.suggest import short, suggestion
from reglament.language.syntax.yaml_words import resolve
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused
from reglament.model.values import Kind, Type

LINES_AT_ONCE: Final = 16_384
LONGEST_HEAD: Final = 1 << 20
_UNFIT: Final = (
    ValueError,
    TypeError,
    OverflowError,
    RecursionError,
    pa.ArrowException,
)
BLANKS: Final = " \t\u00a0"
QUOTE: Final = '"'
NULL_WORD: Final = "null"


def column_type(type: Type) -> pa.DataType:
    """The type of the column that holds values of a fact as a text tells them.

    Moments, days and spans of time stay text: how they are written says which they are.
    """
    match type.kind:
        case Kind.BOOLEAN:
            return pa.bool_()
        case Kind.INTEGER:
            return pa.int64()
        case Kind.DECIMAL:
            return pa.decimal128(MOST_DIGITS, type.places)
        case Kind.LIST if is_list_of_records(type):
            return pa.string()  # of JSON: a field that is not told, and one told to be null
        case Kind.LIST if type.item is not None:
            return pa.list_(column_type(type.item))
        case Kind.RECORD:
            return pa.struct([(name, column_type(one)) for name, one in type.fields])
    return pa.string()


def is_list_of_records(type: Type) -> bool:
    """Whether a fact of the type is a list of things."""
    return type.kind is Kind.LIST and type.item is not None and type.item.kind is Kind.RECORD


# -- CSV ------------------------------------------------------------------------------------


@frozen
class CsvHead:
    """The names of the columns, what divides them, and how many lines stand before the rows."""

    names: list[str]
    divider: str
    lines: int = 1


def csv_source(name: str, files: Sequence[Path], facts: Facts) -> Source:
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

    return Source(name, "csv", schemas[0], parts, tuple(files))


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
    twice = dict.fromkeys(one for one in names if names.count(one) > 1)
    if twice:
        told = [Message("column-twice", name=one) for one in twice]
        raise Refused(Problem("column-twice", one, _whole(path)) for one in told)
    return CsvHead(names, divider, 1 if separator is None else 2)


class _CsvRows:
    """Reads one file: `wanted` columns, and for those in `told` whether their cells are null."""

    def __init__(
        self,
        path: Path,
        head: CsvHead,
        wanted: Mapping[str, pa.DataType],
        facts: Facts,
        told: Mapping[str, str],
    ) -> None:
        self.path, self.head, self.wanted = path, head, wanted
        self.facts, self.told = facts, told
        self.ragged: list[arrow_csv.InvalidRow] = []

    def rows(self) -> Rows:
        """The rows, so many at a time. Raises Refused."""
        first = 1
        try:
            with reading(str(self.path)), pa.input_stream(str(self.path)) as file:
                for batch in self._opened(file):
                    yield self._typed(batch, first)
                    first += batch.num_rows
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
        for name in self.facts.keys() & cells.keys():
            cells[name] = _without_blanks(cells[name])
        nulls = {said: pc.equal(cells[name], NULL_WORD) for name, said in self.told.items()}
        for name, said in self.told.items():
            cells[name] = pc.if_else(pc.fill_null(nulls[said], False), None, cells[name])
        typed = [
            _or_null(
                _cells(self.path, first, name, cells[name], type) if name in cells else None,
                nulls.get(name),
                batch.num_rows,
            )
            for name, type in self.wanted.items()
        ]
        return pa.RecordBatch.from_arrays(typed, names=list(self.wanted))

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

    def _refuse_wrong_letters(self) -> None:
        """Raises Refused at the first line that is no UTF-8."""
        with pa.input_stream(str(self.path)) as file:
            for number, line in enumerate(_lines(file), 1):
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
    trimmed = pc.utf8_trim(trimmed, BLANKS)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def _unquoted(cell: str) -> str:
    inner = cell.rstrip(BLANKS)
    is_closed = len(inner) > 1 and inner.endswith(QUOTE)
    return inner[1:-1].replace(QUOTE * 2, QUOTE) if is_closed else cell


def _or_null(told: pa.Array | None, is_null: pa.Array | None, rows: int) -> pa.Array:
    """The column; of `<fact>.told`, with what the words `null` of the fact say."""
    if is_null is None:
        return told
    said = pa.nulls(rows, pa.bool_()) if told is None else told
    return pc.if_else(pc.fill_null(is_null, False), True, said)


def _cells(path: Path, first: int, name: str, column: pa.Array, type: pa.DataType) -> pa.Array:
    """The texts of a column as values of the type. Raises Refused with the row of the first."""
    if type == pa.string():
        return column
    read = _reader(type)
    try:
        return pa.array([None if cell is None else read(cell) for cell in column.to_pylist()], type)
    except _UNFIT:
        for number, cell in enumerate(column.to_pylist(), first):
            if cell is not None and not _fits(read, cell, type):
                raise _unfit(path, "row", number, name, cell, type) from None
        raise


def _reader(type: pa.DataType) -> Callable[[str], Any]:
    if type == pa.bool_():
        return _truth
    if pa.types.is_integer(type):
        return _whole_number
    return _decimal if pa.types.is_decimal(type) else partial(_list_in_cell, _reader_of_json(type))


def _truth(cell: str) -> bool:
    if (found := TRUTHS.get(cell.lower())) is None:
        raise ValueError(cell)
    return found


def _decimal(cell: str) -> Decimal:
    if NUMBER.fullmatch(cell) is None:
        raise ValueError(cell)
    return Decimal(cell)


def _whole_number(cell: str) -> int:
    if (found := resolve(cell)) is None:
        raise ValueError(cell)
    return _integer(found)


def _list_in_cell(read: Callable[[Any], Any], cell: str) -> Any:
    if (found := json_value(cell)) is None:
        raise ValueError(cell)
    return read(found)


def _fits(read: Callable[[Any], Any], cell: Any, type: pa.DataType) -> bool:
    try:
        pa.array([read(cell)], type)
    except _UNFIT:
        return False
    return True


# -- JSON Lines -----------------------------------------------------------------------------


def json_lines_source(name: str, files: Sequence[Path], facts: Facts) -> Source:
    """The requests of JSON Lines, nested or dotted; columns of the facts and of what is told."""
    types = [(one, column_type(fact.type)) for one, fact in facts.items()]
    told = [(fact.name + TOLD, pa.bool_()) for fact in facts.values()]
    groups = {name[:at] for name in facts for at, sign in enumerate(name) if sign == "."}

    def parts(columns: Collection[str]) -> list[Part]:
        more = [(one, pa.string()) for one in columns if one not in dict(types + told)]
        schema = pa.schema([*types, *told, *more])
        return [
            Part(str(one), 0, 1, None, partial(_JsonLines(one, facts, groups, schema).rows))
            for one in files
        ]

    schema = pa.schema([*types, *told])
    return Source(name, "jsonl", schema, parts, tuple(files))


class _JsonLines:
    """Reads one file: `groups` are the names below which facts may be nested."""

    def __init__(
        self, path: Path, facts: Facts, groups: Collection[str], schema: pa.Schema
    ) -> None:
        self.path, self.facts, self.groups, self.schema = path, facts, groups, schema
        self.told = {fact.name + TOLD: one for one, fact in facts.items()}
        self.lists = frozenset(n for n, one in facts.items() if is_list_of_records(one.type))

    def rows(self) -> Rows:
        """The requests, so many lines at a time; empty lines are passed over."""
        with reading(str(self.path)), pa.input_stream(str(self.path)) as file:
            lines = enumerate(_lines(file), 1)
            while some := list(islice(lines, LINES_AT_ONCE)):
                yield self._batch([(number, line) for number, line in some if line.strip()])

    def _batch(self, lines: Sequence[tuple[int, bytes]]) -> pa.RecordBatch:
        told = [self._told(number, line) for number, line in lines]
        columns = []
        for field in self.schema:
            name = field.name
            if name in self.told:
                said = [one.get(name, self.told[name] in one) for one in told]
                columns.append(pa.array(said, pa.bool_()))
            elif name in self.facts:
                columns.append(self._column(name, field.type, lines, told))
            else:
                columns.append(pa.array([_as_text(one.get(name)) for one in told], pa.string()))
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _column(
        self,
        name: str,
        type: pa.DataType,
        lines: Sequence[tuple[int, bytes]],
        told: Sequence[Mapping[str, Any]],
    ) -> pa.Array:
        values = [one.get(name) for one in told]
        is_list = is_list_of_records(self.facts[name].type)
        accepted = (list, dict) if is_list else _CLASSES.get(self.facts[name].type.kind, (str,))
        for (number, _), value in zip(lines, values, strict=True):
            if value is not None and value.__class__ not in accepted:
                wanted = _NESTED if is_list else type
                raise _unfit(self.path, "line", number, name, value, wanted)
        read = _as_text if is_list else _reader_of_json(type)
        try:
            return pa.array(list(map(read, values)), type)
        except _UNFIT:
            for (number, _), value in zip(lines, values, strict=True):
                if not _fits(read, value, type):
                    raise _unfit(self.path, "line", number, name, value, type) from None
            raise

    def _told(self, number: int, line: bytes) -> dict[str, Any]:
        """The facts of a line under their dotted names. Raises Refused."""
        found: dict[str, Any] = {}
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            request = json_value(text)
        except (ValueError, RecursionError):
            raise self._not_json(number, line) from None
        if not isinstance(request, dict):
            raise self._refused(number, Message("request-mapping-facts-fact"), line)
        self._flatten(request, "", number, found)
        return found

    def _flatten(
        self, told: Mapping[str, Any], prefix: str, number: int, found: dict[str, Any]
    ) -> None:
        for key, value in told.items():
            name = prefix + key
            if name in self.groups and isinstance(value, dict):
                self._flatten(value, f"{name}.", number, found)
            elif name in self.groups and value is None:
                below = [one for one in self.facts if one.startswith(f"{name}.")]
                found |= dict.fromkeys(below)
            else:
                self._take(name, value, number, found)

    def _take(self, name: str, value: Any, number: int, found: dict[str, Any]) -> None:
        of_list = list_of_path(name, self.lists) if self.lists else None
        if of_list is not None:
            try:
                found[of_list] = with_path(found.get(of_list), name, of_list, value)
            except Unfit as unfit:
                raise self._refused(number, unfit.message, hint=unfit.hint) from None
            return
        if name in found:
            raise self._refused(number, Message("told-twice-told", name=name))
        fact = self.facts.get(name)
        if fact is None and name not in self.schema.names:
            hint = suggestion(name, self.facts)
            if hint is not None:  # anything else is a column beside
                told = Message("unknown-fact-told", shown=short(name))
                raise self._refused(number, told, hint=hint)
        found[name] = value

    def _not_json(self, number: int, line: bytes) -> Refused:
        """What is wrong with the line, as the careful reader of texts says it."""
        try:
            found = next(parse_json_lines(decode_source(line, str(self.path), first=number)), None)
        except Refused as refused:
            return refused
        if isinstance(found, Refused):
            return found
        return self._refused(number, Message("line-not-json"), line)

    def _refused(
        self, number: int, message: Words, line: bytes = b"", hint: Words | None = None
    ) -> Refused:
        text = line[:200].decode("utf-8", "replace").rstrip() or None
        place = Place(str(self.path), number)
        return Refused([Problem("line-refused", message, place, text, hint)])


def _reader_of_json(type: pa.DataType) -> Callable[[Any], Any]:
    """What turns plain values of JSON into those that a column of the type holds."""
    if pa.types.is_integer(type):
        return _whole_or_none
    if pa.types.is_decimal(type):
        return _number
    return partial(_list, _reader_of_json(type.value_type)) if pa.types.is_list(type) else _same


def _integer(value: Any) -> int:
    # To make an `int` of 1e999999999 would take all the memory there is.
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not is_number or not -(1 << 63) <= value < 1 << 63 or value != int(value):
        raise ValueError(value)
    return int(value)


def _whole_or_none(value: Any) -> int | None:
    return None if value is None else _integer(value)


def _number(value: Any) -> Any:
    return _decimal(value) if isinstance(value, str) else value  # as documents have decimals


def _list(read: Callable[[Any], Any], values: Any) -> Any:
    return [read(one) for one in values] if isinstance(values, list) else values


def _same(value: Any) -> Any:
    return value


_NESTED: Final = pa.list_(pa.string())
_NUMBERS: Final = (int, Decimal, str)
_CLASSES: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.BOOLEAN: (bool,),
    Kind.INTEGER: (int, Decimal),
    Kind.DECIMAL: _NUMBERS,
    Kind.LIST: (list,),
    Kind.RECORD: (dict,),
}


def _lines(file: Any) -> Iterator[bytes]:
    rest = b""
    while block := file.read(1 << 22):
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


# -- what is wrong --------------------------------------------------------------------------


def _unfit(
    path: Path, where: str, number: int, name: str, value: object, type: pa.DataType
) -> Refused:
    told = Message("cell-does-not-fit", name=name, value=shown(value), expected=_called(type))
    if where == "line":
        place: Place = Place(str(path), number)
        message: Words = told
    else:
        place, message = _whole(path), Message("in-row", row=number, message=told)
    return Refused([Problem("cell-unfit", message, place)])


def _called(type: pa.DataType) -> Words:
    if type == pa.bool_():
        return Message("cell-truth")
    if pa.types.is_integer(type):
        return Message("cell-integer")
    if pa.types.is_decimal(type):
        return Message("cell-decimal", places=type.scale)
    if pa.types.is_nested(type):
        return Message("cell-list")
    return Message("cell-text")


def _unreadable(path: Path, message: Words, code: str = "table-unreadable") -> Refused:
    return Refused([Problem(code, message, _whole(path))])


def _whole(path: Path) -> Place:
    return Place.whole(str(path))
