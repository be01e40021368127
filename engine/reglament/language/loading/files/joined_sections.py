"""From the files of one version to its sections, joined: a name told twice is a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from reglament.frozen import frozen
from reglament.language.loading.files.csv_tables import names_of_words, with_tables
from reglament.language.loading.files.inherited import (
    BASED_ON,
    WITHOUT,
    completed,
    judged_anew,
    less,
    united,
)
from reglament.language.loading.files.section_names import JOINED, LISTED
from reglament.language.loading.files.shared_parts import USES, SharedParts, refuse_other_sections
from reglament.language.loading.files.text_files import TextFiles, language_of_file
from reglament.language.loading.files.written_texts import with_texts
from reglament.language.syntax.bundled import SchemaName
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.misfiled import named, properties, refiled
from reglament.language.syntax.schema_check import check_shape
from reglament.language.syntax.shown import shown_name
from reglament.language.syntax.source import (
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Source,
    plain,
    read_source,
)
from reglament.language.syntax.source import Plain as PlainValue
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import LANGUAGE

Entry = tuple[Scalar, Node]


@frozen
class Sections:
    """The sections of a version, whichever files they stood in.

    `heritable` are those that a version based on it takes over; None where they are the same.
    """

    joined: dict[str, Node]
    place: Node | None
    heritable: dict[str, Node] | None = None

    def get(self, name: str) -> Node | None:
        """The section of that name; None where no file has it."""
        return self.joined.get(name)

    def plain(self) -> dict[str, PlainValue]:
        """The joined mapping as ordinary dicts, lists and values."""
        return {name: plain(node) for name, node in self.joined.items()}


Base: TypeAlias = Callable[[Diagnostics, Scalar], "Sections | None"]
"""What finds the version that another one is based on, by its name."""


def read_sections(
    report: Diagnostics,
    files: list[Path],
    shared: SharedParts,
    root: Path | None = None,
    base: Base | None = None,
) -> Sections:
    """The sections that the files hold together, in an order that their spread cannot change.

    No link may lead out of the folder `root`, where they stand in one. A version that is
    `based_on` another one, which `base` finds, has the sections of that where it says nothing.
    What it `uses` is read as if it stood among the files.
    Raises Refused where a file cannot be read to its end: whatever the others
    say of what it holds would be held against them.
    """
    parsed = [(path, _parsed(report, path, root)) for path in sorted(files)]
    parsed = _without_requests(report, parsed)
    inherited = _inherited(report, [one[1] for _, one in parsed if one is not None], base)
    found: dict[str, list[Entry]] = {}
    texts = TextFiles()
    read: list[tuple[Path, MappingNode | None]] = []
    for path, one in parsed:
        language = None if root is None else language_of_file(path)
        schema: SchemaName = "policy" if language is None else "texts"
        below = None if one is None else _shaped(report, *one, schema, inherited)
        if language is None or below is None:
            read.append((path, below))
        else:
            texts.add(language, below)
    for below in _shared(report, shared, parsed, texts):
        read.append((Path(below.place.file), below))
    known = [below for _, below in read if below is not None]
    words = names_of_words([*known, _as_file(inherited)] if inherited else known)
    for path, below in read:
        for key, node in below.entries if below is not None else ():
            if key.value in ("decisions", "tables"):
                node = with_tables(report, node, path.parent, words, root)
            found.setdefault(str(key.value), []).append((key, node))
    if any(below is None for _, below in read):
        report.refuse_if_any()
    first = known[0] if known else None
    own = {name: _join(report, name, found[name]) for name in sorted(found) if name != USES}
    used = None if root is None else texts
    if inherited is None:
        return Sections(with_texts(report, own, used), first)
    whole = with_texts(report, united(inherited, own), used)
    return Sections(judged_anew(whole, own), first, whole)


def _without_requests(
    report: Diagnostics, parsed: list[tuple[Path, tuple[Source, Node] | None]]
) -> list[tuple[Path, tuple[Source, Node] | None]]:
    """The files, but for those that tell the facts that others declare: a request among rules."""
    nodes = [one[1] for _, one in parsed if one is not None]
    facts = [node.get("facts") for node in nodes if isinstance(node, MappingNode)]
    heads = {_head(key) for fact in facts if isinstance(fact, MappingNode) for key in fact.keys}
    heads -= properties("policy")
    kept: list[tuple[Path, tuple[Source, Node] | None]] = []
    for path, one in parsed:
        node = None if one is None else one[1]
        keys = {_head(key) for key in node.keys} if isinstance(node, MappingNode) else set()
        if node is not None and keys and keys <= heads:
            message = Message("request-among-rules", file=path.name)
            report.add("request-among-rules", node, message, Message("request-elsewhere"))
            one = None
        kept.append((path, one))
    return kept


def _head(name: str) -> str:
    """The first part of a fact's name, or of the path to a field of an item."""
    return name.partition(".")[0].partition("[")[0]


