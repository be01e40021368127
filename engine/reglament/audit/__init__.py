"""A decision log that proves itself: kept append-only, chained by hash, checked by re-execution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reglament.audit.log import DecisionLog, open_log, record

__all__ = ["DecisionLog", "open_log", "record"]


def __getattr__(name: str) -> Any:
    """The parts that need the extra `audit`, imported when first asked for. Raises Refused."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from reglament.model.problems import needing

    with needing("audit"):
        from reglament.audit import log
    return getattr(log, name)
