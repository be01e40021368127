"""Terms and tests of a version, of many rows at once.

Usual ones are computed as arrays. Any other is computed by the engine's own functions, once for
each distinct combination of the values that it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from reglament.columnar.vectors.vector_values import (
    MISSING,
    NULL,
    TOLD,
    UNDEFINED,
    Array,
    Coding,
    ConstantVectors,
    Vector,
    chosen,
    coded,
    grouped,
    part_of,
    some_of,
)
from reglament.columnar.vectors.working_spans import HOUR, WorkingSpans, spans_of
from reglament.columnar.vectors.zone_clock import clock_of
from reglament.functions.evaluate import function_of, reader
from reglament.functions.table import EVERY
from reglament.memo import Memo, MemoByIdentity
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Comparison, Test, Within
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Kind
from reglament.model.visitor import decisions_of, facts_of
from reglament.reference import REFUSALS

_REFUSED = object()
MOST_WORDS = 1_000  # of which each is asked for by itself
MOST_DAYS = 120_000  # of a table: the years from 1900 to 2200


class ComputedDays:
    """What a formula of one date comes to, day by day, for as many days as were met."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        self._first = 0
        self._values: list[Any] = []
        self._table: tuple[Array, Array, Coding] | None = None

    def of(
        self,
        days: Array,
        of_day: Callable[[int], Any],
        coded: Callable[[list[Any]], tuple[Array, Array, Coding]],
    ) -> tuple[Array, Array, Coding] | None:
        """The state and the number of each day's value; None for days too far apart."""
        least, most = int(days.min()), int(days.max())
        past = self._first + len(self._values)
        if self._table is None or least < self._first or most >= past:
            first, last = (least, most) if self._table is None else (self._first, past - 1)
            first, last = min(first, least), max(last, most)
            if last - first > MOST_DAYS:
                return None
            known = range(self._first, past)
            self._values = [
                self._values[day - self._first] if day in known else of_day(day)
                for day in range(first, last + 1)
            ]
            self._first, self._table = first, coded(self._values)
        states, numbers, coding = self._table
        at = days - self._first
        return states.take(at), numbers.take(at), coding


class _Taken(dict[str, Vector]):
    """Of vectors some rows, taken when one is read."""

    def __init__(self, known: Mapping[str, Vector], rows: Array) -> None:
        self.known, self.rows = known, rows

    def __missing__(self, name: str) -> Vector:
        vector = self[name] = self.known[name].take(self.rows)
        return vector


