"""What changes of facts a goal leads to: moves, the outcomes they give, and why there are none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from reglament.analysis.counterfactual.near_values import distance
from reglament.diagram.kernel.text_samples import OTHER_WORD
from reglament.evaluation.evaluator import Evaluator
from reglament.frozen import frozen
from reglament.model.values import Value


class Another:
    """Any outcome other than the present one."""

    def __repr__(self) -> str:
        return "ANOTHER"


ANOTHER: Final = Another()
Wanted: TypeAlias = Mapping[str, Value | Another]


def is_wanted(want: Wanted, now: Mapping[str, Value], name: str, outcome: Value) -> bool:
    """Whether the decision is wanted to come out so; `now` has what is determined already."""
    wanted = want[name]
    if isinstance(wanted, Another):
        return name not in now or outcome != now[name]
    return outcome == wanted


def grants(want: Wanted, now: Mapping[str, Value], outcomes: Mapping[str, Value]) -> bool:
    """Whether every decision is determined and comes out as wanted."""
    return all(name in outcomes and is_wanted(want, now, name, outcomes[name]) for name in want)


def determined(evaluator: Evaluator, told: Mapping[str, Value], want: Wanted) -> dict[str, Value]:
    """What the wanted decisions lead to that are determined."""
    evaluated = evaluator.evaluate(told)
    outcomes = {name: evaluated[name] for name in want}
    return {name: outcome.outcome for name, outcome in outcomes.items() if outcome.is_determined}


@frozen
class Move:
    """The fact becomes `after`, or one of the words `also`, which do as well.

    `is_any` where any word does that the policy does not name, alone or beside the named ones.
    `was_told` is false where the fact was missing and is told now.
    """

    fact: str
    before: Value
    after: Value
    was_told: bool = True
    is_any: bool = False
    also: tuple[str, ...] = ()

    @property
    def is_of_item(self) -> bool:
        """Whether it adds an item or leaves one out, which changes a list that was told."""
        return self.fact.endswith("]")

    @property
    def named(self) -> tuple[Value, ...]:
        """The values that do, without the word that stands for any other."""
        return tuple(value for value in (self.after, *self.also) if value != OTHER_WORD)


@frozen
class Proposal:
    """Facts to change or to tell together, and what the wanted decisions come to then."""

    moves: tuple[Move, ...]
    outcomes: Mapping[str, Value]

    @property
    def cost(self) -> tuple[Any, ...]:
        """Fewest told facts changed, fewest missing ones told, smallest moves, by name.

        An item more or fewer is a larger move than another value of a field.
        """
        resized = sum(move.is_of_item for move in self.moves)
        changed = sum(move.was_told or move.is_of_item for move in self.moves)
        moved = [move for move in self.moves if move.was_told and not move.is_of_item]
        far = resized, sum(distance(move.before, move.after) for move in moved)
        names = tuple(move.fact for move in self.moves)
        # A word that the policy names says more than any other word.
        is_any = sum(move.is_any for move in self.moves)
        return changed, len(self.moves) - changed, is_any, far, names

    def count_of(self, facts: Collection[str]) -> int:
        """How many of these facts it moves."""
        return sum(move.fact in facts for move in self.moves)


@frozen
class Nearest:
    """The nearest changes, best first.

    `is_proven` says that no nearer one exists, fractions of a second aside; where there are none,
    that there is none.
    `fixed` then names facts that would have to change and cannot.
    """

    changes: tuple[Proposal, ...]
    is_proven: bool = True
    fixed: tuple[str, ...] = ()


def merged(changes: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The changes, those that differ in the word of one fact alone made one.

    Every combination of the words of a merged change was a change by itself.
    """
    proposals: list[Proposal] = []
    for change in changes:
        for place, proposal in enumerate(proposals):
            both = _both(proposal, change)
            if both is not None:
                proposals[place] = both
                break
        else:
            proposals.append(change)
    return tuple(proposals) if len(proposals) == len(changes) else merged(proposals)


def _both(one: Proposal, other: Proposal) -> Proposal | None:
    """Two changes as one; None where more than a word of one fact makes them two."""
    if one.outcomes != other.outcomes or len(one.moves) != len(other.moves):
        return None
    pairs = list(zip(one.moves, other.moves, strict=True))
    places = [place for place, (mine, theirs) in enumerate(pairs) if mine != theirs]
    move = _either(*pairs[places[0]]) if len(places) == 1 else None
    if move is None:
        return None
    return replace(one, moves=(*one.moves[: places[0]], move, *one.moves[places[0] + 1 :]))


def _either(move: Move, other: Move) -> Move | None:
    if move.fact != other.fact:
        return None
    if not (isinstance(move.after, str) and isinstance(other.after, str)):
        return None
    first, second = (other, move) if move.is_any else (move, other)
    named = () if second.is_any else (second.after,)
    words = dict.fromkeys((*first.also, *named, *second.also))
    also = tuple(word for word in words if word != first.after)
    return replace(first, also=also, is_any=move.is_any or other.is_any)
