"""What a batch of rows comes to: columns of class numbers, and of values computed row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa

from reglament.frozen import frozen
from reglament.model.problems import Problem
from reglament.model.values import Kind, Type

MOST_DIGITS: Final = 38  # of a decimal number of Arrow's usual kind


@frozen
class DecisionColumn:
    """One decision, row by row.

    `classes` (int32) number the evaluator's `classes`; null where the row is refused, or its
    version has no such decision. Of a decision whose outcomes are computed, `values` holds them
    (null where there is none, or null came out, as the class says), and `possible` what is
    possible while it is undetermined (null where the class says that it cannot be listed).
    """

    classes: pa.Array
    values: pa.Array | None = None
    possible: pa.Array | None = None


@frozen
class DecidedColumns:
    """The decisions about a batch of rows, in the order of the rows.

    `rows` (int32) number the evaluator's `row_records` (the version, notes); null for a
    refused row. `errors` (int32) number its `problems`, why rows were refused; null elsewhere.
    """

    count: int
    decisions: Mapping[str, DecisionColumn]
    rows: pa.Array
    errors: pa.Array


Problems = tuple[Problem, ...]


def arrow_type(type_: Type, zone: str) -> pa.DataType:
    """The type of a column that holds values of the type."""
    if type_.kind is Kind.LIST:
        return pa.list_(arrow_type(type_.item or Type(Kind.TEXT), zone))
    if type_.kind is Kind.RECORD:
        return pa.struct([(name, arrow_type(field, zone)) for name, field in type_.fields])
    if type_.kind is Kind.DECIMAL:
        return pa.decimal128(MOST_DIGITS, type_.places)
    if type_.kind is Kind.DATETIME:
        return pa.timestamp("us", tz=zone)
    return _PLAIN[type_.kind]


_PLAIN: dict[Kind, Any] = {
    Kind.CHOICE: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.INTEGER: pa.int64(),
    Kind.DATE: pa.date32(),
    Kind.TIME: pa.time64("us"),
    Kind.DURATION: pa.duration("us"),
    Kind.PERIOD: pa.string(),  # Arrow has an interval of months that few programs read
}
