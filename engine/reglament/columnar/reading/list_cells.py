"""From a cell that holds a list of things to what a request tells of it.

The cell is a list of structs, or the text of JSON as a request has it. In a struct a null is a
field that is not told, or, where nulls are told, told to be null if the field may be; and so it is
in the structs of a list inside an item.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.types as pat

from reglament.language.syntax.json_text import json_value
from reglament.language.syntax.mismatch import TypeMismatch, shown
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, ticked
from reglament.model.problems import Problem
from reglament.model.regulation import ItemList


def told_list(items: ItemList, cell: Any, *, reads_null: bool) -> Any:
    """What the cell tells. Raises TypeMismatch where it is text and no JSON."""
    if isinstance(cell, list):
        return [_told_item(items, one, reads_null=reads_null) for one in cell]
    try:
        return json_value(cell)
    except (ValueError, RecursionError):
        message = Message("cell-no-list", shown=shown(cell), called=items.called)
        raise TypeMismatch("cell-unfit", message, Message("cell-no-list-hint")) from None


def _told_item(items: ItemList, item: Any, *, reads_null: bool) -> Any:
    if not isinstance(item, dict):
        return item
    found: dict[str, Any] = {}
    for name, value in item.items():
        whole_name = items.whole_names[name]
        inner = items.item.lists.get(whole_name)
        if inner is not None and isinstance(value, list):
            found[name] = told_list(inner, value, reads_null=reads_null)
        elif value is not None or (reads_null and items.fields[whole_name].is_nullable):
            found[name] = value
    return found


def unknown_fields(items: ItemList, type_: pa.DataType) -> Iterable[Problem]:
    """A problem for each field of the structs that an item does not have, in lists inside too."""
    below = getattr(type_, "value_type", type_)
    known = items.whole_names
    for field in below if pat.is_struct(below) else ():
        inner = items.item.lists.get(known.get(field.name, ""))
        if inner is not None:
            yield from unknown_fields(inner, field.type)
        if field.name not in known:
            message = Message("item-no-field", called=items.called, field=shown(field.name))
            hint = suggestion(field.name, known) or Message("fields-listed", listed=ticked(known))
            yield Problem("unknown-field", message, hint=hint, fact=items.fact)
