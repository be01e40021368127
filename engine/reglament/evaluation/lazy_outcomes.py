"""Outcomes that hold the answer at once and work out the explanation when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from operator import attrgetter
from typing import Any, TypeVar

from reglament.diagram.kernel.too_large import TooLarge
from reglament.evaluation.reasons.explained import (
    alone,
    asked,
    clauses_behind,
    explained,
    items,
    refused,
    rules_behind,
    sufficient,
)
from reglament.evaluation.reasons.told_trace import ToldTrace, rules_seen
from reglament.evaluation.reasons.trace import (
    Cited,
    cited_by,
    counts_working_time,
    open_clauses,
    readings_of,
)
from reglament.evaluation.request_state import RequestState
from reglament.evaluation.rule_functions import MOST_CHOICES
from reglament.memo import keep
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import (
    Item,
    Outcome,
    Refusal,
    RulesSeen,
    RuleStatus,
    Status,
    TestSeen,
    WorkedSpan,
)
from reglament.model.values import Listed, listed
from reglament.partial.answers import Answer, DeterminedAnswer, RefusedAnswer
from reglament.reference import REFUSALS

NOTHING = Listed()
Part = TypeVar("Part")
# Names of their own, since an enumeration looks its members up.
DETERMINED, UNDETERMINED, REFUSED = Status


def _explained(name: str) -> Any:
    """A part of the outcome that only an explanation needs."""

    def part(self: LazyOutcome) -> Any:
        return Listed(getattr(self.whole, name))

    return property(part)


class LazyOutcome(Outcome):
    """The outcome of one decision; equal to, and as frozen as, the plain outcome it stands for.

    The facts told lead to the outcome by themselves.
    """

    __slots__ = ("_decision", "_state", "_value")
    # Decisions are made by the million: no frozen dataclass's slow way of setting. Python
    # sets quickly only where both of these are plain.
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__
    # Whoever makes one sets its parts: a call with arguments takes twice as long.
    __init__ = object.__init__

    _state: RequestState
    _decision: Decision
    _value: Any
    outcome: Any = property(attrgetter("_value"), doc="The outcome; None while undetermined.")
    # Of every outcome to which the facts told lead.
    status: Any = DETERMINED
    needs: Any = NOTHING
    refused: Any = None
    is_exact: Any = True

    @property
    def answer(self) -> Answer:
        """The outcome, or what is still possible, before it is explained."""
        return DeterminedAnswer(self.outcome)

    @property
    def whole(self) -> Outcome:
        """The outcome with everything that explains it."""
        found: Outcome = self._kept(_whole)
        return found

    def _kept(self, part: Callable[[Any], Any]) -> Any:
        """What is worked out once, and kept with all that is decided."""
        kept = self._state.kept[self._decision.name]
        found = kept.get(part)
        if found is None:
            found = kept[part] = part(self)
        return found

    @property
    def _tells_as_whole(self) -> bool:
        """Whether the whole is there, or is made of items: then no part is worked out alone."""
        return self._decision.for_each is not None or _whole in self._state.kept[self.decision]

    @property
    def decision(self) -> str:
        """The name of the decision."""
        return self._decision.name

    @property
    def possible(self) -> Any:
        """The outcomes that the facts told leave; None where they cannot be listed."""
        return Listed((self.outcome,))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind the outcome."""
        found = self._rules_walked_to
        return self._kept_rules if found is None else found

    @property
    def _rules_walked_to(self) -> tuple[str, ...] | None:
        """The same by a walk over what is known; None where none is taken, or leads there."""
        state, decision = self._state, self._decision
        is_walked = decision.for_each is None and state.walks_to_rules
        return state.rules_found(decision) if is_walked else None

    @property
    def tests_behind(self) -> tuple[TestSeen, ...]:
        """The tests by which the rules behind the outcome came to apply."""
        tests: tuple[TestSeen, ...] = self._kept(_tests_behind)
        return tests

    @property
    def open_rules(self) -> frozenset[str]:
        """The rules of which it is open whether they count; none where the others are known."""
        return frozenset() if self._rules_walked_to is not None else self.whole.open_rules

    @property
    def _kept_rules(self) -> Listed:
        found: Listed = self._kept(_rules)
        return found

    @property
    def rules_seen(self) -> RulesSeen | None:
        """What the trace tells, told sooner where a decision has very many rules; else None."""
        return rules_seen(self._state, self._decision) if self.status is DETERMINED else None

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that those rules cite."""
        state, rules = self._state, self.rules
        if not rules:
            return NOTHING
        is_found = self._decision.for_each is None and state.is_all_told
        chosen_by = is_found and state.evaluator.conditions.chosen_by(rules)
        if not chosen_by:
            found: Listed = self._kept(_clauses)
            return found
        # Not kept with the request, as what the same choice cited before is found as quickly.
        asked, rested, cited = chosen_by
        key = tuple(map(state.known.__getitem__, asked)) if asked else ()
        if rested:
            key += tuple([state[name].clauses for name in rested])
        before = cited.get(key)
        if before is None:
            before = keep(cited, key, self._kept(_clauses), MOST_CHOICES)
        return before

    @property
    def open_clauses(self) -> tuple[str, ...]:
        """Those of the clauses that may not be the ones to cite."""
        return Listed(open_clauses(self._kept(_cited)))

    @property
    def sufficient(self) -> tuple[str, ...]:
        """Told facts that alone settle the outcome, whatever the others are."""
        if self.status is not DETERMINED:
            return NOTHING
        return Listed(self._kept(_sufficient))

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that the outcome hangs on."""
        found: tuple[str, ...] = self._kept(_readings)
        return found

    @property
    def met(self) -> tuple[str, ...]:
        """The requirements of a checklist that are met."""
        return _listing(self, RuleStatus.APPLIED)

    @property
    def unmet(self) -> tuple[str, ...]:
        """The requirements of a checklist that are not met."""
        return _listing(self, RuleStatus.NOT_APPLIED)

    @property
    def open(self) -> tuple[str, ...]:
        """The requirements of a checklist that are open; of a collection what may be added."""
        return _listing(self, RuleStatus.OPEN)

    @property
    def ask(self) -> tuple[str, ...]:
        """The facts worth asking for."""
        is_asking = self._decision.ask_for and self.status is not REFUSED
        return Listed(asked(self._state, self._decision)) if is_asking else NOTHING

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of a collection, each with the rule that adds it."""
        found: tuple[Item, ...] = self._kept(_items)
        return found

    @property
    def ledger(self) -> tuple[WorkedSpan, ...]:
        """The working time counted, where the outcome is a deadline in it, or is such time."""
        rules = self._state.evaluator.conditions.rules
        if self._rules_walked_to is not None and not any(
            counts_working_time(rules[rule].rule.then) for rule in self.rules
        ):
            return NOTHING
        return Listed(self.whole.ledger)

    trace = _explained("trace")
    each = _explained("each")

    def __eq__(self, other: object) -> bool:
        other = other.whole if isinstance(other, LazyOutcome) else other
        return self.whole == other

    def __hash__(self) -> int:
        return hash(self.whole)

    def __repr__(self) -> str:
        return f"<{self.decision}: {self.status.value} {self.outcome!r}>"

    def __dir__(self) -> list[str]:
        return dir(Outcome)

    def __reduce__(self) -> tuple[Callable[..., Outcome], tuple[Any, ...]]:
        return self.whole.__reduce__()  # type: ignore[return-value]


class OpenLazyOutcome(LazyOutcome):
    """An outcome to which the facts told do not lead by themselves: it, too, is worked out."""

    __slots__ = ("_answer",)

    _answer: Answer | None

    @property
    def answer(self) -> Answer:
        """The outcome, or what is still possible, before it is explained."""
        found = self._answer
        if found is None:
            found = self._answer = self._state.answer(self._decision.name)
        return found

    @property
    def outcome(self) -> Any:
        """The outcome; None while undetermined, and where refused."""
        return (self._answer or self.answer).outcome

    @property
    def status(self) -> Status:
        """Whether the facts told leave one outcome or several."""
        return (self._answer or self.answer).status

    @property
    def possible(self) -> Any:
        """The outcomes that the facts told leave; None where they cannot be listed."""
        return (self._answer or self.answer).possible

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind the outcome; none where one outcome is open."""
        decision = self._decision
        gives_one = decision.for_each is None and not decision.kind.lists_items
        if gives_one and self.status is UNDETERMINED:
            return NOTHING
        return self._kept_rules

    @property
    def needs(self) -> tuple[str, ...]:
        """The missing facts on which the outcome hangs."""
        if (self._answer or self.answer).status is not UNDETERMINED:
            return NOTHING
        return self._state.partial_result.needs(self._decision.name)

    @property
    def refused(self) -> Refusal | None:
        """Why the policy gives no outcome."""
        refusal: Refusal | None = self._kept(_refused)
        return refusal

    @property
    def is_exact(self) -> bool:
        """Whether all was tried: false where there was too much."""
        return not self.needs or self._state.partial_result.is_exact(self._decision.name)

    def __repr__(self) -> str:
        if self.status is DETERMINED:
            return super().__repr__()
        why = self.refused.problem.code if self.refused else f"needs {', '.join(self.needs)}"
        return f"<{self.decision}: {self.status.value}, {why}>"


