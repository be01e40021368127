"""From a number of rules to a policy of that size, its requests, and the answers to expect.

Every rule says `country is c and product is p and amount at least a`, for pairs (c, p) that no
other rule names, and gives a price of its own; where no rule applies the price is 0. So the
rules that can apply to one request stay as few, however many there are in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isqrt
from random import Random
from typing import Any

from reglament.messages import Verbatim
from reglament.model.conditions import ALWAYS, AllOf, Comparison
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, FactRef
from reglament.model.values import DATE, INTEGER, choice

Request = dict[str, Any]
Answer = tuple[int, str]
OTHERWISE: Answer = (0, "price-otherwise")
SEED = 2019
DAY = date(2024, 6, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: where the pair is told and the amount is `least` or more, the price."""

    id: str
    country: str
    product: str
    least: int
    price: int


def grid(rules: int) -> list[Row]:
    """`rules` rows, in as many countries as products, or nearly so."""
    products = max(2, isqrt(rules))
    return [
        Row(f"r{n}", f"c{n // products}", f"p{n % products}", 10 * (n * 37 % 100), n + 1)
        for n in range(rules)
    ]


def requests(rows: list[Row], count: int, seed: int = SEED) -> list[Request]:
    """`count` requests about pairs that have a rule, the amount often at its edge."""
    random = Random(seed)
    return [_request(random, random.choice(rows)) for _ in range(count)]


def _request(random: Random, row: Row) -> Request:
    amount = row.least + random.choice((-1, 0, 1, random.randrange(-50, 500)))
    return {"country": row.country, "product": row.product, "amount": amount}


def expected(rows: list[Row], told: list[Request]) -> list[Answer]:
    """The price and the rule behind it for each request, by a plain dictionary."""
    by_pair = {(row.country, row.product): row for row in rows}
    found = [(by_pair[r["country"], r["product"]], r["amount"]) for r in told]
    return [(row.price, row.id) if n >= row.least else OTHERWISE for row, n in found]


def version(rows: list[Row]) -> Version:
    """The rows as a version of a policy, made without any file."""
    decision = Decision(
        "price",
        DecisionKind.OUTCOME,
        INTEGER,
        Verbatim("price"),
        tuple(map(_rule, rows)),
        Rule(OTHERWISE[1], ALWAYS, Constant(OTHERWISE[0])),
    )
    day = date(2024, 1, 1)
    return Version(
        "grid", "1", Verbatim("grid"), day, day, "on", "UTC", _facts(rows), {"price": decision}
    )


def _facts(rows: list[Row]) -> dict[str, Fact]:
    types = {
        "on": DATE,
        "country": choice(*dict.fromkeys(row.country for row in rows)),
        "product": choice(*dict.fromkeys(row.product for row in rows)),
        "amount": INTEGER,
    }
    return {name: Fact(name, type_, Verbatim(name)) for name, type_ in types.items()}


def _rule(row: Row) -> Rule:
    tests = (
        Comparison(FactRef("country"), Operator.IS, Constant(row.country)),
        Comparison(FactRef("product"), Operator.IS, Constant(row.product)),
        Comparison(FactRef("amount"), Operator.AT_LEAST, Constant(row.least)),
    )
    return Rule(row.id, AllOf(tests), Constant(row.price))


def text(rows: list[Row]) -> str:
    """The same policy as it would be written in YAML."""
    options = {
        name: ", ".join(f"{word}: {{ru: {word}, en: {word}}}" for word in fact.type.options)
        for name, fact in _facts(rows).items()
    }
    lines = [
        HEAD.format(countries=options["country"], products=options["product"]),
        *(ROW.format(row=row) for row in rows),
        f"    otherwise: {{then: {OTHERWISE[0]}}}",
    ]
    return "\n".join([*lines, ""])


ROW = (
    "      - {{id: {row.id}, when: {{country: {row.country}, product: {row.product},"
    " amount: {{at_least: {row.least}}}}}, then: {row.price}}}"
)
HEAD = """\
policy: grid
version: "1"
title: {{ru: Сетка правил, en: A grid of rules}}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: "on"
time_zone: UTC
facts:
  "on": {{type: date, label: {{ru: когда, en: when}}}}
  country: {{type: choice, options: {{{countries}}}, label: {{ru: страна, en: country}}}}
  product: {{type: choice, options: {{{products}}}, label: {{ru: товар, en: product}}}}
  amount: {{type: integer, label: {{ru: сколько, en: how much}}}}
decisions:
  price:
    label: {{ru: цена, en: price}}
    type: integer
    rules:"""
