"""The questions that a prover is asked about versions of a policy, and the answers it gives.

Reports speak to this port alone, so that a better prover changes no report. A request is a
value for every fact of the versions in question; facts keep to their types and bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from reglament.analysis.window import DayWindow
from reglament.frozen import frozen
from reglament.messages import Words
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.regulation import Version
from reglament.model.values import Value


@frozen
class Differs:
    """Is there a request within `within` that `old` and `new` decide differently?

    `decision` has to stand in both. A gap, a conflict and a refusal are outcomes of their own.
    `where` limits the requests: a condition over facts, read as `new` reads it.
    """

    old: Version
    new: Version
    decision: str
    within: DayWindow = DayWindow()
    where: Condition = ALWAYS


@frozen
class OfDecision:
    """What a question about a decision of one version says; `where` limits the requests."""

    version: Version
    decision: str
    within: DayWindow = DayWindow()
    where: Condition = ALWAYS


@frozen
class Applies(OfDecision):
    """Is there a request for which the rule counts: its condition holds and no rule overrides it?

    Of `otherwise`, for which no other rule counts.
    """

    rule: str = field(kw_only=True)


class AnyGap(OfDecision):
    """Is there a request for which no rule of the decision counts, all it builds on being sound?"""

    __slots__ = ()


class AnyConflict(OfDecision):
    """Is there a request for which rules that count disagree, all they build on being sound?"""

    __slots__ = ()


@frozen
class AnyHolds:
    """Is there a request for which `where`, a condition over facts and decisions, holds?

    A request for which something that `where` reads is broken or refused is none.
    """

    version: Version
    where: Condition
    within: DayWindow = DayWindow()


Question: TypeAlias = Differs | Applies | AnyGap | AnyConflict | AnyHolds


class Means(StrEnum):
    """By what something was proven."""

    SAME_TERMS = "same terms"
    DIAGRAMS = "diagrams"
    SOLVER = "solver"


@frozen
class Shown:
    """Yes: this request, every fact told, decided to make sure by the versions themselves."""

    facts: Mapping[str, Value]


@frozen
class Proven:
    """No request at all, proven by `means`."""

    means: Means


@frozen
class NotSettled:
    """Neither: `why`, and the means that were tried."""

    why: Words
    tried: tuple[Means, ...] = ()


Answer: TypeAlias = Shown | Proven | NotSettled


@frozen
class Budget:
    """How much work one question may take; counted, not timed, so the same on every machine.

    `nodes` of a diagram, `steps` of the solver (its resource units), `rounds` of asking it
    again about calendars.
    """

    nodes: int = 20_000
    steps: int = 3_000_000
    rounds: int = 200


BUDGET = Budget()


@dataclass(slots=True)
class Allowance:
    """Steps of the solver that several questions share; what finds none left gives up."""

    steps: int


# How a version answers: "decided" and the outcome, or "gap", "conflict", "refused" and None.
Standing: TypeAlias = tuple[str, Value]


@frozen
class ProvenRegion:
    """Requests that two versions decide differently, with one of them.

    `where` is a condition in the policy's own terms, as the newer version reads it: every request
    for which it holds is decided differently. `change` says what the old version and the new make
    of each request of the region, None if that varies.
    """

    where: Condition
    witness: Mapping[str, Value]
    change: tuple[Standing, Standing] | None = None
