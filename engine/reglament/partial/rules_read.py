"""From the rules of a decision, read one by one, to its answer where the facts told suffice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from reglament import reference
from reglament.model.decisions import Decision
from reglament.model.values import Value
from reglament.partial.answers import Answer, DeterminedAnswer, RefusedAnswer
from reglament.partial.decomposition import Decomposition


class Earlier(Protocol):
    """What is known of the other decisions of the same request."""

    decomposition: Decomposition
    told: Mapping[str, Value]

    def __getitem__(self, name: str) -> Answer: ...


class RulesRead:
    """What the rules of one request say as the reference reads them."""

    def __init__(self, partial_result: Earlier) -> None:
        self.partial_result = partial_result
        self.version = partial_result.decomposition.version
        self._told = reference.View(self.version, partial_result.told)
        self._beside: dict[str, reference.View] = {}

    def answer(self, name: str) -> Answer | None:
        """The answer; None where a rule reads a missing fact."""
        found = self.of(self.version.decisions[name])
        if isinstance(found, reference.Answer):
            return DeterminedAnswer(found.outcome)
        return None if found is None else RefusedAnswer(found)

    def of(self, decision: Decision) -> reference.Answer | reference.Refusal | None:
        """What they say; None where one reads a fact that is missing.

        Decisions that they read may be settled though facts are missing.
        """
        try:
            # In order, so that no call nests in another however many build on each other.
            for name in self.partial_result.decomposition.behind[decision.name]:
                self._told.found(self.version.decisions[name])
            return self._told.found(decision)
        except KeyError:
            return self._of_settled(decision)

    def _of_settled(self, decision: Decision) -> reference.Answer | reference.Refusal | None:
        view = self._beside[decision.name] = reference.View(self.version, self.partial_result.told)
        for name in sorted(decision.reads()):
            match self.partial_result[name]:
                case DeterminedAnswer(outcome=outcome):
                    view.answers[name] = reference.Answer(outcome, ())
                case RefusedAnswer(why=why):
                    view.answers[name] = why
                case _:
                    return None
        try:
            return view.found(decision)
        except KeyError:
            return None

    def cited(self, decision: Decision) -> tuple[str, ...]:
        """The clauses cited; none where a rule reads a missing fact."""
        try:
            return self._beside.get(decision.name, self._told).cited(decision)
        except (KeyError, reference.InDoubt, *reference.REFUSALS):
            return ()
