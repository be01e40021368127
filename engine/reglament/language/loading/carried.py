"""From a version that was read to bytes that become the same version in another process."""

from __future__ import annotations

import pickle
import zlib
from functools import lru_cache
from weakref import WeakKeyDictionary

from reglament.language.loading.content import keep_content, sections_behind
from reglament.language.loading.sections import Sections
from reglament.model.policy import Version

MOST_KEPT = 64
_carried: WeakKeyDictionary[Version, bytes] = WeakKeyDictionary()


def carried(version: Version) -> bytes:
    """The version and what it was read from; made once, since it is asked for often.

    Only `version_carried` of the same release of the engine reads them.
    """
    data = _carried.get(version)
    if data is None:
        data = _carried[version] = zlib.compress(pickle.dumps((version, _sections(version))), 1)
    return data


@lru_cache(maxsize=MOST_KEPT)
def version_carried(data: bytes) -> Version:
    """The version of these bytes: one object, however often they come."""
    version, sections = pickle.loads(zlib.decompress(data))
    if sections is not None:
        keep_content(version, sections)
    found: Version = version
    return found


def _sections(version: Version) -> Sections | None:
    try:
        return sections_behind(version)
    except KeyError:
        return None
