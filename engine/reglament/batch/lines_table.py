"""A table with the items of a list beside a table of requests, joined by a column of both.

The items are read whole, and each batch of requests gets a column with the list of each row, in
JSON. A request that no item names has an empty list; an item that names no request is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from reglament.batch.csv_source import NULL_WORD, CsvHead, csv_head, csv_texts
from reglament.batch.table_sources import Part, Rows, RowSource
from reglament.columnar.reading.odd_rows import odd_rows
from reglament.language.requests.csv_requests import IN_JSON, TRUTHS
from reglament.language.requests.lines_beside import column_of_both
from reglament.language.syntax.json_text import is_json, json_value
from reglament.language.syntax.suggest import suggestion
from reglament.language.syntax.yaml_words import resolve
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import ItemList
from reglament.model.values import Kind

MOST_PROBLEMS = 20
Readers = Mapping[str, Callable[[str], Any]]


def with_lines(source: RowSource, items: ItemList, path: Path, key: str | None) -> RowSource:
    """The source with a column for the list, its items from the file. Raises Refused."""
    head = csv_head(path)
    beside = _Beside(items, path, head.names, _key(source, items, path, head.names, key))
    beside.read(head)
    beside.refuse_strays(source)
    fields = [one for one in source.schema if one.name != items.fact]
    return replace(
        source,
        schema=pa.schema([*fields, pa.field(items.fact, pa.string())]),
        parts=lambda columns: beside.parts(source, columns),
        files=(*source.files, path),
    )


def _key(
    source: RowSource, items: ItemList, path: Path, names: Sequence[str], key: str | None
) -> str:
    """The column of both. Raises Refused where there is none, or there are several."""
    own = [name for name in names if name not in items.whole_names]
    # Which columns JSON Lines have besides facts is not known beforehand.
    shared = own if source.kind == "jsonl" else [n for n in own if n in source.schema.names]
    return column_of_both(str(path), names, shared, key)


@dataclass(slots=True)
class _Beside:
    """The items of the file, in JSON, by what they say in the column of both."""

    items: ItemList
    path: Path
    names: Sequence[str]
    key: str
    whose: dict[str, list[str]] = field(default_factory=dict)

    # Reading

    def read(self, head: CsvHead) -> None:
        """Read every item. Raises Refused."""
        readers = self._readers()
        rows = (row for batch in csv_texts(self.path, head) for row in batch.to_pylist())
        for number, row in enumerate(rows, 1):
            self._take(number, row, readers)

    def _take(self, number: int, row: Mapping[str, str | None], readers: Readers) -> None:
        key = row[self.key]
        if key is None:
            told = Message("line-without-key", key=self.key, list=self.items.fact)
            message = Message("in-row", row=number, message=told)
            raise Refused([Problem("line-without-key", message, self._whole)])
        item = {name: read(cell) for name, read in readers.items() if (cell := row[name])}
        self.whose.setdefault(key, []).append(json.dumps(item, ensure_ascii=False, default=str))

    def _readers(self) -> Readers:
        """For each column that tells a field what reads its cells."""
        known = self.items.whole_names
        found: dict[str, Callable[[str], Any]] = {}
        for name in self.names:
            if name in known:
                fact = self.items.fields[known[name]]
                found[name] = partial(_cell, fact.type.kind, fact.is_nullable)
            elif name != self.key and (hint := suggestion(name, known)) is not None:
                message = Message("item-no-field", called=self.items.called, field=name)
                raise Refused([Problem("unknown-field", message, self._whole, hint=hint)])
        return found

    @property
    def _whole(self) -> Place:
        return Place.whole(str(self.path))

    # Joining

    def refuse_strays(self, source: RowSource) -> None:
        """Whether each item is of one request, and each request of one key. Raises Refused."""
        problems: list[Problem] = []
        seen: set[str] = set()
        for told in self._keys(source):
            code = "request-without-key" if told is None else "request-key-twice"
            if told is None or told in seen:
                values = {} if told is None else {"told": told}
                message = Message(code, key=self.key, list=self.items.fact, **values)
                problems.append(Problem(code, message, Place.whole(source.name)))
            else:
                seen.add(told)
            if len(problems) == MOST_PROBLEMS:
                break
        for told in (key for key in self.whose if key not in seen) if not problems else ():
            message = Message("line-of-no-request", key=self.key, told=told, list=self.items.fact)
            problems.append(Problem("line-of-no-request", message, self._whole))
            if len(problems) == MOST_PROBLEMS:
                break
        if problems:
            raise Refused(problems)

    def _keys(self, source: RowSource) -> Iterator[str | None]:
        for part in source.parts([self.key]):
            for batch in part.read():
                refused = {at for at, row in odd_rows(batch).items() if isinstance(row, Problem)}
                keys = enumerate(batch.column(self.key).to_pylist())
                yield from (_text(key) for at, key in keys if at not in refused)

    def parts(self, source: RowSource, columns: Collection[str]) -> list[Part]:
        """The parts of the source, with the list in each row."""
        wanted = {*columns, self.key}
        if self.items.fact not in source.schema.names:
            wanted.discard(self.items.fact)
        return [replace(part, read=partial(self._rows, part)) for part in source.parts(wanted)]

    def _rows(self, part: Part) -> Rows:
        fact = self.items.fact
        for batch in part.read():
            told = batch
            if fact in batch.schema.names:
                if batch.column(fact).null_count < batch.num_rows:
                    message = Message("told-twice-told", name=fact)
                    raise Refused([Problem("told-twice", message, Place.whole(part.file))])
                told = batch.drop_columns([fact])
            keys = map(_text, batch.column(self.key).to_pylist())
            lists = [f"[{','.join(self.whose.get(key or '', ()))}]" for key in keys]
            yield told.append_column(fact, pa.array(lists, pa.string()))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _cell(kind: Kind, is_nullable: bool, text: str) -> Any:
    """What a cell tells; whatever does not fit is refused in the row of the request."""
    if is_nullable and text == NULL_WORD:
        return None
    if kind is Kind.BOOLEAN:
        return TRUTHS.get(text.lower(), text)
    if kind is Kind.INTEGER and isinstance(number := resolve(text), int):
        return number
    if kind in IN_JSON and is_json(text):
        with suppress(ValueError, RecursionError):  # then the text itself does not fit
            return json_value(text)
    return text
