"""From CSV and JSON Lines to typed columns: what a text holds is read by the types of the facts.

A CSV file has no types of its own, so each column is read as its fact says, and what does not fit
is told with its row. In JSON Lines a fact that a line leaves out is missing, and null is told if
the fact may be null, as `decide` has it; a column `<fact>.told` says so for every row.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
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
from reglament.language.requests.list_reader import list_of_path, with_path
from reglament.language.syntax.json_text import parse_json_lines
from reglament.language.syntax.mismatch import Unfit, shown
from reglament.language.syntax.source import decode_source
from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused
from reglament.model.values import Kind, Type

LINES_AT_ONCE: Final = 16_384
LONGEST_HEAD: Final = 1 << 20
_UNFIT: Final = (
    ValueError,
    TypeError,
    OverflowError,
    InvalidOperation,
    pa.ArrowException,
)
TRUTHS: Final = {"true": True, "false": False}


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


def csv_source(name: str, files: Sequence[Path], facts: Facts) -> Source:
    """The rows of CSV files; an empty cell is NULL, and a quoted empty one an empty text."""
    heads = [csv_head(path) for path in files]
    types = {one: column_type(fact.type) for one, fact in facts.items()}
    told = {one + TOLD: pa.bool_() for one in facts}
    schemas = [pa.schema([(one, (types | told).get(one, pa.string())) for one in names])
               for names, _ in heads]  # fmt: skip
    for path, schema in zip(files, schemas, strict=True):
        refuse_other_columns(schemas[0], schema, str(path))

    def parts(columns: Collection[str]) -> list[Part]:
        wanted = {one.name: one.type for one in schemas[0] if one.name in columns}
        return [
            Part(str(path), 0, 1, None, partial(_csv_rows, path, names, divider, wanted))
            for path, (names, divider) in zip(files, heads, strict=True)
        ]

    return Source(name, "csv", schemas[0], parts, tuple(files))


def csv_head(path: Path) -> tuple[list[str], str]:
    """The names of the columns, and what divides them: a comma, a semicolon or a tab."""
    with reading(str(path)), pa.input_stream(str(path)) as file:
        # Cut anywhere: what matters is its first line.
        text = file.read(LONGEST_HEAD).decode("utf-8-sig", "ignore")
    line = text.splitlines()[0] if text.strip() else ""
    divider = max(",;\t", key=line.count)
    names = next(csv.reader([line], delimiter=divider), [])
    if not names:
        raise Refused([Problem("table-empty", Message("table-has-no-head"), _whole(path))])
    return names, divider


def _csv_rows(
    path: Path, names: list[str], divider: str, wanted: Mapping[str, pa.DataType]
) -> Rows:
    ragged: list[arrow_csv.InvalidRow] = []

    def refuse(row: arrow_csv.InvalidRow) -> str:
        ragged.append(row)
        return "error"

    first = 1
    try:
        with reading(str(path)), pa.input_stream(str(path)) as file:
            for batch in arrow_csv.open_csv(
                file,
                arrow_csv.ReadOptions(use_threads=False, block_size=1 << 23),
                arrow_csv.ParseOptions(
                    delimiter=divider, newlines_in_values=True, invalid_row_handler=refuse
                ),
                arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    include_columns=list(wanted),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                ),
            ):
                typed = [
                    _cells(path, first, name, column, wanted[name])
                    for name, column in zip(batch.schema.names, batch.columns, strict=True)
                ]
                yield pa.RecordBatch.from_arrays(typed, names=batch.schema.names)
                first += batch.num_rows
    except Refused:
        if not ragged:
            raise
        row = ragged[0]
        told = Message(
            "row-of-other-length",
            row=row.number - 1,  # the head is not counted
            found=row.actual_columns,
            expected=row.expected_columns,
        )
        raise Refused([Problem("ragged-row", told, _whole(path))]) from None


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
        return int
    return Decimal if pa.types.is_decimal(type) else json.loads


def _truth(cell: str) -> bool:
    if (found := TRUTHS.get(cell.strip().lower())) is None:
        raise ValueError(cell)
    return found


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
    told = [(one + TOLD, pa.bool_()) for one, fact in facts.items() if fact.is_nullable]
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
            if name.endswith(TOLD) and (fact := name.removesuffix(TOLD)) in self.facts:
                said = [one.get(name, fact in one) for one in told]
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
        read = _as_text if is_list else _number if pa.types.is_decimal(type) else _same
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
            request = json.loads(line, parse_float=Decimal, object_pairs_hook=_once)
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
                found |= {one: None for one in below if self.facts[one].is_nullable}
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
        if value is not None or fact is None or fact.is_nullable:  # else null can only be missing
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


def _number(value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) else value  # as documents have decimals


def _same(value: Any) -> Any:
    return value


_NESTED: Final = pa.list_(pa.string())
_NUMBERS: Final = (int, Decimal, str)
_CLASSES: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.BOOLEAN: (bool,),
    Kind.INTEGER: (int,),
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


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError  # a key stands twice
    return found


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


def _whole(path: Path) -> Place:
    return Place.whole(str(path))
