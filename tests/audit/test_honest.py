"""No honest log is accused: what was recorded is what re-execution gives, in the very same form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reglament.audit import DecisionLog, open_log
from reglament.audit.canonical import canonical, read_canonical
from reglament.audit.replay import replay
from reglament.audit.verification import verify
from reglament.language.requests.literals import parser_of
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.model.values import DATETIME, DURATION, INTEGER, Kind, Type, Value, decimal
from reglament.policy import Policy, bundled_policies, load_policy
from reglament.rendering.plain.plain_values import of_type
from support.laws import examples
from support.shipped import shipped

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.slow
@pytest.mark.parametrize("name", bundled_policies())
def test_every_worked_example_of_a_shipped_policy_is_recorded_verified_and_replayed(
    name: str, file_log: DecisionLog
) -> None:
    policy = shipped(name)
    newest = policy.versions[-1]
    examples = [example for version in policy.versions for example in version.examples]
    by_newest = set()
    for example in examples:
        decided = policy.decide(dict(example.facts), at=example.at)
        entry = file_log.append(decided.version, decided.document)
        if decided.version is newest:
            by_newest.add(entry.sequence)

    result = verify(file_log, is_whole=True)
    changed = {change.sequence for change in replay(file_log, newest).changes}

    assert examples
    assert result.findings == []
    assert result.whole_documents == result.entries == len(examples)
    assert changed & by_newest == set()


RECKONING = """
policy: computation
version: v1
title: {ru: Расчёты, en: Computation}
holds_from: 1950-01-01
known_from: 1950-01-01
chosen_by: at
time_zone: Europe/Moscow
facts:
  at: {type: datetime, label: {ru: когда, en: when}}
  count: {type: integer, label: {ru: число, en: count}}
  price: {type: decimal, places: 2, label: {ru: цена, en: price}}
  rate: {type: decimal, places: 4, label: {ru: ставка, en: rate}}
  wait: {type: duration, label: {ru: ожидание, en: wait}}
  words: {type: list, item: {type: text}, label: {ru: слова, en: words}}
clauses:
  c1: {where: "1", summary: {ru: расчёт, en: computation}, fingerprint: "sha256:9f86d081884c7d65"}
decisions:
  fee:
    type: decimal
    places: 3
    label: {ru: сбор, en: fee}
    rules:
      - {id: none, when: {count: 0}, then: 0, clauses: [c1]}
      - {id: few, when: {count: {at_least: 1, at_most: 5}}, then: {product: [price, count]},
         clauses: [c1]}
      - {id: many, when: {count: {more_than: 5}}, then: {minimum: [price, count]}, clauses: [c1]}
      - {id: owed, when: {count: {less_than: 0}}, then: {difference: [price, 30.5]}, clauses: [c1]}
  rounded:
    type: decimal
    places: 2
    label: {ru: округлённый, en: rounded}
    rules: [{id: round, then: {round_half_up: [{product: [price, rate]}, 0.05]}, clauses: [c1]}]
  exact:
    type: decimal
    places: 6
    label: {ru: точный, en: exact}
    rules: [{id: exactly, then: {product: [price, rate]}, clauses: [c1]}]
  slow:
    outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}
    label: {ru: долго, en: slow}
    rules: [{id: waits, when: {wait: {more_than: 8 hours}}, then: yes, clauses: [c1]}]
    otherwise: {then: no}
