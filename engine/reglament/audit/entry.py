"""From a decided request to the entry that a log keeps: its body, chained to the entry before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any, Literal

from reglament.audit.canonical import bytes_of, bytes_of_plain, canonical, digest, read_canonical
from reglament.frozen import frozen
from reglament.messages import Message, Words
from reglament.model import regulation
from reglament.model.problems import refusal

FORMAT = 2
"""Of an entry; `recorded.py` says what each holds of a decision."""
LOG_FORMAT = 1
"""Of the log around them: its tables, its name and what the first entry chains to."""
LANGUAGE = str(regulation.LANGUAGE)

KNOWN_FORMATS = (1, FORMAT)
KNOWN_LANGUAGES = (LANGUAGE,)
# What no honest entry reaches; who keeps more of it means to fill the memory of a reader.
MOST_BYTES = 32 * 2**20

Pieces = Mapping[str, bytes]
EntryKind = Literal["decision", "erasure", "run"]
KINDS = ("decision", "erasure", "run")


@frozen(slots=False)
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

    def read_strictly(self) -> Any:
        """What the entry says, if its bytes are the canonical form of that. Raises ValueError."""
        body = read_canonical(self.data)
        if isinstance(body, dict):
            self.__dict__["body"] = body  # which need not be read a second time
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


@frozen
class Head:
    """The last entry of a log: what the next one chains to. Of an empty log, its genesis."""

    sequence: int
    hash: str
    time: str


def sealed(
    head: Head, kind: EntryKind, content: Pieces, now: datetime, policy: str | None = None
) -> Entry:
    """The entry that follows `head`, with `content` by keys, each part in its canonical bytes.

    Its time never lies before that of the entry before, whatever the clock says; what the
    clock says stands beside it. `policy` is the digest that `content` names, if it does.
    Raises Refused for more than an entry may hold.
    """
    clock = stamp(now)
    time = max(clock, head.time)
    body = {
        **_always(),
        **content,
        "kind": bytes_of(kind),
        "sequence": b"%d" % (head.sequence + 1),
        "time": bytes_of(time),
        "clock": bytes_of(clock),
        "previous": bytes_of(head.hash),
    }
    # All keys are of the first 128 letters, which sort alike in every encoding.
    data = b"{%s}" % b",".join([b'"%s":%s' % (key.encode(), body[key]) for key in sorted(body)])
    if len(data) > MOST_BYTES:
        raise refusal("entry-too-large", _TOO_LARGE)
    return Entry(head.sequence + 1, time, policy, data, digest(data))


def pieces(content: Mapping[str, Any]) -> Pieces:
    """Parts of an entry, plain, as `fit` makes them or in their bytes already. Raises Refused."""
    return {
        key: part if part.__class__ is bytes else bytes_of_plain(part)
        for key, part in content.items()
    }


@cache
def _always() -> Pieces:
    """What every entry says that this engine makes."""
    import reglament

    return pieces({"format": FORMAT, "engine": reglament.__version__, "language": LANGUAGE})


def genesis(identity: str, created: str) -> Head:
    """What the first entry of the log `identity` chains to."""
    first = canonical({"format": LOG_FORMAT, "log": identity, "created": created})
    return Head(0, digest(first), created)


def stamp(moment: datetime) -> str:
    """UTC to the microsecond, so that stamps sort as text."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


_TOO_LARGE = Message("entry-more-than-mib", most_bytes=MOST_BYTES // 2**20)
