"""From a version that was read to what holds it whole: a text to keep, or bytes to send."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from reglament.model.regulation import Version
from reglament.plan.bundle import StoredVersion

if TYPE_CHECKING:
    from reglament.language.loading.files.joined_sections import Sections
    from reglament.language.syntax.source import Plain
from functools import lru_cache

from reglament.memo import once_for_each

_kept: WeakKeyDictionary[Version, Sections | str] = WeakKeyDictionary()


def keep_content(version: Version, sections: Sections) -> None:
    """Remember what `version` was read from, but its examples, for as long as it lives."""
    joined = {name: node for name, node in sections.joined.items() if name != "examples"}
    _kept[version] = replace(sections, joined=joined)


def kept_behind(version: Version) -> Sections | str | None:
    """What is remembered of the version, as it is; None where nothing is."""
    kept = _kept.get(version)
    if kept is None and isinstance(version, StoredVersion):
        kept = _kept[version] = version.content
    return kept


def _behind(version: Version) -> Sections | str:
    kept = kept_behind(version)
    if kept is None:
        raise KeyError(version)
    return kept


def keep(version: Version, kept: Sections | str) -> None:
    """Remember the same as was remembered elsewhere, or the text that `content_of` gives."""
    _kept[version] = kept


def sections_behind(version: Version) -> Sections:
    """The sections that the version was read from, without its worked examples.

    Raises KeyError for a version that was not read from files.
    """
    kept = _behind(version)
    if isinstance(kept, str):
        from reglament.language.loading.files.joined_sections import sections_of
        from reglament.language.syntax.diagnostics import Diagnostics
        from reglament.language.syntax.source import Source

        name = f"{version.policy} {version.version}"
        kept = _kept[version] = sections_of(Diagnostics(), Source(name, kept))
    return kept


def content_of(version: Version) -> str:
    """The version as one JSON text (which is YAML), without its worked examples.

    `reglament.language.loading.version_loader.read_content` reads it back to the same digest.
    Keys keep their order, since the order of options is the order in which they
    are listed. Raises KeyError for a version that was not read from files.
    """
    kept = _behind(version)
    if isinstance(kept, str):
        return kept
    joined: Mapping[str, Plain] = kept.plain()
    return as_json(joined)


def as_json(value: object) -> str:
    """Plain values as JSON text, decimals as they are."""
    return "".join(_json(value))


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


MOST_KEPT = 64


@once_for_each
def carried(version: Version) -> bytes:
    """The version and what it was read from; made once, since it is asked for often.

    Only `version_carried` of the same release of the engine reads them.
    """
    import pickle
    import zlib

    return zlib.compress(pickle.dumps((version, kept_behind(version))), 1)


@lru_cache(maxsize=MOST_KEPT)
def version_carried(data: bytes) -> Version:
    """The version of these bytes: one object, however often they come."""
    import pickle
    import zlib

    version: Version
    version, kept = pickle.loads(zlib.decompress(data))
    if kept is not None:
        keep(version, kept)
    return version
