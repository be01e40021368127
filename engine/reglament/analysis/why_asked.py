"""From a question of an interview to why it is asked: what hangs on it, what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.interview import Question
from reglament.messages import Language, Message
from reglament.model.regulation import Version
from reglament.rendering.words.labels import label, value_words

_POSSIBLE = Message("still-possible")


def why_lines(version: Version, question: Question, language: Language) -> Iterator[str]:
    """The decisions that hang on the answer, and the answers that settle one of them."""
    for one in question.open:
        name = label(version, one.decision, language)
        listed = [value_words(version, one.decision, v, language) for v in one.possible or ()]
        possible = f" ({_POSSIBLE.to(language)}: {', '.join(listed)})" if listed else ""
        yield Message("answer-hangs", decision=name + possible).to(language)
    for found in question.settles:
        answer = value_words(version, question.fact, found.value, language)
        outcome = value_words(version, found.decision, found.outcome, language)
        name = label(version, found.decision, language)
        yield Message("answer-settles", answer=answer, outcome=f"{name}: {outcome}").to(language)
