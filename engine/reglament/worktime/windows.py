"""From a time of opening and one of closing to the stretch of a day in which work is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import pairwise

from reglament.frozen import frozen

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@frozen(order=True)
class Window:
    """Open from `opens` until `closes`, both counted on the clock from the midnight of a day.

    It belongs to the day on which it opens: what closes past 24 hours closes on the next day.
    """

    opens: timedelta
    closes: timedelta

    @classmethod
    def between(cls, opens: time, closes: time) -> Window:
        """From one time of day to another, which is on the next day where it is not later."""
        first, last = since_midnight(opens), since_midnight(closes)
        return cls(first, last if first < last else last + DAY)

    @property
    def is_sound(self) -> bool:
        """Whether it opens on its day, closes after that, and is not longer than a day."""
        return timedelta(0) <= self.opens < DAY and self.opens < self.closes <= self.opens + DAY

    def __str__(self) -> str:
        return f"{clock(self.opens)}-{clock(self.closes)}"


def since_midnight(clock: time) -> timedelta:
    """How far the clock is from midnight."""
    return timedelta(
        hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond
    )


def clock(edge: timedelta) -> str:
    """What a clock shows then: `24:00` at the end of the day, the time of the next day past it."""
    minutes = edge // MINUTE
    hours, rest = divmod(minutes if minutes <= 24 * 60 else minutes - 24 * 60, 60)
    return f"{hours:02}:{rest:02}"


def time_at(edge: timedelta) -> time:
    """The time of day that a clock shows then."""
    return (datetime.min + edge % DAY).time()


def overlap(windows: Iterable[Window]) -> tuple[Window, Window] | None:
    """Two windows of one day that share time; None where there are none."""
    return next(
        (pair for pair in pairwise(sorted(windows)) if pair[0].closes > pair[1].opens), None
    )


def shortened(windows: tuple[Window, ...], by: timedelta) -> tuple[Window, ...]:
    """The windows of a day that ends so much earlier."""
    end = max((window.closes for window in windows), default=timedelta(0)) - by
    return tuple(Window(one.opens, min(one.closes, end)) for one in windows if one.opens < end)
