"""A policy that computes with spans of time, and requests at its edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from reglament.policy import Policy

SPANS = """
policy: spans
version: "1"
title: Spans
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: Europe/Berlin
chosen_by: planned
facts:
  planned: {type: datetime, label: planned}
  arrived: {type: datetime, label: arrived}
  allowed: {type: duration, label: allowed, at_most: 9 days, null_means: none}
  taken: {type: duration, label: taken}
decisions:
  late:
    label: late
    type: duration
    nullable: true
    rules: [{id: late, then: {difference: [arrived, planned]}}]
  ends:
    label: ends
    type: datetime
    nullable: true
    rules: [{id: ends, then: {sum: [planned, taken]}}]
  rest:
    label: rest
    type: duration
    nullable: true
    rules: [{id: rest, then: {maximum: [{difference: [allowed, taken]}, 1 hours]}}]
  grace:
    label: grace
    type: duration
    rules:
      - {id: long, when: {taken: {at_least: 8 hours}}, then: 2 days}
      - {id: late-one, when: {late: {more_than: 36 hours}}, then: PT0.5S, overrides: [long]}
    otherwise: {then: 0 seconds}
  parts:
    label: parts
    type: integer
    nullable: true
    rules:
      - id: parts
        then:
          sum:
            - {product: [{days_of: [taken]}, 1000000]}
            - {product: [{hours_of: [taken]}, 10000]}
            - {product: [{minutes_of: [taken]}, 100]}
            - {seconds_of: [taken]}
"""


def spans() -> tuple[Policy, list[dict[str, Any]]]:
    start = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    steps = [timedelta(hours=one) for one in (0, 1, 8, 24, 36, 37, 240)]
    steps += [
        timedelta(days=2, hours=3, minutes=4, seconds=5, microseconds=6),
        timedelta(days=400 * 366),
    ]
    rows: list[dict[str, Any]] = [
        {"planned": start, "arrived": start + one, "taken": one, "allowed": timedelta(days=1)}
        for one in steps[:-1]
    ]
    rows += [{"planned": start, "taken": steps[-1]}, {"planned": start, "allowed": None}]
    rows += [{"planned": start, "allowed": timedelta(days=9, microseconds=1)}, {}]
    rows += [{"planned": start, "arrived": start - steps[3]}, {"taken": timedelta(seconds=-1)}]
    return Policy.from_text(SPANS), rows
