"""The cells of Arrow's arrays as arrays of NumPy, nulls told apart, without a look at each.

What is chosen cell by cell is computed: a processor that cannot guess which of two comes next
takes ten times as long to choose as to multiply.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.types as pat

from reglament.columnar.vectors.vector_values import Array


def told_cells(values: pa.Array) -> Array | None:
    """Where a cell is not null; None where none is."""
    if pat.is_null(values.type) or (
        pat.is_dictionary(values.type) and values.dictionary.null_count
    ):
        found: Array = values.is_valid().to_numpy(zero_copy_only=False)
        return found
    if not values.null_count:
        return None
    return _bits(values, 0)


def numbers(values: pa.Array, dtype: Any) -> Array:
    """Cells of so many bits as numbers, and 0 for null."""
    if not len(values):
        return np.zeros(0, dtype)
    cells = np.frombuffer(values.buffers()[1], dtype)[values.offset : values.offset + len(values)]
    told = told_cells(values)
    return cells if told is None else cells * told


def numbers_or(values: pa.Array, nothing: int) -> Array:
    """Cells of 32 bits as numbers, with one number for null."""
    told, cells = told_cells(values), numbers(values, np.int32)
    return cells if told is None else cells + ~told * np.int32(nothing)


def truths(values: pa.Array) -> Array:
    """Cells that are true or false as 1 and 0, and 0 for null."""
    if not len(values):
        return np.zeros(0, np.uint8)
    cells, told = _bits(values, 1), told_cells(values)
    return (cells if told is None else cells & told).view(np.uint8)


def _bits(values: pa.Array, buffer: int) -> Array:
    past = values.offset + len(values)
    packed = np.frombuffer(values.buffers()[buffer], np.uint8, (past + 7) // 8)
    return np.unpackbits(packed, count=past, bitorder="little")[values.offset :].view(bool)
