"""From a YAML file to the same file in one layout: comments, order and meaning are kept.

Two spaces of indentation, list items two deeper than their key, one space after
commas and colons, no spaces at line ends, one line break at the end. Braces and brackets
that go over several lines become lines of their own. Quotes stay as they are. Nothing is
written where the meaning would change.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reglament.editing.atomic import write_whole
from reglament.frozen import frozen
from reglament.language.loading.files.bundles import refuse_bundle
from reglament.language.loading.files.digest import digest_of
from reglament.language.syntax.source import Source, plain, read_source
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused, needing

ENDINGS = frozenset({".yaml", ".yml"})
NEVER_WRAP = 1 << 30
_COMMENT = re.compile(r"(?:^|\s)(#.*)$", re.MULTILINE)


@frozen
class Formatted:
    """A file as it is and as it should be."""

    path: Path
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the layout differs."""
        return self.before != self.after


def format_files(paths: Iterable[Path], *, is_check: bool = False) -> tuple[Formatted, ...]:
    """Each YAML file at the paths, hidden ones left out; written in place unless `is_check`.

    Raises Refused, before anything is written, with the problems of every file.
    """
    _round_trip()  # what it lacks is no fault of a file, and is told once
    found: list[Formatted] = []
    problems: list[Problem] = []
    for path in files_at(paths):
        try:
            refuse_bundle(path)
            source = read_source(path)
            found.append(Formatted(path, _whole(path), format_text(source)))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    for one in found:
        if one.is_changed and not is_check:
            write_whole(one.path, one.after)
    return tuple(found)


def files_at(paths: Iterable[Path]) -> Iterator[Path]:
    """The YAML files that the paths name or hold, each once."""
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for one in inside:
            is_wanted = one == path or (one.suffix in ENDINGS and not _is_hidden(one, path))
            if is_wanted and not one.is_dir() and one not in seen:
                seen.add(one)
                yield one


def _is_hidden(path: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)


def _whole(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def format_text(source: Source) -> str:
    """The text in the one layout. Raises Refused where it cannot be read, or would change."""
    meaning = _meaning(source)
    text = _laid_out(source.text, source.name)
    if text == source.text:
        return text
    text = _laid_out(text, source.name)  # comments may move once more where lines became others
    if _meaning(Source(source.name, text)) != meaning or _comments(text) != _comments(source.text):
        raise Refused([Problem("format-unsafe", _UNSAFE, Place.whole(source.name))])
    return text


_UNSAFE = Message("layout-would-change-meaning")


def _meaning(source: Source) -> str:
    """The fingerprint of all that the file says, examples too."""
    problems: list[Problem] = []
    node = parse_yaml(source, problems)
    if problems or node is None:
        raise Refused(problems)
    return digest_of({"all": plain(node)})


def _comments(text: str) -> list[str]:
    """The words of comments, and of whatever looks like one, in their order."""
    return [found.rstrip() for found in _COMMENT.findall(text)]


def _laid_out(text: str, name: str) -> str:
    yaml = _round_trip()
    try:
        tree = yaml.load(text)
        _unfold(tree)
        out = io.StringIO()
        yaml.dump(tree, out)
    except Exception as error:  # whatever the library trips over, the file stays as it is
        message = Message("file-cannot-laid-out", error=_first_line(error))
        raise Refused([Problem("format-failed", message, Place.whole(name))]) from error
    lines = [line.rstrip() for line in out.getvalue().split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def _unfold(node: Any) -> None:
    """A line for each entry of braces and brackets that go over several: one would be too long."""
    entries = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if entries:
        # Of an alias the place is that of its anchor, which is before.
        last = max(line for place in node.lc.data.values() for line in place[::2])
        if node.fa.flow_style() and last > node.lc.line:
            node.fa.set_block_style()
    for entry in entries:
        _unfold(entry)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _round_trip() -> Any:
    with needing("fmt"):
        from ruamel.yaml import YAML
    yaml = YAML()
    yaml.Resolver = _words_resolver()
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.width = NEVER_WRAP
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _words_resolver() -> Any:
    """A resolver to which every word is text: it is not for the layout to know better."""
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver

    class WordsResolver(VersionedResolver):  # type: ignore[misc, unused-ignore]
        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            if kind is ScalarNode and implicit[0] and value:
                return super().resolve(kind, "a word", implicit)
            return super().resolve(kind, value, implicit)

    return WordsResolver
