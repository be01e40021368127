"""One request by one version: the facts told, where they lead, and what is kept of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from reglament.evaluation.compiled import CompiledVersion
from reglament.evaluation.rule_functions import Tested
from reglament.memo import kept_property
from reglament.model.decisions import Decision
from reglament.model.markers import Marker
from reglament.model.outcomes import AsOfSource, Outcome, Refusal
from reglament.model.regulation import Version
from reglament.model.values import Listed, Value

if TYPE_CHECKING:
    from reglament.partial.answers import Answer
    from reglament.partial.partial_result import PartialResult

# For so many first requests of a process whole documents are traced, as to make what finds reasons
# takes longer: with 0 here `reglament decide FILE --json` takes 1.07 times the time
# (`benchmarks/startup.py`).
FEW_REQUESTS = 10

# The moment that chose the version, where it came from, and the request as it was told.
AsOf: TypeAlias = tuple[datetime, AsOfSource, object]


class RequestState(Mapping[str, Outcome]):
    """The decisions for one request, by name, and all that explaining them takes."""

    _partial_result: PartialResult | None = None
    assumed: Mapping[str, Value] = MappingProxyType({})
    """Of `told` what no request told: the version assumes it."""

    def __init__(
        self,
        evaluator: CompiledVersion,
        told: Mapping[str, Value],
        when: AsOf | None = None,
        only: tuple[str, ...] | None = None,
    ) -> None:
        if evaluator.has_lists:
            told = evaluator.item_totals.told(told)
        self.evaluator = evaluator
        self.told = told
        self._when = when
        self._only = only
        is_whole = len(told) == evaluator.size
        if only is not None:
            decide = evaluator.deciding(only, is_whole)
        else:
            decide = evaluator.decide_whole if is_whole else evaluator.decide
        self._first_values = decide(told)
        self._placed = evaluator.placed

    @property
    def _values(self) -> tuple[Any, ...]:
        """The outcome of every decision, NOT_COMPUTED for none."""
        if self._only is not None:
            self._first_values, self._only = self.evaluator.decide(self.told), None
        return self._first_values

    @property
    def when(self) -> AsOf:
        """The moment that chose the version; LookupError where none was given."""
        if self._when is None:
            raise LookupError("decided by a version, not as of a moment")
        return self._when

    @property
    def chosen_at(self) -> tuple[datetime, AsOfSource]:
        """That moment and where it came from; the first one of all where none was given."""
        return (datetime.min, "given") if self._when is None else self._when[:2]

    @property
    def version(self) -> Version:
        """The version that decided."""
        return self.evaluator.version

    # What explaining takes

    @kept_property
    def kept(self) -> defaultdict[str, dict[object, Any]]:
        """What was worked out for outcomes, by the name of the decision and by the part."""
        return defaultdict(dict)

    @kept_property
    def known(self) -> Mapping[str, Value]:
        """The facts told, and the outcomes to which they lead by themselves, by name."""
        found = dict(self.told)
        decided = zip(self.version.decisions, self._values, strict=True)
        if self.is_all_told:
            found.update(decided)
        else:
            found.update(one for one in decided if one[1].__class__ is not Marker)
        return found

    @kept_property
    def tested(self) -> Tested:
        """What the tests of the version come to, by number; for decisions that are told."""
        return self.evaluator.conditions.tested(self.known)

    @kept_property
    def is_all_told(self) -> bool:
        """Whether every fact is told, and every decision led to an outcome."""
        return len(self.told) == self.evaluator.size and Marker not in map(type, self._values)

    @kept_property
    def walks_to_rules(self) -> bool:
        """Whether rules are to be found by walks: making these takes as long as many traces."""
        return bool(self.evaluator.plan.rules) or not self._is_early

    @kept_property
    def _is_early(self) -> bool:
        """Whether few requests were asked for rules before."""
        return next(self.evaluator.asked_for_rules) < FEW_REQUESTS

    def rules_found(self, decision: Decision) -> Listed | None:
        """The rules behind an outcome to which what is known leads; None where it does not."""
        found = self._rules_found.get(decision.name)
        if found is None:
            if self.is_all_told and self._is_early:  # one function is made sooner than several
                behind = self.evaluator.every_rule_finder(self.known)
                self._rules_found.update(zip(self.version.decisions, behind, strict=True))
            else:
                find = self.evaluator.rule_finders[decision.name]
                self._rules_found[decision.name] = None if find is None else find(self.known)[0]
            found = self._rules_found[decision.name]
        return None if found is None or found.__class__ is Marker else found.rules

    @kept_property
    def _rules_found(self) -> dict[str, Any]:
        return {}

    def is_told(self, decision: Decision) -> bool:
        """Whether every fact and decision that it rests on is known."""
        return self.is_all_told or self.evaluator.behind[decision.name] <= self.known.keys()

    @property
    def partial_result(self) -> PartialResult:
        """What the missing facts leave open."""
        result = self._partial_result
        if result is None:
            result = self._partial_result = self._what_is_left()
        return result

    def _what_is_left(self) -> PartialResult:
        if self.evaluator.has_lists:
            from reglament.evaluation.lists.partial_lists import PartialLists

            return PartialLists(self.evaluator, self.told, self._values)
        from reglament.partial.partial_result import PartialResult

        return PartialResult(self.evaluator.parts, self.told, self._values)

    def answer(self, name: str) -> Answer:
        """The outcome, what is still possible, or that there is none."""
        partial_result = self._partial_result
        if partial_result is None:
            partial_result = self.partial_result
        return partial_result[name]

    def blaming(self, refusal: Refusal) -> Refusal:
        """The refusal with where the request tells the fact to blame, where that is known."""
        return refusal
