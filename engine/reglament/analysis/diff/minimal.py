"""From a request that shows a change to one that people take in: near an example, and short."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from zoneinfo import ZoneInfo

from reglament.analysis.diff.changed_witnesses import DifferingRequest, Search
from reglament.analysis.diff.types import VersionSide, Witness
from reglament.analysis.search.judge import Judge, SideStatus, Verdict
from reglament.analysis.search.tried_requests import MOST_BASES, Request
from reglament.analysis.search.tried_values import facts_in_order
from reglament.diagram.solver.round_values import with_round_values
from reglament.model.conditions import Condition
from reglament.model.values import Value
from reglament.model.visitor import decisions_of, facts_of

Belongs = Callable[[Request], bool]
FEW_BASES = 3


def witness_of(
    search: Search, name: str, request: DifferingRequest, belongs: Belongs, where: Condition
) -> Witness:
    """The request with as many values of one worked example as it can have, and no more facts
    than settle the decision, its kind of change kept.

    `belongs` says which requests will do; what `where` reads is told, or settled by what is.
    """
    nearest = _rounded(search, name, _nearest(search, name, request, belongs), belongs)
    facts = _short(search, name, nearest, where)
    before, after = (
        _side(judge, facts, name, verdict)
        for judge, verdict in ((search.old, nearest.before), (search.new, nearest.after))
    )
    return Witness(facts_in_order(facts, search.values.common), before, after)


def _nearest(
    search: Search, name: str, request: DifferingRequest, belongs: Belongs
) -> DifferingRequest:
    read = search.facts_behind([name])
    bases = [
        b
        for b in search.requests.bases[:MOST_BASES]
        if search.values.fits_whole(b)  # a base may lie outside the time compared
    ]
    bases.sort(key=lambda base: _apart(base, request.facts, read))
    best = request
    for base in bases[:FEW_BASES]:
        moved = _towards(search, name, request, base, belongs)
        if best is request or _apart(base, moved.facts, read) < 1:
            best = moved
    return best


def _apart(base: Mapping[str, Value], facts: Mapping[str, Value], read: list[str]) -> int:
    return sum(base[name] != facts[name] for name in read)


def _towards(
    search: Search, name: str, request: DifferingRequest, base: Request, belongs: Belongs
) -> DifferingRequest:
    """The request with every value of the base that leaves its kind of change as it is."""
    for fact in base:
        if base[fact] != request.facts[fact]:
            request = _with(search, name, request, {fact: base[fact]}, belongs) or request
    return request


def _rounded(
    search: Search, name: str, found: DifferingRequest, belongs: Belongs
) -> DifferingRequest:
    """The request with rounder values, where these leave its kind of change as it is."""
    common = search.values.common
    types = {fact: common.facts[fact].type for fact in found.facts if fact in common.facts}

    def will_do(request: Request) -> bool:
        fits = search.values.fits_whole(request)
        return fits and _with(search, name, found, request, belongs) is not None

    request = with_round_values(found.facts, types, ZoneInfo(common.zone), will_do)
    return search.judged(request, name)


def _with(
    search: Search, name: str, request: DifferingRequest, values: Request, belongs: Belongs
) -> DifferingRequest | None:
    """The request with these values, if that leaves its kind of change as it is."""
    moved = search.differs({**request.facts, **values}, name)
    is_so = moved is not None and moved.way == request.way and belongs(dict(moved.facts))
    return moved if is_so else None


def _short(
    search: Search, name: str, request: DifferingRequest, where: Condition
) -> dict[str, Value]:
    """The facts that the decision reads, without those that settle nothing in either version."""
    needed = facts_of(where) | {search.values.common.chosen_by}
    old, before = search.old.version, decisions_of(where)
    kept = needed.union(search.facts_behind([name]), *(old.facts_behind(one) for one in before))
    facts = {fact: value for fact, value in request.facts.items() if fact in kept}
    for fact in [one for one in facts if one not in needed]:
        fewer = {other: value for other, value in facts.items() if other != fact}
        if _settles(search.old, fewer, name, request.before, before) and _settles(
            search.new, fewer, name, request.after
        ):
            facts = fewer
    return facts


def _settles(
    judge: Judge,
    facts: Mapping[str, Value],
    name: str,
    verdict: Verdict,
    others: Collection[str] = (),
) -> bool:
    """Whether fewer facts lead to the verdict, and settle the other decisions too."""
    if verdict.status is not SideStatus.DECIDED:
        return False
    evaluated = judge.evaluator.evaluate(judge.told(facts))
    outcome = evaluated[name]
    return (
        outcome.is_determined
        and outcome.outcome == verdict.outcome
        and all(evaluated[one].is_determined for one in others)
    )


def _side(judge: Judge, facts: Mapping[str, Value], name: str, verdict: Verdict) -> VersionSide:
    if verdict.status is not SideStatus.DECIDED:
        return VersionSide(verdict.status)
    outcome = judge.evaluator.evaluate(judge.told(facts))[name]
    return VersionSide(verdict.status, verdict.outcome, outcome.rules, outcome.clauses)
