"""From what stands at a terminal to what it comes to for one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from reglament.diagram.kernel.terminals import Broken, Conflict, Gap, NoOutcome, TerminalValue
from reglament.frozen import frozen
from reglament.functions.evaluate import Reader, reader
from reglament.memo import Memo
from reglament.model.calendar import OutsideCalendar, WorkingHours
from reglament.model.terms import Constant, Formula, Term
from reglament.model.values import Value, apart
from reglament.model.visitor import facts_of

NONE = frozenset[str]()


@dataclass(slots=True, unsafe_hash=True)  # not frozen, as that makes it in twice the time
class KnownOutcome:
    """An outcome whose value is known. Never changed."""

    value: Value


@frozen
class UnknownOutcome:
    """An outcome that depends on the values of facts which are `missing`.

    None are where the value cannot be computed although every fact is told. `values` are those
    that it may come to, where they are few. Unless it `is_exact`, there may be but one.
    """

    term: Term
    missing: frozenset[str]
    values: tuple[Value, ...] | None = None
    is_exact: bool = True


# Of a condition whether it holds; of the rules behind an outcome a set of them.
TerminalOutcome: TypeAlias = KnownOutcome | UnknownOutcome | NoOutcome | bool | frozenset[str]


def identity(outcome: TerminalOutcome) -> Any:
    """What tells outcomes apart."""
    if isinstance(outcome, KnownOutcome):
        return (KnownOutcome, *apart(outcome.value))
    if isinstance(outcome, UnknownOutcome):  # equal terms are one leaf, and so one object
        return (UnknownOutcome, id(outcome.term), outcome.missing)
    return (type(outcome), outcome)


class Terminals:
    """What the terminals of a graph come to: its `values`, one by one, and each once.

    `alike` has for each value the place of the first that is the same. Those that requests share
    have the `tree` of the tests that still matter, once it is asked for, and in `answers` what
    readers make of them.
    """

    __slots__ = ("alike", "answers", "distinct", "tree", "values")

    def __init__(self, values: list[TerminalOutcome], *, is_shared: bool = False) -> None:
        self.answers: dict[str, Any] | None = {} if is_shared else None
        self.tree: Any = None
        self.values = self.distinct = values
        self.alike = [0]
        if len(values) > 1:
            first: dict[Any, int] = {}
            self.alike = [first.setdefault(identity(v), at) for at, v in enumerate(values)]
            if len(first) < len(values):
                self.distinct = [values[at] for at in first.values()]


class DeferredTerm:
    """A term at a leaf: what it comes to hangs on the request, by the facts that it reads."""

    __slots__ = ("facts", "read", "term", "unlisted")

    def __init__(self, term: Term, facts: frozenset[str], read: Reader) -> None:
        self.term = term
        self.facts = facts
        self.read = read
        self.unlisted: Memo[frozenset[str], UnknownOutcome] = Memo(partial(UnknownOutcome, term))

    def evaluate(self, given: Mapping[str, Value]) -> TerminalOutcome:
        """What it comes to; the term itself where that is not known."""
        for fact in self.facts:
            if fact not in given:
                return self.unlisted[lacking(self.facts, given)]
        try:
            return KnownOutcome(self.read(given))
        except (OutsideCalendar, OverflowError):
            return self.unlisted[NONE]


@frozen(eq=False)
class ConflictingTerms:
    """Terms that rules disagree about, or refused decisions, which may yet be the same value."""

    conflict: Conflict | Broken
    terms: tuple[DeferredTerm, ...]
    unlisted: Memo[frozenset[str], UnknownOutcome]

    def evaluate(self, given: Mapping[str, Value]) -> TerminalOutcome:
        """What they come to together; the conflict where that is not one value.

        While facts are missing, terms may come to one value that are not written alike.
        """
        found = {term.evaluate(given) for term in self.terms}
        if len(found) == 1:
            return found.pop()
        known = sum(isinstance(one, KnownOutcome) for one in found)
        missing = [one.missing for one in found if isinstance(one, UnknownOutcome)]
        if known > 1 or not all(missing):
            return self.conflict
        return self.unlisted[frozenset[str]().union(*missing)]


# What stands at a leaf: what is the same for every request, or has to be computed for each.
TerminalSource = TerminalOutcome | DeferredTerm | ConflictingTerms


def source_of(
    payload: TerminalValue | bool | frozenset[str], hours: Mapping[str, WorkingHours]
) -> TerminalSource:
    """What a leaf with this payload comes to, as far as all requests have it in common."""
    match payload:
        case Constant(value):
            return KnownOutcome(value)
        case Conflict(is_overlap=True):
            return payload
        case Conflict(outcomes) | Broken(outcomes=outcomes) if outcomes:
            terms = sorted(outcomes, key=repr)  # which of them stands for all is always the same
            # What is made of facts may never come to the same; ranges tell, where there are any.
            is_exact = not any(isinstance(term, Formula) for term in terms)
            unlisted = Memo(partial(UnknownOutcome, terms[0], is_exact=is_exact))
            return ConflictingTerms(
                payload, tuple(_deferred(term, hours) for term in terms), unlisted
            )
        case bool() | frozenset() | Gap() | Conflict() | Broken():
            return payload
    return _deferred(payload, hours)


def _deferred(term: Term, hours: Mapping[str, WorkingHours]) -> DeferredTerm:
    return DeferredTerm(term, facts_of(term), reader(term, hours))


def facts_in_source(source: TerminalSource) -> frozenset[str]:
    """The facts that what stands at a leaf reads."""
    if isinstance(source, DeferredTerm):
        return source.facts
    if isinstance(source, ConflictingTerms):
        return frozenset[str]().union(*(term.facts for term in source.terms))
    return NONE


def lacking(facts: frozenset[str], given: Mapping[str, Value]) -> frozenset[str]:
    """Those of the facts that are not told."""
    return frozenset([fact for fact in facts if fact not in given])
