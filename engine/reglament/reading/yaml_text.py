"""From the text of a YAML or JSON file to its placed tree, with every problem found on the way.

The words are those of the YAML 1.2 core schema, fewer (YAML 1.2.2, 10.3): what
YAML 1.1, YAML 1.2 and people read differently is refused and never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal, overload

import yaml

from reglament.model.problems import Place, Problem
from reglament.model.words import Words
from reglament.reading.source import (
    MOST_PROBLEMS,
    Mapping,
    Node,
    Plain,
    Scalar,
    Sequence,
    Source,
    Value,
    at,
    key_at,
    plain,
    too_many,
    unseen_characters,
)
from reglament.reading.suggest import TAB_REASON, number_hint, short, syntax_reason, trap_of

__all__ = [
    "Mapping",
    "Node",
    "Plain",
    "Scalar",
    "Sequence",
    "Value",
    "at",
    "is_odd_number",
    "key_at",
    "parse_json_lines",
    "parse_yaml",
    "plain",
    "resolve",
]

DEEPEST: Final = 64
MOST_ALIASED: Final = 50_000
LONGEST_TEXT: Final = 100_000
MOST_DIGITS: Final = 30
LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

_CORE: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?")
_ODD_NUMBER = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\.(?:inf|Inf|INF)"
    r"|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?)|\.(?:nan|NaN|NAN)"
)
_NUMBER_STARTS = frozenset("+-.0123456789")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_JSON_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_JSON_WORD = re.compile(r"-?[A-Za-z]+")
_SPACE = re.compile(r"[ \t\n\r]*")
_JSON = json.JSONDecoder()


class _Unreadable(Exception):
    """The rest of the text cannot be read; its problem is told already."""


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
    except _Unreadable:
        return documents if many else None
    if many:
        return documents
    return documents[0] if documents else Scalar(None, "", False, Place(source.name))


def parse_json_lines(source: Source, problems: list[Problem]) -> list[Node]:
    """One tree for each line that is not blank; a line that is no JSON joins `problems`."""
    unseen = unseen_characters(source)
    problems += unseen
    nodes: list[Node] = []
    for number, start in enumerate(source.starts if not unseen else (), 1):
        line = source.lines[number - 1]
        if not line.strip():
            continue
        if too_many(source, problems, Place(source.name, number)):
            break
        wrong = _json_fault(line)
        if wrong is not None:
            problems.append(_not_json(source, number, wrong))
            continue
        try:
            nodes.append(_JsonReader(source, problems).read(start))
        except _Unreadable:
            continue
    return nodes


def resolve(raw: str) -> Value:
    """What an unquoted word means: null, a boolean, a whole or decimal number, else text."""
    if raw in _CORE:
        return _CORE[raw]
    if raw[0] not in _NUMBER_STARTS:
        return raw
    number = _NUMBER.fullmatch(raw)
    if number is None or _digits(raw) > MOST_DIGITS:
        return raw
    return int(raw) if number[2] is None else Decimal(raw)


def is_odd_number(raw: str) -> bool:
    """Whether an unquoted word is a number to YAML 1.1, JSON or a person, but not to `resolve`."""
    if not raw or raw[0] not in _NUMBER_STARTS or type(resolve(raw)) is not str:
        return False
    return _ODD_NUMBER.fullmatch(raw) is not None


def _read_documents(
    source: Source, problems: list[Problem], documents: list[Node], many: bool
) -> None:
    unseen = unseen_characters(source)
    problems += unseen
    if unseen:
        raise _Unreadable
    if source.text.lstrip()[:1] in ("{", "[", '"') and _json_fault(source.text) is None:
        documents.append(_JsonReader(source, problems).read(0))
        return
    composer = _Composer(source, problems)
    try:
        documents.extend(composer.documents(many))
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax_problem(source, error))
        raise _Unreadable from error
    except yaml.YAMLError as error:
        message = Words(ru=f"текст не YAML: {error}", en=f"this is no YAML: {error}")
        problems.append(source.problem("yaml-syntax", message, Place(source.name)))
        raise _Unreadable from error


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
                self.problems.append(_second_document(self.source, self._place(start)))
                return
            self.anchors = {}
            node = self._node(next(self.events), 0)
            self._refuse_unused_anchors()
            _stop_if_too_many(self.source, self.problems, node.place)
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
            self.problems.append(_too_deep(self.source, self._place(event)))
            raise _Unreadable
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _scalar(self, event: Any) -> Scalar:
        text: str = event.value
        place = self._place(event)
        start, end = event.start_mark, event.end_mark
        if not event.implicit[0]:
            raw = self.source.text[start.index : end.index]
            self.problems += _text_problems(self.source, text, place)
            return Scalar(_CONTROL.sub("\ufffd", text), raw, True, place)
        if start.line != end.line and re.search(
            r"[\n\r] *- ", self.source.text[start.index : end.index]
        ):
            self.problems.append(_folded_list(self.source, place))
        return self._plain_scalar(text, place)

    def _plain_scalar(self, raw: str, place: Place) -> Scalar:
        value = resolve(raw)
        if type(value) is not str:
            return Scalar(value, raw, False, place)
        if is_odd_number(raw):
            tell = _odd_number if _digits(raw) <= MOST_DIGITS else _long_number
            self.problems.append(tell(self.source, raw, place))
        elif len(raw) > LONGEST_TEXT:
            self.problems += _text_problems(self.source, raw, place)
        return Scalar(raw, raw, False, place, trap_of(raw))

    def _sequence(self, start: Any, depth: int) -> Sequence:
        items = []
        while type(event := next(self.events)) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
            _stop_if_too_many(self.source, self.problems, items[-1].place)
        return Sequence(tuple(items), self._place(start, event if start.flow_style else start))

    def _mapping(self, start: Any, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while type(event := next(self.events)) is not yaml.MappingEndEvent:
            key = self._key(event, depth + 1)
            node = self._node(next(self.events), depth + 1)
            if key is not None:
                _add_entry(self.source, self.problems, entries, key, node)
            _stop_if_too_many(self.source, self.problems, node.place)
        place = self._place(start, event if start.flow_style else start)
        if entries and not start.flow_style:
            first = next(iter(entries.values()))[0].place
            place = first if (first.line, first.column) == (place.line, place.column) else place
        return Mapping(tuple(entries.values()), place)

    def _key(self, event: Any, depth: int) -> Scalar | None:
        """The key as text whatever it looks like, so that `10:00`, `no` and `012` are names."""
        place = self._place(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._node(event, depth)
            self.problems.append(_odd_key(self.source, place))
            return None
        self._refuse_tag(event)
        if event.anchor is not None:
            self._open_anchor(event).node = Scalar(event.value, event.value, True, place)
        text, quoted = event.value, not event.implicit[0]
        if not quoted and (text == "<<" or (text in _CORE and _CORE[text] is None)):
            self.problems.append(_word_key(self.source, text, place))
            return None
        self.problems += _text_problems(self.source, text, place)
        start, end = self._offsets(event)
        raw = self.source.text[start:end]
        text = _CONTROL.sub("\ufffd", text)
        return Scalar(text, raw, quoted, place, None if quoted else trap_of(text))

    def _open_anchor(self, event: Any) -> _Anchor:
        anchor = _Anchor(self._place(event))
        before = self.anchors.setdefault(event.anchor, anchor)
        if before is not anchor:
            message = Words(
                ru=f"метка `&{short(event.anchor)}` уже есть в строке {before.place.line}",
                en=f"the anchor `&{short(event.anchor)}` is already on line {before.place.line}",
            )
            self.problems.append(self.source.problem("yaml-alias", message, anchor.place))
        return anchor

    def _alias(self, event: Any, depth: int) -> Node:
        place, name = self._place(event), event.anchor
        anchor = self.anchors.get(name)
        if anchor is not None:
            anchor.used = True
        if anchor is None or anchor.node is None:
            self.problems.append(
                _lost_alias(self.source, name, place, to_itself=anchor is not None)
            )
            return Scalar(None, f"*{name}", False, place)
        if anchor.size == 0:
            anchor.size, anchor.height = _measure(anchor.node)
        self.aliased += anchor.size
        if self.aliased > MOST_ALIASED:
            self.problems.append(_too_many_aliased(self.source, place))
            raise _Unreadable
        if depth + anchor.height > DEEPEST:
            self.problems.append(_too_deep(self.source, place))
            raise _Unreadable
        return anchor.node

    def _refuse_tag(self, event: Any) -> None:
        is_text = isinstance(event, yaml.ScalarEvent) and event.tag == "tag:yaml.org,2002:str"
        if event.tag is not None and not is_text:
            tag = short(event.tag.replace("tag:yaml.org,2002:", "!!"))
            message = Words(
                ru=f"тег `{tag}` не из этого языка", en=f"the tag `{tag}` is not in this language"
            )
            hint = Words(
                ru="уберите тег, а если это текст, возьмите его в кавычки",
                en="take the tag off, or put the value in quotes if it is text",
            )
            self.problems.append(self.source.problem("yaml-tag", message, self._place(event), hint))

    def _refuse_unused_anchors(self) -> None:
        for name, anchor in self.anchors.items():
            if not anchor.used:
                message = Words(
                    ru=f"на метку `&{short(name)}` никто не ссылается",
                    en=f"nothing refers to the anchor `&{short(name)}`",
                )
                hint = Words(
                    ru="уберите её, а если это текст, возьмите его в кавычки",
                    en="take it off, or put the value in quotes if it is text",
                )
                problem = self.source.problem("yaml-alias", message, anchor.place, hint)
                self.problems.append(problem)
                _stop_if_too_many(self.source, self.problems, anchor.place)

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


class _JsonReader:
    """From text that is JSON already to nodes: only places, repeated keys and bounds are left."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.text = source.text
        self.problems = problems

    def read(self, start: int) -> Node:
        return self._node(self._skip(start), 0)[0]

    def _skip(self, start: int) -> int:
        found = _SPACE.match(self.text, start)
        return start if found is None else found.end()

    def _node(self, start: int, depth: int) -> tuple[Node, int]:
        letter = self.text[start]
        if letter == '"':
            return self._string(start)
        if letter not in "{[":
            return self._bare(start)
        if depth >= DEEPEST:
            self.problems.append(_too_deep(self.source, self.source.span(start, start + 1)))
            raise _Unreadable
        return self._mapping(start, depth) if letter == "{" else self._sequence(start, depth)

    def _string(self, start: int) -> tuple[Scalar, int]:
        text, end = _JSON.raw_decode(self.text, start)
        place = self.source.span(start, end)
        self.problems += _text_problems(self.source, text, place)
        return Scalar(_CONTROL.sub("\ufffd", text), self.text[start:end], True, place), end

    def _bare(self, start: int) -> tuple[Scalar, int]:
        number = _JSON_NUMBER.match(self.text, start)
        found = number or _JSON_WORD.match(self.text, start)
        assert found is not None, "the text was checked to be JSON"
        raw, place = found[0], self.source.span(start, found.end())
        value = _CORE.get(raw, raw) if number is None else _json_number(raw)
        if isinstance(value, str):
            tell = _odd_number if number is None else _long_number
            self.problems.append(tell(self.source, raw, place))
        return Scalar(value, raw, False, place), found.end()

    def _sequence(self, start: int, depth: int) -> tuple[Sequence, int]:
        items: list[Node] = []
        here = self._skip(start + 1)
        while self.text[here] != "]":
            item, here = self._node(here, depth + 1)
            items.append(item)
            _stop_if_too_many(self.source, self.problems, item.place)
            here = self._past_comma(here)
        return Sequence(tuple(items), self.source.span(start, here + 1)), here + 1

    def _mapping(self, start: int, depth: int) -> tuple[Mapping, int]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        here = self._skip(start + 1)
        while self.text[here] != "}":
            key, here = self._string(here)
            node, here = self._node(self._skip(self._skip(here) + 1), depth + 1)
            _add_entry(self.source, self.problems, entries, key, node)
            _stop_if_too_many(self.source, self.problems, node.place)
            here = self._past_comma(here)
        return Mapping(tuple(entries.values()), self.source.span(start, here + 1)), here + 1

    def _past_comma(self, here: int) -> int:
        here = self._skip(here)
        return self._skip(here + 1) if self.text[here] == "," else here


