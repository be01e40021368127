"""Text that people read, in every language the project speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One message in Russian and in English."""

    ru: str
    en: str

    def to(self, language: Language) -> str:
        """The message in `language`."""
        return self.ru if language == "ru" else self.en

    def __iter__(self) -> Iterator[tuple[Language, str]]:
        yield "ru", self.ru
        yield "en", self.en


def same(text: str) -> Words:
    """A message that reads the same in every language: a name, an address."""
    return Words(ru=text, en=text)
