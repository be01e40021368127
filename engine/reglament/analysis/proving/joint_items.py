"""From two versions to what the items of their lists come to in both, as one version.

What a list comes to in one version hangs together with what it comes to in the other, as its items
are the same: an item of which one version counts a book is one that the other may count as dear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reglament.analysis.proving.sameness import is_same, is_same_total, meaning
from reglament.evaluation.lists.count_caps import count_caps
from reglament.model.decisions import cone
from reglament.model.lists import asked_by
from reglament.model.regulation import Fact, ItemList, Version
from reglament.model.terms import Total


def joint_items(old: Version, new: Version) -> Version | None:
    """A version that decides the items of lists of both, and nothing else; None without any.

    Left out are lists inside items, and what items decide differently under one name.
    """
    pairs = ((old.lists.get(fact), items) for fact, items in new.lists.items())
    item_lists = [_joined(item_list, items) for item_list, items in pairs if item_list is not None]
    lists = {items.fact: items for items in item_lists if items is not None}
    if not lists:
        return None
    told = {n: fact for v in (old, new) for n, fact in v.facts.items() if fact.total is None}
    totals = dict(_totals(old, new, lists))
    return replace(new, facts={**told, **totals}, lists=lists, decisions={}, examples=())


def joint_caps(old: Version, new: Version) -> Mapping[str, int]:
    """Counts of which no rule of the two versions tells this one from a larger one."""
    found: dict[str, list[int | None]] = {}
    for version in (old, new):
        caps = count_caps(version)
        for name, total in version.totals.items():
            if has_own_total(version, total):
                found.setdefault(name, []).append(caps.get(name))
    known = ((name, [cap for cap in caps if cap is not None]) for name, caps in found.items())
    return {name: max(caps) for name, caps in known if len(caps) == len(found[name])}


def has_own_total(version: Version, total: Total | None) -> bool:
    """Whether the items of the version's lists decide what the total asks of them."""
    items = None if total is None else version.lists.get(total.over)
    if total is None or items is None:
        return False
    return items.item.decisions.keys() >= {*asked_by(total)}


def _joined(one: ItemList, other: ItemList) -> ItemList | None:
    before, after = one.item, other.item
    shared = before.facts.keys() & after.facts.keys()
    is_alike = all(meaning(before.facts[name]) == meaning(after.facts[name]) for name in shared)
    if before.lists or after.lists or not is_alike or one.fields.keys() != other.fields.keys():
        return None
    named_alike = before.decisions.keys() & after.decisions.keys()
    unlike = {name for name in named_alike if not is_same(before, after, name)}
    kept = {
        name: after.decisions.get(name, decision)
        for name, decision in before.decisions.items()
        if unlike.isdisjoint(cone(before.decisions, [name]))
    }
    decisions = {**kept, **after.decisions}
    return replace(
        other,
        item=replace(after, facts={**before.facts, **after.facts}, decisions=decisions),
    )


def _totals(
    old: Version, new: Version, lists: Mapping[str, ItemList]
) -> Iterator[tuple[str, Fact]]:
    """The totals that the joined lists come to, but those of one name that are not alike."""
    for version, other in ((old, new), (new, old)):
        for name, total in version.totals.items():
            items = lists.get(total.over)
            if items is None or not has_own_total(version, total):
                continue
            item = version.lists[total.over].item
            known = items.item.decisions.keys()
            is_there = all(
                one in known and is_same(item, items.item, one) for one in asked_by(total)
            )
            is_others = name in other.totals and has_own_total(other, other.totals[name])
            if is_there and (not is_others or is_same_total(old, new, name)):
                yield name, version.facts[name]
