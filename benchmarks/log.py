"""From decisions to figures: how fast a log takes them, how fast it is verified, how large it is.

    python benchmarks/log.py [ENTRIES] [POSTGRES-URL]

Durable writes are timed beside a bare insert of the same bytes into a table of one
column, with the same settings, one commit each, in the same run. Each entry is of a request
decided for it: complete ones, and ones that tell 4 of 18 facts. The steady figure is the
processor time of an entry, in which deciding is included.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import text

sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`

from benchmarks import requests  # noqa: E402
from reglament.analysis.window import DayWindow  # noqa: E402
from reglament.audit import DecisionLog, open_log  # noqa: E402
from reglament.audit.log import Recordable  # noqa: E402
from reglament.audit.replay import replay  # noqa: E402
from reglament.audit.rows import packed  # noqa: E402
from reglament.audit.verification import verify  # noqa: E402
from reglament.batch.impact import ComparedTable, impact  # noqa: E402
from reglament.evaluation import Evaluator  # noqa: E402
from reglament.language.requests.request_reader import facts_from  # noqa: E402
from reglament.model.regulation import Version  # noqa: E402
from reglament.policy import Policy, load_policy  # noqa: E402

DURABLE = 2000
AT_ONCE = 500
WARM = 100
DIFFERENT = 200


def main(entries: int = 10_000, postgres: str | None = None) -> None:
    """Print every figure."""
    policy = load_policy("technical-support")
    print(f"{DIFFERENT} different requests, {entries} entries; per second:")
    with TemporaryDirectory() as folder:
        measure("SQLite", f"{folder}/log.db", entries, policy)
        files = Path(folder).iterdir()
        size = sum(file.stat().st_size for file in files if "log.db" in file.name)
        print(f"  bytes per entry on the disk: {size / (entries + min(DURABLE, entries)):.0f}")
    if postgres is not None:
        measure("PostgreSQL", postgres, entries, policy)


def recordable(policy: Policy, *, is_told: bool = True) -> Iterator[Recordable]:
    """Decisions of different requests, one after another without end.

    With every fact told, or with four.
    """
    make = requests.complete if is_told else requests.of_four
    for facts in cycle(make(DIFFERENT)):
        decision = policy.decide(facts)
        yield decision.recordable()


def measure(name: str, url: str, entries: int, policy: Policy) -> None:
    """The figures of one database."""
    durable, decided = min(DURABLE, entries), recordable(policy)
    with open_log(url, create=True) as log:
        write_each(log, decided, WARM)
        with cpu("an entry, one commit each", durable):
            each = timed(lambda: write_each(log, decided, durable))
        bare = timed(lambda: write_bare(log, durable))
        print(
            f"{name}: durable entries {durable / each:.0f}, bare inserts {durable / bare:.0f}, ",
            f"ratio {each / bare:.2f}",
            sep="",
        )
        lacking = recordable(policy, is_told=False)
        write_many(log, lacking, WARM)
        with cpu(f"an entry of four facts, {AT_ONCE} in a transaction", durable):
            write_many(log, lacking, durable)
        sizes = [len(entry.data) for entry in log.entries(first=log.count() - 199)]
        print(f"  bytes of such an entry: {sum(sizes) / 200:.0f}")
        with cpu(f"an entry, {AT_ONCE} in a transaction", entries):
            many = timed(lambda: write_many(log, decided, entries))
        print(f"  entries, {AT_ONCE} in a transaction: {entries / many:.0f}")
        count = log.count()
        for kind, told in (("verify", {}), ("verify, chain only", {"is_chain_only": True})):
            with cpu(f"an entry, {kind}", count):
                spent = timed(lambda told=told: check(log, **told))
            print(f"  {kind}: {count / spent:.0f} ({spent:.1f} s for {count})")
        with cpu("an entry, replay", count):
            spent = timed(lambda: replay(log, policy.versions[-1]))
        print(f"  replay: {count / spent:.0f} ({spent:.1f} s for {count})")
        told = [dict(entry.body["request"]) for entry in log.entries()]
        with cpu("an entry, of a replay deciding alone", count):
            decide_all(policy.versions[-1], told)
        with cpu("an entry, diff --on the log", count):
            impact(policy.versions[-1], policy.versions[-1], DayWindow(), ComparedTable(url))
        sizes = [len(entry.data) for entry in log.entries(last=200)]
        kept = [len(packed(entry.data)) for entry in log.entries(last=200)]
        print(f"  bytes of an entry: {sum(sizes) / 200:.0f}, packed {sum(kept) / 200:.0f}")


def write_each(log: DecisionLog, decided: Iterator[Recordable], count: int) -> None:
    """One commit each."""
    for one in islice(decided, count):
        log.append_one(one)


def write_bare(log: DecisionLog, count: int) -> None:
    """The same bytes, one commit each, with no chain and no document made."""
    bodies = [packed(entry.data) for entry in log.entries(last=count)]
    column = "BLOB" if log.storage.is_sqlite else "BYTEA"
    with log.storage.writing.begin() as connection:
        connection.execute(text(f"CREATE TABLE bare (body {column})"))
    statement = text("INSERT INTO bare VALUES (:body)")
    for body in bodies:
        with log.storage.writing.begin() as connection:
            connection.execute(statement, {"body": body})
    with log.storage.writing.begin() as connection:
        connection.execute(text("DROP TABLE bare"))


def write_many(log: DecisionLog, decided: Iterator[Recordable], count: int) -> None:
    """Many entries in one transaction."""
    for start in range(0, count, AT_ONCE):
        log.append_all(list(islice(decided, min(AT_ONCE, count - start))))


def decide_all(version: Version, requests: list[dict[str, object]]) -> None:
    """What a replay does besides reading entries and comparing what they say."""
    evaluator = Evaluator(version)
    for told in requests:
        for outcome in evaluator.evaluate(facts_from(version, told)).values():
            _ = outcome.outcome


def check(log: DecisionLog, *, is_chain_only: bool = False) -> None:
    """Verify, and make sure that there was nothing to find."""
    result = verify(log, is_chain_only=is_chain_only)
    assert result.is_sound, result.findings[:3]


@contextmanager
def cpu(what: str, count: int) -> Iterator[None]:
    """Print the processor time of each of so many, which hangs little on who else is at work."""
    start = process_time()
    yield
    print(f"  processor time of {what}: {(process_time() - start) / count * 1e6:.0f} us")


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("entries", type=int, nargs="?", default=10_000)
    parser.add_argument("postgres", nargs="?", help="the URL of a database that may be written")
    main(**vars(parser.parse_args()))
