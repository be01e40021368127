"""From uses that agree on a word to the declaration that misspells it."""

from __future__ import annotations

from reglament.language.loading.causes import first_use
from reglament.language.loading.declared import Declared, Spelt
from reglament.language.loading.sections import Sections
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.suggest import did_you_mean, meaning
from reglament.messages import Message, Words
from reglament.model.problems import Problem

_FEWEST = 2


def blame_declarations(report: Diagnostics, sections: Sections) -> None:
    """Tell once, at its declaration, of a name that its uses spell otherwise.

    Where two uses or more say one and the same word that is not declared, and the name
    nearest to it is said nowhere, the declaration is wrong and not the uses. A single use
    is believed where the name declared has a part that is said nowhere else.
    """
    agreed = _agreed(report)
    if not agreed:
        return
    spelt = Spelt.of(sections)
    for (word, meant), uses in agreed.items():
        if meant not in spelt.said and (len(uses) >= _FEWEST or _is_odd(spelt, meant, word)):
            spelt.said.add(meant)  # no second word is held against the same name
            _blame(report, spelt, word, meant, uses)


def _is_odd(spelt: Spelt, declared: str, said: str) -> bool:
    """Whether a single use is to be believed, and not the declaration."""
    must_be_used = all(one.must_be_used for one in spelt.declared.get(declared, ()))
    return must_be_used and spelt.is_odd(declared, said)


def _agreed(report: Diagnostics) -> dict[tuple[str, str], list[Problem]]:
    """The problems by the unknown word and what it is near to, those of the commonest first."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in dict.fromkeys(report.problems):
        stray = report.strays.get(problem)
        meant = None if stray is None else did_you_mean(stray.word, stray.known)
        if stray is not None and meant is not None:
            found.setdefault((stray.word, meant), []).append(problem)
    return dict(sorted(found.items(), key=lambda one: -len(one[1])))


def _blame(report: Diagnostics, spelt: Spelt, word: str, meant: str, uses: list[Problem]) -> None:
    """Put a problem at each declaration of `meant` in place of those at the uses."""
    known = [set(report.strays[use].known) for use in uses]
    declarations = [
        one
        for one in spelt.declared.get(meant, ())
        if any(meant in some and one.beside <= some for some in known)
    ]
    if not declarations:
        return
    report.leave_out(uses)
    hint = meaning(meant, word)
    for one in declarations:
        message = _message(one, meant, word, uses)
        report.add("misspelt-declaration", one.name, message, hint)


def _message(declared: Declared, name: str, word: str, uses: list[Problem]) -> Words:
    called = declared.called
    where = first_use(uses)
    if len(uses) == 1:
        return Message("used-nowhere-while-said", called=called, name=name, word=word, where=where)
    return Message(
        "used-nowhere-while-places",
        called=called,
        name=name,
        count=len(uses),
        word=word,
        where=where,
    )
