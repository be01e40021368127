"""From the rules of a version to functions of one request: each test of it is evaluated once.

They serve where everything that a rule reads is told, or decided; elsewhere diagrams tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from operator import itemgetter
from threading import RLock
from typing import NamedTuple, TypeAlias

from reglament.functions.evaluate import reader
from reglament.memo import Memo, MemoByIdentity, keep, kept_property
from reglament.model.conditions import Condition, Test
from reglament.model.decisions import Decision, Rule
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Term
from reglament.model.values import Kind, Listed, Value
from reglament.model.visitor import deciding_tests, decisions_of, facts_of, fold, hours_of, tests_of
from reglament.reference import REFUSALS

MOST_KEPT = 1_000
MOST_CHOICES = 100
FEW = frozenset({Kind.CHOICE, Kind.BOOLEAN})  # kinds of few values

# Facts told and outcomes decided, by name.
Known: TypeAlias = Mapping[str, Value]
# By the number of a test whether it holds, and the value that it met.
Tested: TypeAlias = Sequence[tuple[bool, Value]] | Mapping[int, tuple[bool, Value]]
Applies: TypeAlias = Callable[[Tested], bool]
# The readings of the hours that are asked, and the decisions that are read.
Leaning: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
ChosenBy: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], dict[tuple[object, ...], Listed]]


class Reasons(NamedTuple):
    """The rules behind an outcome, the clauses that they cite, the rules that say why."""

    rules: tuple[str, ...]
    clauses: tuple[str, ...]
    saying: tuple[str, ...]


class Behind:
    """What stands behind an outcome: one object for each set of rules that count together.

    `rules` are the ids of those named, in the order of the policy; `saying` are those of them
    whose message says why. In `cited` stand the reasons that were found before, by the `key` of
    what is known and of earlier reasons; None is the key where they hang on neither.
    """

    __slots__ = ("cited", "key", "rules", "saying")

    def __init__(self, rules: Iterable[str], saying: Iterable[str]) -> None:
        self.rules, self.saying = Listed(rules), tuple(saying)
        self.key: Callable[[Known, Mapping[str, Reasons]], object] | None = None
        self.cited: dict[object, Reasons] = {}

    def keep(
        self, chosen_by: ChosenBy, known: Known, before: Mapping[str, Reasons], reasons: Reasons
    ) -> None:
        """Keep the reasons that were found, by what chooses the clauses."""
        asked, rested, _ = chosen_by
        if asked or rested:
            self.key = _key(asked, rested)
        keep(self.cited, self.key and self.key(known, before), reasons, MOST_CHOICES)


def _key(
    asked: tuple[str, ...], rested: tuple[str, ...]
) -> Callable[[Known, Mapping[str, Reasons]], object]:
    """The values of names, and the clauses of decisions."""
    values = itemgetter(*asked) if asked else lambda known: None
    if not rested:
        return lambda known, before: values(known)
    below = itemgetter(*rested)
    if len(rested) == 1:
        return lambda known, before: (values(known), below(before).clauses)
    return lambda known, before: (values(known), *[one.clauses for one in below(before)])


class CompiledRule:
    """A rule, whether it applies, and what an explanation asks of it, worked out when it does."""

    def __init__(self, conditions: Conditions, rule: Rule) -> None:
        self.rule = rule
        self.applies = conditions.applies(rule.when)
        # With the clauses that it cites in some cases. Made at once: these are more tests.
        self.citations = [(conditions.applies(one.when), one.clauses) for one in rule.citations]
        self._of = conditions

    @kept_property
    def tests(self) -> tuple[tuple[Test, int], ...]:
        """Its tests with their numbers."""
        return tuple([(test, self._of.number[test]) for test in tests_of(self.rule.when)])

    @kept_property
    def deciding(self) -> Mapping[bool, tuple[tuple[Test, int, bool], ...]]:
        """The tests that can decide it either way, with what each must be for that."""
        when, number = self.rule.when, self._of.number
        return Memo(lambda so: tuple([(t, number[t], be) for t, be in deciding_tests(when, so)]))

    @kept_property
    def resting(self) -> Mapping[bool, tuple[tuple[Test, tuple[str, ...], int, bool], ...]]:
        """The decisions that those tests read."""
        leaning = self._of.leaning
        several = {so: self.deciding[so] for so in (True, False)}
        return {
            so: tuple((t, reads, n, be) for t, n, be in tests if (reads := leaning[t][1]))
            for so, tests in several.items()
        }

    @kept_property
    def gives(self) -> tuple[str, ...]:
        """The decisions whose outcome it gives."""
        return self._of.leaning[self.rule.then][1]

    @kept_property
    def cites(self) -> dict[str, bool]:
        """Its clauses, all sure."""
        return dict.fromkeys(self.rule.clauses, True)

    @kept_property
    def overridden_by(self) -> tuple[str, ...]:
        """The ids of rules that override it where they apply."""
        return tuple(dict.fromkeys(self._of.overriding.get(self.rule.id, ())))

    @kept_property
    def hanging_on(self) -> Leaning:
        """The readings on which it hangs, and the decisions."""
        return self._of.hanging_on(self.rule, tests_of(self.rule.when))

    @kept_property
    def hangs_on_itself(self) -> bool:
        """Whether what it hangs on is the same for every request."""
        is_otherwise = self.rule is self._of.decision_of(self.rule.id).otherwise
        return not is_otherwise and not any(over.reading for over in self.rule.overrides)


class Conditions:
    """The rules of one version by their ids, and its tests by number, equal ones alike."""

    def __init__(self, version: Version) -> None:
        self.version = version
        numbers: dict[Test, int] = {}
        self.number = MemoByIdentity[Test, int](lambda test: self._numbered(test, numbers))
        self.leaning = MemoByIdentity[Test | Term, Leaning](self._leaning_of)
        self._meeting: list[Callable[[Known], tuple[bool, Value]]] = []
        # For some rules, the facts and decisions whose values choose which clauses they cite,
        # the decisions whose clauses these may be, and what was cited before, by those values
        # and clauses; None where there are too many values.
        self.chosen_by = lru_cache(maxsize=MOST_KEPT)(self._chosen_by)
        # What these rules hang on; None where that is not the same for every request.
        self.all_hanging_on = lru_cache(maxsize=MOST_KEPT)(self._all_hanging_on)
        # Where it is not: the tests, by number, by which it is told, and what was found by them.
        self.leaning_tests = lru_cache(maxsize=MOST_KEPT)(self._leaning_tests)
        self.hung_on: dict[tuple[object, ...], tuple[Leaning, ...]] = {}
        self._lock = RLock()
        self._places = {
            rule: (decision, place)
            for decision in version.decisions.values()
            for rule, place in decision.places()
        }
        # Each is made when it is asked for: few processes ask for those of a long table.
        self.rules = Memo[str, CompiledRule](self._compiled)

    def _compiled(self, rule_id: str) -> CompiledRule:
        decision, place = self._places[rule_id]
        with self._lock:  # or two rules might number two tests alike
            return CompiledRule(self, decision.rule_at(place))

    @kept_property
    def _every_test(self) -> Sequence[Callable[[Known], tuple[bool, Value]]]:
        """What tells what each test comes to, by its number; every rule is made for it."""
        for rule_id in self._places:
            _ = self.rules[rule_id]
        return tuple(self._meeting)

    def decision_of(self, rule_id: str) -> Decision:
        """The decision whose rule it is."""
        return self._places[rule_id][0]

    @kept_property
    def overriding(self) -> Mapping[str, Sequence[str]]:
        """By the ids of rules those of the rules that may override them."""
        found: dict[str, list[str]] = {}
        for _, rule in self.version.every_rule():
            for over in rule.overrides:
                found.setdefault(over.rule, []).append(rule.id)
        return found

    @kept_property
    def overridden_in(self) -> frozenset[str]:
        """The decisions of whose rules one may override another."""
        every = self.version.every_rule()
        return frozenset(decision.name for decision, rule in every if rule.overrides)

    def tested(self, known: Known) -> Tested:
        """What the tests come to; where not all can be told, each when it is looked up.

        A look-up then raises KeyError for what is not known, or why it cannot be computed.
        """
        try:
            return [meet(known) for meet in self._every_test]
        except (KeyError, *REFUSALS):
            return self.tested_when_asked(known)

    def tested_when_asked(self, known: Known) -> Tested:
        """The same where few of the tests will be looked up."""
        return Memo(lambda number: self._meeting[number](known))

    def _chosen_by(self, rules: Iterable[str]) -> ChosenBy | None:
        choosing: list[Condition] = []
        rested = set[str]()
        for rule in map(self.rules.__getitem__, rules if self.version.clauses else ()):
            choosing += [citation.when for citation in rule.rule.citations]
            if not rule.rule.clauses:
                tests = list(self._resting_tests(rule.rule))
                choosing += tests
                rested |= decisions_of(*tests, rule.rule.then)
        asked = facts_of(*choosing) | decisions_of(*choosing)
        named: dict[str, Fact | Decision] = {**self.version.facts, **self.version.decisions}
        types = [named[name].type for name in asked]
        if any(type.kind not in FEW or type.is_open for type in types):
            return None
        return tuple(sorted(asked)), tuple(sorted(rested)), {}

    def _resting_tests(self, rule: Rule) -> Iterator[Test]:
        """The tests of earlier decisions by which it may have come to apply."""
        decision = self.decision_of(rule.id)
        is_otherwise = rule is decision.otherwise
        for one in decision.rules if is_otherwise else (rule,):
            for test, _ in deciding_tests(one.when, not is_otherwise):
                if decisions_of(test):
                    yield test

    def _all_hanging_on(self, rules: tuple[str, ...]) -> tuple[Leaning, ...] | None:
        several = [self.rules[rule] for rule in rules]
        if not all(rule.hangs_on_itself for rule in several):
            return None
        return tuple([rule.hanging_on for rule in several])

    def _leaning_tests(self, decision: str) -> tuple[int, ...]:
        """Those of rules that lean on anything, and of rules that are overridden by a reading."""
        rules = self.version.decisions[decision].rules
        asked = {over.rule for one in rules for over in one.overrides if over.reading}
        for rule in rules:
            if any(any(self.leaning[test]) for test in tests_of(rule.when)):
                asked.add(rule.id)
        numbers = [n for one in rules if one.id in asked for _, n in self.rules[one.id].tests]
        return tuple(dict.fromkeys(numbers))

    def hanging_on(self, rule: Rule, tests: Iterable[Test]) -> Leaning:
        """What a rule hangs on to which these tests have led."""
        several = [self.leaning[node] for node in (*tests, rule.then)]
        readings = dict.fromkeys(rule.readings)
        for more, _ in several:
            readings.update(dict.fromkeys(more))
        return tuple(readings), tuple(sorted({name for _, reads in several for name in reads}))

    def _leaning_of(self, node: Test | Term) -> Leaning:
        hours = dict.fromkeys(hours_of(node))
        readings = tuple(reading for name in hours for reading in self.version.hours[name].readings)
        return readings, tuple(sorted(decisions_of(node)))

    def applies(self, condition: Condition) -> Applies:
        """Whether the condition holds, as a function of what its tests come to."""
        every, some = partial(_until, False), partial(_until, True)
        applies: Applies = fold(condition, self._holding, every, some)
        return applies

    def _holding(self, test: Test, wanted: bool) -> Applies:
        number = self.number[test]
        return lambda tested: tested[number][0] is wanted

    def _numbered(self, test: Test, numbers: dict[Test, int]) -> int:
        """The number of the test; equal ones have one, wherever they stand."""
        number = numbers.setdefault(replace(test, place=None), len(numbers))
        if number == len(self._meeting):
            self._meeting.append(self.met_by(test))
        return number

    def met_by(self, test: Test) -> Callable[[Known], tuple[bool, Value]]:
        """Whether the test holds, and the value that it met, as a function of what is known."""
        holds = test.meaning(self.version.hours)
        read, *others = (reader(term, self.version.hours) for term in test.terms)
        if not others:
            return lambda known: (holds(value := read(known)), value)
        (other,) = others
        return lambda known: (holds(value := read(known), other(known)), value)


def _until(stop: bool, parts: list[Applies]) -> Applies:
    """Whether one of the parts is `stop`, which is then the answer."""

    def applies(tested: Tested) -> bool:
        for part in parts:
            if part(tested) is stop:
                return stop
        return not stop

    return applies
