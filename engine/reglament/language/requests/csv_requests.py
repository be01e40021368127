"""From rows of a CSV table to requests: a row is a request, a column tells the fact of its name.

A cell has no type of its own, so it is read by the type of its fact, once the version is known
that judges the request. An empty cell tells nothing; `null` tells null where the fact may be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from reglament.language.syntax.csv_text import as_text, cell_of, parse_csv
from reglament.language.syntax.json_text import is_json, read_json
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode, Source
from reglament.language.syntax.suggest import suggestion
from reglament.language.syntax.yaml_problems import Unreadable
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import Fact, Version
from reglament.model.values import Kind

_WORDS_OF_YAML = frozenset({Kind.BOOLEAN, Kind.INTEGER, Kind.DECIMAL})
IN_JSON = frozenset({Kind.LIST, Kind.RECORD})
"""The kinds of facts whose cells hold JSON."""
TRUTHS = {"true": True, "false": False}
"""What cells say in small letters; spreadsheets write `TRUE`."""


class CsvCell(Scalar):
    """A cell of a table, whose type its fact says."""

    __slots__ = ()


class CsvKey(CsvCell):
    """A cell that says which items belong to a request; it stands aside where it is no fact."""

    __slots__ = ()


def rows_in(source: Source) -> tuple[MappingNode, ...]:
    """Each row of the table, by the names of its columns. Raises Refused."""
    problems: list[Problem] = []
    header, rows = parse_csv(source, problems)
    if problems:
        raise Refused(problems)
    return tuple(_row(header, row) for row in rows)


def refuse_other_table(source: Source, rows: Iterable[MappingNode], known: Collection[str]) -> None:
    """Raises Refused for a table of which no column tells a fact that is `known`, or nearly one."""
    if any(name in known for row in rows for name in row.keys):
        return
    header, _ = parse_csv(source, [])
    if header and not any(_is_near(str(cell.value), known) for cell in header):
        hint = Message("column-called-as-fact", name=next(iter(known)))
        raise Refused(
            [source.problem("column-none", Message("column-none"), header[0].place, hint)]
        )


def _row(header: Iterable[Scalar], cells: tuple[Scalar, ...]) -> MappingNode:
    bare = [_without_blanks(cell) for cell in cells]
    entries = tuple(
        (replace(name, place=cell.place), as_cell(cell))
        for name, cell in zip(header, bare, strict=True)
        if cell.raw
    )
    return MappingNode(entries, cells[0].place)


def _without_blanks(cell: Scalar) -> Scalar:
    """The cell as it is outside of quotes, which are no part of it."""
    text = cell.raw.strip()
    return cell if text == cell.raw else cell_of(text, cell.place)


def as_cell(scalar: Scalar, kind: type[CsvCell] = CsvCell) -> CsvCell:
    """The value as a cell."""
    return kind(scalar.value, scalar.raw, scalar.quoted, scalar.place, scalar.trap)


def typed(version: Version, request: MappingNode) -> MappingNode:
    """The request with each cell as its fact says; columns that tell no fact stand aside.

    One that is near to a fact stays, to be refused.
    """
    known = {**version.told_facts, **version.decisions}
    return MappingNode(tuple(_entries(version, request, known)), request.place)


def _entries(
    version: Version, request: MappingNode, known: Collection[str], prefix: str = ""
) -> Iterable[tuple[Scalar, Node]]:
    for key, node in request.entries:
        name = prefix + str(key.value)
        items = version.lists.get(name)
        if isinstance(node, MappingNode) and name not in known:
            below = _entries(version, node, known, f"{name}.")
            yield key, MappingNode(tuple(below), node.place)
        elif isinstance(node, CsvCell) and name in version.told_facts:
            yield key, _typed(version.told_facts[name], node)
        elif items is not None and isinstance(node, SequenceNode):
            fields = {name: items.fields[full] for name, full in items.whole_names.items()}
            rows = (_item(fields, one) for one in node.items)
            yield key, SequenceNode(tuple(rows), node.place)
        elif not isinstance(node, CsvCell) or (
            not isinstance(node, CsvKey) and _is_near(name, known)
        ):
            yield key, node


def _is_near(name: str, known: Collection[str]) -> bool:
    return name in known or suggestion(name, known) is not None


def _item(fields: Mapping[str, Fact], item: Node) -> Node:
    if not isinstance(item, MappingNode):
        return item
    pairs = ((key, node, fields.get(str(key.value))) for key, node in item.entries)
    entries = [
        (key, _typed(fact, node) if fact is not None and isinstance(node, CsvCell) else node)
        for key, node, fact in pairs
        if fact is not None or suggestion(str(key.value), fields) is not None
    ]
    return MappingNode(tuple(entries), item.place)


def _typed(fact: Fact, cell: CsvCell) -> Node:
    if cell.raw == "null" and fact.is_nullable:
        return Scalar(None, cell.raw, False, cell.place)
    if fact.type.kind is Kind.BOOLEAN and cell.raw.lower() in TRUTHS:
        return Scalar(TRUTHS[cell.raw.lower()], cell.raw, False, cell.place)
    if fact.type.kind in _WORDS_OF_YAML and cell.value is not None:
        return Scalar(cell.value, cell.raw, cell.quoted, cell.place, cell.trap)
    if fact.type.kind in IN_JSON and is_json(cell.raw):
        return _in_json(cell)
    return Scalar(cell.raw, cell.raw, True, cell.place)


def _in_json(cell: CsvCell) -> Node:
    """What the cell holds in JSON; a key told twice, or too deep a list, leaves it a text."""
    problems: list[Problem] = []
    with suppress(Unreadable):
        node = read_json(Source(cell.place.file, cell.raw), problems)
    return as_text(cell) if problems else _at(node, cell.place)


def _at(node: Node, place: Place) -> Node:
    """What a cell holds, all of it at the place of the cell."""
    if isinstance(node, SequenceNode):
        return SequenceNode(tuple(_at(one, place) for one in node.items), place)
    if isinstance(node, MappingNode):
        entries = ((replace(key, place=place), _at(one, place)) for key, one in node.entries)
        return MappingNode(tuple(entries), place)
    return replace(node, place=place)
