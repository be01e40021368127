"""From one version and the facts told to outcomes, each worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reglament.evaluation.compiled import CompiledVersion
from reglament.evaluation.lazy_outcomes import LazyOutcome, OpenLazyOutcome
from reglament.evaluation.request_state import RequestState
from reglament.model.decisions import Decision
from reglament.model.markers import NOT_COMPUTED, Marker
from reglament.model.outcomes import Outcome
from reglament.model.values import Value, listed


def with_assumed(told: Mapping[str, Value], assumed: Mapping[str, Value]) -> dict[str, Value]:
    """The facts told, and what is assumed of others."""
    return {**told, **missing_of(told, assumed)}


def missing_of(told: Mapping[str, Value], assumed: Mapping[str, Value]) -> dict[str, Value]:
    """What is assumed of facts that are not told."""
    return {name: value for name, value in assumed.items() if name not in told}


class Evaluator(CompiledVersion):
    """Decides requests by one version of a policy; safe to share between threads."""

    def evaluate(self, told: Mapping[str, Value], *, is_assuming: bool = True) -> Evaluated:
        """The decisions for the facts told, which must be checked values of their types.

        What the version assumes of missing facts is taken as told, unless `is_assuming` is false.
        """
        assumed = self.version.assumed
        if not assumed or not is_assuming:
            return Evaluated(self, told)
        evaluated = Evaluated(self, with_assumed(told, assumed))
        evaluated.assumed = missing_of(told, assumed)
        return evaluated


class Evaluated(RequestState):
    """The decisions for one request, by name; what explains them is worked out when asked for.

    With `only` these decisions are made at once, and any other when it is asked for.

    A gap, a conflict or a date that no calendar covers refuses the decision that meets it,
    and those that need it; the others are told.
    """

    evaluator: Evaluator

    def __getitem__(self, name: str) -> Outcome:
        place, decision = self._placed[name]
        value = self._first_values[place]
        kind = type(value)
        if kind is Marker or kind is tuple:
            return self._marked_or_listed(place, decision)
        outcome: LazyOutcome = LazyOutcome()
        # Set here, as a call of `__init__` takes half as long again.
        outcome._value, outcome._state = value, self
        outcome._decision = decision
        # Not kept: it refers to this object, and a circle would wait for the collector.
        return outcome

    def _marked_or_listed(self, place: int, decision: Decision) -> LazyOutcome:
        """The same of a value that does not stand for itself."""
        value = self._first_values[place]
        if value is NOT_COMPUTED:
            value = self._values[place]
        outcome: LazyOutcome
        # A marker says that it is missing; or that it is broken, and seeking it tells why.
        if type(value) is Marker:
            outcome = sought = OpenLazyOutcome()
            sought._answer = None
        else:
            outcome = LazyOutcome()
            outcome._value = listed(value)
        outcome._state, outcome._decision = self, decision
        return outcome

    def __iter__(self) -> Iterator[str]:
        return iter(self.version.shown_decisions)

    def __len__(self) -> int:
        return sum(1 for _ in self)
