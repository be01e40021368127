"""From the text of a YAML or JSON file to its placed tree, with every problem found on the way.

The words are those of the YAML 1.2 core schema, fewer (YAML 1.2.2, 10.3): what
YAML 1.1, YAML 1.2 and people read differently is refused and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, overload

import yaml

from reglament.language.syntax.json_text import is_json, read_json
from reglament.language.syntax.source import (
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Source,
    unseen_characters,
)
from reglament.language.syntax.suggest import short
from reglament.language.syntax.traps import trap_of
from reglament.language.syntax.yaml_lines import ODD_BLANKS, blank_problem, conflict_marks
from reglament.language.syntax.yaml_problems import (
    CONTROL,
    DEEPEST,
    LONGEST_TEXT,
    MOST_ALIASED,
    Unreadable,
    add_entry,
    folded_list,
    long_number,
    lost_alias,
    odd_key,
    odd_number,
    second_document,
    stop_if_too_many,
    text_problems,
    told_again,
    too_deep,
    too_many_aliased,
    word_key,
)
from reglament.language.syntax.yaml_syntax import syntax_problem
from reglament.language.syntax.yaml_words import CORE, MOST_DIGITS, digits, is_odd_number, resolve
from reglament.messages import Message
from reglament.model.problems import Place, Problem

LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@overload
def parse_yaml(
    source: Source, problems: list[Problem], *, many: Literal[False] = False
) -> Node | None: ...
@overload
def parse_yaml(source: Source, problems: list[Problem], *, many: Literal[True]) -> list[Node]: ...
def parse_yaml(
    source: Source, problems: list[Problem], *, many: bool = False
) -> Node | list[Node] | None:
    """The tree of the one document (all documents with `many`); what is wrong joins `problems`.

    The tree stands, for further checks, where the text could be read to its end
    although something in it is refused; else it is None (with `many`, the documents
    before). An empty text is one null. JSON is read as JSON, with its own escapes.
    """
    documents: list[Node] = []
    try:
        _read_documents(source, problems, documents, many)
    except Unreadable:
        return documents if many else None
    if many:
        return documents
    return documents[0] if documents else Scalar(None, "", False, Place(source.name))


def _read_documents(
    source: Source, problems: list[Problem], documents: list[Node], many: bool
) -> None:
    unseen = unseen_characters(source)
    problems += unseen
    conflict = conflict_marks(source)
    if conflict is not None:
        problems.append(conflict)
    if unseen or conflict is not None:
        raise Unreadable
    if is_json(source.text):
        documents.append(read_json(source, problems))
        return
    composer = _Composer(source, problems)
    try:
        documents.extend(composer.documents(many))
    except yaml.MarkedYAMLError as error:
        if not (problems and problems[-1].code == "yaml-folded-list"):  # which explains it
            problems.append(syntax_problem(source, error, LOADER))
        raise Unreadable from error
    except yaml.YAMLError as error:
        message = Message("not-yaml", error=str(error))
        problems.append(source.problem("yaml-syntax", message, Place(source.name)))
        raise Unreadable from error


@dataclass(slots=True)
class _Anchor:
    place: Place
    node: Node | None = None
    size: int = 0
    height: int = 0
    used: bool = False


class _Composer:
    """From parser events to nodes; depth and aliases are bounded while the events stream."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.problems = problems
        self.events: Iterator[Any] = iter(yaml.parse(source.text, Loader=LOADER))
        self.anchors: dict[str, _Anchor] = {}
        self.aliased = 0

    def documents(self, many: bool) -> Iterator[Node]:
        starts = (event for event in self.events if isinstance(event, yaml.DocumentStartEvent))
        for number, start in enumerate(starts):
            if number and not many:
                self.problems.append(second_document(self.source, self._place(start)))
                raise Unreadable  # what stands below would be held against the rest
            self.anchors = {}
            node = self._node(next(self.events), 0)
            self._refuse_unused_anchors()
            stop_if_too_many(self.source, self.problems, node.place)
            yield node

    def _node(self, event: Any, depth: int) -> Node:
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        self._refuse_tag(event)
        anchor = None if event.anchor is None else self._open_anchor(event)
        node = self._bare_node(event, depth)
        if anchor is not None:
            anchor.node = node
        return node

    def _bare_node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth >= DEEPEST:
            self.problems.append(too_deep(self.source, self._place(event)))
            raise Unreadable
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _scalar(self, event: Any) -> Scalar:
        text: str = event.value
        place = self._place(event)
        start, end = event.start_mark, event.end_mark
        if not event.implicit[0]:
            raw = self.source.text[start.index : end.index]
            self.problems += text_problems(self.source, text, place)
            return Scalar(CONTROL.sub("\ufffd", text), raw, True, place)
        if start.line != end.line and re.search(
            r"[\n\r] *- ", self.source.text[start.index : end.index]
        ):
            self.problems.append(folded_list(self.source, place))
        return self._plain_scalar(text, place)

    def _plain_scalar(self, raw: str, place: Place) -> Scalar:
        value = resolve(raw)
        if type(value) is not str:
            return Scalar(value, raw, False, place)
        if is_odd_number(raw):
            tell = odd_number if digits(raw) <= MOST_DIGITS else long_number
            self.problems.append(tell(self.source, raw, place))
        elif len(raw) > LONGEST_TEXT:
            self.problems += text_problems(self.source, raw, place)
        return Scalar(raw, raw, False, place, trap_of(raw))

    def _sequence(self, start: Any, depth: int) -> SequenceNode:
        items = []
        while type(event := next(self.events)) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
            stop_if_too_many(self.source, self.problems, items[-1].place)
        return SequenceNode(tuple(items), self._place(start, event if start.flow_style else start))

    def _mapping(self, start: Any, depth: int) -> MappingNode:
        entries: dict[str, tuple[Scalar, Node]] = {}
        before = len(self.problems)
        while type(event := next(self.events)) is not yaml.MappingEndEvent:
            key = self._key(event, depth + 1)
            node = self._node(next(self.events), depth + 1)
            if key is not None:
                add_entry(self.source, self.problems, entries, key, node)
            stop_if_too_many(self.source, self.problems, node.place)
        if len(self.problems) > before + 1 and not start.flow_style:
            told_again(self.source, self.problems, entries, before)
        place = self._place(start, event if start.flow_style else start)
        if entries and not start.flow_style:
            first = next(iter(entries.values()))[0].place
            place = first if (first.line, first.column) == (place.line, place.column) else place
        return MappingNode(tuple(entries.values()), place)

    def _key(self, event: Any, depth: int) -> Scalar | None:
        """The key as text whatever it looks like, so that `10:00`, `no` and `012` are names."""
        place = self._place(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._node(event, depth)
            self.problems.append(odd_key(self.source, place))
            return None
        self._refuse_tag(event)
        if event.anchor is not None:
            self._open_anchor(event).node = Scalar(event.value, event.value, True, place)
        text, quoted = event.value, not event.implicit[0]
        if not quoted and (text == "<<" or (text in CORE and CORE[text] is None)):
            self.problems.append(word_key(self.source, text, place))
            return None
        if not quoted and text[:1] in ODD_BLANKS:
            self.problems.append(blank_problem(self.source, replace(place, width=1)))
        self.problems += text_problems(self.source, text, place)
        start, end = self._offsets(event)
        raw = self.source.text[start:end]
        text = CONTROL.sub("\ufffd", text)
        return Scalar(text, raw, quoted, place, None if quoted else trap_of(text))

    def _open_anchor(self, event: Any) -> _Anchor:
        anchor = _Anchor(self._place(event))
        before = self.anchors.setdefault(event.anchor, anchor)
        if before is not anchor:
            message = Message(
                "anchor-already-line", anchor=short(event.anchor), line=before.place.line
            )
            self.problems.append(self.source.problem("yaml-alias", message, anchor.place))
        return anchor

    def _alias(self, event: Any, depth: int) -> Node:
        place, name = self._place(event), event.anchor
        anchor = self.anchors.get(name)
        if anchor is not None:
            anchor.used = True
        if anchor is None or anchor.node is None:
            self.problems.append(lost_alias(self.source, name, place, to_itself=anchor is not None))
            return Scalar(None, f"*{name}", False, place)
        if anchor.size == 0:
            anchor.size, anchor.height = _measure(anchor.node)
        self.aliased += anchor.size
        if self.aliased > MOST_ALIASED:
            self.problems.append(too_many_aliased(self.source, place))
            raise Unreadable
        if depth + anchor.height > DEEPEST:
            self.problems.append(too_deep(self.source, place))
            raise Unreadable
        return anchor.node

    def _refuse_tag(self, event: Any) -> None:
        is_text = isinstance(event, yaml.ScalarEvent) and event.tag == "tag:yaml.org,2002:str"
        if event.tag is not None and not is_text:
            tag = short(event.tag.replace("tag:yaml.org,2002:", "!!"))
            message = Message("tag-not-language", tag=tag)
            hint = Message("take-tag-off-put")
            self.problems.append(self.source.problem("yaml-tag", message, self._place(event), hint))

    def _refuse_unused_anchors(self) -> None:
        for name, anchor in self.anchors.items():
            if not anchor.used:
                message = Message("nothing-refers-anchor", name=short(name))
                hint = Message("take-off-put-value")
                problem = self.source.problem("yaml-alias", message, anchor.place, hint)
                self.problems.append(problem)
                stop_if_too_many(self.source, self.problems, anchor.place)

    def _offsets(self, event: Any) -> tuple[int, int]:
        return event.start_mark.index, event.end_mark.index

    def _place(self, event: Any, last: Any = None) -> Place:
        start, end = event.start_mark, (last or event).end_mark
        if start.line >= len(self.source.lines):
            return self.source.span(len(self.source.text), len(self.source.text))
        if end.line == start.line:
            width = end.column - start.column
        else:
            width = len(self.source.lines[start.line].rstrip()) - start.column
        return Place(self.source.name, start.line + 1, start.column + 1, max(1, width))


def _measure(node: Node) -> tuple[int, int]:
    """How many nodes stand in the tree, aliases written out, and how deep it goes."""
    if isinstance(node, Scalar):
        return 1, 0
    below = node.items if isinstance(node, SequenceNode) else [entry[1] for entry in node.entries]
    measured = [_measure(one) for one in below]
    return 1 + sum(size for size, _ in measured), 1 + max((h for _, h in measured), default=0)
