"""From the entries of a log, as they stand, to where their chain is broken and by what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reglament.audit import findings
from reglament.audit.canonical import digest, read_canonical
from reglament.audit.entry import Entry, Head
from reglament.audit.findings import Finding
from reglament.model.words import Words


@dataclass(frozen=True, slots=True)
class Link:
    """What the chain needs of one entry: where it stands, what it says of itself, what it follows.

    `is_intact` is false where the content does not give the hash; then it only
    stands where it stands.
    """

    place: int
    own: int
    previous: str
    hash: str
    is_intact: bool


def link_of(entry: Entry) -> tuple[Link, list[Finding]]:
    """The link that an entry is, and what is wrong with the entry alone."""
    try:
        body = read_canonical(entry.data)
        if digest(entry.data) != entry.hash:
            raise ValueError("the hash is another")
        link = Link(entry.sequence, body["sequence"], body["previous"], entry.hash, True)
        told = {"time": body["time"], "policy": body.get("policy")}
    except (ValueError, KeyError, TypeError, RecursionError):
        broken = Link(entry.sequence, entry.sequence, "", entry.hash, False)
        return broken, [findings.edited(entry.sequence)]
    columns = {"time": entry.time, "policy": entry.policy}
    return link, [findings.beside(link.own, name) for name in told if told[name] != columns[name]]


class Chain:
    """The links of a log in the order in which they stand, and how they hang together."""

    def __init__(self, origin: Head | None, links: Sequence[Link]) -> None:
        self.origin = origin
        self.links = links
        self.index_of = {link.hash: index for index, link in enumerate(links)}
        if origin is not None:
            self.index_of[origin.hash] = -1
        self.inserted = self._find_inserted()

    def breaks(self) -> Iterator[Finding]:
        """Every place where an entry does not follow the one before it."""
        if self.origin is None:
            yield findings.replaced(_UNNAMED)
        yield from (findings.inserted(self.links[index].place) for index in sorted(self.inserted))
        for index, link in enumerate(self.links):
            if link.is_intact and index not in self.inserted:
                yield from self._at_link(index, link)

    def _at_link(self, index: int, link: Link) -> Iterator[Finding]:
        followed, before = self.index_of.get(link.previous), self._before(index)
        if followed is None:
            yield from self._lost(before, link)
        elif followed == before:
            earlier = self.links[before] if before >= 0 else None
            shift = earlier.own - earlier.place if earlier else 0
            if link.own - link.place != shift - (index - 1 - before):
                yield findings.renumbered(link.place, link.own)
        elif link.own != link.place or followed >= index:
            yield findings.reordered(link.place, link.own)

    def _lost(self, before: int, link: Link) -> Iterator[Finding]:
        """The entry that this one follows is nowhere."""
        last = self.links[before].own if before >= 0 else 0
        if link.own - last > 1:
            yield findings.deleted(last + 1, link.own - 1)
        elif before < 0:
            yield findings.replaced(_OTHER_ORIGIN)
        elif self.links[before].is_intact:  # else its edit was told of already
            yield findings.rewritten(self.links[before].own, link.own)

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
        for index, link in enumerate(self.links):
            followed = self.index_of.get(link.previous, index)
            for between in range(index - 1, followed, -1):
                own = followers.get(self.links[between].hash, ())
                if all(follower in found for follower in own):
                    found.add(between)
        return frozenset(found)


_UNNAMED = Words(ru="имени журнала нет", en="the name of the log is gone")
_OTHER_ORIGIN = Words(
    ru="первая запись начинает не этот журнал", en="its first entry begins another log"
)
