"""From what is said of the items of plain lists, `{list_of: …, over: scores}`, to a term.

What is read of an item speaks of it by a name, `item` unless another one is said; the fields of an
item that is a record are named below it. Of several lists every item of one goes with every item
of the next. A count, a sum and the others are those of the list that is made so.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from reglament.functions.item_tests import made_of_each
from reglament.functions.plain_lists import COUNT as COUNT_OF_LIST
from reglament.functions.plain_lists import EACH, EACH_OR_NULL, JOINED, of_lists
from reglament.functions.plain_lists import LIST as LIST_OF
from reglament.functions.signatures import Misapplied
from reglament.functions.table import EVERY
from reglament.functions.totals import COUNT, DISTINCT, LIST
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.asked_items import WHERE
from reglament.language.loading.expressions.scope import Scope, Symbol, declare_fields
from reglament.language.syntax import source
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.terms import FactRef, ForEach, Formula
from reglament.model.values import INTEGER, TEXT, Kind, Type
from reglament.model.visitor import hours_of

CALLED, ITEM = "called", "item"


def is_free(names: Scope, name: str, type: Type, place: Node) -> bool:
    """Whether an item, and the fields of a record, may be called so; else a problem."""
    is_group = type.kind is Kind.RECORD and any(one.startswith(f"{name}.") for one in names.known)
    if name in names.known or is_group:
        message = Message("name-already-another-fact", text=name)
        names.report.add("name-taken", place, message, Message("call-item-otherwise"))
        return False
    return True


def spoken_of(names: Scope, items: dict[str, Symbol]) -> AbstractContextManager[None]:
    """What is read inside may name these items, and the fields of those that are records."""
    known = {**names.known, **items}
    fields = [field for name in items for field in declare_fields(known, name)]
    facts = names.facts.union(items, fields)
    return names.having(known=known, facts=facts, items=(*names.items, *items))


class PlainItems:
    """One item of each of some plain lists, of which a condition and a term speak by its name."""

    def __init__(self, names: Scope, node: MappingNode, lists: Sequence[Symbol]) -> None:
        self.names, self.node, self.lists = names, node, lists

    def total(self, function: Scalar, read: Any) -> Symbol | None:
        """The total of the items, by the word for it; None, and problems, where there is none."""
        names = self.names
        called = self._called()
        if called is None:
            return None
        types = [(symbol.type and symbol.type.item) or TEXT for symbol in self.lists]
        items = {
            name: Symbol(FactRef(name), type) for name, type in zip(called, types, strict=True)
        }
        where, below = self.node.get(WHERE), self.node.get(str(function.value))
        with spoken_of(names, items):
            condition = ALWAYS if where is None else names.read_condition(names, where)
            is_count = function.value == COUNT
            term = items[called[-1]] if is_count else read(names, below)
        if term is None or term.type is None:
            return None
        return self._made(function, called, condition, term)

    def _called(self) -> list[str] | None:
        """What an item of each list is called; None, and a problem, where that is not free."""
        report, written = self.names.report, self.node.get(CALLED)
        if isinstance(written, source.SequenceNode):
            words = list(node_access.words_in(report, written))
        else:
            word = None if written is None else node_access.word(report, written)
            words = [] if word is None else [word]
        called = [str(scalar.value) for scalar in words] or [ITEM]
        if len(called) != len(self.lists):
            message = Message("items-called", count=len(self.lists))
            report.add("missing-key", written or self.node, message, Message("items-called-hint"))
            return None
        if len(set(called)) < len(called):
            message = Message("name-already-another-fact", text=called[0])
            report.add("name-taken", written or self.node, message, Message("call-item-otherwise"))
            return None
        free = [
            is_free(self.names, name, (one.type and one.type.item) or TEXT, written or self.node)
            for name, one in zip(called, self.lists, strict=True)
        ]
        return called if all(free) else None

    def _made(
        self, function: Scalar, called: list[str], where: Condition, term: Symbol
    ) -> Symbol | None:
        if any(hours_of(where, term.term)):
            self.names.report.add("wrong-argument", self.node, Message("item-without-hours"))
            return None
        *outer, (item, listed) = zip(called, self.lists, strict=True)
        said = self._said(function)
        formula = _each(item, listed, where, term, said)
        is_nullable = term.is_nullable or listed.is_nullable
        for item, listed in reversed(outer):
            inner = Symbol(formula, None, is_nullable)
            formula = Formula(JOINED, (_each(item, listed, ALWAYS, inner, said),))
            is_nullable = is_nullable or listed.is_nullable
        try:
            return _of_list(str(function.value), formula, term.type or TEXT, is_nullable)
        except Misapplied as wrong:
            message = Message("name-message", name=function.value, message=wrong.message)
            self.names.report.add("wrong-argument", self.node, message, wrong.hint)
            return None

    def _said(self, function: Scalar) -> str:
        """What is made of one item, as it is written; of several lists the whole."""
        is_alone = len(self.lists) == 1
        kept = {WHERE} if function.value == COUNT and is_alone else {WHERE, function.value}
        said = self.node.entries
        entries = tuple((key, below) for key, below in said if not is_alone or key.value in kept)
        return _flow(MappingNode(entries, self.node.place))


def _each(item: str, listed: Symbol, where: Condition, term: Symbol, said: str) -> Formula:
    """The list of what is made of each item that is so."""
    name = EACH_OR_NULL if term.is_nullable else EACH
    return made_of_each(name, listed.term, ForEach(item, (), where, term.term, said))


def _of_list(function: str, made: Formula, item: Type, is_nullable: bool) -> Symbol:
    """The list that is made, or what it comes to by another function. Raises Misapplied."""
    listed = EVERY[LIST_OF].signature([item.without_bounds], [None])
    if function == LIST:
        return Symbol(made, listed, is_nullable)
    if function in (COUNT, DISTINCT):
        counted = Formula("distinct_values", (made,)) if function == DISTINCT else made
        return Symbol(Formula(COUNT_OF_LIST, (counted,)), INTEGER, is_nullable)
    meant = EVERY[of_lists(function, [listed])]
    type = meant.signature([listed], [None])
    return Symbol(Formula(meant.name, (made,)), type, is_nullable or meant.may_be_null)


def is_plain_list(names: Scope, node: Node) -> bool:
    """Whether a plain list is named, or made by a formula, or several are."""
    if isinstance(node, source.SequenceNode):
        return True
    return isinstance(node, MappingNode) or _is_list(names, node_access.text_of(node))


def plain_lists(names: Scope) -> list[str]:
    """What plain lists are called."""
    return [name for name in names.known if _is_list(names, name)]


def _is_list(names: Scope, name: str | None) -> bool:
    typed = None if name is None or name in names.lists else names.known.get(name)
    return typed is not None and typed.type is not None and typed.type.kind is Kind.LIST


def _flow(node: Node) -> str:
    """The node in the flow style of YAML, on one line."""
    if isinstance(node, MappingNode):
        return f"{{{', '.join(f'{key.value}: {_flow(below)}' for key, below in node.entries)}}}"
    if isinstance(node, Scalar):
        return str(node.value) if node.quoted else node.raw
    return f"[{', '.join(map(_flow, node.items))}]"
