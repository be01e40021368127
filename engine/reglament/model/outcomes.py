"""What was decided and why: outcomes, the rules behind them, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from reglament.frozen import frozen
from reglament.messages import Words, ticked
from reglament.model.conditions import Test
from reglament.model.problems import Problem, Refused
from reglament.model.values import Value

RESTS_ON_REFUSED = "rests-on-refused"
AsOfSource: TypeAlias = Literal["fact", "given", "now", "version"]


class Status(StrEnum):
    """Whether the facts told leave one outcome or several, or the policy gives none."""

    DETERMINED = "determined"
    UNDETERMINED = "undetermined"
    REFUSED = "refused"


class RuleStatus(StrEnum):
    """What became of one rule."""

    APPLIED = "applied"
    OVERRIDDEN = "overridden"
    NOT_APPLIED = "not_applied"
    OPEN = "open"


class ItemsSeen(NamedTuple):
    """What a test of a list found: the numbers of the items that it counts.

    Of those in `open` that cannot be told yet; with `is_open` there may be more of them.
    """

    by: tuple[int, ...]
    open: tuple[int, ...] = ()
    is_open: bool = False


class TestSeen(NamedTuple):  # made by the dozen a request: a dataclass takes thrice as long
    """One test of a rule, and the value that it met.

    `holds` is None where it cannot be told yet; then `needs` names the facts
    that would tell. `is_told` is false where the value `seen` is missing,
    which a `seen` of None with `is_told` true (null was told) is not. `items` are those
    of a list that the test counts.
    """

    test: Test
    holds: bool | None
    seen: Value = None
    is_told: bool = True
    needs: tuple[str, ...] = ()
    items: ItemsSeen | None = None


# Not a test class, whatever pytest makes of the name.
TestSeen.__test__ = False  # type: ignore[attr-defined]


class RuleTrace(NamedTuple):
    """What became of the rule `rule`.

    `by` names the rules that override it; where none of them is known to apply, those
    of which one does wherever the rule itself would. `tests` are those that decided it:
    all of an applied rule, the failing ones of a rule that did not apply, the open ones
    of a rule that may still apply, and of one that is overridden whatever they come to.

    `clauses` are those that a rule cites whose reason may be stated; `open_clauses` those
    of them of which it is open whether they are the ones to cite.
    """

    rule: str
    status: RuleStatus
    by: tuple[str, ...] = ()
    tests: tuple[TestSeen, ...] = ()
    clauses: tuple[str, ...] = ()
    open_clauses: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether its condition is known to hold, so that its reason may be stated."""
        is_overridden = self.status is RuleStatus.OVERRIDDEN
        return self.status is RuleStatus.APPLIED or (is_overridden and not self.tests)


@frozen
class RulesSeen:
    """What became of a decision's rules, where each asks only that its tests all hold.

    Each test stands once in `tests`; `of_rules` has by rule the places there of those that it
    asks. `otherwise` applies where none of them does.
    """

    rules: Sequence[str]
    tests: Sequence[TestSeen]
    of_rules: Sequence[Sequence[int]]
    otherwise: str | None


@frozen
class WorkedSpan:
    """One row of a ledger of working time: `minutes` counted on `day`, from `start` to `end`."""

    day: date
    start: datetime
    end: datetime
    minutes: int | Decimal


@frozen
class Item:
    """One item of a collection: the rule that added it, the values that go along.

    `id` is the item as text, `value` the item itself.
    """

    id: str
    rule: str
    attached: Mapping[str, Value] = field(default_factory=dict)
    value: Value = None


@frozen
class Refusal:
    """Why the policy gives no outcome, whatever the facts are that are still missing.

    The code of the `problem` is `gap`, `conflict`, `outside-calendar`, `date-out-of-range`,
    or `rests-on-refused`: then `because_of` names the decisions that it rests on.
    `rules` are those that disagree.
    """

    problem: Problem
    rules: tuple[str, ...] = ()
    because_of: tuple[str, ...] = ()


class Undetermined(Exception):
    """The value of a decision was asked for, and the facts told leave several.

    `needs` are the missing facts that decide, the most useful first; `possible` the
    outcomes left, None where they cannot be listed.
    """

    def __init__(
        self, decision: str, needs: tuple[str, ...], possible: tuple[Value, ...] | None
    ) -> None:
        self.decision = decision
        self.needs = needs
        self.possible = possible
        super().__init__(decision, needs, possible)

    def __str__(self) -> str:
        return f"`{self.decision}` is not determined; it needs {ticked(self.needs) or 'more facts'}"


