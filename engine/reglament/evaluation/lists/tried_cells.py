"""From facts that are missing to the combinations of values that are all tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from reglament.diagram.solver.ordinals import every_value
from reglament.model.regulation import Fact
from reglament.model.values import Value

MOST_CELLS, MOST_VALUES = 64, 8


def facts_tried(
    facts: Mapping[str, Fact], names: Iterable[str], most_cells: int = MOST_CELLS
) -> tuple[str, ...]:
    """Those of the facts whose values are all tried: they have few, and few together."""
    found: list[str] = []
    count = 1
    for name in sorted(names):
        values = values_of(facts[name]) if name in facts else ()
        if values and count * len(values) <= most_cells:
            found.append(name)
            count *= len(values)
    return tuple(found)


def cells_of(facts: Mapping[str, Fact], names: Iterable[str]) -> Iterator[dict[str, Value]]:
    """Each combination of values of the facts."""
    several = tuple(names)
    for values in product(*(values_of(facts[name]) for name in several)):
        yield dict(zip(several, values, strict=True))


def values_of(fact: Fact) -> tuple[Value, ...]:
    """Every value of a fact that has few; none where it has many."""
    if fact.total is not None:
        return ()
    values = every_value(fact.type, MOST_VALUES)
    return (*values, None) if values and fact.is_nullable else values
