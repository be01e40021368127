"""What one request decides of each item of a list, and which items a test of a list finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament.evaluation.request_state import RequestState
from reglament.model.decisions import Decision
from reglament.model.lists import ItemList, condition_of, is_open, total_behind
from reglament.model.outcomes import Document, ItemsSeen, TestSeen
from reglament.model.terms import Total


def decided_of_each(state: RequestState, decision: Decision) -> tuple[Document, ...]:
    """What is decided of each item that is told of the list for which the decision is made."""
    fact = decision.for_each or ""
    items, decided = state.version.lists[fact], state.evaluator.decided_items(fact, state.told)
    return tuple(_document(state, items, one) for one in decided)


def _document(state: RequestState, items: ItemList, decided: Mapping[str, Any]) -> Document:
    version, when = state.version, state.chosen_at
    outcomes = {name: decided[name] for name in items.decisions}
    told = dict(decided.told)  # type: ignore[attr-defined]
    return Document(
        version.policy, version.version, version.digest, when[0], when[1], told, outcomes
    )


def with_items(state: RequestState, seen: TestSeen) -> TestSeen:
    """The test with the items that it counts, where it is one of a list."""
    total = total_behind(state.version, seen.test.subject)
    if total is None:
        return seen
    kept = state.kept[total.name]
    if "items" not in kept:
        kept["items"] = _counted(state, total)
    return seen._replace(items=kept["items"])


def _counted(state: RequestState, total: Total) -> ItemsSeen:
    told: Any = state.told.get(total.over, ())
    where = condition_of(total)
    by: list[int] = []
    open_: list[int] = []
    for number, item in enumerate(state.evaluator.decided_items(total.over, state.told), 1):
        outcome = None if where is None else item[where]
        if outcome is None or (outcome.is_determined and outcome.outcome):
            by.append(number)
        elif not outcome.is_determined:
            open_.append(number)
    return ItemsSeen(tuple(by), tuple(open_), total.over not in state.told or is_open(told))
