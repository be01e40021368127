"""From a decision to the sets of its rules that requests make apply together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from reglament.analysis.findings.space import NOWHERE, Reachability, Space
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.union import Unions
from reglament.diagram.kernel.witness import Path
from reglament.frozen import frozen
from reglament.model.calendar import OutsideCalendar
from reglament.model.decisions import Decision, Rule
from reglament.model.terms import Term
from reglament.model.values import Value
from reglament.reference import InDoubt, Undecided

Rules = frozenset[str]


@frozen
class Combination:
    """Rules that apply together, where they do, and how that is known."""

    applying: Rules
    leaf: Node
    reach: Reachability


class Combinations:
    """The combinations of rules of one OUTCOME decision that no proof rules out.

    The diagram whose leaves are sets of applying rules parts the requests by all
    that the rules can tell apart; conflicts, gaps, unreachable and redundant rules are then
    read off its leaves. Raises TooLarge where it outgrows the budget.
    """

    def __init__(self, space: Space, decision: Decision) -> None:
        self.space = space
        self.decision = decision
        self.rules: Mapping[str, Rule] = {rule.id: rule for rule in decision.rules}
        self._above = {
            over.rule: frozenset(r.id for r in decision.rules if _sets_aside(r, over.rule))
            for rule in decision.rules
            for over in rule.overrides
        }

    def counting(self, applying: Rules) -> Rules:
        """The rules of the combination that no other rule of it sets aside."""
        return frozenset(r for r in applying if not self._above.get(r, frozenset()) & applying)

    def counting_for(self, facts: Mapping[str, Value]) -> Rules:
        """The rules that count for the request, none where that is in doubt."""
        return self.counting(self._applying(facts) or frozenset())

    def above(self, rule: str) -> Rules:
        """The rules that set this one aside where they apply."""
        return self._above.get(rule, frozenset())

    def speaking(self, applying: Rules) -> tuple[Rule, ...]:
        """The rules whose word is the outcome: those that count, or `otherwise`, or none."""
        counting = self.counting(applying)
        if counting or self.decision.otherwise is None:
            return tuple(rule for rule in self.decision.rules if rule.id in counting)
        return (self.decision.otherwise,)

    @cached_property
    def root(self) -> Node:
        """The diagram of the combinations over the valid requests; None stands for the others."""
        forest = self.space.forest
        empty = forest.terminal(frozenset())
        single = [
            forest.ite(
                self.space.diagrams.applies(rule), forest.terminal(frozenset({rule.id})), empty
            )
            for rule in sorted(self.decision.rules, key=lambda rule: rule.id)
        ]
        nowhere = forest.terminal(None)
        together = Unions(forest).of(single)
        valid = forest.ite(self.space.valid(self.decision), together, nowhere)
        return self.space.among_lists(valid, nowhere)

    @cached_property
    def all(self) -> tuple[Combination, ...]:
        """Every combination that is reached, or may be; the smallest first."""
        paths, doubted = self.space.witnesses.each(self.root, _is_set, self._confirms)
        reached = [
            self._combination(leaf, Reachability(self.space.request(path.facts), False))
            for leaf, path in paths.items()
        ]
        shown = self._shown(doubted) if doubted else {}
        open_ = [self._combination(leaf, Reachability(shown.get(leaf), False)) for leaf in doubted]
        return tuple(
            sorted([*reached, *open_], key=lambda c: (len(c.applying), sorted(c.applying)))
        )

    def _shown(self, leaves: set[Node]) -> dict[Node, Mapping[str, Value]]:
        """For leaves to which no path was confirmed, the first sample that leads there."""
        payloads = {self.space.forest.values[leaf]: leaf for leaf in leaves}
        found: dict[Node, Mapping[str, Value]] = {}
        for payload, request in self.space.samples(self.root, payloads.__contains__):
            found.setdefault(payloads[payload], request)
        return found

    def undecided(self, facts: Mapping[str, Value]) -> Undecided | None:
        """Why the plain meaning leaves the decision itself open; None where it does not."""
        try:
            self.space.view(facts).answer(self.decision)
        except Undecided as undecided:
            return undecided if undecided.decision == self.decision.name else None
        except (OutsideCalendar, OverflowError):
            return None
        return None

    def disagreement(self, combination: Combination, term: Term, other: Term) -> Reachability:
        """Whether the two terms differ for some request of the combination."""
        region = self.space.differ(term, other)
        if region == self.space.forest.true:
            return combination.reach
        if region == self.space.forest.false:
            return NOWHERE
        return self.space.reach(self.space.forest.and_(self.region(combination), region))

    def region(self, combination: Combination) -> Node:
        """Where exactly these rules apply."""
        forest = self.space.forest
        marks = {leaf: forest.terminal(leaf == combination.leaf) for leaf in self._leaves}
        return forest.map_terminals(self.root, marks)

    def _combination(self, leaf: Node, reach: Reachability) -> Combination:
        return Combination(self.space.forest.values[leaf], leaf, reach)

    @cached_property
    def _leaves(self) -> list[Node]:
        return self.space.forest.terminals(self.root)

    def _confirms(self, path: Path) -> bool:
        """Whether the plain meaning makes exactly these rules apply."""
        return bool(self._applying(self.space.request(path.facts)) == path.value)

    def _applying(self, facts: Mapping[str, Value]) -> Rules | None:
        """The rules whose conditions hold, by their plain meaning; None where that is in doubt."""
        view = self.space.view(facts)
        try:
            return frozenset(rule.id for rule in self.decision.rules if view.holds(rule.when))
        except InDoubt:
            return None


def _sets_aside(rule: Rule, other: str) -> bool:
    return any(over.rule == other for over in rule.overrides)


def _is_set(payload: object) -> bool:
    return isinstance(payload, frozenset)
