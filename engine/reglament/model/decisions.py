"""A decision of a regulation: its kind, and its rules with what they cite and override."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum
from typing import Any

from reglament.frozen import frozen
from reglament.model.conditions import Condition
from reglament.model.problems import Place
from reglament.model.terms import Constant, DecisionRef, FactRef, Term, Total
from reglament.model.values import LARGEST, LENGTHS, Kind, Type, Value, nought
from reglament.model.visitor import decisions_of, facts_of, tests_within, transform
from reglament.model.words import Text


@frozen
class Override:
    """The rule `rule` does not count where the overriding one applies, by the reading `reading`.

    It is not written where it follows from the hit policy of the decision, or from `all`.
    """

    rule: str
    reading: str | None = None
    is_written: bool = True


@frozen
class Citation:
    """The clauses that a rule cites where `when`, which is a test of an earlier decision, holds."""

    when: Condition
    clauses: tuple[str, ...]


@frozen
class Rule:
    """When `when` holds, the regulation says `then`, for the reason `because`.

    For a requirement of a checklist `then` is not used, `unless` is the
    message where it is unmet. `attaches` names decisions or facts whose
    values go along with an item of a collection.

    `clauses` are all that the rule may cite. Where an earlier decision chooses among
    them, `citations` say which are cited where. A rule without clauses cites those of
    the decisions that it rests on.
    """

    id: str
    when: Condition
    then: Term
    because: Text | None = None
    unless: Text | None = None
    clauses: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    readings: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    attaches: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Its own, and those by which clauses are chosen."""
        return self.when, *(citation.when for citation in self.citations)

    def words(self) -> Iterator[tuple[str, str, Place | None]]:
        """The facts and decisions that it tests by words, each with the word, and where."""
        for test in tests_within(self.when, self.then):
            if isinstance(test.subject, FactRef | DecisionRef):
                for word in test.names:
                    if isinstance(word, str):
                        yield test.subject.name, word, test.place or self.place

    def transformed(self, change: Callable[[Any], Any]) -> Rule:
        """The rule with `change` made of every condition and term that it reads."""
        return replace(self, when=transform(self.when, change), then=transform(self.then, change))


class DecisionKind(StrEnum):
    """How the rules of a decision make its outcome (the hit policy)."""

    OUTCOME = "outcome"
    CHECKLIST = "checklist"
    COLLECTION = "collection"
    TOTAL = "total"

    @property
    def gives_one(self) -> bool:
        """Whether the outcome is what one of its rules gives, or `otherwise`."""
        return self is OUTCOME

    @property
    def gives_value(self) -> bool:
        """Whether one value comes out, so that rules may override and `otherwise` may speak."""
        return self in (OUTCOME, TOTAL)

    @property
    def has_requirements(self) -> bool:
        """Whether its rules are requirements, all of which have to hold."""
        return self is CHECKLIST

    @property
    def lists_items(self) -> bool:
        """Whether the outcome lists what its rules give."""
        return self is COLLECTION

    @property
    def rules_are(self) -> str:
        """What its rules are called: rule, requirement or item."""
        return "requirement" if self.has_requirements else "item" if self.lists_items else "rule"


# Names of their own, since an enumeration looks its members up.
OUTCOME, CHECKLIST, COLLECTION, TOTAL = DecisionKind


