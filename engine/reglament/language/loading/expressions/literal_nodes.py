"""From placed nodes to literal values of a type, with a problem where one does not fit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.node_access import is_null
from reglament.language.loading.expressions.scope import Scope
from reglament.language.requests.told_moments import read_date, read_datetime
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.mismatch import TypeMismatch, due_trap
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, Words, ticked
from reglament.model.kind_words import KIND_WORDS
from reglament.model.values import Kind, Record, Type, Value

T = TypeVar("T")


def read_day(report: Diagnostics, node: Node | None) -> date | None:
    """The day that a scalar tells; None where it is absent, or none with a problem."""
    return _told(report, node, read_date, Message("date-unfit"))


def read_moment(report: Diagnostics, node: Node | None, zone: ZoneInfo) -> datetime | None:
    """The moment that a scalar tells, by the zone where it has no offset; None as for a day."""
    return _told(report, node, lambda told: read_datetime(told, zone), Message("moment"))


def _told(
    report: Diagnostics, node: Node | None, read: Callable[[Any], T], shape: Words
) -> T | None:
    if node is None:
        return None
    if not isinstance(node, Scalar):
        report.shape(node, shape)
        return None
    try:
        return read(node.value)
    except TypeMismatch as unfit:
        report.add(unfit.code, node, unfit.message, unfit.hint)
        return None


def read_literal(names: Scope, node: Node, type: Type) -> tuple[Value] | None:
    """The value of the type, in a tuple since it may be null; None with a problem else."""
    if isinstance(node, Scalar):
        return _scalar(names, node, type)
    below = _below(node, type)
    if below is None:
        refuse_shape(names, node, type)
        return None
    found = [
        (None,) if may_be_null and is_null(one) else read_literal(names, one, of)
        for one, of, may_be_null in below
    ]
    values = [one[0] for one in found if one is not None]
    if len(values) < len(found):
        return None
    if type.kind is Kind.RECORD:
        names_of = (field for field, _ in type.fields)
        return (Record(zip(names_of, values, strict=True)),)
    return (tuple(values),)


def refuse_shape(names: Scope, node: Node, type: Type) -> None:
    """Tell the problem of what is no list, or has other fields than the record."""
    if type.kind is not Kind.RECORD:
        names.report.shape(node, KIND_WORDS[type.kind])
        return
    if not type.fields:
        return  # the declaration was refused already
    keys = [key for key, _ in node.entries] if isinstance(node, MappingNode) else []
    fields, told = [name for name, _ in type.fields], {str(key.value) for key in keys}
    message = Message("exactly-fields-wanted", listed=ticked(fields))
    lacking = [name for name in fields if name not in told]
    hint = Message("fields-lacking", listed=ticked(lacking)) if lacking and told else None
    strays = [key for key in keys if key.value not in fields]
    for key in strays:
        names.report.add("wrong-fields", key, message, suggestion(str(key.value), lacking) or hint)
    if not strays:
        names.report.add("wrong-fields", node, message, hint)


def _below(node: Node, type: Type) -> list[tuple[Node, Type, bool]] | None:
    """The nodes inside a list or a record, each with its type and whether it may be null."""
    if type.kind is Kind.LIST and isinstance(node, SequenceNode) and type.item:
        return [(item, type.item, False) for item in node.items]
    if type.kind is Kind.RECORD and isinstance(node, MappingNode) and has_fields(node, type):
        fields = [(node.get(name), of, name in type.nullable) for name, of in type.fields]
        return [(below, of, is_free) for below, of, is_free in fields if below is not None]
    return None


def has_fields(node: MappingNode, type: Type) -> bool:
    """Whether the mapping has exactly the fields of the record."""
    return set(node.keys) == {name for name, _ in type.fields}


def _scalar(names: Scope, node: Scalar, type: Type) -> tuple[Value] | None:
    try:
        return (names.parser(type)(node.value),)
    except TypeMismatch as unfit:
        near = None if unfit.stray is None else suggestion(unfit.stray.word, unfit.stray.known)
        hint = near or due_trap(node, type) or unfit.hint
        names.report.add(unfit.code, node, unfit.message, hint, unfit.stray)
        return None


def read_zone(report: Diagnostics, node: Node | None) -> ZoneInfo:
    """The zone; UTC where none is said, and, with a problem, where there is none of that name."""
    word = node_access.word(report, node)
    name = "" if word is None else str(word.value)
    try:
        # Zone files are looked up as modules too, each dot of a name taken for a package.
        return ZoneInfo("" if "." in name else name or "UTC")
    except (OSError, ValueError, LookupError):
        message = Message("unknown-time-zone", name=name)
        hint = suggestion(name, available_timezones()) or Message("write-europe-moscow-say")
        report.add("unknown-zone", node, message, hint)
        return ZoneInfo("UTC")
