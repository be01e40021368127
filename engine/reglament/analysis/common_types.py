"""What two versions that are compared both know of a value."""

from __future__ import annotations

from dataclasses import replace

from reglament.model.values import Kind, Type


def common_type(old: Type, new: Type) -> Type | None:
    """The values that both types know; None if there are none, or they are of another kind."""
    if old == new:
        return old
    if old.kind is not new.kind:
        return None
    if old.kind is Kind.CHOICE:
        return _common_choice(old, new)
    if old.kind is Kind.LIST and old.item is not None and new.item is not None:
        item = common_type(old.item, new.item)
        return None if item is None else replace(new, item=item)
    return _common_bounds(old, new) if old.is_ordered else None


def _common_bounds(old: Type, new: Type) -> Type | None:
    least = [one.at_least for one in (old, new) if one.at_least is not None]
    most = [one.at_most for one in (old, new) if one.at_most is not None]
    if least and most and max(least) > min(most):
        return None
    narrow = min(old, new, key=lambda type_: type_.places)
    return replace(narrow, at_least=max(least, default=None), at_most=min(most, default=None))


def _common_choice(old: Type, new: Type) -> Type | None:
    if old.is_open and new.is_open:
        return replace(new, options=tuple(dict.fromkeys((*old.options, *new.options))))
    if old.is_open or new.is_open:
        return new if old.is_open else old
    options = tuple(option for option in old.options if option in new.options)
    return replace(new, options=options) if options else None
