"""From a decided request to the entry that a log keeps: its body, chained to the entry before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

from reglament.audit.canonical import bytes_of, canonical, digest
from reglament.messages import Message, Words
from reglament.model import regulation
from reglament.model.problems import refusal

FORMAT = 1
LANGUAGE = str(regulation.LANGUAGE)

KNOWN_FORMATS = (FORMAT,)
KNOWN_LANGUAGES = (LANGUAGE,)
# What no honest entry reaches; who keeps more of it means to fill the memory of a reader.
MOST_BYTES = 32 * 2**20

EntryKind = Literal["decision", "erasure", "run"]
KINDS = ("decision", "erasure", "run")


@dataclass(frozen=True)
class Entry:
    """One entry as it is stored: `data` are the canonical bytes that `hash` is taken over.

    `sequence`, `time` and `policy` stand beside the body to be searched by; a
    log is sound only where they say what the body says. `flaw` says why what is stored
    cannot be an entry, where it cannot.
    """

    sequence: int
    time: str
    policy: str | None
    data: bytes
    hash: str
    flaw: Words | None = None

    @cached_property
    def body(self) -> Mapping[str, Any]:
        """What the entry says. Raises ValueError where the bytes are no JSON object."""
        import json

        body = json.loads(self.data)
        if not isinstance(body, dict):
            raise ValueError("an entry is a JSON object")
        return body

    @property
    def kind(self) -> str:
        """`decision`, `erasure` of what an earlier entry kept apart, or `run` over a table."""
        return str(self.body["kind"])

    @property
    def recorded(self) -> str:
        """When the entry was recorded by the clock of its writer, which may have been set back."""
        return str(self.body.get("clock", self.time))

    @property
    def document(self) -> Mapping[str, Any]:
        """The decision document as recorded."""
        found: Mapping[str, Any] = self.body["outcome"]
        return found


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a log: what the next one chains to. Of an empty log, its genesis."""

    sequence: int
    hash: str
    time: str


def sealed(head: Head, kind: EntryKind, content: Mapping[str, Any], now: datetime) -> Entry:
    """The entry that follows `head` with `content`, which `fit` has passed.

    Its time never lies before that of the entry before, whatever the clock says; what the
    clock says stands beside it. Raises Refused for more than an entry may hold.
    """
    import reglament

    clock = stamp(now)
    time = max(clock, head.time)
    body = {
        "format": FORMAT,
        "kind": kind,
        "sequence": head.sequence + 1,
        "time": time,
        "clock": clock,
        "engine": reglament.__version__,
        "language": LANGUAGE,
        "previous": head.hash,
        **content,
    }
    data = bytes_of(body)
    if len(data) > MOST_BYTES:
        raise refusal("entry-too-large", _TOO_LARGE)
    return Entry(head.sequence + 1, time, content.get("policy"), data, digest(data))


def genesis(identity: str, created: str) -> Head:
    """What the first entry of the log `identity` chains to."""
    first = canonical({"format": FORMAT, "log": identity, "created": created})
    return Head(0, digest(first), created)


def stamp(moment: datetime) -> str:
    """UTC to the microsecond, so that stamps sort as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


_TOO_LARGE = Message("entry-more-than-mib", most_bytes=MOST_BYTES // 2**20)
