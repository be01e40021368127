"""Terms: what a rule may compare or give - a constant, a fact, a decision, a formula of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from reglament.model.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """A value that the policy says; `name` is the parameter it came from, if any.

    Constants are equal where type and value are: 1 and true are not.
    """

    value: Value
    name: str | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Constant):
            return NotImplemented
        return type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class FactRef:
    """The value of the fact `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class DecisionRef:
    """The outcome of the decision `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A function of the language applied to terms; null in, null out.

    `hours` names the working hours, `tie` what happens to working time that
    runs out exactly at closing (only for functions of working time).
    """

    function: str
    arguments: tuple[Term, ...]
    hours: str | None = None
    tie: str = "closing"


Term: TypeAlias = Constant | FactRef | DecisionRef | Formula
