"""Whatever a policy says, it comes out of a table of rows as it went in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from reglament.backend.python import generate, source_of
from reglament.evaluation import Evaluator
from reglament.messages import Message
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.values import Listed, Record, Value
from reglament.plan.lowering import local_diagrams, lower
from reglament.plan.packing import MODULES, Packer, Unpackable, Unpacker, as_text
from support import random_policies, whole_language
from support.laws import examples

ROME = ZoneInfo("Europe/Rome")
AUTUMN = datetime(2026, 10, 25, 2, 30, tzinfo=ROME)


def returns(version: Version, told: Mapping[str, Value]) -> None:
    plan, packer = lower(local_diagrams(version)), Packer()
    places = packer.add(version), packer.add(plan)
    again, planned = map(Unpacker(packer.classes, packer.rows).object, places)

    other = Packer()
    assert (other.add(again), other.add(planned)) == places
    assert (other.classes, other.rows) == (packer.classes, packer.rows)
    assert source_of(planned, again.hours)[0] == source_of(plan, version.hours)[0]
    decided = generate(planned, again.hours)(told)
    assert repr(decided) == repr(generate(plan, version.hours)(told))
    before, after = Evaluator(version).evaluate(told), Evaluator(again, plan=planned).evaluate(told)
    for name in before:
        assert (before[name].status, before[name].possible) == (
            after[name].status, after[name].possible,
        )  # fmt: skip


@examples(40)
@given(random_policies.policies(), random_policies.requests())
def test_random_policies_return(version: Version, told: dict[str, Value]) -> None:
    returns(version, told)


@examples(25)
@given(whole_language.policies(), whole_language.requests())
def test_whatever_the_language_has_returns(version: Version, told: dict[str, Value]) -> None:
    returns(version, told)


VALUES = [
    None, True, 1, 0, 10**20, "текст", "\u2028", Decimal("1.50"), date(2026, 2, 28), time(9, 30),
    timedelta(days=-1, microseconds=5), (1, ("a", None)), Listed((1, True)), frozenset({"b", "a"}),
    Record({"a": 1, "b": (Decimal("0"),)}), datetime(2026, 1, 1), AUTUMN, AUTUMN.replace(fold=1),
    datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
]  # fmt: skip


def spelt(value: Any) -> str | list[str]:
    """A value to the letter; the members of a set have no order that could differ."""
    return sorted(map(repr, value)) if isinstance(value, frozenset) else repr(value)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_returns_as_what_it_was(value: Any) -> None:
    packer = Packer()
    place = packer.add(Constant(value))
    found = Unpacker(packer.classes, packer.rows).object(place).value
    assert (type(found), spelt(found), found) == (type(value), spelt(value), value)
    if isinstance(value, datetime):
        assert (found.utcoffset(), found.fold) == (value.utcoffset(), value.fold)


def test_a_message_returns_though_it_is_not_made_of_its_fields() -> None:
    packer = Packer()
    told = Message("policy-cannot-read", name_or_path="x", why=Message("or-between"))
    place = packer.add(told)
    assert Unpacker(packer.classes, packer.rows).object(place) == told


def test_equal_objects_stand_once() -> None:
    packer = Packer()
    assert packer.add(Constant(("a",))) == packer.add(Constant(("a",)))
    assert packer.add(Constant(1)) != packer.add(Constant(True))
    assert len(packer.rows) == 3


@pytest.mark.parametrize(
    ("classes", "rows"),
    [
        (["os:system"], [[0, "true"]]),
        (["model.terms:Term"], []),
        (["model.terms:import_module"], []),
        (["model.terms:Missing"], []),
        (["model.terms:Constant"], [[0, ["eval", "1"]]]),
        (["model.terms:Constant"], [[0, 7]]),
        (["model.terms:Constant"], [[0]]),
        (["model.terms:Constant"], [[0, "a", "b", "c"]]),
        (["model.terms:Constant"], [[0, ["day", "2026-02-30"]]]),
        (["model.terms:Constant"], [[3, "a"]]),
        (["model.terms:Constant"], ["text"]),
    ],
)
def test_what_no_packer_makes_is_refused(classes: list[str], rows: list[Any]) -> None:
    assert all("." in name for name in MODULES)
    with pytest.raises(Unpackable):
        Unpacker(classes, list(map(as_text, rows))).whole()
