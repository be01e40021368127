"""From a log and what is asked of it to the entries that answer, and to counts over a period."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from heapq import nsmallest
from time import monotonic
from typing import Any

from reglament.audit.chain import is_readable, is_run
from reglament.audit.entry import Entry
from reglament.audit.entry_filters import Wanted, day_in, moment_by, outcome_text
from reglament.audit.known_names import FactsWanted
from reglament.audit.log import DecisionLog

SPAN = 200  # entries looked through before the clock is looked at
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")


@dataclass(slots=True)
class Counts:
    """How often what was decided: by decision, then by outcome, rule, clause and reading."""

    entries: int = 0
    first: str = ""
    last: str = ""
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    clauses: Counter[str] = field(default_factory=Counter)
    readings: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    policies: Counter[str] = field(default_factory=Counter)
    # By decision, how many seconds after the moment of the request the moment decided lies.
    waits: dict[str, Counter[int]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain values."""
        counters = ("rules", "clauses", "readings", "days", "policies")
        return {
            "entries": self.entries,
            "first": self.first,
            "last": self.last,
            "outcomes": {name: dict(counter) for name, counter in self.outcomes.items()},
            **{name: dict(getattr(self, name)) for name in counters},
        }


def search(
    log: DecisionLog, wanted: Wanted, first: int = 1, last: int | None = None
) -> Iterator[Entry]:
    """The entries that fit, in order, among those of these numbers; none is checked."""
    answers, facts = AnsweringDecisions(log), FactsWanted(log, wanted.facts)
    for entry in log.entries(first, last):
        if (
            is_decision(entry)
            and wanted.fits(entry)
            and wanted.fits_statuses(entry.document["decisions"], answers.of(entry))
            and facts.fit(entry)
        ):
            yield entry


def newest(
    log: DecisionLog, wanted: Wanted, before: int | None, most: int, seconds: float
) -> tuple[list[Entry], int | None]:
    """The last entries that fit, the newest first, numbered below `before` if that is told.

    Also the number below which the rest is to be sought: None where there is no rest. It ends
    early, with fewer than `most`, once so many `seconds` have gone by.
    """
    last = log.head().sequence if before is None else before - 1
    until, entries = monotonic() + seconds, list[Entry]()
    while last >= 1:
        first = max(1, last - SPAN + 1)
        for entry in reversed(list(search(log, wanted, first, last))):
            entries.append(entry)
            if len(entries) == most:
                return entries, entry.sequence if entry.sequence > 1 else None
        last = first - 1
        if monotonic() > until:
            break
    return entries, last + 1 if last >= 1 else None


def sampled(entries: Iterable[Entry], size: int, seed: int) -> tuple[list[Entry], int]:
    """Some of the entries, in order, and how many there were to choose from.

    Chosen are those whose SHA-256 of `seed:hash` is smallest, so that anyone can choose the same
    ones again by any tool, a larger sample holds the smaller one, and who writes the log cannot
    tell which entries will be chosen as long as the seed is not known.
    """
    count = 0

    def counted() -> Iterator[Entry]:
        nonlocal count
        for entry in entries:
            count += 1
            yield entry

    chosen = nsmallest(size, counted(), key=lambda entry: _lot(seed, entry))
    return sorted(chosen, key=lambda entry: entry.sequence), count


def _lot(seed: int, entry: Entry) -> tuple[bytes, int]:
    return sha256(f"{seed}:{entry.hash}".encode()).digest(), entry.sequence


def runs(log: DecisionLog, wanted: Wanted) -> Iterator[Entry]:
    """The runs over tables that fit; none where what is asked for is only said of decisions."""
    if not wanted.is_broad:
        return
    for entry in log.entries():
        is_one = is_readable(entry) and entry.kind == "run" and is_run(entry.body.get("run"))
        if is_one and wanted.fits_run(entry):
            yield entry


def is_decision(entry: Entry) -> bool:
    """Whether the entry has the shape of a decision; what has another, `verify` tells."""
    if not is_readable(entry) or entry.kind != "decision":
        return False
    try:
        moments = [moment_by(entry, by).tzinfo for by in ("recorded", "request")]
        document = entry.document
        texts = [document["policy"][key] for key in ("id", "version")]
        if None in moments or not all(isinstance(text, str) for text in texts):
            return False
        return isinstance(entry.body["request"], dict) and all(
            isinstance(one["status"], str)
            and all(isinstance(one[key], list) for key in ("rules", "clauses", "readings"))
            for one in document["decisions"].values()
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return False


def counts(log: DecisionLog, wanted: Wanted) -> Counts:
    """What the entries that fit say, counted. A rule counts once for each entry."""
    found = Counts()
    for entry in search(log, wanted):
        _count(found, entry, wanted)
    return found


def counts_by_policy(log: DecisionLog, wanted: Wanted) -> dict[str, Counts]:
    """The same of each policy by itself, by its id; the one that decided most stands first."""
    found: dict[str, Counts] = {}
    for entry in search(log, wanted):
        _count(found.setdefault(entry.document["policy"]["id"], Counts()), entry, wanted)
    return dict(sorted(found.items(), key=lambda one: -one[1].entries))


def _count(found: Counts, entry: Entry, wanted: Wanted) -> None:
    found.entries += 1
    found.first = min(found.first or entry.recorded, entry.recorded)
    found.last = max(found.last, entry.recorded)
    day = day_in(moment_by(entry, wanted.by), wanted.zone)
    found.days[day.isoformat()] += 1
    found.policies[str(entry.policy)] += 1
    decisions = entry.document["decisions"]
    for name, decision in decisions.items():
        found.outcomes.setdefault(name, Counter())[outcome_text(decision)] += 1
        wait = _wait(entry, decision.get("outcome"))
        if wait is not None:
            found.waits.setdefault(name, Counter())[wait] += 1
    for key, counter in (
        ("rules", found.rules),
        ("clauses", found.clauses),
        ("readings", found.readings),
    ):
        counter.update({one for decision in decisions.values() for one in decision[key]})


def _wait(entry: Entry, outcome: object) -> int | None:
    """How many seconds after the moment of the request an outcome lies; None for no moment."""
    if not isinstance(outcome, str) or not _MOMENT.match(outcome):
        return None
    try:
        span = datetime.fromisoformat(outcome) - moment_by(entry, "request")
    except (ValueError, TypeError):
        return None  # it looks like one
    return int(span.total_seconds())


@dataclass(slots=True)
class AnsweringDecisions:
    """Which decision answers the requester, by each policy that a log holds."""

    log: DecisionLog
    _by_digest: dict[str, str | None] = field(default_factory=dict)

    def of(self, entry: Entry) -> dict[str, Mapping[str, Any]]:
        """The answer recorded; every decision where the policy does not say which one it is."""
        decisions: dict[str, Mapping[str, Any]] = entry.document["decisions"]
        if entry.policy is None:
            return decisions
        if entry.policy not in self._by_digest:
            self._by_digest[entry.policy] = self._named(entry.policy)
        name = self._by_digest[entry.policy]
        return decisions if name is None or name not in decisions else {name: decisions[name]}

    def _named(self, digest: str) -> str | None:
        try:
            told = json.loads(self.log.policy(digest) or "{}")["explain"]["answer"]
        except (ValueError, LookupError, TypeError, RecursionError):
            return None  # it does not say, or was tampered with, which `verify` tells
        return told if isinstance(told, str) else None
