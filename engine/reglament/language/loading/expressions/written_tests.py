"""From what is said of one name, `name: test`, to the condition that it states."""

from __future__ import annotations

from collections.abc import Callable

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.asked_items import LIST_WORDS
from reglament.language.loading.expressions.conditionals import is_conditional
from reglament.language.loading.expressions.list_tests import read_list_test
from reglament.language.loading.expressions.literal_nodes import read_literal
from reglament.language.loading.expressions.operands import (
    LITERAL,
    MOMENTS,
    SAME_AS,
    Found,
    meant_name,
    outright,
    read_named,
    read_operand,
)
from reglament.language.loading.expressions.plain_list_tests import read_plain_list_test
from reglament.language.loading.expressions.ranges import range_of, refuse_empty, refuse_or
from reglament.language.loading.expressions.scope import Scope, Symbol, comparable
from reglament.language.loading.expressions.tested_subject import TestedSubject
from reglament.language.loading.expressions.written_formulas import is_formula, read_term
from reglament.language.loading.expressions.written_hours_tests import outside, within
from reglament.language.loading.expressions.written_text_tests import TEXT_READERS
from reglament.language.syntax.mismatch import wrong_type
from reglament.language.syntax.other_words import hint_of, meant_here
from reglament.language.syntax.source import MappingNode, Node, Scalar, SequenceNode
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.conditions import (
    ALWAYS,
    AnyOf,
    Comparison,
    Condition,
    Includes,
    IncludesValueOf,
    Not,
    OneOf,
    joined,
)
from reglament.model.kind_words import KIND_WORDS
from reglament.model.operators import AMOUNT_WORDS, DAY_WORDS, Operator
from reglament.model.terms import Constant, Term
from reglament.model.values import LENGTHS, NUMBERS, WORDS, Kind, Value
from reglament.model.words_or_names import WordOrName

_RIGHT_WORD = {
    **dict(zip(AMOUNT_WORDS, DAY_WORDS, strict=False)),
    **dict(zip(DAY_WORDS, AMOUNT_WORDS, strict=False)),
    "on": "",
}
_SINCE = {word: operator for word, operator in DAY_WORDS.items() if word != "on"}
_AMOUNTS = NUMBERS | LENGTHS
_TIMES = MOMENTS | {Kind.TIME}


def read_test(names: Scope, key: Scalar, node: Node) -> Condition:
    """What `name: test` says of a fact or an earlier decision."""
    typed = _subject(names, key)
    if typed is None or typed.type is None:
        return ALWAYS
    if key.value in names.lists:
        return read_list_test(names, names.lists[str(key.value)], key, node)
    names.used.extend(typed.readings)
    subject = TestedSubject(names, typed.term, typed.type, typed.is_nullable, key)
    with names.report.naming(str(key.value)):
        return read_tested(subject, node)


def read_formula_test(names: Scope, key: Scalar, node: Node, tests: MappingNode) -> Condition:
    """What `formula: {sum: [a, b]}, more_than: 100` says of what the formula comes to."""
    if not (is_formula(node) or is_conditional(node)):
        names.report.add("wrong-shape", node, Message("formula-wanted"))
        return ALWAYS
    typed = read_term(names, node)
    if not tests.entries:
        names.report.add("empty-condition", node, Message("formula-without-test"))
        return ALWAYS
    if typed is None or typed.type is None:
        return ALWAYS
    names.used.extend(typed.readings)
    subject = TestedSubject(names, typed.term, typed.type, typed.is_nullable, key)
    if typed.type.kind is Kind.LIST and not any(word.value == "is" for word, _ in tests.entries):
        return read_tested(subject, tests)
    parts = [
        read_tested(subject, below) if word.value == "is" else _operator(subject, word, below)
        for word, below in tests.entries
    ]
    return joined(parts)


def _subject(names: Scope, key: Scalar) -> Symbol | None:
    name, known = str(key.value), names.facts | names.decisions | names.fields
    if name in known:
        return names.known[name]
    if name in names.known:
        message = Message("parameter-no-request-changes", name=name)
        names.report.add("parameter-tested", key, message, Message("compare-fact-with-fact"))
        return None
    if not names.misses_item(key):
        field = names.field_meant(name)
        node_access.unknown(names.report, "unknown-fact", key, known if field is None else {field})
    return None


def read_tested(subject: TestedSubject, node: Node) -> Condition:
    """What the test says of the subject."""
    if isinstance(node, SequenceNode):
        return _one_of(subject, node)
    if isinstance(node, MappingNode):
        if not node.entries:
            subject.names.report.add("empty-condition", node, Message("empty-test"))
        if len(node.keys) < len(node.entries):  # only a cell can say a word twice
            subject.names.report.add("repeated-operator", node, Message("operator-told-twice"))
        if subject.type.kind is Kind.LIST:
            return read_plain_list_test(subject, node, read_tested, _operator)
        return joined([_operator(subject, word, below) for word, below in node.entries])
    interval = _interval(subject, node)
    if interval is not None:
        return interval
    named = _named(subject, node)
    if named is not None:
        return named
    value = _value(subject, node)
    if value is None:
        return ALWAYS
    if value == (None,):
        return subject.is_null(node)
    return Comparison(subject.term, Operator.IS, Constant(value[0]), place=node.place)


