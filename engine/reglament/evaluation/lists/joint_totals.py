"""From the lists of a request to the totals that they reach together, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any, TypeAlias

from reglament.evaluation.lists.item_profiles import Between
from reglament.evaluation.lists.needed_fields import NeededFields
from reglament.evaluation.lists.open_lists import MOST_JOINT, OpenList, RequestLists
from reglament.evaluation.lists.reachable_totals import UNKNOWN, Differing, State, TooMany, value_in
from reglament.evaluation.lists.tried_cells import MOST_CELLS, cells_of, facts_tried
from reglament.frozen import frozen
from reglament.model.values import Value, apart
from reglament.partial.answers import Answer, DeterminedAnswer, OpenAnswer
from reglament.partial.partial_result import PartialResult

Cuts: TypeAlias = Mapping[str, frozenset[Any] | None]

MOST_BETWEEN = 16  # numbers between two others that are all tried


@frozen
class JointTotals:
    """Some totals that the lists can reach, with values of facts that items read, too.

    Of a total that lies between two numbers, there is a result for each that rules tell apart.
    """

    cell: tuple[tuple[str, Value], ...]
    states: tuple[State, ...]
    results: tuple[PartialResult, ...]

    def sign(self, name: str) -> tuple[Any, ...]:
        """What tells the answers to a decision apart from those with other totals."""
        return tuple(_sign(result[name]) for result in self.results)


class AllJointTotals:
    """The totals that the lists of a request reach together, for some of their names.

    Raises TooMany. Where they `are_apart`, what a total comes to whatever the others do is known,
    and any other total is open by itself. If it `is_tried`, values of fields are tried. `cuts`
    are the numbers with which totals are compared, None for those of which more is asked.
    """

    def __init__(
        self,
        lists: RequestLists,
        names: frozenset[str],
        most_cells: int = MOST_CELLS,
        *,
        are_apart: bool = False,
        is_tried: bool = False,
        cuts: Cuts | None = None,
    ) -> None:
        self.is_tried = is_tried
        self.cuts = lists.evaluator.item_totals.thresholds if cuts is None else cuts
        self.lists = lists
        self.are_apart = are_apart
        totals = lists.version.totals
        ordered = [name for name in totals if name in names]
        facts = dict.fromkeys(totals[name].over for name in ordered)
        self.open_lists = [
            OpenList(
                lists,
                fact,
                tuple(n for n in ordered if totals[n].over == fact),
                is_tried=is_tried,
            )
            for fact in facts
        ]
        self.is_exact = True
        self.is_wide = False
        self.shared = self._shared(most_cells)
        self.cells = list(cells_of(lists.version.facts, self.shared))
        self.each = list(self._joint())
        if not all(open_list.is_exact for open_list in self.open_lists):
            self.is_exact = False

    @property
    def results(self) -> list[PartialResult]:
        """What is left open in each of them."""
        return [result for joint_totals in self.each for result in joint_totals.results]

    def needed(self, signs: Mapping[Any, Any], open_: frozenset[str]) -> Iterator[str]:
        """The missing facts, and what is missing of items, by which the signs are told apart.

        There is a sign for the values of facts and the states of lists of each; all that is
        missing to the totals `open_` is needed.
        """
        yield from self._needed_shared(signs)
        for number, open_list in enumerate(self.open_lists):
            needed = NeededFields(self.lists, self.cells, number, signs, open_)
            yield from needed.paths(open_list)

    def expanded(self, names: Iterable[str]) -> Iterator[str]:
        """The names, with all that is missing to a total in the place of each."""
        return self.lists.expanded(names)

    def _needed_shared(self, signs: Mapping[Any, Any]) -> Iterator[str]:
        for name in self.shared:
            by_value: dict[Any, set[Any]] = {}
            for (cell, _), sign in signs.items():
                others = tuple(pair for pair in cell if pair[0] != name)
                by_value.setdefault((others, dict(cell)[name]), set()).add(sign)
            if len({frozenset(s) for s in by_value.values()}) > 1 or any(
                len(s) > 1 for s in by_value.values()
            ):
                yield name

    def _shared(self, most_cells: int) -> tuple[str, ...]:
        """The missing facts whose values are tried, as items read them; all that can be."""
        read = frozenset[str]().union(*(open_list.shared for open_list in self.open_lists))
        found = facts_tried(self.lists.version.facts, read, most_cells)
        if len(found) < len(read):
            self.is_exact = False
        return found

    def _joint(self) -> Iterator[JointTotals]:
        count = 0
        for cell in self.cells:
            several = [self._states(open_list, cell) for open_list in self.open_lists]
            for states in product(*several):
                count += 1
                if count > MOST_JOINT:
                    raise TooMany
                results = tuple(self._results(cell, states))
                count += len(results) - 1
                yield JointTotals(tuple(cell.items()), states, results)

    def _states(self, one: OpenList, cell: Mapping[str, Value]) -> list[State]:
        found = frozenset([one.apart(cell)]) if self.are_apart else self._reached(one, cell)
        if any(self._is_loose(one, state) for state in found):
            self.is_exact = False
        return sorted(found, key=repr)

    def _reached(self, open_list: OpenList, cell: Mapping[str, Value]) -> frozenset[State]:
        try:
            return open_list.states(cell)
        except TooMany:
            if self.is_tried:
                raise
            self.are_apart = True
            return frozenset([open_list.apart(cell)])

    def _is_loose(self, open_list: OpenList, state: State) -> bool:
        """Whether some values of the totals in the state may not come about together."""
        between = sum(isinstance(value, Between | Differing) for value in state)
        is_tight = open_list.diagram is not None and open_list.diagram.is_tight
        return UNKNOWN in state or between > 1 or (between > 0 and not is_tight)

    def _results(
        self, cell: Mapping[str, Value], states: tuple[State, ...]
    ) -> Iterator[PartialResult]:
        evaluator = self.lists.evaluator
        named = [
            (name, value)
            for open_list, state in zip(self.open_lists, states, strict=True)
            for name, value in zip(open_list.names, state, strict=True)
        ]
        tried = [self._values(name, value) for name, value in named]
        if prod(map(len, tried)) > MOST_JOINT:
            raise TooMany
        for values in product(*tried):
            told = {**self.lists.told, **cell}
            pairs = zip((name for name, _ in named), values, strict=True)
            told.update((name, value_in(v)) for name, v in pairs if v != UNKNOWN)
            yield PartialResult(evaluator.parts, told, evaluator.decide(told))

    def _values(self, name: str, value: Any) -> tuple[Any, ...]:
        """The value of a total in a state; where it lies between two, those rules tell apart."""
        if isinstance(value, Differing):
            return tuple((n,) for n in range(value.least, value.most + 1))
        if not isinstance(value, Between):
            return (value,)
        step = Decimal(1).scaleb(-self.lists.version.facts[name].type.places)
        count = int((value.most - value.least) / step)
        if count <= MOST_BETWEEN:
            return tuple((_number(value.least, n * step),) for n in range(count + 1))
        cuts = self.cuts.get(name)
        if cuts is None:
            self.is_wide = True
            return (UNKNOWN,)
        beside = {_number(cut, n * step) for cut in cuts for n in (-1, 0, 1)}
        inside = {one for one in beside if value.least <= one <= value.most}
        return tuple((one,) for one in sorted({value.least, value.most, *inside}))


def _number(start: Any, more: Decimal) -> Any:
    """The number so much above; whole where the start is."""
    return start + int(more) if isinstance(start, int) else start + more


def _sign(answer: Answer) -> Any:
    """What tells answers apart."""
    if isinstance(answer, OpenAnswer):
        known = answer.possible
        return "open", None if known is None else tuple(map(apart, known))
    return answer.status, answer.outcome if isinstance(answer, DeterminedAnswer) else None
