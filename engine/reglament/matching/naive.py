"""From facts told one after another to the rules that fire, straight from what rules mean.

It is the oracle of the other matcher, and what is used where that cannot be installed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reglament.matching.linter import check_fact
from reglament.matching.matching_rules import Firing, MatchRule, Pattern, RuleSet, SessionFact
from reglament.model.operators import Operator
from reglament.model.reactions import FieldOperator

MEANING: Mapping[FieldOperator, Callable[[Any, Any], bool]] = {
    **{FieldOperator(one): one.meaning for one in Operator},
    FieldOperator.IS_NOT: operator.ne,
}
Matched = dict[str, SessionFact]


class NaiveMatcher:
    """Tries every rule on every new fact."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.by_kind: dict[str, list[MatchRule]] = {}
        for rule in rules.rules:
            for kind in {pattern.kind for pattern in rule.patterns if not pattern.absent}:
                self.by_kind.setdefault(kind, []).append(rule)

    def open(self) -> NaiveSession:
        """A new session without facts."""
        return NaiveSession(self)

    def close(self) -> None:
        """Nothing is held."""


class NaiveSession:
    """The facts of one session, by kind."""

    def __init__(self, matcher: NaiveMatcher) -> None:
        self.matcher = matcher
        self.facts: dict[str, list[SessionFact]] = {}

    def tell(self, facts: Sequence[SessionFact]) -> list[list[Firing]]:
        """For each fact, in turn, what fired on it, sorted. Raises OutsideFence."""
        for fact in facts:
            check_fact(self.matcher.rules, fact)
        return [self._tell(fact) for fact in facts]

    def close(self) -> None:
        """Forget every fact."""
        self.facts.clear()

    def _tell(self, fact: SessionFact) -> list[Firing]:
        known = self.facts.setdefault(fact.kind, [])
        known.append(fact)
        fired = [
            Firing(rule.id, tuple(one.seq for one in match.values()))
            for rule in self.matcher.by_kind.get(fact.kind, ())
            for match in self._matches(rule, fact)
        ]
        if fact.kind in self.matcher.rules.transient:
            known.pop()
        return sorted(fired)

    def _matches(self, rule: MatchRule, fresh: SessionFact) -> Iterator[Matched]:
        for match in self._joined(rule.patterns, {}):
            if any(fact is fresh for fact in match.values()):
                yield match

    def _joined(self, patterns: Sequence[Pattern], match: Matched) -> Iterator[Matched]:
        if not patterns:
            yield match
            return
        first, *rest = patterns
        taken = [one.seq for one in match.values()]
        others = (one for one in self.facts.get(first.kind, ()) if one.seq not in taken)
        fits = (one for one in others if _fits(first, one, match))
        if first.absent:
            if next(fits, None) is None:
                yield from self._joined(rest, match)
            return
        for fact in fits:
            yield from self._joined(rest, match | {first.alias: fact})


def _fits(pattern: Pattern, fact: SessionFact, match: Matched) -> bool:
    told = fact.fields
    for test in pattern.tests:
        if test.field not in told or not MEANING[test.operator](told[test.field], test.value):
            return False
    return all(
        MEANING[join.operator](told[join.field], match[join.alias].fields[join.other])
        for join in pattern.joins
    )
