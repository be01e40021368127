"""From the times of a log's entries, in order, to those that no true clock can have given.

`time` never goes back; beside it stands `clock`, what the writer's clock said. Where the two
part, some entry before was dated by a clock that ran ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from reglament.audit import faults
from reglament.audit.entry import stamp
from reglament.audit.faults import AuditFinding

# Clocks of machines that agree on the time differ by less, and are set right by less.
ALLOWED: Final = timedelta(minutes=5)
STEP: Final = timedelta(minutes=1)
# Nobody records so many in a microsecond: a clock that shows one time for all of them stands.
MOST_AT_ONCE: Final = 1000


@dataclass(slots=True)
class _Run:
    """Entries in a row of which the same is true."""

    first: int
    last: int
    time: str
    count: int = 1
    is_behind: bool = False


@dataclass(slots=True)
class Times:
    """Looks at each entry in turn; `now` is the present."""

    now: datetime
    before: str = ""
    wrong: list[AuditFinding] = field(default_factory=list)
    _same: _Run | None = None
    _ahead: _Run | None = None

    def take(self, place: int, time: str, clock: str | None) -> None:
        """The next entry's time, and its clock where it is recorded."""
        if time < self.before:
            self.wrong.append(faults.backwards(place))
        self._take_same(place, time, clock)
        self._take_ahead(place, time)
        self.before = max(self.before, time)

    def end(self) -> Iterator[AuditFinding]:
        """Everything found, when there are no more entries."""
        self._close_same()
        self._close_ahead()
        yield from self.wrong

    def _take_same(self, place: int, time: str, clock: str | None) -> None:
        run = self._same
        if run is None or run.time != time:
            self._close_same()
            run = self._same = _Run(place, place, time)
        else:
            run.last, run.count = place, run.count + 1
            run.is_behind |= clock is None or _moment(time) - _moment(clock) > STEP

    def _close_same(self) -> None:
        run, self._same = self._same, None
        if run is not None and (run.is_behind or run.count > MOST_AT_ONCE):
            self.wrong.append(faults.stood_still(run.first, run.last, run.time))

    def _take_ahead(self, place: int, time: str) -> None:
        if time <= stamp(self.now + ALLOWED):
            self._close_ahead()
        elif self._ahead is None:
            self._ahead = _Run(place, place, time)
        else:
            self._ahead.last = place

    def _close_ahead(self) -> None:
        run, self._ahead = self._ahead, None
        if run is not None:
            self.wrong.append(faults.ahead(run.first, run.last, run.time))


def _moment(stamped: str) -> datetime:
    return datetime.fromisoformat(stamped)
