"""From the rules of a policy version to one diagram a decision, over facts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial, reduce
from itertools import islice
from threading import RLock
from typing import TYPE_CHECKING, Any

from reglament.diagram.kernel.atoms import Atoms
from reglament.diagram.kernel.collecting import listed_constants, listed_terms, placed
from reglament.diagram.kernel.forest import Forest, Node, TooLarge
from reglament.diagram.kernel.terminals import NOTHING, Gap, NoAnswer, Payload, agreed, worst
from reglament.diagram.kernel.union import Unions
from reglament.diagram.kernel.variables import fact_order, told_by
from reglament.formulas import apply
from reglament.model.conditions import (
    All,
    Comparison,
    Condition,
    Includes,
    Not,
    OneOf,
    Operator,
    Test,
    Within,
)
from reglament.model.conditions import (
    Any as AnyOf,
)
from reglament.model.policy import Decision, DecisionKind, Rule, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term, terms_within
from reglament.worktime import OutsideCalendar

if TYPE_CHECKING:
    from reglament.diagram.kernel.doubts import Doubting

MOST_TERMS = 1_000  # in a formula over facts alone, counted as it would be written out


class Diagrams:
    """The diagrams of one version, built when asked for, in one forest.

    `is_local` reads the outcomes of other decisions as told, so that each
    diagram shows just its own rules; else they are composed into facts, all
    but those of the decisions in `modules`.
    Decisions in `refused` have no answer whatever the facts are.
    Raises TooLarge where a diagram outgrows `budget` nodes. Versions that tell
    the same facts may share a `forest`, with one `order` of all that they test.

    Of a test of a decision that is refused, the diagrams of rules and conditions say that
    it does not hold; those of `in_doubt` that it may.
    """

    def __init__(
        self,
        version: Version,
        *,
        is_local: bool = False,
        modules: Collection[str] = (),
        refused: Collection[str] = (),
        budget: int = 1_000_000,
        forest: Forest | None = None,
        order: Sequence[str] | None = None,
    ):
        self.version = version
        self.is_local = is_local
        self.refused = frozenset(refused)
        self.forest = Forest(budget) if forest is None else forest
        self.read_as_told = frozenset(version.decisions if is_local else modules)
        self.told = told_by(version, self.read_as_told)
        order = fact_order(version, self.told) if order is None else order
        self.order = {name: place for place, name in enumerate(order)}
        self.atoms = Atoms(self.forest, self.told, self.order, version)
        # Threads that share a version build its diagrams one at a time.
        self._lock = RLock()
        self.budget = self.forest.budget
        self._is_shared = forest is not None
        self._too_large: set[str] = set()
        self._breaks: dict[str, bool] = {}
        self._decisions: dict[str, Node] = {}
        self._applies: dict[str, Node] = {}
        self._effective: dict[str, Node] = {}
        self._truths: dict[int, Node] = {}
        self._overriding: dict[str, dict[str, list[Rule]]] = {}
        self._cases: dict[Term, Node] = {}
        self._both: dict[tuple[Node, Node, bool], Node] = {}
        self.unions = Unions(self.forest)

    def decision(self, name: str) -> Node:
        """The diagram of a decision; each leaf holds a Payload. Raises TooLarge, each time."""
        if name in self._too_large:
            raise TooLarge(self.budget)
        if name not in self._decisions:
            with self._lock:
                self._decisions[name] = self._build(self.version.decisions[name])
        return self._decisions[name]

    def _build(self, decision: Decision) -> Node:
        try:
            with self.growing_by(self.budget):
                if decision.name in self.refused:
                    return self.forest.leaf(Gap())
                if self.may_rest_on_refused(decision):
                    return self.in_doubt.without_doubts(decision)
                return BUILD[decision.kind](self, decision)
        except TooLarge:
            self._too_large.add(decision.name)
            raise

    def may_break(self, name: str) -> bool:
        """Whether some request leads to no answer. Raises TooLarge."""
        if name not in self._breaks:
            leaves = self.forest.leaves(self.decision(name))
            self._breaks[name] = any(
                isinstance(self.forest.payloads[leaf], NoAnswer) for leaf in leaves
            )
        return self._breaks[name]

    def may_rest_on_refused(self, decision: Decision) -> bool:
        """Whether it reads a decision that some request leaves without an answer."""
        earlier = decision.reads() - self.read_as_told
        return any(self.may_break(name) for name in sorted(earlier))

    @cached_property
    def in_doubt(self) -> Doubting:
        """The diagrams in which it is open what refused decisions might have said."""
        from reglament.diagram.kernel.doubts import Doubting

        return Doubting(self)

    @contextmanager
    def growing_by(self, nodes: int) -> Iterator[None]:
        """Let the next diagram grow by so many nodes, however large its neighbours became.

        A forest that is shared keeps the budget of the one who shares it.
        """
        with self._lock:
            if self._is_shared:
                yield
                return
            self.forest.budget = len(self.forest) + nodes
            try:
                yield
            finally:
                self.forest.budget = len(self.forest) + self.budget

    def applies(self, rule: Rule) -> Node:
        """Where the condition of the rule holds."""
        if rule.id not in self._applies:
            with self._lock:
                self._applies[rule.id] = self.truth(rule.when)
        return self._applies[rule.id]

    def counts(self, decision: Decision, rule: Rule) -> Node:
        """Where the rule applies and no rule that applies overrides it."""
        if rule.id not in self._effective:
            with self._lock:
                self._effective[rule.id] = self._counting(decision, rule)
        return self._effective[rule.id]

    def both(self, one: Node, other: Node, *, is_negated: bool = False) -> Node:
        """Where both diagrams of true and false hold; or the first one and not the other."""
        key = one, other, is_negated
        if key not in self._both:
            with self._lock:
                other = self.forest.negate(other) if is_negated else other
                self._both[key] = self.forest.both(one, other)
        return self._both[key]

    def overridden(self, decision: Decision, rule: Rule) -> Node:
        """Where a rule that overrides this one applies."""
        forest = self.forest
        above = [self.applies(other) for other in self._overriders(decision).get(rule.id, ())]
        with self._lock:
            return reduce(forest.either, above, forest.false)

    def any_counts(self, decision: Decision, rules: Iterable[Rule]) -> Node:
        """Whether one of the rules counts."""
        roots = [self.counts(decision, rule) for rule in rules]
        with self._lock:
            return reduce(self.forest.either, roots, self.forest.false)

    def _overriders(self, decision: Decision) -> dict[str, list[Rule]]:
        """The rules that override each rule, by its id."""
        if decision.name not in self._overriding:
            found: dict[str, list[Rule]] = defaultdict(list)
            for rule in decision.rules:
                for name in dict.fromkeys(over.rule for over in rule.overrides):
                    found[name].append(rule)
            self._overriding[decision.name] = found
        return self._overriding[decision.name]

    # Conditions

    def truth(self, condition: Condition) -> Node:
        """Where the condition holds."""
        # By identity: the version owns its conditions, and hashing them would cost more.
        if id(condition) not in self._truths:
            with self._lock:
                self._truths[id(condition)] = self._truth(condition)
        return self._truths[id(condition)]

    def _truth(self, condition: Condition) -> Node:
        forest = self.forest
        match condition:
            case All(parts):
                return reduce(forest.both, self._from_below(parts), forest.true)
            case AnyOf(parts):
                return reduce(forest.either, self._from_below(parts), forest.false)
            case Not(part):
                return forest.negate(self.truth(part))
            case Includes(subject, value):
                included = self.atoms.included
                return self._where(condition, [subject], lambda leaf: included(leaf, value))
            case OneOf(FactRef(name), values) if self.told[name].domain:
                return self.atoms.among(name, values)
            case Comparison(FactRef(name), Operator.IS, Constant(value)) if self.told[name].domain:
                return self.atoms.among(name, (value,))
            case OneOf(subject, values):
                one_of = self.atoms.one_of
                return self._where(condition, [subject], lambda leaf: one_of(leaf, values))
            case Within(subject, hours):
                within = self.atoms.within
                return self._where(condition, [subject], lambda leaf: within(leaf, hours))
            case Comparison(subject, operator, operand, by_day):
                return self._where(
                    condition,
                    [subject, operand],
                    lambda told, said: self.atoms.compare(told, operator, said, by_day),
                )
        raise TypeError(condition)

    def _from_below(self, parts: tuple[Condition, ...]) -> list[Node]:
        """The parts in the order that builds the fewest nodes: what is tested last comes first."""
        return sorted(map(self.truth, parts), key=lambda node: -self.forest.ranks[node])

    def _where(self, condition: Test, terms: list[Term], test: Any) -> Node:
        """Where a condition on terms holds; `test` gives it for a way that they can come out."""
        forest = self.forest
        pairs = forest.combine(self._tupled, tuple(map(self.cases, terms)), {})
        tests = {leaf: test(*forest.payloads[leaf]) for leaf in forest.leaves(pairs)}
        if all(forest.is_leaf(node) for node in tests.values()):
            return forest.graft(pairs, tests)
        # A test may stand higher in the order than what led to it, so it cannot
        # simply be hung below: each way is guarded and the ways are put together.
        result = forest.false
        for leaf, node in tests.items():
            guard = forest.graft(
                pairs, {n: forest.true if n == leaf else forest.false for n in tests}
            )
            result = forest.pick(guard, node, result)
        return result

    def _tupled(self, nodes: tuple[Node, ...]) -> Node | None:
        if all(map(self.forest.is_leaf, nodes)):
            return self.forest.leaf(tuple(self.forest.payloads[node] for node in nodes))
        return None

    # Terms

    def cases(self, term: Term) -> Node:
        """The ways in which the term comes out, as terms over facts alone, none of them null."""
        if term not in self._cases:
            with self._lock:
                self._cases[term] = self._ways(term)
        return self._cases[term]

    def _ways(self, term: Term) -> Node:
        match term:
            case Constant(value):
                return self.forest.leaf(Constant(value))
            case FactRef(name):
                return self._fact_cases(name)
            case DecisionRef(name):
                return self._fact_cases(name) if name in self.read_as_told else self.decision(name)
            case Formula(_, arguments):
                ways = tuple(map(self.cases, arguments))
                tuples = self.forest.combine(self._tupled, ways, {})
                return self.forest.map(tuples, lambda parts: self._applied(term, parts))

    def _fact_cases(self, name: str) -> Node:
        told, forest = self.told[name], self.forest
        itself = forest.leaf(FactRef(name))
        if told.domain is not None:
            children = tuple(forest.leaf(Constant(value)) for value in told.domain)
            variable = self.atoms.choice(name)
            return forest.node(self.atoms.rank(variable), told.domain, (*children, children[-1]))
        if not told.is_nullable:
            return itself
        variable_of = self.atoms.null_test(name)
        return forest.pick(variable_of, forest.leaf(NOTHING), itself)

    def _applied(self, formula: Formula, parts: tuple[Payload, ...]) -> Payload:
        if broken := [part for part in parts if isinstance(part, NoAnswer)]:
            return worst(broken)
        if NOTHING in parts:
            return NOTHING
        terms = tuple(part for part in parts if not isinstance(part, NoAnswer))
        constants = tuple(term.value for term in terms if isinstance(term, Constant))
        if len(constants) == len(terms):
            try:
                return Constant(apply(formula, constants, self.version.hours))
            except (OutsideCalendar, OverflowError):
                pass  # the error is told when a request gets there
        applied = Formula(formula.function, terms, formula.hours, formula.tie)
        # Decisions that each read the one before twice double what the last one reads.
        if any(True for _ in islice(terms_within(applied), MOST_TERMS, None)):
            raise TooLarge(MOST_TERMS)
        return applied

    # Decisions

    def _counting(self, decision: Decision, rule: Rule) -> Node:
        forest = self.forest
        if rule is decision.otherwise:
            empty = self._given(decision)
            return forest.map(empty, lambda found: found == frozenset())
        return forest.both(self.applies(rule), forest.negate(self.overridden(decision, rule)))

    def _given(self, decision: Decision, rules: Iterable[Rule] | None = None) -> Node:
        """What the rules that count give, as a set: `otherwise` left out."""
        forest = self.forest
        rules = sorted(decision.rules if rules is None else rules, key=lambda rule: rule.id)
        given = [
            forest.pick(
                self.counts(decision, rule),
                forest.map(self.cases(rule.then), lambda payload: frozenset({payload})),
                self.unions.none,
            )
            for rule in rules
        ]
        return self.unions.of(given)

    def _agreed(self, decision: Decision) -> Node:
        forest = self.forest
        given = self._given(decision)
        other = Gap() if decision.otherwise is None else None
        outcomes = forest.map(given, lambda found: agreed(found) if found else other)
        if decision.otherwise is None:
            return outcomes
        empty = forest.map(given, lambda found: found == frozenset())
        return forest.pick(empty, self.cases(decision.otherwise.then), outcomes)

    def _checked(self, decision: Decision) -> Node:
        forest = self.forest
        all_met = reduce(
            forest.both, (self.counts(decision, rule) for rule in decision.rules), forest.true
        )
        return forest.map(all_met, lambda met: Constant(decision.met if met else decision.unmet))

    def collected(self, decision: Decision, rules: Iterable[Rule]) -> Node:
        """The diagram of a collection to which only these rules add. Raises TooLarge."""
        with self.growing_by(self.budget):
            return self._collected(decision, rules)

    def _collected(self, decision: Decision, rules: Iterable[Rule] | None = None) -> Node:
        if decision.lists_constants:
            listed = partial(listed_constants, decision)
            return self.forest.map(self._given(decision, rules), listed)
        given = [
            self.forest.pick(
                self.counts(decision, rule),
                self.forest.map(self.cases(rule.then), partial(placed, decision, rule)),
                self.unions.none,
            )
            for rule in decision.rules
        ]
        return self.forest.map(self.unions.of(given), listed_terms)


BUILD: Mapping[DecisionKind, Callable[[Diagrams, Decision], Node]] = {
    DecisionKind.OUTCOME: Diagrams._agreed,
    DecisionKind.CHECKLIST: Diagrams._checked,
    DecisionKind.COLLECTION: Diagrams._collected,
}
