"""From a decided request to what its requester reads: the answer, why, and what to do next.

Which decision is the answer, which ones are told along with it and which one
advises is said by the policy (`explain:`); nothing of it is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from reglament.frozen import frozen
from reglament.messages import Language, Message
from reglament.model.letters import REQUESTER, Explain
from reglament.model.outcomes import ASSUMED, Document, Item, Outcome
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef
from reglament.model.values import Value
from reglament.model.visitor import decisions_of, facts_of
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import (
    CANNOT_DECIDE,
    NOT_DETERMINED,
    label,
    quoted_labels,
    value_words,
    zone_words,
)
from reglament.rendering.words.sentences import NOT_EXACT, because, refusal_words

MOST_QUESTIONS = 3

_ASK = Message("answer-we-need-know")


def explain_for_requester(version: Version, doc: Document, language: Language) -> str:
    """The answer with its reason, what is told along, the next steps; no ids, no clauses."""
    speaker = Speaker(version, doc, language)
    explain = version.explain or Explain(answer=answering(version))
    answer = doc.decisions[explain.answer]
    lines = [
        " ".join(speaker.answer(answer)),
        *speaker.along(explain.also, answer),
        *speaker.questions(answer),
        *speaker.beside(explain),
    ]
    if explain.advice and explain.advice in doc.decisions:
        lines += speaker.advice(doc.decisions[explain.advice])
        lines += speaker.advice_beside(doc.decisions[explain.advice])
    lines += speaker.near_words()
    lines += speaker.assumed()
    return "\n".join(lines)


def answering(version: Version) -> str:
    """What the other decisions lead to: the last one that people are shown."""
    return [*version.shown_decisions][-1]


@frozen
class Speaker:
    """Says what was decided about one request, in short."""

    version: Version
    doc: Document
    language: Language
    tells_zone: bool = True

    def answer(self, outcome: Outcome) -> Iterator[str]:
        """The outcome and its reasons, or what is still possible."""
        name = self._label(outcome.decision)
        if outcome.refused is not None:
            yield lang.sentence(f"{name}: {CANNOT_DECIDE.to(self.language)}")
            yield lang.sentence(refusal_words(self.version, outcome.refused).to(self.language))
            return
        if not outcome.is_determined:
            yield lang.sentence(
                f"{name}: {NOT_DETERMINED.to(self.language)}{self._possible(outcome)}"
            )
            return
        yield lang.sentence(f"{name}: {self._value(outcome.decision, outcome.outcome)}")
        yield from dict.fromkeys(self._reasons(outcome))

    def beside(self, explain: Explain) -> Iterator[str]:
        """What is decided about the other matters that the request mentions."""
        for name, also in self.mentioned(explain):
            outcome = self.doc.decisions[name]
            yield " ".join([*self.answer(outcome), *self.questions(outcome)])
            yield from self.along(also, outcome)

    def mentioned(self, explain: Explain) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
        """The matters beside the answer of which the request tells a fact of theirs alone."""
        known = self.version.facts_behind(explain.answer) if explain.beside else frozenset()
        for name, also in explain.beside.items():
            if self.doc.facts.keys() & (self.version.facts_behind(name) - known):
                yield name, also

    def along(self, also: Mapping[str, tuple[str, ...]], outcome: Outcome) -> Iterator[str]:
        """The decisions that the policy tells along with this outcome; none while it is open."""
        if outcome.is_determined and isinstance(outcome.outcome, str):
            for name in also.get(outcome.outcome, ()):
                yield from self.told_along(name)

    def told_along(self, name: str) -> Iterator[str]:
        """The decision with what its value is made from; nothing while it is open or null."""
        outcome = self.doc.decisions.get(name)
        if outcome is not None and outcome.refused is not None:
            yield lang.sentence(f"{self._label(name)}: {CANNOT_DECIDE.to(self.language)}")
        if outcome is None or not outcome.is_determined or outcome.outcome in (None, ()):
            return
        aside = "; ".join(self._aside(outcome))
        value = self._value(name, outcome.outcome)
        yield lang.sentence(f"{self._label(name)}: {value}{f' ({aside})' if aside else ''}")

    def near_words(self) -> Iterator[str]:
        """The words told that are near others, which may have been meant."""
        for note in self.doc.notes:
            if note.fact is not None and note.told is not None and note.near is not None:
                told = lang.quoted(lang.shown(note.told), self.language)
                meant = self._value(note.fact, note.near)
                near = lang.quoted(meant, self.language)
                said = Message("told-is-not-near", told=told, near=near).to(self.language)
                yield lang.sentence(f"{self._label(note.fact)}: {said}")

    def assumed(self) -> Iterator[str]:
        """What was assumed of facts that nobody told."""
        for note in self.doc.notes:
            if note.code == ASSUMED:
                yield lang.sentence(note.message.to(self.language))

    def questions(self, answer: Outcome) -> Iterator[str]:
        """What the requester is asked; else what others will find out."""
        if answer.is_determined or not answer.needs:
            return
        others = self.version.facts_of_others(REQUESTER)
        asked = [self.question(name) for name in answer.needs if name not in others]
        if asked:
            yield f"{_ASK.to(self.language)}: {' '.join(asked[:MOST_QUESTIONS])}"
        elif found_out := answer.needs[:MOST_QUESTIONS]:
            named = quoted_labels(self.version, found_out, self.language)
            yield Message("letter-found-out", facts=named).to(self.language)
        if not answer.is_exact:
            yield NOT_EXACT.to(self.language)

    def advice(self, outcome: Outcome) -> Iterator[str]:
        """The next steps that are certain."""
        steps = [self.step(outcome.decision, item) for item in outcome.items]
        if steps:
            yield lang.sentence(f"{Message('next').to(self.language)}: {'; '.join(steps)}")

    def advice_beside(self, outcome: Outcome) -> Iterator[str]:
        """Beside certain steps, those that a matter may call for which nobody mentioned."""
        if not outcome.items:
            return
        for matter, rules in self._open_beside(outcome).items():
            listed = "; ".join(self._value(outcome.decision, rule) for rule in rules)
            message = Message("if-also", matter=self._label(matter), steps=listed)
            yield lang.sentence(message.to(self.language))

    def _open_beside(self, outcome: Outcome) -> dict[str, dict[Value, None]]:
        """By matter beside the answer that nobody mentioned: the steps that it may call for."""
        explain, found = self.version.explain, dict[str, dict[Value, None]]()
        matters = {} if explain is None else explain.beside
        mentioned = dict(self.mentioned(explain)) if explain is not None else {}
        for rule in (self.version.rule(one) for one in outcome.open):
            read = facts_of(rule.when)
            for name in matters.keys() - mentioned.keys():
                if (
                    read
                    and read <= self.version.facts_behind(name)
                    and isinstance(rule.then, Constant)
                ):
                    found.setdefault(name, {})[rule.then.value] = None
        return found

    def _reasons(self, outcome: Outcome) -> Iterator[str]:
        """The reason given for the answer, then those of the decisions that it rests on."""
        for name in (outcome.decision, *self.rested_on(outcome)):
            if (said := self.reason(self.doc.decisions[name])) is not None:
                yield said

    def reason(self, outcome: Outcome) -> str | None:
        """Why it was decided so; None where that is open or nothing is said."""
        said = because(self.version, self.doc, outcome) if outcome.is_determined else None
        return None if said is None else said.to(self.language)

    def rested_on(self, outcome: Outcome) -> Iterator[str]:
        """The decisions by whose tests its rules came to apply."""
        for seen in outcome.tests_behind:
            subject = seen.test.subject
            if isinstance(subject, DecisionRef) and self._is_shown(subject.name):
                yield subject.name

    def _is_shown(self, name: str) -> bool:
        return name in self.doc.decisions and not self.version.decisions[name].is_internal

    def _possible(self, outcome: Outcome) -> str:
        if not outcome.possible:
            return ""
        values = [
            lang.quoted(self._value(outcome.decision, value), self.language)
            for value in outcome.possible
        ]
        listed = lang.listed(values, self.language, lang.OR)
        return f"; {Message('still-possible').to(self.language)}: {listed}"

    def _aside(self, outcome: Outcome) -> Iterator[str]:
        """The counted amounts that a value was made from, and which clocks a moment is on."""
        for name in self._made_from(outcome):
            counted = self.doc.decisions[name]
            has_unit = bool(self.version.decisions[name].unit)
            if has_unit and counted.is_determined and counted.outcome is not None:
                yield self._value(name, counted.outcome)
        if self.tells_zone and isinstance(outcome.outcome, datetime):
            yield zone_words(self.version, outcome.outcome, self.language)

    def _made_from(self, outcome: Outcome) -> list[str]:
        rules = self.version.decisions[outcome.decision].every_rule()
        read = (decisions_of(rule.then) for rule in rules if rule.id in outcome.rules)
        return sorted(name for names in read for name in names if name in self.doc.decisions)

    def step(self, decision: str, item: Item) -> str:
        """A next step with what goes along with it."""
        step = self._value(decision, item.id if item.value is None else item.value)
        attached = [
            f"{label(self.version, name, self.language)}: {self._value(name, value)}"
            for name, value in item.attached.items()
            if value is not None
        ]
        return f"{step} ({'; '.join(attached)})" if attached else step

    def question(self, name: str) -> str:
        """How to ask for the fact."""
        fact = self.version.facts.get(name)
        if fact is None:  # of an item of a list
            return lang.sentence(self._label(name))
        if fact.question is not None:
            return fact.question.to(self.language)
        return lang.sentence(fact.label.to(self.language))

    def _label(self, name: str) -> str:
        return label(self.version, name, self.language)

    def _value(self, name: str, value: Value) -> str:
        if isinstance(value, datetime):
            return lang.full_moment(lang.to_the_minute(value), self.language, self.version.zone)
        if isinstance(value, date):
            return lang.full_day(value, self.language)
        if isinstance(value, Mapping):
            parts = [self._value(name, part) for part in value.values() if part is not None]
            return ", ".join(parts)
        return value_words(self.version, name, value, self.language)
