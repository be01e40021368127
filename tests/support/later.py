"""A module that is imported when something of it is first asked for.

Every worker collects every test and runs a part of them: what is costly to import and serves one
file of tests is imported by the worker that runs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for the module of that name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # pytest asks each name of a module whether it is a fixture
            raise AttributeError(name)
        return getattr(import_module(self._name), name)
