"""From the years that a calendar lists to those that it covers and forgets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from reglament.language.syntax.diagnostics import Report
from reglament.language.syntax.source import Mapping
from reglament.messages import Message, Words


def refuse_unlisted_years(
    report: Report, calendar: Mapping, first: date, last: date, days: Collection[date]
) -> None:
    """Note each year between `first` and `last` that `years` does not list.

    `days` are those that break the habit of the week. A calendar without any is one of
    weekdays alone and lists no year. One that knows such days of a single year says nothing of
    the years before it; any other calendar lists every year, if only as `2028: {}`.
    """
    covers, years = calendar.get("covers"), calendar.get("years")
    if not days or not isinstance(covers, Mapping) or not isinstance(years, Mapping):
        return
    with_days = {day.year for day in days}
    begins = first.year if len(with_days) > 1 else min(with_days)
    listed = {str(key.value) for key, _ in years.entries}
    missing = [year for year in range(begins, last.year + 1) if str(year) not in listed]
    if missing:
        key = "until" if missing[-1] == last.year else "from" if missing[0] == first.year else None
        place = covers if key is None else covers.get(key)
        report.add("year-not-listed", place, _message(missing), _hint(missing[0]))


def _message(missing: list[int]) -> Words:
    shown = ", ".join(map(str, missing[:4])) + (", …" if len(missing) > 4 else "")
    if len(missing) == 1:
        return Message("calendar-covers-year-years", shown=shown)
    return Message("calendar-covers-years-years", shown=shown)


def _hint(year: int) -> Words:
    return Message("list-days-under-write", year=year)
