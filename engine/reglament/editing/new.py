"""From a name to the folder of a new policy, or from a policy to its next version."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from reglament.editing.template import FILES_SCHEMA, REQUEST_SCHEMA, based_text, first_texts
from reglament.language.loading.files.bundles import refuse_bundle
from reglament.language.loading.files.written_texts import is_language
from reglament.language.loading.files_schema import files_schema
from reglament.language.loading.version_loader import read_policy, read_version
from reglament.language.requests.request_schema import request_schema
from reglament.language.syntax.source import (
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Source,
    read_source,
)
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.messages import Language, Message, Words
from reglament.model.problems import Place, Problem, Refused, refusal
from reglament.model.regulation import Version
from reglament.model.words import LANGUAGES

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")
Edit = tuple[int, int, str]


def new_policy(folder: Path, day: date, languages: tuple[Language, ...] = LANGUAGES) -> Path:
    """A new policy in `folder`, named as the folder is, holding from `day`; its version's folder.

    Beside it stand the JSON Schemas of its files and of its requests, for editors and forms.
    Its texts are in `languages`. Raises Refused where the folder exists, its name cannot name
    a policy, or a language is none.
    """
    for tag in languages:
        if not is_language(tag):
            message, hint = Message("no-language", language=tag), Message("language-tags")
            raise refusal("unknown-language", message, hint)
    if not _NAME.fullmatch(folder.name):
        message = Message("cannot-name-policy", folder=folder.name)
        raise refusal("wrong-name", message, Message("letters-digits-hyphens-letter"))
    _refuse_existing(folder)

    def make(made: Path) -> None:
        for path, text in first_texts(folder.name, day, languages).items():
            target = made / day.isoformat() / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        version = read_version(made / day.isoformat())
        for name, schema in ((FILES_SCHEMA, files_schema), (REQUEST_SCHEMA, request_schema)):
            text = json.dumps(schema(version, languages[0]), ensure_ascii=False, indent=2)
            (made / name).write_text(f"{text}\n", "utf-8")

    _made_whole(folder, make)
    return folder / day.isoformat()


def new_version(folder: Path, day: date, known: date, *, is_whole: bool = False) -> Path:
    """The next version of the policy in `folder`, based on its last one; the folder of it.

    It holds from `day` and became known on `known`, and says nothing more: what differs is to be
    written into it. With `is_whole` it is a copy of the last. Comments stay then; an example gets
    `at`, the new day, where it has none, so that it is decided by the new version.

    Raises Refused where `day` is not after the last version, or the policy is wrong.
    """
    refuse_bundle(folder)
    last = read_policy(folder)[-1]
    source = _folder_of(folder, last)
    if day <= last.holds_from:
        raise refusal("version-too-early", _too_early(last, day))
    target = folder / day.isoformat()
    _refuse_existing(target)

    def copy(made: Path) -> None:
        shutil.copytree(source, made)
        for path in sorted(made.rglob("*.y*ml")):
            _renewed(path, day, known)

    def begin(made: Path) -> None:
        made.mkdir()
        (made / "policy.yaml").write_text(
            based_text(last, day, known, _schema_line(source)), "utf-8"
        )

    _made_whole(target, copy if is_whole else begin)
    try:
        read_version(target)
    except Refused:
        shutil.rmtree(target)
        raise
    return target


def _schema_line(folder: Path) -> str:
    """The line by which a file of the version names its schema; empty where none does."""
    for path in sorted(folder.glob("*.y*ml")):
        line = path.read_text("utf-8").partition("\n")[0]
        if line.startswith("# yaml-language-server:"):
            return f"{line}\n"
    return ""


def _too_early(last: Version, day: date) -> Words:
    from_, wanted = last.holds_from.isoformat(), day.isoformat()
    return Message("last-version-holds-from", since=from_, wanted=wanted)


def _folder_of(folder: Path, version: Version) -> Path:
    """The folder that holds the version. Raises Refused for a policy that is not in folders."""
    if folder.is_dir():
        for one in sorted(path for path in folder.iterdir() if path.is_dir()):
            if _holds(one, version):
                return one
    raise refusal("no-version-folders", Message("not-folder-each-version", folder=folder))


def _holds(folder: Path, version: Version) -> bool:
    try:
        return read_version(folder).digest == version.digest
    except Refused:
        return False


def _refuse_existing(path: Path) -> None:
    if path.exists():
        message = Message("exists-already", path=path)
        raise Refused([Problem("exists-already", message, Place.whole(str(path)))])


def _made_whole(target: Path, make: Callable[[Path], None]) -> None:
    """Make the folder beside its place and move it there, so that no half of it is ever seen."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
            made = Path(beside) / target.name
            make(made)
            made.rename(target)
    except OSError as error:
        why = error.strerror or str(error)
        message = Message("cannot-made", target=target, why=why)
        raise Refused([Problem("file-unwritable", message, Place.whole(str(target)))]) from error


# The text of a version


def _renewed(path: Path, day: date, known: date) -> None:
    """Change the identity, the dates and the clock of examples in one file; the rest stays."""
    source = read_source(path)
    root = parse_yaml(source, [])
    if not isinstance(root, MappingNode):
        return
    text = source.text
    for start, end, words in sorted(_edits(source, root, day, known), reverse=True):
        text = text[:start] + words + text[end:]
    if text != source.text:
        path.write_text(text, "utf-8")


def _edits(source: Source, root: MappingNode, day: date, known: date) -> Iterator[Edit]:
    said = {
        "version": f'"{day.isoformat()}"',
        "holds_from": day.isoformat(),
        "known_from": known.isoformat(),
    }
    for key, words in said.items():
        node = root.get(key)
        if isinstance(node, Scalar):
            start = _offset(source, node)
            yield start, start + node.place.width, words
    for section, key in (("examples", "facts"), ("timelines", "events")):
        examples = root.get(section)
        for example in examples.items if isinstance(examples, SequenceNode) else ():
            yield from _clock(source, example, key, day)


def _clock(source: Source, example: Node, before_key: str, day: date) -> Iterator[Edit]:
    """`at` before a key of an example that has none; on a line of its own in block style."""
    key = example.key(before_key) if isinstance(example, MappingNode) else None
    if key is None or not isinstance(example, MappingNode) or example.key("at") is not None:
        return
    start = _offset(source, key)
    before = source.text[source.starts[key.place.line - 1] : start]
    is_block = not before.strip(" -")
    gap = "\n" + " " * len(before) if is_block else ", "
    yield start, start, f"at: {day.isoformat()}{gap}"


def _offset(source: Source, node: Scalar) -> int:
    return source.starts[node.place.line - 1] + node.place.column - 1
