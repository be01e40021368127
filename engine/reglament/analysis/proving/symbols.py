"""Values that are formulas: what a fact, a decision or a formula of a policy may come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.smt_clocks import Clocks
from reglament.analysis.proving.smt_dates import DayForm, chosen_day
from reglament.frozen import frozen

ANY_MOMENT = (-(10**18), 10**18)


@frozen(slots=False)
class SmtSymbol:
    """Something that may be null; of this class itself, it is null always."""

    is_null: Formula


@frozen(slots=False)
class TruthSymbol(SmtSymbol):
    """True or false."""

    holds: Formula


@frozen(slots=False)
class WordSymbol(SmtSymbol):
    """A word, or another value that is only ever compared for equality; `code` numbers it."""

    code: Formula
    may_be_list: bool = False


@frozen(slots=False)
class NumberSymbol(SmtSymbol):
    """A number, `units` times ten to the power of minus `places`."""

    units: Formula
    places: int = 0

    def in_units(self, places: int) -> Formula:
        """The number in units of no fewer places."""
        return self.units * 10 ** (places - self.places) if places > self.places else self.units


@frozen(slots=False)
class DaySymbol(SmtSymbol):
    """A date."""

    day: DayForm


@frozen(slots=False)
class MomentSymbol(SmtSymbol):
    """A moment: microseconds since 1970, the zone on whose clock it is read, bounds known."""

    micros: Formula
    zone: str
    known: tuple[int, int] = ANY_MOMENT


@frozen(slots=False)
class SpanSymbol(SmtSymbol):
    """A duration in microseconds."""

    micros: Formula


@frozen(slots=False)
class BagSymbol(SmtSymbol):
    """A list, as which of the values that a policy names it holds.

    `source` is the fact that it is, as the order of a list and its other items are known of
    no other.
    """

    holds: Mapping[Any, Formula]
    source: str | None = None


NULL = SmtSymbol(True)


class Algebra:
    """How symbols are compared and chosen from."""

    def __init__(self, logic: Logic) -> None:
        self.logic = logic
        self.clocks = Clocks(logic)

    def equal(self, symbol: SmtSymbol, other: SmtSymbol) -> Formula:
        """Both are null, or neither is and they are the same value."""
        logic = self.logic
        if symbol is other:
            return True
        if type(symbol) is SmtSymbol or type(other) is SmtSymbol:
            return logic.all_of(symbol.is_null, other.is_null)
        alike = logic.equal(symbol.is_null, other.is_null)
        return logic.all_of(alike, logic.any_of(symbol.is_null, self._same(symbol, other)))

    def is_before(self, symbol: SmtSymbol, other: SmtSymbol) -> Formula:
        """Of two that are not null: the first is less than the other."""
        match symbol, other:
            case NumberSymbol(), NumberSymbol():
                places = max(symbol.places, other.places)
                return symbol.in_units(places) < other.in_units(places)
            case DaySymbol(), DaySymbol():
                return symbol.day.before(other.day)
            case MomentSymbol(), MomentSymbol():
                return symbol.micros < other.micros
            case SpanSymbol(), SpanSymbol():
                return symbol.micros < other.micros
        raise Unsupported("an order of values that have none")

    def on_day(self, symbol: SmtSymbol) -> SmtSymbol:
        """A moment as its day; a day as it is."""
        if not isinstance(symbol, MomentSymbol):
            return symbol
        day = self.clocks.day(symbol.micros, symbol.zone, symbol.known)
        return DaySymbol(symbol.is_null, day)

    def choose(self, condition: Formula, then: SmtSymbol, other: SmtSymbol) -> SmtSymbol:
        """`then` if the condition holds, or `other`."""
        if isinstance(condition, bool):
            return then if condition else other
        if then is other:
            return then
        is_null = self.logic.choose(condition, then.is_null, other.is_null)
        if type(then) is SmtSymbol:
            return replace(other, is_null=is_null)
        if type(other) is SmtSymbol:
            return replace(then, is_null=is_null)
        return self._chosen(condition, is_null, then, other)

    def _same(self, one: SmtSymbol, other: SmtSymbol) -> Formula:
        match one, other:
            case TruthSymbol(), TruthSymbol():
                return self.logic.equal(one.holds, other.holds)
            case WordSymbol(), WordSymbol():
                return self.logic.equal(one.code, other.code)
            case NumberSymbol(), NumberSymbol():
                places = max(one.places, other.places)
                return self.logic.equal(one.in_units(places), other.in_units(places))
            case DaySymbol(), DaySymbol():
                return one.day.equal(other.day)
            case MomentSymbol(), MomentSymbol():
                return self.logic.equal(one.micros, other.micros)
            case SpanSymbol(), SpanSymbol():
                return self.logic.equal(one.micros, other.micros)
            case BagSymbol(), BagSymbol():
                return self._same_items(one, other)
        if any(isinstance(symbol, TruthSymbol) for symbol in (one, other)) or any(
            isinstance(symbol, WordSymbol) and symbol.may_be_list for symbol in (one, other)
        ):
            raise Unsupported("values of different kinds compared")
        return False

    def _same_items(self, bag_symbol: BagSymbol, other: BagSymbol) -> Formula:
        if bag_symbol.source is not None and bag_symbol.source == other.source:
            return True
        if bag_symbol.source is not None or other.source is not None:
            raise Unsupported("two lists compared with each other")
        values = {**bag_symbol.holds, **other.holds}
        return self.logic.all_of(
            *(
                self.logic.equal(bag_symbol.holds.get(value, False), other.holds.get(value, False))
                for value in values
            )
        )

    def _chosen(
        self, condition: Formula, is_null: Formula, then: SmtSymbol, other: SmtSymbol
    ) -> SmtSymbol:
        choose = self.logic.choose
        match then, other:
            case TruthSymbol(), TruthSymbol():
                return TruthSymbol(is_null, choose(condition, then.holds, other.holds))
            case WordSymbol(), WordSymbol():
                code = choose(condition, then.code, other.code)
                return WordSymbol(is_null, code, then.may_be_list or other.may_be_list)
            case NumberSymbol(), NumberSymbol():
                places = max(then.places, other.places)
                units = choose(condition, then.in_units(places), other.in_units(places))
                return NumberSymbol(is_null, units, places)
            case DaySymbol(), DaySymbol():
                day = chosen_day(self.logic, condition, then.day, other.day)
                return DaySymbol(is_null, day)
            case MomentSymbol(), MomentSymbol() if then.zone == other.zone:
                micros = choose(condition, then.micros, other.micros)
                known = (
                    min(then.known[0], other.known[0]),
                    max(then.known[1], other.known[1]),
                )
                return MomentSymbol(is_null, micros, then.zone, known)
            case SpanSymbol(), SpanSymbol():
                return SpanSymbol(is_null, choose(condition, then.micros, other.micros))
            case BagSymbol(), BagSymbol() if then.source is None and other.source is None:
                values = {**then.holds, **other.holds}
                holds = {
                    value: choose(
                        condition, then.holds.get(value, False), other.holds.get(value, False)
                    )
                    for value in values
                }
                return BagSymbol(is_null, holds)
        raise Unsupported("a choice between values of different kinds")
