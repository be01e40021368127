"""From the section `decisions` to the questions that the regulation answers, in building order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from reglament.language.loading.decisions.decision_cycles import (
    Rules,
    cycle_in,
    in_building_order,
    tell_cycle,
)
from reglament.language.loading.decisions.hit_policies import (
    COLLECTING,
    check_gathering,
    needs_otherwise,
    with_hit_policy,
)
from reglament.language.loading.decisions.list_decisions import (
    decisions_of_lists,
    declare_for_each,
    refuse_cycles,
)
from reglament.language.loading.decisions.named_tables import NamedTables, rows_of
from reglament.language.loading.decisions.nulls_and_zeros import refuse_nulls_and_zeros
from reglament.language.loading.decisions.rule_groups import (
    RuleGroup,
    groups_told,
    lists_of,
    read_groups,
)
from reglament.language.loading.decisions.rules_section import Heading, WrittenRule, read_rule
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import Scope, Symbol
from reglament.language.loading.sections.explain_section import known_decisions
from reglament.language.loading.sections.facts_section import read_type
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.messages import Message, ticked
from reglament.model.decisions import Decision, DecisionKind
from reglament.model.terms import DecisionRef
from reglament.model.values import Kind, Type, choice

MOST_DEEP = 100  # of decisions one on the other: those who walk them call themselves


@dataclass(slots=True)
class Decisions:
    """The decisions read, and the rules that only another choice of reading would wake."""

    found: dict[str, Decision] = field(default_factory=dict)
    dormant: list[str] = field(default_factory=list)


def declare_decisions(names: Scope, section: Node | None) -> list[Heading]:
    """The names, kinds and types of the decisions, so that rules may name any of them."""
    headings: list[Heading] = []
    for name, node in node_access.entries(names.report, section):
        below = node_access.mapping(names.report, node)
        heading = None if below is None else _heading(names.report, name, below)
        if below is not None and below.get("for_each") is not None:
            if declare_for_each(names, name, below, _typed(str(name.value), heading)) and heading:
                headings.append(heading)
        elif names.declare(name, _typed(str(name.value), heading)):
            names.decisions.add(str(name.value))
            if heading is not None:
                headings.append(heading)
            else:
                names.report.poisoned.add(str(name.value))
    for heading in headings:
        if heading.for_each is None:
            names.declare_fields(str(heading.name.value))
    return headings


def ids_below(node: Node | None) -> Iterator[str]:
    """Every `id` that stands below a node, whatever else is wrong there."""
    if isinstance(node, SequenceNode):
        for item in node.items:
            yield from ids_below(item)
    elif isinstance(node, MappingNode):
        for key, below in node.entries:
            if key.value == "id" and isinstance(below, Scalar):
                yield str(below.value)
            yield from ids_below(below)


def _typed(name: str, heading: Heading | None) -> Symbol:
    if heading is None:
        return Symbol(DecisionRef(name), None)
    is_collection = heading.kind.lists_items
    type = Type(Kind.LIST, item=heading.type) if is_collection else heading.type
    return Symbol(DecisionRef(name), type, heading.is_nullable)


def _heading(report: Diagnostics, name: Scalar, node: MappingNode) -> Heading | None:
    kind = _kind(report, node)
    type = _type(report, name, node)
    if type is None:
        return None
    for_each = node_access.text_of(node.get("for_each"))
    is_nullable = node_access.flag(report, node, "nullable")
    heading = Heading(name, node, kind, type, is_nullable, for_each)
    check_gathering(report, heading)
    return heading


def _kind(report: Diagnostics, node: MappingNode) -> DecisionKind:
    if node.get("checklist") is not None:
        return DecisionKind.CHECKLIST
    if node.get("total") is not None:
        return DecisionKind.TOTAL
    is_collected = node_access.text_of(node.get("hit_policy")) in COLLECTING
    if node_access.flag(report, node, "collection") or is_collected:
        return DecisionKind.COLLECTION
    return DecisionKind.OUTCOME


def _type(report: Diagnostics, name: Scalar, node: MappingNode) -> Type | None:
    outcomes = node.get("outcomes")
    if (outcomes is None) == (node.get("type") is None):
        message = Message("decision-needs-either-outcomes", name=name.value)
        report.add("decision-kind", name, message)
        return None
    if outcomes is None:
        return read_type(report, node)
    # With no outcomes, which the schema refused, no word could be told to be none of them.
    words = [str(key.value) for key, _ in node_access.entries(report, outcomes)]
    return choice(*words) if words else None


def read_decisions(
    names: Scope,
    section: Node | None,
    headings: Iterable[Heading],
    parameters: Mapping[str, Decision],
    tables: NamedTables,
) -> Decisions:
    """Every decision, those behind dated parameters included, each after those it builds on.

    A rule of the section that could not be read is unknown to what names it, and told already.
    """
    decisions = Decisions()
    found = dict(parameters)
    places: dict[str, Node] = {}
    read: list[tuple[Heading, list[WrittenRule]]] = []
    for heading in sorted(headings, key=lambda one: str(one.name.value)):
        items = names.lists.get(heading.for_each or "")
        groups = read_groups(names.report, heading)
        with nullcontext() if items is None else names.one_of(items):
            rules = _rules(names, heading, groups, tables)
            written = with_hit_policy(names, heading, rules, groups)
            otherwise = _otherwise(names, heading)
            needs_otherwise(names.report, heading, written, has_one=otherwise is not None)
            every = [*written, *([otherwise] if otherwise else [])]
            read.append((heading, every))
            _refuse_repeated_ids(names, every, places)
            _check_overrides(names, written)
            decision = _decision(names, heading, written, otherwise)
        made = found if items is None else items.decisions
        made[decision.name] = replace(decision, groups=groups_told(groups))
        decisions.dormant += [rule.rule.id for rule in written if not rule.is_live]
    tables.tell_unused(names)
    names.report.poisoned |= set(ids_below(section)) - places.keys()
    found |= decisions_of_lists(names)
    written_of = {str(heading.name.value): written for heading, written in read}
    if not refuse_cycles(names, found, written_of):
        decisions.found = _ordered(names, found, written_of)
    refuse_nulls_and_zeros(names, read, found)
    return decisions


def _rules(
    names: Scope, heading: Heading, groups: Sequence[RuleGroup], tables: NamedTables
) -> list[WrittenRule]:
    node, report = heading.node, names.report
    keys = [k for k in ("rules", "table", "requirements", "groups") if node.get(k) is not None]
    wanted = ("requirements",) if heading.kind.has_requirements else ("rules", "table", "groups")
    if len(keys) != 1 or keys[0] not in wanted:
        listed = ticked(wanted, " / ")
        report.add("decision-kind", heading.name, Message("decision-needs-one", listed=listed))
    written_rules: list[WrittenRule] = []
    for group, key, items in lists_of(node, groups):
        prefix = "-".join(filter(None, (str(heading.name.value), group)))
        if key == "table" and isinstance(items, MappingNode):
            used = rows_of(names, tables, heading, items, prefix)
            written_rules += [replace(written_rule, group=group) for written_rule in used]
            continue
        for number, item in enumerate(node_access.items(report, items), 1):
            below = node_access.mapping(report, item)
            if below is not None:
                default = f"{prefix}-row-{number}"
                rule = read_rule(names, heading, below, default, is_row=key == "table")
                written_rules.append(replace(rule, group=group))
                if key != "table" and below.get("id") is None:
                    report.add("missing-key", below, Message("rule-no-id"))
    return written_rules


def _otherwise(names: Scope, heading: Heading) -> WrittenRule | None:
    below = node_access.mapping(names.report, heading.node.get("otherwise"))
    if below is None:
        return None
    if not heading.kind.gives_value:
        message = Message("only-decision-with-one")
        names.report.add("decision-kind", heading.node.key("otherwise"), message)
    return read_rule(names, heading, below, f"{heading.name.value}-otherwise")


def _refuse_repeated_ids(names: Scope, written: list[WrittenRule], places: dict[str, Node]) -> None:
    for rule in written:
        first = places.setdefault(rule.rule.id, rule.id_place)
        if first is not rule.id_place:
            message = Message("rule-already", rule=rule.rule.id, where=first.place.file_and_line)
            names.report.add("rule-id-twice", rule.id_place, message)


def _check_overrides(names: Scope, written: list[WrittenRule]) -> None:
    ids = {rule.rule.id for rule in written}
    if len(ids) < len(written):
        return  # two rules of one id were refused, and which of them is meant is open
    for written_rule in written:
        for target in written_rule.overrides:
            node_access.is_known(names.report, "unknown-rule", target, ids)
    live = {rule.rule.id: rule for rule in written if rule.is_live}
    cycle = cycle_in(
        {
            id: [override.rule for override in rule.rule.overrides if override.rule in live]
            for id, rule in live.items()
        }
    )
    if cycle:
        message = Message("rules-override-each-other", shown=ticked(cycle, " → "))
        names.report.add("overrides-circle", live[cycle[0]].id_place, message)


def _decision(
    names: Scope, heading: Heading, written: list[WrittenRule], otherwise: WrittenRule | None
) -> Decision:
    node, report = heading.node, names.report
    met, unmet = _checklist(names, heading)
    return Decision(
        name=str(heading.name.value),
        kind=heading.kind,
        type=heading.type,
        label=node_access.label(report, node, str(heading.name.value)),
        rules=tuple(written_rule.rule for written_rule in written if written_rule.is_live),
        otherwise=None if otherwise is None else otherwise.rule,
        is_nullable=heading.is_nullable,
        met=met,
        unmet=unmet,
        ask_for=known_decisions(names, node.get("ask_for")),
        outcome_labels=node_access.labels(report, node.get("outcomes")),
        unit={
            str(key.value): node_access.texts_in(report, below)
            for key, below in node_access.entries(report, node.get("unit"))
        },
        hit_policy=node_access.text_of(node.get("hit_policy")) or "any",
        total=node_access.text_of(node.get("total")) or "",
        keeps_duplicates=node_access.text_of(node.get("duplicates")) == "kept",
        place=heading.name.place,
    )


def _checklist(names: Scope, heading: Heading) -> tuple[str | None, str | None]:
    below = node_access.mapping(names.report, heading.node.get("checklist"))
    if below is None:
        return None, None
    return _side(names, heading, below, "met"), _side(names, heading, below, "unmet")


def _side(names: Scope, heading: Heading, node: MappingNode, key: str) -> str | None:
    word = node_access.word(names.report, node.get(key))
    if word is None:
        return None
    node_access.is_known(names.report, "unknown-outcome", word, heading.type.options)
    return str(word.value)


def _ordered(names: Scope, decisions: dict[str, Decision], rules: Rules) -> dict[str, Decision]:
    """Each decision after those that it builds on, asks for or attaches; ties by name."""
    builds_on = {name: sorted(_needed(one) & decisions.keys()) for name, one in decisions.items()}
    cycle = cycle_in(builds_on)
    if not cycle:
        order = in_building_order(builds_on)
        _refuse_deep(names.report, builds_on, [decisions[name] for name in order])
        return {name: decisions[name] for name in order}
    tell_cycle(names, cycle, decisions[cycle[0]].place, rules)
    return decisions


def _refuse_deep(
    report: Diagnostics, builds_on: Mapping[str, list[str]], ordered: list[Decision]
) -> None:
    """Tell the first decision with too many below it: whoever follows them goes as deep."""
    depths: dict[str, int] = {}
    for decision in ordered:
        below = builds_on[decision.name]
        depths[decision.name] = 1 + max((depths[name] for name in below), default=0)
        if depths[decision.name] > MOST_DEEP:
            message = Message("decisions-too-deep", name=decision.name, most=MOST_DEEP)
            hint = Message("decisions-too-deep-hint")
            report.add("decisions-too-deep", decision.place, message, hint)
            return


def _needed(decision: Decision) -> set[str]:
    attached = [name for rule in decision.rules for name in rule.attaches]
    return {*decision.reads(), *decision.ask_for, *attached}
