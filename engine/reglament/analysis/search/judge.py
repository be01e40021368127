"""From a whole request to what one version makes of each decision, as the reference means it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from reglament.evaluation import Evaluator
from reglament.frozen import frozen
from reglament.memo import Memo, keep
from reglament.model.markers import Marker
from reglament.model.moments import in_zone
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.reference import Answer, Undecided, View

_MOST_READ = 10_000


class SideStatus(StrEnum):
    """What one version makes of a decision for a request.

    `broken` if it needs an earlier decision that is itself refused; `refused` if a date cannot
    be computed with: it lies outside the calendar, or outside the years 1 to 9999.
    """

    DECIDED = "decided"
    GAP = "gap"
    CONFLICT = "conflict"
    BROKEN = "broken"
    REFUSED = "refused"


@frozen
class Verdict:
    """What one version says of one decision: its status, and the outcome if it is decided."""

    status: SideStatus
    outcome: Value = None

    def is_same(self, other: Verdict) -> bool:
        """Whether both say the same; 1 and true are not the same, 1 and 1.00 are."""
        value, two = self.outcome, other.outcome
        return self.status is other.status and value == two and _is_flag(value) is _is_flag(two)


def _is_flag(value: Value) -> bool:
    return isinstance(value, bool)


class Judge:
    """Decides whole requests by one version, each decision by itself.

    What the generated function cannot tell is read rule by rule (`reference.View`).
    """

    def __init__(self, version: Version) -> None:
        self.version = version
        self.evaluator = Evaluator(version)
        zone = ZoneInfo(version.zone)
        # Most requests share the moments of a few worked examples.
        self._on_clock = lru_cache(maxsize=_MOST_READ)(lambda moment: in_zone(moment, zone))
        self._behind: Memo[str, tuple[str, ...]] = Memo(
            lambda name: tuple(sorted(version.facts_behind(name)))
        )
        self._read: dict[tuple[Value, ...], Verdict] = {}

    def told(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """The facts that the version knows, moments on its own clock; what lists come to, too."""
        told = {
            name: self._on_clock(value) if isinstance(value, datetime) else value
            for name, value in facts.items()
            if name in self.version.facts
        }
        return self.evaluator.item_totals.told(told) if self.evaluator.has_lists else told

    def verdicts(self, facts: Mapping[str, Value], names: Iterable[str]) -> dict[str, Verdict]:
        """What is decided of each of the decisions for a request that tells every fact."""
        told, placed = self.told(facts), self.evaluator.placed
        values = self.evaluator.decide_whole(told)
        found, view = dict[str, Verdict](), View(self.version, told)
        for name in names:
            value = values[placed[name][0]]
            is_told = value.__class__ is not Marker
            found[name] = (
                Verdict(SideStatus.DECIDED, value) if is_told else self._slowly(view, name)
            )
        return found

    def _slowly(self, view: View, name: str) -> Verdict:
        """What the rules say: once for all requests that tell the same of what they read."""
        if self.evaluator.has_lists:
            return self._by_rules(view, name)
        key = (name, *map(view.facts.get, self._behind[name]))
        verdict = self._read.get(key)
        return verdict or keep(self._read, key, self._by_rules(view, name), _MOST_READ)

    def _by_rules(self, view: View, name: str) -> Verdict:
        answer = view.found(self.version.decisions[name])
        if isinstance(answer, Answer):
            return Verdict(SideStatus.DECIDED, answer.outcome)
        if not isinstance(answer, Undecided):
            return Verdict(SideStatus.REFUSED)
        if answer.because_of:
            return Verdict(SideStatus.BROKEN)
        return Verdict(SideStatus.CONFLICT if answer.outcomes else SideStatus.GAP)
