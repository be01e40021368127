"""From a name that is said and declared nowhere to where its declaration was, by all signs."""

from __future__ import annotations

from reglament.frozen import frozen
from reglament.language.loading.declared import Declared, Spelt
from reglament.language.loading.sections import Sections
from reglament.language.syntax.diagnostics import Report
from reglament.language.syntax.source import Mapping, Node, Scalar
from reglament.language.syntax.suggest import did_you_mean
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem

_FEWEST = 2


@frozen
class Home:
    """Where a name was declared, and what to say there of its uses."""

    place: Place
    message: Words
    hint: Words | None = None


def home_of(report: Report, spelt: Spelt, uses: list[Problem]) -> Home | None:
    """Where a word said in all these places should be declared; None where nothing tells."""
    stray = report.strays[uses[0]]
    if did_you_mean(stray.word, stray.known) is not None:
        return None
    if len(uses) < _FEWEST:
        return None
    renamed = _renamed(report, spelt, uses)
    if renamed is not None:
        return _of_renamed(renamed, stray.word, uses)
    group = spelt.group_of(stray.known) if len(uses) > _FEWEST else None
    return None if group is None else _without_word(group, stray.word, uses)


def _without_word(group: Scalar, word: str, uses: list[Problem]) -> Home:
    return Home(
        group.place,
        Message("no-while-said", group=group.value, word=word, uses=_uses(uses)),
        Message("declare-mend"),
    )


def _of_renamed(renamed: Declared, word: str, uses: list[Problem]) -> Home:
    called, name = renamed.called, renamed.name.value
    return Home(
        renamed.name.place,
        Message(
            "used-nowhere-while-said-nothing", called=called, name=name, word=word, uses=_uses(uses)
        ),
        Message("if-new-name-write", name=name, word=word),
    )


def _renamed(report: Report, spelt: Spelt, uses: list[Problem]) -> Declared | None:
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
    first = min(one.place for one in uses if one.place is not None)
    more = f" (+{len(uses) - 1})" if len(uses) > 1 else ""
    return f"`{first.file}:{first.line}`{more}"


def type_node(sections: Sections, name: str) -> tuple[Scalar, Node] | None:
    """The name of a fact or decision where it is declared, and where its type stands."""
    for section in ("facts", "decisions"):
        found = sections.get(section)
        key = found.key(name) if isinstance(found, Mapping) else None
        node = found.get(name) if isinstance(found, Mapping) else None
        if key is not None and isinstance(node, Mapping):
            return key, node.get("type") or node.get("outcomes") or key
    return None


def misfit(sections: Sections, name: str, uses: list[Problem]) -> Home | None:
    """What to say of a declaration that what is said of its name does not suit."""
    found = type_node(sections, name)
    if found is None:
        return None
    key, node = found
    is_null = all(one.code == "null-not-allowed" for one in uses)
    if is_null:
        return Home(
            key.place,
            Message("never-null-while-said", name=name, uses=_uses(uses)),
            Message("if-null-means-something"),
        )
    written = f"`{node.value}`" if isinstance(node, Scalar) and node is not key else "`outcomes`"
    return Home(
        node.place if isinstance(node, Scalar) else key.place,
        Message("declared-while-used-otherwise", name=name, written=written, uses=_uses(uses)),
        uses[0].message,
    )
