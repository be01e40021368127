"""From the rules behind an outcome to the clauses that they cite, and whether each is sure.

With every fact told it is what `reference.View.cited` says. While facts are missing, what
may be cited is told, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.model.policy import Decision, DecisionKind, Rule
from reglament.model.visitor import deciding_tests, decisions_of

if TYPE_CHECKING:
    from reglament.evaluation.evaluator import Evaluated
    from reglament.evaluation.trace import Because

# The clauses, each with whether it is known to be one to cite.
Cited: TypeAlias = dict[str, bool]


def cited(because: Because, rule: Rule, given: Node) -> Cited:
    """What the rule may cite where `given`, a diagram of true and false, holds.

    Where diagrams are too large to tell, all that it may ever cite.
    """
    try:
        if rule.clauses:
            return _own(because, rule, given)
        return _inherited(because, rule, given)
    except TooLarge:
        return dict.fromkeys(rule.clauses, False)


def _own(because: Because, rule: Rule, given: Node) -> Cited:
    if not rule.citations:
        return dict.fromkeys(rule.clauses, True)
    found: Cited = {}
    for one in rule.citations:
        where = because.diagrams.conjunction(given, because.diagrams.condition_diagram(one.when))
        _add(found, dict.fromkeys(one.clauses, True), because.open.truth(where))
    return found


def _inherited(because: Because, rule: Rule, given: Node) -> Cited:
    found: Cited = {}
    for name, where in _behind(because, rule, given):
        holds = because.open.truth(where)
        if holds is not False:
            earlier = because.evaluated.version.decisions[name]
            _add(found, _of_decision(because.evaluated, earlier, where), holds)
    return found


def _behind(because: Because, rule: Rule, given: Node) -> Iterator[tuple[str, Node]]:
    """The decisions that the rule rests on, and where it does: a test of theirs decided it."""
    diagrams = because.diagrams
    is_otherwise = rule is because.decision.otherwise
    for one in because.decision.rules if is_otherwise else (rule,):
        for test, wanted in deciding_tests(one.when, not is_otherwise):
            for name in sorted(decisions_of(test)):
                yield (
                    name,
                    diagrams.conjunction(
                        given, diagrams.condition_diagram(test), is_negated=not wanted
                    ),
                )
    for name in sorted(decisions_of(rule.then)):
        yield name, given


def _of_decision(evaluated: Evaluated, decision: Decision, given: Node) -> Cited:
    """What the rules behind the decision may cite where `given` holds."""
    key = decision.name, f"cited where {given}"
    if key not in evaluated.kept:
        because = evaluated.because(decision)
        found: Cited = {}
        for rule, where in _speaking(because, given):
            holds = because.open.truth(where)
            if holds is not False:
                _add(found, cited(because, rule, where), holds)
        evaluated.kept[key] = found
    kept: Cited = evaluated.kept[key]
    return kept


def _speaking(because: Because, given: Node) -> Iterator[tuple[Rule, Node]]:
    """The rules that may stand behind the outcome, and where they do."""
    diagrams, decision = because.diagrams, because.decision
    counting = [(rule, diagrams.effective(decision, rule)) for rule in decision.every_rule()]
    if decision.kind is not DecisionKind.CHECKLIST:
        yield from ((rule, diagrams.conjunction(given, counts)) for rule, counts in counting)
        return
    all_met = reduce(diagrams.conjunction, (counts for _, counts in counting), given)
    for rule, counts in counting:
        yield rule, diagrams.conjunction(given, counts, is_negated=True)
        yield rule, all_met


def _add(found: Cited, more: Cited, holds: bool | None) -> None:
    """Add what is cited where something holds."""
    if holds is not False:
        for clause, is_sure in more.items():
            found[clause] = found.get(clause, False) or (is_sure and holds is True)
