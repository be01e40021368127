"""From requests that lack facts to what the exact answer costs, beside a full decision.

    python benchmarks/missing.py [--policy P] [--rounds N] [--count N] [--before N] [--profile]

The same is asked about complete requests and about requests from which about a third of the
facts are dropped: of every decision its outcome; that and what is possible; that and the facts
needed, ranked; that and the rules behind it; the document of the level `reasons`; and the whole
document. Of a policy other than technical-support, requests mix the values of its worked
examples. Each round takes requests that no earlier round has seen, after `--before` others, as a
service that has been up for a while has seen; with `--before 0` the first round is the first
work of the process. A ratio is the median over the rounds of two times from the same round, in
CPU time of the process.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`, not `requests`

from benchmarks import requests  # noqa: E402
from benchmarks.document import mixed  # noqa: E402
from reglament import load_policy  # noqa: E402

Ask = Callable[[requests.Request], object]


def ways(policy: Any) -> dict[str, Ask]:
    """What is asked of each request."""

    def outcomes(request: requests.Request) -> object:
        return [one.outcome for one in policy.decide(request).values()]

    def possible(request: requests.Request) -> object:
        found = policy.decide(request).values()
        return [(one.status, one.outcome, one.possible) for one in found]

    def needs(request: requests.Request) -> object:
        found = policy.decide(request).values()
        return [(one.status, one.outcome, one.possible, one.needs) for one in found]

    def rules(request: requests.Request) -> object:
        found = policy.decide(request).values()
        return [(one.status, one.outcome, one.possible, one.needs, one.rules) for one in found]

    def reasons(request: requests.Request) -> object:
        return policy.decide(request).to_dict(level="reasons")

    def document(request: requests.Request) -> object:
        return policy.decide(request).to_dict()

    several = (outcomes, possible, needs, rules, reasons, document)
    return {ask.__name__: ask for ask in several}


def drawn(policy: Any, count: int) -> tuple[list[requests.Request], list[requests.Request]]:
    """Complete requests, and requests that lack facts."""
    if policy.id == "technical-support":
        return requests.complete(count, seed=11), requests.partial(count, seed=11)
    random, complete = Random(5), list(islice(mixed(policy), min(count, 2_000)))
    complete = [random.choice(complete) for _ in range(count)]
    partial = [{f: v for f, v in one.items() if random.random() >= 0.3} for one in complete]
    return complete, partial


@dataclass
class Race:
    """Microseconds a request, round by round, of one thing asked."""

    complete: list[float] = field(default_factory=list)
    partial: list[float] = field(default_factory=list)

    def ratio(self) -> float:
        """How much longer requests take that lack facts."""
        return median(mine / full for mine, full in zip(self.partial, self.complete, strict=True))


def race(policy: Any, rounds: int, count: int, before: int) -> dict[str, Race]:
    """Ask everything of new requests in each round, complete ones and partial ones in turn."""
    asked = ways(policy)
    needed = before + rounds * count * len(asked)
    complete, partial = drawn(policy, needed)
    del complete[:before]
    for request in partial[:before]:
        asked["rules"](request)
    del partial[:before]
    races = {name: Race() for name in asked}
    # A service asks one thing over and over, so one after another, not in turn.
    names = [name for name in asked for _ in range(rounds)]
    for number, name in enumerate(names):
        part = slice(number * count, (number + 1) * count)  # nobody has asked about these
        races[name].complete.append(_time(asked[name], complete[part]))
        races[name].partial.append(_time(asked[name], partial[part]))
    return races


def _time(ask: Ask, told: Sequence[requests.Request]) -> float:
    start = time.process_time()
    for request in told:
        ask(request)
    return (time.process_time() - start) / len(told) * 1e6


def main() -> None:
    """Race, or profile, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--policy", default="technical-support", help="a shipped policy")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--count", type=int, default=200, help="requests in a round")
    parser.add_argument(
        "--before", type=int, default=20_000, help="requests before the first round"
    )
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    asked = parser.parse_args()
    policy = load_policy(asked.policy)
    if asked.profile:
        profile = cProfile.Profile()
        profile.runcall(race, policy, 1, asked.count, asked.before)
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    found = race(policy, asked.rounds, asked.count, asked.before)
    print(f"{'median µs a request':<22}{'complete':>12}{'facts missing':>16}{'ratio':>8}")
    for name, one in found.items():
        full, lacking = median(one.complete), median(one.partial)
        print(f"  {name:<20}{full:>12.1f}{lacking:>16.1f}{one.ratio():>8.1f}")


if __name__ == "__main__":
    main()
