"""From a log and the manifest of a run to the entry that records it, or how that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reglament.audit.canonical import fit
from reglament.audit.chain import is_readable, is_run
from reglament.audit.log import DecisionLog
from reglament.messages import Message, Words, ticked


def recorded_as(manifest: Mapping[str, Any], log: DecisionLog) -> int | Words:
    """The number of the entry; where there is none, what the nearest one says otherwise."""
    wanted: dict[str, Any] = fit(manifest)
    nearest = 0, list[str]()
    for sequence, run in _runs(log):
        names = [name for name in {**wanted, **run} if wanted.get(name) != run.get(name)]
        if not names:
            return sequence
        if not nearest[0] or len(names) <= len(nearest[1]):
            nearest = sequence, names
    sequence, names = nearest
    if len(names) * 2 > len(wanted) or not sequence:  # another run
        return Message("run-not-recorded")
    return Message("run-recorded-otherwise", sequence=str(sequence), names=ticked(names))


def _runs(log: DecisionLog) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for entry in log.entries():
        if is_readable(entry) and entry.kind == "run" and is_run(entry.body.get("run")):
            yield entry.sequence, entry.body["run"]