# The parts that are kept.


def _whole(lazy: LazyOutcome) -> Outcome:
    return explained(lazy._state, lazy._decision, lazy.answer)


def _rules(lazy: LazyOutcome) -> tuple[str, ...]:
    """Alone: the rest of an explanation takes ten times as long."""
    if lazy._tells_as_whole:
        return Listed(lazy.whole.rules)
    found: tuple[str, ...] = listed(rules_behind(lazy._state, lazy._decision, lazy.answer))
    return found


def _tests_behind(lazy: LazyOutcome) -> tuple[TestSeen, ...]:
    decision = lazy._decision
    if lazy._state.evaluator.has_lists:
        return lazy.whole.tests_behind
    if decision.kind.has_requirements and lazy.outcome != decision.met:
        return NOTHING  # the rules behind it do not apply
    found = _by_rules(
        lazy, lambda trace, rules: [t for rule in rules for t in trace.tests(rule, True)]
    )
    return lazy.whole.tests_behind if found is None else Listed(found)


def _items(lazy: LazyOutcome) -> tuple[Item, ...]:
    found = _by_rules(lazy, items)
    return Listed(lazy.whole.items if found is None else found)


def _by_rules(
    lazy: LazyOutcome, tell: Callable[[ToldTrace, list[Rule]], Iterable[Part]]
) -> Iterable[Part] | None:
    """What the rules behind the outcome alone tell; None where it takes the others, too."""
    state, decision, rules = lazy._state, lazy._decision, lazy._rules_walked_to
    if rules is None or not state.is_told(decision):
        return None
    conditions = state.evaluator.conditions
    trace = ToldTrace(state, decision, conditions.tested_when_asked(state.known))
    with suppress(*REFUSALS):
        return tell(trace, [conditions.rules[rule].rule for rule in rules])
    return None


