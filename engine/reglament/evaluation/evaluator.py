"""From one version and the facts told to outcomes, each worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, TypeAlias, TypeVar

from reglament.backend.python import Decide, generate
from reglament.diagram.kernel.branches import answer_reader
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import TooLarge
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.evaluation.explained import explained, rules_behind
from reglament.evaluation.lazy_outcomes import Sought, Worked
from reglament.evaluation.refusals import refusal_of
from reglament.evaluation.sufficient_reason import rarity, sufficient_reason
from reglament.evaluation.supporting_rules import Grounds
from reglament.evaluation.trace import Because
from reglament.memo import Once
from reglament.model.markers import LATER, Marker
from reglament.model.outcomes import AsOfSource, Outcome, Refusal
from reglament.model.policy import Decision, Version
from reglament.model.values import Value
from reglament.partial.answers import Answer, RefusedAnswer
from reglament.partial.decomposition import Decomposition
from reglament.partial.partial_result import PartialResult
from reglament.partial.remaining import NotComputable
from reglament.plan.lowering import local_diagrams, lower
from reglament.plan.nodes import Plan
from reglament.reference import REFUSALS, Undecided

DECIDE_BUDGET = 200_000
MOST_KEPT = 64
new = object.__new__
T = TypeVar("T")


# The facts that a test reads, and its answer as a function of them.
Answering: TypeAlias = tuple[frozenset[str], Callable[[Mapping[str, Value]], Any]]

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
        diagrams: Compiler | None = None,
    ) -> None:
        self.version = version
        # Over facts alone; each is built when it is asked for.
        self.diagrams = diagrams or Compiler(version, budget=budget)
        types = {name: fact.type for name, fact in version.facts.items()}
        self.solver = BoundsPropagation(types, version.hours, version.zone)
        self.parts = Decomposition(self.diagrams, self.solver)
        self.size = len(version.facts)
        # Where the generated function puts the outcome of each decision.
        self.placed = {one.name: (i, one) for i, one in enumerate(version.decisions.values())}
        # For some decisions, and for whether every fact is told, the function that decides them.
        self.deciding = lru_cache(maxsize=MOST_KEPT)(self._deciding)

    # Each of these is built whole before it is kept: threads that race build equal ones.

    @cached_property
    def decide(self) -> Decide:
        """The generated function: from facts told to the outcome of every decision."""
        return generate(self.plan, self.version.hours)

    @cached_property
    def decide_whole(self) -> Decide:
        """The same from requests that tell every fact, and quicker."""
        return generate(self.plan, self.version.hours, is_whole=True)

    def compile(self) -> None:
        """Make the functions that decide now, so that none is made at a request."""
        _ = self.decide, self.decide_whole

    def _deciding(self, only: tuple[str, ...], is_whole: bool) -> Decide:
        for name in only:
            if name not in self.version.decisions:
                raise UnknownDecision(self.version, name)
        return generate(self.plan, self.version.hours, is_whole=is_whole, only=only)

    @cached_property
    def plan(self) -> Plan:
        """What the version decides, as the tests that are asked."""
        return lower(self.local)

    @cached_property
    def local(self) -> Compiler:
        """The diagrams that read earlier decisions like facts."""
        return local_diagrams(self.version)

    @cached_property
    def answering(
        self,
    ) -> Mapping[int, tuple[frozenset[str], Callable[[Mapping[str, Value]], Any]]]:
        """How each test is answered, by its rank."""
        variables, hours = self.diagrams.forest.variables, self.version.hours
        return Once(lambda rank: answer_reader(variables[rank], hours))

    @cached_property
    def rarity(self) -> Callable[[str], tuple[int, str]]:
        """Sorts facts by how many rules read them, least first."""
        return rarity(self.version)

    @cached_property
    def grounds(self) -> Grounds:
        """Finds the rules behind an outcome without looking at every rule."""
        return Grounds(self.local)

    def evaluate(self, told: Mapping[str, Value]) -> Evaluated:
        """The decisions for the facts told, which must be checked values of their types."""
        return Evaluated(self, told)


class Evaluated(Mapping[str, Outcome]):
    """The decisions for one request, by name; what explains them is worked out when asked for.

    With `only` these decisions are made at once, and any other when it is asked for.

    A gap, a conflict or a date that no calendar covers refuses the decision that meets it,
    and those that need it; the others are told.
    """

    _unsettled: PartialResult | None = None

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
        self._only = only
        is_whole = len(told) == evaluator.size
        if only is not None:
            decide = evaluator.deciding(only, is_whole)
        else:
            decide = evaluator.decide_whole if is_whole else evaluator.decide
        self._first_values = decide(told)

    @property
    def _values(self) -> tuple[Any, ...]:
        """The outcome of every decision, LATER for none."""
        if self._only is not None:
            whole = Evaluated(self.evaluator, self.told)
            self._first_values, self._only = whole._first_values, None
        return self._first_values

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
        is_marked = value.__class__ is Marker
        if is_marked and value is LATER:
            value = self._values[place]
            is_marked = value.__class__ is Marker
        # A marker says that it is missing; or that it is broken, and seeking it tells why.
        found: Worked
        if is_marked:
            found = sought = new(Sought)
            sought._answer = None
        else:
            found = new(Worked)
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

    @property
    def unsettled(self) -> PartialResult:
        """What the missing facts leave open."""
        found = self._unsettled
        if found is None:
            found = self._unsettled = PartialResult(self.evaluator.parts, self.told, self._values)
        return found

    # Outcomes

    def because(self, decision: Decision) -> Because:
        """Why the decision came out as it did; not kept, as it refers to this object."""
        return Because(self, decision)

    def rules(self, decision: Decision) -> tuple[str, ...] | None:
        """The rules behind an outcome that the facts told lead to; None where that takes a look."""
        pairs = zip(self.version.decisions, self._values, strict=True)
        known = {name: value for name, value in pairs if value.__class__ is not Marker}
        return self.evaluator.grounds.rules(decision, {**known, **self.told})

    def answer(self, name: str) -> Answer:
        """The outcome, what is still possible, or that there is none."""
        unsettled = self._unsettled
        if unsettled is None:
            unsettled = self.unsettled
        return unsettled[name]

    def refusal(self, decision: Decision, denied: RefusedAnswer) -> Refusal:
        """Why there is no outcome, with the rules that disagree."""
        why = denied.why
        if isinstance(why, Undecided) and why.outcomes and not why.rules:
            rules = tuple(rule.id for rule in self.because(decision).certain)
            why = Undecided(decision.name, rules, why.outcomes)
        return refusal_of(why, self.version, decision.name, self.told)

    def sufficient(self, decision: Decision) -> tuple[str, ...]:
        """Told facts that alone settle the outcome; none where diagrams cannot tell."""
        try:
            return sufficient_reason(self.evaluator, self.told, decision.name)
        except (TooLarge, NotComputable, *REFUSALS):
            return ()

    def rules_sought(self, decision: Decision, answer: Answer) -> tuple[str, ...]:
        """The rules behind an answer that was sought; of a refused one, those that disagree."""
        if isinstance(answer, RefusedAnswer):
            return self.refusal(decision, answer).rules
        return rules_behind(self, decision, answer)

    def explained(self, decision: Decision, answer: Answer) -> Outcome:
        """The outcome with everything that explains it."""
        return explained(self, decision, answer)
