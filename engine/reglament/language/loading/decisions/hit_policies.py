"""From the hit policy of a decision to what it means rule by rule: which of them override which.

The words are those of DMN 1.4 (8.2.8). Since each becomes plain overrides, every reader of rules
means the same by it, missing facts included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reglament.functions.table import RECORD, fields_of
from reglament.language.loading.decisions.rule_groups import RuleGroup, over_groups
from reglament.language.loading.decisions.rules_section import Heading, WrittenRule
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import Scope
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS
from reglament.model.decisions import DecisionKind, Override, Rule
from reglament.model.kind_words import KIND_WORDS
from reglament.model.terms import Constant, Formula, Term
from reglament.model.values import LENGTHS, Kind, Record, Type

COLLECTING = frozenset({"collect", "rule_order", "output_order"})
EXTREMES = frozenset({"minimum", "maximum"})
MOST_ORDERED = 500  # rules of one order: each pair of them is an override


def with_hit_policy(
    names: Scope, heading: Heading, written: Sequence[WrittenRule], groups: Sequence[RuleGroup] = ()
) -> list[WrittenRule]:
    """The rules with the overrides that the hit policy, groups and `all` stand for.

    `any` (where none is said): rules that apply together agree. `unique`: no two of them count;
    both are left to the readers of rules. `first`: a rule overrides those
    written after it. `priority`: a rule overrides those whose outcome stands later among the
    `outcomes` of the decision.
    """
    below = over_groups(names.report, groups, written) if groups else {}
    expanded = [
        _overriding(_over_all(rule, written), (lower.rule for lower in below.get(rule.rule.id, ())))
        for rule in written
    ]
    node = heading.node.get("hit_policy")
    is_record = heading.type.kind is Kind.RECORD
    if is_record and heading.kind.lists_items and node_access.text_of(node) == "output_order":
        return _in_output_order(names, heading, expanded)
    if not isinstance(node, Scalar) or node.value not in ("first", "priority"):
        return expanded
    if not heading.kind.gives_one:
        return expanded  # `check_gathering` says so
    live = [written_rule for written_rule in expanded if written_rule.is_live]
    if len(live) > MOST_ORDERED:
        message = Message("too-many-ordered-rules", count=len(live), most=MOST_ORDERED)
        names.report.add("too-many-rules", node, message)
        return expanded
    if node.value == "first":
        later = {written_rule.rule.id: live[place + 1 :] for place, written_rule in enumerate(live)}
    else:
        later = _of_less(names, heading, live)
    return [
        _overriding(one, (other.rule for other in later.get(one.rule.id, ()))) for one in expanded
    ]


def check_gathering(report: Diagnostics, heading: Heading) -> None:
    """Problems where what a decision gathers from its rules, and how, do not fit together."""
    node, kind = heading.node, heading.kind
    policy, total = node.get("hit_policy"), node.get("total")
    word = node_access.text_of(policy)
    gathers = kind.lists_items or kind is DecisionKind.TOTAL
    if word in ("any", "unique", "first", "priority") and not kind.gives_one:
        report.add("decision-kind", node.key("hit_policy"), Message("hit-policy-of-one-outcome"))
    elif word in COLLECTING and not gathers:
        report.add("decision-kind", node.key("hit_policy"), Message("collects-no-checklist"))
    if word == "output_order" and not _has_order(heading.type):
        report.add("decision-kind", policy, Message("output-order-needs-outcomes"))
    if node.get("duplicates") is not None and not kind.lists_items:
        report.add("decision-kind", node.key("duplicates"), Message("duplicates-of-collection"))
    if total is not None:
        _check_total(report, heading, total)


def _has_order(type: Type) -> bool:
    """Whether words of the type, or of fields of it, are listed."""
    return bool(type.options) or any(of.options for _, of in type.fields)


def _check_total(report: Diagnostics, heading: Heading, total: Node) -> None:
    word, kind = node_access.text_of(total), heading.type.kind
    if word in EXTREMES:
        fits = heading.type.is_ordered
    else:
        fits = kind is Kind.INTEGER or (word == "sum" and kind in LENGTHS | {Kind.DECIMAL})
    if not fits:
        message = Message("total-of-wrong-type", total=word, given=KIND_WORDS[kind])
        report.add("decision-kind", total, message, Message("total-types"))
    if heading.is_nullable:
        report.add("decision-kind", heading.node.key("nullable"), Message("total-never-null"))
    if heading.node.get("collection") is not None or word_of_order(heading.node):
        key = heading.node.key("collection") or heading.node.key("hit_policy")
        report.add("decision-kind", key, Message("total-lists-nothing"))


def word_of_order(node: MappingNode) -> bool:
    """Whether the hit policy says in which order items are listed."""
    return node_access.text_of(node.get("hit_policy")) in ("rule_order", "output_order")


def needs_otherwise(
    report: Diagnostics, heading: Heading, written: Sequence[WrittenRule], *, has_one: bool
) -> None:
    """A problem where a minimum or a maximum may be one of nothing."""
    total = heading.node.get("total")
    always = any(rule.is_live and rule.rule.when == ALWAYS for rule in written)
    if node_access.text_of(total) in EXTREMES and not has_one and not always:
        message = Message("extreme-of-nothing", total=node_access.text_of(total))
        report.add("missing-key", total, message, Message("say-otherwise"))


def _over_all(one: WrittenRule, written: Sequence[WrittenRule]) -> WrittenRule:
    """The rule; where it overrides `all`, it names every other one that counts."""
    if not one.is_over_all:
        return one
    return _overriding(one, (other.rule for other in written if other is not one and other.is_live))


def _overriding(written_rule: WrittenRule, others: Iterable[Rule]) -> WrittenRule:
    own = {override.rule: override for override in written_rule.rule.overrides}
    for other in others:
        own.setdefault(other.id, Override(other.id, is_written=False))
    return replace(written_rule, rule=replace(written_rule.rule, overrides=tuple(own.values())))


def _of_less(
    names: Scope, heading: Heading, live: Sequence[WrittenRule]
) -> dict[str, list[WrittenRule]]:
    """For each rule those whose outcome has less priority than its own."""
    ranked: list[tuple[tuple[int, ...], WrittenRule]] = []
    for written_rule in live:
        place = _rank(heading.type, written_rule.rule.then)
        if place is None:
            _refuse_unclear(names, heading, written_rule)
            return {}
        ranked.append((place, written_rule))
    return {
        rule.rule.id: [other for lower, other in ranked if lower > place] for place, rule in ranked
    }


def _rank(type: Type, then: Term) -> tuple[int, ...] | None:
    """Where what a rule gives stands among the outcomes; None where the rule does not say it.

    Of a record the fields of type `choice` say it, the first one first, as DMN has it.
    """
    if type.kind is not Kind.RECORD:
        word = then.value if isinstance(then, Constant) else None
        return (type.options.index(str(word)),) if word in type.options else None
    said = _fields_said(then)
    ranks = [_rank(of, said[name]) for name, of in type.fields if of.options and name in said]
    if not ranks or None in ranks:
        return None
    return tuple(place for rank in ranks if rank for place in rank)


def _fields_said(then: Term) -> dict[str, Term]:
    """The fields of a record that a rule gives; none where it gives another one's."""
    if isinstance(then, Constant) and isinstance(then.value, Record):
        return {name: Constant(value) for name, value in then.value.items()}
    is_made = isinstance(then, Formula) and then.function == RECORD.name
    return fields_of(then) if is_made else {}  # type: ignore[arg-type]


def _refuse_unclear(names: Scope, heading: Heading, rule: WrittenRule) -> None:
    """Tell that the rule has no place in the order; what could not be read is told already."""
    if rule.rule.then != Constant(None) or heading.is_nullable:
        names.report.add("priority-unclear", rule.then_place, Message("priority-needs-words"))


def _in_output_order(
    names: Scope, heading: Heading, written: list[WrittenRule]
) -> list[WrittenRule]:
    """The rules of a collection of records in the order of what they give."""
    ranked = [(_rank(heading.type, rule.rule.then), rule) for rule in written]
    for rank, written_rule in ranked:
        if rank is None:
            _refuse_unclear(names, heading, written_rule)
    return [rule for _, rule in sorted(ranked, key=lambda pair: pair[0] or ())]
