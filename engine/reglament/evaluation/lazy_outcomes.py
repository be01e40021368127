"""Outcomes that hold the answer at once and work out the explanation when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from reglament.model.outcomes import Outcome, Refusal, Status
from reglament.model.values import Listed, listed
from reglament.partial.answers import DeterminedAnswer, RefusedAnswer

if TYPE_CHECKING:
    from reglament.evaluation.evaluator import Evaluated
    from reglament.model.policy import Decision
    from reglament.partial.answers import Answer


NOTHING = Listed()
# Names of their own, since an enumeration looks its members up.
DETERMINED, UNDETERMINED = Status.DETERMINED, Status.UNDETERMINED


def _explained(name: str) -> Any:
    """A part of the outcome that only an explanation needs."""

    def part(self: Worked) -> Any:
        return listed(getattr(self.whole, name))

    return property(part, doc=getattr(Outcome, name).__doc__)


class Worked(Outcome):
    """The outcome of one decision; equal to, and as frozen as, the plain outcome it stands for.

    The facts told lead to the outcome by themselves.
    """

    __slots__ = ("_decision", "_evaluated", "_value")
    # Decisions are made by the million: no frozen dataclass's slow way of setting. Python
    # sets quickly only where both of these are plain.
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__
    __hash__ = None  # type: ignore[assignment]

    _evaluated: Evaluated
    _decision: Decision
    _value: Any

    @property
    def answer(self) -> Answer:
        """The outcome, or what is still possible, before it is explained."""
        return DeterminedAnswer(self._value)

    @property
    def whole(self) -> Outcome:
        """The outcome with everything that explains it."""
        found: Outcome = self._kept(
            "whole", lambda: self._evaluated.explained(self._decision, self.answer)
        )
        return found

    def _kept(self, part: str, work_out: Callable[[], Any]) -> Any:
        """What is worked out once, and kept with all that is decided."""
        kept, key = self._evaluated.kept, (self._decision.name, part)
        if key not in kept:
            kept[key] = work_out()
        return kept[key]

    @property
    def decision(self) -> str:
        """The name of the decision."""
        return self._decision.name

    @property
    def outcome(self) -> Any:
        """The outcome; None while undetermined."""
        value = self._value
        return listed(value) if value.__class__ is tuple else value

    @property
    def status(self) -> Status:
        """Whether the facts told leave one outcome or several."""
        return DETERMINED

    @property
    def possible(self) -> Any:
        """The outcomes that the facts told leave; None where they cannot be listed."""
        return Listed((self.outcome,))

    @property
    def needs(self) -> tuple[str, ...]:
        """The missing facts on which the outcome hangs."""
        return NOTHING

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind the outcome."""
        found = self._kept("rules", lambda: self._evaluated.rules(self._decision))
        return Listed(self.whole.rules if found is None else found)

    @property
    def sufficient(self) -> tuple[str, ...]:
        """Told facts that alone settle the outcome, whatever the others are."""
        if self.status is not Status.DETERMINED:
            return Listed()
        found = self._kept("sufficient", lambda: self._evaluated.sufficient(self._decision))
        return Listed(found)

    clauses = _explained("clauses")
    open_clauses = _explained("open_clauses")
    readings = _explained("readings")
    met = _explained("met")
    unmet = _explained("unmet")
    open = _explained("open")
    items = _explained("items")
    ask = _explained("ask")
    ledger = _explained("ledger")
    trace = _explained("trace")

    @property
    def refused(self) -> Refusal | None:
        """Why the policy gives no outcome."""
        return None

    @property
    def is_exact(self) -> bool:
        """Whether all was tried: false where there was too much."""
        return True

    def __eq__(self, other: object) -> bool:
        other = other.whole if isinstance(other, Worked) else other
        return self.whole == other

    def __repr__(self) -> str:
        return f"<{self.decision}: {self.status.value} {self.outcome!r}>"

    def __reduce__(self) -> tuple[Callable[..., Outcome], tuple[Any, ...]]:
        return self.whole.__reduce__()  # type: ignore[return-value]


class Sought(Worked):
    """An outcome to which the facts told do not lead by themselves: it, too, is worked out."""

    __slots__ = ("_answer",)

    _answer: Answer | None

    @property
    def answer(self) -> Answer:
        """The outcome, or what is still possible, before it is explained."""
        found = self._answer
        if found is None:
            found = self._answer = self._evaluated.answer(self._decision.name)
        return found

    @property
    def outcome(self) -> Any:
        """The outcome; None while undetermined, and where refused."""
        return (self._answer or self.answer).outcome

    @property
    def status(self) -> Status:
        """Whether the facts told leave one outcome or several."""
        return (self._answer or self.answer).status

    @property
    def possible(self) -> Any:
        """The outcomes that the facts told leave; None where they cannot be listed."""
        return (self._answer or self.answer).possible

    @property
    def needs(self) -> tuple[str, ...]:
        """The missing facts on which the outcome hangs."""
        if (self._answer or self.answer).status is not UNDETERMINED:
            return NOTHING
        return self._evaluated.unsettled.needs(self._decision.name)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind the outcome."""
        if (self._decision.name, "whole") in self._evaluated.kept:
            return Listed(self.whole.rules)
        sought = self._evaluated.rules_sought
        return Listed(self._kept("rules", lambda: sought(self._decision, self.answer)))

    @property
    def refused(self) -> Refusal | None:
        """Why the policy gives no outcome."""
        answer = self.answer
        if not isinstance(answer, RefusedAnswer):
            return None
        found: Refusal = self._kept(
            "refused", lambda: self._evaluated.refusal(self._decision, answer)
        )
        return found

    is_exact = _explained("is_exact")

    def __repr__(self) -> str:
        if self.status is DETERMINED:
            return super().__repr__()
        why = self.refused.problem.code if self.refused else f"needs {', '.join(self.needs)}"
        return f"<{self.decision}: {self.status.value}, {why}>"