class VectorTerms:
    """What terms and tests come to, from vectors of facts and decisions by name.

    Each is computed once; `known` may grow in between, by decisions that were not read before.
    """

    def __init__(
        self,
        known: Mapping[str, Vector],
        count: int,
        hours: Mapping[str, WorkingHours],
        zone: ZoneInfo,
        computed_days: Memo[Formula, ComputedDays],
    ) -> None:
        self.known, self.count, self.hours, self.zone = known, count, hours, zone
        self._computed_days = computed_days
        self.everywhere: Array = np.ones(count, bool)
        """Where tests are known that are known in every row: this array itself."""
        self._days: MemoByIdentity[Vector, Vector] = MemoByIdentity(lambda one: _as_day(one, zone))
        self._constants = ConstantVectors(count, zone)
        self._terms: dict[Term, Vector] = {}
        self._tests: dict[Test, tuple[Array, Array]] = {}
        self.placed: dict[Any, Any] = {}
        """Where tests cut the lines of missing facts (`joint_orders`)."""

    def term(self, term: Term) -> Vector:
        """What the term comes to in each row."""
        if isinstance(term, FactRef | DecisionRef):
            return self.known[term.name]
        vector = self._terms.get(term)
        if vector is None:
            if isinstance(term, Constant):
                vector = self._constants.vector(term.value)
            elif isinstance(term, Conditional):
                vector = self._conditional(term)
            else:
                vector = self._formula(term)
            self._terms[term] = vector
        return vector

    def at(self, rows: Array) -> VectorTerms:
        """The same of some of the rows alone."""
        known = _Taken(self.known, rows)
        return VectorTerms(known, len(rows), self.hours, self.zone, self._computed_days)

    def test(self, test: Test) -> tuple[Array, Array]:
        """Whether the test holds in each row, and where that is known."""
        found = self._tests.get(test)
        if found is None:
            found = self._tests[test] = self._tested(test)
        return found

    def _conditional(self, term: Conditional) -> Vector:
        """One of two terms by a condition, computed by the engine's own reader."""
        names = sorted(facts_of(term) | decisions_of(term))
        read, vectors = reader(term, self.hours), [self.known[name] for name in names]
        of, values = self._of_distinct(
            vectors, lambda *said: read(dict(zip(names, said, strict=True)))
        )
        states, numbers, coding = self._coded(values)
        missing = some_of(vector.lacks for vector in vectors)
        if not len(values):
            return Vector(np.zeros(self.count, np.uint8), np.zeros(self.count, np.int64), coding)
        state = states[of]
        if missing is not None:
            state = np.where(missing, np.uint8(MISSING), state)
        return Vector(state, numbers[of], coding)

    # Formulas

    def _formula(self, formula: Formula) -> Vector:
        arguments = [self.term(argument) for argument in formula.arguments]
        quick = _QUICK.get(formula.function)
        vector = None if quick is None else quick(self, formula, *arguments)
        return vector or self._computed(formula, arguments)

    def _computed(self, formula: Formula, arguments: Sequence[Vector]) -> Vector:
        function = function_of(formula, self.hours)
        takes_nulls = EVERY[formula.function].takes_nulls

        def value(*values: Any) -> Any:
            return None if None in values and not takes_nulls else function(*values)

        state = strictest(arguments)
        if takes_nulls:
            state = np.where(state == NULL, np.uint8(TOLD), state)
        elif (by_day := self._of_days(formula, arguments, value)) is not None:
            states, numbers, coding = by_day
            return Vector(_where_told(state, states), numbers, coding)
        of, values = self._of_distinct(arguments, value)
        states, numbers, coding = self._coded(values)
        if not len(values):
            return Vector(state, np.zeros(self.count, np.int64), Coding(words=()))
        return Vector(_where_told(state, states[of]), numbers[of], coding)

    def _of_days(
        self, formula: Formula, arguments: Sequence[Vector], value: Callable[..., Any]
    ) -> tuple[Array, Array, Coding] | None:
        """What comes of one date and constants, from a table of days; None for anything else."""
        varied = [argument for argument in formula.arguments if not isinstance(argument, Constant)]
        at = formula.arguments.index(varied[0]) if len(varied) == 1 else 0
        days = arguments[at].data
        if len(varied) != 1 or arguments[at].coding.kind is not Kind.DATE:
            return None
        if not arguments[at].is_told_everywhere:
            told = arguments[at].state == TOLD
            if not told.any():
                return None
            days = chosen(told, days, np.full_like(days, days[told.argmax()]))
        constants = [getattr(argument, "value", None) for argument in formula.arguments]

        def of_day(day: int) -> Any:
            given = [*constants]
            given[at] = arguments[at].coding.value(day)
            return _tried(value, given)

        return self._computed_days[formula].of(days, of_day, self._coded)

    def _coded(self, values: list[Any]) -> tuple[Array, Array, Coding]:
        """The states, numbers and coding of values, of which some were refused."""
        refused = np.array([one is _REFUSED for one in values], bool)
        plain = [None if one is _REFUSED else one for one in values]
        states, numbers, coding = coded(plain, self.zone)
        return np.where(refused, np.uint8(UNDEFINED), states), numbers, coding

    def _of_distinct(
        self, arguments: Sequence[Vector], value: Callable[..., Any]
    ) -> tuple[Array, list[Any]]:
        """For each row a number, and by number what comes of its arguments."""
        groups = grouped(map(part_of, arguments), self.count)
        rows = groups.first.tolist()
        return groups.of, [_tried(value, [one.value(row) for one in arguments]) for row in rows]

    def _day_of(self, formula: Formula, moment: Vector) -> Vector | None:
        return self._as_day(moment) if moment.coding.kind is Kind.DATETIME else None

    def _working_hours_after(
        self, formula: Formula, moment: Vector, count: Vector, *others: Vector
    ) -> Vector | None:
        spans = self._spans(formula, moment, count, *others)
        if spans is None:
            return None
        state = strictest((moment, count))
        most = np.abs(count.data) < 1 << 20
        work = count.data * most * HOUR
        due, unknown = spans.due(moment.data, work, formula.tie == "closing")
        unknown = (unknown | ~most) & (state == TOLD)
        # Of what is told (2), that only the engine can say it (3).
        return Vector(state + unknown.view(np.uint8), due, moment.coding)

    def _spans(
        self, formula: Formula, moment: Vector, count: Vector, *others: Vector
    ) -> WorkingSpans | None:
        """The spans by which hours of work are counted; None where that takes a closer look."""
        hours = None if others or formula.by else self.hours[str(formula.hours)]
        kinds = (moment.coding.kind, count.coding.kind)
        if hours is None or kinds != (Kind.DATETIME, Kind.INTEGER):
            return None
        return spans_of(hours) if hours.answers_in == str(self.zone) else None

    def _days_between(self, formula: Formula, start: Vector, end: Vector) -> Vector | None:
        if start.coding.kind is not Kind.DATE or end.coding.kind is not Kind.DATE:
            return None
        days = end.data - start.data
        return Vector(strictest((start, end)), days, Coding(Kind.INTEGER))

    # Tests

    def _tested(self, test: Test) -> tuple[Array, Array]:
        terms = [self.term(term) for term in test.terms]
        missing = some_of(vector.lacks for vector in terms)
        known = self.everywhere if missing is None else ~missing
        holds = None
        if isinstance(test, Within):
            found = self._within(test, terms[0])
            if found is not None:
                holds, is_covered = found
                is_sure = is_covered | (terms[0].state == NULL)
                known = known if is_sure.all() else known & is_sure
        if holds is None and (test.accepted is not None or len(terms) == 1):
            holds = self._of_one(test, terms[0])
        if holds is None and isinstance(test, Comparison):
            holds = self._compared(test, *terms)
        if holds is None:
            of, values = self._of_distinct(terms, test.meaning(self.hours))
            refused = np.array([one is _REFUSED for one in values], bool)
            holds = np.array([one is True for one in values], bool)[of]
            known = known & ~refused[of] if refused.any() else known
        return holds, known

    def _within(self, test: Within, moment: Vector) -> tuple[Array, Array] | None:
        spans = spans_of(self.hours[test.hours])
        if spans is None or moment.coding.kind is not Kind.DATETIME:
            return None
        told = moment.state == TOLD
        return spans.is_open(moment.data) & told, spans.covers(moment.data)

    def _of_one(self, test: Test, subject: Vector) -> Array | None:
        """Whether it holds of a term by itself; None where it takes a closer look."""
        words, said = subject.coding.words, says(test, self.hours)
        if words is not None:
            if len(words) > MOST_WORDS:
                return None
            holds = np.array([said(word) for word in words] or [False])[subject.data]
        else:
            values = [value for value in test.accepted or () if value is not None]
            numbers = [subject.coding.number(value) for value in values]
            if test.accepted is None or None in numbers or subject.coding.kind is None:
                return None
            holds = np.zeros(self.count, bool)
            for number in numbers:
                holds |= subject.data == number
        if subject.is_told_everywhere:
            return holds
        holds &= subject.state == TOLD
        return holds | (subject.state == NULL) if said(None) else holds

    def _compared(self, test: Comparison, subject: Vector, operand: Vector) -> Array | None:
        """Whether values of one coding compare so; None where they have no one coding."""
        if test.by_day:
            subject, operand = self._as_day(subject), self._as_day(operand)
        if subject.coding != operand.coding:
            return None
        holds = np.asarray(test.operator.meaning(subject.data, operand.data))
        for vector in (subject, operand):
            if not vector.is_told_everywhere:
                holds &= vector.state == TOLD
        return holds

    def _as_day(self, value: Vector) -> Vector:
        return self._days[value] if value.coding.kind is Kind.DATETIME else value


