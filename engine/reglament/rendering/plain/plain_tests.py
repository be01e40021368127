"""From rules and their tests to what a document says of them, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from reglament.functions.table import written_name
from reglament.memo import Memo, once_for_each
from reglament.model.conditions import Test
from reglament.model.decisions import Decision
from reglament.model.outcomes import TestSeen
from reglament.model.regulation import Version
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Term
from reglament.model.visitor import tests_of
from reglament.rendering.plain.plain_values import AS_IT_IS, plain

# Whether it is of a fact or a decision, its name, the operator, the operand.
SaidOfTest: TypeAlias = tuple[str, str, str, Any]


def rule_shape(rule: str, status: str, by: Iterable[str], tests: list[Any]) -> dict[str, Any]:
    """What a document says of a rule."""
    return {"rule": rule, "status": str(status), "by": list(by), "tests": tests}


def test_shape(seen: TestSeen) -> dict[str, Any]:
    """What a document says of a test that could be told."""
    return asked_shape(seen.test) | {
        "holds": seen.holds,
        "told": True,
        "seen": plain(seen.seen),
        "needs": [],
    }


@once_for_each
def plain_tests(version: Version) -> Mapping[str, Mapping[int, SaidOfTest]]:
    """What a document says of the tests of each decision, by the identity of a test.

    Of those alone that are of a name and of values.
    """
    decisions = version.decisions
    return Memo(lambda name: _plain_tests(decisions[name]))


def _plain_tests(decision: Decision) -> dict[int, SaidOfTest]:
    found: dict[int, SaidOfTest] = {}
    for rule in decision.every_rule():
        for test in tests_of(rule.when):
            said = asked_shape(test)
            operand = said["operand"]
            values = operand if isinstance(operand, list) else [operand]
            is_plain = all(value.__class__ in AS_IT_IS for value in values)
            if is_plain and isinstance(test.subject, FactRef | DecisionRef):
                ((word, name),) = said["subject"].items()
                found[id(test)] = word, name, said["operator"], operand
    return found


def asked_shape(test: Test) -> dict[str, Any]:
    """What a document says that a test asks."""
    return {
        "subject": plain_term(test.subject),
        "operator": test.word,
        "operand": plain_term(test.said),
    }


def plain_term(term: Term) -> Any:
    """A constant as its value, a name as `{fact: …}` or `{decision: …}`, a formula by its word."""
    if isinstance(term, Constant):
        return plain(term.value)
    if isinstance(term, FactRef):
        return {"fact": term.name}
    if isinstance(term, DecisionRef):
        return {"decision": term.name}
    if isinstance(term, Conditional):
        return {"then": plain_term(term.then), "else": plain_term(term.otherwise)}
    return {written_name(term.function): [plain_term(argument) for argument in term.arguments]}
