"""From a complete request to what the technical-support regulation says: a second opinion.

Written from the regulation's table of decisions, apart from the engine and the benchmarks, to be
read rather than to be fast. Facts are flat and dotted; dates may be ISO strings or Python values;
a moment without an offset is Moscow's. Moments come out as Moscow's wall clock, aware.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import yaml

from support.places import POLICIES

Facts = Mapping[str, object]
Outcome = object

MOSCOW = ZoneInfo("Europe/Moscow")
CALENDAR = POLICIES / "technical-support" / "2019-01-01" / "calendar.yaml"
OPENS, CLOSES = time(10), time(19)
HOURS = {"free": 24, "paid": 16, "partner": 8}


# -- the calendar, day by day ---------------------------------------------------------------


@cache
def _years() -> dict[int, dict[str, Collection[date]]]:
    whole = yaml.safe_load(CALENDAR.read_text("utf-8"))
    return dict(whole["calendars"]["ru-production"]["years"])


def is_working_day(day: date) -> bool:
    """Whether `day` is worked by the Russian production calendar; KeyError past its years."""
    year = _years()[day.year]
    if day in (year.get("working_days") or {}):
        return True
    return day.weekday() < 5 and day not in (year.get("days_off") or {})


@cache
def deadline(created: datetime, hours: int) -> datetime:
    """The moment that many working hours after `created`, one working day at a time."""
    left = timedelta(hours=hours)
    day, clock = created.date(), created
    while True:
        start = max(clock, datetime.combine(day, OPENS, MOSCOW))
        end = datetime.combine(day, CLOSES, MOSCOW)
        if is_working_day(day) and start < end:
            if left <= end - start:
                return start + left
            left -= end - start
        day += timedelta(days=1)


def plus_three_months(day: date) -> date:
    """The same day three months on, or the month's last where there is none."""
    year, month = (day.year, day.month + 3) if day.month <= 9 else (day.year + 1, day.month - 9)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


# -- the decisions on a complete request ----------------------------------------------------


def _tier(facts: Facts) -> str:
    created = moment_told(facts["request.created_at"])
    today = created.date()
    if facts["requester.kind"] == "certified_partner":
        return "partner"
    if facts["subscription.active_from"] is not None:
        begun = moment_told(facts["subscription.active_from"]) <= created
        until = facts["subscription.active_until"]
        if begun and (until is None or today <= day_told(until)):
            return "paid"
    if facts["key.registered_on"] is not None:
        registered = day_told(facts["key.registered_on"])
        if registered <= today <= plus_three_months(registered):
            return "free"
    return "none"


def _free_until(facts: Facts) -> date | None:
    registered = facts["key.registered_on"]
    return None if registered is None else plus_three_months(day_told(registered))


def _channel(facts: Facts) -> str:
    listed = facts["request.channel"] in ("portal", "phone", "email")
    return "accepted" if listed else "not_accepted"


def _desk(facts: Facts) -> str:
    created = moment_told(facts["request.created_at"])
    at_work = is_working_day(created.date()) and OPENS <= created.time() < CLOSES
    return "open" if at_work else "closed"


def _scope(facts: Facts) -> str:
    tier = _tier(facts)
    if tier == "none":
        return "not_applicable"
    row = TABLE.get(str(facts["request.service"]))
    if row is None:
        return "not_regulated"
    cell = row[("free", "paid", "partner").index(tier)]
    return cell(facts) if callable(cell) else cell


def _if_feasible(facts: Facts) -> str:
    return "in_scope" if facts["request.fix_feasible"] is True else "out_of_scope"


def _if_no_guide(facts: Facts) -> str:
    return "out_of_scope" if facts["request.general_guide_exists"] is True else "not_regulated"


def _if_named_tool_approved(facts: Facts) -> str:
    if facts["request.remote_tool"] != "TeamViewer 11":
        return "not_regulated"
    return "in_scope" if facts["request.remote_approved"] is True else "out_of_scope"


