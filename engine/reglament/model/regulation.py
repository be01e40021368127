"""What a regulation says: facts, decisions, rules, readings, clauses, in dated versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reglament.frozen import frozen
from reglament.messages import Language
from reglament.model.calendar import WorkingDays, WorkingHours
from reglament.model.conditions import Condition
from reglament.model.letters import Explain
from reglament.model.problems import Place, Problem
from reglament.model.terms import Constant, DecisionRef, FactRef, Term, Total
from reglament.model.values import LARGEST, LENGTHS, Kind, Type, Value, nought
from reglament.model.visitor import decisions_of, facts_of, tests_within, transform
from reglament.model.words import Text
from reglament.model.words_or_names import WordOrName

if TYPE_CHECKING:
    from reglament.model.reactions import Reaction, SubjectKind, Timeline

LANGUAGE = 1
"""The version of the language of policies that this engine reads: what their words mean."""


@frozen
class Fact:
    """One thing that a request may tell.

    `null_means` says what null tells and is None where null may not be told;
    `can_change` is false for what nobody can change afterwards (a past date).
    `refuses_near` is true where a word near one that the policy names is refused.
    `assumed` is taken for what a request does not tell; None where it is then not known.
    `total` is what it is of a list: no request tells it, it follows from the items.
    """

    name: str
    type: Type
    label: Text
    null_means: Text | None = None
    question: Text | None = None
    told_by: tuple[str, ...] = ()
    option_labels: Mapping[str, Text] = field(default_factory=dict)
    can_change: bool = True
    is_sensitive: bool = False
    refuses_near: bool = False
    assumed: Constant | None = None
    place: Place | None = None
    total: Total | None = None

    @property
    def is_nullable(self) -> bool:
        """Whether null may be told."""
        return self.null_means is not None


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

    def reads(self) -> frozenset[str]:
        """The decisions that this one builds on directly."""
        return frozenset[str]().union(
            *(decisions_of(rule.when, rule.then) for rule in self.every_rule())
        )


@frozen
class Reading:
    """A question that the text leaves open, the answer chosen, and the alternatives."""

    id: str
    question: Text
    chosen: str
    alternatives: Mapping[str, Text]
    because: Text
    clauses: tuple[str, ...] = ()
    place: Place | None = None


@frozen
class Clause:
    """A clause of the regulation: where it stands, what it says in our words, its fingerprint.

    `no_rule_because` says why the clause needs no rule, where it needs none; `topic` what it
    is about, in a word or two.
    """

    id: str
    locator: str
    summary: Text
    fingerprint: str  # empty where none is written
    no_rule_because: Text | None = None
    place: Place | None = None
    topic: Text | None = None


@frozen
class Parameter:
    """A named constant of the policy; dated values stand behind an internal decision."""

    name: str
    type: Type
    label: Text
    values: tuple[tuple[date | None, Value], ...]
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    place: Place | None = None


@frozen
class Example:
    """A worked example: facts, and what every reader of them must decide.

    `unknown` tells of each rule that it names and the version does not have: for that it fails.
    """

    name: str
    facts: Mapping[str, Value]
    expects: Mapping[str, Mapping[str, object]]
    at: str | None = None
    place: Place | None = None
    unknown: tuple[Problem, ...] = ()


@frozen(slots=False, eq=False, repr=False)
class Version:
    """One text of a regulation, in force from `holds_from`, known from `known_from`.

    It holds until the day before the next version, or `holds_until`, included, where that is said.
    `decisions` stand in an order in which each builds only on earlier ones.
    `digest` (`sha256:…`) fingerprints the meaning and the wording, whatever
    the files it is spread over. `dormant` holds the ids of rules that only
    another choice of reading would wake, `words_or_names` the words of rules that are names, too.
    """

    policy: str
    version: str
    title: Text
    holds_from: date
    known_from: date
    chosen_by: str
    zone: str
    facts: Mapping[str, Fact]
    decisions: Mapping[str, Decision]
    hours: Mapping[str, WorkingHours] = field(default_factory=dict)
    calendars: Mapping[str, WorkingDays] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    explain: Explain | None = None
    holds_until: date | None = None
    zone_label: Text | None = None
    dormant: tuple[str, ...] = ()
    subjects: Mapping[str, SubjectKind] = field(default_factory=dict)
    reactions: tuple[Reaction, ...] = ()
    timelines: tuple[Timeline, ...] = ()
    digest: str = ""
    imported: Mapping[str, str] = field(default_factory=dict)
    words_or_names: tuple[WordOrName, ...] = ()
    lists: Mapping[str, ItemList] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Version {self.policy} {self.version}>"

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The languages of its texts, in the policy's order."""
        return tuple(language for language, _ in self.title)

    @cached_property
    def told_facts(self) -> Mapping[str, Fact]:
        """The facts that a request may tell: all but what follows from a list."""
        if not self.lists:
            return self.facts
        return {name: fact for name, fact in self.facts.items() if fact.total is None}

    @cached_property
    def sensitive_facts(self) -> frozenset[str]:
        """Those that a log keeps apart."""
        return frozenset(name for name, fact in self.facts.items() if fact.is_sensitive)

    @cached_property
    def totals(self) -> Mapping[str, Total]:
        """What follows from lists, each after those that its items read."""
        facts = self.facts.values()
        return {fact.name: fact.total for fact in facts if fact.total is not None}

    @cached_property
    def assumed(self) -> Mapping[str, Value]:
        """What is assumed of facts that a request does not tell, by their names."""
        facts = self.facts.values()
        return {one.name: one.assumed.value for one in facts if one.assumed is not None}

    @cached_property
    def words_said(self) -> tuple[str, ...]:
        """Every text with which a rule compares another, or that it gives as a text, sorted."""
        found: set[Any] = set()
        for decision, rule in self.every_rule():
            for test in tests_within(rule.when, rule.then):
                found.update(test.names)
            if decision.type.kind is not Kind.CHOICE and isinstance(rule.then, Constant):
                found.add(rule.then.value)
        return tuple(sorted(one for one in found if isinstance(one, str)))

    @cached_property
    def words_in_reactions(self) -> tuple[tuple[str, str], ...]:
        """What reactions test by words: each name with the word."""
        return tuple(pair for reaction in self.reactions for pair in reaction.words())

    @cached_property
    def words_in_rules(self) -> tuple[tuple[str, str], ...]:
        """What rules test by words: each name with the word."""
        pairs = ((name, word) for _, rule in self.every_rule() for name, word, _ in rule.words())
        return tuple(dict.fromkeys(pairs))

    def rule(self, rule_id: str) -> Rule:
        """The rule with that id; KeyError where there is none."""
        found = self._rules_found.get(rule_id)
        if found is None:
            decision, place = self._rule_places[rule_id]
            found = self._rules_found[rule_id] = decision.rule_at(place)
        return found

    def has_rule(self, rule_id: str) -> bool:
        """Whether a rule of the policy has that id."""
        return rule_id in self._rule_places

    @cached_property
    def _rules_found(self) -> dict[str, Rule]:
        """What `rule` has found, as it is asked of every document."""
        return {}

    @cached_property
    def _rule_places(self) -> Mapping[str, tuple[Decision, int]]:
        """By the ids of its `written_rules`, of which decision each is, and at which place."""
        return {
            rule: (decision, place)
            for decision in self._written_decisions()
            for rule, place in decision.places()
        }

    def built_on(self, decision: Decision) -> Iterator[Decision]:
        """The decisions that `decision` reads directly, in the order of the version."""
        of, found = self._built_on.get(decision.name, (None, ()))
        if of is not decision:
            read = decision.reads()
            found = tuple(earlier for name, earlier in self.decisions.items() if name in read)
            self._built_on[decision.name] = decision, found
        return iter(found)

    @cached_property
    def _built_on(self) -> dict[str, tuple[Decision, tuple[Decision, ...]]]:
        """What `built_on` has found; it is asked at every turn of the naive reference."""
        return {}

    def facts_behind(self, name: str) -> frozenset[str]:
        """The facts that the decision reads, itself or through those that it builds on."""
        decision = self.decisions[name]
        own = (facts_of(rule.when, rule.then) for rule in decision.every_rule())
        below = (self.facts_behind(earlier.name) for earlier in self.built_on(decision))
        found = frozenset[str]().union(*own, *below)
        return self._of_lists(found) if self.lists else found

    def _of_lists(self, names: frozenset[str]) -> frozenset[str]:
        """The names, with the list, and what its items read, in the place of each total."""
        found = set(names - self.totals.keys())
        for name in names & self.totals.keys():
            items = self.lists[self.totals[name].over]
            read = items.item.facts.keys() - items.fields.keys() - self.totals.keys()
            found |= {items.fact, *(read - items.item.totals.keys())}
        return frozenset(found)

    def facts_of_others(self, reader: str) -> frozenset[str]:
        """The facts that only others than `reader` can tell; none where no fact names him."""
        told_by = {name: fact.told_by for name, fact in self.facts.items() if fact.told_by}
        if not any(reader in told for told in told_by.values()):
            return frozenset()
        return frozenset(name for name, told in told_by.items() if reader not in told)

    def own_decisions(self) -> Iterator[Decision]:
        """The decisions that this text itself answers, and not one that it takes over."""
        return (one for name, one in self.decisions.items() if name not in self.imported)

    def every_rule(self) -> Iterator[tuple[Decision, Rule]]:
        """Each rule with the decision it belongs to."""
        for decision in self.decisions.values():
            for rule in decision.every_rule():
                yield decision, rule

    def written_rules(self) -> Iterator[tuple[Decision, Rule]]:
        """Each rule of the policy, those of items too; none that the engine added for lists."""
        for decision in self._written_decisions():
            for rule in decision.every_rule():
                yield decision, rule

    @cached_property
    def rules_citing(self) -> Mapping[str, tuple[str, ...]]:
        """For each clause that rules cite, the ids of those rules."""
        citing: dict[str, list[str]] = {}
        for _, rule in self.written_rules():
            for clause in rule.clauses:
                citing.setdefault(clause, []).append(rule.id)
        return {clause: tuple(rules) for clause, rules in citing.items()}

    def _written_decisions(self) -> Iterator[Decision]:
        for decision in self.decisions.values():
            if decision.stands_for is None:
                yield self.of_item(decision)

    def of_item(self, decision: Decision) -> Decision:
        """The decision as it is made for one item, of an inner list where that is so; or itself."""
        if decision.for_each is None:
            return decision
        item = self.lists[decision.for_each].item
        own = item.decisions.get(decision.name)
        return decision if own is None else item.of_item(own)


