"""From the classes of a run to a table that says what each of them is, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from reglament.batch.table_sinks import WrittenFile, plain_value, written_table
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.keys.class_records import ClassRecord
from reglament.columnar.layouts import outcome_text, possible_text
from reglament.model.decisions import Decision
from reglament.model.outcomes import Refusal

LISTS: Final = (
    *("needs", "rules", "clauses", "open_clauses", "readings", "because_rules"),
    *("met", "unmet", "open", "ask"),
)
"""The columns of the table that hold several names each."""
_TEXTS: Final = ("decision", "version", "digest", "status", "outcome", "possible")
SCHEMA: Final = pa.schema(
    [
        ("class", pa.int32()),
        *((name, pa.string()) for name in _TEXTS),
        *((name, pa.list_(pa.string())) for name in LISTS),
        ("exact", pa.bool_()),
        ("refused", pa.string()),
        ("rows", pa.int64()),
        ("witness", pa.string()),
    ]
)
"""Of the table: what `decide` says of a class, how many rows are of it, and a request that is."""

Row = dict[str, Any]


def class_row(decision: Decision, record: ClassRecord) -> Row:
    """What the table says of a class, but for its number, its rows and its witness.

    Outcomes computed row by row are null here, and so is what is possible of them.
    """
    return {
        "decision": record.decision,
        "version": record.version,
        "digest": record.digest,
        "status": str(record.status),
        "outcome": outcome_text(decision, record.outcome),
        "possible": possible_text(decision, record.possible),
        **{name: list(getattr(record, name)) for name in LISTS},
        "exact": record.is_exact,
        "refused": None if record.refused is None else _refused(record.refused),
    }


def _refused(refusal: Refusal) -> str:
    """Why there is no outcome, by its code: in which words it is told may change."""
    told = {
        "code": refusal.problem.code,
        "rules": list(refusal.rules),
        "because_of": list(refusal.because_of),
    }
    return json.dumps(told)


@dataclass(slots=True)
class ClassTable:
    """The classes of a run by the numbers that they are written under.

    A run that is resumed meets them in another order, so a number is given by what a class says.
    """

    evaluator: ColumnEvaluator
    rows: list[Row] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _of_evaluator: list[int] = field(default_factory=list)
    _counts_before: list[int] = field(default_factory=list)

    def load(self, rows: Sequence[Row]) -> None:
        """Begin with the classes of an interrupted run."""
        for row in rows:
            self._numbers[_key(row)] = len(self.rows)
            self.rows.append(dict(row))
            self._counts_before.append(row["rows"])

    def numbers(self) -> pa.Array:
        """For each class of the evaluator the number that it is written under."""
        evaluator = self.evaluator
        for at in range(len(self._of_evaluator), len(evaluator.classes)):
            record = evaluator.classes[at]
            row = class_row(evaluator.decisions[record.decision], record)
            number = self._numbers.setdefault(_key(row), len(self.rows))
            if number == len(self.rows):
                witness = _as_json(evaluator.class_witnesses[at])
                self.rows.append({"class": number, **row, "rows": 0, "witness": witness})
                self._counts_before.append(0)
            self._of_evaluator.append(number)
        return pa.array(self._of_evaluator, pa.int32())

    def counted(self) -> list[Row]:
        """The rows of the table as of now."""
        self.numbers()
        counts = list(self._counts_before)
        for number, count in zip(self._of_evaluator, self.evaluator.class_counts, strict=True):
            counts[number] += count
        for row, count in zip(self.rows, counts, strict=True):
            row["rows"] = count
        return self.rows

    def write(self, path: Path, kind: str) -> WrittenFile:
        """Write the table. Raises Refused."""
        with written_table(path, kind, SCHEMA) as table:
            table.write(pa.RecordBatch.from_pylist(self.counted(), SCHEMA))
        return table.file


def _key(row: Mapping[str, Any]) -> str:
    own = {name: told for name, told in row.items() if name not in ("class", "rows", "witness")}
    return json.dumps(own, sort_keys=True)


def _as_json(witness: Mapping[str, Any]) -> str:
    return json.dumps(dict(witness), ensure_ascii=False, default=plain_value)
