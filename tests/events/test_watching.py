"""A watch that is killed, stopped, misled or cut off loses no event and doubles no effect."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reglament import Policy, Refused
from reglament.events.engine import Follower
from reglament.events.journal import Effect, Journal
from reglament.events.runner import Malformed, Stop, Watch
from reglament.events.sinks import FileSink, Handed, Sink, Undelivered
from reglament.events.sources import FileSource
from reglament.matching.naive import NaiveMatcher
from reglament.storage.store import Store, Unreachable
from support.events import (
    PARTNER,
    PATIENCE,
    command,
    environment,
    line,
    lines_of,
    many,
    told,
    wait_for,
)
from support.laws import sample

SUBJECTS = 40
# Half of the time is used up and the answers are given; nothing more is due yet.
THEN = "2026-03-03T15:30"
EVENTS = [
    one
    for number in range(SUBJECTS)
    for one in (
        line(f"c{number}", f"request/R-{number}", "created", "2026-03-03T10:00", facts=PARTNER),
        line(f"a{number}", f"request/R-{number}", "answered", "2026-03-03T15:00"),
    )
]
WANTED = sorted(
    (f"request/R-{number}", reaction)
    for number in range(SUBJECTS)
    for reaction in ("response-half-used", "answered-in-time")
)
FIRST = [f"request/R-{number}" for number in range(4)]  # which the first eight events are about


def watch(
    policy: Policy,
    folder: Path,
    sink: Sink,
    *,
    store: Store | None = None,
    malformed: Malformed = "stop",
    notes: list[str] | None = None,
    stop: Stop | None = None,
    source: FileSource | None = None,
) -> Watch:
    store = store or Store(str(folder / "journal.db"))
    follower = Follower(policy, Journal(store), NaiveMatcher)
    source = source or FileSource(folder / "events.jsonl", follows=False)
    said: list[str] = [] if notes is None else notes
    made = Watch(
        follower,
        source,
        sink,
        malformed=malformed,
        clock=lambda: policy.moment(THEN),
        say=lambda words: said.append(words.to("en")),
    )
    with closing(store):
        made.run(stop or Stop())
    return made


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path) -> None:
    events, effects = tmp_path / "events.jsonl", tmp_path / "effects.jsonl"
    lines, wanted = many(700)
    events.write_text("\n".join(lines) + "\n", encoding="utf-8")
    arguments = (str(events), "--journal", str(tmp_path / "j.db"), "--to", str(effects))
    arguments += ("--as-of", THEN)
    chance, killed = Random(6), 0
    for _ in range(8):
        process = subprocess.Popen(command(*arguments), env=environment())
        time.sleep(0.3 + chance.random() * 0.5)
        killed += process.poll() is None
        process.kill()
        process.wait()

    done = subprocess.run(command(*arguments), env=environment(), check=False)

    assert killed > 0
    assert done.returncode == 0
    assert told(effects) == wanted


def test_a_signal_stops_it_cleanly_and_the_file_may_grow_meanwhile(tmp_path: Path) -> None:
    events, effects = tmp_path / "events.jsonl", tmp_path / "effects.jsonl"
    arguments = (str(events), "--journal", str(tmp_path / "j.db"), "--to", str(effects))
    process = subprocess.Popen(command(*arguments), env=environment(), stderr=subprocess.PIPE)
    with events.open("a", encoding="utf-8") as file:
        file.write(EVENTS[0] + "\n" + EVENTS[1])  # the last line is not ended yet
    wait_for(lambda: (tmp_path / "j.db").exists() and _count(tmp_path / "j.db") == 1)
    with events.open("a", encoding="utf-8") as file:
        file.write("\n")
    wait_for(lambda: effects.exists() and ("request/R-0", "answered-in-time") in told(effects))

    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert complaints == b""
    keys = [one["key"] for one in lines_of(effects)]
    assert len(keys) == len(set(keys))


def _count(path: Path) -> int:
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            return int(connection.execute("SELECT COUNT(*) FROM events").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_line_that_is_no_event_stops_it_after_what_stands_before(
    policy: Policy, tmp_path: Path
) -> None:
    (tmp_path / "events.jsonl").write_text("\n".join([*EVENTS[:2], "{bad", *EVENTS[2:4]]) + "\n")
    sink = FileSink(tmp_path / "effects.jsonl")

    with pytest.raises(Refused, match=r"(?s)events.jsonl:3:2: the line is not JSON\n.*\{bad"):
        watch(policy, tmp_path, sink)

    assert {subject for subject, _ in told(tmp_path / "effects.jsonl")} == {"request/R-0"}


def test_a_line_that_is_no_event_can_be_kept_aside(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text("\n".join([*EVENTS[:2], "{bad", *EVENTS[2:4]]) + "\n")
    notes: list[str] = []

    done = watch(policy, tmp_path, FileSink(tmp_path / "e.jsonl"), malformed="skip", notes=notes)

    (note,) = notes
    assert note.startswith(f"{tmp_path}/events.jsonl:3:2: the line is not JSON\n    3 | {{bad\n")
    assert {subject for subject, _ in told(tmp_path / "e.jsonl")} == {"request/R-0", "request/R-1"}
    with done.journal.store.transaction() as tx:
        assert tx.rows("SELECT line, why FROM refused") == [("{bad", "the line is not JSON")]


MISTAKES = {
    "an event needs a text `at`": {"at": None},
    "an event has no `evnt`": {"evnt": 1},
    "there is no subject `reqest`": {"subject": "reqest/1"},
    "write a subject as": {"subject": "request"},
    "has no event `creatd`": {"event": "creatd"},
    "unknown fact `requester.knd`": {"facts": {"requester.knd": "user"}},
    "there is no such date": {"at": "2026-02-31T10:00"},
    "the event has no `who`": {"fields": {"who": "x"}},
}


@pytest.mark.parametrize("why", MISTAKES)
def test_a_malformed_event_is_told_what_is_wrong_with_it(
    policy: Policy, tmp_path: Path, why: str
) -> None:
    wrong = {**json.loads(EVENTS[0]), **MISTAKES[why]}
    (tmp_path / "events.jsonl").write_text(json.dumps(wrong) + "\n")

    with pytest.raises(Refused) as refused:
        watch(policy, tmp_path, FileSink(tmp_path / "effects.jsonl"))

    assert why in refused.value.to_text("en")


class Leaving(Store):
    """A database that goes away in the transaction of that number; never in the first one.

    That one makes the tables: where it cannot, a watch does not begin.
    """

    def __init__(self, where: str, number: int, moment: str) -> None:
        super().__init__(where)
        self.number, self.moment, self.count = number, moment, 0

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        self.count += 1
        leaves = 1 < self.count == self.number
        if leaves and self.moment == "before":
            raise Unreachable("gone before anything was done")
        with super().transaction() as tx:
            yield tx
            if leaves and self.moment == "within":
                raise sqlite3.OperationalError("gone before the end")
        if leaves and self.moment == "after":
            raise Unreachable("gone before it could say that it is done")


class Awaited(FileSource):
    """A file that may grow: whoever waits for it is asked to stop."""

    def __init__(self, path: Path, stop: Stop) -> None:
        super().__init__(path, follows=True)
        self.stop = stop

    def wait(self, seconds: float | None, wakeup: int) -> None:
        self.stop.asked = True


@pytest.mark.parametrize(
    ("follows", "moment"), sample([*product([False, True], ["before", "within", "after"])], 3)
)
def test_a_database_that_goes_away_at_any_moment_costs_nothing(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, follows: bool
) -> None:
    for module in ("runner", "delivery"):
        monkeypatch.setattr(f"reglament.events.{module}.BATCH", 4)
    monkeypatch.setattr("reglament.events.runner._pause", lambda stop, seconds: None)
    count, number = 3, 1
    while number < count - 1:  # the last one only counts what is owed
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "events.jsonl").write_text("\n".join(EVENTS[:8]) + "\n")
        store, stop = Leaving(str(folder / "journal.db"), number, moment), Stop()
        source = Awaited(folder / "events.jsonl", stop) if follows else None
        notes: list[str] = []

        done = watch(
            policy, folder, FileSink(folder / "effects.jsonl"),
            store=store, source=source, stop=stop, notes=notes,
        ).done  # fmt: skip

        assert told(folder / "effects.jsonl") == [one for one in WANTED if one[0] in FIRST]
        assert done.undelivered == 0
        assert len([one for one in notes if "gone before" in one]) == (number > 1)
        count, number = count if number > 1 else store.count, number + 1
    assert count > 8


def test_effects_that_nobody_accepts_stay_in_the_journal(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Closed:
        may_repeat = True

        def send(self, effects: list[Effect]) -> Handed:
            raise Undelivered("closed")

        def close(self) -> None:
            pass

    (tmp_path / "events.jsonl").write_text("\n".join(EVENTS[:2]) + "\n")
    notes: list[str] = []

    monkeypatch.setattr("reglament.events.delivery.LATER", 0.01)
    left = watch(policy, tmp_path, Closed(), notes=notes).done
    watch(policy, tmp_path, FileSink(tmp_path / "effects.jsonl"))

    assert notes == ["not delivered, will retry: closed"] * 5
    assert (left.effects, left.undelivered) == (0, 2)
    assert len(told(tmp_path / "effects.jsonl")) == 2


def test_a_line_that_a_crash_cut_off_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "effects.jsonl"
    path.write_text('{"key": "one"}\n{"key": "tw')

    FileSink(path).send([Effect(1, {"key": "one"}), Effect(2, {"key": "two"})])

    assert path.read_text() == '{"key": "one"}\n{"key": "two"}\n'
