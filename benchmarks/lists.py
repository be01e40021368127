"""From orders with twenty lines to a table of microseconds: the engine beside ZEN and plain Python.

    python benchmarks/lists.py [--rounds N] [--count N]

Three conditions on the lines and two totals are decided for each order of 20 lines; every answer is
checked against the function written by hand before anything is timed. Each round times all
contenders one after another on orders that no earlier round has seen; a ratio is the median over
the rounds of a contender's time to that of the hand-written function in the same round. The last
row tells some lines in part: what is possible and needed is worked out.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable
from decimal import Decimal
from random import Random
from statistics import median
from typing import Any

from reglament import Policy

LINES = 20
KINDS = ("book", "media", "gift_card")
Order = dict[str, Any]

POLICY = """
policy: orders
version: "1"
title: {en: Orders}
holds_from: 2025-01-01
known_from: 2025-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {en: day}}
  lines:
    type: list
    at_most: 100
    label: {en: lines}
    item:
      type: record
      called: line
      fields:
        kind:
          type: choice
          options: {book: {en: b}, media: {en: m}, gift_card: {en: g}}
          label: {en: kind}
        price: {type: decimal, places: 2, at_least: 0, label: {en: price}}
        quantity: {type: integer, at_least: 1, label: {en: quantity}}
        returned: {type: boolean, label: {en: returned}}
decisions:
  handling:
    label: {en: handling}
    outcomes: {refuse: {en: r}, close: {en: c}, review: {en: v}, keep: {en: k}}
    hit_policy: first
    rules:
      - id: refuse
        when: {lines: {some: {line.kind: gift_card, line.returned: true}}}
        then: refuse
      - {id: close, when: {lines: {every: {line.returned: true}}}, then: close}
      - id: review
        when: {lines: {where: {line.price: {more_than: 100}}, at_least: 2}}
        then: review
    otherwise: {then: keep}
  refund:
    label: {en: refund}
    type: decimal
    places: 2
    rules: [{id: refund, then: {sum: line.price, over: lines, where: {line.returned: true}}}]
  pieces:
    label: {en: pieces}
    type: integer
    rules: [{id: pieces, then: {sum: line.quantity, over: lines}}]
"""


def orders(rng: Random, count: int) -> list[Order]:
    """Orders of 20 lines, of which one in three has a gift card that came back."""
    return [
        {"day": "2025-02-03", "lines": [_line(rng) for _ in range(LINES)]} for _ in range(count)
    ]


def _line(rng: Random) -> dict[str, Any]:
    kind = KINDS[min(2, int(rng.expovariate(1.2)))]
    price = f"{rng.randrange(1, 12_000) / 100:.2f}"
    return {
        "kind": kind, "price": price, "quantity": rng.randint(1, 5),
        "returned": rng.random() < (0.2 if kind == "gift_card" else 0.6),
    }  # fmt: skip


def by_hand(order: Order) -> tuple[str, Decimal, int]:
    """The same in one loop of Python, decimals read as the engine reads them."""
    card = False
    all_back = True
    dear = pieces = 0
    refund = Decimal("0.00")
    for line in order["lines"]:
        price = Decimal(line["price"])
        returned = line["returned"]
        if returned:
            refund += price
            card = card or line["kind"] == "gift_card"
        else:
            all_back = False
        dear += price > 100
        pieces += line["quantity"]
    word = "refuse" if card else "close" if all_back else "review" if dear >= 2 else "keep"
    return word, refund, pieces


def by_engine(policy: Policy) -> Callable[[Order], tuple[Any, ...]]:
    """The engine from a request as JSON has it to the three outcomes."""

    def decide(order: Order) -> tuple[Any, ...]:
        decided = policy.decide(order)
        return decided["handling"].outcome, decided["refund"].outcome, decided["pieces"].outcome

    return decide


def by_zen() -> Callable[[Order], tuple[Any, ...]] | None:
    """ZEN by an expression node; None where it is not installed."""
    try:
        import zen  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    expressions = {
        "handling": (
            "some(lines, #.kind == 'gift_card' and #.returned) ? 'refuse'"
            " : all(lines, #.returned) ? 'close'"
            " : count(lines, #.price > 100) >= 2 ? 'review' : 'keep'"
        ),
        "refund": "sum(map(filter(lines, #.returned), #.price))",
        "pieces": "sum(map(lines, #.quantity))",
    }
    rows = [{"id": key, "key": key, "value": text} for key, text in expressions.items()]
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "ex", "type": "expressionNode", "name": "ex", "position": {"x": 0, "y": 0},
                "content": {"expressions": rows},
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "ex", "type": "edge"},
            {"id": "2", "sourceId": "ex", "targetId": "out", "type": "edge"},
        ],
    }  # fmt: skip
    decision = zen.ZenEngine().create_decision(json.dumps(graph))

    def decide(order: Order) -> tuple[Any, ...]:
        found = decision.evaluate(order)["result"]
        return found["handling"], found["refund"], found["pieces"]

    return decide


def as_numbers(order: Order) -> Order:
    """The order with prices as numbers, which ZEN computes with."""
    lines = [{**line, "price": float(line["price"])} for line in order["lines"]]
    return {**order, "lines": lines}


def in_part(order: Order) -> Order:
    """The order with a third of its fields left out, and maybe more lines."""
    rng = Random(json.dumps(order))
    lines = [{k: v for k, v in line.items() if rng.random() > 0.3} for line in order["lines"]]
    return {**order, "lines": {"items": lines, "more": True}}


def partly(policy: Policy) -> Callable[[Order], object]:
    """What is possible and needed while fields and lines are missing."""

    def decide(order: Order) -> object:
        outcome = policy.decide(order)["handling"]
        return outcome.possible, outcome.needs

    return decide


def timed(ask: Callable[[Order], object], some: list[Order]) -> float:
    """Seconds of the processor for each order."""
    gc.collect()
    start = time.process_time()
    for order in some:
        ask(order)
    return (time.process_time() - start) / len(some)


def main() -> None:
    """Check every contender, then time them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--count", type=int, default=60)
    options = parser.parse_args()
    policy, rng = Policy.from_text(POLICY), Random(7)
    contenders: dict[str, tuple[Callable[[Order], Any], Callable[[Order], Order]]] = {
        "by hand, one loop": (by_hand, lambda order: order),
        "reglament": (by_engine(policy), lambda order: order),
    }
    zen = by_zen()
    if zen is not None:
        contenders["zen-engine"] = (zen, as_numbers)
    for order in orders(rng, 200):
        wanted = by_hand(order)
        for name, (ask, made) in contenders.items():
            word, refund, pieces = ask(made(order))
            close = abs(Decimal(str(refund)) - wanted[1]) < Decimal("0.001")
            assert (word, close, int(pieces)) == (wanted[0], True, wanted[2]), name
    contenders["reglament, in part"] = (partly(policy), in_part)
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(options.rounds):
        some = orders(rng, options.count)
        for name, (ask, made) in contenders.items():
            seconds[name].append(timed(ask, list(map(made, some))))
    yardstick = seconds["by hand, one loop"]
    print(f"{'20 lines, 3 conditions, 2 totals':34}{'µs':>9}{'ratio':>8}")
    for name, found in seconds.items():
        ratio = median(one / base for one, base in zip(found, yardstick, strict=True))
        print(f"{name:34}{median(found) * 1e6:9.1f}{ratio:8.1f}")


if __name__ == "__main__":
    main()
