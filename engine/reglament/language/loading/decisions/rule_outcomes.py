"""From the `then` of a rule to the term that it gives, fitting the decision's type."""

from __future__ import annotations

from reglament.functions.plain_lists import LIST
from reglament.functions.table import FUNCTIONS, RECORD
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.conditionals import (
    choice,
    is_conditional,
    read_conditional,
)
from reglament.language.loading.expressions.list_tests import is_list_total, read_list_total
from reglament.language.loading.expressions.literal_nodes import (
    has_fields,
    read_literal,
    refuse_shape,
)
from reglament.language.loading.expressions.operands import (
    LITERAL,
    NAME,
    find,
    meant_name,
    outright,
)
from reglament.language.loading.expressions.scope import Scope, Symbol, fits
from reglament.language.loading.expressions.written_formulas import (
    BY_ZERO,
    is_formula,
    read_formula,
    read_term,
)
from reglament.language.syntax.mismatch import TypeMismatch, due_trap
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.messages import Message, Words
from reglament.model.kind_words import KIND_WORDS
from reglament.model.terms import Constant, Formula, Term
from reglament.model.values import TEXT, WORDS, Kind, Record, Type


def read_then(names: Scope, node: Node, type: Type, is_nullable: bool) -> Symbol | None:
    """What the rule gives, by the readings chosen; None, and problems, where it does not fit."""
    return names.chosen(node, lambda below: _given(names, below, type, is_nullable))


def _given(names: Scope, node: Node, type: Type, is_nullable: bool) -> Symbol | None:
    if node_access.is_null(node):
        if not is_nullable:
            _refuse_null(names, node)
        return Symbol(Constant(None), type, is_nullable=is_nullable)
    way, said = outright(node)
    if way and type.kind is not Kind.RECORD:
        return _said_outright(names, way, said, type)
    if type.kind is Kind.RECORD and isinstance(node, MappingNode):
        return _record(names, node, type, is_nullable)
    if isinstance(node, MappingNode):
        return _from_formula(names, node, type, is_nullable)
    if type.kind is Kind.LIST and isinstance(node, SequenceNode):
        return _list(names, node, type)
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return _from_text(names, node, type)
    value = read_literal(names, node, type)
    return None if value is None else Symbol(Constant(value[0]), type)


def _said_outright(names: Scope, way: str, node: Node, type: Type) -> Symbol | None:
    """The word itself, or what is called so."""
    if way == LITERAL:
        value = read_literal(names, node, type)
        return None if value is None else Symbol(Constant(value[0]), type)
    name = node_access.word(names.report, node)
    typed = None if name is None else find(names, name, None)
    if name is None or typed is None:
        return None
    names.used.extend(typed.readings)
    return _fitting(names, name, typed, type)


def _refuse_null(names: Scope, node: Node) -> None:
    message = Message("null-given-decision-not")
    names.report.add("null-not-allowed", node, message, Message("add-nullable-true"))


def _conditional(names: Scope, node: MappingNode, type: Type, is_nullable: bool) -> Symbol | None:
    """One of two outcomes, each of which fits the type."""
    found = read_conditional(names, node, lambda below: _given(names, below, type, is_nullable))
    return None if found is None else choice(*found, type)


def _record(names: Scope, node: MappingNode, type: Type, is_nullable: bool) -> Symbol | None:
    """A record, each of its fields being an outcome of its own; or one of two records."""
    if not has_fields(node, type):
        if is_conditional(node):
            return _conditional(names, node, type, is_nullable)
        if is_formula(node):
            return _from_formula(names, node, type, is_nullable)
        refuse_shape(names, node, type)
        return None
    terms: list[Term] = []
    for name, of in type.fields:
        below, may_be_null = node.get(name), name in type.nullable
        if below is None:
            continue
        if node_access.is_null(below) and not may_be_null:
            message = Message("field-never-null", name=name)
            names.report.add("null-not-allowed", below, message, Message("add-nullable-to-field"))
            continue
        typed = _given(names, below, of, may_be_null)
        if typed is not None:
            terms.append(typed.term)
    if len(terms) < len(type.fields):
        return None
    fields = tuple(name for name, _ in type.fields)
    said = [term.value for term in terms if isinstance(term, Constant) and term.name is None]
    if len(said) == len(terms):
        return Symbol(Constant(Record(zip(fields, said, strict=True))), type)
    arguments = (Constant(fields), Constant(type.nullable), *terms)
    return Symbol(Formula(RECORD.name, arguments), type)


