"""From files that hold the texts of one language to each text by its path: `texts.en.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from reglament.language.loading.expressions.node_access import A_MAPPING, A_WORD
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar, node_below
from reglament.language.syntax.suggest import did_you_mean, meaning, suggestion
from reglament.messages import Language, Message
from reglament.model.problems import Place

TextPath: TypeAlias = tuple[str, ...]
"""The keys that lead to a text in such a file: `("rules", "tier-paid", "because")`."""

_NAME = re.compile(r"texts\.([A-Za-z0-9-]+)\.ya?ml")


def language_of_file(path: Path) -> Language | None:
    """The language whose texts the file holds, by its name; None for a file of rules."""
    match = _NAME.fullmatch(path.name)
    return None if match is None else match[1]


def shown_path(path: TextPath) -> str:
    """`rules: tier-paid: because`."""
    return ": ".join(path)


class TextFiles:
    """The files of texts of one version, and which of their texts were asked for."""

    def __init__(self) -> None:
        self._files: list[tuple[Language, MappingNode]] = []
        self._asked: dict[TextPath, bool] = {}  # and whether a text stands there

    def add(self, language: Language, file: MappingNode) -> None:
        """One file more."""
        self._files.append((language, file))

    def said(self, path: TextPath) -> Iterator[tuple[Language, Scalar, Node]]:
        """What the files say at the path: the language, the key, the text."""
        for length in range(1, len(path)):
            self._asked.setdefault(path[:length], False)
        self._asked[path] = True
        for language, file in self._files:
            entry = _entry(file, path)
            if entry is not None:
                key, text = entry
                yield language, key, key if isinstance(text, MappingNode) else text

    def tell_unused(
        self, report: Diagnostics, languages: tuple[Language, ...]
    ) -> set[tuple[Language, TextPath]]:
        """Note each key that leads to no text of the rules, and files of an undeclared language.

        The paths that misspelt keys were meant for, whose texts are not missing.
        """
        meant: set[tuple[Language, TextPath]] = set()
        for language, file in self._files:
            if languages and language not in languages:
                message = Message("language-not-declared", language=language, count=1)
                hint = suggestion(language, languages) or Message("name-language", name=language)
                report.add("language-not-declared", Place(file.place.file), message, hint)
            else:
                meant |= {(language, path) for path in self._tell_below(report, file, ())}
        return meant

    def _tell_below(
        self, report: Diagnostics, node: MappingNode, above: TextPath
    ) -> Iterator[TextPath]:
        for key, below in node.entries:
            path = (*above, str(key.value))
            is_section = not above and isinstance(below, MappingNode)
            if path not in self._asked and not is_section:
                near = did_you_mean(path[-1], [one[-1] for one in self._asked if one[:-1] == above])
                hint = Message("take-text-out") if near is None else meaning(path[-1], near)
                report.add(
                    "unknown-text", key, Message("no-such-text", path=shown_path(path)), hint
                )
                if near is not None:
                    yield (*above, near)
            elif self._asked.get(path):
                if isinstance(below, MappingNode):
                    report.shape(below, A_WORD)
            elif isinstance(below, MappingNode):
                yield from self._tell_below(report, below, path)
            else:
                report.shape(below, A_MAPPING)


def _entry(file: MappingNode, path: TextPath) -> tuple[Scalar, Node] | None:
    node = node_below(file, *path[:-1])
    if not isinstance(node, MappingNode):
        return None
    key, text = node.key(path[-1]), node.get(path[-1])
    return None if key is None or text is None else (key, text)
