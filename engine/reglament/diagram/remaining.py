"""From a diagram and the facts told to what remains: the tree that the missing facts still open.

Branches that no values of the missing facts can take together are left out, so
every leaf of the tree is an outcome still possible, and every test in it matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, TypeAlias

from reglament.diagram.build import Diagrams
from reglament.diagram.feasible import Between, Constraint, Holds, Solver
from reglament.diagram.forest import BOTTOM, Choice, Node, Null, Span, TooLarge, Truth, Variable
from reglament.diagram.payloads import Conflict, Gap, Payload
from reglament.formulas import value_of
from reglament.model.calendar import Hours
from reglament.model.conditions import Comparison, Includes, Operator, Test, Within, terms_of
from reglament.model.terms import FactRef, Term, facts_of
from reglament.model.values import Value
from reglament.reference import compare
from reglament.worktime import OutsideCalendar

MOST_STEPS = 20_000

# The answers given so far that the solver has to hear, each with the rank of its test.
_Way: TypeAlias = tuple[tuple[int, Any], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An outcome whose value is known."""

    value: Value


@dataclass(frozen=True, slots=True)
class Unlisted:
    """An outcome that depends on the values of facts which are missing."""

    term: Term


Remains: TypeAlias = Known | Unlisted | Gap | Conflict | bool


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One outcome that is still possible; of a condition, whether it holds."""

    remains: Remains


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A test whose answer is not told yet, and where each possible answer leads.

    An answer is a value of a choice (`OTHER` for every value not named), a pair
    of bounds of a span, or a truth. Equal trees are one object.
    """

    variable: Variable
    ways: tuple[tuple[Any, Tree], ...]


Tree: TypeAlias = Leaf | Branch


class Other:
    """Every value that a choice does not name."""

    def __repr__(self) -> str:
        return "OTHER"


OTHER = Other()


class Remaining:
    """Trees of what remains for one request, in the diagrams of one version.

    Raises TooLarge where a tree takes more than `MOST_STEPS` steps.
    """

    def __init__(self, diagrams: Diagrams, solver: Solver, told: Mapping[str, Value]) -> None:
        self.diagrams = diagrams
        self.forest = diagrams.forest
        self.solver = solver
        self.told = told
        self._trees: dict[Any, Tree] = {}
        # What was told answers each test, and each leaf, once a request.
        self._answers: dict[int, tuple[Any] | None] = {}
        self._leaves: dict[Node, Tree] = {}
        self._memo: dict[tuple[Node, _Way], Tree] = {}
        self._possible: dict[_Way, bool] = {}
        self._steps = 0

    def tree(self, root: Node) -> Tree:
        """What remains of the diagram `root`."""
        return self._walk(root, ())

    def _walk(self, node: Node, way: _Way) -> Tree:
        ranks, answers = self.forest.ranks, self._answers
        while (rank := ranks[node]) != BOTTOM:
            if rank not in answers:
                answers[rank] = self.answer(self.forest.variables[rank])
            answer = answers[rank]
            if answer is None:
                return self._branch(node, way)
            node = self.forest.child(node, answer[0])
        if node not in self._leaves:
            remains = self.remains(self.forest.payloads[node])
            self._leaves[node] = self._interned(_key(remains), Leaf(remains))
        return self._leaves[node]

    def remains(self, payload: Payload | bool) -> Remains:
        if isinstance(payload, bool | Gap):
            return payload
        if isinstance(payload, Conflict):
            return self._remains_of_conflict(payload)
        if not facts_of(payload) <= self.told.keys():
            return Unlisted(payload)
        try:
            return Known(self._value(payload))
        except (OutsideCalendar, OverflowError):
            return Unlisted(payload)

    def _remains_of_conflict(self, conflict: Conflict) -> Remains:
        """Rules that give different terms still agree where these come to the same value."""
        found = {self.remains(term) for term in conflict.outcomes}
        return found.pop() if len(found) == 1 else conflict

    def _branch(self, node: Node, way: _Way) -> Tree:
        key = (node, way)
        if key not in self._memo:
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise TooLarge(MOST_STEPS)
            self._memo[key] = self._branched(node, way)
        return self._memo[key]

    def _branched(self, node: Node, way: _Way) -> Tree:
        rank, variable = self.forest.ranks[node], self.forest.variable(node)
        is_free = not _constrains(variable)
        ways: list[tuple[Any, Tree]] = []
        for answer, child in self.answers(node, variable):
            narrowed = way if is_free else (*way, (rank, answer))
            if is_free or self._is_possible(narrowed):
                ways.append((answer, self._walk(child, narrowed)))
        first = ways[0][1]
        if all(tree is first for _, tree in ways):
            return first
        key = tuple((_key(answer), id(tree)) for answer, tree in ways)
        return self._interned((rank, key), Branch(variable, tuple(ways)))

    def _is_possible(self, way: _Way) -> bool:
        """Whether some values of the missing facts give these answers."""
        if way not in self._possible:
            variables = self.forest.variables
            said = (constraints_of(variables[rank], answer) for rank, answer in way)
            constraints = tuple(chain.from_iterable(said))
            self._possible[way] = self.solver.solve(self.told, constraints).is_possible
        return self._possible[way]

    def answers(self, node: Node, variable: Variable) -> Iterator[tuple[Any, Node]]:
        """Every answer that the node tells apart, and where it leads."""
        keys, children = self.forest.keys[node], self.forest.children[node]
        if isinstance(variable, Span):
            yield from zip(pairwise((None, *keys, None)), children, strict=True)
        elif isinstance(variable, Choice):
            yield from zip(keys, children, strict=False)
            if variable.domain is None or len(variable.domain) > len(keys):
                yield OTHER, children[-1]
        else:
            yield from ((True, children[0]), (False, children[-1]))

    def answer(self, variable: Variable) -> tuple[Any] | None:
        """The answer that the facts told give, in a tuple; None where they do not."""
        told = self.told
        if isinstance(variable, Truth):
            return self._truth(variable.atom)
        if variable.fact not in told:
            return None
        value = told[variable.fact]
        return (value is None,) if isinstance(variable, Null) else (value,)

    def _truth(self, atom: Any) -> tuple[bool] | None:
        if not facts_in(atom) <= self.told.keys():
            return None
        return (holds(atom, self.told, self.solver.hours),)

    def _value(self, term: Term) -> Any:
        return value_of(term, self.told, self.solver.hours)

    def _interned(self, key: Any, tree: Tree) -> Tree:
        return self._trees.setdefault(key, tree)


