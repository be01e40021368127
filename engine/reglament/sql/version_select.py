"""One version as a chain of selects: facts read, tests asked, steps walked, classes looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from reglament.columnar.column_evaluator import lists_behind
from reglament.columnar.vectors.vector_values import MISSING, NULL, TOLD
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.too_large import TooLarge
from reglament.diagram.solver.formula_ranges import is_in_order, may_settle
from reglament.evaluation.evaluator import Evaluator
from reglament.messages import Message
from reglament.model.conditions import Within
from reglament.model.decisions import Decision, cone
from reglament.model.outcomes import RESTS_ON_REFUSED, Status
from reglament.model.terms import Term
from reglament.model.values import Kind
from reglament.model.visitor import facts_of
from reglament.sql.column_codes import ColumnCodes
from reglament.sql.columns_asked import Asked, AskedTest, asked_by
from reglament.sql.decision_classes import (
    LEFT,
    OUTSIDE_CALENDAR,
    Classifier,
    DecisionClass,
    joint_diagram,
)
from reglament.sql.dialects import Dialect, Unsayable
from reglament.sql.outcome_columns import as_outcome, cases, computed, of_text
from reglament.sql.read_facts import FactReader, SourceColumns
from reglament.sql.reason_diagrams import ReasonDiagrams, ReasonsAt, SqlReasons, ToldWalker
from reglament.sql.residual_steps import Walk, Walker
from reglament.sql.shared_tables import SharedTables
from reglament.sql.written_numbers import Written
from reglament.sql.written_terms import TermWriter

CELLS: Final = ("", ".status", ".rules", ".possible", ".refused")
REASON_COLUMNS: Final = ("clauses", "readings", "because_rules")
DETERMINED, UNDETERMINED, REFUSED = Status


def cells_asked(with_reasons: bool) -> tuple[str, ...]:
    """What stands behind the name of a decision in the names of its columns."""
    return (*CELLS, *(f".{name}" for name in REASON_COLUMNS if with_reasons))


@dataclass(slots=True)
class _Planned:
    """One decision: its steps, and of each end its class by number; so for its reasons, if asked.

    Of the `terms` that give outcomes those numbered in `ranged` may be settled though they lack
    facts.
    """

    decision: Decision
    walk: Walk
    classes: list[DecisionClass]
    terms: tuple[tuple[Term, ...], ...]
    ranged: frozenset[int]
    reasons: tuple[Walk, list[SqlReasons]] | None = None


@contextmanager
def _noting(why: dict[str, Message], name: str, too_large: str = "sql-too-large") -> Iterator[None]:
    """Notes why the decision cannot be said."""
    try:
        yield
    except Unsayable as unsayable:
        why[name] = unsayable.why
    except TooLarge:
        why[name] = Message(too_large)


class VersionSelect:
    """Writes what one version decides of the rows that it judges."""

    def __init__(
        self,
        evaluator: Evaluator,
        dialect: Dialect,
        source: SourceColumns,
        shared: SharedTables,
        *,
        with_reasons: bool = False,
    ) -> None:
        self.with_reasons = with_reasons
        self.evaluator, self.dialect, self.shared = evaluator, dialect, shared
        self.version = evaluator.version
        self.reader = FactReader(self.version, dialect, source)
        self.places = {name: place for place, name in enumerate(self.version.facts)}
        values = {name: f"v{place}" for name, place in self.places.items()}
        self.terms = TermWriter(self.version, dialect, values, shared.calendar, shared.names)
        self.planned: dict[str, _Planned] = {}
        self.asked: list[Asked] = []
        self.codes = ColumnCodes(self.terms, self.places)
        self._made: dict[str, str] = {}

    # What is said

    def plan(self, wanted: Sequence[str]) -> dict[str, Message]:
        """Plan the decisions, and those that they build on; why some cannot be said.

        What the engine made of the policy's own decisions is not told apart from them.
        """
        decisions = self.version.decisions
        names = cone(decisions, self._needed(wanted))
        roots: dict[str, Node] = {}
        why: dict[str, Message] = {}
        for name in names:
            with _noting(why, name):
                self._refuse_unreadable(decisions[name])
                roots[name] = joint_diagram(self.evaluator.diagrams, decisions[name])
        forest = self.evaluator.diagrams.forest
        self.asked = asked_by(self.version, forest, roots.values())
        for name, root in roots.items():
            earlier = [decision.name for decision in self.version.built_on(decisions[name])]
            lacking = next((one for one in earlier if one in why), None)
            with _noting(why, name):
                if lacking is not None:
                    raise Unsayable(Message("sql-rests-on", name=lacking))
                self.planned[name] = self._planned(decisions[name], root)
        if self.with_reasons:
            self._plan_reasons(why)
        return {name: message for name, message in why.items() if not decisions[name].is_internal}

    def _needed(self, wanted: Sequence[str]) -> Iterator[str]:
        """The decisions wanted; for their reasons those, too, by which clauses are picked alone."""
        for name in wanted:
            behind = self.evaluator.behind[name] if self.with_reasons else frozenset[str]()
            yield from (name, *(behind & self.version.decisions.keys()))

    def _plan_reasons(self, why: dict[str, Message]) -> None:
        """Plan the steps to the reasons of each decision; why those of some cannot be said."""
        diagrams, roots = ReasonDiagrams(self.evaluator), dict[str, Node]()
        for name in self.planned:
            with _noting(why, name, "sql-reasons-too-large"):
                roots[name] = diagrams.of[name]
        forest = self.evaluator.diagrams.forest
        asked = asked_by(self.version, forest, roots.values())
        for name, root in roots.items():
            at = ReasonsAt(diagrams)
            with _noting(why, name, "sql-reasons-too-large"):
                walker = ToldWalker(forest, root, asked, at.settle)
                for column in walker.columns:
                    self.codes.code(column)
                walk = walker.walk()
                self.planned[name].reasons = walk, [at.of(end) for end in walk.ends]

    def _refuse_unreadable(self, decision: Decision) -> None:
        if lists := lists_behind(self.evaluator, decision.name):
            raise Unsayable(Message("sql-of-each", list=lists[0]))
        if decision.outcome_type.kind is Kind.PERIOD:
            raise Unsayable(Message("sql-value"))
        for name in sorted(self.version.facts_behind(decision.name) & self.version.facts.keys()):
            self.reader.read(self.version.facts[name], "", "")

    def _planned(self, decision: Decision, root: Node) -> _Planned:
        forest = self.evaluator.diagrams.forest
        classifier = Classifier(forest, decision)
        walker = Walker(forest, root, self.asked, classifier.settle)
        for column in walker.columns:
            self.codes.code(column)
        walk = walker.walk()
        classes = [classifier.classes[end] for end in walk.ends]
        if not self._is_calendar_alone(walker.columns):
            classes = [
                DecisionClass(LEFT) if one.refused == OUTSIDE_CALENDAR else one for one in classes
            ]
        terms = tuple(dict.fromkeys(one.terms for one in classes if one.terms))
        for several in terms:
            for term in several if len(several) == 1 else ():
                as_outcome(self.dialect, decision, self.terms.term(term))
        bounded = frozenset[str]().union(*(one.facts for one in walker.columns if one.may_bound))
        ranged = (n for n, some in enumerate(terms, start=1) if self._may_settle(some, bounded))
        return _Planned(decision, walk, classes, terms, frozenset(ranged))

    def _may_settle(self, terms: Sequence[Term], bounded: frozenset[str]) -> bool:
        """Whether told values may settle one of the terms, by what it is or by bounds of facts."""
        types = self.version.types
        in_order = [term for term in terms if is_in_order(term, types)]
        return any(may_settle(term, types) or facts_of(term) & bounded for term in in_order)

    def _is_calendar_alone(self, columns: Sequence[Asked]) -> bool:
        """Whether a test that cannot be computed always lies past a calendar."""
        tests = [one.test for one in columns if isinstance(one, AskedTest) and one.may_be_unknown]
        return all(isinstance(test, Within) for test in tests)

    # Facts

    def told(self, keep: Sequence[str]) -> str:
        """The facts of the rows of this version: the state, the value and the error of each."""
        columns = list(keep)
        for name, at in self.places.items():
            read = self.reader.read(self.version.facts[name], f"r{at}", f"t{at}")
            state, value = self._assumed(name, read.state, read.value)
            columns += [f"{state} AS s{at}", f"{value} AS v{at}", f"{read.error} AS e{at}"]
        return ", ".join(columns)

    def _assumed(self, name: str, state: str, value: str) -> tuple[str, str]:
        if name not in self.version.assumed:
            return state, value
        told = self.version.assumed[name]
        if told is None:
            return f"CASE {state} WHEN {MISSING} THEN {NULL} ELSE {state} END", value
        said = self.codes.literal(told)
        return (
            f"CASE {state} WHEN {MISSING} THEN {TOLD} ELSE {state} END",
            f"CASE {state} WHEN {MISSING} THEN {said} ELSE {value} END",
        )

    # The selects

    def selects(self, prefix: str, start: str, keep: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Each select by its name, the last one of what is said; `start` has the facts told."""
        before = start
        for depth, layer in enumerate(self.terms.layers):
            name = f"{prefix}_x{depth}"
            made = ", ".join(f"{one.sql} AS {one.name}" for one in layer)
            joined = " ".join(one.joined for one in layer if one.joined)
            yield name, f"SELECT f.*, {made} FROM {before} AS f {joined}"
            before = name
        yield f"{prefix}_codes", self._coded(before, keep)
        yield f"{prefix}_said", self._walked(f"{prefix}_codes", keep)
        yield f"{prefix}_out", self._last(f"{prefix}_said", keep)

    def _coded(self, before: str, keep: Sequence[str]) -> str:
        """The numbers of the columns, and of each term its value and what it may lack."""
        made = {sql: f"c{at}" for at, sql in enumerate(self.codes.made.values())}
        made[self._edge()] = "edge"
        for one in self.planned.values():
            if one.reasons is not None:
                self._named(made, "l", self._lacking(one))
            for terms in one.terms:
                self._named(made, "l", self.codes.some(facts_of(*terms), MISSING))
                for term in terms if len(terms) == 1 else ():
                    written = self.terms.term(term)
                    self._named(made, "d", written.sql)
                    if written.refused is not None:
                        self._named(made, "w", written.refused)
        self._made = made
        columns = [f"{sql} AS {name}" for sql, name in made.items()]
        return f"SELECT {', '.join([*keep, 'error', *columns])} FROM {before} AS f"

    def _lacking(self, one: _Planned) -> str:
        """Whether a fact is missing on which the reasons of the decision rest."""
        behind = self.evaluator.behind[one.decision.name]
        return self.codes.some(behind & self.version.facts.keys(), MISSING)

    def _named(self, made: dict[str, str], letter: str, sql: str) -> None:
        made.setdefault(sql, f"{letter}{len(made)}")

    def _edge(self) -> str:
        facts = dict.fromkeys(
            name
            for one in self.asked
            if isinstance(one, AskedTest) and one.free
            for name in sorted(one.facts)
        )
        edges = [self.reader.edge(self.version.facts[name], f"v{self.places[name]}")
                 for name in facts]  # fmt: skip
        return f"({' OR '.join(edges)})" if edges else "FALSE"

    def _at(self, name: str) -> int:
        return list(self.planned).index(name)

    def _walked(self, before: str, keep: Sequence[str]) -> str:
        """Every decision: the steps joined one after another, then the class."""
        names, joins = self.shared.names, list[str]()
        columns = [f"f.{name}" for name in keep] + ["f.error"]
        numbers = {column: self._column(sql) for column, sql in self.codes.made.items()}
        for name, planned in self.planned.items():
            at = self._at(name)
            ids = self._class_ids(planned)
            last = self.shared.stepped(planned.walk, ids, numbers, joins)
            joins.append(f"LEFT JOIN {names['classes']} AS k{at} ON k{at}.class = {last}")
            columns += self._said(planned, at)
            if planned.reasons is not None:
                walk, ends = planned.reasons
                last = self.shared.stepped(walk, self._reason_ids(planned, ends), numbers, joins)
                joins.append(f"LEFT JOIN {names['reasons']} AS n{at} ON n{at}.reason = {last}")
                columns += [f"n{at}.{name} AS {name}{at}" for name in REASON_COLUMNS]
                columns.append(f"{self._column(self._lacking(planned))} AS z{at}")
        return f"SELECT {', '.join(columns)} FROM {before} AS f {' '.join(joins)}"

    def _reason_ids(self, one: _Planned, ends: Sequence[SqlReasons]) -> list[int | None]:
        """The numbers of reasons; none of what is not said."""
        ids: list[int | None] = []
        for end in ends:
            ids.append(len(self.shared.reasons) + 1 if end.is_said else None)
            if end.is_said:
                row = (ids[-1], one.decision.name, self.version.version, *end.cells)
                self.shared.reasons.append(row)
        return ids

    def _class_ids(self, one: _Planned) -> list[int]:
        ids = []
        numbers = {terms: number for number, terms in enumerate(one.terms, start=1)}
        for class_ in one.classes:
            ids.append(len(self.shared.classes) + 1)
            term = numbers[class_.terms] if class_.terms else None
            self.shared.classes.append(
                (
                    ids[-1], one.decision.name, self.version.version, str(class_.status),
                    class_.outcome, class_.possible, class_.rules, class_.refused, term,
                    class_.is_bound, class_.may_rest,
                )
            )  # fmt: skip
        return ids

    def _said(self, planned: _Planned, at: int) -> list[str]:
        """The status of a decision, what it comes to, and the reasons of its class."""
        k, decision = f"k{at}", planned.decision
        status, why = f"{k}.status", f"{k}.refused"
        outcome = of_text(self.dialect, decision, f"{k}.outcome")
        lacks: dict[int, str] = {}
        values: dict[int, Written] = {}
        reasons: dict[int, str] = {}
        for number, terms in enumerate(planned.terms, start=1):
            lacks[number] = self._column(self.codes.some(facts_of(*terms), MISSING))
            if len(terms) == 1:
                written = self.terms.term(terms[0])
                values[number] = replace(written, sql=self._column(written.sql))
                if written.refused is not None:
                    reasons[number] = self._column(written.refused)
        if lacks:
            lacking = cases(f"{k}.term", lacks)
            is_null = ""
            if values:
                value, outcome = computed(self.dialect, decision, f"{k}.term", values, outcome)
                is_null = f" WHEN {k}.status = '{DETERMINED}' AND {value} IS NULL THEN '{REFUSED}'"
            settled = ", ".join(map(str, sorted(planned.ranged)))
            ranged = f" WHEN {k}.term IN ({settled}) AND {lacking} THEN '{LEFT}'" * bool(settled)
            status = (
                f"CASE WHEN {k}.term IS NULL THEN {k}.status{ranged}"
                f" WHEN {lacking} THEN '{UNDETERMINED}'{is_null}"
                f" WHEN {k}.status = '{DETERMINED}' THEN '{DETERMINED}' ELSE '{LEFT}' END"
            )
        if reasons:
            why = cases(f"{k}.term", reasons, why)
        whole = (
            f"CASE WHEN {k}.class IS NULL OR ({k}.is_bound AND f.edge) THEN '{LEFT}'"
            f" ELSE {status} END"
        )
        return [
            f"{whole} AS a{at}", f"{outcome} AS o{at}", f"{k}.rules AS u{at}",
            f"{k}.possible AS p{at}", f"{why} AS y{at}", f"{k}.term AS q{at}",
            f"{k}.may_rest AS h{at}",
        ]  # fmt: skip

    def _column(self, sql: str) -> str:
        return f"f.{self._made[sql]}"

    def _last(self, before: str, keep: Sequence[str]) -> str:
        columns = list(keep)
        for name, one in self.planned.items():
            at = self._at(name)
            status, why = f"a{at}", f"y{at}"
            earlier = [self._at(e.name) for e in self.version.built_on(one.decision)]
            if earlier:
                rests = " OR ".join(f"a{e} = '{REFUSED}'" for e in earlier)
                left = " OR ".join(f"a{e} = '{LEFT}'" for e in earlier)
                may = f"a{at} = '{REFUSED}' AND h{at}"
                why = f"CASE WHEN {may} AND ({rests}) THEN '{RESTS_ON_REFUSED}' ELSE {why} END"
                status = f"CASE WHEN {may} AND ({left}) THEN '{LEFT}' ELSE {status} END"
            columns += [f"{status} AS a{at}", f"{why} AS y{at}"]
            columns += [f"{letter}{at}" for letter in "oupq"]
            if one.reasons is not None:
                is_told = self._is_told(one)
                columns += [f"CASE WHEN {is_told} THEN {letter}{at} END AS {letter}{at}"
                            for letter in REASON_COLUMNS]  # fmt: skip
        return f"SELECT {', '.join([*columns, 'error'])} FROM {before}"

    def _is_told(self, one: _Planned) -> str:
        """Whether all on which the reasons rest is told, and is decided."""
        behind = self.evaluator.behind[one.decision.name]
        return " AND ".join(
            [f"NOT z{self._at(one.decision.name)}"]
            + [f"a{self._at(name)} = '{DETERMINED}'" for name in self.planned if name in behind]
        )

    def cells(self, name: str) -> list[str]:
        """The cells of a decision from the last select, empty where the row is refused."""
        if name not in self.planned:
            return ["NULL"] * len(cells_asked(self.with_reasons))
        at = self._at(name)
        fine = "error IS NULL"
        is_settled = f"a{at} IN ('{DETERMINED}', '{UNDETERMINED}')"
        is_computed = f"q{at} IS NOT NULL"
        reasons = [f"CASE WHEN {fine} THEN {name}{at} END" for name in REASON_COLUMNS]
        return [
            f"CASE WHEN {fine} AND a{at} = '{DETERMINED}' THEN o{at} END",
            f"CASE WHEN {fine} THEN a{at} END",
            f"CASE WHEN {fine} AND ({is_settled} OR a{at} = '{REFUSED}') THEN"
            f" CASE WHEN {is_computed} AND a{at} <> '{DETERMINED}' THEN '' ELSE u{at} END END",
            f"CASE WHEN {fine} AND {is_settled} THEN p{at} END",
            f"CASE WHEN {fine} AND a{at} = '{REFUSED}' THEN y{at} END",
            *(reasons if self.with_reasons else ()),
        ]
