"""From a condition to the terms that cannot be null where it holds, read off its form alone.

Compilers call this flow typing: `rt: {more_than: 0}` holds of no null, so where it holds
`rt` has a value. A test of an earlier decision says what all rules behind its outcome say:

    kind: {rules: [{id: slow, when: {rt: {more_than: 0}}, then: slow}], otherwise: …}
    `kind: slow` holds  =>  `rt` is not null
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import field
from functools import reduce
from typing import TypeVar

from reglament.frozen import frozen
from reglament.functions.table import EVERY, RECORD, fields_of, is_nullable_field, nullable_in
from reglament.model.conditions import Condition, Test
from reglament.model.decisions import Decision, Rule
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Type, Value
from reglament.model.visitor import fold

# Through how many decisions a test is followed; beyond them it says nothing, which is safe.
MOST_DECISIONS = 8

T = TypeVar("T")
Terms = frozenset[Term]
NOTHING: Terms = frozenset()


@frozen
class Narrowing:
    """What the conditions of a version say of null; `decisions` are those that it may name."""

    decisions: Mapping[str, Decision]
    depth: int = MOST_DECISIONS
    kept: dict[tuple[str, frozenset[Value] | None, int], Terms] = field(default_factory=dict)

    def not_null(self, condition: Condition, *, holds: bool = True) -> Terms:
        """The terms that are not null wherever the condition holds (or fails)."""
        return fold(condition, self._of_test, union_of, common_of, holds=holds)

    def behind(self, decision: Decision, rule: Rule) -> Terms:
        """The terms that are not null wherever the rule decides, `otherwise` included."""
        if rule is decision.otherwise:
            return union_of(self.not_null(one.when, holds=False) for one in decision.rules)
        return self.not_null(rule.when)

    def nulls_in(
        self, term: Term, nullable: Container[str], not_null: Terms, *, is_free: bool = False
    ) -> Iterator[Term]:
        """What is named or computed by which the term may be null in spite of what is known.

        Where it `is_free` to be null, that by which a field of it may be that is not.
        """
        if term in not_null:
            return
        match term:
            case Conditional(when, then, otherwise):
                holds, fails = (self.not_null(when, holds=one) for one in (True, False))
                yield from self.nulls_in(then, nullable, not_null | holds, is_free=is_free)
                yield from self.nulls_in(otherwise, nullable, not_null | fails, is_free=is_free)
            case Formula(RECORD.name):
                free = nullable_in(term)
                for name, part in fields_of(term).items():
                    yield from self.nulls_in(part, nullable, not_null, is_free=name in free)
            case Formula(_, arguments):
                for part in arguments if term.each is None else arguments[:1]:
                    yield from self.nulls_in(part, nullable, not_null, is_free=is_free)
                    if _is_null_by_choice(part) and not is_free:
                        yield part
                may_be_null = EVERY[term.function].may_be_null
                if not is_free and (may_be_null or is_nullable_field(term, self._decided_type)):
                    yield term
            case FactRef(name) | DecisionRef(name) if name in nullable and not is_free:
                yield term

    def _decided_type(self, term: Term) -> Type | None:
        decision = self.decisions.get(term.name) if isinstance(term, DecisionRef) else None
        return None if decision is None else decision.type

    def _of_test(self, test: Test, holds: bool) -> Terms:
        terms = union_of(self._whole(term) for term in _not_null(test, holds))
        left = self._left(test, holds)
        if left is None or not isinstance(test.subject, DecisionRef):
            return terms
        return terms | self._outcomes(test.subject.name, left)

    def _whole(self, term: Term) -> Terms:
        """The term and what is in it: functions give null for null."""
        terms = frozenset(part for part in _parts(term) if not isinstance(part, Constant))
        decisions = [part.name for part in terms if isinstance(part, DecisionRef)]
        return terms | union_of(self._outcomes(name, None) for name in decisions)

    def _left(self, test: Test, holds: bool) -> frozenset[Value] | None:
        """The outcomes that the test leaves of the decision that it tests, where it lists them."""
        if test.accepted is None or holds:
            return None if test.accepted is None else frozenset(test.accepted)
        decision = self.decisions.get(getattr(test.subject, "name", ""))
        if decision is None or decision.is_nullable or decision.type.is_open:
            return None
        return frozenset(decision.type.options) - frozenset(test.accepted) or None

    def _outcomes(self, name: str, values: frozenset[Value] | None) -> Terms:
        """What is not null where the decision gives one of `values` (None: any but null)."""
        decision, key = self.decisions.get(name), (name, values, self.depth)
        if decision is None or not self.depth:
            return NOTHING
        if key not in self.kept:
            self.kept[key] = self._agreed(decision, values)
        return self.kept[key]

    def _agreed(self, decision: Decision, values: frozenset[Value] | None) -> Terms:
        below = Narrowing(self.decisions, self.depth - 1, self.kept)
        if decision.kind.has_requirements:
            is_met = values is not None and values <= {decision.met}
            return union_of(below.not_null(rule.when) for rule in decision.rules if is_met)
        if not decision.kind.gives_one:
            return NOTHING
        return common_of(
            below.behind(decision, rule)
            | (NOTHING if values and None in values else below._whole(rule.then))
            for rule in decision.every_rule()
            if _may_give(rule, values)
        )


def _is_null_by_choice(term: Term) -> bool:
    """Whether one of two terms is chosen of which one is null as it is written."""
    if not isinstance(term, Conditional):
        return False
    sides = (term.then, term.otherwise)
    return Constant(None) in sides or any(map(_is_null_by_choice, sides))


def _parts(term: Term) -> Iterator[Term]:
    """The term and the terms in it that are null only where it is, too."""
    yield term
    if isinstance(term, Formula) and term.function != RECORD.name:
        for argument in term.arguments:
            yield from _parts(argument)


def _may_give(rule: Rule, values: frozenset[Value] | None) -> bool:
    if not isinstance(rule.then, Constant):
        return True
    return rule.then.value in values if values is not None else rule.then.value is not None


def _not_null(test: Test, holds: bool) -> tuple[Term, ...]:
    """The terms of the test that are not null where it holds, or where it fails."""
    if test.accepted is not None and None in test.accepted:
        return () if holds else (test.subject,)
    return test.terms if holds else ()


def union_of(found: Iterable[frozenset[T]]) -> frozenset[T]:
    """All that is in one of the sets."""
    return frozenset[T]().union(*found)


def common_of(found: Iterable[frozenset[T]]) -> frozenset[T]:
    """What is in each of the sets; nothing where there are none."""
    listed = list(found)
    return reduce(frozenset[T].__and__, listed) if listed else frozenset()
