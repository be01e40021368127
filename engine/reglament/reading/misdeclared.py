"""From uses that agree on a word to the declaration that misspells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reglament.model.problems import Problem
from reglament.model.words import Words
from reglament.reading.parts import names_in_braces
from reglament.reading.report import Report
from reglament.reading.sections import Sections
from reglament.reading.source import Mapping, Node, Scalar, Sequence
from reglament.reading.suggest import did_you_mean, meaning

_CALLED = {
    "facts": Words(ru="факт", en="fact"),
    "parameters": Words(ru="параметр", en="parameter"),
    "hours": Words(ru="график", en="schedule"),
    "decisions": Words(ru="решение", en="decision"),
    "readings": Words(ru="прочтение", en="reading"),
    "clauses": Words(ru="пункт", en="clause"),
    "options": Words(ru="вариант", en="option"),
    "outcomes": Words(ru="исход", en="outcome"),
}
_IN_RULES = frozenset({"options", "outcomes"})
_FEWEST = 2


@dataclass(slots=True)
class _Spelt:
    """What a version declares, and every word that it says besides."""

    declared: list[tuple[Words, Mapping]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def read_section(self, name: str, section: Node) -> None:
        """Gather what a section declares, and what it says."""
        if name in _CALLED and isinstance(section, Mapping):
            self.declared.append((_CALLED[name], section))
            for _, below in section.entries:
                self.read(below)
        else:
            self.read(section)

    def read(self, node: Node, path: str = "") -> None:
        """Gather what stands at and below the node; facts may be nested by their names."""
        if isinstance(node, Scalar):
            self.said |= {str(node.value), *names_in_braces(str(node.value))}
        elif isinstance(node, Sequence):
            for item in node.items:
                self.read(item)
        else:
            for key, below in node.entries:
                self._read_entry(str(key.value), below, path)

    def _read_entry(self, key: str, below: Node, path: str) -> None:
        if key in _IN_RULES and isinstance(below, Mapping):
            self.declared.append((_CALLED[key], below))
        else:
            self.said |= {key, path + key}
            self.read(below, f"{path}{key}.")


def blame_declarations(report: Report, sections: Sections) -> None:
    """Tell once, at its declaration, of a name that its uses spell otherwise.

    Where two uses or more say one and the same word that is not declared, and the name
    nearest to it is said nowhere, the declaration is wrong and not the uses.
    """
    agreed = _agreed(report)
    if not agreed:
        return
    spelt = _Spelt()
    for name, section in sections.joined.items():
        spelt.read_section(name, section)
    for (word, meant), uses in agreed.items():
        if meant not in spelt.said:
            spelt.said.add(meant)  # no second word is held against the same name
            _blame(report, spelt, word, meant, uses)


def _agreed(report: Report) -> dict[tuple[str, str], list[Problem]]:
    """The problems by the unknown word and what it is near to, those of the commonest first."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in dict.fromkeys(report.problems):
        stray = report.strays.get(problem)
        meant = None if stray is None else did_you_mean(stray.word, stray.known)
        if stray is not None and meant is not None:
            found.setdefault((stray.word, meant), []).append(problem)
    agreed = {words: uses for words, uses in found.items() if len(uses) >= _FEWEST}
    return dict(sorted(agreed.items(), key=lambda one: -len(one[1])))


def _blame(report: Report, spelt: _Spelt, word: str, meant: str, uses: list[Problem]) -> None:
    """Put a problem at each declaration of `meant` in place of those at the uses."""
    known = {report.strays[use].known for use in uses}
    declarations = [
        (called, key)
        for called, names in spelt.declared
        if (key := names.key(meant)) is not None and _are_among(names.keys, called, known)
    ]
    if not declarations:
        return
    explained = set(uses)
    report.problems[:] = [one for one in report.problems if one not in explained]
    hint = meaning(meant, word)
    for called, key in declarations:
        report.add("misspelt-declaration", key, _message(called, meant, word, uses), hint)


def _are_among(names: Iterable[str], called: Words, known: Iterable[tuple[str, ...]]) -> bool:
    """Whether the names declared are those that a use could have meant, or are among them."""
    if called in (_CALLED[one] for one in _IN_RULES):
        return tuple(names) in known
    return any(set(names) <= set(some) for some in known)


def _message(called: Words, declared: str, word: str, uses: list[Problem]) -> Words:
    first = min(one.place for one in uses if one.place is not None)
    where = f"`{first.file}:{first.line}`"
    return Words(
        ru=f"{called.ru} `{declared}` нигде не используется, зато есть места, где сказано "
        f"`{word}`: {len(uses)}, первое - {where}",
        en=f"the {called.en} `{declared}` is used nowhere, while {len(uses)} places say `{word}`, "
        f"the first at {where}",
    )