"""


@pytest.fixture(scope="module")
def computation(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    path = tmp_path_factory.mktemp("computation") / "policy.yaml"
    path.write_text(dedent(RECKONING), "utf-8")
    return load_policy(path)


OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1951, 1, 1), datetime(2199, 12, 30), timezones=OFFSETS)
NUMBERS = st.decimals(-(10**6), 10**6, places=2)
FACTS = st.fixed_dictionaries(
    {"at": MOMENTS | MOMENTS.map(datetime.isoformat)},
    optional={
        "count": st.integers(-3, 10) | st.sampled_from([-(10**15), 10**15]),
        "price": NUMBERS | NUMBERS.map(str) | st.integers(-9, 9) | st.sampled_from([-0.0, "-0"]),
        "rate": st.decimals(-1, 1, places=4) | st.sampled_from(["0.1", "1.0000"]),
        "wait": st.timedeltas(timedelta(0), timedelta(days=400)),
        "words": st.lists(st.text(st.characters(exclude_categories=["C", "Z"]))),
    },
)


@given(st.lists(FACTS, min_size=1, max_size=3))
@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_requests_told_in_any_legal_way_are_recorded_and_verified(
    computation: Policy, tmp_path_factory: pytest.TempPathFactory, requests: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("logs") / "decisions.db"
    with open_log(str(path), create=True) as log:
        for facts in requests:
            decided = computation.decide(facts)
            log.append(decided.version, decided.document)
        result = verify(log, is_whole=True)
        changes = replay(log, computation.versions[-1]).changes

    assert result.findings == []
    assert changes == []


def values() -> Iterator[tuple[Type, st.SearchStrategy[object]]]:
    record = Type(Kind.RECORD, fields=(("length", DURATION), ("price", decimal(2))))
    lengths = st.timedeltas(timedelta(0), timedelta(days=400 * 366))
    yield DATETIME, st.datetimes(datetime(1900, 1, 2), datetime(2200, 12, 30), timezones=OFFSETS)
    yield DURATION, lengths
    yield INTEGER, st.integers(-(10**15), 10**15)
    yield decimal(3), st.decimals(-(10**15), 10**15, places=3)
    yield Type(Kind.LIST, item=DURATION), st.lists(lengths)
    yield record, st.fixed_dictionaries({"length": lengths, "price": NUMBERS})


@pytest.mark.parametrize(
    ("type_", "told"), list(values()), ids=lambda one: getattr(one, "kind", "")
)
@given(data=st.data())
def test_a_value_is_read_back_from_its_form_and_written_the_same_again(
    type_: Type, told: st.SearchStrategy[object], data: st.DataObject
) -> None:
    parse = parser_of(type_, MOSCOW)
    value = parse(data.draw(told))

    assert parse(read_canonical(canonical(value))) == value
    assert canonical(parse(read_canonical(canonical(value)))) == canonical(value)


def test_offsets_with_seconds_and_parts_of_a_second_are_read_back() -> None:
    moment = parser_of(DATETIME, MOSCOW)(datetime(1905, 1, 1, tzinfo=UTC))

    assert canonical(moment) == b'"1905-01-01T02:30:17+02:30:17"'
    assert parser_of(DATETIME, MOSCOW)("1905-01-01T02:30:17+02:30:17") == moment
    assert parser_of(DURATION, MOSCOW)("PT1.5S") == timedelta(seconds=1.5)
    assert parser_of(DURATION, MOSCOW)("PT0.000001S") == timedelta(microseconds=1)


def test_a_moment_that_leaves_the_last_year_on_the_clock_of_the_zone_is_refused() -> None:
    with pytest.raises(TypeMismatch, match="2201"):
        parser_of(DATETIME, MOSCOW)("2200-12-31T23:59:59-12:00")


@pytest.mark.parametrize(
    ("value", "type_", "form"),
    [
        (Decimal("30.000"), decimal(2), "30.00"),
        (Decimal("30"), decimal(2), "30.00"),
        (30, decimal(2), "30.00"),
        (Decimal("3E+1"), decimal(0), "30"),
        (Decimal("-0.00"), decimal(2), "0.00"),
        (Decimal("-0"), decimal(0), "0"),
        (Decimal("0.125"), decimal(2), "0.125"),
        (Decimal("0.12500"), decimal(2), "0.125"),
        (Decimal(10) ** 40, decimal(2), f"1{'0' * 40}.00"),
        (30, INTEGER, 30),
        (None, decimal(2), None),
        (date(2024, 2, 29), Type(Kind.DATE), "2024-02-29"),
        ((Decimal("1"), Decimal("2.5")), Type(Kind.LIST, item=decimal(1)), ["1.0", "2.5"]),
        ((Decimal("1"), Decimal("2.5")), decimal(2), ["1.00", "2.50"]),
        (("b", "a"), Type(Kind.CHOICE, options=("a", "b")), ["b", "a"]),
        ({"fee": Decimal("1")}, Type(Kind.RECORD, fields=(("fee", decimal(2)),)), {"fee": "1.00"}),
    ],
)
def test_equal_values_of_a_type_have_one_form(value: Value, type_: Type, form: object) -> None:
    assert of_type(value, type_) == form
