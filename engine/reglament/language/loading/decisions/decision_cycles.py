"""From who builds on whom to an order in which each follows its foundations, or to a cycle.

A decision that rests on itself is a problem. A bare word that something else is called, too, is
taken for that name. Where nothing else closes the cycle, the hint says how the word itself is
written:

    gift: {rules: [{id: a, when: {tags: {includes: gift}}, then: true}]}      {literal: gift}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from heapq import heapify, heappop, heappush
from itertools import pairwise

from reglament.language.loading.decisions.rules_section import WrittenRule
from reglament.language.loading.expressions.operands import LITERAL
from reglament.language.loading.expressions.scope import Scope
from reglament.language.syntax.source import Node, Scalar, SequenceNode
from reglament.messages import Message, Words, ticked
from reglament.model.problems import Place
from reglament.model.values import WORDS


def in_building_order(builds_on: Mapping[str, Sequence[str]]) -> list[str]:
    """Every name after those that it builds on, ties by name (Kahn 1962); a cycle is left out."""
    sorter = TopologicalSorter(builds_on)
    with suppress(CycleError):  # it goes on as far as a cycle lets it
        sorter.prepare()
    ready, order = list(sorter.get_ready()), list[str]()
    heapify(ready)
    while ready:
        order.append(heappop(ready))
        sorter.done(order[-1])
        for name in sorter.get_ready():
            heappush(ready, name)
    return order


def cycle_in(builds_on: Mapping[str, Sequence[str]]) -> list[str]:
    """One cycle, its first name repeated at the end; empty where there is none."""
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


def _from_least(cycle: list[str]) -> list[str]:
    """The same cycle told from its least name, whatever it was met by."""
    start = cycle.index(min(cycle))
    turned = cycle[start:] + cycle[:start]
    return [*turned, turned[0]]


# What a rule says under these reads nothing.
_NO_READING = frozenset(
    {LITERAL, "id", "because", "unless", "clauses", "overrides", "readings", "under"}
)
Rules = Mapping[str, Sequence[WrittenRule]]


def tell_cycle(names: Scope, cycle: Sequence[str], place: Place | None, rules: Rules) -> None:
    """Add the problem; `rules` has those of each decision, as they are written.

    Names with blanks are the engine's own, and not told.
    """
    shown = [name for name in cycle[:-1] if " " not in name]
    shown += shown[:1]
    message = Message("decisions-depend-each-other", shown=ticked(shown, " → "))
    names.report.add("decisions-circle", place, message, _hint(names, shown, rules))


def _hint(names: Scope, shown: Sequence[str], rules: Rules) -> Words | None:
    """How to write the word by which alone a decision reads the next, where there is one."""
    words = {word_or_name.place: word_or_name.is_name for word_or_name in names.words_or_names}
    for name, following in pairwise(shown):
        written = rules.get(name, ())
        if name == following:  # nothing gives what it is itself: the word must be meant
            own = (rule.then_place for rule in written)
            words |= {then.place: True for then in own if _gives_word(names, name, then)}
        if {way for rule in written for way in _ways(rule.node, following, words)} == {True}:
            return Message("write-literal-for-word", word=following)
    return None


def _gives_word(names: Scope, name: str, then: Node) -> bool:
    """Whether an outcome of the decision is a word that the decision is called."""
    scopes = (names.known, *(items.known for items in names.lists.values()))
    typed = next((known[name] for known in scopes if name in known), None)
    is_word = typed is not None and typed.type is not None and typed.type.kind in WORDS
    return is_word and isinstance(then, Scalar) and then.value == name


def _ways(node: Node, name: str, words: Mapping[Place, bool]) -> Iterator[bool]:
    """Whether it is as a bare word, for each place below where what is called so is read."""
    if isinstance(node, Scalar):
        is_name = words.get(node.place)
        if is_name is None and (node.value == name or f"{{{name}}}" in str(node.value)):
            yield False
        elif is_name and node.value == name:
            yield True
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _ways(item, name, words)
    else:
        for key, below in node.entries:
            said = str(key.value)
            if said not in _NO_READING:
                if said == name or said.startswith(f"{name}."):
                    yield False
                yield from _ways(below, name, words)
