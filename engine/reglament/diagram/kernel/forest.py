"""Decision diagrams: ordered, hash-consed graphs whose nodes test one variable each.

Multi-valued and interval decision diagrams (Srinivasan et al. 1990; Strehl and
Thiele 2000) in one form: a node has keys and one child a key, plus a last child.
On a *choice* the keys are values and the last child is for every other value;
on a *span* the keys are rising cuts, and the child i is for values from cut i-1
up to, and without, cut i. Equal functions are the same node, so they compare as
integers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from reglament.model.values import Value

Node: TypeAlias = int

# Leaves stand below every variable, and what no request can tell above them alone.
BOTTOM = 1 << 60
DOUBTS = 1 << 50


class TooLarge(Exception):
    """A diagram outgrew its budget of `nodes`; what was asked is not analysed."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        super().__init__(nodes)


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of a fact of finitely many named values.

    `domain` holds every value in the order of `sort_key`; None where it is open.
    """

    fact: str
    domain: tuple[Value, ...] | None


@dataclass(frozen=True, slots=True)
class Span:
    """Where the value of an ordered fact, not null, falls between cuts."""

    fact: str


@dataclass(frozen=True, slots=True)
class Null:
    """Whether null is told of a fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether an atom holds: a test that one fact alone does not settle by its value."""

    atom: Any


Variable: TypeAlias = Choice | Span | Null | Truth
Settle: TypeAlias = Callable[[tuple[Node, ...]], Node | None]


class Forest:
    """Every node of the diagrams of one policy version, shared between its decisions.

    `budget` bounds the number of nodes; TooLarge is raised beyond it.
    """

    def __init__(self, budget: int = 1_000_000) -> None:
        self.budget = budget
        self.ranks: list[int] = []
        self.keys: list[tuple[Any, ...]] = []
        self.children: list[tuple[Node, ...]] = []
        self.payloads: list[Any] = []
        self.variables: dict[int, Variable] = {}
        self._rank_of: dict[Variable, int] = {}
        self._unique: dict[Any, Node] = {}
        self.false = self.leaf(False)
        self.true = self.leaf(True)

    def __len__(self) -> int:
        return len(self.ranks)

    # Making nodes

    def rank(self, variable: Variable, wanted: int | None = None, least: int = 0) -> int:
        """The place of the variable in the order; a new one gets `wanted`, or the next last.

        The next last is `least` or more. Of doubts, `least` is DOUBTS.
        """
        found = self._rank_of.get(variable)
        if found is None:
            end = BOTTOM if least >= DOUBTS else DOUBTS
            last = max((one for one in self.variables if one < end), default=-1) + 1
            found = max(last, least) if wanted is None else wanted
            self._rank_of[variable] = found
            self.variables[found] = variable
        return found

    def leaf(self, payload: Any) -> Node:
        """The leaf that holds `payload`."""
        # False and 0 are equal in Python and are different leaves here.
        return self._made((type(payload), payload), BOTTOM, (), (), payload)

    def node(self, rank: int, keys: tuple[Any, ...], children: tuple[Node, ...]) -> Node:
        """The reduced node that tests the variable at `rank`."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        variable = self.variables[rank]
        if isinstance(variable, Span):
            keys, children = _merged(keys, children)
        elif isinstance(variable, Choice):
            keys, children = _lean(keys, children, variable.domain)
        if not keys:
            return children[0]
        return self._made((rank, keys, children), rank, keys, children, None)

    def test(self, variable: Variable, wanted: int | None = None) -> Node:
        """True where a two-way variable holds."""
        return self.node(self.rank(variable, wanted), (True,), (self.true, self.false))

    def among(self, variable: Choice, values: Sequence[Value], wanted: int | None = None) -> Node:
        """True where the choice is one of `values`."""
        keys = tuple(sorted(set(values), key=sort_key))
        return self.node(
            self.rank(variable, wanted), keys, (self.true,) * len(keys) + (self.false,)
        )

    def at_or_above(self, variable: Span, cut: Any, wanted: int | None = None) -> Node:
        """True where the value is `cut` or more."""
        return self.node(self.rank(variable, wanted), (cut,), (self.false, self.true))

    def _made(self, key: Any, rank: int, keys: Any, children: Any, payload: Any) -> Node:
        found = self._unique.get(key)
        if found is None:
            found = len(self.ranks)
            if found >= self.budget:
                raise TooLarge(self.budget)
            self._unique[key] = found
            self.ranks.append(rank)
            self.keys.append(keys)
            self.children.append(children)
            self.payloads.append(payload)
        return found

    # Reading nodes

    def is_leaf(self, node: Node) -> bool:
        """Whether the node is a leaf."""
        return self.ranks[node] == BOTTOM

    def variable(self, node: Node) -> Variable:
        """What an inner node tests."""
        return self.variables[self.ranks[node]]

    def child(self, node: Node, value: Any) -> Node:
        """Where an inner node leads for the value (a truth for two-way variables)."""
        keys, children = self.keys[node], self.children[node]
        if isinstance(self.variable(node), Span):
            return children[bisect_right(keys, value)]
        return children[keys.index(value)] if value in keys else children[-1]

    def below(self, root: Node) -> Iterator[Node]:
        """Each node reachable from `root`, once, parents before children."""
        seen, stack = {root}, [root]
        while stack:
            node = stack.pop()
            yield node
            for child in reversed(self.children[node]):
                if child not in seen:
                    seen.add(child)
                    stack.append(child)

    def leaves(self, root: Node) -> list[Node]:
        """The leaves reachable from `root`."""
        return [node for node in self.below(root) if self.is_leaf(node)]

    # Combining diagrams

    def combine(self, settle: Settle, nodes: tuple[Node, ...], memo: dict[Any, Node]) -> Node:
        """The diagram that `settle` gives for the leaves that `nodes` lead to together.

        `settle` answers a tuple of nodes as soon as it can (always, for leaves).
        The classic *apply* (Bryant 1986), for any number of operands. It does not call
        itself, as a diagram may be deeper than Python's calls may nest.
        """
        found = settle(nodes)
        if found is None:
            found = memo.get(nodes)
        begun = [] if found is not None else [_Begun(nodes, *self._cofactors(nodes))]
        while begun:
            last = begun[-1]
            row = next(last.waiting, None)
            if row is None:
                found = memo[last.nodes] = self.node(last.rank, last.keys, tuple(last.children))
                begun.pop()
            else:
                found = settle(row)
                if found is None:
                    found = memo.get(row)
                if found is None:
                    begun.append(_Begun(row, *self._cofactors(row)))
                    continue
            if begun:
                begun[-1].children.append(found)
        assert found is not None
        return found

    def _cofactors(
        self, nodes: tuple[Node, ...]
    ) -> tuple[int, tuple[Any, ...], list[tuple[Node, ...]]]:
        """The first rank, every key that a node there tells apart, and where each key leads."""
        rank = min([self.ranks[node] for node in nodes])
        here = [self.ranks[node] == rank for node in nodes]
        keys = self._joint_keys(rank, [n for n, at in zip(nodes, here, strict=True) if at])
        columns = [
            self._spread(rank, node, keys) if at else (node,) * (len(keys) + 1)
            for node, at in zip(nodes, here, strict=True)
        ]
        return rank, keys, list(zip(*columns, strict=True))

    def _joint_keys(self, rank: int, nodes: list[Node]) -> tuple[Any, ...]:
        every = {self.keys[node] for node in nodes}
        if len(every) == 1:
            return every.pop()
        joint = {key for keys in every for key in keys}
        if isinstance(self.variables[rank], Span):
            return tuple(sorted(joint))
        return tuple(sorted(joint, key=sort_key))

    def _spread(self, rank: int, node: Node, keys: tuple[Any, ...]) -> tuple[Node, ...]:
        own, children = self.keys[node], self.children[node]
        if own == keys:
            return children
        if isinstance(self.variables[rank], Span):
            return (children[0], *(children[bisect_right(own, key)] for key in keys))
        where = dict(zip(own, children, strict=False))
        last = children[-1]
        return (*(where.get(key, last) for key in keys), last)

    def map(self, root: Node, change: Callable[[Any], Any]) -> Node:
        """The diagram with every leaf's payload changed."""
        changed = {leaf: self.leaf(change(self.payloads[leaf])) for leaf in self.leaves(root)}
        return self.graft(root, changed)

    def graft(self, root: Node, changed: dict[Node, Node]) -> Node:
        """The diagram with leaves put in the place of leaves."""

        def settle(nodes: tuple[Node, ...]) -> Node | None:
            return changed[nodes[0]] if self.is_leaf(nodes[0]) else None

        return self.combine(settle, (root,), {})

    def both(self, a: Node, b: Node) -> Node:
        """True where both are."""
        return self.pick(a, b, self.false)

    def either(self, a: Node, b: Node) -> Node:
        """True where one is, or both."""
        return self.pick(a, self.true, b)

    def negate(self, a: Node) -> Node:
        """True where the other is not."""
        return self.pick(a, self.false, self.true)

    def pick(self, guard: Node, then: Node, other: Node) -> Node:
        """`then` where the guard holds, else `other`."""
        return self.combine(self._picked, (guard, then, other), {})

    def _picked(self, nodes: tuple[Node, ...]) -> Node | None:
        guard, then, other = nodes
        if guard == self.true or then == other:
            return then
        if guard == self.false:
            return other
        return guard if (then, other) == (self.true, self.false) else None


