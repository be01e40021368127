"""From requests to how much quicker this tree answers them than another commit.

    python benchmarks/commits.py COMMIT [--policy P] [--rounds N] [--count N] [--before N] [--whole]

Both engines read the policies of that commit, each in a process of its own, and are asked the
same requests in turns: of every decision its outcome; that, its status, possible outcomes, needs
and rules; and the document of the levels `reasons` and `full`. Requests are those of `missing.py`
that lack facts, or with `--whole` those that tell all. A ratio is the median over the rounds of
two CPU times from the same round. Answers to the first question that the two engines do not share
are counted, needs without their order.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
POLICIES = ("technical-support", "annual-leave", "library-fees")
Request = dict[str, Any]


def _outcomes(policy: Any, request: Request) -> list[Any]:
    return [one.outcome for one in policy.decide(request).values()]


def _rules(policy: Any, request: Request) -> list[Any]:
    outcomes = policy.decide(request).values()
    return [(one.status, one.outcome, one.possible, one.needs, one.rules) for one in outcomes]


def _document(level: str) -> Callable[[Any, Request], object]:
    return lambda policy, request: policy.decide(request).to_dict(level=level)


ASKED: dict[str, Callable[[Any, Request], Any]] = {
    "outcomes": _outcomes,
    "rules": _rules,
    "reasons": _document("reasons"),
    "full": _document("full"),
}


def answer_lines(folder: str) -> None:
    """Be one of the engines: answer lines of questions by the policy in the folder."""
    from reglament import load_policy

    policy = load_policy(folder)
    for line in sys.stdin:
        asked, requests = json.loads(line)
        ask = ASKED[asked]
        start = time.process_time()
        answers = [ask(policy, request) for request in requests]
        seconds = time.process_time() - start
        told = [_comparable(one) for one in answers] if asked == "rules" else []
        print(json.dumps([seconds, told]), flush=True)


def _comparable(answers: list[Any]) -> list[str]:
    return [repr((*some[:3], sorted(some[3]), *some[4:])) for some in answers]


class Engine:
    """The engine of one tree, in a process of its own."""

    def __init__(self, tree: Path, policy: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--answer", str(policy)],
            env={**os.environ, "PYTHONPATH": str(tree / "engine")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, asked: str, requests: Sequence[Request]) -> tuple[float, list[list[str]]]:
        """The CPU seconds that it takes, and what is answered."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps([asked, requests]), file=self.process.stdin, flush=True)
        seconds, told = json.loads(self.process.stdout.readline())
        return seconds, told

    def end(self) -> None:
        """Let the process end."""
        self.process.communicate()


@contextmanager
def tree_of(commit: str) -> Iterator[Path]:
    """The engine and the policies of a commit, in a folder of their own."""
    parts = ["engine", "policies", "schemas"]
    packed = subprocess.run(
        ["git", "archive", commit, *parts], cwd=ROOT, check=True, capture_output=True
    )
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)


def race(tree: Path, name: str, asked_for: argparse.Namespace) -> None:
    """Ask both engines about one policy, and print."""
    rounds, count, before = asked_for.rounds, asked_for.count, asked_for.before
    requests = drawn(name, before + rounds * count * len(ASKED), asked_for.whole)
    engines = [Engine(one, tree / "policies" / name) for one in (tree, ROOT)]
    then, now = engines
    for at in range(0, before, count):
        for engine in engines:
            engine.ask("rules", requests[at : min(at + count, before)])
    waiting, unlike, total = iter(requests[before:]), 0, 0
    for asked in ASKED:
        seconds = list[tuple[float, float]]()
        for _ in range(rounds):
            some = [request for request, _ in zip(waiting, range(count), strict=False)]
            (slow, theirs), (quick, ours) = then.ask(asked, some), now.ask(asked, some)
            seconds.append((slow, quick))
            for one, other in zip(theirs, ours, strict=True):
                total += len(one)
                unlike += sum(a != b for a, b in zip(one, other, strict=True))
        ratio = median(slow / quick for slow, quick in seconds)
        slow, quick = (median(some) / count * 1e6 for some in zip(*seconds, strict=True))
        print(f"{name:<20}{asked:<10}{slow:>10.0f}{quick:>10.0f}{ratio:>8.1f}", flush=True)
    print(f"{name:<20}{unlike} of {total} answers are others")
    for engine in engines:
        engine.end()


def drawn(name: str, count: int, is_whole: bool) -> list[Request]:
    """The requests of `missing.py` that lack facts, or tell all."""
    sys.path[0] = str(ROOT)  # for `benchmarks.…`, not `requests`
    from benchmarks import missing
    from reglament import load_policy
    from reglament.rendering.plain.plain_values import plain

    whole, lacking = missing.drawn(load_policy(name), count)
    requests = whole if is_whole else lacking
    return [{fact: plain(value) for fact, value in one.items()} for one in requests]


def main() -> None:
    """Race and print, or be one of the engines."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("commit", nargs="?", default="HEAD")
    parser.add_argument("--policy", choices=POLICIES, help="one of the shipped policies alone")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--count", type=int, default=100, help="requests in a round")
    parser.add_argument("--before", type=int, default=3_000, help="requests before the first round")
    parser.add_argument("--whole", action="store_true", help="requests that tell all facts")
    parser.add_argument("--answer", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.answer:
        answer_lines(asked.answer)
        return
    print(f"{'µs a request':<30}{'then':>10}{'now':>10}{'times':>8}")
    with tree_of(asked.commit) as tree:
        for name in (asked.policy,) if asked.policy else POLICIES:
            race(tree, name, asked)


if __name__ == "__main__":
    main()
