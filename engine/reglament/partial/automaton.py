"""From a diagram and what a request tells to the part left open, each step remembered.

A request walks a diagram in its order. What it tells takes one child of a node;
what it lacks keeps every child, in a fork. What is left after some answers, forks
over nodes that are still to be asked, is made once: later requests that answer
alike find it by one look-up a test (the subset construction of finite automata,
Rabin and Scott 1959, made as requests come).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from enum import Enum
from operator import is_
from threading import RLock
from typing import Any

from reglament.diagram.kernel.branches import OTHER, answering, answers
from reglament.diagram.kernel.forest import Choice, Node, Null, Span, TooLarge, Truth
from reglament.formulas import Holding
from reglament.memo import Once
from reglament.model.values import Value
from reglament.partial.deferred_terms import lacking
from reglament.partial.or_nodes import Fork, Forks, Part
from reglament.partial.residuals import Ending, Endings

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


class Asks(Enum):
    """What is asked of a request next."""

    VALUE = "the value of a fact"
    PLACE = "the place of a fact's value among others"
    TRUTH = "whether a test of several facts holds"
    MODULE = "the outcome of a module"
    NOTHING = "nothing is left to ask"


# Names of their own, since an enumeration looks its members up.
VALUE, PLACE, TRUTH, MODULE, NOTHING = Asks


class Asked:
    """A test of several facts, and whether it holds of those that are told."""

    __slots__ = ("facts", "holds")

    def __init__(self, facts: frozenset[str], holds: Holding) -> None:
        self.facts = facts
        self.holds = holds

    def answer(self, told: Mapping[str, Value]) -> bool | frozenset[str]:
        """Whether the test holds; the facts that it lacks, where it does."""
        for fact in self.facts:
            if fact not in told:
                return lacking(self.facts, told)
        return self.holds(told)


class Opening:
    """What is left of a diagram after some answers, and what is asked next.

    That is of the `fact`, or the `test` of several; `look` places the value of a fact
    among the `keys`. `ways` lead from answers to what is left after them. Where nothing
    is asked, the walk is at its `ending`.
    """

    __slots__ = ("asks", "ending", "fact", "home", "keys", "look", "part", "rank", "test", "ways")

    test: Asked
    ending: Ending

    def __init__(self, part: Part, rank: int, home: Openings) -> None:
        self.part = part
        self.rank = rank
        self.home = home
        self.asks = NOTHING
        self.fact = ""
        self.look: Callable[[Any, Any], Any] = bisect_right
        self.keys: Any = None
        self.ways: dict[Any, Opening] = {}

    def after(self, answer: Any) -> Opening:
        """What is left after an answer: a truth, a word, a place among the keys of a span.

        Without an answer, `UNTOLD`; of a test of several facts those that it lacks; of a
        module `Some` outcomes. Raises TooLarge where too much is left.
        """
        return self.ways.get(answer) or self.home.after(self, answer)


class Openings:
    """The openings met so far in the diagrams of one forest; safe to share between threads.

    `begin_anew` is called where there are more than `most`, counted in steps that were
    taken to make them.
    """

    def __init__(self, endings: Endings, most: int, begin_anew: Callable[[], None]) -> None:
        self.forest = endings.forest
        self.modules = endings.modules
        self.endings = endings
        self.starts = Once(self._opening)
        self.most = most
        self._begin_anew = begin_anew
        self._steps = 0
        self._openings: dict[Part, Opening] = {}
        self._tests = Once(self._test)
        self._forks = Forks(endings.forest)
        self._lock = RLock()

    def after(self, opening: Opening, answer: Any) -> Opening:
        """What is left of an opening after an answer that was not given there before."""
        word = answer
        if self._is_unnamed(opening, answer):
            answer = OTHER
        found = opening.ways.get(answer)
        if found is None:
            with self._lock:
                found = opening.ways[answer] = self._opening(self._answered(opening, answer))
                self._steps += 1
            if self._steps + self.endings.possibilities.size > self.most:
                self._begin_anew()
        if answer is OTHER and len(opening.ways) < MOST_WORDS:
            opening.ways[word] = found  # so that the next one to say so need not come here
        return found

    def _opening(self, part: Part) -> Opening:
        """What is left before anything more is answered: the part itself."""
        found = self._openings.get(part)
        if found is None:
            with self._lock:
                found = self._openings.setdefault(part, self._made(part))
        return found

    def _is_unnamed(self, opening: Opening, answer: Any) -> bool:
        if not isinstance(self.forest.variables[opening.rank], Choice):
            return False
        return answer is not UNTOLD and type(answer) is not Some and answer not in opening.keys

    def _made(self, part: Part) -> Opening:
        rank = self._forks.low(part)
        opening = Opening(part, rank, self)
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
                opening.asks, opening.test = TRUTH, self._tests[rank]
            case None:
                opening.ending = Ending(part, self.endings)
        return opening

    def _test(self, rank: int) -> Asked:
        return Asked(*answering(self.forest.variables[rank], self.endings.hours))

    def _keys(self, part: Part, rank: int) -> set[Any]:
        """The keys of the nodes that are asked next."""
        nodes, _ = self._asked(part, rank)
        return {key for node in nodes for key in self.forest.keys[node]}

    def _asked(self, part: Part, rank: int) -> tuple[list[Node], list[Fork]]:
        """The nodes whose test is asked next, and the forks above them, each below its own first.

        Raises TooLarge.
        """
        nodes, asked = list[Node](), list[Fork]()
        seen, waiting = set[Part](), [part]
        while waiting:
            one = waiting.pop()
            if one in seen or self._forks.low(one) != rank:
                continue
            seen.add(one)
            if isinstance(one, Fork):
                asked.append(one)
                waiting.extend([child for _, child in one.ways])
            else:
                nodes.append(one)
            if len(seen) > MOST_FORKS:
                raise TooLarge(MOST_FORKS)
        asked.sort(key=lambda fork: -fork.rank)  # ranks rise on every way
        return nodes, asked

    def _answered(self, opening: Opening, answer: Any) -> Part:
        """The part of the opening after the answer, made from below, however deep it is."""
        rank, follow = opening.rank, self._follow(opening, answer)
        made: dict[Part, Part] = {}
        nodes, asked = self._asked(opening.part, rank)
        for node in nodes:
            made[node] = follow(node)
        for fork in asked:
            ways = tuple([(given, made.get(child, child)) for given, child in fork.ways])
            made[fork] = self._forks.fork(fork.rank, fork.missing, ways)
        return made.get(opening.part, opening.part)

    def _follow(self, opening: Opening, answer: Any) -> Callable[[Node], Part]:
        """From a node that is asked to what the answer leaves of it."""
        forest, rank = self.forest, opening.rank
        if answer is UNTOLD or isinstance(answer, frozenset):
            missing = answer if isinstance(answer, frozenset) else frozenset({opening.fact})
            return lambda node: self._forks.fork(rank, missing, tuple(answers(forest, node)))
        if isinstance(answer, Some):
            module = frozenset({opening.fact})
            return lambda node: self._forks.fork(
                rank, module, tuple((one, forest.child(node, one)) for one in answer)
            )
        if answer is OTHER:
            return lambda node: forest.children[node][-1]
        if isinstance(forest.variables[rank], Span):
            if answer == 0:
                return lambda node: forest.children[node][0]
            answer = opening.keys[answer - 1]  # the least value at that place
        return lambda node: forest.child(node, answer)
