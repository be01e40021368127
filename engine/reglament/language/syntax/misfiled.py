"""From a file whose parts stand under the wrong name, or none, to the one that was meant.

Where the line of a section is deleted, all that stood below it reads as part of the section
above. Its entries still look like what they are, and so that is told once. Where the line of a
name is deleted, what stood below it reads as names of the section; below any but the first entry
it says things twice, which is told as such.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from reglament.language.syntax.bundled import schema_text
from reglament.language.syntax.mending import Mend, mended
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode, Source
from reglament.language.syntax.suggest import did_you_mean, meaning, short
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
            rest = tuple(entry for entry in below.entries if entry not in own.entries)
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


ENTRIES = {
    "facts": "fact",
    "parameters": "parameter",
    "calendars": "calendar",
    "hours": "hours",
    "decisions": "decision",
    "readings": "reading",
    "clauses": "clause",
    "subjects": "subject",
}
_LEAST_ALIKE = 0.75
_MOST_OWN = 0.5
_TAG = re.compile("[a-z]{2,3}")
Entry = tuple[Scalar, Node]


def refiled(node: Node, problems: list[Problem], source: Source) -> Node:
    """The tree with every entry in its own section and the keys of rows as they were meant."""
    if not isinstance(node, MappingNode):
        return node
    kept: list[Entry] = []
    moved: dict[str, list[Entry]] = {}
    for key, below in node.entries:
        name = str(key.value)
        renamed = _renamed(name, below)
        if renamed is not None:
            problems.append(_renamed_section(source, key, renamed))
            kept.append((replace(key, value=renamed), below))
        elif name in ENTRIES and isinstance(below, MappingNode):
            stays = [entry for entry in below.entries if _moves(entry, name, moved) is None]
            # A section with nothing of its own left was itself taken for another.
            kept.append((key, MappingNode(tuple(stays), below.place)))
        elif _moves((key, below), "", moved) is None:
            kept.append((key, below))
    node = MappingNode(tuple(kept), node.place) if not moved else node
    if moved:
        problems += (_misfiled(source, section, found) for section, found in moved.items())
        node = _put(node, kept, moved)
    return _with_rows(node, problems, source)


def _renamed(name: str, node: Node) -> str | None:
    """The section that an unknown one is by all its entries."""
    if name in properties("policy") or not isinstance(node, MappingNode) or not node.entries:
        return None
    if did_you_mean(name, properties("policy")) is not None:
        return None  # which the schema tells
    likely = {_section_like(below, "") for _, below in node.entries}
    return next(iter(likely)) if len(likely) == 1 else None


def _renamed_section(source: Source, key: Scalar, section: str) -> Problem:
    name = short(str(key.value))
    message = Message("unknown-key", name=name)
    return source.problem("unknown-key", message, key.place, Message("what-holds", section=section))


def _moves(entry: Entry, section: str, moved: dict[str, list[Entry]]) -> str | None:
    """The other section that the entry looks like a part of, to which it is then added."""
    target = _section_like(entry[1], section)
    if target is not None:
        moved.setdefault(target, []).append(entry)
    return target


def _section_like(node: Node, own: str) -> str | None:
    if not isinstance(node, MappingNode) or len(node.keys) < 2:
        return None
    if own and _likeness(node, own) > _MOST_OWN:
        return None
    likely = max(ENTRIES, key=lambda section: _likeness(node, section))
    return likely if likely != own and _likeness(node, likely) >= _LEAST_ALIKE else None


def _likeness(node: MappingNode, section: str) -> float:
    """Which share of the keys an entry of the section has; what it cannot lack counts for more."""
    known = properties(ENTRIES[section])
    return sum(key in known for key in node.keys) / len(node.keys)


@cache
def properties(name: str) -> frozenset[str]:
    """The keys of a part of the language: of a policy, a fact, a decision and so on."""
    schema = json.loads(schema_text("policy"))
    return frozenset((schema if name == "policy" else schema["$defs"][name])["properties"])


def _put(node: MappingNode, kept: list[Entry], moved: dict[str, list[Entry]]) -> MappingNode:
    """The file with each moved entry in its section, which is made where it is not there."""
    entries: list[Entry] = []
    for key, below in kept:
        more = moved.pop(str(key.value), [])
        if more and isinstance(below, MappingNode):
            names = {str(scalar.value) for scalar, _ in more}
            own = [entry for entry in below.entries if str(entry[0].value) not in names]
            below = MappingNode((*own, *more), below.place)
        if not (isinstance(below, MappingNode) and not below.entries and str(key.value) in ENTRIES):
            entries.append((key, below))
    for section, found in moved.items():
        place = found[0][0].place
        entries.append((Scalar(section, section, False, place), MappingNode(tuple(found), place)))
    return MappingNode(tuple(entries), node.place)


def _misfiled(source: Source, section: str, found: list[Entry]) -> Problem:
    first, count = found[0][0], len(found) - 1
    name = short(str(first.value))
    if count:
        message = Message("more-after-belong-section", name=name, count=count, section=section)
    else:
        message = Message("belongs-section-does-not", name=name, section=section)
    hint = Message("line-missing-above-check", section=section)
    return source.problem("misfiled", message, first.place, hint)


# -- rows -----------------------------------------------------------------------------------


def _with_rows(node: Node, problems: list[Problem], source: Source) -> Node:
    """The tree with the misspelt keys of rows put right: any other key would be a column."""
    decisions = node.get("decisions") if isinstance(node, MappingNode) else None
    if not isinstance(decisions, MappingNode):
        return node
    mends: list[Mend] = []
    for path, row in _rows(decisions):
        for key, meant in _slips(row):
            problems.append(_misspelt(source, key, meant))
            mends.append(Mend(path, str(key.value), meant))
    return mended(node, mends)


def _rows(decisions: MappingNode) -> Iterator[tuple[tuple[str | int, ...], MappingNode]]:
    """Each row of a table, of a group of rules too, with where it stands."""
    for name, decision in decisions.entries:
        at: tuple[str, ...] = ("decisions", str(name.value))
        groups = decision.get("groups") if isinstance(decision, MappingNode) else None
        holders = [(at, decision)]
        if isinstance(groups, MappingNode):
            holders += [((*at, "groups", str(key.value)), node) for key, node in groups.entries]
        for path, holder in holders:
            table = holder.get("table") if isinstance(holder, MappingNode) else None
            for number, row in enumerate(table.items if isinstance(table, SequenceNode) else ()):
                if isinstance(row, MappingNode):
                    yield (*path, "table", number), row


def _slips(row: MappingNode) -> Iterator[tuple[Scalar, str]]:
    free = [word for word in properties("row") if row.get(word) is None]
    for key, below in row.entries:
        name = str(key.value)
        meant = None if name in properties("row") else did_you_mean(name, free)
        # A near name may be that of a fact; what stands there is then a test of it.
        if meant == "then" or (meant is not None and _is_no_test(below, meant)):
            yield key, meant


def _is_no_test(node: Node, meant: str) -> bool:
    if meant != "because" or not isinstance(node, MappingNode):
        return False
    return bool(node.keys) and all(map(_TAG.fullmatch, node.keys))


def _misspelt(source: Source, key: Scalar, meant: str) -> Problem:
    name = short(str(key.value))
    message = Message("unknown-key-row", name=name)
    return source.problem("unknown-key", message, key.place, meaning(name, meant))
