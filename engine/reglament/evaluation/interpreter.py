"""From a large diagram to a function that walks it: a hash jump a choice, a bisection a span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from reglament.diagram.kernel.branches import facts_of_variable, holding
from reglament.diagram.kernel.forest import Choice, Forest, Node, Null, Span
from reglament.model.calendar import Hours
from reglament.model.markers import MISSING

Told = Mapping[str, Any]
Step = Callable[[Told], Any]


def walker(
    forest: Forest, root: Node, hours: Mapping[str, Hours], leaf: Callable[[Any], Any]
) -> Step:
    """A function from facts (MISSING where they are) to what `leaf` makes of the leaf's payload.

    It depends on the depth of the diagram how long a walk takes, not on how many
    rules the diagram was made from.
    """
    steps: dict[Node, Any] = {}
    # Ranks rise towards the leaves, so children are there before their parents.
    for node in sorted(forest.below(root), key=lambda n: -forest.ranks[n]):
        if forest.is_leaf(node):
            steps[node] = (None, leaf(forest.payloads[node]), None)
        else:
            steps[node] = _inner(forest, node, hours, steps)
    start = steps[root]

    def walk(told: Told) -> Any:
        step = start
        while (jump := step[0]) is not None:
            step = jump(told.get(step[1], MISSING), step[2], told)
        return step[1]

    return walk


STOP = (None, MISSING, None)


def _inner(forest: Forest, node: Node, hours: Mapping[str, Hours], steps: dict[Node, Any]) -> Any:
    variable, keys = forest.variable(node), forest.keys[node]
    children = tuple(steps[child] for child in forest.children[node])
    if isinstance(variable, Choice):
        table = dict(zip(keys, children, strict=False)) | {MISSING: STOP}
        return _jump, variable.fact, (table, children[-1])
    if isinstance(variable, Span):
        return _bisect, variable.fact, (keys, children)
    if isinstance(variable, Null):
        return _null, variable.fact, children
    return _truth, "", (facts_of_variable(variable), holding(variable.atom, hours), children)


def _jump(value: Any, data: Any, _: Told) -> Any:
    table, other = data
    return table.get(value, other)


def _bisect(value: Any, data: Any, _: Told) -> Any:
    keys, children = data
    return STOP if value is MISSING else children[bisect_right(keys, value)]


def _null(value: Any, children: Any, _: Told) -> Any:
    return STOP if value is MISSING else children[0 if value is None else -1]


def _truth(_: Any, data: Any, told: Told) -> Any:
    facts, holds, children = data
    if any(told.get(fact, MISSING) is MISSING for fact in facts):
        return STOP
    return children[0 if holds(told) else -1]
