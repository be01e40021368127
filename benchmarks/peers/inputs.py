"""From a complete request to what every peer is given: the same words, and numbers for dates.

No peer has a type for a day in a named zone, and none counts calendar months. So moments become
seconds, days become ordinals, and the last day of free support is counted beforehand, outside
the time that is measured. That favours the peers: our engine and the hand-written function do
this work from text inside their measured time.
"""

from __future__ import annotations

from calendar import timegm
from datetime import date
from typing import Any

from benchmarks.handwritten import Request, day_of, last_free_day, moment

Input = dict[str, Any]


def prepare_input(request: Request) -> Input:
    """The facts of tier and scope under flat names; an absent fact is None."""
    created = moment(request["request.created_at"])
    registered = _day(request["key.registered_on"])
    return {
        "kind": request["requester.kind"],
        "created_at": _seconds(request["request.created_at"]),
        "created_on": created.toordinal(),
        "active_from": _seconds(request["subscription.active_from"]),
        "active_until": _ordinal(_day(request["subscription.active_until"])),
        "registered_on": _ordinal(registered),
        "free_until": _ordinal(last_free_day(registered) if registered else None),
        "service": request["request.service"],
        "remote_tool": request["request.remote_tool"],
        "guide_exists": request["request.general_guide_exists"],
        "fix_feasible": request["request.fix_feasible"],
        "remote_approved": request["request.remote_approved"],
    }


def _seconds(told: Any) -> int | None:
    return None if told is None else timegm(moment(told).timetuple())


def _day(told: Any) -> date | None:
    return None if told is None else day_of(told)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
