"""From the rules of a policy version to one diagram a decision, over facts alone.

Of decisions that build on refused ones, what needs them is refused, nothing else: what a refused
decision might have said is tested below all that requests can tell, of a choice its word, of
anything else whether a test of it holds. Where that makes no difference the tests reduce away, as
every test of a diagram does; where they stay, the decision is Broken. What rules disagree about is
no refusal where it comes to one value: that it does is a test of facts like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Any

from reglament.diagram.kernel.forest import DOUBT_LEVEL, EnumVar, Node, PredicateVar, TooLarge
from reglament.diagram.kernel.reduction import sort_key
from reglament.diagram.kernel.rules_compiler import BUILD, RulesCompiler
from reglament.diagram.kernel.terminals import Broken, Conflict, Doubt, Gap, NoOutcome
from reglament.model.conditions import ALWAYS, Comparison, Test
from reglament.model.decisions import Decision, Rule, cone
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, Term
from reglament.model.values import Kind
from reglament.reference import outcomes_of

LEAST_BUDGET = 20_000  # nodes of the diagram of the rules that count, however few there are
NODES_A_RULE = 10


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
        broken = [outcome for outcome in outcomes if isinstance(outcome, NoOutcome)]
        for terminal in broken:
            names |= terminal.because_of if isinstance(terminal, Broken) else set()
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
        for terminal in broken:
            read[terminal] = agree(forest.values[terminal], decision.outcome_type.kind, unknown)
        is_below = all(forest.levels[node] >= DOUBT_LEVEL for node in read.values())
        return (forest.map_terminals if is_below else forest.compose)(root, read)

    def _where_all_agree(self, reason: NoOutcome, kind: Kind, unknown: Node) -> Node:
        """What terms that are not written alike come to, where that is one value."""
        if isinstance(reason, Gap) or (isinstance(reason, Conflict) and reason.is_overlap):
            return unknown
        forest, is_same = self.forest, self.forest.true
        terms = sorted(reason.outcomes, key=lambda one: (not isinstance(one, Constant), repr(one)))
        for term in terms[1:]:
            is_same = forest.and_(is_same, self._equal(terms[0], term, kind))
            if is_same == forest.false:
                break  # most conflicts are of constants, which come first
        return forest.ite(is_same, forest.terminal(terms[0]), unknown) if terms else unknown

    def _equal(self, term: Term, other: Term, kind: Kind) -> Node:
        if kind in (Kind.LIST, Kind.RECORD):  # neither ordered nor a word
            return self.atoms.predicate(Comparison(term, Operator.IS, other))
        return self.atoms.compare(term, Operator.IS, other, by_day=False)

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


class Compiler(RulesCompiler):
    """The diagrams of one version, its decisions included.

    Of a test of a decision that is refused, the diagrams of rules and conditions say that
    it does not hold; those of `in_doubt` that it may.
    """

    def decision(self, name: str) -> Node:
        """The diagram of a decision; terminals hold TerminalValues. Raises TooLarge, each time."""
        if name in self._too_large:
            raise TooLarge(self.budget)
        if name not in self._decisions:
            with self._lock:
                self._build_up_to(name)
        return self._decisions[name]

    def take_from(self, original: Compiler) -> None:
        """Take what stands in `original`, in this forest, of decisions that are the same here."""
        same = unchanged(self.version, original.version)
        self._decisions |= {n: node for n, node in original._decisions.items() if n in same}

    def _build_up_to(self, name: str) -> None:
        """Build the decision after all before it, so that tests stand in one order.

        What is needed first may hang on that order: it must not on what was asked earlier. A
        decision that brings no tests is built for those alone that read it.
        """
        decisions = self.version.decisions
        read = set(cone(decisions, (name,)))
        for one in decisions.values():
            if one.name == name:
                self._decisions[name] = self._build(one)
                return
            if one.name in self.read_as_facts | self._decisions.keys() | self._too_large:
                continue
            if one.name in read or self._brings_tests(one):
                with suppress(TooLarge):
                    self._decisions[one.name] = self._build(one)

    def _brings_tests(self, decision: Decision) -> bool:
        """Whether its diagram may test what no fact has a place for in the order.

        A sum of what other decisions come to does not, and can have the largest diagram of all.
        """
        return any(rule.when != ALWAYS for rule in decision.every_rule()) or any(
            outcomes_of(self.version.decisions[one]) is not None for one in decision.reads()
        )

    def _build(self, decision: Decision) -> Node:
        try:
            with self.growing_by(self.budget):
                if decision.name in self.refused:
                    return self.forest.terminal(Gap())
                if self.may_rest_on_refused(decision):
                    return self.in_doubt.without_doubts(decision)
                return BUILD[decision.kind](self, decision)
        except TooLarge:
            self._too_large.add(decision.name)
            raise

    def may_break(self, name: str) -> bool:
        """Whether some request leads to no answer. Raises TooLarge."""
        if name not in self._breaks:
            terminals = self.forest.terminals(self.decision(name))
            self._breaks[name] = any(
                isinstance(self.forest.values[terminal], NoOutcome) for terminal in terminals
            )
        return self._breaks[name]

    def may_rest_on_refused(self, decision: Decision) -> bool:
        """Whether it reads a decision that some request leaves without an answer."""
        if decision.name not in self._rests:
            earlier = decision.reads() - self.read_as_facts
            self._rests[decision.name] = any(self.may_break(name) for name in sorted(earlier))
        return self._rests[decision.name]

    @cached_property
    def in_doubt(self) -> DoubtCompiler:
        """The diagrams in which it is open what refused decisions might have said."""
        return DoubtCompiler(self)


def unchanged(version: Version, original: Version) -> frozenset[str]:
    """The decisions that are the same objects in both, as is all that they rest on."""
    own, others = version.decisions, original.decisions
    return frozenset(
        name for name in others if all(own.get(one) is others[one] for one in cone(others, (name,)))
    )


def rules_diagram(diagrams: RulesCompiler, decision: Decision, rules: Iterable[Rule]) -> Node:
    """Each terminal holds the ids of those of the rules that count there, `otherwise` left out.

    Raises TooLarge: rules that are independent of each other can count in
    exponentially many combinations.
    """
    forest, unions = diagrams.forest, diagrams.unions
    budget = LEAST_BUDGET + NODES_A_RULE * len(decision.rules)
    with diagrams.growing_by(budget):
        return unions.of(
            forest.ite(
                diagrams.effective(decision, rule),
                forest.terminal(frozenset({rule.id})),
                unions.none,
            )
            for rule in sorted(rules, key=lambda rule: rule.id)
        )
