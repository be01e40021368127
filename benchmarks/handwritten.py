"""From one complete request to every decision of the regulation, as a developer would write it.

This is the yardstick of the benchmarks: plain conditions, no explanation, no missing facts.
`decide_all` answers every decision, `decide_scope` only the tier and the scope.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

POLICIES = Path(__file__).resolve().parents[1] / "policies"
CALENDAR = POLICIES / "technical-support" / "2019-01-01" / "calendar.yaml"
MOSCOW = ZoneInfo("Europe/Moscow")

Request = Mapping[str, Any]  # dotted fact names to ISO strings, Python dates, words, None
Decisions = dict[str, Any]

HOUR = 3_600_000_000  # microseconds
OPENS, CLOSES = 10 * HOUR, 19 * HOUR
WORKDAY = CLOSES - OPENS

CHANNELS = frozenset({"portal", "phone", "email"})
RESPONSE_HOURS = {"free": 24, "paid": 16, "partner": 8, "none": None}
FOR_PARTNERS_ONLY = frozenset({"training", "user_specific_setup", "software_update"})
FOR_PARTNERS = FOR_PARTNERS_ONLY | {
    "software_operation",
    "error_correction",
    "custom_instructions",
    "remote_connection",
}
NEVER_BOUGHT = FOR_PARTNERS_ONLY | {"onsite_visit"}
HANG_ON_MORE = frozenset({"error_correction", "remote_connection"})

WEST = {"name": "Литвиненко Николай", "email": "nlitvinenko@shtrih-m.ru"}
SOUTH = {"name": "Евгений Шепелин", "email": "eshepelin@shtrih-m.ru"}
EAST = {"name": "Иголкин Михаил", "email": "migolkin@shtrih-m.ru"}
PAYMENT_CONTACTS = {
    "central": WEST,
    "northwestern": WEST,
    "volga": WEST,
    "southern": SOUTH,
    "north_caucasian": SOUTH,
    "ural": EAST,
    "siberian": EAST,
    "far_eastern": EAST,
}


def working_days(path: Path = CALENDAR) -> tuple[date, ...]:
    """Every working day that the calendar file covers, in order."""
    years = yaml.safe_load(path.read_text("utf-8"))["calendars"]["ru-production"]["years"]
    return tuple(day for year, facts in sorted(years.items()) for day in _worked(year, facts))


def _worked(year: int, facts: Mapping[str, Mapping[date, object]]) -> Iterator[date]:
    off, moved = facts.get("days_off") or (), facts.get("working_days") or ()
    for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day in moved or (day.weekday() < 5 and day not in off):
            yield day


DAYS = working_days()
WORKING = frozenset(DAYS)
COVERED = (date(DAYS[0].year, 1, 1), date(DAYS[-1].year, 12, 31))


def moment(told: str | datetime) -> datetime:
    """A told moment as Moscow's wall clock, without an offset."""
    value = datetime.fromisoformat(told) if isinstance(told, str) else told
    return value if value.tzinfo is None else value.astimezone(MOSCOW).replace(tzinfo=None)


def day_of(told: str | date) -> date:
    """A told day as a date."""
    return date.fromisoformat(told) if isinstance(told, str) else told


def last_free_day(registered: date) -> date:
    """The day three calendar months after `registered`, or that month's last day."""
    later = registered.month + 2
    year, month = registered.year + later // 12, later % 12 + 1
    if registered.day <= 28:
        return date(year, month, registered.day)
    return date(year, month, min(registered.day, monthrange(year, month)[1]))


def due(created: datetime, hours: int) -> datetime:
    """The moment that many working hours after `created`; ValueError outside the calendar."""
    today = created.date()
    index = bisect_left(DAYS, today)
    clock = (
        (created.hour * 60 + created.minute) * 60 + created.second
    ) * 1_000_000 + created.microsecond
    if today not in WORKING:
        spent = 0
    elif clock < CLOSES:
        spent = max(0, clock - OPENS)
    else:
        index, spent = index + 1, 0
    days, rest = divmod(spent + hours * HOUR, WORKDAY)
    if rest == 0:
        days, rest = days - 1, WORKDAY
    if index + days >= len(DAYS) or today < COVERED[0]:
        raise ValueError(f"the calendar covers {COVERED[0]} to {COVERED[1]}: {created}")
    last = DAYS[index + days]
    return datetime(last.year, last.month, last.day, tzinfo=MOSCOW) + timedelta(
        microseconds=OPENS + rest
    )


def tier_of(
    request: Request,
    created: datetime,
    registered: date | None,
    free_until: date | None,
) -> str:
    """Which section of the regulation the requester falls under at `created`."""
    if request["requester.kind"] == "certified_partner":
        return "partner"
    today = created.date()
    active_from = request["subscription.active_from"]
    if active_from is not None and moment(active_from) <= created:
        active_until = request["subscription.active_until"]
        if active_until is None or today <= day_of(active_until):
            return "paid"
    if registered is None or free_until is None:
        return "none"
    return "free" if registered <= today <= free_until else "none"


