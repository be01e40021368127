"""How often what is decided: outcomes by decision, rules, clauses and months, no row written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from reglament.batch.opening import opened_columns
from reglament.batch.row_moments import moments_of
from reglament.batch.run import Progress
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.decided_columns import DecidedColumns
from reglament.columnar.keys.class_records import ClassRecord
from reglament.columnar.layouts import outcome_text
from reglament.model.outcomes import Status

RECKONED: Final = "…"
"""What stands for the outcomes of a decision that are computed row by row."""


@dataclass(slots=True)
class OutcomeCounts:
    """The counts, each with the most frequent first; a rule counts once for each row."""

    rows: int = 0
    refused: int = 0
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    clauses: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain values."""
        return {
            "rows": self.rows,
            "refused": self.refused,
            "outcomes": {name: dict(one) for name, one in self.outcomes.items()},
            "rules": dict(self.rules),
            "clauses": dict(self.clauses),
            "months": dict(self.months),
        }


def counted(
    evaluator: ColumnEvaluator, name: str, query: str | None, progress: Progress
) -> OutcomeCounts:
    """The counts over the table of that name. Raises Refused."""
    counts, source, parts = OutcomeCounts(), *opened_columns(evaluator, name, query)
    for part in parts:
        for batch in part.read():
            decided = evaluator.decide(batch, computes=False)
            _count_months(counts, evaluator, batch, decided)
            counts.rows += batch.num_rows
            progress(counts.rows, source.rows)
    counts.refused = sum(evaluator.problem_counts)
    for record, rows in zip(evaluator.classes, evaluator.class_counts, strict=True):
        outcomes = counts.outcomes.setdefault(record.decision, Counter())
        outcomes[outcome_of(evaluator, record)] += rows
        counts.rules.update(dict.fromkeys(record.rules, rows))
        counts.clauses.update(dict.fromkeys(record.clauses, rows))
    _sort(counts, evaluator)
    return counts


def outcome_of(evaluator: ColumnEvaluator, record: ClassRecord) -> str:
    """An outcome as counts have it: undetermined ones with what is possible."""
    decision = evaluator.decisions[record.decision]
    if record.status is Status.DETERMINED:
        is_computed = record.decision in evaluator.value_types
        return RECKONED if is_computed else outcome_text(decision, record.outcome) or "null"
    if record.possible is None:
        return str(record.status)
    possible = " | ".join(outcome_text(decision, value) or "null" for value in record.possible)
    return f"{record.status}: {possible}" if possible else str(record.status)


def _count_months(
    counts: OutcomeCounts,
    evaluator: ColumnEvaluator,
    batch: pa.RecordBatch,
    decided: DecidedColumns,
) -> None:
    """Rows by the month of the fact that chooses the version, in the policy's zone."""
    moments = moments_of(evaluator, batch)
    if moments is None:
        return
    months = pc.strftime(moments.filter(pc.is_null(decided.errors)), "%Y-%m")
    for one in pc.value_counts(months).to_pylist():
        if one["values"] is not None:
            counts.months[one["values"]] += one["counts"]


def _sort(counts: OutcomeCounts, evaluator: ColumnEvaluator) -> None:
    counts.outcomes = {
        name: Counter(dict(counts.outcomes[name].most_common()))
        for name in evaluator.decisions
        if name in counts.outcomes
    }
    counts.rules = Counter(dict(counts.rules.most_common()))
    counts.clauses = Counter(dict(counts.clauses.most_common()))
    counts.months = Counter(dict(sorted(counts.months.items())))
