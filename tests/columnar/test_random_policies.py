"""Every cell is what `policy.decide` says, by whatever policy: the whole language, at random."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.model.regulation import Version
from reglament.policy import Policy
from support import random_policies, whole_language
from support.laws import examples
from support.request_tables import cells, decided_rows, told_table

FEW = settings(
    examples(25),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
)


def agree(version: Version, rows: list[dict[str, Any]]) -> None:
    policy = Policy((version,))
    at = None if version.chosen_by in version.facts else version.holds_from
    evaluator = ColumnEvaluator(policy, at=at)
    table = told_table(evaluator.facts, rows, version.zone)
    evaluator.bind(table.schema)
    for _ in range(2):  # the second time by what was learnt the first time
        found = list(cells(evaluator, evaluator.decide(table)))
        expected = list(decided_rows(evaluator, rows, evaluator.at))
        wrong = [
            row for row, *both in zip(rows, found, expected, strict=True) if both[0] != both[1]
        ]
        assert wrong == []


@FEW
@given(
    whole_language.policies(),
    st.lists(whole_language.requests(most_missing=2), min_size=8, max_size=16),
)
def test_the_whole_language(version: Version, rows: list[dict[str, Any]]) -> None:
    agree(version, rows)


@FEW
@given(random_policies.policies(), st.lists(random_policies.requests(), min_size=8, max_size=24))
def test_facts_that_bound_each_other(version: Version, rows: list[dict[str, Any]]) -> None:
    agree(version, rows)