def _interval(subject: TestedSubject, node: Node) -> Condition | None:
    """What a range such as `100..120` says; None where it is none."""
    kind, report = subject.type.kind, subject.names.report
    if kind not in _AMOUNTS | _TIMES:
        return None
    told = range_of(report, node, AMOUNT_WORDS if kind in _AMOUNTS else _SINCE)
    if told is None:
        return None
    condition = joined([_operator(subject, word, below) for word, below in told.entries])
    refuse_empty(report, node, condition)
    return condition


def _named(subject: TestedSubject, node: Node) -> Condition | None:
    """That the subject is what something called so is; None where a word or a value is meant."""
    if subject.type.kind in (Kind.LIST, Kind.RECORD):
        return None
    own = str(subject.key.value)
    typed = meant_name(subject.names, node, subject.type, own)
    if typed is None or not isinstance(node, Scalar):
        return None
    if subject.type.kind in WORDS:
        subject.names.words_or_names.append(WordOrName(str(node.value), True, node.place))
    return _same_as(subject, node)


def _value(subject: TestedSubject, node: Node) -> tuple[Value] | None:
    """A literal that the subject may be; null where it may be null."""
    if node_access.is_null(node):
        if not subject.is_nullable:
            message = Message("never-null-operators", key=subject.key.value)
            subject.names.report.add("null-not-allowed", node, message)
        return (None,)
    if subject.type.kind is Kind.LIST and isinstance(node, Scalar):
        message = Message("list-one-value-tested", key=subject.key.value)
        hint = Message("write-includes", node=node.raw)
        subject.names.report.add("wrong-type", node, message, hint)
        return None
    if subject.type.kind is Kind.DATETIME and isinstance(node, Scalar) and _is_day(node):
        unfit = wrong_type(node.value, subject.type)
        hint = Message("write-node-operators", node=node.raw)
        subject.names.report.add("wrong-type", node, unfit.message, hint)
        return None
    return read_literal(subject.names, node, subject.type)


def _is_day(node: Scalar) -> bool:
    return isinstance(node.value, str) and len(node.value) == 10 and node.value[4:5] == "-"


def _one_of(subject: TestedSubject, node: SequenceNode) -> Condition:
    """One of the values or tests; values stand together in one `OneOf`."""
    values: list[Value] = []
    tests: list[Condition] = []
    for item in node.items:
        if isinstance(item, Scalar) and (condition := _interval(subject, item)) is not None:
            tests.append(condition)
        elif (named := _named(subject, item)) is not None:
            tests.append(named)
        elif isinstance(item, Scalar):
            values += _new_value(subject, item, values)
        elif isinstance(item, MappingNode):
            tests.append(read_tested(subject, item))
        else:
            subject.names.report.shape(item, KIND_WORDS[subject.type.kind])
    if not node.items:
        subject.names.report.add("empty-condition", node, Message("empty-list-never-holds"))
    refuse_or(subject.names.report, node, tests)
    if values:
        tests.insert(0, OneOf(subject.term, tuple(values), place=node.place))
    return tests[0] if len(tests) == 1 else AnyOf(tuple(tests))


def _new_value(subject: TestedSubject, node: Scalar, told: list[Value]) -> tuple[Value, ...]:
    found = _value(subject, node)
    if found is None or found[0] not in told:
        return found or ()
    subject.names.report.add("repeated-value", node, Message("listed-twice", node=node.raw))
    return ()


def _operator(subject: TestedSubject, word: Scalar, node: Node) -> Condition:
    name = str(word.value)
    if name in AMOUNT_WORDS or name in DAY_WORDS:
        return _ordered(subject, word, node)
    read = _OPERATORS.get(name)
    if read is not None:
        return read(subject, node)
    is_list = subject.type.kind is Kind.LIST
    known = [*(LIST_WORDS if is_list else (*AMOUNT_WORDS, *DAY_WORDS)), *_OPERATORS]
    message = Message("unknown-operator", name=name)
    hint = hint_of(meant_here(name, known)) or suggestion(name, known)
    if name in ("is", "equals", "equal", "eq"):
        hint = Message("write-value-alone")
    subject.names.report.add("unknown-operator", word, message, hint)
    return ALWAYS


def _ordered(subject: TestedSubject, word: Scalar, node: Node) -> Condition:
    name = str(word.value)
    operators = AMOUNT_WORDS if subject.type.kind in _AMOUNTS else DAY_WORDS
    if subject.type.kind not in _AMOUNTS | _TIMES or name not in operators:
        _refuse_order(subject, word, node)
        return ALWAYS
    found = _operand(subject, node)
    if found is None:
        return ALWAYS
    operand, by_day = found
    if name == "on" and subject.type.kind is Kind.DATETIME and not by_day:
        message = Message("compares-with-day")
        subject.names.report.add("wrong-operator", node, message, Message("write-same-day-alone"))
    return Comparison(subject.term, operators[name], operand, by_day=by_day, place=node.place)


