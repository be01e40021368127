"""From the hours of a policy to a month or a year of working days, to read or as JSON."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import open_policy
from reglament.interfaces.cli.calendar_grid import ShownDay, days_of, grid, legend
from reglament.interfaces.cli.output import print_json, say
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.calendar import WorkingHours
from reglament.model.problems import refusal
from reglament.model.regulation import Version
from reglament.model.words import translations

_PERIOD = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")


@options.command("command-calendar")
@click.argument("period", metavar="[YEAR|YEAR-MONTH]", required=False)
@click.option("--hours", "hours_name", metavar="NAME", help="option-calendar-hours")
@options.policy
@options.language_and_json
def calendar(common: options.CommonOptions, period: str | None, hours_name: str | None) -> None:
    """Show the working days and hours of a month or of a year; of this month by default."""
    from reglament.model.calendar import OutsideCalendar

    hours = _hours(open_policy(common.policy_name).versions[-1], hours_name)
    months = _months(period or _this_month(hours))
    try:
        days = [day for month in months for day in days_of(hours, month)]
    except OutsideCalendar as outside:
        raise refusal("outside-calendar", outside.words) from None
    if common.is_json:
        print_json(_data(hours, days))
    else:
        click.echo(grid(hours, days, common.language))
        say(legend(days, common.language))


def _months(period: str) -> list[date]:
    """The first day of each month of the period. Raises Refused."""
    match = _PERIOD.fullmatch(period)
    if match is None or int(match[1]) == 0:
        message = Message("neither-year-nor-month", period=period)
        raise refusal("wrong-period", message, Message("write"))
    year = int(match[1])
    return [date(year, month, 1) for month in ([int(match[2])] if match[2] else range(1, 13))]


def _this_month(hours: WorkingHours) -> str:
    return f"{datetime.now(ZoneInfo(hours.zone)):%Y-%m}"


def _hours(version: Version, name: str | None) -> WorkingHours:
    """The hours of that name, or the first ones. Raises Refused."""
    hours = version.hours.get(name) if name else next(iter(version.hours.values()), None)
    if hours is not None:
        return hours
    if name is None:
        raise refusal("hours-missing", Message("policy-no-working-hours", policy=version.policy))
    message = Message("not-hours", name=name)
    raise refusal("unknown-hours", message, suggestion(name, version.hours))


def _data(hours: WorkingHours, days: list[ShownDay]) -> dict[str, object]:
    return {
        "hours": hours.id,
        "calendar": hours.calendar.id,
        "time_zone": hours.zone,
        "from": days[0].day.isoformat(),
        "until": days[-1].day.isoformat(),
        "working_days": sum(day.works for day in days),
        "minutes": sum(day.minutes for day in days),
        "days": [_day_data(day) for day in days],
    }


def _day_data(shown: ShownDay) -> dict[str, object]:
    windows = [[moment.isoformat() for moment in shift] for shift in shown.shifts]
    return {
        "day": shown.day.isoformat(),
        "works": shown.works,
        "short": shown.is_short,
        "from": windows[0][0] if windows else None,
        "until": windows[-1][1] if windows else None,
        "windows": windows,
        "minutes": shown.minutes,
        "name": None if shown.name is None else translations(shown.name),
    }
