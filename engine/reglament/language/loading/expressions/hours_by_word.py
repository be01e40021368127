"""From hours picked by a word, `{by: severity, critical: always, …}`, to the hours of each word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from reglament.frozen import frozen
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import Scope, Symbol
from reglament.language.syntax.source import MappingNode, Node
from reglament.messages import Message, ticked
from reglament.model.values import Kind, Type

OTHERWISE = "otherwise"


@frozen
class HoursByWord:
    """The term that says the word, and the hours of each word; of any other, under null."""

    key: Symbol
    by: tuple[tuple[str | None, str], ...]


def is_by_word(node: Node | None) -> TypeGuard[MappingNode]:
    """Whether the node picks hours by a word."""
    return isinstance(node, MappingNode) and node.get("by") is not None


def read_hours(names: Scope, node: Node) -> str | None:
    """The name of hours, by the readings chosen; None, and a problem, where there are none."""

    def read(one: Node) -> str | None:
        return node_access.known_word(names.report, "unknown-hours", one, names.hours)

    return names.chosen(node, read)


def read_hours_by_word(names: Scope, node: MappingNode) -> HoursByWord | None:
    """The hours of each word that a choice may say; all of them have to have some."""
    key = _key(names, node)
    if key is None or key.type is None:
        return None
    by = dict(_words(names, node, key.type))
    wanted = [word for word in key.type.options if word not in by]
    if (wanted or key.type.is_open) and None not in by:
        listed = ticked((*wanted, OTHERWISE)[: len(wanted) or 1])
        names.report.add("alternative-missing", node, Message("hours-of-word", listed=listed))
        return None
    return HoursByWord(key, tuple(by.items()))


def _key(names: Scope, node: MappingNode) -> Symbol | None:
    name = node_access.word(names.report, node.get("by"))
    if name is None:
        return None
    if not node_access.is_known(names.report, "unknown-name", name, names.known):
        return None
    symbol = names.known[str(name.value)]
    if symbol.type is not None and symbol.type.kind is not Kind.CHOICE:
        names.report.add("wrong-type", name, Message("choice-wanted-by", name=name.value))
        return None
    names.used.extend(symbol.readings)
    return symbol


def _words(names: Scope, node: MappingNode, type: Type) -> Iterator[tuple[str | None, str]]:
    for key, below in node.entries:
        if key.value == "by":
            continue
        word = str(key.value)
        if word != OTHERWISE and word not in type.options and not type.is_open:
            what = Message("choice-without-word")
            node_access.unknown(names.report, "unknown-word", key, type.options, what)
        hours = node_access.known_word(names.report, "unknown-hours", below, names.hours)
        if hours is not None:
            is_other = word == OTHERWISE and word not in type.options
            yield None if is_other else word, hours
