"""From two versions to requests that they decide differently, found by deciding many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from random import Random
from typing import Any

from reglament.analysis.search.climb import climbed
from reglament.analysis.search.judge import Judge, SideStatus, Verdict
from reglament.analysis.search.tried_requests import Request, Requests
from reglament.analysis.search.tried_values import TriedValues
from reglament.frozen import frozen
from reglament.model.conditions import Condition
from reglament.model.regulation import Version
from reglament.model.values import Value

FEW_NEAR, FEW_APART, FEW_RANDOM, FEW_BESIDE = 1_000, 400, 300, 700
MOST_NEAR, MOST_RANDOM = 5_000, 1_500
MOST_KEPT, MOST_WAYS = 16, 48
FEW_VALUES = 12


@frozen
class DifferingRequest:
    """A whole request, and what each version says of one decision."""

    facts: Mapping[str, Value]
    before: Verdict
    after: Verdict

    @property
    def is_refused(self) -> bool:
        """Whether one of the versions refuses to compute."""
        return SideStatus.REFUSED in (self.before.status, self.after.status)

    @property
    def way(self) -> tuple[Any, ...]:
        """In which way the decision changes, values that are computed aside."""
        sides = (self.before, self.after)
        return tuple((side.status, _word(side.outcome)) for side in sides)


def _word(value: Value) -> Any:
    """The value if it is a word or the like, else just its type."""
    return value if isinstance(value, str | bool | tuple) else type(value)


@dataclass
class Search:
    """Decides requests by both versions, and keeps those that show a decision changed."""

    old: Judge
    new: Judge
    values: TriedValues
    names: tuple[str, ...]
    # By decision the conditions of its edited rules, each with the version that says it.
    goals: Mapping[str, Sequence[tuple[Version, Condition]]] = field(default_factory=dict)
    found: dict[str, dict[tuple[Any, ...], list[DifferingRequest]]] = field(default_factory=dict)
    tried: int = 0

    def __post_init__(self) -> None:
        self.requests = Requests(self.values)
        self._read = self.facts_behind(self.names)
        self._seen: set[tuple[Value, ...]] = set()

    def run(self) -> None:
        """Look for requests for each of the decisions; each request serves them all."""
        facts = self._read
        self.through(self.requests.bases, self.names)
        near, random = self.requests.near(facts), self.requests.random("0", facts)
        self.through(islice(near, FEW_NEAR), self.names)
        apart = (one for name in facts for one in self.requests.apart(name))
        self.through(islice(apart, FEW_APART), self.names)
        self.through(islice(random, FEW_RANDOM if facts else 0), self.names)
        self.through(self._at_goals(), self.names)
        self.through(islice(self._beside_found(facts), FEW_BESIDE if facts else 0), self.names)
        for requests, most in ((near, MOST_NEAR), (random, MOST_RANDOM if facts else 0)):
            for _ in range(0, most, FEW_RANDOM):
                missing = self.missing()
                if missing:
                    self.through(islice(requests, FEW_RANDOM), missing)

    def missing(self) -> tuple[str, ...]:
        """The decisions of which no request shows a change that both versions decide."""
        return tuple(n for n in self.names if not any(not f.is_refused for f in self.shown(n)))

    def shown(self, name: str) -> list[DifferingRequest]:
        """Requests that show the decision changed; those that both versions decide first."""
        ways = self.found.get(name, {}).values()
        # One of each way before a second one: what comes first shows most.
        each = (one for ones in zip_longest(*ways) for one in ones if one is not None)
        return sorted(each, key=lambda request: request.is_refused)

    def through(self, requests: Iterable[Request], names: Collection[str]) -> None:
        """Decide the requests, and keep what they show."""
        for request in requests:
            read = tuple(request[name] for name in self._read)
            if read in self._seen:
                continue
            self._seen.add(read)
            for name, before, after in self._verdicts(request, names):
                if not before.is_same(after):
                    self._keep(name, DifferingRequest(request, before, after))

    def _keep(self, name: str, request: DifferingRequest) -> None:
        ways = self.found.setdefault(name, {})
        if request.way in ways or len(ways) < MOST_WAYS:
            kept = ways.setdefault(request.way, [])
            if len(kept) < MOST_KEPT:
                kept.append(request)

    def judged(self, request: Request, name: str) -> DifferingRequest:
        """What both versions say of the decision."""
        ((_, before, after),) = self._verdicts(request, (name,))
        return DifferingRequest(request, before, after)

    def differs(self, request: Request, name: str) -> DifferingRequest | None:
        """What both say of the decision if that is not the same."""
        found = self.judged(request, name)
        return None if found.before.is_same(found.after) else found

    def facts_behind(self, names: Iterable[str]) -> list[str]:
        """The facts that one of the decisions reads in either version, in the policy's order."""
        read = frozenset[str]().union(
            *(judge.version.facts_behind(n) for judge in (self.old, self.new) for n in names)
        )
        return [name for name in self.values.common.facts if name in read]

    def _verdicts(
        self, request: Request, names: Collection[str]
    ) -> Iterator[tuple[str, Verdict, Verdict]]:
        self.tried += 1
        before, after = self.old.verdicts(request, names), self.new.verdicts(request, names)
        return ((name, before[name], after[name]) for name in names)

    def _at_goals(self) -> Iterator[Request]:
        """Requests for which an edited rule applies, of decisions not shown to change yet."""
        for name in self.missing():
            for place, (version, goal) in enumerate(self.goals.get(name, ())):
                found = climbed(self.requests, version, goal, self._read, f"{name} {place}")
                if found is not None:
                    yield found
                    yield from self._near_one(found)

    def _near_one(self, base: Request) -> Iterator[Request]:
        """The request with each fact changed to each of a few values."""
        for name in self._read:
            yield from ({**base, name: value} for value in self.values.of(name)[:FEW_VALUES])

    def _beside_found(self, facts: Sequence[str]) -> Iterator[Request]:
        """Requests that show some change, with one to three of the facts drawn anew."""
        rng = Random("beside")
        known = [one.facts for name in self.names for one in self.shown(name)[:MOST_KEPT]]
        while known:
            request = dict(rng.choice(known))
            for name in rng.sample(facts, min(len(facts), rng.randrange(1, 4))):
                request[name] = self.requests.drawn(rng, request, name)
            yield request
