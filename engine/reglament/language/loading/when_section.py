"""From a `when` to the condition that it states."""

from __future__ import annotations

from reglament.language.loading import node_access
from reglament.language.loading.scope import Names
from reglament.language.loading.written_tests import joined, read_test
from reglament.language.syntax.source import Node, Scalar, Sequence
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, AnyOf, Condition, Not


def read_condition(names: Names, node: Node, used: list[str]) -> Condition:
    """All that the mapping says; `used` gains the readings it hangs on."""
    found = node_access.mapping(names.report, node)
    if found is None:
        return ALWAYS
    if not found.entries:
        message = Message("empty-condition")
        hint = Message("write-what-must-hold")
        names.report.instead(node, "empty-condition", node, message, hint)
    return joined([_entry(names, key, below, used) for key, below in found.entries])


def _entry(names: Names, key: Scalar, node: Node, used: list[str]) -> Condition:
    if key.value == "not":
        return Not(read_condition(names, node, used))
    if key.value in ("any", "all"):
        found = [
            read_condition(names, item, used) for item in node_access.items(names.report, node)
        ]
        if not found and isinstance(node, Sequence):
            message = Message("empty-key", key=key.value)
            names.report.add("empty-condition", node, message)
        return AnyOf(tuple(found)) if key.value == "any" else joined(found)
    return read_test(names, key, node, used)
