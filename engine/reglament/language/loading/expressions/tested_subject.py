"""What a written test is about, as the readers of tests hand it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from reglament.frozen import frozen
from reglament.language.loading.expressions.scope import Scope
from reglament.language.syntax.source import Node, Scalar
from reglament.model.conditions import AllOf, Condition, Not, OneOf
from reglament.model.terms import Term
from reglament.model.values import Type


@frozen
class TestedSubject:
    """What a test is about, and where it is named."""

    names: Scope
    term: Term
    type: Type
    is_nullable: bool
    key: Scalar

    def is_null(self, node: Node) -> Condition:
        return OneOf(self.term, (None,), place=node.place)

    def told(self, condition: Condition, node: Node) -> Condition:
        """The condition, made false of null: the opposite of a test holds of null by itself."""
        return AllOf((Not(self.is_null(node)), condition)) if self.is_nullable else condition


ReadTest: TypeAlias = Callable[[TestedSubject, Node], Condition]
ReadOperator: TypeAlias = Callable[[TestedSubject, Scalar, Node], Condition]
