"""What texts tell as typed columns, whatever kind of file they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Final

import pyarrow as pa

from reglament.columnar.decided_columns import MOST_DIGITS
from reglament.language.requests.literals import NUMBER
from reglament.model.values import Kind, Type

Read = Callable[[Any], Any]
_UNFIT: Final = (ValueError, TypeError, OverflowError, RecursionError, pa.ArrowException)


def column_type(type: Type) -> pa.DataType:
    """The type of the column that holds values of a fact as a text tells them.

    Moments, days and spans of time stay text: how they are written says which they are.
    """
    match type.kind:
        case Kind.BOOLEAN:
            return pa.bool_()
        case Kind.INTEGER:
            return pa.int64()
        case Kind.DECIMAL:
            return pa.decimal128(MOST_DIGITS, type.places)
        case Kind.LIST if is_list_of_records(type):
            return pa.string()  # of JSON: a field that is not told, and one told to be null
        case Kind.LIST if type.item is not None:
            return pa.list_(column_type(type.item))
        case Kind.RECORD:
            return pa.struct([(name, column_type(one)) for name, one in type.fields])
    return pa.string()


def is_list_of_records(type: Type) -> bool:
    """Whether a fact of the type is a list of things."""
    return type.kind is Kind.LIST and type.item is not None and type.item.kind is Kind.RECORD


def lines_of(file: Any) -> Iterator[bytes]:
    """The lines of a file; only `\\n` ends one."""
    rest = b""
    while block := file.read(1 << 22):
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
    if rest:
        yield rest


# -- values ---------------------------------------------------------------------------------


def typed(
    values: Sequence[Any], read: Read, type: pa.DataType, unfit: Callable[[int, Any], None]
) -> pa.Array:
    """The column of what `read` makes of each value, null where there is none.

    So it is where the value does not fit; `unfit` is told the place and the value.
    """
    try:
        return pa.array([None if one is None else read(one) for one in values], type)
    except _UNFIT:
        found: list[Any] = [None] * len(values)
        for at, value in enumerate(values):
            if value is None:
                continue
            if _fits(read, value, type):
                found[at] = read(value)
            else:
                unfit(at, value)
        return pa.array(found, type)


def _fits(read: Read, value: Any, type: pa.DataType) -> bool:
    try:
        pa.array([read(value)], type)
    except _UNFIT:
        return False
    return True


def json_reader(type: pa.DataType) -> Read:
    """What turns plain values of JSON into those that a column of the type holds."""
    if pa.types.is_integer(type):
        return whole_number
    if pa.types.is_decimal(type):
        return _number
    return partial(_list, json_reader(type.value_type)) if pa.types.is_list(type) else _same


def whole_number(value: Any) -> int:
    """The number of a column of whole numbers. Raises ValueError for anything else."""
    # To make an `int` of 1e999999999 would take all the memory there is.
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not is_number or not -(1 << 63) <= value < 1 << 63 or value != int(value):
        raise ValueError(value)
    return int(value)


def decimal_of(text: str) -> Decimal:
    """The number that the text writes in digits. Raises ValueError for anything else."""
    if NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    return Decimal(text)


def _number(value: Any) -> Any:
    return decimal_of(value) if isinstance(value, str) else value  # as documents have decimals


def _list(read: Read, values: Any) -> Any:
    if not isinstance(values, list):
        return values
    return [None if one is None else read(one) for one in values]


def _same(value: Any) -> Any:
    return value
