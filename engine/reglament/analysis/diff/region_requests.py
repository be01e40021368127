"""From a region to requests that lie in it: known ones and proposed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from reglament.analysis.diff.alignment import Alignment
from reglament.analysis.diff.changed_witnesses import DifferingRequest, Search
from reglament.analysis.diff.drawn import Drawn
from reglament.analysis.diff.minimal import Belongs
from reglament.analysis.diff.product import ANY_CONFLICT, change_between
from reglament.analysis.diff.types import ChangedOutcome, ChangedRegion, Given
from reglament.analysis.search.judge import SideStatus, Verdict
from reglament.analysis.search.tried_requests import Request
from reglament.diagram.kernel.terminals import Broken, Gap
from reglament.memo import Memo
from reglament.model.conditions import Condition
from reglament.model.terms import Constant
from reglament.model.values import Value
from reglament.reference import REFUSALS, InDoubt, View

FEW = 200


@dataclass
class RegionRequests:
    """The requests of regions, and what they and the diagrams show of these."""

    alignment: Alignment
    search: Search
    drawn: Drawn

    def __post_init__(self) -> None:
        self._tried: Memo[str, list[Request]] = Memo(self._some)
        self._unchanged: Memo[tuple[str, Condition], bool] = Memo(
            lambda key: any(self._members_unchanged(*key))
        )

    def shown_in(
        self, name: str, where: Condition, causes: Iterable[str]
    ) -> DifferingRequest | None:
        """A request of those known, or of those that the diagrams propose, in the region."""
        known = self.search.shown(name)
        request = next((one for one in known if self.is_own(one.facts, where, causes)), None)
        return request or self.drawn_in(name, where, causes)

    def drawn_in(
        self,
        name: str,
        where: Condition,
        causes: Iterable[str],
        outside: Iterable[ChangedRegion] = (),
    ) -> DifferingRequest | None:
        """A request that the diagrams propose in the region, and outside of others."""
        difference, product = self.drawn.difference(name), self.drawn.product
        guard = self.drawn.where(where)
        others = [self.drawn.where(region.where) for region in outside]
        if difference is None or guard is None or None in others:
            return None
        product.allow()
        node = product.within(guard, difference)
        for other in others:
            node = node if other is None else product.outside(other, node)
        for facts in self.drawn.requests(node):
            request = self.search.requests.whole(facts)
            shown = self.search.differs(request, name)
            if shown is not None and self.is_own(request, where, causes):
                return shown
        return None

    def is_own(self, facts: Mapping[str, Value], where: Condition, causes: Iterable[str]) -> bool:
        """Whether the request lies in the region and changes none of the causes."""
        return self.holds(where, facts) and not any(
            self.search.differs(dict(facts), cause) for cause in causes
        )

    def holds(self, where: Condition, facts: Mapping[str, Value]) -> bool:
        """Whether the old version makes of the request what the condition says."""
        try:
            # What lists come to is asked of each version that asks it of them.
            told = {**self.search.new.told(facts), **self.search.old.told(facts)}
            return View(self.alignment.old, told).holds(where)
        except (InDoubt, *REFUSALS):
            return False

    def is_empty(self, name: str, where: Condition) -> bool:
        """Whether it is proven that the decision changes for no request of the region."""
        guard, difference = self.drawn.where(where), self.drawn.difference(name)
        if guard is None or difference is None:
            return False
        return self.drawn.is_never(self.drawn.product.within(guard, difference))

    def members(self, where: Condition) -> Belongs:
        """Whether a request lies in the region, its values being of the vocabulary."""
        return lambda request: self.search.values.fits_whole(request) and self.holds(where, request)

    def none_of(self, made: list[ChangedRegion]) -> Belongs:
        """Whether a request lies in none of the regions."""
        return lambda request: not any(self.holds(region.where, request) for region in made)

    def only_change(self, name: str, where: Condition) -> ChangedOutcome | None:
        """The change between words that every request seen in the region shows."""
        seen = [request for request in self.search.shown(name) if self.holds(where, request.facts)]
        changes = {repr(outcome): outcome for outcome in map(change_of, seen)}
        return next(iter(changes.values())) if len(changes) == 1 else None

    def is_exact(self, name: str, where: Condition) -> bool:
        """Whether it is proven that the decision changes for each request of the region."""
        guard = self.drawn.where(where)
        same = None if guard is None else self.drawn.unchanged(name, guard)
        if same is None or self.is_refuted(name, where):
            return False
        return self.drawn.is_never(same)

    def is_refuted(self, name: str, where: Condition) -> bool:
        """Whether a request at hand of the region is decided as before."""
        return self._unchanged[name, where]

    def _members_unchanged(self, name: str, where: Condition) -> Iterator[bool]:
        is_member = self.members(where)
        for request in filter(is_member, self._tried[name]):
            judged = self.search.judged(request, name)
            is_same = judged.before.is_same(judged.after)
            yield is_same and judged.before.status is not SideStatus.REFUSED

    def _some(self, name: str) -> list[Request]:
        facts = self.search.facts_behind([name])
        return list(islice(self.search.requests.random(name, facts), FEW)) if facts else []

    def outside(
        self, made: list[ChangedRegion], known: Iterable[DifferingRequest]
    ) -> DifferingRequest | None:
        """A request of those known that lies in no region made."""
        is_none_of = self.none_of(made)
        return next((request for request in known if is_none_of(dict(request.facts))), None)


def change_of(request: DifferingRequest) -> ChangedOutcome | None:
    """The change between two outcomes that are words or the like; None if values are computed."""
    old, new = _given(request.before), _given(request.after)
    return None if old is None or new is None else change_between(old, new)


def _given(verdict: Verdict) -> Given | None:
    value = verdict.outcome
    if verdict.status is not SideStatus.DECIDED:
        return _UNDECIDED.get(verdict.status)
    return Constant(value) if value is None or isinstance(value, str | bool | tuple) else None


_UNDECIDED: Mapping[SideStatus, Given] = {
    SideStatus.GAP: Gap(),
    SideStatus.CONFLICT: ANY_CONFLICT,
    SideStatus.BROKEN: Broken(),
}
