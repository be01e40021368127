"""From tests of one plain list to the answers that some list gives to all of them together.

A test that looks at one item at a time asks how many items a condition holds of: whether some, or
every one, is so, whether a value is among them, whether the greatest is above a number. So a list
can say to such tests only how often each *kind* of item is in it, and counts stop where no test
tells them from larger ones. The kinds are the leaves of the diagram of the conditions together.

    some at_least 8, none at_least 5      kinds: below 5, 5 to 7, from 8
                                          answers: no yes, no no, yes no; never yes yes
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from math import floor
from typing import Any, Protocol, TypeAlias

from reglament.diagram.kernel.branches import answer_reader, facts_of_variable
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Node, PredicateVar, TooLarge, Variable
from reglament.functions.evaluate import condition_reader
from reglament.functions.item_tests import ITEM, read_filtered
from reglament.functions.plain_lists import COUNT
from reglament.memo import keep
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import (
    ALWAYS,
    AllOf,
    Comparison,
    Condition,
    Includes,
    IncludesValueOf,
    OneOf,
    Test,
)
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Kind, Type, Value
from reglament.model.visitor import facts_of, transform
from reglament.model.words import Text

MOST_STATES, MOST_KINDS, MOST_KEPT, BUDGET = 1_000, 60, 500, 20_000

Items: TypeAlias = tuple[Value, ...]
Answers: TypeAlias = Mapping[tuple[bool, ...], Items]
Demand: TypeAlias = tuple[Condition, int]


class PathFinder(Protocol):
    """Finds paths in the diagrams of a version: `Witnesses`."""

    def paths(
        self, root: Node, wanted: Callable[[Any], bool], given: Mapping[str, Value]
    ) -> Iterator[Any]:
        """Paths to wanted terminals."""

    def completed(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """The request with some value for every fact that it does not tell."""


class PlainLists:
    """What the plain lists of a version can answer; `finder` finds paths in diagrams."""

    def __init__(self, version: Version, finder: Callable[[Compiler], PathFinder]) -> None:
        self.version = version
        self.finder = finder
        self.names = frozenset(
            name
            for name, fact in version.facts.items()
            if fact.type.kind is Kind.LIST and name not in version.lists and fact.total is None
        )
        self._kept: dict[Any, Answers | None] = {}

    def asked(self, variable: Variable) -> str | None:
        """The plain list that a test asks about, where it is one."""
        if not (self.names and isinstance(variable, PredicateVar)):
            return None
        lists = facts_of_variable(variable) & self.names
        return next(iter(lists)) if len(lists) == 1 else None

    def may_be(self, answers: Sequence[tuple[Variable, Any]], given: Mapping[str, Value]) -> bool:
        """Whether lists may give the answers; not where none does.

        Of tests whose answers are not known to go together, or that read a fact that is not given,
        nothing is said.
        """
        return self.give(answers, given) is not False

    def give(
        self, answers: Sequence[tuple[Variable, Any]], given: Mapping[str, Value]
    ) -> bool | None:
        """Whether lists give those of the answers that hang on them and what is given.

        None where that is not known.
        """
        is_known = True
        for name, some in self.by_list(answers, given).items():
            found = self.answers(name, tuple(test for test, _ in some), given)
            if found is None:
                is_known = False
            elif tuple(truth for _, truth in some) not in found:
                return False
        return True if is_known else None

    def by_list(
        self, answers: Sequence[tuple[Variable, Any]], given: Mapping[str, Value] | None = None
    ) -> dict[str, list[tuple[Variable, bool]]]:
        """For each list the answers to tests of it, or to those that read but what is `given`."""
        found: dict[str, list[tuple[Variable, bool]]] = {}
        for variable, answer in answers:
            name = self.asked(variable)
            if name is None or name in (given or ()):
                continue
            if given is None or facts_of_variable(variable) <= {name, *given}:
                found.setdefault(name, []).append((variable, bool(answer)))
        return found

    def list_with(
        self, name: str, answers: Sequence[tuple[Variable, Any]], given: Mapping[str, Value]
    ) -> Items | None:
        """A shortest list that gives those of the answers that hang on it and what is given."""
        some = self.by_list(answers, given).get(name, [])
        found = self.answers(name, tuple(test for test, _ in some), given) if some else None
        return None if found is None else found.get(tuple(answer for _, answer in some))

    def answers(
        self, name: str, tests: tuple[Variable, ...], given: Mapping[str, Value]
    ) -> Answers | None:
        """The answers to the tests that some list gives, each with a shortest one.

        None where that is not known: a test looks at several items, reads a fact that is not
        given, or there are too many kinds of items.
        """
        beside = frozenset[str]().union(*map(facts_of_variable, tests)) - {name}
        if not beside <= given.keys():
            return None
        told = {fact: given[fact] for fact in sorted(beside)}
        key = name, tests, repr(told)
        if key not in self._kept:
            return keep(self._kept, key, self._answers(name, tests, told), MOST_KEPT)
        return self._kept[key]

    def items(
        self, name: str, tests: tuple[Variable, ...], told: Mapping[str, Value]
    ) -> tuple[Items, Callable[[Value], tuple[bool, ...]]] | None:
        """An item of each kind that the tests tell apart, and what kind an item is of."""
        found = self._apart(name, tests, told)
        if found is None:
            return None
        caps, kinds = found
        readers = [condition_reader(condition, self.version.hours) for condition in caps]

        def kind(item: Value) -> tuple[bool, ...]:
            return tuple(bool(holds({**told, ITEM: item})) for holds in readers)

        return tuple(kinds.values()), kind

    def _answers(
        self, name: str, tests: tuple[Variable, ...], told: Mapping[str, Value]
    ) -> Answers | None:
        found = self._apart(name, tests, told)
        if found is None:
            return None
        caps, kinds = found
        lists = _lists(kinds, tuple(caps.values()))
        with suppress(OutsideCalendar, OverflowError):
            return None if lists is None else self._given(name, tests, told, lists)
        return None

    def _apart(
        self, name: str, tests: tuple[Variable, ...], told: Mapping[str, Value]
    ) -> tuple[Mapping[Condition, int], Mapping[tuple[bool, ...], Value]] | None:
        """What the tests ask of how many items, and an item of each kind (`_kinds`)."""
        caps = asked_of_items(tests, name, told)
        if caps is None:
            return None
        with suppress(TooLarge, OutsideCalendar, OverflowError):
            kinds = self._kinds(self.version.facts[name].type.item, tuple(caps), told)
            return None if kinds is None else (caps, kinds)
        return None

    def _given(
        self,
        name: str,
        tests: tuple[Variable, ...],
        told: Mapping[str, Value],
        lists: Sequence[Items],
    ) -> Answers:
        readers = [answer_reader(test, self.version.hours)[1] for test in tests]
        found: dict[tuple[bool, ...], Items] = {}
        for items in lists:
            facts = {**told, name: items}
            found.setdefault(tuple(bool(read(facts)) for read in readers), items)
        return found

    def _kinds(
        self, type_: Type | None, conditions: tuple[Condition, ...], told: Mapping[str, Value]
    ) -> dict[tuple[bool, ...], Value] | None:
        """For each of the truths of all conditions that some item gives, such an item.

        None where the solver cannot vouch for them. Raises TooLarge.
        """
        if type_ is None or type_.kind in (Kind.LIST, Kind.RECORD):
            return None

        def put(node: Any) -> Any:
            """A value is cut at exactly, where the solver may not see that no item is a fact's."""
            is_told = isinstance(node, FactRef) and node.name in told
            return Constant(told[node.name]) if is_told else node

        conditions = tuple(transform(condition, put) for condition in conditions)
        item = Fact(name=ITEM, type=type_, label=Text(en=ITEM))
        small = replace(self.version, facts={ITEM: item}, decisions={}, lists={}, examples=())
        diagrams = Compiler(small, budget=BUDGET)
        forest, finder = diagrams.forest, self.finder(diagrams)

        def together(nodes: tuple[Node, ...]) -> Node | None:
            if not all(map(forest.is_terminal, nodes)):
                return None
            return forest.terminal(tuple(forest.values[node] for node in nodes))

        with diagrams.growing_by(BUDGET):
            root = forest.apply(together, tuple(map(diagrams.condition_diagram, conditions)), {})
        readers = [condition_reader(condition, self.version.hours) for condition in conditions]
        found: dict[tuple[bool, ...], Value] = {}
        leaves = forest.terminals(root)
        if len(leaves) > MOST_KINDS:
            return None
        for leaf in leaves:
            truths = forest.values[leaf]
            path = next(finder.paths(root, truths.__eq__, {}), None)
            if path is None:
                continue
            value = finder.completed(path.facts)[ITEM]
            if tuple(bool(holds({ITEM: value})) for holds in readers) != truths:
                return None
            found[truths] = value
        return found


