"""From the names under `uses` to the files of parts that several policies share.

A shared part stands beside the version, beside its policy, or among the policies that come with
the engine: a file, or a folder of files, of calendars, hours, facts, parameters or clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from reglament.frozen import frozen
from reglament.language.loading.files.section_names import ENDINGS, is_part, is_version
from reglament.language.syntax.bundled import policies_folder
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar, items_in, node_below
from reglament.messages import Message, ticked

USES = "uses"
SHARED = frozenset({"facts", "parameters", "calendars", "hours", "clauses"})
_LIST = re.compile(rb"^uses:[ \t]*\[([^\]\n]*)\][ \t]*(?:#.*)?\r?$", re.MULTILINE)
_SECTION = re.compile(rb"^([A-Za-z_]+):", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")


@frozen
class SharedParts:
    """Where the shared parts of a version are looked for, the nearest first."""

    folders: tuple[Path, ...]

    @classmethod
    def beside(cls, folder: Path) -> SharedParts:
        """Those of a version or a file in the folder, then beside it, then those shipped."""
        return cls((folder, folder.parent, policies_folder()))

    @classmethod
    def of(cls, policy: Path) -> SharedParts:
        """Those of the policy at the path: a folder of versions, of one version, or a file."""
        is_lone = not policy.is_dir() or is_version(policy)
        return cls.beside(policy.absolute().parent if is_lone else policy.absolute())

    def files(self, name: str) -> list[tuple[Path, Path]]:
        """The files of the part, each with the folder that no link may lead out of."""
        for folder in self.folders:
            if paths := list(_files_of(folder / name)):
                return [(file, folder) for file in paths]
        return []

    def used(self, report: Diagnostics, files: Iterable[Node]) -> Iterator[tuple[Path, Path]]:
        """The files that the parsed files of a version use; an unknown name is a problem."""
        for named in _named(files):
            name = str(named.value)
            found = self.files(name) if _NAME.fullmatch(name) else []
            yield from found
            if not found:
                known, message = sorted(set(self._known())), Message("no-shared-part", name=name)
                hint = Message("shared-part-stands", name=name)
                report.unknown("unknown-part", named, message, name, known, hint)

    def _known(self) -> Iterator[str]:
        """The names of what may be a shared part: files below the folders that hold one."""
        for folder in self.folders:
            below = folder.iterdir() if folder.is_dir() else ()
            for held in sorted(path for path in below if path.is_dir() and path.name[0] != "."):
                yield from (
                    f"{held.name}/{path.stem}" for path in sorted(held.iterdir()) if is_part(path)
                )


def are_shared_parts_alone(files: Iterable[bytes]) -> bool:
    """Whether the files of a folder say something, and nothing of a policy of its own."""
    said = {section.decode() for file in files for section in _SECTION.findall(file)}
    return bool(said) and said <= SHARED


def refuse_other_sections(report: Diagnostics, part: MappingNode) -> MappingNode:
    """The sections that may be shared; a problem for each other one."""
    for key, _ in part.entries:
        if key.value not in SHARED:
            listed = ticked(sorted(SHARED))
            message = Message("section-not-shared", name=key.value)
            report.add("not-shared", key, message, Message("may-stand", known=listed))
    return MappingNode(tuple(one for one in part.entries if one[0].value in SHARED), part.place)


def names_used(data: bytes) -> tuple[str, ...] | None:
    """The names under `uses` in the bytes of a file; None where a glance cannot tell."""
    if b"\nuses:" not in b"\n" + data:
        return ()
    found = _LIST.findall(data)
    if len(found) != 1:
        return None
    names = [one.strip().strip("\"'") for one in found[0].decode("utf-8", "replace").split(",")]
    return tuple(names) if all(_NAME.fullmatch(name) for name in names) else None


def _named(files: Iterable[Node]) -> Iterator[Scalar]:
    for node in files:
        listed = items_in(node_below(node, USES))
        yield from (one for one in listed if isinstance(one, Scalar))


def _files_of(path: Path) -> Iterator[Path]:
    yield from (one for ending in sorted(ENDINGS) if (one := Path(f"{path}{ending}")).is_file())
    if path.is_dir():
        yield from sorted(one for one in path.rglob("*") if is_part(one))
