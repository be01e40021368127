"""From the text of a policy, or the texts of its files, to its versions: for tests and programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from reglament.language.loading.content import as_json
from reglament.language.loading.section_names import ENDINGS
from reglament.language.loading.version_loader import read_policy
from reglament.messages import Message
from reglament.model.problems import Problem, Refused, refusal
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
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        try:
            return read_policy(folder)
        except Refused as refused:
            problems = _named(folder, refused.problems)
            raise Refused(problems, _named(folder, refused.following)) from None


def _files(policy: str | Mapping[str, object]) -> dict[str, str]:
    if isinstance(policy, str):
        return {ONE: policy}
    if not any(PurePosixPath(str(name)).suffix in ENDINGS for name in policy):
        return {ONE: as_json(_plain(policy))}
    for name, text in policy.items():
        parts = PurePosixPath(name).parts
        if not isinstance(text, str) or name.startswith("/") or ".." in parts:
            raise refusal("wrong-shape", Message("files-of-policy", name=name))
    return {name: str(text) for name, text in policy.items()}


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
