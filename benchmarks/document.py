"""From requests to what a service answers with them: documents of each level, beside plain code.

    python benchmarks/document.py [--rounds N] [--count N]

The yardstick is the hand-written function of `handwritten.py`, on requests of technical-support.
Complete requests of all shipped policies are decided, and a document of each level made; so are
requests of technical-support that lack facts, of which also the rules are read. Each round takes
requests that no round before it took, and all contenders one after another; a ratio is the
median over the rounds of a contender's time to the yardstick's in the same round.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`, not `requests`

from benchmarks import handwritten, ours, requests  # noqa: E402

Ask = Callable[[Any], object]
Contender = tuple[str, Ask, Iterator[Any]]
LEVELS = ("outcomes", "reasons", "full")


def mixed(policy: Any) -> Iterator[dict[str, Any]]:
    """Complete requests of the newest version: the values of its worked examples, mixed."""
    version, random = policy.versions[-1], Random(5)
    told: dict[str, list[Any]] = {}
    for example in version.examples:
        for fact, value in example.facts.items():
            told.setdefault(fact, []).append(value)
    while True:
        found = {fact: random.choice(values) for fact, values in told.items()}
        if found.keys() == version.facts.keys() and _is_decided(policy, found):
            yield found


def _is_decided(policy: Any, told: dict[str, Any]) -> bool:
    try:
        decided = policy.decide(told)
    except Exception:  # the values do not go together, or are of another version
        return False
    return all(decided[name].is_determined for name in decided)


def contenders(most: int) -> list[Contender]:
    """Everything that is timed, each with its requests; the yardstick first."""
    support = ours.load()
    complete, partial = requests.complete(most, seed=7), requests.partial(most, seed=7)
    read_all = ours.ways_to_ask(support)["every outcome read"]

    def rules(request: Any) -> object:
        decided = support.decide(request)
        found = map(decided.__getitem__, ours.DECISIONS)
        return [(one.status, one.possible, one.needs, one.rules) for one in found]

    made: list[Contender] = [
        ("hand-written", handwritten.decide_all, iter(complete)),
        ("every outcome read", read_all, iter(complete)),
        ("facts missing: possible, needs, rules", rules, iter(partial)),
    ]
    from reglament import load_policy

    for name in ("technical-support", "library-fees", "annual-leave"):
        policy = load_policy(name)
        told = complete if policy.id == support.id else list(islice(mixed(policy), 300))
        for level in LEVELS:
            made.append((f"{name}: {level}", _document(policy, level), cycle(told)))
    return made


def _document(policy: Any, level: str) -> Ask:
    return lambda request: policy.decide(request).to_dict(level=level)


def race(made: Sequence[Contender], rounds: int, count: int) -> dict[str, list[float]]:
    """Seconds a request of each contender, round by round; the first round is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name, _, _ in made}
    for number in range(rounds + 1):
        for name, ask, told in made:
            ready = list(islice(told, count))
            start = time.process_time()
            for request in ready:
                ask(request)
            if number:
                seconds[name].append((time.process_time() - start) / len(ready))
    return seconds


def main() -> None:
    """Race and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--count", type=int, default=200, help="requests in a round")
    asked = parser.parse_args()
    found = race(contenders((asked.rounds + 1) * asked.count), asked.rounds, asked.count)
    yardstick = next(iter(found.values()))
    print(f"{'':<40}{'median µs':>10}{'ratio':>9}")
    for name, mine in found.items():
        ratio = median(one / other for one, other in zip(mine, yardstick, strict=True))
        print(f"{name:<40}{median(mine) * 1e6:>10.1f}{ratio:>9.1f}")


if __name__ == "__main__":
    main()
