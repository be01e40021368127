"""From two words of the command line to the versions they mean, paired as they are compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reglament.analysis.window import DayWindow, window_of
from reglament.frozen import frozen
from reglament.interfaces.cli.asked_policy import chosen_policy, open_policy
from reglament.messages import Message, Words, ticked
from reglament.model.problems import Refused, refusal
from reglament.model.regulation import Version
from reglament.policy import load_policy

AS_IT_STANDS = "."
_NOWHERE = frozenset({"unknown-revision", "no-repository", "git-missing"})


@frozen
class VersionPair:
    """Two versions to compare, and the days of the requests that both are asked about."""

    old: Version
    new: Version
    within: DayWindow


@frozen
class MeantVersions:
    """The versions that a word means; `is_one` where it names one version of --policy.

    `beside_it` are all versions of the policy, which tell when each of them ends.
    """

    versions: Sequence[Version]
    is_one: bool = False
    is_as_it_stands: bool = False
    beside_it: Sequence[Version] = ()

    def beside(self, one: Version) -> MeantVersions:
        """The single version here that is compared with `one`, which was named alone."""
        if self.is_as_it_stands:
            return MeantVersions(self.versions[-1:], beside_it=self.versions)
        same = [version for version in self.versions if version.version == one.version]
        found = same or _followed(self.versions, one) or self.versions
        return MeantVersions(found[-1:], beside_it=self.versions)

    def window(self, version: Version) -> DayWindow:
        """The days that one of the versions decides."""
        starts = [one.holds_from for one in self.beside_it or self.versions]
        later = [start for start in starts if start > version.holds_from]
        return window_of(version, min(later, default=None))


@frozen
class ComparedVersions:
    """The pairs to compare, and what is said of versions that stand alone."""

    pairs: Sequence[VersionPair]
    lone: Sequence[Words] = ()
    is_narrowed: bool = False

    @property
    def needs_names(self) -> bool:
        """Whether it has to be said which two versions are compared."""
        pair = self.pairs[0] if len(self.pairs) == 1 else None
        is_obvious = pair is not None and pair.old.version == pair.new.version
        return self.is_narrowed or bool(self.lone) or not is_obvious


def compared(old: str, new: str, policy: str | None) -> ComparedVersions:
    """What the two words ask to compare. Raises Refused."""
    before, after = _side(old, policy), _side(new, policy)
    if before.is_one != after.is_one:
        before, after = _narrowed(before, after)
        pair = _bounded(before, after, before.versions[0], after.versions[0])
        return ComparedVersions([pair], is_narrowed=True)
    pairs, lone = _paired(before.versions, after.versions)
    return ComparedVersions([_bounded(before, after, *pair) for pair in pairs], lone)


def _bounded(
    before: MeantVersions, after: MeantVersions, old: Version, new: Version
) -> VersionPair:
    """The two versions, on the days that both decide; on those of the later one if none are."""
    first, last = sorted((before.window(old), after.window(new)), key=lambda w: w.first or date.min)
    shared = [
        day_window.until
        for day_window in (first, last)
        if day_window.until is not None and (last.first is None or day_window.until > last.first)
    ]
    return VersionPair(old, new, DayWindow(last.first, min(shared, default=None)))


def _narrowed(old: MeantVersions, new: MeantVersions) -> tuple[MeantVersions, MeantVersions]:
    """Beside a version named alone, the other side is one version too."""
    if old.is_one:
        return old, new.beside(old.versions[0])
    return old.beside(new.versions[0]), new


def _paired(
    old: Sequence[Version], new: Sequence[Version]
) -> tuple[list[tuple[Version, Version]], list[Words]]:
    """Two single versions are compared whatever their names; else versions of one name are,
    and a version added is compared with the one that it follows."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])], []
    names = {one.version: one for one in old}
    pairs, lone = list[tuple[Version, Version]](), list[Words]()
    for version in new:
        before = names.get(version.version)
        if before is None:
            before = next(iter(_followed(old, version)[-1:]), None)
            lone.append(_new(version, before))
        if before is not None:
            pairs.append((before, version))
    kept = {one.version for one in new}
    lone += [Message("version-gone", one=one.version) for one in old if one.version not in kept]
    return pairs, lone


def _followed(versions: Sequence[Version], one: Version) -> Sequence[Version]:
    return [version for version in versions if version.holds_from <= one.holds_from]


def _new(version: Version, before: Version | None) -> Words:
    name = version.version
    if before is None:
        return Message("new-version-not-earlier", name=name)
    return Message("new-version-compared-with", name=name, before=before.version)


# -- from a word to versions ----------------------------------------------------------------


def _side(name: str, policy: str | None) -> MeantVersions:
    if name == AS_IT_STANDS:
        return MeantVersions(open_policy(policy).versions, is_as_it_stands=True)
    if name and Path(name).exists():
        return MeantVersions(load_policy(Path(name)).versions)
    known = open_policy(policy).versions
    named = [version for version in known if version.version == name]
    if named:
        return MeantVersions(named, is_one=True, beside_it=known)
    return MeantVersions(_at_revision(name, policy, known))


def _at_revision(name: str, policy: str | None, known: Sequence[Version]) -> tuple[Version, ...]:
    from reglament.language.loading.revisions import read_revision

    revision, colon, path = name.partition(":")
    if not revision or revision.startswith("-"):
        raise _nothing(name, known)
    try:
        return read_revision(revision, Path(path) if colon else chosen_policy(policy))
    except Refused as refused:
        if colon or all(problem.code not in _NOWHERE for problem in refused.problems):
            raise
        raise _nothing(name, known) from None


def _nothing(name: str, known: Sequence[Version]) -> Refused:
    policy = known[-1].policy
    message = Message("not-file-no-version", name=name, policy=policy)
    listed = ticked(version.version for version in known)
    hint = Message("versions-policy-listed", policy=policy, listed=listed)
    return refusal("unknown-revision", message, hint)
