"""The catalogues beside this module, `ru.ftl` for Russian: Fluent, which translators' tools know.

Nothing is read before the first message is said. A catalogue is then searched for its
entries, and an entry is read when it is first needed: one line with plain `{ $values }` and
`{ "texts" }`, as most are, or with one choice in it, by regular expressions, any other by
fluent.syntax.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from reglament.messages.pattern import Choice, Pattern, Reference

Language: TypeAlias = str

SOURCE: Language = "en"
"""The language that stands in for a message another catalogue lacks."""

_HERE = os.path.dirname(__file__)
_ENTRY = re.compile(r"^([a-z][a-z0-9-]*) =(.*(?:\n(?:[ }].*)?)*)", re.MULTILINE)
_SIMPLE = re.compile(r" (?:[^{}\n]|\{ \$\w+ \}|\{ ?\"[^\"\\\n]*\" ?\})+")
_PLACED = re.compile(r"\{ \$(\w+) \}|\{ ?\"([^\"\\\n]*)\" ?\}")
_CHOICE = re.compile(r"\{ \$(\w+) ->((?:\n +\*?\[\w+\] [^\n]+)+)\n\}")
_VARIANT = re.compile(r"\n +(\*?)\[(\w+)\]([^\n]+)")


@cache
def languages() -> tuple[Language, ...]:
    """The languages that there is a catalogue of, by their codes, sorted."""
    return tuple(sorted(name[:-4] for name in os.listdir(_HERE) if name.endswith(".ftl")))


class Catalogue:
    """The messages of one language by their codes."""

    def __init__(self, text: str) -> None:
        self._entries = dict(_ENTRY.findall(text))
        self._patterns: dict[str, Pattern] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __contains__(self, code: str) -> bool:
        return code in self._entries

    def pattern(self, code: str) -> Pattern:
        """The message `code`, read when it is first asked for. Raises KeyError."""
        known = self._patterns.get(code)
        if known is None:
            known = self._patterns[code] = _pattern(code, self._entries[code].rstrip())
        return known


@cache
def catalogue(language: Language) -> Catalogue:
    """The catalogue of `language`. Raises LookupError where there is none."""
    if language not in languages():
        raise LookupError(f"no catalogue for {language!r}; there are {', '.join(languages())}")
    with open(os.path.join(_HERE, f"{language}.ftl"), encoding="utf-8") as file:
        return Catalogue(file.read())


def pattern(code: str, language: Language) -> Pattern:
    """The message `code` in `language`, or in the source language. Raises KeyError.

    A policy may have a language that the engine does not.
    """
    own = catalogue(language if language in languages() else SOURCE)
    return (own if code in own else catalogue(SOURCE)).pattern(code)


def _pattern(code: str, text: str) -> Pattern:
    if _SIMPLE.fullmatch(text):
        return _line(text[1:])
    before, *choice = _CHOICE.split(text)
    if len(choice) == 3 and all(map(_SIMPLE.fullmatch, (before + "-", f" {choice[2]}-"))):
        variants = _VARIANT.findall(choice[1])
        if all(_SIMPLE.fullmatch(said) for _, _, said in variants):
            found = {word: _line(said[1:]) for _, word, said in variants}
            default = next(word for star, word, _ in variants if star)
            return *_line(before[1:]), Choice(choice[0], found, default), *_line(choice[2])
    from reglament.messages.fluent import read

    return read(f"{code} ={text}\n")


def _line(text: str) -> Pattern:
    before, *rest = _PLACED.split(text)
    parts: list[str | Reference] = [before] if before else []
    for name, literal, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        parts.append(Reference(name) if name else literal)
        parts += [after] if after else []
    return tuple(parts)
