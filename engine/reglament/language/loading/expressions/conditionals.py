"""From a choice between two terms, `{if: {…}, then: a, else: b}`, to the term that it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeGuard

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import Scope, Symbol, fits
from reglament.language.syntax.source import MappingNode, Node
from reglament.messages import Message
from reglament.model.conditions import Condition
from reglament.model.kind_words import KIND_WORDS
from reglament.model.terms import Conditional, Constant
from reglament.model.values import NUMBERS, TEXT, WORDS, Type

NULL = Constant(None)
_PARTS = ("if", "then", "else")
Reader: TypeAlias = Callable[[Node], Symbol | None]


def is_conditional(node: Node) -> TypeGuard[MappingNode]:
    """Whether the mapping chooses between two terms: `{if: {…}, then: a, else: b}`."""
    return isinstance(node, MappingNode) and node.get("if") is not None


def read_conditional(
    names: Scope, node: MappingNode, read: Reader
) -> tuple[Condition, Symbol, Symbol] | None:
    """The condition and the two terms, each as `read` makes it of what is written."""
    node_access.refuse_other_keys(names.report, node, Message("no-key", function="if"), _PARTS)
    below = [node.get(key) for key in _PARTS]
    if any(one is None for one in below):
        names.report.add("missing-key", node, Message("if-then-else-wanted"))
        return None
    when, then, other = (one for one in below if one is not None)
    condition = names.read_condition(names, when)
    sides = [read(one) for one in (then, other)]
    if sides[0] is None or sides[1] is None:
        return None
    return condition, sides[0], sides[1]


def one_of_two(
    names: Scope, node: MappingNode, when: Condition, then: Symbol, other: Symbol
) -> Symbol | None:
    """The choice, typed by its sides."""
    one, two = (
        beside.type if side.term is NULL else side.type
        for side, beside in ((then, other), (other, then))
    )
    if one is None or two is None:
        if then.term is NULL and other.term is NULL:
            names.report.shape(node.get("else") or node, Message("number-date-name"))
        return None
    type = _either(one, two)
    if type is None:
        kinds = {"one": KIND_WORDS[one.kind], "other": KIND_WORDS[two.kind]}
        names.report.add("wrong-type", node, Message("then-else-differ", **kinds))
        return None
    return choice(when, then, other, type)


def choice(when: Condition, then: Symbol, other: Symbol, type: Type) -> Symbol:
    """The choice between two terms that fit the type."""
    is_nullable = then.is_nullable or other.is_nullable
    return Symbol(Conditional(when, then.term, other.term), type, is_nullable)


def _either(one: Type, other: Type) -> Type | None:
    """The type of what is one or the other; None where they are of different kinds."""
    one, other = one.without_bounds, other.without_bounds
    if {one.kind, other.kind} <= NUMBERS:
        return one if fits(other, one) else other
    if {one.kind, other.kind} <= WORDS and one != other:
        return TEXT
    return one if one == other else None
