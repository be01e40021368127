"""From the tree of what remains to the same in numbers: what is asked, and how likely that is.

Nothing is known of requests in general, so the answers of a test that its tree tells apart are
taken to be equally likely. The trees of modules are put in where their outcomes are tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import OTHER, common_refinement, is_subinterval
from reglament.diagram.kernel.forest import EnumVar, IntervalVar, Node, TooLarge, Variable
from reglament.frozen import frozen
from reglament.memo import Once
from reglament.partial.or_nodes import MOST_BRANCHES, OrNode, Residual, or_nodes
from reglament.partial.residual_graph import OpenTree, Residuals

Part: TypeAlias = int
NOWHERE: Part = -1  # where an answer leads that cannot be given there
Trees: TypeAlias = Mapping[str, OpenTree]


@frozen
class NumberedTest:
    """A test: the places of the facts that it lacks, its answers, and how likely each is."""

    missing: frozenset[int]
    answers: tuple[Any, ...]
    likely: tuple[float, ...]


class QuestionTree:
    """What remains of a decision, in numbers.

    A part is the number of a test with where each of its answers leads, or a leaf (NOWHERE) with
    the facts that its formula lacks. `below` are the tests at a part and below it, as bits;
    `likely` is how likely each fact is to be asked for there, tests being asked in their order.
    Beyond `most` parts TooLarge is raised.
    """

    def __init__(self, tree: OpenTree, modules: Trees) -> None:
        self.most = MOST_BRANCHES
        self.modules = modules
        self.places: dict[str, int] = {}
        self.tests: list[NumberedTest] = []
        self._numbers: dict[tuple[Residuals, int], int] = {}
        self._enter(tree)
        self.parts: list[tuple[int, tuple[int, ...]]] = []
        self.below: list[int] = []
        self.likely: list[list[float]] = []
        self._same: dict[tuple[int, tuple[Part, ...]], Part] = {}
        self._numbered = Once(self._bits)
        self._restricted: dict[tuple[int, int], dict[Part, Part]] = {}
        lacks = {terminal: self._places(missing) for terminal, missing in tree.lacks}
        self.root = self._grown(tree, lambda terminal: self._leaf(lacks.get(terminal, ())))

    def _enter(self, tree: OpenTree) -> None:
        """Number the facts and the tests of the tree, from the top, those of modules in place."""
        variables = tree.shared.forest.variables
        for level, own in _by_level(tree):
            variable, key = variables[level], (tree.shared, level)
            if isinstance(variable, EnumVar) and variable.fact in self.modules:
                self._enter(self.modules[variable.fact])
            elif key not in self._numbers:
                self._numbers[key] = len(self.tests)
                likely, missing = answers_of(variable, own), self._places(own[0].missing)
                self.tests.append(
                    NumberedTest(frozenset(missing), tuple(likely), tuple(likely.values()))
                )
        for _, lacking in tree.lacks:
            self._places(lacking)

    def _places(self, facts: Iterable[str]) -> tuple[int, ...]:
        return tuple([self.places.setdefault(f, len(self.places)) for f in sorted(facts)])

    # Making parts

    def _leaf(self, lacking: tuple[int, ...]) -> Part:
        likely = [float(at in lacking) for at in range(len(self.places))]
        return self._new(NOWHERE, lacking, 0, likely)

    def find_or_add(self, number: int, children: tuple[Part, ...]) -> Part:
        """The part, or where all its answers lead. Raises TooLarge."""
        leading = set(children)
        leading.discard(NOWHERE)
        if len(leading) == 1:
            return leading.pop()
        found = self._same.get((number, children))
        if found is None:
            test, below = self.tests[number], 1 << number
            for child in leading:
                below |= self.below[child]
            likely = self._mixed(test.likely, children)
            for fact in test.missing:
                likely[fact] = 1.0
            found = self._same[number, children] = self._new(number, children, below, likely)
        return found

    def _new(self, number: int, children: tuple[int, ...], below: int, likely: list[float]) -> Part:
        if len(self.parts) >= self.most:
            raise TooLarge(self.most)
        self.parts.append((number, children))
        self.below.append(below)
        self.likely.append(likely)
        return len(self.parts) - 1

    def _mixed(self, likely: Sequence[float], children: Sequence[Part]) -> list[float]:
        """What the children have in common, by how likely each that can be taken is."""
        taken = [(one, child) for one, child in zip(likely, children, strict=True) if child >= 0]
        total = sum([one for one, _ in taken])
        columns = zip(*[self.likely[child] for _, child in taken], strict=True)
        shares = [one / total for one, _ in taken]
        if len(shares) == 2:  # most tests have two answers
            left, right = shares
            return [left * x + right * y for x, y in columns]
        return [sum([one * x for one, x in zip(shares, column, strict=True)]) for column in columns]

    def _grown(self, tree: OpenTree, leaf: Callable[[Node], Part]) -> Part:
        variables = tree.shared.forest.variables
        made: dict[Residual, Part] = {}

        def of(part: Residual) -> Part:
            if part not in made and not isinstance(part, OrNode):
                made[part] = leaf(part)
            return made[part]

        for level, nodes in reversed(_by_level(tree)):
            variable, number = variables[level], self._numbers.get((tree.shared, level))
            for node in nodes:
                below = [of(child) for _, child in node.edges]
                if number is None:
                    made[node] = self._through(variable, node, below)
                    continue
                answers = self.tests[number].answers
                made[node] = self.find_or_add(
                    number, tuple([_led(variable, node, answer, below) for answer in answers])
                )
        return of(tree.root)

    def _through(self, variable: Variable, node: OrNode, below: Sequence[Part]) -> Part:
        """The tree of a module in the place of an or-node that tests its outcome."""
        assert isinstance(variable, EnumVar)
        module = self.modules[variable.fact]
        values = module.shared.forest.values
        return self._grown(module, lambda end: _led(variable, node, values[end].value, below))

    # Reading them

    def tests_below(self, part: Part) -> list[int]:
        """The numbers of the tests at a part and below it."""
        return self._numbered[self.below[part]]

    def _bits(self, below: int) -> list[int]:
        return [number for number in range(len(self.tests)) if below >> number & 1]

    def restricted(self, root: Part, number: int, place: int) -> Part:
        """What remains of a part once the test has its answer at that place."""
        made = self._restricted.setdefault((number, place), {NOWHERE: NOWHERE})
        waiting = [root]
        while waiting:
            part = waiting[-1]
            test, children = self.parts[part]
            if part in made or not self.below[part] >> number & 1:
                made.setdefault(part, part)
            elif test == number:
                found = children[place]
                made[part] = found if found >= 0 else next(one for one in children if one >= 0)
            elif todo := [child for child in children if child not in made]:
                waiting += todo
                continue
            else:
                made[part] = self.find_or_add(test, tuple([made[child] for child in children]))
            waiting.pop()
        return made[root]


def _by_level(tree: OpenTree) -> list[tuple[int, list[OrNode]]]:
    """The or-nodes by the levels of their tests, from the top."""
    found: dict[int, list[OrNode]] = {}
    for node in or_nodes(tree.root):
        found.setdefault(node.level, []).append(node)
    return sorted(found.items())


def answers_of(variable: Variable, own: Sequence[OrNode]) -> dict[Any, float]:
    """The answers that the or-nodes of a test tell apart, and how likely each is."""
    said = dict.fromkeys(answer for node in own for answer, _ in node.edges)
    if isinstance(variable, IntervalVar):
        said = dict.fromkeys(common_refinement(said))
    weights = dict.fromkeys(said, 1.0)
    if OTHER in said and isinstance(variable, EnumVar) and variable.domain is not None:
        weights[OTHER] = float(len(variable.domain) - len(said) + 1)
    total = sum(weights.values())
    return {answer: weight / total for answer, weight in weights.items() if weight > 0}


def _led(variable: Variable, node: OrNode, answer: Any, below: Sequence[Part]) -> Part:
    """Where the answer leads; NOWHERE where it cannot be given there."""
    other = NOWHERE
    for (given, _), child in zip(node.edges, below, strict=True):
        if given == answer or (isinstance(variable, IntervalVar) and is_subinterval(answer, given)):
            return child
        if given is OTHER:
            other = child
    return other
