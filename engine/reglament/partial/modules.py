"""From the decisions behind one to its modules: those that hang together with nothing else.

A decision that shares no fact with whatever else another one tests can be worked out
by itself: what is possible of the whole is what each of its outcomes, with the rest,
leads to (modules of fault trees, Dutuit and Rauzy, IEEE Trans. Reliability 45, 1996). Without
them technical support takes up to 2.3 times the work, and three tables of sixty rows that one
decision reads 9.4 times (`benchmarks/ablations.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from reglament.diagram.kernel.branches import facts_tested
from reglament.diagram.kernel.compiler import Compiler
from reglament.memo import Memo
from reglament.model.decisions import Decision, Rule
from reglament.model.regulation import Version
from reglament.model.visitor import facts_of


class Modules:
    """Finds the modules of the decisions of one version.

    `may_stand_alone` tells whether a decision can be read as told at all.
    """

    def __init__(self, version: Version, may_stand_alone: Callable[[str], bool]) -> None:
        self.version = version
        self.may_stand_alone = may_stand_alone
        self._behind = Memo(self._behind_of)
        self._support = Memo(self._support_of)

    def of(self, decision: Decision) -> frozenset[str]:
        """The decisions behind it that share no tested fact with each other or with the rest.

        Facts that only its own outcomes name, and no test of it, are not shared.
        """
        tested = frozenset[str]().union(*(facts_of(rule.when) for rule in decision.every_rule()))
        kept = decision.reads()
        while (name := self._shared(tested, kept)) is not None:
            opened = self.version.decisions[name]
            tested |= opened.facts()
            kept = (kept - {name}) | opened.reads()
        return kept

    def _shared(self, tested: frozenset[str], kept: frozenset[str]) -> str | None:
        """One that has to be opened up, that which builds on most first; None without one."""
        for name in sorted(kept, key=lambda name: (-len(self._behind[name]), name)):
            others = (self._support[other] for other in kept if other != name)
            if self._support[name] & tested.union(*others) or not self.may_stand_alone(name):
                return name
        return None

    def _behind_of(self, name: str) -> frozenset[str]:
        """The decision and all that it builds on, however indirectly."""
        earlier = self.version.decisions[name].reads()
        return frozenset({name}).union(*(self._behind[one] for one in earlier))

    def _support_of(self, name: str) -> frozenset[str]:
        """The facts on which the decision can hang."""
        every = (self.version.decisions[one].facts() for one in self._behind[name])
        return frozenset[str]().union(*every)


def groups_of(diagrams: Compiler, decision: Decision) -> tuple[tuple[Rule, ...], ...]:
    """The rules of a collection or a sum, those together whose conditions share a fact or module.

    What rules of different groups add does not hang together. In one group, requests about
    technical support take 1.2 times the work (`benchmarks/ablations.py`). Raises TooLarge.
    """
    groups: list[tuple[set[str], tuple[Rule, ...]]] = []
    for rule in decision.rules:
        tested = set(facts_tested(diagrams.forest, diagrams.effective(decision, rule)))
        members: tuple[Rule, ...] = (rule,)
        apart = []
        for others, rules in groups:
            if others.isdisjoint(tested) and all(rule.then != other.then for other in rules):
                apart.append((others, rules))
            else:
                tested |= others
                members = (*rules, *members)
        groups = [*apart, (tested, members)]
    return tuple(rules for _, rules in groups)
