"""From the address of a page to the answers given so far, and back: nothing else keeps them.

A fact is a parameter of its own name, a field of an item one of its path: `order.lines[1].price`.
`order.lines[1]={}` says that there is an item, `order.lines.more=false` that there is no other.
What is no value has a name that no fact can have: `-unknown=FACT` (nobody knows), `-null=FACT`
(told to be null), `-none=FACT` (a list of nothing).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from reglament.frozen import frozen
from reglament.model.lists import MORE, field_of, is_list_of_things
from reglament.model.regulation import Version
from reglament.model.values import Kind, Type, Value
from reglament.rendering.plain.plain_values import plain_text

UNKNOWN, NULL, NONE = "-unknown", "-null", "-none"
_MARKS = (UNKNOWN, NULL, NONE)
_WHETHER, _ITEM = Type(Kind.BOOLEAN), Type(Kind.RECORD)
_NUMBER = re.compile("[1-9][0-9]{0,4}")
_TRUTH = {"true": True, "false": False}


@frozen
class AnswerSoFar:
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

    given: tuple[AnswerSoFar, ...] = ()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of an address that holds them all."""
        return [pair for answer in self.given for pair in answer.parameters]

    @property
    def not_known(self) -> list[str]:
        """The facts that nobody knows."""
        return [answer.fact for answer in self.given if answer.mark == UNKNOWN]

    def facts(self, version: Version) -> dict[str, Any]:
        """What is told, each value in the spelling of a request in JSON."""
        told = (answer for answer in self.given if answer.mark != UNKNOWN)
        return {answer.fact: _value(answer, type_named(version, answer.fact)) for answer in told}

    def without(self, fact: str) -> AnswersSoFar:
        """The same without one fact."""
        return AnswersSoFar(tuple(answer for answer in self.given if answer.fact != fact))

    def without_items(self, items: str, first: int) -> AnswersSoFar:
        """The same without the items of a list from that number on, and what is told of them."""
        before = f"{items}["
        kept = [
            answer
            for answer in self.given
            if not answer.fact.startswith(before) or _number_after(before, answer.fact) < first
        ]
        return AnswersSoFar(tuple(kept))

    def and_then(self, answer: AnswerSoFar) -> AnswersSoFar:
        """The same, and one answer more, which stands instead of an earlier one."""
        return AnswersSoFar((*self.without(answer.fact).given, answer))

    def of(self, fact: str) -> AnswerSoFar | None:
        """The answer about the fact."""
        return next((answer for answer in self.given if answer.fact == fact), None)


def answers_in(parameters: Sequence[tuple[str, str]]) -> AnswersSoFar:
    """The answers that the parameters of an address say; other names with a `-` say none."""
    answers: dict[str, AnswerSoFar] = {}
    for name, text in parameters:
        if name in _MARKS:
            answers.pop(text, None)
            answers[text] = AnswerSoFar(text, mark=name)
        elif not name.startswith("-"):
            before = answers.pop(name, None)
            texts = () if before is None else before.texts
            answers[name] = AnswerSoFar(name, (*texts, text))
    return AnswersSoFar(tuple(answers.values()))


def answer_of(fact: str, value: Value) -> AnswerSoFar:
    """The answer that tells the value."""
    if value is None:
        return AnswerSoFar(fact, mark=NULL)
    if isinstance(value, tuple):
        return (
            AnswerSoFar(fact, tuple(map(plain_text, value)))
            if value
            else AnswerSoFar(fact, mark=NONE)
        )
    return AnswerSoFar(fact, (plain_text(value),))


def type_named(version: Version, name: str) -> Type | None:
    """The type of what may be told by that name: a fact, or a part of a list by its path.

    None where nothing may be.
    """
    fact = version.told_facts.get(name) or field_of(version, name)
    if fact is not None:
        return fact.type
    if is_list_of_things(version, name.removesuffix(f".{MORE}")):
        return _WHETHER
    return _ITEM if item_named(version, name) is not None else None


def item_named(version: Version, name: str) -> tuple[str, int] | None:
    """The list and the number of the item that a path names; None where it names none."""
    items, _, number = name.removesuffix("]").rpartition("[")
    is_item = name.endswith("]") and _NUMBER.fullmatch(number) and is_list_of_things(version, items)
    return (items, _number_after(f"{items}[", name)) if is_item else None


def _number_after(before: str, name: str) -> int:
    """The number with which the name goes on; of one that is no number, that of no item."""
    number = name.removeprefix(before).partition("]")[0]
    return int(number) if _NUMBER.fullmatch(number) else 0


def _value(answer: AnswerSoFar, type_: Type | None) -> Any:
    if answer.mark is not None:
        return None if answer.mark == NULL else []
    if type_ is not None and type_.kind is Kind.LIST:
        return [_item(text, type_.item) for text in answer.texts]
    return _item(answer.texts[-1], type_)


def _item(text: str, type_: Type | None) -> Any:
    """The value that a text is in JSON, where the type has one that is no text."""
    kind = None if type_ is None else type_.kind
    if kind is Kind.BOOLEAN:
        return _TRUTH.get(text, text)
    if kind in (Kind.INTEGER, Kind.RECORD):
        with suppress(ValueError, RecursionError):
            return json.loads(text)
    return text
