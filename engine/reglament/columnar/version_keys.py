"""What is known of one decision whatever batch it is met in: its tests, and the keys met so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from reglament.columnar.class_records import ClassRecord, Numbered, class_record
from reglament.columnar.witnesses import WitnessesDiffer
from reglament.decided import Decided
from reglament.evaluation.evaluator import Evaluated, Evaluator
from reglament.frozen import frozen
from reglament.model.conditions import Test
from reglament.model.outcomes import Status
from reglament.model.regulation import Decision
from reglament.model.terms import Constant, Term
from reglament.model.visitor import tests_within
from reglament.partial.terminal_outcomes import TerminalSource

BY_ENGINE = -1  # of a row or a key that is left to the engine


class Ask(Protocol):
    """The engine, asked for rows by number."""

    def __call__(self, row: int) -> Decided: ...

    def prepare(self, rows: list[int]) -> None: ...

    def told(self, row: int) -> object: ...


@frozen
class OpenOutcome:
    """What stands at the terminals that can still be reached, and which of them come to the same.

    `alike` has for each the place of the first that comes to the same in rows of this key.
    """

    sources: tuple[TerminalSource, ...]
    alike: tuple[int, ...]
    is_listed: bool


@dataclass(slots=True)
class Key:
    """What is known of the rows that answer alike: their class, what is reckoned for them.

    Of one that lacks facts, `open` has what can still come out. `asked` counts the rows of which
    the engine was asked in its usual way; `first` is the request from which the class was found.
    """

    number: int
    status: Status | None
    term: Term | None
    asked: int
    first: Mapping[str, Any]
    open: OpenOutcome | None = None

    @property
    def is_unsure(self) -> bool:
        """Whether the engine is to be asked for a second row."""
        return self.asked < 2 and self.number != BY_ENGINE


@dataclass(slots=True)
class DecisionKeys:
    """One decision of a version, and the keys that were met so far."""

    decision: Decision
    is_reckoned: bool
    numbered: Numbered
    tests: tuple[Test, ...]
    reads: tuple[str, ...]
    rests_on: frozenset[str]
    terms: Mapping[str, Term]
    keys: dict[tuple[int, ...], Key] = field(default_factory=dict)

    @property
    def formulas(self) -> Iterator[Term]:
        """What is reckoned."""
        return (term for term in self.terms.values() if not isinstance(term, Constant))

    @property
    def is_by_rows(self) -> bool:
        """Whether columns cannot tell it: a list of items that are reckoned."""
        return self.is_reckoned and self.decision.kind.lists_items

    def record(self, decided: Evaluated) -> ClassRecord:
        """The class of a row, as the engine decided it."""
        outcome = decided[self.decision.name]
        return class_record(decided.version, outcome, is_reckoned=self.is_reckoned)

    def ask_again(
        self,
        key: Key,
        row: int,
        ask: Ask,
        may_differ: Callable[[Decided, Key], bool] = lambda decided, key: False,
    ) -> None:
        """Ask the engine of a row of the key, if it is another one: it must be of the same class.

        Raises WitnessesDiffer where it is not, unless it `may_differ`.
        """
        is_other = ask.told(row) != key.first
        if key.asked and not is_other:
            return
        decided = ask(row)
        record, known = self.record(decided), self.numbered.records[key.number]
        if record != known and not may_differ(decided, key):
            raise WitnessesDiffer((known, record), (key.first, decided.when[2]))
        key.asked = 2 if is_other else 1


def decision_keys(
    evaluator: Evaluator, name: str, is_reckoned: bool, numbered: Numbered
) -> DecisionKeys:
    """The decision, its tests, and what it reads."""
    version = evaluator.version
    decision = version.decisions[name]
    tests: dict[Test, Test] = {}
    reads = dict.fromkeys((*(one.name for one in version.built_on(decision)), *decision.ask_for))
    for rule in decision.every_rule():
        conditions = (rule.when, *(one.when for one in rule.citations))
        for test in tests_within(*conditions, rule.then):
            tests.setdefault(replace(test, place=None), test)
    return DecisionKeys(
        decision,
        is_reckoned,
        numbered,
        tuple(tests),
        tuple(reads),
        evaluator.behind[name] - {name},
        {rule.id: rule.then for rule in decision.every_rule()},
    )
