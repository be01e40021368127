"""From the section `calendars` to working days."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_day, read_literal
from reglament.language.loading.expressions.scope import Scope
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.messages import Message, Words
from reglament.model.values import DURATION
from reglament.worktime.calendars import Calendar, SpecialDay

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEWEST = 3


def read_calendars(names: Scope, section: Node | None) -> dict[str, Calendar]:
    """The calendars whose days can be told; what is wrong with the others is a problem."""
    calendars: dict[str, Calendar] = {}
    for name, node in node_access.named_mappings(names.report, section):
        if (calendar := _Days(names, name, node).calendar()) is not None:
            calendars[calendar.id] = calendar
    return calendars


class _Days:
    """The days of one calendar while they are read, with the places that told them."""

    def __init__(self, names: Scope, name: Scalar, node: MappingNode) -> None:
        self.names = names
        self.report = names.report
        self.name = name
        self.node = node
        self.labels = node_access.labels(self.report, node.get("day_names"))
        self.weekdays = self._weekdays()
        self.special: dict[date, SpecialDay] = {}
        self.short: dict[date, Node] = {}
        self.sources: list[str] = []
        covers = node_access.mapping(self.report, node.get("covers"))
        self.first = None if covers is None else read_day(self.report, covers.get("from"))
        self.last = None if covers is None else read_day(self.report, covers.get("until"))

    def calendar(self) -> Calendar | None:
        if self.first is None or self.last is None:
            if self.node.get("covers") is None:
                self.report.add("missing-key", self.name, Message("covers-does-not-say"))
            return None
        if self.first > self.last:
            message = Message("calendar-ends-before-begins", last=self.last, first=self.first)
            self.report.add("empty-interval", self.node.get("covers"), message)
            return None
        before = len(self.report.problems)
        self._read_days()
        short_by = self._short_by()
        if len(self.report.problems) == before:
            days = self.special.keys() | self.short
            refuse_unlisted_years(self.report, self.node, self.first, self.last, days)
        if len(self.report.problems) > before:
            return None
        return self._built(short_by, self.first, self.last)

    def _built(self, short_by: timedelta, first: date, last: date) -> Calendar | None:
        try:
            return Calendar(
                id=str(self.name.value),
                title=node_access.words(self.report, self.node.get("title")) or node_access.NOTHING,
                first_day=first,
                last_day=last,
                working_weekdays=self.weekdays,
                special=dict(sorted(self.special.items())),
                short_days=frozenset(self.short),
                short_by=short_by,
                sources=tuple(self.sources),
            )
        except ValueError as error:
            message = Message("calendar-contradiction", error=str(error))
            self.report.add("calendar-contradiction", self.name, message)
            return None

    def _weekdays(self) -> frozenset[int]:
        written = self.node.get("working_weekdays")
        named = node_access.known_words(self.report, "unknown-weekday", written, WEEKDAYS)
        return frozenset(map(WEEKDAYS.index, named))

    def _short_by(self) -> timedelta:
        node = self.node.get("short_by")
        found = None if node is None else read_literal(self.names, node, DURATION)
        return found[0] if found and isinstance(found[0], timedelta) else timedelta(0)

    def _read_days(self) -> None:
        start = len(self.report.problems)
        for year, below in node_access.named_mappings(self.report, self.node.get("years")):
            source = node_access.word(self.report, below.get("source"))
            if source is not None:
                self.sources.append(f"{year.value}: {source.value}")
            if self._is_of_another_year(year, below):
                continue
            self._special_days(year, below.get("days_off"), works=False)
            self._special_days(year, below.get("working_days"), works=True)
            for item in node_access.items(self.report, below.get("short_days")):
                day = self._day(year, item)
                if day is not None and not self._told_twice(day, item, self.short):
                    self.short[day] = item
        for day, node in self.short.items():
            self._must_work(day, node)
        beyond = Message("calendar-covers-days-lie", first=self.first, last=self.last)
        self.report.fold(start, "day-not-covered", self.node.get("covers"), beyond)
        weekdays = self.node.get("working_weekdays")
        self.report.fold(start, "short-day-off", weekdays, Message("days-called-short-not"))

    def _is_of_another_year(self, year: Scalar, node: MappingNode) -> bool:
        """Whether all the days below a year are of one other year: the year is mistyped then."""
        days = [str(scalar.value) for scalar in _days_below(node)]
        years = {day[:4] for day in days}
        if len(days) < _FEWEST or len(years) != 1 or str(year.value) in years:
            return False
        told = next(iter(years))
        message = Message("all-days-under-year", year=year.value, told=told)
        self.report.add("day-of-another-year", year, message, Message("write-told", told=told))
        return True

    def _special_days(self, year: Scalar, node: Node | None, *, works: bool) -> None:
        if isinstance(node, SequenceNode):
            told: list[tuple[Node, Node | None]] = [(item, None) for item in node.items]
        else:
            told = list(node_access.entries(self.report, node))
        for key, label in told:
            day = self._day(year, key)
            if day is not None and not self._told_twice(day, key, self.special):
                self.special[day] = SpecialDay(works, self._label(label, works=works))

    def _label(self, node: Node | None, *, works: bool) -> Words:
        default = Message("working-day") if works else Message("day-off")
        if node is None or node_access.is_null(node):
            return default
        if isinstance(node, MappingNode):
            return node_access.words(self.report, node) or default
        name = node_access.known_word(self.report, "unknown-day-name", node, self.labels)
        return default if name is None else self.labels[name]

    def _day(self, year: Scalar, node: Node) -> date | None:
        day = read_day(self.report, node)
        if day is None or self.first is None or self.last is None:
            return None
        if not self.first <= day <= self.last:
            message = Message(
                "outside-what-calendar-covers", day=day, first=self.first, last=self.last
            )
            self.report.add("day-not-covered", node, message)
        elif str(year.value) != str(day.year):
            message = Message("stands-under-year", day=day, year=year.value)
            self.report.add("day-of-another-year", node, message)
        return day

    def _told_twice(self, day: date, node: Node, told: object) -> bool:
        if not isinstance(told, dict) or day not in told:
            return False
        self.report.add("day-told-twice", node, Message("told-twice", day=day))
        return True

    def _must_work(self, day: date, node: Node) -> None:
        special = self.special.get(day)
        if not (day.weekday() in self.weekdays if special is None else special.works):
            self.report.add("short-day-off", node, Message("called-short-day-not-working", day=day))


def _days_below(node: Node) -> Iterator[Scalar]:
    """The days that stand below a year."""
    for name in ("days_off", "working_days", "short_days"):
        below = node.get(name) if isinstance(node, MappingNode) else None
        if isinstance(below, MappingNode):
            yield from (key for key, _ in below.entries)
        elif isinstance(below, SequenceNode):
            yield from (item for item in below.items if isinstance(item, Scalar))


def refuse_unlisted_years(
    report: Diagnostics, calendar: MappingNode, first: date, last: date, days: Collection[date]
) -> None:
    """Note each year between `first` and `last` that `years` does not list.

    `days` are those that break the habit of the week. A calendar without any is one of
    weekdays alone and lists no year. One that knows such days of a single year says nothing of
    the years before it; any other calendar lists every year, if only as `2028: {}`.
    """
    covers, years = calendar.get("covers"), calendar.get("years")
    if not days or not isinstance(covers, MappingNode) or not isinstance(years, MappingNode):
        return
    with_days = {day.year for day in days}
    begins = first.year if len(with_days) > 1 else min(with_days)
    listed = {str(key.value) for key, _ in years.entries}
    missing = [year for year in range(begins, last.year + 1) if str(year) not in listed]
    if missing:
        key = "until" if missing[-1] == last.year else "from" if missing[0] == first.year else None
        place = covers if key is None else covers.get(key)
        shown = ", ".join(map(str, missing[:4])) + (", …" if len(missing) > 4 else "")
        is_one = len(missing) == 1
        code = "calendar-covers-year-years" if is_one else "calendar-covers-years-years"
        hint = Message("list-days-under-write", year=missing[0])
        report.add("year-not-listed", place, Message(code, shown=shown), hint)
