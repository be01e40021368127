"""From a question of an interview to its lines in the terminal, wrapped to its width."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reglament.interfaces.cli.output import is_terminal, say
from reglament.messages import Language, Message, Words
from reglament.model.lists import field_of

if TYPE_CHECKING:
    from reglament.analysis.interview import Question
    from reglament.model.lists import field_of
from reglament.model.regulation import Version

_FORMAT = {
    "date": Message("date"),
    "datetime": Message("date-time-t18"),
    "time": Message("time-t18"),
    "duration": Message("duration-hours"),
    "period": Message("period-months"),
    "list": Message("parted-commas-none"),
}


def tell(text: str = "") -> None:
    """Print text for people, its lines no longer than the terminal is wide."""
    width = shutil.get_terminal_size().columns if is_terminal() else None
    say(text if width is None else wrapped(text, width))


def wrapped(text: str, width: int) -> str:
    """Each line broken between words; what follows stands under its first word."""
    return "\n".join(_broken(line, width) for line in text.splitlines())


def _broken(line: str, width: int) -> str:
    body = line.lstrip(" ")
    number, is_option, _ = body.partition(") ")
    hang = len(line) - len(body) + (len(number) + 2 if is_option and number.isdecimal() else 0)
    return textwrap.fill(
        line,
        max(width, hang + 10),
        subsequent_indent=" " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def question_lines(version: Version, question: Question, language: Language) -> Iterator[str]:
    """The question, the values that it offers by number, and how others are written."""
    from reglament.analysis.typed_answers import NULL_BY_WORD, numbered
    from reglament.rendering.bounds_in_words import bounds_words

    yield question.text.to(language)
    for number, (_, label) in enumerate(numbered(question), 1):
        yield f"  {number}) {label.to(language)}"
    if question.options and question.is_open:
        yield f"  {Message('any-other-word').to(language)}"
    if question.kind in _FORMAT:
        yield f"  {_FORMAT[question.kind].to(language)}"
    fact = field_of(version, question.fact) or version.facts.get(question.fact)
    bounds = None if fact is None else bounds_words(fact.type, language, version.zone)
    if bounds:
        yield f"  {bounds}"
    if question.null_means is not None and question.kind in NULL_BY_WORD:
        yield f"  `-` – {question.null_means.to(language)}"


def how_to_answer() -> Words:
    """What may be typed besides an answer."""
    return Message("answer-with-number-value")
