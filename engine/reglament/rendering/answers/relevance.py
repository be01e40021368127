"""From a decision to what matters about it: the answer, what is told along, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reglament.model.regulation import Version
from reglament.model.visitor import decisions_of, facts_of


def matters(
    version: Version, document: Mapping[str, Any], request: Mapping[str, Any]
) -> frozenset[str]:
    """The answer, what is told along with it, and what these rest on, by `document`.

    All decisions where the policy does not say which one is the answer.
    """
    decisions = document["decisions"]
    if version.explain is None:
        return frozenset(decisions)
    found: set[str] = set()
    waiting = [version.explain.answer, *told_along(version, document, request)]
    while waiting:
        name = waiting.pop()
        if name in found or name not in version.decisions:
            continue
        found.add(name)
        waiting += _rests_on(version, name, decisions.get(name))
    return frozenset(found & decisions.keys())


def told_along(
    version: Version, document: Mapping[str, Any], request: Mapping[str, Any]
) -> tuple[str, ...]:
    """What the policy tells along with the answer, and about other matters that are asked about."""
    explain, decisions = version.explain, document["decisions"]
    if explain is None:
        return ()
    known = version.facts_behind(explain.answer)
    names = list(_along(explain.also, decisions.get(explain.answer)))
    for name, also in explain.beside.items():
        if request.keys() & (version.facts_behind(name) - known):
            names += [name, *_along(also, decisions.get(name))]
    return tuple(dict.fromkeys(names))


def _along(also: Mapping[str, tuple[str, ...]], told: Mapping[str, Any] | None) -> tuple[str, ...]:
    outcome = None if told is None else told.get("outcome")
    return also.get(outcome, ()) if isinstance(outcome, str) else ()


def _rests_on(version: Version, name: str, told: Mapping[str, Any] | None) -> Iterator[str]:
    """The decisions read by the rules behind the outcome; by every rule where none else applies.

    Of lists, those that are made for each item and that the rules read there.
    """
    decision = version.of_item(version.decisions[name])
    rules = [] if told is None else told["rules"]
    is_otherwise = decision.otherwise is not None and decision.otherwise.id in rules
    for rule in decision.every_rule():
        if not rules or is_otherwise or rule.id in rules:
            yield from decisions_of(rule.when, rule.then)
            for read in facts_of(rule.when, rule.then) & version.totals.keys():
                total = version.totals[read]
                terms = () if total.term is None else (total.term,)
                yield from decisions_of(total.where, *terms)
