"""Fields of a record that a decision gives, read by their names."""

from __future__ import annotations

from typing import Any

import pytest

from reglament.analysis.findings import check
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.rendering.plain.conditions_as_written import as_written
from reglament.rendering.words.terms_in_words import term_words
from reglament.rendering.words.tests_in_words import Wording
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
FEE = {
    "type": "integer",
    "rules": [{"id": "fee", "when": {"approval.fee": {"is_not": None}}, "then": "approval.fee"}],
    "otherwise": {"then": 0},
}
STATUS = {"type": "text", "rules": [{"id": "status", "then": "approval.status"}]}


POST = {"type": "record", "fields": {"role": "text", "floor": "integer"}}
LARGE = {"status": "large", "days": 3, "fee": {"sum": ["amount", 1]}}


def policy_of(letter: Any = None, **approval: Any) -> Policy:
    """A policy whose decision `approval` gives a record, and others that read it."""
    decisions = {"letter": letter or LETTER, "due": DUE, "status": STATUS, "fee": FEE}
    if approval.get("nullable"):
        decisions = {"letter": letter or LETTER}
    return policy_with(decisions, **approval)


def policy_with(others: dict[str, Any], **approval: Any) -> Policy:
    """A policy whose decision `approval` gives a record, and these others."""
    decisions = {"approval": {**documented("approval"), **approval}, **others}
    return Policy.from_text(
        {
            "policy": "approvals",
            "version": "1",
            "title": "approvals",
            "languages": ["en"],
            "holds_from": "2020-01-01",
            "known_from": "2020-01-01",
            "time_zone": "UTC",
            "explain": {"answer": "letter" if "letter" in others else "approval"},
            "facts": {
                "amount": {"type": "integer", "label": "amount"},
                "member": {"type": "boolean", "label": "member"},
                "spare": {"type": "integer", "label": "spare", "null_means": "none"},
            },
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
        nullable=True, rules=rules, otherwise={"then": {"status": "asked", "days": 1, "fee": 3}}
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


def test_a_field_may_be_computed_and_null() -> None:
    policy = policy_of()
    quick, slow = policy.decide({"amount": 100}), policy.decide({"amount": 130})

    assert quick["approval"].value == {"status": "granted", "days": 1, "fee": None}
    assert slow["approval"].value == {"status": "asked", "days": 10, "fee": 30}
    assert (quick["fee"].value, slow["fee"].value) == (0, 30)
    assert slow.to_dict()["decisions"]["approval"]["outcome"]["fee"] == 30
    (version,) = policy.versions
    assert term_words(version.rule("slow").then, version, "en") == (
        "status: asked; days: 10; fee: amount minus 100"
    )


def test_what_is_possible_of_a_field_while_facts_are_missing() -> None:
    fields = {"sure": "boolean", "sum": {"type": "integer", "nullable": True}, "of": POST}
    then = {"sure": "member", "sum": {"if": {"member": True}, "then": None, "else": "amount"}}
    of = {"role": "clerk", "floor": 2}
    rules = [{"id": "one", "then": {**then, "of": of}}]
    sure = {"type": "boolean", "rules": [{"id": "sure", "then": "approval.sure"}]}
    floor = {"type": "integer", "rules": [{"id": "floor", "then": "approval.of.floor"}]}
    none = {
        "type": "boolean",
        "rules": [{"id": "none", "when": {"approval.sum": None}, "then": True}],
        "otherwise": {"then": False},
    }
    given = {"sure": sure, "floor": floor, "none": none}
    policy = policy_with(given, fields=fields, rules=rules)
    nothing, told = policy.decide({}), policy.decide({"member": True})

    assert {*nothing["sure"].possible} == {*nothing["none"].possible} == {False, True}
    assert nothing["none"].needs == ("member",)
    assert nothing["floor"].value == 2
    assert told["approval"].value == {
        "sure": True,
        "sum": None,
        "of": {"role": "clerk", "floor": 2},
    }
    assert told["none"].value is True
    assert policy.decide({"member": False})["none"].value is False


def test_records_are_collected() -> None:
    rules = [
        {"id": "small", "then": {"status": "small", "days": "amount", "fee": None}},
        {"id": "large", "when": {"amount": {"more_than": 9}}, "then": LARGE},
    ]
    policy = policy_with({}, collection=True, rules=rules)

    found = policy.decide({"amount": 10})["approval"].value
    assert [one["days"] for one in found] == [10, 3]  # type: ignore[index, union-attr]
    assert policy.decide({"amount": 1})["approval"].value == [
        {"status": "small", "days": 1, "fee": None}
    ]


@pytest.mark.parametrize(
    ("then", "code", "said"),
    [
        ({"status": None, "days": 1, "fee": 1}, "null-not-allowed", "status"),
        ({"status": "a", "days": "spare", "fee": 1}, "may-be-null", "spare"),
        ({"status": "a", "days": 1}, "wrong-fields", "fee"),
        ({"status": "a", "days": {"summ": [1, 2]}, "fee": 1}, "unknown-key", "summ"),
        ({"status": "a", "days": "amuont", "fee": 1}, "unknown-name", "amuont"),
        ({"status": "a", "dys": 1, "fee": 1}, "wrong-fields", "days"),
    ],
)
def test_a_field_that_does_not_fit_is_told(then: Any, code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_with({}, rules=[{"id": "one", "then": then}])
    (problem,) = refused.value.problems
    assert problem.code == code
    assert said in problem.message.to("en")
    assert problem.message.to("ru") != problem.message.to("en")


@pytest.mark.parametrize(
    ("then", "hints"),
    [
        ({"status": "a", "dys": 1, "fee": 1}, ["did you mean `days`?"]),
        ({"status": "a", "reason": "b"}, ["not given: `days`, `fee`"]),
        ({"status": "a", "days": 1}, ["not given: `fee`"]),
        ({"status": "a", "days": 1, "fee": 1, "note": "b", "note2": "c"}, [None, None]),
    ],
)
def test_which_fields_are_too_many_or_too_few_is_hinted(then: Any, hints: Any) -> None:
    with pytest.raises(Refused) as refused:
        policy_with({}, rules=[{"id": "one", "then": then}])
    found = [one.hint and one.hint.to("en") for one in refused.value.problems]

    assert found == hints
    assert {one.code for one in refused.value.problems} == {"wrong-fields"}


def test_a_field_may_be_a_plain_list() -> None:
    fields = {
        "who": {"type": "list"},
        "checks": {"type": "list", "item": {"type": "boolean"}, "nullable": True},
    }
    rules = [
        {
            "id": "members", "when": {"member": True},
            "then": {
                "who": {"list_of": [{"literal": "desk"}, {"text": "{amount}"}]},
                "checks": {"list_of": ["member", False]},
            },
        },
        {
            "id": "others", "when": {"member": False},
            "then": {"who": {"list_of": [{"literal": "clerk"}]}, "checks": None},
        },
    ]  # fmt: skip
    others = {
        "desk": {
            "type": "boolean",
            "rules": [{"id": "desk", "when": {"approval.who": {"includes": "desk"}}, "then": True}],
            "otherwise": {"then": False},
        },
        "count": {"type": "integer", "rules": [{"id": "n", "then": {"count": "approval.who"}}]},
    }
    policy = policy_with(others, fields=fields, rules=rules)

    member = policy.decide({"member": True, "amount": 7})
    assert member["approval"].value == {"who": ("desk", "7"), "checks": (True, False)}
    assert (member["desk"].value, member["count"].value) == (True, 2)
    assert policy.decide({"member": True})["desk"].status == "undetermined"
    assert policy.decide({"member": False})["approval"].value == {"who": ("clerk",), "checks": None}
    assert set(policy.decide({"amount": 1})["count"].possible) == {1, 2}
    assert {one.code for one in check(policy.versions[0])} == {"fact-never-read"}
    with pytest.raises(Refused) as refused:
        policy_with(
            others, fields=fields, rules=[{"id": "bare", "then": {"who": "amount", "checks": None}}]
        )
    assert refused.value.problems
