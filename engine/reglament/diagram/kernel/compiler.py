"""From the rules of a policy version to one diagram a decision, over facts alone."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property

from reglament.diagram.kernel.doubts import DoubtCompiler
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.diagram.kernel.rules_compiler import BUILD, RulesCompiler
from reglament.diagram.kernel.terminals import Gap, NoOutcome
from reglament.model.conditions import ALWAYS
from reglament.model.decisions import Decision, cone
from reglament.model.regulation import Version
from reglament.reference import outcomes_of


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
