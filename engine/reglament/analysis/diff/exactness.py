"""From the regions of a decision to a proof that they are exact, or to regions that are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from reglament.analysis.diff.alignment import Alignment
from reglament.analysis.diff.types import ChangedRegion, Given
from reglament.analysis.proving.exact_regions import WORDLIKE, Change, Place, certain, regions
from reglament.analysis.proving.port import Allowance, Budget, Differs, ProvenRegion, Standing
from reglament.analysis.proving.settling import is_solver_installed
from reglament.analysis.window import DayWindow
from reglament.diagram.kernel.terminals import Conflict, Gap
from reglament.model.conditions import Condition
from reglament.model.decisions import cone
from reglament.model.regulation import Version
from reglament.model.terms import Constant

# Of the solver, for the regions of one comparison and of each way to ask about one decision.
STEPS, MOST_STEPS = 500_000, 100_000


@dataclass
class Exactness:
    """Asks the solver, where there is one, within the allowance of the whole comparison."""

    alignment: Alignment
    old: Version
    new: Version
    within: DayWindow
    budget: Budget
    left: int = STEPS
    # Decisions for which the steps did not do: they do for none that builds on them.
    beyond: set[str] = field(default_factory=set)

    def proven(
        self, name: str, made: list[ChangedRegion], is_refuted: Callable[[str, Condition], bool]
    ) -> list[ChangedRegion]:
        """The regions, those of which it is proven said to be exact.

        Nothing is asked about those of which a request is known that is decided as before.
        """
        if not is_solver_installed():
            return made
        open_ones = [one for one in made if not (one.is_exact or is_refuted(name, one.where))]
        found = self._certain(name, [(region.where, None) for region in open_ones])
        exact = [region for region, is_so in zip(open_ones, found, strict=True) if is_so]
        made = [replace(region, is_exact=True) if region in exact else region for region in made]
        sure = [region for region in made if region.is_exact or not is_refuted(name, region.where)]
        return self._without_others(name, made, sure)

    def _without_others(
        self, name: str, made: list[ChangedRegion], sure: list[ChangedRegion]
    ) -> list[ChangedRegion]:
        """Without what may change in other ways, where it is proven that there are none."""
        if not any(map(_may_be_others, made)):
            return made
        told: list[Place] = [
            (region.where, way) for region in sure if (way := _way(region)) is not None
        ]
        found = zip(told, self._certain(name, told), strict=True)
        known = [where for (where, _), is_certain in found if is_certain]
        return [region for region in made if not (_may_be_others(region) and region.where in known)]

    def _certain(self, name: str, places: list[Place]) -> tuple[bool, ...]:
        question = Differs(self.alignment.old, self.alignment.new, name, self.within)
        with self._allowed() as allowance:
            return certain(question, places, self.budget, allowance)

    def exact(self, name: str) -> tuple[ProvenRegion, ...]:
        """Exact regions that have every request that changes, each in one way.

        None where the change is not one of words, or where that is not settled.
        """
        if self.new.decisions[name].type.kind not in WORDLIKE:
            return ()
        if not self.beyond.isdisjoint(cone(self.new.decisions, (name,))):
            return ()
        question = Differs(self.old, self.new, name, self.within)
        with self._allowed() as allowance:
            found = regions(question, self.budget, allowance)
        if not found and allowance.steps <= 0:
            self.beyond.add(name)
        is_told = all(region.change is not None for region in found)
        return found if is_told else ()

    @contextmanager
    def _allowed(self) -> Iterator[Allowance]:
        """What one way to ask about a decision may take of what is left."""
        given = Allowance(min(self.left, MOST_STEPS))
        before = given.steps
        yield given
        self.left -= before - given.steps


def _may_be_others(region: ChangedRegion) -> bool:
    return region.change is None and region.cause is not None


def _way(region: ChangedRegion) -> Change | None:
    """The change of the region as the prover says it; None where it is not one of words."""
    if region.change is None:
        return None
    old, new = _standing(region.change.old), _standing(region.change.new)
    return None if old is None or new is None else (old, new)


def _standing(side: Given) -> Standing | None:
    match side:
        case Constant(value):
            return "decided", value
        case Gap():
            return "gap", None
        case Conflict():
            return "conflict", None
    return None
