"""Random small policies and requests, and the answer by brute force over completions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from reglament.functions.dates import add_months
from reglament.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Includes,
    Not,
    OneOf,
)
from reglament.model.decisions import Decision, DecisionKind, Override, Rule
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import BOOLEAN, DATE, INTEGER, Kind, Type, Value, choice
from reglament.model.words import Text
from reglament.reference import Answer, Undecided, View
from support.texts import same

NAME = same("x")
NULL = Text(ru="нет", en="none")
DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 6, 15)]
NUMBERS = [0, 10]
# Both bounded facts are compared with one that is not, on either side of their bounds.
FEW = replace(INTEGER, at_least=-1, at_most=11)
SPRING = replace(DATE, at_least=date(2024, 1, 31), at_most=date(2024, 7, 15))
AROUND = [date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 1)]
AFTER = [date(2024, 7, 14), date(2024, 7, 15), date(2024, 7, 16)]
LIST = Type(Kind.LIST, item=choice("p", "q"))

FACTS: dict[str, Fact] = {
    "closed": Fact("closed", choice("a", "b", "c"), NAME),
    "closed_or_null": Fact("closed_or_null", choice("a", "b"), NAME, null_means=NULL),
    "word": Fact("word", choice("a", "b", is_open=True), NAME, null_means=NULL),
    "flag": Fact("flag", BOOLEAN, NAME),
    "number": Fact("number", INTEGER, NAME),
    "amount": Fact("amount", FEW, NAME, null_means=NULL),
    "day": Fact("day", DATE, NAME),
    "end": Fact("end", SPRING, NAME, null_means=NULL),
    "bag": Fact("bag", LIST, NAME),
}
VALUES: dict[str, list[Value]] = {
    "closed": ["a", "b", "c"],
    "closed_or_null": ["a", "b", None],
    "word": ["a", "b", "something else", None],
    "flag": [True, False],
    "number": [n + d for n in NUMBERS for d in (-2, -1, 0, 1, 2)],
    "amount": [None, *range(-1, 3), *range(8, 12)],
    "day": [*(day + timedelta(days=d) for day in DAYS for d in (-1, 0, 1)), *AROUND, *AFTER],
    "end": [
        *(None, SPRING.at_least, SPRING.at_most),
        *(day + timedelta(days=d) for day in DAYS for d in (-1, 0, 1)),
    ],
    "bag": [(), ("p",), ("q",), ("p", "q")],
}


def values_of(fact: str, known: Mapping[str, Value]) -> list[Value]:
    """Values that stand for all others, beside what is known of the fact it is compared with."""
    found = list(VALUES[fact])
    if fact == "end" and isinstance(day := known.get("day"), date):
        found += [
            mark + timedelta(days=d) for mark in (day, add_months(day, 1)) for d in (-1, 0, 1)
        ]
    if fact == "day" and isinstance(end := known.get("end"), date):
        found += [end + timedelta(days=d) for d in (-33, -32, -31, -30, -29, -28, -27, -1, 0, 1)]
    other = known.get({"number": "amount", "amount": "number"}.get(fact, ""))
    if isinstance(other, int):
        found += [other - 1, other, other + 1]
    return [value for value in dict.fromkeys(found) if FACTS[fact].type.admits(value)]


ORDERS = [Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN, Operator.IS]


def tests(earlier: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    """One test of facts or of earlier decisions."""
    word = st.one_of(
        _one_of("closed", ["a", "b", "c"]),
        _one_of("closed_or_null", ["a", "b", None]),
        _one_of("word", ["a", "b", None]),
        _one_of("flag", [True, False]),
        st.builds(Includes, st.just(FactRef("bag")), st.sampled_from(["p", "q"])),
    )
    number = st.one_of(
        _ordered("number", st.sampled_from(NUMBERS).map(Constant)),
        _ordered("amount", st.sampled_from(NUMBERS).map(Constant)),
        _ordered("amount", st.just(FactRef("number"))),
        _one_of("amount", [None, 0, 10]),
    )
    month_later = Formula("months_after", (FactRef("day"), Constant(1)))
    day = st.one_of(
        _ordered("day", st.sampled_from(DAYS).map(Constant)),
        _ordered("end", st.sampled_from([FactRef("day"), month_later])),
        _ordered("end", st.sampled_from(DAYS).map(Constant)),
    )
    built = [_decided(name) for name in earlier]
    return st.one_of(word, number, day, *built)


def _one_of(name: str, values: list[Value]) -> st.SearchStrategy[Condition]:
    some = st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)
    return some.map(lambda chosen: OneOf(FactRef(name), tuple(chosen)))


def _ordered(name: str, operand: st.SearchStrategy[Any]) -> st.SearchStrategy[Condition]:
    return st.builds(Comparison, st.just(FactRef(name)), st.sampled_from(ORDERS), operand)


def _decided(name: str) -> st.SearchStrategy[Condition]:
    some = st.lists(st.sampled_from(["yes", "no", "maybe"]), min_size=1, max_size=2, unique=True)
    return some.map(lambda chosen: OneOf(DecisionRef(name), tuple(chosen)))


@cache  # a strategy is looked through once, before its first draw: made anew that is half the work
def conditions(earlier: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    """Conditions nested at most twice."""
    single = tests(earlier)
    parts = st.lists(single | single.map(Not), min_size=1, max_size=3).map(tuple)
    counted = st.builds(counted_of, parts, st.integers(0, 3), st.integers(0, 3))
    return st.one_of(
        single, parts.map(AllOf), parts.map(AnyOf), parts.map(AnyOf).map(Not), counted,
        counted.map(Not),
    )  # fmt: skip


def counted_of(parts: tuple[Condition, ...], one: int, other: int) -> Counted:
    """So many of the parts, from the lesser to the greater number."""
    return Counted(parts, min(one, other), max(one, other))


@st.composite
def decisions(draw: st.DrawFn, name: str, earlier: tuple[str, ...]) -> Decision:
    """A decision with a few rules; each may override the rules after it."""
    whens = draw(st.lists(conditions(earlier), min_size=1, max_size=4))
    kind = draw(st.sampled_from(list(DecisionKind)))
    is_total = kind is DecisionKind.TOTAL
    outcomes = ["yes", "no", "maybe"]
    total = draw(st.sampled_from(["sum", "minimum", "maximum"])) if is_total else ""
    given = st.sampled_from([*map(Constant, outcomes)])
    if is_total:
        given = st.sampled_from([Constant(-1), Constant(1), Constant(2)])
    rules = []
    for index, when in enumerate(whens):
        later = [f"{name}-{i}" for i in range(index + 1, len(whens))]
        over = draw(st.lists(st.sampled_from(later), unique=True)) if later else []
        then: Term = draw(given)
        overrides = tuple(map(Override, over)) if kind is not DecisionKind.CHECKLIST else ()
        rules.append(Rule(f"{name}-{index}", when, then, overrides=overrides))
    other = Rule(f"{name}-otherwise", ALWAYS, Constant(0 if is_total else "no"))
    has_other = kind.gives_value and (total in ("minimum", "maximum") or draw(st.booleans()))
    hit_policy = "any"
    if kind is DecisionKind.OUTCOME:
        hit_policy = draw(st.sampled_from(["any", "any", "unique"]))
    elif kind is DecisionKind.COLLECTION:
        hit_policy = draw(st.sampled_from(["any", "rule_order"]))
    return Decision(
        name,
        kind,
        INTEGER if is_total else choice(*outcomes),
        NAME,
        tuple(rules),
        other if has_other else None,
        met="yes",
        unmet="no",
        hit_policy=hit_policy,
        total=total,
        keeps_duplicates=kind is DecisionKind.COLLECTION and draw(st.booleans()),
    )


@st.composite
def policies(draw: st.DrawFn) -> Version:
    """A version with one to three decisions, each of which may build on the earlier ones."""
    made: dict[str, Decision] = {}
    for name in ["first", "second", "third"][: draw(st.integers(1, 3))]:
        unread = (DecisionKind.COLLECTION, DecisionKind.TOTAL)
        readable = tuple(n for n, d in made.items() if d.kind not in unread)
        made[name] = draw(decisions(name, readable))
    return Version(
        "random", "1", NAME, date(2000, 1, 1), date(2000, 1, 1), "day", "UTC", FACTS, made
    )


@st.composite
def requests(draw: st.DrawFn, most_missing: int = 3) -> dict[str, Value]:
    """A request in which at most a few facts are missing."""
    missing = draw(_missing(most_missing))
    return {name: draw(values) for name, values in _told().items() if name not in missing}


@cache
def _missing(most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(FACTS)), max_size=most, unique=True)


@cache
def _told() -> dict[str, st.SearchStrategy[Value]]:
    return {name: st.sampled_from(values_of(name, {})) for name in FACTS}


def completions(told: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    """Every way to tell the missing facts, by values that stand for all others."""
    missing = [name for name in FACTS if name not in told]
    if not missing:
        yield dict(told)
        return
    for value in values_of(missing[0], told):
        yield from completions({**told, missing[0]: value})


BROKEN = "refused"


def answer(version: Version, facts: Mapping[str, Value], name: str) -> Answer:
    """The reference's answer, a refusal being an answer of its own, with whose fault it is."""
    found = View(version, facts).found(version.decisions[name])
    if isinstance(found, Answer):
        return found
    assert isinstance(found, Undecided)
    return Answer((BROKEN, *(found.because_of or (name,))), found.rules)


def is_broken(outcome: object) -> bool:
    """Whether the decision is refused there."""
    return isinstance(outcome, tuple) and outcome[:1] == (BROKEN,)
