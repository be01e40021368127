"""From what is said of how a text is, `{starts_with: INV-}`, to the condition that it states."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reglament.language.loading.expressions.literal_nodes import read_literal
from reglament.language.loading.expressions.operands import (
    LITERAL,
    meant_name,
    outright,
    read_named,
)
from reglament.language.loading.expressions.tested_subject import TestedSubject
from reglament.language.syntax.source import Node, Scalar
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.terms import Constant, Term
from reglament.model.text_forms import WrongForm, form_of
from reglament.model.text_tests import TEXT_TESTS, MatchesForm, TextTest
from reglament.model.values import TEXT, WORDS, Kind
from reglament.model.words_or_names import WordOrName


def _reader_of(test: type[TextTest]) -> Callable[[TestedSubject, Node], Condition]:
    """The reader of a test of what a text is like."""

    def read(subject: TestedSubject, node: Node) -> Condition:
        if subject.type.kind not in WORDS:
            message = Message("only-text-is-like", key=subject.key.value, word=test.own_word)
            is_list = subject.type.kind is Kind.LIST
            hint = Message("write-includes-instead") if is_list else None
            subject.names.report.add("wrong-operator", node, message, hint)
            return ALWAYS
        operand = _text(subject, node)
        if operand is None or not _is_formed(subject, test, operand, node):
            return ALWAYS
        return test(subject.term, operand, place=node.place)

    return read


def _text(subject: TestedSubject, node: Node) -> Term | None:
    """A text or the name of one; the words that the subject declares are no texts here."""
    way, said = outright(node)
    if isinstance(said, Scalar) and way != LITERAL:
        typed = meant_name(subject.names, said, TEXT)
        if typed is not None and not way:
            subject.names.words_or_names.append(WordOrName(str(said.value), True, said.place))
        if typed is not None:
            subject.names.used.extend(typed.readings)
            return typed.term
        if way:
            found = read_named(subject.names, said, TEXT)
            return None if found is None else found[0]
    value = read_literal(subject.names, said, TEXT)
    return None if value is None else Constant(value[0])


def _is_formed(subject: TestedSubject, test: type[TextTest], operand: Term, node: Node) -> bool:
    """Whether the operand can be read: a text that is not empty, of a form its places."""
    report = subject.names.report
    if not isinstance(operand, Constant):
        if test is MatchesForm:
            report.add("wrong-form", node, Message("form-is-written"))
        return test is not MatchesForm
    if not operand.value:
        report.add("empty-text", node, Message("empty-text-everywhere"))
        return False
    try:
        if test is MatchesForm:
            form_of(str(operand.value))
    except WrongForm as wrong:
        message = Message("form-not-read", piece=wrong.piece)
        report.add("wrong-form", node, message, Message("form-written"))
        return False
    return True


TEXT_READERS: Mapping[str, Callable[[TestedSubject, Node], Condition]] = {
    word: _reader_of(test) for word, test in TEXT_TESTS.items()
}
