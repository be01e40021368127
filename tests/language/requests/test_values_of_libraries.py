"""Facts given by the values of other libraries are read as those of Python that they stand for."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict, UserDict, deque, namedtuple
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from textwrap import dedent
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest

from reglament import Policy, Refused, load_policy

attrs = pytest.importorskip("attrs")
numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")
pydantic = pytest.importorskip("pydantic")

POLICY = dedent(
    """\
    policy: orders
    version: "1"
    title: {ru: Заказы, en: Orders}
    holds_from: 2000-01-01
    known_from: 2000-01-01
    time_zone: UTC
    chosen_by: order.at
    facts:
      order.at: {type: datetime, label: {ru: в, en: at}, question: {ru: Когда?, en: When?}}
      order.day: {type: date, label: {ru: день, en: day}, question: {ru: День?, en: Day?}}
      order.price: {type: decimal, places: 2, label: {ru: цена, en: price},
                    question: {ru: Сколько?, en: How much?}}
      order.pieces: {type: integer, label: {ru: штук, en: pieces},
                     question: {ru: Сколько?, en: How many?}}
      order.urgent: {type: boolean, label: {ru: срочно, en: urgent},
                     question: {ru: Да?, en: Is it?}}
      order.wait: {type: duration, label: {ru: ждать, en: wait}, question: {ru: Долго?, en: Long?}}
      order.note: {type: text, label: {ru: помета, en: note}, null_means: {ru: нет, en: none},
                   question: {ru: Какая?, en: Which?}}
      order.kind: {type: choice, options: {gift: {ru: дар, en: gift}, sale: {ru: купля, en: sale}},
                   label: {ru: вид, en: kind}, question: {ru: Какой?, en: Which?}}
      order.tags:
        type: list
        item: {type: choice, options: {new: {ru: новый, en: new}, old: {ru: старый, en: old}}}
        label: {ru: ярлыки, en: tags}
        question: {ru: Какие?, en: Which?}
      order.numbers:
        type: list
        item: {type: integer}
        label: {ru: числа, en: numbers}
        question: {ru: Какие?, en: Which?}
    decisions:
      free:
        label: {ru: даром, en: free}
        outcomes: {free: {ru: даром, en: free}, paid: {ru: платно, en: paid}}
        rules:
          - {id: gifts, when: {order.kind: gift}, then: free, because: {ru: Дар., en: A gift.}}
        otherwise: {then: paid, because: {ru: Купля., en: A sale.}}
    """
)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    path = tmp_path_factory.mktemp("orders") / "policy.yaml"
    path.write_text(POLICY, encoding="utf-8")
    return load_policy(path)


class Kind(Enum):
    GIFT = "gift"


class StrKind(StrEnum):
    GIFT = "gift"


class Size(IntEnum):
    SMALL = 3


class MyDatetime(datetime):
    """As those of pendulum and others are."""


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EXACT = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
VALUES = [
    ("order.pieces", numpy.int64(3), 3),
    ("order.pieces", numpy.uint8(3), 3),
    ("order.pieces", numpy.float64(3.0), 3),
    ("order.pieces", 3.0, 3),
    ("order.pieces", Decimal("3.00"), 3),
    ("order.pieces", Fraction(6, 2), 3),
    ("order.pieces", Size.SMALL, 3),
    ("order.pieces", numpy.array(3), 3),
    ("order.price", numpy.float32(2.0), Decimal("2.00")),
    ("order.price", numpy.int16(2), Decimal("2.00")),
    ("order.price", Fraction(5, 4), Decimal("1.25")),
    ("order.urgent", numpy.True_, True),
    ("order.urgent", numpy.bool_(False), False),
    ("order.kind", numpy.str_("gift"), "gift"),
    ("order.kind", Kind.GIFT, "gift"),
    ("order.kind", StrKind.GIFT, "gift"),
    ("order.note", numpy.str_("a"), "a"),
    ("order.at", MyDatetime(2026, 11, 20, 12), NOON),
    ("order.at", pandas.Timestamp("2026-11-20 12:00"), NOON),
    ("order.at", pandas.Timestamp("2026-11-20 15:00", tz="Europe/Moscow"), NOON),
    ("order.at", pandas.Timestamp("2026-11-20 12:00:00.123456"), EXACT),
    ("order.at", numpy.datetime64("2026-11-20T12:00"), NOON),
    ("order.at", numpy.datetime64("2026-11-20T12"), NOON),
    ("order.at", numpy.datetime64("2026-11-20T12:00:00.123456000", "ns"), EXACT),
    ("order.day", numpy.datetime64("2026-11-20"), date(2026, 11, 20)),
    ("order.wait", numpy.timedelta64(90, "m"), timedelta(minutes=90)),
    ("order.wait", numpy.timedelta64(90 * 60 * 10**9, "ns"), timedelta(minutes=90)),
    ("order.wait", pandas.Timedelta("90min"), timedelta(minutes=90)),
    ("order.tags", {"old", "new"}, ("new", "old")),
    ("order.tags", frozenset({"old", "new"}), ("new", "old")),
    ("order.tags", {"old": 1, "new": 2}.keys(), ("new", "old")),
    ("order.tags", deque(["old", "new"]), ("old", "new")),
    ("order.tags", numpy.array(["old", "new"]), ("old", "new")),
    ("order.tags", pandas.Series(["old", "new"]), ("old", "new")),
    ("order.numbers", {10, 9, 2}, (2, 9, 10)),
    ("order.numbers", range(3), (0, 1, 2)),
    ("order.numbers", numpy.arange(3), (0, 1, 2)),
]


@pytest.mark.parametrize(("name", "told", "value"), VALUES)
@pytest.mark.parametrize("is_nested", [False, True])
def test_a_value_is_read_as_what_it_stands_for(
    policy: Policy, name: str, told: Any, value: object, is_nested: bool
) -> None:
    group, _, last = name.partition(".")
    found = policy.decide({group: {last: told}} if is_nested else {name: told}).facts[name]

    assert found == value
    assert type(found) is type(value)


def test_the_plain_value_is_kept_and_no_subclass(policy: Policy) -> None:
    facts = policy.decide({"order.at": pandas.Timestamp("2026-11-20 12:00")}).facts

    assert type(facts["order.at"]) is datetime


WRONG = [
    ("order.price", float("nan"), "out-of-range", "row.dropna()"),
    ("order.pieces", numpy.float64("nan"), "out-of-range", "row.dropna()"),
    ("order.kind", float("nan"), "wrong-type", "row.dropna()"),
    ("order.note", numpy.nan, "wrong-type", "row.dropna()"),
    ("order.day", numpy.nan, "wrong-type", "row.dropna()"),
    ("order.at", pandas.NaT, "missing-value", "row.dropna()"),
    ("order.at", numpy.datetime64("NaT", "us"), "missing-value", "row.dropna()"),
    ("order.wait", numpy.timedelta64("NaT", "us"), "missing-value", "row.dropna()"),
    ("order.pieces", pandas.NA, "missing-value", "row.dropna()"),
    ("order.note", pandas.NA, "missing-value", "row.dropna()"),
    ("order.urgent", pandas.NA, "missing-value", "row.dropna()"),
    ("order.at", pandas.Timestamp(1, unit="ns"), "nanoseconds", "microseconds"),
    ("order.at", numpy.datetime64("2026-11-20T12:00:00.123456789"), "nanoseconds", "microsec"),
    ("order.wait", pandas.Timedelta(1, unit="ns"), "nanoseconds", ""),
    ("order.wait", numpy.timedelta64(1, "ns"), "nanoseconds", ""),
    ("order.wait", numpy.timedelta64(1, "M"), "wrong-type", ""),
    ("order.day", numpy.datetime64("2026-11"), "wrong-type", "2026-11-20"),
    ("order.day", pandas.Timestamp("2026-11-20"), "wrong-type", "day alone"),
    ("order.price", Fraction(1, 3), "too-many-places", ""),
    ("order.price", Fraction(1, 1000), "too-many-places", ""),
    ("order.price", Fraction(1, 10**5000), "too-many-places", ""),
    ("order.price", numpy.float64(0.1), "wrong-type", "not exact"),
    ("order.price", numpy.complex128(1), "wrong-type", ""),
    ("order.pieces", 3.5, "wrong-type", ""),
    ("order.pieces", numpy.longdouble("3.5"), "wrong-type", ""),
    ("order.pieces", numpy.array([3]), "wrong-type", ""),
    ("order.urgent", numpy.int64(1), "wrong-type", ""),
    ("order.urgent", Size.SMALL, "wrong-type", ""),
    ("order.tags", "new", "wrong-type", ""),
    ("order.tags", b"new", "wrong-type", ""),
    ("order.tags", (one for one in ["new"]), "wrong-type", ""),
    ("order.tags", numpy.array([["new"]]), "wrong-type", ""),
    ("order.numbers", numpy.array([1.0, numpy.nan]), "out-of-range", ""),
]


@pytest.mark.parametrize(("name", "told", "code", "hint"), WRONG)
def test_a_value_that_is_not_exactly_one_is_refused_by_name(
    policy: Policy, name: str, told: Any, code: str, hint: str
) -> None:
    with pytest.raises(Refused) as refused:
        policy.decide({name: told})

    (problem,) = refused.value.problems
    assert (problem.code, problem.fact) == (code, name)
    assert problem.message.to("en").startswith(f"`{name}`")
    assert hint in (problem.hint.to("en") if problem.hint else "")
    assert problem.pointer.startswith(f"/{name}")


# -- whole requests --------------------------------------------------------------------------

WHOLE = {"order.kind": "gift", "order.pieces": 3, "order.note": None}


@dataclass
class Order:
    kind: str
    pieces: int
    note: str | None = None


@dataclass(slots=True)
class Slotted:
    kind: str
    pieces: int
    note: str | None = None


@attrs.define
class Defined:
    kind: str
    pieces: int
    note: str | None = None


class Model(pydantic.BaseModel):
    kind: Kind
    pieces: int
    note: str | None = None


@pydantic.dataclasses.dataclass
class Checked:
    kind: str
    pieces: int
    note: str | None = None


class Asked(pydantic.BaseModel):
    order: Model


Named = namedtuple("Named", "kind pieces note")
FIELDS = {"kind": "gift", "pieces": 3, "note": None}


def of_sqlite() -> sqlite3.Row:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    row = connection.execute("SELECT 'gift' AS kind, 3 AS pieces, NULL AS note").fetchone()
    connection.close()
    return row


NESTED = [
    Order("gift", 3),
    Slotted("gift", 3),
    Defined("gift", 3),
    Model(kind=Kind.GIFT, pieces=3),
    Checked("gift", 3),
    Named("gift", 3, None),
    MappingProxyType(FIELDS),
    OrderedDict(FIELDS),
    UserDict(FIELDS),
    pandas.Series(FIELDS, dtype=object),
    of_sqlite(),
]


@pytest.mark.parametrize("order", NESTED, ids=lambda one: type(one).__name__)
def test_an_object_tells_its_fields(policy: Policy, order: Any) -> None:
    assert policy.decide({"order": order}).facts == WHOLE
    assert policy.decide(MappingProxyType({"order": order})).facts == WHOLE
    assert policy.decide(SimpleNamespaced(order)).facts == WHOLE


@dataclass
class SimpleNamespaced:
    order: Any


def test_a_model_tells_those_within(policy: Policy) -> None:
    asked = Asked(order=Model(kind=Kind.GIFT, pieces=3))

    assert policy.decide(asked).facts == WHOLE
    unset = asked.model_dump(exclude_unset=True)
    assert policy.decide(unset).facts == {"order.kind": "gift", "order.pieces": 3}


def test_rows_of_a_table_tell_their_columns(policy: Policy) -> None:
    table = pandas.DataFrame(
        {
            "order.kind": pandas.Categorical(["gift", "sale"]),
            "order.pieces": [3, 4],
            "order.at": pandas.to_datetime(["2026-11-20 12:00", "2026-11-21 12:00"]),
            "order.note": ["a", None],
        }
    )
    first, second = (policy.decide(row.dropna()) for _, row in table.iterrows())

    assert first.facts == {
        "order.kind": "gift", "order.pieces": 3, "order.at": NOON, "order.note": "a",
    }  # fmt: skip
    assert second["free"].outcome == "paid"
    assert "order.note" not in second.facts
    records = [policy.decide(one) for one in table[["order.kind"]].to_dict("records")]
    assert [one["free"].outcome for one in records] == ["free", "paid"]


def test_a_missing_value_of_a_row_is_neither_told_nor_none(policy: Policy) -> None:
    table = pandas.DataFrame({"order.pieces": [3, None], "order.note": ["a", pandas.NA]})

    with pytest.raises(Refused) as refused:
        policy.decide(table.iloc[1])

    assert [one.fact for one in refused.value.problems] == ["order.note", "order.pieces"]


@pytest.mark.parametrize("told", [SimpleNamespace(kind="gift"), object(), Order, 5, "x", [1]])
def test_what_declares_no_fields_is_no_request(policy: Policy, told: Any) -> None:
    with pytest.raises(Refused) as refused:
        policy.decide(told)

    assert [one.code for one in refused.value.problems] == ["wrong-shape"]


@pytest.mark.parametrize(
    "at",
    [
        pandas.Timestamp("2026-11-20 12:00"),
        numpy.datetime64("2026-11-20T12:00"),
        MyDatetime(2026, 11, 20, 12),
        "2026-11-20t12:00:00z",
    ],
)
def test_the_moment_of_a_version_is_told_by_the_same_values(policy: Policy, at: Any) -> None:
    decided = policy.decide({}, at=at)

    assert decided.as_of == NOON
    assert type(decided.as_of) is datetime


@pytest.mark.parametrize("at", [pandas.NaT, numpy.nan, 5, None.__class__, pandas.Timestamp(1)])
def test_what_is_no_moment_chooses_no_version(policy: Policy, at: Any) -> None:
    with pytest.raises(Refused):
        policy.decide({}, at=at)
