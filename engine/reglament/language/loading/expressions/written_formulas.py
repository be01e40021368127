"""From what a rule gives to a term, its type known before any request."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import partial

from reglament.functions.arithmetic import divisor_of, of_durations
from reglament.functions.dates import OF_ONE_DAY
from reglament.functions.elapsed_time import months_counted, of_moments
from reglament.functions.evaluate import apply
from reglament.functions.plain_lists import SORTED_BY, of_lists
from reglament.functions.record import Function
from reglament.functions.signatures import MOST_WRITTEN, Misapplied
from reglament.functions.table import EVERY, FUNCTIONS
from reglament.functions.texts import TEMPLATE
from reglament.functions.told_in_text import of_texts
from reglament.functions.working_time import COUNT_WORKING_DAYS, FIRST_DAY
from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.brackets import bracket_arguments
from reglament.language.loading.expressions.conditionals import (
    NULL,
    is_conditional,
    one_of_two,
    read_conditional,
)
from reglament.language.loading.expressions.hours_by_word import (
    HoursByWord,
    is_by_word,
    read_hours,
    read_hours_by_word,
)
from reglament.language.loading.expressions.list_tests import (
    OF_ITEMS,
    TOTALS,
    is_list_total,
    read_list_total,
)
from reglament.language.loading.expressions.operands import LITERAL, SAME_AS, find, outright
from reglament.language.loading.expressions.scope import Scope, Symbol
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.messages import Message, Words
from reglament.model.conditions import Comparison, Not
from reglament.model.operators import Operator
from reglament.model.terms import Constant, Formula, Term
from reglament.model.values import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    LENGTHS,
    PERIOD,
    TEXT,
    TIME,
    Kind,
    Type,
    Value,
    decimal,
    nought,
)

_PLACES = re.compile(r"\{([^{}]*)\}")
BY_ZERO, BY = "by_zero", "by"
TIES = ("closing", "next_opening")


def is_formula(node: Node) -> bool:
    """Whether the mapping applies a function of the language."""
    if not isinstance(node, MappingNode):
        return False
    return is_list_total(node) or any(key in FUNCTIONS for key in node.keys)


def _conditional(names: Scope, node: MappingNode) -> Symbol | None:
    """One of two terms of one type, as an argument or an operand."""
    found = read_conditional(names, node, partial(_side, names))
    return None if found is None else one_of_two(names, node, *found)


def _side(names: Scope, node: Node) -> Symbol | None:
    """What one side of a choice gives, which may be null; it then has no type of its own."""
    if node_access.is_null(node):
        return Symbol(NULL, None, is_nullable=True)
    return read_term(names, node)


def read_formula(names: Scope, node: MappingNode) -> Symbol | None:
    """The function applied to its arguments; None, and problems, where it cannot be."""
    if is_list_total(node):
        return read_list_total(names, node, read_term)
    arguments: list[Symbol] = []
    made, below = _applied(names, node, arguments), node.get(BY_ZERO)
    if made is None or below is None or not isinstance(made.term, Formula):
        return made
    other = _side(names, below)
    if other is None:
        return None
    place = divisor_of(made.term.function)
    if place is None:  # told already
        return made
    divisor, type = arguments[place].term, arguments[place].type
    if place == 0:
        other = _power_of_zero(names, node, made, arguments[1].term, other)
    zero: Value = nought(type) if type and type.kind in LENGTHS else 0
    is_zero = Comparison(divisor, Operator.IS, Constant(zero), place=node.place)
    return None if other is None else one_of_two(names, node, Not(is_zero), made, other)


def _power_of_zero(
    names: Scope, node: MappingNode, made: Symbol, exponent: Term, other: Symbol
) -> Symbol | None:
    """What zero to a power comes to, which divides by zero only where that is below zero."""
    assert isinstance(made.term, Formula)
    is_below = Comparison(exponent, Operator.LESS_THAN, Constant(0), place=node.place)
    base, _, step = made.term.arguments
    whole = Formula("maximum", (exponent, Constant(0)))
    power = replace(made.term, arguments=(base, whole, step))
    return one_of_two(names, node, Not(is_below), replace(made, term=power), other)


def _applied(names: Scope, node: MappingNode, told: list[Symbol]) -> Symbol | None:
    """The same wherever nothing is divided by zero; its arguments are put into `told`."""
    functions = [key for key, _ in node.entries if key.value in FUNCTIONS]
    if len(functions) != 1:
        what = Message("one-function-wanted")
        names.report.add("wrong-formula", functions[1] if functions else node, what)
        return None
    function = str(functions[0].value)
    _refuse_other_keys(names, node, function)
    hours, tie = _hours(names, node, function), _tie(names, node, function)
    first_day = _first_day(names, node, function)
    below = node.get(function)
    written = _written(names, function, below)
    if function == "brackets":
        written = bracket_arguments(names.report, written or ())
    if written is None:
        return None
    arguments = [read_term(names, one) for one in written]
    told += [argument for argument in arguments if argument is not None]
    if len(told) < len(arguments) or any(symbol.type is None for symbol in told):
        return None
    first_day = _sorted_by(names, node, first_day, told)
    if first_day in OF_ONE_DAY:
        told = list(map(_day_taken, told))
    if first_day == "product":  # so many times a length of time, whichever is written first
        told = sorted(
            told, key=lambda symbol: symbol.type is None or symbol.type.kind not in LENGTHS
        )
    types = [symbol.type for symbol in told if symbol.type is not None]
    named = of_texts(of_moments(first_day, types), types)
    meant = EVERY[of_lists(of_durations(named, types), types)]
    type = _type(names, meant, functions[0], below, told)
    if type is None or (meant.needs_hours and hours is None):
        return None
    zone = str(names.zone) if meant.needs_zone else ""
    terms = [symbol.term for symbol in told]
    is_nullable = meant.may_be_null or any(symbol.is_nullable for symbol in told)
    if isinstance(hours, HoursByWord):
        terms.append(hours.key.term)
        is_nullable = is_nullable or hours.key.is_nullable
        formula = Formula(meant.name, tuple(terms), None, tie, hours.by, zone)
        return Symbol(formula.applied_to(tuple(terms)), type, is_nullable)
    formula = months_counted(Formula(meant.name, tuple(terms), hours, tie, zone=zone))
    return Symbol(_folded(formula), type, is_nullable)


def _sorted_by(names: Scope, node: MappingNode, function: str, told: list[Symbol]) -> str:
    """The function that sorts by the field that is said, which is its last argument then."""
    below = node.get(BY)
    field = None if below is None or function != "sort" else node_access.word(names.report, below)
    if field is None:
        return function
    told.append(Symbol(Constant(str(field.value)), TEXT))
    return SORTED_BY


def _day_taken(argument: Symbol) -> Symbol:
    """Of a moment its day, in the zone of the policy; anything else as it is."""
    if argument.type is None or argument.type.kind is not Kind.DATETIME:
        return argument
    return replace(argument, term=Formula("day_of", (argument.term,)), type=DATE)


def _folded(formula: Formula) -> Term:
    """What a formula of literals alone comes to; parameters are kept by their names."""
    is_literal = all(isinstance(term, Constant) and term.name is None for term in formula.arguments)
    value = _constant(formula) if is_literal else None
    return formula if value is None else Constant(value)


def _constant(term: Term) -> Value:
    """What a term of literals and parameters comes to; null for any other."""
    if isinstance(term, Constant):
        return term.value
    if not isinstance(term, Formula) or term.hours is not None or term.by:
        return None
    arguments = tuple(map(_constant, term.arguments))
    try:
        return apply(term, arguments, {})
    except (ArithmeticError, ValueError):
        return None  # told when a request gets there


def _written(names: Scope, function: str, below: Node | None) -> tuple[Node, ...] | None:
    """The arguments as they are written: in a list, or as names in a text; None of neither."""
    if function != TEMPLATE:
        nodes = node_access.items(names.report, below)
        return nodes if isinstance(below, SequenceNode) else None
    text = node_access.word(names.report, below)
    if text is None:
        return ()
    parts = _PLACES.split(str(text.value))
    return tuple(
        node_access.own_word(part, text)
        if number % 2
        else MappingNode(
            ((node_access.own_word(LITERAL, text), node_access.own_word(part, text)),), text.place
        )
        for number, part in enumerate(parts)
        if part
    )


def _type(
    names: Scope, meant: Function, function: Scalar, below: Node | None, arguments: list[Symbol]
) -> Type | None:
    types = [argument.type for argument in arguments if argument.type is not None]
    constants = [_constant(argument.term) for argument in arguments]
    try:
        return meant.signature(types, constants)
    except Misapplied as wrong:
        message = Message("name-message", name=function.value, message=wrong.message)
        blamed = _blamed(function, below, wrong)
        with names.report.naming(str(blamed.value) if isinstance(blamed, Scalar) else ""):
            names.report.add("wrong-argument", blamed, message, wrong.hint)
        return None


def _blamed(function: Scalar, below: Node | None, wrong: Misapplied) -> Node:
    """The argument that does not suit, or all of them where none is to blame alone."""
    has_index = wrong.index is not None and function.value != "brackets"
    if isinstance(below, SequenceNode) and wrong.index is not None and has_index:
        return below.items[wrong.index]
    return below or function


def _refuse_other_keys(names: Scope, node: MappingNode, function: str) -> None:
    allowed = {function}
    if FUNCTIONS[function].needs_hours:
        allowed.add("hours")
    if FUNCTIONS[function].takes_tie:
        allowed.add("at_closing")
    if function in COUNT_WORKING_DAYS:
        allowed.add("first_day")
    if divisor_of(function) is not None:
        allowed.add(BY_ZERO)
    if function == "sort":
        allowed.add(BY)
    meant = {*allowed, *OF_ITEMS} if function in TOTALS else allowed
    for key, _ in node.entries:
        if key.value not in allowed:
            what = Message("no-key", function=function)
            node_access.unknown(names.report, "unknown-key", key, meant, what)


def _hours(names: Scope, node: MappingNode, function: str) -> str | HoursByWord | None:
    if not FUNCTIONS[function].needs_hours:
        return None
    below = node.get("hours")
    if below is None:
        names.report.add("missing-key", node, Message("needs-hours", function=function))
        return None
    if is_by_word(below):
        return read_hours_by_word(names, below)
    return read_hours(names, below)


def _tie(names: Scope, node: MappingNode, function: str) -> str:
    below = node.get("at_closing")
    if below is None or not FUNCTIONS[function].takes_tie:
        return "closing"
    return _word_chosen(names, below, Message("closing-not"), TIES) or "closing"


def _first_day(names: Scope, node: MappingNode, function: str) -> str:
    """The function that counts as `first_day` says, which has to be written."""
    if function not in COUNT_WORKING_DAYS:
        return function
    below = node.get("first_day")
    if below is None:
        message, hint = Message("not-said", key="first_day"), Message("first-day-may")
        names.report.add("missing-key", node, message, hint)
        return function
    said = _word_chosen(names, below, Message("first-day-not"), FIRST_DAY)
    return function if said is None else FIRST_DAY[said]


def _word_chosen(names: Scope, node: Node, what: Words, known: Collection[str]) -> str | None:
    """One of the words known, by the readings chosen."""

    def read(one: Node) -> str | None:
        return node_access.known_word(names.report, "unknown-word", one, known, what)

    return names.chosen(node, read)


def read_term(names: Scope, node: Node) -> Symbol | None:
    """A literal, a name, a formula or a choice between two terms."""
    way, node = outright(node)
    if way == LITERAL and isinstance(node, Scalar) and isinstance(node.value, str):
        return Symbol(Constant(node.value), TEXT)
    if way == SAME_AS and (name := node_access.word(names.report, node)) is not None:
        return _named(names, name)
    if is_conditional(node):
        return _conditional(names, node)
    if isinstance(node, MappingNode):
        if is_formula(node):
            return read_formula(names, node)
        key = node.entries[0][0] if node.entries else node
        if isinstance(key, Scalar):
            node_access.unknown(names.report, "unknown-function", key, FUNCTIONS)
        else:
            names.report.add("unknown-function", node, Message("function-wanted"))
        return None
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return Symbol(Constant(node.value), BOOLEAN)
    if isinstance(node, Scalar) and node.value is not None:
        return _named(names, node) if isinstance(node.value, str) else _number(names, node)
    names.report.shape(node, Message("number-date-name"))
    return None


def _number(names: Scope, node: Scalar) -> Symbol | None:
    exponent = getattr(node.value, "as_tuple", lambda: None)()
    type = (
        INTEGER if exponent is None else decimal(min(MOST_WRITTEN, max(0, -int(exponent.exponent))))
    )
    try:
        return Symbol(Constant(names.parser(type)(node.value)), type)
    except TypeMismatch as unfit:
        names.report.add(unfit.code, node, unfit.message, unfit.hint)
        return None


def _named(names: Scope, node: Scalar) -> Symbol | None:
    """A name, or else a literal date, datetime, time of day, duration or period.

    No list of things: what is computed of it as a whole could not be told while it is in part.
    """
    if node.value not in names.known:
        for type in (DATE, DATETIME, TIME, DURATION, PERIOD):
            try:
                return Symbol(Constant(names.parser(type)(node.value)), type)
            except TypeMismatch as unfit:
                if unfit.code != "wrong-type":
                    names.report.add(unfit.code, node, unfit.message, unfit.hint)
                    return None
    if node.value in names.lists and node.value in names.known:
        message = Message("things-in-formula", name=node.value)
        hint = Message("speaks-of-one-item-hint", list=node.value)
        names.report.add("wrong-argument", node, message, hint)
        return None
    typed = find(names, node, Type(Kind.DECIMAL))
    if typed is not None:
        names.used.extend(typed.readings)
    return typed