Cell = str | Callable[[Facts], str]
IN, OUT, SILENT = "in_scope", "out_of_scope", "not_regulated"
TABLE: dict[str, tuple[Cell, Cell, Cell]] = {
    # service               free            paid                     partner
    "software_operation":  (IN,             IN,                      IN),
    "error_correction":    (_if_feasible,   _if_feasible,            IN),
    "training":            (OUT,            OUT,                     IN),
    "user_specific_setup": (OUT,            OUT,                     IN),
    "software_update":     (OUT,            OUT,                     IN),
    "onsite_visit":        (OUT,            OUT,                     OUT),
    "custom_instructions": (_if_no_guide,   SILENT,                  IN),
    "remote_connection":   (OUT,            _if_named_tool_approved, IN),
}  # fmt: skip


def _response_hours(facts: Facts) -> int | None:
    return HOURS.get(_tier(facts))


def _response_due(facts: Facts) -> datetime | None:
    hours = HOURS.get(_tier(facts))
    return None if hours is None else deadline(moment_told(facts["request.created_at"]), hours)


def _payment_contact(facts: Facts) -> str | None:
    """The manager's e-mail, which names the manager."""
    emails = {
        "nlitvinenko@shtrih-m.ru": ("central", "northwestern", "volga"),
        "eshepelin@shtrih-m.ru": ("southern", "north_caucasian"),
        "migolkin@shtrih-m.ru": ("ural", "siberian", "far_eastern"),
    }
    district = facts["requester.district"]
    return next((email for email, theirs in emails.items() if district in theirs), None)


REQUIREMENTS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "submitted_via_portal": ("renewal.submitted_via", lambda told: told == "portal"),
    "act_number_given": ("renewal.act.number", lambda told: told is not None),
    "act_issued_by_centre": (
        "renewal.act.issued_by",
        lambda told: told == "industry_solutions_centre",
    ),
    "act_lists_support": ("renewal.act.lists_support", lambda told: told is True),
    "act_not_used_before": ("renewal.act.used_before", lambda told: told is False),
}


def checklist(told: Facts) -> tuple[list[str], list[str]]:
    """The renewal requirements that are unmet, and those that are open, in order."""
    unmet = [name for name, (fact, met) in REQUIREMENTS.items()
             if fact in told and not met(told[fact])]  # fmt: skip
    return unmet, [name for name, (fact, _) in REQUIREMENTS.items() if fact not in told]


def _renewal(facts: Facts) -> str:
    return "rejected" if checklist(facts)[0] else "accepted"


def _renewal_effective_from(facts: Facts) -> datetime | None:
    accepted = _renewal(facts) == "accepted"
    return moment_told(facts["renewal.submitted_at"]) if accepted else None


def _answer(facts: Facts) -> str:
    scope = _scope(facts)
    if _channel(facts) == "not_accepted" or _tier(facts) == "none" or scope == "out_of_scope":
        return "refuse"
    return "refer" if scope == "not_regulated" else "accept"


DECIDE: dict[str, Callable[[Facts], Outcome]] = {
    "tier": _tier,
    "free_until": _free_until,
    "channel": _channel,
    "desk": _desk,
    "scope": _scope,
    "response_hours": _response_hours,
    "response_due": _response_due,
    "payment_contact": _payment_contact,
    "renewal": _renewal,
    "renewal_effective_from": _renewal_effective_from,
    "answer": _answer,
}


def outcome(decision: str, facts: Facts) -> Outcome:
    """What the regulation decides; KeyError where a fact that it reads is missing."""
    return DECIDE[decision](facts)


def moment_told(told: object) -> datetime:
    value = datetime.fromisoformat(told) if isinstance(told, str) else told
    assert isinstance(value, datetime)
    return value.replace(tzinfo=MOSCOW) if value.tzinfo is None else value.astimezone(MOSCOW)


def day_told(told: object) -> date:
    value = date.fromisoformat(told) if isinstance(told, str) else told
    assert isinstance(value, date)
    return value
