"""From a version that was read to one text that holds it whole, to be kept and read again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from weakref import WeakKeyDictionary

from reglament.model.policy import Version
from reglament.reading.source import Plain

_kept: WeakKeyDictionary[Version, Mapping[str, Plain]] = WeakKeyDictionary()


def keep_content(version: Version, joined: Mapping[str, Plain]) -> None:
    """Remember what `version` was read from, for as long as it lives."""
    _kept[version] = {key: value for key, value in joined.items() if key != "examples"}


def content_of(version: Version) -> str:
    """The version as one JSON text (which is YAML), without its worked examples.

    `reglament.reading.stored.read_content` reads it back to the same digest.
    Keys keep their order, since the order of options is the order in which they
    are listed. Raises KeyError for a version that was not read from files.
    """
    return text_of(_kept[version])


def text_of(joined: Mapping[str, Plain]) -> str:
    """The joined mapping of a version as one JSON text."""
    return "".join(_json(joined))


def _json(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _joined("{}", (_pair(key, below) for key, below in value.items()))
    elif isinstance(value, list):
        yield from _joined("[]", map(_json, value))
    elif isinstance(value, Decimal):
        yield str(value)  # as it was written: `1.50` stays what it is
    else:
        yield json.dumps(value)


def _pair(key: str, value: object) -> Iterator[str]:
    yield f"{json.dumps(key)}: "
    yield from _json(value)


def _joined(brackets: str, parts: Iterator[Iterator[str]]) -> Iterator[str]:
    # Each part on a line of its own: readers bound the length of a line.
    yield brackets[0]
    for number, part in enumerate(parts):
        yield ",\n" if number else "\n"
        yield from part
    yield brackets[1]
