"""From a log and the manifest of a run to the entry that records it, or how that differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament.audit.canonical import fit
from reglament.audit.entry_filters import Wanted
from reglament.audit.log import DecisionLog
from reglament.audit.queries import runs
from reglament.messages import Message, Words, ticked


def recorded_as(manifest: Mapping[str, Any], log: DecisionLog) -> int | Words:
    """The number of the entry; where there is none, what the nearest one says otherwise."""
    wanted: dict[str, Any] = fit(manifest)
    nearest = 0, list[str]()
    for entry in runs(log, Wanted()):
        sequence, run = entry.sequence, entry.body["run"]
        names = [name for name in {**wanted, **run} if wanted.get(name) != run.get(name)]
        if not names:
            return sequence
        if not nearest[0] or len(names) <= len(nearest[1]):
            nearest = sequence, names
    sequence, names = nearest
    if len(names) * 2 > len(wanted) or not sequence:  # another run
        return Message("run-not-recorded")
    return Message("run-recorded-otherwise", sequence=str(sequence), names=ticked(names))
