"""From a graph without circles to places on a plane: layers from left to right, few crossings.

The method is Sugiyama's (Sugiyama, Tagawa, Toda 1981): a layer for each node by its longest
way from the root, a bend for each layer that an edge passes, an order in each layer by the
mean of the neighbours, and then heights as near to the neighbours' as the boxes allow: least
squares under an order, which pooling adjacent violators solves exactly (Barlow et al. 1972).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from reglament.frozen import frozen

Point = tuple[float, float]
SWEEPS = 12


@frozen
class Layout:
    """The middle of each box, and the way of each edge: from its box, by its bends, to a box."""

    places: Sequence[Point]
    ways: Sequence[Sequence[Point]]


def laid_out(
    sizes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int]],
    between: tuple[float, float],
) -> Layout:
    """Places for boxes of these widths and heights, the root first, `between` them at least so far.

    Every edge leads to a box that stands after its own in the order of `sizes`.
    """
    layer = _layers(len(sizes), edges)
    heights = [height for _, height in sizes]
    chains = [_chain(edge, layer, heights) for edge in edges]
    links = [pair for chain in chains for pair in pairwise(chain)]
    after, before = _neighbours(len(heights), links)
    rows = _ordered(_rows(layer, after), before, after)
    y = _heights(rows, heights, before, after, between[1])
    x = _lefts(layer[: len(sizes)], sizes, between[0])
    middle = [start + width / 2 for start, width in x]
    places = [(middle[layer[node]], y[node]) for node in range(len(heights))]
    ways = [_way(chain, places, sizes, layer, x) for chain in chains]
    return Layout(places[: len(sizes)], ways)


def _layers(count: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    layer = [0] * count
    for start, end in sorted(edges):
        layer[end] = max(layer[end], layer[start] + 1)
    return layer


def _chain(edge: tuple[int, int], layer: list[int], heights: list[float]) -> list[int]:
    """The edge with a bend, a node of no height, in each layer that it passes."""
    start, end = edge
    bends = range(len(layer), len(layer) + layer[end] - layer[start] - 1)
    layer += range(layer[start] + 1, layer[end])
    heights += [0.0] * len(bends)
    return [start, *bends, end]


def _neighbours(
    count: int, links: Iterable[tuple[int, int]]
) -> tuple[list[list[int]], list[list[int]]]:
    after: list[list[int]] = [[] for _ in range(count)]
    before: list[list[int]] = [[] for _ in range(count)]
    for start, end in links:
        after[start].append(end)
        before[end].append(start)
    return after, before


def _rows(layer: Sequence[int], after: Sequence[Sequence[int]]) -> list[list[int]]:
    """The nodes of each layer in the order in which a walk from the root meets them."""
    rows: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    waiting, seen = [0], set[int]()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            rows[layer[node]].append(node)
            waiting.extend(reversed(after[node]))
    return rows


def _ordered(
    rows: list[list[int]], before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]
) -> list[list[int]]:
    """The order with the fewest crossings that sweeps to and fro come by."""
    best, fewest = [list(row) for row in rows], _crossings(rows, after)
    for sweep in range(SWEEPS):
        is_back = sweep % 2 == 0
        _sort(rows, after if is_back else before, backwards=is_back)
        crossings = _crossings(rows, after)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _crossings(rows: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> int:
    """How many pairs of lines between neighbouring layers cross."""
    place = {node: at for row in rows for at, node in enumerate(row)}
    count = 0
    for row in rows:
        ends: list[int] = []
        for node in row:
            new = [place[other] for other in after[node]]
            count += sum(earlier > end for end in new for earlier in ends)
            ends += new
    return count


def _sort(rows: list[list[int]], neighbours: Sequence[Sequence[int]], *, backwards: bool) -> None:
    """Each layer by the mean place of its neighbours in the layer beside it."""
    place: dict[int, float] = {node: at for row in rows for at, node in enumerate(row)}
    for row in reversed(rows) if backwards else rows:
        row.sort(key=lambda node: _mean([place[n] for n in neighbours[node]], place[node]))
        place.update({node: at for at, node in enumerate(row)})


def _heights(
    rows: Sequence[Sequence[int]],
    heights: Sequence[float],
    before: Sequence[Sequence[int]],
    after: Sequence[Sequence[int]],
    between: float,
) -> list[float]:
    y = [0.0] * len(heights)
    for sweep in range(SWEEPS):
        is_back = sweep % 2 == 0
        for row in reversed(rows) if is_back else rows:
            beside = after if is_back else before
            wanted = [_mean([y[n] for n in beside[node]], y[node]) for node in row]
            for node, at in zip(row, _apart(row, wanted, heights, between), strict=True):
                y[node] = at
    return y


def _apart(
    row: Sequence[int], wanted: Sequence[float], heights: Sequence[float], between: float
) -> list[float]:
    """The heights nearest to those wanted that keep the order and the boxes apart."""
    offsets = [0.0]
    for node, other in pairwise(row):
        offsets.append(offsets[-1] + (heights[node] + heights[other]) / 2 + between)
    pools: list[tuple[float, int]] = []  # the mean of what is wanted, less the offset; how many
    for want, offset in zip(wanted, offsets, strict=True):
        pool = (want - offset, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, count = pools.pop()
            pool = ((mean * count + pool[0] * pool[1]) / (count + pool[1]), count + pool[1])
        pools.append(pool)
    means = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _lefts(
    layer: Sequence[int], sizes: Sequence[tuple[float, float]], between: float
) -> list[tuple[float, float]]:
    """Where each layer begins, and how wide its widest box is."""
    found, left = [], 0.0
    for number in range(max(layer) + 1):
        width = max(w for at, (w, _) in zip(layer, sizes, strict=True) if at == number)
        found.append((left, width))
        left += width + between
    return found


def _way(
    chain: Sequence[int],
    places: Sequence[Point],
    sizes: Sequence[tuple[float, float]],
    layer: Sequence[int],
    lefts: Sequence[tuple[float, float]],
) -> list[Point]:
    """From the right side of the first box to the left side of the last.

    Only between layers does it rise or fall: beside a box stand others that may be wider.
    """
    first, *bends, last = chain
    level = [
        (first, places[first][0] + sizes[first][0] / 2, sum(lefts[layer[first]])),
        *((node, lefts[layer[node]][0], sum(lefts[layer[node]])) for node in bends),
        (last, lefts[layer[last]][0], places[last][0] - sizes[last][0] / 2),
    ]
    return [(x, places[node][1]) for node, *ends in level for x in dict.fromkeys(ends)]


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default
