"""Diagrams of decisions that build on refused ones: what needs them is refused, nothing else.

What a refused decision might have said is tested below all that requests can tell: of a
choice its word, of anything else whether a test of it holds. Where that makes no
difference the tests reduce away, as every test of a diagram does; where they stay, the
decision is Broken. What rules disagree about is no refusal where it comes to one value:
that it does is a test of facts like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reglament.diagram.kernel.forest import DOUBT_LEVEL, EnumVar, Node, PredicateVar
from reglament.diagram.kernel.reduction import sort_key
from reglament.diagram.kernel.rules_compiler import BUILD, RulesCompiler
from reglament.diagram.kernel.terminals import Broken, Conflict, Doubt, Gap, NoOutcome
from reglament.model.conditions import Comparison, Test
from reglament.model.decisions import Decision
from reglament.model.operators import Operator
from reglament.model.terms import Constant, DecisionRef, Term
from reglament.model.values import Kind
from reglament.reference import outcomes_of


class DoubtCompiler(RulesCompiler):
    """The diagrams `whole` once more, in which what refused decisions might say is tested."""

    def __init__(self, whole: RulesCompiler) -> None:
        super().__init__(
            whole.version, modules=whole.read_as_facts, forest=whole.forest, order=list(whole.order)
        )
        self.whole = whole

    def decision(self, name: str) -> Node:
        """The diagram of a decision, without doubts. Raises TooLarge."""
        return self.whole.decision(name)

    def without_doubts(self, decision: Decision) -> Node:
        """The diagram of the decision, Broken where what it is hangs on refused ones."""
        forest = self.forest

        def settle(nodes: tuple[Node, ...]) -> Node | None:
            if forest.levels[nodes[0]] < DOUBT_LEVEL:
                return None
            return (
                nodes[0]
                if forest.is_terminal(nodes[0])
                else forest.terminal(self._broken(nodes[0]))
            )

        return forest.apply(settle, (BUILD[decision.kind](self, decision),), {})

    def _broken(self, root: Node) -> Broken:
        names, outcomes = set[str](), list[Any]()
        for node in self.forest.descendants(root):
            if self.forest.is_terminal(node):
                outcomes.append(self.forest.values[node])
                continue
            match self.forest.variable(node):
                case EnumVar(name):
                    names.add(name)
                case PredicateVar(Doubt(because_of=behind)):
                    names |= behind
        broken = [one for one in outcomes if isinstance(one, NoOutcome)]
        for one in broken:
            names |= one.because_of if isinstance(one, Broken) else set()
        return Broken(frozenset(names), frozenset() if broken else frozenset(outcomes))

    def _term_diagram(self, term: Term) -> Node:
        if isinstance(term, DecisionRef) and term.name not in self.read_as_facts:
            return self._read(self.version.decisions[term.name])
        return super()._term_diagram(term)

    def _read(self, decision: Decision) -> Node:
        """The diagram of a decision that another one reads."""
        forest, root = self.forest, self.decision(decision.name)
        read = {terminal: terminal for terminal in forest.terminals(root)}
        broken = [one for one in read if isinstance(forest.values[one], NoOutcome)]
        if not broken:
            return root
        unknown = self._unknown(decision)
        agree = self._where_all_agree
        for one in broken:
            read[one] = agree(forest.values[one], decision.outcome_type.kind, unknown)
        is_below = all(forest.levels[node] >= DOUBT_LEVEL for node in read.values())
        return (forest.map_terminals if is_below else forest.compose)(root, read)

    def _where_all_agree(self, reason: NoOutcome, kind: Kind, unknown: Node) -> Node:
        """What terms that are not written alike come to, where that is one value."""
        if isinstance(reason, Gap) or (isinstance(reason, Conflict) and reason.is_overlap):
            return unknown
        forest, is_same = self.forest, self.forest.true
        terms = sorted(reason.outcomes, key=lambda one: (not isinstance(one, Constant), repr(one)))
        for one in terms[1:]:
            is_same = forest.and_(is_same, self._equal(terms[0], one, kind))
            if is_same == forest.false:
                break  # most conflicts are of constants, which come first
        return forest.ite(is_same, forest.terminal(terms[0]), unknown) if terms else unknown

    def _equal(self, one: Term, other: Term, kind: Kind) -> Node:
        if kind in (Kind.LIST, Kind.RECORD):  # neither ordered nor a word
            return self.atoms.predicate(Comparison(one, Operator.IS, other))
        return self.atoms.compare(one, Operator.IS, other, by_day=False)

    def _unknown(self, decision: Decision) -> Node:
        words = outcomes_of(decision)
        if words is None:
            return self.forest.terminal(Broken(frozenset({decision.name})))
        domain = tuple(sorted(words, key=sort_key))
        children = tuple(self.forest.terminal(Constant(word)) for word in domain)
        level = self.forest.level(EnumVar(decision.name, domain), least=DOUBT_LEVEL)
        return self.forest.find_or_add(level, domain, (*children, children[-1]))

    def _where(self, condition: Test, test: Any) -> Node:
        plain = replace(condition, place=None)

        def doubted(*terminals: Any) -> Node:
            behind = [terminal.because_of for terminal in terminals if isinstance(terminal, Broken)]
            if not behind:
                found: Node = test(*terminals)
                return found
            doubt = PredicateVar(Doubt(plain, frozenset[str]().union(*behind)))
            return self.forest.test(doubt, self.forest.level(doubt, least=DOUBT_LEVEL))

        return super()._where(condition, doubted)
