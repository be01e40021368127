"""Events and requests that come line by line: what is wrong with one, and with the text of all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow as pa
import pytest

from reglament import Policy, Refused, load_policy
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.events import sources
from support.cli_runner import run
from support.parcels import PARCELS, event


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parcels")
    (path / "policy.yaml").write_text(PARCELS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def policy(folder: Path) -> Policy:
    return load_policy(folder / "policy.yaml")


def watched(folder: Path, tmp_path: Path, events: bytes, *more: str) -> tuple[int, str, list[str]]:
    """The exit status, what is said, and the reactions that came."""
    (tmp_path / "e.jsonl").write_bytes(events)
    done = run(
        *("watch", tmp_path / "e.jsonl", "--policy", folder / "policy.yaml", "--matcher", "plain"),
        *("--journal", tmp_path / "j.db", "--to", tmp_path / "out.jsonl"),
        *("--as-of", "2026-03-10T10:00", *more),
    )
    out = tmp_path / "out.jsonl"
    lines = out.read_text("utf-8").splitlines() if out.exists() else []
    return done.exit_code, done.stderr, [json.loads(line)["reaction"] for line in lines]


DEAR, CHEAP = '{"parcel.fee": 900719925474100}', '{"parcel.fee": 900719925474099.99}'


def test_watch_computes_with_the_number_that_is_told(folder: Path, tmp_path: Path) -> None:
    assert watched(folder, tmp_path, f"{event(CHEAP)}\n".encode()) == (0, "", [])
    assert watched(folder, tmp_path, f"{event(DEAR, id='e2')}\n".encode()) == (0, "", ["is-dear"])


def test_watch_reads_a_byte_order_mark_and_the_ends_of_lines_of_windows(
    folder: Path, tmp_path: Path
) -> None:
    events = f"\ufeff{event(CHEAP)}\r\n\r\n{event(DEAR, id='e2')}\r\n".encode()

    assert watched(folder, tmp_path, events) == (0, "", ["is-dear"])


def test_the_last_event_of_a_finished_file_needs_no_newline(folder: Path, tmp_path: Path) -> None:
    events = f"{event(CHEAP)}\n{event(DEAR, id='e2')}".encode()

    assert watched(folder, tmp_path, events) == (0, "", ["is-dear"])
    assert watched(folder, tmp_path, events + b"\n") == (0, "", ["is-dear"])


@pytest.mark.parametrize("malformed", ["stop", "skip"])
@pytest.mark.parametrize("cut", [30, len(event("{}").encode())])
def test_a_line_that_is_half_there_is_told_and_read_when_it_is_whole(
    folder: Path, tmp_path: Path, malformed: str, cut: int
) -> None:
    first = f"{event(CHEAP)}\n".encode()
    last = event('{"parcel.note": "é", "parcel.fee": 900719925474100}', id="e2").encode()
    options = ("--malformed", malformed)

    status, said, came = watched(folder, tmp_path, first + last[:cut], *options)

    assert (status, came) == (2, [])
    assert f"{tmp_path}/e.jsonl:2:1: the last line is not whole" in said
    assert watched(folder, tmp_path, first + last + b"\n", *options) == (0, "", ["is-dear"])


def test_a_line_that_cannot_be_kept_stops_no_later_watch(folder: Path, tmp_path: Path) -> None:
    events = f"{event('{}', id=chr(0xD800))}\n{event(DEAR, id='e2')}\n".encode()

    status, said, came = watched(folder, tmp_path, events)
    assert (status, came) == (2, [])
    assert "e.jsonl:1:8: the text contains the control character U+D800" in said

    status, _, came = watched(folder, tmp_path, events, "--malformed", "skip")
    assert (status, came) == (0, ["is-dear"])


ENCODINGS = {
    "utf-16": "by its start it is UTF-16",
    "utf-16-le": "by its start it is UTF-16",
    "utf-32": "by its start it is UTF-32",
    "cp1251": "it looks like Windows-1251; save it as UTF-8",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_in_another_encoding_is_named_by_every_reader(
    folder: Path, tmp_path: Path, encoding: str
) -> None:
    facts = '{"parcel.note": "посылка"}'
    status, said, _ = watched(folder, tmp_path, f"{event(facts)}\n".encode(encoding))
    decided = run("decide", "-", "--policy", folder / "policy.yaml", stdin=facts.encode(encoding))
    (tmp_path / "log.jsonl").write_text('{"log": "журнал"}\n', encoding=encoding)
    imported = run("log", "import", tmp_path / "log.jsonl", tmp_path / "new.db")

    assert (status, decided.exit_code, imported.exit_code) == (2, 2, 2)
    for text in (said, decided.stderr, imported.stderr):
        assert ENCODINGS[encoding] in text
        assert "save it as UTF-8" in text


@pytest.mark.parametrize("name", ["b.jsonl", "-"])
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_wrong_line_leaves_the_other_lines_decided(
    folder: Path, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    lines = ['{"parcel.fee": 1}', "{bad", '{"parcel.fees": 1}', CHEAP, "7"]
    text = "\n".join(lines)
    (tmp_path / "b.jsonl").write_text(text, encoding="utf-8")
    given = name if name == "-" else tmp_path / name

    done = run("decide", given, "--policy", folder / "policy.yaml", *options, stdin=text)

    assert done.exit_code == 2
    decided = done.stdout.splitlines()
    count = len(decided) if options else sum(line.startswith("Dear: ") for line in decided)
    assert count == 2
    heads = [line for line in done.stderr.splitlines() if line.startswith(str(given))]
    assert heads == [
        f"{given}:2:2: the line is not JSON",
        f"{given}:3:2: unknown fact `parcel.fees`",
        f"{given}:5:1: a request is a mapping of facts, `{{fact: value}}`",
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_wrong_is_told_in_the_order_of_the_facts(policy: Policy, order: int) -> None:
    told = dict([("parcel.fee", "much"), ("parcel.weight", 1.5)][::order])
    evaluator = ColumnEvaluator(policy, missing_columns="allow")
    table = pa.table({name: [value] for name, value in told.items()})
    evaluator.bind(table.schema)

    with pytest.raises(Refused) as refused:
        policy.decide(told)
    with pytest.raises(Refused) as with_odd:
        policy.decide({**told, "parcel.odd": 1})
    evaluator.decide(table)

    assert [one.fact for one in refused.value.problems] == ["parcel.fee", "parcel.weight"]
    assert evaluator.problems == [refused.value.problems]
    odd, *others = with_odd.value.problems
    assert (odd.code, tuple(others)) == ("unknown-fact", tuple(refused.value.problems))


def test_a_wrong_request_leaves_the_others_of_its_list_decided(folder: Path) -> None:
    text = '[{"parcel.fee": 1}, {"parcel.fee": "much"}, {"parcel.fee": 2}]'

    done = run("decide", "-", "--policy", folder / "policy.yaml", "--json", stdin=text)

    assert (done.exit_code, len(done.stdout.splitlines())) == (2, 2)
    assert done.stderr.startswith("-:1:36: expected a number")


@pytest.mark.slow
def test_a_line_that_is_too_long_is_told_as_such(folder: Path, tmp_path: Path) -> None:
    events = event(f'{{"parcel.note": "{"x" * 10_500_000}"}}').encode() + b"\n"

    status, said, _ = watched(folder, tmp_path, events)
    assert (status, said.splitlines()[0]) == (2, f"{tmp_path}/e.jsonl:1:1: the line is too long")

    events += event(DEAR, id="e2").encode()
    status, said, came = watched(folder, tmp_path, events, "--malformed", "skip")
    assert (status, said.splitlines()[0]) == (0, f"{tmp_path}/e.jsonl:1:1: the line is too long")
    assert came == ["is-dear"]


def test_a_stream_holds_no_more_of_a_line_than_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    most = 300_000
    monkeypatch.setattr(sources, "MOST_BYTES", most)
    reads, writes = os.pipe()
    stream = sources.StreamSource(reads)
    block, held = b"x" * 60_000, 0
    for _ in range(3 * most // len(block)):
        os.write(writes, block)
        assert stream.lines(0, 10) == []
        held = max(held, len(stream._rest))
    os.write(writes, b'x\n{"a": 1}\n{"b"')
    os.close(writes)

    found = [line for _ in range(4) for line in stream.lines(0, 10)]
    os.close(reads)

    assert held < most + 2 * len(block)
    assert [(line.data[:8], line.number) for line in found] == [
        (b"x" * 8, 1), (b'{"a": 1}', 2), (b'{"b"', 3),
    ]  # fmt: skip


def test_a_key_that_is_told_twice_is_no_line_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    run("decide", "-", "--log", log, stdin='{"requester.kind": "user"}')
    exported = run("log", "export", log).stdout
    (tmp_path / "twice.jsonl").write_text(
        exported.replace('"format":1', '"format":1,"format":1', 1)
    )
    (tmp_path / "marked.jsonl").write_text("\ufeff" + exported, encoding="utf-8")

    refused = run("log", "import", tmp_path / "twice.jsonl", tmp_path / "a.db")
    marked = run("log", "import", tmp_path / "marked.jsonl", tmp_path / "b.db")

    assert (refused.exit_code, refused.stderr) == (2, "line 1 is not a line of an exported log\n")
    assert (marked.exit_code, run("log", "export", tmp_path / "b.db").stdout) == (0, exported)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_events_that_cannot_be_read_are_told_as_any_file_is(tmp_path: Path, language: str) -> None:
    for name in (tmp_path, tmp_path / "none.jsonl"):
        watched = run(
            *("watch", name, "--once", "--journal", tmp_path / "j.db", "--lang", language),
        )
        decided = run("decide", name, "--lang", language)

        assert (watched.exit_code, decided.exit_code) == (2, 2)
        assert watched.stderr == decided.stderr
