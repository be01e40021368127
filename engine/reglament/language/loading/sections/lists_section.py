"""From a fact that is a list of things to what may be named of one of them."""

from __future__ import annotations

from dataclasses import replace

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import ListScope, Scope, Symbol
from reglament.language.syntax.source import MappingNode, Node, Scalar, node_below
from reglament.messages import Message
from reglament.model.regulation import Fact
from reglament.model.terms import FactRef
from reglament.model.values import Kind, Type

MOST_ITEMS = 10_000  # that a request may tell of one list


def is_list_of_things(node: MappingNode) -> bool:
    """Whether the fact is a list of records whose items have a name."""
    is_list = node_access.text_of(node.get("type")) == Kind.LIST.value
    return is_list and node_below(node, "item", "called") is not None


def fields_of_nameless(node: MappingNode) -> tuple[str, ...] | None:
    """The fields of a list of things whose items have no name, which is wrong; else None."""
    fields = node_below(node, "item", "fields")
    is_list = node_access.text_of(node.get("type")) == Kind.LIST.value
    return fields.keys if is_list and isinstance(fields, MappingNode) else None


def read_list(
    names: Scope, name: Scalar, node: MappingNode, fields: dict[str, Fact], inside: str | None
) -> ListScope | None:
    """What may be named of one item; `fields` are those read, by what a request calls them.

    The list may stand `inside` the items of another one.
    """
    word = node_access.word(names.report, node_below(node, "item", "called"))
    if word is None:
        return None
    for key in ("null_means", "assumed"):
        if (said := node.key(key)) is not None:
            names.report.add("list-never-null", said, Message("list-never-null", name=name.value))
    least, most = _number(names, node, "at_least", 0), _number(names, node, "at_most", None)
    if most is None:
        message = Message("list-needs-at-most", name=name.value)
        names.report.add("missing-key", name, message, Message("list-needs-at-most-hint"))
        most = MOST_ITEMS
    if (least or 0) > most:
        names.report.add("empty-interval", node.get("at_most"), Message("least-more-than-most"))
    text = str(word.value)
    label = node_access.words(names.report, node_below(node, "item", "label"))
    scope = ListScope(str(name.value), text, label, {}, least or 0, most, inside=inside)
    for short, fact in fields.items():
        full = f"{text}.{short}"
        scope.fields[full] = replace(fact, name=full)
        scope.known[full] = Symbol(FactRef(full), fact.type, fact.is_nullable)
    if _is_free(names, word):
        names.lists[scope.fact] = scope
    return scope


def list_type(fields: dict[str, Fact]) -> Type:
    """The type of a list of records with these fields."""
    told = tuple((name, fact.type) for name, fact in fields.items())
    return Type(Kind.LIST, item=Type(Kind.RECORD, fields=told))


def _is_free(names: Scope, called: Scalar) -> bool:
    """Whether no other name begins as those of the items would; a problem where one does."""
    text = str(called.value)
    taken = [one for one in names.known if one == text or one.startswith(f"{text}.")]
    taken += [scope.fact for scope in names.lists.values() if scope.called == text]
    if taken:
        message = Message("item-name-taken", called=text, other=taken[0])
        names.report.add("name-taken", called, message)
    return not taken


def _number(names: Scope, node: MappingNode, key: str, default: int | None) -> int | None:
    below: Node | None = node.get(key)
    if below is None:
        return default
    value = below.value if isinstance(below, Scalar) else None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_ITEMS:
        return value
    names.report.add("wrong-type", below, Message("whole-number-to", most=MOST_ITEMS))
    return default
