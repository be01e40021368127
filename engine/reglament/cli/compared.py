"""From two words of the command line to the versions they mean, paired as they are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reglament.cli.common import open_policy
from reglament.model.policy import Version
from reglament.model.problems import Refused, refusal
from reglament.model.words import Words

AS_IT_STANDS = "."
_NOWHERE = frozenset({"unknown-revision", "no-repository", "git-missing"})

Pair = tuple[Version, Version]


@dataclass(frozen=True, slots=True)
class Side:
    """The versions that a word means; `is_one` where it names one version of --policy."""

    versions: Sequence[Version]
    is_one: bool = False
    is_as_it_stands: bool = False

    def beside(self, one: Version) -> Side:
        """The single version here that is compared with `one`, which was named alone."""
        if self.is_as_it_stands:
            return Side(self.versions[-1:])
        same = [version for version in self.versions if version.version == one.version]
        found = same or _followed(self.versions, one) or self.versions
        return Side(found[-1:])


@dataclass(frozen=True, slots=True)
class Compared:
    """The pairs to compare, and what is said of versions that stand alone."""

    pairs: Sequence[Pair]
    lone: Sequence[Words] = ()
    is_narrowed: bool = False

    @property
    def needs_names(self) -> bool:
        """Whether it has to be said which two versions are compared."""
        is_obvious = len(self.pairs) == 1 and self.pairs[0][0].version == self.pairs[0][1].version
        return self.is_narrowed or bool(self.lone) or not is_obvious


def compared(old: str, new: str, policy: str) -> Compared:
    """What the two words ask to compare. Raises Refused."""
    before, after = _side(old, policy), _side(new, policy)
    if before.is_one != after.is_one:
        before, after = _narrowed(before, after)
        return Compared([(before.versions[0], after.versions[0])], is_narrowed=True)
    return Compared(*_paired(before.versions, after.versions))


def _narrowed(old: Side, new: Side) -> tuple[Side, Side]:
    """Beside a version named alone, the other side is one version too."""
    if old.is_one:
        return old, new.beside(old.versions[0])
    return old.beside(new.versions[0]), new


def _paired(old: Sequence[Version], new: Sequence[Version]) -> tuple[list[Pair], list[Words]]:
    """Two single versions are compared whatever their names; else versions of one name are,
    and a version added is compared with the one that it follows."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])], []
    names = {one.version: one for one in old}
    pairs, lone = [], list[Words]()
    for one in new:
        before = names.get(one.version)
        if before is None:
            before = next(iter(_followed(old, one)[-1:]), None)
            lone.append(_new(one, before))
        if before is not None:
            pairs.append((before, one))
    kept = {one.version for one in new}
    lone += [_gone(one) for one in old if one.version not in kept]
    return pairs, lone


def _followed(versions: Sequence[Version], one: Version) -> Sequence[Version]:
    return [version for version in versions if version.holds_from <= one.holds_from]


def _new(one: Version, before: Version | None) -> Words:
    name = one.version
    if before is None:
        return Words(
            ru=f"новая версия: {name}; сравнивать не с чем, более ранней нет",
            en=f"a new version: {name}; there is no earlier one to compare it with",
        )
    return Words(
        ru=f"новая версия: {name}; сравнивается с {before.version}",
        en=f"a new version: {name}; it is compared with {before.version}",
    )


def _gone(one: Version) -> Words:
    return Words(ru=f"нет версии: {one.version}", en=f"a version is gone: {one.version}")


# -- from a word to versions ----------------------------------------------------------------


def _side(name: str, policy: str) -> Side:
    if name == AS_IT_STANDS:
        return Side(open_policy(policy).versions, is_as_it_stands=True)
    if name and Path(name).exists():
        return Side(open_policy(name).versions)
    known = open_policy(policy).versions
    named = [one for one in known if one.version == name]
    return Side(named, is_one=True) if named else Side(_at_revision(name, policy, known))


def _at_revision(name: str, policy: str, known: Sequence[Version]) -> tuple[Version, ...]:
    from reglament.policy import find_policy
    from reglament.reading.revisions import read_revision

    revision, colon, path = name.partition(":")
    if not revision or revision.startswith("-"):
        raise _nothing(name, known)
    try:
        return read_revision(revision, Path(path) if colon else find_policy(policy))
    except Refused as refused:
        if colon or all(one.code not in _NOWHERE for one in refused.problems):
            raise
        raise _nothing(name, known) from None


def _nothing(name: str, known: Sequence[Version]) -> Refused:
    policy = known[-1].policy
    message = Words(
        ru=f"`{name}` - не файл, не версия `{policy}` и не ревизия git",
        en=f"`{name}` is no file, no version of `{policy}` and no git revision",
    )
    listed = ", ".join(f"`{one.version}`" for one in known)
    hint = Words(ru=f"версии `{policy}`: {listed}", en=f"the versions of `{policy}`: {listed}")
    return refusal("unknown-revision", message, hint)
