"""From columns of facts to columns of decisions, cell for cell what `policy.decide` says."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, get_args

import numpy as np
import pyarrow as pa

from reglament.columnar.batch_columns import BatchColumns, SharedColumns
from reglament.columnar.decided_columns import DecidedColumns, Problems, arrow_type
from reglament.columnar.judged_rows import JudgedVersion
from reglament.columnar.keys.class_records import ClassRecord, Details, Numbered, RowRecord
from reglament.columnar.keys.version_keys import with_earlier
from reglament.columnar.reading.fact_columns import (
    FactColumn,
    MissingColumns,
    NullMeans,
    bound,
    columns_of,
)
from reglament.columnar.reading.vector_reader import VectorReader
from reglament.columnar.reading.version_choice import VersionChoice
from reglament.columnar.row_engine import Deciding, RowEngine
from reglament.columnar.vectors.vector_values import TOLD, Array, Vector
from reglament.decided import Decided
from reglament.evaluation.evaluator import Evaluator
from reglament.language.requests.asked_names import names_asked
from reglament.language.requests.request_reader import fact_table
from reglament.language.syntax.mismatch import shown
from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import Message, ticked
from reglament.model.decisions import Decision
from reglament.model.problems import refusal
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant

GIVEN, BY_FACT, BY_CLOCK = range(3)  # where the moment that chose the version came from


class ColumnEvaluator:
    """Decides batches of rows by a policy; not to be shared between threads.

    A column tells the fact of its name, or that to which `mapping` leads from its name; fields
    of a struct are named with dots. A null is a fact that is missing, or, with `null="told"`,
    told to be null where the fact may be; a boolean column `<fact>.told` says it row by row.
    Facts without a column are missing only with `missing_columns="allow"`.

    `lines` names files with the items of lists, `lines_key` the column that says whose they are.

    With `at` every row is decided by the version in force then. Else the version is chosen
    by the policy's fact; where a row does not tell it, by one clock for the whole run.
    With `only`, a name or several, other decisions are left out, and so are the columns of facts
    that take no part in those named: what is wrong there is not looked at.

    Classes tell of reasons what `details` says: those that tell less are fewer, and sooner found.

    What rows share is numbered: `classes`, `row_records` and `problems` grow as batches come,
    `class_counts` and `class_witnesses` say of how many rows and of which request each is.
    """

    def __init__(
        self,
        policy: Deciding,
        *,
        only: Iterable[str] | None = None,
        at: datetime | date | str | None = None,
        null: NullMeans = "missing",
        missing_columns: MissingColumns = "refuse",
        mapping: Mapping[str, str] = MappingProxyType({}),
        lines: Mapping[str, str] = MappingProxyType({}),
        lines_key: str | None = None,
        clock: datetime | None = None,
        details: Details = "all",
    ) -> None:
        """Raises Refused for a name in `only` that is no decision, and for what is no option."""
        refuse_no_option("null", null, get_args(NullMeans))
        refuse_no_option("missing_columns", missing_columns, get_args(MissingColumns))
        refuse_no_option("details", details, get_args(Details))
        self.policy = policy
        self.versions = policy.versions
        self.only = None if only is None else names_asked(only)
        self.decisions = _asked(self.versions, self.only)
        self.facts = _every_fact(self.versions)
        self.lists = {name: one for version in self.versions for name, one in version.lists.items()}
        self.at = None if at is None else policy.moment(at)
        self.clock = clock or datetime.now(UTC)
        self.null, self.details = null, details
        self.missing_columns = missing_columns
        self.mapping = dict(mapping)
        self.lines, self.lines_key = dict(lines), lines_key
        self.value_types = {
            name: arrow_type(decision.outcome_type, self.versions[-1].zone)
            for name, decision in self.decisions.items()
            if any(_is_computed(version, name) for version in self.versions)
        }
        engine = RowEngine(policy, self.at, self.clock, self.only)
        self.telling: set[str] = set()
        """The columns that tell facts, those of facts that take no part, too."""
        self._run = SharedColumns(engine, null, self.decisions, self.value_types, details)
        self._choice = VersionChoice(self.versions, self.at, self.clock)
        self._hidden = Numbered()
        self._judged = {version.version: self._judging(version) for version in self.versions}
        self.rows_by_engine = 0

    # What rows share

    @property
    def columns(self) -> tuple[FactColumn, ...]:
        """The columns that tell facts which take part in what is asked."""
        return self._run.columns

    @property
    def classes(self) -> list[ClassRecord]:
        """The classes met so far, by number."""
        return self._run.classes.records

    @property
    def class_counts(self) -> list[int]:
        """For each class how many rows are of it."""
        return self._run.classes.counts

    @property
    def class_witnesses(self) -> list[Mapping[str, Any]]:
        """For each class the request of a row of it."""
        return self._run.classes.witnesses

    @property
    def row_records(self) -> list[RowRecord]:
        """Versions and notes met so far, by number."""
        return self._run.rows.records

    @property
    def problems(self) -> list[Problems]:
        """Why rows were refused so far, by number."""
        return self._run.problems.records

    @property
    def problem_counts(self) -> list[int]:
        """For each reason how many rows were refused for it."""
        return self._run.problems.counts

    @property
    def problem_rows(self) -> list[int]:
        """For each reason the first row, from 1, that was refused for it."""
        return [witness["row"] for witness in self._run.problems.witnesses]

    @property
    def row_count(self) -> int:
        """How many rows were decided or refused, with those of before."""
        return self._run.row_count

    def go_on_after(self, rows: int) -> None:
        """Number rows on from those that were decided before."""
        self._run.row_count = rows

    # Deciding

    def bind(self, schema: pa.Schema) -> None:
        """Find the columns of facts. Raises Refused for those that do not fit."""
        required = self.facts_asked()
        facts = {name: (fact, self.lists.get(name)) for name, fact in self.facts.items()}
        found = bound(schema, facts, required, self.missing_columns, self.mapping)
        self.telling = columns_of(found)
        self._run.columns = tuple(one for one in found if one.fact.name in self._taking_part)

    def decide(
        self, batch: pa.RecordBatch | pa.Table, *, computes: bool = True, lists: bool = True
    ) -> DecidedColumns:
        """The decisions about each row of a batch with the columns that were bound.

        If not `computes`, no values of decisions are made: for those who count classes alone. If
        not `lists`, it is not listed which of them are possible.
        """
        batch_columns = BatchColumns(self._run, batch)
        wanted = dict.fromkeys(self.value_types, lists) if computes else {}
        chosen, odd = self._chosen(batch)
        source = np.full(batch.num_rows, GIVEN if self.at is not None else BY_CLOCK)
        if chosen is not None and self.at is None:
            source = np.where(chosen.state == TOLD, BY_FACT, BY_CLOCK)
        for version, places in self._choice.parts(chosen, odd, batch.num_rows):
            if version is not None:
                batch_columns.judge(self._judged[version.version], places, source, wanted)
        batch_columns.decide_rest()
        self._run.row_count += batch.num_rows
        self.rows_by_engine += batch_columns.by_engine
        return batch_columns.columns(wanted)

    def decide_row(self, request: Mapping[str, Any]) -> Decided:
        """What the policy decides of one request, as of the moment of the run. Raises Refused."""
        return self._run.engine.decide(request)

    def _chosen(self, batch: pa.RecordBatch | pa.Table) -> tuple[Vector | None, Array | None]:
        """What tells the version of each row, and where that is odd."""
        newest = self.versions[-1]
        column = next((one for one in self.columns if one.fact.name == newest.chosen_by), None)
        if column is None or newest.chosen_by not in newest.facts:
            return None, None
        reader = VectorReader(fact_table(newest), self.null)
        read = reader.read(batch, column, newest.facts[newest.chosen_by])
        return read.vector, read.odd

    def _judging(self, version: Version) -> JudgedVersion:
        evaluator: Evaluator = self.policy.evaluator(version)
        names: dict[str, tuple[bool, Numbered]] = {}
        for name in with_earlier(evaluator, self.decisions):
            if lists_behind(evaluator, name):
                continue  # left to the engine, row by row
            if name in self.decisions:
                names[name] = name in self.value_types, self._run.classes
            else:
                names[name] = _is_computed(version, name), self._hidden
        records = self._run.rows
        return JudgedVersion(evaluator, names, self.null, records, self.details)

    def facts_asked(self, *, with_reasons: bool = False) -> dict[str, Fact]:
        """The facts that take part in what is asked, or in its reasons; without `only`, all."""

        def names(version: Version) -> Iterable[str]:
            asked = self.decisions.keys() & version.decisions.keys()
            if not with_reasons:
                return asked
            behind = self.policy.evaluator(version).behind
            return set[str]().union(*map(behind.__getitem__, asked)) & version.decisions.keys()

        return self._facts_behind(names)

    @cached_property
    def _taking_part(self) -> Container[str]:
        """The same, with those of decisions asked for beside and what chooses the version."""
        chosen = {version.chosen_by for version in self.versions}
        return (
            chosen
            | self._facts_behind(
                lambda version: with_earlier(self.policy.evaluator(version), self.decisions)
            ).keys()
        )

    def _facts_behind(self, names: Callable[[Version], Iterable[str]]) -> dict[str, Fact]:
        if self.only is None:
            return self.facts
        found = set[str]()
        for version in self.versions:
            found |= {version.chosen_by} if self.at is None else set()
            for name in names(version):
                found |= version.facts_behind(name)
        return {name: fact for name, fact in self.facts.items() if name in found}


def _asked(versions: tuple[Version, ...], only: tuple[str, ...] | None) -> dict[str, Decision]:
    """The decisions that are asked for, as the newest version that has them says."""
    known: dict[str, Decision] = {}
    for version in versions:
        known.update(version.decisions)
    shown = {name: decision for name, decision in known.items() if not decision.is_internal}
    if only is None:
        return shown
    for name in only:
        if name not in known:
            message = Message("unknown-decision", name=short(name))
            listed = ticked(shown)
            hint = suggestion(name, shown) or Message("decisions-listed", listed=listed)
            raise refusal("unknown-decision", message, hint)
    return {name: decision for name, decision in known.items() if name in only}


def refuse_no_option(name: str, given: object, options: tuple[object, ...]) -> None:
    """Raises Refused for a value that the option does not have."""
    if given not in options:
        listed = ticked(options)
        message = Message("option-one-of", name=name, listed=listed, given=shown(given))
        raise refusal("wrong-option", message)


def lists_behind(evaluator: Evaluator, name: str) -> tuple[str, ...]:
    """The lists of things of which the decision, or one for which it asks, says something."""
    version = evaluator.version
    named = with_earlier(evaluator, [name]) if version.lists else ()
    return tuple(one for one in version.lists if any(one in version.facts_behind(n) for n in named))


def _every_fact(versions: tuple[Version, ...]) -> dict[str, Fact]:
    """The facts of all versions, as the newest that has them says."""
    return {name: fact for version in versions for name, fact in version.told_facts.items()}


def _is_computed(version: Version, name: str) -> bool:
    """Whether some outcome of the decision is no constant of the policy."""
    decision = version.decisions.get(name)
    rules = () if decision is None else decision.every_rule()
    return any(not isinstance(rule.then, Constant) for rule in rules)
