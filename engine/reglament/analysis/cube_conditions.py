"""From the answers of a conjunction of tests to a condition that people can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from reglament.analysis.cubes import Among, Answer, Cube, Stretch
from reglament.diagram.kernel.forest import EnumVar, IntervalVar, NullVar, PredicateVar, Variable
from reglament.model.conditions import ALWAYS, AllOf, Comparison, Condition, Not, OneOf, Test
from reglament.model.moments import DAY, MICROSECOND
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Term
from reglament.model.text_tests import TextTest
from reglament.model.values import Kind, Period, TimeOfDay
from reglament.model.visitor import facts_of, transform

_STEPS: Mapping[Kind, Any] = {  # of what people name the last value of a stretch
    Kind.INTEGER: 1,
    Kind.DATE: DAY,
    Kind.PERIOD: Period(1),
}


def _is_just_after(value: Any) -> bool:
    """Whether it is the first time or moment after one that people name."""
    return isinstance(value, TimeOfDay | datetime) and value.microsecond == 1


def condition_of(cube: Cube, version: Version) -> Condition:
    """The condition that holds where every answer is given; what is a decision is named as one."""
    spoken = _Spoken(version)
    told = {v: _beyond_texts(v, answer, cube) for v, answer in cube.items()}
    said = {v: one for v, one in told.items() if not _goes_without_saying(v, one, cube)}
    parts = _merged(part for v, answer in said.items() for part in spoken.parts(v, answer))
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _beyond_texts(variable: Variable, answer: Answer, cube: Cube) -> Answer:
    """The answer without the words that a test of the same text rules out by itself.

    Diagrams tell every word of a policy apart where they ask for the form of a text.
    """
    if not isinstance(variable, EnumVar) or not isinstance(answer, Among) or answer.is_in:
        return answer
    ruling = [
        (other.atom.is_so, str(other.atom.operand.value), holds)
        for other, holds in cube.items()
        if isinstance(other, PredicateVar)
        and isinstance(other.atom, TextTest)
        and other.atom.subject == FactRef(variable.fact)
        and isinstance(other.atom.operand, Constant)
    ]
    kept = frozenset(
        value
        for value in answer.values
        if value is None or all(is_so(str(value), said) == holds for is_so, said, holds in ruling)
    )
    return replace(answer, values=kept)


def _goes_without_saying(variable: Variable, answer: Answer, cube: Cube) -> bool:
    """Whether the answer says nothing, or what another test says, which holds only of a value."""
    if isinstance(answer, Among) and not answer.is_in and not answer.values:
        return True
    if not isinstance(variable, NullVar) or answer is True:
        return False
    return any(
        (isinstance(other, IntervalVar) and other.fact == variable.fact)
        or (isinstance(other, PredicateVar) and variable.fact in _compared_facts(other.atom))
        for other in cube
    )


def _compared_facts(atom: Any) -> frozenset[str]:
    return facts_of(atom) if isinstance(atom, Comparison) else frozenset()


def _merged(parts: Iterable[Condition]) -> tuple[Condition, ...]:
    """The parts with "at most" both ways put as "is"."""
    kept: list[Condition] = []
    for part in parts:
        turned = _turned(part)
        if turned in kept and isinstance(part, Comparison):
            kept[kept.index(turned)] = replace(part, operator=Operator.IS)
        else:
            kept.append(part)
    return tuple(kept)


def _turned(part: Condition) -> Condition | None:
    if isinstance(part, Comparison) and part.operator is Operator.AT_MOST:
        return Comparison(part.operand, Operator.AT_MOST, part.subject)
    return None


class _Spoken:
    def __init__(self, version: Version) -> None:
        self.version = version

    def parts(self, variable: Variable, answer: Answer) -> Iterator[Condition]:
        """What one answer says."""
        match variable, answer:
            case EnumVar(), Among():
                yield self._among(variable, answer)
            case IntervalVar(fact), Stretch(first, past):
                yield from self._stretch(fact, first, past)
            case NullVar(fact), bool():
                is_null = OneOf(self._ref(fact), (None,))
                yield is_null if answer else Not(is_null)
            case PredicateVar(atom), bool():
                yield self._truth(atom, answer)

    def _among(self, variable: EnumVar, answer: Among) -> Condition:
        values, is_in = set(answer.values), answer.is_in
        domain = variable.domain
        if domain is not None and is_in and len(values) > max(2, len(domain) // 2):
            values, is_in = {value for value in domain if value not in values}, False
        order = self._order(variable.fact)
        listed = tuple(sorted(values, key=lambda value: (order.get(value, len(order)), str(value))))
        found = OneOf(self._ref(variable.fact), listed)
        return found if is_in else Not(found)

    def _order(self, name: str) -> dict[Any, int]:
        known: Any = self.version.facts.get(name) or self.version.decisions.get(name)
        return {option: place for place, option in enumerate(known.type.options)} if known else {}

    def _stretch(self, fact: str, first: Any, past: Any) -> Iterator[Condition]:
        last = self._before(fact, past)
        if first is not None and first == last:
            yield self._compared(fact, Operator.IS, first)
            return
        if first is not None and _is_just_after(first):
            yield self._compared(fact, Operator.MORE_THAN, first - MICROSECOND)
        elif first is not None:
            yield self._compared(fact, Operator.AT_LEAST, first)
        if last is not None:
            yield self._compared(fact, Operator.AT_MOST, last)
        elif past is not None:
            yield self._compared(fact, Operator.LESS_THAN, past)

    def _before(self, name: str, past: Any) -> Any | None:
        """The last value before `past`, where people would name it rather than `past`."""
        known: Any = self.version.facts.get(name) or self.version.decisions.get(name)
        if past is None or known is None:
            return None
        step = MICROSECOND if _is_just_after(past) else _STEPS.get(known.type.kind)
        return None if step is None else past - step

    def _compared(self, fact: str, operator: Operator, value: Any) -> Condition:
        return Comparison(self._ref(fact), operator, Constant(value))

    def _truth(self, atom: Test, holds: bool) -> Condition:
        test = transform(atom, self._named)
        if isinstance(test, Comparison) and test.operator is Operator.AT_MOST:
            if isinstance(test.subject, Constant):
                # People put the value that they know last.
                known_last = Operator.AT_LEAST if holds else Operator.LESS_THAN
                return Comparison(test.operand, known_last, test.subject)
            return test if holds else replace(test, operator=Operator.MORE_THAN)
        return test if holds else Not(test)

    def _named(self, node: Any) -> Any:
        return self._ref(node.name) if isinstance(node, FactRef) else node

    def _ref(self, name: str) -> Term:
        return DecisionRef(name) if name in self.version.decisions else FactRef(name)
