"""From a diagram to requests that reach a wanted terminal: witnesses, as few facts as settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from reglament.diagram.kernel.branches import (
    OTHER,
    constrains,
    constraints_of,
    edges,
    facts_of_variable,
    given_answer,
)
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import (
    EnumVar,
    Node,
    NullVar,
    PredicateVar,
    TooLarge,
    Variable,
)
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.diagram.kernel.list_samples import ListFinder
from reglament.diagram.kernel.successor import first_above
from reglament.diagram.kernel.terminals import Doubt
from reglament.diagram.kernel.text_samples import (
    OTHER_WORD,
    text_tests_of,
    text_with,
    words_compared,
)
from reglament.diagram.kernel.usual_requests import in_force, usual
from reglament.diagram.kernel.values_beside_lists import ValuesBesideLists
from reglament.diagram.solver.bounds_propagation import (
    Bounds,
    BoundsPropagation,
    Constraint,
    Solution,
)
from reglament.diagram.solver.round_values import rounder
from reglament.frozen import frozen
from reglament.model.conditions import Includes, IncludesValueOf
from reglament.model.terms import FactRef
from reglament.model.values import Kind, Value

MOST_STEPS = 200_000  # of one search for a path
MOST_DOUBTS = 100  # paths to one terminal that no request is found for
NOTHING_TOLD: Mapping[str, Value] = {}


@frozen
class Path:
    """Answers to tests, from the root of a diagram to a terminal, that can all be given together.

    `is_proven` is false where the solver could not tell: a witness then has to
    be confirmed by deciding it.
    """

    answers: tuple[tuple[Variable, Any], ...]
    value: Any
    facts: Mapping[str, Value]
    is_proven: bool


class Witnesses:
    """Finds paths in the diagrams of one version, and requests that take them.

    `solver` is the kind of solver that tells which answers go together.
    """

    def __init__(
        self, diagrams: Compiler, solver: type[BoundsPropagation] = BoundsPropagation
    ) -> None:
        self.diagrams = diagrams
        self.forest = diagrams.forest
        version = diagrams.version
        hard = in_force(version)
        self._told = version.facts.keys()
        self._solver = solver(version.types, version.hours, version.zone, hard)
        self._soft = tuple(usual(version))
        both = (*hard, *self._soft)
        self._usual = solver(version.types, version.hours, version.zone, both)
        self._plain = PlainLists(version, Witnesses)
        self._beside = ValuesBesideLists(self._plain, diagrams.inputs, self._any_value)
        self._lists = ListFinder(self._plain, diagrams.inputs, self._usual, self._any_value)

    def paths(
        self,
        root: Node,
        wanted: Callable[[Any], bool],
        given: Mapping[str, Value] = NOTHING_TOLD,
        most_steps: int = MOST_STEPS,
    ) -> Iterator[Path]:
        """Paths to terminals whose value is wanted, shortest answers first where it is free.

        What is `given` answers its tests, and stands in each request. Raises TooLarge
        after `most_steps`.
        """
        reaching = self._reaching(root, wanted)
        yield from (path for _, path in self._walk(root, reaching.__contains__, given, most_steps))

    def first(self, root: Node, wanted: Callable[[Any], bool]) -> Path | None:
        """A path to a wanted terminal, proven if there is a proven one among the first few."""
        found = None
        for count, path in enumerate(self.paths(root, wanted)):
            if path.is_proven or count > 20:
                return path
            found = found or path
        return found

    def each(
        self, root: Node, wanted: Callable[[Any], bool], confirm: Callable[[Path], bool]
    ) -> tuple[dict[Node, Path], set[Node]]:
        """A path to every wanted terminal that a request reaches, and those that stay open.

        One walk for all terminals together. Where the solver does not vouch for a
        path, `confirm` is asked. A terminal that is in neither answer is reached by
        no request at all. Raises TooLarge after many steps.
        """
        bits, masks = self._masks(root, wanted)
        found: dict[Node, Path] = {}
        doubts: Counter[Node] = Counter()
        sought = masks[root]

        def is_sought(node: Node) -> bool:
            return bool(masks[node] & sought)

        for node, path in self._walk(root, is_sought):
            if path.is_proven or confirm(path):
                found[node] = path
            else:
                doubts[node] += 1
            if node in found or doubts[node] >= MOST_DOUBTS:
                sought &= ~bits[node]
            if not sought:
                break
        return found, doubts.keys() - found.keys()

    def _walk(
        self,
        root: Node,
        is_sought: Callable[[Node], bool],
        given: Mapping[str, Value] = NOTHING_TOLD,
        most_steps: int = MOST_STEPS,
    ) -> Iterator[tuple[Node, Path]]:
        """Terminals, each with a path to it, through nodes that are sought when they are met."""
        steps = 0
        waiting: list[tuple[Node, tuple[tuple[Variable, Any], ...]]] = [(root, ())]
        while waiting:
            steps += 1
            if steps > most_steps:
                raise TooLarge(most_steps)
            node, answers = waiting.pop()
            if not is_sought(node):
                continue
            constraints = tuple(_constraints(answers))
            if not (self._plain_allow(answers, given) and self._may_solve(given, constraints)):
                continue
            if self.forest.is_terminal(node):
                cell = self._cell(answers, given, constraints)
                if cell is not None:
                    facts, is_proven = self.request(answers, {**given, **cell})
                    yield node, Path(answers, self.forest.values[node], facts, is_proven)
                continue
            variable = self.forest.variable(node)
            answer = given_answer(variable, given, self._solver.hours) if given else None
            if answer is not None:
                waiting.append((self.forest.child(node, answer[0]), answers))
                continue
            following = [(child, (*answers, (variable, a))) for a, child in self._answers(node)]
            waiting.extend(reversed(following))

    def _may_solve(self, given: Mapping[str, Value], constraints: tuple[Constraint, ...]) -> bool:
        return self._solver.solve(given, constraints).is_possible

    def _cell(
        self,
        answers: tuple[tuple[Variable, Any], ...],
        given: Mapping[str, Value],
        constraints: tuple[Constraint, ...],
    ) -> Mapping[str, Value] | None:
        """Values of what tests of plain lists read beside them; None where no list answers so."""
        return self._beside.found(answers, given, lambda told: self._may_solve(told, constraints))

    def _plain_allow(
        self, answers: tuple[tuple[Variable, Any], ...], given: Mapping[str, Value] = NOTHING_TOLD
    ) -> bool:
        """Whether plain lists may give the answers, the last of which is new."""
        if not (answers and self._plain.asked(answers[-1][0])):
            return True
        return self._plain.may_be(answers, given)

    def completed(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """The request with some value for every fact that it does not tell."""
        rest = (name for name in self.diagrams.version.facts if name not in facts)
        return {**facts, **{name: self._any_value(name) for name in rest}}

    def _masks(
        self, root: Node, wanted: Callable[[Any], bool]
    ) -> tuple[dict[Node, int], dict[Node, int]]:
        """A bit for every wanted terminal, and for every node the terminals below it."""
        order = sorted(self.forest.descendants(root), key=lambda node: -self.forest.levels[node])
        terminals = [
            n for n in order if self.forest.is_terminal(n) and wanted(self.forest.values[n])
        ]
        bits = {terminal: 1 << number for number, terminal in enumerate(terminals)}
        masks = dict(bits)
        # Levels rise towards the terminals, so one pass from below is enough.
        for node in order:
            mask = masks.get(node, 0)
            for child in self.forest.children[node]:
                mask |= masks[child]
            masks[node] = mask
        return bits, masks

    def request(
        self, answers: tuple[tuple[Variable, Any], ...], given: Mapping[str, Value] = NOTHING_TOLD
    ) -> tuple[dict[str, Value], bool]:
        """The facts that give these answers, and whether the solver vouches for them."""
        constraints = tuple(_constraints(answers))
        unseen = [variable for variable, _ in answers if _is_unseen(variable)]
        kept = frozenset(self.diagrams.version.totals).union(*map(facts_of_variable, unseen))
        solution = self._values(given, constraints, kept)
        facts: dict[str, Value] = {**given, **solution.values}
        last = [pair for pair in answers if _comes_last(pair[0])]
        for variable, answer in [pair for pair in answers if pair not in last]:
            self._tell(facts, variable, answer)
        facts.update(words_compared(answers, facts))
        facts.update(self._texts(answers, facts))
        for variable, answer in last:
            self._tell(facts, variable, answer)
        facts.update(self._lists.told(answers, {**given, **facts}))
        is_proven = solution.is_possible and solution.is_proven and not unseen
        # What a list comes to, nobody chooses: whether some list does, only trying tells.
        return facts, is_proven and not facts.keys() & self.diagrams.version.totals.keys()

    def _values(
        self, given: Mapping[str, Value], constraints: tuple[Constraint, ...], kept: Collection[str]
    ) -> Solution:
        """Values as people tell them, where the constraints leave room for those.

        Facts in `kept` take the least ones: whether others will do, the solver does not see.
        """
        solver, soft = self._usual, self._soft[:0]
        solution = solver.solve(given, constraints)
        if not solution.is_possible:
            solver, soft = self._solver, self._soft
            solution = solver.solve(given, constraints)
        if not (solution.is_possible and solution.is_proven):
            return solution
        free = solution.values.keys() - kept
        for bounds in (one for one in soft if one.fact in free):
            solution, constraints = _narrowed(solver, given, constraints, solution, [bounds])
        for fact in sorted(free):
            type_ = solver.types[fact]
            near = (
                Bounds(fact, value, first_above(type_, value))
                for value in rounder(type_, solution.values[fact], solver.zone)
            )
            solution, constraints = _narrowed(solver, given, constraints, solution, near)
        return solution

    def _tell(self, facts: dict[str, Value], variable: Variable, answer: Any) -> None:
        match variable:
            case EnumVar(fact):
                facts[fact] = answer
            case NullVar(fact):
                facts[fact] = None if answer else facts.get(fact, self._any_value(fact))
            case PredicateVar(Includes(FactRef(name), item)):
                held: Any = facts.get(name, ())
                facts[name] = (*held, item) if answer else held
            case PredicateVar(IncludesValueOf(FactRef(name), FactRef(said))):
                told = facts.setdefault(said, self._any_value(said))
                held = facts.get(name, ())
                facts[name] = (*held, told) if answer else held

    def _texts(
        self, answers: tuple[tuple[Variable, Any], ...], facts: Mapping[str, Value]
    ) -> Iterator[tuple[str, Value]]:
        """A text for each fact whose text is asked after, where no word of the policy is told."""
        for fact, tests in text_tests_of(answers).items():
            if facts.get(fact, OTHER_WORD) == OTHER_WORD:
                with suppress(TooLarge):
                    yield fact, text_with(tests, self.diagrams.version.words_said)

    def _any_value(self, fact: str) -> Value:
        """Some value of the fact; what kind of value is all that matters."""
        type_ = self.diagrams.inputs[fact].type
        if type_.is_ordered:
            return self._usual.solve({}, (Bounds(fact, None, None),)).values[fact]
        if type_.kind is Kind.BOOLEAN:
            return True
        if type_.kind is Kind.LIST:
            return ()
        return type_.options[0] if type_.options else OTHER_WORD

    def _reaching(self, root: Node, wanted: Callable[[Any], bool]) -> set[Node]:
        """The nodes from which a wanted terminal can be reached, truths of tests aside."""
        order = list(self.forest.descendants(root))
        found = {n for n in order if self.forest.is_terminal(n) and wanted(self.forest.values[n])}
        # Levels rise towards the terminals, so one pass from below is enough.
        for node in sorted(order, key=lambda n: -self.forest.levels[n]):
            if any(child in found for child in self.forest.children[node]):
                found.add(node)
        return found

    def _answers(self, node: Node) -> Iterator[tuple[Any, Node]]:
        variable, keys = self.forest.variable(node), self.forest.keys[node]
        for answer, child in edges(self.forest, node):
            if answer is OTHER and isinstance(variable, EnumVar):
                others = (value for value in variable.domain or () if value not in keys)
                answer = OTHER_WORD if variable.domain is None else next(others)
            yield answer, child


def _comes_last(variable: Variable) -> bool:
    """Whether a test is of facts that others may say more of."""
    return isinstance(variable, PredicateVar) and isinstance(variable.atom, IncludesValueOf)


def _constraints(answers: tuple[tuple[Variable, Any], ...]) -> Iterator[Constraint]:
    for variable, answer in answers:
        yield from constraints_of(variable, answer)


def _narrowed(
    solver: BoundsPropagation,
    given: Mapping[str, Value],
    constraints: tuple[Constraint, ...],
    solution: Solution,
    bounds: Iterable[Bounds],
) -> tuple[Solution, tuple[Constraint, ...]]:
    """The first of the bounds that surely can be kept beside the constraints; else what was."""
    for bound in bounds:
        found = solver.solve(given, (*constraints, bound))
        if found.is_possible and found.is_proven:
            return found, (*constraints, bound)
    return solution, constraints


def _is_unseen(variable: Variable) -> bool:
    """Whether it is a test that the solver does not see: of two words, say."""
    return (
        isinstance(variable, PredicateVar)
        and not isinstance(variable.atom, Includes | Doubt)
        and not constrains(variable)
    )
