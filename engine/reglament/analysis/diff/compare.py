"""From two versions to their difference: what becomes of every decision, and an account of it.

First requests are decided by both versions; a decision that one of them shows to be changed is
changed, whatever else is known. Only of the rest a proof is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from reglament.analysis.diff.alignment import Alignment, joined
from reglament.analysis.diff.changed_regions import Regions
from reglament.analysis.diff.changed_witnesses import Search
from reglament.analysis.diff.drawn import Drawn
from reglament.analysis.diff.exactness import Exactness
from reglament.analysis.diff.reach import DayReach, changed_days
from reglament.analysis.diff.region_requests import RegionRequests
from reglament.analysis.diff.touched import goals
from reglament.analysis.diff.types import Account, ChangedRegion, Fate, VersionDifference
from reglament.analysis.diff.version_notes import new_words, version_notes, wording_notes
from reglament.analysis.proving.joint_items import joint_items
from reglament.analysis.proving.port import (
    BUDGET,
    Answer,
    Budget,
    Differs,
    Means,
    NotSettled,
    Proven,
)
from reglament.analysis.proving.sameness import is_same, unlike_totals
from reglament.analysis.proving.settling import settle
from reglament.analysis.search.judge import Judge
from reglament.analysis.search.tried_values import TriedValues
from reglament.analysis.window import DayWindow
from reglament.messages import Message, Words
from reglament.model.regulation import Version

_log = logging.getLogger(__name__)
Progress = Callable[[Account], None]


def diff(
    old: Version,
    new: Version,
    *,
    within: DayWindow | None = None,
    budget: Budget = BUDGET,
    progress: Progress | None = None,
) -> VersionDifference:
    """What becomes of every decision of both versions, and what else differs.

    `within` bounds the days of the requests compared; by default they are those for which both
    hold or, if there are none, those of the later version. `budget` is that of each decision.
    `progress` is called with each decision's account as soon as it is settled.
    """
    within = window_of_both(old, new) if within is None else within
    alignment = _bounded(joined(old, new), within)
    notes = (
        *alignment.notes,
        *new_words(old, new),
        *version_notes(old, new),
        *wording_notes(old, new),
    )
    if old.digest and old.digest == new.digest:  # all but the examples is the same
        return VersionDifference(old, new, alignment.words, notes=notes)
    regions, accounts = _Comparison(alignment, old, new, within, budget, progress).run()
    return VersionDifference(old, new, alignment.words, regions, notes, accounts)


def window_of_both(old: Version, new: Version) -> DayWindow:
    """The days for which both versions hold; those of the later one if there are none."""
    first = max(old.holds_from, new.holds_from)
    ends = [one.holds_until for one in (old, new) if one.holds_until and one.holds_until >= first]
    return DayWindow(first, min(ends) + timedelta(days=1) if ends else None)


def _bounded(alignment: Alignment, within: DayWindow) -> Alignment:
    first = within.first or alignment.common.holds_from
    until = None if within.until is None else within.until - timedelta(days=1)
    return replace(alignment, common=replace(alignment.common, holds_from=first, holds_until=until))


@dataclass
class _Comparison:
    alignment: Alignment
    old: Version
    new: Version
    within: DayWindow
    budget: Budget
    progress: Progress | None

    def run(self) -> tuple[tuple[ChangedRegion, ...], tuple[Account, ...]]:
        """Every region of every decision, and an account of each decision."""
        accounts = {one.decision: one for one in self._settled()}
        reached = [name for name in self._names() if name not in accounts]
        if not reached:
            return (), self._told(accounts)
        search = self._search(reached)
        search.run()
        drawn = Drawn(self.alignment, self.budget.nodes)
        requests = RegionRequests(self.alignment, search, drawn)
        regions = Regions(requests, DayReach(self.alignment), self._exactness())
        for name in reached:
            account = self._account(search, drawn, name)
            accounts[name] = account
            _log.info("%s: %s, requests tried: %d", name, account.fate, search.tried)
            if account.fate is Fate.CHANGES:
                regions.add(name)
            if self.progress is not None and not self._is_internal(name):
                self.progress(account)
        return self._shown(regions.found), self._told(accounts)

    def _names(self) -> list[str]:
        """The decisions of both versions, each after those that it builds on."""
        return [
            name for name in self.alignment.new.decisions if name in self.alignment.old.decisions
        ]

    def _settled(self) -> list[Account]:
        """The decisions that no edit reaches, and those that cannot be compared."""
        unlike = self._incomparable()
        found = [Account(n, Fate.NOT_SETTLED, why=unlike[n]) for n in self._names() if n in unlike]
        return found + [
            Account(name, Fate.SAME, Means.SAME_TERMS)
            for name in self._names()
            if name not in unlike and is_same(self.old, self.new, name)
        ]

    def _search(self, names: list[str]) -> Search:
        versions = (self.old, self.new)
        days, joint = changed_days(self.alignment), joint_items(self.old, self.new)
        values = TriedValues(self.alignment.common, versions, self.within, days, joint)
        wanted = {name: goals(self.old, self.new, name) for name in names}
        return Search(Judge(self.old), Judge(self.new), values, tuple(names), wanted)

    def _exactness(self) -> Exactness:
        return Exactness(self.alignment, self.old, self.new, self.within, self.budget)

    def _account(self, search: Search, drawn: Drawn, name: str) -> Account:
        if search.shown(name):
            return Account(name, Fate.CHANGES, requests=search.tried)
        if unlike_totals(self.old, self.new, name):
            return Account(name, Fate.NOT_SETTLED, requests=search.tried, why=UNLIKE_ITEMS)
        difference = drawn.difference(name)
        if difference is not None:
            if drawn.is_never(difference):
                return Account(name, Fate.SAME, Means.DIAGRAMS, search.tried)
            search.through(map(search.requests.whole, drawn.requests(difference)), search.names)
            if search.shown(name):
                return Account(name, Fate.CHANGES, requests=search.tried)
        return self._proven(search, name)

    def _proven(self, search: Search, name: str) -> Account:
        question = Differs(self.old, self.new, name, self.within)
        answer: Answer = settle(question, self.budget)
        match answer:
            case Proven(means):
                return Account(name, Fate.SAME, means, search.tried)
            case NotSettled(why):
                return Account(name, Fate.NOT_SETTLED, requests=search.tried, why=why)
        search.through([search.requests.whole(answer.facts)], search.names)
        if search.shown(name):
            return Account(name, Fate.CHANGES, requests=search.tried)
        return Account(name, Fate.NOT_SETTLED, requests=search.tried, why=UNCONFIRMED)

    def _told(self, accounts: dict[str, Account]) -> tuple[Account, ...]:
        return tuple(accounts[name] for name in self._names() if not self._is_internal(name))

    def _is_internal(self, name: str) -> bool:
        return self.alignment.words.decisions[name].is_internal

    def _shown(self, regions: list[ChangedRegion]) -> tuple[ChangedRegion, ...]:
        """The regions of what requesters see, and the causes among the rest."""
        causes = {region.cause.decision for region in regions if region.cause is not None}
        return tuple(
            one for one in regions if not self._is_internal(one.decision) or one.decision in causes
        )

    def _incomparable(self) -> dict[str, Words]:
        """Decisions that hang on facts without common values."""
        unlike = dict(self.alignment.incomparable)
        for version in (self.alignment.old, self.alignment.new):
            for name, decision in version.decisions.items():
                for one in sorted((decision.reads() | decision.facts()) & unlike.keys()):
                    unlike.setdefault(name, unlike[one])
        return {name: why for name, why in unlike.items() if name in self.alignment.words.decisions}


UNLIKE_ITEMS = Message("items-decided-otherwise")
UNCONFIRMED = Message("request-solver-found-not")
