"""Several conditions as one, without nesting where there is no need."""

from __future__ import annotations

from collections.abc import Sequence

from reglament.model.conditions import AllOf, Condition


def joined(conditions: Sequence[Condition]) -> Condition:
    """Every one of the conditions, without nesting where there is no need."""
    flat: list[Condition] = []
    for one in conditions:
        flat.extend(one.parts if isinstance(one, AllOf) else (one,))
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))
