"""From the brackets of a tariff, `{upto: 10000, rate: 14}`, to the arguments of its function."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.language.loading.expressions import node_access
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node
from reglament.messages import Message

_KEYS = ("upto", "rate")


def bracket_arguments(report: Diagnostics, written: tuple[Node, ...]) -> tuple[Node, ...] | None:
    """The amount, then the end and the rate of each bracket; the last has a rate alone.

    None, and problems, where brackets are not as they should be.
    """
    before = len(report.problems)
    amount, *brackets = written or (None,)
    steps = [node for each in _each(report, brackets) for node in each]
    if amount is None or len(report.problems) > before:
        return None
    return (amount, *steps)


def _each(report: Diagnostics, brackets: list[Node]) -> Iterator[tuple[Node, ...]]:
    for number, node in enumerate(brackets, 1):
        below = node_access.mapping(report, node)
        if below is None:
            continue
        node_access.refuse_other_keys(report, below, Message("bracket-no-key"), _KEYS)
        wanted = _KEYS if number < len(brackets) else ("rate",)
        yield tuple(found for key in wanted if (found := _said(report, below, key)) is not None)
        if number == len(brackets) and (end := below.key("upto")) is not None:
            report.add("wrong-formula", end, Message("last-bracket-has-no-end"))


def _said(report: Diagnostics, node: MappingNode, key: str) -> Node | None:
    found = node.get(key)
    if found is None:
        report.add("missing-key", node, Message("not-said", key=key))
    return found
