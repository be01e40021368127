"""From JSON Lines to typed columns: a line is a request, as `decide` has it.

A fact that a line leaves out is missing, and null is told if the fact may be null; a column
`<fact>.told` says so for every row. What is wrong with a line refuses its row, and no other.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from reglament.batch.table_sources import Facts, Part, Rows, RowSource, reading
from reglament.batch.text_columns import (
    column_type,
    is_list_of_records,
    json_reader,
    lines_of,
    typed,
)
from reglament.columnar.reading.fact_columns import TOLD
from reglament.columnar.reading.odd_rows import OddRow, add_cell, with_odd_rows
from reglament.language.requests.list_reader import list_of_path, with_path
from reglament.language.syntax.json_text import json_value, parse_json_lines
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.language.syntax.source import decode_source
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.problems import Problem, Refused
from reglament.model.values import Kind

LINES_AT_ONCE: Final = 16_384
_CLASSES: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.BOOLEAN: (bool,),
    Kind.INTEGER: (int, Decimal),
    Kind.DECIMAL: (int, Decimal, str),
    Kind.LIST: (list,),
    Kind.RECORD: (dict,),
}


def json_lines_source(name: str, files: Sequence[Path], facts: Facts) -> RowSource:
    """The requests of JSON Lines, nested or dotted; columns of the facts and of what is told."""

    def parts(columns: Collection[str]) -> list[Part]:
        return [Part(str(file), 0, 1, None, JsonLines(file, facts, columns).rows) for file in files]

    schema = JsonLines(Path(name), facts).schema
    return RowSource(name, "jsonl", schema, parts, tuple(files))


class JsonLines:
    """Reads lines, those of one file or others; `more` are columns wanted beside those of facts."""

    def __init__(self, path: Path, facts: Facts, more: Collection[str] = ()) -> None:
        self.path, self.facts = path, facts
        types = {one: column_type(fact.type) for one, fact in facts.items()}
        types |= {fact.name + TOLD: pa.bool_() for fact in facts.values()}
        self.schema = pa.schema({**dict.fromkeys(more, pa.string()), **types})
        # The names below which facts may be nested.
        self.groups = {name[:at] for name in facts for at, sign in enumerate(name) if sign == "."}
        self.told = {fact.name + TOLD: one for one, fact in facts.items()}
        self.lists = frozenset(n for n, fact in facts.items() if is_list_of_records(fact.type))

    def rows(self) -> Rows:
        """The requests, so many lines at a time; empty lines are passed over."""
        with reading(str(self.path)), pa.input_stream(str(self.path)) as file:
            lines = enumerate(lines_of(file), 1)
            while some := list(islice(lines, LINES_AT_ONCE)):
                yield self.batch([(number, line) for number, line in some if line.strip()], {})

    def batch(
        self, lines: Sequence[tuple[int, bytes]], odd: dict[int, OddRow | Problem]
    ) -> pa.RecordBatch:
        """The requests of numbered lines; `odd` has what is known to be wrong with some."""
        groups: dict[int, list[str]] = {}
        told = [self._told(at, *line, odd, groups) for at, line in enumerate(lines)]
        columns = []
        for field in self.schema:
            name = field.name
            if name in self.told:
                said = [one.get(name, self.told[name] in one) for one in told]
                columns.append(pa.array(said, pa.bool_()))
            elif name in self.facts:
                columns.append(self._column(name, field.type, told, odd))
            else:
                columns.append(pa.array([_as_text(one.get(name)) for one in told], pa.string()))
        for at in odd:
            if (unfit := self._unread(*lines[at])) is not None:
                odd[at] = Problem(unfit.code, unfit.message, hint=unfit.hint)
        return with_odd_rows(pa.RecordBatch.from_arrays(columns, schema=self.schema), odd, groups)

    def _column(
        self,
        name: str,
        type: pa.DataType,
        told: Sequence[Mapping[str, Any]],
        odd: dict[int, OddRow | Problem],
    ) -> pa.Array:
        is_list = is_list_of_records(self.facts[name].type)
        accepted = (list, dict) if is_list else _CLASSES.get(self.facts[name].type.kind, (str,))

        def unfit(at: int, value: Any) -> None:
            add_cell(odd, at, name, value)

        values = [one.get(name) for one in told]
        for at, value in enumerate(values):
            if value is not None and value.__class__ not in accepted:
                unfit(at, value)
                values[at] = None
        return typed(values, _as_text if is_list else json_reader(type), type, unfit)

    def _told(
        self,
        at: int,
        number: int,
        line: bytes,
        odd: dict[int, OddRow | Problem],
        groups: dict[int, list[str]],
    ) -> dict[str, Any]:
        """The facts of a line under their dotted names; of one that is none there are no facts."""
        found: dict[str, Any] = {}
        nulls: list[str] = []
        try:
            strays = self._flatten(self._request(number, line), "", found, nulls)
        except TypeMismatch as unfit:
            odd[at] = Problem(unfit.code, unfit.message, hint=unfit.hint)
            return {}
        if strays:
            odd[at] = OddRow({}, strays)
        if nulls:
            groups[at] = nulls
        return found

    def _request(self, number: int, line: bytes) -> dict[str, Any]:
        """The request of a line. Raises TypeMismatch."""
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            request = json_value(text)
        except (ValueError, RecursionError):
            raise TypeMismatch("json-syntax", Message("line-not-json")) from None
        if not isinstance(request, dict):
            raise TypeMismatch("wrong-shape", Message("request-mapping-facts-fact"))
        return request

    def _flatten(
        self, told: Mapping[str, Any], prefix: str, found: dict[str, Any], nulls: list[str]
    ) -> dict[str, Any]:
        """Take what is told, and give what is told of no fact but is near to one.

        `nulls` gets the groups that are told to be null as a whole. Raises TypeMismatch.
        """
        strays: dict[str, Any] = {}
        for key, value in told.items():
            name = prefix + key
            if name in self.groups and isinstance(value, dict):
                strays |= self._flatten(value, f"{name}.", found, nulls)
            elif name in self.groups and value is None:
                below = [fact for fact in self.facts if fact.startswith(f"{name}.")]
                for one in below:
                    self._take(one, None, found)
                if all(self.facts[one].name == one for one in below):
                    nulls.append(name)  # columns of other names make no group of the policy
            elif name in self.groups or self._take(name, value, found):
                strays[name] = value
        return strays

    def _take(self, name: str, value: Any, found: dict[str, Any]) -> bool:
        """Take a value; whether its name is none, but near to one. Raises TypeMismatch."""
        of_list = list_of_path(name, self.lists) if self.lists else None
        if of_list is not None:
            found[of_list] = with_path(found.get(of_list), name, of_list, value)
            return False
        if name in found:
            raise TypeMismatch("told-twice", Message("told-twice-told", name=name))
        is_known = name in self.facts or name in self.schema.names
        if not is_known and suggestion(name, self.facts) is not None:
            return True  # anything else is a column beside
        found[name] = value
        return False

    def _unread(self, number: int, line: bytes) -> TypeMismatch | None:
        """What is wrong with the text of a line, as the careful reader of texts says it.

        Raises Refused for letters that cannot be read.
        """
        found = next(parse_json_lines(decode_source(line, str(self.path), first=number)), None)
        if not isinstance(found, Refused):
            return None
        first = found.problems[0]
        return TypeMismatch(first.code, first.message, first.hint)


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
