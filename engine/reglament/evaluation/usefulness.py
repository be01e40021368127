"""From what remains of a decision to the facts it still needs, the most useful first."""

from __future__ import annotations

from collections.abc import Collection

from reglament.diagram.remaining import (
    Branch,
    Tree,
    Unlisted,
    branches,
    facts_of_variable,
    leaves,
    settled,
)
from reglament.model.terms import facts_of


def needs(tree: Tree, told: Collection[str]) -> tuple[str, ...]:
    """The missing facts on which the outcome hangs, those that settle most first.

    A fact settles the more, the fewer outcomes its answers leave on average;
    of equals the one comes first that the diagram tests first.
    """
    tests = list(branches(tree))
    missing = dict.fromkeys(
        fact for branch in tests for fact in sorted(facts_of_variable(branch.variable) - set(told))
    )
    # What a formula at a leaf lacks comes last: it picks no branch.
    for remains in leaves(tree):
        if isinstance(remains, Unlisted):
            missing.update(dict.fromkeys(sorted(facts_of(remains.term) - set(told))))
    most = len(leaves(tree))
    left = {fact: _outcomes_left(tree, tests, fact, told, most) for fact in missing}
    return tuple(sorted(missing, key=lambda fact: left[fact]))


def _outcomes_left(
    tree: Tree, tests: list[Branch], fact: str, told: Collection[str], most: int
) -> float:
    """How many outcomes remain on average once the fact answers its best test."""
    own = {
        branch.variable: [answer for answer, _ in branch.ways]
        for branch in tests
        if facts_of_variable(branch.variable) - set(told) == {fact}
    }
    averages = [
        sum(len(leaves(settled(tree, variable, answer))) for answer in answers) / len(answers)
        for variable, answers in own.items()
    ]
    return min(averages, default=float(most))
