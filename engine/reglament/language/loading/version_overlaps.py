"""From the versions of one policy to what is wrong between them: overlaps and holes in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from reglament.language.loading.sections import Sections
from reglament.language.syntax.diagnostics import Report
from reglament.model.policy import Version
from reglament.model.words import Words

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Read:
    """A version, the sections that it was read from, and the report that shows their lines."""

    version: Version
    sections: Sections
    report: Report

    def add(self, code: str, section: str, message: Words, hint: Words | None = None) -> None:
        """Note that a section of the version is wrong."""
        self.report.add(code, self.sections.get(section), message, hint)


def in_order(versions: Sequence[Read]) -> list[Read]:
    """The versions by the day from which they hold; what is wrong joins their reports."""
    ordered = sorted(versions, key=lambda one: one.version.holds_from)
    for one in ordered[1:]:
        _same_policy(ordered[0], one)
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
        message = Words(
            ru=f"в одной папке две политики: `{one}` и `{two}`",
            en=f"one folder holds two policies: `{one}` and `{two}`",
        )
        other.add("two-policies", "policy", message)


def _same_name(first: Version, other: Read) -> None:
    name = first.version
    message = Words(
        ru=f"версия `{name}` уже есть, она действует с {first.holds_from}",
        en=f"there is a version `{name}` already, which holds from {first.holds_from}",
    )
    hint = Words(ru="назовите одну из двух иначе", en="give one of the two another name")
    other.add("versions-overlap", "version", message, hint)


def _follows(earlier: Version, later: Read) -> None:
    starts, ends = later.version.holds_from, earlier.holds_until
    if starts == earlier.holds_from:
        message = Words(
            ru=f"с {starts} уже действует версия `{earlier.version}`",
            en=f"the version `{earlier.version}` holds from {starts} already",
        )
        later.add("versions-overlap", "holds_from", message)
    elif ends is not None and starts <= ends:
        message = Words(
            ru=f"версия `{earlier.version}` действует по {ends}, а эта - уже с {starts}",
            en=f"the version `{earlier.version}` holds until {ends}, and this one from {starts}",
        )
        later.add("versions-overlap", "holds_from", message, _from_day_after(earlier))
    elif ends is not None and starts > ends + _DAY:
        message = Words(
            ru=f"с {ends + _DAY} по {starts - _DAY} не действует ни одна версия: "
            f"`{earlier.version}` действует по {ends}",
            en=f"no version holds from {ends + _DAY} to {starts - _DAY}: "
            f"`{earlier.version}` holds until {ends}",
        )
        later.add("versions-hole", "holds_from", message, _from_day_after(earlier))


def _from_day_after(earlier: Version) -> Words:
    ends = earlier.holds_until or earlier.holds_from
    return Words(
        ru=f"напишите `{ends + _DAY}` или уберите `holds_until` версии `{earlier.version}`",
        en=f"write `{ends + _DAY}`, or take off the `holds_until` of `{earlier.version}`",
    )
