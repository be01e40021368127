"""From a decided request to what fits a screen: the answer first, then what it rests on.

Decisions that nobody asked about, and those that cannot change the answer, are named alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from reglament.frozen import frozen
from reglament.messages import Language, Message
from reglament.model.letters import Explain
from reglament.model.outcomes import Document, Outcome
from reglament.model.regulation import Version
from reglament.rendering.answers.requester import Speaker, answering
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import (
    CANNOT_DECIDE,
    NOT_DETERMINED,
    label,
    outcome_words,
    value_words,
    zone_words,
)
from reglament.rendering.words.sentences import because

MOST_CLAUSES = 6
ZONE_ASSUMED = "no-offset"
Row = tuple[str, str, str]
"""A decision's name, its outcome and the reason, in words."""


@frozen
class Screen:
    """What a screen says: sentences, rows of decisions, and lines below them."""

    head: Sequence[str]
    rows: Sequence[Row]
    below: Sequence[str]


def first_screen(version: Version, doc: Document, language: Language, *, whole: bool) -> Screen:
    """The answer with what goes along with it, the decisions it rests on, clauses, the version.

    With `whole` each decision has its row and its reason, and every clause is told.
    """
    return _Screen(version, doc, language, whole).made()


def row(version: Version, doc: Document, outcome: Outcome, language: Language) -> Row:
    """The row of one decision, with its reason."""
    reason = because(version, doc, outcome)
    said = "" if reason is None else reason.to(language)
    return (
        label(version, outcome.decision, language),
        _decided(version, doc, outcome, language),
        said,
    )


def below(version: Version, doc: Document, language: Language) -> Iterator[str]:
    """What was noted of the request, and which version decided, as of when, on whose clocks.

    The zone that an unmarked moment was read in stands in the last line, once for all.
    """
    for note in doc.notes:
        if note.code != ZONE_ASSUMED:
            yield note.message.to(language)
    named = f"{version.title.to(language)} ({version.version})"
    if doc.as_of_source == "version":  # of a policy without time
        yield named
        return
    at = lang.full_moment(lang.to_the_minute(doc.as_of), language, version.zone)
    zone = zone_words(version, doc.as_of, language)
    yield Message("decided-by-as-of", regulation=named, moment=at, zone=zone).to(language)


def _decided(version: Version, doc: Document, outcome: Outcome, language: Language) -> str:
    if outcome.is_determined:
        return outcome_words(version, doc, outcome.decision, language)
    if outcome.refused is not None:
        return CANNOT_DECIDE.to(language)
    values = [
        value_words(version, outcome.decision, value, language) for value in outcome.possible or ()
    ]
    listed = f": {' | '.join(values)}" if values else ""
    return f"{NOT_DETERMINED.to(language)}{listed}"


@frozen
class _Screen:
    version: Version
    doc: Document
    language: Language
    whole: bool

    def made(self) -> Screen:
        explain = self.version.explain or Explain(answer=answering(self.version))
        head = list(self._head(explain))
        told = self._told(explain)
        shown = {n: o for n, o in self.doc.decisions.items() if not self._stands_for_a_list(n)}
        others = [outcome for name, outcome in shown.items() if name not in told]
        idle = [] if self.whole else [one for one in others if self._is_idle(one, explain)]
        rows = shown.values() if self.whole else [o for o in others if o not in idle]
        foot = [
            *self._clauses(told),
            *self._left_out(idle, explain),
            *below(self.version, self.doc, self.language),
        ]
        return Screen(head, [self._row(outcome) for outcome in rows], foot)

    def _stands_for_a_list(self, name: str) -> bool:
        return self.version.decisions[name].stands_for is not None

    def _head(self, explain: Explain) -> Iterator[str]:
        speaker = Speaker(self.version, self.doc, self.language, tells_zone=False)
        answer = self.doc.decisions[explain.answer]
        yield " ".join(speaker.answer(answer))
        yield from speaker.along(explain.also, answer)
        yield from speaker.questions(answer)
        yield from speaker.beside(explain)
        if (advice := self._advice(explain)) is not None:
            yield from speaker.advice(advice)

    def _told(self, explain: Explain) -> dict[str, Outcome]:
        """The decisions that the head tells."""
        speaker = Speaker(self.version, self.doc, self.language)
        matters = {explain.answer: explain.also, **dict(speaker.mentioned(explain))}
        outcomes = {name: self.doc.decisions[name] for name in matters}
        for name, also in matters.items():
            for one in also.get(str(outcomes[name].outcome), ()):
                outcomes[one] = self.doc.decisions[one]
        advice = self._advice(explain)
        return outcomes if advice is None else outcomes | {advice.decision: advice}

    def _advice(self, explain: Explain) -> Outcome | None:
        return self.doc.decisions.get(explain.advice or "")

    def _is_idle(self, outcome: Outcome, explain: Explain) -> bool:
        """Whether it is open, and the answer does not wait for it or nobody mentioned it."""
        if outcome.is_determined or outcome.refused is not None:
            return False
        return (
            self._is_unasked(outcome, explain) or self.doc.decisions[explain.answer].is_determined
        )

    def _is_unasked(self, outcome: Outcome, explain: Explain) -> bool:
        """Whether it reads facts that the answer does not, and none of them was told."""
        own = self.version.facts_behind(outcome.decision) - self.version.facts_behind(
            explain.answer
        )
        return bool(own) and not own & self.doc.facts.keys()

    def _left_out(self, idle: Sequence[Outcome], explain: Explain) -> Iterator[str]:
        unasked = [outcome for outcome in idle if self._is_unasked(outcome, explain)]
        rest = [outcome for outcome in idle if outcome not in unasked]
        for code, some in (("does-not-matter-here", rest), ("not-asked-about", unasked)):
            if some:
                names = ", ".join(label(self.version, o.decision, self.language) for o in some)
                yield Message(code, names=names).to(self.language)

    def _clauses(self, told: dict[str, Outcome]) -> Iterator[str]:
        """Where the clauses stand that the head rests on, and what they say."""
        cited = dict.fromkeys(name for outcome in told.values() for name in outcome.clauses)
        known = [self.version.clauses[name] for name in cited if name in self.version.clauses]
        most = len(known) if self.whole else MOST_CLAUSES
        if known:
            yield Message("by-clauses").to(self.language)
        for clause in islice(known, most):
            yield f"  {clause.locator}: {clause.summary.to(self.language)}"
        if len(known) > most:
            yield Message("more-clauses", more=len(known) - most).to(self.language)

    def _row(self, outcome: Outcome) -> Row:
        name, decided, reason = row(self.version, self.doc, outcome, self.language)
        return name, decided, reason if self.whole or not outcome.is_determined else ""
