"""From the rules read to those that may give null, or divide by zero, and must not."""

from __future__ import annotations

from reglament.functions.table import field_name
from reglament.language.loading.decisions.divisors import Divisors, name_of
from reglament.language.loading.decisions.list_decisions import asked_of_items
from reglament.language.loading.decisions.narrowing import Narrowing
from reglament.language.loading.decisions.rules_section import Heading, WrittenRule
from reglament.language.loading.expressions.scope import ListScope, Scope, Symbol
from reglament.language.syntax.source import Node
from reglament.messages import Message
from reglament.model.decisions import Decision, Rule
from reglament.model.problems import Place
from reglament.model.terms import Conditional, Formula, Term
from reglament.model.values import Kind


def refuse_nulls_and_zeros(
    names: Scope, read: list[tuple[Heading, list[WrittenRule]]], decisions: dict[str, Decision]
) -> None:
    """Tell each rule `read` that may give null where it may not, or divide by what may be zero.

    The decisions about the items of each list are looked at by themselves, and those of no item.
    """
    for items in (None, *names.lists.values()):
        about = None if items is None else items.fact
        here = [(str(one.name.value), rules) for one, rules in read if one.for_each == about]
        _refuse_nulls(names, here, decisions, items)
        _refuse_zeros(names, here, decisions, items)
    _refuse_zeros_of_totals(names, decisions)


def _refuse_nulls(
    names: Scope,
    read: list[tuple[str, list[WrittenRule]]],
    found: dict[str, Decision],
    items: ListScope | None,
) -> None:
    """A decision that is not nullable may not give what can be null where its rule decides."""
    decisions, known = _at_hand(names, found, items)
    narrowing = Narrowing(decisions)
    nullable = {name for name, typed in {**names.known, **known}.items() if typed.is_nullable}
    nullable |= {name for name, one in decisions.items() if one.is_internal and one.is_nullable}
    nullable |= {
        name
        for scope in names.lists.values()
        for name, typed in scope.totals.items()
        if typed.is_nullable
    }
    for name, written in read:
        decision = decisions[name]
        is_free = decision.is_nullable
        for written_rule in () if is_free and decision.type.kind is not Kind.RECORD else written:
            told = narrowing.behind(decision, written_rule.rule)
            for term in narrowing.nulls_in(written_rule.rule.then, nullable, told, is_free=is_free):
                _may_be_null(names, term, written_rule.then_place)


def _may_be_null(names: Scope, term: Term, place: Node | Place | None) -> None:
    called = field_name(term) or getattr(term, "name", None)
    hint = Message("add-not-null-when", name=called)
    if isinstance(term, Formula) and called is None:
        called = term.function.removesuffix("_of_list")
        hint = Message("add-formula-not-null-when", name=called)
    message = Message("may-null-decision-may", name=called)
    if isinstance(term, Conditional):
        message, hint = Message("null-chosen-decision-may"), Message("add-nullable-true")
    names.report.add("may-be-null", place, message, hint)


def _at_hand(
    names: Scope, found: dict[str, Decision], items: ListScope | None
) -> tuple[dict[str, Decision], dict[str, Symbol]]:
    """The decisions that may be read of an item, or of no item; and what may be named of it."""
    if items is None:
        return found, {}
    decisions, known = _at_hand(names, found, names.lists.get(items.inside or ""))
    return {**decisions, **items.added, **items.decisions}, {**known, **items.known}


def _refuse_zeros(
    names: Scope,
    read: list[tuple[str, list[WrittenRule]]],
    found: dict[str, Decision],
    items: ListScope | None,
) -> None:
    """What divides is shown not to be zero, by a bound or by the condition of the rule."""
    decisions, divisors = _divisors(names, found, items)
    for name, written in read:
        decision = decisions[name]
        for rule in written:
            for divisor, is_given in divisors.unshown(decision, rule.rule):
                _may_be_zero(names, divisor, rule.then_place if is_given else rule.rule.place)


def _refuse_zeros_of_totals(names: Scope, decisions: dict[str, Decision]) -> None:
    """The same of what is asked of the items of lists, and of what they add up to."""
    for items in names.lists.values():
        _, divisors = _divisors(names, decisions, items)
        for name, where, term in asked_of_items(items):
            rule = Rule(name, where, term)
            for divisor, _ in divisors.unshown(decisions[next(iter(decisions))], rule):
                _may_be_zero(names, divisor, items.places.get(name))


def _divisors(
    names: Scope, found: dict[str, Decision], items: ListScope | None
) -> tuple[dict[str, Decision], Divisors]:
    """The decisions that may be read of an item, or of no item, and what divides beside them."""
    decisions, of_items = _at_hand(names, found, items)
    known, facts = {**names.known, **of_items}, names.facts | of_items.keys()
    types = {name: symbol.type for name, symbol in known.items() if symbol.type is not None}
    return decisions, Divisors({name: types[name] for name in facts if name in types}, decisions)


def _may_be_zero(names: Scope, divisor: Term, place: Node | Place | None) -> None:
    message = Message("divisor-may-be-zero", name=name_of(divisor))
    hint = Message("show-divisor-not-zero", name=name_of(divisor))
    names.report.add("divisor-may-be-zero", place, message, hint)
