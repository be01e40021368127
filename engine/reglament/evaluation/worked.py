"""Outcomes that hold the answer at once and work out the explanation when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from reglament.evaluation.markers import MISSING
from reglament.model.outcomes import Outcome, Status
from reglament.model.values import Listed, listed

if TYPE_CHECKING:
    from reglament.evaluation.answers import Answer
    from reglament.evaluation.evaluator import Evaluated
    from reglament.model.policy import Decision


def _explained(name: str) -> Any:
    """A part of the outcome that only an explanation needs."""

    def part(self: Worked) -> Any:
        return listed(getattr(self.whole, name))

    return property(part, doc=getattr(Outcome, name).__doc__)


class Worked(Outcome):
    """The outcome of one decision; equal to, and as frozen as, the plain outcome it stands for.

    `value` is MISSING where the facts told do not lead to an outcome by
    themselves; then the outcome, too, is worked out when it is asked for.
    """

    __slots__ = ("_answer", "_decision", "_evaluated", "_sufficient", "_value", "_whole")
    # Decisions are made by the million: no frozen dataclass's slow way of setting.
    __setattr__ = object.__setattr__
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, evaluated: Evaluated, decision: Decision, value: Any) -> None:
        self._evaluated = evaluated
        self._decision = decision
        self._value = value
        self._answer: Answer | None = None
        self._whole: Outcome | None = None
        self._sufficient: tuple[str, ...] | None = None

    @property
    def answer(self) -> Answer:
        """The outcome, or what is still possible, before it is explained."""
        if self._answer is None:
            if self._value is MISSING:
                self._answer = self._evaluated.answer(self._decision)
            else:
                self._answer = self._evaluated.told_answer(self._value)
        return self._answer

    @property
    def whole(self) -> Outcome:
        """The outcome with everything that explains it."""
        if self._whole is None:
            self._whole = self._evaluated.explained(self._decision, self.answer)
        return self._whole

    @property
    def decision(self) -> str:
        """The name of the decision."""
        return self._decision.name

    @property
    def outcome(self) -> Any:
        """The outcome; None while undetermined."""
        value = self._value if self._value is not MISSING else self.answer.outcome
        return listed(value) if value.__class__ is tuple else value

    @property
    def status(self) -> Status:
        """Whether the facts told leave one outcome or several."""
        return Status.DETERMINED if self._value is not MISSING else self.answer.status

    @property
    def possible(self) -> Any:
        """The outcomes that the facts told leave; None where they cannot be listed."""
        return listed((self._value,) if self._value is not MISSING else self.answer.possible)

    @property
    def needs(self) -> tuple[str, ...]:
        """The missing facts on which the outcome hangs."""
        return Listed(self._needs())

    def _needs(self) -> tuple[str, ...]:
        is_open = self.status is not Status.DETERMINED
        return self._evaluated.needs_of(self._decision) if is_open else ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind the outcome."""
        is_told = self._whole is None and self._value is not MISSING
        found = self._evaluated.rules(self._decision) if is_told else None
        return self.whole.rules if found is None else Listed(found)

    @property
    def sufficient(self) -> tuple[str, ...]:
        """Told facts that alone settle the outcome, whatever the others are."""
        if self._sufficient is None:
            is_settled = self.status is Status.DETERMINED
            found = self._evaluated.sufficient(self._decision) if is_settled else ()
            self._sufficient = Listed(found)
        return self._sufficient

    clauses = _explained("clauses")
    readings = _explained("readings")
    met = _explained("met")
    unmet = _explained("unmet")
    open = _explained("open")
    items = _explained("items")
    ask = _explained("ask")
    ledger = _explained("ledger")
    trace = _explained("trace")

    def __eq__(self, other: object) -> bool:
        other = other.whole if isinstance(other, Worked) else other
        return self.whole == other

    def __repr__(self) -> str:
        return f"<{self.decision}: {self.status.value} {self.outcome!r}>"

    def __reduce__(self) -> tuple[Callable[..., Outcome], tuple[Any, ...]]:
        return self.whole.__reduce__()  # type: ignore[return-value]
