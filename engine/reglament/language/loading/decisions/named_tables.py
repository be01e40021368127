"""From a table that several decisions use to its rows, read for one of them.

    tables: {zone_fee: {inputs: [zone], rows: [{zone: near, then: 3}]}}
    decisions: {outbound: {type: integer, table: {use: zone_fee, with: {zone: order.to}}}}

In the rows, `zone` is another name of `order.to`: as a column, in operands, in what they give and
in braces. So a row becomes a rule of each decision, and every reader of rules reads it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from reglament.language.loading.decisions.rules_section import Heading, WrittenRule, read_rule
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import RESERVED, Scope, Symbol
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message, ticked


@dataclass(slots=True)
class NamedTables:
    """The tables of a version by their names, and those that a decision uses."""

    found: Mapping[str, MappingNode] = field(default_factory=dict)
    places: Mapping[str, Scalar] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def tell_unused(self, names: Scope) -> None:
        """Note each table that no decision uses: nothing would ever read its rows."""
        for name, place in self.places.items():
            if name not in self.used:
                names.report.add("table-unused", place, Message("table-unused", name=name))


def read_tables(names: Scope, section: Node | None) -> NamedTables:
    """The tables that the section declares; inputs named twice or as a word are problems."""
    nodes: dict[str, MappingNode] = {}
    places: dict[str, Scalar] = {}
    for name, below in node_access.named_mappings(names.report, section):
        nodes[str(name.value)], places[str(name.value)] = below, name
        told: set[object] = set()
        for word in node_access.words_in(names.report, below.get("inputs")):
            if word.value in RESERVED:
                message = Message("name-language-own", text=word.value)
                names.report.add("reserved-name", word, message)
            elif word.value in told:
                names.report.add("repeated-value", word, Message("listed-twice", node=word.raw))
            told.add(word.value)
    return NamedTables(nodes, places)


def rows_of(
    names: Scope, tables: NamedTables, heading: Heading, node: MappingNode, prefix: str
) -> Iterator[WrittenRule]:
    """The rows of the table that `node` uses, as rules of the decision."""
    word = node_access.word(names.report, node.get("use"))
    if word is None or not node_access.is_known(names.report, "unknown-table", word, tables.found):
        return
    table = tables.found[str(word.value)]
    tables.used.add(str(word.value))
    meant = _meant(names, table, node, word)
    if meant is None:
        return
    scope = replace(
        names,
        known={**names.known, **{name: typed for name, (_, typed) in meant.items()}},
        facts=names.facts | meant.keys(),
    )
    called = {name: other for name, (other, _) in meant.items()}
    for number, item in enumerate(node_access.items(names.report, table.get("rows")), 1):
        below = node_access.mapping(names.report, item)
        if below is not None:
            if (key := below.key("overrides")) is not None:
                names.report.add("decision-kind", key, Message("named-table-overrides"))
            yield _row(
                read_rule(scope, heading, below, f"row-{number}", is_row=True), prefix, called
            )


def _row(read: WrittenRule, prefix: str, called: Mapping[str, str]) -> WrittenRule:
    """The rule by its name in this decision, its reason by the names that the request has."""
    rule = replace(
        read.rule,
        id=f"{prefix}-{read.rule.id}",
        because=node_access.renamed_in_braces(read.rule.because, called),
        overrides=(),
    )
    return replace(read, rule=rule, overrides=(), is_over_all=False)


def _meant(
    names: Scope, table: MappingNode, node: MappingNode, use: Scalar
) -> dict[str, tuple[str, Symbol]] | None:
    """For each input of the table the fact or decision that stands for it, by `with`."""
    inputs = [str(one.value) for one in node_access.words_in(names.report, table.get("inputs"))]
    given = dict(_given(names, node.get("with"), inputs))
    lacking = [name for name in inputs if name not in given and name not in _tested(names)]
    if lacking:
        message = Message("table-input-missing", table=use.value, inputs=ticked(lacking))
        names.report.add("missing-key", node, message, Message("write-with-input", name=lacking[0]))
        return None
    meant = {name: given.get(name, name) for name in inputs}
    return {name: (other, names.known[other]) for name, other in meant.items()}


def _tested(names: Scope) -> set[str]:
    return names.facts | names.decisions


def _given(names: Scope, section: Node | None, inputs: list[str]) -> Iterator[tuple[str, str]]:
    for key, node in node_access.entries(names.report, section):
        word = node_access.word(names.report, node)
        if key.value not in inputs:
            node_access.unknown(names.report, "unknown-input", key, inputs)
        elif word is not None and word.value in _tested(names):
            yield str(key.value), str(word.value)
        elif word is not None:
            node_access.unknown(names.report, "unknown-name", word, _tested(names))
            # Which is told; nothing else hangs on it.
            yield str(key.value), sorted(_tested(names))[0]
