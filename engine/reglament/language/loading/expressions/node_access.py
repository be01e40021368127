"""From a placed node to the plain part of a policy that is expected there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.other_words import akin, hint_of, meant_here
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.language.syntax.suggest import UnknownWord, short, suggestion
from reglament.messages import SOURCE, Message, Words, ticked
from reglament.model.words import Text

A_MAPPING = Message("mapping-key-value")
A_WORD = Message("word-parts")
NOTHING = Text(en="…")
# What an unknown word should have named, by the code of the problem, unless the caller says it.
_WANTED: Mapping[str, Words] = {
    "unknown-alias": Message("no-event-above-called"),
    "unknown-alternative": Message("reading-no-alternative-readings"),
    "unknown-calendar": Message("unknown-calendar"),
    "unknown-clause": Message("register-no-clause"),
    "unknown-clock": Message("not-clock"),
    "unknown-column": Message("row-no-key"),
    "unknown-day-name": Message("day-names-no"),
    "unknown-decision": Message("not-decision"),
    "unknown-event": Message("not-event"),
    "unknown-fact": Message("unknown-fact"),
    "unknown-field": Message("event-no-field"),
    "unknown-function": Message("unknown-function"),
    "unknown-group": Message("decision-no-group"),
    "unknown-hours": Message("unknown-hours"),
    "unknown-input": Message("table-no-input"),
    "unknown-list": Message("not-a-list-of-things"),
    "unknown-name": Message("not-fact-decision"),
    "unknown-outcome": Message("decision-no-outcome"),
    "unknown-reaction": Message("not-reaction"),
    "unknown-reading": Message("unknown-reading"),
    "unknown-rule": Message("decision-no-rule"),
    "unknown-subject": Message("not-subject-reactions"),
    "unknown-table": Message("no-named-table"),
    "unknown-type": Message("unknown-type"),
    "unknown-weekday": Message("not-weekday"),
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def mapping(report: Diagnostics, node: Node | None) -> MappingNode | None:
    """The node where it is a mapping; None where it is absent or something else."""
    if node is None or isinstance(node, MappingNode):
        return node
    report.shape(node, A_MAPPING)
    return None


def entries(report: Diagnostics, node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    """The keys and nodes of a mapping; none where it is absent or something else."""
    found = mapping(report, node)
    return () if found is None else found.entries


def items(report: Diagnostics, node: Node | None) -> tuple[Node, ...]:
    """The items of a list; none where it is absent or something else."""
    if node is None:
        return ()
    if isinstance(node, SequenceNode):
        return node.items
    hint = None
    if isinstance(node, Scalar) and node.value is not None:
        hint = Message("write-node", node=short(node.raw))
    report.shape(node, Message("list"), hint)
    return ()


def named_mappings(report: Diagnostics, node: Node | None) -> Iterator[tuple[Scalar, MappingNode]]:
    """The keys of a mapping, each with the mapping below it; a problem for what is none."""
    for key, below in entries(report, node):
        if (found := mapping(report, below)) is not None:
            yield key, found


def mappings(report: Diagnostics, node: Node | None) -> Iterator[MappingNode]:
    """The items of a list that are mappings; a problem for each other one."""
    for item in items(report, node):
        if (found := mapping(report, item)) is not None:
            yield found


def is_null(node: Node | None) -> bool:
    """Whether the node is a written null."""
    return isinstance(node, Scalar) and node.value is None


def text_of(node: Node | None) -> str | None:
    """The text of a scalar that is text; None for everything else."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def word(report: Diagnostics, node: Node | None) -> Scalar | None:
    """A scalar that is text; None where it is absent or something else."""
    if node is None or text_of(node) is not None:
        return node if isinstance(node, Scalar) else None
    report.shape(node, A_WORD)
    return None


def own_word(text: str, node: Node) -> Scalar:
    """A word that nobody wrote, at the place of what means it."""
    return Scalar(text, text, False, node.place)


def words_in(report: Diagnostics, node: Node | None) -> Iterator[Scalar]:
    """Each word of a list of words."""
    for item in items(report, node):
        if text_of(item) is not None and isinstance(item, Scalar):
            yield item
        else:
            report.shape(item, A_WORD)


def texts_in(report: Diagnostics, node: Node | None) -> tuple[str, ...]:
    """The words of a list of words, as text."""
    return tuple(str(scalar.value) for scalar in words_in(report, node))


