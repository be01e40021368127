"""From values that a solver found for the variables to a request that tells every fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from reglament.analysis.proving.logic import Formula, Unsupported
from reglament.analysis.proving.smt_clocks import local_moment
from reglament.analysis.proving.smt_dates import DayForm
from reglament.analysis.proving.smt_names import FactVariable, SmtNames
from reglament.model.moments import MICROSECOND, micros
from reglament.model.regulation import Fact, Version
from reglament.model.values import WORDS, Kind, Period, TimeOfDay, Type, Value, nought

OTHER_WORD = "something-else"


class ModelReader:
    """Reads the values that a solver found."""

    def __init__(self, vocabulary: SmtNames, model: Any) -> None:
        self.vocabulary = vocabulary
        self.model = model
        self.logic = vocabulary.logic

    def number(self, formula: Formula) -> int:
        """The value of a formula that is a whole number."""
        if isinstance(formula, int):
            return int(formula)
        return int(self.model.eval(formula, model_completion=True).as_long())

    def truth(self, formula: Formula) -> bool:
        """Whether a formula holds."""
        if isinstance(formula, bool):
            return formula
        return bool(self.logic.z3.is_true(self.model.eval(formula, model_completion=True)))

    def facts(self) -> dict[str, Value]:
        """A value for every fact; those that the question does not read take a plain one.

        Of lists of things there are only the totals that it reads.
        """
        read, lists = self.vocabulary.variables, self.vocabulary.lists
        return {
            name: self._value(read[name]) if name in read else plain_value(fact, self.vocabulary)
            for name, fact in self.vocabulary.facts.items()
            if name not in lists and (name in read or fact.total is None)
        }

    def _value(self, variable: FactVariable) -> Value:
        if self.truth(variable.is_null):
            return None
        value, type_ = variable.value, variable.type
        match type_.kind:
            case Kind.BOOLEAN:
                return self.truth(value)
            case Kind.LIST:
                return tuple(item for item, holds in value.items() if self.truth(holds))
            case Kind.DATE:
                return date.fromordinal(self._day(value))
        number = self.number(value)
        match type_.kind:
            case Kind.INTEGER:
                return number
            case Kind.DECIMAL:
                return Decimal(number).scaleb(-type_.places)
            case Kind.DATETIME:
                return local_moment(number, self.vocabulary.versions[-1].zone)
        read = _IN_TIME.get(type_.kind)
        return self._word(type_, number) if read is None else read(number)

    def _day(self, day: DayForm) -> int:
        if day.known_number is not None:
            return self.number(day.known_number)
        month, of_month = (self.number(part) for part in day.parts)
        return date(month // 12, month % 12 + 1, of_month).toordinal()

    def _word(self, type_: Type, code: int) -> Value:
        values = self.vocabulary.codes.values
        is_word = type_.kind in WORDS
        if code < len(values) and isinstance(values[code], str) is is_word:
            return values[code]
        if not is_word:
            return record_value(type_)
        return OTHER_WORD if code <= len(values) else f"{OTHER_WORD}-{code - len(values)}"


_IN_TIME: Mapping[Kind, Callable[[int], Any]] = {
    Kind.TIME: TimeOfDay.at,
    Kind.DURATION: lambda number: number * MICROSECOND,
    Kind.PERIOD: Period,
}
"""The value of a number of the solver."""


def plain_value(fact: Fact, vocabulary: SmtNames) -> Value:
    """Some value of a fact that does not matter, within its bounds."""
    if fact.is_nullable:
        return None
    low, high = fact.type.at_least, fact.type.at_most
    bound: Value = low if low is not None else high
    match fact.type.kind:
        case Kind.DATE | Kind.DATETIME:
            return _plain_time(fact, vocabulary, bound)
        case Kind.INTEGER | Kind.DECIMAL:
            zero: Value = 0 if fact.type.kind is Kind.INTEGER else Decimal(0)
            return zero if bound is None else bound
        case Kind.TIME:
            return TimeOfDay() if bound is None else bound
        case Kind.DURATION | Kind.PERIOD:
            return nought(fact.type) if bound is None else bound
    return plain_of(fact.type)


def plain_of(type_: Type) -> Value:
    """Some value of a type without order."""
    if type_.kind is Kind.BOOLEAN:
        return False
    if type_.kind is Kind.LIST:
        return ()
    if type_.kind is Kind.RECORD:
        return record_value(type_)
    return type_.options[0] if type_.options else OTHER_WORD


def record_value(type_: Type) -> Value:
    """A record that no policy names."""
    raise Unsupported(f"a record of {', '.join(name for name, _ in type_.fields)}")


def _plain_time(fact: Fact, vocabulary: SmtNames, bound: Value) -> Value:
    day = vocabulary.within.first or vocabulary.versions[-1].holds_from
    if fact.type.kind is Kind.DATE:
        return day if bound is None else bound
    if bound is not None:
        return bound
    zone = vocabulary.versions[-1].zone
    return local_moment(micros(datetime.combine(day, time(), ZoneInfo(zone))), zone)


def as_read(version: Version, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts that the version has, as it would read them: moments on its own clock."""
    return {
        name: local_moment(micros(value), version.zone) if isinstance(value, datetime) else value
        for name, value in facts.items()
        if name in version.facts
    }
