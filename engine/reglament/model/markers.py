"""Signs that stand where an outcome would."""

from __future__ import annotations


class Marker:
    """A sign, one object each."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


MISSING = Marker("MISSING")  # the facts told do not lead to an outcome by themselves
ERROR = Marker("ERROR")  # they lead into a gap or a conflict
NOT_COMPUTED = Marker("NOT_COMPUTED")  # nobody asked for the outcome yet
