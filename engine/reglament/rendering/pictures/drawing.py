"""From the diagram of a decision to a drawing of it: a tree of text, or boxes for a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from reglament.diagram.kernel.branches import OTHER
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import (
    EnumVar,
    IntervalVar,
    Node,
    NullVar,
    PredicateVar,
    TooLarge,
    Variable,
)
from reglament.diagram.kernel.reachable import ReachableEdges, named_edges
from reglament.diagram.kernel.successor import value_before
from reglament.diagram.kernel.terminals import Broken, Gap, NoOutcome
from reglament.diagram.solver.round_values import fineness
from reglament.frozen import frozen
from reglament.messages import Language, ListedWords, Message
from reglament.model.regulation import Version
from reglament.model.terms import DecisionRef, FactRef
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import label, named, value_words
from reglament.rendering.words.terms_in_words import is_time, term_words
from reglament.rendering.words.tests_in_words import Wording

_OTHER = Message("anything-else-drawing")
_GAP = Message("gap-no-rule")
_BROKEN = Message("refused-rests-refused-decision")
_MAYBE = Message("if-can")


@frozen
class Box:
    """One node of a drawing: its words, whether it is an outcome, and where its answers lead."""

    words: str
    is_outcome: bool
    ways: tuple[tuple[str, Node], ...]


def boxes(
    version: Version, decision: str, language: Language, *, is_local: bool = True
) -> dict[Node, Box]:
    """The diagram of the decision in words, its root first, parents before children.

    `is_local` shows the decision's own rules, other decisions being tests in it; else
    all is worked back to facts. What is decided for each item of a list is drawn as it is for one.
    Raises TooLarge for a diagram past its budget.

    Of a decision's own rules, answers that no request gives with those before are left out.
    """
    diagrams = Compiler(version.made_by(decision), is_local=is_local)
    root = diagrams.decision(decision)
    reader = _DiagramReader(diagrams, root, decision, language, _reached(diagrams, root))
    drawn: dict[Node, Box] = {}
    waiting = [reader.settled[root]]
    while waiting:
        node = waiting.pop()
        if node not in drawn:
            drawn[node] = reader.box(node)
            waiting.extend(child for _, child in drawn[node].ways)
    return {node: drawn[node] for node in sorted(drawn, key=diagrams.forest.levels.__getitem__)}


def _reached(diagrams: Compiler, root: Node) -> ReachableEdges | None:
    """Which answers a request gives; None where every answer is drawn."""
    if not diagrams.is_local:
        return None
    try:
        return ReachableEdges(diagrams, root)
    except TooLarge:
        return None


def draw(version: Version, decision: str, language: Language, *, is_local: bool = True) -> str:
    """The diagram as a tree of text; a part that stands twice is numbered and drawn once."""
    drawn = boxes(version, decision, language, is_local=is_local)
    met = Counter(child for box in drawn.values() for _, child in box.ways)
    root = next(iter(drawn))
    shared = [n for n in _as_drawn(drawn, root) if met[n] > 1 and not drawn[n].is_outcome]
    tree = _Tree(drawn, {node: number for number, node in enumerate(shared, 1)}, set())
    title = label(version, decision, language)
    return "\n".join([f"{title}: {tree.head(root)}", *tree.below(root)])


def _as_drawn(drawn: Mapping[Node, Box], root: Node) -> Iterator[Node]:
    """Each node once, in the order in which the tree draws them."""
    seen: set[Node] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(child for _, child in reversed(drawn[node].ways))


@frozen
class _Tree:
    boxes: dict[Node, Box]
    numbers: dict[Node, int]
    drawn: set[Node]

    def head(self, node: Node) -> str:
        """The words of a node, with its number where it is shared."""
        number = f" [{self.numbers[node]}]" if node in self.numbers else ""
        return self.boxes[node].words + number

    def below(self, root: Node) -> Iterator[str]:
        """The lines under the root, each node drawn once."""
        waiting = self._ways(root, "")
        while waiting:
            (answer, child), margin, is_last = waiting.pop()
            arrow = "↑" if child in self.numbers and child in self.drawn else "→"
            yield f"{margin}{'└─ ' if is_last else '├─ '}{answer} {arrow} {self.head(child)}"
            waiting += self._ways(child, margin + ("   " if is_last else "│  "))

    def _ways(self, node: Node, margin: str) -> list[tuple[tuple[str, Node], str, bool]]:
        """The ways on from a node that is not drawn yet, the last one first."""
        if node in self.drawn:
            return []
        self.drawn.add(node)
        ways = list(enumerate(reversed(self.boxes[node].ways)))
        return [(way, margin, place == 0) for place, way in ways]


@frozen(slots=False)
class _DiagramReader:
    diagrams: Compiler
    root: Node
    decision: str
    language: Language
    reached: ReachableEdges | None

    @property
    def version(self) -> Version:
        return self.diagrams.version

    def box(self, node: Node) -> Box:
        """What a node says."""
        forest = self.diagrams.forest
        if forest.is_terminal(node):
            return Box(self._outcome(forest.values[node]), True, ())
        listed = (
            (lang.listed(self._said(node, answers), self.language, lang.OR), child)
            for child, answers in self._ways(node).items()
        )
        return Box(self._test(forest.variable(node)), False, tuple(listed))

    @cached_property
    def settled(self) -> dict[Node, Node]:
        """For each node itself, or the one below it that all the answers left lead to."""
        forest, found = self.diagrams.forest, dict[Node, Node]()
        # Ranks rise towards the leaves, so one pass from below is enough.
        for node in sorted(forest.descendants(self.root), key=lambda node: -forest.levels[node]):
            ends = {found[child] for _, child in self._left(node)}
            found[node] = ends.pop() if len(ends) == 1 else node
        return found

    def _left(self, node: Node) -> Iterable[tuple[Any, Node]]:
        """The answers left, and where each leads; none of a leaf."""
        if self.diagrams.forest.is_terminal(node):
            return ()
        return named_edges(self.diagrams, node) if self.reached is None else self.reached.of(node)

    def _ways(self, node: Node) -> dict[Node, list[Any]]:
        """The answers left that lead to each child."""
        ways: dict[Node, list[Any]] = {}
        for answer, child in self._left(node):
            ways.setdefault(self.settled[child], []).append(answer)
        return ways

    def _outcome(self, payload: Any) -> str:
        if isinstance(payload, NoOutcome):
            said = _BROKEN if isinstance(payload, Broken) else Message("conflict")
            broken = (_GAP if isinstance(payload, Gap) else said).to(self.language)
            # Seen alone, a decision does not know which outcomes of others go together.
            return broken + _MAYBE.to(self.language) if self.diagrams.is_local else broken
        return term_words(payload, self.version, self.language, named(self.version, self.decision))

    def _test(self, variable: Variable) -> str:
        if isinstance(variable, PredicateVar):
            return Wording(self.version, self.language).test(variable.atom)
        name = variable.fact
        term = FactRef(name) if name in self.version.facts else DecisionRef(name)
        return term_words(term, self.version, self.language)

    def _said(self, node: Node, answers: list[Any]) -> list[str]:
        variable, keys = self.diagrams.forest.variable(node), self.diagrams.forest.keys[node]
        return [self._answer(variable, keys, answer) for answer in answers]

    def _answer(self, variable: Variable, keys: tuple[Any, ...], answer: Any) -> str:
        if isinstance(variable, EnumVar):
            is_other = answer is OTHER
            return _OTHER.to(self.language) if is_other else self._value(variable.fact, answer)
        if isinstance(variable, IntervalVar):
            first, past = (None, *keys, None)[answer : answer + 2]
            return self._span(variable.fact, first, past)
        if isinstance(variable, NullVar):
            return self._value(variable.fact, None) if answer else Message("one").to(self.language)
        return (lang.YES if answer else lang.NO).to(self.language)

    def _span(self, name: str, first: Any, past: Any) -> str:
        ends = ((first, "span-from", "span-above"), (past, "span-below", "span-up-to"))
        return ListedWords(self._bound(name, *end) for end in ends if end[0] is not None).to(
            self.language
        )

    def _bound(self, name: str, bound: Any, at: str, after: str) -> Message:
        """A bound in words; of one that comes next after a rounder value, by that value."""
        typed = self.version.types.get(name) or self.version.decisions[name].type
        zone, before = ZoneInfo(self.version.zone), value_before(typed, bound)
        is_next = fineness(typed, before, zone) < fineness(typed, bound, zone)
        code, value = (after, before) if is_next else (at, bound)
        is_of_time = is_time(FactRef(name), self.version)
        return Message(code, is_time=is_of_time, value=self._value(name, value))

    def _value(self, name: str, value: Any) -> str:
        return value_words(self.version, name, value, self.language)
