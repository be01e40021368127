"""From the sections `facts` and `parameters` to what a request may tell and what is constant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_day, read_literal
from reglament.language.loading.expressions.scope import ListScope, Scope, Symbol
from reglament.language.loading.expressions.type_bounds import read_bounds
from reglament.language.loading.sections.lists_section import (
    fields_of_nameless,
    is_list_of_things,
    list_type,
    read_list,
)
from reglament.language.requests.near import word_type
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, AllOf, Comparison
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.moments import DAY
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Parameter
from reglament.model.terms import Constant, DecisionRef, FactRef
from reglament.model.values import WORDS, Kind, Type, Value
from reglament.model.words import Text

KINDS = tuple(kind.value for kind in Kind)


def read_type(report: Diagnostics, owner: MappingNode) -> Type | None:
    """The type that the mapping describes; None, and a problem, where it describes none."""
    name = node_access.word(report, owner.get("type"))
    if name is None:
        if owner.get("type") is None:
            report.add("missing-key", owner, Message("not-said", key="type"))
        return None
    if not node_access.is_known(report, "unknown-type", name, KINDS):
        return None
    return _type_of_kind(report, owner, Kind(str(name.value)))


def _type_of_kind(report: Diagnostics, owner: MappingNode, kind: Kind) -> Type | None:
    if kind is Kind.CHOICE:
        options = tuple(str(k.value) for k, _ in node_access.entries(report, owner.get("options")))
        is_open = node_access.flag(report, owner, "open")
        # With no options, which the schema refused, no word could be told to be unknown.
        return Type(kind, options=options, is_open=is_open) if options or is_open else None
    if kind is Kind.DECIMAL:
        return Type(kind, places=_places(report, owner.get("places")))
    if kind is Kind.TEXT:
        return Type(kind, is_open=True)
    if kind is Kind.LIST:
        item = node_access.mapping(report, owner.get("item"))
        found = read_type(report, item) if item is not None else Type(Kind.TEXT, is_open=True)
        return None if found is None else Type(kind, item=found)
    if kind is Kind.RECORD:
        return _record(report, owner)
    return Type(kind)


def _places(report: Diagnostics, node: Node | None) -> int:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 12:
        return value
    if node is not None:
        report.shape(node, Message("whole-number-from"))
    return 0


def _record(report: Diagnostics, owner: MappingNode) -> Type:
    fields: list[tuple[str, Type]] = []
    nullable: list[str] = []
    for name, below in node_access.entries(report, owner.get("fields")):
        # `{name: text}` is short for `{name: {type: text}}`.
        key = Scalar("type", "type", False, below.place)
        nested = (
            below if isinstance(below, MappingNode) else MappingNode(((key, below),), below.place)
        )
        found = read_type(report, nested)
        if found is not None:
            fields.append((str(name.value), found))
            if node_access.flag(report, nested, "nullable"):
                nullable.append(str(name.value))
    return Type(Kind.RECORD, fields=tuple(fields), nullable=tuple(nullable))


def read_facts(names: Scope, section: Node | None) -> dict[str, Fact]:
    """The facts that requests may tell; each name becomes known.

    What is taken from another policy is decided, not told: `read_imported` makes that known.
    """
    facts: dict[str, Fact] = {}
    for name, node in node_access.entries(names.report, section):
        below = node_access.mapping(names.report, node)
        if below is not None and below.get("from") is not None:
            continue
        if below is not None and is_list_of_things(below):
            facts.update(_list_of_things(names, name, below))
            continue
        nameless = None if below is None else fields_of_nameless(below)
        if nameless is not None and names.declare(name, Symbol(FactRef(str(name.value)), None)):
            # What is said of it is not complained of: that its items have no name is told.
            names.facts.add(str(name.value))
            names.report.poisoned.add(str(name.value))
            names.nameless[str(name.value)] = nameless
            continue
        type = None if below is None else _bounded_type(names, below)
        is_nullable = below is not None and below.get("null_means") is not None
        text = str(name.value)
        if names.declare(name, Symbol(FactRef(text), type, is_nullable)):
            names.facts.add(text)
            if type is None:
                names.report.poisoned.add(text)
            if below is not None and type is not None:
                fact = _fact(names.report, name, below, type)
                facts[text] = replace(fact, assumed=_assumed(names, below, fact))
    return facts


def _list_of_things(names: Scope, name: Scalar, node: MappingNode) -> dict[str, Fact]:
    """The list as a fact, and what may be named of one of its items."""
    text, (fact, scope) = str(name.value), _read_list(names, name, node, None)
    if not names.declare(name, Symbol(FactRef(text), fact.type)) or scope is None:
        return {}
    names.facts.add(text)
    return {text: fact}


def _read_list(
    names: Scope, name: Scalar, node: MappingNode, inside: str | None
) -> tuple[Fact, ListScope | None]:
    """A list of things, of the request or `inside` the items of another list."""
    item = node_access.mapping(names.report, node.get("item"))
    fields: dict[str, Fact] = {}
    if item is not None:
        fields = dict(_fields(names, str(name.value), item, is_inner=inside is not None))
        called, written = node_access.text_of(item.get("called")), item.get("fields")
        if isinstance(written, MappingNode):
            refused = (short for short in written.keys if short not in fields)
            names.report.poisoned |= {f"{called}.{short}" for short in refused}
    scope = read_list(names, name, node, fields, inside)
    fact = _fact(names.report, name, node, list_type(fields))
    is_sensitive = fact.is_sensitive or any(field.is_sensitive for field in fields.values())
    if scope is not None:
        scope.is_sensitive = is_sensitive
    return replace(fact, is_sensitive=is_sensitive), scope


def _fields(
    names: Scope, of_list: str, item: MappingNode, *, is_inner: bool
) -> Iterator[tuple[str, Fact]]:
    """What a request tells of one item, by what it calls it; a list may be told once more."""
    called = node_access.text_of(item.get("called"))
    for key, below in node_access.named_mappings(names.report, item.get("fields")):
        short = str(key.value)
        if is_list_of_things(below) and is_inner:
            names.report.add("list-inside-list", key, Message("list-nested-twice", name=key.value))
            continue
        if is_list_of_things(below):
            name = replace(key, value=f"{called}.{short}")
            fact, scope = _read_list(names, name, below, of_list)
            if scope is not None:
                yield short, fact
            continue
        type = _bounded_type(names, below)
        if type is not None and type.kind in (Kind.LIST, Kind.RECORD):
            names.report.add("list-inside-list", key, Message("list-field-flat", name=key.value))
        elif type is not None:
            yield short, _fact(names.report, key, below, type)


def _bounded_type(names: Scope, node: MappingNode) -> Type | None:
    type = read_type(names.report, node)
    if type is None:
        return None
    item = node.get("item")
    if type.item is not None and isinstance(item, MappingNode):
        type = replace(type, item=read_bounds(names, item, type.item))
    return read_bounds(names, node, type)


def _fact(report: Diagnostics, name: Scalar, node: MappingNode, type: Type) -> Fact:
    return Fact(
        name=str(name.value),
        type=type,
        label=node_access.label(report, node, str(name.value)),
        null_means=node_access.words(report, node.get("null_means")),
        question=node_access.words(report, node.get("question")),
        told_by=node_access.texts_in(report, node.get("told_by")),
        option_labels=_option_labels(report, node, type),
        can_change=node_access.flag(report, node, "can_change", True),
        is_sensitive=node_access.flag(report, node, "sensitive"),
        refuses_near=_refuses_near(report, node, type),
        place=name.place,
    )


def _assumed(names: Scope, node: MappingNode, fact: Fact) -> Constant | None:
    """What is taken for the fact where nobody tells it."""
    said = node.get("assumed")
    if said is None:
        return None
    if isinstance(said, Scalar) and said.value is None:
        if fact.is_nullable:
            return Constant(None)
        names.report.add("null-not-allowed", said, Message("may-not-told-null", name=fact.name))
        return None
    if fact.name == names.chosen_by:
        names.report.add("chooser-assumed", said, Message("chooser-not-assumed", name=fact.name))
        return None
    found = read_literal(names, said, fact.type)
    return None if found is None else Constant(found[0])


def _option_labels(report: Diagnostics, node: MappingNode, type: Type) -> dict[str, Text]:
    """The options with their labels, of a list those of its items."""
    owner = node_access.mapping(report, node.get("item")) if type.kind is Kind.LIST else node
    return {} if owner is None else node_access.labels(report, owner.get("options"))


def _refuses_near(report: Diagnostics, node: MappingNode, type: Type) -> bool:
    """Whether `near: refuse` is said, as it can be of what tells words."""
    told = node.key("near")
    if told is not None and word_type(type).kind not in WORDS:
        report.add("near-without-words", told, Message("only-fact-tells-words"))
    return node_access.text_of(node.get("near")) == "refuse"


def read_parameters(
    names: Scope, section: Node | None
) -> tuple[dict[str, Parameter], dict[str, Decision]]:
    """The named values, and for those that are dated the decision that picks one by day."""
    parameters: dict[str, Parameter] = {}
    dated: dict[str, Decision] = {}
    for name, node in node_access.entries(names.report, section):
        below = node_access.mapping(names.report, node)
        parameter = None if below is None else _parameter(names, name, below)
        if parameter is None:
            names.declare(name, Symbol(Constant(None), None))
            names.report.poisoned.add(str(name.value))
            continue
        is_dated = any(day is not None for day, _ in parameter.values)
        if not names.declare(name, _typed(parameter, is_dated)):
            continue
        parameters[parameter.name] = parameter
        if is_dated and not names.chosen_by:
            message, hint = Message("dated-without-chooser"), Message("say-chosen-by")
            names.report.add("dated-without-chooser", parameter.place, message, hint)
        if is_dated:
            dated[parameter.name] = _decision(names, parameter)
    return parameters, dated


def _typed(parameter: Parameter, is_dated: bool) -> Symbol:
    if is_dated:
        return Symbol(DecisionRef(parameter.name), parameter.type, False, parameter.readings)
    value = parameter.values[0][1]
    constant = Constant(value, name=parameter.name)
    return Symbol(constant, parameter.type, value is None, parameter.readings)


def _parameter(names: Scope, name: Scalar, node: MappingNode) -> Parameter | None:
    type = _bounded_type(names, node)
    if type is None:
        return None
    values = _values(names, name, node, type)
    if not values:
        return None
    return Parameter(
        name=str(name.value),
        type=type,
        label=node_access.label(names.report, node, str(name.value)),
        values=values,
        clauses=names.cited(node.get("clauses")),
        readings=names.hung_on(node.get("readings")),
        place=name.place,
    )


def _values(
    names: Scope, name: Scalar, node: MappingNode, type: Type
) -> tuple[tuple[date | None, Value], ...]:
    value, values = node.get("value"), node.get("values")
    if (value is None) == (values is None):
        message = Message("parameter-needs-either-value", name=name.value)
        names.report.add("parameter-value", name, message)
        return ()
    if value is not None:
        one = read_literal(names, value, type)
        return () if one is None else ((None, one[0]),)
    found: list[tuple[date, Value]] = []
    for key, below in node_access.entries(names.report, values):
        day = read_day(names.report, key)
        one = read_literal(names, below, type)
        if day is not None and one is not None:
            found.append((day, one[0]))
    return tuple(sorted(found, key=lambda pair: pair[0]))


def _decision(names: Scope, parameter: Parameter) -> Decision:
    days = [day for day, _ in parameter.values if day is not None]
    ends = [day - DAY for day in days[1:]]
    periods = zip(days, [*ends, None], strict=True)
    rules = [
        Rule(
            id=f"{parameter.name}-from-{first.isoformat()}",
            when=between(names, first, last),
            then=Constant(value),
            clauses=parameter.clauses,
            readings=parameter.readings,
            place=parameter.place,
        )
        for (first, last), (_, value) in zip(periods, parameter.values, strict=True)
    ]
    return Decision(
        name=parameter.name,
        kind=DecisionKind.OUTCOME,
        type=parameter.type,
        label=parameter.label,
        rules=tuple(rules),
        is_internal=True,
        place=parameter.place,
    )


def between(names: Scope, first: date | None, last: date | None) -> AllOf:
    """That the fact which chooses the version tells a day from `first` to `last`, included."""
    chooser = names.known.get(names.chosen_by)
    type = None if chooser is None else chooser.type
    is_moment = type is not None and type.kind is Kind.DATETIME
    subject = FactRef(names.chosen_by)
    bounds = ((Operator.AT_LEAST, first), (Operator.AT_MOST, last))
    tests = tuple(
        Comparison(subject, operator, Constant(day), by_day=is_moment)
        for operator, day in bounds
        if day is not None
    )
    return AllOf(tests) if tests else ALWAYS
