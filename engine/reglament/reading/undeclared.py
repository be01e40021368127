"""From a name that is said and declared nowhere to where its declaration was, by all signs."""

from __future__ import annotations

from dataclasses import dataclass

from reglament.model.problems import Place, Problem
from reglament.model.words import Words
from reglament.reading.declared import Declared, Spelt
from reglament.reading.report import Report
from reglament.reading.sections import Sections
from reglament.reading.source import Mapping, Node, Scalar, Sequence
from reglament.reading.suggest import did_you_mean

_FEWEST = 2
_OTHERWISE = "-otherwise"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a name was declared, and what to say there of its uses."""

    place: Place
    message: Words
    hint: Words | None = None


def home_of(report: Report, sections: Sections, spelt: Spelt, uses: list[Problem]) -> Home | None:
    """Where a word said in all these places should be declared; None where nothing tells."""
    stray = report.strays[uses[0]]
    if did_you_mean(stray.word, stray.known) is not None:
        return None
    owner = next((one for use in uses if (one := report.strays[use].owner)), None)
    if owner is not None and stray.word == owner + _OTHERWISE:
        return _without_otherwise(sections, owner, uses)
    if len(uses) < _FEWEST:
        return None
    renamed = _renamed(report, spelt, uses)
    if renamed is not None:
        return _of_renamed(renamed, stray.word, uses)
    group = spelt.group_of(stray.known) if len(uses) > _FEWEST and owner is None else None
    if group is not None:
        return _without_word(group, stray.word, uses)
    return None if owner is None else _without_rule(sections, owner, stray.word, uses)


def _without_otherwise(sections: Sections, owner: str, uses: list[Problem]) -> Home | None:
    place = _decision(sections, owner)
    if place is None:
        return None
    return Home(
        place,
        Words(
            ru=f"у решения `{owner}` нет `otherwise`, а о нём говорят примеры: {_uses(uses)}",
            en=f"the decision `{owner}` has no `otherwise`, while examples name it: {_uses(uses)}",
        ),
        Words(
            ru=f"верните `otherwise` или уберите `{owner}{_OTHERWISE}` из примеров",
            en=f"put `otherwise` back, or take `{owner}{_OTHERWISE}` out of the examples",
        ),
    )


def _without_rule(sections: Sections, owner: str, word: str, uses: list[Problem]) -> Home | None:
    place = _decision(sections, owner)
    if place is None:
        return None
    return Home(
        place,
        Words(
            ru=f"в решении `{owner}` нет правила `{word}`, а о нём говорят примеры: {_uses(uses)}",
            en=f"the decision `{owner}` has no rule `{word}`, while examples name it: "
            f"{_uses(uses)}",
        ),
        Words(
            ru="верните правило или строку таблицы, или уберите его из примеров",
            en="put the rule or the row of the table back, or take it out of the examples",
        ),
    )


def _without_word(group: Scalar, word: str, uses: list[Problem]) -> Home:
    return Home(
        group.place,
        Words(
            ru=f"в `{group.value}` нет `{word}`, а о нём говорят: {_uses(uses)}",
            en=f"`{group.value}` has no `{word}`, while it is said: {_uses(uses)}",
        ),
        Words(ru="объявите его здесь или исправьте там", en="declare it here, or mend it there"),
    )


def _of_renamed(renamed: Declared, word: str, uses: list[Problem]) -> Home:
    called, name = renamed.called, renamed.name.value
    return Home(
        renamed.name.place,
        Words(
            ru=f"{called.ru} `{name}` нигде не используется, зато сказано `{word}`, "
            f"а такого нет: {_uses(uses)}",
            en=f"the {called.en} `{name}` is used nowhere, while `{word}` is said, "
            f"and nothing is called so: {_uses(uses)}",
        ),
        Words(
            ru=f"если `{name}` - новое имя `{word}`, напишите его и там",
            en=f"if `{name}` is the new name of `{word}`, write it there too",
        ),
    )


def _renamed(report: Report, spelt: Spelt, uses: list[Problem]) -> Declared | None:
    """The only name declared that the uses may mean and that nothing else says."""
    found: dict[str, Declared] = {}
    for use in uses:
        stray = report.strays[use]
        for name in stray.known:
            for one in spelt.declared.get(name, ()) if name not in spelt.said else ():
                if stray.owner in (None, one.owner) and (stray.owner or one.must_be_used):
                    found[name] = one
    return next(iter(found.values())) if len(found) == 1 else None


def _decision(sections: Sections, name: str) -> Place | None:
    """Where the decision is declared, or the first line of the file that is its table."""
    section = sections.get("decisions")
    key = section.key(name) if isinstance(section, Mapping) else None
    node = section.get(name) if isinstance(section, Mapping) else None
    table = node.get("table") if isinstance(node, Mapping) else None
    if key is None:
        return None
    return _header(table, key) or key.place


def _header(table: Node | None, key: Scalar) -> Place | None:
    first = table.items[0].place if isinstance(table, Sequence) and table.items else None
    if first is None or first.file == key.place.file or not first.file.endswith(".csv"):
        return None
    return Place(first.file)


def broken_decisions(report: Report, sections: Sections) -> set[str]:
    """The decisions in which something is wrong: which rules they have is not known then."""
    section = sections.get("decisions")
    if not isinstance(section, Mapping):
        return set()
    starts = sorted((key.place, str(key.value)) for key, _ in section.entries)
    tables = {file: name for name, node in _named(section) for file in _files(node)}
    broken = {name for name, node in _named(section) if _lost_table(node)}
    for problem in report.problems:
        place = problem.place
        if place is None or problem in report.strays:
            continue
        above = [name for start, name in starts if start.file == place.file and start <= place]
        broken |= {*above[-1:], *([tables[place.file]] if place.file in tables else [])}
    return broken


def _named(section: Mapping) -> list[tuple[str, Node]]:
    return [(str(key.value), node) for key, node in section.entries]


def _files(node: Node) -> set[str]:
    """The files other than its own in which rows of the decision stand."""
    table = node.get("table") if isinstance(node, Mapping) else None
    rows = table.items if isinstance(table, Sequence) else ()
    return {row.place.file for row in rows if row.place.file.endswith(".csv")}


def _lost_table(node: Node) -> bool:
    table = node.get("table") if isinstance(node, Mapping) else None
    return isinstance(table, Sequence) and not table.items


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
            Words(
                ru=f"`{name}` не бывает `null`, а говорят о нём `null`: {_uses(uses)}",
                en=f"`{name}` is never `null`, while it is said to be: {_uses(uses)}",
            ),
            Words(
                ru="если `null` здесь что-то значит, напишите у факта `null_means`, "
                "у решения `nullable: true`",
                en="if `null` means something here, write `null_means` of a fact, "
                "`nullable: true` of a decision",
            ),
        )
    written = f"`{node.value}`" if isinstance(node, Scalar) and node is not key else "`outcomes`"
    return Home(
        node.place if isinstance(node, Scalar) else key.place,
        Words(
            ru=f"`{name}` объявлено как {written}, а говорят о нём иначе: {_uses(uses)}",
            en=f"`{name}` is declared as {written}, while it is used otherwise: {_uses(uses)}",
        ),
        uses[0].message,
    )