@frozen
class Decision:
    """A question that the regulation answers.

    OUTCOME: the rules that apply and are not overridden must agree; where none
    applies, `otherwise` says. CHECKLIST: `met` where every rule (requirement)
    holds, else `unmet`. COLLECTION: each applying rule adds its item. TOTAL: what the rules
    that apply and are not overridden give, added up or the extreme of them: `total` is `sum`,
    `count` (of ones), `minimum`, `maximum`.
    `ask_for` of a collection names decisions whose missing facts are worth naming.
    `unit` gives by language the plural forms of what a number counts. `hit_policy` is how the
    rules were ordered: of `first` and `priority` their overrides say what that means; by
    `unique` no two rules may count; a collection in `rule_order` lists its items so.
    `groups` names the groups of rules, each with those that it overrides, rule by rule.
    `for_each` is the list for each item of which it is decided, by the rules of its `ItemList`;
    the outcome lists theirs. `stands_for` is what an internal decision of the engine keeps apart.
    """

    name: str
    kind: DecisionKind
    type: Type
    label: Text
    rules: Sequence[Rule]
    otherwise: Rule | None = None
    is_nullable: bool = False
    met: str | None = None
    unmet: str | None = None
    ask_for: tuple[str, ...] = ()
    outcome_labels: Mapping[str, Text] = field(default_factory=dict)
    unit: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_internal: bool = False
    hit_policy: str = "any"
    total: str = ""
    keeps_duplicates: bool = False
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    place: Place | None = None
    for_each: str | None = None
    stands_for: Total | None = None

    def every_rule(self) -> Iterator[Rule]:
        """The rules, then `otherwise` where there is one."""
        yield from self.rules
        if self.otherwise is not None:
            yield self.otherwise

    @property
    def rule_ids(self) -> Sequence[str]:
        """The ids of the rules without `otherwise`; those of a bundle are not read for it."""
        ids: Sequence[str] | None = getattr(self.rules, "ids", None)
        return tuple([rule.id for rule in self.rules]) if ids is None else ids

    def places(self) -> Iterator[tuple[str, int]]:
        """The id of each rule with its place among them; `otherwise` is last, at -1."""
        yield from zip(self.rule_ids, range(len(self.rules)), strict=True)
        if self.otherwise is not None:
            yield self.otherwise.id, -1

    def rule_at(self, place: int) -> Rule:
        """The rule at its place."""
        return self.otherwise if place < 0 and self.otherwise is not None else self.rules[place]

    def transformed(self, change: Callable[[Any], Any]) -> Decision:
        """The decision with `change` made of every condition and term of its rules."""
        rules = tuple(rule.transformed(change) for rule in self.rules)
        otherwise = self.otherwise and self.otherwise.transformed(change)
        return replace(self, rules=rules, otherwise=otherwise)

    @property
    def outcome_type(self) -> Type:
        """The type of what comes out: of a collection, a list of items of its type."""
        if not self.kind.lists_items:
            return self.type
        return Type(Kind.LIST, item=self.type)

    @property
    def gives_constants(self) -> bool:
        """Whether every rule gives a value that the policy says."""
        return all(isinstance(rule.then, Constant) for rule in self.rules)

    @property
    def counts_rules(self) -> bool:
        """Whether what comes out tells which rules gave it, or how many, and not only what."""
        is_listed = self.keeps_duplicates or self.hit_policy == "rule_order"
        return is_listed if self.kind.lists_items else self.total in ("sum", "count")

    @property
    def adds_constants(self) -> bool:
        """Whether it is a sum, never out of range, of what rules independent of each other add."""
        if self.total not in ("sum", "count") or self.otherwise is not None:
            return False
        given: list[Any] = [getattr(rule.then, "value", None) for rule in self.rules]
        if self.type.kind in LENGTHS or None in given:
            return None not in given
        return bool(sum(abs(value) for value in given) <= LARGEST)

    def in_list_order(self, counting: Iterable[Rule]) -> list[Rule]:
        """The rules of a collection that `counts_rules` in the order of their items."""
        rules = list(counting)
        words = self.type.options
        if words and self.hit_policy != "rule_order":
            places = {word: place for place, word in enumerate(words)}
            rules.sort(key=lambda rule: places.get(str(getattr(rule.then, "value", "")), 0))
        return rules

    @property
    def nothing(self) -> Value:
        """The sum where no rule applies: zero, with as many digits as the decision has."""
        zero: Value = nought(self.type)
        return zero

    def items_listed(self) -> tuple[Term, ...]:
        """What the items of a collection may be, in the order in which they are listed.

        Words stand as the decision lists its outcomes, and everything else in the order of
        the rules that give it.
        """
        words = tuple(Constant(word) for word in self.type.options)
        given = (rule.then for rule in self.rules if rule.then != Constant(None))
        return tuple(dict.fromkeys((*words, *given)))

    def facts(self) -> frozenset[str]:
        """The facts that its own rules read."""
        return frozenset[str]().union(
            *(facts_of(rule.when, rule.then) for rule in self.every_rule())
        )

    def reads(self) -> frozenset[str]:
        """The decisions that this one builds on directly."""
        return frozenset[str]().union(
            *(decisions_of(rule.when, rule.then) for rule in self.every_rule())
        )


def cone(decisions: Mapping[str, Decision], names: Iterable[str]) -> list[str]:
    """The decisions of these names and all that they build on, in the order of `decisions`."""
    found = set(names)
    waiting = list(found)
    while waiting:
        earlier = decisions[waiting.pop()].reads() - found
        found |= earlier
        waiting += earlier
    return [name for name in decisions if name in found]
