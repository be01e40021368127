"""From the state in which the steps of a decision end to what is said of its rows: their class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reglament.columnar.layouts import joined, possible_text
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Forest, Node
from reglament.diagram.kernel.terminals import Broken, Conflict, NoOutcome, TerminalValue, gravest
from reglament.evaluation.reasons.trace import CountedRules
from reglament.frozen import frozen
from reglament.memo import Memo, MemoByIdentity
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import RESTS_ON_REFUSED, Status
from reglament.model.terms import Constant, Term
from reglament.partial.answers import DeterminedAnswer, answer_from
from reglament.partial.terminal_outcomes import KnownOutcome
from reglament.sql.outcome_columns import text_of
from reglament.sql.residual_steps import SEVERAL, WalkState


@frozen
class Leaf:
    """What comes out at a terminal, and of each rule of the decision whether it counts there."""

    value: TerminalValue
    counts: tuple[bool, ...]


def joint_diagram(diagrams: Compiler, decision: Decision) -> Node:
    """The diagram over facts alone whose terminals hold a `Leaf`. Raises TooLarge."""
    forest = diagrams.forest
    with diagrams.growing_by(diagrams.budget):
        found = forest.map_values(diagrams.decision(decision.name), lambda value: Leaf(value, ()))
        of_rules = diagrams.in_doubt if diagrams.may_rest_on_refused(decision) else diagrams
        for rule in decision.every_rule():
            found = forest.joint((found, of_rules.effective(decision, rule)), _counting)
    return found


def _counting(leaf: Leaf, counts: bool) -> Leaf:
    return Leaf(leaf.value, (*leaf.counts, counts))


LEFT = "left"  # to the engine: what SQL does not say of a row
OUTSIDE_CALENDAR = "outside-calendar"


@frozen
class DecisionClass:
    """What rows have in common: `outcome` and `possible` as text, the ids of `rules`, a refusal.

    Of an outcome that is computed the one of `terms` says how, and the status hangs on whether it
    can be. Several may come out: it is undetermined where one of them lacks facts, else left.
    `is_bound` says that it holds of rows that are usual (`is_free` of `columns_asked`) alone, and
    `may_rest` that an earlier decision which is refused is the reason instead of `refused`.
    """

    status: str
    outcome: str | None = None
    possible: str | None = None
    rules: str = ""
    refused: str | None = None
    terms: tuple[Term, ...] = ()
    is_bound: bool = False
    may_rest: bool = False


NOT_SAID = DecisionClass(LEFT)


class RulesOfClass(CountedRules):
    """The rules behind an outcome, from whether each of them counts (None where open)."""

    def __init__(self, decision: Decision, counted: Mapping[str, bool | None]) -> None:
        super().__init__(decision)
        self._counted = counted

    def counts(self, rule: Rule) -> bool | None:
        """Whether the rule applies and is not overridden."""
        return self._counted[rule.id]


class Classifier:
    """Says of each end of the steps of one decision which class its rows are of."""

    def __init__(self, forest: Forest, decision: Decision) -> None:
        self.forest, self.decision = forest, decision
        self.classes: dict[WalkState, DecisionClass] = {}
        # Terms are long: each class is one object, known by its identity, and each term told once.
        self._known: dict[DecisionClass, DecisionClass] = {}
        self._states: MemoByIdentity[DecisionClass, list[WalkState]] = MemoByIdentity(lambda _: [])
        self._bound: MemoByIdentity[DecisionClass, DecisionClass] = MemoByIdentity(
            lambda one: self._one(replace(one, is_bound=True))
        )
        self._texts: MemoByIdentity[Term, str] = MemoByIdentity(repr)
        # Many states are at the same terminals, by other counts of answers.
        self._settled: Memo[frozenset[Node], DecisionClass] = Memo(
            lambda nodes: self._one(self._class_at(nodes))
        )

    def settle(self, state: WalkState) -> WalkState:
        """The state that stands for all whose rows are of one class."""
        found = self.of(state)
        states = self._states[found]
        if not states:
            states.append(state)
            self.classes[state] = found
        return states[0]

    def _one(self, made: DecisionClass) -> DecisionClass:
        return self._known.setdefault(made, made)

    def of(self, state: WalkState) -> DecisionClass:
        """The class of the rows that end there."""
        if not state.nodes:
            return NOT_SAID
        every = frozenset(node for node, _ in state.nodes)
        found = self._settled[every]
        if len(every) == 1 or found is NOT_SAID:
            return found
        if state.is_doubted:
            return self._doubted(state, every)
        sure = frozenset(node for node, bound in state.nodes if bound < SEVERAL)
        if not sure or self._settled[sure] != found:
            return NOT_SAID
        return self._bound[found] if any(bound for _, bound in state.nodes) else found

    def _leaves(self, nodes: Iterable[Node]) -> list[Leaf]:
        return [self.forest.values[node] for node in sorted(nodes)]

    def _doubted(self, state: WalkState, nodes: frozenset[Node]) -> DecisionClass:
        """Where a test cannot be computed on which the outcome hangs there is none."""
        values = {leaf.value for leaf in self._leaves(nodes)}
        is_plain = all(isinstance(value, Constant) for value in values)
        if state.is_open or not is_plain or len(values) == 1:
            return NOT_SAID
        return self._one(DecisionClass(Status.REFUSED, refused=OUTSIDE_CALENDAR, may_rest=True))

    def _class_at(self, nodes: frozenset[Node]) -> DecisionClass:
        """The class of rows that end at these terminals, all of which can come about."""
        leaves = self._leaves(nodes)
        values = list(dict.fromkeys(leaf.value for leaf in leaves))
        given = [value for value in values if not isinstance(value, NoOutcome)]
        if not given:
            return self._refused(leaves, [one for one in values if isinstance(one, NoOutcome)])
        constants = [value for value in given if isinstance(value, Constant)]
        if len(constants) < len(given):
            terms = [term for term in given if not isinstance(term, Constant)]
            if len(values) > 1:
                terms.sort(key=self._texts.__getitem__)
                return DecisionClass(Status.UNDETERMINED, terms=tuple(terms))
            rules = self._rules(leaves, Status.DETERMINED)
            return DecisionClass(Status.DETERMINED, rules=rules, terms=tuple(terms), may_rest=True)
        answer = answer_from(
            self.decision,
            [KnownOutcome(constant.value) for constant in constants],
            is_whole=len(given) == len(values),
        )
        outcome = answer.outcome if isinstance(answer, DeterminedAnswer) else None
        return DecisionClass(
            str(answer.status),
            text_of(self.decision, outcome),
            possible_text(self.decision, answer.possible),
            self._rules(leaves, answer.status),
        )

    def _refused(self, leaves: list[Leaf], broken: list[NoOutcome]) -> DecisionClass:
        for one in broken:
            terms = one.outcomes if isinstance(one, Conflict | Broken) else frozenset[Term]()
            is_overlap = isinstance(one, Conflict) and one.is_overlap
            if not is_overlap and any(not isinstance(term, Constant) for term in terms):
                return NOT_SAID  # they may come to the same
        if isinstance(gravest(broken), Broken):
            return DecisionClass(Status.REFUSED, refused=RESTS_ON_REFUSED)
        if not any(isinstance(terminal, Conflict) for terminal in broken):
            return DecisionClass(Status.REFUSED, refused="gap")
        rules = joined([rule.id for rule in self._counted(leaves).certain])
        return DecisionClass(Status.REFUSED, refused="conflict", rules=rules)

    def _rules(self, leaves: list[Leaf], status: Status) -> str:
        return joined([rule.id for rule in self._counted(leaves).rules(status)])

    def _counted(self, leaves: list[Leaf]) -> RulesOfClass:
        found: dict[str, bool | None] = {}
        for place, rule in enumerate(self.decision.every_rule()):
            several = {leaf.counts[place] for leaf in leaves}
            found[rule.id] = several.pop() if len(several) == 1 else None
        return RulesOfClass(self.decision, found)