def _lists(kinds: Mapping[tuple[bool, ...], Value], caps: tuple[int, ...]) -> list[Items] | None:
    """A shortest list for each of the capped counts that lists have; None of too many."""
    new: dict[tuple[int, ...], Items] = {(0,) * len(caps): ()}
    reached = dict(new)
    while new:
        longer: dict[tuple[int, ...], Items] = {}
        for counts, items in new.items():
            for truths, value in kinds.items():
                several = zip(counts, truths, caps, strict=True)
                after = tuple(min(count + so, cap) for count, so, cap in several)
                if after not in reached:
                    longer.setdefault(after, (*items, value))
        reached |= longer
        if len(reached) > MOST_STATES:
            return None
        new = longer
    return list(reached.values())


# What a test asks of how many items


def asked_of_items(
    tests: tuple[Variable, ...], name: str, told: Mapping[str, Value]
) -> dict[Condition, int] | None:
    """The conditions of all tests, each with the count from which on no test tells more.

    None where that hangs on more than one item at a time, or on more than what is told.
    """
    caps: dict[Condition, int] = {}
    for test in tests:
        demands = _demands(test, name, told)
        if demands is None:
            return None
        for condition, cap in demands:
            caps[condition] = max(cap, caps.get(condition, 1))
    return caps


