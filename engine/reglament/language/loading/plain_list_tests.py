"""From what is said of the items of a plain list, `scores: {every: {at_least: 3}}`, to conditions.

A test of one item is written as a test of a fact of its type would be. How many items are so is a
number like others, so whatever compares numbers reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from reglament.frozen import frozen
from reglament.functions.item_tests import ITEM, filtered
from reglament.functions.plain_lists import COUNT
from reglament.language.loading.joined_conditions import joined
from reglament.language.loading.list_tests import EVERY, NONE, NUMBERS_OF, SOME, WHERE
from reglament.language.loading.operands import read_operand
from reglament.language.loading.tested_subject import ReadOperator, ReadTest, TestedSubject
from reglament.language.syntax.source import Mapping as MappingNode
from reglament.language.syntax.source import Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Condition, Not, Quantified, Within
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import INTEGER, TEXT
from reglament.model.visitor import tests_of


@frozen
class _Asked:
    """A list, or what `where` leaves of it, and how tests of an item are read."""

    subject: TestedSubject
    read: ReadTest
    used: list[str]

    def so(self, node: Node) -> Condition:
        """What is asked of one item."""
        return item_condition(self.subject, node, self.used, self.read)

    def counted(
        self, so: Condition, operator: Operator, than: Term, word: str, node: Node
    ) -> Condition:
        items = self.subject.term if so == ALWAYS else filtered(self.subject.term, so)
        count = Formula(COUNT, (items,))
        return Quantified(count, operator, than, quantifier=word, place=node.place)


def read_plain_list_test(
    subject: TestedSubject, tests: MappingNode, used: list[str], read: ReadTest, other: ReadOperator
) -> Condition:
    """What is said of a list: of its items, how many they are, or by the words of `other`."""
    written = tests.get(WHERE)
    asked = _Asked(subject, read, used)
    if written is not None:
        so = asked.so(written)
        term = subject.term if so == ALWAYS else filtered(subject.term, so)
        asked = replace(asked, subject=replace(subject, term=term))
    words = [(word, below) for word, below in tests.entries if word.value != WHERE]
    if not words:
        message = Message("list-test-empty", name=subject.key.value)
        hint = Message("list-test-empty-hint")
        subject.names.report.add("empty-condition", tests, message, hint)
    return joined([_said(asked, word, below, other) for word, below in words])


def _said(asked: _Asked, word: Scalar, node: Node, other: ReadOperator) -> Condition:
    name = str(word.value)
    if name in NUMBERS_OF:
        found = read_operand(asked.subject.names, node, INTEGER, asked.used)
        return (
            ALWAYS if found is None else asked.counted(ALWAYS, NUMBERS_OF[name], found[0], "", node)
        )
    if name in _QUANTIFIERS:
        return _QUANTIFIERS[name](asked, asked.so(node), node)
    return other(asked.subject, word, node, asked.used)


_QUANTIFIERS: Mapping[str, Callable[[_Asked, Condition, Node], Condition]] = {
    SOME: lambda of, so, node: of.counted(so, Operator.AT_LEAST, Constant(1), SOME, node),
    NONE: lambda of, so, node: of.counted(so, Operator.AT_MOST, Constant(0), NONE, node),
    EVERY: lambda of, so, node: of.counted(Not(so), Operator.AT_MOST, Constant(0), EVERY, node),
}


def item_condition(
    subject: TestedSubject, node: Node, used: list[str], read: ReadTest
) -> Condition:
    """What is asked of one item of the list."""
    type = subject.type.item or TEXT
    found = read(TestedSubject(subject.names, FactRef(ITEM), type, False, subject.key), node, used)
    if any(isinstance(test, Within) for test in tests_of(found)):
        message = Message("hours-of-items", name=subject.key.value)
        subject.names.report.add("wrong-operator", node, message)
        return ALWAYS
    return found
