"""The tests of a policy, by which a region can be told: conditions and their formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.model_reader import ModelReader
from reglament.analysis.proving.port import AnyHolds, Differs
from reglament.analysis.proving.sameness import is_same, meaning
from reglament.analysis.proving.solver_questions import SolverQuestion
from reglament.frozen import frozen
from reglament.model.conditions import ALWAYS, Condition, Not, Test, Within
from reglament.model.decisions import Decision, cone
from reglament.model.regulation import Version
from reglament.model.terms import DecisionRef, FactRef, Term
from reglament.model.terms import Formula as FormulaTerm
from reglament.model.visitor import decisions_of, tests_of, transform


@frozen(slots=False)
class Literal:
    """A condition and its formula; tests of earlier decisions have lower places."""

    condition: Condition
    formula: Formula
    place: int

    def as_in(self, reading: ModelReader, logic: Logic) -> Literal:
        """The test or its opposite, whichever holds of the values that were found."""
        if reading.truth(self.formula):
            return self
        return Literal(Not(self.condition), logic.negate(self.formula), self.place)


def literals_of(asked: SolverQuestion) -> list[Literal]:
    """Every test behind the question, as the last of its versions reads it.

    Tests of a decision that is just a formula are tests of that formula. Those of any other
    decision are left out, unless it is the same in both versions.
    """
    encoder, found = asked.encoders[-1], dict[object, Literal]()
    for version in reversed(asked.versions):
        for place, test in _tests(version, _names(asked, version)):
            plain = _without_decisions(version, test)
            key = meaning(plain)
            if key in found or not _is_clear(asked, plain):
                continue
            try:
                formula, _ = encoder.condition(plain)
            except (Unsupported, KeyError):
                continue
            if not isinstance(formula, bool):
                found[key] = Literal(plain, formula, place)
    return list(found.values())


def _names(asked: SolverQuestion, version: Version) -> list[str]:
    """The decisions behind the question, each after those that it builds on."""
    question = asked.question
    named = decisions_of(question.where) if isinstance(question, AnyHolds) else [question.decision]
    return cone(version.decisions, named)


def _tests(version: Version, names: list[str]) -> Iterator[tuple[int, Test]]:
    for place, name in enumerate(names):
        for rule in version.decisions[name].every_rule():
            for test in tests_of(rule.when):
                yield place, test


def _without_decisions(version: Version, test: Test) -> Test:
    """The test with each decision that is just a formula written out."""

    def written_out(node: Any) -> Any:
        simple = (
            _formula_of(version.decisions[node.name]) if isinstance(node, DecisionRef) else None
        )
        return node if simple is None else transform(simple, written_out)

    return transform(test, written_out)


def _formula_of(decision: Decision) -> Term | None:
    """The term that the decision always gives; None if it has more to say."""
    if not decision.kind.gives_one or len(decision.rules) != 1:
        return None
    rule = decision.rules[0]
    return (
        rule.then if rule.when == ALWAYS and isinstance(rule.then, FormulaTerm | FactRef) else None
    )


def _is_clear(asked: SolverQuestion, test: Test) -> bool:
    """Whether the test means the same for all versions, as the last one reads it."""
    question = asked.question
    if not isinstance(question, Differs):
        return True
    for name in decisions_of(test):
        both = all(name in version.decisions for version in asked.versions)
        if not both or not is_same(question.old, question.new, name):
            return False
    if isinstance(test, Within):
        hours: list[Mapping[str, object]] = [version.hours for version in asked.versions]
        known = [meaning(one[test.hours]) for one in hours if test.hours in one]
        return len(known) == 2 and known[0] == known[1]
    return True
