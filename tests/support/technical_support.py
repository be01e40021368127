"""Requests of the technical-support policy that its contract speaks of."""

from __future__ import annotations

from typing import Any

AT = "request.created_at"
SERVICE = "request.service"
REGISTERED = "key.registered_on"
FROM, UNTIL = "subscription.active_from", "subscription.active_until"
Facts = dict[str, Any]

NOBODY: Facts = {"requester.kind": "user", REGISTERED: None, "subscription": None}
FREE: Facts = {**NOBODY, REGISTERED: "2026-10-01", AT: "2026-11-20T12:00"}
PAID: Facts = {
    "requester.kind": "user",
    REGISTERED: None,
    FROM: "2026-01-01T00:00",
    UNTIL: None,
    AT: "2026-11-20T12:00",
}
PARTNER: Facts = {"requester.kind": "certified_partner", AT: "2026-11-20T12:00"}
