"""From a tree with a slip that was told to the tree that was most likely meant.

A version with a problem is refused whatever else it says. What is read on from the mended tree
tells the other mistakes, and not what only follows from the slip (error recovery by correction,
as compilers do it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from reglament.frozen import frozen
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.language.syntax.yaml_words import resolve

Path: TypeAlias = tuple[str | int, ...]
Change: TypeAlias = Callable[[Node], Node]


@frozen
class Mend:
    """What was most likely meant at a path: `key` of that mapping is `meant`, or the value is.

    With `above` the entry belongs to the mapping that holds this one.
    """

    path: Path
    key: str | None
    meant: str
    above: bool = False


def mended(root: Node, mends: Iterable[Mend]) -> Node:
    """The tree with every mend made; one that no longer fits is left out."""
    for mend in mends:
        if mend.above and mend.key is not None:
            root = _raised(root, mend.path, mend.key)
        else:
            root = _changed(root, mend.path, mend)
    return root


def _changed(node: Node, path: Path, mend: Mend) -> Node:
    if path:
        return with_below(node, path[0], lambda below: _changed(below, path[1:], mend))
    if mend.key is None:
        return (
            replace(node, value=resolve(mend.meant), trap=None)
            if isinstance(node, Scalar)
            else node
        )
    if not isinstance(node, MappingNode) or node.get(mend.meant) is not None:
        return node
    entries = (
        (replace(key, value=mend.meant) if key.value == mend.key else key, below)
        for key, below in node.entries
    )
    return MappingNode(tuple(entries), node.place)


def _raised(node: Node, path: Path, name: str) -> Node:
    if len(path) > 1:
        return with_below(node, path[0], lambda below: _raised(below, path[1:], name))
    below = node.get(str(path[0])) if path and isinstance(node, MappingNode) else None
    if not isinstance(node, MappingNode) or not isinstance(below, MappingNode):
        return node
    raised = tuple(entry for entry in below.entries if entry[0].value == name)
    kept = tuple(entry for entry in below.entries if entry[0].value != name)
    rest = MappingNode(kept, below.place)
    lower = node.changed(lambda *_: rest, str(path[0]))
    return MappingNode((*lower.entries, *raised), node.place)


def with_below(node: Node, step: str | int, change: Change) -> Node:
    """The node with what stands at one step below it changed."""
    if isinstance(node, MappingNode):
        return node.changed(lambda _, below: change(below), str(step))
    if isinstance(node, SequenceNode):
        items = (change(item) if n == step else item for n, item in enumerate(node.items))
        return SequenceNode(tuple(items), node.place)
    return node
