"""Round values beside odd ones: which there are, and that witnesses have them where they may."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reglament.analysis.findings import check
from reglament.diagram.solver.ordinals import domain, ordinal, value_at
from reglament.diagram.solver.round_values import DOWN, UP, fineness, rounder, whole_seconds
from reglament.model.values import Kind, Period, TimeOfDay, Type
from reglament.policy import Policy

CENTS = Type(Kind.DECIMAL, places=2)
MOMENT, TIME, LENGTH = Type(Kind.DATETIME), Type(Kind.TIME), Type(Kind.DURATION)
ZONES = [ZoneInfo(name) for name in ("UTC", "Europe/Moscow", "America/Sao_Paulo", "Asia/Kathmandu")]
YEAR_2010 = ordinal(MOMENT, datetime(2010, 1, 1, tzinfo=UTC))
WITHIN = {
    CENTS: (-100_000, 100_000),
    MOMENT: (YEAR_2010, YEAR_2010 + 300_000_000_000_000),
    TIME: domain(TIME),
    LENGTH: (0, 10**12),
}
MICRO = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("type_", "odd", "way", "found"),
    [
        (CENTS, Decimal("100.01"), UP, [Decimal(101), Decimal("100.1")]),
        (CENTS, Decimal("-0.01"), DOWN, [Decimal(-1), Decimal("-0.1")]),
        (CENTS, Decimal("2.5"), UP, []),
        (TIME, TimeOfDay(8, 59, 59, 999_999), DOWN,
         [TimeOfDay(8), TimeOfDay(8, 59), TimeOfDay(8, 59, 59)]),
        (TIME, TimeOfDay(23, 59, 59, 1), UP, []),
        (LENGTH, timedelta(hours=2) + MICRO, UP,
         [timedelta(days=1), timedelta(hours=3), timedelta(hours=2, minutes=1),
          timedelta(hours=2, seconds=1)]),
        (MOMENT, datetime(2026, 3, 1, 4, 30, 0, 1, UTC), UP,
         [datetime(2026, 3, 1, 21, tzinfo=UTC), datetime(2026, 3, 1, 5, tzinfo=UTC),
          datetime(2026, 3, 1, 4, 31, tzinfo=UTC), datetime(2026, 3, 1, 4, 30, 1, tzinfo=UTC)]),
        (Type(Kind.DATE), date(2026, 3, 1), UP, []),
        (Type(Kind.INTEGER), 1001, UP, []),
        (Type(Kind.PERIOD), Period(13), UP, []),
    ],
)  # fmt: skip
def test_an_odd_value_has_rounder_ones_beside_it(
    type_: Type, odd: Any, way: int, found: list[Any]
) -> None:
    assert list(rounder(type_, odd, ZoneInfo("Europe/Moscow"), (way,))) == found


@pytest.mark.parametrize(
    ("type_", "value", "found"),
    [
        (TIME, TimeOfDay(8, 59, 59, 999_999), [TimeOfDay(8, 59, 59), TimeOfDay(9)]),
        (TIME, TimeOfDay(23, 59, 59, 1), [TimeOfDay(23, 59, 59)]),
        (TIME, TimeOfDay(23, 59, 59), []),
        (LENGTH, MICRO, [timedelta(0), timedelta(seconds=1)]),
        (LENGTH, None, []),
        (CENTS, Decimal("100.01"), []),
    ],
)
def test_a_value_lies_between_two_whole_seconds_of_its_type(
    type_: Type, value: Any, found: list[Any]
) -> None:
    assert list(whole_seconds(type_, value, ZoneInfo("UTC"))) == found


@st.composite
def spans(draw: st.DrawFn) -> tuple[Type, int, int]:
    type_ = draw(st.sampled_from(list(WITHIN)))
    first, last = WITHIN[type_]
    start = draw(st.integers(first, last))
    far = draw(st.sampled_from((1, 1_000, 10**6, 10**8, 10**10, 10**12)))
    return type_, start, min(start + draw(st.integers(0, far)), last)


@given(spans(), st.sampled_from(ZONES), st.sampled_from([UP, DOWN]), st.data())
def test_the_first_one_in_a_span_is_as_round_as_any_other(
    span: tuple[Type, int, int], zone: ZoneInfo, way: int, data: st.DataObject
) -> None:
    type_, first, last = span
    start: Any = value_at(type_, first if way == UP else last)
    assume(list(rounder(type_, start, zone, (UP, DOWN))))  # the bound itself is odd
    near = rounder(type_, start, zone, (way,))
    chosen = next((one for one in near if first <= ordinal(type_, one) <= last), start)
    other = value_at(type_, data.draw(st.integers(first, last)))
    others = [*rounder(type_, other, zone, (UP, DOWN)), other]

    assert first <= ordinal(type_, chosen) <= last
    for one in others:
        if first <= ordinal(type_, one) <= last:
            assert fineness(type_, chosen, zone) <= fineness(type_, one, zone)


FACTS = {
    "answered": {"type": "datetime"}, "asked": {"type": "datetime"}, "clock": {"type": "time"},
    "length": {"type": "duration"}, "price": {"type": "decimal", "places": 2},
    "n": {"type": "integer"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("when", "fact", "found"),
    [
        ({"clock": {"after": "21:30"}}, "clock", TimeOfDay(22)),
        ({"length": {"more_than": "2 hours"}}, "length", timedelta(days=1)),
        ({"length": {"more_than": "2 hours", "less_than": "3 hours"}}, "length",
         timedelta(hours=2, minutes=1)),
        ({"price": {"more_than": 100, "at_most": 100.5}}, "price", Decimal("100.1")),
        ({"price": {"more_than": 100, "less_than": 100.02}}, "price", Decimal("100.01")),
        ({"price": {"less_than": 100}, "clock": {"before": "08:00"}}, "price", Decimal(0)),
        ({"answered": {"after": {"sum": ["asked", "4 hours"]}}}, "answered",
         datetime.fromisoformat("2021-01-01T00:00+03:00")),
    ],
)  # fmt: skip
def test_a_witness_has_round_values_where_it_may(when: Any, fact: str, found: Any) -> None:
    rules = [
        {"id": "odd", "when": when, "then": True},
        {"id": "other", "when": {"n": 1}, "then": False},
    ]
    policy = Policy.from_text(
        {
            "policy": "rounds",
            "version": "1",
            "title": "rounds",
            "languages": ["en"],
            "holds_from": "2020-01-01",
            "known_from": "2020-01-01",
            "chosen_by": "asked",
            "time_zone": "Europe/Moscow",
            "facts": {name: {**of, "label": name} for name, of in FACTS.items()},
            "decisions": {
                "d": {"label": "d", "type": "boolean", "otherwise": {"then": False}, "rules": rules}
            },
        }
    )
    (seen,) = [one for one in check(policy.versions[0]) if one.code == "conflict"]

    assert seen.witness is not None
    assert seen.witness[fact] == found
