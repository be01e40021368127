"""From what the rules of a total give to what they come to together.

    one rule gives 5, another 10, a third `fee`     15 + fee

Constants are added as they meet, so that a diagram of many rules has as many terminals as there
are different totals, and not as there are sets of rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from reglament.diagram.kernel.forest import Forest, Node
from reglament.diagram.kernel.terminals import NoOutcome, TerminalValue, gravest
from reglament.frozen import frozen
from reglament.functions.table import FUNCTIONS
from reglament.model.decisions import Decision
from reglament.model.terms import Constant, Formula, Term
from reglament.reference import total_of


@frozen
class PartOfTotal:
    """What some rules give together: what the policy says of it, and terms still to be computed."""

    said: Constant | None = None
    terms: tuple[Term, ...] = ()


Part: TypeAlias = PartOfTotal | NoOutcome


class Totals:
    """How the rules of one decision are totalled; `applied` computes what can be of a formula."""

    def __init__(
        self,
        decision: Decision,
        applied: Callable[[Formula, tuple[TerminalValue, ...]], TerminalValue],
    ) -> None:
        self.decision = decision
        self.applied = applied
        self.is_sum = decision.total not in ("minimum", "maximum")
        # Where `otherwise` may speak, no rule is something else than rules that give zero.
        is_zero = self.is_sum and decision.otherwise is None
        self.nothing: Part = PartOfTotal(Constant(decision.nothing)) if is_zero else PartOfTotal()

    def one(self, value: TerminalValue) -> Part:
        """What one rule gives."""
        if isinstance(value, NoOutcome):
            return value
        if isinstance(value, Constant) and value.value is not None:
            return PartOfTotal(value)
        return PartOfTotal(terms=(value,))

    def adding(self, forest: Forest) -> Callable[[tuple[Node, ...]], Node | None]:
        """What joins two diagrams of parts, for `Forest.apply`."""
        none = forest.terminal(self.nothing)

        def join(nodes: tuple[Node, ...]) -> Node | None:
            if len(nodes) == 1 or nodes[1] == none:
                return nodes[0]
            if nodes[0] == none:
                return nodes[1]
            if not all(map(forest.is_terminal, nodes)):
                return None
            return forest.terminal(self._joined(*(forest.values[node] for node in nodes)))

        return join

    def computed(self, part: Part) -> TerminalValue:
        """What the part comes to."""
        if isinstance(part, NoOutcome):
            return part
        given = () if part.said is None else (part.said,)
        if not given and not part.terms and not self.is_sum:
            return Constant(None)  # `otherwise` says what it is where no rule applies
        total = total_of(self.decision, (*given, *part.terms))
        return self.applied(total, total.arguments) if isinstance(total, Formula) else total

    def _joined(self, one: Part, other: Part) -> Part:
        if broken := [part for part in (one, other) if isinstance(part, NoOutcome)]:
            return gravest(broken)
        assert isinstance(one, PartOfTotal)
        assert isinstance(other, PartOfTotal)
        said = [part.said.value for part in (one, other) if part.said is not None]
        terms = sorted((*one.terms, *other.terms), key=repr)
        if not self.is_sum:
            terms = list(dict.fromkeys(terms))
        try:
            return PartOfTotal(self._together(said), tuple(terms))
        except OverflowError:  # what is added to it may bring it back into range
            return PartOfTotal(None, (*map(Constant, said), *terms))

    def _together(self, said: list[Any]) -> Constant | None:
        if len(said) < 2:
            return Constant(said[0]) if said else None
        return Constant(FUNCTIONS["sum" if self.is_sum else self.decision.total].gives(*said))
