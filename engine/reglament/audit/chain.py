"""From the entries of a log, as they stand, to where their chain is broken and by what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reglament.audit import faults
from reglament.audit.canonical import digest
from reglament.audit.entry import KINDS, KNOWN_FORMATS, KNOWN_LANGUAGES, Entry, Head
from reglament.audit.faults import AuditFinding
from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.problems import Refused

STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
KNOWN: Final = {"kind": KINDS, "format": KNOWN_FORMATS, "language": KNOWN_LANGUAGES}
ALWAYS: Final = frozenset({*KNOWN, "sequence", "time", "clock", "engine", "previous"})
DECISION: Final = frozenset(
    {"policy", "as_of", "as_of_source", "known_at", "subject", "request", "outcome"}
)
ERASURE: Final = frozenset({"erased"})
RUN: Final = frozenset({"run"})
SAYS: Final = {"decision": DECISION, "erasure": ERASURE, "run": RUN}
# Steps to look for inserted entries: a log made to take longer is not worth it.
MOST_STEPS: Final = 5_000_000


@frozen
class Link:
    """What the chain needs of one entry: where it stands, what it says of itself, what it follows.

    `is_intact` is false where the content does not give the hash; then it only
    stands where it stands. `clock` is what the writer's clock said, where it is recorded.
    """

    place: int
    own: int
    previous: str
    hash: str
    is_intact: bool
    time: str = ""
    clock: str | None = None

    def follows(self, before: Head) -> bool:
        """Whether it is the very next one, in its place."""
        is_next = self.place == self.own == before.sequence + 1
        return is_next and self.is_intact and self.previous == before.hash


def link_of(entry: Entry) -> tuple[Link, list[AuditFinding]]:
    """The link that an entry is, and what is wrong with the entry alone."""
    broken = Link(entry.sequence, entry.sequence, "", entry.hash, False)
    if entry.flaw is not None:
        return broken, [faults.stored_otherwise(entry.sequence, entry.flaw)]
    try:
        body = entry.read_strictly()
        if digest(entry.data) != entry.hash:
            raise ValueError("the hash is another")
        link = _link(entry, body)
    except (Refused, ValueError, KeyError, TypeError, RecursionError):
        return broken, [faults.edited(entry.sequence)]
    columns = {"time": entry.time, "policy": entry.policy}
    wrong = [faults.beside(link.own, name) for name in columns if body.get(name) != columns[name]]
    return link, wrong + list(_unknown(entry.sequence, body))


def is_readable(entry: Entry) -> bool:
    """Whether an entry says anything, true or not."""
    try:
        return entry.flaw is None and bool(entry.kind)
    except (ValueError, LookupError, TypeError, RecursionError):
        return False


def is_known(body: Mapping[str, Any]) -> bool:
    """Whether this engine knows what an entry of that format and language says."""
    return body.get("format") in KNOWN_FORMATS and body.get("language") in KNOWN_LANGUAGES


def _link(entry: Entry, body: Mapping[str, Any]) -> Link:
    """Raises ValueError where the body is none of an entry."""
    own, previous, clock = body["sequence"], body["previous"], body.get("clock")
    stamps = [body["time"], *([clock] if "clock" in body else [])]
    if type(own) is not int or not isinstance(previous, str):
        raise ValueError("a number and a hash are wanted")
    if not all(isinstance(stamp, str) and STAMP.fullmatch(stamp) for stamp in stamps):
        raise ValueError("a time is wanted")
    return Link(entry.sequence, own, previous, entry.hash, True, body["time"], clock)


def _unknown(place: int, body: Mapping[str, Any]) -> Iterator[AuditFinding]:
    """What an entry says of itself and this engine does not know."""
    for name, known in KNOWN.items():
        told = body.get(name)
        if isinstance(told, bool) or told not in known:
            yield faults.unknown(place, name, told)
    kind = body.get("kind")
    others = sorted(set(body) - ALWAYS - SAYS[kind]) if kind in KINDS else []
    if others:
        yield faults.more_in_entry(place, others)
    if kind == "erasure" and not _is_erasure(body.get("erased")):
        yield faults.edited(place)
    if kind == "run" and not is_run(body.get("run")):
        yield faults.edited(place)


def _is_erasure(erased: object) -> bool:
    if not isinstance(erased, Mapping) or set(erased) != {"sequence", "names"}:
        return False
    names = erased["names"]
    is_list = isinstance(names, list) and all(isinstance(name, str) for name in names)
    return is_list and type(erased["sequence"]) is int


def is_run(run: object) -> bool:
    """Whether it is the manifest of a run: how many rows, and by which versions."""
    policy = run.get("policy") if isinstance(run, Mapping) else None
    versions = policy.get("versions") if isinstance(policy, Mapping) else None
    if not isinstance(run, Mapping) or not isinstance(versions, Mapping):
        return False
    has_sides = all(isinstance(run.get(side), Mapping) for side in ("input", "output"))
    return has_sides and all(map(_is_text, versions.values())) and type(run.get("rows")) is int


def _is_text(value: object) -> bool:
    return isinstance(value, str)


class Chain:
    """The links of a log in the order in which they stand, and how they hang together."""

    def __init__(self, origin: Head | None, links: Sequence[Link]) -> None:
        self.origin = origin
        self.links = links
        self.index_of: dict[str, int] = {}
        for index, link in enumerate(links):
            # Of copies the one counts that follows the entry before it.
            is_in_place = index > 0 and links[index - 1].hash == link.previous
            if is_in_place or link.hash not in self.index_of:
                self.index_of[link.hash] = index
        if origin is not None:
            self.index_of[origin.hash] = -1
        self.inserted = self._find_inserted()

    def breaks(self) -> Iterator[AuditFinding]:
        """Every place where an entry does not follow the one before it."""
        if self.origin is None:
            yield faults.replaced(_UNNAMED)
        yield from (faults.inserted(self.links[index].place) for index in sorted(self.inserted))
        for index, link in enumerate(self.links):
            if link.is_intact and index not in self.inserted:
                yield from self._at_link(index, link)

    def _at_link(self, index: int, link: Link) -> Iterator[AuditFinding]:
        followed, before = self.index_of.get(link.previous), self._before(index)
        if followed is None:
            yield from self._lost(before, link)
        elif followed == before:
            earlier = self.links[before] if before >= 0 else None
            shift = earlier.own - earlier.place if earlier else 0
            if link.own - link.place != shift - (index - 1 - before):
                yield faults.renumbered(link.place, link.own)
        elif link.own != link.place or followed >= index:
            yield faults.reordered(link.place, link.own)

    def _lost(self, before: int, link: Link) -> Iterator[AuditFinding]:
        """The entry that this one follows is nowhere."""
        last = self.links[before].own if before >= 0 else 0
        if link.own - last > 1:
            yield faults.deleted(last + 1, link.own - 1)
        elif before < 0:
            yield faults.replaced(_OTHER_ORIGIN)
        elif self.links[before].is_intact:  # else its edit was told of already
            yield faults.rewritten(self.links[before].own, link.own)

    def _before(self, index: int) -> int:
        """The last place before `index` that holds no inserted entry; -1 for the origin."""
        index -= 1
        while index in self.inserted:
            index -= 1
        return index

    def _find_inserted(self) -> frozenset[int]:
        """Entries that another one passes by to follow an earlier one, and that none follows."""
        followers: dict[str, list[int]] = {}
        for index, link in enumerate(self.links):
            followers.setdefault(link.previous, []).append(index)
        found: set[int] = set()
        steps = 0
        for index, link in enumerate(self.links):
            followed = self.index_of.get(link.previous, index)
            steps += max(0, index - followed)
            if steps > MOST_STEPS:
                break
            for between in range(index - 1, followed, -1):
                hashed = self.links[between].hash
                is_copy = self.index_of.get(hashed) != between
                own = () if is_copy else followers.get(hashed, ())
                if all(follower in found for follower in own):
                    found.add(between)
        return frozenset(found)


_UNNAMED = Message("name-log-gone")
_OTHER_ORIGIN = Message("first-entry-begins-another")
