"""What later decisions read of earlier ones of the same rows: classes, and what these say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reglament.columnar.keys.answered_keys import Earlier
from reglament.columnar.keys.class_records import ClassRecord, Numbered
from reglament.columnar.vectors.vector_values import Array, every_of
from reglament.model.outcomes import Status
from reglament.partial.automaton import PossibleOutcomes


class DecidedClasses:
    """The decisions made so far about the rows of a batch."""

    def __init__(self, earlier: Earlier, numbered: Mapping[str, Numbered]) -> None:
        self.earlier, self.numbered = earlier, numbered
        # No `Memo` of a method: that would be a circle, and a batch wait for the collector.
        self._met: dict[str, tuple[Array, list[ClassRecord]]] = {}

    def known(self, name: str) -> tuple[Array, list[Any]]:
        """Of each row a number, and by number the outcome, or those that are possible."""
        of, records = self._met_of(name)
        return of, [_known(record) for record in records]

    def are_sound(self, names: Iterable[str]) -> Array | None:
        """Where all of the decisions are of some class, and none is refused; None if everywhere."""
        return every_of(self.earlier[name].sound for name in names)

    def _met_of(self, name: str) -> tuple[Array, list[ClassRecord]]:
        found = self._met.get(name)
        if found is None:
            classes = self.earlier[name].classes
            found = self._met[name] = self.numbered[name].met(classes)
        return found


def _known(record: ClassRecord) -> Any:
    if record.status is Status.DETERMINED:
        return record.outcome
    return PossibleOutcomes(record.possible or ())