def _inherited(
    report: Diagnostics, files: Iterable[Node], base: Base | None
) -> dict[str, Node] | None:
    """The sections that the version takes over; None where it is based on no other."""
    nodes = [node for node in files if isinstance(node, MappingNode)]
    named = next((one for node in nodes if isinstance(one := node.get(BASED_ON), Scalar)), None)
    without = [one for node in nodes if (one := node.get(WITHOUT)) is not None]
    if named is None:
        for one in without:
            report.add("without-no-base", one, Message("without-no-base"))
        return None
    found = None if base is None else base(report, named)
    if base is None:
        report.add("based-on-alone", named, Message("based-on-alone", name=named.value))
    if found is None:
        report.refuse_if_any()  # whatever else it says hangs on its base
        return None
    sections = found.joined if found.heritable is None else found.heritable
    for one in without:
        sections = less(report, sections, one)
    return sections


def _shared(
    report: Diagnostics,
    shared: SharedParts,
    parsed: Iterable[tuple[Path, tuple[Source, Node] | None]],
    texts: TextFiles,
) -> Iterator[MappingNode]:
    """The shared parts that the files use; the texts of a part in another language are kept."""
    nodes = [one[1] for _, one in parsed if one is not None]
    for path, folder in dict.fromkeys(shared.used(report, nodes)):
        one = _parsed(report, path, folder)
        language = language_of_file(path)
        schema: SchemaName = "policy" if language is None else "texts"
        below = None if one is None else _shaped(report, *one, schema)
        if below is None:
            report.refuse_if_any()  # what it would have declared is missing everywhere
        elif language is None:
            yield refuse_other_sections(report, below)
        else:
            texts.add(language, below)


def _as_file(sections: dict[str, Node]) -> MappingNode:
    place = Place("")
    entries = ((Scalar(name, name, False, place), node) for name, node in sections.items())
    return MappingNode(tuple(entries), place)


def sections_of(report: Diagnostics, source: Source) -> Sections:
    """The sections of a version whose one text names no other file."""
    parsed = _parsed_source(report, source)
    root = None if parsed is None else _shaped(report, *parsed)
    entries = root.entries if root is not None else ()
    sections = {str(key.value): node for key, node in sorted(entries, key=_name)}
    return Sections(with_texts(report, sections, None), root)


def _name(entry: Entry) -> str:
    return str(entry[0].value)


def _parsed(report: Diagnostics, path: Path, root: Path | None) -> tuple[Source, Node] | None:
    try:
        source = read_source(path, shown_name(path), within=root)
    except Refused as refused:
        report.problems += refused.problems
        return None
    return _parsed_source(report, source)


def _parsed_source(report: Diagnostics, source: Source) -> tuple[Source, Node] | None:
    report.sources[source.name] = source
    node = parse_yaml(source, report.problems)
    if node is None:
        return None
    _refuse_newer(source, node)
    return source, node


def _shaped(
    report: Diagnostics,
    source: Source,
    node: Node,
    schema: SchemaName = "policy",
    base: dict[str, Node] | None = None,
) -> MappingNode | None:
    """What the file says, by its schema; each entry with what the base says of the same."""
    report.keep_told()
    shape: list[Problem] = []
    if schema == "policy":
        node, nameless = named(node, shape, source)
        report.nameless |= nameless
        node = refiled(node, shape, source)
        if base is not None and isinstance(node, MappingNode):
            node = completed(node, base)
    node = check_shape(node, schema, shape, source)
    report.keep_shape(source, shape)
    return node if isinstance(node, MappingNode) else None


def _refuse_newer(source: Source, node: Node) -> None:
    """Of a policy in a newer language that alone is told: its words may mean what no one knows."""
    written = node.get("language") if isinstance(node, MappingNode) else None
    number = written.value if isinstance(written, Scalar) else None
    if written is not None and type(number) is int and number > LANGUAGE:
        message = Message("newer-language", language=number, known=LANGUAGE)
        hint = Message("update-reglament")
        raise Refused([source.problem("newer-language", message, written.place, hint)])


def _join(report: Diagnostics, name: str, found: list[Entry]) -> Node:
    if name in JOINED:
        mappings = [node for _, node in found if isinstance(node, MappingNode)]
        return _join_mappings(report, mappings) if mappings else found[0][1]
    if name in LISTED:
        items = [item for _, node in found if isinstance(node, SequenceNode) for item in node.items]
        return SequenceNode(tuple(items), found[0][1].place)
    for key, _ in found[1:]:
        report.told_twice(key, found[0][0])
    return found[0][1]


def _join_mappings(report: Diagnostics, mappings: list[MappingNode]) -> MappingNode:
    entries: dict[str, Entry] = {}
    for mapping in mappings:
        for key, node in mapping.entries:
            first = entries.setdefault(str(key.value), (key, node))[0]
            if first is not key:
                report.told_twice(key, first)
    return MappingNode(tuple(entries[name] for name in sorted(entries)), mappings[0].place)
