"""From all that was found wrong to its causes: what only repeats one of them is set apart.

A cause may be a declaration that misspells the word on which its uses agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reglament.frozen import frozen
from reglament.language.loading.declared import Declared, Spelt
from reglament.language.loading.files.joined_sections import Sections
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar, entries_in
from reglament.language.syntax.suggest import did_you_mean, meaning, short
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem

_FEWEST, _AGREEING = 3, 2
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
    problems: dict[str, list[Problem]] = {}
    for problem in report.ordered():
        name = report.misfits.get(problem)
        if name:
            problems.setdefault(name, []).append(problem)
    return [
        (name, uses)
        for name, uses in problems.items()
        if len(uses) >= _FEWEST and (_of_null(uses) or len(uses) > report.fits[name])
    ]


def _of_null(uses: list[Problem]) -> bool:
    return all(problem.code == "null-not-allowed" for problem in uses)


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
    problems: dict[tuple[str, str], list[Problem]] = {}
    for problem in report.ordered():
        stray = report.strays.get(problem)
        if stray is not None:
            problems.setdefault((_kind(problem), stray.word), []).append(problem)
    return list(problems.values())


def _by_kind(report: Diagnostics) -> list[list[Problem]]:
    """The problems of the same kind whose words are near to none that is known."""
    problems: dict[str, list[Problem]] = {}
    for uses in _by_word(report):
        if any(_is_far(report, use) for use in uses):
            problems.setdefault(_kind(uses[0]), []).extend(uses)
    return list(problems.values())


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
    words = list(dict.fromkeys(report.strays[problem].word for problem in uses))
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
    return f"{_first_use(uses)}{more}"


def _first_use(uses: list[Problem]) -> str:
    """The file and the line of the first of some places."""
    first = min(problem.place for problem in uses if problem.place is not None)
    return f"`{first.file_and_line}`"


def _type_node(sections: Sections, name: str) -> tuple[Scalar, Node] | None:
    """The name of a fact or decision where it is declared, and where its type stands."""
    for section in ("facts", "decisions"):
        for key, node in entries_in(sections.get(section)):
            if key.value == name and isinstance(node, MappingNode):
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
        if meant not in spelt.said and (len(uses) >= _AGREEING or _is_odd(spelt, meant, word)):
            spelt.said.add(meant)  # no second word is held against the same name
            _blame(report, spelt, word, meant, uses)


def _is_odd(spelt: Spelt, declared: str, said: str) -> bool:
    """Whether a single use is to be believed, and not the declaration."""
    must_be_used = all(one.must_be_used for one in spelt.declared.get(declared, ()))
    return must_be_used and spelt.is_odd(declared, said)


def _agreed(report: Diagnostics) -> dict[tuple[str, str], list[Problem]]:
    """The problems by the unknown word and what it is near to, those of the commonest first."""
    problems: dict[tuple[str, str], list[Problem]] = {}
    for problem in dict.fromkeys(report.problems):
        stray = report.strays.get(problem)
        meant = None if stray is None else did_you_mean(stray.word, stray.known)
        if stray is not None and meant is not None:
            problems.setdefault((stray.word, meant), []).append(problem)
    return dict(sorted(problems.items(), key=lambda one: -len(one[1])))


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
    for declaration in declarations:
        message = _message(declaration, meant, word, uses)
        report.add("misspelt-declaration", declaration.name, message, hint)


def _message(declared: Declared, name: str, word: str, uses: list[Problem]) -> Words:
    called = declared.called
    where = _first_use(uses)
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
