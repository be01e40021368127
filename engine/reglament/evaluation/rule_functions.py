"""From the rules of a version to functions of one request: each test of it is evaluated once.

They serve where everything that a rule reads is told, or decided; elsewhere diagrams tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TypeAlias

from reglament.functions.evaluate import reader
from reglament.memo import Once
from reglament.model.conditions import Condition, Test
from reglament.model.regulation import Decision, Fact, Rule, Version
from reglament.model.values import Kind, Listed, Value
from reglament.model.visitor import (
    deciding_tests,
    decisions_of,
    facts_of,
    fold,
    hours_of,
    tests_of,
)
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


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, whether it applies, and what an explanation asks of it time and again.

    `tests` come with their numbers. `deciding` are those that can decide it either way, with
    what each must be for that; `resting` the decisions that these read. It `gives` what other
    decisions came to. `cites` are its clauses, all sure; of `citations` each with where it is
    cited. `overridden_by` are the ids of rules that override it where they apply.
    """

    rule: Rule
    applies: Applies
    tests: tuple[tuple[Test, int], ...]
    deciding: Mapping[bool, tuple[tuple[Test, int, bool], ...]]
    resting: Mapping[bool, tuple[tuple[Test, tuple[str, ...], int, bool], ...]]
    gives: tuple[str, ...]
    cites: dict[str, bool]
    citations: tuple[tuple[Applies, tuple[str, ...]], ...]
    overridden_by: tuple[str, ...]
    hanging_on: Leaning


class Conditions:
    """The rules of one version by their ids, and its tests by number, equal ones alike."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self._numbers: dict[Test, int] = {}
        self._leaning: dict[int, Leaning] = {}  # by the identity of a test, or of what is given
        self._meeting: list[Callable[[Known], tuple[bool, Value]]] = []
        # For some rules, the facts and decisions whose values choose which clauses they cite,
        # the decisions whose clauses these may be, and what was cited before, by those values
        # and clauses; None where there are too many values.
        self.chosen_by = lru_cache(maxsize=MOST_KEPT)(self._chosen_by)
        self._decision_of = {rule.id: decision for decision, rule in version.every_rule()}
        self._overriding: dict[str, list[str]] = {}
        for _, rule in version.every_rule():
            for over in rule.overrides:
                self._overriding.setdefault(over.rule, []).append(rule.id)
        self.rules = {rule.id: self._compiled(rule) for _, rule in version.every_rule()}

    def tested(self, known: Known) -> Tested:
        """What the tests come to; where not all can be told, each when it is looked up.

        A look-up then raises KeyError for what is not known, or why it cannot be reckoned.
        """
        try:
            return [meet(known) for meet in self._meeting]
        except (KeyError, *REFUSALS):
            return self.tested_when_asked(known)

    def tested_when_asked(self, known: Known) -> Tested:
        """The same where few of the tests will be looked up."""
        return Once(lambda number: self._meeting[number](known))

    def _chosen_by(self, rules: Iterable[str]) -> ChosenBy | None:
        choosing: list[Condition] = []
        rested = set[str]()
        for one in map(self.rules.__getitem__, rules if self.version.clauses else ()):
            choosing += [citation.when for citation in one.rule.citations]
            if not one.rule.clauses:
                tests = list(self._resting_tests(one.rule))
                choosing += tests
                rested |= decisions_of(*tests, one.rule.then)
        asked = facts_of(*choosing) | decisions_of(*choosing)
        named: dict[str, Fact | Decision] = {**self.version.facts, **self.version.decisions}
        types = [named[name].type for name in asked]
        if any(type.kind not in FEW or type.is_open for type in types):
            return None
        return tuple(sorted(asked)), tuple(sorted(rested)), {}

    def _resting_tests(self, rule: Rule) -> Iterator[Test]:
        """The tests of earlier decisions by which it may have come to apply."""
        decision = self._decision_of[rule.id]
        is_otherwise = rule is decision.otherwise
        for one in decision.rules if is_otherwise else (rule,):
            for test, _ in deciding_tests(one.when, not is_otherwise):
                if decisions_of(test):
                    yield test

    def hanging_on(self, rule: Rule, tests: Iterable[Test]) -> Leaning:
        """What a rule hangs on to which these tests have led."""
        several = [self._leaning[id(node)] for node in (*tests, rule.then)]
        readings = dict.fromkeys(rule.readings)
        for more, _ in several:
            readings.update(dict.fromkeys(more))
        return tuple(readings), tuple(sorted({name for _, reads in several for name in reads}))

    def _compiled(self, rule: Rule) -> CompiledRule:
        tests = tuple(tests_of(rule.when))
        for node in (*tests, rule.then):
            hours = dict.fromkeys(hours_of(node))
            readings = tuple(one for name in hours for one in self.version.hours[name].readings)
            self._leaning[id(node)] = readings, tuple(sorted(decisions_of(node)))
        deciding = {
            outcome: tuple(
                (test, self._number(test), wanted)
                for test, wanted in deciding_tests(rule.when, outcome)
            )
            for outcome in (True, False)
        }
        resting = {
            outcome: tuple(
                (test, reads, number, wanted)
                for test, number, wanted in several
                if (reads := self._leaning[id(test)][1])
            )
            for outcome, several in deciding.items()
        }
        return CompiledRule(
            rule,
            self._applies(rule.when),
            tuple((test, self._number(test)) for test in tests),
            deciding,
            resting,
            self._leaning[id(rule.then)][1],
            dict.fromkeys(rule.clauses, True),
            tuple((self._applies(one.when), one.clauses) for one in rule.citations),
            tuple(dict.fromkeys(self._overriding.get(rule.id, ()))),
            self.hanging_on(rule, tests),
        )

    def _applies(self, condition: Condition) -> Applies:
        every, some = partial(_until, False), partial(_until, True)
        applies: Applies = fold(condition, self._holding, every, some)
        return applies

    def _holding(self, test: Test, wanted: bool) -> Applies:
        number = self._number(test)
        return lambda tested: tested[number][0] is wanted

    def _number(self, test: Test) -> int:
        plain = replace(test, place=None)
        if plain not in self._numbers:
            self._numbers[plain] = len(self._meeting)
            self._meeting.append(self._met_by(test))
        return self._numbers[plain]

    def _met_by(self, test: Test) -> Callable[[Known], tuple[bool, Value]]:
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
