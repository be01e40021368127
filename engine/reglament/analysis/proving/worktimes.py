"""Functions of working time as variables, of which a solver is told what it needs to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import Any, cast

from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.piecewise_linear import (
    ERRORS,
    CountedDayLine,
    DueLine,
    OpenLine,
    StepFunction,
    WorkingDayLine,
    differences,
)
from reglament.analysis.proving.sameness import meaning
from reglament.functions.table import EVERY
from reglament.model.calendar import Tie, WorkingHours
from reglament.model.moments import micros, moment_at

HOUR = 3_600_000_000
MOST_AMOUNT_PLACES = 8  # of an hour: more would be less than a microsecond


@dataclass
class Applied:
    """One line applied to one argument: `value` is its value where it is defined."""

    line: StepFunction
    argument: Formula
    value: Formula
    known: tuple[int, int]

    def refined(self, logic: Logic, number: Callable[[Formula], int]) -> Iterator[Formula]:
        """What a solver that chose these numbers did not know of the line."""
        at = number(self.argument)
        if not self.line.first <= at <= self.line.last:
            return
        if number(self.value) == self.line.value(at):
            return
        piece = self.line.piece_at(at)
        inside = logic.between(self.argument, piece.first, piece.last)
        value = self.argument + piece.value if piece.is_rising else piece.value
        yield logic.implies(inside, self.value == value)

    def agrees_with(self, other: Applied, at: int) -> bool:
        """Whether both lines are defined there and equal."""
        lines = (self.line, other.line)
        is_defined = all(line.first <= at <= line.last for line in lines)
        return is_defined and self.line.value(at) == other.line.value(at)

    def differing(self, other: Applied, logic: Logic) -> Formula:
        """Exactly where the lines differ, of where both are defined."""
        apart = logic.within(self.argument, differences(self.line, other.line, self.known))
        first = max(self.line.first, other.line.first, self.known[0])
        last = min(self.line.last, other.line.last, self.known[1])
        is_same = logic.equal(self.value, other.value)
        inside = logic.between(self.argument, first, last)
        return logic.implies(inside, logic.equal(is_same, logic.negate(apart)))


@dataclass
class AppliedToBoth:
    """Working time after a moment, where the amount hangs on the request as well."""

    hours: WorkingHours
    tie: str
    moment: Formula
    amount: Formula  # in units of ten to the power of minus `places` of an hour
    places: int
    value: Formula
    is_refused: Formula

    def refined(self, logic: Logic, number: Callable[[Formula], int]) -> Iterator[Formula]:
        """What a solver that chose these numbers did not know."""
        at, amount = number(self.moment), number(self.amount)
        hours = Decimal(amount).scaleb(-self.places)
        is_refused = bool(number(logic.choose(self.is_refused, 1, 0)))
        try:
            if amount < 0:
                raise OverflowError
            due = micros(self.hours.due_at(moment_at(at), hours * 60, cast(Tie, self.tie)))
        except ERRORS:
            yield from self._beyond(logic, at, amount, is_refused)
            return
        if is_refused:
            covered = OpenLine(self.hours).first
            inside = logic.all_of(covered <= self.moment, self.moment <= at)
            inside = logic.all_of(inside, self.amount >= 0, self.amount <= amount)
            yield logic.implies(inside, logic.negate(self.is_refused))
        elif number(self.value) != due:
            yield self._piece(logic, at, amount, due)

    def _beyond(self, logic: Logic, at: int, amount: int, is_refused: bool) -> Iterator[Formula]:
        if is_refused or amount < 0:
            return
        later = logic.all_of(self.moment >= at, self.amount >= amount)
        yield logic.implies(later, self.is_refused)

    def _piece(self, logic: Logic, at: int, amount: int, due: int) -> Formula:
        """Moments like this one and amounts that fall due in the same stretch of open time."""
        line, unit = OpenLine(self.hours), HOUR // 10**self.places
        around = line.piece_at(at)
        starts = self.moment if around.value else around.last + 1
        began = at if around.value else around.last + 1
        stretch = line.piece_at(due - 1)
        guess = due + (starts - began) + unit * (self.amount - amount)
        inside = logic.between(self.moment, around.first, around.last)
        exactly = self.amount == amount
        if amount == 0 or not stretch.value or not stretch.first < due <= stretch.last:
            return logic.implies(logic.all_of(self.moment == at, exactly), self.value == due)
        same = logic.all_of(self.amount > 0, guess > stretch.first, guess <= stretch.last)
        return logic.implies(logic.all_of(inside, same), self.value == guess)


@dataclass
class WorkTimes:
    """Every use of working time in one question."""

    logic: Logic
    applied: dict[Any, Applied] = field(default_factory=dict)
    both: dict[Any, AppliedToBoth] = field(default_factory=dict)
    paired: set[Any] = field(default_factory=set)

    def is_open(
        self, hours: WorkingHours, moment: Formula, known: tuple[int, int]
    ) -> tuple[Formula, Formula]:
        """Whether the moment is open, and whether the calendar does not say."""
        key = ("open", meaning(hours))
        value, is_refused = self._line(key, lambda: OpenLine(hours), moment, known)
        return self.logic.equal(value, 1), is_refused

    def working_day(self, hours: WorkingHours, day: Formula) -> tuple[Formula, Formula]:
        """The day or the next that works, and whether the calendar does not say."""
        key = ("day", meaning(hours.calendar))
        whole = (-(10**9), 10**9)
        return self._line(key, lambda: WorkingDayLine(hours.calendar), day, whole)

    def counted_day(
        self, hours: WorkingHours, function: str, day: Formula, count: Formula
    ) -> tuple[Formula, Formula]:
        """The day so many working days away, and whether the calendar does not say."""
        refused: dict[int, Formula] = {}
        gives, key = EVERY[function].gives, meaning(hours.calendar)

        def of_count(number: int) -> Formula:
            def line() -> StepFunction:
                return CountedDayLine(hours.calendar, lambda start: gives(hours, start, number))

            whole = (-(10**9), 10**9)
            value, refused[number] = self._line((function, number, key), line, day, whole)
            return value

        value = self.logic.mapped(count, of_count)
        if value is None:
            raise Unsupported(f"`{function}`")
        return value, self.logic.mapped(count, lambda number: refused[number])

    def day_before(self, hours: WorkingHours, day: Formula) -> tuple[Formula, Formula]:
        """The day or the last that works before it, and whether the calendar does not say."""
        gives = EVERY["working_day_at_or_before"].gives
        key = ("day before", meaning(hours.calendar))

        def line() -> StepFunction:
            return CountedDayLine(hours.calendar, lambda start: gives(hours, start))

        return self._line(key, line, day, (-(10**9), 10**9))

    def due(
        self, hours: WorkingHours, tie: str, moment: Formula, known: tuple[int, int],
        amount: Formula, places: int,
    ) -> tuple[Formula, Formula]:  # fmt: skip
        """When so many working hours have passed, and whether the calendar does not say."""
        refused: list[tuple[int, Formula]] = []

        def of_amount(units: int) -> Formula:
            value, is_refused = self._due(hours, tie, moment, known, units, places)
            refused.append((units, is_refused))
            return value

        value = self.logic.mapped(amount, of_amount)
        if value is not None:
            by_units = dict(refused)
            return value, self.logic.mapped(amount, lambda units: by_units[units])
        return self._due_of_both(hours, tie, moment, amount, places)

    def _due(
        self, hours: WorkingHours, tie: str, moment: Formula, known: tuple[int, int],
        units: int, places: int,
    ) -> tuple[Formula, Formula]:  # fmt: skip
        if units < 0:
            return 0, True
        amount: int | Decimal = Decimal(units).scaleb(-places) if places else units
        if isinstance(moment, int):
            try:
                return micros(hours.due_at(moment_at(moment), amount * 60, cast(Tie, tie))), False
            except ERRORS:
                return 0, True
        key = ("due", meaning(hours), tie, units * 10 ** (12 - places))
        return self._line(key, lambda: DueLine(hours, tie, amount), moment, known)

    def _due_of_both(
        self, hours: WorkingHours, tie: str, moment: Formula, amount: Formula, places: int
    ) -> tuple[Formula, Formula]:
        if places > MOST_AMOUNT_PLACES or isinstance(moment, int):
            raise Unsupported("`working_hours_after`")
        logic = self.logic
        key = (meaning(hours), tie, moment.get_id(), amount.get_id(), places)
        if key not in self.both:
            value, refused = logic.whole("due"), logic.truth("beyond")
            line = OpenLine(hours)
            outside = logic.negate(logic.between(moment, line.first, line.last))
            logic.require(
                value >= moment, logic.implies(logic.any_of(outside, amount < 0), refused)
            )
            self.both[key] = AppliedToBoth(hours, tie, moment, amount, places, value, refused)
        made = self.both[key]
        return made.value, made.is_refused

    def _line(
        self, key: Any, line: Callable[[], StepFunction], argument: Formula, known: tuple[int, int]
    ) -> tuple[Formula, Formula]:
        """The value of a line at the argument, and whether it is not defined there."""
        if isinstance(argument, int):
            made = line()
            is_defined = made.first <= argument <= made.last
            return (made.value(argument) if is_defined else 0), not is_defined
        full = (key, argument.get_id())
        if full not in self.applied:
            self.applied[full] = self._new(line(), argument, known)
        found = self.applied[full]
        logic = self.logic
        return found.value, logic.negate(logic.between(argument, found.line.first, found.line.last))

    def _new(self, line: StepFunction, argument: Formula, known: tuple[int, int]) -> Applied:
        logic = self.logic
        new = Applied(line, argument, logic.whole("due"), known)
        if isinstance(line, OpenLine):
            logic.require(logic.between(new.value, 0, 1))
        else:
            logic.require(new.value >= argument)
        return new

    def _alike(self, number: Callable[[Formula], int]) -> Iterator[Formula]:
        """Where two lines of one argument differ, if the solver took them to do so wrongly."""
        for (one, this), (other, that) in combinations(self.applied.items(), 2):
            pair = (one, other)
            if one[1] != other[1] or type(this.line) is not type(that.line) or pair in self.paired:
                continue
            at = number(this.argument)
            if number(this.value) == number(that.value) or not this.agrees_with(that, at):
                continue
            self.paired.add(pair)
            yield this.differing(that, self.logic)

    def lessons(self, number: Callable[[Formula], int]) -> list[Formula]:
        """What a solver that chose these numbers did not know of working time."""
        uses: list[Applied | AppliedToBoth] = [*self.applied.values(), *self.both.values()]
        lessons = [lesson for use in uses for lesson in use.refined(self.logic, number)]
        return [*self._alike(number), *lessons]
