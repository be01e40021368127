"""From an unquoted word to the value it means, by the YAML 1.2 core schema, fewer (10.3).

What YAML 1.1, YAML 1.2 and people read differently means nothing here but itself.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from reglament.language.syntax.source import Value

MOST_DIGITS: Final = 30
CORE: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?")
_ODD_NUMBER = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\.(?:inf|Inf|INF)"
    r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?)|\.(?:nan|NaN|NAN)"
)
_NUMBER_STARTS = frozenset("+-.0123456789")


def resolve(raw: str) -> Value:
    """What an unquoted word means: null, a boolean, a whole or decimal number, else text."""
    if raw in CORE:
        return CORE[raw]
    if raw[0] not in _NUMBER_STARTS:
        return raw
    number = _NUMBER.fullmatch(raw)
    if number is None or digits(raw) > MOST_DIGITS:
        return raw
    return int(raw) if number[2] is None else Decimal(raw)


def is_odd_number(raw: str) -> bool:
    """Whether an unquoted word is a number to YAML 1.1, JSON or a person, but not to `resolve`."""
    if not raw or raw[0] not in _NUMBER_STARTS or type(resolve(raw)) is not str:
        return False
    return _ODD_NUMBER.fullmatch(raw) is not None


def digits(raw: str) -> int:
    """How many digits stand in the word; at most its length, where that is no more."""
    return sum("0" <= letter <= "9" for letter in raw) if len(raw) > MOST_DIGITS else len(raw)
