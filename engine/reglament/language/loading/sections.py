"""From the files of one version to its sections, joined: a name told twice is a problem."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reglament.language.loading.csv_tables import names_of_words, with_tables
from reglament.language.loading.section_names import JOINED, LISTED
from reglament.language.loading.text_files import TextFiles, language_of_file
from reglament.language.loading.texts import with_texts
from reglament.language.syntax.bundled import SchemaName
from reglament.language.syntax.diagnostics import Report
from reglament.language.syntax.misfiled import refiled
from reglament.language.syntax.nameless import named
from reglament.language.syntax.schema_check import check_shape
from reglament.language.syntax.shown import shown_name
from reglament.language.syntax.source import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    plain,
    read_source,
)
from reglament.language.syntax.source import Plain as PlainValue
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.messages import Message
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import LANGUAGE

Entry = tuple[Scalar, Node]


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of a version, whichever files they stood in."""

    joined: dict[str, Node]
    place: Node | None

    def get(self, name: str) -> Node | None:
        """The section of that name; None where no file has it."""
        return self.joined.get(name)

    def plain(self) -> dict[str, PlainValue]:
        """The joined mapping as ordinary dicts, lists and values."""
        return {name: plain(node) for name, node in self.joined.items()}


def read_sections(report: Report, files: list[Path], root: Path | None = None) -> Sections:
    """The sections that the files hold together, in an order that their spread cannot change.

    No link may lead out of the folder `root`, where they stand in one.
    Raises Refused where a file cannot be read to its end: whatever the others
    say of what it holds would be held against them.
    """
    found: dict[str, list[Entry]] = {}
    texts = TextFiles()
    read: list[tuple[Path, Mapping | None]] = []
    for path in sorted(files):
        language = None if root is None else language_of_file(path)
        below = _read_file(report, path, root, "policy" if language is None else "texts")
        if language is None or below is None:
            read.append((path, below))
        else:
            texts.add(language, below)
    words = names_of_words(below for _, below in read if below is not None)
    for path, below in read:
        for key, node in below.entries if below is not None else ():
            if key.value == "decisions":
                node = with_tables(report, node, path.parent, words, root)
            found.setdefault(str(key.value), []).append((key, node))
    if any(below is None for _, below in read):
        report.refuse_if_any()
    first = next((below for _, below in read if below is not None), None)
    joined = {name: _join(report, name, found[name]) for name in sorted(found)}
    return Sections(with_texts(report, joined, None if root is None else texts), first)


def sections_of(report: Report, source: Source) -> Sections:
    """The sections of a version whose one text names no other file."""
    root = _read_source(report, source)
    entries = root.entries if root is not None else ()
    sections = {str(key.value): node for key, node in sorted(entries, key=_name)}
    return Sections(with_texts(report, sections, None), root)


def _name(entry: Entry) -> str:
    return str(entry[0].value)


def _read_file(report: Report, path: Path, root: Path | None, schema: SchemaName) -> Mapping | None:
    try:
        source = read_source(path, shown_name(path), within=root)
    except Refused as refused:
        report.problems += refused.problems
        return None
    return _read_source(report, source, schema)


def _read_source(report: Report, source: Source, schema: SchemaName = "policy") -> Mapping | None:
    report.sources[source.name] = source
    node = parse_yaml(source, report.problems)
    if node is None:
        return None
    _refuse_newer(source, node)
    report.keep_told()
    shape: list[Problem] = []
    if schema == "policy":
        node, nameless = named(node, shape, source)
        report.nameless |= nameless
        node = refiled(node, shape, source)
    node = check_shape(node, schema, shape, source)
    report.keep_shape(source, shape)
    return node if isinstance(node, Mapping) else None


def _refuse_newer(source: Source, node: Node) -> None:
    """Of a policy in a newer language that alone is told: its words may mean what no one knows."""
    written = node.get("language") if isinstance(node, Mapping) else None
    number = written.value if isinstance(written, Scalar) else None
    if written is not None and type(number) is int and number > LANGUAGE:
        message = Message("newer-language", language=number, known=LANGUAGE)
        hint = Message("update-reglament")
        raise Refused([source.problem("newer-language", message, written.place, hint)])


def _join(report: Report, name: str, found: list[Entry]) -> Node:
    if name in JOINED:
        mappings = [node for _, node in found if isinstance(node, Mapping)]
        return _join_mappings(report, mappings) if mappings else found[0][1]
    if name in LISTED:
        items = [item for _, node in found if isinstance(node, Sequence) for item in node.items]
        return Sequence(tuple(items), found[0][1].place)
    for key, _ in found[1:]:
        _refuse_twice(report, key, found[0][0])
    return found[0][1]


def _join_mappings(report: Report, mappings: list[Mapping]) -> Mapping:
    entries: dict[str, Entry] = {}
    for mapping in mappings:
        for key, node in mapping.entries:
            first = entries.setdefault(str(key.value), (key, node))[0]
            if first is not key:
                _refuse_twice(report, key, first)
    return Mapping(tuple(entries[name] for name in sorted(entries)), mappings[0].place)


def _refuse_twice(report: Report, key: Scalar, first: Scalar) -> None:
    where = f"{first.place.file}:{first.place.line}"
    message = Message("told-already", key=key.value, where=where)
    hint = Message("keep-one-two")
    report.add("told-twice", key, message, hint)
