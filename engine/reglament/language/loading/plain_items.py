"""From what is said of the items of a plain list, `{list_of: …, over: scores}`, to a term.

The items have no fields: what is read of one speaks of it by a name, `item` unless another one is
said. A count, a sum and the others are those of the list that is made so.
"""

from __future__ import annotations

from typing import Any

from reglament.functions.item_tests import made_of_each
from reglament.functions.plain_lists import COUNT as COUNT_OF_LIST
from reglament.functions.plain_lists import EACH, EACH_OR_NULL, of_lists
from reglament.functions.plain_lists import LIST as LIST_OF
from reglament.functions.signatures import Misapplied
from reglament.functions.table import EVERY
from reglament.functions.totals import COUNT, DISTINCT, LIST
from reglament.language.loading import node_access
from reglament.language.loading.asked_items import WHERE
from reglament.language.loading.scope import Names, Typed
from reglament.language.syntax.source import Mapping, Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.terms import FactRef, ForEach, Formula
from reglament.model.values import INTEGER, TEXT, Kind, Type
from reglament.model.visitor import hours_of

CALLED, ITEM = "called", "item"


class PlainItems:
    """One item of a plain list, of which a condition and a term may speak by its name."""

    def __init__(self, names: Names, node: Mapping, listed: Typed, used: list[str]) -> None:
        self.names, self.node, self.listed, self.used = names, node, listed, used
        written = node.get(CALLED)
        word = None if written is None else node_access.word(names.report, written)
        self.called = ITEM if word is None else str(word.value)
        self.of_item = (listed.type and listed.type.item) or TEXT

    def total(self, function: Scalar, read: Any) -> Typed | None:
        """The total of the items, by the word for it; None, and problems, where there is none."""
        names = self.names
        if self.called in names.known:
            message = Message("name-already-another-fact", text=self.called)
            hint = Message("call-item-otherwise")
            names.report.add("name-taken", self.node.get(CALLED) or self.node, message, hint)
            return None
        before, item = (names.known, names.facts), Typed(FactRef(self.called), self.of_item)
        names.known, names.facts = {**names.known, self.called: item}, {*names.facts, self.called}
        where, below = self.node.get(WHERE), self.node.get(str(function.value))
        condition = ALWAYS if where is None else names.read_condition(names, where, self.used)
        term = item if function.value == COUNT else read(names, below, self.used)
        names.known, names.facts = before
        if term is None or term.type is None:
            return None
        return self._made(function, condition, term)

    def _made(self, function: Scalar, where: Condition, term: Typed) -> Typed | None:
        if any(hours_of(where, term.term)):
            self.names.report.add("wrong-argument", self.node, Message("item-without-hours"))
            return None
        name = EACH_OR_NULL if term.is_nullable else EACH
        each = ForEach(self.called, (), where, term.term, self._said(function))
        formula = made_of_each(name, self.listed.term, each)
        is_nullable = self.listed.is_nullable or term.is_nullable
        try:
            return _of_list(str(function.value), formula, term.type or TEXT, is_nullable)
        except Misapplied as wrong:
            message = Message("name-message", name=function.value, message=wrong.message)
            self.names.report.add("wrong-argument", self.node, message, wrong.hint)
            return None

    def _said(self, function: Scalar) -> str:
        """What is made of one item, as it is written."""
        kept = {WHERE} if function.value == COUNT else {WHERE, function.value}
        entries = tuple((key, below) for key, below in self.node.entries if key.value in kept)
        return _flow(Mapping(entries, self.node.place))


def _of_list(function: str, made: Formula, item: Type, is_nullable: bool) -> Typed:
    """The list that is made, or what it comes to by another function. Raises Misapplied."""
    listed = EVERY[LIST_OF].signature([item.without_bounds], [None])
    if function == LIST:
        return Typed(made, listed, is_nullable)
    if function in (COUNT, DISTINCT):
        counted = Formula("distinct_values", (made,)) if function == DISTINCT else made
        return Typed(Formula(COUNT_OF_LIST, (counted,)), INTEGER, is_nullable)
    meant = EVERY[of_lists(function, [listed])]
    type = meant.signature([listed], [None])
    return Typed(Formula(meant.name, (made,)), type, is_nullable or meant.may_be_null)


def is_plain_list(names: Names, node: Node) -> bool:
    """Whether a plain list is named, or made by a formula."""
    return isinstance(node, Mapping) or _is_list(names, node_access.text_of(node))


def plain_lists(names: Names) -> list[str]:
    """What plain lists are called."""
    return [name for name in names.known if _is_list(names, name)]


def _is_list(names: Names, name: str | None) -> bool:
    typed = None if name is None or name in names.lists else names.known.get(name)
    return typed is not None and typed.type is not None and typed.type.kind is Kind.LIST


def _flow(node: Node) -> str:
    """The node in the flow style of YAML, on one line."""
    if isinstance(node, Mapping):
        return f"{{{', '.join(f'{key.value}: {_flow(below)}' for key, below in node.entries)}}}"
    if isinstance(node, Scalar):
        return str(node.value) if node.quoted else node.raw
    return f"[{', '.join(map(_flow, node.items))}]"
