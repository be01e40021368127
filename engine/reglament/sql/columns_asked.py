"""What diagrams ask of a row, as columns of small numbers: of each fact, and of tests of several.

Number 0 says that a fact is missing, so a table over such numbers is complete: it has a row for
whatever a request may tell or lack. (`columnar.answer_codes` numbers just the answers that rows
give, and says of a test which facts it lacks: steps for each would be more than a table holds.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reglament.columnar.vectors.vector_values import NULL
from reglament.columnar.vectors.working_spans import spans_of
from reglament.diagram.kernel.branches import OTHER, constrains
from reglament.diagram.kernel.forest import (
    DOUBT_LEVEL,
    EnumVar,
    Forest,
    IntervalVar,
    Node,
    NullVar,
    PredicateVar,
)
from reglament.frozen import frozen
from reglament.functions.evaluate import may_refuse
from reglament.model.conditions import Comparison, Test, Within
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import LENGTHS
from reglament.model.visitor import facts_of

# The numbers of a fact begin with MISSING and NULL; then come its words or places.
HOLDS, FAILS, UNKNOWN = 1, 2, 3  # of a test; unknown is what cannot be computed


@frozen
class AskedFact:
    """The fact `name`, by the `levels` that ask it: `words`, then any other; or `cuts`."""

    name: str
    levels: tuple[int, ...]
    words: tuple[Any, ...] | None
    cuts: tuple[Any, ...]

    @property
    def facts(self) -> frozenset[str]:
        """The facts that it reads."""
        return frozenset({self.name})

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return 2 + (len(self.cuts) if self.words is None else len(self.words)) + 1

    @property
    def may_bound(self) -> bool:
        """Whether an answer may bound the values of its facts."""
        return self.words is None and bool(self.cuts)

    def answer(self, code: int) -> Any:
        """A value that has the number; `OTHER` for any other word."""
        if code == NULL:
            return None
        place = code - 2
        if self.words is not None:
            return self.words[place] if place < len(self.words) else OTHER
        return self.cuts[place - 1] if place else OTHER


@frozen
class AskedTest:
    """A test of several facts, or of one that its value does not settle; `free` as `is_free`."""

    test: Test
    facts: frozenset[str]
    levels: tuple[int, ...]
    may_be_unknown: bool
    constrains: bool
    free: bool

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return 4 if self.may_be_unknown else 3

    @property
    def may_bound(self) -> bool:
        """Whether an answer may bound the values of its facts."""
        return True


Asked = AskedFact | AskedTest


def asked_by(version: Version, forest: Forest, roots: Iterable[Node]) -> list[Asked]:
    """Whatever the diagrams ask of a request, in the order in which they ask."""
    return list(_columns(version, forest, forest.keys_by_level(roots)))


def _columns(
    version: Version, forest: Forest, keys: Mapping[int, Iterable[Any]]
) -> Iterator[Asked]:
    facts: dict[str, list[int]] = {}
    tests: list[int] = []
    for level in sorted(level for level in keys if level < DOUBT_LEVEL):
        match forest.variables[level]:
            case PredicateVar():
                tests.append(level)
            case variable:
                facts.setdefault(variable.fact, []).append(level)
    for name, levels in facts.items():
        words: tuple[Any, ...] | None = None
        cuts: tuple[Any, ...] = ()
        for level in levels:
            match forest.variables[level]:
                case EnumVar():
                    words = tuple(sorted((w for w in keys[level] if w is not None), key=str))
                case IntervalVar():
                    cuts = tuple(sorted(keys[level]))
                case NullVar() | PredicateVar():
                    pass
        yield AskedFact(name, tuple(levels), words, cuts)
    for level in tests:
        variable = forest.variables[level]
        assert isinstance(variable, PredicateVar)
        test: Test = variable.atom
        unknown = isinstance(test, Within) or any(map(may_refuse, test.terms))
        yield AskedTest(
            test, facts_of(test), (level,), unknown, constrains(variable), is_free(version, test)
        )


MOST_BETWEEN: Mapping[str, int] = {
    "days_between": 10_000, "months_between": 300, "years_between": 25, "age": 25,
}  # fmt: skip
MOST_AFTER: Mapping[str, int] = {"days_after": 10_000, "months_after": 300, "years_after": 25}


def is_free(version: Version, test: Test) -> bool:
    """Whether the test may hold or not whatever the told ones of its facts are, if one is missing.

    That is so of usual values of the told facts: those that are far from the ends of their types.
    """
    if isinstance(test, Within):
        spans = spans_of(version.hours[test.hours])
        is_partly = spans is not None and bool((spans.opens[1:] > spans.closes[:-1]).any())
        return is_partly and _is_plain(version, test.subject)
    if not isinstance(test, Comparison) or test.operator is not Operator.AT_MOST or test.by_day:
        return False
    sides = test.terms
    if facts_of(sides[0]) & facts_of(sides[1]):
        return False
    for term, other in (sides, sides[::-1]):
        if isinstance(term, Constant):
            return _is_distance(version, other, term.value)
    return all(_is_plain(version, side) for side in sides)


def _is_distance(version: Version, term: Term, said: Any) -> bool:
    if not isinstance(term, Formula) or term.function not in MOST_BETWEEN:
        return False
    is_near = isinstance(said, int) and abs(said) <= MOST_BETWEEN[term.function]
    return (
        is_near and len(facts_of(term)) == 2 and all(_is_plain(version, a) for a in term.arguments)
    )


def _is_plain(version: Version, term: Term) -> bool:
    match term:
        case FactRef(name):
            type_ = version.facts[name].type
            return type_.is_ordered and type_.kind not in LENGTHS and not type_.is_bounded
        case Formula("day_of", (FactRef() as moment,)):
            return _is_plain(version, moment)
        case Formula(name, (day, Constant(count))) if name in MOST_AFTER:
            is_near = isinstance(count, int) and abs(count) <= MOST_AFTER[name]
            return is_near and _is_plain(version, day)
    return False
