"""From a recorded decision and its policy to whether the one follows from the other.

Decisions whose facts are all told are made again by the naive reference, rule by
rule. Where a fact that matters is missing the reference has no answer, and the
exact evaluator decides again; the result says which of the two it was. An answer is
kept for the facts that it can hang on: requests that tell these alike share it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from reglament.audit.canonical import fit
from reglament.evaluation import Evaluated, Evaluator
from reglament.evaluation.reasons.refusals import refusal_of
from reglament.frozen import frozen
from reglament.language.loading.files.digest import digest_of
from reglament.language.loading.version_loader import read_content
from reglament.language.requests.request_reader import facts_from
from reglament.language.syntax.json_text import exact_number
from reglament.memo import keep
from reglament.messages import Message, Words
from reglament.model.decisions import Decision
from reglament.model.outcomes import Document, Note, Outcome, Refusal
from reglament.model.values import Value
from reglament.model.words import Text
from reglament.reference import Answer, View
from reglament.rendering.documents.decision_document import refused as plain_refusal
from reglament.rendering.plain.plain_values import of_type

EXACT = ("status", "outcome", "possible", "needs", "rules", "refused")
NOT_TOLD = object()
MOST_KEPT = 20_000  # answers of one policy version: some 30 MB


class OtherContent(Exception):
    """What is stored under the digest of a policy is something else."""


@frozen
class Expected:
    """What a decision comes to, and who says so."""

    by_reference: bool
    told: Mapping[str, Any]


@dataclass(slots=True)
class Reexecuted:
    """How the decisions of one entry were checked, and those that do not follow."""

    by_reference: int = 0
    by_evaluator: int = 0
    wrong: list[tuple[str, Words]] = field(default_factory=list)


class StoredPolicy:
    """A policy version as a log holds it, ready to decide again.

    Raises OtherContent where it is another, Refused where this engine does not read it.
    """

    def __init__(self, expected: str, content: str) -> None:
        if digest_in(content) != expected:
            raise OtherContent
        self.version = read_content(content, f"policy {expected}")
        if self.version.digest != expected:
            raise OtherContent
        self.evaluator = Evaluator(self.version)
        self.shown = [*self.version.shown_decisions.values()]
        self._behind = {d.name: sorted(self.version.facts_behind(d.name)) for d in self.shown}
        self._kept: dict[tuple[object, ...], Expected] = {}

    def facts(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The recorded request, typed. Raises Refused."""
        return facts_from(self.version, dict(request))

    def document(self, facts: Mapping[str, Any], body: Mapping[str, Any]) -> Document:
        """Everything decided, made again by the evaluator. Raises what evaluation raises."""
        evaluated = self.evaluator.evaluate(facts)
        as_of = datetime.fromisoformat(body["as_of"]).astimezone(ZoneInfo(self.version.zone))
        return Document(
            policy=self.version.policy,
            version=self.version.version,
            digest=self.version.digest,
            as_of=as_of,
            as_of_source=body["as_of_source"],
            facts=facts,
            decisions={name: evaluated[name] for name in self.version.decisions},
            notes=tuple(map(note_of, body["outcome"]["notes"])),
            assumed=evaluated.assumed,
        )

    def expected(self, facts: Mapping[str, Any]) -> Callable[[Decision], Expected]:
        """What each decision comes to for these facts."""
        view, evaluated = View(self.version, facts), cache(lambda: self.evaluator.evaluate(facts))

        def of(decision: Decision) -> Expected:
            told = (facts.get(name, NOT_TOLD) for name in self._behind[decision.name])
            key = (decision.name, *told)
            found = self._kept.get(key)
            if found is None:
                found = _decided(view, evaluated, decision)
                keep(self._kept, key, found, MOST_KEPT)
            return found

        return of


