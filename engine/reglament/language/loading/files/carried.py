"""From a version that was read to bytes that become the same version in another process."""

from __future__ import annotations

from functools import lru_cache

from reglament.language.loading.files.content import keep, kept_behind
from reglament.memo import once_for_each
from reglament.model.regulation import Version

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

    found: Version
    found, kept = pickle.loads(zlib.decompress(data))
    if kept is not None:
        keep(found, kept)
    return found
