"""The meaning of a policy, read naively: every rule, one by one, for facts that are all told.

This module is the specification. It knows no diagram and takes no short cut;
every fast reader is tested against it, and an auditor can read it in one sitting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from reglament.frozen import frozen
from reglament.functions.evaluate import apply
from reglament.functions.table import each_once
from reglament.functions.totals import DECIDED, combined
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import AllOf, AnyOf, Condition, Counted, Not
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.lists import ItemList, condition_of, is_open, term_of
from reglament.model.regulation import Version
from reglament.model.terms import (
    Conditional,
    Constant,
    DecisionRef,
    FactRef,
    ForEach,
    Formula,
    Term,
    Total,
)
from reglament.model.values import Kind, Value
from reglament.model.visitor import deciding_tests, decisions_of


class Undecided(Exception):
    """The policy gives no single outcome of one decision, which is therefore refused.

    That is a gap (no rule applies), a conflict (`outcomes`), or that it needs decisions
    which are refused themselves (`because_of`).
    """

    def __init__(
        self,
        decision: str,
        rules: tuple[str, ...] = (),
        outcomes: tuple[Value, ...] = (),
        because_of: tuple[str, ...] = (),
    ) -> None:
        self.decision = decision
        self.rules = rules
        self.outcomes = outcomes
        self.because_of = because_of
        super().__init__(decision, rules, outcomes, because_of)


# In how many ways what is in doubt is tried; beyond it, a decision is taken to need it.
MOST_WAYS = 1_000

# Why one decision is refused while others are told.
REFUSALS = (Undecided, OutsideCalendar, OverflowError)
Refusal: TypeAlias = Undecided | OutsideCalendar | OverflowError


@frozen
class Answer:
    """The outcome of one decision, the rules behind it, and those that were overridden."""

    outcome: Value
    rules: tuple[str, ...]
    overridden: tuple[str, ...] = ()


class InDoubt(Exception):
    """`what`, a refused decision or a test, may come out as any of `ways`."""

    def __init__(self, what: object, ways: tuple[Value, ...], why: Refusal) -> None:
        self.what = what
        self.ways = ways
        self.why = why
        super().__init__(what)


def decide(version: Version, facts: Mapping[str, Value]) -> dict[str, Answer | Refusal]:
    """Every decision of `version` for `facts`, none of which may be missing, or why not.

    A fact that is missing is what the version assumes of it, where it does.
    Raises KeyError for a missing fact that a rule reads.
    """
    view = View(version, facts)
    return {name: view.found(decision) for name, decision in version.decisions.items()}


class View:
    """What a policy means for one request whose facts are told.

    A decision that reads refused ones is told where it needs none of them: where it comes
    out the same whatever they might have said. Of a choice every outcome is tried, of
    anything else whether each test of it holds. So is a test that cannot be computed.
    """

    def __init__(self, version: Version, facts: Mapping[str, Value]) -> None:
        self.version = version
        self.facts = {**version.assumed, **facts}
        self.answers: dict[str, Answer | Refusal] = {}
        # While one decision is answered: of refused ones by name, and of tests in doubt.
        self._assumed: tuple[dict[str, Value], dict[object, Value]] = ({}, {})
        self._views: dict[str, list[View]] = {}

    def answer(self, decision: Decision) -> Answer:
        """The answer to `decision`; the decisions it builds on are answered first.

        Raises Undecided, and OutsideCalendar or OverflowError for what cannot be computed.
        """
        found = self.found(decision)
        if isinstance(found, Answer):
            return found
        raise found

    def found(self, decision: Decision) -> Answer | Refusal:
        """The answer, or why there is none."""
        if decision.name not in self.answers:
            outer, self._assumed = self._assumed, ({}, {})
            self.answers[decision.name] = self._found(decision)
            self._assumed = outer
        return self.answers[decision.name]

    def cited(self, decision: Decision) -> tuple[str, ...]:
        """The clauses that the rules behind the answer cite."""
        behind = self.answer(decision).rules
        rules = [rule for rule in decision.every_rule() if rule.id in behind]
        return tuple(dict.fromkeys(one for rule in rules for one in self._cited(decision, rule)))

    def _cited(self, decision: Decision, rule: Rule) -> Iterator[str]:
        """Its own clauses, those alone that an earlier decision picks; or else what it rests on."""
        for citation in rule.citations:
            if self.holds(citation.when):
                yield from citation.clauses
        if not rule.citations:
            yield from rule.clauses
        if not rule.clauses:
            for name in self._rests_on(decision, rule):
                yield from self.cited(self.version.decisions[name])

    def _rests_on(self, decision: Decision, rule: Rule) -> Iterator[str]:
        """The decisions by whose tests the rule came to apply, and those that it gives.

        `otherwise` applies by the tests for want of which no other rule does.
        """
        is_otherwise = rule is decision.otherwise
        for one in decision.rules if is_otherwise else (rule,):
            for test, wanted in deciding_tests(one.when, not is_otherwise):
                if self.holds(test) is wanted:
                    yield from sorted(decisions_of(test))
        yield from sorted(decisions_of(rule.then))

    def value(self, term: Term) -> Value:
        """What the term comes to. Raises the reason where that is refused."""
        if isinstance(term, Constant):
            return term.value
        if isinstance(term, Total) and term.over in self.version.lists:
            return self._total(term)
        if isinstance(term, FactRef):
            return self.facts[term.name]
        if isinstance(term, DecisionRef):
            return self._read(self.version.decisions[term.name])
        if isinstance(term, Conditional):
            return self.value(term.then if self.holds(term.when) else term.otherwise)
        if term.each is not None:
            return self._of_each(self.value(term.arguments[0]), term.each)
        arguments = tuple(self.value(argument) for argument in term.arguments)
        return apply(term, arguments, self.version.hours)

    def _of_each(self, items: Any, each: ForEach) -> Value:
        """What is made of each item of a plain list for which the condition holds."""
        found: list[Value] = []
        for item in items or ():
            view = View(self.version, {**self.facts, each.item: item})
            view.answers = self.answers  # no decision reads the item
            if view.holds(each.where):
                found.append(view.value(each.term))
        return None if items is None or None in found else tuple(found)

    def _total(self, total: Total) -> Value:
        """What the items of a list come to, every one of which has to come to something."""
        type = self.version.facts[total.name].type
        try:
            return combined(total.function, self._added(total), type)
        except REFUSALS:
            return False if total.function == DECIDED else None

    def _added(self, total: Total) -> list[Value]:
        """What each item adds that the total is about. Raises the reason where one is refused."""
        found: list[Value] = []
        where, term = condition_of(total), term_of(total)
        for item in self._items(total.over):
            decisions = item.version.decisions
            if where is None or item.answer(decisions[where]).outcome:
                found.append(None if term is None else item.answer(decisions[term]).outcome)
        return found

    def _items(self, over: str) -> list[View]:
        """A view of each item of the list, which reads what the request tells, too."""
        items = self.version.lists[over]
        told: Any = self.facts[over]
        if is_open(told):
            raise KeyError(over)
        if over not in self._views:
            self._views[over] = [ItemView(self, items, item) for item in told]
        return self._views[over]

    def holds(self, condition: Condition) -> bool:
        """Whether the condition holds. Raises InDoubt where a test of it may or may not."""
        match condition:
            case AllOf(parts):
                return all(self.holds(part) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part) for part in parts)
            case Not(part):
                return not self.holds(part)
            case Counted(parts):
                return condition.allows([self.holds(part) for part in parts].count(True))
        held = self._assumed[1]
        if held and (test := replace(condition, place=None)) in held:
            return bool(held[test])
        try:
            return condition.meaning(self.version.hours)(*map(self.value, condition.terms))
        except REFUSALS as why:
            raise InDoubt(replace(condition, place=None), (True, False), why) from None

    def _read(self, decision: Decision) -> Value:
        """The outcome of a decision that another one reads. Raises why it is refused."""
        found = self.found(decision)
        if isinstance(found, Answer):
            return found.outcome
        if decision.name in self._assumed[0]:
            return self._assumed[0][decision.name]
        why = Undecided(decision.name, because_of=(decision.name,))
        words = outcomes_of(decision)
        if words is not None:
            raise InDoubt(decision.name, words, why)
        raise why

    def _found(self, decision: Decision) -> Answer | Refusal:
        for earlier in self.version.built_on(decision):
            self.found(earlier)
        if decision.for_each is not None:
            for item in self._items(decision.for_each):
                answer = item.found(item.version.decisions[decision.name])
                if not isinstance(answer, Answer):
                    return answer
        doubts: list[Refusal] = []
        answers: list[Answer] = []
        for way in self._ways(decision, doubts):
            if not doubts:
                return way
            if not isinstance(way, Answer) or len(answers) == MOST_WAYS:
                return self._why(decision, doubts)
            answers.append(way)
            if way.outcome != answers[0].outcome:
                return self._why(decision, doubts)
        return _together(decision, answers)

    def _ways(self, decision: Decision, doubts: list[Refusal]) -> Iterator[Answer | Refusal]:
        """The decision for every way in which what is in doubt may come out."""
        try:
            yield self._answer(decision)
        except InDoubt as doubt:
            doubts.append(doubt.why)
            assumed: dict[Any, Value] = self._assumed[not isinstance(doubt.what, str)]
            for way in doubt.ways:
                assumed[doubt.what] = way
                yield from self._ways(decision, doubts)
            del assumed[doubt.what]
        except REFUSALS as why:
            if getattr(why, "because_of", ()):
                doubts.append(why)
            yield why

    def _why(self, decision: Decision, doubts: list[Refusal]) -> Refusal:
        """That it needs refused decisions, by their names; else what it cannot compute itself."""
        named = {name for why in doubts for name in getattr(why, "because_of", ())}
        earlier = tuple(one.name for one in self.version.built_on(decision) if one.name in named)
        return Undecided(decision.name, because_of=earlier) if named else doubts[0]

    def _answer(self, decision: Decision) -> Answer:
        applying = [rule for rule in decision.rules if self.holds(rule.when)]
        overridden = {over.rule for rule in applying for over in rule.overrides}
        counting = [rule for rule in applying if rule.id not in overridden]
        aside = tuple(rule.id for rule in applying if rule.id in overridden)
        outcome, rules = OUTCOME[decision.kind](self, decision, counting)
        return Answer(outcome, tuple(rule.id for rule in rules), aside)

    def agreed(self, decision: Decision, counting: list[Rule]) -> tuple[Value, list[Rule]]:
        """The one outcome on which the rules that count agree, or what `otherwise` says."""
        if not counting and decision.otherwise is not None:
            counting = [decision.otherwise]
        outcomes = [self.value(rule.then) for rule in counting]
        is_unique = decision.hit_policy == "unique"
        is_one = len(outcomes) == 1 or not is_unique
        if not outcomes or not is_one or any(outcome != outcomes[0] for outcome in outcomes):
            raise Undecided(decision.name, tuple(rule.id for rule in counting), tuple(outcomes))
        return outcomes[0], counting

    def checked(self, decision: Decision, counting: list[Rule]) -> tuple[Value, list[Rule]]:
        """`met` where every requirement holds, else `unmet`; the rules are the ones that say so."""
        unmet = [rule for rule in decision.rules if rule not in counting]
        return (decision.unmet, unmet) if unmet else (decision.met, counting)

    def collected(self, decision: Decision, counting: list[Rule]) -> tuple[Value, list[Rule]]:
        """The items of the rules that count, in the order in which the policy lists them."""
        if decision.counts_rules:
            rules = decision.in_list_order(counting)
            every = [item for rule in rules if (item := self.value(rule.then)) is not None]
            return (tuple(every) if decision.keeps_duplicates else each_once(every)), counting
        given = {rule.then for rule in counting}
        items = each_once(self.value(term) for term in decision.items_listed() if term in given)
        if words := decision.type.options:
            items = tuple(word for word in words if word in items)
        return items, counting

    def totalled(self, decision: Decision, counting: list[Rule]) -> tuple[Value, list[Rule]]:
        """The sum, or the extreme, of what the rules that count give; or what `otherwise` says."""
        if not counting and decision.otherwise is not None:
            return self.value(decision.otherwise.then), [decision.otherwise]
        return self.value(total_of(decision, [rule.then for rule in counting])), counting


class ItemView(View):
    """What a policy means for one item of a list, told by a request."""

    def __init__(self, request: View, items: ItemList, item: Mapping[str, Value]) -> None:
        super().__init__(items.item, items.told_of(item))
        self._request = request
        self._fields = items.fields

    def value(self, term: Term) -> Value:
        """What the term comes to: of the item, or of the request around it."""
        if isinstance(term, Total) and term.over in self.version.lists:
            return super().value(term)
        if isinstance(term, FactRef) and term.name not in self._fields:
            return self._request.value(term)
        return super().value(term)


OUTCOME: Mapping[DecisionKind, Callable[..., tuple[Value, list[Rule]]]] = {
    DecisionKind.OUTCOME: View.agreed,
    DecisionKind.CHECKLIST: View.checked,
    DecisionKind.COLLECTION: View.collected,
    DecisionKind.TOTAL: View.totalled,
}


def total_of(decision: Decision, given: Sequence[Term]) -> Term:
    """What these rules of a total come to together; a sum of decimals begins with its zero.

    Of a minimum or a maximum there is one at least: the reader of policies sees to that.
    """
    is_sum = decision.total in ("sum", "count")
    if is_sum and (not given or decision.type.kind is Kind.DECIMAL):
        given = (Constant(decision.nothing), *given)
    function = "sum" if is_sum else decision.total
    return given[0] if len(given) == 1 else Formula(function, tuple(given))


def outcomes_of(decision: Decision) -> tuple[Value, ...] | None:
    """Every outcome that the decision may have; None where they are too many to list."""
    if decision.kind.lists_items:
        return None
    words: tuple[Value, ...] = decision.type.options
    if decision.type.kind is Kind.BOOLEAN:
        words = (False, True)
    elif decision.type.kind is not Kind.CHOICE or decision.type.is_open:
        return None
    return (*words, None) if decision.is_nullable else words


def _together(decision: Decision, answers: list[Answer]) -> Answer:
    """One answer of several with one outcome, by the rules that all of them name, or any."""
    every = []
    for said in ([answer.rules for answer in answers], [answer.overridden for answer in answers]):
        common = set(said[0]).intersection(*said[1:]) or set[str]().union(*said)
        every.append(tuple(rule.id for rule in decision.every_rule() if rule.id in common))
    return Answer(answers[0].outcome, *every)
