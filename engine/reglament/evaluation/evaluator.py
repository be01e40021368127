"""From one version and the facts told to outcomes, each worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from reglament import reference
from reglament.diagram.build import Diagrams
from reglament.diagram.feasible import Solver
from reglament.diagram.forest import Node, TooLarge
from reglament.diagram.openings import Some
from reglament.diagram.payloads import Conflict, Gap
from reglament.diagram.remaining import Remainders, Remaining
from reglament.diagram.shapes import SharedTree
from reglament.diagram.trees import Remains, Tree, Unlisted
from reglament.evaluation.answers import Answer, Answers, answer_from, known
from reglament.evaluation.because import Because
from reglament.evaluation.generated import Decide, generate, local_diagrams
from reglament.evaluation.grounds import Grounds
from reglament.evaluation.markers import LATER, Marker
from reglament.evaluation.refusals import refused
from reglament.evaluation.sufficient import sufficient_reason
from reglament.evaluation.usefulness import needs, needs_of
from reglament.evaluation.worked import Sought, Worked
from reglament.formulas import value_of
from reglament.model.outcomes import AsOfSource, Item, Outcome, RuleStatus, Status
from reglament.model.policy import Decision, DecisionKind, Rule, Version
from reglament.model.terms import facts_of
from reglament.model.values import Value
from reglament.reference import Undecided
from reglament.worktime import OutsideCalendar

DECIDE_BUDGET = 200_000
MOST_KEPT = 64
new = object.__new__


# The moment that chose the version, where it came from, and the request as it was told.
AsOf: TypeAlias = tuple[datetime, AsOfSource, object]


class UnknownDecision(LookupError):
    """A name is no decision of the version."""

    def __init__(self, version: Version, name: str) -> None:
        self.version = version
        self.name = name
        super().__init__(name)


class Evaluator:
    """Decides requests by one version of a policy; safe to share between threads."""

    def __init__(
        self,
        version: Version,
        budget: int = DECIDE_BUDGET,
        diagrams: Diagrams | None = None,
    ) -> None:
        self.version = version
        # Over facts alone; each is built when it is asked for.
        self.diagrams = diagrams or Diagrams(version, budget=budget)
        types = {name: fact.type for name, fact in version.facts.items()}
        self.solver = Solver(types, version.hours, version.zone)
        self.remainders = Remainders(self.diagrams, self.solver)
        self.answers = Answers(self)
        self.size = len(version.facts)
        # Where the generated function puts the outcome of each decision.
        self.placed = {one.name: (i, one) for i, one in enumerate(version.decisions.values())}
        # For some decisions, and for whether every fact is told, the function that decides them.
        self.deciding = lru_cache(maxsize=MOST_KEPT)(self._deciding)

    # Each of these is built whole before it is kept: threads that race build equal ones.

    @cached_property
    def decide(self) -> Decide:
        """The generated function: from facts told to the outcome of every decision."""
        return generate(self.local)

    @cached_property
    def decide_whole(self) -> Decide:
        """The same from requests that tell every fact, and quicker."""
        return generate(self.local, is_whole=True)

    def _deciding(self, only: tuple[str, ...], is_whole: bool) -> Decide:
        for name in only:
            if name not in self.version.decisions:
                raise UnknownDecision(self.version, name)
        return generate(self.local, is_whole=is_whole, only=only)

    @cached_property
    def local(self) -> Diagrams:
        """The diagrams that read earlier decisions like facts."""
        return local_diagrams(self.version)

    @cached_property
    def grounds(self) -> Grounds:
        """Finds the rules behind an outcome without looking at every rule."""
        return Grounds(self.local)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where the generated function puts the outcome of each decision."""
        return {name: place for place, name in enumerate(self.version.decisions)}

    def evaluate(self, told: Mapping[str, Value]) -> Evaluated:
        """The decisions for the facts told, which must be checked values of their types.

        Raises Refused for a date that no calendar covers.
        """
        return Evaluated(self, told)


