"""Whatever happens to a writer, no acknowledged entry is lost and the log verifies."""

from __future__ import annotations

import ctypes
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reglament.audit import DecisionLog, open_log
from reglament.audit.entry import Entry
from reglament.audit.verification import verify
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.laws import sample
from support.shop import record, request

KILLS = int(os.environ.get("REGLAMENT_KILLS", "200"))
# From linux/capability.h.
CAPABILITIES_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A child that does `work`, given the end of a pipe to write to; its id, and the other end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        work(writing)
        os._exit(0)
    except BaseException as error:
        os.write(writing, f"!{error}".encode())
        os._exit(1)


def ended(child: int, reading: int) -> str:
    """What the child wrote, once it has ended."""
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(child, 0)
    return told


def writer(url: str, policy: Policy, most: int) -> Callable[[int], None]:
    def write(pipe: int) -> None:
        with open_log(url, create=True) as log:
            for number in range(most):
                entry = record(log, policy, request(number))
                os.write(pipe, f"{entry.sequence} {entry.hash}\n".encode())

    return write


def acknowledged(told: str) -> dict[int, str]:
    """The entries that a writer was told are safe; a line cut by the kill is no promise."""
    assert "!" not in told, told
    lines = [line for line in told.splitlines(keepends=True) if line.endswith("\n")]
    return {int(number): hash_ for number, hash_ in (line.split() for line in lines)}


def record_once(url: str, policy: Policy) -> None:
    """What a first entry imports and makes is here before children are: each has it then."""
    with open_log(url, create=True) as log:
        record(log, policy, request())


def kill_writers(urls: Callable[[int], str], policy: Policy, kills: int) -> int:
    """Kill that many writers at random moments; how many of their entries were acknowledged."""
    chance = random.Random(20261122)
    promised: dict[str, dict[int, str]] = {}
    for number in range(kills):
        url = urls(number)
        child, reading = forked(writer(url, policy, 10_000))
        if number % 2:  # the others are killed wherever they are, mostly while they begin
            select.select([reading], [], [], 60)
        time.sleep(chance.uniform(0.0, 0.03))
        os.kill(child, signal.SIGKILL)
        promised.setdefault(url, {}).update(acknowledged(ended(child, reading)))
    for url, entries in promised.items():
        with open_log(url, create=True) as log:
            kept = {entry.sequence: entry.hash for entry in log.entries()}
            assert entries.items() <= kept.items()
            assert list(kept) == list(range(1, len(kept) + 1))
            assert verify(log).is_sound
    return sum(map(len, promised.values()))


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_loses_no_acknowledged_entry(
    tmp_path: Path, policy: Policy
) -> None:
    record_once(str(tmp_path / "another.db"), policy)
    # Every tenth writer begins a new log, so that beginning one is killed too.
    promised = kill_writers(lambda number: str(tmp_path / f"log{number // 10}.db"), policy, KILLS)

    assert promised >= KILLS // 2