def _as_day(moment: Vector, zone: ZoneInfo) -> Vector:
    return Vector(moment.state, clock_of(zone).days(_told(moment)), Coding(Kind.DATE, zone))


def says(test: Test, hours: Mapping[str, WorkingHours]) -> Callable[[Any], bool]:
    """What the test says of a value told, or null, of a term that is compared with constants."""
    if test.accepted is None:
        meaning = test.meaning(hours)
        return lambda value: meaning(value) is True
    values = test.accepted
    takes_null = None in values and not isinstance(test, Comparison)
    return lambda value: takes_null if value is None else value in values


def _tried(value: Callable[..., Any], given: Iterable[Any]) -> Any:
    """What comes of the values, or `_REFUSED`."""
    try:
        return value(*given)
    except (*REFUSALS, ValueError, ArithmeticError):
        return _REFUSED


def _told(moment: Vector) -> Array:
    """The moments, and the first of 1970 where there is none."""
    return moment.data if moment.is_told_everywhere else moment.data * (moment.state == TOLD)


def _where_told(state: Array, states: Array) -> Array:
    """The states of what comes of values that are told; elsewhere what is known of these."""
    return chosen(state == TOLD, states, state)


def strictest(vectors: Sequence[Vector]) -> Array:
    """What is known of what is made of these: nothing where one is missing, null where one is."""
    found = vectors[0].state
    for one in vectors[1:]:
        found = np.minimum(found, one.state)
    undefined = some_of(vector.undefined for vector in vectors)
    return found if undefined is None else np.where(undefined, np.uint8(UNDEFINED), found)


_QUICK: dict[str, Callable[..., Vector | None]] = {
    "day_of": VectorTerms._day_of,
    "working_hours_after": VectorTerms._working_hours_after,
    "days_between": VectorTerms._days_between,
}
