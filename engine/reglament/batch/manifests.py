"""The manifest of a run: how it is written, read again, and told whether it was changed since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from reglament.batch.table_sources import reading
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused

FORMAT: Final = 1
MANIFEST: Final = "_manifest.json"
DIGESTS: Final = "digests"
_KEYS: Final = frozenset({"format", "policy", DIGESTS})


def with_digests(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest with the digest of what each key says."""
    return {**manifest, DIGESTS: _digests(manifest)}


def _digests(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The SHA-256 of what each key says, as JSON without spaces and with its keys sorted."""
    return {
        name: f"sha256:{sha256(_bare(said).encode()).hexdigest()}"
        for name, said in manifest.items()
        if name != DIGESTS
    }


def _bare(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def changed_keys(manifest: Mapping[str, Any]) -> list[str]:
    """The keys that do not say what their digests were taken of, or have none."""
    told, taken = manifest[DIGESTS], _digests(manifest)
    if not isinstance(told, dict):
        return [DIGESTS]
    return [name for name in {**taken, **told} if told.get(name) != taken.get(name)]


def as_text(manifest: Mapping[str, Any]) -> str:
    """The manifest as the text of its file."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest in the file, or of the folder. Raises Refused for what is none."""
    file = path / MANIFEST if path.is_dir() else path
    try:
        found = json.loads(file.read_text("utf-8"))
        _bare(found).encode()  # half of a surrogate pair is no text that could be digested
    except OSError as error:
        message = Message("table-cannot-be-read", why=error.strerror or str(error))
        raise _no_manifest(file, message) from error
    except (ValueError, RecursionError) as error:
        raise _no_manifest(file, Message("not-a-manifest")) from error
    if not isinstance(found, dict) or not found.keys() >= _KEYS or found["format"] != FORMAT:
        raise _no_manifest(file, Message("not-a-manifest"))
    return found


def _no_manifest(path: Path, message: Words) -> Refused:
    return Refused([Problem("manifest-unreadable", message, Place.whole(str(path)))])


def digest_of(path: Path) -> dict[str, Any]:
    """A file by its name, its size and the SHA-256 of what it holds. Raises Refused."""
    with reading(str(path)), path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
        return {"name": str(path), "bytes": file.tell(), "digest": f"sha256:{digest}"}
