"""From random complete requests to how many questions an interview asks about each.

The whole form has a field for every fact of the policy; the interview asks one
question at a time, best first, and stops when the decision is determined.
Run: `python benchmarks/interview.py [COUNT]`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`, not `requests`

from benchmarks import ours
from benchmarks import requests as made

COUNT = 100


def asked(policy: Any, request: made.Request, decision: str | tuple[str, ...]) -> int:
    """How many questions are asked until the decision, or each of several, is determined."""
    told: dict[str, Any] = {}
    while (question := policy.next_question(told, decision)) is not None:
        told[question.fact] = request[question.fact]
    return len(told)


def spread(counts: list[int]) -> str:
    """The average, the range and the most common number."""
    common = Counter(counts).most_common(1)[0][0]
    average = sum(counts) / len(counts)
    return f"{average:5.2f} on average, {min(counts)} to {max(counts)}, most often {common}"


def main(count: int) -> None:
    """Print the questions asked for the answer alone, and for every decision."""
    policy = ours.load()
    requests = made.complete(count)
    fields = len(policy.versions[-1].facts)
    print(f"{count} requests; the whole form asks {fields} questions about each")
    for name, decision in (("answer", "answer"), ("every decision", ours.DECISIONS)):
        start = perf_counter()
        counts = [asked(policy, request, decision) for request in requests]
        each = (perf_counter() - start) / sum(counts)
        share = sum(counts) / len(counts) / fields
        print(f"{name:<15} {spread(counts)}; {share:.0%} of the form; {each * 1e3:.1f} ms each")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("requests", type=int, nargs="?", default=COUNT)
    main(parser.parse_args().requests)
