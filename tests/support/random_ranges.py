"""Random policies that compute with bounded facts, and requests that lack some of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from hypothesis import strategies as st

from reglament.model.conditions import ALWAYS, AllOf, AnyOf, Comparison, Condition, Not
from reglament.model.decisions import Decision, DecisionKind, Override, Rule
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import DATE, INTEGER, Value, choice, decimal
from reglament.model.words import Text
from support.texts import same

NAME = same("x")
NULL = Text(ru="нет", en="none")
MOST_COMPLETIONS = 1_500

FACTS: dict[str, Fact] = {
    "few": Fact("few", replace(INTEGER, at_least=0, at_most=3), NAME),
    "some": Fact("some", replace(INTEGER, at_least=-2, at_most=9), NAME),
    "many": Fact("many", replace(INTEGER, at_least=0, at_most=100), NAME),
    "rate": Fact(
        "rate", replace(decimal(1), at_least=Decimal("0.0"), at_most=Decimal("2.0")), NAME
    ),
    "spare": Fact("spare", replace(INTEGER, at_least=0, at_most=5), NAME, null_means=NULL),
    "word": Fact("word", choice("a", "b"), NAME),
    "day": Fact("day", replace(DATE, at_least=date(2024, 1, 29), at_most=date(2024, 3, 2)), NAME),
}
NUMBERS = ("few", "some", "many", "rate", "spare")
CONSTANTS = [0, 0, 1, 2, 5, -1, Decimal("0.5"), 100]


def values_of(name: str) -> list[Value]:
    """Every value of a fact."""
    type_ = FACTS[name].type
    found: list[Value]
    if name == "word":
        return ["a", "b"]
    if name == "day":
        return [type_.at_least + timedelta(days=n) for n in range(34)]
    if name == "rate":
        return [Decimal(n).scaleb(-1) for n in range(21)]
    found = [*range(type_.at_least, type_.at_most + 1)]
    return [*found, None] if FACTS[name].is_nullable else found


def completions(told: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    """Every way to tell the missing facts."""
    missing = [name for name in FACTS if name not in told]
    for some in product(*map(values_of, missing)):
        yield {**told, **dict(zip(missing, some, strict=True))}


@st.composite
def _missing(draw: st.DrawFn) -> list[str]:
    """So many facts that every completion can be tried."""
    missing: list[str] = []
    for name in draw(st.permutations(sorted(FACTS))):
        wanted = [*missing, name]
        if len(wanted) > 3 or prod(len(values_of(one)) for one in wanted) > MOST_COMPLETIONS:
            break
        missing = wanted
    return missing[: draw(st.integers(1, 3))]


@st.composite
def requests(draw: st.DrawFn, missing: list[str] | None = None) -> dict[str, Value]:
    """A request that lacks these facts, or some."""
    missing = draw(_missing()) if missing is None else missing
    return {name: draw(st.sampled_from(values_of(name))) for name in FACTS if name not in missing}


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, Value]]:
    """Requests of which many lack the same facts, and tell others differently."""
    some = draw(st.lists(_missing(), min_size=1, max_size=2))
    return [row for one in some for row in draw(st.lists(requests(one), min_size=6, max_size=9))]


@st.composite
def numbers(draw: st.DrawFn, earlier: tuple[str, ...], depth: int | None = None) -> Term:
    """A term that comes to a number."""
    depth = draw(st.sampled_from([0, 1, 1, 2])) if depth is None else depth
    if not depth or not draw(st.integers(0, 3)):
        if draw(st.booleans()):
            return FactRef(draw(st.sampled_from(NUMBERS)))
        if earlier and draw(st.booleans()):
            return DecisionRef(draw(st.sampled_from(earlier)))
        return Constant(draw(st.sampled_from(CONSTANTS)))

    def of() -> Term:
        return draw(numbers(earlier, depth - 1))

    way = draw(st.sampled_from(["pair", "pair", "pair", "one", "one", "if"]))
    if way == "if":
        return Conditional(draw(conditions(earlier, 0)), of(), of())
    if way == "one":
        return draw(_of_one(of()))
    pairs = ["sum", "difference", "product", "percent", "minimum", "maximum"]
    return Formula(draw(st.sampled_from(pairs)), (of(), of()))


def _of_one(inner: Term) -> st.SearchStrategy[Term]:
    """A function of one number, or of a day."""
    step = st.sampled_from([1, 5, 10]).map(Constant)
    rounded = st.sampled_from(["floor", "ceiling", "round_half_up", "round_down"])
    divisor = st.sampled_from([2, 3, -4]).map(Constant)
    return st.one_of(
        st.builds(lambda name, by: Formula(name, (inner, by)), rounded, step),
        st.builds(lambda by, to: Formula("quotient_half_up", (inner, by, to)), divisor, step),
        st.builds(lambda by: Formula("modulo", (inner, by)), st.sampled_from([Constant(3)])),
        st.just(Formula("absolute", (inner,))),
        st.just(Formula("brackets", (inner, *map(Constant, (5, 10, 50, 20, 30))))),
        st.sampled_from(["month_of", "day_of_month"]).map(lambda n: Formula(n, (FactRef("day"),))),
    )


@st.composite
def conditions(draw: st.DrawFn, earlier: tuple[str, ...], depth: int = 1) -> Condition:
    """A condition on a formula, on numbers, on a word, or several of these."""
    way = draw(st.sampled_from(["number", "number", "word", "day", "all", "any", "not"]))
    if way == "word":
        return Comparison(FactRef("word"), Operator.IS, Constant("a"))
    if way == "day":
        later = Formula("months_after", (FactRef("day"), draw(numbers((), 0))))
        whole = isinstance(later.arguments[1], Constant | FactRef) and _is_whole(later.arguments[1])
        subject = later if whole else FactRef("day")
        said = Constant(draw(st.sampled_from([date(2024, 2, 29), date(2024, 3, 29)])))
        return Comparison(subject, draw(st.sampled_from(list(Operator))), said)
    if way in ("all", "any") and depth:
        parts = tuple(draw(conditions(earlier, depth - 1)) for _ in range(2))
        return AllOf(parts) if way == "all" else AnyOf(parts)
    if way == "not" and depth:
        return Not(draw(conditions(earlier, depth - 1)))
    subject, operand = draw(numbers(earlier)), draw(numbers(earlier, draw(st.integers(0, 1))))
    return Comparison(subject, draw(st.sampled_from(list(Operator))), operand)


def _is_whole(term: Any) -> bool:
    if isinstance(term, FactRef):
        return term.name in ("few", "some", "spare")
    return isinstance(term, Constant) and isinstance(term.value, int)


@st.composite
def _decision(
    draw: st.DrawFn, name: str, earlier: tuple[str, ...], is_number: bool, is_disputed: bool
) -> Decision:
    """A decision; if it `is_disputed`, two rules that always apply give it, and may agree."""
    count = 2 if is_disputed else draw(st.integers(1, 2))
    is_strict = not is_disputed and draw(st.integers(0, 3)) > 0
    rules = []
    for at in range(count):
        later = [Override(f"{name}-{i}") for i in range(at + 1, count)] if is_strict else []
        then = draw(numbers(earlier)) if is_number else Constant(draw(st.sampled_from("pq")))
        when = ALWAYS if is_disputed else draw(conditions(earlier))
        rules.append(Rule(f"{name}-{at}", when, then, overrides=tuple(later)))
    other = draw(numbers(earlier, 1)) if is_number else Constant("r")
    otherwise = Rule(f"{name}-otherwise", ALWAYS, other) if draw(st.integers(0, 4)) else None
    type_ = decimal(12) if is_number else choice("p", "q", "r")
    decision = Decision(name, DecisionKind.OUTCOME, type_, NAME, tuple(rules), otherwise)
    return replace(decision, is_nullable=is_number)  # null in, null out


@st.composite
def policies(draw: st.DrawFn) -> Version:
    """A version of a number and a word, and sometimes one of each that read these."""
    made: dict[str, Decision] = {}
    for at, is_number in enumerate([True, False, draw(st.booleans())][: draw(st.integers(1, 3))]):
        numbers_ = tuple(name for name, one in made.items() if one.type.is_ordered)
        is_disputed = at == 0 and draw(st.booleans())
        made[f"d{at}"] = draw(_decision(f"d{at}", numbers_, is_number, is_disputed))
    start = date(2000, 1, 1)
    return Version("random", "1", NAME, start, start, "day", "UTC", FACTS, made)