def _clauses(lazy: LazyOutcome) -> Listed:
    if lazy._tells_as_whole:
        return Listed(lazy.whole.clauses)
    return Listed(lazy._kept(_cited))


def _readings(lazy: LazyOutcome) -> tuple[str, ...]:
    state, decision = lazy._state, lazy._decision
    if lazy._tells_as_whole:
        return Listed(lazy.whole.readings)
    if decision.name not in state.evaluator.leaning:
        return NOTHING
    conditions = state.evaluator.conditions
    on = conditions.all_hanging_on(lazy.rules)
    if on is not None and lazy.status is not REFUSED:
        return Listed(readings_of(state, on))
    rules = [conditions.rules[rule].rule for rule in lazy.rules]
    return Listed(alone(state, decision, lazy.answer, lambda trace: trace.readings(rules)))


def _listing(lazy: LazyOutcome, status: RuleStatus) -> tuple[str, ...]:
    if lazy._decision.kind.gives_one:
        return NOTHING
    state, decision, answer = lazy._state, lazy._decision, lazy.answer
    return Listed(alone(state, decision, answer, lambda trace: trace.with_status(status)))


def _cited(lazy: LazyOutcome) -> Cited:
    if lazy.status is REFUSED:
        return {}
    if not lazy._tells_as_whole:
        with suppress(TooLarge):
            return clauses_behind(lazy._state, lazy._decision, lazy.rules)
    return cited_by(lazy.whole)


def _sufficient(lazy: LazyOutcome) -> tuple[str, ...]:
    return sufficient(lazy._state, lazy._decision)


def _refused(lazy: LazyOutcome) -> Refusal | None:
    state, decision, answer = lazy._state, lazy._decision, lazy.answer
    return refused(state, decision, answer) if isinstance(answer, RefusedAnswer) else None
