"""The shipped policies, each loaded once for all tests of a process: a policy never changes."""

from __future__ import annotations

from functools import cache

from reglament.policy import Policy, load_policy


@cache
def shipped(name: str) -> Policy:
    """A policy of the engine's own, by its name."""
    return load_policy(name)
