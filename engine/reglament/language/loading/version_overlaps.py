"""From the versions of one policy to what is wrong between them: overlaps and holes in time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reglament.frozen import frozen
from reglament.language.loading.files.joined_sections import Sections
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.messages import Message, Words
from reglament.model.moments import DAY
from reglament.model.regulation import Version

SAY_CHOOSER = Message("say-chosen-by")


@frozen
class Read:
    """A version, the sections that it was read from, and the report that shows their lines."""

    version: Version
    sections: Sections
    report: Diagnostics

    def add(self, code: str, section: str, message: Words, hint: Words | None = None) -> None:
        """Note that a section of the version is wrong."""
        self.report.add(code, self.sections.get(section), message, hint)


def in_order(versions: Sequence[Read]) -> list[Read]:
    """The versions by the day from which they hold; what is wrong joins their reports."""
    ordered = sorted(versions, key=lambda one: one.version.holds_from)
    for one in ordered[1:]:
        _same_policy(ordered[0], one)
    for one in ordered if len(ordered) > 1 else ():
        if not one.version.chosen_by:
            one.add("missing-section", "version", Message("versions-need-chooser"), SAY_CHOOSER)
    names: dict[str, Version] = {}
    for one in ordered:
        first = names.setdefault(one.version.version, one.version)
        if first is not one.version:
            _same_name(first, one)
    for earlier, later in pairwise(ordered):
        _follows(earlier.version, later)
    return ordered


def _same_policy(first: Read, other: Read) -> None:
    one, two = first.version.policy, other.version.policy
    if one != two:
        other.add("two-policies", "policy", Message("one-folder-holds-two", one=one, two=two))


def _same_name(first: Version, other: Read) -> None:
    name = first.version
    message = Message("version-already-holds-from", name=name, holds_from=first.holds_from)
    other.add("versions-overlap", "version", message, Message("give-one-two-another"))


def _follows(earlier: Version, later: Read) -> None:
    starts, ends = later.version.holds_from, earlier.holds_until
    if starts == earlier.holds_from:
        message = Message("version-holds-from-already", earlier=earlier.version, starts=starts)
        later.add("versions-overlap", "holds_from", message)
    elif ends is not None and starts <= ends:
        message = Message(
            "version-holds-until-one", earlier=earlier.version, ends=ends, starts=starts
        )
        later.add("versions-overlap", "holds_from", message, _from_day_after(earlier))
    elif ends is not None and starts > ends + DAY:
        message = Message(
            "no-version-holds-from",
            ends=ends + DAY,
            starts=starts - DAY,
            earlier=earlier.version,
            ends2=ends,
        )
        later.add("versions-hole", "holds_from", message, _from_day_after(earlier))


def _from_day_after(earlier: Version) -> Words:
    ends = earlier.holds_until or earlier.holds_from
    return Message("write-take-off-holds", ends=ends + DAY, earlier=earlier.version)
