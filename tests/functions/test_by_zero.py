"""What a quotient comes to where it is divided by zero, and products of many digits, rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.findings import check
from reglament.functions.table import EVERY
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.reference import View
from support.documented import documented

LEAST = Decimal("0.000000000001")
FINE: dict[str, Any] = {"type": "decimal", "places": 12}
FACTS: dict[str, Any] = {
    "a": {"type": "integer", "at_least": -2, "at_most": 2, "label": "a"},
    "b": {"type": "integer", "at_least": -2, "at_most": 2, "label": "b"},
    "c": {"type": "integer", "at_least": 0, "at_most": 1, "label": "c", "null_means": "none"},
    "x": {**FINE, "label": "x", "at_least": LEAST},
    "y": {**FINE, "label": "y", "at_least": LEAST},
    "spent": {"type": "duration", "label": "spent"},
    "term": {"type": "period", "label": "term"},
}


def policy_of(*given: tuple[dict[str, Any], Any], **decisions: Any) -> Policy:
    decisions |= {
        f"d{place}": {
            **typed, "label": "d", "nullable": True, "rules": [{"id": f"r{place}", "then": then}],
        }
        for place, (typed, then) in enumerate(given)
    }  # fmt: skip
    text = {
        "policy": "zero", "version": "1", "title": "zero", "languages": ["en"],
        "holds_from": "2020-01-01", "known_from": "2020-01-01", "time_zone": "UTC",
        "facts": FACTS, "decisions": decisions,
    }  # fmt: skip
    return Policy.from_text(text)


def quotient(a: Any, b: Any, step: Any = 1, **more: Any) -> Any:
    return {"quotient_half_even": [a, b, step], **more}


WHOLE = {"type": "integer"}
SAID: list[tuple[dict[str, Any], Any]] = [
    (WHOLE, quotient("a", "b", by_zero=None)),
    (WHOLE, quotient("a", "b", by_zero=9)),
    (WHOLE, quotient("a", "c", by_zero="b")),
    (WHOLE, {"modulo": ["a", "b"], "by_zero": None}),
    (WHOLE, {"sum": ["c", quotient(2, {"difference": ["a", "b"]}, by_zero=None)]}),
    (WHOLE, {
        "if": {"formula": quotient("a", "b", by_zero=None), "at_least": 1},
        "then": "a", "else": 0,
    }),
    (WHOLE, {"sum": [1, {"if": {"a": {"more_than": 0}}, "then": None, "else": "b"}]}),
    (WHOLE, {"power_half_even": ["a", "b", 1], "by_zero": None}),
    (WHOLE, {"power_half_even": [{"difference": ["a", "c"]}, "b", 1], "by_zero": 7}),
    (WHOLE, {"power_half_even": ["a", 2, 1], "by_zero": 7}),
    (WHOLE, {"power_half_even": ["a", -2, 1], "by_zero": 7}),
]  # fmt: skip
DOMAIN: dict[str, tuple[Any, ...]] = {
    "a": (-2, -1, 0, 1, 2), "b": (-2, -1, 0, 1, 2), "c": (0, 1, None),
}  # fmt: skip


def test_null_or_a_value_takes_the_place_of_what_divides_by_zero() -> None:
    policy = policy_of(*SAID)
    (version,) = policy.versions
    whole = {
        values: policy.decide(dict(zip(DOMAIN, values, strict=True)))
        for values in product(*DOMAIN.values())
    }

    assert whole[1, 0, 1]["d0"].value is None
    assert whole[1, 0, 1]["d1"].value == 9
    assert whole[1, 2, 0]["d2"].value == 2
    assert whole[1, 2, None]["d2"].value is None
    assert whole[2, 0, 1]["d3"].value is None
    assert whole[1, 1, 1]["d4"].value is None
    powers = [[whole[0, b, 0][f"d{n}"].value for b in (-1, 0, 2)] for n in (7, 8, 9, 10)]
    assert powers == [[None, 1, 0], [7, 1, 0], [0, 0, 0], [7, 7, 7]]
    assert whole[2, 2, 0]["d7"].value == 4
    for values, decided in whole.items():
        view = View(version, dict(zip(DOMAIN, values, strict=True)))
        for name, decision in version.decisions.items():
            assert view.answer(decision).outcome == decided[name].value, (name, values)
    # Whatever is not told, what is possible is what some whole request comes to.
    for told in product(*((*values, ...) for values in DOMAIN.values())):
        some = {n: v for n, v in zip(DOMAIN, told, strict=True) if v is not ...}
        decided = policy.decide(some)
        matching = [
            one
            for values, one in whole.items()
            if all(t in (..., v) for t, v in zip(told, values, strict=True))
        ]
        for name in version.decisions:
            outcomes = {one[name].value for one in matching}
            if decided[name].is_determined:
                assert outcomes == {decided[name].value}, (name, some)
            elif decided[name].possible is not None:
                assert outcomes <= set(decided[name].possible), (name, some)


@pytest.mark.parametrize(("name", "length", "none"), [
    ("spent", "PT3H", "PT0S"), ("term", "P1Y", "P0M"),
])  # fmt: skip
def test_lengths_of_time_are_divided_by_no_time_at_all(name: str, length: str, none: str) -> None:
    times = quotient({"product": [name, 2]}, name, 1, by_zero=-1)
    policy = policy_of((WHOLE, times))

    assert policy.decide({name: length})["d0"].value == 2
    assert policy.decide({name: none})["d0"].value == -1


def test_the_page_on_the_language_divides_by_what_may_be_zero() -> None:
    policy = policy_of(share=documented("share"))

    assert [policy.decide({"a": 1, "b": b})["share"].value for b in (2, 0)] == [
        Decimal("0.5"),
        None,
    ]


@pytest.mark.parametrize(
    ("then", "code", "said"),
    [
        (quotient("a", "b"), "divisor-may-be-zero", "`by_zero: null`"),
        (quotient("a", 0, by_zero=None), "wrong-argument", "zero"),
        ({"sum": ["a", "b"], "by_zero": None}, "unknown-key", "by_zero"),
        (quotient("a", "b", by_zero={"literal": "none"}), "wrong-type", "text"),
        ({"sum": [1, {"if": {"a": 1}, "then": None, "else": None}]}, "wrong-shape", "date or name"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(then: Any, code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of((WHOLE, then))

    problems = refused.value.problems
    assert code in [one.code for one in problems]
    assert any(
        said in f"{one.message.to('en')} {one.hint and one.hint.to('en')}" for one in problems
    )


def test_what_may_be_null_by_zero_is_given_where_null_may_be() -> None:
    by_zero = quotient("a", "b", by_zero=None)
    for then, code in ((by_zero, "null-not-allowed"), ({"sum": [1, by_zero]}, "may-be-null")):
        with pytest.raises(Refused) as refused:
            policy_of(d={"label": "d", **WHOLE, "rules": [{"id": "r", "then": then}]})
        (problem,) = refused.value.problems
        assert problem.code == code
        assert problem.hint is not None
        assert "nullable: true" in problem.hint.to("ru")


DIGITS = st.decimals(-(10**5), 10**5, places=12)


@given(DIGITS, DIGITS, DIGITS)
def test_products_of_many_digits_are_rounded_once(a: Decimal, b: Decimal, c: Decimal) -> None:
    if abs(Fraction(a) * Fraction(b) * Fraction(c)) > 10**14:
        return
    exact = Fraction(a) * Fraction(b) * Fraction(c)
    made = EVERY["product"].gives(a, b, c)

    assert Fraction(made) == exact
    assert EVERY["round_half_even"].gives(made, LEAST) == round(exact / Fraction(LEAST)) * LEAST
    assert Fraction(EVERY["difference"].gives(1, made)) == 1 - exact
    assert Fraction(EVERY["absolute"].gives(made)) == abs(exact)
    assert Fraction(EVERY["modulo"].gives(made, 7)) == exact - 7 * (exact // 7)


def test_what_is_told_settles_comparisons_to_the_last_digit() -> None:
    def above(operator: str, than: Any) -> Any:
        when = {"formula": {"product": ["x", "y"]}, operator: than}
        rules = [{"id": f"is-{operator}", "when": when, "then": True}]
        return {"label": "d", "type": "boolean", "rules": rules, "otherwise": {"then": False}}

    policy = policy_of(
        (FINE, {"round_up": [{"product": ["x", "y", "x"]}, LEAST]}),
        more=above("more_than", 0),
        least=above("at_least", LEAST),
    )
    tiny = policy.decide({"x": LEAST, "y": LEAST})
    assert (tiny["more"].value, tiny["least"].value, tiny["d0"].value) == (True, False, LEAST)
    partly = policy.decide({"x": LEAST})
    assert partly["more"].value is True  # a product of what is above zero
    assert not partly["least"].is_determined
    assert policy.decide({"x": 1})["least"].value is True
    codes = [one.code for one in check(policy.versions[0])]
    assert "conflict" not in codes
    assert "gap" not in codes


def test_steps_within_a_formula_are_finer_than_what_is_given() -> None:
    fine = Decimal("1E-24")
    third = quotient("x", 3, fine)
    policy = policy_of(
        (FINE, {"round_half_even": [{"product": [third, third, third]}, LEAST]}),
        (FINE, quotient(third, "y", LEAST, by_zero=None)),
    )

    decided = policy.decide({"x": 2, "y": LEAST})
    assert decided["d0"].value == Decimal("0.296296296296")
    assert decided["d1"].value == Decimal("666666666666.666666666667")


def test_more_digits_than_are_computed_with_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        policy_of((FINE, {"round_up": [{"product": ["x"] * 7}, LEAST]}))
    (problem,) = refused.value.problems
    assert "72" in problem.message.to("en")
    with pytest.raises(Refused) as refused:
        policy_of((FINE, {"product": ["x", "y"]}))
    (problem,) = refused.value.problems
    assert problem.code == "wrong-type"
    assert problem.hint is not None
    assert "round_half_up" in problem.hint.to("en")
