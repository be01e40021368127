"""From the address of a page to the answers given so far, and back: nothing else keeps them.

A fact is a parameter of its own name. What is no value has a name that no fact can have:
`-unknown=FACT` (nobody knows), `-null=FACT` (told to be null), `-none=FACT` (a list of nothing).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from reglament.frozen import frozen
from reglament.model.regulation import Fact
from reglament.model.values import Kind, Type, Value
from reglament.rendering.documents import plain

UNKNOWN, NULL, NONE = "-unknown", "-null", "-none"
_MARKS = (UNKNOWN, NULL, NONE)
_TRUTH = {"true": True, "false": False}


@frozen
class Answer:
    """One answer as it stands in the address: its texts, or what is said instead (`mark`)."""

    fact: str
    texts: tuple[str, ...] = ()
    mark: str | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters that say it."""
        if self.mark is not None:
            return [(self.mark, self.fact)]
        return [(self.fact, text) for text in self.texts]


@frozen
class AnswersSoFar:
    """The answers in the order in which they were given; of a fact the last one counts."""

    given: tuple[Answer, ...] = ()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of an address that holds them all."""
        return [pair for one in self.given for pair in one.parameters]

    @property
    def not_known(self) -> list[str]:
        """The facts that nobody knows."""
        return [one.fact for one in self.given if one.mark == UNKNOWN]

    def facts(self, known: Mapping[str, Fact]) -> dict[str, Any]:
        """What is told, each value in the spelling of a request in JSON."""
        return {
            one.fact: _value(one, known.get(one.fact)) for one in self.given if one.mark != UNKNOWN
        }

    def without(self, fact: str) -> AnswersSoFar:
        """The same without one fact."""
        return AnswersSoFar(tuple(one for one in self.given if one.fact != fact))

    def and_then(self, answer: Answer) -> AnswersSoFar:
        """The same, and one answer more, which stands instead of an earlier one."""
        return AnswersSoFar((*self.without(answer.fact).given, answer))

    def of(self, fact: str) -> Answer | None:
        """The answer about the fact."""
        return next((one for one in self.given if one.fact == fact), None)


def answers_in(parameters: Sequence[tuple[str, str]]) -> AnswersSoFar:
    """The answers that the parameters of an address say; other names with a `-` say none."""
    found: dict[str, Answer] = {}
    for name, text in parameters:
        if name in _MARKS:
            found.pop(text, None)
            found[text] = Answer(text, mark=name)
        elif not name.startswith("-"):
            before = found.pop(name, None)
            texts = () if before is None else before.texts
            found[name] = Answer(name, (*texts, text))
    return AnswersSoFar(tuple(found.values()))


def answer_of(fact: str, value: Value) -> Answer:
    """The answer that tells the value."""
    if value is None:
        return Answer(fact, mark=NULL)
    if isinstance(value, tuple):
        return Answer(fact, tuple(map(_text, value))) if value else Answer(fact, mark=NONE)
    return Answer(fact, (_text(value),))


def _text(value: Value) -> str:
    told = plain(value)
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)


def _value(answer: Answer, fact: Fact | None) -> Any:
    if answer.mark is not None:
        return None if answer.mark == NULL else []
    if fact is not None and fact.type.kind is Kind.LIST:
        return [_item(text, fact.type.item) for text in answer.texts]
    return _item(answer.texts[-1], None if fact is None else fact.type)


def _item(text: str, type_: Type | None) -> Any:
    """The value that a text is in JSON, where the type has one that is no text."""
    kind = None if type_ is None else type_.kind
    if kind is Kind.BOOLEAN:
        return _TRUTH.get(text, text)
    if kind in (Kind.INTEGER, Kind.RECORD):
        with suppress(ValueError, RecursionError):
            return json.loads(text)
    return text
