"""From one test of terms over facts to its diagram: a choice, a cut of a span, or a truth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import reduce
from typing import TYPE_CHECKING, Any, cast

from reglament.diagram.kernel.forest import Choice, Forest, Node, Null, Span, Truth, Variable
from reglament.diagram.kernel.successor import first_above, first_at_least, start_of_day
from reglament.diagram.kernel.term_types import grid_of
from reglament.model.conditions import MEANING, Comparison, Includes, Operator, Within
from reglament.model.policy import Version
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Kind, Type, Value
from reglament.worktime import OutsideCalendar

if TYPE_CHECKING:
    from reglament.diagram.kernel.variables import Told

FLIPPED = {
    Operator.IS: Operator.IS,
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.MORE_THAN: Operator.LESS_THAN,
    Operator.LESS_THAN: Operator.MORE_THAN,
}


class Atoms:
    """Makes the diagrams of single tests; keeps the order of the variables.

    Facts take two places each in the order (null, then value), as `order` says;
    truths come after all facts, in the order in which they are met.
    """

    def __init__(
        self, forest: Forest, told: Mapping[str, Told], order: Mapping[str, int], version: Version
    ) -> None:
        self.forest = forest
        self.told = told
        self.order = order
        self.version = version
        self._types = {name: one.type for name, one in told.items()}
        self._choices: dict[str, Choice] = {}

    def rank(self, variable: Variable) -> int:
        """The place of the variable in the order."""
        if isinstance(variable, Truth):
            # Truths come after every fact, whichever is met first.
            return self.forest.rank(variable, least=2 * len(self.order))
        place = 2 * self.order[variable.fact]
        return self.forest.rank(variable, place if isinstance(variable, Null) else place + 1)

    def null_test(self, fact: str) -> Node:
        """Where null is told of the ordered or open fact."""
        told = self.told[fact]
        if told.type.kind in (Kind.CHOICE, Kind.TEXT, Kind.BOOLEAN):
            return self.among(fact, (None,))
        self.rank(Null(fact))
        return self.forest.test(Null(fact))

    def included(self, leaf: Any, value: Value) -> Node:
        """Where the list that the leaf stands for, which is not null, includes the value."""
        match leaf:
            case Constant(items):
                return self._known(value in cast(tuple[Value, ...], items or ()))
            case FactRef():
                return self._truth(Includes(leaf, value))
            case Formula("items", terms):
                said = Constant(value)
                found = (self.compare(term, Operator.IS, said, False) for term in terms)
                return reduce(self.forest.either, found, self.forest.false)
        return self.forest.false

    def one_of(self, leaf: Any, values: tuple[Value, ...]) -> Node:
        """Where what the leaf stands for is one of the values."""
        if isinstance(leaf, Constant):
            return self._known(leaf.value in values)
        if isinstance(leaf, FactRef) and self._is_word(leaf):
            return self.among(leaf.name, values)
        result = self.forest.false
        for value in values:
            if value is not None:
                one = self.compare(leaf, Operator.IS, Constant(value), False)
                result = self.forest.either(result, one)
        return result

    def within(self, leaf: Any, hours: str) -> Node:
        """Where the moment lies within the hours; never where there is none."""
        if isinstance(leaf, Constant):
            if not isinstance(leaf.value, datetime):
                return self.forest.false
            try:
                return self._known(self.version.hours[hours].is_open(leaf.value))
            except OutsideCalendar:
                return self.forest.false
        return self._truth(Within(leaf, hours)) if _is_term(leaf) else self.forest.false

    def compare(self, told: Any, operator: Operator, said: Any, by_day: bool) -> Node:
        """Where `told operator said`, for terms over facts that are not null themselves."""
        if not (_is_term(told) and _is_term(said)) or Constant(None) in (told, said):
            return self.forest.false
        if isinstance(told, Constant) and isinstance(said, Constant):
            told, said = (self._by_day(told), self._by_day(said)) if by_day else (told, said)
            return self._known(MEANING[operator](told.value, said.value))
        if isinstance(told, Constant):
            told, operator, said = said, FLIPPED[operator], told
        if isinstance(told, FactRef) and self._is_word(told):
            return self._compare_words(told, said)
        if isinstance(told, FactRef) and isinstance(said, Constant):
            return self._cut(told.name, operator, said.value, by_day)
        if by_day:
            told, said = self._by_day(told), self._by_day(said)
        if isinstance(said, Constant) and (grid := grid_of(told, self._types)) is not None:
            return self._reckoned_cut(told, grid, operator, said.value)
        return self._ordered(told, operator, said)

    def _compare_words(self, told: FactRef, said: Term) -> Node:
        if isinstance(said, Constant):
            return self.among(told.name, (said.value,))
        assert isinstance(said, FactRef)
        first, last = sorted((told, said), key=lambda ref: ref.name)
        return self._truth(Comparison(first, Operator.IS, last))

    def _cut(self, fact: str, operator: Operator, value: Any, by_day: bool) -> Node:
        """A comparison of an ordered fact with a constant."""
        type_ = self.told[fact].type
        if by_day and type_.kind is Kind.DATETIME:
            from_, above = self._day_cuts(value)
        elif by_day:
            from_, above = value.date(), first_above(type_, value.date())
        else:
            from_, above = first_at_least(type_, value), first_above(type_, value)
        return self._by(operator, self._from(fact, from_), self._from(fact, above))

    def _reckoned_cut(self, told: Term, grid: Type, operator: Operator, value: Any) -> Node:
        """A comparison of what is reckoned with a constant, by values that can come out."""
        from_, above = first_at_least(grid, value), first_above(grid, value)
        at_least = self._truth(Comparison(Constant(from_), Operator.AT_MOST, told))
        more_than = self.forest.false
        if above is not None:
            more_than = self._truth(Comparison(Constant(above), Operator.AT_MOST, told))
        return self._by(operator, at_least, more_than)

    def _by(self, operator: Operator, at_least: Node, more_than: Node) -> Node:
        """A comparison, by where the value is as large at least, and where it is larger."""
        negate = self.forest.negate
        return {
            Operator.AT_LEAST: lambda: at_least,
            Operator.MORE_THAN: lambda: more_than,
            Operator.AT_MOST: lambda: negate(more_than),
            Operator.LESS_THAN: lambda: negate(at_least),
            Operator.IS: lambda: self.forest.both(at_least, negate(more_than)),
        }[operator]()

    def _day_cuts(self, day: date) -> tuple[Any, Any]:
        following = first_above(Type(Kind.DATE), day)
        zone = self.version.zone
        return start_of_day(day, zone), None if following is None else start_of_day(following, zone)

    def _from(self, fact: str, cut: Any | None) -> Node:
        type_ = self.told[fact].type
        if cut is None or (type_.at_most is not None and cut > type_.at_most):
            return self.forest.false
        if type_.at_least is not None and cut <= type_.at_least:
            return self.forest.true
        variable = Span(fact)
        return self.forest.at_or_above(variable, cut, self.rank(variable))

    def _ordered(self, told: Term, operator: Operator, said: Term) -> Node:
        """A comparison of two terms, in tests of `at most` alone."""
        not_above = self._truth(Comparison(told, Operator.AT_MOST, said))
        not_below = self._truth(Comparison(said, Operator.AT_MOST, told))
        return self._by(operator, not_below, self.forest.negate(not_above))

    def among(self, fact: str, values: tuple[Value, ...]) -> Node:
        """Where the word told is one of the values."""
        told = self.told[fact]
        possible = [v for v in values if v is not None or told.is_nullable]
        if told.domain is not None:
            possible = [value for value in possible if value in told.domain]
        if not possible:
            return self.forest.false
        variable = self.choice(fact)
        return self.forest.among(variable, possible, self.rank(variable))

    def choice(self, fact: str) -> Choice:
        """The variable that tests the word told."""
        if fact not in self._choices:
            self._choices[fact] = Choice(fact, self.told[fact].domain)
        return self._choices[fact]

    def _truth(self, atom: Any) -> Node:
        variable = Truth(atom)
        return self.forest.test(variable, self.rank(variable))

    def _known(self, holds: bool) -> Node:
        return self.forest.true if holds else self.forest.false

    def _is_word(self, ref: FactRef) -> bool:
        return not self.told[ref.name].type.is_ordered

    def _by_day(self, term: Term) -> Term:
        if isinstance(term, Constant):
            value = term.value
            return Constant(value.date()) if isinstance(value, datetime) else term
        return Formula("day_of", (term,)) if self._is_moment(term) else term

    def _is_moment(self, term: Term) -> bool:
        if isinstance(term, FactRef):
            return self.told[term.name].type.kind is Kind.DATETIME
        if isinstance(term, Constant):
            return isinstance(term.value, datetime)
        if isinstance(term, Formula) and term.function in (
            "minimum",
            "maximum",
            "sum",
            "difference",
        ):
            return self._is_moment(term.arguments[0])
        return isinstance(term, Formula) and term.function == "working_hours_after"


def _is_term(leaf: Any) -> bool:
    return isinstance(leaf, Constant | FactRef | Formula)
