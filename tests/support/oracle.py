"""From told facts, some missing, to every outcome still possible: a second opinion for tests.

`possible` and `facts_matter` try completions of the missing facts: every word of a choice, one
other word where a choice is open, null where it is allowed, and for dates the points on and
beside every edge that the told facts draw. A request is taken to be created between 2019 and
December 2027, the years in which the regulation and its calendar hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import product

from support.oracle_complete import (
    MOSCOW,
    REQUIREMENTS,
    TABLE,
    Facts,
    Outcome,
    checklist,
    day_told,
    moment_told,
    outcome,
    plus_three_months,
)

__all__ = ["checklist", "facts_matter", "is_determined", "outcome", "possible"]

OTHER = "some_other_word"
UNLISTABLE = None  # what `possible` returns where a date hangs on a missing date


# -- which facts a decision may depend on ---------------------------------------------------

TIER_FACTS = (
    "request.created_at",
    "requester.kind",
    "key.registered_on",
    "subscription.active_from",
    "subscription.active_until",
)
SERVICE_FACTS = (
    "request.service",
    "request.remote_tool",
    "request.general_guide_exists",
    "request.fix_feasible",
    "request.remote_approved",
)
RENEWAL_FACTS = tuple(fact for fact, _ in REQUIREMENTS.values())

# A decision's own facts; whether it also sees the tier, and nothing else of the tier's facts.
OWN_FACTS: dict[str, tuple[str, ...]] = {
    "tier": TIER_FACTS,
    "free_until": ("key.registered_on",),
    "channel": ("request.channel",),
    "desk": ("request.created_at",),
    "scope": SERVICE_FACTS,
    "response_hours": (),
    "response_due": TIER_FACTS,
    "payment_contact": ("requester.district",),
    "renewal": RENEWAL_FACTS,
    "renewal_effective_from": (*RENEWAL_FACTS, "renewal.submitted_at"),
    "answer": ("request.channel", *SERVICE_FACTS),
}
SEES_ONLY_THE_TIER = frozenset({"scope", "response_hours", "answer"})
COMPUTED_FROM = {
    "free_until": "key.registered_on",
    "response_due": "request.created_at",
    "renewal_effective_from": "renewal.submitted_at",
}


# -- missing facts, by trying completions ---------------------------------------------------


def possible(decision: str, told: Facts) -> set[Outcome] | None:
    """Every outcome that some completion of `told` gives; UNLISTABLE for a date without end."""
    found = {result for _, result in _completed(decision, told)}
    base = COMPUTED_FROM.get(decision)
    if base is not None and base not in told and found != {None}:
        return UNLISTABLE
    return found


def is_determined(decision: str, told: Facts) -> bool:
    """Whether every completion of `told` gives the same outcome."""
    found = possible(decision, told)
    return found is not UNLISTABLE and len(found) == 1


def facts_matter(decision: str, told: Facts) -> set[str]:
    """The missing facts that alone, in some completion of the others, change the outcome."""
    own = _switches(_completed(decision, told))
    if decision not in SEES_ONLY_THE_TIER:
        return own
    return own | _facts_behind_the_tier(decision, told)


Completion = dict[str, object]


def _completed(decision: str, told: Facts) -> list[tuple[Completion, Outcome]]:
    """Each completion of the facts that the decision sees, beside its outcome.

    Where only the tier is seen, one completion of the tier's facts stands for each tier.
    """
    own = _completions(OWN_FACTS[decision], told)
    if decision not in SEES_ONLY_THE_TIER:
        return [(facts, outcome(decision, facts)) for facts in own]
    stands_for = {tier: facts for facts, tier in _tiers(told)}
    return [
        ({**facts, "tier": tier}, outcome(decision, {**behind, **facts}))
        for (tier, behind), facts in product(stands_for.items(), own)
    ]


def _switches(completed: Iterable[tuple[Completion, Outcome]]) -> set[str]:
    """The facts whose change alone changes the outcome somewhere among the completions."""
    completed = list(completed)
    facts = {fact for fact in completed[0][0] if fact != "tier"}
    return {fact for fact in facts if any(len(r) > 1 for r in _lines(completed, fact))}


def _lines(completed: list[tuple[Completion, Outcome]], fact: str) -> Iterable[set[Outcome]]:
    """The outcomes met along `fact` while all other facts stay as they are."""
    lines: dict[tuple[object, ...], set[Outcome]] = {}
    for facts, result in completed:
        others = tuple(value for name, value in facts.items() if name != fact)
        lines.setdefault(others, set()).add(result)
    return lines.values()


def _facts_behind_the_tier(decision: str, told: Facts) -> set[str]:
    """The tier's facts that lead from one tier to another which the decision treats otherwise."""
    results: dict[tuple[object, ...], dict[object, Outcome]] = {}
    for facts, result in _completed(decision, told):
        others = tuple(value for name, value in facts.items() if name != "tier")
        results.setdefault(others, {})[facts["tier"]] = result
    completed = _tiers(told)
    return {
        fact
        for fact in TIER_FACTS
        if fact not in told
        for tiers in map(frozenset, _lines(completed, fact))
        if any(len({by_tier[tier] for tier in tiers}) > 1 for by_tier in results.values())
    }


