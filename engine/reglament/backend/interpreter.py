"""From a node of a plan to a function that walks it: a hash jump a switch, a bisection a span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from reglament.functions.evaluate import holding, reader
from reglament.model.calendar import WorkingHours
from reglament.model.markers import BROKEN, MISSING
from reglament.model.terms import Constant
from reglament.plan.nodes import (
    Bisect,
    If,
    Node,
    PlanConflict,
    PlanGap,
    Return,
    Switch,
    Unplanned,
    below,
    children,
    names_read,
)

Told: TypeAlias = Mapping[str, Any]
Walk: TypeAlias = Callable[[Told], Any]

# What is done at a node, the fact that it reads first, and what it needs to know: a jump to
# the next step; None where the walk ends, and then the outcome.
Step: TypeAlias = tuple[Callable[..., Any] | None, Any, Any]

STOP: Step = (None, MISSING, None)


def walker(root: Node, hours: Mapping[str, WorkingHours]) -> Walk:
    """A function from facts (absent or MISSING where they are) to what the node comes to.

    It depends on the depth of the plan how long a walk takes, not on how many
    rules the plan was made from. The walk raises what functions of the language raise.
    """
    steps: dict[Node, Step] = {}
    for node in below(root):
        steps[node] = _step(node, tuple(steps[child] for child in children(node)), hours)
    start = steps[root]

    def walk(told: Told) -> Any:
        step = start
        while (jump := step[0]) is not None:
            step = jump(told.get(step[1], MISSING), step[2], told)
        return step[1]

    return walk


def _step(node: Node, targets: tuple[Step, ...], hours: Mapping[str, WorkingHours]) -> Step:
    match node:
        case Switch(on, cases):
            table = {word: step for (words, _), step in zip(cases, targets, strict=False)
                     for word in words}  # fmt: skip
            return _jump, on, (table | {MISSING: STOP}, targets[-1])
        case Bisect(on, cuts):
            return _bisect, on, (cuts, targets)
        case If(test):
            return _test, "", (names_read(node), holding(test, hours), targets)
        case Return(Constant(value)):
            return None, value, None
        case Return(term):
            return _read, "", (names_read(node), reader(term, hours))
        case PlanGap() | PlanConflict():
            return None, BROKEN, None
        case Unplanned():
            return STOP
    raise TypeError(node)


def _jump(value: Any, data: Any, _: Told) -> Step:
    table, other = data
    found: Step = table.get(value, other)
    return found


def _bisect(value: Any, data: Any, _: Told) -> Step:
    cuts, targets = data
    found: Step = STOP if value is MISSING else targets[bisect_right(cuts, value)]
    return found


def _test(_: Any, data: Any, told: Told) -> Step:
    names, holds, targets = data
    if _is_any_missing(names, told):
        return STOP
    found: Step = targets[0 if holds(told) else -1]
    return found


def _read(_: Any, data: Any, told: Told) -> Step:
    names, read = data
    return STOP if _is_any_missing(names, told) else (None, read(told), None)


def _is_any_missing(names: frozenset[str], told: Told) -> bool:
    return any(told.get(name, MISSING) is MISSING for name in names)
