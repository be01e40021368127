"""From a CSV file beside a policy to the rows that a list in YAML would have held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reglament.language.loading.expressions.node_access import text_of
from reglament.language.loading.expressions.operands import LITERAL, SAME_AS
from reglament.language.loading.expressions.written_tests import OPERATOR_WORDS
from reglament.language.syntax.csv_text import Row, as_text, cell_of, parse_csv
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.shown import shown_name
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode, read_source
from reglament.language.syntax.suggest import did_you_mean, meaning
from reglament.messages import Message
from reglament.model.operators import AMOUNT_WORDS, DAY_WORDS
from reglament.model.problems import Place, Refused

_NAMED = frozenset({"facts", "parameters", "decisions"})
_WORDS = frozenset({"choice", "text"})
_TEXTS = frozenset({"id", "from", "until", "because"})
_ORDERED = frozenset({*AMOUNT_WORDS, *DAY_WORDS})
_OPERATORS = re.compile(rf"(?:^|(?<=\s))({'|'.join(sorted(_ORDERED, key=len, reverse=True))})\s+")
_FIELD = "then."  # of the columns that give the fields of a record
_LISTS = frozenset({"clauses", "readings", "attaches", "overrides"})


def names_of_words(files: Iterable[MappingNode]) -> frozenset[str]:
    """The names whose values are words or texts, whatever else a cell of their column looks like.

    A cell does not tell its type, as a word in YAML does: `007` is a number or a text.
    """
    declared = [
        (str(name.value), node)
        for file in files
        for section, below in file.entries
        if section.value in _NAMED and isinstance(below, MappingNode)
        for name, node in below.entries
        if isinstance(node, MappingNode)
    ]
    fields = (f"{name}.{field}" for name, node in declared for field in _fields_of_words(node))
    return frozenset(name for name, node in declared if _holds_words(node)).union(fields)


def _fields_of_words(node: MappingNode) -> Iterator[str]:
    """The fields of a record that are words or texts."""
    fields = node.get("fields")
    for name, below in fields.entries if isinstance(fields, MappingNode) else ():
        is_word = isinstance(below, MappingNode) and _holds_words(below)
        if is_word or text_of(below) in _WORDS:
            yield str(name.value)


def _holds_words(node: MappingNode) -> bool:
    type = node.get("type")
    if type is None:
        return node.get("outcomes") is not None
    if isinstance(type, Scalar) and type.value == "list":
        item = node.get("item")
        return not isinstance(item, MappingNode) or _holds_words(item)
    return isinstance(type, Scalar) and type.value in _WORDS


def with_tables(
    report: Diagnostics,
    decisions: Node,
    folder: Path,
    words: frozenset[str],
    root: Path | None = None,
) -> Node:
    """The section `decisions`, or `tables`, with every CSV file that it names read in its place.

    No file may be a link that leads out of the policy's folder `root`, or else out of its own.
    """
    if not isinstance(decisions, MappingNode):
        return decisions
    reader = _Tables(report, folder, words, root or folder)
    return decisions.changed(lambda _, node: reader.decision(node))


class _Tables:
    """The tables of one file."""

    def __init__(
        self, report: Diagnostics, folder: Path, words: frozenset[str], root: Path
    ) -> None:
        self.report = report
        self.folder = folder
        self.root = root
        self.words = words

    def decision(self, node: Node) -> Node:
        """The decision, the rows of its tables in the places of their names."""
        if not isinstance(node, MappingNode):
            return node
        words = self.words | {"then"} if _holds_words(node) else self.words
        words |= {f"{_FIELD}{name}" for name in _fields_of_words(node)}
        has_then = text_of(node.get("total")) != "count"
        whole = self._table(node, words, has_then=has_then)
        if isinstance(rows := node.get("rows"), Scalar):  # of a table that decisions use
            whole = self._with_rows(node, rows, words, has_then=has_then)
        return whole.changed(
            lambda _, groups: self._groups(groups, words, has_then=has_then), "groups"
        )

    def _groups(self, node: Node, words: frozenset[str], *, has_then: bool) -> Node:
        if not isinstance(node, MappingNode):
            return node
        return node.changed(
            lambda _, one: (
                self._table(one, words, has_then=has_then) if isinstance(one, MappingNode) else one
            )
        )

    def _table(self, node: MappingNode, words: frozenset[str], *, has_then: bool) -> MappingNode:
        """A decision or a group of its rules with the rows of its table."""
        table = node.get("table")
        if not isinstance(table, Scalar) or node.get("rules") is not None:
            return node  # which of the two is meant is for the schema to ask
        return self._with_rows(node, table, words, has_then=has_then)

    def _with_rows(
        self, node: MappingNode, name: Scalar, words: frozenset[str], *, has_then: bool
    ) -> MappingNode:
        """The mapping with the rows of the file in the place of its name."""
        header, rows = self._read(name, has_then=has_then)
        read = SequenceNode(tuple(_row(header, row, words) for row in rows), name.place)
        return node.changed(lambda _, below: read if below is name else below)

    def _read(self, name: Scalar, *, has_then: bool) -> tuple[Row, tuple[Row, ...]]:
        """The header and the rows of the file; none where they cannot be read."""
        path = self.folder / str(name.value)
        if not str(name.value).endswith(".csv") or path.parent != self.folder:
            self.report.add("table-file", name, Message("table-csv-file-beside", name=name.value))
            return (), ()
        try:
            source = read_source(path, shown_name(path), within=self.root)
        except Refused as refused:
            for problem in refused.problems:
                self.report.add(problem.code, name, problem.message, problem.hint)
            return (), ()
        self.report.sources[source.name] = source
        header, rows = parse_csv(source, self.report.problems)
        if has_then:
            header = tuple(_column(self.report, header, column) for column in header)
        if has_then and header and not _gives(header):
            self.report.add("missing-key", header[0], Message("table-no-column-then"))
            return (), ()
        return header, rows


def _names(header: Row) -> set[str]:
    return {str(column.value) for column in header}


def _gives(header: Row) -> bool:
    """Whether a column says what a row gives, or what a field of it is."""
    return any(name == "then" or name.startswith(_FIELD) for name in _names(header))


def _column(report: Diagnostics, header: Row, column: Scalar) -> Scalar:
    """The column; a near name for the `then` that the table lacks is read as it, and told."""
    name = str(column.value)
    if _gives(header) or did_you_mean(name, ("then",)) is None:
        return column
    message = Message("unknown-column", name=name)
    report.add("unknown-column", column, message, meaning(name, "then"))
    return replace(column, value="then")


def _row(header: Row, row: Row, words: frozenset[str]) -> MappingNode:
    entries: list[tuple[Scalar, Node]] = []
    texts: list[tuple[Scalar, Node]] = []
    fields: list[tuple[Scalar, Node]] = []
    for column, cell in zip(header, row, strict=True):
        if not cell.raw:
            continue
        name = str(column.value)
        if name.startswith("because."):
            language = _key(name.removeprefix("because."), column.place)
            texts.append((language, as_text(cell)))
        elif name.startswith(_FIELD):
            field = _key(name.removeprefix(_FIELD), column.place)
            fields.append((field, _given(cell, is_word=name in words)))
        else:
            entries.append((column, _cell(name, cell, is_word=name in words)))
    for key, below in (("because", texts), ("then", fields)):
        if below:
            place = below[0][1].place
            entries.append((_key(key, place), MappingNode(tuple(below), place)))
    return MappingNode(tuple(entries), row[0].place)


def _cell(column: str, cell: Scalar, *, is_word: bool) -> Node:
    if column in _LISTS:
        named = (cell_of(one, cell.place) for one in cell.raw.split())
        return SequenceNode(tuple(map(as_text, named)), cell.place)
    if column in _TEXTS:
        return as_text(cell)
    if column == "then":
        return _given(cell, is_word=is_word)
    pieces = [_test(one.strip(), cell.place, is_word) for one in cell.raw.split("|")]
    return pieces[0] if len(pieces) == 1 else SequenceNode(tuple(pieces), cell.place)


def _given(cell: Scalar, *, is_word: bool) -> Node:
    """What a row gives, or a field of it."""
    word, _, rest = cell.raw.partition(" ")
    if word in (LITERAL, SAME_AS) and rest.strip():
        said = _literal(rest.strip(), cell.place, is_word)
        return MappingNode(((_key(word, cell.place), said),), cell.place)
    return _literal(cell.raw, cell.place, is_word)


def _test(text: str, place: Place, is_word: bool) -> Node:
    """A literal, or operators and their operands: `at_least 5`, `at_least 100 less_than 120`."""
    word, _, rest = text.partition(" ")
    if word not in OPERATOR_WORDS or not rest.strip():
        return _literal(text, place, is_word)
    if word.startswith("includes_"):
        listed = tuple(_literal(one, place, is_word) for one in rest.split())
        return MappingNode(((_key(word, place), SequenceNode(listed, place)),), place)
    pieces = _OPERATORS.split(text)[1:] if word in _ORDERED else [word, rest]
    told = zip(pieces[::2], pieces[1::2], strict=True)
    entries = [(_key(one, place), _literal(said.strip(), place, is_word)) for one, said in told]
    return MappingNode(tuple(entries), place)


def _key(word: str, place: Place) -> Scalar:
    return Scalar(word, word, False, place)


def _literal(text: str, place: Place, is_word: bool) -> Scalar:
    cell = cell_of(text, place)
    return as_text(cell) if is_word and cell.value is not None else cell
