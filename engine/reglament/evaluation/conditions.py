"""From the rules of a version to functions of one request: each test of it is evaluated once.

They serve where everything that a rule reads is told, or decided; elsewhere diagrams tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from reglament.functions.evaluate import reader
from reglament.memo import Once
from reglament.model.conditions import Condition, Test
from reglament.model.policy import Rule, Version
from reglament.model.terms import Term
from reglament.model.values import Value
from reglament.model.visitor import deciding_tests, decisions_of, fold, hours_of, tests_of
from reglament.reference import REFUSALS

# Facts told and outcomes decided, by name.
Known: TypeAlias = Mapping[str, Value]
# By the number of a test whether it holds, and the value that it met.
Tested: TypeAlias = Sequence[tuple[bool, Value]] | Mapping[int, tuple[bool, Value]]
Applies: TypeAlias = Callable[[Tested], bool]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, whether it applies, and what an explanation asks of it time and again.

    `tests` come with their numbers. `deciding` are those that can decide it either way, with
    what each must be for that. `citations` are clauses that it cites, each with where it does.
    It hangs on `readings`, and on what it `reads`.
    """

    rule: Rule
    applies: Applies
    tests: tuple[tuple[Test, int], ...]
    deciding: Mapping[bool, tuple[tuple[Test, int, bool], ...]]
    citations: tuple[tuple[Applies, tuple[str, ...]], ...]
    readings: tuple[str, ...]
    reads: tuple[str, ...]


class Conditions:
    """The rules of one version by their ids, and its tests by number, equal ones alike."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self._numbers: dict[Test, int] = {}
        self._meeting: list[Callable[[Known], tuple[bool, Value]]] = []
        self.rules = {rule.id: self._compiled(rule) for _, rule in version.every_rule()}

    def tested(self, known: Known) -> Tested:
        """What the tests come to; where not all can be told, each when it is looked up.

        A look-up then raises KeyError for what is not known, or why it cannot be reckoned.
        """
        try:
            return [meet(known) for meet in self._meeting]
        except (KeyError, *REFUSALS):
            return Once(lambda number: self._meeting[number](known))

    def hanging_on(
        self, tests: Iterable[Test], then: Term
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The readings of the hours that they ask, and the decisions that they read."""
        hours = dict.fromkeys(hours_of(*tests, then))
        readings = [one for name in hours for one in self.version.hours[name].readings]
        return tuple(dict.fromkeys(readings)), tuple(sorted(decisions_of(*tests, then)))

    def _compiled(self, rule: Rule) -> CompiledRule:
        tests = tuple(tests_of(rule.when))
        deciding = {
            outcome: tuple(
                (test, self._number(test), wanted)
                for test, wanted in deciding_tests(rule.when, outcome)
            )
            for outcome in (True, False)
        }
        readings, reads = self.hanging_on(tests, rule.then)
        return CompiledRule(
            rule,
            self._applies(rule.when),
            tuple((test, self._number(test)) for test in tests),
            deciding,
            tuple((self._applies(one.when), one.clauses) for one in rule.citations),
            tuple(dict.fromkeys((*rule.readings, *readings))),
            reads,
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
