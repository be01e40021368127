"""Diagrams of decisions that build on refused ones: what needs them is refused, nothing else.

What a refused decision might have said is tested below all that requests can tell: of a
choice its word, of anything else whether a test of it holds. Where that makes no
difference the tests reduce away, as every test of a diagram does; where they stay, the
decision is Broken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reglament.diagram.kernel.compiler import BUILD, Diagrams
from reglament.diagram.kernel.forest import DOUBTS, Choice, Node, Truth, sort_key
from reglament.diagram.kernel.terminals import Broken, Doubt, NoAnswer
from reglament.model.conditions import Test
from reglament.model.policy import Decision
from reglament.model.terms import Constant, DecisionRef, Term
from reglament.reference import outcomes_of


class Doubting(Diagrams):
    """The diagrams `whole` once more, in which what refused decisions might say is tested."""

    def __init__(self, whole: Diagrams) -> None:
        super().__init__(
            whole.version,
            modules=whole.read_as_told,
            forest=whole.forest,
            order=list(whole.order),
        )
        self.whole = whole

    def decision(self, name: str) -> Node:
        """The diagram of a decision, without doubts. Raises TooLarge."""
        return self.whole.decision(name)

    def without_doubts(self, decision: Decision) -> Node:
        """The diagram of the decision, Broken where what it is hangs on refused ones."""
        forest = self.forest

        def settle(nodes: tuple[Node, ...]) -> Node | None:
            if forest.ranks[nodes[0]] < DOUBTS:
                return None
            return nodes[0] if forest.is_leaf(nodes[0]) else forest.leaf(self._broken(nodes[0]))

        return forest.combine(settle, (BUILD[decision.kind](self, decision),), {})

    def _broken(self, root: Node) -> Broken:
        names, outcomes = set[str](), list[Any]()
        for node in self.forest.below(root):
            if self.forest.is_leaf(node):
                outcomes.append(self.forest.payloads[node])
                continue
            match self.forest.variable(node):
                case Choice(name):
                    names.add(name)
                case Truth(Doubt(because_of=behind)):
                    names |= behind
        broken = [one for one in outcomes if isinstance(one, NoAnswer)]
        for one in broken:
            names |= one.because_of if isinstance(one, Broken) else set()
        return Broken(frozenset(names), frozenset() if broken else frozenset(outcomes))

    def _ways(self, term: Term) -> Node:
        if isinstance(term, DecisionRef) and term.name not in self.read_as_told:
            return self._read(self.version.decisions[term.name])
        return super()._ways(term)

    def _read(self, decision: Decision) -> Node:
        """The diagram of a decision that another one reads."""
        forest, root = self.forest, self.decision(decision.name)
        leaves = {leaf: isinstance(forest.payloads[leaf], NoAnswer) for leaf in forest.leaves(root)}
        if not any(leaves.values()):
            return root
        unknown = self._unknown(decision)
        return forest.graft(
            root, {leaf: unknown if is_broken else leaf for leaf, is_broken in leaves.items()}
        )

    def _unknown(self, decision: Decision) -> Node:
        words = outcomes_of(decision)
        if words is None:
            return self.forest.leaf(Broken(frozenset({decision.name})))
        domain = tuple(sorted(words, key=sort_key))
        children = tuple(self.forest.leaf(Constant(word)) for word in domain)
        rank = self.forest.rank(Choice(decision.name, domain), least=DOUBTS)
        return self.forest.node(rank, domain, (*children, children[-1]))

    def _where(self, condition: Test, terms: list[Term], test: Any) -> Node:
        plain = replace(condition, place=None)

        def doubted(*leaves: Any) -> Node:
            behind = [leaf.because_of for leaf in leaves if isinstance(leaf, Broken)]
            if not behind:
                found: Node = test(*leaves)
                return found
            doubt = Truth(Doubt(plain, frozenset[str]().union(*behind)))
            return self.forest.test(doubt, self.forest.rank(doubt, least=DOUBTS))

        return super()._where(condition, terms, doubted)
