"""From rules, conditions and terms to diagrams over the facts; earlier decisions put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial, reduce
from itertools import islice
from math import prod
from threading import RLock
from typing import Any

from reglament.diagram.kernel.atoms import Atoms
from reglament.diagram.kernel.collecting import listed_constants, listed_terms, placed
from reglament.diagram.kernel.forest import Forest, Node, TooLarge
from reglament.diagram.kernel.terminals import (
    NULL,
    Gap,
    NoOutcome,
    TerminalValue,
    agreed,
    gravest,
    the_only,
)
from reglament.diagram.kernel.totalling import Totals
from reglament.diagram.kernel.union import Unions
from reglament.diagram.kernel.variables import fact_order, inputs_of
from reglament.functions.evaluate import apply
from reglament.functions.table import EVERY, FIELD, field_in, is_nullable_field
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Includes,
    Not,
    OneOf,
    Test,
)
from reglament.model.operators import Operator
from reglament.model.regulation import Decision, DecisionKind, Rule, Version
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Type
from reglament.model.visitor import walk

MOST_TERMS = 1_000  # in a formula over facts alone, counted as it would be written out
MOST_SUMS = 20_000  # of what two halves of the rules of a total come to
MOST_CASES = 1_000  # of terms that are compared, each by a test of its own


class RulesCompiler:
    """The diagrams of the rules of one version, built when asked for, in one forest.

    `is_local` reads the outcomes of other decisions as given, so that each
    diagram shows just its own rules; else they are composed into facts, all
    but those of the decisions in `modules`.
    Decisions in `refused` have no answer whatever the facts are.
    Raises TooLarge where a diagram outgrows `budget` nodes. Versions that tell
    the same facts may share a `forest`, with one `order` of all that they test.
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
        self.read_as_facts = frozenset(version.decisions if is_local else modules)
        self.inputs = inputs_of(version, self.read_as_facts)
        order = fact_order(version, self.inputs) if order is None else order
        self.order = {name: place for place, name in enumerate(order)}
        self.atoms = Atoms(self.forest, self.inputs, self.order, version)
        # Threads that share a version build its diagrams one at a time.
        self._lock = RLock()
        self.budget = self.forest.budget
        self._is_shared = forest is not None
        self._too_large: set[str] = set()
        self._breaks: dict[str, bool] = {}
        self._rests: dict[str, bool] = {}
        self._decisions: dict[str, Node] = {}
        self._applies: dict[str, Node] = {}
        self._effective: dict[str, Node] = {}
        self._conditions: dict[int, Node] = {}
        self._overriding: dict[str, dict[str, list[Rule]]] = {}
        self._terms: dict[Term, Node] = {}
        self._conjunctions: dict[tuple[Node, Node, bool], Node] = {}
        self.unions = Unions(self.forest)

    def decision(self, name: str) -> Node:
        """The diagram of a decision; terminals hold TerminalValues. Raises TooLarge, each time."""
        raise NotImplementedError

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
                self._applies[rule.id] = self.condition_diagram(rule.when)
        return self._applies[rule.id]

    def effective(self, decision: Decision, rule: Rule) -> Node:
        """Where the rule applies and no rule that applies overrides it."""
        if rule.id not in self._effective:
            with self._lock:
                self._effective[rule.id] = self._effective_of(decision, rule)
        return self._effective[rule.id]

    def conjunction(self, one: Node, other: Node, *, is_negated: bool = False) -> Node:
        """Where both diagrams of true and false hold; or the first one and not the other."""
        key = one, other, is_negated
        if key not in self._conjunctions:
            with self._lock:
                other = self.forest.not_(other) if is_negated else other
                self._conjunctions[key] = self.forest.and_(one, other)
        return self._conjunctions[key]

    def overridden(self, decision: Decision, rule: Rule) -> Node:
        """Where a rule that overrides this one applies."""
        forest = self.forest
        above = [self.applies(other) for other in self._overriders(decision).get(rule.id, ())]
        with self._lock:
            return reduce(forest.or_, above, forest.false)

    def any_effective(self, decision: Decision, rules: Iterable[Rule]) -> Node:
        """Whether one of the rules counts."""
        roots = [self.effective(decision, rule) for rule in rules]
        with self._lock:
            return reduce(self.forest.or_, roots, self.forest.false)

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

    def condition_diagram(self, condition: Condition) -> Node:
        """Where the condition holds."""
        # By identity: the version owns its conditions, and hashing them would cost more.
        if id(condition) not in self._conditions:
            with self._lock:
                self._conditions[id(condition)] = self._condition_diagram(condition)
        return self._conditions[id(condition)]

    def _condition_diagram(self, condition: Condition) -> Node:
        forest = self.forest
        match condition:
            case AllOf(parts):
                return reduce(forest.and_, self._from_below(parts), forest.true)
            case AnyOf(parts):
                return reduce(forest.or_, self._from_below(parts), forest.false)
            case Not(part):
                return forest.not_(self.condition_diagram(part))
            case Counted():
                return self._counted(condition)
        return self._test_diagram(condition)

    def _test_diagram(self, condition: Test) -> Node:
        match condition:
            case Includes(_, value):
                included = self.atoms.included
                return self._where(condition, lambda terminal: included(terminal, value))
            case OneOf(FactRef(name), values) if self.inputs[name].domain:
                return self.atoms.among(name, values)
            case Comparison(FactRef(name), Operator.IS, Constant(value)) if self.inputs[
                name
            ].domain:
                return self.atoms.among(name, (value,))
            case OneOf(_, values):
                one_of = self.atoms.one_of
                return self._where(condition, lambda terminal: one_of(terminal, values))
            case Comparison(_, operator, _, by_day):
                return self._where(
                    condition,
                    lambda given, said: self.atoms.compare(given, operator, said, by_day),
                )
        holds = self.atoms.predicate
        return self._where(condition, lambda *leaves: holds(condition.of(*leaves)))

    def _counted(self, condition: Counted) -> Node:
        """Part by part, how many hold so far: a node for each count, as of a symmetric function."""
        forest = self.forest
        count = len(condition.parts)
        ahead = [
            forest.true if condition.allows(held) else forest.false for held in range(count + 1)
        ]
        for place, part in enumerate(self._from_below(condition.parts)):
            ahead = [
                forest.ite(part, ahead[held + 1], ahead[held]) for held in range(count - place)
            ]
        return ahead[0]

    def _from_below(self, parts: tuple[Condition, ...]) -> list[Node]:
        """The parts in the order that builds the fewest nodes: what is tested last comes first."""
        return sorted(
            map(self.condition_diagram, parts), key=lambda node: -self.forest.levels[node]
        )

    def _where(self, condition: Test, test: Any) -> Node:
        """Where a condition on terms holds; `test` gives it for each case of the terms."""
        forest = self.forest
        pairs = forest.apply(self._tupled, tuple(map(self.term_diagram, condition.terms)), {})
        tests = {terminal: test(*forest.values[terminal]) for terminal in forest.terminals(pairs)}
        if all(forest.is_terminal(node) for node in tests.values()):
            return forest.map_terminals(pairs, tests)
        if len(tests) > MOST_CASES:
            raise TooLarge(MOST_CASES)
        return forest.compose(pairs, tests)

    def _tupled(self, nodes: tuple[Node, ...]) -> Node | None:
        if all(map(self.forest.is_terminal, nodes)):
            return self.forest.terminal(tuple(self.forest.values[node] for node in nodes))
        return None

    # Terms

    def term_diagram(self, term: Term) -> Node:
        """What the term comes to, case by case: terms over facts alone, none of them null."""
        if term not in self._terms:
            with self._lock:
                self._terms[term] = self._term_diagram(term)
        return self._terms[term]

    def _term_diagram(self, term: Term) -> Node:
        match term:
            case Constant(value):
                return self.forest.terminal(Constant(value))
            case FactRef(name):
                return self._fact_diagram(name)
            case DecisionRef(name):
                return (
                    self._fact_diagram(name) if name in self.read_as_facts else self.decision(name)
                )
            case Conditional(when, then, otherwise):
                return self.forest.ite(
                    self._condition_diagram(when),
                    self.term_diagram(then),
                    self.term_diagram(otherwise),
                )
            case Formula(_, arguments):
                ways = tuple(map(self.term_diagram, arguments))
                tuples = self.forest.apply(self._tupled, ways, {})
                found = self.forest.map_values(tuples, lambda parts: self._applied(term, parts))
                is_null = self._null_of(term)
                return found if is_null is None else self._split_by_null(found, is_null)

    def _fact_diagram(self, name: str) -> Node:
        given, forest = self.inputs[name], self.forest
        itself = forest.terminal(FactRef(name))
        if given.domain is not None:
            children = tuple(forest.terminal(Constant(value)) for value in given.domain)
            variable = self.atoms.choice(name)
            return forest.find_or_add(
                self.atoms.level(variable), given.domain, (*children, children[-1])
            )
        if not given.is_nullable:
            return itself
        variable_of = self.atoms.null_test(name)
        return forest.ite(variable_of, forest.terminal(NULL), itself)

    def _null_of(self, term: Formula) -> Callable[[Formula], bool] | None:
        """Which of the terms that the function comes to may be null of what is none."""
        if term.function == FIELD.name:
            return lambda one: is_nullable_field(one, self._told_type)
        may_be_null = EVERY[term.function].may_be_null
        return (lambda one: one.function == term.function) if may_be_null else None

    def _split_by_null(self, terms: Node, may_be_null: Callable[[Formula], bool]) -> Node:
        """The same, a term that may be null being null where it is."""
        forest = self.forest
        made = {node: node for node in forest.terminals(terms)}
        for node in made:
            term = forest.values[node]
            if isinstance(term, Formula) and may_be_null(term):
                made[node] = forest.ite(self.atoms.null_of(term), forest.terminal(NULL), node)
        is_same = all(node == one for node, one in made.items())
        return terms if is_same else forest.compose(terms, made)

    def _told_type(self, term: Term) -> Type | None:
        """The type of a fact; of a record that is made the fields are known themselves."""
        return self.inputs[term.name].type if isinstance(term, FactRef) else None

    def _applied(self, formula: Formula, parts: tuple[TerminalValue, ...]) -> TerminalValue:
        if broken := [part for part in parts if isinstance(part, NoOutcome)]:
            return gravest(broken)
        if NULL in parts and not EVERY[formula.function].takes_nulls:
            return NULL
        if formula.each is not None and parts[0] == NULL:
            return NULL
        terms = tuple(part for part in parts if not isinstance(part, NoOutcome))
        constants = tuple(term.value for term in terms if isinstance(term, Constant))
        if len(constants) == len(terms):
            try:
                return Constant(apply(formula, constants, self.version.hours))
            except (OutsideCalendar, OverflowError):
                pass  # the error is told when a request gets there
        applied = formula.applied_to(terms)
        field = field_in(applied)
        if field is not None:
            return field
        # Decisions that each read the one before twice double what the last one reads.
        if any(True for _ in islice(walk(applied), MOST_TERMS, None)):
            raise TooLarge(MOST_TERMS)
        return applied

    # Decisions

    def _effective_of(self, decision: Decision, rule: Rule) -> Node:
        forest = self.forest
        if rule is decision.otherwise:
            if decision.kind is DecisionKind.TOTAL:
                return forest.not_(self.any_effective(decision, decision.rules))
            empty = self._given(decision)
            return forest.map_values(empty, lambda found: found == frozenset())
        return forest.and_(self.applies(rule), forest.not_(self.overridden(decision, rule)))

    def _given(self, decision: Decision, rules: Iterable[Rule] | None = None) -> Node:
        """What the rules that count give, as a set: `otherwise` left out."""
        forest = self.forest
        rules = sorted(decision.rules if rules is None else rules, key=lambda rule: rule.id)
        is_unique = decision.hit_policy == "unique"
        given = [
            forest.ite(
                self.effective(decision, rule),
                forest.map_values(
                    self.term_diagram(rule.then), partial(_given_by, rule if is_unique else None)
                ),
                self.unions.none,
            )
            for rule in rules
        ]
        return self.unions.of(given)

    def _agreed(self, decision: Decision) -> Node:
        forest = self.forest
        if len(decision.rules) == 1:
            return self._of_one_rule(decision, decision.rules[0])
        given = self._given(decision)
        other = Gap() if decision.otherwise is None else None
        together: Any = the_only if decision.hit_policy == "unique" else agreed
        outcomes = forest.map_values(given, lambda found: together(found) if found else other)
        if decision.otherwise is None:
            return outcomes
        empty = forest.map_values(given, lambda found: found == frozenset())
        return forest.ite(empty, self.term_diagram(decision.otherwise.then), outcomes)

    def _of_one_rule(self, decision: Decision, rule: Rule) -> Node:
        """The same where no rules can disagree: without a diagram of sets, as large again."""
        other = decision.otherwise
        return self.forest.ite(
            self.effective(decision, rule),
            self.term_diagram(rule.then),
            self.forest.terminal(Gap()) if other is None else self.term_diagram(other.then),
        )

    def _checked(self, decision: Decision) -> Node:
        forest = self.forest
        all_met = reduce(
            forest.and_, (self.effective(decision, rule) for rule in decision.rules), forest.true
        )
        return forest.map_values(
            all_met, lambda met: Constant(decision.met if met else decision.unmet)
        )

    def collected(self, decision: Decision, rules: Iterable[Rule]) -> Node:
        """The diagram of a collection to which only these rules add. Raises TooLarge."""
        with self.growing_by(self.budget):
            return self._collected(decision, rules)

    def _collected(self, decision: Decision, rules: Iterable[Rule] | None = None) -> Node:
        if decision.gives_constants and not decision.counts_rules:
            listed = partial(listed_constants, decision)
            return self.forest.map_values(self._given(decision, rules), listed)
        given = [
            self.forest.ite(
                self.effective(decision, rule),
                self.forest.map_values(
                    self.term_diagram(rule.then), partial(placed, decision, rule)
                ),
                self.unions.none,
            )
            for rule in decision.rules
        ]
        listed = partial(listed_terms, keeps_duplicates=decision.keeps_duplicates)
        return self.forest.map_values(self.unions.of(given), listed)

    def totalled(self, decision: Decision, rules: Iterable[Rule]) -> Node:
        """The diagram of a sum to which only these rules add. Raises TooLarge."""
        with self.growing_by(self.budget):
            return self._totalled(decision, rules)

    def _totalled(self, decision: Decision, rules: Iterable[Rule] | None = None) -> Node:
        forest, totals = self.forest, Totals(decision, self._applied)
        memo: dict[Any, Node] = {}
        none = forest.terminal(totals.nothing)
        nodes = [none] + [
            forest.ite(
                self.effective(decision, rule),
                forest.map_values(self.term_diagram(rule.then), totals.one),
                none,
            )
            for rule in (decision.rules if rules is None else rules)
        ]
        while len(nodes) > 1:
            pairs = [tuple(nodes[i : i + 2]) for i in range(0, len(nodes), 2)]
            # Sums that meet in few totals are small; others double with each rule.
            if any(prod(len(forest.terminals(one)) for one in pair) > MOST_SUMS for pair in pairs):
                raise TooLarge(MOST_SUMS)
            nodes = [forest.apply(totals.adding(forest), pair, memo) for pair in pairs]
        if decision.otherwise is None:
            return forest.map_values(nodes[0], totals.reckoned)
        empty = forest.map_values(nodes[0], lambda found: found == totals.nothing)
        outcomes = forest.map_values(nodes[0], totals.reckoned)
        return forest.ite(empty, self.term_diagram(decision.otherwise.then), outcomes)


BUILD: Mapping[DecisionKind, Callable[[RulesCompiler, Decision], Node]] = {
    DecisionKind.OUTCOME: RulesCompiler._agreed,
    DecisionKind.CHECKLIST: RulesCompiler._checked,
    DecisionKind.COLLECTION: RulesCompiler._collected,
    DecisionKind.TOTAL: RulesCompiler._totalled,
}


def _given_by(rule: Rule | None, value: TerminalValue) -> frozenset[Any]:
    """What a rule gives, as a set; with its name, where it is said."""
    return frozenset({value if rule is None else (rule.id, value)})
