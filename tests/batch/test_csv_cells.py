"""A cell of a CSV file means to `batch` what it means to `decide`, however it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reglament.batch.opening import source_for
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.row_engine import rows_of
from reglament.interfaces.cli.request_files import decide_all, read_requests
from reglament.model.problems import Problem, Refused
from reglament.policy import Policy
from support.laws import sample

FACTS = """
policy: cells
version: "1"
title: Cells
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: Europe/Moscow
facts:
  word: {type: choice, open: true, options: {portal: portal}, label: word, null_means: none}
  closed: {type: choice, options: {portal: portal}, label: closed}
  text: {type: text, label: text, null_means: none}
  plain: {type: text, label: plain}
  flag: {type: boolean, label: flag}
  sure: {type: boolean, label: sure, null_means: none}
  whole: {type: integer, label: whole, null_means: none}
  price: {type: decimal, places: 2, label: price}
  day: {type: date, label: day, null_means: none}
  span: {type: duration, label: span, null_means: none}
  sums: {type: list, item: {type: decimal, places: 2}, label: sums}
  counts: {type: list, item: {type: integer}, label: counts}
decisions:
"""
NAMES = ("word", "closed", "text", "plain", "flag", "sure", "whole", "price", "day", "span",
         "sums", "counts")  # fmt: skip
TYPES = {"word": "text", "closed": "text", "plain": "text", "flag": "boolean", "sure": "boolean",
         "whole": "integer", "price": "decimal", "day": "date", "span": "duration",
         "sums": "list, item: {type: decimal, places: 2}",
         "counts": "list, item: {type: integer}"}  # fmt: skip
CELLS = [
    *("", '""', "null", '"null"', " null ", "NULL", "~", "portal", '"portal"', " portal "),
    *(' "portal"', '" portal "', "Portal", "true", "TRUE", '"False"', " true", "yes", "1", "7.0"),
    *('"7"', " 7 ", "+7", "007", "1_000", "1e3", "٣", "NaN", "-7.25", "7.123", "0x10", "1 000"),
    *("2026-11-20", " 2026-11-20", "20.11.2026", "8 hours", "PT8H", "8h", '"a ""b"""', "a\tb"),
    *('"[1.5, 2]"', '"[""1.50""]"', '"[{""a"": 1, ""a"": 2}]"', "[" * 200 + "]" * 200, "[NaN]"),
    *("[" * 20_000 + "]" * 20_000, '"a\nb, ""c""\n"', '5" disk'),
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    echoes = [
        f"  same_{name}: {{label: {name}, type: {TYPES.get(name, 'text')}, nullable: true,"
        f" {'places: 2, ' if name == 'price' else ''}rules: [{{id: r-{name}, then: {name}}}]}}"
        for name in NAMES
    ]
    return Policy.from_text(FACTS + "\n".join(echoes))


def by_decide(policy: Policy, path: Path, name: str) -> str:
    """What `decide` reads in the one cell: its value, that it is missing, or that it is refused."""
    try:
        decided = next(decide_all(policy, *read_requests(str(path)), None))
    except Refused:
        return "refused"
    outcome = decided[f"same_{name}"]
    return repr(outcome.outcome) if outcome.is_determined else "missing"


def by_columns(policy: Policy, path: Path, name: str) -> str:
    """The same of columns."""
    try:
        evaluator = ColumnEvaluator(policy, only=[f"same_{name}"], missing_columns="allow")
        source = source_for(evaluator, str(path), None)
        evaluator.bind(source.schema)
        (batch,) = (one for part in source.parts(source.schema.names) for one in part.read())
        (row,) = rows_of(batch, evaluator.columns, evaluator.null)
        if isinstance(row, Problem):
            return "refused"
        outcome = policy.decide(row)[f"same_{name}"]
    except Refused:
        return "refused"
    return repr(outcome.outcome) if outcome.is_determined else "missing"


def disagreeing(policy: Policy, name: str, path: Path, texts: list[str]) -> list[Any]:
    """The texts of a file in which the two do not read the same, and what they read."""
    found = []
    for text in texts:
        path.write_text(text, "utf-8")
        told, column = by_decide(policy, path, name), by_columns(policy, path, name)
        if told != column:
            found.append((text[:80], told, column))
    return found


@pytest.mark.parametrize("name", sample(NAMES, 4))
def test_a_cell_means_the_same_to_both(policy: Policy, name: str, tmp_path: Path) -> None:
    texts = [f"id,{name}\n1,{cell}\n" for cell in CELLS]
    assert disagreeing(policy, name, tmp_path / "r.csv", texts) == []


def test_excel_says_first_what_divides_cells(policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("\ufeffsep=;\nid; word ;text\n1;portal;a, b\n", "utf-8")
    assert by_columns(policy, path, "word") == by_decide(policy, path, "word") == "'portal'"
    assert by_columns(policy, path, "text") == by_decide(policy, path, "text") == "'a, b'"


def test_an_empty_cell_in_quotes_tells_nothing(policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('"id","text"\n"1",""\n', "utf-8")
    assert by_columns(policy, path, "text") == by_decide(policy, path, "text") == "missing"


LINES = [
    '"1_000"',
    '" 7"',
    '"1e3"',
    '"007"',
    '"7"',
    "7.0",
    "7.5",
    "1e2",
    "1e99999999999999999999",
    "NaN",
    "true",
    "null",
    '"null"',
    "{}",
    "[1]",
    "[1.5]",
    "[7.0, 1e2]",
    "[true]",
    '["7"]',
    "[null]",
    "1e999999999",
]


@pytest.mark.parametrize(
    "name",
    sample(["word", "closed", "plain", "flag", "whole", "price", "day", "sums", "counts"], 3),
)
def test_a_line_of_json_means_the_same_to_both(policy: Policy, name: str, tmp_path: Path) -> None:
    texts = [f'{{"{name}": {value}}}\n' for value in LINES]
    assert disagreeing(policy, name, tmp_path / "r.jsonl", texts) == []
