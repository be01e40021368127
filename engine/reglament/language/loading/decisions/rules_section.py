"""From a written rule, requirement, row or `otherwise` to a rule of the model."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.frozen import frozen
from reglament.language.loading.decisions.rule_outcomes import read_then
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.filled_texts import read_filled_text
from reglament.language.loading.expressions.literal_nodes import read_day
from reglament.language.loading.expressions.scope import RESERVED, Scope, Symbol
from reglament.language.loading.expressions.when_section import read_condition
from reglament.language.loading.expressions.written_tests import read_test
from reglament.language.loading.sections.explain_section import known_decision
from reglament.language.loading.sections.facts_section import between
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.language.syntax.suggest import did_you_mean
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Comparison, Condition, joined
from reglament.model.decisions import Citation, DecisionKind, Override, Rule
from reglament.model.operators import Operator
from reglament.model.terms import Constant
from reglament.model.values import Kind, Type

DATED_WITHOUT_CHOOSER = Message("dated-without-chooser")
SAY_CHOOSER = Message("say-chosen-by")
_ROW_WORDS = RESERVED - {"any", "all", "not", "when", "unless"}


@frozen
class Heading:
    """What is known of a decision before its rules are read; `for_each` names a list of things."""

    name: Scalar
    node: MappingNode
    kind: DecisionKind
    type: Type
    is_nullable: bool
    for_each: str | None = None


@frozen
class WrittenRule:
    """A rule, whether the readings chosen wake it, and where its id, `then`, overrides stand.

    With `is_over_all` it overrides every other rule of its decision. `group` is the one that it
    stands in, if any. `node` is the whole as it is written.
    """

    rule: Rule
    node: MappingNode
    is_live: bool
    id_place: Node
    then_place: Node
    overrides: tuple[Scalar, ...] = ()
    is_over_all: bool = False
    group: str = ""


def read_rule(
    names: Scope, heading: Heading, node: MappingNode, default_id: str, *, is_row: bool = False
) -> WrittenRule:
    """The rule; in a row every key that is no word of the language is a column."""
    with names.having(used=[]):
        is_live = _under(names, node.get("under"))
        when = _when(names, node, is_row=is_row)
        then = _then(names, heading, node)
        id_node = node.key("id") and node_access.word(names.report, node.get("id"))
        citations = read_citations(names, node.get("clauses"))
        used = names.used
    overrides, overridden = _overrides(names, heading, node.get("overrides"))
    rule = Rule(
        id=default_id if id_node is None else str(id_node.value),
        when=when,
        then=Constant(None) if then is None else then.term,
        because=read_filled_text(names, node.get("because")),
        unless=read_filled_text(names, node.get("unless")),
        clauses=tuple(dict.fromkeys(clause for one in citations for clause in one.clauses)),
        citations=() if all(citation.when is ALWAYS for citation in citations) else citations,
        readings=tuple(dict.fromkeys([*names.hung_on(node.get("readings")), *used])),
        overrides=overrides,
        attaches=node_access.known_words(
            names.report, "unknown-name", node.get("attaches"), names.facts | names.decisions
        ),
        place=(id_node or node).place,
    )
    places = id_node or node, node.get("then") or node, overridden
    return WrittenRule(rule, node, is_live, *places, isinstance(node.get("overrides"), Scalar))


def _under(names: Scope, section: Node | None) -> bool:
    """Whether every reading named is chosen as named."""
    is_live = True
    for key, node in node_access.entries(names.report, section):
        reading, chosen = names.reading(key), node_access.word(names.report, node)
        if reading is None or chosen is None:
            continue
        names.used.append(reading.id)
        is_live = names.alternative(reading, chosen) and is_live
    return is_live


def _when(names: Scope, node: MappingNode, *, is_row: bool) -> Condition:
    conditions: list[Condition] = []
    if is_row:
        conditions += [read_test(names, key, below) for key, below in _columns(names, node)]
    elif (below := node.get("when")) is not None:
        conditions.append(read_condition(names, below))
    conditions.append(_dated(names, node))
    return joined(conditions)


def _columns(names: Scope, node: MappingNode) -> Iterator[tuple[Scalar, Node]]:
    """The keys of a row that are tested, without those that misspell a word of the language."""
    for key, below in node.entries:
        name = str(key.value)
        if name in RESERVED:
            continue
        if _is_misspelt(names, name):
            node_access.unknown(names.report, "unknown-column", key, _ROW_WORDS)
            continue
        yield key, below


def _is_misspelt(names: Scope, name: str) -> bool:
    """Whether a key of a row is near to a word of the language, and to no name that is known."""
    if name in names.known or did_you_mean(name, names.known) is not None:
        return False
    return did_you_mean(name, _ROW_WORDS) is not None


def _dated(names: Scope, node: MappingNode) -> Condition:
    first = read_day(names.report, node.get("from"))
    last = read_day(names.report, node.get("until"))
    if first is None and last is None:
        return ALWAYS
    if first is not None and last is not None and first > last:
        message = Message("interval-empty", first=first, last=last)
        names.report.add("empty-interval", node.get("until"), message)
    if not names.chosen_by:
        key = node.key("from") or node.key("until")
        names.report.add("dated-without-chooser", key, DATED_WITHOUT_CHOOSER, SAY_CHOOSER)
    return between(names, first, last)


def _then(names: Scope, heading: Heading, node: MappingNode) -> Symbol | None:
    below = node.get("then")
    if heading.kind.has_requirements:
        return None
    if node_access.text_of(heading.node.get("total")) == "count":
        if below is not None and (key := node.key("then")) is not None:
            names.report.add("decision-kind", key, Message("counted-rules-give-nothing"))
        return Symbol(Constant(1), heading.type)
    if below is None:
        names.report.add("missing-key", node, Message("rule-does-not-say"))
        return None
    with names.report.naming(str(heading.name.value)):
        return read_then(names, below, heading.type, heading.is_nullable)


def _overrides(
    names: Scope, heading: Heading, node: Node | None
) -> tuple[tuple[Override, ...], tuple[Scalar, ...]]:
    if node is None:
        return (), ()
    if not heading.kind.gives_value:
        names.report.add("nothing-to-override", node, Message("nothing-can-overridden-every"))
        return (), ()
    if isinstance(node, Scalar):
        return (), ()  # `all`: the other rules are named when every one is known
    if not isinstance(node, MappingNode):
        rules = tuple(node_access.words_in(names.report, node))
        return tuple(Override(str(rule.value)) for rule in rules), rules
    found: list[Override] = []
    for key, below in node.entries:
        name = node_access.word(names.report, below)
        reading = None if name is None else names.reading(name)
        found.append(Override(str(key.value), None if reading is None else reading.id))
    return tuple(found), tuple(key for key, _ in node.entries)


BY = "by"


def read_citations(names: Scope, node: Node | None) -> tuple[Citation, ...]:
    """What a rule cites, by the readings chosen, and by the outcome of a decision (`by`)."""
    if node is None:
        return ()
    return names.chosen(node, lambda below: _cited(names, below)) or ()


def _cited(names: Scope, node: Node) -> tuple[Citation, ...]:
    if not isinstance(node, MappingNode):
        return (Citation(ALWAYS, names.cited(node)),)
    by = _decision(names, node)
    citations: list[Citation] = []
    for outcome, below in node.entries:
        if outcome.value == BY:
            continue
        clauses = names.cited(below)
        if by is not None and by.type is not None and _is_outcome(names, by.type.options, outcome):
            when = Comparison(by.term, Operator.IS, Constant(outcome.value))
            citations.append(Citation(when, clauses))
    return tuple(citations)


def _decision(names: Scope, node: MappingNode) -> Symbol | None:
    name = node_access.word(names.report, node.get(BY))
    if name is None or not known_decision(names, name):
        return None
    typed = names.known[str(name.value)]
    if typed.type is not None and not (typed.type.kind is Kind.CHOICE and typed.type.options):
        message = Message("decision-whose-outcomes-words", name=name.value)
        names.report.add("wrong-pick", name, message)
        return None
    return typed


def _is_outcome(names: Scope, options: tuple[str, ...], outcome: Scalar) -> bool:
    return node_access.is_known(names.report, "unknown-outcome", outcome, options)
