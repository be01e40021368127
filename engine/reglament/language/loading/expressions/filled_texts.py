"""From a written text with names in braces to a text in which every one of them is known."""

from __future__ import annotations

from collections.abc import Collection

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import Scope
from reglament.language.syntax.source import Node
from reglament.messages import Message
from reglament.model.values import Kind
from reglament.model.words import Text


def read_filled_text(
    names: Scope, node: Node | None, also: Collection[str] = frozenset()
) -> Text | None:
    """A text for people; a name in braces that is neither known nor in `also` is a problem."""
    text = node_access.words(names.report, node)
    if text is None or node is None:
        return None
    for name in node_access.placeholders(text):
        if name not in also and not _is_known(names, name):
            message = Message("text-names-nothing-called", name=name)
            known = (*names.known, *also)
            said = (one for one in node_access.told_in(node) if f"{{{name}}}" in str(one.value))
            where = next(said, node)
            names.report.unknown("unknown-placeholder", where, message, name, known)
    return text


def _is_known(names: Scope, name: str) -> bool:
    if name in names.known:
        return True
    above, _, last = name.rpartition(".")
    typed = names.known.get(above)
    if typed is None:
        return False
    type = typed.type
    return type is None or (type.kind is Kind.RECORD and last in dict(type.fields))
