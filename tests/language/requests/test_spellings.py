"""A hint that spells a value spells the user's own, and following it is accepted."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.language.requests.literals import parser_of
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.language.syntax.spellings import duration, time_of_day
from reglament.language.syntax.yaml_words import resolve
from reglament.model.values import BOOLEAN, DATE, DATETIME, DURATION, INTEGER, Type, decimal

ZONE = ZoneInfo("Europe/Moscow")
TYPES = [DATE, DATETIME, DURATION, INTEGER, decimal(2), BOOLEAN]


def refused(value: object, type: Type, zone: ZoneInfo = ZONE) -> TypeMismatch | None:
    """Why the value is none of the type; None where it is one."""
    try:
        parser_of(type, zone)(value)
    except TypeMismatch as unfit:
        return unfit
    return None


def spelt_in(unfit: TypeMismatch) -> list[str]:
    """The values that the hint tells to write."""
    hint = unfit.hint.to("en") if unfit.hint is not None else ""
    return re.findall(r"`([^`]+)`", hint.partition("; write ")[2] or hint)


HINTS = [
    ("20.11.2026", DATE, "2026-11-20"),
    ("2026.11.20", DATE, "2026-11-20"),
    ("2026-1-5", DATE, "2026-01-05"),
    ("20/11/2026", DATE, "2026-11-20"),
    ("20 ноября 2026", DATE, "2026-11-20"),
    ("5 May 2026", DATE, "2026-05-05"),
    ("2026-11-20T18:59", DATE, "2026-11-20"),
    ("20.11.2026 18:59", DATE, "2026-11-20"),
    ("20.11.2026 18:59", DATETIME, "2026-11-20T18:59"),
    ("20.11.2026 в 9:05", DATETIME, "2026-11-20T09:05"),
    ("20.11.2026 18:59+03:00", DATETIME, "2026-11-20T18:59+03:00"),
    ("2026-11-20", DATETIME, "2026-11-20T00:00"),
    ("20.11.2026", DATETIME, "2026-11-20T00:00"),
    ("24h", DURATION, "24 hours"),
    ("90 мин", DURATION, "90 minutes"),
    ("1.5 hours", DURATION, "90 minutes"),
    ("1 ч 30 мин", DURATION, "90 minutes"),
    ("2 дня", DURATION, "2 days"),
    ("1:30", DURATION, "90 minutes"),
    ("900 rub", INTEGER, "900"),
    ("1 000", INTEGER, "1000"),
    ("2,50", decimal(2), "2.50"),
    ("50%", decimal(2), "0.5"),
]


@pytest.mark.parametrize(("written", "type", "meant"), HINTS, ids=str)
def test_the_users_own_value_is_spelt(written: str, type: Type, meant: str) -> None:
    unfit = refused(written, type)

    assert unfit is not None
    assert spelt_in(unfit) == [meant]
    assert refused(resolve(meant), type) is None


@pytest.mark.parametrize("written", ["03/04/2026", "31.02.2026", "5 brumaire 2026", "soon"])
def test_what_may_be_read_in_two_ways_is_not_guessed(written: str) -> None:
    unfit = refused(written, DATE)

    assert unfit is not None
    assert unfit.hint is not None
    assert unfit.hint.to("en") == "a date is written `2026-11-20`"


def test_a_local_time_that_came_twice_offers_its_two_spellings() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    unfit = refused("2026-10-25T02:30", DATETIME, berlin)

    assert unfit is not None
    assert spelt_in(unfit) == ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"]
    assert all(refused(one, DATETIME, berlin) is None for one in spelt_in(unfit))


def test_true_in_quotes_says_to_take_them_off() -> None:
    unfit = refused("true", BOOLEAN)

    assert unfit is not None
    assert unfit.hint is not None
    assert unfit.hint.to("en") == "remove the quotes"


def test_limits_are_named() -> None:
    for value, type in ((10**16, INTEGER), ("P400000D", DURATION)):
        unfit = refused(value, type)
        assert unfit is not None
        assert "from " in unfit.message.to("en")
        assert "от " in unfit.message.to("ru")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("9.00", '"09:00"'), ("9", '"09:00"'), ("9 pm", '"21:00"'), ("10:00 утра", '"10:00"')],
)
def test_times_of_day_are_spelt(written: str, meant: str) -> None:
    assert time_of_day(written) == meant


NUMBERS = st.integers(0, 99).map(str)
HUMAN = st.one_of(
    st.builds("{}.{}.{}".format, NUMBERS, NUMBERS, st.integers(1890, 2210)),
    st.builds("{}.{}.{} {}:{}".format, NUMBERS, NUMBERS, st.integers(1890, 2210), NUMBERS, NUMBERS),
    st.builds("{} {}".format, NUMBERS, st.sampled_from(["h", "мин", "days", "недели", "x", "%"])),
    st.builds("{},{}".format, NUMBERS, NUMBERS),
    st.sampled_from(["yes", "no", "да", "нет", "true", "null", "on", "«10»", "1 000", "10 000,5"]),
    st.text("0123456789.:,-/ hмдT+Z%", max_size=14),
)


@given(HUMAN, st.sampled_from(TYPES))
def test_following_a_hint_is_not_refused_for_the_same_thing(written: str, type: Type) -> None:
    first = refused(written, type)
    for spelt in spelt_in(first) if first is not None else ():
        second = refused(resolve(spelt), type)
        assert second is None or second.code != first.code  # type: ignore[union-attr]


@given(st.integers(1, 99), st.sampled_from(["h", "ч", "min", "d", "дней", "weeks", "сек"]))
def test_durations_are_spelt_in_the_unit_that_was_used(count: int, unit: str) -> None:
    spelt = duration(f"{count}{unit}")

    assert spelt is not None
    assert spelt.startswith(f"{count} ")
    assert refused(spelt, DURATION) is None
