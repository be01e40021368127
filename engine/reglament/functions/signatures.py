"""From the types of a function's arguments to the type of what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal

from reglament.functions.record import Signature
from reglament.messages import Message, Words
from reglament.model.kind_words import KIND_WORDS
from reglament.model.values import (
    DURATION,
    INTEGER,
    NUMBERS,
    ORDERED,
    PERIOD,
    Kind,
    Period,
    Type,
    Value,
    decimal,
)

MOST_PLACES = 12  # of what is told, and of what a rule gives
MOST_WRITTEN = 24  # of a number in a formula, a step above all: what is given is rounded again
MOST_RECKONED = 72  # within a formula: three numbers of 24 multiply


class Misapplied(Exception):
    """The arguments do not suit the function; `message` says why, `index` tells which of them."""

    def __init__(self, message: Words, hint: Words | None = None, index: int | None = None) -> None:
        self.message = message
        self.hint = hint
        self.index = index
        super().__init__(message.to("en"))


def wanted_count(types: Sequence[Type], least: int, most: int | None) -> None:
    """Raises Misapplied for another count of arguments."""
    if len(types) >= least and (most is None or len(types) <= most):
        return
    wanted = str(least) if most == least else f"{least}…" if most is None else f"{least}-{most}"
    raise Misapplied(Message("arguments-wanted", wanted=wanted, count=len(types)))


def wants(type: Type, wanted: Kind, index: int) -> None:
    """The argument is of that kind. Raises Misapplied."""
    if type.kind is not wanted:
        raise unlike(type, wanted, index)


def unlike(type: Type, wanted: Kind, index: int) -> Misapplied:
    """What says that the argument is of another kind than the one wanted."""
    is_moment = wanted is Kind.DATE and type.kind is Kind.DATETIME
    hint = Message("take-day-day-name") if is_moment else None
    kinds = {"wanted": KIND_WORDS[wanted], "wanted2": KIND_WORDS[type.kind]}
    return Misapplied(Message("wanted-wanted-wanted", **kinds), hint, index)


def number_of(types: Sequence[Type], places: Callable[[list[int]], int] = max) -> Type:
    """The number that numbers make: whole of whole ones, else with so many places."""
    for index, type in enumerate(types):
        if type.kind not in NUMBERS:
            wants(type, Kind.DECIMAL, index)
    if all(type.kind is Kind.INTEGER for type in types):
        return INTEGER
    total = places([type.places for type in types])
    if total > MOST_RECKONED:
        said = Message("more-than-digits-come", most_places=MOST_RECKONED)
        raise Misapplied(said, Message("round-argument"))
    return decimal(total)


def sum_(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """Numbers, durations, or periods."""
    wanted_count(types, 2, None)
    for length in (DURATION, PERIOD):
        if types[0].kind is length.kind:
            return fixed(length, *(length.kind for _ in types))(types, _)
    return number_of(types, max)


def difference(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """Two numbers, two durations, or two periods."""
    wanted_count(types, 2, 2)
    return sum_(types, constants)


def product_type(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """Two numbers or more."""
    wanted_count(types, 2, None)
    return number_of(types, sum)


def extreme(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """Values that stand in one order."""
    wanted_count(types, 1, None)
    if types[0].kind in NUMBERS:
        return number_of(types, max)
    if types[0].kind not in ORDERED:
        raise Misapplied(Message("values-type-no-order"))
    for index, type in enumerate(types):
        wants(type, types[0].kind, index)
    return types[0]


def rounding(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A number and the step of which it becomes a multiple."""
    wanted_count(types, 2, 2)
    return multiple(types, constants)


def quotient(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """What is divided, by what, and the step of which the quotient becomes a multiple."""
    wanted_count(types, 3, 3)
    refuse_zero(constants, 1)
    return multiple(types, constants)


def multiple(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """The type of a multiple of the last argument, the step. Raises Misapplied."""
    number_of(types, max)
    _refuse_told(constants, len(constants) - 1)
    if not constants[-1] > 0:  # type: ignore[operator]  # a number, as just asked
        raise Misapplied(Message("step-must-above-zero"), index=len(constants) - 1)
    return types[-1]


def refuse_zero(constants: Sequence[Value], index: int) -> None:
    """What is written may not be zero; of what is told or computed, the rule has to show it."""
    if constants[index] in (0, timedelta(0), Period(0)) and not isinstance(constants[index], bool):
        raise Misapplied(Message("division-zero"), index=index)


def _refuse_told(constants: Sequence[Value], index: int) -> None:
    """A step has to be written in the policy."""
    if not _is_number(constants[index]):
        raise Misapplied(Message("step-number-parameter"), index=index)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def fixed(result: Type, *wanted: Kind) -> Signature:
    """Arguments of exactly these kinds (a number is a decimal), which give the type."""

    def check(types: Sequence[Type], _: Sequence[Value]) -> Type:
        wanted_count(types, len(wanted), len(wanted))
        for index, (type, kind) in enumerate(zip(types, wanted, strict=True)):
            if kind is Kind.DECIMAL and type.kind in NUMBERS:
                continue
            wants(type, kind, index)
        return result

    return check
