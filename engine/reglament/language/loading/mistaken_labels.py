"""From a word that people read to the name that it is the label of."""

from __future__ import annotations

import re
from dataclasses import replace

from reglament.language.loading.expressions.node_access import text_of
from reglament.language.loading.files.joined_sections import Sections
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import Node, entries_in, node_below
from reglament.messages import Message, Words
from reglament.model.problems import Problem

_CODES = frozenset(
    {"wrong-form", "unknown-fact", "unknown-name", "unknown-word", "unknown-outcome"}
)
_OF_WORDS = frozenset({"unknown-word", "unknown-outcome"})
_LABELLED = ("facts", "parameters", "decisions")
_WORD = re.compile(r"`([^`]+)`$")


def name_by_labels(report: Diagnostics, sections: Sections) -> None:
    """Where a fact, an option or an outcome is called by its label, say in the hint what it is."""
    if not any(one.code in _CODES for one in report.problems):
        return
    names, words = _labels(sections)
    for number, problem in enumerate(report.problems):
        hint = _hint(report, problem, names, words) if problem.code in _CODES else None
        if hint is not None:
            report.exchange(number, replace(problem, hint=hint))


def _hint(
    report: Diagnostics, problem: Problem, names: dict[str, str], words: dict[str, set[str]]
) -> Words | None:
    stray = report.strays.get(problem)
    match = _WORD.search(problem.message.to("en"))
    word = stray.word if stray is not None else match[1] if match else ""
    label = _level(word)
    if stray is None or problem.code not in _OF_WORDS:
        name = names.get(label)
        kind = Message("name")
    else:
        near = words.get(label, set()) & set(stray.known)
        name = near.pop() if len(near) == 1 else None
        kind = Message("word")
    if name is None:
        return None
    return Message("label-people", word=word, kind=kind, name=name)


def _labels(sections: Sections) -> tuple[dict[str, str], dict[str, set[str]]]:
    """By label: the names of facts, parameters and decisions; the words of options and outcomes."""
    names: dict[str, str] = {}
    words: dict[str, set[str]] = {}
    for section in _LABELLED:
        for key, node in entries_in(sections.get(section)):
            for label in _texts(node_below(node, "label")):
                names.setdefault(_level(label), str(key.value))
            for labelled in (node_below(node, "options"), node_below(node, "outcomes")):
                for word, texts in entries_in(labelled):
                    for label in _texts(texts):
                        words.setdefault(_level(label), set()).add(str(word.value))
    return names, words


def _texts(node: Node | None) -> list[str]:
    return [text for _, below in entries_in(node) if (text := text_of(below)) is not None]


def _level(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
