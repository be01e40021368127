"""From a section that begins with what its first entry says to the name missing above it.

Where the line of a name is deleted, what stood below it reads as names of the section; below
any but the first entry it says things twice, which is told as such.
"""

from __future__ import annotations

from reglament.language.syntax.misfiled import ENTRIES, properties
from reglament.language.syntax.source import MappingNode, Node, Source
from reglament.language.syntax.suggest import short
from reglament.messages import Message
from reglament.model.problems import Problem

_FEWEST = 2


def named(node: Node, problems: list[Problem], source: Source) -> tuple[Node, frozenset[str]]:
    """The tree without what has no name, which is told once; the sections where that is so."""
    if not isinstance(node, MappingNode):
        return node, frozenset()
    kept, found = [], set[str]()
    for key, below in node.entries:
        section = str(key.value)
        own = _nameless(section, below)
        if isinstance(below, MappingNode) and len(own.keys) >= _FEWEST:
            problems.append(_missing(source, section, own))
            found.add(section)
            rest = tuple(one for one in below.entries if one not in own.entries)
            below = MappingNode(rest, below.place)
            if not rest:
                continue
        kept.append((key, below))
    return MappingNode(tuple(kept), node.place) if found else node, frozenset(found)


def _nameless(section: str, node: Node) -> MappingNode:
    """What stands in the section as if it were an entry of its own."""
    if section not in ENTRIES or not isinstance(node, MappingNode):
        return MappingNode((), node.place)
    known = properties(ENTRIES[section])
    own = (
        (key, below)
        for key, below in node.entries
        if key.value in known and not _is_entry(below, known)
    )
    return MappingNode(tuple(own), node.place)


def _is_entry(node: Node, known: frozenset[str]) -> bool:
    """Whether it reads as an entry, whose name is a word of the language by chance."""
    return isinstance(node, MappingNode) and any(key in known for key in node.keys)


def _missing(source: Source, section: str, own: MappingNode) -> Problem:
    first = own.entries[0][0]
    message = Message("name-missing-above", section=section, name=short(str(first.value)))
    return source.problem("name-missing", message, first.place, Message("name-missing-above-hint"))
