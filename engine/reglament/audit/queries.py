"""From a log and what is asked of it to the entries that answer, and to counts over a period."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reglament.audit.canonical import canonical
from reglament.audit.chain import is_readable
from reglament.audit.entry import Entry, stamp
from reglament.audit.log import DecisionLog
from reglament.messages import Message, Words
from reglament.model.normal import nfc
from reglament.model.problems import Refused, refusal

UTC_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; what is not said does not matter.

    `outcomes` name decisions and their outcome as JSON would show it (`undetermined` where
    there is none). `first` and `last` are days of recording, both included, in `zone`.
    """

    outcomes: Mapping[str, str] = field(default_factory=dict)
    rule: str | None = None
    clause: str | None = None
    policy: str | None = None
    first: date | None = None
    last: date | None = None
    zone: str = UTC_ZONE

    def fits(self, entry: Entry) -> bool:
        """Whether the entry is one of those."""
        if not self._in_time(entry):
            return False
        decisions = entry.document["decisions"]
        return (
            all(self._decided(decisions, *pair) for pair in self.outcomes.items())
            and (self.rule is None or _cites(decisions, "rules", self.rule))
            and (self.clause is None or _cites(decisions, "clauses", self.clause))
            and (self.policy is None or str(entry.policy).startswith(self.policy))
        )

    def _decided(self, decisions: Mapping[str, Any], name: str, wanted: str) -> bool:
        return name in decisions and outcome_text(decisions[name]) == wanted

    def _in_time(self, entry: Entry) -> bool:
        since = "" if self.first is None else _start(self.first, self.zone)
        until = "~" if self.last is None else _start(self.last + timedelta(days=1), self.zone)
        return since <= entry.recorded < until


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


def search(log: DecisionLog, wanted: Wanted) -> Iterator[Entry]:
    """The entries that fit, in order; each is read whole, none is checked."""
    for entry in log.entries():
        if _is_decision(entry) and wanted.fits(entry):
            yield entry


def _is_decision(entry: Entry) -> bool:
    """Whether the entry has the shape of a decision; what has another, `verify` tells."""
    if not is_readable(entry) or entry.kind != "decision":
        return False
    try:
        datetime.fromisoformat(entry.recorded)
        document = entry.document
        return all(isinstance(document["policy"][key], str) for key in ("id", "version")) and all(
            isinstance(one["status"], str)
            and all(isinstance(one[key], list) for key in ("rules", "clauses", "readings"))
            for one in document["decisions"].values()
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return False


def counts(log: DecisionLog, wanted: Wanted) -> Counts:
    """What the entries that fit say, counted. A rule counts once for each entry."""
    found = Counts()
    zone = ZoneInfo(wanted.zone)
    for entry in search(log, wanted):
        found.entries += 1
        found.first = min(found.first or entry.recorded, entry.recorded)
        found.last = max(found.last, entry.recorded)
        day = datetime.fromisoformat(entry.recorded).astimezone(zone).date()
        found.days[day.isoformat()] += 1
        found.policies[str(entry.policy)] += 1
        decisions = entry.document["decisions"]
        for name, decision in decisions.items():
            found.outcomes.setdefault(name, Counter())[outcome_text(decision)] += 1
        for key, counter in (
            ("rules", found.rules),
            ("clauses", found.clauses),
            ("readings", found.readings),
        ):
            counter.update({one for decision in decisions.values() for one in decision[key]})
    return found


@dataclass(slots=True)
class Answers:
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


def outcome_text(decision: Mapping[str, Any]) -> str:
    """A recorded outcome as text to search by: a word as it is, anything else as JSON."""
    if decision["status"] != "determined":
        return str(decision["status"])
    if "outcome" not in decision:
        return "kept apart"
    outcome = decision["outcome"]
    return outcome if isinstance(outcome, str) else canonical(outcome).decode()


def wanted_outcome(told: str) -> tuple[str, str]:
    """`answer=refuse` as its two parts. Raises Refused."""
    name, equals, value = told.partition("=")
    if name and equals:
        return name, nfc(value)
    message = Message("not-decision-outcome", told=told)
    raise _wrong(message)


def _wrong(message: Words) -> Refused:
    return refusal("wrong-search", message, Message("say-answer-refuse"))


def _start(day: date, zone: str) -> str:
    return stamp(datetime.combine(day, time(), ZoneInfo(zone)))


def _cites(decisions: Mapping[str, Any], key: str, wanted: str) -> bool:
    return any(wanted in decision[key] for decision in decisions.values())
