"""What the lists of a request need of the one who decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from reglament.model.decisions import Decision
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.partial.decomposition import Decomposition
from reglament.plan.nodes import Plan


class Decider(Protocol):
    """One version, compiled: `CompiledVersion`."""

    version: Version
    size: int
    has_lists: bool
    placed: dict[str, tuple[int, Decision]]
    deciding: Any

    @property
    def plan(self) -> Plan:
        """What the version decides, as the tests that are asked."""

    @property
    def parts(self) -> Decomposition:
        """The diagrams over facts alone."""

    @property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """The facts and decisions on which each decision rests."""

    @property
    def of_items(self) -> Mapping[str, Any]:
        """What decides one item of each list."""

    @property
    def item_totals(self) -> Any:
        """What the items of the lists that a request tells come to."""

    @property
    def decide(self) -> Callable[[Any], tuple[Any, ...]]:
        """The generated function."""

    def evaluate(self, told: Mapping[str, Value], *, is_assuming: bool = True) -> Any:
        """The decisions for the facts told."""

    def decided_items(self, fact: str, told: Mapping[str, Value]) -> list[Any]:
        """What is decided of each item that is told of the list."""