def _tiers(told: Facts) -> list[tuple[Completion, Outcome]]:
    return _completed("tier", told)


def _completions(facts: tuple[str, ...], told: Facts) -> list[Completion]:
    pools = [[told[fact]] if fact in told else list(_values(fact, told)) for fact in facts]
    return [dict(zip(facts, values, strict=True)) for values in product(*pools)]


# -- the values worth trying ----------------------------------------------------------------

CHOICES: dict[str, tuple[object, ...]] = {
    "requester.kind": ("user", "certified_partner"),
    "requester.district": (
        "central", "northwestern", "volga", "southern", "north_caucasian", "ural", "siberian",
        "far_eastern", None,
    ),
    "request.channel": ("portal", "phone", "email", OTHER),
    "request.service": (*TABLE, OTHER),
    "request.remote_tool": ("TeamViewer 11", "another tool", None),
    "request.general_guide_exists": (True, False),
    "request.fix_feasible": (True, False),
    "request.remote_approved": (True, False),
    "renewal.submitted_via": ("portal", "phone", "email", OTHER),
    "renewal.submitted_at": (datetime(2026, 11, 20, 12), datetime(2026, 11, 21, 12)),
    "renewal.act.number": ("1042", None),
    "renewal.act.issued_by": ("industry_solutions_centre", "certified_partner", OTHER),
    "renewal.act.lists_support": (True, False),
    "renewal.act.used_before": (True, False),
}  # fmt: skip
DAY, SECOND, MIDNIGHT = timedelta(days=1), timedelta(seconds=1), time(0)
# The regulation's first moment, and one before which every deadline is inside the calendar.
FIRST = datetime(2019, 1, 1, tzinfo=MOSCOW)
LAST = datetime(2027, 12, 20, tzinfo=MOSCOW)
# In hours, in the evening, at a weekend.
ANCHORS = tuple(
    datetime(2026, 11, day, hour, tzinfo=MOSCOW) for day, hour in ((20, 12), (20, 21), (21, 12))
)


def _values(fact: str, told: Facts) -> Iterable[object]:
    """The values of a missing fact that stand for all others, each once."""
    if fact in CHOICES:
        return CHOICES[fact]
    if fact == "request.created_at":
        return _created_pool(told)
    exact = "request.created_at" in told
    moments = [moment_told(told["request.created_at"])] if exact else _created_pool(told)
    return (None, *{value for created in moments for value in AROUND[fact](created, exact)})


def _created_pool(told: Facts) -> list[datetime]:
    """Moments on, just before and just after every edge that the told facts draw."""
    pool = set(ANCHORS)
    if (registered := told.get("key.registered_on")) is not None:
        pool |= _edges(_start(day_told(registered)))
        pool |= _edges(_start(plus_three_months(day_told(registered)) + DAY))
    if (begun := told.get("subscription.active_from")) is not None:
        pool |= _edges(moment_told(begun))
    if (until := told.get("subscription.active_until")) is not None:
        pool |= _edges(_start(day_told(until) + DAY))
    return sorted(moment for moment in pool if FIRST <= moment < LAST)


def _start(day: date) -> datetime:
    return datetime.combine(day, MIDNIGHT, MOSCOW)


def _edges(moment: datetime) -> set[datetime]:
    return {moment - SECOND, moment, moment + SECOND}


def _registered_around(created: datetime, exact: bool) -> set[date]:
    """Days on which a key was registered: long before, in time, and after the request."""
    today = created.date()
    days = {today - timedelta(days=130), today, today + DAY}
    if not exact:
        return days
    last = next(d for d in _days_back(today, 100) if plus_three_months(d) < today)
    return days | {last, last + DAY, last + 2 * DAY, today - DAY}


def _days_back(day: date, count: int) -> Iterator[date]:
    return (day - timedelta(days=number) for number in range(count))


def _from_around(created: datetime, exact: bool) -> set[datetime]:
    moments = {created, created + DAY}
    return moments | _edges(created) | {created - DAY} if exact else moments


def _until_around(created: datetime, exact: bool) -> set[date]:
    today = created.date()
    return {today - DAY, today, today + DAY} if exact else {today - DAY, today}


# Values of a missing date that stand on each side of the request; `exact` adds the edges.
AROUND: dict[str, Callable[[datetime, bool], set[date] | set[datetime]]] = {
    "key.registered_on": _registered_around,
    "subscription.active_from": _from_around,
    "subscription.active_until": _until_around,
}
