"""From what is asked of a log to which of its entries fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from reglament.audit.canonical import canonical
from reglament.audit.entry import Entry
from reglament.frozen import frozen
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.normal import nfc
from reglament.model.outcomes import Status
from reglament.model.problems import refusal

UTC_ZONE = "UTC"
KEPT_APART = "kept apart"
ANSWER = ""  # in `statuses`: whatever decision answers the requester

By: TypeAlias = Literal["recorded", "request"]


@frozen
class Wanted:
    """Which entries are asked for; what is not said does not matter.

    `outcomes` name decisions and their outcome as JSON would show it (`undetermined` where
    there is none), `statuses` decisions and whether they were determined, `facts` facts and
    what was told of them. `first` and `last` are days, both included, in `zone`: of recording,
    or of the moment of the request (`by`). `policy` is its id, or how the digest of a version
    begins.
    """

    outcomes: Mapping[str, str] = field(default_factory=dict)
    rule: str | None = None
    clause: str | None = None
    policy: str | None = None
    first: date | None = None
    last: date | None = None
    zone: str = UTC_ZONE
    by: By = "recorded"
    reading: str | None = None
    subject: str | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    policies: frozenset[str] | None = None
    """The ids of the policies whose decisions may be seen; None for all."""

    def fits(self, entry: Entry) -> bool:
        """Whether the entry is one of those, as far as its facts and its answer do not matter."""
        if not self._in_time(entry):
            return False
        decisions = entry.document["decisions"]
        cited = {"rules": self.rule, "clauses": self.clause, "readings": self.reading}
        return (
            all(self._decided(decisions, *pair) for pair in self.outcomes.items())
            and all(one is None or _cites(decisions, key, one) for key, one in cited.items())
            and self._of_policy(entry.document["policy"]["id"], [str(entry.policy)])
            and (self.subject is None or entry.body.get("subject") == self.subject)
        )

    @property
    def is_broad(self) -> bool:
        """Whether nothing is asked for that only single decisions have."""
        only = (self.outcomes, self.rule, self.clause, self.reading, self.subject)
        return not any((*only, self.statuses, self.facts)) and self.by == "recorded"

    def fits_run(self, entry: Entry) -> bool:
        """The same of a run over a table: by its time and its policies."""
        policy = entry.body["run"]["policy"]
        return self._in_time(entry) and self._of_policy(
            policy.get("id"), policy["versions"].values()
        )

    def _of_policy(self, name: str | None, digests: Iterable[str]) -> bool:
        """Whether it was decided by the policy asked for, and by one that may be seen."""
        return (self.policies is None or name in self.policies) and (
            self.policy is None
            or self.policy == name
            or any(digest.startswith(self.policy) for digest in digests)
        )

    def fits_statuses(self, decisions: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
        """Whether each decision named has its status; of `answers` (the answer) one has it."""
        return all(
            any(answer["status"] == status for answer in answers.values())
            if name == ANSWER
            else name in decisions and decisions[name]["status"] == status
            for name, status in self.statuses.items()
        )

    def _decided(self, decisions: Mapping[str, Any], name: str, wanted: str) -> bool:
        return name in decisions and same(outcome_text(decisions[name]), wanted)

    def _in_time(self, entry: Entry) -> bool:
        if self.first is None and self.last is None:
            return True
        day = day_in(moment_by(entry, self.by), self.zone)
        return (self.first or date.min) <= day <= (self.last or date.max)


def moment_by(entry: Entry, by: By) -> datetime:
    """When the entry was recorded, or by which moment its request was judged."""
    return datetime.fromisoformat(entry.recorded if by == "recorded" else entry.body["as_of"])


def day_in(moment: datetime, zone: str) -> date:
    """The day of a moment on the clocks of a zone."""
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except OverflowError:  # at either end of the years that there are
        return moment.date()


def outcome_text(decision: Mapping[str, Any]) -> str:
    """A recorded outcome as text to search by: a word as it is, anything else as JSON."""
    if decision["status"] != Status.DETERMINED:
        return str(decision["status"])
    if "outcome" not in decision:
        return KEPT_APART
    return value_text(decision["outcome"])


def value_text(value: object) -> str:
    """A recorded value as text to search by: a word as it is, anything else as JSON."""
    return value if isinstance(value, str) else canonical(value).decode()


def same(recorded: str, wanted: str) -> bool:
    """Whether a recorded text is the one asked for; numbers by what they are worth."""
    return recorded == wanted or _number(recorded) == _number(wanted) is not None


def pair_told(told: str) -> tuple[str, str]:
    """`answer=refuse` as its two parts. Raises Refused."""
    name, equals, value = told.partition("=")
    if name and equals:
        return name, nfc(value)
    raise refusal("wrong-search", Message("not-name-value", told=told), _SAY_SO)


def status_told(told: str) -> tuple[str, str]:
    """`undetermined`, which is asked of the answer, or `tier=undetermined`. Raises Refused."""
    name, equals, status = told.rpartition("=")
    if status in tuple(Status) and bool(name) == bool(equals):
        return name or ANSWER, status
    hint = Message("say-status", known=", ".join(Status))
    raise refusal("wrong-search", Message("expected-status", told=told), hint)


def zone_told(name: str) -> str:
    """The name of a time zone. Raises Refused for one that is none."""
    if name in available_timezones():
        return name
    hint = suggestion(name, available_timezones()) or Message("write-europe-moscow-say")
    raise refusal("unknown-zone", Message("unknown-time-zone", name=name), hint)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if any(map(str.isdigit, text)) else None
    except InvalidOperation:
        return None


def _cites(decisions: Mapping[str, Any], key: str, wanted: str) -> bool:
    return any(wanted in decision[key] for decision in decisions.values())


_SAY_SO = Message("say-answer-refuse")
