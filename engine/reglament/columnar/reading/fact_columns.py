"""From the columns of a table to the facts that they tell: which, of what types, mapped how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal

import pyarrow as pa
import pyarrow.types as pat

from reglament.columnar.reading.list_cells import unknown_fields
from reglament.frozen import frozen
from reglament.language.syntax.suggest import did_you_mean, suggestion
from reglament.messages import Message, ticked
from reglament.model.kind_words import KIND_WORDS
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import Fact, ItemList
from reglament.model.values import Kind, Type

NullMeans = Literal["missing", "told"]
MissingColumns = Literal["refuse", "allow"]
TOLD = ".told"
"""How the column is called, after its fact, that says whether a NULL there was told."""


@frozen
class FactColumn:
    """The fact that a column tells; `path` leads to it, through fields of structs.

    `told` leads to the column that says whether a null is told, where there is one; `items` says
    what a list of things tells.
    """

    fact: Fact
    path: tuple[str, ...]
    told: tuple[str, ...] | None
    items: ItemList | None = None


def bound(
    schema: pa.Schema,
    facts: Mapping[str, tuple[Fact, ItemList | None]],
    required: Iterable[str],
    missing_columns: MissingColumns,
    mapping: Mapping[str, str],
) -> tuple[FactColumn, ...]:
    """The columns that tell facts; others of the table are left alone.

    Raises Refused for a fact without a column (unless allowed), a column that is likely
    a fact misspelt, one whose type does not fit, a name that stands twice, a mapping that
    names no column or no fact.
    """
    refuse_twice(schema.names)
    problems: list[Problem] = []
    leaves = dict(_leaves(schema))
    named: dict[str, tuple[str, ...]] = {}
    for name, path in leaves.items():
        fact = mapping.get(name, name)
        if fact in named:
            message = Message("column-twice", name=fact)
            problems.append(Problem("column-twice", message, fact=fact))
        named[fact] = path
    problems += _mapped(mapping, leaves, facts)
    problems += _missing(required, named, missing_columns)
    problems += _misspelt(named, facts, mapping)
    columns = tuple(
        FactColumn(fact, named[name], named.get(name + TOLD), items)
        for name, (fact, items) in facts.items()
        if name in named
    )
    for column in columns:
        problems += _unfit(schema, column)
    if facts and not columns and not problems:
        problems.append(no_fact_told(facts))
    if problems:
        raise Refused(problems)
    return columns


def no_fact_told(facts: Iterable[str]) -> Problem:
    """What is wrong with a table that tells none of the facts."""
    hint = Message("column-called-as-fact", name=next(iter(facts)))
    return Problem("column-none", Message("column-none"), hint=hint)


def columns_of(facts: Iterable[FactColumn]) -> set[str]:
    """The columns of the table that tell these facts."""
    return {path[0] for fact in facts for path in (fact.path, fact.told) if path}


def column_at(table: pa.RecordBatch | pa.Table, path: tuple[str, ...]) -> pa.Array:
    """The column at the path, in one piece; null where a struct around it is null."""
    found = table.column(path[0])
    if isinstance(found, pa.ChunkedArray):
        found = found.combine_chunks()
    for step in path[1:]:
        found = pa.compute.struct_field(found, step)
    return found


def _leaves(schema: pa.Schema) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every column by its dotted name, those of structs by the struct's name before theirs."""
    waiting: list[tuple[tuple[str, ...], pa.DataType]] = [
        ((field.name,), field.type) for field in reversed(schema)
    ]
    while waiting:
        path, type_ = waiting.pop()
        yield ".".join(path), path
        if pat.is_struct(type_):
            waiting += [((*path, one.name), one.type) for one in reversed(list(type_))]


def refuse_twice(names: Iterable[Any], place: Place | None = None) -> None:
    """Raises Refused where columns are called alike."""
    twice = [Message("column-twice", name=str(name)) for name, n in Counter(names).items() if n > 1]
    if twice:
        raise Refused(Problem("column-twice", message, place) for message in twice)


def _mapped(
    mapping: Mapping[str, str], columns: Iterable[str], facts: Collection[str]
) -> Iterator[Problem]:
    for column, fact in mapping.items():
        if column not in columns:
            message = Message("mapped-no-column", name=column)
            yield Problem("mapped-no-column", message, hint=suggestion(column, columns))
        if fact.removesuffix(TOLD) not in facts:
            message = Message("mapped-no-fact", name=fact)
            yield Problem("mapped-no-fact", message, hint=suggestion(fact, facts))


