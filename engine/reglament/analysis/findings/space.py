"""From one version of a policy to its space of requests: regions, and requests that lie in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from itertools import islice
from typing import Any

from reglament.analysis.findings.gap_regions import differ
from reglament.analysis.proving.port import Allowance, Proven, Question, Shown
from reglament.analysis.proving.settling import settle
from reglament.analysis.search.reachable_lists import ReachableLists
from reglament.analysis.search.tried_requests import Requests
from reglament.analysis.search.tried_values import TriedValues
from reglament.analysis.window import DayWindow
from reglament.backend.interpreter import interpreter
from reglament.diagram.kernel.branches import facts_tested
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import EnumVar, Forest, IntervalVar, Node, NullVar, Variable
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.diagram.kernel.text_samples import OTHER_WORD
from reglament.diagram.kernel.witness import Path, Witnesses
from reglament.evaluation import Evaluator
from reglament.frozen import frozen
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import Comparison, Condition
from reglament.model.decisions import Decision
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef, Term
from reglament.model.values import Kind, Value
from reglament.plan.lowering import lowered
from reglament.plan.nodes import Return
from reglament.reference import InDoubt, View

MOST_NEAR, MOST_RANDOM = 1_500, 500
MOST_STEPS = 30_000_000  # of the solver, for all that one check leaves open


@frozen
class Reachability:
    """Whether a request lies in a region: a `witness`, or none where `is_empty` is proven."""

    witness: Mapping[str, Value] | None
    is_empty: bool

    @property
    def is_open(self) -> bool:
        """Whether neither a request nor a proof was found."""
        return self.witness is None and not self.is_empty


NOWHERE = Reachability(None, True)


@dataclass
class Space:
    """The requests that `version` judges: those from its first day until `until`, if it ends.

    `others` holds the version as each other choice of one reading would have it,
    by reading and alternative. `today` is the day of the check.
    """

    version: Version
    until: date | None = None
    today: date | None = None
    others: Mapping[tuple[str, str], Version] = field(default_factory=dict)
    budget: int = 1_000_000

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.version)
        self.diagrams = Compiler(self.version, budget=self.budget)
        self.witnesses = Witnesses(self.diagrams)
        self._reaches: dict[Node, Reachability] = {}
        self._sound: dict[str, Node] = {}
        # A compiler remembers conditions by identity, so those made here must live on.
        self._kept: list[Condition] = []
        self._allowance = Allowance(MOST_STEPS)
        self._values = TriedValues(self.version, (self.version,), self.within)
        self._lists = ReachableLists(self.evaluator)

    @property
    def forest(self) -> Forest:
        """Where all diagrams stand."""
        return self.diagrams.forest

    def truth(self, condition: Condition) -> Node:
        """Where a condition made for the occasion holds."""
        self._kept.append(condition)
        return self.diagrams.condition_diagram(condition)

    def differ(self, term: Term, other: Term) -> Node:
        """Where two terms come out differently; never where either is broken already."""
        return differ(self.diagrams, term, other)

    @cached_property
    def judged(self) -> Node:
        """The requests that this version judges, as far as its diagrams can tell."""
        chooser = self.version.facts.get(self.version.chosen_by)
        if chooser is None or self.until is None:
            return self.forest.true
        is_moment = chooser.type.kind is Kind.DATETIME
        ends = Comparison(
            FactRef(chooser.name), Operator.LESS_THAN, Constant(self.until), by_day=is_moment
        )
        return self.truth(ends)

    def valid(self, decision: Decision) -> Node:
        """The requests judged for which every decision that this one builds on has an answer."""
        sound = (self.sound(earlier.name) for earlier in self.version.built_on(decision))
        return reduce(self.forest.and_, sound, self.judged)

    def sound(self, name: str) -> Node:
        """Where the decision, and whatever it builds on, has an answer."""
        if name not in self._sound:
            whole = self.forest.map_values(self.diagrams.decision(name), _is_answer)
            earlier = self.version.built_on(self.version.decisions[name])
            parts = (self.sound(decision.name) for decision in earlier)
            self._sound[name] = reduce(self.forest.and_, parts, whole)
        return self._sound[name]

    def reach(self, region: Node) -> Reachability:
        """A request in the region, or that there is none, or that neither is known.

        Raises TooLarge where the search takes too long.
        """
        if region == self.forest.false:
            return NOWHERE
        if region not in self._reaches:
            self._reaches[region] = self._reach(region)
        return self._reaches[region]

    def among_lists(self, root: Node, outside: Node) -> Node:
        """The diagram for requests whose totals some lists come to; elsewhere `outside`."""
        if not self.version.lists:
            return root
        condition = self._lists.among(facts_tested(self.forest, root))
        return self.forest.ite(self.truth(condition), root, outside)

    def _reach(self, region: Node) -> Reachability:
        region = self.among_lists(region, self.forest.false)
        if region == self.forest.false:
            return NOWHERE
        paths, doubted = self.witnesses.each(region, bool, self._lies)
        for path in paths.values():
            return Reachability(self.request(path.facts), False)
        if not doubted:
            return NOWHERE
        return Reachability(next(self.samples(region, bool), (True, None))[1], False)

    def samples(
        self, root: Node, wanted: Callable[[Any], bool]
    ) -> Iterator[tuple[Any, Mapping[str, Value]]]:
        """The payloads wanted that worked examples and requests beside them lead to.

        What no solver finds, an example often shows.
        """
        payloads = lowered(self.forest, root, lambda payload: Return(Constant(payload)))
        walk = interpreter(payloads, self.version.hours)
        for request in self._samples:
            try:
                payload = walk(request)
            except (OutsideCalendar, OverflowError):
                continue
            if wanted(payload):
                yield payload, self.request(request)

    @property
    def within(self) -> DayWindow:
        """The days of the requests that the version judges."""
        return DayWindow(self.version.holds_from, self.until)

    @cached_property
    def _samples(self) -> tuple[Mapping[str, Value], ...]:
        """Whole requests that this version judges."""
        requests = Requests(self._values)
        names = list(self.version.told_facts)
        found = (
            *requests.bases,
            *islice(requests.near(names), MOST_NEAR),
            *islice(requests.random("samples", names), MOST_RANDOM if names else 0),
        )
        if not self.version.lists:
            return found
        return tuple(map(self.evaluator.item_totals.told, found))

    def settled(self, question: Question) -> Reachability:
        """The same of a question that diagrams leave open, as a solver answers it, if it does.

        All questions of a check share the steps that it may take.
        """
        match settle(question, allowance=self._allowance):
            case Proven():
                return NOWHERE
            case Shown(facts):
                if self.real(facts) is None:
                    return Reachability(None, False)
                return Reachability(self.request(facts), False)
        return Reachability(None, False)

    def _lies(self, path: Path) -> bool:
        """Whether the request takes its path, tried on the tests themselves."""
        real = self.real(path.facts)
        return real is not None and takes(path, self.whole(real), self.version)

    def real(self, facts: Mapping[str, Value]) -> Mapping[str, Value] | None:
        """The request, with lists in the place of totals; None where none is found."""
        return self._values.found(facts) if self.version.lists else facts

    def whole(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """The request with some value for every fact that it does not tell."""
        told = self.witnesses.completed(facts)
        if not self.version.lists:
            return told
        for name in self.version.lists:
            if name not in facts:
                told[name] = self._values.typical(name)
        return self.evaluator.item_totals.told(told)

    def request(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """The facts with the one that chooses the version, in the order in which facts stand."""
        chooser = self.version.chosen_by
        told = dict(self.real(facts) or facts)
        if chooser in self.version.facts and told.get(chooser) is None:
            told[chooser] = self.witnesses.completed(told)[chooser]
        return {name: told[name] for name in self.version.told_facts if name in told}

    def view(self, facts: Mapping[str, Value]) -> View:
        """The plain meaning of the policy for the request, completed."""
        return View(self.version, self.whole(facts))


def _is_answer(payload: object) -> bool:
    return not isinstance(payload, NoOutcome)


def takes(path: Path, facts: Mapping[str, Value], version: Version) -> bool:
    """Whether the request, all of whose facts are told, gives every answer of the path."""
    view = View(version, facts)
    try:
        return all(_gives(view, variable, answer) for variable, answer in path.answers)
    except InDoubt:
        return False


def _gives(view: View, variable: Variable, answer: Any) -> bool:
    if isinstance(variable, EnumVar) and variable.domain is None and answer == OTHER_WORD:
        told = view.facts[variable.fact]
        return told is not None and told not in view.version.words_said
    if isinstance(variable, EnumVar):
        return bool(view.facts[variable.fact] == answer)
    if isinstance(variable, NullVar):
        return (view.facts[variable.fact] is None) is answer
    if isinstance(variable, IntervalVar):
        return _between(view.facts[variable.fact], *answer)
    return view.holds(variable.atom) is answer


def _between(value: Any, first: Any, past: Any) -> bool:
    return (
        value is not None and (first is None or value >= first) and (past is None or value < past)
    )
