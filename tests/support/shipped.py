"""The shipped policies, each loaded once for all tests of a process: a policy never changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reglament.policy import Policy, bundled_policies, load_policy

NAMES = frozenset(bundled_policies())
_AT = {path.resolve(): name for name, path in bundled_policies().items()}


@cache
def shipped(name: str) -> Policy:
    """A policy of the engine's own, by its name."""
    return load_policy(name)


def kept(name_or_path: str | Path, *, is_cached: bool = False) -> Policy:
    """Loads as `load_policy` does, and a shipped policy once."""
    name = name_or_path if name_or_path in NAMES else _AT.get(Path(name_or_path).resolve())
    if name is not None:
        return shipped(str(name))
    return load_policy(name_or_path, is_cached=is_cached)
