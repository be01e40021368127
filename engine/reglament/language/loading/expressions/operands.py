"""From what is written where a value stands to the literal or the named term that it means.

One rule for conditions, outcomes, operands, arguments and cells. What the type declares, or what
can be nothing but a value of it (an option, a number, a date), is that value. Else what is called
so is meant, if its values can stand there. Else, where any word will do, it is the word. To write
either whatever the names are: `{literal: word}` and `{same_as: name}`.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TypeAlias

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_literal
from reglament.language.loading.expressions.scope import Scope, Symbol, comparable
from reglament.language.requests.told_moments import read_date
from reglament.language.syntax.mismatch import TypeMismatch, due_trap
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.language.syntax.spellings import spelling_of_any, written_as
from reglament.language.syntax.suggest import did_you_mean, meaning
from reglament.messages import Message, Words
from reglament.model.kind_words import KIND_WORDS
from reglament.model.terms import Constant, Term
from reglament.model.values import WORDS, Kind, Type, Value
from reglament.model.words_or_names import WordOrName

LITERAL, SAME_AS = "literal", "same_as"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
MOMENTS = frozenset({Kind.DATE, Kind.DATETIME})
Found: TypeAlias = tuple[Term, bool]


def read_operand(names: Scope, node: Node, subject: Type) -> Found | None:
    """A literal of the subject's type or a comparable name, and whether days are compared.

    A literal beyond the bounds of the subject is no mistake here: `check` finds such a test.
    """
    subject = subject.without_bounds
    way, node = outright(node)
    if way == SAME_AS and isinstance(node, Scalar):
        return read_named(names, node, subject)
    if not isinstance(node, Scalar) or isinstance(node.value, bool):
        _refuse_kind(names, node, subject)
        return None
    if node.value is None:
        _refuse_null(names, node)
        return None
    value = _literal(names, node, subject)
    if value is not None:
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        return Constant(value), is_day and subject.kind is Kind.DATETIME
    if isinstance(node.value, str) and (node.value in names.known or NAME.fullmatch(node.value)):
        return read_named(names, node, subject)
    read_literal(names, node, subject)
    return None


def outright(node: Node) -> tuple[str, Node]:
    """Which of the two is said outright, and of what: `{literal: s}`, `{same_as: s}`; else ""."""
    if isinstance(node, MappingNode) and len(node.entries) == 1:
        key, below = node.entries[0]
        if key.value in (LITERAL, SAME_AS):
            return str(key.value), below
    return "", node


def meant_name(names: Scope, node: Node, type: Type, own: str = "") -> Symbol | None:
    """What is called as is written here, if that is meant; not what is called `own`.

    Noted for `check`: a word that the type declares and something else is called, too.
    """
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.value == own:
        return None
    typed = names.known.get(node.value)
    if typed is None or typed.type is None or not comparable(type, typed.type):
        return None
    if type.kind in WORDS and node.value in type.options:
        names.words_or_names.append(WordOrName(node.value, False, node.place))
        return None
    return typed


def read_named(names: Scope, node: Scalar, subject: Type) -> Found | None:
    """A fact, decision or parameter whose values can be compared with the subject's."""
    typed = find(names, node, subject)
    if typed is None or typed.type is None:
        return None
    names.used.extend(typed.readings)
    if not comparable(subject, typed.type):
        _refuse_named(names, node, subject, typed.type)
        return None
    return typed.term, subject.kind in MOMENTS and typed.type.kind is not subject.kind


def find(names: Scope, node: Scalar, wanted: Type | None) -> Symbol | None:
    """The term of that name; None, and a problem, where nothing is called so."""
    typed = names.known.get(str(node.value))
    if typed is not None or names.misses_item(node):
        return typed
    name = str(node.value)
    field = names.field_meant(name)
    if field is not None:
        message = Message("what-name", what=Message("unknown-name"), name=name)
        names.report.add("unknown-name", node, message, meaning(name, field))
        return None
    is_near = bool(did_you_mean(name, names.known) or node_access.names_beside(name, names.known))
    if wanted is None or (node.trap is None and is_near):
        what = Message("unknown-name")
        node_access.unknown(names.report, "unknown-name", node, names.known, what)
        return None
    said = "wanted-kind-node" if node.trap else "wanted-kind-or-name-node"
    message = Message(said, kind=KIND_WORDS[wanted.kind], node=node.value)
    code = "wrong-type" if node.trap else "unknown-name"
    names.report.add(code, node, message, due_trap(node, wanted) or _spelt(node))
    return None


def _spelt(node: Scalar) -> Words | None:
    """How the language writes what begins with a number: a length of time, a day."""
    begins = isinstance(node.value, str) and node.value[:1].isdigit()
    spelt = spelling_of_any(str(node.value)) if begins else None
    return None if spelt is None else written_as(spelt)


def _literal(names: Scope, node: Scalar, subject: Type) -> Value:
    try:
        return names.parser(subject)(node.value)
    except TypeMismatch:
        pass
    if subject.kind is not Kind.DATETIME:
        return None
    try:
        return read_date(node.value)
    except TypeMismatch:
        return None


def _refuse_kind(names: Scope, node: Node, subject: Type) -> None:
    wanted = KIND_WORDS[subject.kind]
    names.report.add("wrong-type", node, Message("name-wanted", wanted=wanted))


def _refuse_null(names: Scope, node: Scalar) -> None:
    message = Message("comparison-with-null-never")
    names.report.instead(node, "compared-with-null", node, message, Message("write-name-null-name"))


def _refuse_named(names: Scope, node: Scalar, subject: Type, given: Type) -> None:
    message = Message(
        "cannot-compared-with-operands",
        node=node.value,
        wanted=KIND_WORDS[given.kind],
        wanted2=KIND_WORDS[subject.kind],
    )
    names.report.add("not-comparable", node, message)
