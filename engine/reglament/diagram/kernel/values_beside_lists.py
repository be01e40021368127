"""From tests of plain lists that read a further fact to values of it that tell all tests apart.

What lists answer is known where such a fact is told (`PlainLists`). Of a fact with few values each
is tried. Of a number that items are only compared with, it matters between which of the numbers
that tests name it stands, and whether an item fits between: values at these numbers and just beside
them stand for all.

    some item more_than limit, none more_than 3      at limit 2 an item of 3 gives both, at 3 none
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, pairwise, product
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import facts_of_variable, given_answer
from reglament.diagram.kernel.forest import EnumVar, IntervalVar, NullVar, Variable
from reglament.diagram.kernel.list_profiles import PlainLists, asked_of_items
from reglament.diagram.kernel.variables import Input
from reglament.diagram.solver.ordinals import domain, every_value, ordinal, value_at
from reglament.functions.item_tests import ITEM
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import Comparison, Condition, OneOf
from reglament.model.terms import Constant, FactRef
from reglament.model.values import NUMBERS, Type, Value
from reglament.model.visitor import tests_of

MOST_CELLS, MOST_VALUES = 200, 12
Answers: TypeAlias = Sequence[tuple[Variable, Any]]
Cell: TypeAlias = Mapping[str, Value]


class ValuesBesideLists:
    """Values of the facts that tests of a version's plain lists read beside them.

    `usual` is some everyday value of a fact.
    """

    def __init__(
        self, plain: PlainLists, inputs: Mapping[str, Input], usual: Callable[[str], Any]
    ) -> None:
        self.plain, self.inputs, self.usual = plain, inputs, usual

    def found(self, answers: Answers, given: Cell, may_be: Callable[[Cell], bool]) -> Cell | None:
        """Values beside which lists give all answers; None where it is certain that none do.

        Empty where no further fact is read, or where no values are found, which proves nothing.
        What is told otherwise `may_be` beside them, or is certain not to be.
        """
        by_list = self.plain.by_list(answers)
        tests = [test for some in by_list.values() for test, _ in some]
        read = (
            frozenset[str]().union(*map(facts_of_variable, tests)) - by_list.keys() - given.keys()
        )
        if not read or not read <= self.inputs.keys():
            return {}
        beside = [pair for pair in answers if pair[0] not in tests]
        names, is_all = sorted(read), True
        several: list[Sequence[Value]] = []
        for name in names:
            values = self._values(name, answers, given)
            several.append(values or ())
            is_all = is_all and values is not None
        cells = list(islice(product(*several), MOST_CELLS + 1))
        is_all = is_all and len(cells) <= MOST_CELLS
        for row in cells[:MOST_CELLS]:
            cell = dict(zip(names, row, strict=True))
            told = {**given, **cell}
            if all(self._is_so(*pair, told) for pair in beside) and may_be(told):
                known = self.plain.give(answers, told)
                if known:
                    return cell
                is_all = is_all and known is False
        return None if is_all else {}

    def _is_so(self, test: Variable, answer: Any, told: Cell) -> bool:
        """Whether told facts answer the test so; true where they do not tell it."""
        try:
            found = given_answer(test, told, self.plain.version.hours)
        except (OutsideCalendar, OverflowError):
            return True
        if found is None:
            return True
        (value,) = found
        if not isinstance(test, IntervalVar):
            return bool(value == answer)
        first, past = answer
        is_after = value is not None and (first is None or value >= first)
        return is_after and (past is None or value < past)

    def _values(self, name: str, answers: Answers, given: Cell) -> Sequence[Value] | None:
        """Values of the fact that stand for all; None where that is not known."""
        type_, tests = self.inputs[name].type, [test for test, _ in answers]
        values: Sequence[Value] | None = every_value(type_, MOST_VALUES)
        if not values:
            values = self._apart(name, answers, given) if type_.is_ordered else None
        elif len(values) > 2 and any(
            isinstance(test, EnumVar) and test.fact == name for test in tests
        ):
            return None  # a word may stand for all others that a diagram does not tell from it
        if values is None:
            return None
        return (*values, None) if self.inputs[name].is_nullable else values

    def _apart(self, name: str, answers: Answers, given: Cell) -> Sequence[Value] | None:
        """The same of a fact with many values, by what items, and it, are compared with."""
        type_ = self.inputs[name].type
        points, steps = set[int](), set[int]()
        for test, answer in answers:
            if test == IntervalVar(name):
                points |= {ordinal(type_, end) for end in answer if end is not None}
            elif name in facts_of_variable(test) and not (
                isinstance(test, NullVar) or self.plain.asked(test)
            ):
                return None
        for fact, some in self.plain.by_list(answers).items():
            tests = tuple(test for test, _ in some)
            read = frozenset[str]().union(*map(facts_of_variable, tests))
            if name not in read:
                continue
            item = self.plain.version.facts[fact].type.item
            asked = asked_of_items(tests, fact, {**dict.fromkeys(read), **given})
            if item is None or asked is None or not _have_one_order(item, type_):
                return None
            said = [one for condition in asked for one in _compared_with(condition, name, given)]
            if None in said:
                return None
            ends = (end for end in (item.at_least, item.at_most) if end is not None)
            points |= {ordinal(type_, one) for one in (*said, *ends)}
            steps.add(10 ** max(0, type_.places - item.places) if type_.kind in NUMBERS else 1)
        usual = ordinal(type_, self.usual(name))
        places = _near(points, steps, *domain(type_)) | {usual}
        nearest = sorted(places, key=lambda place: (abs(place - usual), place))
        return [value_at(type_, place) for place in nearest]


def _have_one_order(item: Type, fact: Type) -> bool:
    return item.kind is fact.kind or (item.kind in NUMBERS and fact.kind in NUMBERS)


def _compared_with(condition: Condition, name: str, given: Cell) -> Iterator[Value]:
    """What items, and the fact, are compared with; null for what is no such value."""
    for test in tests_of(condition):
        if isinstance(test, OneOf):
            yield from test.values
            continue
        for term in test.terms if isinstance(test, Comparison) and not test.by_day else (None,):
            if isinstance(term, Constant):
                yield term.value
            elif not isinstance(term, FactRef):
                yield None
            elif term.name not in (ITEM, name):
                yield given.get(term.name)


def _near(points: set[int], steps: set[int], first: int, last: int) -> set[int]:
    """Places at the points, just beside them on the grid of the items, and between them."""
    near = set[int]()
    for step, point in product(steps, points):
        for base, count, tick in product(
            (point, point // step * step, -(-point // step) * step), range(-2, 3), range(-1, 2)
        ):
            near.add(base + count * step + tick)
    for one, other in pairwise(sorted(points)):
        near |= {(one + other) // 2 // step * step for step in steps | {1}}
    return {place for place in near | {first, last} if first <= place <= last}
