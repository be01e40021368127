"""From a diagram and what a request tells to the part left open, each step remembered.

A request walks a diagram in its order. What it tells takes one child of a node; what it lacks
takes every child. Where it stands after some answers, at several nodes perhaps, is a state, made
once: later requests that answer alike find it by one look-up a test (the subset construction of
finite automata, Rabin and Scott 1959, made as requests come). What is left at the end of a walk,
or-nodes for the tests that lack facts, is made there, from below. Without states requests to come
take 2.8 to 5.7 times the work, three tables of sixty rows 10 times (`benchmarks/ablations.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from operator import is_
from threading import RLock
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import OTHER, answer_reader, common_refinement, edges
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import (
    TERMINAL_LEVEL,
    EnumVar,
    IntervalVar,
    Node,
    NullVar,
    PredicateVar,
    TooLarge,
)
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.diagram.solver.formula_ranges import Ranges, hanging_on, may_answer, tried
from reglament.diagram.solver.term_ranges import NONE
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

MOST_OR_NODES = 20_000  # at which one walk stands; more is TooLarge
MOST_WORDS = 64  # of an open choice that a state remembers besides those of the rules
# Of a node the answers that some walk takes there, and where each leads.
Edges: TypeAlias = tuple[tuple[Any, Node], ...]


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


class Frontier:
    """Nodes at which walks stand together: those `asked` next, all of one level, and the `others`.

    What is asked of is the `fact`, or the `test` of several; `look` places the value of a fact
    among the `keys`.
    """

    __slots__ = ("asked", "asks", "fact", "keys", "level", "look", "others", "test")

    test: PredicateTest

    def __init__(self, level: int, asked: Sequence[Node], others: frozenset[Node]) -> None:
        self.level, self.asked, self.others = level, asked, others
        self.asks = NOTHING
        self.fact = ""
        self.look: Callable[[Any, Any], Any] = bisect_right
        self.keys: Any = None


class State:
    """Where a request stands in a diagram after some answers, and what is asked of it next.

    That is copied from the `frontier`. `edges` lead from answers to the next states. But for those
    that stand at one node, states tell apart which answers led there: the last one was the `answer`
    to what the state `before` asks.
    """

    __slots__ = (
        "answer", "asks", "automaton", "before", "edges", "fact", "frontier", "keys", "level",
        "look", "test",
    )  # fmt: skip

    test: PredicateTest

    def __init__(
        self, home: Automaton, frontier: Frontier, before: State | None = None, answer: Any = None
    ) -> None:
        self.automaton, self.frontier, self.before, self.answer = home, frontier, before, answer
        self.level, self.asks, self.fact = frontier.level, frontier.asks, frontier.fact
        self.look, self.keys = frontier.look, frontier.keys
        if frontier.asks is TRUTH:
            self.test = frontier.test
        self.edges: dict[Any, State] = {}

    def step(self, answer: Any) -> State:
        """Where it stands after an answer: a truth, a word, a place among the keys of a span.

        Without an answer, `UNTOLD`; of a test of several facts those that it lacks; of a
        module `PossibleOutcomes`. Raises TooLarge where too much is left.
        """
        return self.edges.get(answer) or self.automaton.step(self, answer)


class FinalState(State):
    """The end of walks that leave the same `residual` of a diagram.

    `joint` are the tests left whose answers may hang on each other; where there are none, `whole`
    is the graph for every request, else `graphs` has those met so far. It `is_loose` where not
    every answer may be had: a test of a plain list lacks other facts, too, or one compares a text,
    a list or a record that is made of facts.
    """

    __slots__ = ("graphs", "is_loose", "joint", "residual", "whole")

    def __init__(self, home: Automaton, residual: Residual) -> None:
        super().__init__(home, END)
        self.residual = residual
        self.joint: JointTests | None = None
        self.whole: ResidualGraph | None = None
        self.graphs: dict[Any, ResidualGraph] = {}
        self.is_loose = False


END = Frontier(TERMINAL_LEVEL, (), frozenset())


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
        self.starts = Memo(self._start)
        """Where walks through the diagrams begin, by their roots."""
        self.most = most
        self._begin_anew = begin_anew
        self._steps = 0
        self._frontiers = Memo(self._frontier)
        self._finals = Memo(self._final)
        self._edges = Memo[Node, Edges](lambda node: tuple(edges(self.forest, node)))
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
                found = state.edges[answer] = self._after(state, answer)
                self._steps += 1
            if self._steps + self.space.size + len(self.nodes) > self.most:
                self._begin_anew()
        if answer is OTHER and len(state.edges) < MOST_WORDS:
            state.edges[word] = found  # so that the next one to say so need not come here
        return found

    def _is_unnamed(self, state: State, answer: Any) -> bool:
        if not isinstance(self.forest.variables[state.level], EnumVar):
            return False
        return (
            answer is not UNTOLD
            and type(answer) is not PossibleOutcomes
            and answer not in state.keys
        )

    def _start(self, node: Node) -> State:
        """The state of walks that stand at one node, however they came there."""
        if self.forest.is_terminal(node):
            return self._finals[node]
        return State(self, self._frontiers[frozenset({node})])

    def _after(self, state: State, answer: Any) -> State:
        """The state after an answer that was not given there before. Raises TooLarge."""
        frontier, kept = state.frontier, self._kept(state, answer)
        below = [child for node in frontier.asked for _, child in kept(node)]
        nodes = frontier.others.union(below)
        if len(nodes) > MOST_OR_NODES:
            raise TooLarge(MOST_OR_NODES)
        if len(nodes) == 1:
            return self.starts[next(iter(nodes))]
        made = State(self, self._frontiers[nodes], state, answer)
        return made if made.asks is not NOTHING else self._finals[self._left(made)]

    def _frontier(self, nodes: frozenset[Node]) -> Frontier:
        levels = self.forest.levels
        level = min([levels[node] for node in nodes])
        asked = tuple([node for node in nodes if levels[node] == level])
        frontier = Frontier(level, asked, nodes.difference(asked))
        keys = {key for node in asked for key in self.forest.keys[node]}
        match self.forest.variables.get(level):
            case EnumVar(fact):
                frontier.asks = MODULE if fact in self.modules else VALUE
                frontier.fact, frontier.keys = fact, keys
            case IntervalVar(fact):
                frontier.asks, frontier.fact, frontier.keys = PLACE, fact, tuple(sorted(keys))
            case NullVar(fact):
                frontier.asks, frontier.fact = PLACE, fact
                frontier.look = is_  # None, which the keys are
            case PredicateVar():
                frontier.asks, frontier.test = TRUTH, self.tests[level]
        return frontier

    def _left(self, state: State) -> Residual:
        """What all answers that led to the state leave, made from below. Raises TooLarge."""
        made: dict[Node, Residual] = {}
        while state.before is not None:
            answer, state = state.answer, state.before
            missing, kept = _missing(state, answer), self._kept(state, answer)
            for node in state.frontier.asked:
                leads = [(one, made.get(child, child)) for one, child in kept(node)]
                made[node] = (
                    self.nodes.find_or_add(state.level, missing, tuple(leads))
                    if missing
                    else leads[0][1]
                )
            if len(made) > MOST_OR_NODES:
                raise TooLarge(MOST_OR_NODES)
        (root,) = state.frontier.asked  # walks begin at one node
        return made[root]

    def _kept(self, state: State, answer: Any) -> Callable[[Node], Edges]:
        """From a node that is asked to those of its edges that the answer keeps."""
        forest, level = self.forest, state.level
        if answer is UNTOLD or isinstance(answer, frozenset):
            return self._edges.__getitem__
        if isinstance(answer, PossibleOutcomes):
            return lambda node: tuple([(one, forest.child(node, one)) for one in answer])
        if answer is OTHER:
            return lambda node: ((answer, forest.children[node][-1]),)
        if isinstance(forest.variables[level], IntervalVar):
            if answer == 0:
                return lambda node: ((answer, forest.children[node][0]),)
            answer = state.keys[answer - 1]  # the least value at that place
        return lambda node: ((answer, forest.child(node, answer)),)

    def _final(self, part: Residual) -> FinalState:
        """The end of walks that leave this residual."""
        state = FinalState(self, part)
        tied: dict[int, list[OrNode]] = {}
        for node in or_nodes(part):
            variable = self.forest.variables[node.level]
            name = self.plain_lists.asked(variable)
            if self._constrains[node.level] or node.missing == {name}:
                tied.setdefault(node.level, []).append(node)
            elif name is not None or _equals_what_is_made(variable):
                state.is_loose = True
        if tied:
            state.joint = self._joint_tests[tuple(self._open(tied[at]) for at in sorted(tied))]
        else:
            state.whole = ResidualGraph(part, self.shared, is_exact=not state.is_loose)
        return state

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


def _missing(state: State, answer: Any) -> frozenset[str]:
    """The facts that were missing where the state was answered so, if any were."""
    if isinstance(answer, frozenset):
        return answer
    is_open = answer is UNTOLD or isinstance(answer, PossibleOutcomes)
    return frozenset({state.fact}) if is_open else NONE


def _equals_what_is_made(variable: object) -> bool:
    """Whether it asks if a text, a list or a record that is made of facts is a certain one."""
    match variable:
        case PredicateVar(Comparison(_, Operator.IS) as test):
            return any(isinstance(term, Formula) for term in test.terms)
    return False
