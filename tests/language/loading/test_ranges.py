"""A range means what its two comparisons mean, in a table of YAML and in a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.language.loading.version_loader import read_version
from reglament.model.conditions import AllOf, Comparison, Condition, Not
from reglament.model.problems import Refused
from support.laws import examples

HEAD = """
policy: bands
version: "1"
title: {ru: полосы, en: bands}
holds_from: 2025-01-01
known_from: 2025-01-01
time_zone: UTC
chosen_by: on
facts:
  on: {type: date, label: {ru: день, en: day}}
  n: {type: integer, label: {ru: число, en: number}}
  price: {type: decimal, places: 2, label: {ru: цена, en: price}}
  wait: {type: duration, label: {ru: ждать, en: wait}}
  at: {type: datetime, label: {ru: миг, en: moment}}
  note: {type: text, label: {ru: слова, en: note}}
parameters:
  most: {type: integer, value: 120, label: {ru: больше, en: most}}
decisions:
  band:
    label: {ru: полоса, en: band}
    outcomes: {mid: {ru: средняя, en: middle}}
"""


def condition(tmp_path: Path, column: str, test: str) -> Condition:
    """What the only row of a table in YAML tests, without the places."""
    (tmp_path / "p.yaml").write_text(
        HEAD + f"    table: [{{{column}: {test}, then: mid}}]\n", "utf-8"
    )
    return bare(read_version(tmp_path / "p.yaml").decisions["band"].rules[0].when)


def cell(tmp_path: Path, column: str, test: str) -> Condition:
    """The same of a table in CSV."""
    (tmp_path / "p.yaml").write_text(HEAD + "    table: t.csv\n", "utf-8")
    (tmp_path / "t.csv").write_text(f"{column},then\n{test},mid\n", "utf-8")
    return bare(read_version(tmp_path / "p.yaml").decisions["band"].rules[0].when)


def bare(when: Condition) -> Condition:
    if isinstance(when, AllOf):
        return AllOf(tuple(map(bare, when.parts)))
    if isinstance(when, Not):
        return Not(bare(when.part))
    assert isinstance(when, Comparison)
    return Comparison(when.subject, when.operator, when.operand, by_day=when.by_day)


RANGES = [
    ("n", "100..120", "{at_least: 100, at_most: 120}"),
    ("n", "[100..120]", "{at_least: 100, at_most: 120}"),
    ("n", "[100..120)", "{at_least: 100, less_than: 120}"),
    ("n", "(100..120]", "{more_than: 100, at_most: 120}"),
    ("n", "(100..120)", "{more_than: 100, less_than: 120}"),
    ("n", "-5..-1", "{at_least: -5, at_most: -1}"),
    ("n", "100 .. most", "{at_least: 100, at_most: most}"),
    ("price", "1.50..2.50", "{at_least: 1.50, at_most: 2.50}"),
    ("wait", "90 minutes..2 days", "{at_least: 90 minutes, at_most: 2 days}"),
    ("on", "2025-01-01..2025-02-01", "{on_or_after: 2025-01-01, on_or_before: 2025-02-01}"),
    ("at", "[2025-01-01..2025-01-02T10:00)", "{on_or_after: 2025-01-01, before: 2025-01-02T10:00}"),
]


@pytest.mark.parametrize(("column", "written", "meant"), RANGES)
def test_a_range_means_its_two_comparisons(
    tmp_path: Path, column: str, written: str, meant: str
) -> None:
    two = condition(tmp_path, column, meant)

    assert condition(tmp_path, column, f'"{written}"') == two
    assert cell(tmp_path, column, written) == two
    assert condition(tmp_path, column, f'{{is_not: "{written}"}}') == Not(two)


def test_two_operators_in_a_cell_must_both_hold(tmp_path: Path) -> None:
    two = condition(tmp_path, "n", "{at_least: 100, less_than: 120}")

    assert cell(tmp_path, "n", "at_least 100 less_than 120") == two


def test_dots_in_a_text_are_text(tmp_path: Path) -> None:
    assert isinstance(condition(tmp_path, "note", "1..2"), Comparison)


@examples(25)
@given(st.integers(-50, 50), st.integers(-50, 50), st.sampled_from(["..", "[)", "(]", "()"]))
def test_a_range_is_refused_where_its_ends_leave_nothing(
    tmp_path_factory: pytest.TempPathFactory, first: int, last: int, ends: str
) -> None:
    written = f"{first}..{last}" if ends == ".." else f"{ends[0]}{first}..{last}{ends[1]}"
    is_empty = last < first or (last == first and ends != "..")
    told = codes(tmp_path_factory.mktemp("r"), f'"{written}"')

    assert told == (["empty-range"] if is_empty else [])


def codes(folder: Path, test: str) -> list[str]:
    try:
        condition(folder, "n", test)
    except Refused as refused:
        return [one.code for one in refused.problems]
    return []


REFUSED = [
    ("120..100", "empty-range", "no value lies in the range `120..100`", "`100..120`"),
    ("[100..120", "wrong-range", "has one bracket", "write both"),
    ("at_least 100|less_than 120", "range-as-or", "`|` means or", "`[100..120)`"),
    ("less_than 120|at_least 100", "range-as-or", "`|` means or", "`[100..120)`"),
    ("at_least 100 at_least 120", "repeated-operator", "twice", ""),
    ("100..1o0", "wrong-type", "`1o0`", ""),
]


@pytest.mark.parametrize(("written", "code", "says", "hints"), REFUSED)
def test_a_range_that_is_none_is_told(
    tmp_path: Path, written: str, code: str, says: str, hints: str
) -> None:
    with pytest.raises(Refused) as refused:
        cell(tmp_path, "n", written)
    (problem,) = refused.value.problems

    assert problem.code == code
    assert says in problem.message.to("en")
    assert problem.message.to("ru") != problem.message.to("en")
    assert hints in (problem.hint.to("en") if problem.hint else "")
    assert problem.place is not None
    assert problem.place.file.endswith("t.csv")


def test_the_hint_for_an_or_is_accepted(tmp_path: Path) -> None:
    assert cell(tmp_path, "n", "[100..120)") == cell(tmp_path, "n", "at_least 100 less_than 120")
