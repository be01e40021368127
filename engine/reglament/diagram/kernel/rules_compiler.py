"""From the rules of decisions to diagrams over the facts; earlier decisions put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial, reduce
from math import prod
from typing import Any, TypeAlias

from reglament.diagram.kernel.condition_compiler import ConditionCompiler
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
from reglament.functions.table import EVERY_ITEM, ITEMS, each_once
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.regulation import Version
from reglament.model.terms import Constant, Formula, Term

MOST_SUMS = 20_000  # of what two halves of the rules of a total come to

# An item with its place among those that the decision lists, or why there is none.
Placed: TypeAlias = tuple[int, Term] | NoOutcome


def listed_constants(decision: Decision, found: Iterable[TerminalValue]) -> TerminalValue:
    """The items of a collection all of whose rules give what the policy says."""
    given = frozenset(found)
    listed = (term for term in decision.items_listed() if term in given)
    return Constant(tuple(term.value for term in listed if isinstance(term, Constant)))


def placed(decision: Decision, rule: Rule, value: TerminalValue) -> frozenset[Placed]:
    """What the rule gives with its place, as a set: of null, an empty one."""
    if value == NULL:
        return frozenset()
    if isinstance(value, NoOutcome):
        return frozenset({value})
    if decision.counts_rules:
        return frozenset({(decision.in_list_order(decision.rules).index(rule), value)})
    listed = decision.items_listed()
    is_word = bool(decision.type.options) and value in listed
    return frozenset({(listed.index(value if is_word else rule.then), value)})


def listed_terms(found: Iterable[Placed], *, keeps_duplicates: bool) -> TerminalValue:
    """The items of a collection in the order of their places.

    Some of its rules give facts, decisions or formulas, or it counts what each rule gives.
    """
    given = list(found)
    if broken := [one for one in given if isinstance(one, NoOutcome)]:
        return gravest(broken)
    pairs = [one for one in given if not isinstance(one, NoOutcome)]
    items = tuple(term for _, term in sorted(pairs, key=lambda pair: pair[0]))
    constants = [term.value for term in items if isinstance(term, Constant)]
    if len(constants) == len(items):
        return Constant(tuple(constants) if keeps_duplicates else each_once(constants))
    return Formula(EVERY_ITEM.name if keeps_duplicates else ITEMS.name, items)


class RulesCompiler(ConditionCompiler):
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
        self.is_local = is_local
        self.refused = frozenset(refused)
        read_as_facts = frozenset(version.decisions if is_local else modules)
        super().__init__(
            version, read_as_facts, Forest(budget) if forest is None else forest, order
        )
        self.budget = self.forest.budget
        self._is_shared = forest is not None
        self._too_large: set[str] = set()
        self._breaks: dict[str, bool] = {}
        self._rests: dict[str, bool] = {}
        self._decisions: dict[str, Node] = {}
        self._applies: dict[str, Node] = {}
        self._effective: dict[str, Node] = {}
        self._overriding: dict[str, dict[str, list[Rule]]] = {}
        self._conjunctions: dict[tuple[Node, Node, bool], Node] = {}
        self.unions = Unions(self.forest)

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
            rules: dict[str, list[Rule]] = defaultdict(list)
            for rule in decision.rules:
                for name in dict.fromkeys(over.rule for over in rule.overrides):
                    rules[name].append(rule)
            self._overriding[decision.name] = rules
        return self._overriding[decision.name]

    # Decisions

    def _effective_of(self, decision: Decision, rule: Rule) -> Node:
        forest = self.forest
        if rule is decision.otherwise:
            if decision.kind is DecisionKind.TOTAL:
                return forest.not_(self.any_effective(decision, decision.rules))
            empty = self._given(decision)
            return forest.map_values(empty, lambda found: found == frozenset())
        return forest.and_(self.applies(rule), forest.not_(self.overridden(decision, rule)))

    def _where_it_counts(
        self, decision: Decision, rule: Rule, given: Callable[[Any], Any], none: Node
    ) -> Node:
        """What the rule gives, as `given` makes it, where it counts, and else `none`."""
        counts = self.effective(decision, rule)
        gives = self.forest.map_values(self.term_diagram(rule.then), given)
        return self.forest.ite(counts, gives, none)

    def _given(self, decision: Decision, rules: Iterable[Rule] | None = None) -> Node:
        """What the rules that count give, as a set: `otherwise` left out."""
        rules = sorted(decision.rules if rules is None else rules, key=lambda rule: rule.id)
        is_unique = decision.hit_policy == "unique"
        given = [
            self._where_it_counts(
                decision, rule, partial(_given_by, rule if is_unique else None), self.unions.none
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
            self._where_it_counts(decision, rule, partial(placed, decision, rule), self.unions.none)
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
            self._where_it_counts(decision, rule, totals.one, none)
            for rule in (decision.rules if rules is None else rules)
        ]
        while len(nodes) > 1:
            pairs = [tuple(nodes[i : i + 2]) for i in range(0, len(nodes), 2)]
            # Sums that meet in few totals are small; others double with each rule.
            if any(prod(len(forest.terminals(one)) for one in pair) > MOST_SUMS for pair in pairs):
                raise TooLarge(MOST_SUMS)
            nodes = [forest.apply(totals.adding(forest), pair, memo) for pair in pairs]
        if decision.otherwise is None:
            return forest.map_values(nodes[0], totals.computed)
        empty = forest.map_values(nodes[0], lambda found: found == totals.nothing)
        outcomes = forest.map_values(nodes[0], totals.computed)
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
