"""What rows of one class have in common: for one decision all but values computed row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import numpy as np

from reglament.columnar.vectors.vector_values import Array, taken
from reglament.frozen import frozen
from reglament.model.outcomes import AsOfSource, Note, Outcome, Refusal, Status
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.rendering.words.sentences import rules_that_say

Details = Literal["rules", "clauses", "all"]
"""What classes tell beside outcomes: the rules behind them, the clauses too, or all reasons."""

_REASONS: Final[Mapping[Details, tuple[str, ...]]] = {
    "rules": ("rules",),
    "clauses": ("rules", "clauses"),
    "all": (
        "needs", "rules", "clauses", "open_clauses", "readings", "met", "unmet", "open", "ask",
    ),
}  # fmt: skip


@frozen
class ClassRecord:
    """The answer to one decision that rows share, and why.

    Reasons of which a class does not tell (`Details`) are empty, and `is_exact` is true there.

    Of a decision whose outcomes are computed (a date, a sum), `outcome` and `possible` stand
    row by row in columns beside it, and are None here; `is_listed` says whether what is possible
    can be listed. `because_rules` are those of `rules` that say why.
    """

    decision: str
    version: str
    digest: str
    status: Status
    outcome: Value
    possible: tuple[Value, ...] | None
    is_listed: bool
    refused: Refusal | None
    needs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    open_clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    because_rules: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    is_exact: bool = True


@frozen
class RowRecord:
    """What rows have in common beside their decisions: the version, and what is noted.

    `as_of_source` says where the moment that chose the version came from; `assumed` names the
    facts that the version assumes, and their values.
    """

    version: str
    digest: str
    as_of_source: AsOfSource
    notes: tuple[Note, ...]
    assumed: tuple[tuple[str, Value], ...]


def class_record(
    version: Version, outcome: Outcome, *, is_computed: bool, details: Details = "all"
) -> ClassRecord:
    """The class of an outcome of the version, which tells those details."""
    decision = version.decisions[outcome.decision]
    possible = outcome.possible
    reasons: dict[str, Any] = {name: tuple(getattr(outcome, name)) for name in _REASONS[details]}
    if details == "all":
        reasons["because_rules"] = tuple(rules_that_say(version, decision, outcome))
        reasons["is_exact"] = outcome.is_exact
    return ClassRecord(
        decision=decision.name,
        version=version.version,
        digest=version.digest,
        status=outcome.status,
        outcome=None if is_computed else outcome.outcome,
        possible=None if is_computed else possible,
        is_listed=possible is not None,
        refused=outcome.refused,
        **reasons,
    )


class Numbered:
    """Records by number, each once, with a request that is of it and the rows counted."""

    def __init__(self) -> None:
        self.records: list[Any] = []
        self.witnesses: list[Mapping[str, Any]] = []
        self._counts = np.zeros(0, np.int64)
        self._numbers: dict[Any, int] = {}

    def number(self, record: Any, witness: Mapping[str, Any]) -> int:
        """The number of the record; a new one is kept with its witness."""
        found = self._numbers.get(record)
        if found is None:
            found = self._numbers[record] = len(self.records)
            self.records.append(record)
            self.witnesses.append(witness)
        return found

    def met(self, numbers: Array) -> tuple[Array, list[Any]]:
        """The records that rows are of, and for each row the place of its own among them.

        Of a row with a number below zero the place is that of the first.
        """
        above = numbers + 1  # the first for rows without a record
        met = np.flatnonzero(np.bincount(above)[1:])
        places = np.zeros(len(self.records) + 1, np.int32)
        places[met + 1] = np.arange(len(met))
        return taken(places, above), [self.records[number] for number in met.tolist()]

    def count(self, numbers: Any) -> None:
        """Count the rows of each number that is none below zero."""
        counted = np.zeros(len(self.records), np.int64)
        least, most = (numbers.min(), numbers.max()) if len(numbers) else (-1, -1)
        if least == most:
            counted[least : least + 1] = len(numbers) * (least >= 0)
        elif least >= 0:
            counted += np.bincount(numbers, minlength=len(counted))
        else:
            counted += np.bincount(numbers + 1, minlength=len(counted) + 1)[1:]
        counted[: len(self._counts)] += self._counts
        self._counts = counted

    @property
    def counts(self) -> list[int]:
        """By number how many rows were counted."""
        found: list[int] = self._counts.tolist()
        return found + [0] * (len(self.records) - len(found))
