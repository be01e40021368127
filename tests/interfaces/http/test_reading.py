"""A policy is read in another process while requests are answered: whole, or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reglament.audit import open_log
from reglament.editing.new import new_policy
from reglament.holder import PolicyHolder
from reglament.interfaces.http.reading import Reader, bundled
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Shelf
from reglament.model.problems import Refused
from reglament.policy import Policy, load_policy
from support.service import at_once

BATCH = "/v1/policies/fees/decide/batch"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    new_policy(tmp_path / "fees", date(2026, 1, 1))
    return tmp_path / "fees"


def change(path: Path, old: str = "A new regulation", new: str = "A newer regulation") -> None:
    file = next(iter(sorted(path.rglob("policy.yaml"))))
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def while_answering(read: Callable[[Reader], Any], elsewhere: Any = at_once) -> Any:
    """What a thread reads while the loop runs."""

    async def reading() -> Any:
        reader = Reader(elsewhere)
        reader.loop = asyncio.get_running_loop()
        return await asyncio.to_thread(read, reader)

    return asyncio.run(reading())


def test_it_is_the_policy_that_this_process_would_read(path: Path, tmp_path: Path) -> None:
    before = load_policy(path)
    change(path)
    found: Policy = while_answering(lambda reader: reader.read(path, before))
    assert found == load_policy(path) != before
    url, at = str(tmp_path / "log.db"), "2026-11-20"
    decided = found.decide({}, at=at, log=url)
    assert decided.to_dict() == load_policy(path).decide({}, at=at).to_dict()
    with open_log(url) as log:
        assert set(log.policies()) == {found.versions[-1].digest}


def test_of_a_text_that_says_the_same_nothing_is_sent(path: Path) -> None:
    before = load_policy(path)
    change(path, "title:", "# nothing new\ntitle:")
    assert bundled(path, None, tuple(one.digest for one in before.versions)) is None
    assert while_answering(lambda reader: reader.read(path, before)) is before


def test_what_is_wrong_is_told_as_where_it_is_read_here(path: Path) -> None:
    holder: list[PolicyHolder] = []

    def read(reader: Reader) -> bool:
        holder.append(PolicyHolder(path, read=reader.read))
        change(path, "title:", "titel:")
        return holder[0].refresh()

    assert while_answering(read) is False
    with pytest.raises(Refused) as here:
        load_policy(path)
    assert holder[0].refused == here.value
    assert holder[0].policy.id == "fees"


def test_who_reads_for_too_long_is_told_of(path: Path) -> None:
    async def never(seconds: float, ask: Any, *arguments: Any) -> Any:
        raise TimeoutError

    with pytest.raises(Refused) as told:
        while_answering(lambda reader: reader.read(path), never)
    assert told.value.problems[0].code == "too-long"


def test_a_batch_is_decided_by_the_text_it_began_with(path: Path) -> None:
    holder = PolicyHolder(path)
    before = holder.policy.versions[-1].digest
    answered: list[dict[str, Any]] = []

    async def parts() -> AsyncIterator[dict[str, Any]]:
        yield {"type": "http.request", "body": b'{"facts": {}}\n' * 3}
        await asyncio.Event().wait()

    async def send(part: dict[str, Any]) -> None:
        if line := part.get("body"):
            answered.append(json.loads(line))
            change(path, "A new", f"{len(answered)} A new")
            assert holder.refresh()

    told = parts()
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "method": "POST", "path": BATCH,
        "query_string": b"", "headers": [(b"content-type", b"application/x-ndjson")],
    }  # fmt: skip
    service = Service(Shelf({"fees": holder})).application()
    asyncio.run(service(scope, told.__anext__, send))  # type: ignore[arg-type]
    assert [one["policy"]["digest"] for one in answered] == [before] * 3
    assert holder.policy.versions[-1].digest != before
