"""From the tree of what remains to the questions that are left, and how many of them to expect.

Nothing is known of requests in general, so the answers of a test that its tree tells apart are
taken to be equally likely. The trees of modules are put in where their outcomes are tested.

    kind?                    expected: 1 for kind, and half of what the guests are asked
      guest: returned.on?    expected: 1
      else: nothing

Equal questions are one object, whatever request left them: without that and the rankings that are
kept, requests to come take up to 1.9 times the work (`benchmarks/ablations.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import RLock
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import OTHER, common_refinement, is_subinterval
from reglament.diagram.kernel.forest import EnumVar, IntervalVar, TooLarge, Variable
from reglament.memo import Memo
from reglament.partial.or_nodes import MOST_BRANCHES, OrNode, Residual, or_nodes, terminals_of
from reglament.partial.residual_graph import OpenTree

Trees: TypeAlias = Mapping[str, OpenTree]
Facts: TypeAlias = int  # places of facts, as bits
# Where an or-node leads, and of which of these each answer takes which; None for all in turn.
Edges: TypeAlias = tuple[OrNode, tuple[Residual, ...], "tuple[int | None, ...] | None"]


class QuestionTest:
    """A test: the facts that it lacks, its answers, and how likely each is; `bit` is its own.

    `questions` has those that begin with it, by what its answers leave; `left` has for each answer
    what is left of questions once it is given.
    """

    __slots__ = ("answers", "bit", "left", "likely", "missing", "place", "questions")

    def __init__(
        self, bit: int, missing: Facts, answers: Mapping[Any, float], place: tuple[Any, ...]
    ) -> None:
        self.bit = bit
        self.missing = missing
        self.answers = tuple(answers)
        self.likely = tuple(answers.values())
        self.place = place
        self.questions: dict[tuple[Questions | None, ...], Questions] = {}
        self.left: list[dict[Questions, Questions]] = [{} for _ in answers]


class Questions:
    """What is left to ask: a test and what each of its answers leaves; or no test, at the end.

    None stands where an answer cannot be given. `facts` and `tests` are those here and below, as
    bits; at an end the facts are those that a formula lacks. `expected` is how many facts are
    asked for on average, the tests being asked in their order.
    """

    __slots__ = ("children", "expected", "facts", "test", "tests")

    def __init__(
        self,
        test: QuestionTest | None,
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


class TreeInOrder:
    """The or-nodes of a tree from below, by what they test: a test, or a module's outcome."""

    def __init__(
        self, tree: OpenTree, test: Callable[[Variable, list[OrNode]], QuestionTest]
    ) -> None:
        by_level: dict[int, list[OrNode]] = {}
        for count, node in enumerate(or_nodes(tree.root)):
            if count >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            by_level.setdefault(node.level, []).append(node)
        self.root = tree.root
        self.levels: list[tuple[QuestionTest | str, list[Edges]]] = []
        for level in sorted(by_level, reverse=True):
            variable, nodes = tree.shared.forest.variables[level], by_level[level]
            if isinstance(variable, EnumVar) and variable.fact in tree.modules:
                self.levels.append((variable.fact, [_in_turn(node) for node in nodes]))
            else:
                asked = test(variable, nodes)
                self.levels.append((asked, [_by_answer(node, asked) for node in nodes]))
        self.ends = terminals_of(tree.root)
        values = tree.shared.forest.values
        self.outcomes = [getattr(values[end], "value", None) for end in self.ends]


