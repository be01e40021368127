"""From what is said of the items of a plain list, `scores: {every: {at_least: 3}}`, to conditions.

A test of one item is written as a test of a fact of its type would be. How many items are so is a
number like others, so whatever compares numbers reads it.
"""

from __future__ import annotations

from dataclasses import replace

from reglament.functions.item_tests import ITEM, filtered
from reglament.functions.plain_lists import COUNT
from reglament.language.loading.expressions.asked_items import AskedItems, read_asked_items
from reglament.language.loading.expressions.plain_items import ITEM as CALLED
from reglament.language.loading.expressions.plain_items import is_free, spoken_of
from reglament.language.loading.expressions.scope import Symbol
from reglament.language.loading.expressions.tested_subject import (
    ReadOperator,
    ReadTest,
    TestedSubject,
)
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.terms import FactRef, Formula
from reglament.model.values import TEXT, Kind
from reglament.model.visitor import hours_of


class _PlainItems(AskedItems):
    """The items of a plain list; `read` reads a test of one, `operator` another word."""

    def __init__(self, subject: TestedSubject, read: ReadTest, operator: ReadOperator) -> None:
        super().__init__(subject.names, subject.key)
        self.subject, self.read, self.operator = subject, read, operator

    def of_one(self, node: Node) -> Condition:
        type = self.subject.type.item or TEXT
        item = FactRef(ITEM)
        if type.kind is Kind.RECORD:  # a condition on its fields, as on those of a list of things
            if not is_free(self.names, CALLED, type, node):
                return ALWAYS
            with spoken_of(self.names, {CALLED: Symbol(item, type)}):
                condition = self.names.read_condition(self.names, node)
        else:
            tested = TestedSubject(self.names, item, type, False, self.key)
            condition = self.read(tested, node)
        if any(hours_of(condition)):
            self.names.report.add("wrong-operator", node, Message("item-without-hours"))
            return ALWAYS
        return condition

    def narrowed(self, where: Condition) -> AskedItems:
        if where == ALWAYS:
            return self
        subject = replace(self.subject, term=filtered(self.subject.term, where))
        return _PlainItems(subject, self.read, self.operator)

    def count(self, so: Condition, node: Node) -> Formula:
        items = self.subject.term
        return Formula(COUNT, (items if so == ALWAYS else filtered(items, so),))

    def other(self, word: Scalar, node: Node) -> Condition:
        return self.operator(self.subject, word, node)


def read_plain_list_test(
    subject: TestedSubject, tests: MappingNode, read: ReadTest, other: ReadOperator
) -> Condition:
    """What is said of a list: of its items, how many they are, or by the words of `other`."""
    return read_asked_items(_PlainItems(subject, read, other), tests)
