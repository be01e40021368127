"""What is known of one decision whatever batch it is met in: its tests, and the keys met so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

import numpy as np

from reglament.columnar.keys.answered_keys import AnsweredKeys, Earlier, RowAnswers
from reglament.columnar.keys.class_records import (
    ClassRecord,
    Details,
    Numbered,
    class_record,
)
from reglament.columnar.keys.decision_axes import SharedAxes, axes_of, cited_by, open_axes_of
from reglament.columnar.vectors.vector_terms import VectorTerms
from reglament.columnar.vectors.vector_values import Array
from reglament.decided import Decided
from reglament.diagram.solver.formula_ranges import may_answer
from reglament.evaluation.evaluator import Evaluated, Evaluator
from reglament.frozen import frozen
from reglament.model.conditions import Comparison, Condition, Test
from reglament.model.decisions import Decision
from reglament.model.outcomes import Status
from reglament.model.terms import Constant, Term
from reglament.model.visitor import decisions_of, fold, hours_of, tests_within
from reglament.partial.terminal_outcomes import TerminalSource

FOR_EVERY_ROW = frozenset({"gap", "conflict"})  # refusals that no value of a row changes
BY_ENGINE = -1  # of a row or a key that is left to the engine


class WitnessesDiffer(RuntimeError):
    """Two rows of one class are decided differently: a fault of the columns, not of the rows."""


class Ask(Protocol):
    """The engine, asked for rows by number."""

    def __call__(self, row: int) -> Decided: ...

    def prepare(self, rows: list[int]) -> None: ...

    def told(self, row: int) -> object: ...


class Rows(Protocol):
    """Rows of a batch: the engine that is asked of them, and a mark of what each tells."""

    @property
    def ask(self) -> Ask: ...

    def marks(self, rows: Array) -> list[int]: ...


@frozen
class OpenOutcome:
    """What stands at the terminals that can still be reached, and which of them come to the same.

    `alike` has for each the place of the first that comes to the same in rows of this key.
    """

    sources: tuple[TerminalSource, ...]
    alike: tuple[int, ...]
    is_listed: bool


@dataclass(slots=True)
class AnswerKey:
    """What is known of the rows that answer alike: their class, what is computed for them.

    Of one that lacks facts, `open` has what can still come out. `asked` counts the rows of which
    the engine was asked in its usual way; `first` is the request from which the class was found,
    and `mark` the mark of a row that told the same (`row_marks`).
    """

    number: int
    status: Status | None
    term: Term | None
    asked: int
    first: Mapping[str, Any]
    open: OpenOutcome | None = None
    mark: int | None = None

    @property
    def is_unsure(self) -> bool:
        """Whether the engine is to be asked of a second row."""
        return self.asked < 2 and self.number != BY_ENGINE


class MetKeys:
    """The keys of rows by their places: numbers of classes and what else is asked of all of them.

    Those of which all that is the same are one, however their rows were told apart. `outcomes` are
    those that can still come out, each once; `left` has the number of the class of each key, and of
    what is left open; of those that are `unsure` the engine is asked again.
    """

    def __init__(self, first: AnswerKey) -> None:
        self.keys: list[AnswerKey] = []
        self.unsure: set[int] = set()
        self.left: list[tuple[int, int]] = []
        self.outcomes: dict[OpenOutcome, int] = {}
        self._places: dict[tuple[int, ...], int] = {}
        self._columns: KeyColumns | None = None
        self.add(first)

    def add(self, key: AnswerKey, residual: int = BY_ENGINE, ties: int = 0) -> int:
        """Take a key; gives its place, or that of the one that says the same.

        `residual` numbers what is left open, and `ties` counts in how many ways told values bound
        that. The same key may have several.
        """
        outcome, is_known = BY_ENGINE, key.number != BY_ENGINE
        if key.open is not None and is_known:
            outcome = self.outcomes.setdefault(key.open, len(self.outcomes))
        is_settled = is_known and key.status is Status.DETERMINED
        is_sound = is_known and key.status is not Status.REFUSED
        said = (key.number, is_settled, is_sound, outcome, residual, ties)
        place = self._places.setdefault(said, len(self.keys))
        if place == len(self.keys):
            if key.is_unsure:
                self.unsure.add(place)
            self.keys.append(key)
            self.left.append((key.number, residual))
            self._columns = None
        return place

    @property
    def columns(self) -> KeyColumns:
        """What there is of each key, by its place."""
        if self._columns is None:
            numbers, settled, sound, *rest = np.array([*self._places], np.int32).T.copy()
            self._columns = KeyColumns(numbers, settled.astype(bool), sound.astype(bool), *rest)
        return self._columns


class KeyColumns(NamedTuple):
    """By the place of a key the number of its class, and whether that is settled, or refused.

    And the place of the outcome that can still come out, the number of what is left open, and in
    how many ways told values bound that.
    """

    numbers: Array
    settled: Array
    sound: Array
    outcomes: Array
    residuals: Array
    ties: Array


@dataclass(slots=True)
class DecisionKeys:
    """One decision of a version, and the keys that were met so far.

    `open_keys` are those of rows that lack facts, by their places; None where values are read,
    which they do not tell apart. `hangs_on` says which of the answers make a class; `cited` are the
    decisions by which its clauses are chosen, or whose clauses it may cite.
    """

    decision: Decision
    is_computed: bool
    numbered: Numbered
    details: Details
    reads: tuple[str, ...]
    rests_on: frozenset[str]
    cited: frozenset[str]
    terms: Mapping[str, Term]
    keys: AnsweredKeys[AnswerKey]
    hangs_on: HangsOn
    open_keys: RowAnswers | None

    @property
    def formulas(self) -> Iterator[Term]:
        """What is computed."""
        return (term for term in self.terms.values() if not isinstance(term, Constant))

    @property
    def is_by_rows(self) -> bool:
        """Whether columns cannot tell it: a list of items that are computed."""
        return self.is_computed and self.decision.kind.lists_items

    @property
    def are_all_alike(self) -> bool:
        """Whether rows that tell all and others are told apart by the same answers."""
        return self.open_keys is not None and not self.is_computed

    def key(self, decided: Decided) -> AnswerKey:
        """The key of rows that answer as one that tells all, which the engine decided."""
        record, told = self.record(decided), decided.when[2]
        term, number = self._term(record), BY_ENGINE
        if self._is_of_all(record, term):
            number = self.numbered.number(record, told)  # type: ignore[arg-type]
        return AnswerKey(number, record.status, term, 1, told)  # type: ignore[arg-type]

    def _term(self, record: ClassRecord) -> Term | None:
        """What gives the outcome, where one term does."""
        terms = {self.terms[rule] for rule in record.rules if rule in self.terms}
        return terms.pop() if len(terms) == 1 else None

    def _is_of_all(self, record: ClassRecord, term: Term | None) -> bool:
        """Whether it is the record of every row that answers alike."""
        if record.status is Status.DETERMINED:
            return term is not None or not self.is_computed
        if record.refused is None or record.refused.problem.code not in FOR_EVERY_ROW:
            return False
        return not self.is_computed or record.refused.problem.code == "gap"

    def record(self, decided: Evaluated) -> ClassRecord:
        """The class of a row, as the engine decided it."""
        outcome = decided[self.decision.name]
        return class_record(
            decided.version, outcome, is_computed=self.is_computed, details=self.details
        )

    def ask_again(
        self,
        keys: Sequence[AnswerKey],
        unsure: set[int],
        of: Array,
        places: Array | None,
        rows: Rows,
        may_differ: Callable[[Decided, AnswerKey], bool] = lambda decided, key: False,
    ) -> None:
        """Ask the engine of another row of each key of which it was not asked twice.

        Their places are `unsure`, and are taken out of it then. `of` has the key of each of the
        rows at `places` (None: of all). The answer must be of the same class. Raises
        WitnessesDiffer where it is not, unless it `may_differ`.
        """
        if not unsure:
            return
        is_unsure = np.zeros(len(keys), bool)
        is_unsure[[*unsure]] = True
        here = np.flatnonzero(is_unsure.take(of))
        met, from_end = np.unique(of[here[::-1]], return_index=True)
        last = here[len(here) - 1 - from_end]
        last = last if places is None else places[last]
        several = zip(met.tolist(), last.tolist(), rows.marks(last), strict=True)
        new = [(key, row, mark) for at, row, mark in several if mark != (key := keys[at]).mark]
        rows.ask.prepare([row for _, row, _ in new])
        for key, row, mark in new:
            if key.is_unsure:  # it may stand at several places
                self._ask_again(key, row, rows.ask, mark, may_differ)
        unsure.difference_update([at for at in met.tolist() if not keys[at].is_unsure])

    def _ask_again(
        self,
        key: AnswerKey,
        row: int,
        ask: Ask,
        mark: int,
        may_differ: Callable[[Decided, AnswerKey], bool],
    ) -> None:
        is_other = ask.told(row) != key.first
        if not is_other:
            key.mark = mark
        if key.asked and not is_other:
            return
        decided = ask(row)
        record, known = self.record(decided), self.numbered.records[key.number]
        if record != known and not may_differ(decided, key):
            rows = f"{key.first!r}: {known!r}\n{decided.when[2]!r}: {record!r}"
            raise WitnessesDiffer(f"rows of one class are decided differently:\n{rows}")
        key.asked = 2 if is_other else 1


def decision_keys(
    evaluator: Evaluator,
    name: str,
    names: Mapping[str, tuple[bool, Numbered]],
    shared: SharedAxes,
    details: Details,
) -> DecisionKeys:
    """The decision, its tests, and what it reads.

    `names` says of each decision whether it is computed, and where its classes go; they tell
    those `details`.
    """
    version = evaluator.version
    is_computed, numbered = names[name]
    decision = version.decisions[name]
    tests: dict[Test, Test] = {}
    reads = dict.fromkeys((*(one.name for one in version.built_on(decision)), *decision.ask_for))
    for rule in decision.every_rule():
        for test in tests_within(*rule.conditions, rule.then):
            tests.setdefault(replace(test, place=None), test)
    hangs_on = _hangs_on(evaluator, decision, reads, details)
    axes = tuple(axes_of(version, tests, hangs_on.classes, names, shared))
    terms = (rule.then for rule in decision.every_rule())
    cited = frozenset[str]() if details == "rules" else cited_by(version, decision)
    asked = decision.ask_for if details == "all" else ()
    open_axes = open_axes_of(decision, axes, (*asked, *sorted(cited)), shared)
    # How a value was computed, its class does not say, nor does what is left of it.
    reads_values = any(names[one][0] for one in {*reads, *decisions_of(*tests, *terms)})
    # Nor how far values told answer a test that lacks others.
    comparisons = (one for one in tests if isinstance(one, Comparison))
    reads_values |= any(may_answer(comparison, version.types) for comparison in comparisons)
    return DecisionKeys(
        decision,
        is_computed,
        numbered,
        details,
        tuple(reads),
        evaluator.behind[name] - {name},
        cited,
        {rule.id: rule.then for rule in decision.every_rule()},
        AnsweredKeys(axes),
        hangs_on,
        None if reads_values else RowAnswers(tuple(open_axes)),
    )


def with_earlier(evaluator: Evaluator, names: Iterable[str]) -> set[str]:
    """The decisions of the version, with all those on which they rest or for which they ask."""
    decisions = evaluator.version.decisions
    found = set(names) & decisions.keys()
    waiting = list(found)
    while waiting:
        name = waiting.pop()
        more = {*(evaluator.behind[name] & decisions.keys()), *decisions[name].ask_for} - found
        found |= more
        waiting += more
    return found


def _hangs_on(
    evaluator: Evaluator, decision: Decision, reads: Iterable[str], details: Details
) -> HangsOn:
    """What the class of a row hangs on where all is told (`evaluation.told_trace`).

    The rules that count hang on conditions, and so do the clauses of citations. A rule without
    clauses cites those of the decisions by whose tests it came to apply, `otherwise` those by which
    the others did not; and so it is with readings.
    """
    version, rules, leaning = evaluator.version, list(decision.every_rule()), evaluator.leaning
    conditions = [condition for rule in rules for condition in rule.conditions]
    conditions += tests_within(*(rule.then for rule in rules))
    if details == "rules":
        return HangsOn(tuple(conditions), ())
    bare = [rule for rule in rules if not rule.clauses] if version.clauses else []
    is_leaning = decision.name in leaning and details == "all"
    is_of_all = decision.otherwise in bare or (decision.otherwise is not None and is_leaning)
    resting = [
        test
        for test in tests_within(*(rule.when for rule in (rules if is_of_all else bare)))
        if decisions_of(test) or any(version.hours[name].readings for name in hours_of(test))
    ]
    rested = decisions_of(*resting, *(rule.then for rule in bare))
    if details == "all":
        rested |= {*decision.ask_for} | (leaning if is_leaning else frozenset())
    return HangsOn((*conditions, *resting), tuple(one for one in reads if one in rested))


class HangsOn(NamedTuple):
    """The conditions, and the classes of earlier decisions, of which the same makes one class."""

    conditions: tuple[Condition, ...]
    classes: tuple[str, ...]

    def kinds(self, rows: Array, terms: VectorTerms, earlier: Earlier) -> Iterator[object]:
        """What there is of each row."""
        nothing, everything = np.zeros(len(rows), bool), np.ones(len(rows), bool)
        there = terms.at(rows)

        def test(one: Test, holds: bool) -> Array:
            return np.asarray(there.test(one)[0] == holds)

        def every(parts: list[Array]) -> Array:
            found: Array = np.logical_and.reduce([everything, *parts])
            return found

        def some(parts: list[Array]) -> Array:
            found: Array = np.logical_or.reduce([nothing, *parts])
            return found

        holds = [fold(one, test, every, some).tolist() for one in dict.fromkeys(self.conditions)]
        classes = [earlier[name].classes[rows].tolist() for name in self.classes]
        return zip(everything.tolist(), *holds, *classes, strict=True)
