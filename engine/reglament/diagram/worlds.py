"""From tests that lack facts to the worlds: every way to answer them that some facts give.

Tests that share no missing fact, directly or through others, are answered apart from
each other. A test that shares none and can be answered anyhow needs no worlds at all.
Sets of worlds are the bits of a whole number, so that a walk over a diagram keeps at
each node, at the price of one `and`, in which worlds it gets there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, TypeAlias

from reglament.diagram.answers import is_within
from reglament.diagram.forest import TooLarge
from reglament.diagram.possibility import Possibility, Test, Way

MOST_WORLDS = 20_000

# An answer to each test, by the rank of the test.
World: TypeAlias = Mapping[int, Any]


class Worlds:
    """Sets of worlds as bits; `every` is all of them. The same worlds are one object."""

    def __init__(self, worlds: Sequence[World]) -> None:
        self.every = (1 << len(worlds)) - 1
        self._kept: dict[int, dict[Any, int]] = {}
        for place, world in enumerate(worlds):
            for rank, answer in world.items():
                answers = self._kept.setdefault(rank, {})
                answers[answer] = answers.get(answer, 0) | 1 << place

    def __len__(self) -> int:
        return self.every.bit_length()

    def where(self, rank: int, answer: Any) -> int:
        """The worlds in which the test at `rank` has that answer, or for a span one within it."""
        answers = self._kept.get(rank)
        if answers is None:
            return self.every
        if answer not in answers:
            answers[answer] = _joined(answers, answer)
        return answers[answer]


def _joined(answers: Mapping[Any, int], wide: Any) -> int:
    """The worlds of the answers of a span that lie within a wider one; of others none."""
    if not isinstance(wide, tuple):
        return 0
    found = 0
    for answer, worlds in answers.items():
        if is_within(answer, wide):
            found |= worlds
    return found


ONE = Worlds([{}])


def worlds_of(tests: tuple[Test, ...], possibility: Possibility) -> Worlds:
    """The worlds of the tests, for one request. Raises TooLarge where there are too many."""
    apart = [worlds for group in _groups(tests) if (worlds := _of_group(group, possibility))]
    if not apart:
        return ONE
    if prod(map(len, apart)) > MOST_WORLDS:
        raise TooLarge(MOST_WORLDS)
    worlds = [_merged(chosen) for chosen in product(*apart)]
    same = tuple(tuple(world.items()) for world in worlds)
    kept: dict[Any, Worlds] = possibility.common.worlds
    found = kept.get(same)
    return found or kept.setdefault(same, Worlds(worlds))


def _merged(worlds: Iterable[World]) -> dict[int, Any]:
    return {rank: answer for world in worlds for rank, answer in world.items()}


def _groups(tests: Iterable[Test]) -> list[list[Test]]:
    """The tests put together where they share missing facts, each group in order of rank."""
    groups: list[tuple[set[str], list[Test]]] = []
    for test in sorted(tests, key=lambda test: test.rank):
        facts, members = set(test.missing), [test]
        apart = []
        for other, its in groups:
            if other.isdisjoint(test.missing):
                apart.append((other, its))
            else:
                facts |= other
                members = its + members
        groups = [*apart, (facts, members)]
    return [sorted(members, key=lambda test: test.rank) for _, members in groups]


def _of_group(group: list[Test], possibility: Possibility) -> list[World] | None:
    """The worlds of one group; None where its single test can be answered anyhow."""
    worlds = _on_a_line(group, possibility)
    if worlds is None:
        worlds = list(_met(group, possibility))
    if len(group) == 1 and len(worlds) == len(group[0].answers):
        return None
    return worlds


def _met(group: list[Test], possibility: Possibility) -> Iterator[World]:
    """The worlds, by trying each answer that goes together with those before it."""
    common = possibility.common
    waiting: list[tuple[Way, tuple[Any, ...]]] = [(common.start, ())]
    count = 0
    while waiting:
        way, given = waiting.pop()
        if len(given) == len(group):
            count += 1
            if count > MOST_WORLDS:
                raise TooLarge(MOST_WORLDS)
            yield {test.rank: answer for test, answer in zip(group, given, strict=True)}
            continue
        test = group[len(given)]
        for answer in reversed(test.answers):
            narrowed = common.after(way, test, answer)
            if possibility.of(narrowed):
                waiting.append((narrowed, (*given, answer)))


def _on_a_line(group: list[Test], possibility: Possibility) -> list[World] | None:
    """The worlds of tests that all cut the line of one fact; None where they do not.

    Between two cuts no answer changes, so the first place after each cut speaks for all.
    """
    if len(frozenset[str]().union(*(test.missing for test in group))) != 1:
        return None
    parts: list[tuple[int, list[tuple[int, int, Any]]]] = []
    for test in group:
        found = possibility.parts(test)
        if found is None:
            return None
        parts.append((test.rank, found))
    starts = {low for _, some in parts for low, high, _ in some if low <= high}
    return [
        {
            rank: next(answer for low, high, answer in some if low <= start <= high)
            for rank, some in parts
        }
        for start in sorted(starts)
    ]
