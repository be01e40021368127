"""Fields of a record that a decision gives, read by their names."""

from __future__ import annotations

from typing import Any

import pytest

from reglament.analysis.findings import check
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.rendering.conditions_as_written import as_written
from reglament.rendering.tests_in_words import Wording
from support.documented import documented

LETTER = {
    "outcomes": {"send": "send", "wait": "wait"},
    "rules": [
        {
            "id": "send",
            "when": {"approval.status": "granted", "approval.days": {"at_most": 5}},
            "then": "send",
            "because": "It is {approval.status}, in {approval.days} days.",
        }
    ],
    "otherwise": {"then": "wait"},
}
DUE = {"type": "integer", "rules": [{"id": "due", "then": {"sum": ["approval.days", 1]}}]}
STATUS = {"type": "text", "rules": [{"id": "status", "then": "approval.status"}]}


def policy_of(letter: Any = None, **approval: Any) -> Policy:
    """A policy whose decision `approval` gives a record, and others that read it."""
    record = {**documented("approval"), **approval}
    decisions = {"approval": record, "letter": letter or LETTER, "due": DUE, "status": STATUS}
    if approval.get("nullable"):
        decisions = {"approval": record, "letter": letter or LETTER}
    return Policy.from_text(
        {
            "policy": "approvals",
            "version": "1",
            "title": "approvals",
            "languages": ["en"],
            "holds_from": "2020-01-01",
            "known_from": "2020-01-01",
            "time_zone": "UTC",
            "explain": {"answer": "letter"},
            "facts": {"amount": {"type": "integer", "label": "amount"}},
            "decisions": {name: {"label": name, **one} for name, one in decisions.items()},
        }
    )


def test_fields_are_read_in_conditions_formulas_outcomes_and_messages() -> None:
    policy = policy_of()
    quick, slow = policy.decide({"amount": 100}), policy.decide({"amount": 101})

    assert (quick["letter"].value, slow["letter"].value) == ("send", "wait")
    assert (quick["due"].value, slow["due"].value) == (2, 11)
    assert (quick["status"].value, slow["status"].value) == ("granted", "asked")
    assert "It is granted, in 1 days." in quick.explain("en")
    open_ = policy.decide({})
    assert open_["due"].possible == (2, 11)
    assert open_["letter"].needs == ("amount",)
    assert not [one for one in check(policy.versions[0]) if one.severity.value == "error"]


def test_fields_of_a_record_that_may_be_null() -> None:
    rules = [{"id": "none", "when": {"amount": {"less_than": 0}}, "then": None}]
    policy = policy_of(nullable=True, rules=[*documented("approval")["rules"], *rules])
    with_null = policy_of(
        nullable=True, rules=rules, otherwise={"then": {"status": "asked", "days": 1}}
    )

    assert policy.decide({"amount": 7})["letter"].value == "send"
    assert with_null.decide({"amount": -1})["letter"].value == "wait"
    assert with_null.decide({"amount": -1})["approval"].value is None


def test_a_field_is_said_and_written_by_its_name() -> None:
    (version,) = policy_of().versions
    when = version.rule("send").when

    assert as_written(when, version).when == LETTER["rules"][0]["when"]  # type: ignore[index]
    assert Wording(version, "en").condition(when).startswith("approval: status")


@pytest.mark.parametrize(
    ("when", "code", "said"),
    [
        ({"approval.statis": "granted"}, "unknown-fact", "approval.statis"),
        ({"approval.days": "many"}, "unknown-word", "many"),
    ],
)
def test_a_mistake_is_told(when: Any, code: str, said: str) -> None:
    letter = {**LETTER, "rules": [{"id": "send", "when": when, "then": "send"}]}
    with pytest.raises(Refused) as refused:
        policy_of(letter)
    (problem,) = refused.value.problems
    assert said in problem.message.to("en")
    assert code in (problem.code, "unknown-word")
