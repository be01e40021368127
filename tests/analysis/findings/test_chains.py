"""A check of decisions that build on each other ends, and says what it left out."""

from __future__ import annotations

from typing import Any

import pytest

from reglament.analysis.findings import Proof, check
from reglament.model.regulation import Version
from support.every_type import HEAD, LABEL, facts
from support.whole_language import read


def _chain(length: int, otherwise: Any) -> Version:
    decisions = {}
    for number in range(length):
        before = f"d{number - 1}" if number else "integer.one"
        counted = {"sum": [before, 1]}
        rule = {"id": f"d{number}-one", "when": {before: {"at_least": 7 * number % 50}}}
        other = {"then": {"sum": [before, 2]} if otherwise == "counted" else otherwise}
        decisions[f"d{number}"] = {
            "label": LABEL,
            "type": "integer",
            "rules": [{**rule, "then": counted}],
            "otherwise": other,
        }
    version = read({**HEAD, "facts": facts(), "decisions": decisions})
    assert version is not None
    return version


@pytest.mark.slow
def test_decisions_that_count_on_are_each_analysed() -> None:
    found = check(_chain(20, 0))

    assert not [one for one in found if one.proof is Proof.NOT_ANALYSED]


@pytest.mark.slow
def test_decisions_with_ever_more_cases_are_said_not_to_be_analysed() -> None:
    found = check(_chain(14, "counted"))

    assert [one.decision for one in found if one.proof is Proof.NOT_ANALYSED] == ["d10"]
