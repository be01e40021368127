"""From `at_least` and `at_most` of a fact or a parameter to the bounds of its type."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from reglament.diagram.kernel.successor import start_of_day
from reglament.language.loading.expressions.literal_nodes import read_literal
from reglament.language.loading.expressions.scope import Scope
from reglament.language.requests.told_moments import read_date
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.kind_words import KIND_WORDS
from reglament.model.moments import DAY, MICROSECOND
from reglament.model.values import Kind, Type

KEYS = ("at_least", "at_most")


def read_bounds(names: Scope, owner: MappingNode, type: Type) -> Type:
    """The type within the bounds that its owner says; a bound that makes no sense is a problem."""
    told = {key: node for key in KEYS if (node := owner.get(key)) is not None}
    if told and not type.is_ordered:
        _refuse_unordered(names, owner, next(iter(told)), type)
        return type
    read = {key: _bound(names, node, type, key) for key, node in told.items()}
    bounded = replace(type, **read)
    least, most = bounded.at_least, bounded.at_most
    if least is None or most is None or least <= most:
        return bounded
    names.report.add("empty-interval", told["at_most"], Message("least-more-than-most"))
    return type


def _bound(names: Scope, node: Node, type: Type, key: str) -> Any:
    day = _day(node) if type.kind is Kind.DATETIME else None
    if day is not None:
        if key == "at_least":
            return start_of_day(day, str(names.zone))
        return start_of_day(day + DAY, str(names.zone)) - MICROSECOND
    found = read_literal(names, node, type)
    return None if found is None else found[0]


def _day(node: Node) -> date | None:
    """The whole day, if that is what bounds a moment."""
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, datetime):
        return None
    try:
        return read_date(value)
    except TypeMismatch:
        return None


def _refuse_unordered(names: Scope, owner: MappingNode, key: str, type: Type) -> None:
    wanted = KIND_WORDS[type.kind]
    message = Message("numbers-days-moments-durations", key=key, wanted=wanted)
    names.report.add("bounds-without-order", owner.key(key), message)
