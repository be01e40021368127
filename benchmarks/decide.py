"""From varied requests to a table of microseconds: the engine beside hand-written code and peers.

    python benchmarks/decide.py [--rounds N] [--count N] [--json]

Every contender's answers are checked against the hand-written function before it is timed. Each
round takes requests that no earlier round has seen, so that remembering whole requests helps
nobody, and times all contenders one after another, in an order that moves from round to round.
A ratio is the median over the rounds of a contender's time to the yardstick's in the same round.
Exit status 1 where a contender answered wrongly.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`, not `requests`

from benchmarks import handwritten, ours, requests  # noqa: E402

Request = dict[str, Any]
PEERS = {"zen-engine": "zen_peer", "rule-engine": "rule_engine_peer", "cedarpy": "cedar_peer"}
ALL, SCOPE = "all decisions", "tier and scope"


def same(request: Request) -> Request:
    """The request itself: a contender that takes requests as they come."""
    return request


@dataclass(frozen=True)
class Contender:
    """What is timed: `ask` on each of the requests that `prepare` made ready beforehand."""

    name: str
    decides: str
    ask: Callable[[Any], object]
    prepare: Callable[[Request], Any] = same
    partial: bool = False
    seconds: list[float] = field(default_factory=list)


@dataclass
class Field:
    """The contenders, and a line for each that is left out."""

    contenders: list[Contender] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


YARDSTICKS = {
    ALL: Contender("hand-written", ALL, handwritten.decide_all),
    SCOPE: Contender("hand-written", SCOPE, handwritten.decide_scope),
}


def gather(sample: Sequence[Request]) -> Field:
    """Everyone who is installed and answers `sample` as the hand-written function does."""
    found = Field(list(YARDSTICKS.values()))
    _add_ours(found, sample)
    for package, module in PEERS.items():
        _add_peer(found, package, module, sample)
    return found


def _add_ours(found: Field, sample: Sequence[Request]) -> None:
    try:
        policy = ours.load()
    except ImportError as reason:
        found.left_out.append(f"reglament: left out, {_first_line(reason)}")
        return
    if differs := _difference(sample, lambda told: ours.plain(policy, told)):
        found.wrong.append(f"reglament: {differs}")
    for name, ask in ours.ways_to_ask(policy).items():
        decides = SCOPE if name in (ours.ALL_DECIDED, ours.ONLY_TWO) else ALL
        found.contenders.append(Contender(f"reglament: {name}", decides, ask))
    ask = ours.ways_to_ask(policy)["every outcome read"]
    found.contenders.append(Contender("reglament: facts missing", ALL, ask, partial=True))


def _add_peer(found: Field, package: str, module: str, sample: Sequence[Request]) -> None:
    try:
        peer = importlib.import_module(f"benchmarks.peers.{module}")
        from benchmarks.peers.inputs import prepare_input
    except ImportError as reason:
        found.left_out.append(f"{package}: left out, {_first_line(reason)}")
        return
    ask = peer.prepare()
    if differs := _difference(sample, lambda told: ask(prepare_input(told))):
        found.wrong.append(f"{package}: {differs}")
        return
    name = f"{package} {peer.VERSION}"
    found.contenders.append(Contender(name, SCOPE, ask, prepare_input))
    if hasattr(peer, "prepare_traced"):
        traced = Contender(f"{name}, traced", SCOPE, peer.prepare_traced(), prepare_input)
        found.contenders.append(traced)


def _difference(sample: Sequence[Request], answer: Callable[[Request], dict[str, Any]]) -> str:
    """Where the answers first differ from the hand-written ones, in words; empty if nowhere."""
    for request in sample:
        got, expected = answer(request), handwritten.decide_all(request)
        for name, value in got.items():
            if value != expected[name]:
                return f"`{name}` is {value!r}, expected {expected[name]!r}, for {request}"
    return ""


def _first_line(reason: Exception) -> str:
    return f"{type(reason).__name__}: {reason}".splitlines()[0]


def race(contenders: Sequence[Contender], rounds: int, count: int) -> None:
    """Time every contender once a round, each round on requests of its own."""
    complete = list(_slices(requests.complete(rounds * count, seed=7), count))
    partial = list(_slices(requests.partial(rounds * count, seed=7), count))
    for number in range(rounds):
        turn = number % len(contenders)
        for contender in (*contenders[turn:], *contenders[:turn]):
            told = (partial if contender.partial else complete)[number]
            ready = [contender.prepare(request) for request in told]
            contender.seconds.append(_time(contender.ask, ready) / count)


def _slices(made: Sequence[Request], count: int) -> Iterator[Sequence[Request]]:
    return (made[start : start + count] for start in range(0, len(made), count))


def _time(ask: Callable[[Any], object], ready: Sequence[Any]) -> float:
    """Seconds to ask about each of `ready`; the collector stays on, as it does in a service."""
    gc.collect()
    start = time.perf_counter()
    for request in ready:
        ask(request)
    return time.perf_counter() - start


def rows(contenders: Sequence[Contender]) -> list[dict[str, Any]]:
    """A row a contender: microseconds a request, and the ratio to the yardstick of its kind."""
    return [
        {
            "decides": contender.decides,
            "name": contender.name,
            "best": min(contender.seconds) * 1e6,
            "median": median(contender.seconds) * 1e6,
            "ratio": median(
                mine / yardstick
                for mine, yardstick in zip(
                    contender.seconds, YARDSTICKS[contender.decides].seconds, strict=True
                )
            ),
        }
        for contender in contenders
    ]


def print_table(table: Sequence[dict[str, Any]]) -> None:
    """The rows as text, the two kinds apart."""
    for decides in (ALL, SCOPE):
        print(f"\n{decides:<44}{'best µs':>10}{'median µs':>11}{'ratio':>8}")
        for row in table:
            if row["decides"] == decides:
                figures = f"{row['best']:>10.2f}{row['median']:>11.2f}{row['ratio']:>8.2f}"
                print(f"  {row['name']:<42}{figures}")


def main() -> int:
    """Check, race, print; 1 where someone answered wrongly."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21, help="how often each is timed")
    parser.add_argument("--count", type=int, default=300, help="requests in a round")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    asked = parser.parse_args()
    found = gather(requests.complete(1000))
    race(found.contenders, asked.rounds, asked.count)
    table = rows(found.contenders)
    if asked.json:
        print(json.dumps({"rows": table, "left_out": found.left_out, "wrong": found.wrong}))
        return 1 if found.wrong else 0
    print(f"Python {platform.python_version()}, {platform.machine()}, µs a request")
    print_table(table)
    for line in (*found.left_out, *(f"WRONG {line}" for line in found.wrong)):
        print(f"\n{line}")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
