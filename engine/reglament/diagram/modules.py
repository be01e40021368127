"""From the decisions behind one to its modules: those that hang together with nothing else.

A decision that shares no fact with whatever else another one tests can be worked out
by itself: what is possible of the whole is what each of its outcomes, with the rest,
leads to (modules of fault trees, Dutuit and Rauzy, IEEE Trans. Reliability 45, 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reglament.diagram.answers import facts_of_variable
from reglament.diagram.build import Diagrams
from reglament.diagram.forest import Node
from reglament.model.conditions import facts_read
from reglament.model.policy import Decision, Rule, Version
from reglament.model.terms import facts_of


def modules_of(
    version: Version, decision: Decision, may_stand_alone: Callable[[str], bool]
) -> frozenset[str]:
    """The decisions behind `decision` that share no tested fact with each other or with the rest.

    Facts that only its own outcomes name, and no test of it, are not shared.
    """
    tested = frozenset[str]().union(*(facts_read(rule.when) for rule in decision.every_rule()))
    kept = set(decision.reads())
    while (name := _shared(version, tested, kept, may_stand_alone)) is not None:
        opened = version.decisions[name]
        tested |= _facts(opened)
        kept = (kept - {name}) | opened.reads()
    return frozenset(kept)


def _shared(
    version: Version, tested: frozenset[str], kept: set[str], may_stand_alone: Callable[[str], bool]
) -> str | None:
    """A decision that has to be opened up, the one that builds on most first; None without one."""
    support = {name: _support(version, name) for name in kept}
    for name in sorted(kept, key=lambda name: (-len(_behind(version, name)), name)):
        rest = tested.union(*(support[other] for other in kept if other != name))
        if support[name] & rest or not may_stand_alone(name):
            return name
    return None


def _behind(version: Version, name: str) -> frozenset[str]:
    """The decision and all that it builds on, however indirectly."""
    earlier = version.decisions[name].reads()
    return frozenset({name}).union(*(_behind(version, one) for one in earlier))


def _support(version: Version, name: str) -> frozenset[str]:
    """The facts on which the decision can hang."""
    every = _behind(version, name)
    return frozenset[str]().union(*(_facts(version.decisions[one]) for one in every))


def _facts(decision: Decision) -> frozenset[str]:
    return frozenset[str]().union(
        *(facts_read(rule.when) | facts_of(rule.then) for rule in decision.every_rule())
    )


def groups_of(diagrams: Diagrams, decision: Decision) -> tuple[tuple[Rule, ...], ...]:
    """The rules of a collection, those together whose conditions share a fact or a module.

    What rules of different groups add does not hang together. Raises TooLarge.
    """
    groups: list[tuple[set[str], tuple[Rule, ...]]] = []
    for rule in decision.rules:
        tested = set(_tested(diagrams, diagrams.counts(decision, rule)))
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


def _tested(diagrams: Diagrams, root: Node) -> Iterator[str]:
    forest = diagrams.forest
    for node in forest.below(root):
        if not forest.is_leaf(node):
            yield from facts_of_variable(forest.variable(node))
