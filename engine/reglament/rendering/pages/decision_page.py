"""From a decided request to what a page and a terminal show of it: the answer first, then why.

`decision.html` and `decision.txt` show the same view. What a log holds beside the decision
(`Entry`) comes first and last there; without it, it is the decision of a request just made.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from markupsafe import Markup

from reglament.frozen import frozen
from reglament.messages import Language, Message, Words
from reglament.model.calendar import WorkingHours
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import Document, Note, Outcome, RuleStatus, RuleTrace, Status
from reglament.model.regulation import Version
from reglament.model.visitor import hours_of
from reglament.model.words import Text
from reglament.rendering.answers.relevance import matters, told_along
from reglament.rendering.documents.decision_document import document as plain_document
from reglament.rendering.pages.filled_templates import render
from reglament.rendering.pictures.log_pictures import days_picture
from reglament.rendering.plain.plain_values import plain
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import (
    KEPT_APART,
    fact_words,
    label,
    named,
    outcome_label,
    undecided,
    value_words,
    zoned_moment,
)
from reglament.rendering.words.sentences import because, fill, overridden, reason, rules_of
from reglament.rendering.words.terms_in_words import term_words
from reglament.rendering.words.tests_in_words import Wording

_STATUS = {
    RuleStatus.APPLIED: Message("applied"),
    RuleStatus.OVERRIDDEN: Message("overridden"),
    RuleStatus.OPEN: Message("open-want-facts"),
    RuleStatus.NOT_APPLIED: Message("did-not-apply"),
}
BELOW = " / "  # between the parts of a place, the section first
_MARKS = {True: "✓", False: "✗", None: "?"}


@frozen
class LogEntry:
    """What a log says of a decision beside it: where it stands, and what proves it."""

    sequence: int
    recorded: str
    proof: Sequence[tuple[Words, str]]
    subject: str | None = None
    wrong: Sequence[Words] = ()


@frozen(slots=False)
class ShownDecision:
    """A decision to be shown: as it stands in `document` (plain values), and why.

    `made` is the same with every reason; None where facts were erased. `request` has the facts
    as recorded. `differing` names the decisions that do not come out as they stand.
    """

    version: Version
    document: Mapping[str, Any]
    made: Document | None
    request: Mapping[str, Any]
    notes: Sequence[Note] = ()
    differing: frozenset[str] = frozenset()
    entry: LogEntry | None = None


def shown_now(version: Version, made: Document) -> ShownDecision:
    """A decision just made, which no log holds."""
    return ShownDecision(
        version=version,
        document=plain_document(version, made),
        made=made,
        request={name: plain(value) for name, value in made.facts.items()},
        notes=made.notes,
    )


def decision_html(shown: ShownDecision, language: Language, **around: Any) -> str:
    """The decision as a page of HTML that stands alone, or in what a service has `around` it."""
    return render("decision.html", language, **_View(shown, language).whole(), **around)


def decision_text(shown: ShownDecision, language: Language, *, is_whole: bool = False) -> str:
    """The decision as text; with `is_whole`, every rule of every decision."""
    view = _View(shown, language).whole()
    return render("decision.txt", language, is_whole=is_whole, **view).rstrip("\n")


def working_time(
    version: Version, made: Document, language: Language
) -> Iterator[dict[str, str | Markup]]:
    """The decisions that matter and count working time: each with its value and its picture."""
    shown = shown_now(version, made)
    view = _View(shown, language)
    told = matters(version, shown.document, shown.request)
    for name, outcome in made.decisions.items():
        picture = view._picture(version.decisions[name], outcome)
        if picture is not None and name in told and outcome.is_determined:
            named = lang.capital(label(version, name, language))
            value = value_words(version, name, outcome.outcome, language)
            yield {"label": named, "value": value, "picture": picture}


@frozen(slots=False)
class _View:
    shown: ShownDecision
    language: Language

    def whole(self) -> dict[str, Any]:
        """Whatever the templates show."""
        decisions = list(self._decisions())
        by_name = {decision["name"]: decision for decision in decisions}
        answer = by_name.get(self._answer)
        along = told_along(self.version, self.shown.document, self.shown.request)
        return {
            "title": self._to(self.version.title),
            "version": self.version.version,
            "moment": self._moment,
            "entry": self.shown.entry,
            "wrong": [self._to(one) for one in self.shown.entry.wrong] if self.shown.entry else [],
            "answer": answer,
            "along": [by_name[name] for name in along if name in by_name],
            "notes": list(self._notes()),
            "facts": list(self._facts()),
            "as_recorded": list(self._as_recorded()),
            "decisions": decisions,
            "clauses": self._clauses(),
            "readings": list(self._readings()),
            "proof": [
                (self._to(words), value)
                for words, value in (self.shown.entry.proof if self.shown.entry else ())
            ],
        }

    @property
    def version(self) -> Version:
        return self.shown.version

    @property
    def made(self) -> Document | None:
        return self.shown.made

    @cached_property
    def wording(self) -> Wording:
        """Rules in words, with the values met."""
        return Wording(self.version, self.language, self.made, is_coded=False)

    @property
    def _answer(self) -> str | None:
        explain = self.version.explain
        return explain.answer if explain is not None else None

    @property
    def _moment(self) -> str:
        as_of = datetime.fromisoformat(self.shown.document["as_of"])
        return zoned_moment(self.version, as_of, self.language)

    def _notes(self) -> Iterator[str]:
        if self.made is None:
            yield self._to(Message("facts-erased-request-only"))
        for note in self.shown.notes:
            said = self._to(note.message)
            if note.fact is not None:
                named = lang.quoted(label(self.version, note.fact, self.language), self.language)
                said = said.replace(f"`{note.fact}`", named)
            yield said.replace("`", "")

    def _facts(self) -> Iterator[dict[str, str]]:
        request = self.shown.request
        for name in [fact for fact in self.version.facts if fact in request]:
            told = request[name]
            if self.made is not None:
                value = fact_words(self.version, name, self.made.facts[name], self.language)
            elif isinstance(told, Mapping):
                value = self._to(KEPT_APART)
            else:
                value = outcome_label(self.version, name, told, self.language)
            yield {"label": lang.capital(label(self.version, name, self.language)), "value": value}

    def _as_recorded(self) -> Iterator[tuple[str, str]]:
        for name, told in self.shown.request.items():
            yield name, _as_json(told["committed"] if isinstance(told, Mapping) else told)
        for name, told in self._standing():
            if told["status"] == Status.DETERMINED and "outcome" in told:
                yield name, _as_json(told["outcome"])
            else:
                yield name, told["status"]

    def _standing(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The decisions as they stand, in the order of the policy."""
        decisions = self.shown.document["decisions"]
        for name in self.version.decisions:
            if name in decisions:
                yield name, decisions[name]

    def _decisions(self) -> Iterator[dict[str, Any]]:
        told = matters(self.version, self.shown.document, self.shown.request)
        for name, stands in self._standing():
            decision = self.version.decisions[name]
            view = {
                "name": name,
                "label": lang.capital(label(self.version, name, self.language)),
                "outcome": self._outcome(name, stands),
                "possible": self._possible(name, stands),
                "matters": name in told,
                "needs": [label(self.version, one, self.language) for one in stands["needs"]],
                "clauses": self._cited(stands["clauses"], stands.get("open_clauses", ())),
                "because": None,
                "groups": [],
                "picture": None,
            }
            if self.made is not None:
                view |= self._explained(decision, self.made)
            yield view

    def _outcome(self, name: str, stands: Mapping[str, Any]) -> str:
        if stands["status"] != Status.DETERMINED:
            return self._to(undecided(stands["status"]))
        if self.made is not None and name not in self.shown.differing:
            outcome = self.made.decisions[name].outcome
            return value_words(self.version, name, outcome, self.language)
        if "outcome" not in stands:
            return self._to(KEPT_APART)
        return outcome_label(self.version, name, stands["outcome"], self.language)

    def _possible(self, name: str, stands: Mapping[str, Any]) -> list[str]:
        if stands["status"] != Status.UNDETERMINED:
            return []
        possible = stands.get("possible") or ()
        return [outcome_label(self.version, name, one, self.language) for one in possible]

    def _explained(self, decision: Decision, made: Document) -> dict[str, Any]:
        outcome = made.decisions[decision.name]
        why = because(self.version, made, outcome)
        return {
            "because": None if why is None else self._to(why),
            "groups": list(self._groups(decision, outcome)),
            "picture": self._picture(decision, outcome),
        }

    def _groups(self, decision: Decision, outcome: Outcome) -> Iterator[dict[str, Any]]:
        for number, document in enumerate(outcome.each, 1):
            yield from self._of_item(decision, number, document)
        for status, words in _STATUS.items():
            traces = [trace for trace in outcome.trace if trace.status is status]
            if traces:
                yield {
                    "status": str(status),
                    "is_open": status is not RuleStatus.NOT_APPLIED,
                    "title": self._to(words),
                    "rules": [self._rule(decision, outcome, trace) for trace in traces],
                }

    def _of_item(
        self, decision: Decision, number: int, document: Document
    ) -> Iterator[dict[str, Any]]:
        """The rules of a decision that is made for each item of a list, for the item `one`."""
        items = self.version.lists[decision.for_each or ""]
        view = _View(replace(self.shown, version=items.item, made=document), self.language)
        of_one = items.item.decisions[decision.name]
        for group in view._groups(of_one, document.decisions[decision.name]):
            title = Message("item-said", item=items.label, number=number, said=group["title"])
            yield {**group, "title": lang.capital(self._to(title)), "item": number}

    def _rule(self, decision: Decision, outcome: Outcome, trace: RuleTrace) -> dict[str, Any]:
        rule = rules_of(decision)[trace.rule]
        tests = []
        for seen in trace.tests:
            words, meets = self.wording.required(seen, rule.when)
            tests.append({"mark": _MARKS[meets], "words": f"{words}; {self.wording.seen(seen)}"})
        return {
            "id": trace.rule,
            "by": overridden(outcome, trace, self.language),
            "says": self._says(decision, rule, trace),
            "then": self._then(decision, rule, trace),
            "tests": tests,
            "clauses": self._cited(trace.clauses, trace.open_clauses),
        }

    def _says(self, decision: Decision, rule: Rule, trace: RuleTrace) -> str:
        message = reason(rule, trace)
        if message is not None and self.made is not None:
            return self._to(fill(message, self.version, self.made))
        if rule is decision.otherwise:
            return lang.capital(Message("otherwise").to(self.language))
        return ""

    def _then(self, decision: Decision, rule: Rule, trace: RuleTrace) -> str:
        """What the rule would decide; nothing of one that did, whose outcome stands above."""
        kind = decision.kind
        if trace.status is RuleStatus.APPLIED or kind.has_requirements or kind.lists_items:
            return ""
        known = named(self.version, decision.name)
        return term_words(rule.then, self.version, self.language, known)

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

    def _cited(self, names: Iterable[str], may: Container[str]) -> list[dict[str, Any]]:
        """The clauses by the section that they stand in, each by its place there.

        `whole` is the clause that is the section itself; `may` is true where it is open of all.
        """
        sections: dict[str, dict[str, Any]] = {}
        for name in names:
            section, place = self._place(name)
            part = sections.setdefault(
                section, {"section": section, "whole": None, "cited": [], "may": True}
            )
            cited = {"id": name, "place": place, "may": name in may}
            part["may"] &= name in may
            if place:
                part["cited"].append(cited)
            else:
                part["whole"] = cited
        return list(sections.values())

    def _place(self, clause: str) -> tuple[str, str]:
        """The section of a clause and its place in it; the whole section has none."""
        known = self.version.clauses.get(clause)
        section, _, place = (clause if known is None else known.locator).partition(BELOW)
        return section, place

    def _clauses(self) -> list[dict[str, Any]]:
        made = [] if self.made is None else list(self.made.decisions.values())
        by_rules = (name for outcome in made for trace in outcome.trace for name in trace.clauses)
        every = dict.fromkeys((*self._names("clauses"), *by_rules))
        names = [name for name in every if name in self.version.clauses]
        cited = self._cited(names, ())
        for one in (one for part in cited for one in (part["whole"], *part["cited"]) if one):
            clause = self.version.clauses[one["id"]]
            one["summary"] = self._to(clause.summary)
            one["fingerprint"] = clause.fingerprint or "-"
        return cited

    def _readings(self) -> Iterator[dict[str, str]]:
        for name in self._names("readings"):
            reading = self.version.readings.get(name)
            if reading is not None:
                chosen = self._to(reading.alternatives[reading.chosen])
                yield {
                    "question": self._to(reading.question),
                    "chosen": lang.sentence(chosen),
                    "because": self._to(reading.because),
                }

    def _names(self, key: str) -> Iterable[str]:
        """What the decisions cite, those that matter first."""
        told = matters(self.version, self.shown.document, self.shown.request)
        standing = sorted(self._standing(), key=lambda one: one[0] not in told)
        return dict.fromkeys(name for _, one in standing for name in one[key])

    def _to(self, words: Words | Text) -> str:
        return words.to(self.language)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