def _missing(
    required: Iterable[str], named: Mapping[str, object], allowed: MissingColumns
) -> Iterator[Problem]:
    """A problem for each fact that a column nearly tells, and one for all that none tells."""
    lacked = [name for name in required if name not in named] if allowed == "refuse" else []
    near = {name: hint for name in lacked if (hint := suggestion(name, named)) is not None}
    for name, hint in near.items():
        yield Problem("column-missing", _no_column([name]), hint=hint, fact=name)
    if others := [name for name in lacked if name not in near]:
        hint = Message("column-missing-allow")
        fact = others[0] if len(others) == 1 else None
        yield Problem("column-missing", _no_column(others), hint=hint, fact=fact)


def _no_column(names: Iterable[str]) -> Message:
    return Message("column-missing", names=ticked(names))


def _misspelt(
    named: Mapping[str, object], facts: Collection[str], mapping: Mapping[str, str]
) -> Iterator[Problem]:
    """Columns that are near a fact for which there is none."""
    free = [name for name in facts if name not in named]
    told = [name + TOLD for name in facts]
    for name in named:
        if name in facts or name in told or name in mapping.values():
            continue
        meant = did_you_mean(name, free if not name.endswith(TOLD) else told)
        if meant is not None and meant not in named:
            message = Message("column-unknown", name=name)
            yield Problem("column-unknown", message, hint=suggestion(name, [meant]))


def _unfit(schema: pa.Schema, column: FactColumn) -> Iterator[Problem]:
    type_ = _type_at(schema, column.path)
    if column.items is not None:
        yield from unknown_fields(column.items, type_)
    is_json = column.items is not None and _is_text(type_)
    if not is_json and not fits(type_, column.fact.type):
        yield _wrong_type(column.path, type_, column.fact)
    if column.told is not None and not pat.is_boolean(_type_at(schema, column.told)):
        given, name = str(_type_at(schema, column.told)), ".".join(column.told)
        message = Message("column-told-type", name=name, given=given)
        yield Problem("column-wrong-type", message, fact=column.fact.name)


def _wrong_type(path: tuple[str, ...], type_: pa.DataType, fact: Fact) -> Problem:
    wanted = KIND_WORDS[fact.type.kind]
    message = Message(
        "column-wrong-type", column=".".join(path), given=str(type_), fact=fact.name, wanted=wanted
    )
    return Problem("column-wrong-type", message, fact=fact.name)


def _type_at(schema: pa.Schema, path: tuple[str, ...]) -> pa.DataType:
    found = schema.field(path[0]).type
    for step in path[1:]:
        found = found.field(step).type
    return found


def fits(type_: pa.DataType, wanted: Type) -> bool:
    """Whether a column of the type may tell values of what is wanted."""
    if pat.is_dictionary(type_):
        type_ = type_.value_type
    if pat.is_null(type_):
        return True
    if wanted.kind is Kind.LIST:
        is_list = pat.is_list(type_) or pat.is_large_list(type_) or pat.is_fixed_size_list(type_)
        return is_list and fits(type_.value_type, wanted.item or Type(Kind.TEXT))
    if wanted.kind is Kind.RECORD:
        return bool(pat.is_struct(type_))
    return any(check(type_) for check in _FITTING[wanted.kind])


def _is_text(type_: pa.DataType) -> bool:
    return bool(pat.is_string(type_) or pat.is_large_string(type_) or pat.is_string_view(type_))


_NUMBERS: tuple[Any, ...] = (pat.is_integer, pat.is_decimal, pat.is_floating)
_FITTING: dict[Kind, tuple[Any, ...]] = {
    Kind.CHOICE: (_is_text,),
    Kind.TEXT: (_is_text,),
    Kind.BOOLEAN: (pat.is_boolean,),
    Kind.INTEGER: _NUMBERS,
    Kind.DECIMAL: (*_NUMBERS, _is_text),
    Kind.DATE: (pat.is_date, _is_text),
    Kind.DATETIME: (pat.is_timestamp, _is_text),
    Kind.TIME: (pat.is_time, _is_text),
    Kind.DURATION: (pat.is_duration, _is_text),
    Kind.PERIOD: (_is_text,),
}
