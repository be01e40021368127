"""From two versions to what they say otherwise of themselves: dates, zone, decisions."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.diff.types import VersionNote
from reglament.messages import Message, Verbatim, Words
from reglament.model.regulation import Version
from reglament.model.terms import Constant

SAID: tuple[tuple[str, str, bool, Words], ...] = (
    ("policy", "policy", False, Message("policy")),
    ("version", "version", False, Message("version")),
    ("known-from", "known_from", False, Message("known-from")),
    ("holds-from", "holds_from", True, Message("holds-from")),
    ("holds-until", "holds_until", True, Message("holds-until")),
    ("chosen-by", "chosen_by", True, Message("version-chosen")),
    ("time-zone", "zone", True, Message("time-zone")),
)


def version_notes(old: Version, new: Version) -> Iterator[VersionNote]:
    """What the versions say of themselves, and the decisions that only one of them makes."""
    # Two texts of one regulation that follow each other hold from different days, of course.
    is_successor = old.version != new.version
    for code, attribute, matters, label in SAID:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after:
            yield VersionNote(
                code,
                attribute,
                Message(
                    "label-before-after", label=label, before=before or "-", after=after or "-"
                ),
                matters and not (is_successor and code in ("holds-from", "holds-until")),
            )
    yield from _decisions(old, new)
    yield from _assumed(old, new)


def _assumed(old: Version, new: Version) -> Iterator[VersionNote]:
    """Facts of which the versions assume something else, where a request does not tell them."""
    for name in sorted(old.facts.keys() & new.facts.keys()):
        before, after = old.facts[name].assumed, new.facts[name].assumed
        if before != after:
            message = Message(
                "assumed-otherwise", name=name, before=_said(before), after=_said(after)
            )
            yield VersionNote("assumed-changed", name, message, matters=True)


def _said(assumed: Constant | None) -> Words:
    if assumed is None:
        return Message("nothing")
    return Verbatim("null" if assumed.value is None else str(assumed.value))


def _decisions(old: Version, new: Version) -> Iterator[VersionNote]:
    for name in _own(new):
        if name not in old.decisions:
            words = Message("new-decision", name=name)
            yield VersionNote("decision-added", name, words, matters=True)
    for name in _own(old):
        if name not in new.decisions:
            words = Message("decision-gone", name=name)
            yield VersionNote("decision-removed", name, words, matters=True)


def _own(version: Version) -> Iterator[str]:
    """The decisions that the policy names."""
    return (name for name, one in version.decisions.items() if not one.is_internal)
