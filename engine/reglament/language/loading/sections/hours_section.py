"""From the section `hours` to when desks are open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_day, read_zone
from reglament.language.loading.expressions.scope import Scope
from reglament.language.loading.sections.calendars_section import WEEKDAYS
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.messages import Message
from reglament.worktime.calendars import Calendar, Contradiction, SpecialDay
from reglament.worktime.desks import AlwaysOpen, FirstOpenOf
from reglament.worktime.hours import Hours
from reglament.worktime.open_time import OpenTime
from reglament.worktime.windows import DAY, MINUTE, Window, overlap, shortened

_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00"
_WINDOW = re.compile(rf"({_CLOCK})\s*[-\u2013]\s*({_CLOCK})")
SHORT_DAYS = ("full", "shortened")
_DAY_OFF, _WORKING_DAY = Message("day-off"), Message("working-day")
Windows = tuple[Window, ...]
T = TypeVar("T")


def read_hours(
    names: Scope, calendars: dict[str, Calendar], section: Node | None, declared: frozenset[str]
) -> dict[str, OpenTime]:
    """The opening hours; `declared` are all calendars named, those misread included."""
    by_name: dict[str, OpenTime] = {}
    joint: list[_HoursReader] = []
    for name, below in node_access.named_mappings(names.report, section):
        reader = _HoursReader(names, calendars, declared, name, below)
        if below.get("first_open_of") is not None:
            joint.append(reader)
        elif (hours := reader.desk()) is not None:
            by_name[hours.id] = hours
    desks = dict(by_name)
    for reader in joint:
        if (hours := reader.first_open_of(desks)) is not None:
            by_name[hours.id] = hours
    ordered = section.keys if isinstance(section, MappingNode) else ()
    return {str(key): by_name[str(key)] for key in ordered if key in by_name}


class _HoursReader:
    """The hours of one desk while they are read; `used` are the readings that they hang on."""

    def __init__(
        self,
        names: Scope,
        calendars: dict[str, Calendar],
        declared: frozenset[str],
        name: Scalar,
        node: MappingNode,
    ) -> None:
        self.names, self.report = names, names.report
        self.calendars, self.declared = calendars, declared
        self.name, self.node = name, node
        self.used = list(names.hung_on(node.get("readings")))
        self.weekday_keys: list[tuple[Scalar, int]] = []
        self.date_keys: list[tuple[Scalar, date]] = []
        zone = node.get("time_zone")
        self.zone = str(names.zone if zone is None else read_zone(self.report, zone))
        self.title = node_access.words(self.report, node.get("title")) or node_access.NOTHING

    def desk(self) -> OpenTime | None:
        """Hours around the clock, or in windows on the days of a calendar."""
        if self.node.get("always") is not None:
            self._refuse_beside("always")
            return AlwaysOpen.named(self._id, self.title, self.zone, **self._told())
        found = [
            self._chosen("calendar", self._calendar),
            *(self._windows_from_until() or [self._chosen("windows", self._windows)]),
            self._chosen("short_days", self._short_days) or ("full", ()),
            self._by_weekday(),
            self._by_date(),
        ]
        if any(one is None for one in found):
            return None
        calendar, usual, (short_days, short), by_weekday, by_date = found
        return self._hours(calendar, usual, short_days == "shortened", by_weekday, by_date, short)

    def first_open_of(self, desks: dict[str, OpenTime]) -> OpenTime | None:
        """Hours that are open while one of some desks is."""
        self._refuse_beside("first_open_of")
        listed: list[OpenTime] = []
        for name in node_access.words_in(self.report, self.node.get("first_open_of")):
            if name.value in desks:
                listed.append(desks[str(name.value)])
                self.used += listed[-1].readings
            elif name.value not in self.names.hours or name.value == self.name.value:
                known = self.names.hours - {str(self.name.value)}
                node_access.unknown(self.report, "unknown-hours", name, known)
            else:
                self.report.add("unknown-hours", name, Message("desk-wanted", name=name.value))
        if len(listed) < 2:
            return None
        try:
            return FirstOpenOf.named(self._id, self.title, self.zone, tuple(listed), **self._told())
        except Contradiction as wrong:
            self._contradicted(wrong)
            return None

    def _hours(
        self,
        calendar: Calendar,
        usual: Windows,
        is_shortened: bool,
        by_weekday: dict[int, Windows],
        by_date: dict[date, Windows],
        short: Windows,
    ) -> Hours | None:
        cut = calendar.short_by if is_shortened else timedelta(0)
        if not shortened(usual, cut):
            said = Message("windows-end-before-begin", windows=", ".join(map(str, usual)))
            self.report.add("empty-interval", self.node.key("until") or self.name, said)
            return None
        wrong = len(self.report.problems)
        self._weekdays_that_work(calendar)
        self._dates_covered(calendar)
        if len(self.report.problems) > wrong:
            return None
        days = _with_own_days(calendar, by_date)
        try:
            return Hours(
                self._id, self.title, days, self.zone, usual, is_shortened, by_weekday, by_date,
                short, **self._told(),
            )  # fmt: skip
        except Contradiction as error:
            self._contradicted(error)
            return None

    @property
    def _id(self) -> str:
        return str(self.name.value)

    def _told(self) -> dict[str, Any]:
        policy = str(self.names.zone)
        return {
            "readings": tuple(dict.fromkeys(self.used)),
            "clauses": self.names.cited(self.node.get("clauses")),
            "told_in": "" if policy == self.zone else policy,
        }

    def _contradicted(self, wrong: Contradiction) -> None:
        for reason in wrong.reasons:
            self.report.add("hours-contradiction", self.name, reason)

    def _refuse_beside(self, key: str) -> None:
        """What says when the desk is open may be said in one way."""
        for other in ("calendar", "from", "until", "windows", "weekdays", "dates", "short_days"):
            if (scalar := self.node.key(other)) is not None:
                message = Message("not-beside", key=other, other=key)
                self.report.add("keys-exclude-each-other", scalar, message)

    def _chosen(self, key: str, read: Any) -> Any:
        """What the key says, or the alternative of a reading that is chosen."""
        below = self.node.get(key)
        if below is not None:
            with self.names.having(used=self.used):
                return self.names.chosen(below, read)
        if key != "short_days":
            self.report.add("missing-key", self.node, Message("not-said", key=key))
        return None

    def _calendar(self, node: Node) -> Calendar | None:
        found = node_access.known_word(self.report, "unknown-calendar", node, self.declared)
        return None if found is None else self.calendars.get(found)

    # Windows

    def _windows_from_until(self) -> list[Windows | None]:
        """The one window that `from` and `until` say; nothing where `windows` says it."""
        if self.node.get("windows") is not None:
            for key in ("from", "until"):
                if (scalar := self.node.key(key)) is not None:
                    message = Message("not-beside", key=key, other="windows")
                    self.report.add("keys-exclude-each-other", scalar, message)
            return []
        opens, closes = self._chosen("from", self._clock), self._chosen("until", self._clock)
        if opens is None or closes is None:
            return [None]
        return [self._window(opens, closes, self.node.key("until") or self.name)]

    def _window(self, opens: timedelta, closes: timedelta, node: Node) -> Windows | None:
        """The window, which closes on the next day where it would not close after it opens."""
        if opens >= DAY or opens == closes:
            said = Message("window-without-length", opens=_shown(opens), closes=_shown(closes))
            self.report.add("empty-interval", node, said, Message("write-whole-day"))
            return None
        return (Window(opens, closes if opens < closes else closes + DAY),)

    def _windows(self, node: Node) -> Windows | None:
        listed = node_access.items(self.report, node) if isinstance(node, SequenceNode) else (node,)
        found = [self._one_window(one) for one in listed]
        windows = tuple(sorted(window for some in found if some for window in some))
        if not all(found):
            return None
        if pair := overlap(windows):
            message = Message("windows-overlap", first=str(pair[0]), second=str(pair[1]))
            self.report.add("windows-overlap", node, message)
            return None
        return windows

    def _one_window(self, node: Node) -> Windows | None:
        text = node_access.text_of(node)
        matched = _WINDOW.fullmatch(text) if text is not None else None
        if matched is None:
            self.report.add("wrong-type", node, Message("window-wanted"), Message("write-window"))
            return None
        return self._window(_since_midnight(matched[1]), _since_midnight(matched[2]), node)

    def _clock(self, node: Node) -> timedelta | None:
        text = node_access.text_of(node)
        if text is not None and re.fullmatch(_CLOCK, text):
            return _since_midnight(text)
        self.report.add("wrong-type", node, Message("time-day-wanted"), Message("write-hours"))
        return None

    def _short_days(self, node: Node) -> tuple[str, Windows] | None:
        if isinstance(node, SequenceNode):
            windows = self._windows(node)
            return None if windows is None else ("full", windows)
        scalar = node_access.word(self.report, node)
        if scalar is None:
            return None
        what = Message("short-days-never")
        node_access.is_known(self.report, "unknown-word", scalar, SHORT_DAYS, what)
        return str(scalar.value), ()

    # Days

    def _by_weekday(self) -> dict[int, Windows] | None:
        found: dict[int, Windows | None] = {}
        for key, below in node_access.entries(self.report, self.node.get("weekdays")):
            if node_access.is_known(self.report, "unknown-weekday", key, WEEKDAYS):
                weekday = WEEKDAYS.index(str(key.value))
                self.weekday_keys.append((key, weekday))
                found[weekday] = self._windows(below)
        return _all_read(found)

    def _by_date(self) -> dict[date, Windows] | None:
        found: dict[date, Windows | None] = {}
        for key, below in node_access.entries(self.report, self.node.get("dates")):
            day = read_day(self.report, key)
            if day is not None:
                self.date_keys.append((key, day))
                found[day] = self._windows(below)
        return _all_read(found)

    def _weekdays_that_work(self, calendar: Calendar) -> None:
        working = {day.weekday() for day, special in calendar.special.items() if special.works}
        for key, weekday in self.weekday_keys:
            if weekday not in calendar.working_weekdays | working:
                message = Message("weekday-never-works", weekday=key.value, calendar=calendar.id)
                self.report.add("weekday-never-works", key, message, Message("weekday-may-work"))

    def _dates_covered(self, calendar: Calendar) -> None:
        for key, day in self.date_keys:
            if not calendar.covers(day):
                first, last = calendar.first_day, calendar.last_day
                message = Message("outside-what-calendar-covers", day=day, first=first, last=last)
                self.report.add("day-not-covered", key, message)


def _with_own_days(calendar: Calendar, by_date: dict[date, Windows]) -> Calendar:
    """The calendar as the desk has it: days with hours of their own work, closed ones do not."""
    special = dict(calendar.special)
    for day, windows in by_date.items():
        if calendar.is_working(day) is not bool(windows):
            name = _WORKING_DAY if windows else _DAY_OFF
            special[day] = SpecialDay(bool(windows), name)
    if not by_date:
        return calendar
    short = frozenset(calendar.short_days - by_date.keys())
    return replace(calendar, special=dict(sorted(special.items())), short_days=short)


def _all_read(found: dict[T, Windows | None]) -> dict[T, Windows] | None:
    """What was read, in order; None where some of it could not be."""
    read = {key: windows for key, windows in found.items() if windows is not None}
    return dict(sorted(read.items())) if len(read) == len(found) else None


def _since_midnight(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return int(hours) * 60 * MINUTE + int(minutes) * MINUTE


def _shown(edge: timedelta) -> str:
    return str(Window(edge, edge)).split("-")[0]
