"""From the texts of a version, wherever they stand, to one mapping by language for each.

A text stands in the rules as `{ru: …, en: …}`; as plain text in the first language of the
policy; or, for any other language, in a file of its own beside them: `texts.en.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from reglament.language.loading.expressions.node_access import text_of
from reglament.language.loading.files.text_files import TextFiles, TextPath, shown_path
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.language.syntax.suggest import did_you_mean, meaning
from reglament.messages import Language, ListedWords, Message, Words, languages

_MANY = 3
_TEXT = "text"
_REASON = "the reason of a day, a word of `day_names` or a text"
_WORDING = "a text, or several, each with its `when`"
Shape: TypeAlias = "str | Mapping[str, Shape]"

_WORDS: Shape = {"*": _TEXT}
_ITEM: Shape = {"options": _WORDS}
_FACT: dict[str, Shape] = {
    "label": _TEXT,
    "question": _TEXT,
    "null_means": _TEXT,
    "options": _WORDS,
}
_INNER: Shape = {"label": _TEXT, "options": _WORDS, "fields": {"*": _FACT}}
_FIELD: Shape = {**_FACT, "item": _INNER}  # a list inside the items of a list, once
_THING: Shape = {"label": _TEXT, "options": _WORDS, "fields": {"*": _FIELD}}
_RULE: Shape = {"because": _TEXT, "unless": _TEXT}
_RULES: Shape = {"*": _RULE}
_LABELLED: Shape = {"*": {"label": _TEXT}}
_DAYS: Shape = {"*": _REASON}
TEXTS: Mapping[str, Shape] = {
    "title": _TEXT,
    "time_zone_label": _TEXT,
    "facts": {"*": {**_FACT, "item": _THING}},
    "parameters": {"*": {"label": _TEXT, "options": _WORDS}},
    "calendars": {
        "*": {
            "title": _TEXT,
            "day_names": _WORDS,
            "years": {"*": {"days_off": _DAYS, "working_days": _DAYS}},
        }
    },
    "hours": {"*": {"title": _TEXT}},
    "tables": {"*": {"rows": _RULES}},
    "decisions": {
        "*": {
            "label": _TEXT,
            "unit": _TEXT,
            "outcomes": _WORDS,
            "item": _ITEM,
            "fields": {"*": _ITEM},
            "rules": _RULES,
            "table": _RULES,
            "requirements": _RULES,
            "groups": {"*": {"rules": _RULES, "table": _RULES}},
            "otherwise": {"because": _TEXT},
        }
    },
    "explain": {"greeting": _TEXT, "closing": _TEXT, "say": {"*": {"*": _WORDING}}},
    "readings": {"*": {"question": _TEXT, "because": _TEXT, "alternatives": _WORDS}},
    "clauses": {"*": {"summary": _TEXT, "topic": _TEXT, "no_rule": _TEXT}},
    "subjects": {"*": {"label": _TEXT, "events": _LABELLED, "clocks": _LABELLED}},
    "reactions": _RULES,
}
"""Where texts stand in a policy; `*` is any name, and any item of a list."""


def with_texts(
    report: Diagnostics, sections: dict[str, Node], files: TextFiles | None
) -> dict[str, Node]:
    """The sections with each text as a mapping by language, in the order of the policy's languages.

    What a language lacks, what is said in one that the policy has not, and what a file of
    texts says of nothing is noted. `files` is None where no folder could hold any.
    """
    report.languages = _languages(report, sections)
    reader = _Texts(report, report.languages, files)
    nodes = {
        name: reader.below(node, TEXTS[name], (name,)) if name in TEXTS else node
        for name, node in sections.items()
    }
    reader.tell(sections)
    return nodes


def is_language(tag: str) -> bool:
    """Whether CLDR knows the language of the tag, a primary one: `de`, `tlh`."""
    if tag in languages():
        return True
    from babel.localedata import exists  # late: nearly every policy is done above

    return tag.isalpha() and tag.islower() and exists(tag)


def _languages(report: Diagnostics, sections: Mapping[str, Node]) -> tuple[Language, ...]:
    """Those that the policy declares, or else those of its title; none where that is unknown."""
    declared, title = sections.get("languages"), sections.get("title")
    if isinstance(declared, SequenceNode):
        tags = [tag for tag in declared.items if isinstance(tag, Scalar) and text_of(tag)]
    else:
        tags = [key for key, _ in title.entries] if isinstance(title, MappingNode) else []
        if text_of(title) is not None:
            hint = Message("say-languages")
            report.add("languages-missing", title, Message("language-of-text-unsaid"), hint)
    return tuple(dict.fromkeys(one for tag in tags if (one := _meant(report, tag)) is not None))


def _meant(report: Diagnostics, tag: Scalar) -> Language | None:
    """The language of a tag; of a wrong one, which is noted, the language that it is near."""
    name = str(tag.value)
    if is_language(name):
        return name
    primary = name.partition("-")[0].lower()
    near = primary if is_language(primary) else did_you_mean(name, languages())
    hint = Message("language-tags") if near is None else meaning(name, near)
    report.add("unknown-language", tag, Message("no-language", language=name), hint)
    return near


class _Texts:
    """The texts of one version, read one by one; what is wrong with many is told once."""

    def __init__(
        self, report: Diagnostics, languages: tuple[Language, ...], files: TextFiles | None
    ) -> None:
        self.report = report
        self.languages = languages
        self.files = files
        self.missing: dict[Language, list[tuple[Node, TextPath]]] = {}
        self.undeclared: dict[str, list[Scalar]] = {}
        self.count = 0

    def below(self, node: Node, shape: Shape, path: TextPath) -> Node:
        """The node with the texts below it as mappings by language."""
        if shape is _WORDING:
            return self._wordings(node, path)
        if isinstance(shape, str):
            is_word = shape is _REASON and not isinstance(node, MappingNode)
            return node if is_word else self._text(node, path)
        if isinstance(node, MappingNode):
            entries = (
                (key, self._part(below, shape, path, str(key.value))) for key, below in node.entries
            )
            return MappingNode(tuple(entries), node.place)
        if isinstance(node, SequenceNode) and shape is _RULES:
            items = (
                self.below(item, _RULE, _path_of_rule(path, item, f"row-{number}"))
                for number, item in enumerate(node.items, 1)
            )
            return SequenceNode(tuple(items), node.place)
        return node

    def _wordings(self, node: Node, path: TextPath) -> Node:
        """The sentences of a letter; in a file of texts each of several stands by its number."""
        if isinstance(node, SequenceNode):
            items = (
                self._wordings(item, (*path, str(number)))
                for number, item in enumerate(node.items, 1)
            )
            return SequenceNode(tuple(items), node.place)
        if not isinstance(node, MappingNode) or node.get("text") is None:
            return self._text(node, path)
        return node.changed(lambda _, below: self._text(below, path), "text")

    def _part(self, node: Node, shape: Mapping[str, Shape], path: TextPath, key: str) -> Node:
        inner = shape.get(key, shape.get("*"))
        if inner is None:
            return node
        is_rule = key == "otherwise" and path[0] == "decisions"
        return self.below(node, inner, _path_of_rule(path, node, key) if is_rule else (*path, key))

    def _text(self, node: Node, path: TextPath) -> Node:
        if not _may_be_text(node):
            return node  # which is told where it is read
        self.count += 1
        said = dict(self._said_here(node))
        for language, key, below in self.files.said(path) if self.files else ():
            first = said.setdefault(language, (key, below))[1]
            if first is not below:
                self.report.told_twice(key, first)
        for language in self.languages:
            if language not in said:
                self.missing.setdefault(language, []).append((node, path))
        ordered = sorted(said, key=lambda one: _rank(one, self.languages))
        entries = tuple(
            (Scalar(name, name, False, said[name][0].place), said[name][1]) for name in ordered
        )
        return MappingNode(entries, node.place)

    def _said_here(self, node: Node) -> Iterator[tuple[Language, tuple[Node, Node]]]:
        """What the rules say themselves, by language, with the key that says so."""
        if not isinstance(node, MappingNode):
            yield next(iter(self.languages), "en"), (node, node)
            return
        for key, below in node.entries:
            language = str(key.value)
            if self.languages and language not in self.languages:
                self.undeclared.setdefault(language, []).append(key)
                language = did_you_mean(language, self.languages) or language
            yield language, (key, below)

    def tell(self, sections: Mapping[str, Node]) -> None:
        """Note what was found: a language that is nowhere, or in many places, is told once."""
        for language, keys in self.undeclared.items():
            if "languages" not in sections and len(keys) >= _MANY and is_language(language):
                self._tell_of_title(language, len(keys), sections["title"])
            else:
                self._tell_undeclared(language, keys)
        files = self.files
        misspelt = set() if files is None else files.tell_unused(self.report, self.languages)
        for language, places in self.missing.items():
            if len(places) == self.count >= _MANY:
                self._tell_absent(language, sections)
                continue
            for node, path in places:
                starts = {(language, path[:length]) for length in range(1, len(path) + 1)}
                if not starts & misspelt:
                    message = Message("no-text-in-language", language=language)
                    self.report.add("text-missing", node, message, self._say_it(language, path))

    def _tell_of_title(self, language: Language, count: int, title: Node) -> None:
        """Its languages are taken for those of the policy, and others are in many of its texts."""
        message = Message("title-lacks-language", language=language, count=count)
        self.report.add("text-missing", title, message, Message("say-in-title", language=language))

    def _tell_undeclared(self, language: str, keys: list[Scalar]) -> None:
        near = did_you_mean(language, self.languages)
        known = ListedWords([f"`{one}`" for one in self.languages])
        hint = Message("languages-are", known=known) if near is None else meaning(language, near)
        for key in keys if near is not None or len(keys) < _MANY else keys[:1]:
            count = len(keys) if near is None else 1
            message = Message("language-not-declared", language=language, count=count)
            self.report.add("language-not-declared", key, message, hint)

    def _tell_absent(self, language: Language, sections: Mapping[str, Node]) -> None:
        declared = sections.get("languages")
        items = declared.items if isinstance(declared, SequenceNode) else ()
        tags = [tag for tag in items if isinstance(tag, Scalar) and tag.value == language]
        message = Message("no-text-at-all-in-language", language=language)
        where = tags[0] if tags else sections.get("title")
        self.report.add("text-missing", where, message, self._say_it(language, None))

    def _say_it(self, language: Language, path: TextPath | None) -> Words:
        if self.files is None:
            return Message("say-text-here", language=language)
        where = "" if path is None else f": `{shown_path(path)}`"
        return Message("say-text-here-or-in-file", language=language, where=where)


def _may_be_text(node: Node) -> bool:
    if isinstance(node, MappingNode):
        return not any(isinstance(below, MappingNode) for _, below in node.entries)
    return isinstance(node, SequenceNode) or text_of(node) is not None


def _path_of_rule(path: TextPath, rule: Node, default: str) -> TextPath:
    """Rules are known by their ids, whichever decision they belong to."""
    named = text_of(rule.get("id")) if isinstance(rule, MappingNode) else None
    if path[0] == "tables":
        return (*path, named or default)
    if path[0] == "decisions":
        group = path[3:4] if path[2:3] == ("groups",) else ()
        return ("rules", named or "-".join((path[1], *group, default)))
    return (path[0], named or default)


def _rank(language: Language, order: Iterable[Language]) -> tuple[int, str]:
    known = list(order)
    return (known.index(language) if language in known else len(known), language)
