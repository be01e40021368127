"""Functions of rates in per cent: a share of a number, and a tariff that rises by brackets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from reglament.functions.numbers import Number, product, total
from reglament.functions.record import Function, table
from reglament.functions.signatures import MOST_RECKONED, Misapplied, number_of
from reglament.messages import Message
from reglament.model.values import NUMBERS, Type, Value, decimal

HUNDREDTH, RATE_PLACES = Decimal("0.01"), 2


def percent(rate: Number, base: Number) -> Number:
    """So many per cent of the base, exactly. Raises NumberOutOfRange."""
    share: Number = product(rate, base, HUNDREDTH)
    return share


def brackets(amount: Number, *steps: Number) -> Number:
    """What each part of the amount comes to by the rate of its bracket, in per cent, added up.

    `steps` are the upper end and the rate of each bracket, from nought on, and the rate above
    them all. Of an amount below nought there is no part. Raises NumberOutOfRange.
    """
    ends, rates = (0, *steps[:-1:2]), (*steps[1:-1:2], steps[-1])
    lengths = [max(0, min(amount, last) - first) for first, last in pairwise(ends)]
    lengths.append(max(0, amount - ends[-1]))
    shares = (percent(rate, length) for rate, length in zip(rates, lengths, strict=True))
    found: Number = total(Decimal(0), *shares)
    return found


def _per_cent(types: Sequence[Type]) -> Type:
    places = sum(type.places for type in types) + RATE_PLACES
    if places > MOST_RECKONED:
        said = Message("more-than-digits-come", most_places=MOST_RECKONED)
        raise Misapplied(said, Message("round-argument"))
    return decimal(places)


def _percent(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A rate and what it is taken of."""
    if len(types) != 2:
        raise Misapplied(Message("arguments-wanted", wanted="2", count=len(types)))
    number_of(types)
    return _per_cent(types)


def _tariff(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """An amount, then the ends, which rise, and rates, none below nought, of its brackets."""
    if len(types) < 2:
        raise Misapplied(Message("arguments-wanted", wanted="2…", count=len(types)))
    number_of(types)
    for index, value in enumerate(constants[1:], 1):
        if not isinstance(value, int | Decimal):
            raise Misapplied(Message("bracket-numbers-parameters"), index=index)
    _, *steps = constants
    ends, rates = (0, *steps[:-1:2]), (*steps[1:-1:2], steps[-1])
    if any(not first < last for first, last in pairwise(ends)):  # type: ignore[operator]
        raise Misapplied(Message("brackets-rise"))
    if any(rate < 0 for rate in rates):  # type: ignore[operator]
        raise Misapplied(Message("bracket-rate-not-below-zero"))
    return _tariff_grid(types)


def _tariff_grid(types: Sequence[Type]) -> Type:
    longest = max(types, key=lambda type: type.places)
    return _per_cent((longest, max(types[1:], key=lambda type: type.places)))


def _grid(types: Sequence[Type]) -> Type | None:
    is_known = all(type.kind in NUMBERS for type in types)
    return decimal(sum(type.places for type in types) + RATE_PLACES) if is_known else None


FUNCTIONS = table(
    Function(
        "percent", percent, _percent, _grid, ("by_sign",), words="per-cent-of",
        elsewhere="percentage pct percent_of процент prozent",
    ),
    Function(
        "brackets", brackets, _tariff, _tariff_grid, (1, 0), words="brackets-of",
        elsewhere="tiers progressive tariff marginal tax_brackets шкала staffel",
    ),
)  # fmt: skip
