"""From a log and a candidate version to the recorded decisions that it would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from reglament.audit.chain import is_readable
from reglament.audit.entry import Entry
from reglament.audit.entry_filters import outcome_text
from reglament.audit.log import DecisionLog
from reglament.audit.privacy import DOCUMENT, commitments
from reglament.audit.reexecution import recorded_form
from reglament.evaluation import Evaluator
from reglament.frozen import frozen
from reglament.language.requests.request_reader import facts_from
from reglament.model.decisions import Decision
from reglament.model.outcomes import Outcome
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.values import Kind


@frozen
class ReplayedChange:
    """One decision of one entry that comes out otherwise, with the rules behind either outcome."""

    sequence: int
    decision: str
    before: str
    after: str
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]


@frozen
class RuleChange:
    """What changes by other rules, or by the same ones: each change with its entries."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    changes: dict[tuple[str, str, str], list[int]]

    @property
    def entries(self) -> list[int]:
        """The entries in which anything changes, in order."""
        return sorted({entry for entries in self.changes.values() for entry in entries})

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "rules_before": list(self.before),
            "rules_after": list(self.after),
            "entries": self.entries,
            "changes": [
                {"decision": name, "before": before, "after": after, "entries": entries}
                for (name, before, after), entries in self.changes.items()
            ],
        }


@dataclass(slots=True)
class Replayed:
    """What a candidate would change; `skipped` names the entries that it could not decide."""

    entries: int = 0
    decisions: int = 0
    changes: list[ReplayedChange] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)

    def by_rule(self) -> list[RuleChange]:
        """The changes by the rules behind them, those of most entries first."""
        rule_changes: dict[Any, RuleChange] = {}
        for one in self.changes:
            key = one.rules_before, one.rules_after
            group = rule_changes.setdefault(key, RuleChange(*key, {}))
            change = one.decision, one.before, one.after
            group.changes.setdefault(change, []).append(one.sequence)
        for group in rule_changes.values():
            ordered = sorted(group.changes.items(), key=lambda change: -len(change[1]))
            group.changes.clear()
            group.changes.update(ordered)
        return sorted(rule_changes.values(), key=lambda group: -len(group.entries))


def replay(
    log: DecisionLog, candidate: Version, progress: Callable[[int], None] = lambda _: None
) -> Replayed:
    """Decide every recorded request by `candidate`, as if it had been in force.

    One by one, not as columns: reading an entry and comparing it takes five times as long.
    """
    result, evaluator = Replayed(), Evaluator(candidate)
    for entry in log.entries():
        progress(1)
        if not is_readable(entry) or entry.kind != "decision":
            continue
        result.entries += 1
        try:
            request = request_of(log, entry)
            evaluated = evaluator.evaluate(facts_from(candidate, request))
            changes = list(_changes(entry, evaluated, candidate))
        except (Refused, LookupError, TypeError, AttributeError) as error:
            result.skipped.append(
                (entry.sequence, (str(error).splitlines() or [type(error).__name__])[0])
            )
            continue
        result.decisions += len(entry.document["decisions"])
        result.changes += changes
    return result


def request_of(log: DecisionLog, entry: Entry) -> dict[str, Any]:
    """The facts as told, opened where they are kept apart. Raises KeyError for erased ones."""
    body = entry.body
    wanted = [name for name, _ in commitments(body) if name != DOCUMENT]
    if not wanted:
        return dict(body["request"])
    kept = {secret.name: secret.value for secret in log.secrets(entry.sequence)}
    return {**body["request"], **{name: kept[name] for name in wanted}}


def _changes(
    entry: Entry, evaluated: Mapping[str, Outcome], candidate: Version
) -> Iterator[ReplayedChange]:
    for name, recorded in entry.document["decisions"].items():
        if "outcome" not in recorded:
            continue  # kept apart: its value is in no plain view
        rules = tuple(recorded["rules"])
        if name not in candidate.decisions:
            yield ReplayedChange(entry.sequence, name, _told(recorded), "-", rules, ())
            continue
        decision, outcome = candidate.decisions[name], evaluated[name]
        if _is_same_word(recorded, outcome):
            continue
        before, after = _told(_as_typed(decision, recorded)), _decided(decision, outcome)
        if after != before:
            yield ReplayedChange(entry.sequence, name, before, after, rules, tuple(outcome.rules))


def _is_same_word(recorded: Mapping[str, Any], outcome: Outcome) -> bool:
    """Whether the same word came out, as it mostly does: that is seen without any texts."""
    word = recorded["outcome"]
    return (
        word.__class__ is str
        and recorded["status"] == "determined"
        and outcome.is_determined
        and outcome.outcome.__class__ is str
        and outcome.outcome == word
    )


def _as_typed(decision: Decision, recorded: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was recorded, its numbers with the digits that the candidate gives: 2.5 is 2.50."""
    if decision.type.kind is not Kind.DECIMAL:
        return recorded
    told = {**recorded, "outcome": _number(decision, recorded["outcome"])}
    possible = recorded["possible"]
    if possible is not None:
        told["possible"] = [_number(decision, value) for value in possible]
    return told


def _number(decision: Decision, told: object) -> Any:
    try:
        return recorded_form(decision, Decimal(str(told)))
    except InvalidOperation:
        return told  # a word, or nothing, where the candidate has a number


def _decided(decision: Decision, outcome: Outcome) -> str:
    if outcome.is_determined:
        told = recorded_form(decision, outcome.outcome)
        return outcome_text({"status": "determined", "outcome": told})
    if outcome.refused is not None:
        return outcome_text({"status": "refused"})
    possible = outcome.possible
    return _open(None if possible is None else [recorded_form(decision, v) for v in possible])


def _told(recorded: Mapping[str, Any]) -> str:
    if recorded["status"] != "undetermined":
        return outcome_text(recorded)
    return _open(recorded["possible"])


def _open(possible: list[Any] | None) -> str:
    if possible is None:
        return "undetermined"
    texts = [outcome_text({"status": "determined", "outcome": value}) for value in possible]
    return f"undetermined: {' | '.join(texts)}"
