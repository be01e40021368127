"""From a version that was read to one text that holds it whole, to be kept and read again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from weakref import WeakKeyDictionary

from reglament.language.loading.sections import Sections
from reglament.language.syntax.source import Plain
from reglament.model.policy import Version

_kept: WeakKeyDictionary[Version, Sections] = WeakKeyDictionary()


def keep_content(version: Version, sections: Sections) -> None:
    """Remember what `version` was read from, but its examples, for as long as it lives."""
    joined = {name: node for name, node in sections.joined.items() if name != "examples"}
    _kept[version] = replace(sections, joined=joined)


def sections_behind(version: Version) -> Sections:
    """The sections that the version was read from, without its worked examples.

    Raises KeyError for a version that was not read from files.
    """
    return _kept[version]


def content_of(version: Version) -> str:
    """The version as one JSON text (which is YAML), without its worked examples.

    `reglament.language.loading.stored.read_content` reads it back to the same digest.
    Keys keep their order, since the order of options is the order in which they
    are listed. Raises KeyError for a version that was not read from files.
    """
    joined: Mapping[str, Plain] = sections_behind(version).plain()
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