def _demands(variable: Variable, name: str, told: Mapping[str, Value]) -> tuple[Demand, ...] | None:
    """The conditions on items, and the counts of them from which on the answer is the same.

    None where the test looks at more than one item at a time.
    """
    match getattr(variable, "atom", None):
        case Includes(made, value):
            return _among(made, Constant(value), name)
        case IncludesValueOf(made, Constant() as value):
            return _among(made, value, name)
        case IncludesValueOf(made, FactRef(fact) as said) if fact in told:
            return _among(made, said, name)
        case OneOf(Formula(function, (made,)), (None,)) if function in _EXTREMES:
            where = _condition(made, name)
            return None if where is None else ((where, 1),)
        case Comparison(Constant() | FactRef() as said, _, Formula() as asked, _):
            return _compared(asked, said, name, told)
        case Comparison(Formula() as asked, _, Constant() | FactRef() as said, _):
            return _compared(asked, said, name, told)
    return None


_EXTREMES = ("minimum_of_list", "maximum_of_list")


def _among(made: Term, value: Constant | FactRef, name: str) -> tuple[Demand, ...] | None:
    where = _condition(made, name)
    return None if where is None else ((AllOf((where, _is(Operator.IS, value))), 1),)


def _compared(
    asked: Formula, said: Constant | FactRef, name: str, told: Mapping[str, Value]
) -> tuple[Demand, ...] | None:
    where = _condition(asked.arguments[0], name) if len(asked.arguments) == 1 else None
    if where is None or said == Constant(None) or not facts_of(said) <= told.keys():
        return None
    if asked.function == COUNT:
        number: Any = said.value if isinstance(said, Constant) else told[said.name]
        return None if number is None else ((where, max(0, floor(number)) + 1),)
    if asked.function not in _EXTREMES:
        return None
    beside = (Operator.LESS_THAN, Operator.IS, Operator.MORE_THAN)
    return tuple((AllOf((where, _is(operator, said))), 1) for operator in beside)


def _is(operator: Operator, value: Constant | FactRef) -> Test:
    return Comparison(FactRef(ITEM), operator, value)


def _condition(made: Term, name: str) -> Condition | None:
    """What is asked of the items of the list; None where the term is no such part of it."""
    if made == FactRef(name):
        return ALWAYS
    filtered = read_filtered(made)
    if filtered is None or filtered[0] != FactRef(name):
        return None
    each = filtered[1]
    assert isinstance(made, Formula)
    stands = dict(zip(each.names, made.arguments[1:], strict=True))
    stands[each.item] = FactRef(ITEM)

    def put(node: Any) -> Any:
        return stands.get(node.name, node) if isinstance(node, FactRef | DecisionRef) else node

    condition: Condition = transform(each.where, put)
    return None if name in facts_of(condition) else condition
