"""From the rules of a version to the same rules in canonical terms, with hours renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reglament.frozen import frozen
from reglament.functions.table import EVERY
from reglament.model.conditions import Test, Within
from reglament.model.terms import Formula
from reglament.model.visitor import Node


@frozen
class Rewriting:
    """Renames `hours`, puts the arguments of sums in one order, and forgets places in files."""

    hours: Mapping[str, str]

    def __call__(self, node: Node) -> Node:
        """What becomes of one condition or term, those inside it being rewritten already."""
        if isinstance(node, Test):
            node = replace(node, place=None)
        if isinstance(node, Within | Formula) and node.hours is not None:
            node = replace(node, hours=self.hours.get(node.hours, node.hours))
        if isinstance(node, Formula) and node.by:
            node = replace(
                node, by=tuple((word, self.hours.get(one, one)) for word, one in node.by)
            )
        if isinstance(node, Formula) and EVERY[node.function].is_commutative:
            node = replace(node, arguments=tuple(sorted(node.arguments, key=repr)))
        return node
