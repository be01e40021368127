"""From two versions in one vocabulary to one diagram a decision, whose leaves say what changes."""

from __future__ import annotations

from dataclasses import replace

from reglament.analysis.diff.alignment import Alignment
from reglament.analysis.diff.types import ChangedOutcome, Given
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Forest, Node
from reglament.diagram.kernel.terminals import NULL, Broken, Conflict
from reglament.diagram.kernel.variables import fact_order
from reglament.functions.table import EVERY
from reglament.memo import Memo
from reglament.model.conditions import Condition
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef, Formula
from reglament.model.values import Kind, Record

SAME = "same"
ANY_CONFLICT = Conflict(frozenset())


class NotCompared(Exception):
    """Diagrams cannot tell whether two lists, or two records, are equal."""


class Product:
    """The diagrams of both versions in one forest, so that what is equal is one node.

    Every decision may make `budget` nodes, once that is allowed. Raises TooLarge beyond.
    """

    def __init__(self, alignment: Alignment, *, is_local: bool, budget: int) -> None:
        self.budget = budget
        self.forest = Forest()
        order = _order(alignment, is_local)
        old, new = alignment.old, alignment.new
        if is_local:  # each version may test what the other one decides
            old, new = _knowing(old, alignment.words), _knowing(new, alignment.words)
        self.old = Compiler(old, is_local=is_local, forest=self.forest, order=order)
        self.new = Compiler(new, is_local=is_local, forest=self.forest, order=order)
        self.common = Compiler(alignment.common, forest=self.forest, order=order)
        self.same = self.forest.terminal(SAME)
        self._is_local = is_local
        self._differences: dict[str, Node] = {}
        self._old_sides, self._new_sides = self._sides(self.old), self._sides(self.new)
        self._conditions: list[Condition] = []

    def allow(self) -> None:
        """Let the next decision make its `budget` of nodes."""
        self.forest.budget = len(self.forest) + self.budget

    def difference(self, name: str) -> Node:
        """Where the decision comes out differently: leaves are `SAME` or ChangedOutcome.

        Raises NotCompared.
        """
        if name not in self._differences:
            sides = (self._old_sides[name], self._new_sides[name])
            pairs = self.forest.joint(sides, change_between, same=self.same)
            self._differences[name] = pairs if self._is_local else self._by_value(pairs)
        return self._differences[name]

    def may_be_told_nonetheless(self, name: str) -> bool:
        """Whether a version may tell the decision where its diagram says that it is refused.

        All that rules in conflict give, or that it comes to whatever a refused decision is, may
        be one and the same if it is computed: diagrams do not see that.
        """
        sides = (side.decision(name) for side in (self.old, self.new))
        values = (
            self.forest.values[leaf] for side in sides for leaf in self.forest.terminals(side)
        )
        return any(
            isinstance(value, Broken | Conflict)
            and not getattr(value, "is_overlap", False)
            and not all(isinstance(term, Constant) for term in value.outcomes)
            for value in values
        )

    def where(self, condition: Condition) -> Node:
        """Where a condition on facts and decisions holds, by the old version."""
        self._conditions.append(condition)  # diagrams know conditions by identity
        return self.old.condition_diagram(condition)

    def of_facts(self, condition: Condition) -> Node:
        """Where a condition on facts holds."""
        self._conditions.append(condition)
        return self.common.condition_diagram(condition)

    def only(self, node: Node, wanted: object) -> Node:
        """Where the leaf is the one wanted."""
        return self.forest.map_values(node, lambda payload: payload == wanted)

    def changes(self, node: Node) -> Node:
        """Where a difference is one."""
        return self.forest.map_values(node, lambda payload: payload != SAME)

    def within(self, guard: Node, node: Node) -> Node:
        """The differences of `node` where the guard holds."""
        return self.forest.ite(guard, node, self.same)

    def outside(self, guard: Node, node: Node) -> Node:
        """The differences of `node` where the guard does not hold."""
        return self.forest.ite(guard, self.same, node)

    def together(self, one: Node, other: Node) -> Node:
        """Leaves that pair the changes of both; `SAME` where either does not change."""
        return self.forest.joint((one, other), lambda *changes: changes, absorbing=self.same)

    def _sides(self, diagrams: Compiler) -> Memo[str, Node]:
        """The diagrams of one version."""
        return Memo(lambda name: self.forest.map_values(diagrams.decision(name), _plain))

    def _by_value(self, pairs: Node) -> Node:
        """The same without the changes between terms that come to one value."""
        forest, result = self.forest, pairs
        for leaf in forest.terminals(pairs):
            change = forest.values[leaf]
            if change == SAME or not _may_agree(change):
                continue
            if any(map(self._is_listed, (change.old, change.new))):
                raise NotCompared
            agree = self.common.atoms.compare(change.old, Operator.IS, change.new, False)
            here = self.only(pairs, change)
            result = forest.ite(forest.and_(here, agree), self.same, result)
        return result

    def _is_listed(self, side: Given) -> bool:
        """Whether it is a list or a record: it has no order, and may be computed."""
        match side:
            case Constant(value):
                return isinstance(value, tuple | Record)
            case FactRef(name):
                return self.common.inputs[name].type.kind in (Kind.LIST, Kind.RECORD)
            case Formula(function):
                return EVERY[function].has_parts
        return False


def _order(alignment: Alignment, is_local: bool) -> list[str]:
    """The order in which both versions test facts."""
    after = {f"{name} @new": decision for name, decision in alignment.new.decisions.items()}
    told = alignment.words if is_local else alignment.common
    both = replace(told, decisions={**alignment.old.decisions, **after})
    return fact_order(both, Compiler(told, is_local=is_local).inputs)


def _knowing(version: Version, words: Version) -> Version:
    return replace(version, decisions={**words.decisions, **version.decisions})


def _plain(payload: Given) -> Given:
    """Why there is no outcome is not told apart; terms in conflict may still agree."""
    if isinstance(payload, Broken):
        return Broken()
    if not isinstance(payload, Conflict):
        return payload
    are_words = all(isinstance(term, Constant) for term in payload.outcomes)
    return ANY_CONFLICT if are_words or payload.is_overlap else payload


def change_between(old: Given, new: Given) -> ChangedOutcome:
    """The change from one outcome to another; of collections only the items that differ."""
    match old, new:
        case Constant(tuple() as before), Constant(tuple() as after):
            gone = tuple(item for item in before if item not in after)
            come = tuple(item for item in after if item not in before)
            if not (gone or come):  # another order, or an item more often than before
                return ChangedOutcome(old, new)
            return ChangedOutcome(Constant(gone), Constant(come))
    return ChangedOutcome(old, new)


def _may_agree(change: ChangedOutcome) -> bool:
    """Whether two terms, not the same, may come to one value."""
    sides = (change.old, change.new)
    if not all(isinstance(side, Constant | FactRef | Formula) for side in sides):
        return False
    return NULL not in sides and not all(isinstance(side, Constant) for side in sides)
