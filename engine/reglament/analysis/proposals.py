"""What changes of facts a wish leads to: moves, the outcomes they give, and why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from reglament.analysis.nearest import distance
from reglament.model.values import Value


class Another:
    """Any outcome other than the present one."""

    def __repr__(self) -> str:
        return "ANOTHER"


ANOTHER: Final = Another()
Wanted: TypeAlias = Mapping[str, Value | Another]


@dataclass(frozen=True, slots=True)
class Move:
    """The fact becomes `after`; `is_any` where any other word would do as well.

    `was_told` is false where the fact was missing and is told now.
    """

    fact: str
    before: Value
    after: Value
    was_told: bool = True
    is_any: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Facts to change or to tell together, and what the wanted decisions come to then."""

    moves: tuple[Move, ...]
    outcomes: Mapping[str, Value]

    @property
    def cost(self) -> tuple[Any, ...]:
        """Fewest told facts changed, fewest missing ones told, smallest moves, by name."""
        changed = sum(move.was_told for move in self.moves)
        far = sum(distance(move.before, move.after) for move in self.moves if move.was_told)
        names = tuple(move.fact for move in self.moves)
        # A word that the policy names says more than any other word.
        is_any = sum(move.is_any for move in self.moves)
        return changed, len(self.moves) - changed, is_any, far, names


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest changes, best first.

    `is_proven` says that no nearer one exists; where there are none, that there is none.
    `fixed` then names facts that would have to change and cannot.
    """

    changes: tuple[Change, ...]
    is_proven: bool = True
    fixed: tuple[str, ...] = ()
