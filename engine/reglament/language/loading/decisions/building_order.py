"""From who builds on whom to an order in which each follows its foundations, or to a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush


def in_building_order(builds_on: Mapping[str, Sequence[str]]) -> list[str]:
    """Every name after those that it builds on, ties by name (Kahn 1962); a circle is left out."""
    waits = {name: len(set(below)) for name, below in builds_on.items()}
    above: dict[str, list[str]] = {name: [] for name in builds_on}
    for name, below in builds_on.items():
        for one in set(below):
            above[one].append(name)
    ready = [name for name, count in waits.items() if count == 0]
    heapify(ready)
    order: list[str] = []
    while ready:
        name = heappop(ready)
        order.append(name)
        for one in above[name]:
            waits[one] -= 1
            if waits[one] == 0:
                heappush(ready, one)
    return order


def circle_in(builds_on: Mapping[str, Sequence[str]]) -> list[str]:
    """One circle, its first name repeated at the end; empty where there is none."""
    stuck = builds_on.keys() - set(in_building_order(builds_on))
    if not stuck:
        return []
    # Each of the stuck waits for another of them, so this walk must come round.
    walk = [min(stuck)]
    while True:
        following = min(name for name in builds_on[walk[-1]] if name in stuck)
        if following in walk:
            return _from_least(walk[walk.index(following) :])
        walk.append(following)


def _from_least(circle: list[str]) -> list[str]:
    """The same circle told from its least name, whatever it was met by."""
    start = circle.index(min(circle))
    turned = circle[start:] + circle[:start]
    return [*turned, turned[0]]