def _stop_if_too_many(source: Source, problems: list[Problem], place: Place) -> None:
    if len(problems) >= MOST_PROBLEMS and too_many(source, problems, place):
        raise _Unreadable


def _json_fault(text: str) -> json.JSONDecodeError | None:
    """Why the text is no JSON; text nested too deep for that question counts as JSON."""
    try:
        json.loads(text, parse_int=len, parse_float=len)
    except RecursionError:
        return None
    except json.JSONDecodeError as error:
        return error
    return None


def _digits(raw: str) -> int:
    return sum("0" <= letter <= "9" for letter in raw) if len(raw) > MOST_DIGITS else len(raw)


def _json_number(raw: str) -> Value:
    """The number, exactly; the text itself where it has too many digits."""
    if len(raw) > MOST_DIGITS + 10:
        return raw
    number = Decimal(raw)
    if len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        return raw
    return Decimal(f"{number:f}") if set(raw) & set(".eE") else int(raw)


def _measure(node: Node) -> tuple[int, int]:
    """How many nodes stand in the tree, aliases written out, and how deep it goes."""
    if isinstance(node, Scalar):
        return 1, 0
    below = node.items if isinstance(node, Sequence) else [entry[1] for entry in node.entries]
    measured = [_measure(one) for one in below]
    return 1 + sum(size for size, _ in measured), 1 + max((h for _, h in measured), default=0)


