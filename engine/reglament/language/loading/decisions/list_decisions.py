"""From the decisions and totals about the items of lists to what decides one item, and all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reglament.functions.table import field_name
from reglament.functions.totals import DECIDED, DISTINCT
from reglament.language.loading.decisions.decision_cycles import (
    Rules,
    cycle_in,
    in_building_order,
    tell_cycle,
)
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.list_totals import (
    decided,
    every_outcome,
    guard_name,
    may_be_refused,
    words_of,
)
from reglament.language.loading.expressions.scope import ListScope, Scope, Symbol, declare_fields
from reglament.language.syntax.source import MappingNode, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Comparison, Condition
from reglament.model.decisions import Decision, DecisionKind, Rule, cone
from reglament.model.lists import ItemList, condition_of, term_of
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, FactRef, Term, Total
from reglament.model.values import BOOLEAN, TEXT, Kind, Type
from reglament.model.visitor import decisions_of, facts_of

NOTHING = node_access.NOTHING


def declare_for_each(names: Scope, name: Scalar, node: MappingNode, typed: Symbol) -> bool:
    """Make the name known to what speaks of one item; false, and a problem, where it cannot be."""
    word = node_access.word(names.report, node.get("for_each"))
    items = None if word is None else names.lists.get(str(word.value))
    text = str(name.value)
    if word is None or items is None:
        if word is not None:
            node_access.unknown(names.report, "unknown-list", word, names.lists)
        names.report.poisoned.add(text)
        called = text.partition(".")[0]
        for short in names.nameless.get("" if word is None else str(word.value), ()):
            names.report.poisoned.add(f"{called}.{short}")
        return False
    if not text.startswith(f"{items.called}."):
        message = Message("for-each-name", name=text, called=items.called)
        names.report.add("for-each-name", name, message)
        return False
    if text in items.known:
        names.report.add("name-taken", name, Message("name-already-another-fact", text=text))
        return False
    items.known[text] = typed
    items.decided.add(text)
    items.of_records.update(declare_fields(items.known, text))
    return True


def asked_of_items(items: ListScope) -> Iterator[tuple[str, Condition, Term]]:
    """What the totals of a list ask of an item: a condition, and what is added where it holds."""
    for name, typed in items.totals.items():
        if isinstance(typed.term, Total):
            yield name, typed.term.where, typed.term.term or Constant(None)


def decisions_of_lists(names: Scope) -> dict[str, Decision]:
    """The decisions of the whole request that stand for those of items, and for their totals.

    Those that stand for the items of a list inside another join what is decided of its items.
    """
    for items in names.lists.values():
        above = names.lists.get(items.inside or "")
        if above is not None:
            above.added |= _guards(items)
            above.decisions |= _of_each(items)
    decisions: dict[str, Decision] = {}
    for items in names.lists.values():
        if items.inside is None:
            decisions |= _guards(items) | _of_each(items)
    return decisions


def _guards(items: ListScope) -> dict[str, Decision]:
    """The decisions that have no outcome where an item has none to add to a total."""
    decisions: dict[str, Decision] = {}
    for typed in tuple(items.totals.values()):
        total = typed.term
        if isinstance(total, Total) and may_be_refused(total) and typed.type is not None:
            name = guard_name(total)
            rule = _if_decided(items, name, total)
            decisions[name] = Decision(
                name, DecisionKind.OUTCOME, typed.type.without_bounds, NOTHING, (rule,),
                is_nullable=typed.is_nullable, is_internal=True, stands_for=total,
            )  # fmt: skip
    return decisions


def _of_each(items: ListScope) -> dict[str, Decision]:
    """The decisions that list what is decided of each item."""
    decisions: dict[str, Decision] = {}
    for name, decision in items.decisions.items():
        total = every_outcome(items, name, decision.outcome_type)
        decisions[name] = replace(
            decision,
            kind=DecisionKind.OUTCOME,
            type=Type(Kind.LIST, item=decision.outcome_type),
            rules=(_if_decided(items, f"{name} for each", total),),
            otherwise=None,
            is_nullable=False,
            for_each=items.fact,
            hit_policy="any",
            total="",
            keeps_duplicates=False,
            groups=(),
        )
    return decisions


def _if_decided(items: ListScope, id: str, total: Total) -> Rule:
    when = Comparison(decided(items, total), Operator.IS, Constant(True))
    return Rule(id, when, total)


def refuse_cycles(names: Scope, decisions: Mapping[str, Decision], rules: Rules) -> bool:
    """Whether what is decided of items rests on itself by way of totals: a problem then."""
    builds_on: dict[str, set[str]] = {}
    for name, decision in decisions.items():
        if decision.for_each is None:
            builds_on[name] = _read_by(decision)
    for items in names.lists.values():
        for name, decision in {**items.added, **items.decisions}.items():
            if decision.for_each is None:
                builds_on[name] = _read_by(decision)
        for name, typed in items.totals.items():
            if isinstance(typed.term, Total):
                builds_on[name] = _read_by_total(typed.term)
    cycle = cycle_in({name: sorted(on & builds_on.keys()) for name, on in builds_on.items()})
    shown = (name for name in cycle if " " not in name)
    if not cycle or not any(name not in decisions for name in cycle):
        return False  # a cycle of decisions alone is told where they are put in order
    place = next((one.place for one in _named(names, decisions, shown)), None)
    tell_cycle(names, cycle, place, rules)
    return True


def _named(
    names: Scope, decisions: Mapping[str, Decision], wanted: Iterable[str]
) -> Iterator[Decision]:
    of_items = {k: v for items in names.lists.values() for k, v in items.decisions.items()}
    return (one for name in wanted if (one := {**decisions, **of_items}.get(name)) is not None)


def _read_by(decision: Decision) -> set[str]:
    parts = [(rule.when, rule.then) for rule in decision.every_rule()]
    return {name for pair in parts for name in facts_of(*pair) | decisions_of(*pair)}


def _read_by_total(total: Total) -> set[str]:
    parts = (total.where,) if total.term is None else (total.where, total.term)
    return {*facts_of(*parts), *decisions_of(*parts)}


def total_facts(names: Scope, decisions: Mapping[str, Decision]) -> dict[str, Fact]:
    """Each total as a fact that no request tells, after those that its items read.

    Those over lists inside others are facts of one item.
    """
    typed = {
        name: symbol for items in names.lists.values() for name, symbol in items.totals.items()
    }
    made = {**decisions}
    for items in sorted(names.lists.values(), key=lambda symbol: symbol.inside is not None):
        made.update({**items.added, **items.decisions})
    reads = {
        name: sorted(_totals_behind(symbol.term, made, typed)) for name, symbol in typed.items()
    }
    facts: dict[str, Fact] = {}
    for name in in_building_order(reads):
        symbol = typed[name]
        if isinstance(symbol.term, Total) and symbol.type is not None:
            null = NOTHING if symbol.is_nullable else None
            facts[name] = Fact(
                name, symbol.type, NOTHING, null, can_change=False, total=symbol.term,
                is_sensitive=names.lists[symbol.term.over].is_sensitive,
            )  # fmt: skip
    return facts


def _totals_behind(
    term: object, decisions: Mapping[str, Decision], totals: Mapping[str, Symbol]
) -> set[str]:
    """The totals that the items of a total read, through decisions too."""
    found: set[str] = set()
    waiting = list(_read_by_total(term)) if isinstance(term, Total) else []
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in totals:
            found.add(name)
            below = totals[name].term
            waiting += _read_by_total(below) if isinstance(below, Total) else ()
        elif name in decisions:
            waiting += _read_by(decisions[name])
    return found


def with_lists(names: Scope, version: Version, *, is_sound: bool) -> Version:
    """The version with what decides one item of each of its lists.

    Where something is wrong, with what may be told of an item alone.
    """
    of_request = {n: fact for n, fact in version.facts.items() if not _is_inner(names, fact)}
    totals = {n: fact for n, fact in version.facts.items() if _is_inner(names, fact)}
    version = replace(version, facts=of_request)
    makes = _ItemVersions(names, totals, is_sound=is_sound)
    lists = {
        fact: makes.of_list(items, version)
        for fact, items in names.lists.items()
        if fact in version.facts
    }
    return replace(version, lists=lists) if lists else version


def _is_inner(names: Scope, fact: Fact) -> bool:
    return fact.total is not None and names.lists[fact.total.over].inside is not None


class _ItemVersions:
    """Makes what decides one item; `totals` are those over lists inside others, as facts."""

    def __init__(self, names: Scope, totals: Mapping[str, Fact], *, is_sound: bool) -> None:
        self.names, self.totals, self.is_sound = names, totals, is_sound

    def of_list(self, items: ListScope, version: Version) -> ItemList:
        """The list of things of a version, or of the one that decides an item around it."""
        label = items.label or version.facts[items.fact].label
        item = self._item(items, version) if self.is_sound else self._fields(items, version)
        return ItemList(
            items.fact, items.called, label, items.fields, items.at_least, items.at_most,
            tuple(items.decisions), item,
        )  # fmt: skip

    def _inner(self, items: ListScope) -> list[ListScope]:
        """The lists that one item has."""
        return [scope for scope in self.names.lists.values() if scope.inside == items.fact]

    def _fields(self, items: ListScope, version: Version) -> Version:
        """A version that knows the fields of an item, and decides nothing."""
        found = replace(version, facts=items.fields, decisions={}, explain=None, lists={})
        return replace(
            found, lists={scope.fact: self.of_list(scope, found) for scope in self._inner(items)}
        )

    def _item(self, items: ListScope, version: Version) -> Version:
        """The version that decides one item: it is a small request of its own."""
        own = {**items.decisions, **items.added, **_of_totals(items)}
        made = {**version.decisions, **own}
        needed = cone(made, own)
        order = in_building_order({name: sorted(made[name].reads() & {*needed}) for name in needed})
        decisions = {name: made[name] for name in order}
        inner = self._inner(items)
        inside = {inner_items.fact for inner_items in inner}
        totals = {n: f for n, f in self.totals.items() if f.total and f.total.over in inside}
        facts = {
            **{name: replace(fact, total=None) for name, fact in version.facts.items()},
            **items.fields,
            **totals,
        }
        around = replace(
            version, facts=facts, decisions=made, explain=None, examples=(),
            subjects={}, reactions=(), timelines=(), lists={},
        )  # fmt: skip
        lists = {inner_items.fact: self.of_list(inner_items, around) for inner_items in inner}
        read = frozenset[str]().union(*map(_facts_read, decisions.values()))
        read = read.union(
            items.fields, totals, *(inner_items.item.facts for inner_items in lists.values())
        )
        facts = {name: fact for name, fact in facts.items() if name in read}
        return replace(around, facts=facts, decisions=decisions, lists=lists)


def _facts_read(decision: Decision) -> frozenset[str]:
    parts = [part for rule in decision.every_rule() for part in (*rule.conditions, rule.then)]
    attached = (name for rule in decision.rules for name in rule.attaches)
    return facts_of(*parts).union(attached)


def _of_totals(items: ListScope) -> dict[str, Decision]:
    """For one item, whether each total is about it, and what it adds."""
    decisions: dict[str, Decision] = {}
    for typed in items.totals.values():
        total = typed.term
        if not isinstance(total, Total) or typed.type is None:
            continue
        name = condition_of(total)
        if name is not None:
            yes = Rule(name, total.where, Constant(True))
            no = Rule(f"{name} not", ALWAYS, Constant(False))
            decisions[name] = _internal(name, BOOLEAN, (yes,), no)
        name = term_of(total)
        if name is not None and total.function != DECIDED and name not in items.decisions:
            if total.function == DISTINCT and total.term is not None:
                decisions[name] = _told_apart(items, name, total.term)
                continue
            rule = Rule(name, ALWAYS, total.term or Constant(None))
            decisions[name] = _internal(name, typed.type, (rule,), None)
    return decisions


def _told_apart(items: ListScope, name: str, term: Term) -> Decision:
    """The value of a field, by a rule for each if there are few: all that it can be is known."""
    if not isinstance(term, FactRef):  # a field of a record that is decided
        typed, plain = items.known[field_name(term) or ""], Rule(name, ALWAYS, term)
        decision = _internal(name, typed.type or TEXT, (plain,), None)
        return replace(decision, is_nullable=typed.is_nullable)
    fact = items.fields[term.name]
    type = fact.type.without_bounds
    rules = [
        Rule(f"{name} {word}", Comparison(term, Operator.IS, Constant(word)), Constant(word))
        for word in words_of(type)
    ]
    plain = Rule(name, ALWAYS, term)
    if not rules:
        return _internal(name, type, (plain,), None)
    otherwise = replace(plain, then=Constant(None)) if fact.is_nullable else None
    decision = _internal(name, type, tuple(rules), otherwise)
    return replace(decision, is_nullable=fact.is_nullable)


def _internal(name: str, type: Type, rules: tuple[Rule, ...], otherwise: Rule | None) -> Decision:
    return Decision(
        name, DecisionKind.OUTCOME, type, NOTHING, rules, otherwise,
        is_nullable=otherwise is None, is_internal=True,
    )  # fmt: skip
