"""From a local diagram to the answers in it that some request gives.

A local diagram reads other decisions as told, and so draws combinations of their
outcomes that no facts give together. Here each way through it is put in terms of
facts, where such combinations come to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reglament.diagram.kernel.branches import OTHER
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import EnumVar, IntervalVar, Node, NullVar, Variable
from reglament.model.conditions import ALWAYS, Condition, Not, OneOf
from reglament.model.terms import DecisionRef, FactRef, Term

BUDGET = 100_000  # nodes; a drawing shows every answer where they do not do


def named_edges(diagrams: Compiler, node: Node) -> Iterator[tuple[Any, Node]]:
    """Every answer to the test of a node, and the child where it leads.

    An answer is a value of a choice, or `OTHER`; whether null is told; whether a test
    holds; the place of a span among the others.
    """
    forest = diagrams.forest
    variable, keys, children = forest.variable(node), forest.keys[node], forest.children[node]
    if isinstance(variable, EnumVar):
        yield from zip(keys, children, strict=False)
        others = [OTHER] if variable.domain is None else variable.domain
        yield from ((value, children[-1]) for value in others if value not in keys)
    elif isinstance(variable, IntervalVar):
        yield from enumerate(children)
    else:
        yield from ((True, children[0]), (False, children[-1]))


class ReachableEdges:
    """The answers below `root`, a node of local diagrams, that some request may give.

    An answer that is left out is given by no request. One that is not may still be given by
    none: of the tests on the way, only those on one of several values, or on null, are heard.
    Raises TooLarge where the facts behind the decisions need too large a diagram.
    """

    def __init__(self, local: Compiler, root: Node) -> None:
        self._local = local
        self._whole = Compiler(local.version, budget=BUDGET)
        # A compiler remembers conditions by identity, so those made here must live on.
        self._conditions: dict[tuple[Variable, Any], Condition] = {}
        self._regions: dict[Node, Node] = {root: self._whole.forest.true}
        self._given: dict[Node, list[tuple[Any, Node]]] = {}
        below = local.forest.descendants(root)
        for node in sorted(below, key=local.forest.levels.__getitem__):
            if not local.forest.is_terminal(node) and node in self._regions:
                self._given[node] = list(self._walk(node))

    def of(self, node: Node) -> list[tuple[Any, Node]]:
        """The answers at a node, and where they lead; none if no request reaches it."""
        return self._given.get(node, [])

    def _walk(self, node: Node) -> Iterator[tuple[Any, Node]]:
        whole, nowhere = self._whole.forest, self._whole.forest.false
        for answer, child in named_edges(self._local, node):
            region = whole.and_(self._regions[node], self._where(node, answer))
            if region != nowhere:
                self._regions[child] = whole.or_(self._regions.get(child, nowhere), region)
                yield answer, child

    def _where(self, node: Node, answer: Any) -> Node:
        """The requests that give the answer, as far as they are told apart here."""
        variable = self._local.forest.variable(node)
        key = variable, self._local.forest.keys[node] if answer is OTHER else (type(answer), answer)
        if key not in self._conditions:
            self._conditions[key] = self._condition(variable, answer, self._local.forest.keys[node])
        return self._whole.condition_diagram(self._conditions[key])

    def _condition(self, variable: Variable, answer: Any, keys: tuple[Any, ...]) -> Condition:
        if isinstance(variable, EnumVar):
            subject = self._term(variable.fact)
            if answer is OTHER:
                return Not(OneOf(subject, keys))
            return OneOf(subject, (answer,))
        if isinstance(variable, NullVar):
            is_null = OneOf(self._term(variable.fact), (None,))
            return is_null if answer else Not(is_null)
        return ALWAYS

    def _term(self, name: str) -> Term:
        return DecisionRef(name) if name in self._local.version.decisions else FactRef(name)
