"""A formula that lacks facts is decided where every completion agrees, by trying all of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from reglament.evaluation import Evaluator
from reglament.model.regulation import Version
from reglament.model.values import Value, apart
from support.laws import examples
from support.random_policies import answer, is_broken
from support.random_ranges import FACTS, completions, policies, requests
from support.small_policy import small_policy


@pytest.mark.slow
@examples(300)
@given(policies(), requests())
def test_formulas_are_decided_where_every_completion_agrees(
    version: Version, told: dict[str, Value]
) -> None:
    every = list(completions(told))
    evaluated = Evaluator(version).evaluate(told)
    for name in version.decisions:
        outcomes = {tuple(facts.values()): answer(version, facts, name).outcome for facts in every}
        answers = {"refused" if is_broken(one) else apart(one) for one in outcomes.values()}
        values = answers - {"refused"}
        found = evaluated[name]
        possible = found.possible
        told_as = [
            (o.status, o.outcome, o.possible, o.needs, o.is_exact) for o in (found, found.whole)
        ]
        assert told_as[0] == told_as[1]
        assert possible is None or {apart(one) for one in possible} >= values
        if found.is_determined:
            assert answers == {apart(found.outcome)}
        if not found.is_exact:
            continue
        assert found.is_determined == (answers == values and len(values) == 1)
        assert (found.status == "refused") == (not values)
        if possible is not None:
            assert {apart(one) for one in possible} == values
            assert len(possible) == len(values)


@pytest.mark.slow
@examples(300)
@given(policies(), requests())
def test_no_fact_that_matters_is_left_out_of_what_is_needed(
    version: Version, told: dict[str, Value]
) -> None:
    evaluated = Evaluator(version).evaluate(told)
    missing = [name for name in FACTS if name not in told]
    for name in version.decisions:
        found = evaluated[name]
        matter: set[str] = set()
        met: dict[object, object] = {}
        for facts in completions(told):
            outcome = answer(version, facts, name).outcome
            outcome = "refused" if is_broken(outcome) else apart(outcome)
            for fact in missing:
                others = (fact, *(facts[one] for one in missing if one != fact))
                if met.setdefault(others, outcome) != outcome:
                    matter.add(fact)
        if found.status != "refused":
            assert matter <= set(found.needs), (name, matter, found.needs)
        if found.status != "refused" and found.is_exact and len(missing) == 1:
            assert matter == set(found.needs)


NUMBERS = {
    "rate": {"type": "decimal", "places": 2, "at_least": 0, "at_most": 100, "label": "rate"},
    "base": {"type": "decimal", "places": 2, "at_least": 0, "label": "base"},
    "few": {"type": "integer", "at_least": 0, "at_most": 3, "label": "few"},
    "start": {"type": "date", "at_least": "2024-01-01", "at_most": "2024-12-31", "label": "start"},
}


def number(then: Any) -> Any:
    """A decision that is this number."""
    rules = [{"id": "only", "then": then}]
    return {"type": "decimal", "places": 6, "label": "number", "rules": rules}


def word(when: Any) -> Any:
    """A decision that is a word by whether this holds."""
    rules = [{"id": "holds", "when": when, "then": "yes"}]
    outcomes = {"yes": "yes", "no": "no"}
    return {"label": "word", "outcomes": outcomes, "rules": rules, "otherwise": {"then": "no"}}


@pytest.mark.parametrize(
    ("decision", "told", "outcome"),
    [
        (number({"percent": ["rate", "base"]}), {"rate": 0}, 0),
        (number({"percent": [0, "base"]}), {}, 0),
        (number({"product": ["rate", "base"]}), {"rate": 0}, 0),
        (number({"minimum": ["base", 0]}), {}, 0),
        (number({"maximum": ["rate", 100]}), {}, 100),
        (number({"difference": ["few", "few"]}), {}, 0),
        (number({"brackets": ["rate", {"upto": 100, "rate": 0}, {"rate": 20}]}), {}, 0),
        (number({"if": {"few": {"at_least": 2}}, "then": 7, "else": 7}), {}, 7),
        (word({"formula": {"percent": ["rate", "base"]}, "at_most": 50}), {"rate": 0}, "yes"),
        (word({"formula": {"sum": ["base", 5]}, "at_least": 3}), {}, "yes"),
        (word({"formula": {"sum": ["rate", "few"]}, "at_least": 104}), {}, "no"),
        (word({"formula": {"months_after": ["start", 3]}, "before": "2025-04-01"}), {}, "yes"),
    ],
)
def test_a_formula_that_missing_facts_make_no_difference_to(
    decision: Any, told: dict[str, Any], outcome: Any
) -> None:
    policy = small_policy(NUMBERS, {"found": decision})
    told = {"day": "2025-03-03", **told}
    found = policy.decide(told)["found"]
    assert (found.status, found.outcome, found.needs) == ("determined", outcome, ())
    assert policy.next_question(told) is None


def test_a_test_needs_no_fact_that_makes_no_difference_to_it() -> None:
    larger = {"formula": {"maximum": ["few", "many"]}, "at_least": 10}
    many = {"type": "integer", "at_least": 8, "at_most": 12, "label": "many"}
    policy = small_policy(NUMBERS | {"many": many}, {"found": word(larger)})
    found = policy.decide({"day": "2025-03-03"})["found"]
    assert (found.status, found.needs, found.is_exact) == ("undetermined", ("many",), True)


def test_what_a_formula_of_few_values_may_come_to_is_listed() -> None:
    policy = small_policy(NUMBERS, {"found": number({"product": ["few", "few"]})})
    found = policy.decide({"day": "2025-03-03"})["found"]
    assert (found.possible, found.needs, found.is_exact) == ((0, 1, 4, 9), ("few",), True)


def test_ranges_are_those_on_the_path() -> None:
    rules = [
        {"id": "large", "when": {"base": {"at_least": 50}}, "then": {"minimum": ["base", 50]}},
    ]
    decision = {"type": "decimal", "places": 2, "label": "n", "rules": rules}
    decision["otherwise"] = {"then": 50}
    policy = small_policy(NUMBERS, {"found": decision})
    assert policy.decide({"day": "2025-03-03"})["found"].outcome == 50


@pytest.mark.parametrize(
    "when",
    [
        {"formula": {"difference": ["base", "base"]}, "more_than": 0},
        {"few": {"less_than": {"minimum": ["few", "base"]}}},
    ],
)
def test_what_is_not_worked_out_says_so(when: Any) -> None:
    # The ends are too wide where a fact stands twice: it never holds.
    policy = small_policy(NUMBERS, {"found": word(when)})
    found = policy.decide({"day": "2025-03-03"})["found"]
    assert (found.possible, found.is_exact) == (("yes", "no"), False)


WIDE = {**NUMBERS, "wide": {"type": "integer", "at_least": 0, "at_most": 90_000, "label": "wide"}}


def disputed(*thens: Any) -> Any:
    """A decision that is a number where its rules, which all apply, come to one number."""
    rules = [{"id": f"says-{at}", "then": then} for at, then in enumerate(thens)]
    return {"type": "integer", "label": "disputed", "rules": rules}


@pytest.mark.parametrize("fact", ["few", "wide"])
@pytest.mark.parametrize(
    ("reader", "possible"),
    [
        (word({"disputed": {"at_least": 3}}), ("yes",)),
        (word({"disputed": {"at_least": 4}}), ("no",)),
        (number("disputed"), (3,)),
        (number({"sum": ["disputed", 1]}), (4,)),
        (number({"product": ["disputed", 0]}), (0,)),
    ],
)
def test_who_reads_what_rules_may_agree_about_is_not_refused(
    fact: str, reader: Any, possible: Any
) -> None:
    decisions = {"disputed": disputed({"sum": [fact, 1]}, 3), "found": reader}
    policy = small_policy(WIDE, decisions)
    day = {"day": "2025-03-03"}
    found = policy.decide(day)["found"]
    told = found.status, found.outcome, found.possible, found.needs, found.is_exact
    assert told == ("undetermined", None, possible, (fact,), True)
    assert policy.decide({**day, fact: 2})["found"].outcome == possible[0]
    assert policy.decide({**day, fact: 1})["found"].status == "refused"


def test_who_reads_what_rules_never_agree_about_is_refused() -> None:
    decisions = {"disputed": disputed({"sum": ["few", 9]}, 3), "found": number("disputed")}
    found = small_policy(NUMBERS, decisions).decide({"day": "2025-03-03"})["found"]
    assert (found.status, found.possible, found.needs) == ("refused", (), ())


def test_who_does_not_hang_on_what_rules_disagree_about_is_decided() -> None:
    reader = {**word({"disputed": {"at_least": 3}}), "otherwise": {"then": "yes"}}
    decisions = {"disputed": disputed({"sum": ["few", 1]}, 3), "found": reader}
    found = small_policy(NUMBERS, decisions).decide({"day": "2025-03-03"})["found"]
    assert (found.status, found.outcome, found.needs) == ("determined", "yes", ())


LIST = {"type": "list", "item": {"type": "integer"}, "label": "list"}


@pytest.mark.parametrize("other", [["few", 2], [7, 1], [1, 1]])
def test_made_lists_that_rules_may_agree_about_are_not_said_to_be_exact(other: Any) -> None:
    rules = [{"id": "one", "then": ["few", 1]}, {"id": "other", "then": other}]
    decisions = {
        "disputed": {**LIST, "rules": rules},
        "found": {**LIST, "rules": [{"id": "only", "then": "disputed"}]},
    }
    policy = small_policy(NUMBERS, decisions)
    for name, found in policy.decide({"day": "2025-03-03"}).items():
        assert (found.status, found.needs, found.is_exact) == ("undetermined", ("few",), False), (
            name
        )
    for few in range(4):
        told = policy.decide({"day": "2025-03-03", "few": few})["found"]
        agrees = [few, 1] == [few if one == "few" else one for one in other]
        assert told.status == ("determined" if agrees else "refused")
