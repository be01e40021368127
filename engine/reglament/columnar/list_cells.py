"""From a cell that holds a list of things to what a request tells of it.

The cell is a list of structs, or the text of JSON as a request has it. In a struct a null is a
field that is not told, or, where nulls are told, told to be null if the field may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.types as pat

from reglament.language.syntax.json_text import json_value
from reglament.language.syntax.mismatch import Unfit, shown
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.problems import Problem
from reglament.model.regulation import ItemList


def told_list(items: ItemList, cell: Any, *, reads_null: bool) -> Any:
    """What the cell tells. Raises Unfit where it is text and no JSON."""
    if not isinstance(cell, str):
        return [_told_item(items, one, reads_null=reads_null) for one in cell]
    try:
        return json_value(cell)
    except (ValueError, RecursionError):
        message = Message("cell-no-list", shown=shown(cell), called=items.called)
        raise Unfit("cell-unfit", message, Message("cell-no-list-hint")) from None


def _told_item(items: ItemList, item: Any, *, reads_null: bool) -> Any:
    if not isinstance(item, dict):
        return item
    return {
        name: value
        for name, value in item.items()
        if value is not None or (reads_null and items.fields[f"{items.called}.{name}"].is_nullable)
    }


def unknown_fields(items: ItemList, type_: pa.DataType) -> Iterable[Problem]:
    """A problem for each field of the structs that an item does not have."""
    below = getattr(type_, "value_type", type_)
    known = [name[len(items.called) + 1 :] for name in items.fields]
    for field in below if pat.is_struct(below) else ():
        if field.name not in known:
            message = Message("item-no-field", called=items.called, field=shown(field.name))
            hint = suggestion(field.name, known) or Message(
                "fields-listed", listed=", ".join(f"`{one}`" for one in known)
            )
            yield Problem("unknown-field", message, hint=hint, fact=items.fact)
