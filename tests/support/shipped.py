"""The shipped policies, each loaded once for all tests of a process: a policy never changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reglament.policy import Policy, bundled_policies, load_policy

NAMES = frozenset(bundled_policies())


@cache
def shipped(name: str) -> Policy:
    """A policy of the engine's own, by its name."""
    return load_policy(name)


def kept(name_or_path: str | Path) -> Policy:
    """Loads as `load_policy` does, and a shipped policy once."""
    return shipped(str(name_or_path)) if name_or_path in NAMES else load_policy(name_or_path)
