"""What a regulation says: facts, decisions, readings, clauses, in dated versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reglament.frozen import frozen
from reglament.messages import Language
from reglament.model.calendar import WorkingDays, WorkingHours
from reglament.model.decisions import Decision, Rule
from reglament.model.letters import Explain
from reglament.model.problems import Place, Problem
from reglament.model.terms import Constant, Total
from reglament.model.values import Kind, Type, Value
from reglament.model.visitor import tests_within
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


@frozen(slots=False, eq=False)
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
    def types(self) -> Mapping[str, Type]:
        """The types of the facts."""
        return {name: fact.type for name, fact in self.facts.items()}

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
        return {fact.name: fact.assumed.value for fact in facts if fact.assumed is not None}

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
        below = (self.facts_behind(earlier.name) for earlier in self.built_on(decision))
        found = decision.facts().union(*below)
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

    @cached_property
    def shown_decisions(self) -> Mapping[str, Decision]:
        """The decisions that people are shown: all but internal ones."""
        return {name: one for name, one in self.decisions.items() if not one.is_internal}

    def own_decisions(self) -> Iterator[Decision]:
        """The decisions that this text itself answers, and not one that it takes over."""
        return (decision for name, decision in self.decisions.items() if name not in self.imported)

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
        return self.made_by(decision.name).decisions[decision.name]

    def made_by(self, name: str) -> Version:
        """The version that decides it: that of one item, if it is made for each; or itself."""
        fact = self.decisions[name].for_each
        item = self if fact is None else self.lists[fact].item
        return self if item is self or name not in item.decisions else item.made_by(name)


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
