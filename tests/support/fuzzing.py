"""Every reader with bytes that nobody meant for it: it reads them or refuses, and no third thing.

`scripts/fuzz` runs it. A reader raises Refused (or tells problems) for whatever is wrong; any
other exception, or a second and more for a few kilobytes, is a failure, and the bytes are kept.
Where atheris is installed, it looks for inputs that reach new code; else they are mutated blindly.
"""

from __future__ import annotations

import io
import json
import os
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from reglament.language.syntax.source import Source, decode_source
from reglament.model.problems import Problem, Refused
from reglament.policy import Policy
from support.places import CASES, POLICIES
from support.shipped import shipped

LONGEST = 20_000  # bytes of an input
MOST_SECONDS = 5.0  # for one input, on a machine with neighbours
Read = Callable[[bytes], object]


@cache
def policy() -> Policy:
    """The policy whose requests and events are read."""
    return shipped("technical-support")


def decoded(data: bytes) -> Source:
    return decode_source(data, "fuzz")


def yaml(data: bytes) -> None:
    from reglament.language.syntax.yaml_text import parse_yaml

    parse_yaml(decoded(data), list[Problem](), many=True)


def read_policy(data: bytes) -> None:
    """As a whole policy, and what its author is told of it."""
    from reglament.language.loading.version_loader import read_content

    try:
        read_content(decoded(data).text, "fuzz")
    except Refused as refused:
        refused.to_text("ru")
        raise


def json_lines(data: bytes) -> None:
    from reglament.language.syntax.json_text import parse_json_lines

    list(parse_json_lines(decoded(data)))


def csv(data: bytes) -> None:
    from reglament.language.syntax.csv_text import parse_csv

    parse_csv(decoded(data), list[Problem]())


def request(data: bytes) -> None:
    """As requests, which are decided."""
    from reglament.interfaces.cli.request_files import decide_all
    from reglament.language.requests.request_reader import requests_in

    source = decoded(data)
    for decided in decide_all(policy(), source, requests_in(source)[:5], "2026-11-20T12:00"):
        decided.to_json()


def event(data: bytes) -> None:
    from reglament.events.event_reader import event_of, read_event

    told, body = read_event(policy(), decoded(data))
    assert event_of(policy(), body) == told


def docx(data: bytes) -> None:
    """As a document, and as the main part of one."""
    from reglament.language.loading.regulation_text import read_document

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.docx"
        path.write_bytes(data if data[:2] == b"PK" else _document(data))
        read_document(path)


def log_import(data: bytes) -> None:
    """As an exported log, which is then verified."""
    from reglament.audit import open_log
    from reglament.audit.exchange import import_lines
    from reglament.audit.verification import verify

    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "log.db")
        with open_log(url, create=True, is_named=False) as log:
            import_lines(log, io.BytesIO(data))
            verify(log, is_chain_only=True)


def log_entry(data: bytes) -> None:
    """As the stored body of an entry, which is then decided again."""
    from reglament.audit.canonical import digest
    from reglament.audit.row_checks import Chunk
    from reglament.audit.rows import EntryRow, packed

    said = data if data[:1] == b"\x78" else packed(data)
    for body, hashed in ((data, "sha256:00"), (said, digest(data))):
        looked = _looker().look(Chunk([EntryRow(1, "2026", None, body, hashed)]), even_edited=True)
        for finding in looked.findings:
            finding.to_text("en")


def checkpoint(data: bytes) -> None:
    from reglament.audit.checkpoint import read_checkpoint

    read_checkpoint(decoded(data).text)


def address(data: bytes) -> None:
    from reglament.storage.addresses import scrubbed, shown_address
    from reglament.storage.engines import database_url

    text = data.decode("utf-8", "replace")
    scrubbed(shown_address(text), text)
    database_url(text)


READERS: dict[str, Read] = {
    "yaml": yaml,
    "policy": read_policy,
    "json": json_lines,
    "csv": csv,
    "request": request,
    "event": event,
    "docx": docx,
    "log-import": log_import,
    "log-entry": log_entry,
    "checkpoint": checkpoint,
    "address": address,
}


# -- what is begun with -----------------------------------------------------------------------


@cache
def _exported() -> tuple[bytes, ...]:
    """The lines of an exported log of two decisions."""
    from reglament.audit import open_log
    from reglament.audit.exchange import export

    facts = {"requester.kind": "user", "request.created_at": "2026-11-20T12:00"}
    with tempfile.TemporaryDirectory() as folder, open_log(f"{folder}/l.db", create=True) as log:
        for channel in ("portal", "email"):
            decided = policy().decide({**facts, "request.channel": channel})
            log.append(decided.version, decided.document)
        return tuple(line.encode() for line in export(log))


@cache
def _looker() -> Any:
    from reglament.audit.row_checks import ChunkChecker

    lines = [json.loads(line) for line in _exported()]
    policies = {
        one["policy"]["digest"]: one["policy"]["content"] for one in lines if "policy" in one
    }
    return ChunkChecker(policies, is_whole=True, is_chain_only=False)


@cache
def _parts() -> dict[str, bytes]:
    import docx as library

    made, data = library.Document(), io.BytesIO()
    made.add_heading("Support", 1)
    made.add_paragraph("Requests are answered within eight working hours.")
    made.add_table(1, 2).cell(0, 0).text = "cell"
    made.save(data)
    with zipfile.ZipFile(data) as package:
        return {part.filename: package.read(part) for part in package.infolist()}


def _document(main: bytes | None = None) -> bytes:
    data = io.BytesIO()
    parts = _parts() if main is None else {**_parts(), "word/document.xml": main}
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return data.getvalue()


