"""From the types of a function's arguments to the type of what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from reglament.formulas import QUOTIENTS, ROUNDINGS
from reglament.language.syntax.mismatch import WANTED
from reglament.messages import Message, Words
from reglament.model.values import (
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    NUMBERS,
    ORDERED,
    Kind,
    Type,
    Value,
    decimal,
)

Signature = Callable[[Sequence[Type], Sequence[Value]], Type]
MOST_PLACES = 12


class Misapplied(Exception):
    """The arguments do not suit the function; `message` says why, `index` tells which of them."""

    def __init__(self, message: Words, hint: Words | None = None, index: int | None = None) -> None:
        self.message = message
        self.hint = hint
        self.index = index
        super().__init__(message.to("en"))


def _count(types: Sequence[Type], least: int, most: int | None) -> None:
    if len(types) >= least and (most is None or len(types) <= most):
        return
    wanted = str(least) if most == least else f"{least}…" if most is None else f"{least}-{most}"
    raise Misapplied(Message("arguments-wanted", wanted=wanted, count=len(types)))


def _wants(type: Type, wanted: Kind, index: int) -> None:
    if type.kind is wanted:
        return
    hint = None
    if wanted is Kind.DATE and type.kind is Kind.DATETIME:
        hint = Message("take-day-day-name")
    raise Misapplied(
        Message("wanted-wanted-wanted", wanted=WANTED[wanted], wanted2=WANTED[type.kind]),
        hint,
        index,
    )


def _number(types: Sequence[Type], places: Callable[[list[int]], int]) -> Type:
    """The number that numbers make: whole of whole ones, else with so many places."""
    for index, type in enumerate(types):
        if type.kind not in NUMBERS:
            _wants(type, Kind.DECIMAL, index)
    if all(type.kind is Kind.INTEGER for type in types):
        return INTEGER
    total = places([type.places for type in types])
    if total > MOST_PLACES:
        raise Misapplied(
            Message("more-than-digits-come", most_places=MOST_PLACES), Message("round-argument")
        )
    return decimal(total)


def _sum(types: Sequence[Type], _: Sequence[Value]) -> Type:
    _count(types, 2, None)
    if all(type.kind is Kind.DURATION for type in types):
        return DURATION
    return _number(types, max)


def _difference(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    _count(types, 2, 2)
    return _sum(types, constants)


def _product(types: Sequence[Type], _: Sequence[Value]) -> Type:
    _count(types, 2, None)
    return _number(types, sum)


def _extreme(types: Sequence[Type], _: Sequence[Value]) -> Type:
    _count(types, 1, None)
    if types[0].kind in NUMBERS:
        return _number(types, max)
    if types[0].kind not in ORDERED:
        raise Misapplied(Message("values-type-no-order"))
    for index, type in enumerate(types):
        _wants(type, types[0].kind, index)
    return types[0]


def _rounding(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    _count(types, 2, 2)
    return _multiple(types, constants)


def _quotient(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    _count(types, 3, 3)
    _refuse_told(constants, 1)
    if constants[1] == 0:
        raise Misapplied(Message("division-zero"), index=1)
    return _multiple(types, constants)


def _multiple(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A multiple of the last argument, the step, has the places of the step."""
    _number(types, max)
    _refuse_told(constants, len(constants) - 1)
    if not constants[-1] > 0:  # type: ignore[operator]  # a number, as just asked
        said = Message("step-must-above-zero")
        raise Misapplied(said, index=len(constants) - 1)
    return types[-1]


def _refuse_told(constants: Sequence[Value], index: int) -> None:
    """What divides has to be written in the policy: a request could tell it to be zero."""
    if not _is_number(constants[index]):
        said = Message("divisor-step-numbers-parameters")
        raise Misapplied(said, index=index)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _fixed(result: Type, *wanted: Kind) -> Signature:
    def check(types: Sequence[Type], _: Sequence[Value]) -> Type:
        _count(types, len(wanted), len(wanted))
        for index, (type, kind) in enumerate(zip(types, wanted, strict=True)):
            if kind is Kind.DECIMAL and type.kind in NUMBERS:
                continue
            _wants(type, kind, index)
        return result

    return check


_later = _fixed(DATE, Kind.DATE, Kind.INTEGER)
_span = _fixed(INTEGER, Kind.DATE, Kind.DATE)

SIGNATURES: dict[str, Signature] = {
    "sum": _sum,
    "difference": _difference,
    "product": _product,
    "minimum": _extreme,
    "maximum": _extreme,
    **dict.fromkeys(ROUNDINGS, _rounding),
    **dict.fromkeys(QUOTIENTS, _quotient),
    "days_after": _later,
    "months_after": _later,
    "years_after": _later,
    "days_between": _span,
    "months_between": _span,
    "years_between": _span,
    "day_of": _fixed(DATE, Kind.DATETIME),
    "working_hours_after": _fixed(DATETIME, Kind.DATETIME, Kind.DECIMAL),
    "working_day_at_or_after": _fixed(DATE, Kind.DATE),
}
