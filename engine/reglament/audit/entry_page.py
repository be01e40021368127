"""From an entry of a log to one page in HTML that stands alone: no network, fit to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from markupsafe import Markup

from reglament.audit.entry import Entry
from reglament.audit.faults import AuditFinding, edited, stored_otherwise
from reglament.audit.log import DecisionLog
from reglament.audit.privacy import DOCUMENT, commitments
from reglament.audit.queries import outcome_text
from reglament.audit.reexecution import OtherContent, StoredPolicy, note_of, recorded_form
from reglament.audit.verification import doubts
from reglament.messages import Language, Message, Words
from reglament.model.calendar import WorkingHours
from reglament.model.outcomes import Document, Outcome, RuleStatus, RuleTrace
from reglament.model.problems import refusal
from reglament.model.regulation import Decision, Version
from reglament.model.visitor import hours_of
from reglament.model.words import Text
from reglament.rendering import cldr as lang
from reglament.rendering.labels import label, labels, undecided, value_words
from reglament.rendering.log_pictures import days_picture
from reglament.rendering.pages import render
from reglament.rendering.sentences import because, fill, overridden, reason, rules_of
from reglament.rendering.tests_in_words import Wording

_STATUS = {
    RuleStatus.APPLIED: Message("applied"),
    RuleStatus.OVERRIDDEN: Message("overridden"),
    RuleStatus.OPEN: Message("open-want-facts"),
    RuleStatus.NOT_APPLIED: Message("did-not-apply"),
}
_APART = Message("kept-apart")
_ERASED = Message("facts-erased-request-only")


def page(log: DecisionLog, sequence: int, language: Language) -> str:
    """The entry's decision: outcome, facts, rules, clauses, readings, working time, hashes.

    Outcomes are as recorded. Why it was decided so is made again from the policy stored
    with it, and the page begins with what is wrong with the entry. Raises Refused.
    """
    entry = readable(log.entry(sequence))
    return page_of(log, entry, doubts(log, entry), language)


def page_of(
    log: DecisionLog, entry: Entry, wrong: Iterable[AuditFinding], language: Language
) -> str:
    """The same of an entry that can be read, about which `wrong` was found."""
    if entry.kind != "decision":
        message = Message("entry-not-decision-but", sequence=entry.sequence)
        raise refusal("no-decision", message)
    policy = _policy(log, entry)
    request, document = _opened(log, entry)
    if request is None:
        made = None
    else:
        made = policy.document(policy.facts(request), {**entry.body, "outcome": document})
    said = [finding.message.to(language) for finding in wrong]
    shown = _EntryPage(entry, policy.version, made, language).view()
    return render("decision.html", language, wrong=said, **shown)


def readable(entry: Entry) -> Entry:
    """The entry, if it can be read at all. Raises Refused."""
    try:
        _ = entry.kind, entry.document if entry.kind == "decision" else None
    except (ValueError, KeyError, TypeError, RecursionError):
        found = stored_otherwise(entry.sequence, entry.flaw) if entry.flaw else None
        message = (found or edited(entry.sequence)).message
        raise refusal("edited-entry", message) from None
    return entry


@dataclass(frozen=True)
class _EntryPage:
    entry: Entry
    version: Version
    made: Document | None
    language: Language

    def view(self) -> dict[str, Any]:
        """Whatever the template shows."""
        decisions = list(self._decisions())
        return {
            "title": self._to(self.version.title),
            "entry": self.entry,
            "recorded": self._moment(self.entry.recorded),
            "answer": self._answer(decisions),
            "notes": list(self._notes()),
            "facts": list(self._facts()),
            "decisions": decisions,
            "clauses": list(self._clauses()),
            "readings": list(self._readings()),
            "proof": list(self._proof()),
        }

    @cached_property
    def wording(self) -> Wording:
        """Rules in words, with the values met."""
        return Wording(self.version, self.language, self.made)

    def _notes(self) -> Iterator[str]:
        if self.made is None:
            yield _ERASED.to(self.language)
        for note in self.entry.document["notes"]:
            yield note_of(note).message.to(self.language)

    def _answer(self, decisions: list[dict[str, Any]]) -> dict[str, Any] | None:
        explain = self.version.explain
        wanted = explain.answer if explain is not None else None
        return next((one for one in decisions if one["name"] == wanted), None)

    def _facts(self) -> Iterator[dict[str, str]]:
        for name, told in self.entry.body["request"].items():
            word = outcome_text({"status": "determined", "outcome": told})
            value = word
            if self.made is not None:
                value = value_words(self.version, name, self.made.facts[name], self.language)
                word = "" if isinstance(told, Mapping) else word
            elif isinstance(told, Mapping):
                value, word = _APART.to(self.language), told["committed"]
            yield {
                "name": name,
                "label": label(self.version, name, self.language),
                "value": value,
                "word": "" if word == value else word,
            }

    def _decisions(self) -> Iterator[dict[str, Any]]:
        for name, recorded in self.entry.document["decisions"].items():
            shown = {
                "name": name,
                "label": _capital(label(self.version, name, self.language)),
                "outcome": self._recorded(name, recorded),
                "needs": labels(self.version, recorded["needs"], self.language),
                "clauses": self._listed(recorded["clauses"]),
                "readings": self._listed(recorded["readings"]),
            }
            if self.made is not None:
                shown |= self._explained(self.version.decisions[name], self.made)
            yield shown

    def _recorded(self, name: str, recorded: Mapping[str, Any]) -> str:
        if recorded["status"] != "determined":
            return undecided(recorded["status"]).to(self.language)
        if self._is_as_made(name, recorded):
            outcome = self.made.decisions[name].outcome if self.made else None
            return value_words(self.version, name, outcome, self.language)
        return outcome_text(recorded) if "outcome" in recorded else _APART.to(self.language)

    def _is_as_made(self, name: str, recorded: Mapping[str, Any]) -> bool:
        """Whether the outcome comes out as recorded; what was kept apart is in no entry."""
        made = None if self.made is None else self.made.decisions[name]
        if made is None or not made.is_determined:
            return False
        again = recorded_form(self.version.decisions[name], made.outcome)
        return bool(recorded.get("outcome", again) == again)

    def _explained(self, decision: Decision, made: Document) -> dict[str, Any]:
        outcome = made.decisions[decision.name]
        why = because(self.version, made, outcome)
        return {
            "because": None if why is None else self._to(why),
            "groups": list(self._groups(decision, outcome)),
            "picture": self._picture(decision, outcome),
        }

    def _groups(self, decision: Decision, outcome: Outcome) -> Iterator[dict[str, Any]]:
        for status, words in _STATUS.items():
            traces = [trace for trace in outcome.trace if trace.status is status]
            if traces:
                yield {
                    "status": str(status),
                    "is_open": status is not RuleStatus.NOT_APPLIED,
                    "title": words.to(self.language),
                    "rules": [self._rule(decision, outcome, trace) for trace in traces],
                }

    def _rule(self, decision: Decision, outcome: Outcome, trace: RuleTrace) -> dict[str, Any]:
        rule = rules_of(decision)[trace.rule]
        tests = []
        for seen in trace.tests:
            words, meets = self.wording.required(seen, rule.when)
            mark = {True: "✓", False: "✗", None: "?"}[meets]
            tests.append(f"{mark} {words}; {self.wording.seen(seen)}")
        return {
            "id": trace.rule,
            "by": overridden(outcome, trace, self.language),
            "because": self._filled(reason(rule, trace)),
            "tests": tests,
        }

    def _filled(self, message: Text | None) -> str | None:
        if message is None or self.made is None:
            return None
        return self._to(fill(message, self.version, self.made))

    def _picture(self, decision: Decision, outcome: Outcome) -> Markup | None:
        hours = self._hours(decision)
        if hours is None or not outcome.ledger:
            return None
        # Its words are escaped where it is drawn.
        return Markup(days_picture(outcome.ledger, hours, self.language))

    def _hours(self, decision: Decision) -> WorkingHours | None:
        for rule in decision.every_rule():
            for name in hours_of(rule.then):
                return self.version.hours[name]
        return None

    def _clauses(self) -> Iterator[dict[str, str]]:
        decisions = self.entry.document["decisions"].values()
        sure = {
            name
            for decision in decisions
            for name in decision["clauses"]
            if name not in decision.get("open_clauses", ())
        }
        for name in self._cited("clauses"):
            clause = self.version.clauses.get(name)
            if clause is not None:
                may_apply = self._say("may-apply")
                yield {
                    "id": name if name in sure else f"{name} ({may_apply})",
                    "locator": clause.locator,
                    "summary": self._to(clause.summary),
                    "fingerprint": clause.fingerprint,
                }

    def _readings(self) -> Iterator[dict[str, str]]:
        for name in self._cited("readings"):
            reading = self.version.readings.get(name)
            if reading is not None:
                yield {
                    "question": self._to(reading.question),
                    "chosen": lang.sentence(
                        self._to(reading.alternatives[reading.chosen])
                    ).removesuffix("."),
                    "because": self._to(reading.because),
                }

    def _cited(self, key: str) -> dict[str, None]:
        decisions = self.entry.document["decisions"].values()
        return dict.fromkeys(name for decision in decisions for name in decision[key])

    def _proof(self) -> Iterator[tuple[str, str]]:
        body = self.entry.body
        yield self._say("entry"), str(self.entry.sequence)
        yield self._say("recorded"), self.entry.time
        yield self._say("as-of-page"), str(body["as_of"])
        if body["known_at"]:
            yield self._say("known"), str(body["known_at"])
        yield self._say("version-page"), f"{self.version.policy} {self.version.version}"
        yield self._say("digest-policy"), self.version.digest
        yield self._say("engine-language"), f"{body['engine']}, {body['language']}"
        yield self._say("hash-entry-before"), str(body["previous"])
        yield self._say("hash-entry"), self.entry.hash

    def _listed(self, names: list[str]) -> str:
        return ", ".join(names)

    def _moment(self, stamp: str) -> str:
        moment = datetime.fromisoformat(stamp).replace(microsecond=0)
        return lang.full_moment(moment, self.language, self.version.zone)

    def _to(self, words: Words) -> str:
        return words.to(self.language)

    def _say(self, code: str) -> str:
        return Message(code).to(self.language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _policy(log: DecisionLog, entry: Entry) -> StoredPolicy:
    content = log.policy(str(entry.policy))
    try:
        if content is not None:
            return StoredPolicy(str(entry.policy), content)
    except OtherContent:
        pass  # swapped: shown as little as one that is missing
    message = Message("log-lacks-policy-swapped", policy=entry.policy)
    raise refusal("missing-policy", message)


def _opened(log: DecisionLog, entry: Entry) -> tuple[dict[str, Any] | None, Mapping[str, Any]]:
    """The request and the document, whole; None for a request of which something was erased."""
    body = entry.body
    wanted = {name for name, _ in commitments(body)}
    kept = {secret.name: secret.value for secret in log.secrets(entry.sequence)} if wanted else {}
    if not wanted <= set(kept):
        return None, body["outcome"]
    opened = {name: kept[name] for name in wanted if name != DOCUMENT}
    return {**body["request"], **opened}, kept.get(DOCUMENT, body["outcome"])
