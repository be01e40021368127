"""A foreign engine agrees on every condition of the shipped regulation.

Each `when` is put into disjunctive normal form and given to durable-rules, a branch a rule, in
groups that its fence allows. Facts are whole requests, decisions that a condition reads stand
beside them as decided; null is a field that is not there.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib import import_module
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.requests import complete
from reglament import Policy
from reglament.matching.compiling import field_name, scalar
from reglament.model.conditions import AllOf, AnyOf, Comparison, Condition, Not, OneOf, Within
from reglament.model.conditions import Test as Tested
from reglament.model.outcomes import RuleStatus
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Term
from reglament.model.visitor import tests_of as every_test
from support.events import needs_durable
from support.laws import tries

pytestmark = needs_durable
MOST_RULES = 60
REQUESTS = tries(1000)
Branch = tuple[dict[str, Any], ...]
OPPOSITE = {
    "is": "$neq",
    "at_least": "$lt",
    "at_most": "$gt",
    "more_than": "$lte",
    "less_than": "$gte",
}
SAME = {"is": "", "at_least": "$gte", "at_most": "$lte", "more_than": "$gt", "less_than": "$lt"}


def branches(condition: Condition, *, holds: bool = True) -> list[Branch]:
    """The disjunctive normal form of a condition, or of its contrary."""
    if isinstance(condition, Not):
        return branches(condition.part, holds=not holds)
    if isinstance(condition, AllOf | AnyOf):
        parts = [branches(part, holds=holds) for part in condition.parts]
        if isinstance(condition, AllOf) == holds:
            return [tuple(one for part in way for one in part) for way in product(*parts)]
        return [branch for part in parts for branch in part]
    return list(_literals(condition, holds))


def _literals(test: Tested, holds: bool) -> Iterator[Branch]:
    field = _name(test.subject, _is_by_day(test))
    if isinstance(test, Comparison):
        yield from _compared(test, field, holds)
    elif isinstance(test, OneOf):
        values = [value for value in test.values if value is not None]
        if holds:
            yield from (({field: scalar(value)},) for value in values)
        else:
            yield ({"$ex": {field: 1}}, *({"$neq": {field: scalar(value)}} for value in values))
        if (None in test.values) == holds:
            yield ({"$nex": {field: 1}},)
    else:
        assert isinstance(test, Within)
        yield ({f"{field}_in_{test.hours}": holds},)


def _compared(test: Comparison, field: str, holds: bool) -> Iterator[Branch]:
    if test.operand == Constant(None):
        yield ({"$ex" if not holds else "$nex": {field: 1}},)
        return
    is_constant = isinstance(test.operand, Constant)
    other = "" if is_constant else _name(test.operand, test.by_day)
    value: Any = scalar(test.operand.value) if isinstance(test.operand, Constant) else {"$m": other}
    word = (SAME if holds else OPPOSITE)[str(test.operator)]
    there = () if is_constant else ({"$ex": {other: 1}},)
    yield ({"$ex": {field: 1}}, *there, {field: value} if not word else {word: {field: value}})
    if not holds:
        yield ({"$nex": {field: 1}},)
        yield from (({"$nex": {other: 1}},) for _ in there)


def _is_by_day(test: Tested) -> bool:
    return isinstance(test, Comparison) and test.by_day


def _name(term: Term, by_day: bool) -> str:
    assert isinstance(term, FactRef | DecisionRef)
    return field_name(term.name) + ("_day" if by_day else "")


def message(version: Version, within: dict[str, set[str]], decided: Any) -> dict[str, Any]:
    """The request and what was decided of it, as the foreign engine can hold it."""
    told = dict(decided.facts)
    told |= {name: decided[name].outcome for name in version.decisions}
    found: dict[str, Any] = {}
    for name, value in told.items():
        if value is None or isinstance(value, dict | tuple):
            continue
        found[field_name(name)] = scalar(value)
        if isinstance(value, datetime):
            value = value.astimezone(ZoneInfo(version.zone))
        if isinstance(value, date):
            found[field_name(name) + "_day"] = value.toordinal()
        for hours in within.get(name, ()):
            found[f"{field_name(name)}_in_{hours}"] = version.hours[hours].is_open(value)
    return found


class Foreign:
    """A few branches in the foreign engine."""

    def __init__(self, group: list[tuple[str, Branch]]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            engine: Any = import_module("durable.engine")
        quiet = type("Quiet", (engine.Host,), {"_run": lambda self: None})
        self.unhandled = engine.MessageNotHandledException
        self.host = quiet()
        self.fired: set[str] = set()
        rules = {
            f"r{number}": {
                "all": [{"m": {"$and": [{"kind": "request"}, *branch]}}],
                "run": self._action(rule),
            }
            for number, (rule, branch) in enumerate(group)
        }
        self.host.register_rulesets({"second": rules})

    def opinion(self, facts: dict[str, Any], number: int) -> set[str]:
        """The rules that apply."""
        self.fired.clear()
        told = {**facts, "kind": "request", "seq": number, "sid": "1"}
        try:
            self.host.assert_fact("second", dict(told))
        except self.unhandled:
            return set()
        self.host.retract_fact("second", dict(told))
        return set(self.fired)

    def _action(self, rule: str) -> Callable[[Any], None]:
        def act(c: Any) -> None:
            self.fired.add(rule)

        return act


def test_durable_rules_agrees_on_every_condition_of_the_shipped_regulation(policy: Policy) -> None:
    version = policy.versions[-1]
    rules = [rule for decision in version.decisions.values() for rule in decision.rules]
    conditional = [rule for rule in rules if rule.when != AllOf(())]
    within: dict[str, set[str]] = {}
    for test in (one for rule in rules for one in every_test(rule.when) if isinstance(one, Within)):
        assert isinstance(test.subject, FactRef)
        within.setdefault(test.subject.name, set()).add(test.hours)
    every = [(rule.id, branch) for rule in conditional for branch in branches(rule.when)]
    groups = [every[start : start + MOST_RULES] for start in range(0, len(every), MOST_RULES)]
    foreign = [Foreign(group) for group in groups]
    names = {rule.id for rule in conditional}
    applied = 0

    for number, facts in enumerate(complete(REQUESTS, seed=6), 1):
        decided = policy.decide(facts)
        ours = {
            trace.rule
            for name in version.decisions
            for trace in decided[name].trace
            if trace.status in (RuleStatus.APPLIED, RuleStatus.OVERRIDDEN)
        } & names
        told = message(version, within, decided)
        theirs = set().union(*(one.opinion(told, number) for one in foreign))
        assert (facts, theirs) == (facts, ours)
        applied += len(ours)

    assert len(names) > 40
    assert applied > REQUESTS
