"""One request decided by diagrams alone, with the conditions recorded on which its reasons hang.

Requests of which the same is left of a decision's diagram, and for which the same conditions hold,
fail or are open, have the same reasons: those were found from these answers and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.evaluation.evaluator import Evaluated, Evaluator
from reglament.memo import kept_property
from reglament.model.decisions import Decision
from reglament.model.values import Value
from reglament.partial.answers import Answer
from reglament.partial.partial_result import PartialResult
from reglament.partial.remaining import NotComputable
from reglament.partial.residual_graph import ResidualGraph
from reglament.partial.rules_read import RulesRead


class WatchedResult(PartialResult):
    """What a request leaves open; `truths` are the conditions that were looked at.

    `names` are the decisions that were answered. `is_plain` until something is found in another
    way than by diagrams. Of `rules_of` it is known what is left of the diagram of its rules.
    """

    def __init__(
        self, evaluator: Evaluator, told: Mapping[str, Value], values: Any, rules_of: str | None
    ) -> None:
        super().__init__(evaluator.parts, told, values)
        self.rules_of = rules_of
        self.truths: dict[Node, bool | None] = {}
        self.names: set[str] = set()
        self.is_plain = True

    def __missing__(self, name: str) -> Answer:
        self.names.add(name)
        return super().__missing__(name)

    def truth(self, node: Node) -> bool | None:
        try:
            found = self.truths[node] = super().truth(node)
        except TooLarge:
            self.is_plain = False
            raise
        return found

    def rules_left(self, name: str) -> tuple[ResidualGraph, ...] | None:
        """None for other decisions: each of their rules is a condition to look at."""
        return super().rules_left(name) if name == self.rules_of else None

    @kept_property
    def rules_read(self) -> RulesRead:
        self.is_plain = False
        return RulesRead(self)

    def _either(self, name: str, doubt: NotComputable) -> Answer:
        self.is_plain = False
        return super()._either(name, doubt)


class RecordedRequest(Evaluated):
    """The decisions about one request, each reason found by diagrams even where all is told."""

    walks_to_rules = False
    is_all_told = False
    rules_of: str | None = None
    watched: WatchedResult

    def is_told(self, decision: Decision) -> bool:
        """Never, as what is told is not looked at."""
        return False

    def _what_is_left(self) -> WatchedResult:
        self.watched = WatchedResult(self.evaluator, self.told, self._values, self.rules_of)
        return self.watched
