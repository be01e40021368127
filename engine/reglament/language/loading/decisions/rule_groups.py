"""From the groups of a decision's rules to what they mean rule by rule: which override which.

    groups: {general: {table: fees.csv}, special: {overrides: [general], rules: […]}}

is *lex specialis*: a rule of `special` that applies overrides every rule of `general`. As with
single rules, it does so whether or not a third one overrides it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reglament.frozen import frozen
from reglament.language.loading.decisions.decision_cycles import cycle_in
from reglament.language.loading.decisions.rules_section import Heading, WrittenRule
from reglament.language.loading.expressions import node_access
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message, ticked

MOST_PAIRS = 250_000  # of a rule with one that it overrides, in one decision


@frozen
class RuleGroup:
    """Where the rules of a group stand, and the groups that it overrides."""

    name: Scalar
    node: MappingNode
    overrides: tuple[str, ...]


def read_groups(report: Diagnostics, heading: Heading) -> tuple[RuleGroup, ...]:
    """The groups of the decision; unknown names and cycles of them are problems."""
    section = heading.node.get("groups")
    if section is None:
        return ()
    if not heading.kind.gives_value:
        key = heading.node.key("groups")
        report.add("nothing-to-override", key, Message("nothing-can-overridden-every"))
    if node_access.text_of(heading.node.get("hit_policy")) == "first":
        report.add("decision-kind", heading.node.get("hit_policy"), Message("groups-no-first"))
    entries = list(node_access.named_mappings(report, section))
    known = [str(name.value) for name, _ in entries]
    groups = tuple(
        RuleGroup(name, below, tuple(_overridden(report, name, below, known)))
        for name, below in entries
    )
    cycle = cycle_in({str(group.name.value): group.overrides for group in groups})
    if cycle:
        shown = ticked(cycle, " → ")
        at = next(group.name for group in groups if group.name.value == cycle[0])
        report.add("overrides-circle", at, Message("groups-override-each-other", shown=shown))
        return tuple(RuleGroup(group.name, group.node, ()) for group in groups)
    return groups


def _overridden(
    report: Diagnostics, name: Scalar, node: MappingNode, known: Sequence[str]
) -> Iterator[str]:
    written, others = node.get("overrides"), [one for one in known if one != name.value]
    if isinstance(written, Scalar):
        yield from others
        return
    yield from node_access.known_words(report, "unknown-group", written, others)


def over_groups(
    report: Diagnostics, groups: Sequence[RuleGroup], written: Sequence[WrittenRule]
) -> Mapping[str, list[WrittenRule]]:
    """For each rule, by its id, those of other groups that its own group overrides."""
    members: dict[str, list[WrittenRule]] = {}
    for written_rule in written:
        members.setdefault(written_rule.group, []).append(written_rule)
    pairs = 0
    written_rules: dict[str, list[WrittenRule]] = {}
    for group in groups:
        below = [rule for name in group.overrides for rule in members.get(name, ()) if rule.is_live]
        own = members.get(str(group.name.value), ())
        pairs += len(own) * len(below)
        if pairs > MOST_PAIRS:
            message = Message("too-many-overridden", most=MOST_PAIRS)
            report.add("too-many-rules", group.name, message)
            return {}
        written_rules |= {rule.rule.id: below for rule in own}
    return written_rules


def groups_told(groups: Sequence[RuleGroup]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of the groups, each with those that it overrides."""
    return tuple((str(group.name.value), group.overrides) for group in groups)


def lists_of(node: MappingNode, groups: Sequence[RuleGroup]) -> Iterator[tuple[str, str, Node]]:
    """Each list of rules: its group (none is empty), the key that it stands under, the list."""
    for name, below in (("", node), *((str(group.name.value), group.node) for group in groups)):
        for key in ("rules", "table", "requirements"):
            if (found := below.get(key)) is not None:
                yield name, key, found
