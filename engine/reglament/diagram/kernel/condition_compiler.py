"""From conditions and terms to diagrams over the facts; earlier decisions put in.

fee: {sum: [10, surcharge]}      the term is one of two, by what `surcharge` says
when: {fee: {at_most: 12}}       each of them is compared, so this is a test of
                                 what `surcharge` tests, and then true or false
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import islice
from threading import RLock
from typing import Any

from reglament.diagram.kernel.atoms import Atoms
from reglament.diagram.kernel.forest import Forest, Node, TooLarge
from reglament.diagram.kernel.terminals import NULL, NoOutcome, TerminalValue, gravest
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
from reglament.model.regulation import Version
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Type
from reglament.model.visitor import walk

MOST_TERMS = 1_000  # in a formula over facts alone, counted as it would be written out
MOST_CASES = 1_000  # of terms that are compared, each by a test of its own


class ConditionCompiler:
    """The diagrams of the conditions and terms of one version, in one forest.

    The decisions `read_as_facts` are tested like facts; of all others the diagrams are put in.
    Raises TooLarge where a diagram outgrows the budget of the forest.
    """

    def __init__(
        self,
        version: Version,
        read_as_facts: frozenset[str],
        forest: Forest,
        order: Sequence[str] | None,
    ) -> None:
        self.version = version
        self.read_as_facts = read_as_facts
        self.forest = forest
        self.inputs = inputs_of(version, read_as_facts)
        order = fact_order(version, self.inputs) if order is None else order
        self.order = {name: place for place, name in enumerate(order)}
        self.atoms = Atoms(forest, self.inputs, self.order, version)
        # Threads that share a version build its diagrams one at a time.
        self._lock = RLock()
        self._conditions: dict[int, Node] = {}
        self._terms: dict[Term, Node] = {}

    def decision(self, name: str) -> Node:
        """The diagram of a decision; terminals hold TerminalValues. Raises TooLarge, each time."""
        raise NotImplementedError

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
                    condition, lambda given, said: self.atoms.compare(given, operator, said, by_day)
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
        pairs = forest.joint(tuple(map(self.term_diagram, condition.terms)), lambda *terms: terms)
        tests = {terminal: test(*forest.values[terminal]) for terminal in forest.terminals(pairs)}
        if all(forest.is_terminal(node) for node in tests.values()):
            return forest.map_terminals(pairs, tests)
        if len(tests) > MOST_CASES:
            raise TooLarge(MOST_CASES)
        return forest.compose(pairs, tests)

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
                found = self.forest.joint(ways, lambda *parts: self._applied(term, parts))
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
            return lambda formula: is_nullable_field(formula, self._told_type)
        may_be_null = EVERY[term.function].may_be_null
        return (lambda formula: formula.function == term.function) if may_be_null else None

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
