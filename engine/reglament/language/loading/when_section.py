"""From a `when` to the condition that it states."""

from __future__ import annotations

from reglament.language.loading import node_access
from reglament.language.loading.scope import Names
from reglament.language.loading.written_tests import (
    OPERATOR_WORDS,
    joined,
    read_formula_test,
    read_test,
)
from reglament.language.syntax.source import Mapping, Node, Scalar, Sequence
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, AnyOf, Condition, Not

FORMULA_TESTS = OPERATOR_WORDS | {"is"}


def read_condition(names: Names, node: Node, used: list[str]) -> Condition:
    """All that the mapping says; `used` gains the readings it hangs on."""
    found = node_access.mapping(names.report, node)
    if found is None:
        return ALWAYS
    if not found.entries:
        message = Message("empty-condition")
        hint = Message("write-what-must-hold")
        names.report.instead(node, "empty-condition", node, message, hint)
    found, asked = _formula_asked(names, found, used)
    return joined([*asked, *(_entry(names, key, below, used) for key, below in found.entries)])


def _formula_asked(names: Names, node: Mapping, used: list[str]) -> tuple[Mapping, list[Condition]]:
    """What is said of a `formula`, and the rest; a fact that is called so is no formula."""
    key, below = node.key("formula"), node.get("formula")
    if key is None or below is None or "formula" in names.known:
        return node, []
    tests = [pair for pair in node.entries if pair[0].value in FORMULA_TESTS]
    others = [pair for pair in node.entries if pair[0] is not key and pair not in tests]
    asked = read_formula_test(names, key, below, Mapping(tuple(tests), node.place), used)
    return Mapping(tuple(others), node.place), [asked]


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
