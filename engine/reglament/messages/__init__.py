"""What the engine says: a code with its values, put into words by one catalogue a language."""

from reglament.messages.catalogue import SOURCE, Language, languages
from reglament.messages.message import (
    ListedWords,
    Message,
    Rendered,
    Verbatim,
    Words,
    any_of,
    ticked,
)

__all__ = [
    "SOURCE",
    "Language",
    "ListedWords",
    "Message",
    "Rendered",
    "Verbatim",
    "Words",
    "any_of",
    "languages",
    "ticked",
]