class QuestionSpace:
    """The questions that the requests so far left, equal ones once; safe to share between threads.

    `names` are those of all facts, in the order in which diagrams test them.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._places = {name: place for place, name in enumerate(names)}
        self._tests: dict[Any, QuestionTest] = {}
        self._lock = RLock()
        self._ends: dict[tuple[int, Facts], Questions] = {}
        self._size = 0
        self._trees = Memo[OpenTree, TreeInOrder](lambda tree: TreeInOrder(tree, self._test))
        self._grown: dict[Any, Questions | None] = {}
        self._likely: Memo[Facts, dict[Questions, float]] = Memo(lambda _: {})
        self.tests_of = Memo(self._tests_of)  # by their bits, in order
        self.alone = Memo(self._alone)  # by the bits of tests, those that lack one fact, by that
        self.facts_of = Memo(self._facts_of)  # by their bits, in order

    def __len__(self) -> int:
        return self._size + len(self._grown) + len(self._trees)

    def bits(self, facts: Iterable[str]) -> Facts:
        """The facts as bits."""
        return sum([1 << self._places[fact] for fact in facts])

    def _facts_of(self, facts: Facts) -> list[Facts]:
        return [1 << place for place in range(facts.bit_length()) if facts >> place & 1]

    def _tests_of(self, tests: int) -> list[QuestionTest]:
        own = [test for test in list(self._tests.values()) if tests & test.bit]
        return sorted(own, key=lambda test: test.place)

    def _alone(self, tests: int) -> dict[Facts, list[QuestionTest]]:
        found: dict[Facts, list[QuestionTest]] = {}
        for test in self.tests_of[tests]:
            if test.missing.bit_count() == 1:
                found.setdefault(test.missing, []).append(test)
        return found

    # Making them

    def of(self, tree: OpenTree, modules: Trees) -> Questions:
        """The questions that a tree leaves, those of modules put in. Raises TooLarge."""
        lacks = dict(tree.lacks)
        # One without modules is asked for once: what it leads to is kept by who asks.
        in_order = self._trees[tree] if tree.modules else TreeInOrder(tree, self._test)
        ends = tuple(
            self._end(place, self.bits(lacks.get(end, ())))
            for place, end in enumerate(in_order.ends)
        )
        if tree.modules:
            root = self._with_ends(tree, modules, ends)
        else:
            root = self._built(in_order, modules, ends)
        assert root is not None  # no end of the tree itself is one
        return root

    def _end(self, place: int, lacking: Facts) -> Questions:
        """What is no test: the place tells apart the ends of one tree, whatever they are."""
        key = place, lacking
        expected = float(lacking.bit_count())
        made = Questions(None, (), lacking, 0, expected)
        return self._ends.setdefault(key, made)

    def _test(self, variable: Variable, own: Sequence[OrNode]) -> QuestionTest:
        """The test of or-nodes that stand at one level."""
        answers, missing = answers_of(variable, own), self.bits(own[0].missing)
        key = (variable, missing, tuple(answers))
        with self._lock:  # no two tests have one bit
            if key not in self._tests:
                place = (missing.bit_count(), missing, repr(variable), repr(key[-1]))
                self._tests[key] = QuestionTest(1 << len(self._tests), missing, answers, place)
            return self._tests[key]

    def find_or_add(self, test: QuestionTest, children: tuple[Questions | None, ...]) -> Questions:
        """The test with where its answers lead, or where all of them lead."""
        found = test.questions.get(children)
        if found is None:
            leading = set(children)
            leading.discard(None)
            if len(leading) == 1:
                return leading.pop()  # type: ignore[return-value]
            found = test.questions.setdefault(children, self._joined(test, children))
            self._size += 1
        return found

    def _joined(self, test: QuestionTest, children: tuple[Questions | None, ...]) -> Questions:
        total, facts, tests, expected = 0.0, 0, test.bit, 0.0
        taken = _taken(test, children)
        for likely, child in taken:
            total += likely
            expected += likely * child.expected
            facts |= child.facts
            tests |= child.tests
        for fact in self.facts_of[facts & test.missing]:  # asked for here, and so not below
            expected -= sum([likely * self.likely(child, fact) for likely, child in taken])
        expected = expected / total + test.missing.bit_count()
        return Questions(test, children, facts | test.missing, tests, expected)

    def likely(self, root: Questions, fact: Facts) -> float:
        """How likely the fact is to be asked for, the tests being asked in their order."""
        known, waiting = self._likely[fact], [root]
        while waiting:
            part = waiting[-1]
            if part.test is None or not part.facts & fact or part.test.missing & fact:
                known[part] = float(bool(part.facts & fact))
            elif todo := [child for child in part.children if child and child not in known]:
                waiting += todo
                continue
            else:
                taken = _taken(part.test, part.children)
                total = sum([likely for likely, _ in taken])
                known[part] = sum([likely * known[child] for likely, child in taken]) / total
            waiting.pop()
        return known[root]

    def _with_ends(
        self, tree: OpenTree, modules: Trees, ends: tuple[Questions | None, ...]
    ) -> Questions | None:
        """What the tree leaves, these being left at its ends."""
        key = (tree, ends, *(modules.values() if tree.modules else ()))
        if key not in self._grown:
            self._grown[key] = self._built(self._trees[tree], modules, ends)
        return self._grown[key]

    def _built(
        self, tree: TreeInOrder, modules: Trees, ends: tuple[Questions | None, ...]
    ) -> Questions | None:
        made: dict[Residual, Questions | None] = dict(zip(tree.ends, ends, strict=True))
        for asked, nodes in tree.levels:
            for node, leads, picks in nodes:
                below = [made[child] for child in leads]
                if isinstance(asked, str):
                    outcomes = self._trees[modules[asked]].outcomes
                    picked = [_pick(node, outcome) for outcome in outcomes]
                    ends_of = tuple([None if at is None else below[at] for at in picked])
                    made[node] = self._with_ends(modules[asked], modules, ends_of)
                    continue
                if picks is not None:
                    below = [None if at is None else below[at] for at in picks]
                made[node] = self.find_or_add(asked, tuple(below))
        return made[tree.root]

    # Reading them

    def answered(self, root: Questions, test: QuestionTest) -> list[tuple[float, Questions]]:
        """What each answer of the test leaves, and how likely it is."""
        if not root.tests & test.bit:
            return [(1.0, root)]
        return [
            (likely, left.get(root) or self._restricted(root, test, place))
            for place, (likely, left) in enumerate(zip(test.likely, test.left, strict=True))
        ]

    def _restricted(self, root: Questions, test: QuestionTest, place: int) -> Questions:
        """What is left of them once the test has its answer at that place."""
        bit, made, waiting = test.bit, test.left[place], [root]
        while waiting:
            part = waiting[-1]
            if part.test is test:
                found = part.children[place]
                made[part] = found or next(child for child in part.children if child)
            elif part.test is not None:
                asking = [child for child in part.children if child and child.tests & bit]
                if todo := [one for one in asking if one not in made]:
                    waiting += todo
                    continue
                below = tuple([child and made.get(child, child) for child in part.children])
                made[part] = self.find_or_add(part.test, below)
            waiting.pop()
        return made[root]


def _taken(
    test: QuestionTest, children: tuple[Questions | None, ...]
) -> list[tuple[float, Questions]]:
    """How likely each answer is that can be given, and what it leaves."""
    return [(p, one) for p, one in zip(test.likely, children, strict=True) if one is not None]


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


def _in_turn(node: OrNode) -> Edges:
    return node, tuple([child for _, child in node.edges]), None


def _by_answer(node: OrNode, test: QuestionTest) -> Edges:
    """Where each answer of the test leads from one of its or-nodes."""
    node, leads, _ = _in_turn(node)
    if test.answers == tuple([answer for answer, _ in node.edges]):
        return node, leads, None
    return node, leads, tuple([_pick(node, answer) for answer in test.answers])


def _pick(node: OrNode, answer: Any) -> int | None:
    """Which edge the answer takes; None where it cannot be given there."""
    other = None
    for at, (given, _) in enumerate(node.edges):
        if given == answer or (isinstance(given, tuple) and is_subinterval(answer, given)):
            return at
        if given is OTHER:
            other = at
    return other
