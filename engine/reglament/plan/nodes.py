"""The plan of a version: for each decision the tests that are asked, and what each answer leads to.

Plans are what diagrams are lowered to, and what back ends read. All that the language has for
people is gone: overrides, checklists, readings and parameters have become branches. What
is left reads facts and the outcomes of earlier decisions by name.

- Nothing is null by surprise: where a fact or an earlier decision may be null, that is asked
  first, so no term or test below meets a null.
- A missing fact is no node: whatever reads it is missing. A back end that takes partial
  requests checks for it where it reads.
- What cannot be computed (a day past the calendar, a number too large) has no outcome, as at a
  `PlanGap`.

Nodes are shared where decisions lead to the same; they are compared by identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, TypeAlias

from reglament.frozen import frozen
from reglament.functions.evaluate import may_refuse
from reglament.model.conditions import Test, Within
from reglament.model.terms import Term
from reglament.model.values import Type, Value
from reglament.model.visitor import facts_of


@frozen(eq=False)
class Switch:
    """By the word that `on` says (null is one), the node beside it; by any other, `default`."""

    on: str
    cases: Sequence[tuple[tuple[Value, ...], Node]]
    default: Node


@frozen(eq=False)
class Bisect:
    """By where the value of `on` falls: `targets[i]` from cut `i - 1` up to, without, cut `i`."""

    on: str
    cuts: tuple[Any, ...]
    targets: Sequence[Node]


@frozen(eq=False)
class If:
    """`then` where the test holds (`is`, `at_most`, within hours, includes), else `otherwise`."""

    test: Test
    then: Node
    otherwise: Node


@frozen(eq=False)
class Return:
    """The outcome: what the term comes to."""

    term: Term


@frozen(eq=False)
class PlanGap:
    """No outcome: no rule applies and nothing is said otherwise."""


@frozen(eq=False)
class PlanConflict:
    """No outcome, as rules disagree; but where all the terms come to one value, that one.

    Without terms it is no outcome whatever they give.
    """

    terms: tuple[Term, ...]


@frozen(eq=False)
class Collect:
    """The list of the items, in this order, whose own node comes to true."""

    items: tuple[tuple[Value, Node], ...]


@frozen(eq=False)
class Unplanned:
    """There are too many ways to write down: rules have to be read one by one."""


Node: TypeAlias = Switch | Bisect | If | Return | PlanGap | PlanConflict | Collect | Unplanned


@frozen(eq=False)
class PlanInput:
    """A fact that a request may tell."""

    type: Type
    is_nullable: bool


@frozen(eq=False)
class Let:
    """A decision; it has no outcome where one of the earlier `breaks_with` has none.

    Of its nodes, `reads` are the facts and earlier decisions, and `is_computing` says whether one
    may have no answer: so that nobody walks a long body to find that out.
    """

    body: Node
    breaks_with: tuple[str, ...]
    reads: tuple[str, ...]
    is_computing: bool

    @classmethod
    def of(cls, body: Node, breaks_with: tuple[str, ...] = ()) -> Let:
        """The let of the body."""
        nodes = tuple(below(body))
        reads = frozenset[str]().union(*map(names_read, nodes))
        return cls(body, breaks_with, tuple(sorted(reads)), any(map(is_computing, nodes)))


@frozen(eq=False)
class Plan:
    """What one version decides: each of its `lets` reads only inputs and earlier lets.

    `rules` leads, for each decision, to the ids of the rules behind its outcome, and of those
    among them that say why; it reads inputs and any lets.
    """

    policy: str
    version: str
    inputs: Mapping[str, PlanInput]
    lets: Mapping[str, Let]
    rules: Mapping[str, Let] = field(default_factory=dict)


def children(node: Node) -> Sequence[Node]:
    """Where the node leads, in the order in which it is told."""
    match node:
        case Switch(_, cases, default):
            return (*(child for _, child in cases), default)
        case Bisect(_, _, targets):
            return targets
        case If(_, then, otherwise):
            return then, otherwise
        case Collect(items):
            return tuple(child for _, child in items)
    return ()


def width(node: Node) -> int:
    """How many children the node has, none of which is looked at."""
    match node:
        case Switch(_, cases):
            return len(cases) + 1
        case Bisect(_, _, targets):
            return len(targets)
    return len(children(node))


def below(root: Node) -> Iterator[Node]:
    """Each node that can be reached from `root`, once; children before their parents."""
    seen, stack = {root}, [(root, iter(children(root)))]
    while stack:
        node, waiting = stack[-1]
        child = next((one for one in waiting if one not in seen), None)
        if child is None:
            stack.pop()
            yield node
        else:
            seen.add(child)
            stack.append((child, iter(children(child))))


def names_read(node: Node) -> frozenset[str]:
    """The facts and earlier decisions that the node itself reads."""
    match node:
        case Switch(on) | Bisect(on):
            return frozenset({on})
        case If(test):
            return facts_of(test)
        case Return(term):
            return facts_of(term)
        case PlanConflict(terms):
            return frozenset[str]().union(*map(facts_of, terms))
    return frozenset()


def may_break(root: Node) -> bool:
    """Whether there may be no outcome, even where everything that is read has one."""
    return any(isinstance(one, PlanGap | PlanConflict) or is_computing(one) for one in below(root))


def is_computing(node: Node) -> bool:
    """Whether the node computes something that may have no answer."""
    match node:
        case If(test):
            return isinstance(test, Within) or any(map(may_refuse, test.terms))
        case Return(term):
            return may_refuse(term)
    return False
