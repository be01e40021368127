"""What a version that is `based_on` another one takes over from it, and what it says otherwise.

An entry that both have is that of the base with what the new version writes in the place of what
stood there: key by key, down to what is one thing (a condition, an outcome, a list, a text). Rules,
requirements, rows and reactions are entries by their ids. `without` names what is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from reglament.language.loading.expressions.node_access import text_of
from reglament.language.loading.files.section_names import JOINED
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import (
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    entries_in,
    items_in,
    node_below,
)
from reglament.messages import Message

BASED_ON = "based_on"
WITHOUT = "without"
OWN = frozenset({"version", "holds_from", "known_from", "holds_until", BASED_ON, WITHOUT})
"""What each version says of itself, whatever it is based on."""

Nodes: TypeAlias = dict[str, Node]

_NAMED = JOINED | {"explain"}
_BY_ID = frozenset({"rules", "requirements", "table", "rows"})
_WHOLE = frozenset({"when", "then", "overrides", "under", "clauses", "checklist"})
# Of these a new version that says one means it instead of the others.
_INSTEAD = (frozenset({"value", "values"}), frozenset({"rules", "table", "requirements", "groups"}))
_WORKED = {"examples": "name", "timelines": "name"}
_LISTS = {**_WORKED, "reactions": "id"}


def completed(file: MappingNode, base: Nodes) -> MappingNode:
    """A file of the new version, each of its entries with what the base says of the same."""
    return file.changed(lambda key, node: _section(str(key.value), node, base))


def _section(name: str, own: Node, base: Nodes) -> Node:
    below = base.get(name)
    if name in _NAMED and isinstance(own, MappingNode) and isinstance(below, MappingNode):
        return own.changed(lambda key, node: _over(below.get(str(key.value)), node))
    if name == "reactions" and isinstance(own, SequenceNode) and isinstance(below, SequenceNode):
        known = {_id(item, "id"): item for item in below.items}
        items = tuple(_over(known.get(_id(item, "id")), item) for item in own.items)
        return SequenceNode(items, own.place)
    return own


def _over(base: Node | None, own: Node) -> Node:
    """What the base says, with the own in its place where both say something."""
    if (
        not isinstance(base, MappingNode)
        or not isinstance(own, MappingNode)
        or _is_switch(base, own)
    ):
        return own
    instead = frozenset[str]().union(*(each for each in _INSTEAD if each & set(own.keys)))
    kept = [(k, n) for k, n in base.entries if k.value not in instead - set(own.keys)]
    entries = {str(key.value): (key, node) for key, node in kept}
    for key, node in own.entries:
        name = str(key.value)
        before = entries[name][1] if name in entries else None
        entries[name] = (key, _value(name, before, node))
    return MappingNode(tuple(entries.values()), own.place)


def _value(name: str, base: Node | None, own: Node) -> Node:
    if name in _BY_ID and isinstance(base, SequenceNode) and isinstance(own, SequenceNode):
        return SequenceNode(_by_id(base.items, own.items), own.place)
    return own if name in _WHOLE else _over(base, own)


def _by_id(base: Iterable[Node], own: Iterable[Node]) -> tuple[Node, ...]:
    """The items of the base with the own ones over them, and then those that are new."""
    nodes: dict[object, Node] = {_id(item, "id"): item for item in base}
    for item in own:
        name = _id(item, "id")
        nodes[name] = _over(nodes.get(name), item)
    return tuple(nodes.values())


def _is_switch(*nodes: MappingNode) -> bool:
    """Whether what is written is a pick by reading, which is one thing."""
    return any(isinstance(node.get("reading"), Scalar) for node in nodes)


def _id(item: Node, key: str) -> object:
    """The name of an item; one that has none is like no other."""
    named = text_of(node_below(item, key))
    return item.place if named is None else named


def united(base: Nodes, own: Nodes) -> Nodes:
    """The sections of the new version: its own over those that it takes over."""
    nodes = {name: node for name, node in base.items() if name not in OWN}
    for name, node in own.items():
        below = base.get(name)
        if name in _NAMED and isinstance(node, MappingNode) and isinstance(below, MappingNode):
            entries = {str(key.value): (key, each) for key, each in below.entries}
            entries |= {str(key.value): (key, each) for key, each in node.entries}
            node = MappingNode(tuple(entries[entry] for entry in sorted(entries)), node.place)
        elif name in _LISTS and isinstance(node, SequenceNode) and isinstance(below, SequenceNode):
            items = {_id(item, _LISTS[name]): item for item in (*below.items, *node.items)}
            node = SequenceNode(tuple(items.values()), node.place)
        nodes[name] = node
    return {name: nodes[name] for name in sorted(nodes) if name not in (BASED_ON, WITHOUT)}


def judged_anew(sections: Nodes, own: Mapping[str, Node]) -> Nodes:
    """The sections, worked examples that are taken over judged on the first day of the version.

    One that names its own moment stays with the version that it is about.
    """
    day = sections.get("holds_from")
    nodes = dict(sections)
    for name in _WORKED:
        listed, mine = sections.get(name), own.get(name)
        if isinstance(listed, SequenceNode) and isinstance(day, Scalar):
            written = {id(node) for node in items_in(mine)}
            items = (one if id(one) in written else _judged_on(day, one) for one in listed.items)
            nodes[name] = SequenceNode(tuple(one for one in items if one is not None), listed.place)
    return nodes


def _judged_on(day: Scalar, example: Node) -> Node | None:
    if not isinstance(example, MappingNode):
        return example
    if example.get("at") is not None:
        return None
    key = Scalar("at", "at", False, example.place)
    return MappingNode((*example.entries, (key, day)), example.place)


# What is taken away


def less(report: Diagnostics, base: Nodes, without: Node | None) -> Nodes:
    """The sections of the base without what the new version takes away, by name."""
    nodes = dict(base)
    for key, names in entries_in(without):
        section = str(key.value)
        for name in items_in(names):
            if isinstance(name, Scalar):
                _take_away(report, nodes, section, name)
    return nodes


def _take_away(report: Diagnostics, sections: Nodes, section: str, name: Scalar) -> None:
    word = str(name.value)
    known = _rules(sections) if section == "rules" else _names(sections.get(section), section)
    if word not in known:
        message = Message("without-unknown", name=word)
        report.unknown("unknown-removed", name, message, word, known)
    elif section == "rules":
        decisions = sections["decisions"]
        assert isinstance(decisions, MappingNode)
        sections["decisions"] = decisions.changed(lambda _, node: _without_rule(node, word))
    else:
        sections[section] = _without_entry(sections[section], section, word)


def _names(section: Node | None, name: str) -> list[str]:
    if isinstance(section, MappingNode):
        return list(section.keys)
    return [str(_id(item, _LISTS.get(name, "id"))) for item in items_in(section)]


def _rules(sections: Nodes) -> list[str]:
    listed = (_listed_rules(node) for _, node in entries_in(sections.get("decisions")))
    return [str(_id(item, "id")) for items in listed for item in items]


def _listed_rules(decision: Node) -> tuple[Node, ...]:
    grouped = (node for _, node in entries_in(node_below(decision, "groups")))
    lists = (node_below(node, key) for node in (decision, *grouped) for key in sorted(_BY_ID))
    return tuple(item for each in lists for item in items_in(each))


def _without_rule(decision: Node, rule: str) -> Node:
    if not isinstance(decision, MappingNode):
        return decision

    def left(key: Scalar, node: Node) -> Node:
        if key.value == "groups" and isinstance(node, MappingNode):
            return node.changed(lambda _, group: _without_rule(group, rule))
        return _without_entry(node, "rules", rule) if isinstance(node, SequenceNode) else node

    return decision.changed(left)


def _without_entry(section: Node, name: str, entry: str) -> Node:
    if isinstance(section, MappingNode):
        kept = tuple((key, node) for key, node in section.entries if key.value != entry)
        return MappingNode(kept, section.place)
    if isinstance(section, SequenceNode):
        items = (item for item in section.items if _id(item, _LISTS.get(name, "id")) != entry)
        return SequenceNode(tuple(items), section.place)
    return section
