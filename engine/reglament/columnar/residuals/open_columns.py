"""One decision about rows that lack facts: the rows that leave the same open are asked for once.

What is left of the diagram of the decision says what is possible and what is needed. The rules and
clauses behind hang on conditions: on those that the engine looked at to explain one such row, and
on no others. So rows are of one class if the same is left of the decision, and each of these
conditions holds, fails, or is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from reglament.columnar.keys.answered_keys import AnsweredKeys
from reglament.columnar.keys.class_records import ClassRecord, Numbered
from reglament.columnar.keys.version_keys import (
    BY_ENGINE,
    AnswerKey,
    DecisionKeys,
    MetKeys,
    with_earlier,
)
from reglament.columnar.residuals.answer_codes import AnswerCodes
from reglament.columnar.residuals.joint_orders import JointOrders
from reglament.columnar.residuals.recorded_outcomes import WatchedResult
from reglament.columnar.residuals.same_left import SameLeft, SharedReasons
from reglament.columnar.residuals.what_is_left import RowsAsked, WhatIsLeft
from reglament.columnar.vectors.vector_values import (
    MISSING,
    Array,
    Part,
    every_of,
    grouped,
    some_of,
)
from reglament.diagram.kernel.forest import EnumVar, Node, NullVar, TooLarge
from reglament.evaluation.evaluator import Evaluator
from reglament.memo import Memo, MemoByIdentity
from reglament.model.conditions import Condition
from reglament.model.visitor import decisions_of, facts_of, tests_within
from reglament.partial.assignments import AssignmentSpace
from reglament.partial.or_nodes import or_nodes
from reglament.partial.residual_graph import ResidualGraph
from reglament.partial.terminal_outcomes import ConflictingTerms, DeferredTerm

MANY = 100  # ways in which told values bound what is open: more than a key tells apart
LEFT_TO_ENGINE = 0  # the place among keys of that of rows which are left to the engine


class OpenColumns:
    """One decision of a version while facts are missing; what is learnt of one batch is kept."""

    def __init__(
        self,
        evaluator: Evaluator,
        keys: Mapping[str, DecisionKeys],
        name: str,
        shared: ConditionDiagrams,
    ) -> None:
        self.evaluator, self.keys = evaluator, keys[name]
        self.name = name
        behind, facts = evaluator.behind, evaluator.version.facts
        self.cone = cone = with_earlier(evaluator, [name])
        self.facts = sorted({fact for one in cone for fact in behind[one] if fact in facts})
        self.beside = self._beside()
        self._tested: dict[str, list[bool]] = {module: [] for module in sorted(self._modules(name))}
        self._hang: list[bool] = []
        self._ties: list[int] = []
        self._ends: list[tuple[object, ...]] = []
        self._outcomes: list[tuple[ResidualGraph, ...]] = []
        self.same: AnsweredKeys[SameLeft] = AnsweredKeys(())
        self.met = MetKeys(AnswerKey(BY_ENGINE, None, None, 0, {}))
        """The keys found; the first is that of rows which are left to the engine."""
        self.told_keys: dict[object, int] = {}
        """The places of those of rows that tell all, by what their classes hang on."""
        self._shared = shared
        self.truths: Memo[tuple[Node, ...], WhatIsLeft] = Memo(shared.truths)
        self.residual_numbers: dict[tuple[object, ...], int] = {}
        self._reasons: Memo[tuple[object, ...], SharedReasons] = Memo(lambda _: SharedReasons())
        self._is_cited = name in shared.cited

    def _beside(self) -> tuple[str, ...]:
        """The decisions whose own answers are looked at to explain this one."""
        leaning, keys = self.evaluator.leaning, self.keys
        if keys.details != "all":  # rules and clauses hang on conditions alone
            return ()
        read = keys.reads if self.name in leaning else ()
        return tuple(dict.fromkeys((*keys.decision.ask_for, *filter(leaning.__contains__, read))))

    def _modules(self, *names: str) -> frozenset[str]:
        """The decisions that are read like facts by diagrams of these, and by theirs."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            part = self.evaluator.parts.component[waiting.pop()]
            more = part.residuals.diagrams.read_as_facts - found if part else ()
            found.update(more)
            waiting.extend(more)
        return frozenset(found)

    @cached_property
    def residuals(self) -> WhatIsLeft | None:
        """What is left of the decision's own diagram; None where that is too large."""
        part = self.evaluator.parts.component[self.name]
        if part is None:
            return None
        roots = (part.root, *part.others)
        self._root_count, rules = len(roots), self.evaluator.parts.rules[self.name]
        if rules is not None and (self.rules_are_left or self._is_told_by_rules):
            roots = (*roots, *rules)
        try:
            modules = part.residuals.diagrams.read_as_facts
            orders = self._shared.orders[part.residuals.starts[part.root].automaton.space]
            return WhatIsLeft(part.residuals, roots, modules, orders, {})
        except TooLarge:
            return None

    @cached_property
    def rules_are_left(self) -> bool:
        """Whether the rules behind it are told by what is left of their diagram.

        Else they hang on conditions, as other reasons do.
        """
        if self.keys.details == "all" or self.evaluator.has_lists:
            return False
        return self.evaluator.parts.rules[self.name] is not None

    @cached_property
    def _is_told_by_rules(self) -> bool:
        """Whether what others cite by it hangs on the rules that count, and on other decisions."""
        if not self._is_cited:
            return False
        rules = list(self.keys.decision.every_rule())
        is_inheriting = not all(rule.clauses for rule in rules)
        resting = tests_within(*(rule.when for rule in rules if is_inheriting))
        asked: list[Condition] = [test for test in resting if decisions_of(test)]
        asked += [citation.when for rule in rules for citation in rule.citations]
        is_known = self.evaluator.parts.rules[self.name] is not None
        return is_known and not facts_of(*asked) and not self._shared.compute(decisions_of(*asked))

    # Keys of rows

    def rows(self, rows: RowsAsked, odd: Array | None) -> Array:
        """Where it can be told by what is left: a fact is missing, nothing behind is refused."""
        missing = some_of(rows.terms.known[name].state == MISSING for name in self.facts)
        if missing is None:
            return np.zeros(rows.terms.count, bool)
        sound = rows.classes.are_sound(self.cone - {self.name})
        fine = every_of([sound, None if odd is None else ~odd])
        return missing if fine is None else missing & fine

    def parts(self, left: Array, rows: RowsAsked, places: Array) -> tuple[list[Part], list[Part]]:
        """What tells rows apart before conditions do: what is left of it and of modules; the rest.

        `left` has the number of what is left of the decision in each row.
        """
        assert self.residuals is not None
        graphs = self.residuals.graphs
        self._look_at(graphs[len(self._hang) :])
        parts: list[Part] = [(left, len(graphs))]
        for name, tested in self._tested.items():
            residual = rows.classes.earlier[name].residuals(places) + 1
            is_tested = np.array(tested, bool).take(left)
            parts.append((residual * is_tested, int(residual.max()) + 1))
        for fact in self._facts_of_terms:
            state = rows.terms.known[fact].state.take(places)
            parts.append((state * np.array(self._hang, bool).take(left), 4))
        rest: list[Part] = []
        for name in self.beside:
            classes = rows.classes.earlier[name].classes.take(places)
            if name not in self.keys.decision.ask_for:
                classes = self._shared.leaning[name].codes(classes)
            rest.append((classes, int(classes.max()) + 1))
        return parts, rest

    def are_ranged(self, left: Array, rows: RowsAsked, places: Array) -> Array:
        """Where what is told may settle an outcome that is computed of what is missing, too.

        How it does hangs on the values, so each of these rows is for the engine.
        """
        assert self.residuals is not None
        graphs, facts = self.residuals.graphs, self._facts_of_terms
        lacked = [(rows.terms.known[fact].state.take(places) == MISSING) for fact in facts]
        if not facts or not np.logical_or.reduce(lacked).any():
            return np.zeros(len(places), bool)
        groups = grouped([(left + 1, len(graphs) + 1), *((one, 2) for one in lacked)], len(places))
        found: list[bool] = []
        for row in groups.first.tolist():
            missing = frozenset(f for f, one in zip(facts, lacked, strict=True) if one[row])
            those = () if left[row] == BY_ENGINE else graphs[left[row]]
            found.append(any(graph.is_ranged(missing) for graph in those))
        return np.array(found, bool)[groups.of]

    def _look_at(self, more: list[tuple[ResidualGraph, ...]]) -> None:
        """Find the modules that residuals test, whether their outcomes are computed, and ties.

        And where they end: what is possible, and by which rules, hangs on that alone.
        """
        blocked = MANY if self._is_cited and not self._is_told_by_rules else 0
        for graphs in more:
            outcomes = graphs[: self._root_count]
            self._outcomes.append(outcomes)
            self._ends.append(tuple([(graph.is_exact, graph.terminals) for graph in graphs]))
            self._ties.append(blocked + any(map(_is_tied, graphs if self._is_cited else outcomes)))
            self._hang.append(any(graph.fixed is None for graph in graphs))
            tested = {name for graph in graphs for name in graph.shared.modules_in(graph.residual)}
            for name, of in self._tested.items():
                of.append(name in tested)

    def new_rows(self, key: tuple[int, ...], parts: int) -> SameLeft:
        """Rows of which that is left of the decision and of all that it tests, and of the rest.

        The first are so many parts. By which tests that may come about makes a difference to the
        rows themselves only if classes say what is needed.
        """
        # Of what is not cited nobody asks for the rules.
        own = key[0] if self._is_cited else self._outcomes[key[0]]
        residual = self.residual_numbers.setdefault(
            (own, *key[1:parts]), len(self.residual_numbers)
        )
        is_alike = self.keys.details != "all"
        kind = (self._ends[key[0]], *key[1 + len(self._tested) :]) if is_alike else key
        return SameLeft(residual, self._ties[key[0]], self._reasons[kind], self.met)

    @cached_property
    def _facts_of_terms(self) -> tuple[str, ...]:
        """The facts by which outcomes are computed."""
        found: set[str] = set()
        part = self.evaluator.parts.component[self.name]
        if part is not None:
            shared = self.residuals.walks.starts[0].automaton.shared if self.residuals else None
            forest = part.residuals.diagrams.forest
            for root in (part.root, *part.others):
                for leaf in forest.terminals(root):
                    source = shared.sources[leaf] if shared else None
                    if isinstance(source, DeferredTerm):
                        found |= source.facts
                    elif isinstance(source, ConflictingTerms):
                        found.update(*(term.facts for term in source.terms))
        return tuple(sorted(found))

    # Classes of keys

    def matched(self, same: SameLeft, number: int) -> int:
        """The key of rows that leave the same, whose conditions come to what has that number.

        `UNMET` where there is none yet.
        """
        if number == BY_ENGINE:
            return LEFT_TO_ENGINE
        return same.match(number, self.truths[same.reasons.conditions])

    def forget(self) -> None:
        """Let go of what led through conditions on which nothing hangs any longer."""
        needed = {reason.conditions for reason in self._reasons.values()}
        for conditions in self.truths.keys() - needed:
            del self.truths[conditions]

    def tells(self, watched: WatchedResult) -> bool:
        """Whether an explanation hangs on conditions, and on what is left of known decisions."""
        return watched.is_plain and watched.names <= self._answered

    @cached_property
    def _answered(self) -> frozenset[str]:
        """The decisions of which keys say what is left."""
        named = {self.name, *self.beside}
        return self._modules(*named) | named


