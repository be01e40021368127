"""What a comparison of two versions finds: regions of requests, notes, what was not analysed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from reglament.diagram.payloads import Payload
from reglament.model.conditions import Condition
from reglament.model.policy import Version
from reglament.model.values import Value
from reglament.model.words import Words

Given: TypeAlias = Payload


@dataclass(frozen=True, slots=True)
class Changed:
    """What the old version gives, and the other thing that the new one gives.

    For a collection these are just the items that the other version does not give.
    """

    old: Given
    new: Given


class SideStatus(StrEnum):
    """What one version makes of the witness.

    `broken` where an earlier decision has a gap or a conflict; `open` where facts lack.
    """

    DECIDED = "decided"
    GAP = "gap"
    CONFLICT = "conflict"
    BROKEN = "broken"
    REFUSED = "refused"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Side:
    """What one version decides for the witness, by which rules, of which clauses.

    `needs` names the facts that it lacks.
    """

    status: SideStatus
    outcome: Value = None
    rules: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """A request that both versions were asked: what each of them said."""

    facts: Mapping[str, Value]
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Cause:
    """A change of the earlier decision `decision` from which another change follows.

    `change` is None where that changes in more ways than are listed.
    """

    decision: str
    change: Changed | None


@dataclass(frozen=True, slots=True)
class Region:
    """Requests whose `decision` changes in one way.

    `where` says which requests, None where it takes too many words. A change that
    only follows from that of an earlier decision names it as its `cause`; `change` is
    None where it does so in more ways than are listed.
    """

    decision: str
    change: Changed | None
    where: Condition | None
    witness: Witness
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A change that is no region: of the vocabulary, of the version itself, or of wording.

    `matters` where some request is decided otherwise for it, or by one version alone.
    """

    code: str
    name: str
    message: Words
    matters: bool
    facts: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class NotAnalysed:
    """A decision of which it is not known whether its outcome changes, and why."""

    decision: str
    why: Words


@dataclass(frozen=True, eq=False)
class Difference:
    """Everything in which `new` differs from `old`.

    `words` is a version that knows the labels of both. `notes` are changes of the
    vocabulary, of the version, and of wording, in this order.
    """

    old: Version
    new: Version
    words: Version
    regions: tuple[Region, ...] = ()
    notes: tuple[Note, ...] = ()
    not_analysed: tuple[NotAnalysed, ...] = ()

    @property
    def is_cosmetic(self) -> bool:
        """Whether it is proven that no request is decided otherwise."""
        return not (self.regions or self.not_analysed or any(n.matters for n in self.notes))

    @property
    def is_identical(self) -> bool:
        """Whether not even a word differs."""
        return self.is_cosmetic and not self.notes
