"""From the tree of what remains to the questions that are left, and how many of them to expect.

Nothing is known of requests in general, so the answers of a test that its tree tells apart are
taken to be equally likely. The trees of modules are put in where their outcomes are tested.

    kind?                    expected: 1 for kind, and half of what the guests are asked
      guest: returned.on?    expected: 1
      else: nothing
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import OTHER, common_refinement, is_subinterval
from reglament.diagram.kernel.forest import EnumVar, IntervalVar, Node, TooLarge, Variable
from reglament.memo import Once
from reglament.partial.or_nodes import MOST_BRANCHES, OrNode, Residual, or_nodes
from reglament.partial.residual_graph import OpenTree

Trees: TypeAlias = Mapping[str, OpenTree]
Facts: TypeAlias = int  # places of facts, as bits
# What is tested at a level, or the module whose outcome is; and the or-nodes there.
Level: TypeAlias = tuple["AskedTest | OpenTree", list[OrNode]]
Levels: TypeAlias = Mapping[OpenTree, list[Level]]


class AskedTest:
    """A test: the facts that it lacks, its answers, and how likely each is; `bit` is its own."""

    __slots__ = ("answers", "bit", "likely", "missing", "place")

    def __init__(
        self, bit: int, missing: Facts, answers: Mapping[Any, float], place: tuple[Any, ...]
    ) -> None:
        self.bit = bit
        self.missing = missing
        self.answers = tuple(answers)
        self.likely = tuple(answers.values())
        self.place = place


class Questions:
    """What is left to ask: a test and what each of its answers leaves; or no test, at the end.

    None stands where an answer cannot be given. `facts` and `tests` are those here and below, as
    bits; at an end the facts are those that a formula lacks. `expected` is how many facts are
    asked for on average, the tests being asked in their order.
    """

    __slots__ = ("children", "expected", "facts", "test", "tests")

    def __init__(
        self,
        test: AskedTest | None,
        children: tuple[Questions | None, ...],
        facts: Facts,
        tests: int,
        expected: float,
    ) -> None:
        self.test = test
        self.children = children
        self.facts = facts
        self.tests = tests
        self.expected = expected


class QuestionSpace:
    """The questions that the requests so far left, equal ones once; safe to share between threads.

    `names` are those of all facts, in the order in which diagrams test them.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._places = {name: place for place, name in enumerate(names)}
        self._tests: dict[Any, AskedTest] = {}
        self._numbered: list[AskedTest] = []
        self._same: dict[Any, Questions] = {}
        self._restricted: dict[tuple[AskedTest, int], dict[Questions, Questions]] = {}
        self._likely: Once[Facts, dict[Questions, float]] = Once(lambda _: {})
        self.tests_of = Once(self._tests_of)  # by their bits, in order
        self.facts_of = Once(self._facts_of)  # by their bits, in order

    def __len__(self) -> int:
        return len(self._same)

    def bits(self, facts: Iterable[str]) -> Facts:
        """The facts as bits."""
        return sum([1 << self._places[fact] for fact in facts])

    def _facts_of(self, facts: Facts) -> list[Facts]:
        return [1 << place for place in range(facts.bit_length()) if facts >> place & 1]

    def _tests_of(self, tests: int) -> list[AskedTest]:
        own = [test for at, test in enumerate(self._numbered) if tests >> at & 1]
        return sorted(own, key=lambda test: test.place)

    # Making them

    def of(self, tree: OpenTree, modules: Trees) -> Questions:
        """The questions that a tree leaves, those of modules put in. Raises TooLarge."""
        lacks = dict(tree.lacks)
        ends = Once[Node, Questions](
            lambda end: self._end(len(ends), self.bits(lacks.get(end, ())))
        )
        levels = Once[OpenTree, list[Level]](lambda one: self._levels(one, modules))
        root = self._grown(tree, levels, ends.__getitem__)
        assert root is not None  # no end of the tree itself is one
        return root

    def _end(self, place: int, lacking: Facts) -> Questions:
        """What is no test: the place tells apart the ends of one tree, whatever they are."""
        key = place, lacking
        expected = float(lacking.bit_count())
        made = Questions(None, (), lacking, 0, expected)
        return self._same.setdefault(key, made)

    def _test(self, variable: Variable, own: Sequence[OrNode]) -> AskedTest:
        """The test of or-nodes that stand at one level."""
        answers, missing = answers_of(variable, own), self.bits(own[0].missing)
        key = (variable, missing, tuple(answers))
        found = self._tests.get(key)
        if found is None:
            place = (missing.bit_count(), missing, repr(variable), repr(key[-1]))
            made = AskedTest(1 << len(self._numbered), missing, answers, place)
            found = self._tests.setdefault(key, made)
            if found is made:
                self._numbered.append(found)
        return found

    def find_or_add(self, test: AskedTest, children: tuple[Questions | None, ...]) -> Questions:
        """The test with where its answers lead, or where all of them lead."""
        leading = set(children)
        leading.discard(None)
        if len(leading) == 1:
            return leading.pop()  # type: ignore[return-value]
        found = self._same.get((test, children))
        if found is None:
            found = self._same.setdefault((test, children), self._joined(test, children))
        return found

    def _joined(self, test: AskedTest, children: tuple[Questions | None, ...]) -> Questions:
        taken = [(p, one) for p, one in zip(test.likely, children, strict=True) if one is not None]
        total, facts, tests, expected = 0.0, 0, test.bit, 0.0
        for likely, child in taken:
            total += likely
            expected += likely * child.expected
            facts |= child.facts
            tests |= child.tests
        expected /= total
        again = facts & test.missing
        expected += test.missing.bit_count() - self._asked_below(taken, total, again)
        return Questions(test, children, facts | test.missing, tests, expected)

    def _asked_below(
        self, taken: Sequence[tuple[float, Questions]], total: float, facts: Facts
    ) -> float:
        """How many of the facts are expected to be asked for below."""
        return (
            sum(
                [
                    likely * self.likely(child, fact)
                    for fact in (self.facts_of[facts] if facts else ())
                    for likely, child in taken
                ]
            )
            / total
        )

    def likely(self, root: Questions, fact: Facts) -> float:
        """How likely the fact is to be asked for, the tests being asked in their order."""
        known, waiting = self._likely[fact], [root]
        while waiting:
            part = waiting[-1]
            if part.test is None or not part.facts & fact or part.test.missing & fact:
                known[part] = float(bool(part.facts & fact))
            elif todo := [one for one in part.children if one and one not in known]:
                waiting += todo
                continue
            else:
                taken = [
                    (p, one) for p, one in zip(part.test.likely, part.children, strict=True) if one
                ]
                total = sum([p for p, _ in taken])
                known[part] = sum([p * known[one] for p, one in taken]) / total
            waiting.pop()
        return known[root]

    def _grown(
        self, tree: OpenTree, levels: Levels, end: Callable[[Node], Questions | None]
    ) -> Questions | None:
        """What the tree leaves, from below, `end` being what is left at its ends."""
        made: dict[Residual, Questions | None] = {}

        def of(part: Residual) -> Questions | None:
            if part not in made and not isinstance(part, OrNode):
                made[part] = end(part)
            return made[part]

        for asked, nodes in levels[tree]:
            for node in nodes:
                below = [of(child) for _, child in node.edges]
                if isinstance(asked, OpenTree):
                    made[node] = self._through(asked, levels, node, below)
                else:
                    made[node] = self.find_or_add(asked, _by_answer(asked, node, below))
        return of(tree.root)

    def _through(
        self, module: OpenTree, levels: Levels, node: OrNode, below: Sequence[Questions | None]
    ) -> Questions | None:
        """The tree of a module in the place of an or-node that tests its outcome."""
        values = module.shared.forest.values
        return self._grown(module, levels, lambda end: _led(node, values[end].value, below))

    def _levels(self, tree: OpenTree, modules: Trees) -> list[Level]:
        """The or-nodes by what they test, from below. Raises TooLarge."""
        by_level: dict[int, list[OrNode]] = {}
        for count, node in enumerate(or_nodes(tree.root)):
            if count >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            by_level.setdefault(node.level, []).append(node)
        found = list[Level]()
        for level in sorted(by_level, reverse=True):
            variable, nodes = tree.shared.forest.variables[level], by_level[level]
            module = modules.get(variable.fact) if isinstance(variable, EnumVar) else None
            found.append((module or self._test(variable, nodes), nodes))
        return found

    # Reading them

    def restricted(self, root: Questions, test: AskedTest, place: int) -> Questions:
        """What is left of them once the test has its answer at that place."""
        made = self._restricted.setdefault((test, place), {})
        waiting = [root]
        while waiting:
            part = waiting[-1]
            own = part.test
            if not part.tests & test.bit or own is None:
                made[part] = part
            elif own is test:
                found = part.children[place]
                made[part] = found or next(one for one in part.children if one)
            elif todo := [one for one in part.children if one and one not in made]:
                waiting += todo
                continue
            else:
                made[part] = self.find_or_add(
                    own, tuple([one and made[one] for one in part.children])
                )
            waiting.pop()
        return made[root]


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


def _by_answer(
    test: AskedTest, node: OrNode, below: Sequence[Questions | None]
) -> tuple[Questions | None, ...]:
    """Where each answer of the test leads from one of its or-nodes."""
    if test.answers == tuple([answer for answer, _ in node.edges]):
        return tuple(below)
    return tuple([_led(node, answer, below) for answer in test.answers])


def _led(node: OrNode, answer: Any, below: Sequence[Questions | None]) -> Questions | None:
    """Where the answer leads; None where it cannot be given there."""
    other = None
    for (given, _), child in zip(node.edges, below, strict=True):
        if given == answer or (isinstance(given, tuple) and is_subinterval(answer, given)):
            return child
        if given is OTHER:
            other = child
    return other
