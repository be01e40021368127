"""From the text of a policy, or the texts of its files, to its versions: for tests and programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from reglament.language.loading.files.content import as_json
from reglament.language.loading.files.section_names import TABLE, is_part_by_name
from reglament.language.loading.version_loader import read_policy
from reglament.language.syntax.suggest import short
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import Version

ONE = "policy.yaml"


def read_texts(policy: str | Mapping[str, object]) -> tuple[Version, ...]:
    """The versions of a text in YAML, of the mapping that it holds, or of files by their names.

    Raises Refused, problems placed in the files by those names.
    """
    files = _files(policy)
    with TemporaryDirectory(prefix="reglament-") as made:
        folder = Path(made).resolve()
        for name, text in files.items():
            _write(folder / name, name, text)
        try:
            return read_policy(folder)
        except Refused as refused:
            problems = _named(folder, refused.problems)
            raise Refused(problems, _named(folder, refused.following)) from None


def _files(policy: str | Mapping[str, object]) -> dict[str, str]:
    if isinstance(policy, str):
        return {ONE: policy}
    if not any(_is_of_file(str(name)) for name in policy):
        return {ONE: as_json(_plain(policy))}
    rules = [str(text) for name, text in policy.items() if is_part_by_name(PurePosixPath(name))]
    problems = [problem for name, text in policy.items() if (problem := _wrong(name, text, rules))]
    if problems:
        raise Refused(problems)
    return {name: str(text) for name, text in policy.items()}


def _is_of_file(name: str) -> bool:
    """Whether it is the name of a file: no section has an ending, or a folder."""
    return "/" in name or bool(PurePosixPath(name).suffix)


def _wrong(name: str, text: object, rules: list[str]) -> Problem | None:
    """Why a file is none of a policy: what would not be read is no part of it."""
    path = PurePosixPath(name)
    if not isinstance(text, str) or name != str(path) or path.is_absolute() or ".." in path.parts:
        return _no_file(name)
    is_table = path.suffix == TABLE and any(path.name in rule for rule in rules)
    if is_table or is_part_by_name(path):
        return None
    message = Message("file-not-read", name=short(name))
    hint = Message("file-no-rule-names" if path.suffix == TABLE else "files-that-are-read")
    return Problem("unknown-file", message, Place.whole(name), hint=hint)


def _write(path: Path, name: str, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except (OSError, ValueError):  # too long, of no character that names may have, a folder
        raise Refused([_no_file(name)]) from None


def _no_file(name: str) -> Problem:
    return Problem("wrong-shape", Message("files-of-policy", name=short(name)))


def _plain(value: object) -> object:
    """The value in mappings, lists and what JSON has; days as they are written."""
    if isinstance(value, Mapping):
        return {str(key): _plain(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _named(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    """The problems, their files named as the caller names them."""
    prefix = f"{folder}/"
    return [
        one
        if one.place is None
        else replace(one, place=replace(one.place, file=one.place.file.removeprefix(prefix)))
        for one in problems
    ]
