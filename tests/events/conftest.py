"""What the tests of reactions share: the shipped policy, lines of events, a watch to run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reglament.events.sandbox import FencedMatcher
from reglament.matching.matching_rules import Matcher, RuleSet
from reglament.matching.naive import NaiveMatcher
from reglament.storage.store import Store
from support.events import needs_durable

MATCHERS = [
    pytest.param(NaiveMatcher, id="plain"),
    pytest.param(FencedMatcher, id="durable", marks=needs_durable),
]


@pytest.fixture(params=MATCHERS)
def matcher(request: pytest.FixtureRequest) -> Callable[[RuleSet], Matcher]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(autouse=True, scope="module")
def _stores_are_closed() -> Iterator[None]:
    """Close what the tests of a module opened: a connection left to the collector is a warning."""
    opened: list[Store] = []
    start = Store.__init__

    def kept(store: Store, *told: Any, **named: Any) -> None:
        start(store, *told, **named)
        opened.append(store)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "__init__", kept)
        yield
    for store in opened:
        store.close()
