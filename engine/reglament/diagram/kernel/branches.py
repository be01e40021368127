"""From the tests of a diagram to their answers: which there are, and what each one says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from operator import itemgetter
from typing import Any

from reglament.diagram.kernel.forest import (
    EnumVar,
    Forest,
    IntervalVar,
    Node,
    NullVar,
    PredicateVar,
    Variable,
)
from reglament.diagram.kernel.terminals import Doubt
from reglament.diagram.solver.bounds_propagation import Bounds, Constraint, Holds
from reglament.functions.evaluate import holding
from reglament.functions.table import EVERY
from reglament.model.calendar import OutsideCalendar, WorkingHours
from reglament.model.conditions import Comparison, Test, Within
from reglament.model.markers import Marker
from reglament.model.operators import Operator
from reglament.model.terms import Formula, Term
from reglament.model.visitor import facts_of

OTHER = Marker("OTHER")
"""Every value that a choice does not name."""


def facts_in(atom: Test | Doubt) -> frozenset[str]:
    """The facts that an atom reads; of a doubt the decisions, which nobody tells."""
    return atom.because_of if isinstance(atom, Doubt) else facts_of(atom)


def facts_of_variable(variable: Variable) -> frozenset[str]:
    """The facts that a variable tests."""
    return (
        facts_in(variable.atom)
        if isinstance(variable, PredicateVar)
        else frozenset({variable.fact})
    )


def facts_tested(forest: Forest, root: Node) -> frozenset[str]:
    """The facts that some variable of a diagram tests."""
    inner = (node for node in forest.descendants(root) if not forest.is_terminal(node))
    tested = (facts_of_variable(forest.variable(node)) for node in inner)
    return frozenset[str]().union(*tested)


def edges(forest: Forest, node: Node) -> Iterator[tuple[Any, Node]]:
    """Every answer that an inner node tells apart, and where it leads."""
    variable, keys, children = forest.variable(node), forest.keys[node], forest.children[node]
    if isinstance(variable, IntervalVar):
        yield from zip(pairwise((None, *keys, None)), children, strict=True)
    elif isinstance(variable, EnumVar):
        yield from zip(keys, children, strict=False)
        if variable.domain is None or len(variable.domain) > len(keys):
            yield OTHER, children[-1]
    else:
        yield from ((True, children[0]), (False, children[-1]))


def common_refinement(spans: Iterable[tuple[Any, Any]]) -> tuple[tuple[Any, Any], ...]:
    """The narrowest answers that some answers to a span tell apart together, in order."""
    cuts = sorted({bound for span in spans for bound in span if bound is not None})
    return tuple(pairwise((None, *cuts, None)))


def is_subinterval(narrow: tuple[Any, Any], wide: tuple[Any, Any]) -> bool:
    """Whether an answer to a span lies within another; None is no bound."""
    after = wide[0] is None or (narrow[0] is not None and narrow[0] >= wide[0])
    before = wide[1] is None or (narrow[1] is not None and narrow[1] <= wide[1])
    return after and before


def answer_within(answers: Iterable[Any], value: Any) -> Any:
    """Which of the answers to a test a value is; of a span the one that it lies within."""
    spans = (answer for answer in answers if isinstance(answer, tuple))
    for low, past in spans:
        if (low is None or low <= value) and (past is None or value < past):
            return low, past
    return value


def given_answer(
    variable: Variable, given: Mapping[str, Any], hours: Mapping[str, WorkingHours]
) -> tuple[Any] | None:
    """The answer that the facts told give (of a span, the value), in a tuple; None without one.

    Raises OutsideCalendar.
    """
    facts, answer = answer_reader(variable, hours)
    return (answer(given),) if facts <= given.keys() else None


def answer_reader(
    variable: Variable, hours: Mapping[str, WorkingHours]
) -> tuple[frozenset[str], Callable[[Mapping[str, Any]], Any]]:
    """The facts that a test reads, and its answer (of a span, the value) as a function of them."""
    match variable:
        case PredicateVar(Doubt() as doubt):
            return doubt.because_of, lambda given: False  # never asked: nobody tells these
        case PredicateVar(atom):
            return facts_in(atom), holding(atom, hours)
        case NullVar(fact):
            return frozenset({fact}), lambda given: given[fact] is None
        case EnumVar(fact) | IntervalVar(fact):
            return frozenset({fact}), itemgetter(fact)
    raise TypeError(variable)


def gives(
    facts: Mapping[str, Any], answers: Iterable[tuple[Callable[[Mapping[str, Any]], Any], Any]]
) -> bool:
    """Whether told facts answer all tests so, each as `answer_reader` reads it."""
    try:
        return all(bool(read(facts)) is bool(answer) for read, answer in answers)
    except (OutsideCalendar, OverflowError):
        return False


def _is_opaque(term: Term) -> bool:
    """Whether a term is computed of texts, of which the solver knows nothing."""
    return isinstance(term, Formula) and (
        EVERY[term.function].is_opaque or any(map(_is_opaque, term.arguments))
    )


def constrains(variable: Variable) -> bool:
    """Whether an answer to the test says anything to the solver."""
    match variable:
        case IntervalVar() | PredicateVar(Within()):
            return True
        case PredicateVar(Comparison(subject, Operator.AT_MOST, operand)):
            return not (_is_opaque(subject) or _is_opaque(operand))
    return False


def constraints_of(variable: Variable, answer: Any) -> tuple[Constraint, ...]:
    """What an answer to a test says to the solver."""
    if not constrains(variable):
        return ()
    match variable:
        case IntervalVar(fact):
            return (Bounds(fact, *answer),)
        case PredicateVar(Within() | Comparison() as atom):
            return (Holds(atom, answer),)
    return ()
