"""Functions that compute with moments: elapsed time, and the same time of another day.

Elapsed time is what really passes. The same time of another day is what a clock on the wall shows
in the zone of the policy: a time that the clocks skip is read by the offset before the gap, one
that comes twice means its first showing (RFC 5545, 3.3.5).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from reglament.functions.dates import add_months, moved_on, years_after
from reglament.functions.numbers import Number
from reglament.functions.record import Function, Signature, table
from reglament.functions.signatures import Misapplied, fixed, wanted_count
from reglament.messages import Message, Verbatim
from reglament.model.moments import in_zone
from reglament.model.terms import Constant, Formula
from reglament.model.values import (
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    TIME,
    Kind,
    Period,
    TimeOfDay,
    Type,
    Value,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOUR_MICROSECONDS = 3_600_000_000


def hours_after(zone: ZoneInfo, moment: datetime, count: Number) -> datetime:
    """The moment when `count` hours have passed, to the microsecond. Raises OverflowError."""
    return in_zone(moment + timedelta(microseconds=round(count * HOUR_MICROSECONDS)), zone)


def time_of(zone: ZoneInfo, moment: datetime) -> TimeOfDay:
    """What the clock on the wall of the zone shows at the moment."""
    return TimeOfDay.of(moment.astimezone(zone))


def time_at(hour: int, minute: int, second: Number = 0) -> TimeOfDay | None:
    """The time of that hour, minute and second, to the microsecond; null where there is none."""
    seconds, micros = divmod(round(Fraction(second) * 1_000_000), 1_000_000)
    try:
        return TimeOfDay(hour, minute, seconds, micros)
    except (ValueError, OverflowError):
        return None


def moment_at(zone: ZoneInfo, day: date, clock: time) -> datetime:
    """The moment of a day at which the clock on the wall of the zone shows the time."""
    shown = datetime.combine(day, clock, zone)
    return in_zone(shown.replace(fold=0).astimezone(UTC), zone)


def hand(unit: str, zone: ZoneInfo, at: datetime | TimeOfDay) -> int:
    """The hour, minute or second that the clock on the wall of the zone shows."""
    shown: int = getattr(at.astimezone(zone) if isinstance(at, datetime) else at, unit)
    return shown


def offset_of(zone: tzinfo, moment: datetime) -> timedelta:
    """How far the clock of the zone is ahead of UTC at the moment; below zero if it is behind."""
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def full(unit: timedelta, start: datetime, end: datetime) -> int:
    """How many full units lie between two moments, negative where `end` is earlier."""
    return full_of(unit, end - start)


def full_of(unit: timedelta, length: timedelta) -> int:
    """How many full units a length has, rounded towards zero."""
    return length // unit if length >= timedelta(0) else -(-length // unit)


def added(*parts: Any) -> Any:
    """A moment or a time of day and durations, in any order, added up. Raises OverflowError."""
    (start,) = (part for part in parts if not isinstance(part, timedelta))
    lengths = (part for part in parts if isinstance(part, timedelta))
    return start + sum(lengths, start=timedelta(0))


def later(zone: ZoneInfo, *parts: datetime | timedelta) -> datetime:
    """A moment and durations, in any order, added up. Raises OverflowError."""
    return in_zone(added(*parts), zone)


def earlier(zone: ZoneInfo, moment: datetime, length: timedelta) -> datetime:
    """The moment before which `length` passes until another. Raises OverflowError."""
    return in_zone(moment - length, zone)


def same_time(
    count_on: Callable[[date, int], date],
) -> Callable[[ZoneInfo, datetime, int], datetime]:
    """The same time of the day that is so much later. Raises OverflowError."""

    def moved(zone: ZoneInfo, moment: datetime, count: int) -> datetime:
        if count == 0:
            return moment
        local = moment.astimezone(zone)
        return moment_at(zone, count_on(local.date(), count), local.time())

    return moved


def period_later(zone: ZoneInfo, *parts: datetime | Period) -> datetime:
    """The same time of the day that is periods after a moment's. Raises OverflowError."""
    (moment,) = (part for part in parts if isinstance(part, datetime))
    months = sum(part.months for part in parts if isinstance(part, Period))
    return same_time(add_months)(zone, moment, months)