def digest_in(content: str) -> str | None:
    """The digest of the policy in a stored text, by the text alone; None where it holds none."""
    try:
        return digest_of(json.loads(content, parse_float=exact_number))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def note_of(told: Mapping[str, Any]) -> Note:
    """A note as a document recorded it."""
    about = ("fact", "told", "near")
    said = {key: text for key, text in told.items() if key not in ("code", *about)}
    return Note(told.get("code", ""), Text(**said), *map(told.get, about))


def recorded_form(decision: Decision, outcome: Value) -> Any:
    """An outcome of the decision as a document in a log has it: one form for equal values."""
    return fit(of_type(outcome, decision.outcome_type))


def reexecute(
    policy: StoredPolicy, body: Mapping[str, Any], facts: Mapping[str, Any]
) -> Reexecuted:
    """Decide again what the entry records; `facts` are its request, whole and typed."""
    found = Reexecuted()
    recorded = body["outcome"]["decisions"]
    expected = policy.expected(facts)
    for name in sorted(set(recorded) ^ {decision.name for decision in policy.shown}):
        found.wrong.append((name, _NO_SUCH))
    for decision in policy.shown:
        if decision.name in recorded:
            _compare(found, expected(decision), decision, recorded[decision.name])
    return found


def _compare(
    found: Reexecuted, expected: Expected, decision: Decision, recorded: Mapping[str, Any]
) -> None:
    if expected.by_reference:
        found.by_reference += 1
    else:
        found.by_evaluator += 1
    wrong = _differences(expected.told, recorded)
    found.wrong += [(decision.name, words) for words in wrong]


def _decided(view: View, evaluated: Callable[[], Evaluated], decision: Decision) -> Expected:
    if decision.for_each is not None:  # its rules are those of items
        return Expected(False, _by_evaluator(decision, evaluated()[decision.name]))
    try:
        return Expected(True, _by_reference(view, decision))
    except KeyError:  # a fact that matters is missing
        return Expected(False, _by_evaluator(decision, evaluated()[decision.name]))


def _by_reference(view: View, decision: Decision) -> dict[str, Any]:
    answer = view.found(decision)
    if not isinstance(answer, Answer):
        return _refused(refusal_of(answer, view.version, decision.name, view.facts))
    outcome = recorded_form(decision, answer.outcome)
    return {
        "status": "determined",
        "outcome": outcome,
        "possible": [outcome],
        "needs": [],
        "rules": list(answer.rules),
    }


def _refused(refused: Refusal) -> dict[str, Any]:
    """What follows where there is no outcome; in which words it is told may change."""
    return {
        "status": "refused",
        "outcome": None,
        "possible": [],
        "needs": [],
        "rules": list(refused.rules),
        "refused": _told(plain_refusal(refused)),
    }


def _by_evaluator(decision: Decision, outcome: Outcome) -> dict[str, Any]:
    if outcome.refused is not None:
        return _refused(outcome.refused)
    possible = (outcome.outcome,) if outcome.is_determined else outcome.possible
    return {
        "status": str(outcome.status),
        "outcome": recorded_form(decision, outcome.outcome) if outcome.is_determined else None,
        "possible": None if possible is None else [recorded_form(decision, v) for v in possible],
        "needs": list(outcome.needs),
        "rules": list(outcome.rules),
    }


def _differences(expected: Mapping[str, Any], recorded: Mapping[str, Any]) -> Iterator[Words]:
    # What an entry keeps apart is compared as part of the document kept apart.
    found = {key: recorded[key] for key in EXACT if key in recorded}
    if "refused" in found:
        found["refused"] = _told(found["refused"])
    for key, value in found.items():
        if value != expected.get(key):
            yield Message(
                "recorded-follows", key=key, value=repr(value), key2=repr(expected.get(key))
            )


def _told(refused: Mapping[str, Any]) -> dict[str, Any]:
    return {key: refused.get(key) for key in ("code", "fact", "rules", "because_of")}


_NO_SUCH = Message("decision-entry-policy-not")
