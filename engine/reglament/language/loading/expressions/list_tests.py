"""From what is said of a list of things, `list: {some: …}` or `{sum: …, over: list}`, to totals."""

from __future__ import annotations

from collections.abc import Callable

from reglament.functions.plain_lists import COUNT as COUNT_OF_LIST
from reglament.functions.signatures import Misapplied
from reglament.functions.table import FUNCTIONS, field_name
from reglament.functions.totals import COUNT, DISTINCT, LIST, MAXIMUM, MINIMUM, SUM
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.asked_items import (
    LIST_WORDS,
    WHERE,
    AskedItems,
    read_asked_items,
)
from reglament.language.loading.expressions.list_totals import total_of
from reglament.language.loading.expressions.plain_items import (
    CALLED,
    PlainItems,
    is_plain_list,
    plain_lists,
)
from reglament.language.loading.expressions.scope import ListScope, Scope, Symbol
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Condition, joined
from reglament.model.kind_words import KIND_WORDS
from reglament.model.terms import Formula, Term
from reglament.model.values import INTEGER, Kind

TOTALS = (COUNT, SUM, MINIMUM, MAXIMUM, DISTINCT, LIST)
OVER = "over"
OF_ITEMS = (OVER, WHERE, CALLED)
"""The keys beside the function of a total."""
_IN_ORDER = ("first", "last")
ReadTerm = Callable[[Scope, Node], Symbol | None]


class _Things(AskedItems):
    """The items of a list of things for which `where` holds."""

    def __init__(
        self, names: Scope, key: Scalar, items: ListScope, where: Condition = ALWAYS
    ) -> None:
        super().__init__(names, key)
        self.items, self.where = items, where

    def of_one(self, node: Node) -> Condition:
        return _of_one(self.names, self.items, node)

    def narrowed(self, where: Condition) -> AskedItems:
        return _Things(self.names, self.key, self.items, where)

    def count(self, so: Condition, node: Node) -> Term:
        return total_of(self.items, COUNT, joined([self.where, so]), node).term

    def other(self, word: Scalar, node: Node) -> Condition:
        message = Message("unknown-operator", name=str(word.value))
        hint = suggestion(str(word.value), LIST_WORDS)
        self.names.report.add("unknown-operator", word, message, hint)
        return ALWAYS


def read_list_test(names: Scope, items: ListScope, key: Scalar, node: Node) -> Condition:
    """What is said of the items of a list: that some, every or none is so, and how many."""
    if not isinstance(node, MappingNode):
        hint = Message("list-test-hint", name=key.value)
        names.report.add("wrong-type", node, Message("list-of-things-tested", name=key.value), hint)
        return ALWAYS
    return read_asked_items(_Things(names, key, items), node)


def _of_one(names: Scope, items: ListScope, node: Node) -> Condition:
    """A condition on one item."""
    with names.one_of(items):
        return names.read_condition(names, node)


# Totals as terms


def is_list_total(node: Node) -> bool:
    """Whether the mapping counts or adds up the items of a list."""
    return isinstance(node, MappingNode) and (node.get(OVER) is not None or COUNT in node.keys)


def read_list_total(names: Scope, node: MappingNode, read: ReadTerm) -> Symbol | None:
    """The total; None, and problems, where it cannot be. `read` reads what is added up."""
    functions = [key for key, _ in node.entries if key.value in TOTALS]
    if len(functions) != 1:
        is_first = any(word in node.keys for word in _IN_ORDER)
        hint = Message("items-have-no-order") if is_first else None
        names.report.add("wrong-formula", node, Message("one-total-wanted"), hint)
        return None
    function = str(functions[0].value)
    allowed = {function, WHERE, CALLED} | (set() if function == COUNT else {OVER})
    node_access.refuse_other_keys(names.report, node, Message("no-key", function=function), allowed)
    below, written = node.get(COUNT if function == COUNT else OVER), node.get(WHERE)
    if below is not None and is_plain_list(names, below):
        written_lists = below.items if isinstance(below, SequenceNode) else (below,)
        lists = [_plain_list(names, written_list, read) for written_list in written_lists]
        told = [symbol for symbol in lists if symbol is not None]
        if not told or len(told) < len(lists):
            return None
        return _of_plain(names, functions[0], node, told, read)
    items = _list(names, below)
    if items is None:
        return None
    where = ALWAYS if written is None else _of_one(names, items, written)
    if function == COUNT:
        return total_of(items, COUNT, where, node)
    return _computed(names, items, functions[0], node, where, read)


def _of_plain(
    names: Scope, function: Scalar, node: MappingNode, lists: list[Symbol], read: ReadTerm
) -> Symbol | None:
    """The total over a plain list, or over several."""
    if function.value == COUNT and node.get(WHERE) is None and len(lists) == 1:
        return Symbol(Formula(COUNT_OF_LIST, (lists[0].term,)), INTEGER, lists[0].is_nullable)
    return PlainItems(names, node, lists).total(function, read)


def _plain_list(names: Scope, node: Node, read: ReadTerm) -> Symbol | None:
    """The plain list that is named or made by a formula; None, and a problem, of anything else."""
    symbol = read(names, node)
    if symbol is None or symbol.type is None:
        return None
    if symbol.type.kind is not Kind.LIST:
        kinds = {"wanted": KIND_WORDS[Kind.LIST], "wanted2": KIND_WORDS[symbol.type.kind]}
        names.report.add("wrong-argument", node, Message("wanted-wanted-wanted", **kinds))
        return None
    return symbol


def _computed(
    names: Scope,
    items: ListScope,
    function: Scalar,
    node: MappingNode,
    where: Condition,
    read: ReadTerm,
) -> Symbol | None:
    below = node.get(str(function.value))
    assert below is not None
    with names.one_of(items):
        term = read(names, below)
    if term is None or term.type is None:
        return None
    if function.value == DISTINCT:
        return _different(names, items, below, where, term)
    try:
        FUNCTIONS[str(function.value)].signature([term.type] * 2, [None] * 2)
    except Misapplied as wrong:
        message = Message("name-message", name=function.value, message=wrong.message)
        names.report.add("wrong-argument", below, message, wrong.hint)
        return None
    return total_of(items, str(function.value), where, node, term)


def _different(
    names: Scope, items: ListScope, node: Node, where: Condition, term: Symbol
) -> Symbol | None:
    """How many different values a field, or a decision about one item, has."""
    named = getattr(term.term, "name", None) or field_name(term.term)
    if named not in items.known:
        message = Message("distinct-of-name", called=items.called)
        hint = Message("distinct-of-name-hint", list=items.fact)
        names.report.add("wrong-argument", node, message, hint)
        return None
    return total_of(items, DISTINCT, where, node, term)


def _list(names: Scope, node: Node | None) -> ListScope | None:
    """The list of things that is named; None, and a problem, of anything else."""
    name = node_access.word(names.report, node)
    if name is None:
        return None
    items = names.lists.get(str(name.value))
    if items is not None and names.is_at_hand(items):
        return items
    if items is not None and names.misses_item(name):
        return None
    if items is not None:
        message = Message("list-inside-itself", name=name.value)
        names.report.add("list-inside-itself", name, message, Message("list-inside-itself-hint"))
        return None
    at_hand = (fact for fact, items in names.lists.items() if names.is_at_hand(items))
    node_access.unknown(names.report, "unknown-list", name, (*at_hand, *plain_lists(names)))
    return None
