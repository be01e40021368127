"""From requests that lack facts to what the exact answer costs, beside a full decision.

    python benchmarks/missing.py [--rounds N] [--count N] [--profile]

On the shipped regulation. *Full* decides complete requests and reads every outcome. *Possible*
decides requests from which about a third of the facts are dropped, and reads the status, the
outcome and the outcomes still possible of every decision; *needs* reads the facts that each
hangs on, ranked, as well. Each round takes requests that no earlier round has seen. A ratio is
the median over the rounds of a time to that of full decisions in the same round.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`, not `requests`

from benchmarks import ours, requests  # noqa: E402


def ways(policy: Any) -> dict[str, Callable[[requests.Request], object]]:
    """What is timed."""

    def full(request: requests.Request) -> object:
        decided = policy.decide(request)
        return [decided[name].outcome for name in ours.DECISIONS]

    def possible(request: requests.Request) -> object:
        outcomes = map(policy.decide(request).__getitem__, ours.DECISIONS)
        return [(one.status, one.outcome, one.possible) for one in outcomes]

    def needs(request: requests.Request) -> object:
        decided = policy.decide(request)
        outcomes = map(decided.__getitem__, ours.DECISIONS)
        return [(one.status, one.outcome, one.possible, one.needs) for one in outcomes]

    return {"full": full, "possible": possible, "needs": needs}


def race(policy: Any, rounds: int, count: int) -> dict[str, list[float]]:
    """Microseconds a request, by what is asked; the ways take turns in each round."""
    complete = requests.complete(rounds * count, seed=11)
    partial = requests.partial(rounds * count, seed=11)
    took: dict[str, list[float]] = {name: [] for name in ways(policy)}
    for number in range(rounds):
        part = slice(number * count, (number + 1) * count)
        for name, ask in ways(policy).items():
            took[name].append(_time(ask, (complete if name == "full" else partial)[part]))
    return took


def _time(ask: Callable[[requests.Request], object], told: Sequence[requests.Request]) -> float:
    start = time.perf_counter()
    for request in told:
        ask(request)
    return (time.perf_counter() - start) / len(told) * 1e6


def main() -> None:
    """Race, or profile, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--count", type=int, default=100, help="requests in a round")
    parser.add_argument("--profile", action="store_true", help="where the time of `needs` goes")
    asked = parser.parse_args()
    policy = ours.load()
    race(policy, 1, asked.count)  # diagrams are built
    if asked.profile:
        profile = cProfile.Profile()
        profile.runcall(race, policy, 1, asked.count)
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    took = race(policy, asked.rounds, asked.count)
    print(f"{'facts missing':<16}{'best µs':>12}{'median µs':>12}{'ratio':>10}")
    for name, times in took.items():
        ratio = median(mine / full for mine, full in zip(times, took["full"], strict=True))
        print(f"  {name:<14}{min(times):>12.1f}{median(times):>12.1f}{ratio:>10.1f}")


if __name__ == "__main__":
    main()