@frozen(slots=False)
class ItemList:
    """The list `fact`, one item of which is `called` so.

    `fields` are the facts of an item by their whole names (`line.price`). A request may tell
    `at_least` to `at_most` items. `decisions` are made for each. `item` decides one item: its
    facts are the fields and whatever else items read, its decisions those that are made for
    each, those that items read, and of each total its `condition_of` and `term_of`.
    """

    fact: str
    called: str
    label: Text
    fields: Mapping[str, Fact]
    at_least: int
    at_most: int
    decisions: tuple[str, ...]
    item: Version

    def told_of(self, item: Mapping[str, Value]) -> dict[str, Value]:
        """What an item tells, by the whole names of its fields."""
        names = self.whole_names
        return {names[name]: value for name, value in item.items()}

    @cached_property
    def whole_names(self) -> Mapping[str, str]:
        """The whole name of each field, by what a request calls it."""
        return {name[len(self.called) + 1 :]: name for name in self.fields}

    @cached_property
    def outer(self) -> tuple[str, ...]:
        """The facts of the request that its items read."""
        return tuple(name for name in self.item.facts if name not in self.fields)

    def request_part(self, told: Mapping[str, Value]) -> dict[str, Value]:
        """What its items read of a request that tells so much."""
        return {name: told[name] for name in self.outer if name in told}

    def path(self, name: str, number: int) -> str:
        """How a request names a field of an item, or what is below; any other name as it is."""
        if not self.is_of_item(name):
            return name
        return f"{self.fact}[{number}].{name[len(self.called) + 1 :]}"

    def is_of_item(self, name: str) -> bool:
        """Whether the name is that of a field, or of something in a list that an item has."""
        return name in self.fields or (bool(self.item.lists) and name.startswith(f"{self.called}."))


def cone(decisions: Mapping[str, Decision], names: Iterable[str]) -> list[str]:
    """The decisions of these names and all that they build on, in the order of `decisions`."""
    found = set(names)
    waiting = list(found)
    while waiting:
        earlier = decisions[waiting.pop()].reads() - found
        found |= earlier
        waiting += earlier
    return [name for name in decisions if name in found]
