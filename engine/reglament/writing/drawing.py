"""From the diagram of a decision to a drawing of it: a tree of text, or boxes for a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reglament.diagram.build import Diagrams
from reglament.diagram.forest import Choice, Node, Null, Span, Truth, Variable
from reglament.diagram.payloads import Conflict, Gap
from reglament.model.policy import Version
from reglament.model.terms import FactRef
from reglament.model.words import Language, Words
from reglament.writing import language as lang
from reglament.writing.labels import label, named, value_words
from reglament.writing.terms_in_words import is_time, term_words
from reglament.writing.tests_in_words import Wording

_OTHER = Words(ru="иное", en="anything else")
_TOLD = Words(ru="есть", en="there is one")
_GAP = Words(ru="пробел: правила нет", en="a gap: no rule")
_CONFLICT = Words(ru="противоречие", en="a conflict")
_MAYBE = Words(ru=", если так бывает", en=", if that can be")
_FROM = Words(ru="от {}", en="{} or more")
_BELOW = Words(ru="меньше {}", en="less than {}")
_SINCE = Words(ru="с {}", en="from {}")
_BEFORE = Words(ru="раньше {}", en="before {}")


@dataclass(frozen=True, slots=True)
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
    all is worked back to facts. Raises TooLarge for a diagram past its budget.
    """
    diagrams = Diagrams(version, is_local=is_local)
    root = diagrams.decision(decision)
    reader = _Reader(diagrams, decision, language)
    return {node: reader.box(node) for node in diagrams.forest.below(root)}


def draw(version: Version, decision: str, language: Language, *, is_local: bool = True) -> str:
    """The diagram as a tree of text; a part that stands twice is numbered and drawn once."""
    drawn = boxes(version, decision, language, is_local=is_local)
    met = Counter(child for box in drawn.values() for _, child in box.ways)
    root = next(iter(drawn))
    shared = [n for n in _as_drawn(drawn, root) if met[n] > 1 and not drawn[n].is_outcome]
    tree = _Tree(drawn, {node: number for number, node in enumerate(shared, 1)}, set())
    title = label(version, decision, language)
    return "\n".join([f"{title}: {tree.head(root)}", *tree.below(root, "")])


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


@dataclass(frozen=True, slots=True)
class _Tree:
    boxes: dict[Node, Box]
    numbers: dict[Node, int]
    drawn: set[Node]

    def head(self, node: Node) -> str:
        """The words of a node, with its number where it is shared."""
        number = f" [{self.numbers[node]}]" if node in self.numbers else ""
        return self.boxes[node].words + number

    def below(self, node: Node, margin: str) -> Iterator[str]:
        """The lines under a node, unless they are drawn already."""
        if node in self.drawn:
            return
        self.drawn.add(node)
        *others, last = self.boxes[node].ways or (None,)
        for way in others:
            yield from self._way(way, margin, "├─ ", "│  ")
        yield from self._way(last, margin, "└─ ", "   ")

    def _way(
        self, way: tuple[str, Node] | None, margin: str, branch: str, below: str
    ) -> Iterator[str]:
        if way is None:
            return
        answer, child = way
        arrow = "↑" if child in self.numbers and child in self.drawn else "→"
        yield f"{margin}{branch}{answer} {arrow} {self.head(child)}"
        yield from self.below(child, margin + below)


@dataclass(frozen=True, slots=True)
class _Reader:
    diagrams: Diagrams
    decision: str
    language: Language

    @property
    def version(self) -> Version:
        return self.diagrams.version

    def box(self, node: Node) -> Box:
        """What a node says."""
        forest = self.diagrams.forest
        if forest.is_leaf(node):
            return Box(self._outcome(forest.payloads[node]), True, ())
        variable = forest.variable(node)
        ways: dict[Node, list[str]] = {}
        for answer, child in self._answers(node, variable):
            ways.setdefault(child, []).append(answer)
        listed = (
            (lang.listed(said, self.language, lang.OR), child) for child, said in ways.items()
        )
        return Box(self._test(variable), False, tuple(listed))

    def _outcome(self, payload: Any) -> str:
        if isinstance(payload, Gap | Conflict):
            broken = (_GAP if isinstance(payload, Gap) else _CONFLICT).to(self.language)
            # Seen alone, a decision does not know which outcomes of others go together.
            return broken + _MAYBE.to(self.language) if self.diagrams.is_local else broken
        return term_words(payload, self.version, self.language, named(self.version, self.decision))

    def _test(self, variable: Variable) -> str:
        if isinstance(variable, Truth):
            return Wording(self.version, self.language).test(variable.atom)
        return label(self.version, variable.fact, self.language)

    def _answers(self, node: Node, variable: Variable) -> Iterator[tuple[str, Node]]:
        forest = self.diagrams.forest
        keys, children = forest.keys[node], forest.children[node]
        if isinstance(variable, Choice):
            yield from (
                (self._value(variable.fact, k), c) for k, c in zip(keys, children, strict=False)
            )
            yield from ((other, children[-1]) for other in self._others(variable, keys))
        elif isinstance(variable, Span):
            bounds = pairwise((None, *keys, None))
            yield from (
                (self._span(variable.fact, *b), c) for b, c in zip(bounds, children, strict=True)
            )
        elif isinstance(variable, Null):
            yield self._value(variable.fact, None), children[0]
            yield _TOLD.to(self.language), children[-1]
        else:
            yield lang.YES.to(self.language), children[0]
            yield lang.NO.to(self.language), children[-1]

    def _others(self, variable: Choice, keys: tuple[Any, ...]) -> list[str]:
        if variable.domain is None:
            return [_OTHER.to(self.language)]
        return [self._value(variable.fact, v) for v in variable.domain if v not in keys]

    def _span(self, fact: str, first: Any, past: Any) -> str:
        is_time_ = is_time(FactRef(fact), self.version)
        since, before = (_SINCE, _BEFORE) if is_time_ else (_FROM, _BELOW)
        parts = []
        if first is not None:
            parts.append(since.to(self.language).format(self._value(fact, first)))
        if past is not None:
            parts.append(before.to(self.language).format(self._value(fact, past)))
        return ", ".join(parts)

    def _value(self, name: str, value: Any) -> str:
        return value_words(self.version, name, value, self.language)
