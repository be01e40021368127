"""From a job on standard input to lines on standard output: a log verified, or exported.

It is a process of its own, which ends with whoever reads its lines, however long the log is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

from reglament.audit import open_log
from reglament.audit.exchange import export
from reglament.audit.queries import sampled, search
from reglament.audit.verdict import verdict, verified_json
from reglament.audit.verification import verify
from reglament.interfaces.http.desk_questions import LogQuestion, wanted_in

MOST_OF_LINE = 2**26


async def lines_of_job(job: dict[str, Any]) -> AsyncIterator[bytes]:
    """The lines that the process writes; it is ended where nobody reads them any more.

    Raises RuntimeError where it fails, so that what was sent is not taken for the whole.
    """
    import asyncio
    from asyncio.subprocess import DEVNULL, PIPE

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=MOST_OF_LINE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(job).encode())
        process.stdin.close()
        async for line in process.stdout:
            yield line
        if await process.wait() != 0:
            raise RuntimeError("the log could not be read to its end")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def verified_lines(url: str, language: str) -> Iterator[dict[str, Any]]:
    """How far the audit is, each hundredth of the way, and at last what it found."""
    with open_log(url, is_damaged=True) as log:
        total, done, told = log.count(), 0, 0

        def step(count: int) -> None:
            nonlocal done, told
            done += count
            if total and done * 100 // total > told:
                told = done * 100 // total
                _write({"checked": done, "of": total})

        verified = verify(log, progress=step)
    yield {
        "result": verified_json(verified),
        "verdict": verdict(verified, False).to(language),
        "findings": [(one.sequence, one.to_text(language)) for one in verified.findings[:1000]],
        "unproven": [words.to(language) for words in verified.unproven],
    }


def exported_lines(asked: LogQuestion, *, is_whole: bool) -> Iterator[str]:
    """The log whole, its chain kept and its secrets left out; or the entries that fit, to read."""
    with open_log(asked.url) as log:
        if is_whole:
            yield from export(log, with_secrets=False)
            return
        entries = search(log, wanted_in(log, asked))
        if size := asked.number("sample", 10**9):
            entries = iter(sampled(entries, size, asked.number("seed", 10**9) or 0)[0])
        for entry in entries:
            yield json.dumps({**entry.body, "hash": entry.hash}, ensure_ascii=False)


def _write(line: dict[str, Any] | str) -> None:
    text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Do the job that standard input names."""
    job = json.load(sys.stdin)
    if job["job"] == "verify":
        for found in verified_lines(job["url"], job["language"]):
            _write(found)
        return
    query = tuple((name, text) for name, text in job["query"])
    policies = None if job["policies"] is None else frozenset(job["policies"])
    for line in exported_lines(LogQuestion(job["url"], query, policies), is_whole=job["is_whole"]):
        _write(line)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        os._exit(1)  # whoever read the lines is gone
