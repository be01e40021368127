"""Every cell is what `policy.decide` says, by whatever policy: the whole language, at random."""

from __future__ import annotations

from typing import Any, get_args

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.keys.class_records import Details
from reglament.model.regulation import Version
from reglament.policy import Policy
from support.disputed import ROWS, disputed
from support.random_tables import (
    few,
    of_the_whole_language,
    with_facts_that_bound_each_other,
    with_formulas_that_lack_facts,
)
from support.request_tables import cells, decided_rows, told_table


def agree(version: Version, rows: list[dict[str, Any]]) -> None:
    policy = Policy((version,))
    at = None if version.chosen_by in version.facts else version.holds_from
    for details in get_args(Details):
        evaluator = ColumnEvaluator(policy, at=at, details=details)
        table = told_table(evaluator.facts, rows, version.zone)
        evaluator.bind(table.schema)
        expected = list(decided_rows(evaluator, rows, evaluator.at))
        for _ in range(2):  # the second time by what was learnt the first time
            found = list(cells(evaluator, evaluator.decide(table)))
            both = zip(rows, found, expected, strict=True)
            assert [row for row, said, meant in both if said != meant] == [], details


@few(25)
@of_the_whole_language
def test_the_whole_language(version: Version, rows: list[dict[str, Any]]) -> None:
    agree(version, rows)


@few(25)
@with_facts_that_bound_each_other
def test_facts_that_bound_each_other(version: Version, rows: list[dict[str, Any]]) -> None:
    agree(version, rows)


@few(40)
@with_formulas_that_lack_facts
def test_formulas_that_lack_facts(version: Version, rows: list[dict[str, Any]]) -> None:
    agree(version, rows)


def test_what_rules_may_agree_about() -> None:
    (version,) = disputed().versions
    agree(version, ROWS)
