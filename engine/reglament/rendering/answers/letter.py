"""From a decided request to a letter to its client: whole sentences, reasons, next steps.

What is said of each decision stands in the policy (`explain: say:`): by the rules behind it and by
its outcome. Where the policy says nothing, the short answer for requesters stands in. A sentence
is said only if its condition is known to hold and each name in it has a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from reglament import reference
from reglament.frozen import frozen
from reglament.messages import Language, Message
from reglament.model.conditions import ALWAYS
from reglament.model.letters import (
    CLAUSES,
    LATEST,
    REQUESTER,
    STARTS,
    UNDETERMINED,
    Explain,
    LetterText,
)
from reglament.model.outcomes import Document, Outcome
from reglament.model.regulation import Version
from reglament.model.words import Text
from reglament.rendering.answers.requester import Speaker, answering
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import field_of, part_of, quoted_labels, value_words
from reglament.rendering.words.sentences import PLACEHOLDER, rules_told


def letter_to_client(version: Version, doc: Document, language: Language) -> str:
    """The letter, its paragraphs parted by an empty line."""
    letter = _Letter(version, doc, language)
    return "\n\n".join(filter(None, letter.paragraphs()))


@frozen(slots=False)
class _Letter:
    version: Version
    doc: Document
    language: Language

    @cached_property
    def explain(self) -> Explain:
        """What the policy says of letters."""
        return self.version.explain or Explain(answering(self.version))

    @cached_property
    def speaker(self) -> Speaker:
        """Who says what the policy has no words for."""
        return Speaker(self.version, self.doc, self.language)

    @cached_property
    def view(self) -> reference.View:
        """By what is told and determined, whether conditions hold."""
        view = reference.View(self.version, self.doc.facts)
        for name, outcome in self.doc.decisions.items():
            if outcome.is_determined:
                view.answers[name] = reference.Answer(outcome.outcome, outcome.rules)
        return view

    def paragraphs(self) -> Iterator[str]:
        """Each paragraph; empty ones are left out."""
        answer = self.doc.decisions[self.explain.answer]
        yield self._framing(self.explain.greeting, answer)
        # What the answer rests on may be told along with it, too: each sentence once.
        said = [*self._answer(answer), *self._along(self.explain.also, answer)]
        yield " ".join(dict.fromkeys(said))
        yield from self._questions(answer)
        yield from self._beside()
        yield " ".join(self._steps())
        yield " ".join([*self.speaker.assumed(), *self._near_words()])
        yield self._framing(self.explain.closing, answer)

    def _framing(self, text: Text | None, answer: Outcome) -> str:
        return "" if text is None else self._filled(text, answer) or ""

    # What is decided

    def _answer(self, answer: Outcome) -> Iterator[str]:
        said = self._said(answer)
        if not said:
            yield from self.speaker.answer(answer)
            if answer.is_determined and (clauses := self._clauses(answer)):
                yield Message("letter-clauses", clauses=clauses).to(self.language)
            return
        yield from said
        for name in dict.fromkeys(self.speaker.rested_on(answer)):
            outcome = self.doc.decisions[name]
            if name in self.explain.say:
                yield from self._said(outcome)
            elif (reason := self.speaker.reason(outcome)) is not None:
                yield reason

    def _along(self, also: Mapping[str, tuple[str, ...]], outcome: Outcome) -> Iterator[str]:
        if not outcome.is_determined:
            names = {name: None for told in also.values() for name in told}
            yield from (one for name in names for one in self._said(self.doc.decisions[name]))
        elif isinstance(outcome.outcome, str):
            for name in also.get(outcome.outcome, ()):
                yield from self._said(self.doc.decisions[name]) or self.speaker.told_along(name)

    def _beside(self) -> Iterator[str]:
        for name, also in self.speaker.mentioned(self.explain):
            outcome = self.doc.decisions[name]
            said = self._said(outcome) or [*self.speaker.answer(outcome)]
            yield " ".join(dict.fromkeys([*said, *self._along(also, outcome)]))
            yield from self._questions(outcome)

    def _questions(self, outcome: Outcome) -> Iterator[str]:
        """What the client can tell, as a list, and what others will find out."""
        if outcome.is_determined:
            return
        others = self.version.facts_of_others(REQUESTER)
        asked = [self.speaker.question(name) for name in outcome.needs if name not in others]
        if asked:
            numbered = (f"{number}. {one}" for number, one in enumerate(asked, 1))
            yield "\n".join([Message("letter-questions").to(self.language), *numbered])
        if found_out := [name for name in outcome.needs if name in others]:
            named = quoted_labels(self.version, found_out, self.language)
            yield Message("letter-found-out", facts=named).to(self.language)

    # What to do next

    def _steps(self) -> Iterator[str]:
        """The steps that are certain, then those of which it is open whether they help."""
        advice = self.doc.decisions.get(self.explain.advice or "")
        if advice is None:
            return
        told: list[str] = []
        for item in advice.items:
            said = self._sentences(advice, (item.rule, item.id))
            told += said or [lang.sentence(self.speaker.step(advice.decision, item))]
            told += self._attached(item.rule)
        for rule in advice.open:
            if said := self._sentences(advice, (rule,), while_open=True):
                told += [*said, *self._attached(rule)]
        if told:
            yield Message("letter-next").to(self.language)
        yield from dict.fromkeys(told)

    def _attached(self, rule: str) -> list[str]:
        names = [name for name in self.version.rule(rule).attaches if name in self.doc.decisions]
        return [said for name in names for said in self._said(self.doc.decisions[name])]

    def _near_words(self) -> Iterator[str]:
        for note in self.doc.notes:
            if note.told is not None and note.near is not None and note.fact is not None:
                near = value_words(self.version, note.fact, note.near, self.language)
                values = (lang.quoted(one, self.language) for one in (lang.shown(note.told), near))
                told, meant = values
                yield Message("letter-near", told=told, near=meant).to(self.language)

    # Sentences

    def _said(self, outcome: Outcome) -> list[str]:
        """What the policy says of the decision as it came out."""
        return self._sentences(outcome, self._keys(outcome))

    def _keys(self, outcome: Outcome) -> Iterable[str]:
        if not outcome.is_determined:
            return (UNDETERMINED,)
        decision = self.version.decisions[outcome.decision]
        open_ = {trace.rule for trace in outcome.trace if not trace.holds}
        if decision.kind.has_requirements:
            open_ = set[str]()
        rules = [one for one in rules_told(decision, outcome) if one not in open_]
        return (*([outcome.outcome] if isinstance(outcome.outcome, str) else ()), *rules)

    def _sentences(
        self, outcome: Outcome, keys: Iterable[str], *, while_open: bool = False
    ) -> list[str]:
        say = self.explain.say.get(outcome.decision, {})
        every = [text for key in keys for text in say.get(key, ())]
        wordings = [text for text in every if text.while_open is while_open]
        texts = (self._filled(one.text, outcome) for one in wordings if self._is_known_to_hold(one))
        return list(dict.fromkeys(text for text in texts if text is not None))

    def _is_known_to_hold(self, wording: LetterText) -> bool:
        if wording.when is ALWAYS:
            return True
        try:
            return self.view.holds(wording.when)
        except (KeyError, reference.InDoubt, *reference.REFUSALS):
            return False

    def _filled(self, text: Text, outcome: Outcome) -> str | None:
        """The sentence with its values; None where one of them is missing."""
        said = text.to(self.language)
        values = {name: self._value(name, outcome) for name in PLACEHOLDER.findall(said)}
        if None in values.values():
            return None
        return PLACEHOLDER.sub(lambda match: values[match[1]] or "", said)

    def _value(self, name: str, outcome: Outcome) -> str | None:
        """What stands for a name in braces; None where it has no value."""
        version, doc = self.version, self.doc
        if name == CLAUSES:
            return self._clauses(outcome) or None
        if name in version.facts:
            return self._words(name, doc.facts.get(name))
        if name in version.decisions:
            return self._words(name, doc.decisions[name].outcome)
        if name in version.parameters:
            return self._words(name, version.parameters[name].values[-1][1])
        above, fields = field_of(version, name)
        found = doc.decisions.get(above)
        return None if found is None else self._words(above, _part(found, fields))

    def _words(self, name: str, value: Any) -> str | None:
        """A value as letters have it; None where there is none."""
        if value is None:
            return None
        if isinstance(value, datetime):
            return lang.letter_moment(value, self.language, self.version.zone)
        if isinstance(value, date):
            return lang.letter_day(value, self.language)
        return value_words(self.version, name, value, self.language)

    def _clauses(self, outcome: Outcome) -> str:
        """The clauses behind the outcome by their sections, in our own words."""
        sections: dict[str, list[str]] = {}
        for name in outcome.clauses:
            if name in outcome.open_clauses:
                continue
            clause = self.version.clauses[name]
            section = clause.locator.partition(" / ")[0]
            about = (clause.topic or clause.summary).to(self.language).rstrip(".")
            sections.setdefault(section, []).append(_uncapped(about))
        told = (
            f"{lang.quoted(section, self.language)}, {'; '.join(dict.fromkeys(topics))}"
            for section, topics in sections.items()
        )
        return "; ".join(told)


def _part(outcome: Outcome, fields: tuple[str, ...]) -> Any:
    """The field of a record, or the latest value possible, or when the time starts to run."""
    if fields == (LATEST,):
        left: list[Any] = [value for value in outcome.possible or () if value is not None]
        return max(left, default=None)
    if fields == (STARTS,):
        return outcome.ledger[0].start if outcome.ledger else None
    return part_of(outcome.outcome, fields)


def _uncapped(text: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
