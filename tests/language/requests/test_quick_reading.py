"""The quick ways to read a request give what the careful way gives, or the same refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reglament.language.requests.fact_table import FactTable
from reglament.language.requests.request_reader import _carefully, facts_by
from reglament.model.problems import Refused
from reglament.model.regulation import Fact
from reglament.model.values import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    LARGEST,
    TEXT,
    Kind,
    Type,
    choice,
    decimal,
)
from support.laws import LETTER, examples
from support.shipped import shipped
from support.texts import same

TYPES = {
    "word": choice("book", "toy"),
    "any_word": choice("book", "toy", is_open=True),
    "text": TEXT,
    "yes": BOOLEAN,
    "number": INTEGER,
    "sum": decimal(2),
    "day": DATE,
    "moment": DATETIME,
    "wait": DURATION,
    "words": Type(Kind.LIST, item=choice("book", "toy")),
    "record": Type(Kind.RECORD, fields=(("name", TEXT),)),
}
FACTS = {name: Fact(name, type, same(name)) for name, type in TYPES.items()}
FACTS |= {
    f"no.{name}": Fact(f"no.{name}", type, same(name), null_means=same("none"))
    for name, type in TYPES.items()
}
ZONES = ("Europe/Moscow", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "UTC")
SHIPPED = shipped("technical-support").versions[-1]
TABLES = {zone: FactTable(replace(SHIPPED, facts=FACTS, zone=zone)) for zone in ZONES}


Way = Callable[[FactTable, object], Mapping[str, object]]


class Sold(StrEnum):
    BOOK = "book"


NOON = datetime(2026, 11, 20, 12)
USUAL = {
    "word": "book",
    "any_word": "map",
    "text": "А-1042",
    "yes": True,
    "number": 3,
    "sum": "1.50",
    "day": "2026-11-20",
    "moment": "2026-11-20T12:00:00",
    "wait": "3 hours",
    "words": ["toy", "book"],
    "record": {"name": "x"},
}
USUAL |= {f"no.{name}": None for name in USUAL}

LIKE_TIMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["2026-11-20", "2010-10-31", "1899-12-31", "2200-12-31", "2026-02-29",
                         "2026-W47-5", "20261120", "2026-11-2٠"]),
        st.sampled_from(["T", " ", "t", "_", ""]),
        st.sampled_from(["18:30", "18:30:00", "24:00", "24:00:00", "02:30:00", "18:60", "23:59:59",
                         "18:30:61", "18:30:00.5", "183000", "00:00", ""]),
        st.sampled_from(["", "Z", "z", "+03:00", "-03:00", "+02:60", "-00:00", "+23:59", "-23:59",
                         "+24:00", "+0300", " ", "+03:00:30"]),
    ),
)  # fmt: skip
BROKEN_TIMES = st.builds(
    lambda text, place, mark: text[:place] + mark + text[place + 1 :],
    st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat()),
    st.integers(0, 19),
    st.sampled_from([*"0259-:TWZ+ .", ""]),
)
OFFSETS = st.none() | st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(
    lambda offset: timezone(timedelta(minutes=offset // timedelta(minutes=1)))
)
MOMENTS = st.datetimes(timezones=OFFSETS)
NEAR = st.datetimes(datetime(2010, 1, 1), datetime(2027, 1, 1), timezones=OFFSETS)
VALUES = st.one_of(
    st.sampled_from(list(USUAL.values())),
    st.sampled_from(["yes", Sold.BOOK, "", "x\x00", "x" * 999, "x" * 1000, "x" * 10_001, "\u2028"]),
    st.sampled_from([True, 1, 0, 1.0, 1.5, float("nan"), Decimal("1.5"), Decimal("1.555"),
                     LARGEST, LARGEST + 1, -LARGEST - 1, 10**5000, "5", "1.5", "-0.00"]),
    st.sampled_from(["PT90M", "-1 day", timedelta(-1), timedelta(hours=1), [], ["map"], {}, (),
                     {"name": 5}, object, b"book", NOON.date(), NOON]),
    st.text(LETTER, max_size=12),
    st.dates().map(str),
    st.dates(),
    st.one_of(MOMENTS, NEAR),
    st.one_of(MOMENTS, NEAR).map(datetime.isoformat),
    st.one_of(MOMENTS, NEAR).map(lambda moment: moment.isoformat(" ", "seconds")),
    NEAR.map(lambda moment: moment.isoformat(timespec="minutes")),
    LIKE_TIMES,
    BROKEN_TIMES,
)  # fmt: skip


def read_by(way: Way, zone: str, told: Mapping[str, object]) -> object:
    """The facts, each with its class, or the text of the refusal; moments to their offsets."""
    try:
        facts = way(TABLES[zone], told)
    except Refused as refused:
        return sorted(map(str, refused.problems))
    return {name: (type(value), str(value)) for name, value in facts.items()}


@examples(400)
@given(st.sampled_from(ZONES), st.dictionaries(st.sampled_from(list(FACTS)), VALUES), st.booleans())
@example("Europe/Moscow", {"moment": "2026-11-20T12:00+02:60"}, True)
@example("Europe/Moscow", {"moment": "2026-11-20T24:00:00"}, True)
@example("Europe/Moscow", {"moment": "2026-12-31T23:59:59-23:59"}, True)
def test_quick_and_careful_reading_agree(
    zone: str, told: Mapping[str, object], is_whole: bool
) -> None:
    request = {**USUAL, **told} if is_whole else dict(told)

    assert read_by(facts_by, zone, request) == read_by(_carefully, zone, request)


@examples(200)
@given(st.sampled_from(ZONES), NEAR.map(datetime.isoformat), st.booleans())
def test_a_moment_is_read_alike_however_many_facts_are_told_with_it(
    zone: str, moment: str, is_whole: bool
) -> None:
    request = {**USUAL, "moment": moment} if is_whole else {"moment": moment}

    assert read_by(facts_by, zone, request) == read_by(_carefully, zone, request)


SHIPPED_TABLE = FactTable(SHIPPED)
COMPLETE = max((one.facts for one in SHIPPED.examples), key=len)


@examples(300)
@given(
    st.sets(st.sampled_from(sorted(COMPLETE))),
    st.sets(st.sampled_from(sorted(COMPLETE))),
    st.dictionaries(
        st.sampled_from(["renewal", "renewal.act", "key", "request", "requster", 5, "tier"]),
        st.sampled_from([None, {}, {"number": "1"}, {"act": None}, {"act": {"number": "2"}}, 7]),
        max_size=2,
    ),
)
def test_nested_requests_are_read_as_the_careful_way_reads_them(
    told: set[str], nested: set[str], others: dict[object, object]
) -> None:
    request: dict[object, Any] = {}
    for name in sorted(told):
        _put(request, [name] if name in nested else name.split("."), COMPLETE[name])
    request |= others

    def read(way: Way) -> object:
        try:
            return list(way(SHIPPED_TABLE, request).items())
        except Refused as refused:
            return [str(problem) for problem in refused.problems]

    assert read(facts_by) == read(_carefully)


def _put(request: dict[Any, Any], path: list[str], value: object) -> None:
    *groups, last = path
    for group in groups:
        request = request.setdefault(group, {})
    request[last] = value


def test_a_request_that_names_another_fact_in_place_of_one_is_refused() -> None:
    told = {name: value for name, value in USUAL.items() if name != "day"} | {"dya": "2026-11-20"}

    with pytest.raises(Refused, match="did you mean `day`"):
        facts_by(TABLES["UTC"], told)


def test_moments_read_quickly_share_one_zone_object() -> None:
    read = facts_by(TABLES["Europe/Moscow"], {**USUAL, "no.moment": "2026-11-20T09:00:00Z"})

    assert read["moment"] == read["no.moment"] == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert read["moment"].tzinfo is read["no.moment"].tzinfo
    assert read["day"] == date(2026, 11, 20)


def test_the_told_request_is_left_as_it_was() -> None:
    request = dict(USUAL)
    facts_by(TABLES["UTC"], request)

    assert request == USUAL