def _operand(subject: TestedSubject, node: Node) -> Found | None:
    """A literal, a name, or what a formula comes to."""
    if not (is_formula(node) or is_conditional(node)):
        return read_operand(subject.names, node, subject.type)
    typed = read_term(subject.names, node)
    if typed is None or typed.type is None:
        return None
    if not comparable(subject.type, typed.type):
        kinds = {"one": KIND_WORDS[typed.type.kind], "other": KIND_WORDS[subject.type.kind]}
        subject.names.report.add("not-comparable", node, Message("formula-not-compared", **kinds))
        return None
    return typed.term, subject.type.kind in MOMENTS and typed.type.kind is not subject.type.kind


def _refuse_order(subject: TestedSubject, word: Scalar, node: Node) -> None:
    kind, right = KIND_WORDS[subject.type.kind], _RIGHT_WORD.get(str(word.value), "")
    message = Message("does-not-suit", word=word.value, key=subject.key.value, kind=kind)
    has_order = subject.type.kind in _AMOUNTS | _TIMES
    hint = Message("write-told", told=right) if right and has_order else None
    subject.names.report.instead(node, "wrong-operator", word, message, hint)


def _is_not(subject: TestedSubject, node: Node) -> Condition:
    if isinstance(node, MappingNode) and not outright(node)[0]:
        subject.names.report.shape(node, Message("value-list"))
        return ALWAYS
    return Not(read_tested(subject, node))


def _same_as(subject: TestedSubject, node: Node) -> Condition:
    if isinstance(node, MappingNode):
        found = _operand(subject, node)
    else:
        name = node_access.word(subject.names.report, node)
        found = None if name is None else read_named(subject.names, name, subject.type)
    if found is None:
        return ALWAYS
    return Comparison(subject.term, Operator.IS, found[0], by_day=found[1], place=node.place)


def _between(subject: TestedSubject, node: Node) -> Condition:
    """From one value or name to another, both included."""
    ends = node_access.items(subject.names.report, node)
    if len(ends) != 2:
        subject.names.report.add("wrong-shape", node, Message("two-ends-wanted"))
        return ALWAYS
    words = AMOUNT_WORDS if subject.type.kind in _AMOUNTS else _SINCE
    by_operator = {operator: word for word, operator in words.items()}
    condition = joined(
        [
            _ordered(subject, node_access.own_word(by_operator[operator], node), end)
            for operator, end in zip((Operator.AT_LEAST, Operator.AT_MOST), ends, strict=True)
        ]
    )
    refuse_empty(subject.names.report, node, condition)
    return condition


def _literal(subject: TestedSubject, node: Node) -> Condition:
    """That the subject is the word itself, whatever else is called so."""
    value = _value(subject, node)
    if value is None:
        return ALWAYS
    return Comparison(subject.term, Operator.IS, Constant(value[0]), place=node.place)


def _item(subject: TestedSubject, node: Node) -> Condition:
    names, item = subject.names, subject.type.item
    if subject.type.kind is not Kind.LIST or item is None:
        message = Message("not-list", key=subject.key.value)
        names.report.add("wrong-operator", node, message, Message("write-name-value"))
        return ALWAYS
    way, said = outright(node)
    if isinstance(said, Scalar) and way != LITERAL:
        if way == SAME_AS:
            found = read_named(names, said, item)
            return ALWAYS if found is None else _included(subject, found[0], node)
        typed = meant_name(names, said, item)
        if typed is not None:
            names.used.extend(typed.readings)
            names.words_or_names.append(WordOrName(str(said.value), True, node.place))
            return _included(subject, typed.term, node)
    value = read_literal(names, said, item)
    return ALWAYS if value is None else Includes(subject.term, value[0], place=node.place)


def _included(subject: TestedSubject, item: Term, node: Node) -> Condition:
    if isinstance(item, Constant):
        return Includes(subject.term, item.value, place=node.place)
    return IncludesValueOf(subject.term, item, place=node.place)


def _every_item(subject: TestedSubject, node: Node) -> list[Condition]:
    items = node_access.items(subject.names.report, node)
    return [_item(subject, item) for item in items]


def _includes_none(subject: TestedSubject, node: Node) -> Condition:
    parts: list[Condition] = [Not(condition) for condition in _every_item(subject, node)]
    return subject.told(joined(parts), node)


_OPERATORS: dict[str, Callable[[TestedSubject, Node], Condition]] = {
    "is_not": _is_not,
    SAME_AS: _same_as,
    LITERAL: _literal,
    "between": _between,
    "within": within,
    "outside": outside,
    "includes": _item,
    "includes_any": lambda *asked: AnyOf(tuple(_every_item(*asked))),
    "includes_all": lambda *asked: joined(_every_item(*asked)),
    "includes_none": _includes_none,
    **TEXT_READERS,
}
OPERATOR_WORDS = frozenset({*AMOUNT_WORDS, *DAY_WORDS, *_OPERATORS})
