"""The tables that all versions fill, and how a row is led through those of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reglament.sql.calendar_tables import CalendarTables
from reglament.sql.columns_asked import Asked
from reglament.sql.residual_steps import Walk

StepRow = tuple[int, int, int]


@dataclass(slots=True)
class SharedTables:
    """What all versions put into the same tables."""

    names: Mapping[str, str]
    calendar: CalendarTables = field(default_factory=CalendarTables)
    steps: list[StepRow] = field(default_factory=list)
    classes: list[tuple[Any, ...]] = field(default_factory=list)
    reasons: list[tuple[Any, ...]] = field(default_factory=list)
    step_count: int = 0

    def stepped(
        self, walk: Walk, ids: Sequence[int | None], numbers: Mapping[Asked, str], joins: list[str]
    ) -> str:
        """SQL for the number of the end that rows come to, `ids` being those of all ends."""
        state = "0"
        for step, nexts in zip(walk.steps, _nexts(walk, ids), strict=True):
            self.step_count += 1
            number = self.step_count
            self.steps += [
                (number, key, after) for key, after in enumerate(nexts) if after is not None
            ]
            for column in step.columns:
                state = f"({state}) * {column.size} + {numbers[column]}"
            alias = f"m{number}"
            joins.append(
                f"LEFT JOIN {self.names['steps']} AS {alias}"
                f" ON {alias}.step = {number} AND {alias}.state = {state}"
            )
            state = f"{alias}.after"
        return state if walk.steps else str(ids[0] or 0)


def _nexts(walk: Walk, ids: Sequence[int | None]) -> Iterator[list[int | None]]:
    for place, step in enumerate(walk.steps):
        is_last = place == len(walk.steps) - 1
        yield [None if n is None else ids[n] if is_last else n for n in step.nexts]
