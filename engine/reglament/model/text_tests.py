"""Tests of what a text is like: how it begins and ends, what it holds, and which form it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from reglament.frozen import frozen
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import TestOfTwo
from reglament.model.terms import Term
from reglament.model.text_forms import Form, form_of


@frozen
class TextTest(TestOfTwo):
    """The text `subject` is so by the text `operand`; false where either is null."""

    operand: Term
    own_word: ClassVar[str]

    @property
    def word(self) -> str:
        return self.own_word

    def meaning(self, hours: Mapping[str, WorkingHours]) -> Callable[..., bool]:
        return self.told(self.is_so)

    @staticmethod
    def is_so(text: str, said: str) -> bool:
        """Whether it holds of two texts."""
        raise NotImplementedError

    @staticmethod
    def reader(said: str) -> Reader:
        """What reads a text character by character to tell whether it holds."""
        raise NotImplementedError


@frozen
class StartsWith(TextTest):
    """The text begins with the operand."""

    phrases: ClassVar = ("starts-with", "does-not-start-with")
    own_word: ClassVar = "starts_with"

    @staticmethod
    def is_so(text: str, said: str) -> bool:
        return text.startswith(said)

    @staticmethod
    def reader(said: str) -> Reader:
        return Searched(said, stays=True, restarts=False)


@frozen
class EndsWith(TextTest):
    """The text ends with the operand."""

    phrases: ClassVar = ("ends-with", "does-not-end-with")
    own_word: ClassVar = "ends_with"

    @staticmethod
    def is_so(text: str, said: str) -> bool:
        return text.endswith(said)

    @staticmethod
    def reader(said: str) -> Reader:
        return Searched(said, stays=False, restarts=True)


@frozen
class Contains(TextTest):
    """The operand stands somewhere in the text."""

    phrases: ClassVar = ("contains-text", "does-not-contain-text")
    own_word: ClassVar = "contains"

    @staticmethod
    def is_so(text: str, said: str) -> bool:
        return said in text

    @staticmethod
    def reader(said: str) -> Reader:
        return Searched(said, stays=True, restarts=True)


@frozen
class MatchesForm(TextTest):
    """The whole text has the form that the operand, which is written, says."""

    phrases: ClassVar = ("matches-form", "does-not-match-form")
    own_word: ClassVar = "matches_form"

    @staticmethod
    def is_so(text: str, said: str) -> bool:
        return form_of(said).matches(text)

    @staticmethod
    def reader(said: str) -> Reader:
        return form_of(said)


@frozen
class Searched:
    """Looks for a text: at the beginning alone, or anywhere (`restarts`), to stay found or not.

    The state is how many of its characters were found last, -1 where it cannot come any more
    (Knuth, Morris and Pratt 1977).
    """

    text: str
    stays: bool
    restarts: bool

    @property
    def start(self) -> int:
        """Nothing is found yet."""
        return 0

    def step(self, state: int, character: str) -> int:
        """How much is found after one more character."""
        if state == len(self.text) and self.stays:
            return state
        if state < 0 or not self.restarts:
            is_next = state >= 0 and self.text[state : state + 1] == character
            return state + 1 if is_next else -1
        read = self.text[:state] + character
        return next(
            length for length in range(len(self.text), -1, -1) if read.endswith(self.text[:length])
        )

    def accepts(self, state: int) -> bool:
        """Whether the whole text is found."""
        return state == len(self.text)


Reader = Searched | Form
TEXT_TESTS: Mapping[str, type[TextTest]] = {
    one.own_word: one for one in (StartsWith, EndsWith, Contains, MatchesForm)
}
