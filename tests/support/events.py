"""What tests of events share: lines of events, a watch as a process, waiting for its effects."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from reglament.events.sandbox import is_available
from support.places import ROOT

needs_durable = pytest.mark.skipif(
    not is_available(), reason="durable-rules is not installed: the fenced matcher is NOT tested"
)
PATIENCE = 120.0  # seconds, for a machine with busy neighbours
PARTNER = {"requester.kind": "certified_partner"}


def line(id: str, subject: str, event: str, at: str, **more: Any) -> str:
    told = {"id": id, "subject": subject, "event": event, "at": at, **more}
    return json.dumps(told, ensure_ascii=False)


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(one) for one in path.read_text(encoding="utf-8").splitlines()]


def many(count: int) -> tuple[list[str], list[tuple[str, str]]]:
    """As many subjects more, all created before the first is answered."""
    names = [f"request/M-{number}" for number in range(count)]
    lines = [line(f"c-{one}", one, "created", "2026-03-03T10:00", facts=PARTNER) for one in names]
    lines += [line(f"a-{one}", one, "answered", "2026-03-03T15:00") for one in names]
    reactions = ("response-half-used", "answered-in-time")
    return lines, sorted((one, reaction) for one in names for reaction in reactions)


def told(path: Path) -> list[tuple[str, str]]:
    return sorted((one["subject"], one["reaction"]) for one in lines_of(path))


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "reglament", "watch", *arguments, "--matcher", "plain"]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "engine")}


def wait_for(condition: Any, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