def known_words(
    report: Diagnostics, code: str, node: Node | None, known: Collection[str]
) -> tuple[str, ...]:
    """The words of a list that are known, each once; the others are problems."""
    found = (scalar for scalar in words_in(report, node) if is_known(report, code, scalar, known))
    return tuple(dict.fromkeys(str(scalar.value) for scalar in found))


def flag(report: Diagnostics, owner: MappingNode, key: str, default: bool = False) -> bool:
    """The boolean under `key`, `default` where there is none."""
    node = owner.get(key)
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    if node is not None:
        report.shape(node, Message("true-false"))
    return default


def words(report: Diagnostics, node: Node | None) -> Text | None:
    """A text in the languages of the policy; None where it is absent or something else."""
    if node is None:
        return None
    if isinstance(node, MappingNode):
        said = {str(key.value): text_of(below) for key, below in node.entries}
        texts = {language: text for language, text in said.items() if text is not None}
        if texts and len(texts) == len(said):
            return Text(**texts)
    report.shape(node, Message("text-ru-en"))
    return None


def label(report: Diagnostics, node: MappingNode, name: str) -> Text:
    """The label below the node; without one the name, in each language of the policy."""
    said = words(report, node.get("label"))
    return said or Text(**dict.fromkeys(report.languages or (SOURCE,), name))


def labels(report: Diagnostics, node: Node | None) -> dict[str, Text]:
    """Words with their labels, in written order."""
    return {str(key.value): words(report, below) or NOTHING for key, below in entries(report, node)}


def placeholders(text: Text) -> Iterator[str]:
    """The names in braces inside a text, each once."""
    yield from dict.fromkeys(name for _, one in text for name in names_in_braces(one))


def names_in_braces(text: str) -> list[str]:
    """The names in braces inside a text of one language."""
    return _PLACEHOLDER.findall(text)


def renamed_in_braces(text: Text | None, names: Mapping[str, str]) -> Text | None:
    """The text with other names in braces; the field of a record goes with the record."""

    def renamed(match: re.Match[str]) -> str:
        name, field = match[1], ""
        if name not in names:
            name, dot, last = name.rpartition(".")
            field = dot + last
        return f"{{{names[name]}{field}}}" if name in names else match[0]

    return text and Text(**{one: _PLACEHOLDER.sub(renamed, said) for one, said in text})


def unknown(
    report: Diagnostics, code: str, where: Scalar, known: Iterable[str], what: Words | None = None
) -> None:
    """Note that the word is not among the known; `what` says what it should have named.

    Without it the code says that, as `_WANTED` has it.
    """
    name, names = str(where.value), tuple(known)
    message = Message("what-name", what=what or _WANTED[code], name=name)
    elsewhere = meant_here(name, names) if code == "unknown-function" else []
    hint = hint_of(elsewhere) or suggestion(name, names)
    hint = hint or _listed(names_beside(name, names)) or _listed(names)
    if hint is None and code == "unknown-function":
        hint = hint_of(akin(name, names))
    report.add(code, where, message, hint, UnknownWord(name, names))


def is_known(
    report: Diagnostics, code: str, where: Scalar, known: Collection[str], what: Words | None = None
) -> bool:
    """Whether the word is among the known; a problem where it is not."""
    if where.value in known:
        return True
    unknown(report, code, where, known, what)
    return False


def known_word(
    report: Diagnostics,
    code: str,
    node: Node | None,
    known: Collection[str],
    what: Words | None = None,
) -> str | None:
    """A word that is among the known, as text; None where it is absent, or with a problem."""
    name = word(report, node)
    is_one = name is not None and is_known(report, code, name, known, what)
    return str(name.value) if name is not None and is_one else None


def refuse_other_keys(
    report: Diagnostics, node: MappingNode, what: Words, known: Collection[str]
) -> None:
    """A problem for each key that is none of the known."""
    for key, _ in node.entries:
        is_known(report, "unknown-key", key, known, what)


def names_beside(name: str, known: Iterable[str]) -> list[str]:
    """The known names that begin as this one does up to its last point."""
    group = name.rpartition(".")[0]
    return [one for one in known if group and one.startswith(f"{group}.")]


def _listed(known: Iterable[str], most: int = 8) -> Words | None:
    names = sorted(known)
    if not names or len(names) > most:
        return None
    return Message("there-is", count=len(names), shown=ticked(names))


def told_in(node: Node) -> Iterator[Scalar]:
    """The scalars of a text in several languages."""
    for _, below in node.entries if isinstance(node, MappingNode) else ():
        if isinstance(below, Scalar):
            yield below