@frozen(slots=False)
class Outcome:
    """The answer to one decision.

    `outcome` is None while undetermined, where refused, and where null came out. `value`
    is the outcome, or raises: whoever acts on a decision asks for that.

    While undetermined, `possible` holds the outcomes that the facts still
    allow (None where they cannot be listed) and `needs` the facts that decide.
    Once determined, `sufficient` names told facts that alone settle the
    outcome, whatever the others are. Where the policy gives none, `refused` says why.
    `is_exact` is false where there was too much to try: the decision may be settled all
    the same, and a fact in `needs` may make no difference.
    `rules`, `clauses` and `readings` are those behind the answer; `open_clauses` are those
    of the clauses that may not be the ones to cite, since it is open which rules apply.

    A checklist lists its requirements as `met`, `unmet`, `open`. A collection
    lists its `items`, the rules that may still add one (`open`), and the facts
    worth asking for (`ask`). A deadline in working time shows its `ledger`. A decision that
    is made for each item of a list has in `each` what was decided of every item told.
    """

    # Of its own it keeps nothing: an outcome that works out the rest when asked has three parts,
    # and to let go of one with room for twenty took an eighth of the time of reading it.
    __slots__ = ()

    decision: str
    status: Status
    outcome: Value = None
    possible: tuple[Value, ...] | None = None
    needs: tuple[str, ...] = ()
    sufficient: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    open_clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    ask: tuple[str, ...] = ()
    ledger: tuple[WorkedSpan, ...] = ()
    trace: tuple[RuleTrace, ...] = ()
    refused: Refusal | None = None
    is_exact: bool = True
    each: tuple[Document, ...] = ()

    @property
    def value(self) -> Value:
        """The outcome; None only where null came out.

        Raises Undetermined while facts are missing, and Refused where the policy gives none.
        """
        if self.status is Status.DETERMINED:
            return self.outcome
        if self.refused is not None:
            raise Refused([self.refused.problem])
        raise Undetermined(self.decision, self.needs, self.possible)

    @property
    def tests_behind(self) -> tuple[TestSeen, ...]:
        """The tests by which the rules behind the outcome came to apply."""
        applied = (one for one in self.trace if one.status is RuleStatus.APPLIED)
        return tuple(seen for one in applied if one.rule in self.rules for seen in one.tests)

    @property
    def open_rules(self) -> frozenset[str]:
        """The rules of which it is open whether they count."""
        return frozenset(one.rule for one in self.trace if one.status is RuleStatus.OPEN)

    @property
    def whole(self) -> Outcome:
        """The outcome with everything that explains it worked out."""
        return self

    @property
    def rules_seen(self) -> RulesSeen | None:
        """What the trace tells, told sooner where a decision has very many rules; else None."""
        return None

    def __bool__(self) -> bool:
        """Raises TypeError: that there is an answer says nothing about what it is."""
        raise TypeError(
            f"the answer to `{self.decision}` is neither true nor false: ask its `value`, "
            "or whether it `is_determined`"
        )

    @property
    def is_determined(self) -> bool:
        """Whether the facts told leave one outcome."""
        return self.status is Status.DETERMINED


@frozen
class WholeOutcome(Outcome):
    """An outcome of which everything is worked out."""


ASSUMED = "assumed"
"""The code of a note that tells what was assumed of a fact which nobody told."""


@frozen
class Note:
    """What was assumed or noticed on the way; `code` is its stable name for programs.

    `fact` names the fact, or the group of facts, that it is about. The word `told` is near
    the word `near` of the policy, where that is what was noticed.
    """

    code: str
    message: Words
    fact: str | None = None
    told: str | None = None
    near: str | None = None


@frozen
class Document:
    """Everything decided about one request, by one version of one policy.

    `as_of` is the moment by which the version was chosen; `as_of_source` says
    where it came from: a fact of the request, the caller, or the clock.
    `facts` are those told, `assumed` what the version takes for others. `notes` tell what was
    assumed or noticed on the way.
    """

    policy: str
    version: str
    digest: str
    as_of: datetime
    as_of_source: AsOfSource
    facts: Mapping[str, Value]
    decisions: Mapping[str, Outcome]
    notes: tuple[Note, ...] = ()
    assumed: Mapping[str, Value] = field(default_factory=dict)

    @property
    def known(self) -> Mapping[str, Value]:
        """The facts by which it was decided: those told, and what was assumed of others."""
        return {**self.assumed, **self.facts} if self.assumed else self.facts
