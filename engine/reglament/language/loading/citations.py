"""From the `clauses` of a rule to what it cites, and where: a list, or a pick of lists."""

from __future__ import annotations

from reglament.language.loading import node_access
from reglament.language.loading.explain_section import known_decision
from reglament.language.loading.scope import Names, Typed
from reglament.language.syntax.source import Mapping, Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Comparison
from reglament.model.operators import Operator
from reglament.model.regulation import Citation
from reglament.model.terms import Constant
from reglament.model.values import Kind

BY = "by"


def read_citations(names: Names, node: Node | None, used: list[str]) -> tuple[Citation, ...]:
    """What a rule cites, by the readings chosen, and by the outcome of a decision (`by`)."""
    if node is None:
        return ()
    return names.chosen(node, lambda below, _: _cited(names, below), used) or ()


def _cited(names: Names, node: Node) -> tuple[Citation, ...]:
    if not isinstance(node, Mapping):
        return (Citation(ALWAYS, names.cited(node)),)
    by = _decision(names, node)
    found: list[Citation] = []
    for outcome, below in node.entries:
        if outcome.value == BY:
            continue
        clauses = names.cited(below)
        if by is not None and by.type is not None and _is_outcome(names, by.type.options, outcome):
            when = Comparison(by.term, Operator.IS, Constant(outcome.value))
            found.append(Citation(when, clauses))
    return tuple(found)


def _decision(names: Names, node: Mapping) -> Typed | None:
    name = node_access.word(names.report, node.get(BY))
    if name is None or not known_decision(names, name):
        return None
    typed = names.known[str(name.value)]
    if typed.type is not None and not (typed.type.kind is Kind.CHOICE and typed.type.options):
        message = Message("decision-whose-outcomes-words", name=name.value)
        names.report.add("wrong-pick", name, message)
        return None
    return typed


def _is_outcome(names: Names, options: tuple[str, ...], outcome: Scalar) -> bool:
    if outcome.value in options:
        return True
    what = Message("decision-no-outcome")
    node_access.unknown(names.report, "unknown-outcome", outcome, what, options)
    return False
