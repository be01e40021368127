"""From a fact's name to the value by which a request in a file tells it."""

from __future__ import annotations

from collections.abc import Iterable

from reglament.language.requests.fact_table import FactTable
from reglament.language.syntax.source import Mapping, Node, Scalar


def told_at(table: FactTable, request: Node, name: str) -> Node | None:
    """The value that is told of the fact, nested or dotted; None where none is."""
    told = table.walk(request, _entries, _is_null).told.get(name)
    return None if told is None else told.value


def _entries(node: Node) -> Iterable[tuple[object, Node]] | None:
    return node.entries if isinstance(node, Mapping) else None


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None
