"""Functions that reckon with moments: elapsed time, and the same time of another day.

Elapsed time is what really passes. The same time of another day is what a clock on the wall shows
in the zone of the policy: a time that the clocks skip is read by the offset before the gap, one
that comes twice means its first showing (RFC 5545, 3.3.5).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from reglament.functions.dates import add_months, years_after
from reglament.functions.numbers import Number
from reglament.functions.record import Function, table
from reglament.functions.signatures import Misapplied, fixed
from reglament.messages import Message
from reglament.model.moments import in_zone
from reglament.model.values import DATETIME, DURATION, INTEGER, Kind, Type, Value

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOUR_MICROSECONDS = 3_600_000_000


def hours_after(zone: ZoneInfo, moment: datetime, count: Number) -> datetime:
    """The moment when `count` hours have passed, to the microsecond. Raises OverflowError."""
    return in_zone(moment + timedelta(microseconds=round(count * HOUR_MICROSECONDS)), zone)


def time_of(zone: ZoneInfo, moment: datetime) -> timedelta:
    """What the clock on the wall of the zone shows at the moment, as the time since its 00:00."""
    local = moment.astimezone(zone)
    return timedelta(
        hours=local.hour,
        minutes=local.minute,
        seconds=local.second,
        microseconds=local.microsecond,
    )


def full(unit: timedelta, start: datetime, end: datetime) -> int:
    """How many full units lie between two moments, negative where `end` is earlier."""
    return full_of(unit, end - start)


def full_of(unit: timedelta, length: timedelta) -> int:
    """How many full units a length has, rounded towards zero."""
    return length // unit if length >= timedelta(0) else -(-length // unit)


def later(zone: ZoneInfo, *parts: datetime | timedelta) -> datetime:
    """A moment and durations, in any order, added up. Raises OverflowError."""
    (moment,) = (part for part in parts if isinstance(part, datetime))
    lengths = (part for part in parts if isinstance(part, timedelta))
    return in_zone(moment + sum(lengths, start=timedelta(0)), zone)


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
        shown = datetime.combine(count_on(local.date(), count), local.time(), zone)
        return in_zone(shown.replace(fold=0).astimezone(UTC), zone)

    return moved


def _moment_and_durations(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """One moment, and durations."""
    moments = [index for index, type in enumerate(types) if type.kind is Kind.DATETIME]
    if len(types) < 2:
        raise Misapplied(Message("arguments-wanted", wanted="2…", count=len(types)))
    if len(moments) > 1:
        raise Misapplied(Message("moments-not-added"), index=moments[1])
    fixed(DATETIME, *(Kind.DATETIME if i in moments else Kind.DURATION for i in range(len(types))))(
        types, _
    )
    return DATETIME


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
        "time_of", time_of, fixed(DURATION, Kind.DATETIME), DURATION, (0,), never_refused=True,
        needs_zone=True, words="time-of", elsewhere="time_of_day clock_time local_time uhrzeit",
    ),
    _between("hours_between", HOUR, "full-hours-from", "hours_since hours_until diff_hours"),
    _between("minutes_between", MINUTE, "full-minutes-from", "minutes_since diff_minutes"),
)  # fmt: skip

# What functions of other names come to where they are given a moment.
OF_MOMENTS = table(
    Function(
        "sum_of_moment", later, _moment_and_durations, DATETIME, (1,), is_commutative=True,
        needs_zone=True, joined=Message("plus"),
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


def of_moments(name: str, types: Sequence[Type]) -> str:
    """The function meant where one of that name is given these arguments."""
    kinds = [type.kind for type in types]
    if Kind.DATETIME not in kinds:
        return name
    if name == "difference":
        return "time_between" if kinds[1:] == [Kind.DATETIME] else "moment_less_duration"
    if name == "sum":
        return "sum_of_moment"
    is_counted_on = name in ("days_after", "months_after", "years_after")
    return f"same_time_{name}" if is_counted_on and kinds[0] is Kind.DATETIME else name
