"""From the leaves of a decision that remain to its answer: one outcome, or those still possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

from reglament.model.decisions import Decision
from reglament.model.outcomes import Status
from reglament.model.terms import Constant
from reglament.model.values import Listed, Value, apart, listed
from reglament.partial.terminal_outcomes import KnownOutcome, TerminalOutcome, UnknownOutcome
from reglament.reference import Refusal

if TYPE_CHECKING:
    from reglament.partial.automaton import PossibleOutcomes
    from reglament.partial.residual_graph import ResidualGraph

MANY_OUTCOMES = 64  # that an open answer lists at most; with more it says none
# Names of their own, since an enumeration looks its members up.
DETERMINED, UNDETERMINED, REFUSED = Status.DETERMINED, Status.UNDETERMINED, Status.REFUSED
NOT_LISTED = object()


class DeterminedAnswer:
    """The answer that is one outcome."""

    __slots__ = ("outcome",)
    status = DETERMINED

    def __init__(self, value: Value) -> None:
        self.outcome: Value = listed(value)

    @property
    def possible(self) -> tuple[Value, ...]:
        """The outcome alone."""
        return Listed((self.outcome,))

    @property
    def known(self) -> Value:
        """What it is to decisions that it is a module of."""
        return self.outcome


class OpenAnswer:
    """The answer that more than one outcome is left, or one that is not known.

    `possible` are those outcomes, listed when they are first asked for; None where they
    cannot be listed. `known` is what they are to decisions that it is a module of.
    """

    __slots__ = ("_decision", "_known", "_possible", "_remains")
    status = UNDETERMINED
    outcome = None

    def __init__(self, decision: Decision | None, outcomes: list[TerminalOutcome]) -> None:
        self._decision = decision
        self._remains = outcomes
        self._possible: Any = NOT_LISTED
        self._known: PossibleOutcomes | None = None

    @classmethod
    def of(cls, possible: tuple[Value, ...] | None) -> OpenAnswer:
        """The answer that these outcomes are left."""
        open_answer = cls(None, [])
        open_answer._possible = None if possible is None else Listed(map(listed, possible))
        return open_answer

    @property
    def possible(self) -> tuple[Value, ...] | None:
        """The outcomes that remain."""
        if self._possible is NOT_LISTED:
            self._possible = self._listed()
        found: tuple[Value, ...] | None = self._possible
        return found

    def _listed(self) -> tuple[Value, ...] | None:
        if self._decision is None:
            return None
        values = possible(self._decision, self._remains)
        if values is None:
            return None
        return Listed(map(listed, values))

    @property
    def known(self) -> PossibleOutcomes:
        """The outcomes that remain, as an answer to a test of a module."""
        possible_outcomes = self._known
        if possible_outcomes is None:
            from reglament.partial.automaton import PossibleOutcomes

            possible_outcomes = self._known = PossibleOutcomes(self.possible or ())
        return possible_outcomes


class RefusedAnswer:
    """The answer that there is none, and `why`."""

    __slots__ = ("why",)
    status = REFUSED
    outcome = None
    possible = Listed()

    def __init__(self, why: Refusal) -> None:
        self.why = why


Answer: TypeAlias = DeterminedAnswer | OpenAnswer | RefusedAnswer

UNKNOWN = OpenAnswer(None, [])  # what is possible cannot be listed


def answer_from(
    decision: Decision, outcomes: list[TerminalOutcome], *, is_whole: bool = True
) -> Answer:
    """The answer of a decision of which this remains, all that gives an outcome.

    `is_whole` says that nothing else remains, which would give none.
    """
    first = outcomes[0]
    if is_whole and len(outcomes) == 1 and isinstance(first, KnownOutcome):
        return DeterminedAnswer(first.value)
    return OpenAnswer(decision, outcomes)


def collected(decision: Decision, graphs: Sequence[ResidualGraph]) -> Answer:
    """The answer of a collection, or a sum, whose groups of rules are left in these shapes."""
    groups = [graph.fixed.values if graph.fixed else [] for graph in graphs]
    if decision.total:
        return _summed(decision, groups)
    if prod(map(len, groups)) > MANY_OUTCOMES:
        return UNKNOWN
    order = [term for term in decision.items_listed() if isinstance(term, Constant)]
    return answer_from(
        decision, [KnownOutcome(_together(order, some)) for some in product(*groups)]
    )


def _summed(decision: Decision, groups: Iterable[Sequence[TerminalOutcome]]) -> Answer:
    """The answer of a sum, of what its groups may add."""
    totals: list[Any] = [decision.nothing]
    for group in groups:
        added: list[Any] = [known.value for known in group if isinstance(known, KnownOutcome)]
        totals = list(dict.fromkeys(total + one for total in totals for one in added))
        if len(totals) > MANY_OUTCOMES:
            return UNKNOWN
    return answer_from(decision, [KnownOutcome(total) for total in totals])


def _together(order: Iterable[Constant], groups: Iterable[TerminalOutcome]) -> tuple[Value, ...]:
    """The items that the groups give, in the order in which they are listed."""
    given: list[Any] = [known.value for known in groups if isinstance(known, KnownOutcome)]
    items = {Constant(item) for some in given for item in some}
    return tuple([term.value for term in order if term in items])


def possible(decision: Decision, outcomes: list[TerminalOutcome]) -> tuple[Value, ...] | None:
    """The outcomes that remain, in the policy's order; None where they cannot be listed.

    Values that stand in order come in that order, null last.
    """
    values: list[Any] = []
    for leaf in outcomes:
        if isinstance(leaf, KnownOutcome):
            values.append(leaf.value)
        elif isinstance(leaf, UnknownOutcome):
            if leaf.values is None:
                return None
            values.extend(leaf.values)
    if len(outcomes) > MANY_OUTCOMES:
        return None
    values = list({apart(value): value for value in values}.values())
    if len(values) > MANY_OUTCOMES:
        return None
    if decision.kind.lists_items:
        return tuple(sorted(values, key=lambda items: (len(items), *map(_sorted_by, items))))
    if decision.type.is_ordered:
        given = sorted(value for value in values if value is not None)
        return (*given, None) if len(given) < len(values) else tuple(given)
    said = (rule.then.value for rule in decision.every_rule() if isinstance(rule.then, Constant))
    order = {
        value: place for place, value in reversed([*enumerate((*decision.type.options, *said))])
    }
    return tuple(sorted(values, key=lambda value: (order.get(value, len(order)), str(value))))


def _sorted_by(item: Any) -> Any:
    """The item, or what it is sorted by: records and lists have no order of their own."""
    return str(item) if isinstance(item, Mapping | tuple) else item
