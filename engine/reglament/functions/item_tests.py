"""The items of a plain list of which a condition holds, as a formula, and what it asks of them."""

from __future__ import annotations

from dataclasses import replace

from reglament.functions.plain_lists import EACH
from reglament.model.conditions import Condition
from reglament.model.terms import DecisionRef, FactRef, ForEach, Formula, Term
from reglament.model.visitor import transform, walk, without_places

ITEM = "an item"
"""What an item is called in a condition that names none; no policy can write it."""


def filtered(items: Term, condition: Condition) -> Formula:
    """The items of a list of which the condition on `ITEM` holds, in their order."""
    return made_of_each(EACH, items, ForEach(ITEM, (), condition, FactRef(ITEM)))


def made_of_each(function: str, items: Term, each: ForEach) -> Formula:
    """The list that is made of the items, with the names of what it reads beside them."""
    where, term = transform(each.where, without_places), transform(each.term, without_places)
    read = (one for one in (*walk(where), *walk(term)) if isinstance(one, FactRef | DecisionRef))
    beside = tuple(one for one in dict.fromkeys(read) if one != FactRef(each.item))
    names = tuple(one.name for one in beside)
    made = replace(each, names=names, where=where, term=term)
    return Formula(function, (items, *beside), each=made)


def read_filtered(term: Term) -> tuple[Term, ForEach] | None:
    """The list, and what is asked of its items; None of a term that is no such formula."""
    if not isinstance(term, Formula) or term.each is None:
        return None
    is_item = term.each.term == FactRef(term.each.item)
    return (term.arguments[0], term.each) if is_item else None


def list_within(term: Term) -> Term:
    """The list that is filtered, or counted, first of all."""
    while isinstance(term, Formula) and term.arguments:
        term = term.arguments[0]
    return term
