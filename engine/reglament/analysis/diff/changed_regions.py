"""From requests that show a decision changed to the regions of requests in which it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from itertools import chain, islice

from reglament.analysis.diff.changed_witnesses import DifferingRequest
from reglament.analysis.diff.exactness import Exactness
from reglament.analysis.diff.joining import either, without_tests
from reglament.analysis.diff.minimal import Belongs, witness_of
from reglament.analysis.diff.reach import DayReach
from reglament.analysis.diff.region_requests import RegionRequests, change_of
from reglament.analysis.diff.touched import is_known, touched
from reglament.analysis.diff.types import Cause, ChangedOutcome, ChangedRegion
from reglament.analysis.search.judge import SideStatus
from reglament.analysis.search.tried_requests import Request
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.values import Value
from reglament.model.visitor import decisions_of

MOST_CONSEQUENCES = 8
FEW_LEFT_OUT = 500


@dataclass
class Regions:
    """Finds the regions of one decision after the other, each after those that it builds on."""

    requests: RegionRequests
    reach: DayReach
    exactness: Exactness
    found: list[ChangedRegion] = field(default_factory=list)

    def __post_init__(self) -> None:
        requests = self.requests
        self.alignment, self.search, self.drawn = (
            requests.alignment,
            requests.search,
            requests.drawn,
        )

    def add(self, name: str) -> None:
        """Find the regions of a decision of which a request is known that shows it changed."""
        causes = [one for one in self._changed() if one in self._reads(name)]
        edits = touched(self.alignment, name, self.reach)
        made, unseen = self._own(name, edits, causes) if edits else ([], [])
        made += self._consequences(name, causes, unseen)
        if not made:
            first = self.search.shown(name)[0]
            where = reduce(either, unseen) if unseen else ALWAYS
            where = where if self.requests.holds(where, first.facts) else ALWAYS
            made = [self._region(name, None, where, first)]
        else:
            if unseen:
                made = _told_once(made)
                made[-1] = _wider(made[-1], unseen)
            made += self._left_out(name, made)
        self.found += self._each_example_once(_told_once(self._proven(name, made)))

    def _each_example_once(self, made: list[ChangedRegion]) -> list[ChangedRegion]:
        """The regions, those that change in one way and have one example made one."""
        kept = list[ChangedRegion]()
        for region in made:
            twin = next((other for other in kept if _is_twin(other, region)), None)
            if twin is None:
                kept.append(region)
            else:
                kept[kept.index(twin)] = self._together(twin, region)
        return kept

    def _together(self, region: ChangedRegion, other: ChangedRegion) -> ChangedRegion:
        if self.drawn.is_within(other.where, region.where):
            return region
        if self.drawn.is_within(region.where, other.where):
            return other
        return replace(region, where=either(region.where, other.where))

    def _proven(self, name: str, made: list[ChangedRegion]) -> list[ChangedRegion]:
        """The same regions, exact ones said to be; or exact ones in their place, of a word."""
        made = self.exactness.proven(name, made, self.requests.is_refuted)
        if all(region.is_exact for region in made):
            return made
        regions = list[ChangedRegion]()
        for one in self.exactness.exact(name):
            shown = self.search.differs(self.search.requests.whole(one.witness), name)
            if shown is None or not self.requests.holds(one.where, shown.facts):
                return made
            members = self.requests.members(one.where)
            witness = witness_of(self.search, name, shown, members, one.where)
            regions.append(ChangedRegion(name, change_of(shown), one.where, witness, is_exact=True))
        return regions or made

    def _changed(self) -> list[str]:
        return list(dict.fromkeys(region.decision for region in reversed(self.found)))

    def _reads(self, name: str) -> frozenset[str]:
        old, new = self.alignment.old.decisions[name], self.alignment.new.decisions[name]
        return old.reads() | new.reads()

    # What a decision's own rules change

    def _own(
        self, name: str, edits: tuple[Condition, ...], causes: list[str]
    ) -> tuple[list[ChangedRegion], list[Condition]]:
        """The regions of the edits, each with a request in it for which no cause changes.

        And the conditions of those without one which are not proven to be empty.
        """
        unseen: list[Condition] = []
        made: list[ChangedRegion] = []
        for change, where in self._proposed(name, edits):
            alike = [region for region in made if region.change == change]
            is_own, shown = self.requests.is_own, self.search.shown(name)
            known = (one for one in shown if is_own(one.facts, where, causes))
            outside = self.requests.outside(alike, known)
            if outside is None and alike:
                outside = self.requests.drawn_in(name, where, causes, alike)
            request = outside or self.requests.shown_in(name, where, causes)
            if request is not None:
                among = None if outside is None else self.requests.none_of(alike)
                made.append(self._region(name, change, where, request, among=among))
            elif not self.requests.is_empty(name, where):
                unseen.append(where)
        return made, unseen

    def _proposed(
        self, name: str, edits: tuple[Condition, ...]
    ) -> Iterable[tuple[ChangedOutcome | None, Condition]]:
        """Conditions that together hold for whatever the decision's own rules change."""
        if not self.reach.changed and not self.alignment.reads_another_clock(name):
            difference = self.drawn.difference(name)
            plainly = None if difference is None else self.drawn.plainly(difference)
            for drawn in (self.drawn.own(name), plainly):
                if drawn and all(is_known(self.alignment.old, where) for _, where in drawn):
                    return drawn
        return [(None, where) for where in edits]

    def _region(
        self,
        name: str,
        change: ChangedOutcome | None,
        where: Condition,
        found: DifferingRequest,
        cause: Cause | None = None,
        among: Belongs | None = None,
    ) -> ChangedRegion:
        """The region of one known request; its witness is one of those `among` which that is."""
        members = self.requests.members(where)

        def belongs(request: Request) -> bool:
            return members(request) and (among is None or among(request))

        witness = witness_of(self.search, name, found, belongs, where)
        is_exact = self.requests.is_exact(name, where)
        if change is None and cause is None:
            change = self.requests.only_change(name, where)
        return ChangedRegion(name, change, where, witness, is_exact, cause)

    def _left_out(self, name: str, made: list[ChangedRegion]) -> Iterator[ChangedRegion]:
        """A region for a request that changes and lies in none of those made, if one is found.

        So it may be where a decision that their conditions read is refused: it is tried whether
        such requests change.
        """
        tried: Iterable[DifferingRequest | None] = self.search.shown(name)
        facts = self.search.facts_behind([name])
        if facts and any(decisions_of(region.where) for region in made if not region.is_exact):
            drawn = islice(self.search.requests.random(f"left out {name}", facts), FEW_LEFT_OUT)
            tried = chain(tried, (self.search.differs(request, name) for request in drawn))
        for one in tried:
            if one is None or one.is_refused:
                continue
            if not any(self.requests.holds(region.where, one.facts) for region in made):
                where = self._around(one.facts, made)
                yield self._region(name, None, where, one, among=self.requests.none_of(made))
                return

    def _around(self, facts: Mapping[str, Value], made: list[ChangedRegion]) -> Condition:
        """A region wide enough for the request: without tests of what is refused in it."""
        for region in made:
            read = decisions_of(region.where)
            verdicts = self.search.old.verdicts(facts, read)
            refused = {name for name in read if verdicts[name].status is not SideStatus.DECIDED}
            where = without_tests(region.where, refused)
            if refused and self.requests.holds(where, facts):
                return where
        return ALWAYS

    # What follows from the change of earlier decisions

    def _consequences(
        self, name: str, causes: list[str], unseen: list[Condition]
    ) -> Iterator[ChangedRegion]:
        """What follows from each cause where none before it changes.

        Where nothing is shown to follow from one and something may, joins those `unseen`.
        """
        explained: list[str] = []
        for cause in causes:
            made = list(self._following(name, cause, explained))
            if not made and not self._is_explained(name, cause, explained):
                unseen.append(self._where_changes(cause, None))
            yield from made
            explained.append(cause)

    def _is_explained(self, name: str, earlier: str, explained: list[str]) -> bool:
        """Whether it is proven that the decision changes with no such cause alone."""
        drawn = self.drawn
        node, cause = drawn.difference(name), drawn.difference(earlier)
        if node is None or cause is None:
            return False
        node = drawn.product.within(drawn.product.changes(cause), node)
        for one in explained:
            other = drawn.difference(one)
            if other is not None:
                node = drawn.product.outside(drawn.product.changes(other), node)
        return drawn.is_never(node)

    def _following(self, name: str, earlier: str, explained: list[str]) -> Iterator[ChangedRegion]:
        """Each way in which the decision changes with an earlier one, of those that are shown.

        The last one names no way if there may be others.
        """
        known = list(self._with_cause(name, earlier, explained))
        shown: dict[str, tuple[DifferingRequest, ChangedOutcome | None, ChangedOutcome | None]] = {}
        for found, cause in known:
            if not (shown and found.is_refused):
                way = (change_of(cause), change_of(found))
                shown.setdefault(repr(way), (found, *way))
        told = list(shown.values()) if len(shown) <= MOST_CONSEQUENCES else []

        def follows(request: Request, way: ChangedOutcome | None = None) -> bool:
            cause = self.search.differs(request, earlier)
            is_way = cause is not None and way in (None, change_of(cause))
            return is_way and self._is_cause(earlier, request, explained)

        made = [
            self._region(
                name,
                change,
                self._where_changes(earlier, way),
                request,
                Cause(earlier, way),
                partial(follows, way=way),
            )
            for request, way, change in told
        ]
        yield from made
        is_all = repr((None, None)) in shown or self._are_all(name, earlier, len(told))
        if known and not (told and is_all):
            outside = self.requests.outside(made, [request for request, _ in known])
            where, any_way = self._where_changes(earlier, None), Cause(earlier, None)
            if outside is not None:
                alone = self.requests.none_of(made)
                yield self._region(
                    name, None, where, outside, any_way, lambda one: alone(one) and follows(one)
                )
            else:
                pairs = zip(told, made, strict=True)
                inexact = (request for (request, *_), region in pairs if not region.is_exact)
                found = next(inexact, known[0][0])
                yield self._region(name, None, where, found, any_way, follows)

    def _is_cause(self, earlier: str, request: Request, explained: list[str]) -> bool:
        """Whether the earlier decision changes for the request, and no cause before it."""
        return self.search.differs(request, earlier) is not None and not any(
            self.search.differs(request, one) for one in explained
        )

    def _with_cause(
        self, name: str, earlier: str, explained: list[str]
    ) -> Iterator[tuple[DifferingRequest, DifferingRequest]]:
        """Requests known that change the decision and the earlier one, and no cause before it."""
        for request in self.search.shown(name):
            facts = dict(request.facts)
            cause = self.search.differs(facts, earlier)
            if cause is None or not self._is_cause(earlier, facts, explained):
                continue
            if not cause.is_refused:  # which no region of the earlier decision tells
                yield request, cause

    def _are_all(self, name: str, earlier: str, count: int) -> bool:
        """Whether the diagrams know of no other way than so many."""
        pairs = self.drawn.pairs(name, earlier)
        return pairs is not None and len(pairs) <= count

    def _where_changes(self, earlier: str, change: ChangedOutcome | None) -> Condition:
        """Where the earlier decision changes, in one way or in any."""
        regions = [region for region in self.found if region.decision == earlier]
        some = [region for region in regions if change is not None and region.change == change]
        return reduce(either, (region.where for region in some or regions))


