"""From answers to tests of plain lists to lists that give them, found by trying short ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import Any

from reglament.diagram.kernel.branches import answer_reader, facts_of_variable, gives
from reglament.diagram.kernel.forest import PredicateVar, TooLarge, Variable
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.diagram.kernel.text_samples import text_with
from reglament.diagram.kernel.variables import Input
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.diagram.solver.ordinals import domain, ordinal, value_at
from reglament.diagram.solver.round_values import DOWN, UP, rounder
from reglament.model.conditions import Condition, Test
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.text_tests import TextTest
from reglament.model.values import NUMBERS, Kind, Period, TimeOfDay, Type, Value
from reglament.model.visitor import facts_of, tests_of, tests_within, walk

MOST_LISTS = 400  # that are tried for one that answers the tests
MOST_LONG = 3  # items in a list that is tried
MOST_BESIDE = 24  # values of the facts beside it
_STEPS = (0, 1, 2, 5, 10, 100, 1000)
OTHER = "…"


class ListFinder:
    """Finds plain lists for requests; `usual` is some value of a fact."""

    def __init__(
        self,
        plain: PlainLists,
        inputs: Mapping[str, Input],
        solver: BoundsPropagation,
        usual: Callable[[str], Any],
    ) -> None:
        self.plain, self.inputs, self.solver, self.usual = plain, inputs, solver, usual

    def told(
        self, answers: Sequence[tuple[Variable, Any]], facts: Mapping[str, Value]
    ) -> Iterator[tuple[str, Value]]:
        """A list for each fact that is a plain list of which something is asked.

        With values of facts that are not told, where the tests read these, too.
        """
        computed = facts_computed(variable for variable, _ in answers)
        for name in sorted(filter(None, {self.plain.asked(variable) for variable, _ in answers})):
            told = {fact: value for fact, value in facts.items() if fact != name}
            known = None
            for beside in islice(self._beside(name, answers, told), MOST_BESIDE):
                known = self.plain.list_with(name, answers, {**told, **beside})
                if known is not None:
                    told |= beside
                    yield from beside.items()
                    break
            if known is not None or name in computed:
                found = list_with(name, self.inputs[name].type, answers, told, self.solver, known)
                if found is not None:
                    yield name, found

    def _beside(
        self, name: str, answers: Sequence[tuple[Variable, Any]], told: Mapping[str, Value]
    ) -> Iterator[dict[str, Value]]:
        read = (facts_of_variable(test) for test, _ in answers if self.plain.asked(test) == name)
        names = sorted(frozenset[str]().union(*read) - {name, *told})
        for values in product(*map(self._values, names)):
            yield dict(zip(names, values, strict=True))

    def _values(self, fact: str) -> Iterable[Value]:
        """A few values of the fact, an everyday one first."""
        type_, usual = self.inputs[fact].type, self.usual(fact)
        if not type_.is_ordered:
            others = (True, False) if type_.kind is Kind.BOOLEAN else type_.options
            return dict.fromkeys((usual, *others))
        first, last = domain(type_)
        near = (ordinal(type_, usual) + step for step in _STEPS)
        places = dict.fromkeys(place for place in (*near, last) if first <= place <= last)
        return [value_at(type_, place, self.solver.zone) for place in places]


def list_with(
    name: str,
    type_: Type,
    answers: Iterable[tuple[Variable, Any]],
    facts: Mapping[str, Value],
    solver: BoundsPropagation,
    known: tuple[Value, ...] | None = None,
) -> tuple[Value, ...] | None:
    """A list for the fact that answers the tests so which read it and told facts; None if none.

    One that is `known` is taken where none of everyday values is found.

    Tests that read other facts, too, are left aside: who asks decides the request as well.
    """
    wanted = [
        (found[1], answer)
        for variable, answer in answers
        if isinstance(variable, PredicateVar)
        and isinstance(variable.atom, Test)
        and name in (found := answer_reader(variable, solver.hours))[0]
        and found[0] <= {*facts, name}
    ]
    if not wanted:
        return None
    items = tuple(dict.fromkeys(items_said(type_.item, answers, facts)))
    lists = (some for length in range(MOST_LONG + 1) for some in product(items, repeat=length))

    def is_wanted(some: tuple[Value, ...]) -> bool:
        return gives({**facts, name: some}, wanted)

    short = next(filter(is_wanted, islice(lists, MOST_LISTS)), known)
    if not short or type_.item is None:
        return short
    for index, item in enumerate(short):
        near = rounder(type_.item, item, solver.zone, (UP, DOWN))
        others = ((*short[:index], value, *short[index + 1 :]) for value in near)
        short = next(filter(is_wanted, others), short)
    return short


def facts_computed(variables: Iterable[Variable]) -> frozenset[str]:
    """The facts of which formulas compute something in the tests."""
    return facts_of(*(part for part in _said(variables) if isinstance(part, Formula)))


def _said(variables: Iterable[Variable]) -> Iterator[Term]:
    """The terms of the tests, and those inside them."""
    tests = (variable.atom for variable in variables if isinstance(variable, PredicateVar))
    terms = [term for test in tests if isinstance(test, Test) for term in test.terms]
    while terms:
        for part in walk(terms.pop()):
            yield part
            if isinstance(part, Formula) and part.each is not None:  # what is asked of the items
                asked = tests_within(part.each.where)
                terms += [part.each.term, *(term for test in asked for term in test.terms)]
                yield from (Constant(value) for test in asked for value in test.names)


def items_said(
    type_: Type | None, answers: Iterable[tuple[Variable, Any]], facts: Mapping[str, Value]
) -> Iterator[Value]:
    """Values that an item may have: those that tests and facts in them say, and those beside."""
    if type_ is None:
        return
    yield from type_.options[:4]
    for part in _said(variable for variable, _ in answers):
        if isinstance(part, Constant):
            yield from _beside(type_, part.value)
        elif isinstance(part, FactRef) and facts.get(part.name) is not None:
            yield from _beside(type_, facts[part.name])
        elif type_.is_open and isinstance(part, Formula) and part.each is not None:
            yield from _texts(part.each.where)
    if type_.kind in NUMBERS:
        yield from _values_at(type_, (ordinal(type_, one) for one in (0, 1, 2)))
    elif type_.kind is Kind.BOOLEAN:
        yield from (True, False)
    elif type_.is_open:
        yield OTHER


def _texts(condition: Condition) -> Iterator[Value]:
    """A text of which each test of texts in the condition holds."""
    for test in tests_of(condition):
        if isinstance(test, TextTest) and isinstance(test.operand, Constant):
            with suppress(TooLarge):
                yield text_with([(test, True)])


def _beside(type_: Type, said: Any) -> Iterator[Value]:
    """The value, and what stands just before and after it, where the type has it."""
    if type(said) not in _PYTHON.get(type_.kind, ()):
        return
    if type_.is_ordered:
        yield from _values_at(type_, (ordinal(type_, said) + step for step in (0, 1, -1)))
    elif not type_.options:
        yield said


def _values_at(type_: Type, places: Iterable[int]) -> Iterator[Value]:
    first, last = domain(type_)
    return (value_at(type_, place) for place in places if first <= place <= last)


_PYTHON: Mapping[Kind, tuple[type, ...]] = {
    Kind.INTEGER: (int, Decimal),
    Kind.DECIMAL: (int, Decimal),
    Kind.DATE: (date,),
    Kind.DATETIME: (datetime,),
    Kind.TIME: (TimeOfDay,),
    Kind.DURATION: (timedelta,),
    Kind.PERIOD: (Period,),
    Kind.TEXT: (str,),
    Kind.CHOICE: (str,),
}
