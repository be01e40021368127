"""From a range, `100..120` or `[100..120)`, to the two comparisons that it means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.language.syntax.traps import trap_of
from reglament.language.syntax.yaml_words import resolve
from reglament.messages import Message
from reglament.model.conditions import AllOf, Comparison, Condition
from reglament.model.operators import Operator
from reglament.model.terms import Constant
from reglament.model.values import Value

_END = r"([^\s\[\]().](?:[^\[\]()]*?[^\s\[\]().])?)"
_RANGE = re.compile(rf"([\[(]?)\s*{_END}\s*\.\.\s*{_END}\s*([\])]?)")


def range_of(report: Diagnostics, node: Node, words: Mapping[str, Operator]) -> MappingNode | None:
    """The two comparisons in the words of the subject's type; None where it is no range.

    `a..b` includes both ends, a round bracket leaves its end out.
    """
    text = node.value if isinstance(node, Scalar) else None
    match = _RANGE.fullmatch(text.strip()) if isinstance(text, str) and ".." in text else None
    if match is None or not isinstance(node, Scalar):
        return None
    opening, first, last, closing = match.groups()
    if bool(opening) != bool(closing):
        message = Message("range-one-bracket", text=text)
        report.add("wrong-range", node, message, Message("write-both-none"))
        return MappingNode((), node.place)
    by_operator = {operator: word for word, operator in words.items()}
    lower = Operator.MORE_THAN if opening == "(" else Operator.AT_LEAST
    upper = Operator.LESS_THAN if closing == ")" else Operator.AT_MOST
    ends = ((by_operator[lower], first), (by_operator[upper], last))
    return MappingNode(
        tuple((_word(word, node), _word(end, node)) for word, end in ends), node.place
    )


def _word(text: str, node: Scalar) -> Scalar:
    return Scalar(resolve(text), text, False, node.place, trap_of(text))


def refuse_empty(report: Diagnostics, node: Node, condition: Condition) -> None:
    """Note that no value lies in a range whose ends are written."""
    ends = _ends(condition.parts if isinstance(condition, AllOf) else ())
    if ends is None:
        return
    (lower, first), (upper, last) = ends
    is_open = {lower, upper} != {Operator.AT_LEAST, Operator.AT_MOST}
    try:
        is_empty = last < first or (last == first and is_open)  # type: ignore[operator]
    except TypeError:  # a day beside a moment
        return
    if is_empty:
        text = node.raw if isinstance(node, Scalar) else ""
        message = Message("no-value-lies-range", text=text)
        report.add("empty-range", node, message, _LEAST_FIRST if last != first else None)


def refuse_or(report: Diagnostics, cell: SequenceNode, tests: list[Condition]) -> None:
    """Note that a cell says `at_least 100|less_than 120`: every value is that."""
    ends = _ends(tuple(tests))
    if ends is None or any(item.place != cell.place for item in cell.items):
        return
    is_upper_first = ends[0][0] in _UPPER
    (lower, first), (upper, last) = reversed(ends) if is_upper_first else ends
    if lower not in _LOWER or upper not in _UPPER or not _is_least(first, last):
        return
    said = [_said(item) for item in cell.items][:: -1 if is_upper_first else 1]
    message = Message("means-every-value", said=said[0], said2=said[1])
    one = f"{'[' if lower is Operator.AT_LEAST else '('}{_operand(said[0])}"
    other = f"{_operand(said[1])}{']' if upper is Operator.AT_MOST else ')'}"
    hint = Message("range-written", said=" ".join(said), one=one, other=other)
    report.add("range-as-or", cell, message, hint)


def _ends(parts: tuple[Condition, ...]) -> tuple[tuple[Operator, Value], ...] | None:
    """The operators and operands of two comparisons with what is written; None for others."""
    found = [
        (condition.operator, condition.operand.value)
        for condition in parts
        if isinstance(condition, Comparison) and isinstance(condition.operand, Constant)
    ]
    return tuple(found) if len(found) == len(parts) == 2 else None


def _is_least(first: Value, last: Value) -> bool:
    try:
        return bool(first <= last)  # type: ignore[operator]
    except TypeError:
        return False


def _said(node: Node) -> str:
    word, operand = node.entries[0] if isinstance(node, MappingNode) else (None, None)
    return f"{word.raw} {operand.raw}" if word and isinstance(operand, Scalar) else ""


def _operand(said: str) -> str:
    return said.partition(" ")[2]


_LOWER = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})
_UPPER = frozenset({Operator.AT_MOST, Operator.LESS_THAN})
_LEAST_FIRST = Message("lesser-end-comes-first")
