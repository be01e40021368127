"""Every function of the language by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from reglament.functions import (
    arithmetic,
    dates,
    elapsed_time,
    numbers,
    plain_lists,
    rates,
    texts,
    told_in_text,
    working_time,
)
from reglament.functions.record import Function
from reglament.model.terms import DecisionRef, Formula, Term
from reglament.model.values import Record, Type, Value


def each_once(items: Iterable[Value]) -> tuple[Value, ...]:
    """The items without null and without what stands there before: 1 and true are two."""
    found = {(type(item), item): item for item in items if item is not None}
    return tuple(found.values())


def _unwritten(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    raise NotImplementedError("no policy can write it")


# What a collection comes to, as a formula of its items; no policy can write it.
ITEMS = Function(
    "items",
    lambda *items: each_once(items),
    _unwritten,
    grid=None,
    moves=(0,),
    never_refused=True,
    has_parts=True,
)

# The same where equal items are listed as often as rules give them.
EVERY_ITEM = replace(
    ITEMS, name="every_item", gives=lambda *items: tuple(i for i in items if i is not None)
)

# A field of a record, which a policy writes as a name: `approval.status`.
FIELD = Function(
    "field",
    lambda name, record: record[name],
    _unwritten,
    grid=None,
    moves=(0,),
    never_refused=True,
    words="field-of",
)

# A record whose fields are not all said outright: their names, those of them that may be null,
# and a value for each. A policy writes it as a mapping.
RECORD = Function(
    "record",
    lambda names, nullable, *values: Record(zip(names, values, strict=True)),
    _unwritten,
    grid=None,
    moves=(0,),
    never_refused=True,
    has_parts=True,
    takes_nulls=True,
)


def read_field(term: Term) -> tuple[str, Term] | None:
    """The field that a term reads, and of which record; None of any other term."""
    if not (isinstance(term, Formula) and term.function == FIELD.name):
        return None
    name, record = term.arguments
    return str(name.value), record  # type: ignore[union-attr]


def field_in(formula: Formula) -> Term | None:
    """What a field of a record that is made here comes to; None of any other formula."""
    name, record = read_field(formula) or ("", formula)
    if not (name and isinstance(record, Formula) and record.function == RECORD.name):
        return None
    return fields_of(record)[name]


def field_name(term: Term) -> str | None:
    """How rules call the field of a decision, `approval.status`; None of any other term."""
    name, record = read_field(term) or ("", term)
    above = record.name if isinstance(record, DecisionRef) else name and field_name(record)
    return f"{above}.{name}" if name and above else None


KnownType: TypeAlias = Callable[[Term], Type | None]
"""The type of a term that is no field, if it is known."""


def is_nullable_field(term: Term, known: KnownType) -> bool:
    """Whether the term is a field that may be null."""
    name, record = read_field(term) or ("", term)
    type = _type_of(record, known) if name else None
    return type is not None and name in type.nullable


def _type_of(term: Term, known: KnownType) -> Type | None:
    name, record = read_field(term) or ("", term)
    if not name:
        return known(term)
    above = _type_of(record, known)
    return None if above is None else dict(above.fields)[name]


def fields_of(record: Formula) -> dict[str, Term]:
    """The fields of a record that is made here, each with its term."""
    names, _, *terms = record.arguments
    return dict(zip(names.value, terms, strict=True))  # type: ignore[union-attr, arg-type]


def nullable_in(record: Formula) -> frozenset[str]:
    """The fields of a record that is made here which may be null."""
    return frozenset(record.arguments[1].value)  # type: ignore[union-attr, arg-type]


# The functions that a policy can write.
FUNCTIONS: Mapping[str, Function] = {
    **numbers.FUNCTIONS,
    **rates.FUNCTIONS,
    **arithmetic.FUNCTIONS,
    **texts.FUNCTIONS,
    **told_in_text.FUNCTIONS,
    **plain_lists.FUNCTIONS,
    **dates.FUNCTIONS,
    **elapsed_time.FUNCTIONS,
    **working_time.FUNCTIONS,
}
EVERY: Mapping[str, Function] = {
    **FUNCTIONS,
    **elapsed_time.OF_MOMENTS,
    **elapsed_time.OF_TIMES,
    **elapsed_time.OF_PERIODS,
    **plain_lists.OF_LISTS,
    **plain_lists.OF_EACH,
    **plain_lists.BY_FIELD,
    **arithmetic.OF_DURATIONS,
    **told_in_text.OF_TEXTS,
    **working_time.BY_FIRST_DAY,
    ITEMS.name: ITEMS,
    EVERY_ITEM.name: EVERY_ITEM,
    FIELD.name: FIELD,
    RECORD.name: RECORD,
}

# By the types of its arguments, or what else it says, a written function becomes one of these.
_VARIANT = re.compile("^same_time_|_of_(list|durations?|text|moment|day|time|periods)$")
_WRITTEN = {
    **dict.fromkeys(working_time.BY_FIRST_DAY, "working_days_after"),
    **dict.fromkeys(plain_lists.OF_EACH, "list_of"),
    **dict.fromkeys(plain_lists.BY_FIELD, "sort"),
    "same_time_period_after": "sum",
    "same_time_period_before": "difference",
    "day_less_period": "difference",
    "moment_less_duration": "difference",
    "time_less_duration": "difference",
    "time_between": "difference",
    "duration_between_times": "difference",
}


def written_name(name: str) -> str:
    """The word by which policies write a function: `days_after` for `same_time_days_after`."""
    if name in FUNCTIONS:
        return name
    return _WRITTEN.get(name) or _VARIANT.sub("", name)
