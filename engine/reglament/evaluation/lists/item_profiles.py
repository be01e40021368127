"""What an item of a list can add to totals while some of its fields are not told: its profiles.

For some totals over one list, a *profile* says what one item adds to each of them: whether it
counts, and what. The decisions that say so are combined into one diagram (*apply*, Bryant 1986),
so that what they have in common is answered once, and its leaves for one item are exactly the
profiles that some values of the missing fields give it:

    count where kind is book, count where price is above 50; told {price: 60}
        kind book:  (yes, yes)
        kind other: (no, yes)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from reglament.diagram.kernel.branches import facts_of_variable, facts_tested
from reglament.diagram.kernel.forest import EnumVar, Node, NullVar, TooLarge
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.diagram.solver.formula_ranges import Ranges, is_in_order
from reglament.diagram.solver.ordinals import domain
from reglament.evaluation.lists.decider import Decider
from reglament.frozen import frozen
from reglament.functions.totals import COUNT, DECIDED, DISTINCT
from reglament.model.lists import AskedTotal
from reglament.model.markers import ERROR, MISSING
from reglament.model.terms import Constant, FactRef, Formula, Term, Total
from reglament.model.values import LARGEST, NUMBERS, Kind, Value
from reglament.model.visitor import facts_of
from reglament.partial.partial_result import PartialResult
from reglament.partial.remaining import NotComputable, RequestWalk
from reglament.partial.terminal_outcomes import (
    ConflictingTerms,
    DeferredTerm,
    KnownOutcome,
    TerminalSource,
    UnknownOutcome,
    facts_in_source,
    source_of,
)

NO = "no"
BREAKS = "breaks"
NOT_COUNTED = None


class Between(NamedTuple):
    """Any number from `least` to `most`, both included."""

    least: Any
    most: Any


class AnyValue(NamedTuple):
    """Any value but null of a field that is not told, of `size` different ones (None: no end)."""

    size: int | None
    mark: str = "any"  # no value stands in a tuple beside it, so none is equal


# What one item adds to each of some totals: NOT_COUNTED, ERROR, the value in a tuple, the
# numbers that it lies between, any value that is one more of some different ones or is not, or an
# empty tuple where it is not known.
Profile: TypeAlias = tuple[Any, ...]
Code: TypeAlias = tuple[str, ...]


@frozen
class Profiles:
    """The profiles that one item can have, by what stands at the leaves, and what it was told."""

    diagram: ProfileDiagram
    item: Mapping[str, Value]
    by_code: Mapping[Code, Profile]
    is_exact = True

    @property
    def each(self) -> frozenset[Profile]:
        """The profiles."""
        return frozenset(self.by_code.values())

    def unknown_of(self, number: int) -> frozenset[str]:
        """The facts that are missing to what the item adds to the total of that number."""
        found = frozenset[str]()
        for codes, profile in self.by_code.items():
            if profile[number] == () or isinstance(profile[number], Between | AnyValue):
                found |= facts_in_source(self.diagram.sources[int(codes[number])])
        return found - self.item.keys()

    def needs(self, classes: Mapping[Profile, int]) -> tuple[str, ...]:
        """The missing facts by which the class of the profile is told, most useful first."""
        of_code = {code: classes[profile] for code, profile in self.by_code.items()}
        return self.diagram.needs(self.item, of_code)


class ProfileDiagram:
    """The diagram of what an item adds to some totals over one list."""

    def __init__(self, evaluator: Decider, totals: Iterable[Total]) -> None:
        self.evaluator = evaluator
        self.asked = tuple(map(AskedTotal.of, totals))
        self.parts = evaluator.parts
        self.sources: list[TerminalSource] = []
        self._numbers: dict[Any, str] = {}
        diagrams = self.parts.diagrams
        with diagrams.growing_by(diagrams.budget):
            self.root = self._root()

    def _root(self) -> Node:
        """The diagram whose leaves hold a code for each total. Raises TooLarge."""
        diagrams, forest = self.parts.diagrams, self.parts.diagrams.forest
        always = forest.terminal(Constant(True))
        nodes: list[Node] = []
        for total in self.asked:
            nodes.append(always if total.where is None else diagrams.decision(total.where))
            has_term = total.term is not None and total.total.function != COUNT
            nodes.append(diagrams.decision(total.term) if has_term and total.term else always)
        return forest.joint(tuple(nodes), lambda *values: Constant(self._codes(values)))

    def _codes(self, values: Sequence[Any]) -> Code:
        found: list[str] = []
        for where, term in zip(values[::2], values[1::2], strict=True):
            if isinstance(where, NoOutcome):
                found.append(BREAKS)
            elif where.value is not True:
                found.append(NO)
            else:
                found.append(self._number(term))
        return tuple(found)

    def _number(self, term: Any) -> str:
        if term not in self._numbers:
            self._numbers[term] = str(len(self.sources))
            self.sources.append(source_of(term, self.evaluator.version.hours))
        return self._numbers[term]

    @property
    def facts(self) -> frozenset[str]:
        """The facts that some profile hangs on."""
        return self._tested.union(*map(facts_in_source, self.sources))

    @cached_property
    def _tested(self) -> frozenset[str]:
        return facts_tested(self.parts.diagrams.forest, self.root)

    def of(self, item: Mapping[str, Value]) -> Profiles | None:
        """The profiles of an item of which this is told; None where they cannot be found."""
        try:
            leaves = RequestWalk(item).leaves(self.parts.whole.starts[self.root])
        except (TooLarge, NotComputable):
            return None
        codes: list[Any] = [leaf.value for leaf in leaves if isinstance(leaf, KnownOutcome)]
        return Profiles(self, item, {code: self._profile(code, item) for code in codes})

    def _profile(self, codes: Code, item: Mapping[str, Value]) -> Profile:
        pairs = zip(self.asked, codes, strict=True)
        return tuple(self._added(asked, code, item) for asked, code in pairs)

    def _added(self, asked: AskedTotal, code: str, item: Mapping[str, Value]) -> Any:
        if code == NO:
            return NOT_COUNTED
        if code == BREAKS:
            return ERROR
        source = self.sources[int(code)]
        found = source
        if isinstance(source, DeferredTerm | ConflictingTerms):
            found = source.evaluate(item)
        if isinstance(found, KnownOutcome):
            return (True,) if asked.total.function in (COUNT, DECIDED) else (found.value,)
        if isinstance(found, UnknownOutcome) and found.missing:
            is_distinct = asked.total.function == DISTINCT
            return self._any_value(found.term) if is_distinct else self._between(found.term, item)
        return ERROR

    def _any_value(self, term: Term) -> Any:
        """Any value of a missing field; empty for anything else."""
        fact = self.evaluator.version.facts[term.name] if isinstance(term, FactRef) else None
        if fact is None or fact.type.kind in (Kind.LIST, Kind.RECORD):
            return ()
        first, last = domain(fact.type) if fact.type.is_ordered else (0, None)
        return AnyValue(None if last is None else last - first + 1)

    def _between(self, term: Term, item: Mapping[str, Value]) -> Any:
        """The numbers between which a term lies that lacks fields; empty where that is not known.

        Where null may be told of a field alone, that has a leaf of its own.
        """
        facts = self.evaluator.version.facts
        if isinstance(term, FactRef):
            type_ = facts[term.name].type
            least, most = type_.at_least, type_.at_most
            if type_.kind not in NUMBERS:
                return ()
            return Between(-LARGEST if least is None else least, LARGEST if most is None else most)
        lacking = (facts[name] for name in facts_of(term) if name not in item)
        if any(fact.is_nullable for fact in lacking) or not is_in_order(term, self._ranges.types):
            return ()
        found = self._ranges.of(term, item, {})
        if not all(isinstance(one, int | Decimal | Fraction) for one in (found.low, found.high)):
            return ()
        least, most = max(found.low, -LARGEST), min(found.high, LARGEST)
        return (least,) if least == most else Between(least, most)

    @cached_property
    def _ranges(self) -> Ranges:
        solver = self.parts.solver
        types = {name: one for name, one in solver.types.items() if one.is_ordered}
        lines = {name: domain(type_) for name, type_ in types.items()}
        return Ranges(solver.types, solver.hours, solver.zone, lines)

    @property
    def is_tight(self) -> bool:
        """Whether an item may add whatever lies between: a field, which does not decide otherwise.

        What is computed of fields leaves gaps.
        """
        if any(
            isinstance(one, DeferredTerm) and isinstance(one.term, Formula) for one in self.sources
        ):
            return False
        return not self._narrowed & frozenset[str]().union(*map(facts_in_source, self.sources))

    @cached_property
    def _narrowed(self) -> frozenset[str]:
        """The facts of which more is tested than whether null is told."""
        forest = self.parts.diagrams.forest
        found: set[str] = set()
        for level, keys in forest.keys_by_level([self.root]).items():
            variable = forest.variables[level]
            is_null = isinstance(variable, EnumVar) and keys.keys() <= {None}
            if not (is_null or isinstance(variable, NullVar)):
                found |= facts_of_variable(variable)
        return frozenset(found)

    def needs(self, item: Mapping[str, Value], of_code: Mapping[Code, int]) -> tuple[str, ...]:
        """The missing facts by which the class of what stands at a leaf is told."""
        diagrams = self.parts.diagrams
        forest = diagrams.forest
        with diagrams.growing_by(diagrams.budget):
            root = forest.map_values(
                self.root, lambda value: Constant(f"class {of_code.get(value.value, 0)}")
            )
        values = (MISSING,) * len(self.evaluator.version.decisions)
        return PartialResult(self.parts, item, values).needs_at(root)