class Evaluated(Mapping[str, Outcome]):
    """The decisions for one request, by name; what explains them is worked out when asked for.

    With `only` these decisions are made at once, and any other when it is asked for.

    Asking raises Refused where the policy has a gap or a conflict for this
    request, and for a date that no calendar covers.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        told: Mapping[str, Value],
        when: AsOf | None = None,
        only: tuple[str, ...] | None = None,
    ) -> None:
        self.evaluator = evaluator
        self.told = told
        self._when = when
        is_whole = len(told) == evaluator.size
        if only is not None:
            decide = evaluator.deciding(only, is_whole)
        else:
            decide = evaluator.decide_whole if is_whole else evaluator.decide
        try:
            self._first_values = decide(told)
        except (OutsideCalendar, OverflowError) as error:
            raise refused(error) from None

    @cached_property
    def _values(self) -> tuple[Any, ...]:
        """The outcome of every decision, LATER for none."""
        if LATER not in self._first_values:
            return self._first_values
        return Evaluated(self.evaluator, self.told)._first_values

    @property
    def when(self) -> AsOf:
        """The moment that chose the version; LookupError where none was given."""
        if self._when is None:
            raise LookupError("decided by a version, not as of a moment")
        return self._when

    @property
    def version(self) -> Version:
        """The version that decided."""
        return self.evaluator.version

    def __getitem__(self, name: str) -> Outcome:
        place, decision = self.evaluator.placed[name]
        value = self._first_values[place]
        if value is LATER:
            value = self._values[place]
        # A marker says that it is missing; or that it is broken, and seeking it tells why.
        found = new(Sought if value.__class__ is Marker else Worked)
        # Set here, as a call of `__init__` takes half as long again.
        found._evaluated, found._decision, found._value = self, decision, value
        # Not kept: it refers to this object, and a circle would wait for the collector.
        return found

    def __iter__(self) -> Iterator[str]:
        return (d.name for d in self.version.decisions.values() if not d.is_internal)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def kept(self) -> dict[tuple[str, str], Any]:
        """What was worked out for outcomes, by the name of the decision and of the part."""
        return {}

    # What remains

    @cached_property
    def remaining(self) -> Remaining:
        """What the missing facts still open."""
        return self._remaining_in(self.evaluator.remainders)

    @cached_property
    def _remainings(self) -> dict[Remainders, Remaining]:
        return {}

    def _remaining_in(self, remainders: Remainders) -> Remaining:
        if remainders not in self._remainings:
            self._remainings[remainders] = remainders.of(self.told, self._outcome)
        return self._remainings[remainders]

    def _outcome(self, name: str) -> Any:
        """What is known of the outcome of a decision, all of whose outcomes are words."""
        outcome = self[name]
        return outcome.outcome if outcome.is_determined else Some(outcome.possible or ())

    def tree(self, node: Node) -> Tree:
        """What remains of one diagram."""
        return self.remaining.tree(node)

    def truth(self, node: Node) -> bool | None:
        """Whether a condition holds; None where that is still open."""
        left = self.remaining.leaves(node)
        return bool(left[0]) if len(left) == 1 else None

    def needs(self, node: Node) -> tuple[str, ...]:
        """The missing facts on which one diagram hangs, the most useful first."""
        return needs(self.remaining.shared_tree(node))

    def _shared_tree(self, name: str) -> SharedTree:
        """What remains of the decision, its modules left out, as requests share it."""
        part = self.evaluator.answers.part(self.version.decisions[name])
        return self._remaining_in(part.remainders).shared_tree(part.root)

    # Outcomes

    def rules(self, decision: Decision) -> tuple[str, ...] | None:
        """The rules behind an outcome that the facts told lead to; None where that takes a look."""
        places = self.evaluator.places
        known = {name: self._values[place] for name, place in places.items()}
        return self.evaluator.grounds.rules(decision, {**known, **self.told})

    def answer(self, decision: Decision) -> Answer:
        """The outcome, or what is still possible. Raises Refused, as the class says."""
        try:
            return self._answer(decision)
        except (Undecided, OutsideCalendar, OverflowError) as error:
            raise refused(error) from None

    def told_answer(self, value: Value) -> Answer:
        """The answer where the facts told lead to an outcome by themselves."""
        return Answer(Status.DETERMINED, value, (value,))

    def needs_of(self, decision: Decision) -> tuple[str, ...]:
        """The missing facts on which an outcome hangs that is not determined, ranked.

        Every missing fact where the diagram is too large to tell.
        """
        try:
            return needs_of(decision.name, self._shared_tree)
        except TooLarge:
            return tuple(name for name in self.version.facts if name not in self.told)

    def _answer(self, decision: Decision) -> Answer:
        answers = self.evaluator.answers
        for earlier in answers.fragile(decision):
            self[earlier].status  # noqa: B018 - a gap or a conflict there is one here
        try:
            part = answers.part(decision)
            remaining = self._remaining_in(part.remainders)
            shape = remaining.shape(part.root)
        except TooLarge:
            return self._by_rules(decision)
        answer = known(decision, shape)
        if answer is not None:
            return answer
        remains = remaining.leaves(part.root)
        if all(isinstance(leaf, Gap | Conflict) for leaf in remains):
            raise self._undecided(decision, remains)
        first = remains[0]
        if len(remains) == 1 and isinstance(first, Unlisted):
            self._require(first)
        return answer_from(decision, remains)

    def sufficient(self, decision: Decision) -> tuple[str, ...]:
        """Told facts that alone settle the outcome; none where the diagram is too large."""
        try:
            return sufficient_reason(self.evaluator, self.told, decision.name)
        except TooLarge:
            return ()

    def explained(self, decision: Decision, answer: Answer) -> Outcome:
        """The outcome with everything that explains it. Raises Refused, as the class says."""
        try:
            return self._explained(decision, answer)
        except (Undecided, OutsideCalendar, OverflowError) as error:
            raise refused(error) from None

    def _explained(self, decision: Decision, answer: Answer) -> Outcome:
        try:
            return self._with_reasons(decision, answer)
        except TooLarge:
            return self._with_rules(decision, answer)

    def _needs_where(self, answer: Answer, decision: Decision) -> tuple[str, ...]:
        return () if answer.status is Status.DETERMINED else self.needs_of(decision)

    def _with_rules(self, decision: Decision, answer: Answer) -> Outcome:
        """All that the rules alone can tell where the diagrams are too large."""
        found = self._read(decision)
        return Outcome(
            decision=decision.name,
            status=answer.status,
            outcome=answer.outcome,
            possible=answer.possible,
            needs=self._needs_where(answer, decision),
            rules=found.rules if found else (),
            clauses=self._clauses(
                r for r in decision.every_rule() if found and r.id in found.rules
            ),
        )

    def _clauses(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause for rule in rules for clause in rule.clauses))

    def _with_reasons(self, decision: Decision, answer: Answer) -> Outcome:
        because = Because(self, decision)
        rules = because.rules(answer.status)
        return Outcome(
            decision=decision.name,
            status=answer.status,
            outcome=answer.outcome,
            possible=answer.possible,
            needs=self._needs_where(answer, decision),
            rules=tuple(rule.id for rule in rules),
            clauses=self._clauses(rules),
            readings=because.readings(rules),
            met=because.with_status(RuleStatus.APPLIED),
            unmet=because.with_status(RuleStatus.NOT_APPLIED),
            open=because.with_status(RuleStatus.OPEN),
            items=self._items(decision, because),
            ask=self._ask(decision),
            ledger=because.ledger(),
            trace=because.trace,
        )

    def _items(self, decision: Decision, because: Because) -> tuple[Item, ...]:
        if decision.kind is not DecisionKind.COLLECTION:
            return ()
        return tuple(
            Item(str(because.value(rule.then)), rule.id, self._attached(rule.attaches))
            for rule in because.certain
        )

    def _attached(self, names: tuple[str, ...]) -> Mapping[str, Value]:
        """The values that go along with an item; what is missing or undetermined is left out."""
        found: dict[str, Value] = {}
        for name in names:
            if name in self.told:
                found[name] = self.told[name]
            elif name in self.version.decisions and self[name].is_determined:
                found[name] = self[name].outcome
        return found

    def _ask(self, decision: Decision) -> tuple[str, ...]:
        asked = (fact for name in decision.ask_for for fact in self[name].needs)
        return tuple(dict.fromkeys(asked))

    def _require(self, unlisted: Unlisted) -> None:
        """Raise what keeps a value from being reckoned although every fact of it is told."""
        if facts_of(unlisted.term) <= self.told.keys():
            value_of(unlisted.term, self.told, self.version.hours)

    def _by_rules(self, decision: Decision) -> Answer:
        """The answer where the diagram is too large: rule by rule, where every fact read is told.

        Else the honest one: it is not known what is possible, and every fact may matter.
        """
        found = self._read(decision)
        if found is not None:
            return self.told_answer(found.outcome)
        return Answer(Status.UNDETERMINED)

    def _read(self, decision: Decision) -> reference.Answer | None:
        """What the rules say read one by one; None where one reads a fact that is missing."""
        try:
            return reference.View(self.version, self.told).answer(decision)
        except KeyError:
            return None

    def _undecided(self, decision: Decision, remains: list[Remains]) -> Undecided:
        values: list[Any] = [
            getattr(term, "value", term)
            for leaf in remains
            if isinstance(leaf, Conflict)
            for term in leaf.outcomes
        ]
        rules = Because(self, decision).certain if values else ()
        return Undecided(decision.name, tuple(rule.id for rule in rules), tuple(values))
