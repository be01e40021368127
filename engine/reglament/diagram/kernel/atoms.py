"""From one test of terms over facts to its diagram, of one variable or a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, cast

from reglament.diagram.kernel.forest import (
    EnumVar,
    Forest,
    IntervalVar,
    Node,
    NullVar,
    PredicateVar,
    TooLarge,
    Variable,
)
from reglament.diagram.kernel.successor import first_above, first_at_least, start_of_day
from reglament.diagram.kernel.term_types import grid_of
from reglament.diagram.kernel.text_samples import text_with
from reglament.functions.evaluate import may_refuse
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import Comparison, Includes, IncludesValueOf, OneOf, Test
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.text_tests import TextTest
from reglament.model.values import Kind, Type, Value

if TYPE_CHECKING:
    from reglament.diagram.kernel.variables import Input


MOST_TOGETHER = 6  # tests of one text that are told apart from each other; more are not


class Atoms:
    """Makes the diagrams of single tests; keeps the order of the variables.

    Facts take two places each in the order (null, then value), as `order` says;
    predicates come after all facts, in the order in which they are met.
    """

    def __init__(
        self, forest: Forest, given: Mapping[str, Input], order: Mapping[str, int], version: Version
    ) -> None:
        self.forest = forest
        self.inputs = given
        self.order = order
        self.version = version
        self._types = {name: one.type for name, one in given.items()}
        self._choices: dict[str, EnumVar] = {}
        self._texts: dict[str, list[TextTest]] = {}  # by fact, in the order in which they are met
        self._text_with: dict[Any, bool] = {}

    def level(self, variable: Variable) -> int:
        """The place of the variable in the order."""
        if isinstance(variable, PredicateVar):
            # Predicates come after every fact, whichever is met first.
            return self.forest.level(variable, least=2 * len(self.order))
        place = 2 * self.order[variable.fact]
        return self.forest.level(variable, place if isinstance(variable, NullVar) else place + 1)

    def null_test(self, fact: str) -> Node:
        """Where null is told of the ordered or open fact."""
        given = self.inputs[fact]
        if given.type.kind in (Kind.CHOICE, Kind.TEXT, Kind.BOOLEAN):
            return self.among(fact, (None,))
        self.level(NullVar(fact))
        return self.forest.test(NullVar(fact))

    def null_of(self, term: Term) -> Node:
        """Where the term, which no null goes into, is null all the same."""
        return self._predicate(OneOf(term, (None,)))

    def included(self, terminal: Any, value: Value) -> Node:
        """Where the list that the terminal stands for, which is not null, includes the value."""
        match terminal:
            case Constant(items):
                return self._constant(value in cast(tuple[Value, ...], items or ()))
            case Formula("items" | "every_item", terms):
                said = Constant(value)
                found = (self.compare(term, Operator.IS, said, False) for term in terms)
                return reduce(self.forest.or_, found, self.forest.false)
            case FactRef() | Formula():
                return self._predicate(Includes(terminal, value))
        return self.forest.false

    def _includes_value_of(self, items: Term, item: Term) -> Node:
        """Where the list includes what the other terminal stands for."""
        if Constant(None) in (items, item):
            return self.forest.false
        match items, item:
            case _, Constant(value):
                return self.included(items, value)
            case Constant(values), _:
                return self.one_of(item, cast(tuple[Value, ...], values))
            case Formula("items", terms), _:
                found = (self.compare(term, Operator.IS, item, False) for term in terms)
                return reduce(self.forest.or_, found, self.forest.false)
        return self._predicate(IncludesValueOf(items, item))

    def one_of(self, terminal: Any, values: tuple[Value, ...]) -> Node:
        """Where what the terminal stands for is one of the values."""
        if isinstance(terminal, Constant):
            return self._constant(terminal.value in values)
        if isinstance(terminal, FactRef) and self._is_word(terminal):
            return self.among(terminal.name, values)
        result = self.forest.false
        for value in values:
            if value is not None:
                one = self.compare(terminal, Operator.IS, Constant(value), False)
                result = self.forest.or_(result, one)
        return result

    def predicate(self, test: Test) -> Node:
        """Where the test of terms over facts holds, which is asked as it is; never of null."""
        if not all(map(_is_term, test.terms)):
            return self.forest.false
        if isinstance(test, IncludesValueOf):
            return self._includes_value_of(*test.terms)
        if isinstance(test, TextTest) and isinstance(test.subject, FactRef):
            return self._of_text(replace(test, place=None))
        constants = [term.value for term in test.terms if isinstance(term, Constant)]
        if len(constants) < len(test.terms):
            return self._predicate(replace(test, place=None))
        try:
            return self._constant(test.meaning(self.version.hours)(*constants))
        except OutsideCalendar:
            return self.forest.false

    def _of_text(self, test: TextTest) -> Node:
        """Where a told text, no word of the policy, is so; tests that hang together, together.

        Each test is asked where those of the same text that were met before it leave it open, so
        every path of a diagram is that of some text.
        """
        assert isinstance(test.subject, FactRef)
        if not isinstance(test.operand, Constant) or test.operand.value is None:
            return self._predicate(test)
        family = self._texts.setdefault(test.subject.name, [])
        if test not in family:
            family.append(test)
        said = str(test.operand.value)
        words = tuple(word for word in self._words if test.is_so(word, said))
        others = tuple(word for word in self._words if word not in words)
        asked = self._asked_after(family[: family.index(test)][-MOST_TOGETHER:], test, ())
        asked = self.forest.and_(asked, self.forest.not_(self.among(test.subject.name, others)))
        return self.forest.or_(asked, self.among(test.subject.name, words))

    def _asked_after(
        self, before: Sequence[TextTest], test: TextTest, known: tuple[tuple[TextTest, bool], ...]
    ) -> Node:
        asked = before[0] if before else test
        ways = [way for way in (True, False) if self._may_be((*known, (asked, way)))]
        ends = [
            self._asked_after(before[1:], test, (*known, (asked, way)))
            if before
            else self._constant(way)
            for way in ways
        ]
        return self.forest.ite(self._predicate(asked), *ends) if len(ends) == 2 else ends[0]

    def _may_be(self, wanted: tuple[tuple[TextTest, bool], ...]) -> bool:
        """Whether some text is so; true where that is not known."""
        if wanted not in self._text_with:
            try:
                self._text_with[wanted] = text_with(wanted, self._words) is not None
            except TooLarge:
                self._text_with[wanted] = True
        return self._text_with[wanted]

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return self.version.words_said

    def compare(self, given: Any, operator: Operator, said: Any, by_day: bool) -> Node:
        """Where `given operator said`, for terms over facts that are not null themselves."""
        if not (_is_term(given) and _is_term(said)) or Constant(None) in (given, said):
            return self.forest.false
        if isinstance(given, Constant) and isinstance(said, Constant):
            given, said = (self._by_day(given), self._by_day(said)) if by_day else (given, said)
            return self._constant(operator.meaning(given.value, said.value))
        if isinstance(given, Constant):
            given, operator, said = said, operator.turned, given
        if operator is Operator.IS and self._is_text(given, said):
            return self._predicate(Comparison(given, Operator.IS, said))
        if isinstance(given, FactRef) and self._is_word(given):
            return self._compare_words(given, said)
        if isinstance(given, FactRef) and isinstance(said, Constant):
            return self._cut(given.name, operator, said.value, by_day)
        if by_day:
            given, said = self._by_day(given), self._by_day(said)
        if isinstance(said, Constant) and (grid := grid_of(given, self._types)) is not None:
            return self._formula_cut(given, grid, operator, said.value)
        return self._ordered(given, operator, said)

    def _is_text(self, *terms: Term) -> bool:
        """Whether a text that is made of others is among the terms, none of which has an order."""
        is_made = any(isinstance(term, Formula) for term in terms)
        return is_made and all(grid_of(term, self._types) is None for term in terms)

    def _compare_words(self, given: FactRef, said: Term) -> Node:
        if isinstance(said, Constant):
            return self.among(given.name, (said.value,))
        assert isinstance(said, FactRef)
        first, last = sorted((given, said), key=lambda ref: ref.name)
        return self._predicate(Comparison(first, Operator.IS, last))

    def _cut(self, fact: str, operator: Operator, value: Any, by_day: bool) -> Node:
        """A comparison of an ordered fact with a constant."""
        type_ = self.inputs[fact].type
        if by_day and type_.kind is Kind.DATETIME:
            from_, above = self._day_cuts(value)
        elif by_day:
            from_, above = value.date(), first_above(type_, value.date())
        else:
            from_, above = first_at_least(type_, value), first_above(type_, value)
        return self._by(operator, self._from(fact, from_), self._from(fact, above))

    def _formula_cut(self, given: Term, grid: Type, operator: Operator, value: Any) -> Node:
        """A comparison of what is computed with a constant, by values that can come out."""
        from_, above = first_at_least(grid, value), first_above(grid, value)
        at_least, more_than = (self._formula_from(given, grid, cut) for cut in (from_, above))
        return self._by(operator, at_least, more_than)

    def _formula_from(self, given: Term, grid: Type, cut: Any | None) -> Node:
        """Where what is computed is the cut at least; known where no value lies on one side."""
        is_bounded = not may_refuse(given)
        if cut is None or (is_bounded and grid.at_most is not None and cut > grid.at_most):
            return self.forest.false
        if is_bounded and grid.at_least is not None and cut <= grid.at_least:
            return self.forest.true
        return self._predicate(Comparison(Constant(cut), Operator.AT_MOST, given))

    def _by(self, operator: Operator, at_least: Node, more_than: Node) -> Node:
        """A comparison, by where the value is as large at least, and where it is larger."""
        negate = self.forest.not_
        return {
            Operator.AT_LEAST: lambda: at_least,
            Operator.MORE_THAN: lambda: more_than,
            Operator.AT_MOST: lambda: negate(more_than),
            Operator.LESS_THAN: lambda: negate(at_least),
            Operator.IS: lambda: self.forest.and_(at_least, negate(more_than)),
        }[operator]()

    def _day_cuts(self, day: date) -> tuple[Any, Any]:
        following = first_above(Type(Kind.DATE), day)
        zone = self.version.zone
        return start_of_day(day, zone), None if following is None else start_of_day(following, zone)

    def _from(self, fact: str, cut: Any | None) -> Node:
        type_ = self.inputs[fact].type
        if cut is None or (type_.at_most is not None and cut > type_.at_most):
            return self.forest.false
        if type_.at_least is not None and cut <= type_.at_least:
            return self.forest.true
        variable = IntervalVar(fact)
        return self.forest.at_or_above(variable, cut, self.level(variable))

    def _ordered(self, given: Term, operator: Operator, said: Term) -> Node:
        """A comparison of two terms, in tests of `at most` alone."""
        not_above = self._predicate(Comparison(given, Operator.AT_MOST, said))
        not_below = self._predicate(Comparison(said, Operator.AT_MOST, given))
        return self._by(operator, not_below, self.forest.not_(not_above))

    def among(self, fact: str, values: tuple[Value, ...]) -> Node:
        """Where the word told is one of the values."""
        given = self.inputs[fact]
        possible = [v for v in values if v is not None or given.is_nullable]
        if given.domain is not None:
            possible = [value for value in possible if value in given.domain]
        if not possible:
            return self.forest.false
        variable = self.choice(fact)
        return self.forest.among(variable, possible, self.level(variable))

    def choice(self, fact: str) -> EnumVar:
        """The variable that tests the word told."""
        if fact not in self._choices:
            self._choices[fact] = EnumVar(fact, self.inputs[fact].domain)
        return self._choices[fact]

    def _predicate(self, atom: Any) -> Node:
        variable = PredicateVar(atom)
        return self.forest.test(variable, self.level(variable))

    def _constant(self, holds: bool) -> Node:
        return self.forest.true if holds else self.forest.false

    def _is_word(self, ref: FactRef) -> bool:
        return not self.inputs[ref.name].type.is_ordered

    def _by_day(self, term: Term) -> Term:
        if isinstance(term, Constant):
            value = term.value
            return Constant(value.date()) if isinstance(value, datetime) else term
        return Formula("day_of", (term,)) if self._is_moment(term) else term

    def _is_moment(self, term: Term) -> bool:
        grid = grid_of(term, self._types)
        return grid is not None and grid.kind is Kind.DATETIME


def _is_term(terminal: Any) -> bool:
    return isinstance(terminal, Constant | FactRef | Formula)
