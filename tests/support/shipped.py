"""The shipped policies, each loaded once for all tests of a process: a policy never changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reglament.model.regulation import Version
from reglament.policy import Policy, bundled_policies, load_policy

NAMES = frozenset(bundled_policies())
_AT = {path.resolve(): name for name, path in bundled_policies().items()}


@cache
def shipped(name: str) -> Policy:
    """A policy of the engine's own, by its name."""
    return load_policy(name)


def version_at(folder: str) -> Version:
    """The version in a folder of a shipped policy: `annual-leave/2026-01-01`."""
    name, since = folder.split("/")
    (found,) = (one for one in shipped(name).versions if str(one.holds_from) == since)
    return found


def kept(name_or_path: str | Path, *, is_cached: bool = False) -> Policy:
    """Loads as `load_policy` does, and a shipped policy once."""
    name = name_or_path if name_or_path in NAMES else _AT.get(Path(name_or_path).resolve())
    if name is not None:
        return shipped(str(name))
    return load_policy(name_or_path, is_cached=is_cached)
