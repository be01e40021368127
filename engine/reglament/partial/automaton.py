"""From a diagram and what a request tells to the part left open, each step remembered.

A request walks a diagram in its order. What it tells takes one child of a node;
what it lacks keeps every child, in an or-node. What is left after some answers, or-nodes
over nodes that are still to be asked, is one state, made once: later requests that answer
alike find it by one look-up a test (the subset construction of finite automata,
Rabin and Scott 1959, made as requests come). Without it requests to come take 1.6 to 4
times the work, three tables of sixty rows 34 times (`benchmarks/ablations.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from enum import Enum
from operator import is_
from threading import RLock
from typing import Any

from reglament.diagram.kernel.branches import OTHER, answer_reader, common_refinement, edges
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import (
    EnumVar,
    IntervalVar,
    Node,
    NullVar,
    PredicateVar,
    TooLarge,
)
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.diagram.solver.formula_ranges import NONE, Ranges, hanging_on, may_answer, tried
from reglament.functions.evaluate import Holding
from reglament.memo import Memo
from reglament.model.conditions import Comparison
from reglament.model.markers import Marker
from reglament.model.operators import Operator
from reglament.model.terms import Formula
from reglament.model.values import Value
from reglament.partial.assignments import OpenTest, PartialAssignment
from reglament.partial.feasibility import Feasibility
from reglament.partial.joint_assignments import JointTests
from reglament.partial.or_nodes import OrNode, Residual, or_nodes
from reglament.partial.residual_graph import ResidualGraph, Residuals
from reglament.partial.terminal_outcomes import lacking

MOST_OR_NODES = 20_000
MOST_WORDS = 64


UNTOLD = Marker("UNTOLD")
"""What a request that does not tell a fact answers to a test of it."""


class PossibleOutcomes(tuple[Any, ...]):
    """What a request answers to a test of a module: its outcomes that are still possible."""

    __slots__ = ()


class Query(Enum):
    """What is asked of a request next."""

    VALUE = "the value of a fact"
    PLACE = "the place of a fact's value among others"
    TRUTH = "whether a test of several facts holds"
    MODULE = "the outcome of a module"
    NOTHING = "nothing is left to ask"


# Names of their own, since an enumeration looks its members up.
VALUE, PLACE, TRUTH, MODULE, NOTHING = Query


class PredicateTest:
    """A test of several facts, and whether it holds of those that are told.

    With `ranges`, what is told may answer it though it lacks others.
    """

    __slots__ = ("atom", "facts", "holds", "ranges")

    def __init__(
        self, facts: frozenset[str], holds: Holding, atom: Any, ranges: Ranges | None
    ) -> None:
        self.facts, self.holds = facts, holds
        self.atom, self.ranges = atom, ranges

    def answer(self, given: Mapping[str, Value]) -> bool | frozenset[str]:
        """Whether the test holds; the facts that it lacks, where these make a difference."""
        for fact in self.facts:
            if fact not in given:
                missing = lacking(self.facts, given)
                return missing if self.ranges is None else self._open(self.ranges, missing, given)
        return self.holds(given)

    def _open(
        self, ranges: Ranges, missing: frozenset[str], given: Mapping[str, Value]
    ) -> bool | frozenset[str]:
        few = ranges.few(missing)
        if few is None:
            answer = ranges.holds(self.atom, given, {})
            return missing if answer == NONE else answer
        found = tried(few, lambda values: self.holds({**given, **values}))
        answers = {*found.values()}
        return answers.pop() if len(answers) == 1 else hanging_on(missing, found) or missing


class State:
    """What is left of a diagram after some answers, its `residual`, and what is asked next.

    That is of the `fact`, or the `test` of several; `look` places the value of a fact
    among the `keys`. `edges` lead from answers to the next states. Where nothing is asked, the
    state is final: `joint` are the tests left whose answers may hang on each other; where there
    are none, `whole` is its graph for every request, else `graphs` has those met so far. It
    `is_loose` where not every answer may be had: a test of a plain list lacks other facts, too, or
    one compares a text, a list or a record that is made of facts.
    """

    __slots__ = (
        "asks",
        "automaton",
        "edges",
        "fact",
        "graphs",
        "is_loose",
        "joint",
        "keys",
        "level",
        "look",
        "residual",
        "test",
        "whole",
    )

    test: PredicateTest

    def __init__(self, part: Residual, level: int, home: Automaton) -> None:
        self.residual = part
        self.level = level
        self.automaton = home
        self.asks = NOTHING
        self.fact = ""
        self.look: Callable[[Any, Any], Any] = bisect_right
        self.keys: Any = None
        self.edges: dict[Any, State] = {}
        self.joint: JointTests | None = None
        self.whole: ResidualGraph | None = None
        self.graphs: dict[Any, ResidualGraph] = {}
        self.is_loose = False

    def step(self, answer: Any) -> State:
        """What is left after an answer: a truth, a word, a place among the keys of a span.

        Without an answer, `UNTOLD`; of a test of several facts those that it lacks; of a
        module `PossibleOutcomes`. Raises TooLarge where too much is left.
        """
        return self.edges.get(answer) or self.automaton.step(self, answer)


def _finder(diagrams: Compiler) -> Any:
    """What finds values of items; few requests need it."""
    from reglament.diagram.kernel.witness import Witnesses

    return Witnesses(diagrams)


class Automaton:
    """The states met so far in the diagrams of one forest; safe to share between threads.

    `begin_anew` is called where there are more than `most`, counted in steps that were taken to
    make them and or-nodes.
    """

    def __init__(
        self,
        diagrams: Compiler,
        solver: BoundsPropagation,
        most: int,
        begin_anew: Callable[[], None],
    ) -> None:
        self.shared = Residuals(diagrams, solver)
        self.forest = diagrams.forest
        self.modules = diagrams.read_as_facts
        self.nodes = self.shared.nodes
        self.space = self.shared.space
        self.plain_lists = PlainLists(diagrams.version, _finder)
        self.starts = Memo(self._state)
        self.most = most
        self._begin_anew = begin_anew
        self._steps = 0
        self._states: dict[Residual, State] = {}
        self.tests = Memo(self._test)
        """The tests of several facts, by their levels."""
        self._constrains = self.shared.constrains
        self._joint_tests = Memo(self._tests_together)
        self._lock = RLock()

    def step(self, state: State, answer: Any) -> State:
        """The state after an answer that was not given there before."""
        word = answer
        if self._is_unnamed(state, answer):
            answer = OTHER
        found = state.edges.get(answer)
        if found is None:
            with self._lock:
                found = state.edges[answer] = self._state(self._answered(state, answer))
                self._steps += 1
            if self._steps + self.space.size + len(self.nodes) > self.most:
                self._begin_anew()
        if answer is OTHER and len(state.edges) < MOST_WORDS:
            state.edges[word] = found  # so that the next one to say so need not come here
        return found

    def _state(self, part: Residual) -> State:
        """The state in which all of the residual is left."""
        found = self._states.get(part)
        if found is None:
            with self._lock:
                found = self._states.setdefault(part, self._new_state(part))
        return found

    def _is_unnamed(self, state: State, answer: Any) -> bool:
        if not isinstance(self.forest.variables[state.level], EnumVar):
            return False
        return (
            answer is not UNTOLD
            and type(answer) is not PossibleOutcomes
            and answer not in state.keys
        )

    def _new_state(self, part: Residual) -> State:
        level = self.nodes.low(part)
        state = State(part, level, self)
        match self.forest.variables.get(level):
            case EnumVar(fact):
                state.asks = MODULE if fact in self.modules else VALUE
                state.fact, state.keys = fact, self._keys(part, level)
            case IntervalVar(fact):
                state.asks, state.fact = PLACE, fact
                state.keys = tuple(sorted(self._keys(part, level)))
            case NullVar(fact):
                state.asks, state.fact = PLACE, fact
                state.look = is_  # None, which the keys are
            case PredicateVar():
                state.asks, state.test = TRUTH, self.tests[level]
            case None:
                self._end(state)
        return state

    def _end(self, state: State) -> None:
        """Make the state a final one."""
        tied: dict[int, list[OrNode]] = {}
        for node in or_nodes(state.residual):
            variable = self.forest.variables[node.level]
            name = self.plain_lists.asked(variable)
            if self._constrains[node.level] or node.missing == {name}:
                tied.setdefault(node.level, []).append(node)
            elif name is not None or _equals_what_is_made(variable):
                state.is_loose = True
        if tied:
            state.joint = self._joint_tests[tuple(self._open(tied[at]) for at in sorted(tied))]
        else:
            state.whole = ResidualGraph(state.residual, self.shared, is_exact=not state.is_loose)

    def _open(self, same: list[OrNode]) -> OpenTest:
        """The test that the or-nodes lack facts for."""
        level, missing = same[0].level, same[0].missing
        variable = self.forest.variables[level]
        answers: tuple[Any, ...] = (True, False)
        if isinstance(variable, IntervalVar):
            answers = common_refinement(span for node in same for span, _ in node.edges)
        return OpenTest(level, variable, missing, answers)

    def followed(self, part: Residual, feasibility: Feasibility) -> tuple[Residual, bool]:
        """What is left of the residual by paths whose answers go together. Raises TooLarge.

        And whether they certainly do.
        """
        is_proven = True

        def narrow(before: PartialAssignment, node: OrNode, answer: Any) -> Any:
            nonlocal is_proven
            after = self.shared.after(feasibility, before, node, answer)
            is_proven = is_proven and (after is None or feasibility.is_proven(after))
            return after

        found = self.nodes.narrowed(part, self.space.start, narrow)
        return found, is_proven

    def _tests_together(self, tests: tuple[OpenTest, ...]) -> JointTests:
        return JointTests(tests, self.space, self.plain_lists)

    def _test(self, level: int) -> PredicateTest:
        variable = self.forest.variables[level]
        facts, holds = answer_reader(variable, self.shared.hours)
        atom: Any = variable.atom if isinstance(variable, PredicateVar) else None
        is_open = self._constrains[level] and isinstance(atom, Comparison)
        is_ranged = is_open and may_answer(atom, self.space.solver.types)
        return PredicateTest(facts, holds, atom, self.space.ranges if is_ranged else None)

    def _keys(self, part: Residual, level: int) -> set[Any]:
        """The keys of the nodes that are asked next."""
        nodes, _ = self._asked(part, level)
        return {key for node in nodes for key in self.forest.keys[node]}

    def _asked(self, part: Residual, level: int) -> tuple[list[Node], list[OrNode]]:
        """The nodes whose test is asked next, and the or-nodes above them, from below.

        Raises TooLarge.
        """
        nodes, asked = list[Node](), list[OrNode]()
        seen, waiting = set[Residual](), [part]
        while waiting:
            one = waiting.pop()
            if one in seen or self.nodes.low(one) != level:
                continue
            seen.add(one)
            if isinstance(one, OrNode):
                asked.append(one)
                waiting.extend([child for _, child in one.edges])
            else:
                nodes.append(one)
            if len(seen) > MOST_OR_NODES:
                raise TooLarge(MOST_OR_NODES)
        asked.sort(key=lambda node: -node.level)  # levels rise along every edge
        return nodes, asked

    def _answered(self, state: State, answer: Any) -> Residual:
        """The residual after the answer, made from below, however deep it is."""
        level, follow = state.level, self._follow(state, answer)
        made: dict[Residual, Residual] = {}
        nodes, asked = self._asked(state.residual, level)
        for node in nodes:
            made[node] = follow(node)
        for above in asked:
            below = tuple([(given, made.get(child, child)) for given, child in above.edges])
            made[above] = self.nodes.find_or_add(above.level, above.missing, below)
        return made.get(state.residual, state.residual)

    def _follow(self, state: State, answer: Any) -> Callable[[Node], Residual]:
        """From a node that is asked to what the answer leaves of it."""
        forest, level = self.forest, state.level
        if answer is UNTOLD or isinstance(answer, frozenset):
            missing = answer if isinstance(answer, frozenset) else frozenset({state.fact})
            return lambda node: self.nodes.find_or_add(level, missing, tuple(edges(forest, node)))
        if isinstance(answer, PossibleOutcomes):
            module = frozenset({state.fact})
            return lambda node: self.nodes.find_or_add(
                level, module, tuple((one, forest.child(node, one)) for one in answer)
            )
        if answer is OTHER:
            return lambda node: forest.children[node][-1]
        if isinstance(forest.variables[level], IntervalVar):
            if answer == 0:
                return lambda node: forest.children[node][0]
            answer = state.keys[answer - 1]  # the least value at that place
        return lambda node: forest.child(node, answer)


def _equals_what_is_made(variable: object) -> bool:
    """Whether it asks if a text, a list or a record that is made of facts is a certain one."""
    match variable:
        case PredicateVar(Comparison(_, Operator.IS) as test):
            return any(isinstance(term, Formula) for term in test.terms)
    return False