def _told_once(made: list[ChangedRegion]) -> list[ChangedRegion]:
    """Without the regions that are told again by one that may change in other ways, too.

    Its example shows their way: beside them it would say nothing but that there may be others.
    """
    kept = list[ChangedRegion]()
    for region in made:
        if region.change is None and region.cause is not None:
            narrower = [other for other in kept if _is_told_by(other, region)]
            alike = [other for other in narrower if other.where == region.where]
            kept = [other for other in kept if other not in narrower]
            region = replace(alike[0], change=None) if alike else region
        kept.append(region)
    return kept


def _is_twin(region: ChangedRegion, other: ChangedRegion) -> bool:
    return (
        region.cause is None
        and other.cause is None
        and region.change == other.change
        and region.is_exact == other.is_exact
        and region.witness.facts == other.witness.facts
    )


def _is_told_by(region: ChangedRegion, wider: ChangedRegion) -> bool:
    if region.cause is None or wider.cause is None or region.cause.decision != wider.cause.decision:
        return False
    is_kept = region.is_exact and not wider.is_exact and region.where != wider.where
    return region.witness.facts == wider.witness.facts and not is_kept


def _wider(region: ChangedRegion, others: list[Condition]) -> ChangedRegion:
    """The region, and with it others of which nothing is known."""
    where = reduce(either, others, region.where)
    return replace(region, where=where, is_exact=False, change=None, cause=None)
