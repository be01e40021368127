"""How two values are compared, and the words by which a policy says so."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any


class Operator(StrEnum):
    """How a subject is compared with an operand."""

    IS = "is"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"

    @property
    def meaning(self) -> Callable[[Any, Any], bool]:
        """Whether it holds of two values, neither of which is null."""
        return _MEANING[self]

    @property
    def turned(self) -> Operator:
        """The operator that says the same of operand and subject."""
        return _TURNED[self]

    @property
    def opposite(self) -> Operator | None:
        """The operator that holds of two values exactly if this one does not, if there is one."""
        return _OPPOSITE.get(self)


_MEANING: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.IS: operator.eq,
    Operator.AT_LEAST: operator.ge,
    Operator.AT_MOST: operator.le,
    Operator.MORE_THAN: operator.gt,
    Operator.LESS_THAN: operator.lt,
}
_TURNED = {
    Operator.IS: Operator.IS,
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.MORE_THAN: Operator.LESS_THAN,
    Operator.LESS_THAN: Operator.MORE_THAN,
}
_OPPOSITE = {
    Operator.AT_LEAST: Operator.LESS_THAN,
    Operator.AT_MOST: Operator.MORE_THAN,
    Operator.MORE_THAN: Operator.AT_MOST,
    Operator.LESS_THAN: Operator.AT_LEAST,
}

# What a policy writes of numbers and durations, and what it writes of days and moments.
AMOUNT_WORDS: Mapping[str, Operator] = {
    "at_least": Operator.AT_LEAST,
    "at_most": Operator.AT_MOST,
    "more_than": Operator.MORE_THAN,
    "less_than": Operator.LESS_THAN,
}
DAY_WORDS: Mapping[str, Operator] = {
    "on_or_after": Operator.AT_LEAST,
    "on_or_before": Operator.AT_MOST,
    "after": Operator.MORE_THAN,
    "before": Operator.LESS_THAN,
    "on": Operator.IS,
}
