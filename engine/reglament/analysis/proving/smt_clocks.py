"""The clocks of time zones: on which day a moment stands, and when it is moved."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from reglament.analysis.proving.logic import Formula, Logic
from reglament.analysis.proving.smt_dates import DAY, EPOCH_ORDINAL, DayForm, fixed_day
from reglament.frozen import frozen
from reglament.functions.elapsed_time import offset_of
from reglament.model.moments import MICROSECOND, in_zone, micros, moment_at

# No calendar of a policy is older, and what a zone did before that is one offset anyway.
FIRST_LISTED, LAST_LISTED = 1880, 2100


def local_moment(number: int, zone: str) -> datetime:
    """The moment so many microseconds after 1970, on the clock of the zone."""
    return in_zone(moment_at(number), ZoneInfo(zone))


@frozen(slots=False)
class SmtZoneClock:
    """How far a zone's clock is ahead of UTC, in microseconds: from each start on, and before.

    After `listed_until` it is one of `later`, of which nothing more is said.
    """

    before: int
    steps: tuple[tuple[int, int], ...]
    listed_until: int
    later: tuple[int, ...]

    @property
    def least(self) -> int:
        """The least that it is ever ahead."""
        return min(self.before, *self.later, *(offset for _, offset in self.steps))

    @property
    def most(self) -> int:
        """The most that it is ever ahead."""
        return max(self.before, *self.later, *(offset for _, offset in self.steps))


@lru_cache(maxsize=16)
def zone_clock(name: str) -> SmtZoneClock:
    """The clock of the zone `name`."""
    zone = ZoneInfo(name)

    def offset(moment: datetime) -> int:
        return offset_of(zone, moment) // MICROSECOND

    day = datetime(FIRST_LISTED, 1, 1, tzinfo=UTC)
    last = datetime(LAST_LISTED, 1, 1, tzinfo=UTC)
    before = known = offset(day)
    steps = []
    while day < last:
        following = day + timedelta(days=1)
        if offset(following) != known:
            moments = range(micros(day), micros(following))
            before_it = known
            step = bisect_left(moments, True, key=lambda at: offset(moment_at(at)) != before_it)
            known = offset(following)
            steps.append((moments.start + step, known))
        day = following
    later = {offset(last + timedelta(days=number)) for number in range(3660)}
    return SmtZoneClock(before, tuple(steps), micros(last), tuple(sorted(later)))


@dataclass
class Clocks:
    """The days on which moments stand, each worked out once."""

    logic: Logic
    made: dict[tuple[int, str], DayForm] = field(default_factory=dict)
    first: dict[int, tuple[Formula, Formula, Formula, DayForm]] = field(default_factory=dict)

    def day(self, moment: Formula, zone: str, known: tuple[int, int]) -> DayForm:
        """The day of the moment in the zone; `known` are the bounds of the moment."""
        if isinstance(moment, int):
            local = moment_at(moment).astimezone(ZoneInfo(zone))
            return fixed_day(self.logic, local.date())
        key = (moment.get_id(), zone)
        if key not in self.made:
            offset = self._offset(moment, zone, known)
            self.made[key] = self._day(moment, zone, offset)
        return self.made[key]

    def _day(self, moment: Formula, zone: str, offset: Formula) -> DayForm:
        logic = self.logic
        if moment.get_id() in self.first and self._is_beside(moment, zone):
            return self._beside(moment, offset)
        number, time = logic.whole("day"), logic.whole("time")
        local = moment + offset
        logic.require(
            logic.between(time, 0, DAY - 1), local == (number - EPOCH_ORDINAL) * DAY + time
        )
        day = DayForm(logic, number)
        self.first[moment.get_id()] = (moment, offset, time, day)
        return day

    def _is_beside(self, moment: Formula, zone: str) -> bool:
        """Whether the day in this zone is at most one day from that in the first one."""
        other = next(one for number, one in self.made if number == moment.get_id())
        clock, other_clock = zone_clock(zone), zone_clock(other)
        return max(clock.most - other_clock.least, other_clock.most - clock.least) <= DAY

    def _beside(self, moment: Formula, offset: Formula) -> DayForm:
        """The day in another zone, which is never more than a day away."""
        logic = self.logic
        _, first_offset, first_time, first_day = self.first[moment.get_id()]
        time = first_time + (offset - first_offset)
        later = logic.choose(time >= DAY, 1, logic.choose(time < 0, -1, 0))
        return DayForm(logic, first_day.number + later, None, (first_day, later))

    def _offset(self, moment: Formula, zone: str, known: tuple[int, int]) -> Formula:
        clock, logic = zone_clock(zone), self.logic
        before, steps = clock.before, []
        for start, offset in clock.steps:
            if start <= known[0]:
                before = offset
            elif start <= known[1]:
                steps.append((start, offset))
        found = logic.stepped(moment, steps, before)
        if known[1] < clock.listed_until or len(clock.later) == 1:
            return found
        unknown = logic.whole("offset")
        logic.require(logic.any_of(*(unknown == one for one in clock.later)))
        return logic.choose(moment < clock.listed_until, found, unknown)
