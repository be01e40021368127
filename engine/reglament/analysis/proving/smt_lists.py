"""What the lists of a request come to, for a solver, which knows their totals alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from reglament.analysis.proving.joint_items import has_own_total, joint_caps, joint_items
from reglament.analysis.proving.logic import Formula
from reglament.analysis.proving.sameness import is_same_total
from reglament.analysis.proving.smt_decisions import Encoder
from reglament.analysis.proving.smt_names import SmtNames
from reglament.analysis.search.reachable_lists import ReachableLists
from reglament.analysis.search.real_lists import RealLists
from reglament.analysis.search.tried_values import TriedValues
from reglament.evaluation import Evaluator
from reglament.model.regulation import Version
from reglament.model.values import NUMBERS, Value

MOST_UNREAL = 20  # requests to which no list is found


class SmtLists:
    """The lists of the versions that a question is about."""

    def __init__(self, vocabulary: SmtNames, encoders: Sequence[Encoder]) -> None:
        self.vocabulary = vocabulary
        asking = [encoder for encoder in encoders if encoder.version.lists]
        self.encoders = {_with_own_totals(encoder.version): encoder for encoder in asking}
        self.unreal = 0
        if self.encoders:
            versions, last = tuple(self.encoders), vocabulary.versions[-1]
            values = TriedValues(last, versions, vocabulary.within)

            def of_fact(name: str) -> tuple[Value, ...]:
                return values.of(name) if name in last.facts else ()

            self._joint = joint_items(*versions) if len(versions) > 1 else None
            self._real = RealLists(versions, values.of_field, of_fact, self._joint)

    def known(self) -> Iterator[Formula]:
        """What holds of the totals that the question reads, whatever lists are told.

        Of one that comes about differently in two versions nothing is said.
        """
        read = [name for name in self.vocabulary.variables if self._is_alike(name)]
        for reachable, encoder in self._reachable():
            holds, refused = encoder.condition(reachable.among(read))
            yield self.vocabulary.logic.any_of(refused, holds)

    def _reachable(self) -> Iterator[tuple[ReachableLists, Encoder]]:
        """What lists come to in each version, and in all of them together."""
        for version, encoder in self.encoders.items():
            yield ReachableLists(Evaluator(version)), encoder
        if self.encoders and self._joint is not None:
            yield ReachableLists(Evaluator(self._joint), joint_caps(*self.encoders)), encoder

    def _is_alike(self, name: str) -> bool:
        having = [version for version in self.encoders if name in version.totals]
        return all(is_same_total(having[0], version, name) for version in having[1:])

    def request(self, facts: Mapping[str, Value]) -> Mapping[str, Value] | None:
        """The request with lists in the place of totals; None where none is found."""
        return self._real.request(facts) if self.encoders else facts

    def others(self, value_of: Callable[[Formula], int]) -> tuple[Formula, ...]:
        """That the totals are others than these; nothing where that was said too often.

        Once it is said, that there is no request more proves nothing.
        """
        self.unreal += 1
        totals = frozenset[str]().union(*(version.totals for version in self.encoders))
        read = [v for name, v in self.vocabulary.variables.items() if name in totals]
        numbers = [variable.value for variable in read if variable.type.kind in NUMBERS]
        if self.unreal > MOST_UNREAL or not numbers:
            return ()
        logic = self.vocabulary.logic
        unlike = (logic.negate(logic.equal(number, value_of(number))) for number in numbers)
        return (logic.any_of(*unlike),)


def _with_own_totals(version: Version) -> Version:
    """The version without totals of another one, which its items do not decide."""

    facts = {
        name: fact
        for name, fact in version.facts.items()
        if fact.total is None or has_own_total(version, fact.total)
    }
    return version if len(facts) == len(version.facts) else replace(version, facts=facts)