@pytest.mark.slow
def test_a_client_of_postgresql_killed_at_any_moment_loses_no_acknowledged_entry(
    postgres_url: str, policy: Policy
) -> None:
    record_once(postgres_url, policy)
    promised = kill_writers(lambda _: postgres_url, policy, max(8, KILLS // 8))

    assert promised >= max(8, KILLS // 8) // 2


@pytest.mark.parametrize("url", sample(["sqlite", "postgres"], 1), indirect=True)
def test_eight_processes_that_write_at_once_leave_one_chain(
    url: str, tmp_path: Path, policy: Policy
) -> None:
    record_once(str(tmp_path / "another.db"), policy)
    children = [forked(writer(url, policy, 20)) for _ in range(8)]
    promised = [acknowledged(ended(*child)) for child in children]

    assert [len(one) for one in promised] == [20] * 8
    with open_log(url) as log:
        assert {k: v for one in promised for k, v in one.items()} == {
            entry.sequence: entry.hash for entry in log.entries()
        }
        result = verify(log)
    assert result.entries == 160
    assert result.is_sound


def fill(log: DecisionLog, policy: Policy, acknowledged: list[Entry]) -> None:
    """Record until the log takes no more."""
    for number in range(100_000):
        acknowledged.append(record(log, policy, request(number)))


def limit_pages(log: DecisionLog, more: int) -> None:
    """Let the file grow by so many pages and no further: SQLite then finds the disk full."""
    with log.storage.writing.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")


def test_a_full_disk_is_told_and_leaves_no_half_entry(
    file_log: DecisionLog, policy: Policy
) -> None:
    record(file_log, policy, request())
    limit_pages(file_log, 2)

    with pytest.raises(Refused, match="full") as refused:
        fill(file_log, policy, [])

    assert "what was being written is not in the log" in str(refused.value)
    before = file_log.count()
    limit_pages(file_log, 1000)
    record(file_log, policy, request())
    assert file_log.count() == before + 1
    assert verify(file_log).is_sound


@pytest.fixture
def small_disk(tmp_path: Path) -> str:
    """A file system of a megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small file system")
    return str(folder)


def test_a_file_system_that_fills_up_is_told_and_leaves_no_half_entry(
    small_disk: str, policy: Policy
) -> None:
    acknowledged: list[Entry] = []
    try:
        with open_log(f"{small_disk}/log.db", create=True) as log:
            with pytest.raises(Refused, match=r"full|disk I/O") as refused:
                fill(log, policy, acknowledged)
            assert "what was being written is not in the log" in str(refused.value)
        with open_log(f"{small_disk}/log.db") as log:
            assert log.count() == len(acknowledged) > 50
            assert verify(log).is_sound
    finally:
        subprocess.run(["umount", small_disk], check=True)


def bound_by_permissions(work: Callable[[], str]) -> str:
    """What `work` tells in a process that may write only where the permissions of files let it."""

    def told(pipe: int) -> None:
        if os.geteuid() == 0:
            give_up_overriding_permissions()
        os.write(pipe, work().encode())

    return ended(*forked(told))


def give_up_overriding_permissions() -> None:
    """Take from this process what lets root write everywhere, and nothing else.

    Becoming somebody else would take away more: whoever that is may not be allowed into the
    folders that the project and Python are in, of which modules are still to be imported.
    """
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then their high halves
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.capget(header, sets) == 0, os.strerror(ctypes.get_errno())
    for kind in (0, 1):  # not only effective: access(2) asks root's permitted ones
        sets[kind] &= ~(1 << CAP_DAC_OVERRIDE)
    assert libc.capset(header, sets) == 0, os.strerror(ctypes.get_errno())


@pytest.mark.skipif(
    os.geteuid() == 0 and sys.platform != "linux", reason="root may write everywhere"
)
def test_a_file_that_may_only_be_read_can_be_verified_and_not_written(
    policy: Policy, tmp_path: Path
) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    path = folder / "log.db"
    try:
        with open_log(str(path), create=True) as log:
            record(log, policy, request())
        path.chmod(0o444)
        folder.chmod(0o555)

        def write() -> str:
            try:
                with open_log(str(path), create=True) as log:
                    record(log, policy, request())
            except Refused as refused:
                return str(refused)
            return "written"

        def check() -> str:
            with open_log(str(path)) as log:
                return f"{verify(log).entries} {verify(log).is_sound}"

        refusal = bound_by_permissions(write)
        assert "cannot be read or written" in refusal
        assert "readonly database" in refusal
        assert bound_by_permissions(check) == "1 True"
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_file_that_is_no_log_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(data)

    with pytest.raises(Refused, match="log"):
        open_log(str(path))


@pytest.mark.parametrize(
    "url", ["postgresql://reglament@/none?host=/nowhere", "mysql://x", "sqlite://", "://"]
)
def test_an_address_without_a_log_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        open_log(url)