def _add_entry(
    source: Source,
    problems: list[Problem],
    entries: dict[str, tuple[Scalar, Node]],
    key: Scalar,
    node: Node,
) -> None:
    first = entries.setdefault(str(key.value), (key, node))[0]
    if first is not key:
        name = short(str(key.value))
        message = Words(
            ru=f"ключ `{name}` уже есть в строке {first.place.line}",
            en=f"the key `{name}` is already on line {first.place.line}",
        )
        hint = Words(ru="оставьте один из двух", en="keep one of the two")
        problems.append(source.problem("duplicate-key", message, key.place, hint))


def _syntax_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    stop = _line_and_column(error.problem_mark or error.context_mark)
    line = source.lines[stop[0]] if stop[0] < len(source.lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        reason, where = TAB_REASON, (stop[0], 0)
    else:
        reason = syntax_reason(f"{error.context}|{error.problem}", line[stop[1] : stop[1] + 1])
        opened = reason.at_opening and error.context_mark is not None
        where = _line_and_column(error.context_mark) if opened else stop
    place = Place(source.name, where[0] + 1, where[1] + 1)
    return source.problem(reason.code, reason.message, place, reason.hint)


def _line_and_column(mark: Any) -> tuple[int, int]:
    return (0, 0) if mark is None else (mark.line, mark.column)


def _text_problems(source: Source, text: str, place: Place) -> list[Problem]:
    if len(text) > LONGEST_TEXT:
        message = Words(
            ru=f"текст длиннее {LONGEST_TEXT} знаков",
            en=f"the text is longer than {LONGEST_TEXT} characters",
        )
        return [source.problem("text-too-long", message, place)]
    control = _CONTROL.search(text)
    if control is None:
        return []
    message = Words(
        ru=f"в тексте управляющий знак U+{ord(control[0]):04X}",
        en=f"the text holds the control character U+{ord(control[0]):04X}",
    )
    return [
        source.problem("unseen-character", message, place, Words(ru="удалите его", en="delete it"))
    ]


def _odd_number(source: Source, raw: str, place: Place) -> Problem:
    message = Words(
        ru=f"число `{short(raw)}` записано так, что его читают по-разному",
        en=f"the number `{short(raw)}` is written in a way that is read differently",
    )
    return source.problem("yaml-number", message, place, number_hint(raw))


def _long_number(source: Source, raw: str, place: Place) -> Problem:
    message = Words(
        ru=f"в числе больше {MOST_DIGITS} цифр",
        en=f"the number has more than {MOST_DIGITS} digits",
    )
    return source.problem("number-too-long", message, place, number_hint(raw))


def _too_deep(source: Source, place: Place) -> Problem:
    message = Words(
        ru=f"вложенность больше {DEEPEST} уровней", en=f"nested deeper than {DEEPEST} levels"
    )
    return source.problem("nested-too-deep", message, place)


def _too_many_aliased(source: Source, place: Place) -> Problem:
    message = Words(
        ru=f"ссылки разворачиваются более чем в {MOST_ALIASED} значений",
        en=f"the aliases stand for more than {MOST_ALIASED} values",
    )
    return source.problem("yaml-alias-bomb", message, place)


def _lost_alias(source: Source, name: str, place: Place, *, to_itself: bool) -> Problem:
    name = short(name)
    if to_itself:
        message = Words(
            ru=f"ссылка `*{name}` стоит внутри того, на что ссылается",
            en=f"the alias `*{name}` stands inside what it refers to",
        )
        return source.problem("yaml-alias", message, place)
    message = Words(
        ru=f"ссылка `*{name}`, а метки `&{name}` выше нет",
        en=f"the alias `*{name}` has no anchor `&{name}` above it",
    )
    hint = Words(ru="если это текст, возьмите его в кавычки", en="put it in quotes if it is text")
    return source.problem("yaml-alias", message, place, hint)


def _odd_key(source: Source, place: Place) -> Problem:
    message = Words(ru="ключ должен быть словом", en="a key must be a word")
    hint = Words(
        ru="если это текст со скобкой или звёздочкой, возьмите его в кавычки",
        en="put it in quotes if it is text with a bracket or an asterisk",
    )
    return source.problem("yaml-key", message, place, hint)


def _word_key(source: Source, text: str, place: Place) -> Problem:
    if text == "<<":
        message = Words(
            ru="слияния `<<` в этом языке нет", en="merging by `<<` is not in this language"
        )
        hint = Words(ru="напишите ключи явно", en="write the keys out")
        return source.problem("yaml-merge", message, place, hint)
    message = Words(ru="ключ пуст", en="the key is empty")
    hint = Words(
        ru=f'если это текст, напишите `"{text}"` в кавычках',
        en=f'if it is text, write `"{text}"` in quotes',
    )
    return source.problem("yaml-key", message, place, hint)


def _folded_list(source: Source, place: Place) -> Problem:
    message = Words(
        ru="список под значением читается как продолжение текста",
        en="the list under a value is read as more of its text",
    )
    hint = Words(
        ru="уберите значение или список, а текст возьмите в кавычки",
        en="take off the value or the list; put text in quotes",
    )
    return source.problem("yaml-folded-list", message, place, hint)


def _second_document(source: Source, place: Place) -> Problem:
    message = Words(
        ru="второй документ в файле, где должен быть один",
        en="a second document in a file that holds one",
    )
    hint = Words(ru="уберите `---`", en="take off `---`")
    return source.problem("yaml-documents", message, place, hint)


def _not_json(source: Source, number: int, error: json.JSONDecodeError) -> Problem:
    message = Words(ru="строка не JSON", en="the line is not JSON")
    hint = Words(
        ru="в каждой строке должно быть одно целое значение JSON",
        en="each line holds one whole JSON value",
    )
    place = Place(source.name, number, error.colno)
    return source.problem("json-syntax", message, place, hint)
