"""From all that was found wrong to its causes: what only repeats one of them is set apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reglament.frozen import frozen
from reglament.language.loading.declared import Declared, Spelt
from reglament.language.loading.sections import Sections
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.language.syntax.suggest import did_you_mean, short
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem

_FEWEST = 3
_OF_OPTIONS = frozenset({"unknown-word", "unknown-outcome"})
_OF_NAMES = frozenset({"unknown-fact", "unknown-name", "unknown-decision", "unknown-placeholder"})
_MOST_NAMED = 4


def settle_causes(report: Diagnostics, sections: Sections) -> None:
    """Leave one problem for what many places only repeat, where its cause is.

    A declaration that nothing said of its name suits is one; so is a name that is said and
    declared nowhere; many such names of one kind are one too: what declares them is missing.
    """
    for name, uses in _misfits(report):
        _move(report, uses, _misfit(sections, name, uses))
    if not report.strays:
        return
    spelt = Spelt.of(sections)
    for uses in _by_word(report):
        home = _home_of(report, spelt, uses)
        if home is not None:
            _move(report, uses, home)
        elif len(uses) >= _FEWEST:
            _keep_one(report, uses, _repeated(uses))
    for uses in _by_kind(report):
        if len({report.strays[use].word for use in uses}) >= _FEWEST:
            _keep_one(report, uses, _several(report, uses))


def _misfits(report: Diagnostics) -> list[tuple[str, list[Problem]]]:
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


def _move(report: Diagnostics, uses: list[Problem], home: _Home | None) -> None:
    """Tell the cause at its place instead of the uses, which follow from it."""
    if home is not None:
        _follow(report, uses)
        report.add("undeclared", home.place, home.message, home.hint)


def _follow(report: Diagnostics, uses: list[Problem]) -> None:
    report.leave_out(uses)
    report.following += uses


def _by_word(report: Diagnostics) -> list[list[Problem]]:
    """The problems of each unknown word, wherever it was looked for among names of one kind."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in report.ordered():
        stray = report.strays.get(problem)
        if stray is not None:
            found.setdefault((_kind(problem), stray.word), []).append(problem)
    return list(found.values())


def _by_kind(report: Diagnostics) -> list[list[Problem]]:
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


def _is_far(report: Diagnostics, problem: Problem) -> bool:
    stray = report.strays[problem]
    return did_you_mean(stray.word, stray.known) is None


def _keep_one(report: Diagnostics, uses: list[Problem], kept: Problem) -> None:
    """Put the one problem in place of all; they follow from what it tells of."""
    report.leave_out(uses)
    report.following += uses[1:]
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


def _several(report: Diagnostics, uses: list[Problem]) -> Problem:
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


@frozen
class _Home:
    """Where a name was declared, and what to say there of its uses."""

    place: Place
    message: Words
    hint: Words | None = None


def _home_of(report: Diagnostics, spelt: Spelt, uses: list[Problem]) -> _Home | None:
    """Where a word said in all these places should be declared; None where nothing tells."""
    stray = report.strays[uses[0]]
    if len(uses) == 1 or not _is_far(report, uses[0]):
        return None
    renamed = _renamed(report, spelt, uses)
    if renamed is not None:
        return _of_renamed(renamed, stray.word, uses)
    group = spelt.group_of(stray.known) if len(uses) >= _FEWEST else None
    return None if group is None else _without_word(group, stray.word, uses)


def _without_word(group: Scalar, word: str, uses: list[Problem]) -> _Home:
    return _Home(
        group.place,
        Message("no-while-said", group=group.value, word=word, uses=_uses(uses)),
        Message("declare-mend"),
    )


def _of_renamed(renamed: Declared, word: str, uses: list[Problem]) -> _Home:
    called, name = renamed.called, renamed.name.value
    return _Home(
        renamed.name.place,
        Message(
            "used-nowhere-while-said-nothing", called=called, name=name, word=word, uses=_uses(uses)
        ),
        Message("if-new-name-write", name=name, word=word),
    )


def _renamed(report: Diagnostics, spelt: Spelt, uses: list[Problem]) -> Declared | None:
    """The only name declared that the uses may mean and that nothing else says."""
    found: dict[str, Declared] = {}
    for use in uses:
        stray = report.strays[use]
        for name in stray.known:
            for one in spelt.declared.get(name, ()) if name not in spelt.said else ():
                if one.must_be_used:
                    found[name] = one
    return next(iter(found.values())) if len(found) == 1 else None


def _uses(uses: list[Problem]) -> str:
    more = f" (+{len(uses) - 1})" if len(uses) > 1 else ""
    return f"{first_use(uses)}{more}"


def first_use(uses: list[Problem]) -> str:
    """The file and the line of the first of some places."""
    first = min(one.place for one in uses if one.place is not None)
    return f"`{first.file_and_line}`"


def _type_node(sections: Sections, name: str) -> tuple[Scalar, Node] | None:
    """The name of a fact or decision where it is declared, and where its type stands."""
    for section in ("facts", "decisions"):
        found = sections.get(section)
        key = found.key(name) if isinstance(found, MappingNode) else None
        node = found.get(name) if isinstance(found, MappingNode) else None
        if key is not None and isinstance(node, MappingNode):
            return key, node.get("type") or node.get("outcomes") or key
    return None


def _misfit(sections: Sections, name: str, uses: list[Problem]) -> _Home | None:
    """What to say of a declaration that what is said of its name does not suit."""
    found = _type_node(sections, name)
    if found is None:
        return None
    key, node = found
    if _of_null(uses):
        return _Home(
            key.place,
            Message("never-null-while-said", name=name, uses=_uses(uses)),
            Message("if-null-means-something"),
        )
    written = f"`{node.value}`" if isinstance(node, Scalar) and node is not key else "`outcomes`"
    return _Home(
        node.place if isinstance(node, Scalar) else key.place,
        Message("declared-while-used-otherwise", name=name, written=written, uses=_uses(uses)),
        uses[0].message,
    )