def scope_of(request: Request, tier: str) -> str:
    """What the tier's lists say of the service."""
    if tier == "none":
        return "not_applicable"
    service = request["request.service"]
    if service == "onsite_visit":
        return "out_of_scope"
    if tier == "partner":
        return "in_scope" if service in FOR_PARTNERS else "not_regulated"
    if service == "software_operation":
        return "in_scope"
    if service == "error_correction":
        return "in_scope" if request["request.fix_feasible"] else "out_of_scope"
    if service in FOR_PARTNERS_ONLY:
        return "out_of_scope"
    if service == "custom_instructions":
        guided = tier == "free" and request["request.general_guide_exists"]
        return "out_of_scope" if guided else "not_regulated"
    if service == "remote_connection":
        return _remote_scope(request, tier)
    return "not_regulated"


def _remote_scope(request: Request, tier: str) -> str:
    if tier == "free":
        return "out_of_scope"
    if request["request.remote_tool"] != "TeamViewer 11":
        return "not_regulated"
    return "in_scope" if request["request.remote_approved"] else "out_of_scope"


def unmet_for_renewal(request: Request) -> list[str]:
    """The requirements of a renewal that the request does not meet, in the regulation's order."""
    unmet = []
    if request["renewal.submitted_via"] != "portal":
        unmet.append("submitted_via_portal")
    if request["renewal.act.number"] is None:
        unmet.append("act_number_given")
    if request["renewal.act.issued_by"] != "industry_solutions_centre":
        unmet.append("act_issued_by_centre")
    if not request["renewal.act.lists_support"]:
        unmet.append("act_lists_support")
    if request["renewal.act.used_before"]:
        unmet.append("act_not_used_before")
    return unmet


def answer_of(channel: str, tier: str, scope: str) -> str:
    """Whether the request is accepted, refused or referred to a person."""
    if channel == "not_accepted" or tier == "none" or scope == "out_of_scope":
        return "refuse"
    return "refer" if scope == "not_regulated" else "accept"


def advice_of(request: Request, tier: str, scope: str, channel: str) -> list[str]:
    """The next steps that help the requester now."""
    service = request["request.service"]
    is_out = scope == "out_of_scope" and service != "error_correction"
    advice = []
    if channel == "not_accepted" and _writing_helps(request, tier, scope):
        advice.append("write_through_listed_channel")
    if _buying_helps(request) and (tier == "none" or _is_remote_for_free(service, tier)):
        advice.append("buy_support")
    if tier == "partner" and service == "onsite_visit":
        advice.append("request_remote_connection")
    if (is_out and tier != "partner") or (tier == "none" and service in NEVER_BOUGHT):
        advice.append("ask_certified_partner")
    if (
        request["renewal.act.used_before"]
        or not request["renewal.act.lists_support"]
        or request["renewal.act.issued_by"] != "industry_solutions_centre"
    ):
        advice.append("renew_with_new_act")
    return advice


def _is_remote_for_free(service: str, tier: str) -> bool:
    return tier == "free" and service == "remote_connection"


def _writing_helps(request: Request, tier: str, scope: str) -> bool:
    if tier == "partner":
        return True
    hangs_on_more = tier == "none" or request["request.service"] in HANG_ON_MORE
    if hangs_on_more and _buying_helps(request):
        return True
    return tier != "none" and scope != "out_of_scope"


def _buying_helps(request: Request) -> bool:
    """Whether paid support may do what is asked for."""
    service = request["request.service"]
    if service == "error_correction":
        return bool(request["request.fix_feasible"])
    if service == "remote_connection":
        is_named = request["request.remote_tool"] == "TeamViewer 11"
        return not is_named or request["request.remote_approved"]
    return service not in NEVER_BOUGHT


def is_open(created: datetime) -> bool:
    """Whether support works at `created`, given as Moscow's wall clock."""
    return 10 <= created.hour < 19 and created.date() in WORKING


def decide_all(request: Request) -> Decisions:
    """Every decision on a request that tells each fact or tells it to be null."""
    created = moment(request["request.created_at"])
    told = request["key.registered_on"]
    registered = None if told is None else day_of(told)
    free_until = None if registered is None else last_free_day(registered)
    tier = tier_of(request, created, registered, free_until)
    scope = scope_of(request, tier)
    channel = "accepted" if request["request.channel"] in CHANNELS else "not_accepted"
    hours = RESPONSE_HOURS[tier]
    unmet = unmet_for_renewal(request)
    submitted = None if unmet else moment(request["renewal.submitted_at"]).replace(tzinfo=MOSCOW)
    return {
        "tier": tier,
        "free_until": free_until,
        "channel": channel,
        "desk": "open" if is_open(created) else "closed",
        "scope": scope,
        "response_hours": hours,
        "response_due": None if hours is None else due(created, hours),
        "payment_contact": PAYMENT_CONTACTS.get(request["requester.district"]),
        "renewal": "rejected" if unmet else "accepted",
        "unmet": unmet,
        "renewal_effective_from": submitted,
        "answer": answer_of(channel, tier, scope),
        "advice": advice_of(request, tier, scope, channel),
    }


def decide_scope(request: Request) -> dict[str, str]:
    """The tier and the scope alone, which the peers decide too."""
    told = request["key.registered_on"]
    registered = None if told is None else day_of(told)
    free_until = None if registered is None else last_free_day(registered)
    tier = tier_of(request, moment(request["request.created_at"]), registered, free_until)
    return {"tier": tier, "scope": scope_of(request, tier)}
