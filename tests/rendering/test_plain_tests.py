"""What a document says of a test is in the words of the policy."""

from __future__ import annotations

from reglament.policy import Policy

POLICY = """
policy: later
version: '1'
title: Later
languages: [en]
holds_from: 2026-01-01
time_zone: UTC
facts:
  asked: {type: datetime, label: asked}
  done: {type: datetime, label: done}
decisions:
  in_time:
    label: in time
    type: boolean
    rules:
      - {id: in-time, when: {done: {on_or_before: {days_after: [asked, 7]}}}, then: true}
    otherwise: {then: false}
"""


def test_a_formula_in_a_trace_is_told_by_the_word_that_was_written() -> None:
    decided = Policy.from_text(POLICY).decide(
        {"asked": "2026-01-01T10:00", "done": "2026-01-02T10:00"}
    )

    rule, _ = decided.to_dict()["decisions"]["in_time"]["trace"]

    assert rule["tests"][0]["operand"] == {"days_after": [{"fact": "asked"}, 7]}
