"""The items of a plain list of which a condition holds, as a formula, and what it asks of them."""

from __future__ import annotations

from reglament.functions.plain_lists import EACH
from reglament.model.conditions import Condition
from reglament.model.terms import DecisionRef, FactRef, ForEach, Formula, Term
from reglament.model.visitor import transform, walk, without_places

ITEM = "an item"
"""What an item is called in a condition that names none; no policy can write it."""


def filtered(items: Term, condition: Condition) -> Formula:
    """The items of a list of which the condition on `ITEM` holds, in their order."""
    where, item = transform(condition, without_places), FactRef(ITEM)
    read = (one for one in walk(where) if isinstance(one, FactRef | DecisionRef) and one != item)
    beside = tuple(dict.fromkeys(read))
    each = ForEach(ITEM, tuple(one.name for one in beside), where, item)
    return Formula(EACH, (items, *beside), each=each)


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
