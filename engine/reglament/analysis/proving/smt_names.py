"""The facts that a question is about, as variables, and requests read back from their values."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from reglament.analysis.common_types import common_type
from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.smt_dates import (
    DAY,
    EPOCH_ORDINAL,
    FIRST_DAY,
    LAST_DAY,
    DayForm,
    day_variable,
    fixed_day,
)
from reglament.analysis.proving.symbols import (
    NULL,
    BagSymbol,
    DaySymbol,
    MomentSymbol,
    NumberSymbol,
    SmtSymbol,
    SpanSymbol,
    TruthSymbol,
    WordSymbol,
)
from reglament.analysis.window import DayWindow
from reglament.model.moments import MICROSECOND, micros
from reglament.model.regulation import Fact, Version
from reglament.model.values import (
    DAY_LONG,
    LARGEST,
    LONGEST,
    MOST_MONTHS,
    NUMBERS,
    WORDS,
    Kind,
    Period,
    TimeOfDay,
    Type,
    Value,
)

MOST_CODES = 1_000_000
_LAST = {
    Kind.TIME: DAY_LONG - 1,
    Kind.DURATION: LONGEST // MICROSECOND,
    Kind.PERIOD: MOST_MONTHS,
}  # as numbers


@dataclass
class Codes:
    """A number for each word, and for each other value that is only compared for equality."""

    values: list[Value] = field(default_factory=list)
    known: dict[Hashable, int] = field(default_factory=dict)

    def of(self, value: Value) -> int:
        """The number of the value."""
        key = (type(value).__name__, value)
        if key not in self.known:
            self.known[key] = len(self.values)
            self.values.append(value)
        return self.known[key]


def constant_symbol(logic: Logic, codes: Codes, value: Value, zone: str) -> SmtSymbol:
    """A value that a policy says."""
    match value:
        case None:
            return NULL
        case bool():
            return TruthSymbol(False, value)
        case int():
            return NumberSymbol(False, value)
        case Decimal():
            places = max(0, -int(value.as_tuple().exponent))
            return NumberSymbol(False, int(value.scaleb(places)), places)
        case datetime():
            number = micros(value)
            return MomentSymbol(False, number, zone, (number, number))
        case date():
            return DaySymbol(False, fixed_day(logic, value))
        case TimeOfDay():
            return NumberSymbol(False, value.micros)
        case Period():
            return NumberSymbol(False, value.months)
        case timedelta():
            return SpanSymbol(False, value // MICROSECOND)
    return WordSymbol(False, codes.of(value), isinstance(value, tuple))


@dataclass
class FactVariable:
    """The variables of one fact: whether it is null, and its value in the form of its type."""

    fact: Fact
    type: Type
    is_null: Formula
    value: Any

    @property
    def name(self) -> str:
        """The name of the fact."""
        return self.fact.name


class SmtNames:
    """The variables of the facts of one version or of two together.

    A fact takes the values that every version allows which has it. With `by_months` days are
    made of month and day, for questions that compute in months.
    """

    def __init__(
        self, logic: Logic, versions: tuple[Version, ...], within: DayWindow, by_months: bool
    ) -> None:
        self.logic = logic
        self.versions = versions
        self.within = within
        self.by_months = by_months
        self.codes = Codes()
        self.listed: dict[str, list[Value]] = {}
        self.variables: dict[str, FactVariable] = {}
        names = dict.fromkeys(name for version in versions for name in version.facts)
        self.facts = {name: self._common(name) for name in names}
        self.lists = frozenset[str]().union(*(version.lists for version in versions))
        for fact in self.facts.values():
            for option in (*fact.type.options, *(fact.type.item or fact.type).options):
                self.codes.of(option)

    def symbol(self, name: str, version: Version) -> SmtSymbol:
        """The fact as `version` reads it."""
        variable = self.variable(name)
        value, is_null = variable.value, variable.is_null
        match variable.type.kind:
            case Kind.BOOLEAN:
                return TruthSymbol(is_null, value)
            case Kind.INTEGER | Kind.DECIMAL | Kind.TIME | Kind.PERIOD:
                return NumberSymbol(is_null, value, variable.type.places)
            case Kind.DATE:
                return DaySymbol(is_null, value)
            case Kind.DATETIME:
                return MomentSymbol(is_null, value, version.zone, self._known(name, version))
            case Kind.DURATION:
                return SpanSymbol(is_null, value)
            case Kind.LIST:
                return BagSymbol(is_null, value, name)
        return WordSymbol(is_null, value)

    def variable(self, name: str) -> FactVariable:
        """The variables of the fact, made when they are first asked for."""
        if name not in self.variables:
            self.variables[name] = self._made(self.facts[name])
        return self.variables[name]

    def item(self, name: str, value: Value) -> Formula:
        """Whether the list `name` holds the value."""
        variable = self.variable(name)
        if value not in variable.value:
            variable.value[value] = self.logic.truth(f"{name}.{value}")
            self.logic.require(
                self.logic.negate(self.logic.all_of(variable.is_null, variable.value[value]))
            )
        return variable.value[value]

    def _common(self, name: str) -> Fact:
        facts = [version.facts[name] for version in self.versions if name in version.facts]
        first, *rest = facts
        for other in rest:
            type_ = common_type(first.type, other.type)
            if type_ is None:
                raise Unsupported(f"`{name}`")
            null = other.null_means if first.is_nullable else None
            first = replace(first, type=type_, null_means=null)
        return first

    def _made(self, fact: Fact) -> FactVariable:
        is_null = self.logic.truth(f"{fact.name}.null") if fact.is_nullable else False
        value = self._value(fact)
        variable = FactVariable(fact, fact.type, is_null, value)
        self._bound(variable)
        if any(version.chosen_by == fact.name for version in self.versions):
            self._limit(variable)
        return variable

    def _value(self, fact: Fact) -> Any:
        kind, logic = fact.type.kind, self.logic
        if kind is Kind.BOOLEAN:
            return logic.truth(fact.name)
        if kind is Kind.LIST:
            return {}
        if kind is Kind.DATE:
            if self.by_months:
                return DayForm(logic, None, day_variable(logic, fact.name))
            number = logic.whole(fact.name)
            logic.require(logic.between(number, FIRST_DAY, LAST_DAY))
            return DayForm(logic, number)
        number = logic.whole(fact.name)
        if kind in NUMBERS:
            most = LARGEST * 10**fact.type.places
            logic.require(logic.between(number, -most, most))
        if kind in _LAST:
            logic.require(logic.between(number, 0, _LAST[kind]))
        if kind is Kind.DATETIME:
            first, last = (FIRST_DAY + 1, LAST_DAY - 1)
            low, high = ((day - EPOCH_ORDINAL) * DAY for day in (first, last))
            logic.require(logic.between(number, low, high))
        if kind is Kind.CHOICE and not fact.type.is_open:
            codes = sorted(self.codes.of(option) for option in fact.type.options)
            logic.require(logic.any_of(*(number == code for code in codes)))
        elif kind in WORDS or kind is Kind.RECORD:
            logic.require(logic.between(number, 0, MOST_CODES))
        return number

    def _bound(self, variable: FactVariable) -> None:
        """What the fact says of its own bounds."""
        for name in ("at_least", "at_most"):
            said = getattr(variable.type, name)
            if said is None:
                continue
            holds = self.compared(variable, said, is_least=name == "at_least")
            self.logic.require(self.logic.any_of(variable.is_null, holds))

    def compared(self, variable: FactVariable, said: Any, *, is_least: bool) -> Formula:
        """The value, if it is not null, is at least (or at most) the one said."""
        value = variable.value
        match said:
            case datetime():
                said = micros(said)
            case date():
                edge = fixed_day(self.logic, said)
                first, last = (value, edge) if is_least else (edge, value)
                return self.logic.negate(first.before(last))
            case TimeOfDay():
                said = said.micros
            case Period():
                said = said.months
            case timedelta():
                said = said // MICROSECOND
            case _:
                # A bound between two units counts from the next unit inside.
                scaled = Decimal(said) * 10**variable.type.places
                return value >= _ceiling(scaled) if is_least else value <= _floor(scaled)
        return value >= said if is_least else value <= said

    def _limit(self, variable: FactVariable) -> None:
        """Only requests that choose the versions."""
        logic, within = self.logic, self.within
        if variable.type.kind not in (Kind.DATE, Kind.DATETIME):
            return
        if within.until is not None:
            logic.require(logic.negate(variable.is_null))
        for version in self.versions:
            if variable.type.kind is Kind.DATETIME:
                first, last = self._known(variable.name, version)
                inside = logic.between(variable.value, first, last)
            else:
                inside = self._days_inside(variable.value)
            logic.require(logic.any_of(variable.is_null, inside))

    def _days_inside(self, day: DayForm) -> Formula:
        logic, within = self.logic, self.within
        edges = [
            None if edge is None else fixed_day(logic, edge)
            for edge in (within.first, within.until)
        ]
        first, until = edges
        low = True if first is None else logic.negate(day.before(first))
        high = True if until is None else day.before(until)
        return logic.all_of(low, high)

    def _known(self, name: str, version: Version) -> tuple[int, int]:
        """The moments between which the fact must lie, the ends included."""
        low, high = (FIRST_DAY - EPOCH_ORDINAL) * DAY, (LAST_DAY - EPOCH_ORDINAL) * DAY
        if name != version.chosen_by:
            return low, high
        zone = ZoneInfo(version.zone)
        if self.within.first is not None:
            low = micros(datetime.combine(self.within.first, time(), zone))
        if self.within.until is not None:
            high = micros(datetime.combine(self.within.until, time(), zone)) - 1
        return low, high


def _ceiling(number: Decimal) -> int:
    return -int((-number).to_integral_value("ROUND_FLOOR"))


def _floor(number: Decimal) -> int:
    return int(number.to_integral_value("ROUND_FLOOR"))
