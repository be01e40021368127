"""From JSON Lines to typed columns: a line is a request, as `decide` has it.

A fact that a line leaves out is missing, and null is told if the fact may be null; a column
`<fact>.told` says so for every row.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from reglament.batch.table_sources import Facts, Part, Rows, Source, reading
from reglament.batch.text_columns import (
    column_type,
    does_not_fit,
    is_list_of_records,
    json_reader,
    lines_of,
    typed,
)
from reglament.columnar.fact_columns import TOLD
from reglament.language.requests.list_reader import list_of_path, with_path
from reglament.language.syntax.json_text import json_value, parse_json_lines
from reglament.language.syntax.mismatch import Unfit
from reglament.language.syntax.source import decode_source
from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused
from reglament.model.values import Kind

LINES_AT_ONCE: Final = 16_384
_NESTED: Final = pa.list_(pa.string())
_CLASSES: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.BOOLEAN: (bool,),
    Kind.INTEGER: (int, Decimal),
    Kind.DECIMAL: (int, Decimal, str),
    Kind.LIST: (list,),
    Kind.RECORD: (dict,),
}


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
            lines = enumerate(lines_of(file), 1)
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

        def refused(at: int, value: Any) -> Refused:
            told = does_not_fit(name, value, _NESTED if is_list else type)
            return Refused([Problem("cell-unfit", told, Place(str(self.path), lines[at][0]))])

        for at, value in enumerate(values):
            if value is not None and value.__class__ not in accepted:
                raise refused(at, value)
        return typed(values, _as_text if is_list else json_reader(type), type, refused)

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


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
