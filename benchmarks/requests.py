"""From a seed to varied requests: complete ones that reach every branch, and partial ones.

Requests are flat mappings from dotted fact names to plain JSON values, as a portal would send
them. The same seed and count give the same requests on every machine.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from random import Random

Value = str | bool | None
Request = dict[str, Value]

DISTRICTS = (
    "central",
    "northwestern",
    "volga",
    "southern",
    "north_caucasian",
    "ural",
    "siberian",
    "far_eastern",
    None,
)
CHANNELS = ("portal", "phone", "email", "messenger", "visit")
SERVICES = (
    "software_operation",
    "error_correction",
    "training",
    "custom_instructions",
    "user_specific_setup",
    "remote_connection",
    "software_update",
    "onsite_visit",
    "cash_register_repair",
)
TOOLS = ("TeamViewer 11", "TeamViewer 12", "AnyDesk", None)
ISSUERS = ("industry_solutions_centre", "certified_partner", "reseller")
TIERS = ("partner", "paid", "free", "none")
CLOCKS = ("00:00:00", "09:59:59", "10:00:00", "10:00:01", "12:30:00", "15:07:42",
          "18:59:59", "19:00:00", "23:59:59")  # fmt: skip
FOUR = ("requester.kind", "request.service", "request.channel", "request.created_at")
"""What a request tells that leaves most open."""
# Days about which deadlines turn: long holidays, short days, moved working Saturdays, leap days.
DAYS = tuple(map(date.fromisoformat, (
    "2019-01-01", "2019-04-30", "2019-12-31", "2020-02-29", "2020-04-03", "2021-02-20",
    "2021-05-05", "2021-12-31", "2022-03-05", "2022-05-01", "2024-02-29", "2024-04-27",
    "2024-12-28", "2025-04-30", "2025-11-01", "2026-01-08", "2026-06-11", "2026-11-03",
    "2026-11-20", "2026-12-31", "2027-02-20", "2027-11-30",
)))  # fmt: skip
OFFSETS = ("", "", "", "+03:00")  # most portals tell the local clock, some its offset
LAST = date(2027, 11, 30)  # late enough to vary, early enough that every deadline is covered


def complete(count: int, seed: int = 2019) -> list[Request]:
    """`count` requests that tell every fact or tell it to be null."""
    random = Random(seed)
    return [_request(random, TIERS[number % len(TIERS)]) for number in range(count)]


def of_four(count: int, seed: int = 2019) -> list[Request]:
    """The same of which four facts are told."""
    return [{name: one[name] for name in FOUR} for one in complete(count, seed)]


def partial(count: int, seed: int = 2019, dropped: float = 0.3) -> list[Request]:
    """`count` requests from which each fact is missing with probability `dropped`."""
    random = Random(seed + 1)
    return [
        {fact: value for fact, value in request.items() if random.random() >= dropped}
        for request in complete(count, seed)
    ]


def _request(random: Random, tier: str) -> Request:
    created = _created(random)
    key, subscription = _standing(random, created, tier)
    return {
        "requester.kind": "certified_partner" if tier == "partner" else "user",
        "requester.district": random.choice(DISTRICTS),
        "key.registered_on": key,
        **subscription,
        "request.created_at": created.isoformat() + random.choice(OFFSETS),
        "request.channel": random.choice(CHANNELS),
        "request.service": random.choice(SERVICES),
        "request.remote_tool": random.choice((*TOOLS, "TeamViewer 11", "TeamViewer 11")),
        "request.general_guide_exists": random.random() < 0.5,
        "request.fix_feasible": random.random() < 0.5,
        "request.remote_approved": random.random() < 0.5,
        **_renewal(random, created),
    }


def _created(random: Random) -> datetime:
    span = (LAST - date(2019, 1, 1)).days
    anywhere = date(2019, 1, 1) + timedelta(days=random.randrange(span))
    day = random.choice(DAYS) if random.random() < 0.5 else anywhere
    return datetime.fromisoformat(f"{day}T{random.choice(CLOCKS)}")


def _standing(random: Random, created: datetime, tier: str) -> tuple[Value, Request]:
    """The key and the subscription that a requester of the tier would have, often on an edge."""
    key = None if random.random() < 0.2 else _days_before(created, random.choice((95, 200, -1)))
    if tier == "paid":
        return key, _subscription(random, created, paid=True)
    if tier == "free":
        inside = [_days_before(created, days) for days in (0, 1, 30, 60, 88)]
        key = random.choice([*inside, _three_months_before(created)])
    return key, _subscription(random, created, paid=tier == "partner" and random.random() < 0.5)


def _subscription(random: Random, created: datetime, paid: bool) -> Request:
    """A subscription in force at `created`, or one that is absent, over, or yet to begin."""
    second, day = timedelta(seconds=1), timedelta(days=1)
    long_ago, soon = created - 100 * day, created + 10 * day
    holds = (
        (created.isoformat(), None),
        ((created - second).isoformat(), str(created.date())),
        (long_ago.isoformat(), str((created + 30 * day).date())),
    )
    fails = (
        (None, None),
        ((created + second).isoformat(), None),
        (long_ago.isoformat(), str((created - day).date())),
        (soon.isoformat(), str((created + 375 * day).date())),
    )
    begin, end = random.choice(holds if paid else fails)
    return {"subscription.active_from": begin, "subscription.active_until": end}


def _days_before(created: datetime, days: int) -> str:
    return str(created.date() - timedelta(days=days))


def _three_months_before(created: datetime) -> str:
    """A day whose free support ends on the day of `created`."""
    year, month = divmod(created.year * 12 + created.month - 4, 12)
    last = monthrange(year, month + 1)[1]
    return str(date(year, month + 1, min(created.day, last)))


def _renewal(random: Random, created: datetime) -> Request:
    """An act that usually meets all requirements, so that both outcomes are common."""
    usually = 0.85
    return {
        "renewal.submitted_via": "portal" if random.random() < usually else random.choice(CHANNELS),
        "renewal.submitted_at": created.isoformat(),
        "renewal.act.number": "А-1042" if random.random() < usually else None,
        "renewal.act.issued_by": (
            "industry_solutions_centre" if random.random() < usually else random.choice(ISSUERS)
        ),
        "renewal.act.lists_support": random.random() < usually,
        "renewal.act.used_before": random.random() >= usually,
    }
