"""From the name under `based_on` to the sections of that version, which stands beside."""

from __future__ import annotations

import re
from pathlib import Path

from reglament.language.loading.files.joined_sections import Sections, read_sections
from reglament.language.loading.files.section_names import is_part
from reglament.language.loading.files.shared_parts import SharedParts
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import Scalar
from reglament.messages import Message

_VERSION = re.compile(r"^version:[ ]*[\"']?([^\"'\n#]+?)[\"']?[ ]*(?:#.*)?$", re.MULTILINE)


class Versions:
    """The folders of versions that stand beside each other, each read once as a base."""

    def __init__(self, folder: Path, root: Path | None) -> None:
        """`folder` holds those of the versions.

        No link may lead out of `root`, or else out of a version's own folder.
        """
        self.folder = folder
        self.root = root
        self._read: dict[Path, tuple[Diagnostics, Sections]] = {}
        self._on_the_way: list[Path] = []

    def sections(self, version: Path, report: Diagnostics) -> Sections:
        """The sections of the version in that folder. Raises Refused, as `read_sections`."""
        if version not in self._read:
            self._on_the_way.append(version)
            try:
                root = self.root or version
                shared = SharedParts.beside(self.folder)
                found = read_sections(report, parts_of(version), shared, root, self.base)
            finally:
                self._on_the_way.pop()
            self._read[version] = report, found
        return self._read[version][1]

    def report(self, version: Path) -> Diagnostics:
        """What was told when the sections of the version were read."""
        return self._read[version][0]

    def base(self, report: Diagnostics, named: Scalar) -> Sections | None:
        """The version of that name; None, and a problem, where it cannot be a base.

        Whatever is wrong with it is wrong with the version that is based on it, too.
        """
        known = self._known()
        folder = known.get(str(named.value))
        if folder is None:
            message = Message("based-on-unknown", name=named.value)
            report.unknown("unknown-version", named, message, str(named.value), known)
            return None
        if folder in self._on_the_way:
            report.add("based-on-circle", named, Message("based-on-circle", name=named.value))
            return None
        found = self.sections(folder, Diagnostics())
        of_base = self._read[folder][0]
        report.sources |= of_base.sources
        report.problems += of_base.problems
        report.shaped |= of_base.shaped
        report.refused |= of_base.refused
        return found

    def _known(self) -> dict[str, Path]:
        """The folders by the versions that they hold, as their files say, or by their names."""
        paths: dict[str, Path] = {}
        for folder in sorted(one for one in self.folder.iterdir() if one.is_dir()):
            if folder.name[0] != ".":
                paths.setdefault(folder.name, folder)
                for path in parts_of(folder):
                    if said := _VERSION.search(path.read_text("utf-8", "replace")):
                        paths[said[1]] = folder
        return paths


def parts_of(folder: Path) -> list[Path]:
    """The files in the folder that are read as parts of a version."""
    return sorted(path for path in folder.rglob("*") if is_part(path))
