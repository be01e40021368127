"""From a `when` to the condition that it states."""

from __future__ import annotations

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import Scope
from reglament.language.loading.expressions.written_tests import (
    OPERATOR_WORDS,
    read_formula_test,
    read_test,
)
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, AnyOf, Condition, Counted, Not, joined

COUNTS = ("at_least", "at_most", "exactly")
MOST_COUNTED = 12  # ways to choose half of so many are still few: 924

FORMULA_TESTS = OPERATOR_WORDS | {"is"}


def read_condition(names: Scope, node: Node) -> Condition:
    """All that the mapping says."""
    found = node_access.mapping(names.report, node)
    if found is None:
        return ALWAYS
    if not found.entries:
        message = Message("empty-condition")
        hint = Message("write-what-must-hold")
        names.report.instead(node, "empty-condition", node, message, hint)
    if _is_bare_count(names, found):
        message = Message("count-stands-alone")
        names.report.instead(node, "wrong-shape", node, message, Message("write-met-of"))
        return ALWAYS
    found, asked = _formula_asked(names, found)
    return joined([*asked, *(_entry(names, key, below) for key, below in found.entries)])


def _formula_asked(names: Scope, node: MappingNode) -> tuple[MappingNode, list[Condition]]:
    """What is said of a `formula`, and the rest; a fact that is called so is no formula."""
    key, below = node.key("formula"), node.get("formula")
    if key is None or below is None or "formula" in names.known:
        return node, []
    tests = [pair for pair in node.entries if pair[0].value in FORMULA_TESTS]
    others = [pair for pair in node.entries if pair[0] is not key and pair not in tests]
    asked = read_formula_test(names, key, below, MappingNode(tuple(tests), node.place))
    return MappingNode(tuple(others), node.place), [asked]


def _entry(names: Scope, key: Scalar, node: Node) -> Condition:
    if key.value == "not":
        return Not(read_condition(names, node))
    if key.value == "met" and isinstance(node, MappingNode) and node.get("of") is not None:
        return _counted(names, node)
    if key.value in ("any", "all"):
        conditions = _conditions(names, key, node)
        return AnyOf(tuple(conditions)) if key.value == "any" else joined(conditions)
    return read_test(names, key, node)


def _conditions(names: Scope, key: Scalar, node: Node) -> list[Condition]:
    conditions = [read_condition(names, item) for item in node_access.items(names.report, node)]
    if not conditions and isinstance(node, SequenceNode):
        names.report.add("empty-condition", node, Message("empty-key", key=key.value))
    return conditions


def _is_bare_count(names: Scope, node: MappingNode) -> bool:
    """Whether `at_least: 2, of: […]` stands where a key is the name of a fact."""
    is_known = any(word in names.known for word in ("of", *COUNTS))
    return not is_known and node.get("of") is not None and any(map(node.get, COUNTS))


def _counted(names: Scope, node: MappingNode) -> Condition:
    """How many of several conditions hold: `{at_least: 2, of: […]}`."""
    key = node.key("of")
    assert key is not None
    parts = tuple(_conditions(names, key, node.get("of") or node))
    said = {word: _number(names, node.get(word)) for word in COUNTS if node.get(word) is not None}
    if not said or None in said.values():
        if not said:
            names.report.add("missing-key", node, Message("how-many-of", count=len(parts)))
        return ALWAYS
    exactly = said.get("exactly")
    least = said.get("at_least", 0) if exactly is None else exactly
    most = said.get("at_most", len(parts)) if exactly is None else exactly
    if exactly is not None and len(said) > 1:
        names.report.add("wrong-count", node, Message("exactly-stands-alone"))
    elif parts and not _tells(least, most, len(parts)):
        names.report.add("wrong-count", node, Message("count-always-or-never", count=len(parts)))
    elif len(parts) > MOST_COUNTED:
        message = Message("too-many-counted", count=len(parts), most=MOST_COUNTED)
        names.report.add("wrong-count", key, message)
    return Counted(parts, least or 0, len(parts) if most is None else most)


def _tells(least: int | None, most: int | None, count: int) -> bool:
    """Whether some numbers of conditions that hold are meant, and not all of them."""
    low, high = least or 0, count if most is None else most
    return low <= min(high, count) and (low > 0 or high < count)


def _number(names: Scope, node: Node | None) -> int | None:
    """A whole number that is not negative."""
    value = node.value if isinstance(node, Scalar) else None
    if type(value) is int and value >= 0:
        return value
    if node is not None:
        names.report.shape(node, Message("whole-number-of-conditions"))
    return None
