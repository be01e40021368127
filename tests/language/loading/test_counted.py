"""Conditions that are counted: at least, at most, exactly so many of several hold."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.testing.mutants import mutants
from reglament.model.conditions import AllOf, AnyOf, Counted, OneOf
from reglament.model.problems import Refused
from reglament.model.terms import FactRef
from reglament.model.visitor import deciding_tests, fold
from reglament.policy import Policy
from reglament.rendering.plain.conditions_as_written import as_written
from reglament.rendering.words.tests_in_words import Wording
from support.documented import documented
from support.laws import examples

NAMES = ("income", "guarantor", "age", "home")


def policy_of(when: Any, **more: Any) -> Policy:
    """A policy whose decision `loan` is granted if the condition holds."""
    facts = {name: {"type": "boolean", "label": name} for name in NAMES}
    loan = {
        "label": "loan",
        "outcomes": {"granted": "granted", "refused": "refused"},
        "rules": [{"id": "good", "when": when, "then": "granted"}],
        "otherwise": {"then": "refused"},
    }
    return Policy.from_text(
        {
            "policy": "loans",
            "version": "1",
            "title": "loans",
            "languages": ["en"],
            "holds_from": "2020-01-01",
            "known_from": "2020-01-01",
            "time_zone": "UTC",
            "chosen_by": "asked",
            "facts": {"asked": {"type": "date", "label": "asked"}, **facts, **more},
            "decisions": {"loan": loan},
        }
    )


def counted(said: dict[str, int], count: int = 4) -> dict[str, Any]:
    """So many of the first facts are true."""
    return {"met": {**said, "of": [{name: True} for name in NAMES[:count]]}}


WAYS = [
    {"at_least": 2}, {"at_most": 1}, {"exactly": 3}, {"at_least": 1, "at_most": 2}, {"exactly": 0},
]  # fmt: skip


def allows(said: dict[str, int], held: int) -> bool:
    """What the words mean, by hand."""
    least, most = said.get("at_least", 0), said.get("at_most", 4)
    return held == said["exactly"] if "exactly" in said else least <= held <= most


@pytest.mark.parametrize("said", WAYS)
@examples(25)
@given(told=st.fixed_dictionaries({}, optional={name: st.booleans() for name in NAMES}))
def test_what_is_told_settles_it_exactly_if_every_completion_agrees(
    said: dict[str, int], told: dict[str, bool]
) -> None:
    found = policy_of(counted(said)).decide({**told, "asked": "2024-01-01"})["loan"]
    missing = [name for name in NAMES if name not in told]
    outcomes = {
        allows(said, sum(told.values()) + sum(one))
        for one in product([True, False], repeat=len(missing))
    }

    assert (found.status == "determined") == (len(outcomes) == 1)
    if len(outcomes) == 1:
        assert (found.value == "granted") is outcomes.pop()
        assert found.rules == (("good",) if found.value == "granted" else ("loan-otherwise",))
    else:
        assert set(found.needs) == set(missing)


@examples(60)
@given(st.integers(0, 5), st.integers(0, 5), st.booleans(), st.lists(st.booleans(), max_size=5))
def test_counting_folds_into_every_and_some(
    one: int, other: int, holds: bool, truths: list[bool]
) -> None:
    tests = [OneOf(FactRef(str(n)), (True,)) for n in range(len(truths))]
    condition = Counted(tuple(tests), min(one, other), max(one, other))
    truth = {id(test): value for test, value in zip(tests, truths, strict=True)}
    found = fold(condition, lambda test, wanted: truth[id(test)] is wanted, all, any, holds=holds)

    assert found is (condition.allows(sum(truths)) is holds)


def test_a_test_that_decides_is_told_once() -> None:
    tests = tuple(OneOf(FactRef(name), (True,)) for name in NAMES)
    deciding = deciding_tests(Counted(tests, 2, 4), True)

    assert [(test.subject.name, wanted) for test, wanted in deciding] == [  # type: ignore[union-attr]
        (name, True) for name in NAMES
    ]


def test_the_trace_shows_the_tests_that_decide() -> None:
    told = {"income": True, "guarantor": False, "age": True, "asked": "2024-01-01"}
    (trace, _) = policy_of(counted({"at_least": 2})).decide(told)["loan"].trace

    assert [one.test.subject.name for one in trace.tests] == ["income", "age"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "english", "russian", "opposite"),
    [
        ({"at_least": 2}, "at least 2 of these: ", "не меньше 2 из этих условий: ", "at most 1"),
        ({"at_most": 1}, "at most 1 of these: ", "не больше 1 из этих условий: ", "at least 2"),
        ({"exactly": 1}, "exactly 1 of these: ", "ровно 1 из этих условий: ", "fewer than 1"),
    ],
)
def test_a_count_is_said_in_words_and_written_again(
    said: dict[str, int], english: str, russian: str, opposite: str
) -> None:
    written = counted(said, 3)
    (version,) = policy_of(written).versions
    when = version.rule("good").when

    assert Wording(version, "en").condition(when).startswith(english)
    assert Wording(version, "ru").condition(when).startswith(russian)
    assert Wording(version, "en").condition(when, holds=False).startswith(opposite)
    assert as_written(when, version).when == written


def test_another_count_is_a_mutant() -> None:
    (version,) = policy_of(counted({"at_least": 2})).versions
    whens = [one.version.rule("good").when for one in mutants(version) if one.kind == "boundary"]

    assert [(one.at_least, one.at_most) for one in whens if isinstance(one, Counted)] == [
        (1, 4), (3, 4),
    ]  # fmt: skip


def test_counting_stands_beside_other_tests() -> None:
    when = {"home": True, **counted({"at_least": 1}, 2)}
    condition = policy_of(when).versions[0].rule("good").when

    assert isinstance(condition, AllOf)
    assert not isinstance(condition, AnyOf)
    told = {"asked": "2024-01-01", "income": True}
    assert policy_of(when).decide({**told, "home": True})["loan"].value == "granted"
    assert policy_of(when).decide({**told, "home": False})["loan"].value == "refused"


def test_a_fact_may_still_be_called_so() -> None:
    met = {"type": "integer", "label": "met"}
    policy = policy_of({"met": {"at_least": 2}, "home": True}, met=met)

    told = {"asked": "2024-01-01", "home": True}
    assert policy.decide({**told, "met": 2})["loan"].value == "granted"
    assert policy.decide({**told, "met": 1})["loan"].value == "refused"


def test_the_count_of_the_page_decides() -> None:
    policy = policy_of(documented("when"))

    told = {"asked": "2024-01-01", "home": True}
    assert policy.decide({**told, "income": True, "age": True})["loan"].value == "granted"
    assert set(policy.decide({**told, "income": True})["loan"].needs) == {"guarantor", "age"}


@pytest.mark.parametrize(
    ("when", "code", "said"),
    [
        (counted({}), "missing-key", "conditions that must be met is not given (conditions: 4)"),
        (counted({"at_least": 5}), "wrong-count", "always or never"),
        (counted({"at_most": 4}), "wrong-count", "always or never"),
        (counted({"exactly": 1, "at_most": 2}), "wrong-count", "stands alone"),
        (counted({"at_least": 3, "at_most": 2}), "wrong-count", "always or never"),
        ({"met": {"at_least": 1, "of": [{"home": True}] * 13}}, "wrong-count", "at most 12"),
        ({"at_least": 2, "of": [{"home": True}]}, "wrong-shape", "a key is the name of a fact"),
        ({"met": {"at_leest": 2, "of": [{"home": True}]}}, "unknown-key", "at_leest"),
        ({"met": {"at_least": "two", "of": [{"home": True}]}}, "wrong-type", "two"),
        ({"met": {"at_least": 1, "of": [{"hom": True}, {"age": True}]}}, "unknown-fact", "hom"),
    ],
)
def test_what_cannot_be_counted_is_refused(when: Any, code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(when)
    told = [(one.code, one.message.to("en")) for one in refused.value.problems]
    assert [one for one in told if one[0] == code and said in one[1]], told
    for one in refused.value.problems:
        assert one.message.to("ru") != one.message.to("en")
