"""What following requests over time costs; `python benchmarks/reactions.py [EVENTS] [--matcher M]`.

Events come two a request, from a file through the journal (SQLite, every commit on the disk) to
a file of effects, on a virtual clock. `N --memory` tells what N subjects kept in memory cost, in a
process of its own; `N --fuzz` compares the two matchers on 3 N random sessions.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "engine"), str(ROOT / "tests" / "reactions")]

from random_sessions import random_facts, random_rules  # noqa: E402

from reglament import load_policy  # noqa: E402
from reglament.events.engine import Follower  # noqa: E402
from reglament.events.journal import Journal  # noqa: E402
from reglament.events.runner import Stop, Watch  # noqa: E402
from reglament.events.sandbox import FencedMatcher  # noqa: E402
from reglament.events.sinks import FileSink  # noqa: E402
from reglament.events.sources import FileSource  # noqa: E402
from reglament.matching.matching_rules import Matcher, RuleSet  # noqa: E402
from reglament.matching.naive import NaiveMatcher  # noqa: E402
from reglament.storage.store import Store  # noqa: E402

Make = Callable[[RuleSet], Matcher]
MATCHERS: dict[str, Make] = {"plain": NaiveMatcher, "durable": FencedMatcher}
TIERS = (
    {"requester.kind": "certified_partner"},
    {
        "requester.kind": "user",
        "subscription.active_from": "2026-01-01T00:00",
        "subscription.active_until": "2027-01-01",
    },
)
START = datetime(2026, 3, 2, 10)


def lines(count: int) -> list[str]:
    """Every request is created, and answered four hours later; in the order of time."""
    found = []
    for number in range(count // 2):
        at = START + timedelta(seconds=number)
        created = {"event": "created", "at": at.isoformat(), "facts": TIERS[number % 2]}
        answered = {"event": "answered", "at": (at + timedelta(hours=4)).isoformat()}
        for name, told in (("c", created), ("a", answered)):
            found.append({"id": f"{name}{number}", "subject": f"request/R-{number}", **told})
    found.sort(key=lambda one: str(one["at"]))
    return [json.dumps(one) for one in found]


def measure(count: int, make: Make, folder: Path) -> None:
    """All events through a watch; then what a restart costs; then one event alone."""
    policy = load_policy("technical-support")
    told = lines(count)
    (folder / "events.jsonl").write_text("\n".join(told) + "\n", encoding="utf-8")
    end = policy.moment((START + timedelta(days=60)).isoformat())

    def watch(*, as_of: datetime = end, kept: int = 800) -> tuple[Watch, float]:
        started = time.perf_counter()
        follower = Follower(policy, Journal(Store(str(folder / "journal.db"))), make, kept)
        source = FileSource(folder / "events.jsonl", follows=False)
        made = Watch(follower, source, FileSink(folder / "effects.jsonl"), as_of=as_of)
        made.run(Stop())
        follower.close()
        return made, time.perf_counter() - started

    done, seconds = watch()
    _show("subjects followed", count // 2)
    _show("events / s, journal to effects", round(done.done.events / seconds))
    _show("effects", done.done.effects)
    _, again = watch()
    _show(f"start again where it was, {count} events, s", round(again, 3))
    _rebuild_all(policy, make, folder, end)
    _one_event(watch, folder)


def _rebuild_all(policy, make: Make, folder: Path, end: datetime) -> None:  # type: ignore[no-untyped-def]
    store = Store(str(folder / "journal.db"))
    follower = Follower(policy, Journal(store), make, 0)
    with store.transaction() as tx:
        subjects = tx.rows("SELECT kind, subject FROM subjects")
        started = time.perf_counter()
        for kind, subject in subjects:
            follower.look(tx, kind, subject, end)
    _show("rebuild every subject from its events, s", round(time.perf_counter() - started, 2))
    follower.close()
    store.close()


def _one_event(watch, folder: Path) -> None:  # type: ignore[no-untyped-def]
    source = folder / "events.jsonl"
    taken = []
    for number in range(20):
        one = {"id": f"x{number}", "subject": f"request/X-{number}", "event": "created"}
        answered = {"id": f"y{number}", "subject": f"request/X-{number}", "event": "answered"}
        with source.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**one, "at": "2026-03-03T10:00", "facts": TIERS[0]}) + "\n")
            file.write(json.dumps({**answered, "at": "2026-03-03T11:00"}) + "\n")
        taken.append(watch()[1])
    _show("event to effect, a watch started for it, ms (median)", round(sorted(taken)[10] * 1e3, 1))


def memory(count: int) -> None:
    """What a subject costs while it is kept in memory."""
    policy = load_policy("technical-support")
    store = Store(":memory:")
    follower = Follower(policy, Journal(store), NaiveMatcher, count)
    with store.transaction() as tx:
        for number in range(count):
            told = {"id": f"c{number}", "subject": f"request/R-{number}", "event": "created"}
            follower.take(tx, json.dumps({**told, "at": "2026-03-03T10:00", "facts": TIERS[0]}))
        before = _peak()
        for number in range(count):
            follower.follow(tx, "request", f"R-{number}", policy.moment("2026-03-03T11:00"))
    _show(f"memory a subject, {count} kept, kB", round((_peak() - before) / count, 1))


def fuzz(count: int) -> None:
    """Random sessions by both matchers; a difference ends it."""
    sessions = operations = firings = restarts = 0
    for seed in range(count):
        chance = Random(seed)
        rules = random_rules(chance)
        durable, plain = FencedMatcher(rules), NaiveMatcher(rules)
        for _ in range(3):
            facts = random_facts(chance, rules, 20)
            expected = plain.open().tell(facts)
            if durable.open().tell(facts) != expected:
                raise SystemExit(f"seed {seed}: the matchers differ")
            sessions, operations = sessions + 1, operations + len(facts)
            firings += sum(map(len, expected))
        restarts += durable.restarts
        durable.close()
    _show("random sessions", sessions)
    _show("operations", operations)
    _show("firings", firings)
    _show("differences", 0)
    _show("crashes", restarts)


def _peak() -> int:
    """Kilobytes, on Linux."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _show(name: str, value: object) -> None:
    print(f"{name:<60} {value}", flush=True)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("events", type=int, nargs="?", default=100_000)
    parser.add_argument("--matcher", choices=[*MATCHERS], default="plain")
    parser.add_argument("--memory", action="store_true", help="what so many subjects take")
    parser.add_argument("--fuzz", action="store_true", help="matchers on so many random sessions")
    asked = parser.parse_args()
    if (asked.fuzz or asked.matcher == "durable") and find_spec("durable") is None:
        parser.error("durable-rules is not installed: pip install -e '.[reactions]'")
    if asked.memory or asked.fuzz:
        (memory if asked.memory else fuzz)(asked.events)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(asked.events, MATCHERS[asked.matcher], Path(folder))


if __name__ == "__main__":
    main()
