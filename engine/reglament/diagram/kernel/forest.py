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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, TypeAlias

from reglament.diagram.kernel.reduction import reduced_choice, reduced_span, sort_key
from reglament.diagram.kernel.too_large import TooLarge as TooLarge
from reglament.frozen import frozen
from reglament.model.values import Value

Node: TypeAlias = int

# Terminals stand below every variable, and what no request can tell above them alone.
TERMINAL_LEVEL = 1 << 60
DOUBT_LEVEL = 1 << 50


@frozen
class EnumVar:
    """The value of a fact of finitely many named values.

    `domain` holds every value in the order of `sort_key`; None where it is open.
    """

    fact: str
    domain: tuple[Value, ...] | None


@frozen
class IntervalVar:
    """Where the value of an ordered fact, not null, falls between cuts."""

    fact: str


@frozen
class NullVar:
    """Whether null is told of a fact."""

    fact: str


@frozen
class PredicateVar:
    """Whether an atom holds: a test that one fact alone does not settle by its value."""

    atom: Any


Variable: TypeAlias = EnumVar | IntervalVar | NullVar | PredicateVar
TerminalCase: TypeAlias = Callable[[tuple[Node, ...]], Node | None]


class Forest:
    """Every node of the diagrams of one policy version, shared between its decisions.

    The operations are those of Bryant (1986) and of the package `dd`. A node has keys and
    children; the one below tests an interval variable, whose keys are cuts:

        amount        keys      (100, 500)
                      children  (none, half, full)

        amount < 100: none    100 <= amount < 500: half    500 <= amount: full

    `find_or_add` makes a node once, reduced: with `half` for `none` the cut at 100 goes.
    `budget` bounds the number of nodes; TooLarge is raised beyond it.
    """

    def __init__(self, budget: int = 1_000_000) -> None:
        self.budget = budget
        self.levels: list[int] = []
        self.keys: list[tuple[Any, ...]] = []
        self.children: list[tuple[Node, ...]] = []
        self.values: list[Any] = []
        self.variables: dict[int, Variable] = {}
        self._level_of: dict[Variable, int] = {}
        self._last = {DOUBT_LEVEL: -1, TERMINAL_LEVEL: -1}  # before each, the last level taken
        self._unique: dict[Any, Node] = {}
        self.false = self.terminal(False)
        self.true = self.terminal(True)

    def __len__(self) -> int:
        return len(self.levels)

    # Making nodes

    def level(self, variable: Variable, wanted: int | None = None, least: int = 0) -> int:
        """The place of the variable in the order; a new one gets `wanted`, or the next last.

        The next last is `least` or more. Of doubts, `least` is DOUBTS.
        """
        found = self._level_of.get(variable)
        if found is None:
            end = TERMINAL_LEVEL if least >= DOUBT_LEVEL else DOUBT_LEVEL
            found = max(self._last[end] + 1, least) if wanted is None else wanted
            for end in self._last:
                if found < end:
                    self._last[end] = max(self._last[end], found)
            self._level_of[variable] = found
            self.variables[found] = variable
        return found

    def terminal(self, value: Any) -> Node:
        """The terminal that holds `value`."""
        # False and 0 are equal in Python and are different leaves here.
        return self._interned((type(value), value), TERMINAL_LEVEL, (), (), value)

    def find_or_add(self, level: int, keys: tuple[Any, ...], children: tuple[Node, ...]) -> Node:
        """The reduced node that tests the variable at `level`."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        # Most nodes that are looked for are there, and were reduced when they were made.
        found = self._unique.get((level, keys, children))
        if found is not None:
            return found
        variable = self.variables[level]
        if isinstance(variable, IntervalVar):
            keys, children = reduced_span(keys, children)
        elif isinstance(variable, EnumVar):
            keys, children = reduced_choice(keys, children, variable.domain)
        if not keys:
            return children[0]
        return self._interned((level, keys, children), level, keys, children, None)

    def test(self, variable: Variable, wanted: int | None = None) -> Node:
        """True where a two-way variable holds."""
        return self.find_or_add(self.level(variable, wanted), (True,), (self.true, self.false))

    def among(self, variable: EnumVar, values: Sequence[Value], wanted: int | None = None) -> Node:
        """True where the choice is one of `values`."""
        keys = tuple(sorted(set(values), key=sort_key))
        return self.find_or_add(
            self.level(variable, wanted), keys, (self.true,) * len(keys) + (self.false,)
        )

    def at_or_above(self, variable: IntervalVar, cut: Any, wanted: int | None = None) -> Node:
        """True where the value is `cut` or more."""
        return self.find_or_add(self.level(variable, wanted), (cut,), (self.false, self.true))

    def _interned(self, key: Any, level: int, keys: Any, children: Any, value: Any) -> Node:
        found = self._unique.get(key)
        if found is None:
            found = len(self.levels)
            if found >= self.budget:
                raise TooLarge(self.budget)
            self._unique[key] = found
            self.levels.append(level)
            self.keys.append(keys)
            self.children.append(children)
            self.values.append(value)
        return found

    # Reading nodes

    def is_terminal(self, node: Node) -> bool:
        """Whether the node is a terminal."""
        return self.levels[node] == TERMINAL_LEVEL

    def variable(self, node: Node) -> Variable:
        """What an inner node tests."""
        return self.variables[self.levels[node]]

    def child(self, node: Node, value: Any) -> Node:
        """Where an inner node leads for the value (a truth for two-way variables)."""
        keys, children = self.keys[node], self.children[node]
        if isinstance(self.variable(node), IntervalVar):
            return children[bisect_right(keys, value)]
        return children[keys.index(value)] if value in keys else children[-1]

    def descendants(self, root: Node) -> Iterator[Node]:
        """Each node reachable from `root`, once, parents before children."""
        seen, stack = {root}, [root]
        while stack:
            node = stack.pop()
            yield node
            for child in reversed(self.children[node]):
                if child not in seen:
                    seen.add(child)
                    stack.append(child)

    def terminals(self, root: Node) -> list[Node]:
        """The terminals reachable from `root`."""
        levels = self.levels
        return [node for node in self.descendants(root) if levels[node] == TERMINAL_LEVEL]

    def keys_by_level(self, roots: Iterable[Node]) -> dict[int, dict[Any, None]]:
        """What the tests reachable from the roots ask at each level, in the order they are met."""
        found: dict[int, dict[Any, None]] = {}
        for node in dict.fromkeys(chain.from_iterable(map(self.descendants, roots))):
            if not self.is_terminal(node):
                found.setdefault(self.levels[node], {}).update(dict.fromkeys(self.keys[node]))
        return found

    def _from_below(self, root: Node) -> list[Node]:
        """The inner nodes reachable from `root`, each after its children."""
        levels = self.levels
        inner = [node for node in self.descendants(root) if levels[node] < TERMINAL_LEVEL]
        return sorted(inner, key=levels.__getitem__, reverse=True)

    # Combining diagrams

    def apply(self, settle: TerminalCase, nodes: tuple[Node, ...], memo: dict[Any, Node]) -> Node:
        """The diagram that `settle` gives for the terminals that `nodes` lead to together.

        `settle` answers a tuple of nodes as soon as it can (always, for terminals).
        The classic *apply* (Bryant 1986), for any number of operands. It does not call
        itself, as a diagram may be deeper than Python's calls may nest.
        """
        found = settle(nodes)
        if found is None:
            found = memo.get(nodes)
        begun = [] if found is not None else [_Frame(nodes, *self._cofactors(nodes))]
        while begun:
            last = begun[-1]
            row = next(last.waiting, None)
            if row is None:
                found = memo[last.nodes] = self.find_or_add(
                    last.level, last.keys, tuple(last.children)
                )
                begun.pop()
            else:
                found = settle(row)
                if found is None:
                    found = memo.get(row)
                if found is None:
                    begun.append(_Frame(row, *self._cofactors(row)))
                    continue
            if begun:
                begun[-1].children.append(found)
        assert found is not None
        return found

    def joint(
        self,
        nodes: tuple[Node, ...],
        join: Callable[..., Any],
        *,
        same: Node | None = None,
        absorbing: Node | None = None,
    ) -> Node:
        """The diagram whose terminals hold what `join` makes of those of `nodes` together.

        It is `same`, if given, where the nodes are one, and `absorbing` where one of them is that.
        """

        def settle(row: tuple[Node, ...]) -> Node | None:
            if same is not None and len(set(row)) == 1:
                return same
            if absorbing in row:
                return absorbing
            if not all(map(self.is_terminal, row)):
                return None
            return self.terminal(join(*(self.values[node] for node in row)))

        return self.apply(settle, nodes, {})

    def _cofactors(
        self, nodes: tuple[Node, ...]
    ) -> tuple[int, tuple[Any, ...], list[tuple[Node, ...]]]:
        """The first level, every key that a node there tells apart, and where each key leads."""
        levels, asked = self.levels, self.keys
        at = [levels[node] for node in nodes]
        level = min(at)
        keys = asked[nodes[at.index(level)]]
        columns: list[Iterable[Node]] = []
        for node, own in zip(nodes, at, strict=True):
            if own != level:
                columns.append(repeat(node))
            elif asked[node] == keys:
                columns.append(self.children[node])
            else:  # seldom: most diagrams that are combined ask the same of a fact
                keys = self._joint_keys(level, [n for n in nodes if levels[n] == level])
                columns = [
                    self._spread(level, n, keys) if levels[n] == level else repeat(n) for n in nodes
                ]
                break
        return level, keys, list(zip(*columns, strict=False))

    def _joint_keys(self, level: int, nodes: list[Node]) -> tuple[Any, ...]:
        joint = {key for node in nodes for key in self.keys[node]}
        if isinstance(self.variables[level], IntervalVar):
            return tuple(sorted(joint))
        return tuple(sorted(joint, key=sort_key))

    def _spread(self, level: int, node: Node, keys: tuple[Any, ...]) -> tuple[Node, ...]:
        own, children = self.keys[node], self.children[node]
        if own == keys:
            return children
        if isinstance(self.variables[level], IntervalVar):
            return (children[0], *(children[bisect_right(own, key)] for key in keys))
        where = dict(zip(own, children, strict=False))
        last = children[-1]
        return (*(where.get(key, last) for key in keys), last)

    def map_values(self, root: Node, change: Callable[[Any], Any]) -> Node:
        """The diagram with the value of every terminal changed."""
        changed = {
            terminal: self.terminal(change(self.values[terminal]))
            for terminal in self.terminals(root)
        }
        return self.map_terminals(root, changed)

    def map_terminals(self, root: Node, changed: dict[Node, Node]) -> Node:
        """The diagram with other nodes in the place of its terminals.

        These are terminals, or stand below the diagram in the order.
        """
        made = dict(changed)
        if all(node == instead for node, instead in changed.items()):
            return root
        for node in self._from_below(root):
            children = tuple([made[child] for child in self.children[node]])
            made[node] = self.find_or_add(self.levels[node], self.keys[node], children)
        return made[root]

    def compose(self, root: Node, instead: Mapping[Node, Node]) -> Node:
        """The diagram with others in the place of its terminals, wherever these are tested.

        A test of theirs may stand higher in the order than what leads to it, so they cannot
        simply be hung below: each node chooses between the diagrams made of its children.
        """
        made = dict(instead)
        for node in self._from_below(root):
            given = [made[child] for child in self.children[node]]
            places = {child: place for place, child in enumerate(dict.fromkeys(given))}
            chosen = tuple(self.terminal(places[child]) for child in given)
            choice = self.find_or_add(self.levels[node], self.keys[node], chosen)
            made[node] = self.apply(self._chosen, (choice, *places), {})
        return made[root]

    def _chosen(self, nodes: tuple[Node, ...]) -> Node | None:
        choice, *others = nodes
        if self.is_terminal(choice):
            place: int = self.values[choice]
            return others[place]
        return others[0] if len(set(others)) == 1 else None

    def and_(self, a: Node, b: Node) -> Node:
        """True where both are."""
        return self.ite(a, b, self.false)

    def or_(self, a: Node, b: Node) -> Node:
        """True where one is, or both."""
        return self.ite(a, self.true, b)

    def not_(self, a: Node) -> Node:
        """True where the other is not."""
        return self.ite(a, self.false, self.true)

    def ite(self, guard: Node, then: Node, other: Node) -> Node:
        """`then` where the guard holds, else `other`."""
        return self.apply(self._ite_of, (guard, then, other), {})

    def _ite_of(self, nodes: tuple[Node, ...]) -> Node | None:
        guard, then, other = nodes
        if guard == self.true or then == other:
            return then
        if guard == self.false:
            return other
        return guard if (then, other) == (self.true, self.false) else None


class _Frame:
    """Nodes that are being combined: the `children` made so far, and the rows of those waiting."""

    __slots__ = ("children", "keys", "level", "nodes", "waiting")

    def __init__(
        self,
        nodes: tuple[Node, ...],
        level: int,
        keys: tuple[Any, ...],
        rows: list[tuple[Node, ...]],
    ) -> None:
        self.nodes = nodes
        self.level = level
        self.keys = keys
        self.waiting = iter(rows)
        self.children: list[Node] = []
