"""From policies to how many questions an interview asks, beside the best fixed order.

A fixed order asks the facts one after another and skips those that no longer matter. The
best one is searched for on the very requests that it is then counted on: each fact is moved
to each place for as long as that asks less. The interview knows none of these requests.

The facts of a request are drawn from the values that the worked examples tell and the options
declared, null as often as not. Run: `python benchmarks/orders.py [COUNT] [--seed N]`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

from reglament import Policy, Refused, load_policy

HEATING = Path(__file__).resolve().parents[1] / "tests" / "cases" / "interview" / "heating.yaml"
SHIPPED = {
    "technical-support": "answer",
    "annual-leave": "answer",
    "library-fees": "amount_due",
}

Told = Mapping[str, Any]


class Interviews:
    """Interviews about one decision, over some requests; what was found out is kept."""

    def __init__(self, policy: Policy, decision: str, requests: Sequence[Told]) -> None:
        self.policy = policy
        self.decision = decision
        self.requests = requests
        self._needs: dict[frozenset[tuple[str, str]], tuple[str, ...]] = {}

    def needs(self, told: Told) -> tuple[str, ...]:
        """The facts that still matter, the one to ask for first; none after a gap or conflict."""
        key = frozenset((fact, repr(value)) for fact, value in told.items())
        if key not in self._needs:
            try:
                self._needs[key] = tuple(self.policy.decide(told)[self.decision].needs)
            except Refused:
                self._needs[key] = ()
        return self._needs[key]

    def best_first(self) -> float:
        """How many questions are asked on average, best first."""
        return self._average(self._best_first(request) for request in self.requests)

    def in_order(self, order: Sequence[str]) -> float:
        """How many are asked on average in this order, those skipped that do not matter."""
        return self._average(self._in_order(request, order) for request in self.requests)

    def best_order(self) -> tuple[float, tuple[str, ...]]:
        """The fewest that a fixed order was found to ask, and the order."""
        version = self.policy.versions[-1]
        behind = version.facts_behind(self.decision)
        order = tuple(fact for fact in version.facts if fact in behind)
        fewest, is_better = self.in_order(order), True
        while is_better:
            is_better = False
            for other in [one for fact in order for one in _moved(order, fact)]:
                asked = self.in_order(other)
                if asked < fewest:
                    fewest, order, is_better = asked, other, True
        return fewest, order

    def _average(self, counts: Iterator[int]) -> float:
        return sum(counts) / len(self.requests)

    def _best_first(self, request: Told) -> int:
        told: dict[str, Any] = {}
        while needs := self.needs(told):
            told[needs[0]] = request[needs[0]]
        return len(told)

    def _in_order(self, request: Told, order: Sequence[str]) -> int:
        told: dict[str, Any] = {}
        for fact in order:
            if fact in self.needs(told):
                told[fact] = request[fact]
        return len(told)


def _moved(order: tuple[str, ...], fact: str) -> Iterator[tuple[str, ...]]:
    others = tuple(one for one in order if one != fact)
    for place in range(len(order)):
        yield (*others[:place], fact, *others[place:])


def heating() -> Interviews:
    """Every kind of request of a small policy, once."""
    flags = (True, False)
    kinds = product(flags, flags, (40, 80), (None, 200, 500), flags, (20, 120))
    names = ("veteran", "single", "age", "wage", "boarder", "board")
    requests = [dict(zip(names, values, strict=True)) | {"car": "new"} for values in kinds]
    return Interviews(load_policy(HEATING), "answer", requests)


def shipped(name: str, count: int, seed: int = 0) -> Interviews:
    """Interviews about a shipped policy."""
    policy = load_policy(name)
    drawn = random.Random(seed)
    pools = _pools(policy)
    requests = [
        {fact: _drawn(drawn, values) for fact, values in pools.items()} for _ in range(count)
    ]
    return Interviews(policy, SHIPPED[name], requests)


def _drawn(drawn: random.Random, values: list[Any]) -> Any:
    if None in values and len(values) > 1 and drawn.random() < 0.5:
        return None
    return drawn.choice([value for value in values if value is not None] or values)


def _pools(policy: Policy) -> dict[str, list[Any]]:
    version = policy.versions[-1]
    found: dict[str, dict[str, Any]] = {name: {} for name in version.facts}
    for example in version.examples:
        for name, value in example.facts.items():
            found[name][repr(value)] = value
    for name, fact in version.facts.items():
        more = [*fact.type.options, *([None] if fact.is_nullable else [])]
        more += [True, False] if fact.type.kind == "boolean" else []
        found[name] |= {repr(value): value for value in more}
    pools = {name: list(values.values()) for name, values in found.items() if values}
    chosen_by = version.chosen_by
    pools[chosen_by] = [one for one in pools[chosen_by] if _day(one) >= version.holds_from]
    return pools


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def main(count: int, seed: int) -> None:
    """Print the averages of each policy."""
    print(f"questions on average         best first   best fixed order   ({count} requests)")
    for name in ("heating", *SHIPPED):
        found = heating() if name == "heating" else shipped(name, count, seed)
        asked = found.best_first()
        fewest, order = found.best_order()
        print(f"{name:<28} {asked:>10.2f} {fewest:>18.2f}   {', '.join(order)}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=60)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    main(arguments.count, arguments.seed)
