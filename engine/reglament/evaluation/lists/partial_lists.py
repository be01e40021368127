"""What one request leaves open where it tells lists in part: outcomes possible, what is needed.

What a list can say to the rules is what its totals come to. So a decision has every outcome that
it has by some totals which the list can reach (`reachable_totals`), together with some values of
the request's facts that the items read, too:

    {order.lines: {some: {line.kind: gift_card}}}, told [{kind: book}, {price: 5}]
        the count is 0 or 1, so both outcomes are possible; `order.lines[2].kind` is needed

Where the totals that are reached cannot be told apart so (there are too many, or a number is not
known), a total is left open by itself: no outcome is lost, some that are listed may not be
possible, and the decision is marked as not exact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from reglament.diagram.kernel.branches import facts_tested
from reglament.diagram.kernel.forest import Node
from reglament.evaluation.lists.count_caps import thresholds
from reglament.evaluation.lists.decider import Decider
from reglament.evaluation.lists.item_profiles import ProfileDiagram, Profiles
from reglament.evaluation.lists.joint_totals import AllJointTotals, Cuts
from reglament.evaluation.lists.nested_profiles import NestedProfiles
from reglament.evaluation.lists.reachable_totals import TooMany
from reglament.evaluation.lists.shown_open import is_shown_open
from reglament.evaluation.lists.tried_cells import MOST_CELLS, MOST_VALUES
from reglament.memo import Memo, once_for_each
from reglament.model.decisions import Decision
from reglament.model.lists import NOTHING_TOLD, is_open, more_path, total_behind
from reglament.model.outcomes import Status
from reglament.model.regulation import Version
from reglament.model.values import Listed, Value, apart
from reglament.partial.answers import (
    MANY_OUTCOMES,
    Answer,
    DeterminedAnswer,
    OpenAnswer,
    RefusedAnswer,
    possible,
)
from reglament.partial.partial_result import PartialResult
from reglament.partial.terminal_outcomes import KnownOutcome


class PartialLists(PartialResult):
    """What one request leaves open that tells lists in part."""

    def __init__(
        self, evaluator: Decider, given: Mapping[str, Value], values: tuple[Any, ...]
    ) -> None:
        super().__init__(evaluator.parts, given, values)
        self.evaluator = evaluator
        self.version = evaluator.version
        self.open_totals = frozenset(self.version.totals) - given.keys()
        self._joint = Memo(self._joint_of)
        self._found: dict[str, tuple[str, ...]] = {}
        self._shown: dict[str, bool] = {}

    @classmethod
    def of(cls, evaluator: Decider, told: Mapping[str, Value]) -> PartialLists:
        """What an item leaves open of which this is told."""
        given = evaluator.item_totals.told(told)
        return cls(evaluator, given, evaluator.decide(given))

    def nested(
        self, evaluator: Decider, facts: Mapping[str, Value], diagram: ProfileDiagram
    ) -> Profiles | NestedProfiles | None:
        """The profiles of an item that has lists itself; None where they reach too many totals."""
        inner = PartialLists.of(evaluator, facts)
        wanted = diagram.facts & inner.open_totals
        if not wanted:
            return diagram.of(inner.told)
        try:
            joint = AllJointTotals(inner, wanted)
        except TooMany:
            return None
        is_exact = inner.is_exact_in(joint) and not joint.is_wide
        return NestedProfiles.of(diagram, joint, is_exact=is_exact)

    def is_exact(self, name: str) -> bool:
        """As far as it is known, or shown by completions of the request."""
        if not super().is_exact(name) and name not in self._shown:
            possible = self[name].possible
            needs = self.needs(name)
            self._shown[name] = is_shown_open(self.evaluator, self.told, name, possible, needs)
        return name not in self.inexact or self._shown[name]

    # Answers

    def __missing__(self, name: str) -> Answer:
        decision = self.version.decisions[name]
        if decision.for_each is not None:
            found = self[name] = self._of_each(decision)
            return found
        joint = self._joint_for(name)
        if joint is None:
            answer = super().__missing__(name)
            if self._open_behind(name) and isinstance(answer, OpenAnswer):
                self.inexact.add(name)
            return answer
        found = self[name] = _together(decision, [result[name] for result in joint.results])
        if isinstance(found, OpenAnswer):
            is_exact = self.is_exact_in(joint)
            is_exact = is_exact and (not joint.is_wide or self._gives_total(decision))
            if not is_exact or not all(result.is_exact(name) for result in joint.results):
                self.inexact.add(name)
        return found

    def _open_behind(self, name: str) -> frozenset[str]:
        return self.evaluator.behind[name] & self.open_totals

    def _joint_for(self, name: str) -> AllJointTotals | None:
        """The totals a decision is read with; None without lists, or where there are too many."""
        wanted = self._open_behind(name)
        if not wanted:  # most decisions
            return None
        kept = _cuts(self.version)
        asked = kept.get(name)
        if asked is None:
            asked = kept[name] = thresholds(self.version, self.evaluator.behind[name] | {name})
        return self._joint_in(wanted, asked)

    def _joint_in(self, wanted: frozenset[str], asked: Cuts) -> AllJointTotals | None:
        """The joint totals of these names, which are compared with the numbers `asked`."""
        cuts = tuple((name, asked.get(name)) for name in sorted(wanted))
        totals: AllJointTotals | None = self._joint[wanted, cuts] if wanted else None
        return totals

    def _joint_of(
        self, key: tuple[frozenset[str], tuple[tuple[str, Any], ...]]
    ) -> AllJointTotals | None:
        names, cuts = key
        for most_cells, are_apart, is_tried in (
            (MOST_CELLS, False, True),
            (MOST_CELLS, False, False),
            (MOST_VALUES, False, False),
            (MOST_CELLS, True, False),
            (1, True, False),
        ):
            with suppress(TooMany):
                return AllJointTotals(
                    self,
                    names,
                    most_cells,
                    are_apart=are_apart,
                    is_tried=is_tried,
                    cuts=dict(cuts),
                )
        return None

    def _gives_total(self, decision: Decision) -> bool:
        """Whether the outcome is a total, which then is as open as it seems."""
        rules = list(decision.every_rule())
        return len(rules) == 1 and total_behind(self.version, rules[0].then) is not None

    def is_exact_in(self, joint: AllJointTotals) -> bool:
        """Whether there are no other joint totals, and items read no totals that are open."""
        reads_open = any(self.open_totals & open_list.shared for open_list in joint.open_lists)
        return joint.is_exact and not reads_open

    def _of_each(self, decision: Decision) -> Answer:
        """The answer of a decision that is made for each item, of those told."""
        items = self.of_items(decision)
        outcomes = [one[decision.name] for one in items]
        for item, outcome in zip(items, outcomes, strict=True):
            if outcome.status is Status.REFUSED:
                answer: Answer = item.partial_result[decision.name]
                return answer
        if all(one.is_determined for one in outcomes) and not self._may_be_longer(decision):
            return DeterminedAnswer(tuple(one.outcome for one in outcomes))
        if not all(one.is_exact for one in outcomes):
            self.inexact.add(decision.name)
        return OpenAnswer.of(None)

    def of_items(self, decision: Decision) -> list[Any]:
        """What is decided of each item that is told."""
        return self.evaluator.decided_items(decision.for_each or "", self.told)

    def _may_be_longer(self, decision: Decision) -> bool:
        return is_open(self.told.get(decision.for_each or "", NOTHING_TOLD))  # type: ignore[arg-type]

    # What is needed

    def needs(self, name: str) -> tuple[str, ...]:
        """The missing facts, fields of items, and lists on which a decision hangs."""
        if name not in self._found:
            self._found[name] = Listed(dict.fromkeys(self._needed(name)))
        return self._found[name]

    def _needed(self, name: str) -> Iterator[str]:
        decision = self.version.decisions[name]
        if decision.for_each is not None:
            yield from self._needs_of_each(decision)
            return
        joint = self._joint_for(name)
        if joint is None:
            yield from self.expanded(super().needs(name))
            return
        known = dict.fromkeys(n for result in joint.results for n in result.needs(name))
        if joint.are_apart:
            yield from self.expanded(known)
            return
        open_ = [n for n in known if n in self.open_totals]
        yield from (n for n in known if n not in self.open_totals)
        signs = {(totals.cell, totals.states): totals.sign(name) for totals in joint.each}
        yield from joint.needed(signs, frozenset(open_))

    def _needs_of_each(self, decision: Decision) -> Iterator[str]:
        fact = decision.for_each or ""
        for place, item in enumerate(self.of_items(decision)):
            if item[decision.name].status is Status.UNDETERMINED:
                yield from self.of_item(fact, place, item[decision.name].needs)
        if self._may_be_longer(decision):
            yield self.longer(fact)

    def of_item(self, fact: str, place: int, needs: Iterable[str]) -> Iterator[str]:
        """What an item needs, by the names that a request has for it."""
        items = self.version.lists[fact]
        for name in needs:
            path = items.path(name, place + 1)
            yield from self.expanded((name,)) if path == name else (path,)

    def longer(self, fact: str) -> str:
        """The name of whether the list has more items; of all that is not told at all."""
        return more_path(fact) if fact in self.told else fact

    def expanded(self, names: Iterable[str]) -> Iterator[str]:
        """The names, with all that is missing to a total in the place of each."""
        for name in dict.fromkeys(names):
            if name not in self.version.totals:
                yield name
                continue
            fact = self.version.totals[name].over
            read = self.evaluator.item_totals.fields_read[name]
            items, told = self.version.lists[fact], self.told.get(fact, NOTHING_TOLD)
            assert isinstance(told, tuple)
            for place, item in enumerate(told):
                missing = [n for n in items.fields if n in read and n not in items.told_of(item)]
                yield from self.of_item(fact, place, missing)
                yield from self.of_item(fact, place, self.inside(fact, item, read))
            if is_open(told):
                yield self.longer(fact)
            outer = (n for n in sorted(read - items.fields.keys()) if n not in self.told)
            yield from self.expanded(outer)

    def inside(self, fact: str, item: Any, read: Collection[str]) -> Iterator[str]:
        """What is missing of lists inside an item that are told, as the item names it."""
        items = self.version.lists[fact]
        lists = items.item.lists.keys() & read & items.told_of(item).keys()
        if lists:
            facts = {**items.request_part(self.told), **items.told_of(item)}
            inner = PartialLists.of(self.evaluator.of_items[fact], facts)
            totals = items.item.totals
            yield from inner.expanded(n for n in totals if totals[n].over in lists)

    def truth(self, node: Node) -> bool | None:
        """Whether a condition holds; None where that is still open, or cannot be computed."""
        found = super().truth(node)
        if found is not None:
            return found
        wanted = facts_tested(self.decomposition.diagrams.forest, node) & self.open_totals
        joint = self._joint_in(wanted, self.evaluator.item_totals.thresholds)
        if joint is None:
            return None
        found_in = {result.truth(node) for result in joint.results}
        return found_in.pop() if len(found_in) == 1 else None

    def needs_at(self, node: Any) -> tuple[str, ...]:
        """The missing facts on which a condition hangs, fields of items among them."""
        return Listed(dict.fromkeys(self.expanded(super().needs_at(node))))


@once_for_each
def _cuts(version: Version) -> dict[str, Cuts]:
    """By the names of decisions, the numbers with which totals are compared for them."""
    return {}


def _together(decision: Decision, answers: list[Answer]) -> Answer:
    """The answer of a decision that has one of these."""
    given = [one for one in answers if not isinstance(one, RefusedAnswer)]
    if not given:
        return answers[0]
    values: dict[Any, Value] = {}
    for answer in given:
        if answer.possible is None:
            return OpenAnswer.of(None)
        values.update((apart(value), value) for value in answer.possible)
    if len(values) == 1 and all(isinstance(one, DeterminedAnswer) for one in answers):
        return given[0]
    if len(values) > MANY_OUTCOMES:
        return OpenAnswer.of(None)
    return OpenAnswer.of(possible(decision, [KnownOutcome(value) for value in values.values()]))