class ConditionDiagrams:
    """Conditions of one version, as diagrams over facts alone; what walks through them share.

    Others may cite by the rules of the decisions that are `cited`.
    """

    def __init__(self, evaluator: Evaluator, keys: Mapping[str, DecisionKeys]) -> None:
        self.evaluator, self.keys = evaluator, keys
        self.cited = frozenset[str]().union(*(key.cited for key in keys.values()))
        self.leaning: Memo[str, _Leaning] = Memo(lambda name: _Leaning(name, keys[name].numbered))
        self._codes: dict[Any, AnswerCodes] = {}
        self.orders: MemoByIdentity[AssignmentSpace, JointOrders] = MemoByIdentity(JointOrders)

    def compute(self, names: Iterable[str]) -> bool:
        """Whether one of the decisions is computed."""
        return any(self.keys[name].is_computed for name in names)

    def truths(self, nodes: tuple[Node, ...]) -> WhatIsLeft:
        """What is left of these conditions, through all of which rows walk together."""
        whole = self.evaluator.parts.whole
        space = whole.starts[nodes[0]].automaton.space
        return WhatIsLeft(whole, nodes, (), self.orders[space], self._codes)


class _Leaning:
    """What a decision that leans on another takes from its class: the rules and the readings."""

    def __init__(self, name: str, numbered: Numbered) -> None:
        self.name, self.numbered = name, numbered
        self._numbers: dict[ClassRecord | None, int] = {}
        self._of_class: list[int] = []

    def codes(self, classes: Array) -> Array:
        """A number for each of the classes, the same for those of which the same is taken."""
        for record in self.numbered.records[len(self._of_class) :]:
            taken = None if record.decision != self.name else replace(record, **_NOT_LEANED_ON)
            self._of_class.append(self._numbers.setdefault(taken, len(self._numbers)))
        return np.array(self._of_class, np.int32).take(classes)


_NOT_LEANED_ON: dict[str, Any] = dict.fromkeys(
    ("needs", "clauses", "open_clauses", "because_rules", "ask"), ()
)


def _is_tied(graph: ResidualGraph) -> bool:
    """Whether told values may bound what is left: that tests numbers, or several facts at once."""
    variables = graph.shared.forest.variables
    tested = (variables[node.level] for node in or_nodes(graph.residual))
    return not all(isinstance(one, EnumVar | NullVar) for one in tested)
