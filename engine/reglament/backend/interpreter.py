"""From a node of a plan to a function that walks it: a hash jump a switch, a bisection a span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from reglament.functions.evaluate import holding, reader
from reglament.memo import Memo
from reglament.model.calendar import WorkingHours
from reglament.model.markers import ERROR, MISSING
from reglament.model.terms import Constant
from reglament.model.values import Value
from reglament.plan.nodes import (
    Bisect,
    If,
    Node,
    PlanConflict,
    PlanGap,
    Return,
    Switch,
    Unplanned,
    names_read,
)

Told: TypeAlias = Mapping[str, Any]
Walk: TypeAlias = Callable[[Told], Any]

# What is done at a node, the fact that it reads first, and what it needs to know: a jump to
# the next node. Where the walk ends it reads no fact first: there is the outcome, or what reads it.
Step: TypeAlias = tuple[Callable[..., Any] | None, str | None, Any]

MISSED = Unplanned()


def interpreter(
    root: Node,
    hours: Mapping[str, WorkingHours],
    stands_for: Callable[[Value], Any] = lambda value: value,
) -> Walk:
    """A function from facts (absent or MISSING where they are) to what the node comes to.

    It depends on the depth of the plan how long a walk takes, not on how many
    rules the plan was made from: a node is looked at when a walk first comes there. The walk
    raises what functions of the language raise. `stands_for` tells what is given for a constant.
    """
    steps = Memo[Node, Step](lambda node: _step(node, hours, stands_for))

    def walk(told: Told) -> Any:
        jump: Any
        jump, on, data = steps[root]
        while on is not None:
            jump, on, data = steps[jump(told.get(on, MISSING), data, told)]
        return data if jump is None else jump(data, told)

    return walk


def _step(
    node: Node, hours: Mapping[str, WorkingHours], stands_for: Callable[[Value], Any]
) -> Step:
    match node:
        case Switch(on, cases, default):
            table = {word: child for words, child in cases for word in words}
            return _jump, on, (table | {MISSING: MISSED}, default)
        case Bisect(on, cuts, targets):
            return _bisect, on, (cuts, targets)
        case If(test, then, otherwise):
            return _test, "", (names_read(node), holding(test, hours), (then, otherwise))
        case Return(Constant(value)):
            return None, None, stands_for(value)
        case Return(term):
            return _read, None, (names_read(node), reader(term, hours))
        case PlanGap() | PlanConflict():
            return None, None, ERROR
        case Unplanned():
            return None, None, MISSING
    raise TypeError(node)


def _jump(value: Any, data: Any, _: Told) -> Node:
    table, other = data
    found: Node = table.get(value, other)
    return found


def _bisect(value: Any, data: Any, _: Told) -> Node:
    cuts, targets = data
    found: Node = MISSED if value is MISSING else targets[bisect_right(cuts, value)]
    return found


def _test(_: Any, data: Any, told: Told) -> Node:
    names, holds, targets = data
    if _is_any_missing(names, told):
        return MISSED
    found: Node = targets[0 if holds(told) else -1]
    return found


def _read(data: Any, told: Told) -> Any:
    names, read = data
    return MISSING if _is_any_missing(names, told) else read(told)


def _is_any_missing(names: frozenset[str], told: Told) -> bool:
    return any(told.get(name, MISSING) is MISSING for name in names)
