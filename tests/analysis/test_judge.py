"""What a version makes of many requests in turn is what the reference makes of each of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.search.judge import Judge, SideStatus
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.reference import Answer, View
from support import random_policies, whole_language
from support.laws import examples


def _agree(version: Version, requests: list[dict[str, Value]]) -> None:
    judge = Judge(version)
    for facts in requests:
        view, verdicts = View(version, judge.told(facts)), judge.verdicts(facts, version.decisions)
        for name, decision in version.decisions.items():
            found, said = view.found(decision), verdicts[name]
            assert (said.status is SideStatus.DECIDED) is isinstance(found, Answer)
            if isinstance(found, Answer):
                assert said.outcome == found.outcome


@given(
    version=random_policies.policies(),
    requests=st.lists(random_policies.requests(0), min_size=8, max_size=8),
)
@examples(100)
def test_of_random_policies(version: Version, requests: list[dict[str, Value]]) -> None:
    _agree(version, requests)


@pytest.mark.slow
@given(
    version=whole_language.policies(),
    requests=st.lists(whole_language.requests(0), min_size=8, max_size=8),
)
@examples(60)
def test_over_the_whole_language(version: Version, requests: list[dict[str, Value]]) -> None:
    _agree(version, requests)
