"""From a name to what is shipped with the engine: schemas and policies."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, TypeAlias

SchemaName: TypeAlias = Literal["policy", "texts", "request", "decision", "tokens"]

_PACKAGE: Final = Path(__file__).resolve().parents[2]


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


def _shipped(folder: str) -> Path:
    """The folder inside the installed package, or at the top of a checkout (`engine/reglament`)."""
    installed = _PACKAGE / folder
    return installed if installed.is_dir() else _PACKAGE.parents[1] / folder
