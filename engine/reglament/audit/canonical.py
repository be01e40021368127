"""From plain values to the one byte form that digests are taken over: RFC 8785, and its digest.

The form is JSON as RFC 8785 (JSON Canonicalization Scheme) writes it: UTF-8, no
spaces, keys sorted by UTF-16 code units. Documents hold no binary floats. What
JSON numbers cannot hold exactly is text: decimals (`"120.00"`), fractions
(`"1/3"`), whole numbers beyond 2^53 - 1, dates, moments and durations in ISO 8601.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

import rfc8785

try:
    import orjson
except ImportError:  # it is of another extra
    orjson = None  # type: ignore[assignment]

from reglament.messages import Message
from reglament.model.lists import OpenItems
from reglament.model.problems import refusal
from reglament.rendering.plain.plain_values import WORDS as _WORDS
from reglament.rendering.plain.plain_values import plain

SAFE = 2**53 - 1
NOT_UNICODE = Message("text-holds-half-surrogate")
_PAST_PLANE = bytes(range(0xF0, 0xF5))  # what begins a letter past the first plane in UTF-8


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of mappings, lists and values of the model.

    Raises Refused for text that is not Unicode, TypeError for a binary float.
    """
    return bytes_of(fit(value))


def bytes_of(fitted: Any) -> bytes:
    """The RFC 8785 bytes of what `fit` gave. Raises Refused for text that is not Unicode."""
    return _quickly(fitted) or _with_care(fitted)


def bytes_of_plain(value: Any) -> bytes:
    """The same of plain values, of which whole numbers alone may not fit."""
    return _quickly(value) or _with_care(fit(value))


def _quickly(value: Any) -> bytes | None:
    """None where the library does not write it so, or is not there."""
    if orjson is None:
        return None
    try:
        data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)
    except TypeError:  # a number that does not fit, no Unicode, or it nests deeper than it goes
        return None
    is_plane = data.isascii() or len(data.translate(None, _PAST_PLANE)) == len(data)
    return data if is_plane else None


def _with_care(fitted: Any) -> bytes:
    text = json.dumps(fitted, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    try:
        # The standard library writes the same, many times faster, but for one thing: it sorts
        # keys by code points. Those differ from UTF-16 only where a text leaves the first plane.
        is_plane = len(text.encode("utf-16-le")) == 2 * len(text)
        return text.encode() if is_plane else rfc8785.dumps(fitted)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise refusal("not-canonical", NOT_UNICODE) from error


def fit(value: object) -> Any:
    """`value` as JSON can hold it exactly."""
    kind = value.__class__
    if kind in _WORDS:
        return value
    # What nearly everything is, and nearly everything in it is a text.
    if kind is dict:
        parts: Any = value
        return {key: one if one.__class__ is str else fit(one) for key, one in parts.items()}
    if kind is list:
        parts = value
        return [one if one.__class__ is str else fit(one) for one in parts]
    return _fit(value)


def _fit(value: object) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, date):  # a datetime, too
        return value.isoformat()
    if isinstance(value, int):
        return value if -SAFE <= value <= SAFE else str(value)
    if isinstance(value, Mapping):
        return {key: fit(part) for key, part in value.items()}
    if isinstance(value, OpenItems):
        return fit(plain(value))
    if isinstance(value, list | tuple):
        return [fit(part) for part in value]
    if isinstance(value, float):
        raise TypeError("a binary float has no place in a document")
    return str(value) if isinstance(value, Fraction) else plain(value)  # type: ignore[arg-type]


def digest(data: bytes) -> str:
    """`sha256:…` of the bytes."""
    return f"sha256:{sha256(data).hexdigest()}"


def read_canonical(data: bytes) -> Any:
    """The value that the bytes are the canonical form of; ValueError where they are not."""
    value = json.loads(data, parse_float=_refuse, parse_int=_safe)
    if bytes_of(value) != data:
        raise ValueError("not in canonical form")
    return value


def _refuse(number: str) -> None:
    raise ValueError(f"`{number}` has no place in a document")


def _safe(digits: str) -> int:
    number = int(digits)
    if not -SAFE <= number <= SAFE:
        _refuse(digits)
    return number
