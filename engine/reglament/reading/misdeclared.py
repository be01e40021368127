"""From uses that agree on a word to the declaration of an option that misspells it."""

from __future__ import annotations

from collections.abc import Mapping as Told
from dataclasses import dataclass, field

from reglament.model.problems import Problem
from reglament.model.words import Words
from reglament.reading.report import Report
from reglament.reading.sections import Sections
from reglament.reading.source import Mapping, Node, Scalar, Sequence
from reglament.reading.suggest import Stray, did_you_mean, meaning

_CALLED = {
    "options": Words(ru="вариант", en="option"),
    "outcomes": Words(ru="исход", en="outcome"),
}
_FEWEST = 2


@dataclass(slots=True)
class _Spelt:
    """How a version spells the options that it declares, and every word besides."""

    declared: list[tuple[Words, Mapping]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def read(self, node: Node) -> None:
        """Gather what stands at and below the node."""
        if isinstance(node, Scalar):
            self.said.add(str(node.value))
        elif isinstance(node, Sequence):
            for item in node.items:
                self.read(item)
        else:
            for key, below in node.entries:
                self._read_entry(key, below)

    def _read_entry(self, key: Scalar, below: Node) -> None:
        called = _CALLED.get(str(key.value))
        if called is not None and isinstance(below, Mapping):
            self.declared.append((called, below))
        else:
            self.read(key)
            self.read(below)


def blame_declarations(report: Report, sections: Sections) -> None:
    """Tell once, at its declaration, of an option that its uses spell otherwise.

    Where two uses or more say one and the same word that is no option, and the option
    nearest to it is said nowhere, the declaration is wrong and not the uses.
    """
    agreed = _agreed(report)
    if not agreed:
        return
    spelt = _Spelt()
    for section in sections.joined.values():
        spelt.read(section)
    for stray, uses in agreed.items():
        meant = did_you_mean(stray.word, stray.known)
        if meant is not None and meant not in spelt.said:
            spelt.said.add(meant)  # no second word is held against the same option
            _blame(report, spelt, stray, meant, uses)


def _agreed(report: Report) -> Told[Stray, list[Problem]]:
    """The problems that name one unknown word alike, those of the commonest word first."""
    found: dict[Stray, list[Problem]] = {}
    for problem in dict.fromkeys(report.problems):
        stray = report.strays.get(problem)
        if stray is not None:
            found.setdefault(stray, []).append(problem)
    agreed = {stray: uses for stray, uses in found.items() if len(uses) >= _FEWEST}
    return dict(sorted(agreed.items(), key=lambda one: -len(one[1])))


def _blame(report: Report, spelt: _Spelt, stray: Stray, meant: str, uses: list[Problem]) -> None:
    """Put a problem at each declaration of the option `meant` in place of those at the uses."""
    declarations = [
        (called, key)
        for called, options in spelt.declared
        if options.keys == stray.known and (key := options.key(meant)) is not None
    ]
    if not declarations:
        return
    explained = set(uses)
    report.problems[:] = [one for one in report.problems if one not in explained]
    hint = meaning(meant, stray.word)
    for called, key in declarations:
        report.add("misspelt-option", key, _message(called, meant, stray.word, uses), hint)


def _message(called: Words, declared: str, word: str, uses: list[Problem]) -> Words:
    first = min(one.place for one in uses if one.place is not None)
    where = f"`{first.file}:{first.line}`"
    return Words(
        ru=f"{called.ru} `{declared}` нигде не используется, зато есть места, где сказано "
        f"`{word}`: {len(uses)}, первое - {where}",
        en=f"the {called.en} `{declared}` is used nowhere, while {len(uses)} places say `{word}`, "
        f"the first at {where}",
    )