def _list(names: Scope, node: SequenceNode, type: Type) -> Symbol | None:
    """A list, each of its items being an outcome of its own."""
    for one in filter(node_access.is_null, node.items):
        names.report.add("null-not-allowed", one, Message("list-item-never-null"))
    items = [one for one in node.items if not node_access.is_null(one)]
    told = [_given(names, one, type.item or TEXT, False) for one in items]
    symbols = [symbol for symbol in told if symbol is not None]
    if len(symbols) < len(told):
        return None
    terms = tuple(symbol.term for symbol in symbols)
    said = [term.value for term in terms if isinstance(term, Constant) and term.name is None]
    if len(said) == len(terms):
        return Symbol(Constant(tuple(said)), type)
    return Symbol(Formula(LIST, terms), type, any(symbol.is_nullable for symbol in symbols))


def _from_formula(names: Scope, node: MappingNode, type: Type, is_nullable: bool) -> Symbol | None:
    if is_conditional(node):
        return _conditional(names, node, type, is_nullable)
    if type.item is not None and _makes_records(node, type.item):
        typed = _records(names, node, type.item)
        return None if typed is None else _fitting(names, node, typed, type)
    if is_formula(node):
        typed, by_zero = read_formula(names, node), node.get(BY_ZERO)
        if by_zero is not None and node_access.is_null(by_zero) and not is_nullable:
            _refuse_null(names, by_zero)
        return None if typed is None else _fitting(names, node, typed, type)
    if node.entries:
        node_access.unknown(names.report, "unknown-function", node.entries[0][0], FUNCTIONS)
    else:
        names.report.shape(node, KIND_WORDS[type.kind])
    return None


def _makes_records(node: MappingNode, item: Type) -> bool:
    """Whether records are written that are made of the items of a list."""
    is_record = item.kind is Kind.RECORD
    return is_record and is_list_total(node) and isinstance(node.get(LIST), MappingNode)


def _records(names: Scope, node: MappingNode, item: Type) -> Symbol | None:
    """The list of a record for each item, each of its fields being an outcome of its own."""

    def read(names: Scope, below: Node) -> Symbol | None:
        if below is node.get(LIST) and isinstance(below, MappingNode):
            return _record(names, below, item, False)
        return read_term(names, below)

    return read_list_total(names, node, read)


def _from_text(names: Scope, node: Scalar, type: Type) -> Symbol | None:
    """What is called so, where that is meant; else the literal."""
    named = names.known.get(str(node.value))
    if type.kind in WORDS:
        named = meant_name(names, node, type)
    if named is not None:
        names.used.extend(named.readings)
        return _fitting(names, node, named, type)
    try:
        return Symbol(Constant(names.parser(type)(node.value)), type)
    except TypeMismatch as unfit:
        if unfit.code == "unknown-word":
            node_access.unknown(names.report, "unknown-outcome", node, type.options)
        elif unfit.code == "wrong-type" and NAME.fullmatch(str(node.value)):
            find(names, node, type)
        else:
            names.report.add(unfit.code, node, unfit.message, due_trap(node, type) or unfit.hint)
        return None


def _fitting(names: Scope, node: Node, typed: Symbol, type: Type) -> Symbol | None:
    if typed.type is None or fits(typed.type, type):
        return typed
    given = typed.type
    hint = None
    if given.kind is Kind.DECIMAL and type.kind in (Kind.DECIMAL, Kind.INTEGER):
        hint = Message("round-round-half-up")
    elif given.kind is Kind.DATETIME and type.kind is Kind.DATE:
        hint = Message("take-day-day-name")
    message = Message("decision-gives", type=_named(type), given=_named(given))
    names.report.add("wrong-type", node, message, hint)
    return None


def _named(type: Type) -> Words:
    wanted = KIND_WORDS[type.kind]
    if type.kind is not Kind.DECIMAL:
        return wanted
    return Message("with-decimal-places", wanted=wanted, places=type.places)
