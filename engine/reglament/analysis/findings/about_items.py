"""From a list of a version to what is found about the decisions that are made for each item."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reglament.analysis.findings.finding import Finding, unproven
from reglament.model.lists import ItemList
from reglament.model.regulation import Version


def about_items(items: ItemList, found: Callable[[Version], list[Finding]]) -> Iterator[Finding]:
    """The findings about those decisions, by the version that decides one item.

    Items may read what the whole list comes to, which that version takes for any value: a
    finding that shows such a value is not certain.
    """
    for inner in items.item.lists.values():
        yield from about_items(inner, found)
    if not items.decisions:
        return
    for one in found(items.item):
        if one.decision not in items.decisions:
            continue
        if any(" " in name for name in one.witness or ()):
            one = unproven(one)
        yield one
