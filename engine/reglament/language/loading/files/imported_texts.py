"""From facts that are `from` another policy to the text of that policy, held beside the own one.

The text stands in the section `imported`, so what a version decides by is all in its content:
its digest covers the other text, and a log that keeps the one keeps the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from reglament.frozen import frozen
from reglament.language.loading.files.content import sections_behind
from reglament.language.loading.files.joined_sections import Sections
from reglament.language.syntax.bundled import bundled_policies
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message, ticked
from reglament.model.problems import Refused
from reglament.model.regulation import Version

FROM = "from"
IMPORTED = "imported"
_KEYS = frozenset({FROM, "version", "digest", "label"})
# What the other policy says of itself to its own readers, and tests for itself.
_LEFT_OUT = frozenset({"examples", "timelines", "reactions", "subjects", "explain"})
_on_the_way: ContextVar[tuple[Path, ...]] = ContextVar("on_the_way", default=())


Reader: TypeAlias = Callable[[Path], tuple[Version, ...]]
"""What reads the versions of a policy, raising Refused."""


@frozen
class Import:
    """The fact `name`, which the decision of that version of another policy answers."""

    name: Scalar
    node: MappingNode
    source: Scalar
    policy: str
    decision: str
    version: str

    @property
    def key(self) -> str:
        """The name of the text in the section `imported`."""
        return f"{self.policy} {self.version}"


def imports_in(section: Node | None) -> Iterator[Import]:
    """The facts of the section that are taken from other policies."""
    for name, node in section.entries if isinstance(section, MappingNode) else ():
        source = node.get(FROM) if isinstance(node, MappingNode) else None
        if not isinstance(node, MappingNode) or not isinstance(source, Scalar):
            continue
        if isinstance(source.value, str):
            policy, _, decision = source.value.partition(".")
            version = node.get("version")
            said = str(version.value) if isinstance(version, Scalar) else ""
            yield Import(name, node, source, policy, decision, said)


def with_imported(report: Diagnostics, sections: Sections, path: Path, read: Reader) -> Sections:
    """The sections, with the text of every policy that facts are taken from.

    `path` is that of the policy itself; others stand beside it, beside its folder, or are shipped.
    """
    found: dict[str, tuple[Scalar, Node]] = {}
    before = _on_the_way.get()
    here = _on_the_way.set((*before, path.resolve()))
    try:
        for one in imports_in(sections.get("facts")):
            _refuse_other_keys(report, one)
            if one.key not in found and one.version:
                version = _version(report, one, (path.parent, path.parent.parent), read)
                if version is not None:
                    found[one.key] = _text(one, version)
    finally:
        _on_the_way.reset(here)
    if not found:
        return sections
    entries = tuple(found[key] for key in sorted(found))
    section = MappingNode(entries, entries[0][0].place)
    return replace(sections, joined={**sections.joined, IMPORTED: section})


def _text(one: Import, version: Version) -> tuple[Scalar, Node]:
    joined = sections_behind(version).joined
    place = one.name.place
    entries = (
        (Scalar(name, name, False, place), node)
        for name, node in sorted(joined.items())
        if name not in _LEFT_OUT
    )
    return Scalar(one.key, one.key, False, place), MappingNode(tuple(entries), place)


def _refuse_other_keys(report: Diagnostics, one: Import) -> None:
    for key, _ in one.node.entries:
        if key.value not in _KEYS:
            listed = ticked(sorted(_KEYS))
            message = Message("not-beside", key=key.value, other=FROM)
            report.add("not-beside", key, message, Message("may-stand", known=listed))


def _version(
    report: Diagnostics, one: Import, beside: tuple[Path, ...], read: Reader
) -> Version | None:
    path = _path(report, one, beside)
    if path is None:
        return None
    if path.resolve() in _on_the_way.get():
        message = Message("policies-import-each-other", name=one.policy)
        report.add("import-circle", one.source, message)
        return None
    try:
        versions = read(path)
    except Refused as refused:
        first = refused.problems[0]
        message = Message("import-refused", name=one.policy, why=first.message)
        hint = Message("check-it-alone", path=path.name)
        report.add("import-refused", one.source, message, hint)
        return None
    found = {version.version: version for version in versions}
    version = found.get(one.version)
    if version is None:
        where = one.node.get("version") or one.source
        message = Message("based-on-unknown-version", policy=one.policy, name=one.version)
        hint = Message("versions-policy-listed", policy=one.policy, listed=ticked(found))
        report.unknown("unknown-version", where, message, one.version, found, hint)
        return None
    _check_digest(report, one, version)
    return version


def _path(report: Diagnostics, one: Import, beside: tuple[Path, ...]) -> Path | None:
    for folder in beside:
        for path in (folder / one.policy, folder / f"{one.policy}.yaml"):
            if path.exists():
                return path
    bundled = bundled_policies()
    if one.policy in bundled:
        return bundled[one.policy]
    folders = [path.name for path in sorted(beside[0].iterdir()) if path.is_dir()]
    known = sorted({*folders, *bundled})
    message = Message("no-policy-beside", name=one.policy)
    report.unknown("unknown-policy", one.source, message, one.policy, known)
    return None


def _check_digest(report: Diagnostics, one: Import, version: Version) -> None:
    told = one.node.get("digest")
    if isinstance(told, Scalar) and told.value != version.digest:
        message = Message("import-changed", name=one.policy, version=one.version)
        report.add("digest-differs", told, message, Message("digest-now", digest=version.digest))
