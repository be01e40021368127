"""Items of a list in a table beside the requests: a column of both says whose each item is.

    requests.csv            lines.csv
    order_id,order.on       order_id,kind,price
    17,2025-03-03           17,book,10.00
                            17,media,30.00

The request 17 tells two items; one that no row names tells an empty list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reglament.frozen import frozen
from reglament.language.requests.csv_requests import CsvKey, as_cell, rows_in
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode, Source
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, ticked
from reglament.model.problems import Place, Problem, Refused


@frozen
class LinesTable:
    """The table with the items of the list `fact`."""

    fact: str
    source: Source
    rows: tuple[MappingNode, ...]

    @classmethod
    def read(cls, fact: str, source: Source) -> LinesTable:
        """The table of a text. Raises Refused."""
        return cls(fact, source, rows_in(source))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that some row tells."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.keys))


def with_lines(
    requests: Sequence[MappingNode], table: LinesTable, key: str | None = None
) -> list[MappingNode]:
    """The requests, each with its items. `key` is the column of both; it may be found.

    Raises Refused where requests and items do not come together.
    """
    name = _key(requests, table, key)
    whose: dict[str, list[MappingNode]] = {}
    problems: list[Problem] = []
    for request in requests:
        value = _told(request, name)
        if value is None:
            problems.append(_at(request.place, table, "request-without-key", key=name))
        elif value.raw in whose:
            problems.append(_at(value.place, table, "request-key-twice", key=name, told=value.raw))
        else:
            whose[value.raw] = []
    problems += _sorted_out(table, name, whose)
    if problems:
        raise Refused(problems)
    return [_joined(node, name, table, whose[_raw(node, name)]) for node in requests]


def _sorted_out(
    table: LinesTable, name: str, whose: dict[str, list[MappingNode]]
) -> Iterator[Problem]:
    """Put each item to its request; a problem for each of none."""
    for row in table.rows:
        value = _told(row, name)
        if value is None:
            yield _at(row.place, table, "line-without-key", key=name)
        elif value.raw not in whose:
            yield _at(value.place, table, "line-of-no-request", key=name, told=value.raw)
        else:
            whose[value.raw].append(_without(row, name))


def _joined(
    request: MappingNode, name: str, table: LinesTable, rows: list[MappingNode]
) -> MappingNode:
    place = rows[0].place if rows else request.place
    told = request.key(table.fact)
    if told is not None:
        message = Message("told-twice-told", name=table.fact)
        raise Refused([Problem("told-twice", message, told.place)])
    list_key = Scalar(table.fact, table.fact, False, place)
    marked = _marked(request, name.split("."), name)
    return MappingNode(
        (*marked.entries, (list_key, SequenceNode(tuple(rows), place))), request.place
    )


def _key(requests: Sequence[MappingNode], table: LinesTable, key: str | None) -> str:
    """The column that requests and items have both. Raises Refused."""
    shared = [
        name for name in table.columns if any(_told(node, name) is not None for node in requests)
    ]
    return column_of_both(table.source.name, table.columns, shared, key)


def column_of_both(
    name: str, columns: Sequence[str], shared: Sequence[str], key: str | None
) -> str:
    """The column of the file with items that says whose each is, of those that requests have too.

    Raises Refused where `key` is none of them, and without a `key` unless there is just one.
    """
    if key is not None and key in shared:
        return key
    if key is not None:
        hint = suggestion(key, shared or columns)
        message = Message("lines-no-such-key", key=key, name=name)
    elif len(shared) == 1:
        return shared[0]
    else:
        hint = Message("lines-key-hint")
        code = "lines-several-keys" if shared else "lines-without-key"
        message = Message(code, name=name, listed=ticked(shared or columns))
    raise Refused([Problem("lines-key", message, Place.whole(name), hint=hint)])


def _told(request: MappingNode, name: str) -> Scalar | None:
    """What the request says in a column, or under a dotted name; None where it says nothing."""
    node: Node | None = request.get(name)
    below: Node | None = request
    for part in name.split(".") if node is None else ():
        below = below.get(part) if isinstance(below, MappingNode) else None
        node = below
    return node if isinstance(node, Scalar) and node.value is not None else None


def _raw(request: MappingNode, name: str) -> str:
    told = _told(request, name)
    assert told is not None
    return told.raw


def _marked(request: MappingNode, path: Sequence[str], name: str) -> MappingNode:
    """The request with its key as a cell of a table: it stands aside where it is no fact."""
    return MappingNode(tuple(_entries(request, path, name)), request.place)


def _entries(request: MappingNode, path: Sequence[str], name: str) -> Iterable[tuple[Scalar, Node]]:
    for key, node in request.entries:
        if key.value == name and isinstance(node, Scalar):
            yield key, as_cell(node, CsvKey)
        elif key.value == path[0] and isinstance(node, MappingNode):
            below = _marked(node, path[1:], ".".join(path[1:]))
            yield key, below
        else:
            yield key, node


def _without(row: MappingNode, name: str) -> MappingNode:
    entries = tuple(entry for entry in row.entries if entry[0].value != name)
    return MappingNode(entries, row.place)


def _at(place: Place, table: LinesTable, code: str, **values: str) -> Problem:
    line = table.source.line(place.line) if place.file == table.source.name else None
    return Problem(code, Message(code, list=table.fact, **values), place, line)
