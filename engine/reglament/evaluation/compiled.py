"""From one version to what deciding by it takes, each part made when it is first needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from reglament.backend.python import Decide, generate
from reglament.evaluation.rule_functions import Behind, Conditions
from reglament.memo import Memo
from reglament.model.decisions import Decision
from reglament.model.regulation import Fact, Version
from reglament.model.values import Value
from reglament.model.visitor import decisions_of, facts_of
from reglament.plan.nodes import Let, Plan, PlanInput, Unplanned

# What complete requests do without is imported when it is first needed.
if TYPE_CHECKING:
    from reglament.diagram.kernel.compiler import Compiler
    from reglament.diagram.solver.bounds_propagation import BoundsPropagation
    from reglament.evaluation.lists.item_totals import ItemTotals
    from reglament.partial.decomposition import Decomposition
    from reglament.plan.rule_tests import RuleTests

DECIDE_BUDGET = 200_000
MOST_KEPT = 64

# The facts that a test reads, and its answer as a function of them.
Answering: TypeAlias = tuple[frozenset[str], Callable[[Mapping[str, Value]], Any]]


class UnknownDecision(LookupError):
    """A name is no decision of the version."""

    def __init__(self, version: Version, name: str) -> None:
        self.version = version
        self.name = name
        super().__init__(name)


class CompiledVersion:
    """What deciding requests by one version takes; safe to share between threads."""

    def __init__(
        self,
        version: Version,
        budget: int = DECIDE_BUDGET,
        diagrams: Compiler | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.version = version
        if plan is not None:
            self.plan = plan
        self._given, self._budget = diagrams, budget
        self._parts: Decomposition | None = None
        self._lock = RLock()
        self.size, self.assumed = len(version.facts), version.assumed
        # How many requests were asked for the rules behind an outcome alone.
        self.asked_for_rules: Iterator[int] = count()
        self.has_lists = bool(version.lists)
        # Where the generated function puts the outcome of each decision.
        self.placed = {one.name: (i, one) for i, one in enumerate(version.decisions.values())}
        # For some decisions, and for whether every fact is told, the function that decides them.
        self.deciding = lru_cache(maxsize=MOST_KEPT)(self._deciding)

    # Each of these is built whole before it is kept: threads that race build equal ones.

    @cached_property
    def parts(self) -> Decomposition:
        """The diagrams over facts alone, parted where they share no fact."""
        from reglament.diagram.kernel.compiler import Compiler
        from reglament.diagram.solver.bounds_propagation import BoundsPropagation
        from reglament.partial.decomposition import Decomposition

        # But these know each other by the numbers of their nodes, so there is one of each.
        with self._lock:
            if self._parts is None:
                version = self.version
                solver = BoundsPropagation(version.types, version.hours, version.zone)
                diagrams = self._given or Compiler(version, budget=self._budget)
                self._parts = Decomposition(diagrams, solver)
            return self._parts

    @property
    def diagrams(self) -> Compiler:
        """The diagrams over facts alone; each is built when it is asked for."""
        return self.parts.diagrams

    @property
    def solver(self) -> BoundsPropagation:
        """What missing facts can be, compared with each other."""
        return self.parts.solver

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

    def evaluate(self, told: Mapping[str, Value], *, is_assuming: bool = True) -> Any:
        """The decisions for the facts told, as `Evaluator` makes them."""
        raise NotImplementedError

    @cached_property
    def of_items(self) -> Mapping[str, Self]:
        """What decides one item of each list."""
        return {name: type(self)(items.item) for name, items in self.version.lists.items()}

    def decided_items(self, fact: str, told: Mapping[str, Value]) -> list[Any]:
        """What is decided of each item that is told of the list."""
        items, evaluator = self.version.lists[fact], self.of_items[fact]
        outer = items.request_part(told)
        several: Any = told.get(fact, ())
        return [evaluator.evaluate({**outer, **items.told_of(one)}) for one in several]

    @cached_property
    def item_totals(self) -> ItemTotals:
        """What the items of the lists that a request tells come to."""
        from reglament.evaluation.lists.item_totals import ItemTotals

        return ItemTotals(self)

    @cached_property
    def plan(self) -> Plan:
        """What the version decides, as the tests that are asked."""
        from reglament.plan.lowering import lower

        return lower(self.local)

    @cached_property
    def local(self) -> Compiler:
        """The diagrams that read earlier decisions like facts."""
        from reglament.plan.lowering import local_diagrams

        return local_diagrams(self.version)

    @cached_property
    def answering(self) -> Mapping[int, Answering]:
        """How each test of the diagrams is answered, by its rank."""
        from reglament.diagram.kernel.branches import answer_reader

        variables, hours = self.diagrams.forest.variables, self.version.hours
        return Memo(lambda rank: answer_reader(variables[rank], hours))

    @cached_property
    def rarity(self) -> Callable[[str], tuple[int, str]]:
        """Sorts facts by how many rules read them, least first."""
        read: Counter[str] = Counter()
        for _, rule in self.version.every_rule():
            read.update(facts_of(rule.when, rule.then))
        return lambda fact: (read[fact], fact)

    @cached_property
    def rule_lets(self) -> Mapping[str, Let]:
        """For each decision what leads to the rules behind its outcome."""

        def lowered(name: str) -> Let:
            from reglament.plan.lowering import lower_rules

            return lower_rules(self.local, self.version.decisions[name])

        return self.plan.rules or Memo(lowered)

    @cached_property
    def plan_with_rules(self) -> Plan:
        """The plan, with what leads to the rules of each decision."""
        rules = {name: self.rule_lets[name] for name in self.version.decisions}
        return replace(self.plan, rules=rules)

    @cached_property
    def rule_finders(self) -> Mapping[str, Decide | None]:
        """For each decision the function that finds the rules behind its outcome."""

        return Memo(lambda name: rule_finder(self.version, self.rule_lets[name]))

    @cached_property
    def every_rule_finder(self) -> Decide:
        """The function that finds the rules behind all outcomes of a request that tells all."""

        return every_rule_finder(self.version, self.plan_with_rules.rules)

    @cached_property
    def rule_tests(self) -> Mapping[str, RuleTests]:
        """The tests of decisions of very many rules, each once."""
        from reglament.plan.bundle import StoredVersion
        from reglament.plan.rule_tests import rule_tests

        stored = isinstance(self.version, StoredVersion) and self.version.rule_tests
        return stored or rule_tests(self.version)

    @cached_property
    def conditions(self) -> Conditions:
        """The rules and their tests as functions of what is told and decided."""
        return Conditions(self.version)

    @cached_property
    def leaning(self) -> frozenset[str]:
        """The decisions that may hang on readings, of their own or of what they read."""
        found, hours = set[str](), self.version.hours.values()
        if not self.version.readings and not any(one.readings for one in hours):
            return frozenset()
        for decision, rule in self.version.every_rule():
            readings, reads = self.conditions.rules[rule.id].hanging_on
            if readings or found.intersection(reads) or any(one.reading for one in rule.overrides):
                found.add(decision.name)
        return frozenset(found)

    @cached_property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """The facts and decisions on which each decision rests, itself among them."""
        found: dict[str, frozenset[str]] = {}
        for name, decision in self.version.decisions.items():
            own = frozenset({name}).union(*_read_by(decision))
            found[name] = own.union(*(found.get(one, frozenset()) for one in own))
        return found


def _read_by(decision: Decision) -> Iterator[frozenset[str]]:
    """What its rules read, and what picks the clauses that they cite."""
    for rule in decision.every_rule():
        read = (*rule.conditions, rule.then)
        yield facts_of(*read) | decisions_of(*read)


def rule_finder(version: Version, let: Let) -> Decide | None:
    """A function from facts and the outcomes of earlier decisions to what is behind an outcome.

    It gives one `Behind`; or a marker where what is known does not lead there by itself.
    None where the diagram of the rules was too large.
    """
    if isinstance(let.body, Unplanned):
        return None
    return _generated(version, {"rules": let}, is_whole=False)


def every_rule_finder(version: Version, lets: Mapping[str, Let]) -> Decide:
    """The same for all decisions at once, of requests where every one has an outcome.

    A marker stands for those whose diagram was too large.
    """
    placed = {f"rules {place}": let for place, let in enumerate(lets.values())}
    return _generated(version, placed, is_whole=True)


def _generated(version: Version, lets: Mapping[str, Let], *, is_whole: bool) -> Decide:
    read = sorted(frozenset[str]().union(*(let.reads for let in lets.values())))
    # To the rules of a decision, earlier decisions are what facts are to the whole.
    told: dict[str, Fact | Decision] = {**version.facts, **version.decisions}
    inputs = {name: PlanInput(told[name].type, told[name].is_nullable) for name in read}
    plan = Plan(version.policy, version.version, inputs, lets)
    behind = Memo[Any, Behind](lambda found: Behind(*found))
    return generate(plan, version.hours, is_whole=is_whole, stands_for=behind.__getitem__)
