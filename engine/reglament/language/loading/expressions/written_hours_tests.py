"""From what is said of a moment and working hours, `{within: desk}`, to the condition it states."""

from __future__ import annotations

from reglament.language.loading.expressions.hours_by_word import (
    is_by_word,
    read_hours,
    read_hours_by_word,
)
from reglament.language.loading.expressions.tested_subject import TestedSubject
from reglament.language.syntax.source import MappingNode, Node
from reglament.messages import Message
from reglament.model.conditions import ALWAYS, AllOf, AnyOf, Condition, Not, OneOf, Within
from reglament.model.values import Kind, Value


def within(subject: TestedSubject, node: Node) -> Condition:
    """That a moment lies within working hours."""
    if subject.type.kind is not Kind.DATETIME:
        message = Message("only-moment-lies-within", key=subject.key.value)
        subject.names.report.add("wrong-operator", node, message)
    if is_by_word(node):
        return _of_word(subject, node, is_inside=True)
    hours = read_hours(subject.names, node)
    return ALWAYS if hours is None else Within(subject.term, hours, place=node.place)


def _of_word(subject: TestedSubject, node: MappingNode, is_inside: bool) -> Condition:
    """Within or outside of the hours that a word picks; neither where the word is null."""
    hours_by_word = read_hours_by_word(subject.names, node)
    if hours_by_word is None:
        return ALWAYS
    said: tuple[Value, ...] = tuple(word for word, _ in hours_by_word.by if word is not None)
    said += (None,) if hours_by_word.key.is_nullable else ()
    parts: list[Condition] = []
    for word, hours in hours_by_word.by:
        inside: Condition = Within(subject.term, hours, place=node.place)
        is_word: Condition = OneOf(hours_by_word.key.term, (word,), place=node.place)
        if word is None:
            is_word = Not(OneOf(hours_by_word.key.term, said, place=node.place))
        parts.append(AllOf((is_word, inside if is_inside else Not(inside))))
    return AnyOf(tuple(parts))


def outside(subject: TestedSubject, node: Node) -> Condition:
    """That a moment lies outside of working hours; false of null."""
    if is_by_word(node):
        return subject.told(_of_word(subject, node, is_inside=False), node)
    return subject.told(Not(within(subject, node)), node)
