"""From the lists of a version to a condition on their totals that some lists, and no others, meet.

A list can say to the rules only what its totals come to. Conditions on items look at one item at a
time, so that what lists of any length come to together is found from what one item can add: counts
stop where no rule tells them from larger ones, hence the longest list that matters is short (the
small model property of monadic logic; Löwenheim 1915).

    some line is a book, and every line is returned      neither count is free of the other

Of what is not followed (sums of many numbers, say) nothing is said: the condition then holds for
more than lists come to, and for nothing less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, groupby
from typing import Any

from reglament.evaluation.lists.decider import Decider
from reglament.evaluation.lists.item_profiles import Between
from reglament.evaluation.lists.open_lists import OpenList
from reglament.evaluation.lists.partial_lists import PartialLists
from reglament.evaluation.lists.reachable_totals import UNKNOWN, Differing, TooMany
from reglament.evaluation.lists.tried_cells import cells_of, facts_tried
from reglament.functions.totals import COUNT, DECIDED, DISTINCT, EACH, LIST, SUM
from reglament.memo import Memo
from reglament.model.conditions import ALWAYS, AllOf, AnyOf, Comparison, Condition, OneOf
from reglament.model.markers import ERROR
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef
from reglament.model.values import Value

MOST_CASES = 2_000
Names = tuple[str, ...]


class ReachableLists:
    """What the lists of one version come to, whatever a request tells.

    `caps` are counts of which nobody tells larger ones apart; by default no rule of the version.
    """

    def __init__(self, evaluator: Decider, caps: Mapping[str, int] | None = None) -> None:
        self.evaluator = evaluator
        self.caps = evaluator.item_totals.caps if caps is None else caps
        self.version = evaluator.version
        self._conditions = Memo(self._together)

    def among(self, names: Iterable[str]) -> Condition:
        """What holds of those of the facts that are totals, for every list that may be told."""
        wanted = frozenset(name for name in names if name in self.version.totals)
        return self._conditions[wanted] if wanted else ALWAYS

    def _together(self, names: frozenset[str]) -> Condition:
        by_list: dict[str, list[str]] = {}
        for name, total in self.version.totals.items():
            if name in names and total.function not in (EACH, LIST):
                by_list.setdefault(total.over, []).append(name)
        return AllOf(tuple(self._of_list(fact, tuple(some)) for fact, some in by_list.items()))

    def _of_list(self, fact: str, names: Names) -> Condition:
        """What holds of as many of the totals as can be followed, or of each two of them."""
        counts = tuple(name for name in names if self._function(name) in _COUNTED)
        without_sums = tuple(name for name in names if self._function(name) != SUM)
        for some in dict.fromkeys((names, without_sums, counts)):
            with suppress(TooMany):
                return self._followed(fact, some)
        conditions = []
        for pair in combinations(counts, 2):
            with suppress(TooMany):
                conditions.append(self._followed(fact, pair))
        return AllOf(tuple(conditions))

    def _function(self, name: str) -> str:
        function: str = self.version.totals[name].function
        return function

    def _followed(self, fact: str, names: Names) -> Condition:
        """What the totals of one list come to together. Raises TooMany."""
        if not names:
            return ALWAYS
        asked = OpenList(PartialLists.of(self.evaluator, {}), fact, names)
        caps = self.caps
        limits = tuple(caps.get(name) for name in names)
        asked.reach = replace(asked.reach, caps=limits)
        cases, count = [], 0
        facts = self.version.facts
        for cell in cells_of(facts, facts_tried(facts, asked.shared)):
            rows = {
                tuple(
                    _said(name, value, caps.get(name))
                    for name, value in zip(names, state, strict=True)
                )
                for state in asked.states(cell)
            }
            count += len(rows)
            if count > MOST_CASES:
                raise TooMany
            told = tuple(_is(name, value) for name, value in cell.items())
            cases.append(AllOf((*told, _one_of(sorted(rows, key=repr)))))
        return AnyOf(tuple(cases))


_COUNTED = (COUNT, DECIDED, DISTINCT)


def _one_of(rows: list[tuple[Condition, ...]]) -> Condition:
    """That the conditions of one of the rows hold; what rows begin with is said once."""
    if not rows[0]:
        return ALWAYS
    return AnyOf(
        tuple(
            AllOf((first, _one_of([row[1:] for row in some])))
            for first, some in groupby(rows, key=lambda row: row[0])
        )
    )


def _said(name: str, value: Any, cap: int | None) -> Condition:
    """What a total is in a state; nothing where that is not known, or there is no such total."""
    if value in (ERROR, UNKNOWN):
        return ALWAYS
    if isinstance(value, Differing):
        value = Between(value.least, value.most)
    if not isinstance(value, Between):
        value = Between(value[0], value[0])
    if value.least is None:
        return OneOf(FactRef(name), (None,))
    if cap is not None and value.most >= cap:  # it stands for every larger number
        return Comparison(FactRef(name), Operator.AT_LEAST, Constant(value.least))
    if value.least == value.most:
        return _is(name, value.least)
    bounds = ((Operator.AT_LEAST, value.least), (Operator.AT_MOST, value.most))
    return AllOf(tuple(Comparison(FactRef(name), one, Constant(end)) for one, end in bounds))


def _is(name: str, value: Value) -> Condition:
    if value is None:
        return OneOf(FactRef(name), (None,))
    return Comparison(FactRef(name), Operator.IS, Constant(value))
