"""What is asked of the items of a list: `some`, `every` or `none` is so, and how many there are.

How one item is spoken of, and how the items are counted, hangs on the list: things with fields
(`list_tests`) or plain values (`plain_list_tests`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from reglament.language.loading.expressions.operands import read_operand
from reglament.language.loading.expressions.scope import Scope
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Condition, Not, Quantified, joined
from reglament.model.operators import AMOUNT_WORDS, Operator
from reglament.model.terms import Constant, Term
from reglament.model.values import INTEGER

SOME, EVERY, NONE, WHERE, EXACTLY = "some", "every", "none", "where", "exactly"
NUMBERS_OF = {**AMOUNT_WORDS, EXACTLY: Operator.IS}
LIST_WORDS = (WHERE, SOME, EVERY, NONE, *NUMBERS_OF)


class AskedItems(ABC):
    """The items of the list `key`, or those that `where` leaves of them."""

    def __init__(self, names: Scope, key: Scalar) -> None:
        self.names, self.key = names, key

    @abstractmethod
    def of_one(self, node: Node) -> Condition:
        """What is asked of one item."""

    @abstractmethod
    def narrowed(self, where: Condition) -> AskedItems:
        """Those of the items that are so."""

    @abstractmethod
    def count(self, so: Condition, node: Node) -> Term:
        """How many of the items are so."""

    @abstractmethod
    def other(self, word: Scalar, node: Node) -> Condition:
        """What another word says of the list."""


def read_asked_items(asked: AskedItems, tests: MappingNode) -> Condition:
    """What is said of the items: that some, every or none is so, and how many."""
    written = tests.get(WHERE)
    if written is not None:
        asked = asked.narrowed(asked.of_one(written))
    said = [_said(asked, word, below) for word, below in tests.entries if word.value != WHERE]
    if not said:
        message = Message("list-test-empty", name=asked.key.value)
        asked.names.report.add("empty-condition", tests, message, Message("list-test-empty-hint"))
    return joined(said)


def _said(asked: AskedItems, word: Scalar, node: Node) -> Condition:
    name = str(word.value)
    if name in NUMBERS_OF:
        found = read_operand(asked.names, node, INTEGER)
        than = None if found is None else found[0]
        return ALWAYS if than is None else _counted(asked, ALWAYS, NUMBERS_OF[name], than, "", node)
    if name in _QUANTIFIERS:
        return _QUANTIFIERS[name](asked, asked.of_one(node), node)
    return asked.other(word, node)


def _counted(
    asked: AskedItems, so: Condition, operator: Operator, than: Term, word: str, node: Node
) -> Condition:
    return Quantified(asked.count(so, node), operator, than, quantifier=word, place=node.place)


_ONE, _NO = Constant(1), Constant(0)
_QUANTIFIERS: Mapping[str, Callable[[AskedItems, Condition, Node], Condition]] = {
    SOME: lambda of, so, node: _counted(of, so, Operator.AT_LEAST, _ONE, SOME, node),
    NONE: lambda of, so, node: _counted(of, so, Operator.AT_MOST, _NO, NONE, node),
    EVERY: lambda of, so, node: _counted(of, Not(so), Operator.AT_MOST, _NO, EVERY, node),
}
