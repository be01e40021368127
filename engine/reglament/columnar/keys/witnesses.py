"""What is wrong where rows of one class are not alike."""

from __future__ import annotations

from typing import Any


class WitnessesDiffer(RuntimeError):
    """Two rows of one class are decided differently: a fault of the columns, not of the rows."""

    def __init__(self, records: tuple[Any, Any], requests: tuple[Any, Any]) -> None:
        (one, other), (first, second) = records, requests
        super().__init__(
            f"rows of one class are decided differently:\n{first!r}: {one!r}\n{second!r}: {other!r}"
        )
