"""What stands behind outcomes of rows that tell all: clauses, readings, the rules that say why.

A second chain of steps leads to them, finer than that to outcomes: a diagram tells what each test
of a decision comes to, and the reasons of the decisions that it reads. At each of its terminals the
trace of the engine says the rest. If a fact is missing, or a test cannot be computed, nothing is
said here: what is open then hangs on more than a table of answers can hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from reglament.columnar.layouts import joined
from reglament.columnar.vectors.vector_values import MISSING
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.evaluation.evaluator import Evaluator
from reglament.evaluation.reasons.told_trace import ToldTrace
from reglament.frozen import frozen
from reglament.memo import Memo
from reglament.model.conditions import Test
from reglament.model.decisions import Decision
from reglament.model.outcomes import Status, WholeOutcome
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.visitor import tests_of
from reglament.rendering.words.sentences import rules_that_say
from reglament.sql.columns_asked import UNKNOWN, Asked, AskedTest
from reglament.sql.residual_steps import TOO_OPEN, Walker, WalkState


@frozen
class SqlReasons:
    """What stands behind an outcome; nothing is said of one that is refused (`is_said`)."""

    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    saying: tuple[str, ...] = ()
    is_said: bool = True

    @property
    def open_clauses(self) -> tuple[str, ...]:
        """None, as all is told."""
        return ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The same as they are written."""
        return joined(self.clauses), joined(self.readings), joined(self.saying)


UNSAID: Final = SqlReasons(is_said=False)


@frozen
class _Met:
    """The outcome, what each test came to, and the reasons of each decision read."""

    value: Any
    tests: tuple[bool, ...] = ()
    below: tuple[SqlReasons, ...] = ()

    def with_test(self, holds: bool) -> _Met:
        return replace(self, tests=(*self.tests, holds))

    def with_below(self, reasons: SqlReasons) -> _Met:
        return replace(self, below=(*self.below, reasons))


class ReasonDiagrams:
    """The diagrams over facts alone whose terminals are the `Reasons` of decisions."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.version = evaluator.version
        self.of: Memo[str, Node] = Memo(self._diagram)

    def _diagram(self, name: str) -> Node:
        """Raises TooLarge."""
        decision, diagrams = self.version.decisions[name], self.evaluator.diagrams
        names = [one.name for one in self.version.built_on(decision)]
        below = [self.of[one] for one in names]
        tests = self._tests(decision)
        forest = diagrams.forest
        with diagrams.growing_by(diagrams.budget):
            unsaid = forest.terminal(UNSAID)
            join = partial(forest.joint, absorbing=unsaid)
            found = forest.map_values(diagrams.decision(name), _begun)
            for one in below:
                found = join((found, one), _Met.with_below)
            for test in tests.values():
                found = join((found, diagrams.condition_diagram(test)), _Met.with_test)
            tell = partial(self._reasons, decision, list(tests), names)
            return forest.map_values(found, lambda met: met if met is UNSAID else tell(met))

    def _tests(self, decision: Decision) -> dict[int, Test]:
        """What its rules and citations test, by the numbers of the tests."""
        conditions = self.evaluator.conditions
        tests: dict[int, Test] = {}
        for rule in decision.every_rule():
            _ = conditions.rules[rule.id]  # which numbers them
            for when in rule.conditions:
                for test in tests_of(when):
                    tests.setdefault(conditions.number[test], test)
        return tests

    def _reasons(
        self, decision: Decision, numbers: list[int], names: list[str], met: _Met
    ) -> SqlReasons:
        """What the engine's trace says where the tests come to that."""
        tested = {n: (holds, None) for n, holds in zip(numbers, met.tests, strict=True)}
        below = dict(zip(names, met.below, strict=True))
        state: Any = _Told(self.evaluator, below)
        trace = ToldTrace(state, decision, tested)
        rules = trace.rules(Status.DETERMINED)
        outcome = WholeOutcome(
            decision.name,
            Status.DETERMINED,
            outcome=met.value.value if isinstance(met.value, Constant) else None,
            rules=tuple(rule.id for rule in rules),
        )
        return SqlReasons(
            tuple(trace.clauses(rules)),
            trace.readings(rules),
            tuple(rules_that_say(self.version, decision, outcome)),
        )


def _begun(value: Any) -> Any:
    return UNSAID if isinstance(value, NoOutcome) else _Met(value)


class _Told:
    """As much of the state of a request as a trace asks for, if its tests are given."""

    def __init__(self, evaluator: Evaluator, below: Mapping[str, SqlReasons]) -> None:
        self.evaluator, self._below = evaluator, below

    @property
    def version(self) -> Version:
        return self.evaluator.version

    def __getitem__(self, name: str) -> SqlReasons:
        return self._below[name]


class ToldWalker(Walker):
    """Walks a diagram of reasons; where a fact is missing it ends with nothing said."""

    def _moved(self, state: WalkState, place: int, code: int) -> WalkState | None:
        if _tells_nothing(self.columns[place], code):
            return self.settle(TOO_OPEN)
        return super()._moved(state, place, code)


def _tells_nothing(column: Asked, code: int) -> bool:
    return code == MISSING or (isinstance(column, AskedTest) and code == UNKNOWN)


class ReasonsAt:
    """Says of each end of the steps which reasons its rows have; settles states that have these."""

    def __init__(self, diagrams: ReasonDiagrams) -> None:
        self.forest = diagrams.evaluator.diagrams.forest
        self._states: dict[SqlReasons, WalkState] = {}

    def settle(self, state: WalkState) -> WalkState:
        """The state that stands for all of the same reasons."""
        return self._states.setdefault(self.of(state), state)

    def of(self, state: WalkState) -> SqlReasons:
        """The reasons of the rows that end there."""
        if len(state.nodes) != 1:
            return UNSAID
        ((node, _),) = state.nodes
        sql_reasons: SqlReasons = self.forest.values[node]
        return sql_reasons
