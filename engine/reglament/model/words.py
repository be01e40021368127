"""Texts of a policy, in the languages that it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reglament.messages import Language, Words

LANGUAGES: tuple[Language, ...] = ("ru", "en")
"""The languages that a policy has its texts in, and a decision document too."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a policy in Russian and in English."""

    ru: str
    en: str

    def to(self, language: Language) -> str:
        """The text in `language`; in English, marked so, where the policy has no such language."""
        if language in LANGUAGES:
            return self.ru if language == "ru" else self.en
        return f"{self.en} [en]"

    def __iter__(self) -> Iterator[tuple[Language, str]]:
        yield "ru", self.ru
        yield "en", self.en


def translations(words: Words) -> dict[Language, str]:
    """The words in every language of the policy, as documents have them."""
    return {language: words.to(language) for language in LANGUAGES}
