"""What a comparison of two versions finds: regions, notes, an account of each decision."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from reglament.analysis.proving.port import Means
from reglament.analysis.search.judge import SideStatus
from reglament.diagram.kernel.terminals import TerminalValue
from reglament.frozen import frozen
from reglament.messages import Words
from reglament.model.conditions import Condition
from reglament.model.regulation import Version
from reglament.model.values import Value

Given: TypeAlias = TerminalValue


@frozen
class ChangedOutcome:
    """What the old version gives, and the other thing that the new one gives.

    For a collection these are just the items that the other version does not give.
    """

    old: Given
    new: Given


@frozen
class VersionSide:
    """What one version decides for the witness, by which rules, of which clauses."""

    status: SideStatus
    outcome: Value = None
    rules: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@frozen
class Witness:
    """A request that both versions were asked: what each of them said."""

    facts: Mapping[str, Value]
    before: VersionSide
    after: VersionSide


@frozen
class Cause:
    """A change of the earlier decision `decision` from which another change follows.

    `change` is None where that changes in more ways than are listed.
    """

    decision: str
    change: ChangedOutcome | None


@frozen
class ChangedRegion:
    """Requests whose `decision` changes.

    `where` says which requests, by what the old version makes of them; if `is_exact`, the
    decision changes for each of them, else for no others (at most these). Every request of
    another kind is decided as before, unless another region of the decision has it. A change
    that only follows from that of an earlier decision names it as its `cause`: `where` is then
    where that one changes. `change` is None if it changes in more ways than are listed.
    """

    decision: str
    change: ChangedOutcome | None
    where: Condition
    witness: Witness
    is_exact: bool = False
    cause: Cause | None = None


@frozen
class VersionNote:
    """A change that is no region: of the vocabulary, of the version itself, or of wording.

    `matters` where some request is decided otherwise for it, or by one version alone.
    """

    code: str
    name: str
    message: Words
    matters: bool
    facts: Mapping[str, Value] | None = None


class Fate(StrEnum):
    """What became of one decision."""

    CHANGES = "changes"
    SAME = "same"
    NOT_SETTLED = "not_settled"


@frozen
class Account:
    """What became of one decision that both versions make.

    `means` is that of the proof if it is the same. `requests` counts those that both
    versions decided in search of one that shows a change; `why` nothing is settled.
    """

    decision: str
    fate: Fate
    means: Means | None = None
    requests: int = 0
    why: Words | None = None


@frozen(slots=False, eq=False)
class VersionDifference:
    """Everything in which `new` differs from `old`.

    `words` is a version that knows the labels of both. `notes` are changes of the
    vocabulary, of the version, and of wording, in this order. `accounts` name each decision
    that both versions make once.
    """

    old: Version
    new: Version
    words: Version
    regions: tuple[ChangedRegion, ...] = ()
    notes: tuple[VersionNote, ...] = ()
    accounts: tuple[Account, ...] = ()

    @property
    def not_settled(self) -> tuple[Account, ...]:
        """The decisions of which it is not known whether they change."""
        return tuple(account for account in self.accounts if account.fate is Fate.NOT_SETTLED)

    @property
    def changed(self) -> tuple[str, ...]:
        """The decisions that change."""
        return tuple(account.decision for account in self.accounts if account.fate is Fate.CHANGES)

    @property
    def is_cosmetic(self) -> bool:
        """Whether it is proven that no request is decided differently."""
        return not (self.changed or self.not_settled or any(n.matters for n in self.notes))

    @property
    def is_identical(self) -> bool:
        """Whether not even a word differs."""
        return self.is_cosmetic and not self.notes
