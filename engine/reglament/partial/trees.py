"""Trees of what the missing facts still open: each leaf an outcome still possible.

Branches that no values of the missing facts can take together are left out of a
tree, so every leaf of it is possible, and every test in it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from reglament.diagram.kernel.forest import Variable
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.model.terms import Term
from reglament.model.values import Value


@dataclass(slots=True, unsafe_hash=True)  # not frozen, as that makes it in twice the time
class KnownOutcome:
    """An outcome whose value is known. Never changed."""

    value: Value


@dataclass(frozen=True, slots=True)
class UnknownOutcome:
    """An outcome that depends on the values of facts which are `missing`.

    None are where the value cannot be reckoned although every fact is told.
    """

    term: Term
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class OutcomeClass:
    """Any of several outcomes that somebody does not tell apart, by their number."""

    number: int


TerminalOutcome: TypeAlias = KnownOutcome | UnknownOutcome | NoOutcome | bool


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One outcome that is still possible; of a condition, whether it holds."""

    outcome: TerminalOutcome | OutcomeClass


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A test whose answer is not told yet, and where each possible answer leads.

    `missing` are the facts that the test lacks. An answer is a value of a choice
    (`OTHER` for every value not named), a pair of bounds of a span, or a truth.
    Equal parts of a tree are one object.
    """

    variable: Variable
    missing: frozenset[str]
    edges: tuple[tuple[Any, Tree], ...]


Tree: TypeAlias = Leaf | Branch


class BranchTable:
    """The branches of one tree; equal ones are one object."""

    def __init__(self) -> None:
        self._branches: dict[Any, Branch] = {}

    def find_or_add(
        self, variable: Variable, missing: frozenset[str], edges: tuple[tuple[Any, Tree], ...]
    ) -> Tree:
        """The branch, or where all its ways lead."""
        first = edges[0][1]
        if all(child is first for _, child in edges):
            return first
        key = (id(variable), edges)  # a variable is one object in its forest
        return self._branches.setdefault(key, Branch(variable, missing, edges))


def branches(tree: Tree) -> Iterator[Branch]:
    """Every branch of the tree, once, from the top."""
    seen, waiting = set[int](), [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Branch) and id(found) not in seen:
            seen.add(id(found))
            yield found
            waiting.extend(child for _, child in reversed(found.edges))


def from_the_top(tree: Tree) -> list[Branch]:
    """The branches, each before those below it."""
    found: dict[Branch, None] = {}
    waiting = [(tree, False)]
    while waiting:
        part, is_left = waiting.pop()
        if not isinstance(part, Branch) or part in found:
            continue
        if is_left:  # all below it are found
            found[part] = None
        else:
            waiting.append((part, True))
            waiting.extend([(child, False) for _, child in part.edges])
    return list(reversed(found))


def restricted(tree: Tree, variable: Variable, answer: Any) -> Tree:
    """The tree once the test `variable` has that answer."""
    made: dict[Tree, Tree] = {}
    for branch in reversed(from_the_top(tree)):
        if branch.variable == variable:
            child = _child(branch, answer)
            made[branch] = made.get(child, child)
        else:
            edges = tuple((key, made.get(child, child)) for key, child in branch.edges)
            made[branch] = Branch(branch.variable, branch.missing, edges)
    return made.get(tree, tree)


def _child(branch: Branch, answer: Any) -> Tree:
    for key, child in branch.edges:
        if key == answer:
            return child
    return branch.edges[-1][1]


def quotient(tree: Tree, number: Callable[[Any], int]) -> Tree:
    """The tree in which leaves of the same number are one, and tests that part none are gone."""
    leaves: dict[int, Leaf] = {}
    made: dict[Tree, Tree] = {}
    same = BranchTable()

    def of(part: Tree) -> Tree:
        if isinstance(part, Leaf):
            found = number(part.outcome)
            return leaves.setdefault(found, Leaf(OutcomeClass(found)))
        return made[part]

    for branch in reversed(from_the_top(tree)):
        edges = tuple((answer, of(child)) for answer, child in branch.edges)
        made[branch] = same.find_or_add(branch.variable, branch.missing, edges)
    return of(tree)


def key(outcomes: TerminalOutcome) -> Any:
    """What tells outcomes apart: 1, true and 1.0 are equal in Python, and different outcomes."""
    if isinstance(outcomes, KnownOutcome):
        return (KnownOutcome, type(outcomes.value), outcomes.value)
    if isinstance(outcomes, UnknownOutcome):  # equal terms are one leaf, and so one object
        return (UnknownOutcome, id(outcomes.term), outcomes.missing)
    return (type(outcomes), outcomes)