def seeds(name: str) -> list[bytes]:
    """Inputs that a reader takes."""
    found = [data[:LONGEST] for data in _seeds(name)]
    return found or [b""]


def _seeds(name: str) -> Iterator[bytes]:
    kept = {"yaml": "*.yaml", "policy": "*.yaml", "csv": "*.csv"}
    if name in kept:
        paths = [*POLICIES.rglob(kept[name]), *CASES.rglob(kept[name])]
        yield from (path.read_bytes() for path in sorted(paths))
        yield b'a,b\n1,"x""y"\n'
    elif name in ("json", "request"):
        yield b'{"requester.kind": "user", "request": {"channel": "portal"}}\n{"a": [1.50, null]}'
        yield b"requester.kind: user\nrequest.created_at: 2026-11-20 18:59\n"
    elif name == "event":
        yield (
            b'{"id": "e1", "subject": "request/R-1", "event": "created", '
            b'"at": "2026-03-03T10:00+03:00", "facts": {"requester.kind": "user"}}'
        )
    elif name == "docx":
        yield from (_document(), _parts()["word/document.xml"])
    elif name == "log-import":
        whole = [line for line in _exported() if b'"policy":{' not in line[:20]]
        yield b"\n".join(whole)
    elif name == "log-entry":
        for line in _exported():
            told = json.loads(line)
            if "entry" in told:
                yield told["entry"]["body"].encode()
    elif name == "checkpoint":
        yield b'{"format": 1, "log": "x", "sequence": 1, "hash": "sha256:0", "time": "2026"}'
    else:
        yield b"postgresql://me:secret@[::1]:5432/logs?password=x"


# -- the two ways to find more ------------------------------------------------------------------

TOKENS = (
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"'",
        b":",
        b",",
        b"-",
        b"&a",
        b"*a",
        b"!!x",
        b"|",
        b">",
        b"\n",
    ),
    *(b"\t", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\xa0", b"\xe2\x80\xae"),
    *(b"null", b"true", b"NaN", b"1e999", b"9" * 40, b"-0.0", b"<!DOCTYPE a>", b"\\ud800", b"---"),
    *(b"2026-02-30", b"24:00", b"+99:99", b"  ", b"? ", b"<<: ", b"%YAML 1.1", b"PK\x03\x04"),
)


def mutated(chance: random.Random, known: list[bytes]) -> bytes:
    """Some input, changed in some places."""
    data = bytearray(chance.choice(known))
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(data))
        way = chance.randrange(6)
        if way == 0:
            data[at:at] = chance.choice(TOKENS)
        elif way == 1 and data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        elif way == 2:
            del data[at : at + chance.randint(1, 40)]
        elif way == 3:
            data[at:at] = data[at : at + chance.randint(1, 200)] * chance.randint(1, 5)
        elif way == 4:
            other = chance.choice(known)
            start = chance.randint(0, len(other))
            data[at:at] = other[start : start + chance.randint(1, 300)]
        else:
            data[at:at] = chance.choice(TOKENS) * chance.choice([1, 2, 100, 1000])
    return bytes(data[:LONGEST])


def tried(read: Read, data: bytes) -> None:
    """The reader with the bytes. Raises what it may not raise, and TimeoutError for slowness."""
    start = time.process_time()
    try:
        read(data)
    except Refused as refused:
        refused.to_text("en")
    if time.process_time() - start > MOST_SECONDS:
        raise TimeoutError(f"{time.process_time() - start:.1f} s for {len(data)} bytes")


def told(name: str, count: int, seconds: float) -> str:
    """What a run without a failure has to say."""
    return f"{name}: {count} inputs in {seconds:g} CPU-seconds, none fails"


def blindly(name: str, seconds: float, seed: int) -> int:
    """Mutate for so much CPU time; how many inputs were tried. One that fails is kept, raised."""
    read, chance, known = READERS[name], random.Random(seed), seeds(name)
    for data in known:
        _tried_or_kept(name, read, data)
    until, count = time.process_time() + seconds, len(known)
    while time.process_time() < until:
        _tried_or_kept(name, read, mutated(chance, known))
        count += 1
    return count


def _tried_or_kept(name: str, read: Read, data: bytes) -> None:
    try:
        tried(read, data)
    except BaseException:
        path = Path(f"fuzz-{name}-{sha256(data).hexdigest()[:12]}")
        path.write_bytes(data)
        print(f"{name}: this input fails, it is kept in {path}", file=sys.stderr)
        raise


def by_coverage(name: str, seconds: float, seed: int) -> None:
    """By atheris, which ends the process; whoever imports this module has it instrumented."""
    import atheris

    read = READERS[name]
    folder = Path(tempfile.gettempdir()) / f"fuzz-corpus-{name}"  # the next run goes on with it
    folder.mkdir(exist_ok=True)
    with atheris.instrument_imports(include=["reglament"]):
        for number, data in enumerate(seeds(name)):
            (folder / f"seed-{number}").write_bytes(data)
            tried(read, data)  # so that whatever is imported late is
    until, count = time.process_time() + seconds, 0

    def one_input(data: bytes) -> None:
        nonlocal count
        tried(read, data)
        count += 1
        if time.process_time() > until:
            print(told(name, count, seconds), flush=True)
            os._exit(0)  # libFuzzer knows no limit of CPU time

    options = [
        f"-max_len={LONGEST}",
        f"-seed={seed}",
        f"-artifact_prefix=fuzz-{name}-",
        f"-timeout={MOST_SECONDS * 4:g}",
        "-rss_limit_mb=4000",
    ]
    atheris.Setup(["fuzz", *options, str(folder)], one_input)
    atheris.Fuzz()
