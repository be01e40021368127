"""The JSON Schema of a policy's requests: it accepts what the reader reads, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reglament import Policy, Refused
from reglament.language.requests.request_reader import facts_in, requests_in
from reglament.language.syntax.source import Source
from reglament.model.regulation import Fact
from reglament.model.values import Kind, Type
from support.laws import examples
from support.shipped import NAMES, shipped

POLICY = """
policy: everything
version: "1"
title: {ru: Всё, en: Everything}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked.on
time_zone: Europe/Moscow
facts:
  asked.on: {type: date, at_least: 2024-01-31, at_most: 2026-02-28, label: {ru: день, en: day}}
  asked.at: {type: datetime, null_means: {ru: никогда, en: never}}
  asked.until: {type: date, null_means: {ru: бессрочно, en: for good}}
  who: {type: choice, options: {user: {ru: пользователь, en: user}, guest: {ru: гость, en: guest}}}
  who.age: {type: integer, at_least: 0, at_most: 150}
  who.card.number: {type: text, null_means: {ru: нет, en: none}}
  who.card.until: {type: date, null_means: {ru: нет, en: none}}
  paid: {type: decimal, places: 2, at_least: 0}
  debt: {type: decimal}
  wait: {type: duration}
  is_new: {type: boolean}
  tags: {type: list}
  rooms: {type: list, item: {type: integer}}
  city: {type: choice, open: true, options: {Йошкар-Ола: {ru: Йошкар-Ола, en: Yoshkar-Ola}}}
decisions:
  answer:
    outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}
    rules: [{id: new, when: {is_new: true}, then: yes}]
    otherwise: {then: no}
"""

_DAYS = """
2024-01-31 2024-02-29 2023-02-29 2100-02-29 2000-02-29 1900-01-01 1899-12-31 2200-12-31 2201-01-01
2024-04-31 2024-13-01 2024-1-31 2026-02-28 2026-03-01 2024-01-30 20240131
"""
_TIMES = """
T12:00:00;t23:59:59z; 00:00;T24:00;T12:00:60;T12:00:00.123456;T12:00:00.1234567;T12:00:00.1234560
T12:00Z;T12:00+03:00;T12:00+0300;T12:00+03;T12:00-23:59;T12:00+24:00;T12;T12:00:00,5
T12:00+02:30:17;T12:00+02:30:00;  12:00
"""
_DURATIONS = """
8 hours;1 day;0 minutes;8 h;8hours;8.5 hours;-1 day;PT8H;P1D;P;PT;P1W;P1WT1H;PT0.5S;PT1,5S;1 days ;
"""
DAYS = _DAYS.split()
TIMES = _TIMES.strip().replace("\n", ";").split(";")
MOMENTS = [*(f"{day}T12:00" for day in DAYS[:9]), *(f"2024-03-01{time}" for time in TIMES)]
DURATIONS = _DURATIONS.strip().split(";")
NUMBERS = [0, 1, -1, 9, 10, 150, 151, 7.0, 10**15, -(10**15), 10**15 + 1]
DECIMALS = [1.5, 0.25, "1.5", "1.50", "1.500", "1.505", "-1", "+1", "1.", ".5", "007", "1e3", "1,5"]
TEXTS = [
    "",
    "plain",
    "two\nlines",
    "tab\t",
    "\x00",
    "\x7f",
    "\x85",
    "\u2028",
    "ё" * 10_000,
    "a" * 10_001,
]
OTHERS: list[Any] = [None, True, False, "yes", "no", "true", [], {}, [None], {"x": 1}, "1"]
OF_KIND: dict[Kind, list[Any]] = {
    Kind.DATE: DAYS,
    Kind.DATETIME: MOMENTS,
    Kind.INTEGER: NUMBERS,
    Kind.DECIMAL: [*NUMBERS, *DECIMALS],
    Kind.DURATION: DURATIONS,
    Kind.TEXT: TEXTS,
    Kind.CHOICE: ["user", "User", "Йошкар-Ола", *TEXTS[:4]],
}


def told_of(type: Type) -> st.SearchStrategy[Any]:
    """Values near the edges of the type, right and wrong; wrong ones of other types."""
    if type.kind is Kind.LIST:
        item = type.item or Type(Kind.TEXT)
        return st.one_of(st.lists(told_of(item), max_size=2), st.sampled_from(OTHERS))
    likely = [*OF_KIND.get(type.kind, []), *type.options]
    return st.sampled_from([*likely, *likely, *OTHERS])


@st.composite
def requests(draw: st.DrawFn, facts: dict[str, Fact]) -> object:
    """A request that tells some facts, each in a spelling of its own, now and then one twice."""
    names = sorted(facts)
    chosen = draw(st.lists(st.sampled_from(names), max_size=4))
    root: dict[str, Any] = {}
    for name in chosen:
        parts = draw(st.sampled_from(_spellings(name)))
        below = root
        for part in parts[:-1]:
            inner = below.get(part)
            below[part] = below = inner if isinstance(inner, dict) else {}
        below[parts[-1]] = draw(told_of(facts[name].type))
    groups = sorted({name.rpartition(".")[0] for name in names} - {""})
    if groups and draw(st.integers(0, 5)) == 0:
        root[draw(st.sampled_from(groups))] = draw(st.sampled_from([None, {}, 1]))
    if draw(st.integers(0, 9)) == 0:
        root[draw(st.sampled_from(["", "unknown", "answer"]))] = 1
    return root


@cache
def _spellings(name: str) -> list[tuple[str, ...]]:
    head, dot, rest = name.partition(".")
    if not dot:
        return [(name,)]
    below = _spellings(rest)
    return [*((head, *one) for one in below), *((f"{head}.{one[0]}", *one[1:]) for one in below)]


@cache
def everything() -> Policy:
    return Policy.from_text(POLICY)


@cache
def accepts(policy: Callable[[], Policy]) -> Draft202012Validator:
    schema = policy().schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def is_read(policy: Policy, request: object) -> bool:
    """Whether the reader of requests takes it, as JSON text."""
    source = Source("request.json", json.dumps(request))
    try:
        for one in requests_in(source):
            if isinstance(one, Refused):
                return False
            facts_in(policy.versions[-1], one, source)
    except Refused:
        return False
    return True


def agree(policy: Callable[[], Policy], request: object) -> None:
    errors = [error.message for error in accepts(policy).iter_errors(request)]
    assert (not errors) == is_read(policy(), request), (request, errors)


@examples(120)
@given(st.data())
def test_of_a_policy_with_every_type_the_schema_accepts_what_is_read(data: st.DataObject) -> None:
    agree(everything, data.draw(requests(dict(everything().facts))))


SHIPPED: dict[str, Callable[[], Policy]] = {
    name: (lambda name=name: shipped(name))
    for name in sorted(NAMES)  # type: ignore[misc]
}


@pytest.mark.parametrize("name", sorted(NAMES))
@examples(30)
@given(st.data())
def test_of_shipped_policies_the_schema_accepts_what_is_read(
    name: str, data: st.DataObject
) -> None:
    agree(SHIPPED[name], data.draw(requests(dict(shipped(name).facts))))


def values() -> Iterable[tuple[str, Any]]:
    for name, fact in everything().facts.items():
        for value in [*OF_KIND.get(fact.type.kind, []), *fact.type.options, *OTHERS]:
            yield name, value


def test_each_value_at_an_edge_is_judged_alike() -> None:
    for name, value in values():
        agree(everything, {name: value})