class _Begun:
    """Nodes that are being combined: the `children` made so far, and the rows of those waiting."""

    __slots__ = ("children", "keys", "nodes", "rank", "waiting")

    def __init__(
        self,
        nodes: tuple[Node, ...],
        rank: int,
        keys: tuple[Any, ...],
        rows: list[tuple[Node, ...]],
    ) -> None:
        self.nodes = nodes
        self.rank = rank
        self.keys = keys
        self.waiting = iter(rows)
        self.children: list[Node] = []


def sort_key(value: Value) -> tuple[bool, str, str]:
    """A total order over values of a choice: null last, whatever the hash seed."""
    return (value is None, type(value).__name__, str(value))


def _merged(
    keys: tuple[Any, ...], children: tuple[Node, ...]
) -> tuple[tuple[Any, ...], tuple[Node, ...]]:
    """A span without the cuts on whose both sides stands the same child."""
    kept = [i for i in range(len(keys)) if children[i] != children[i + 1]]
    if len(kept) == len(keys):
        return keys, children
    return tuple(keys[i] for i in kept), (*(children[i] for i in kept), children[-1])


def _lean(
    keys: tuple[Any, ...], children: tuple[Node, ...], domain: tuple[Value, ...] | None
) -> tuple[tuple[Any, ...], tuple[Node, ...]]:
    """A choice without keys that lead where every other value leads.

    Where every value of a closed domain is a key, the last value of the domain
    speaks for the rest, so that equal functions stay equal nodes.
    """
    last = children[-1]
    if domain is not None and keys[-1] == domain[-1]:
        where = dict(zip(keys, children, strict=False))
        keys, children = domain, tuple(where.get(value, last) for value in domain)
        last = children[-1]
    kept = [i for i in range(len(keys)) if children[i] != last]
    if len(kept) == len(keys):
        return keys, children
    return tuple(keys[i] for i in kept), (*(children[i] for i in kept), last)
