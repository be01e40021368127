"""From a name to what is shipped with the engine, schemas and policies, or to a policy outside."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, TypeAlias

from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.problems import refusal

SchemaName: TypeAlias = Literal["policy", "texts", "request", "decision", "tokens", "answers"]

NAME_ONE: Final = Message("name-bundled-policy-file")
PACKAGE: Final = Path(__file__).resolve().parents[2]


def schema_text(name: SchemaName) -> str:
    """The JSON Schema `name` as text."""
    return (_shipped("schemas") / f"{name}.schema.json").read_text(encoding="utf-8")


def policies_folder() -> Path:
    """The folder that holds a folder for each shipped policy."""
    return _shipped("policies")


def bundled_policies() -> dict[str, Path]:
    """The policies that come with the engine, by name."""
    folders = sorted(policies_folder().iterdir())
    return {path.name: path for path in folders if any(path.glob("*/policy.yaml"))}


def find_policy(name_or_path: str | Path) -> Path:
    """The path of a policy. Raises Refused.

    A text that is a bundled name means that policy, whatever the working folder holds: what a
    program decides by does not hang on where it was started. A `Path` means what is there.
    """
    if name_or_path == "":
        raise refusal("policy-missing", Message("name-policy-empty"), NAME_ONE)
    bundled = bundled_policies()
    path = Path(name_or_path)
    is_there = path.exists()
    if str(name_or_path) in bundled and not (is_there and isinstance(name_or_path, Path)):
        return bundled[str(name_or_path)]
    if is_there:
        return path
    message = Message("not-policy-neither-bundled", name_or_path=name_or_path)
    raise refusal("policy-missing", message, suggestion(str(name_or_path), bundled))


def _shipped(folder: str) -> Path:
    """The folder inside the installed package, or at the top of a checkout (`engine/reglament`)."""
    installed = PACKAGE / folder
    return installed if installed.is_dir() else PACKAGE.parents[1] / folder
