"""What is computed is exact within its bound, refused beyond it, and never grows without end."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.analysis.findings import check
from reglament.functions.numbers import NumberOutOfRange
from reglament.functions.table import FUNCTIONS
from reglament.model.values import LARGEST

NUMBERS = st.one_of(
    st.integers(-LARGEST, LARGEST),
    st.decimals(-LARGEST, LARGEST, allow_nan=False, allow_infinity=False, places=4),
    st.decimals(-10, 10, allow_nan=False, allow_infinity=False, places=4),
)
EXACTLY = {
    "sum": lambda parts: sum(parts),
    "product": lambda parts: Fraction(parts[0]) * parts[1] * parts[2],
    "difference": lambda parts: parts[0] - parts[1],
}


@given(st.sampled_from(sorted(EXACTLY)), st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_computed_numbers_are_exact_or_refused(
    function: str, parts: tuple[int | Decimal, ...]
) -> None:
    given_parts = parts[:2] if function == "difference" else parts
    exact = EXACTLY[function]([Fraction(part) for part in given_parts])
    try:
        computed = FUNCTIONS[function].gives(*given_parts)
    except NumberOutOfRange:
        assert abs(exact) > LARGEST
    else:
        assert abs(exact) <= LARGEST
        assert Fraction(computed) == exact


HEAD = """
policy: doubling
version: "1"
title: {ru: Удвоение, en: Doubling}
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: UTC
chosen_by: asked_on
facts:
  asked_on: {type: date, label: {ru: день, en: day}}
  x: {type: integer, label: {ru: число, en: number}}
decisions:
"""


def chain(tmp_path: Path, length: int) -> Path:
    """A policy in which each decision is the square of the one before."""
    lines = [
        f"  d{n}: {{label: {{ru: р, en: d}}, type: integer, rules: "
        f"[{{id: r{n}, then: {{product: [{before}, {before}]}}}}]}}\n"
        for n in range(length)
        for before in [f"d{n - 1}" if n else "x"]
    ]
    path = tmp_path / "policy.yaml"
    path.write_text(HEAD + "".join(lines), "utf-8")
    return path


def test_forty_decisions_that_each_read_the_one_before_twice_are_checked_and_decided(
    tmp_path: Path,
) -> None:
    policy = load_policy(chain(tmp_path, 40))

    assert {finding.code for finding in check(policy.versions[-1])} == {"not-analysed"}
    one = policy.decide({"asked_on": "2026-01-01", "x": 1})
    assert one["d39"].outcome == 1
    missing = policy.decide({"asked_on": "2026-01-01"})["d39"]
    assert (str(missing.status), missing.needs) == ("undetermined", ("x",))


def test_a_number_beyond_the_bound_is_refused_in_both_languages(tmp_path: Path) -> None:
    decided = load_policy(chain(tmp_path, 40)).decide({"asked_on": "2026-01-01", "x": 3})
    refused = {name: one.refused for name, one in decided.items() if one.refused is not None}
    first = min(refused, key=lambda name: int(name[1:]))
    problem = refused[first].problem

    assert decided["d0"].value == 9
    assert problem.code == "number-out-of-range"
    assert problem.to_text("en").startswith("a computed number is beyond 1,000,000,000,000,000")
    assert problem.to_text("ru").startswith("вычисленное число больше 1 000 000 000 000 000")
    assert refused["d39"].problem.code == "rests-on-refused"
