"""From the sections of a version to every name that they declare, and every word said besides."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from reglament.frozen import frozen
from reglament.language.loading.expressions.node_access import names_in_braces
from reglament.language.loading.files.joined_sections import Sections
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.messages import Message, Words
from reglament.model.problems import Place

_SECTIONS = {
    "facts": Message("fact"),
    "parameters": Message("parameter"),
    "calendars": Message("calendar"),
    "hours": Message("schedule"),
    "decisions": Message("decision"),
    "readings": Message("reading"),
    "clauses": Message("clause"),
    "subjects": Message("subject"),
}
_WITHIN = {
    "options": Message("option"),
    "outcomes": Message("outcome"),
    "alternatives": Message("alternative"),
    "events": Message("event"),
    "clocks": Message("clock"),
    "registries": Message("registry"),
    "day_names": Message("day"),
}
_RULE = Message("rule")
_REACTION = Message("reaction")
_TOKEN = re.compile(r"[^\W_]+")


@frozen
class Declared:
    """A name where it is declared, what is called so, and the names declared beside it."""

    called: Words
    name: Scalar
    beside: frozenset[str]

    @property
    def must_be_used(self) -> bool:
        """Whether it serves nothing until it is named elsewhere; a rule does."""
        return self.called not in (_RULE, _REACTION)


@dataclass(slots=True)
class Spelt:
    """What a version declares, every word that it says besides, and how often each part of one."""

    declared: dict[str, list[Declared]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    tokens: Counter[str] = field(default_factory=Counter)
    groups: dict[frozenset[str], Scalar | None] = field(default_factory=dict)
    _places: set[Place] = field(default_factory=set)

    @classmethod
    def of(cls, sections: Sections) -> Spelt:
        """What all the sections declare and say."""
        spelt = cls()
        for name, section in sections.joined.items():
            if name in _SECTIONS and isinstance(section, MappingNode):
                spelt._declare(_SECTIONS[name], section)
                for _, below in section.entries:
                    spelt._read(below, "", _RULE)
            else:
                spelt._read(section, "", _REACTION if name == "reactions" else None)
        return spelt

    def _declare(self, called: Words, names: MappingNode) -> None:
        for key, _ in names.entries:
            self._note(called, key, frozenset(names.keys))

    def _note(self, called: Words, name: Scalar, beside: frozenset[str]) -> None:
        text = str(name.value)
        self.declared.setdefault(text, []).append(Declared(called, name, beside))
        self._count(name)

    def _read(self, node: Node, path: str, identified: Words | None) -> None:
        """Gather what stands at and below the node; facts may be nested by their names."""
        if isinstance(node, Scalar):
            self.said |= {str(node.value), *names_in_braces(str(node.value))}
            self._count(node)
        elif isinstance(node, SequenceNode):
            for item in node.items:
                self._read(item, "", identified)
        else:
            for key, below in node.entries:
                self._read_entry(key, below, path, identified)

    def _read_entry(self, key: Scalar, below: Node, path: str, identified: Words | None) -> None:
        name = str(key.value)
        if name in _WITHIN and isinstance(below, MappingNode):
            names = frozenset(below.keys)
            self.groups[names] = None if names in self.groups else key
            self._declare(_WITHIN[name], below)
            for _, inside in below.entries:
                self._read(inside, "", identified)
        elif name == "id" and identified is not None and isinstance(below, Scalar):
            self._note(identified, below, frozenset())
        else:
            self.said |= {name, path + name}
            self._count(key)
            self._read(below, f"{path}{name}.", identified)

    def _count(self, word: Scalar) -> None:
        """Count the parts of a word, once where a column says it for every row."""
        if word.place not in self._places:
            self._places.add(word.place)
            self.tokens.update(_tokens(str(word.value)))

    def group_of(self, known: tuple[str, ...]) -> Scalar | None:
        """The key of the only options, outcomes … that are those known."""
        return self.groups.get(frozenset(known))

    def is_odd(self, declared: str, said: str) -> bool:
        """Whether it is the name declared that is misspelt, by the parts that only one of them has.

        The other name, said once, must have every such part said elsewhere too.
        """
        own, other = set(_tokens(declared)), set(_tokens(said))
        return any(self.tokens[name] <= 1 for name in own - other) and all(
            self.tokens[name] > 1 for name in other - own
        )


def _tokens(text: str) -> list[str]:
    return [one.casefold() for one in _TOKEN.findall(text)]
