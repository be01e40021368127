"""From all that was found wrong to its causes: what only repeats one of them is set apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reglament.language.loading.declared import Spelt
from reglament.language.loading.sections import Sections
from reglament.language.loading.undeclared import Home, home_of, misfit
from reglament.language.syntax.diagnostics import Report
from reglament.language.syntax.suggest import did_you_mean, short
from reglament.messages import Message, Words
from reglament.model.problems import Problem

_FEWEST = 3
_OF_OPTIONS = frozenset({"unknown-word", "unknown-outcome"})
_OF_NAMES = frozenset({"unknown-fact", "unknown-name", "unknown-decision", "unknown-placeholder"})
_MOST_NAMED = 4


def settle_causes(report: Report, sections: Sections) -> None:
    """Leave one problem for what many places only repeat, where its cause is.

    A declaration that nothing said of its name suits is one; so is a name that is said and
    declared nowhere; many such names of one kind are one too: what declares them is missing.
    """
    for name, uses in _misfits(report):
        _move(report, uses, misfit(sections, name, uses))
    if not report.strays:
        return
    spelt = Spelt.of(sections)
    for uses in _by_word(report):
        home = home_of(report, spelt, uses)
        if home is not None:
            _move(report, uses, home)
        elif len(uses) >= _FEWEST:
            _keep_one(report, uses, _repeated(uses))
    for uses in _by_kind(report):
        if len({report.strays[use].word for use in uses}) >= _FEWEST:
            _keep_one(report, uses, _several(report, uses))


def _misfits(report: Report) -> list[tuple[str, list[Problem]]]:
    """The problems about values of a name, where there are many and hardly anything suits it."""
    found: dict[str, list[Problem]] = {}
    for problem in report.ordered():
        name = report.misfits.get(problem)
        if name:
            found.setdefault(name, []).append(problem)
    return [
        (name, uses)
        for name, uses in found.items()
        if len(uses) >= _FEWEST and (_of_null(uses) or len(uses) > report.fits[name])
    ]


def _of_null(uses: list[Problem]) -> bool:
    return all(one.code == "null-not-allowed" for one in uses)


def _move(report: Report, uses: list[Problem], home: Home | None) -> None:
    """Tell the cause at its place instead of the uses, which follow from it."""
    if home is not None:
        _follow(report, uses)
        report.add("undeclared", home.place, home.message, home.hint)


def _follow(report: Report, uses: list[Problem]) -> None:
    gone = set(uses)
    report.problems[:] = [one for one in report.problems if one not in gone]
    report.following += uses


def _by_word(report: Report) -> list[list[Problem]]:
    """The problems of each unknown word, wherever it was looked for among names of one kind."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in report.ordered():
        stray = report.strays.get(problem)
        if stray is not None:
            found.setdefault((_kind(problem), stray.word), []).append(problem)
    return list(found.values())


def _by_kind(report: Report) -> list[list[Problem]]:
    """The problems of the same kind whose words are near to none that is known."""
    found: dict[str, list[Problem]] = {}
    for uses in _by_word(report):
        if any(_is_far(report, use) for use in uses):
            found.setdefault(_kind(uses[0]), []).extend(uses)
    return list(found.values())


def _kind(problem: Problem) -> str:
    if problem.code in _OF_OPTIONS:
        return "option"
    return "name" if problem.code in _OF_NAMES else problem.code


def _is_far(report: Report, problem: Problem) -> bool:
    stray = report.strays[problem]
    return did_you_mean(stray.word, stray.known) is None


def _keep_one(report: Report, uses: list[Problem], kept: Problem) -> None:
    """Put the one problem in place of all; they follow from what it tells of."""
    gone = set(uses)
    report.following += uses[1:]
    report.problems[:] = [one for one in report.problems if one not in gone]
    report.problems.append(kept)
    report.strays[kept] = report.strays[uses[0]]
    report.late.discard(kept)
    if uses[0] in report.late:
        report.late.add(kept)


def _repeated(uses: list[Problem]) -> Problem:
    message = uses[0].message
    return replace(
        uses[0], message=Message("places-message-count", message=message, count=len(uses))
    )


def _several(report: Report, uses: list[Problem]) -> Problem:
    words = list(dict.fromkeys(report.strays[one].word for one in uses))
    message = uses[0].message
    others = _listed(words[1:])
    return replace(
        uses[0],
        message=Message("so-message-others", message=message, others=others),
        hint=Message("section-file-declares-them"),
    )


def _listed(words: Iterable[str]) -> Words:
    named = [f"`{short(word)}`" for word in words]
    shown, left = ", ".join(named[:_MOST_NAMED]), len(named) - _MOST_NAMED
    if left <= 0:
        return Message("so-is-listed", shown=shown)
    return Message("more-shown-left", shown=shown, left=left)