def holds(atom: Test, told: Mapping[str, Any], hours: Mapping[str, Hours]) -> bool:
    """Whether an atom holds of facts that are told. Raises OutsideCalendar."""
    match atom:
        case Includes(FactRef(name), item):
            return item in (told[name] or ())
        case Within(subject, name):
            moment: Any = value_of(subject, told, hours)
            return moment is not None and hours[name].is_open(moment)
        case Comparison(subject, operator, operand):
            left, right = (value_of(term, told, hours) for term in (subject, operand))
            return compare(left, operator, right, by_day=False)
    raise TypeError(atom)


def facts_in(atom: Test) -> frozenset[str]:
    """The facts that an atom reads."""
    return frozenset[str]().union(*map(facts_of, terms_of(atom)))


def facts_of_variable(variable: Variable) -> frozenset[str]:
    """The facts that a variable tests."""
    return facts_in(variable.atom) if isinstance(variable, Truth) else frozenset({variable.fact})


def branches(tree: Tree) -> Iterator[Branch]:
    """Every branch of the tree, once, from the top."""
    seen, waiting = set[int](), [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Branch) and id(found) not in seen:
            seen.add(id(found))
            yield found
            waiting.extend(child for _, child in reversed(found.ways))


def leaves(tree: Tree) -> list[Remains]:
    """What remains at the leaves of the tree, each once, in the order of its branches."""
    if isinstance(tree, Leaf):
        return [tree.remains]
    found = (way for branch in branches(tree) for _, way in branch.ways if isinstance(way, Leaf))
    return [leaf.remains for leaf in dict.fromkeys(found)]


def settled(tree: Tree, variable: Variable, answer: Any) -> Tree:
    """The tree once the test `variable` has that answer."""
    memo: dict[int, Tree] = {}

    def walk(part: Tree) -> Tree:
        if isinstance(part, Leaf):
            return part
        if id(part) not in memo:
            if part.variable == variable:
                memo[id(part)] = walk(_way(part, answer))
            else:
                ways = tuple((key, walk(child)) for key, child in part.ways)
                memo[id(part)] = Branch(part.variable, ways)
        return memo[id(part)]

    return walk(tree)


def _way(branch: Branch, answer: Any) -> Tree:
    for key, child in branch.ways:
        if key == answer:
            return child
    return branch.ways[-1][1]


def _constrains(variable: Variable) -> bool:
    """Whether an answer to the test says anything to the solver."""
    match variable:
        case Span() | Truth(Within()) | Truth(Comparison(_, Operator.AT_MOST, _)):
            return True
    return False


def constraints_of(variable: Variable, answer: Any) -> tuple[Constraint, ...]:
    """What an answer to a test says to the solver."""
    match variable:
        case Span(fact):
            return (Between(fact, *answer),)
        case Truth(Within() as atom):
            return (Holds(atom, answer),)
        case Truth(Comparison(_, Operator.AT_MOST, _) as atom):
            return (Holds(atom, answer),)
    return ()


def _key(answer: Any) -> Any:
    # 1, True and Decimal(1) are equal in Python and are different answers here.
    inner = type(answer.value) if isinstance(answer, Known) else None
    return (type(answer), inner, answer)
