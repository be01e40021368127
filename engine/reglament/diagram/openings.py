"""From a diagram and what a request tells to the part left open, each step remembered.

A request walks a diagram in its order. What it tells takes one child of a node;
what it lacks keeps every child, in a fork. What is left after some answers, forks
over nodes that are still to be asked, is made once: later requests that answer
alike find it by one look-up a test (the subset construction of finite automata,
Rabin and Scott 1959, made as requests come).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from enum import Enum
from operator import is_
from threading import RLock
from typing import Any, TypeAlias

from reglament.diagram.answers import OTHER, answers
from reglament.diagram.forest import Choice, Forest, Node, Null, Span, TooLarge, Truth

MOST_FORKS = 20_000
MOST_WORDS = 64


class Untold:
    """What a request that does not tell a fact answers to a test of it."""

    def __repr__(self) -> str:
        return "UNTOLD"


UNTOLD = Untold()


class Some(tuple[Any, ...]):
    """What a request answers to a test of a module: its outcomes that are still possible."""

    __slots__ = ()


class Fork:
    """A test that lacks the facts `missing`, and where each answer leads.

    Equal forks are one object. `low` is the rank of the first test that is still to
    be asked where its ways end.
    """

    __slots__ = ("low", "missing", "rank", "ways")

    def __init__(
        self, rank: int, missing: frozenset[str], ways: tuple[tuple[Any, Part], ...], low: int
    ) -> None:
        self.rank = rank
        self.missing = missing
        self.ways = ways
        self.low = low


Part: TypeAlias = Node | Fork


class Asks(Enum):
    """What is asked of a request next."""

    VALUE = "the value of a fact"
    PLACE = "the place of a fact's value among others"
    TRUTH = "whether a test of several facts holds"
    MODULE = "the outcome of a module"
    NOTHING = "nothing is left to ask"


# Names of their own, since an enumeration looks its members up.
VALUE, PLACE, TRUTH, MODULE, NOTHING = Asks


class Opening:
    """What is left of a diagram after some answers, and what is asked next.

    That is of the `fact`, where it is of one; `look` places its value among the
    `keys`. `ways` lead from answers to what is left after them.
    """

    __slots__ = ("asks", "fact", "keys", "look", "part", "rank", "ways")

    def __init__(self, part: Part, rank: int) -> None:
        self.part = part
        self.rank = rank
        self.asks = NOTHING
        self.fact = ""
        self.look: Callable[[Any, Any], Any] = bisect_right
        self.keys: Any = None
        self.ways: dict[Any, Opening] = {}


class Openings:
    """The openings met so far in the diagrams of one forest; safe to share between threads.

    `steps` counts those that were made.
    """

    def __init__(self, forest: Forest, modules: Collection[str] = ()) -> None:
        self.forest = forest
        self.modules = modules
        self.steps = 0
        self._openings: dict[Part, Opening] = {}
        self._forks: dict[Any, Fork] = {}
        self._lock = RLock()

    def opening(self, part: Part) -> Opening:
        """What is left before anything more is answered: the part itself."""
        found = self._openings.get(part)
        if found is None:
            with self._lock:
                found = self._openings.setdefault(part, self._made(part))
        return found

    def after(self, opening: Opening, answer: Any) -> Opening:
        """What is left after an answer: a truth, a word, a place among the keys of a span.

        Without an answer, `UNTOLD`; of a test of several facts those that it lacks; of a
        module `Some` outcomes. Raises TooLarge where too much is left.
        """
        word = answer
        if self._is_unnamed(opening, answer):
            answer = OTHER
        found = opening.ways.get(answer)
        if found is None:
            with self._lock:
                self.steps += 1
                found = opening.ways[answer] = self.opening(self._answered(opening, answer))
        if answer is OTHER and len(opening.ways) < MOST_WORDS:
            opening.ways[word] = found  # so that the next one to say so need not come here
        return found

    def _is_unnamed(self, opening: Opening, answer: Any) -> bool:
        if not isinstance(self.forest.variables[opening.rank], Choice):
            return False
        return answer is not UNTOLD and type(answer) is not Some and answer not in opening.keys

    def _made(self, part: Part) -> Opening:
        rank = self._low(part)
        opening = Opening(part, rank)
        match self.forest.variables.get(rank):
            case Choice(fact):
                opening.asks = MODULE if fact in self.modules else VALUE
                opening.fact, opening.keys = fact, self._keys(part, rank)
            case Span(fact):
                opening.asks, opening.fact = PLACE, fact
                opening.keys = tuple(sorted(self._keys(part, rank)))
            case Null(fact):
                opening.asks, opening.fact = PLACE, fact
                opening.look = is_  # None, which the keys are
            case Truth():
                opening.asks = TRUTH
        return opening

    def _keys(self, part: Part, rank: int) -> set[Any]:
        """The keys of the nodes that are asked next."""
        return {key for node in self._asked(part, rank) for key in self.forest.keys[node]}

    def _asked(self, part: Part, rank: int) -> Iterator[Node]:
        """The nodes at the ends of the part whose test is asked next."""
        seen, waiting = set[Part](), [part]
        while waiting:
            one = waiting.pop()
            if one in seen or self._low(one) != rank:
                continue
            seen.add(one)
            if isinstance(one, Fork):
                waiting.extend(child for _, child in one.ways)
            else:
                yield one

    def _low(self, part: Part) -> int:
        return part.low if isinstance(part, Fork) else self.forest.ranks[part]

    def _answered(self, opening: Opening, answer: Any) -> Part:
        rank, follow = opening.rank, self._follow(opening, answer)
        memo: dict[Part, Part] = {}

        def walk(part: Part) -> Part:
            if self._low(part) != rank:
                return part
            if part not in memo:
                if len(memo) >= MOST_FORKS:
                    raise TooLarge(MOST_FORKS)
                if isinstance(part, Fork):
                    ways = tuple((key, walk(child)) for key, child in part.ways)
                    memo[part] = self._fork(part.rank, part.missing, ways)
                else:
                    memo[part] = follow(part)
            return memo[part]

        return walk(opening.part)

    def _follow(self, opening: Opening, answer: Any) -> Callable[[Node], Part]:
        """From a node that is asked to what the answer leaves of it."""
        forest, rank = self.forest, opening.rank
        if answer is UNTOLD or isinstance(answer, frozenset):
            missing = answer if isinstance(answer, frozenset) else frozenset({opening.fact})
            return lambda node: self._fork(rank, missing, tuple(answers(forest, node)))
        if isinstance(answer, Some):
            module = frozenset({opening.fact})
            return lambda node: self._fork(
                rank, module, tuple((one, forest.child(node, one)) for one in answer)
            )
        if answer is OTHER:
            return lambda node: forest.children[node][-1]
        if isinstance(forest.variables[rank], Span):
            if answer == 0:
                return lambda node: forest.children[node][0]
            answer = opening.keys[answer - 1]  # the least value at that place
        return lambda node: forest.child(node, answer)

    def _fork(self, rank: int, missing: frozenset[Any], ways: tuple[tuple[Any, Part], ...]) -> Part:
        first = ways[0][1]
        if all(child == first for _, child in ways):
            return first
        key = (rank, missing, ways)
        if key not in self._forks:
            low = min(self._low(child) for _, child in ways)
            self._forks[key] = Fork(rank, missing, ways, low)
        return self._forks[key]


def ends(part: Part) -> tuple[Node, ...]:
    """The nodes that the part ends at, each once, in the order of its ways."""
    if not isinstance(part, Fork):
        return (part,)
    found = (child for fork in forks(part) for _, child in fork.ways if isinstance(child, Node))
    return tuple(dict.fromkeys(found))


def forks(part: Part) -> Iterator[Fork]:
    """Every fork of the part, once, from the top."""
    seen, waiting = set[Fork](), [part] if isinstance(part, Fork) else []
    while waiting:
        fork = waiting.pop()
        if fork not in seen:
            seen.add(fork)
            yield fork
            waiting.extend(child for _, child in reversed(fork.ways) if isinstance(child, Fork))
