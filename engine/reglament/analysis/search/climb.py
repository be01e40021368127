"""From a request to one for which a condition holds, by changing one fact after the other.

How far a request is from a condition is counted in tests that would have to come out
differently (the branch distance of search-based testing: Korel 1990; McMinn 2004). For a test
of an earlier decision the nearest rule that gives what is wanted counts, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from random import Random

from reglament.analysis.search.tried_requests import Request, Requests
from reglament.model.conditions import Condition, Test
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef
from reglament.model.values import Value
from reglament.model.visitor import fold
from reglament.reference import REFUSALS, InDoubt, View

MOST_TRIES, MOST_VALUES, MOST_BESIDE = 500, 24, 12
DEEPEST = 4


def climbed(
    requests: Requests, version: Version, goal: Condition, facts: list[str], seed: str
) -> Request | None:
    """A request for which the condition holds, from one of the bases; None if none is met."""
    rng, tries = Random(seed), 0
    for base in requests.bases[:2]:
        request, apart = dict(base), distance(version, base, goal)
        while apart and tries < MOST_TRIES:
            step = _step(requests, version, goal, facts, (request, apart), rng)
            tries += MOST_VALUES
            if step is None:
                break
            request, apart = step
        if not apart:
            return request
    return None


def _step(
    requests: Requests,
    version: Version,
    goal: Condition,
    facts: list[str],
    at: tuple[Request, int],
    rng: Random,
) -> tuple[Request, int] | None:
    """The first change of one fact that brings the request nearer."""
    request, apart = at
    for name in rng.sample(facts, len(facts)):
        values = requests.values.of(name)
        some = values if len(values) <= MOST_VALUES else rng.sample(values, MOST_VALUES)
        moved = [{**request, name: value} for value in some]
        moved += islice(requests.beside(request, name), MOST_BESIDE)
        for one in moved:
            nearer = distance(version, one, goal)
            if nearer < apart:
                return one, nearer
    return None


def distance(version: Version, facts: Mapping[str, Value], condition: Condition) -> int:
    """How many tests would have to come out differently for the condition to hold."""
    known = {name: facts[name] for name in version.facts if name in facts}
    return _Distance(version, View(version, known)).of(condition, True, 0)


class _Distance:
    def __init__(self, version: Version, view: View) -> None:
        self.version = version
        self.view = view

    def of(self, condition: Condition, wanted: bool, depth: int) -> int:
        def test(one: Test, holds: bool) -> int:
            return self._of_test(one, holds, depth)

        return fold(condition, test, _sum, _least, holds=wanted)

    def _of_test(self, test: Test, wanted: bool, depth: int) -> int:
        try:
            if self.view.holds(test) is wanted:
                return 0
        except (InDoubt, *REFUSALS):
            pass
        values = test.accepted
        if values is None or not isinstance(test.subject, DecisionRef) or depth == DEEPEST:
            return 1
        decision = self.version.decisions[test.subject.name]
        ways = [
            self.of(rule.when, True, depth + 1)
            for rule in decision.rules
            if isinstance(rule.then, Constant) and (rule.then.value in values) is wanted
        ]
        return 1 + min(ways, default=0)


def _sum(parts: list[int]) -> int:
    return sum(parts)


def _least(parts: list[int]) -> int:
    return min(parts, default=1)
