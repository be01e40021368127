"""From what the rules of a collection give to the value that lists its items in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from reglament.diagram.kernel.terminals import NULL, NoOutcome, TerminalValue, gravest
from reglament.functions.table import EVERY_ITEM, ITEMS, each_once
from reglament.model.decisions import Decision, Rule
from reglament.model.terms import Constant, Formula, Term

# An item with its place among those that the decision lists, or why there is none.
Placed: TypeAlias = tuple[int, Term] | NoOutcome


def listed_constants(decision: Decision, found: Iterable[TerminalValue]) -> TerminalValue:
    """The items of a collection all of whose rules give what the policy says."""
    given = frozenset(found)
    listed = (term for term in decision.items_listed() if term in given)
    return Constant(tuple(term.value for term in listed if isinstance(term, Constant)))


def placed(decision: Decision, rule: Rule, value: TerminalValue) -> frozenset[Placed]:
    """What the rule gives with its place, as a set: of null, an empty one."""
    if value == NULL:
        return frozenset()
    if isinstance(value, NoOutcome):
        return frozenset({value})
    if decision.counts_rules:
        return frozenset({(decision.in_list_order(decision.rules).index(rule), value)})
    listed = decision.items_listed()
    is_word = bool(decision.type.options) and value in listed
    return frozenset({(listed.index(value if is_word else rule.then), value)})


def listed_terms(found: Iterable[Placed], *, keeps_duplicates: bool) -> TerminalValue:
    """The items of a collection in the order of their places.

    Some of its rules give facts, decisions or formulas, or it counts what each rule gives.
    """
    given = list(found)
    if broken := [one for one in given if isinstance(one, NoOutcome)]:
        return gravest(broken)
    pairs = [one for one in given if not isinstance(one, NoOutcome)]
    items = tuple(term for _, term in sorted(pairs, key=lambda pair: pair[0]))
    constants = [term.value for term in items if isinstance(term, Constant)]
    if len(constants) == len(items):
        return Constant(tuple(constants) if keeps_duplicates else each_once(constants))
    return Formula(EVERY_ITEM.name if keeps_duplicates else ITEMS.name, items)
