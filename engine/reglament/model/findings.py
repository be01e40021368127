"""What a check of a policy reports: one finding, how grave it is, and how far it is proven."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from reglament.frozen import frozen
from reglament.messages import Words
from reglament.model.problems import Place
from reglament.model.values import Value


class Severity(StrEnum):
    """An error breaks requests, a warning is hardly meant, a note is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Proof(StrEnum):
    """Whether the finding was proven, or what kept it from that."""

    EXACT = "exact"
    UNPROVEN = "unproven"
    NOT_ANALYSED = "not analysed"


@frozen
class Finding:
    """One thing about a policy that its author should see.

    `subject` is what it is about beside rules: a fact, a clause, an outcome, an
    example. `witness` holds the facts of a request that shows it, decided before
    it was reported. `why` says what kept it from being proven, `hint` what would mend it.
    `where` tells in words which requests it is about, one text a region; `follows` are
    findings that go when this one is mended.
    """

    code: str
    severity: Severity
    message: Words
    decision: str | None = None
    rules: tuple[str, ...] = ()
    subject: str | None = None
    places: tuple[Place, ...] = ()
    witness: Mapping[str, Value] | None = None
    proof: Proof = Proof.EXACT
    why: Words | None = None
    where: tuple[Words, ...] = ()
    follows: tuple[Finding, ...] = ()
    hint: Words | None = None

    @property
    def key(self) -> str:
        """What stays the same from one check to the next, wherever the lines move."""
        parts = (self.code, self.decision or "", ",".join(self.rules), self.subject or "")
        return "/".join(parts)
