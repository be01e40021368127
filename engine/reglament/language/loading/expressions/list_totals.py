"""From what is asked of a list as a whole to the total that answers it, and to its fact."""

from __future__ import annotations

from dataclasses import replace

from reglament.functions.totals import DECIDED, DISTINCT, EACH, LIST, SUM
from reglament.language.loading.expressions.scope import ListScope, Symbol
from reglament.language.syntax.source import Node
from reglament.model.conditions import ALWAYS, Condition, Within
from reglament.model.lists import mark_of
from reglament.model.terms import DecisionRef, Formula, Total
from reglament.model.values import BOOLEAN, INTEGER, Kind, Type, Value
from reglament.model.visitor import transform, walk, without_places


def total_of(
    items: ListScope, function: str, where: Condition, place: Node, term: Symbol | None = None
) -> Symbol:
    """The total as a term: itself, or the decision that has no outcome where an item has none."""
    symbol = _kept(items, _named(items, function, where, term), term)
    total = symbol.term
    if isinstance(total, Total):
        items.places.setdefault(total.name, place)
    if isinstance(total, Total) and may_be_refused(total):
        return replace(symbol, term=DecisionRef(guard_name(total)))
    return symbol


def every_outcome(items: ListScope, name: str, type: Type) -> Total:
    """The outcomes of a decision that is made for each item, in the order of the items."""
    term = Symbol(DecisionRef(name), Type(Kind.LIST, item=type))
    total = _named(items, EACH, ALWAYS, term)
    items.totals[total.name] = Symbol(total, term.type)
    return total


def decided(items: ListScope, total: Total) -> Total:
    """Whether `where` and `term` of the total come to something for every item."""
    found = _named(items, DECIDED, total.where, None)
    found = replace(found, name=f"{total.name} {DECIDED}", term=total.term)
    items.totals[found.name] = Symbol(found, BOOLEAN)
    return found


def _named(items: ListScope, function: str, where: Condition, term: Symbol | None) -> Total:
    """The total by a name that equal ones share."""
    plain, of = transform(where, without_places), None if term is None else term.term
    name = f"{items.fact} {function} {mark_of((plain, of))}"
    return Total(name, function, items.fact, plain, of)


def _kept(items: ListScope, total: Total, term: Symbol | None) -> Symbol:
    type, is_nullable = _type_of(items, total, term)
    return items.totals.setdefault(total.name, Symbol(total, type, is_nullable))


def guard_name(total: Total) -> str:
    """The name of the decision that has no outcome where an item has none."""
    return f"{total.name} if decided"


def may_be_refused(total: Total) -> bool:
    """Whether an item may have nothing to add: a decision may be refused, a formula run out."""
    parts = [*walk(total.where), *(() if total.term is None else walk(total.term))]
    return any(isinstance(part, DecisionRef | Formula | Within) for part in parts)


def words_of(type: Type) -> tuple[Value, ...]:
    """Every value of the type, where it lists them; none else."""
    if type.kind is Kind.BOOLEAN:
        return True, False
    return type.options if type.kind is Kind.CHOICE and not type.is_open else ()


def _type_of(items: ListScope, total: Total, term: Symbol | None) -> tuple[Type, bool]:
    if term is None or term.type is None:
        least = items.at_least if total.where == ALWAYS else 0
        return replace(INTEGER, at_least=least, at_most=items.at_most), False
    if total.function == DISTINCT:
        least = 1 if items.at_least and total.where == ALWAYS and not term.is_nullable else 0
        count = len(words_of(term.type)) or items.at_most
        return replace(INTEGER, at_least=least, at_most=min(count, items.at_most)), False
    if total.function == LIST:
        return Type(Kind.LIST, item=term.type.without_bounds), term.is_nullable
    may_be_none = total.function != SUM and (items.at_least == 0 or total.where != ALWAYS)
    return term.type.without_bounds, term.is_nullable or may_be_none
