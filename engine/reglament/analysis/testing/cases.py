"""From the rules of a version to requests on both sides of each condition that matters.

For each test of each rule two requests are sought that differ in what the test
reads alone and are decided differently (MC/DC: Chilenski and Miller, 1994).
Where an ordered fact parts the two they are brought together until they stand
on either side of the boundary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain, islice
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from reglament.analysis.search.tried_requests import Requests
from reglament.analysis.search.tried_values import TriedValues
from reglament.analysis.testing.comparison import Bench, Disagreement, decided
from reglament.analysis.testing.coverage import asserted
from reglament.analysis.testing.mutants import with_rule
from reglament.analysis.testing.nearness import (
    SECOND,
    between,
    in_seconds,
    is_ordered,
    same_fact,
    step_of,
)
from reglament.analysis.window import window_of
from reglament.diagram.kernel.branches import facts_tested
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.frozen import frozen
from reglament.model.conditions import ALWAYS, NEVER, AllOf, Condition, Test, Within
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import Outcome
from reglament.model.regulation import Example, ItemList, Version
from reglament.model.terms import FactRef
from reglament.model.values import Kind, Record, Value
from reglament.model.visitor import decisions_of, facts_of, put_instead, tests_of
from reglament.reference import REFUSALS, InDoubt, View
from reglament.rendering.words.tests_in_words import Wording

MOST_TRIES, MOST_VALUES = 60, 80

Facts = Mapping[str, Value]
# What a case is called, the decision that it is about, and what it tells.
Case: TypeAlias = tuple[str, str, Facts]


@frozen
class BoundaryPair:
    """Two requests that a test parts: where it holds and where it does not."""

    rule: str
    test: Test
    decision: str
    holds: Facts
    fails: Facts
    is_edge: bool = False


def generated_cases(version: Version) -> tuple[Example, ...]:
    """Boundary and branch cases, with the outcome that the version gives now; none that an
    example tells already. The outcomes are to be reviewed: they prove nothing by themselves."""
    return tuple(_Cases(version).examples())


class _Cases:
    def __init__(self, version: Version) -> None:
        self.version = version
        self.bench = Bench(version)
        self.wording = Wording(version, "en")
        self.kept: list[Condition] = []  # diagrams know conditions by identity
        self.told = {
            (_key(example.facts), decision.name)
            for example in version.examples
            for decision in asserted(version, example)
        }
        self.names = {example.name for example in version.examples}
        within = window_of(version)
        self.requests = Requests(TriedValues(version, (version,), within))

    def examples(self) -> Iterator[Example]:
        """Each new case once."""
        for pair in self.pairs():
            for truth, facts in ((True, pair.holds), (False, pair.fails)):
                known = (_key(facts), pair.decision)
                if known not in self.told:
                    self.told.add(known)
                    yield self._telling(self._unique(self.said(pair, truth)), pair.decision, facts)
        for items in self.version.lists.values():
            for said, name, told in self._of_items(items):
                facts = _with_item(items, told)
                known = (_key(facts), name)
                if known not in self.told and facts.keys() <= self.version.told_facts.keys():
                    self.told.add(known)
                    if self.bench.evaluate(facts)[name].is_determined:
                        yield self._telling(self._unique(said), name, facts)
        for rule, name, facts in self.always(self.version.decisions.values()):
            if (_key(facts), name) not in self.told:
                yield self._telling(self._unique(rule), name, facts)

    def always(self, decisions: Iterable[Decision]) -> Iterator[Case]:
        """A case for each rule of what is computed that always applies, so no test parts it."""
        lists = {n for n, fact in self.version.told_facts.items() if fact.type.kind is Kind.LIST}
        left = {
            rule.id: decision.name
            for decision in decisions
            if not decision.is_internal and decision.for_each is None
            for rule in decision.rules
            if rule.when == ALWAYS and self.version.facts_behind(decision.name)
        }
        requests = chain(self.requests.near(sorted(lists)), self.requests.bases) if left else ()
        for request in islice(requests, MOST_TRIES):
            for rule, name in list(left.items()):
                behind = self.version.facts_behind(name)
                facts = {fact: value for fact, value in request.items() if fact in behind}
                outcome = self.bench.evaluate(facts)[name]
                is_told = not lists & behind or any(map(facts.get, lists))
                if outcome.is_determined and rule in outcome.rules and is_told:
                    del left[rule]
                    yield rule, name, facts

    def _of_items(self, items: ItemList) -> Iterator[Case]:
        """The cases of one item, and of one of a list inside it, as a request would tell them."""
        about = _Cases(items.item)
        for pair in about.pairs() if items.decisions else ():
            if pair.decision in items.decisions:
                yield about.said(pair, True), pair.decision, pair.holds
                yield about.said(pair, False), pair.decision, pair.fails
        yield from about.always(items.item.decisions[name] for name in items.decisions)
        for inner in items.item.lists.values():
            for said, name, told in about._of_items(inner):
                yield said, name, _with_item(inner, told)

    def pairs(self) -> Iterator[BoundaryPair]:
        """For each test of each rule, the pairs of requests that it parts."""
        for decision, rule in self.version.every_rule():
            if decision.for_each is not None or decision.stands_for is not None:
                continue
            for test in tests_of(rule.when):
                try:
                    yield from self._of_test(decision, rule, test)
                except TooLarge:
                    continue

    # One test

    def _of_test(self, decision: Decision, rule: Rule, test: Test) -> Iterator[BoundaryPair]:
        found: dict[frozenset[str], BoundaryPair] = {}
        for name in self._shown(decision):
            matters = self._matters(decision, rule, test, name)
            for pair in self._parted(rule, test, name, matters):
                parted_by = frozenset(f for f in pair.holds if pair.holds[f] != pair.fails[f])
                found.setdefault(parted_by, pair)
            if not found:
                found = {frozenset({f}): pair for f, pair in self._beside(rule, test, name)}
            if found:
                break
        for pair in found.values():
            edges = list(self._edges(pair))
            yield from edges or [pair]

    def _shown(self, decision: Decision) -> Iterator[str]:
        """The decision itself; of an internal one, those that build on it."""
        if not decision.is_internal:
            yield decision.name
            return
        behind = {decision.name}
        for later in self.version.decisions.values():
            if later.reads() & behind:
                behind.add(later.name)
                if not later.is_internal:
                    yield later.name

    def _matters(self, decision: Decision, rule: Rule, test: Test, name: str) -> Node:
        """Where the decision `name` turns with the test: leaves hold Apart, elsewhere None."""
        forest = self.bench.forest
        ways = (self._with(decision, rule, test, truth, name) for truth in (ALWAYS, NEVER))
        return forest.joint(tuple(ways), Disagreement, same=forest.terminal(None))

    def _with(
        self, decision: Decision, rule: Rule, test: Test, truth: Condition, name: str
    ) -> Node:
        changed = replace(rule, when=put_instead(rule.when, test, truth))
        decisions = {**self.version.decisions, decision.name: with_rule(decision, rule, changed)}
        return self.bench.copy(replace(self.version, decisions=decisions)).diagrams.decision(name)

    def _parted(self, rule: Rule, test: Test, name: str, matters: Node) -> Iterator[BoundaryPair]:
        """Pairs parted by one fact each: for an ordered test by each fact that can, else one."""
        forest, truth = self.bench.forest, self.bench.diagrams.condition_diagram(test)
        nowhere = forest.terminal(None)
        holding, failing = (
            forest.ite(truth, matters, nowhere),
            forest.ite(truth, nowhere, matters),
        )
        left = {frozenset({fact}) for fact in facts_tested(self.bench.forest, truth)}
        for path in islice(self.bench.witnesses.paths(holding, is_apart), MOST_TRIES):
            for free in sorted(left, key=sorted):
                pair = self._other_side(rule, test, name, path.facts, failing, free)
                if pair is not None:
                    yield pair
                    left.discard(free)
                    if not is_ordered(test):
                        return
            if not left:
                return

    def _beside(self, rule: Rule, test: Test, name: str) -> Iterator[tuple[str, BoundaryPair]]:
        """Pairs of a worked example and the same with one fact changed, where no path was found.

        Each with that fact: for an ordered test one for each fact that can part the two, else one.
        """
        values, holding = self.requests.values, partial(self._holds, test)
        for fact in self._behind(test):
            pairs = (
                BoundaryPair(rule.id, test, name, *((other, base) if after else (base, other)))
                for base in self.requests.bases[:MOST_TRIES]
                for before in [holding(base)]
                for value in (values.of(fact) if before is not None else ())[:MOST_VALUES]
                for other in [{**base, fact: value}]
                for after in [holding(other)]
                if after is not None and after is not before
            )
            found = next((p for pair in pairs if (p := self._confirmed(pair))), None)
            if found is not None:
                yield fact, found
                if not is_ordered(test):
                    return

    def _behind(self, test: Test) -> list[str]:
        """The facts that the test reads, by itself or through decisions, in the policy's order."""
        terms = test.terms
        decisions = (name for term in terms for name in decisions_of(term))
        read = frozenset[str]().union(
            *map(facts_of, terms), *map(self.version.facts_behind, decisions)
        )
        return [name for name in self.version.told_facts if name in read]

    def _holds(self, test: Test, facts: Facts) -> bool | None:
        """Whether the plain meaning of the test holds; None where it cannot be computed."""
        try:
            return View(self.version, facts).holds(test)
        except (InDoubt, *REFUSALS):
            return None

    def _other_side(
        self, rule: Rule, test: Test, name: str, facts: Facts, failing: Node, free: frozenset[str]
    ) -> BoundaryPair | None:
        """The pair whose other request differs from `facts` in the facts `free` alone."""
        if not free <= facts.keys():
            return None
        fixed = self._same({fact: value for fact, value in facts.items() if fact not in free})
        forest = self.bench.forest
        there = forest.ite(fixed, failing, forest.terminal(None))
        path = self.bench.witnesses.first(there, is_apart)
        if path is None:
            return None
        fails = {**facts, **path.facts}
        pair = BoundaryPair(rule.id, test, name, {**fails, **facts}, fails)
        tidy = replace(pair, holds=in_seconds(pair.holds), fails=in_seconds(pair.fails))
        return self._confirmed(tidy) or self._confirmed(pair)

    def _same(self, facts: Facts) -> Node:
        """Where the request tells these facts."""
        known = self.version.facts
        same = (same_fact(known[name], value) for name, value in facts.items())
        said = AllOf(tuple(chain.from_iterable(same)))
        self.kept.append(said)
        return self.bench.diagrams.condition_diagram(said)

    def _confirmed(self, pair: BoundaryPair) -> BoundaryPair | None:
        """The pair, where deciding both requests shows that the test parts them."""
        if self.version.lists:
            real = [self.requests.values.found(facts) for facts in (pair.holds, pair.fails)]
            if real[0] is None or real[1] is None:
                return None
            pair = replace(pair, holds=real[0], fails=real[1])
        both = (pair.holds, pair.fails)
        if not all(self._may_be_told(facts) for facts in both):
            return None
        truths = [self._truth(pair.test, facts) for facts in both]
        if truths != [True, False]:
            return None
        outcomes = [decided(self.bench.evaluate(facts), pair.decision) for facts in both]
        is_parted = outcomes[0] != outcomes[1] and not any(isinstance(o, str) for o in outcomes)
        return pair if is_parted else None

    def _may_be_told(self, facts: Facts) -> bool:
        """Whether each value lies within the bounds of its fact."""
        return all(self.version.facts[name].type.admits(value) for name, value in facts.items())

    def _truth(self, test: Test, facts: Facts) -> bool | None:
        return self.bench.evaluate(facts).partial_result.truth(
            self.bench.diagrams.condition_diagram(test)
        )

    # Boundaries

    def _edges(self, pair: BoundaryPair) -> Iterator[BoundaryPair]:
        """The pair brought to the boundary; both edges of the hours for a test of them."""
        parted = [fact for fact in pair.holds if pair.holds[fact] != pair.fails[fact]]
        if len(parted) != 1 or None in (pair.holds[parted[0]], pair.fails[parted[0]]):
            return
        fact = parted[0]
        step = step_of(self.version.facts[fact].type)
        if isinstance(pair.test, Within) and pair.test.subject == FactRef(fact):
            yield from self._edges_of_hours(pair, fact, pair.test)
        elif step is not None:
            yield from self._confirmed_edge(self._bisected(pair, fact, step))

    def _edges_of_hours(
        self, pair: BoundaryPair, fact: str, test: Within
    ) -> Iterator[BoundaryPair]:
        hours, moment = self.version.hours[test.hours], pair.holds[fact]
        assert isinstance(moment, datetime)
        for opens, closes in hours.shifts(moment.astimezone(ZoneInfo(hours.zone)).date()):
            for inside, outside in ((opens, opens - SECOND), (closes - SECOND, closes)):
                holds, fails = {**pair.holds, fact: inside}, {**pair.holds, fact: outside}
                yield from self._confirmed_edge(replace(pair, holds=holds, fails=fails))

    def _confirmed_edge(self, pair: BoundaryPair) -> Iterator[BoundaryPair]:
        found = self._confirmed(pair)
        if found is not None:
            yield replace(found, is_edge=True)

    def _bisected(self, pair: BoundaryPair, fact: str, step: Any) -> BoundaryPair:
        """The two requests as near as two values of the fact, in whole seconds, can be."""
        inside, outside = pair.holds[fact], pair.fails[fact]
        while True:
            middle = between(inside, outside, step)
            if middle is None:
                break
            if self._truth(pair.test, {**pair.holds, fact: middle}):
                inside = middle
            else:
                outside = middle
        holds, fails = {**pair.holds, fact: inside}, {**pair.holds, fact: outside}
        return replace(pair, holds=holds, fails=fails)

    # Examples

    def said(self, pair: BoundaryPair, truth: bool) -> str:
        """What a case is called that lies on that side of the test."""
        said = self.wording.test(pair.test, holds=truth)
        return f"{pair.rule}: {said}{', only just' if pair.is_edge else ''}"

    def _telling(self, name: str, decision: str, facts: Facts) -> Example:
        """The example that tells what the version decides now."""
        outcome = self.bench.evaluate(facts)[decision]
        expects = {decision: _expected(self.version.decisions[decision], outcome)}
        return Example(name=name, facts=facts, expects=expects)

    def _unique(self, name: str) -> str:
        count, unique = 1, name
        while unique in self.names:
            count += 1
            unique = f"{name} ({count})"
        self.names.add(unique)
        return unique


def _with_item(items: ItemList, told: Facts) -> Facts:
    """The request with one item of which this is told, or as many as the list has to have."""
    short = {whole: name for name, whole in items.whole_names.items()}
    item = Record({short[name]: value for name, value in told.items() if name in short})
    outer = {name: value for name, value in told.items() if name not in short}
    return {**outer, items.fact: (item,) * max(1, items.at_least)}


def is_apart(payload: object) -> bool:
    """Whether a leaf tells of a difference."""
    return isinstance(payload, Disagreement)


def _expected(decision: Decision, outcome: Outcome) -> Mapping[str, object]:
    found: dict[str, object] = {"outcome": outcome.outcome}
    if not outcome.is_determined:
        found = {"status": outcome.status.value, "possible": outcome.possible}
    if decision.kind.lists_items:
        return {"status": outcome.status.value, "items": tuple(item.id for item in outcome.items)}
    if decision.kind.has_requirements:
        return {**found, "unmet": outcome.unmet, "open": outcome.open}
    return {**found, "rules": outcome.rules} if outcome.rules else found


def _key(facts: Facts) -> frozenset[tuple[str, type, Value]]:
    return frozenset((name, type(value), value) for name, value in facts.items())