def _and_lengths(one: Type, not_added: Message, length: Kind = Kind.DURATION) -> Signature:
    """One value of the type, and durations, or periods."""

    def check(types: Sequence[Type], constants: Sequence[Value]) -> Type:
        wanted_count(types, 2, None)
        places = [index for index, type in enumerate(types) if type.kind is one.kind]
        if len(places) > 1:
            raise Misapplied(not_added, index=places[1])
        wanted = (one.kind if type.kind is one.kind else length for type in types)
        return fixed(one, *wanted)(types, constants)

    return check


def _time_parts(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """An hour, a minute, and a second that may be left out."""
    wanted_count(types, 2, 3)
    wanted = (Kind.INTEGER, Kind.INTEGER, Kind.DECIMAL)
    return fixed(TIME, *wanted[: len(types)])(types, _)


def _moment_or_time(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A moment, or a time of day."""
    wanted = Kind.TIME if types and types[0].kind is Kind.TIME else Kind.DATETIME
    return fixed(INTEGER, wanted)(types, _)


def _hand(unit: str, last: int, words: str) -> Function:
    return Function(
        f"{unit}_of", partial(hand, unit), _moment_or_time,
        replace(INTEGER, at_least=0, at_most=last), (0,), never_refused=True, needs_zone=True,
        words=words, elsewhere=unit,
    )  # fmt: skip


def _between(name: str, unit: timedelta, words: str, elsewhere: str) -> Function:
    return Function(
        name, lambda start, end: full(unit, start, end),
        fixed(INTEGER, Kind.DATETIME, Kind.DATETIME), INTEGER, (-1, 1),
        never_refused=True, words=words, elsewhere=elsewhere,
    )  # fmt: skip


def _same_time(name: str, count_on: Callable[[date, int], date], unit: str) -> Function:
    # Of two moments on a day whose clocks go back, the later may show the earlier time.
    return Function(
        name, same_time(count_on), fixed(DATETIME, Kind.DATETIME, Kind.INTEGER), DATETIME, (0, 1),
        needs_zone=True, unit=unit,
    )  # fmt: skip


FUNCTIONS = table(
    Function(
        "hours_after", hours_after, fixed(DATETIME, Kind.DATETIME, Kind.DECIMAL), DATETIME, (1, 1),
        needs_zone=True, unit="hour", elsewhere="add_hours plus_hours hours_later addhours",
    ),
    Function(
        "time_of", time_of, fixed(TIME, Kind.DATETIME), TIME, (0,), never_refused=True,
        needs_zone=True, words="time-of", elsewhere="time_of_day clock_time local_time uhrzeit",
    ),
    Function(
        "offset_of", offset_of, fixed(DURATION, Kind.DATETIME), DURATION, (0,), never_refused=True,
        needs_zone=True, words="offset-of", elsewhere="utc_offset time_offset timezone_offset",
    ),
    Function(
        "time", time_at, _time_parts, TIME, (0,), never_refused=True, may_be_null=True,
        is_opaque=True, words="time-of-parts", joined=Verbatim(", "), elsewhere="make_time",
    ),
    Function(
        "datetime", moment_at, fixed(DATETIME, Kind.DATE, Kind.TIME), DATETIME, (0, 0),
        needs_zone=True, words="moment-of-parts", elsewhere="date_and_time combine timestamp",
    ),
    _hand("hour", 23, "hour-of"),
    _hand("minute", 59, "minute-of"),
    _hand("second", 59, "second-of"),
    _between("hours_between", HOUR, "full-hours-from", "hours_since hours_until diff_hours"),
    _between("minutes_between", MINUTE, "full-minutes-from", "minutes_since diff_minutes"),
)  # fmt: skip

# What functions of other names come to where they are given a moment.
OF_MOMENTS = table(
    Function(
        "sum_of_moment", later, _and_lengths(DATETIME, Message("moments-not-added")), DATETIME,
        (1,), is_commutative=True, needs_zone=True, joined=Message("plus"),
    ),
    Function(
        "moment_less_duration", earlier, fixed(DATETIME, Kind.DATETIME, Kind.DURATION), DATETIME,
        (1, -1), needs_zone=True, words="minus",
    ),
    Function(
        "time_between", lambda end, start: end - start,
        fixed(DURATION, Kind.DATETIME, Kind.DATETIME), DURATION, (1, -1),
        never_refused=True, words="minus",
    ),
    _same_time("same_time_days_after", lambda day, count: day + timedelta(days=count), "day"),
    _same_time("same_time_months_after", add_months, "month"),
    _same_time("same_time_years_after", years_after, "year"),
)  # fmt: skip


# The same where they are given a time of day.
OF_TIMES = table(
    Function(
        "sum_of_time", added, _and_lengths(TIME, Message("times-not-added")), TIME, (0,),
        is_commutative=True, never_refused=True, joined=Message("plus"),
    ),
    Function(
        "time_less_duration", lambda clock, length: clock - length,
        fixed(TIME, Kind.TIME, Kind.DURATION), TIME, (0, 0), never_refused=True, words="minus",
    ),
    Function(
        "duration_between_times", lambda end, start: end - start,
        fixed(DURATION, Kind.TIME, Kind.TIME), DURATION, (1, -1), never_refused=True,
        words="minus",
    ),
)  # fmt: skip


# The same where they are given a period and a day or a moment.
OF_PERIODS = table(
    Function(
        "sum_of_day", moved_on, _and_lengths(DATE, Message("days-not-added"), Kind.PERIOD), DATE,
        (1,), is_commutative=True, joined=Message("plus"),
    ),
    Function(
        "day_less_period", lambda day, period: moved_on(day, -period),
        fixed(DATE, Kind.DATE, Kind.PERIOD), DATE, (1, -1), words="minus",
    ),
    Function(
        "same_time_period_after", period_later,
        _and_lengths(DATETIME, Message("moments-not-added"), Kind.PERIOD), DATETIME, (0,),
        is_commutative=True, needs_zone=True, joined=Message("plus"),
    ),
    Function(
        "same_time_period_before", lambda zone, moment, period: period_later(zone, moment, -period),
        fixed(DATETIME, Kind.DATETIME, Kind.PERIOD), DATETIME, (0,), needs_zone=True,
        words="minus",
    ),
)  # fmt: skip


def _of_periods(name: str, kinds: Sequence[Kind]) -> str:
    of_moment = Kind.DATETIME in kinds
    if name == "sum":
        return "same_time_period_after" if of_moment else "sum_of_day"
    if name == "difference" and kinds[0] is not Kind.PERIOD:
        return "same_time_period_before" if of_moment else "day_less_period"
    return name


_MONTHS_AFTER = {
    "sum_of_day": ("months_after", 1),
    "day_less_period": ("months_after", -1),
    "same_time_period_after": ("same_time_months_after", 1),
    "same_time_period_before": ("same_time_months_after", -1),
}


def months_counted(formula: Formula) -> Formula:
    """The same as months counted on from a day, where the periods are written in the policy.

    So whatever is known of `months_after` is known of it: two deadlines of one day, say.
    """
    if formula.function not in _MONTHS_AFTER:
        return formula
    function, sign = _MONTHS_AFTER[formula.function]
    written = [term for term in formula.arguments if isinstance(term, Constant) and not term.name]
    periods = [constant.value.months for constant in written if isinstance(constant.value, Period)]
    starts = [argument for argument in formula.arguments if argument not in written]
    if len(starts) != 1 or len(periods) < len(written):
        return formula
    count = Constant(sign * sum(periods))
    return replace(formula, function=function, arguments=(starts[0], count))


def _of_times(name: str, kinds: Sequence[Kind]) -> str:
    if name == "sum":
        return "sum_of_time"
    if name == "difference":
        is_between = kinds[1:] == [Kind.TIME]
        return "duration_between_times" if is_between else "time_less_duration"
    return name


def of_moments(name: str, types: Sequence[Type]) -> str:
    """The function meant where one of that name is given these arguments."""
    kinds = [type.kind for type in types]
    if Kind.PERIOD in kinds and not {Kind.DATE, Kind.DATETIME}.isdisjoint(kinds):
        return _of_periods(name, kinds)
    if Kind.DATETIME not in kinds:
        return _of_times(name, kinds) if Kind.TIME in kinds else name
    if name == "difference":
        return "time_between" if kinds[1:] == [Kind.DATETIME] else "moment_less_duration"
    if name == "sum":
        return "sum_of_moment"
    is_counted_on = name in ("days_after", "months_after", "years_after")
    return f"same_time_{name}" if is_counted_on and kinds[0] is Kind.DATETIME else name
