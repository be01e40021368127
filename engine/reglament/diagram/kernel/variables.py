"""From a version to what its diagrams may test, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cached_property

from reglament.diagram.kernel.reduction import sort_key
from reglament.frozen import frozen
from reglament.model.regulation import Version
from reglament.model.values import Kind, Type, Value
from reglament.model.visitor import facts_of


@frozen(slots=False)
class Input:
    """What a diagram may test: a fact, or a decision that is read as one."""

    type: Type
    is_nullable: bool

    @cached_property
    def domain(self) -> tuple[Value, ...] | None:
        """Every value, sorted; None where there are too many to list."""
        values: tuple[Value, ...]
        if self.type.kind is Kind.BOOLEAN:
            values = (False, True)
        elif self.type.kind is Kind.CHOICE and not self.type.is_open:
            values = self.type.options
        else:
            return None
        return tuple(sorted((*values, None) if self.is_nullable else values, key=sort_key))


def inputs_of(version: Version, decisions: Collection[str]) -> dict[str, Input]:
    """The facts of the version, and those of its decisions that are read as told."""
    given = {fact.name: Input(fact.type, fact.is_nullable) for fact in version.facts.values()}
    for decision in version.decisions.values():
        if decision.name in decisions:
            is_nullable = decision.is_nullable and not decision.kind.lists_items
            given[decision.name] = Input(decision.outcome_type, is_nullable)
    return given


def fact_order(version: Version, given: Mapping[str, Input]) -> list[str]:
    """Facts in the order in which diagrams test them.

    Words before ordered values, as those come with tests of two facts; the
    more rules read a fact the earlier, as what many rules share parts them best.
    """
    read: Counter[str] = Counter()
    for _, rule in version.every_rule():
        read.update(facts_of(rule.when, rule.then))
    return sorted(given, key=lambda name: (given[name].type.is_ordered, -read[name], name))
