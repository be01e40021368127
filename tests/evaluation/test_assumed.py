"""Facts that a policy assumes where nobody tells them: used, and said in every place."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from reglament import Policy, Refused
from reglament.analysis.diff.compare import diff
from reglament.analysis.findings import check
from reglament.reference import Answer, decide
from support.cli_runner import run

TEXT = """
policy: parcels
version: "1"
title: {ru: Посылки, en: Parcels}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: sent.on
time_zone: UTC
facts:
  sent.on: {type: date, label: {ru: день отправки, en: day of sending}}
  delivery:
    type: choice
    options: {standard: {ru: обычная, en: standard}, express: {ru: срочная, en: express}}
    label: {ru: доставка, en: delivery}
    question: {ru: Какая доставка?, en: Which delivery?}
    assumed: standard
  keep_until:
    type: date
    label: {ru: хранить до, en: keep until}
    null_means: {ru: без срока, en: no end}
    assumed: null
  weight: {type: integer, at_least: 1, label: {ru: вес, en: weight}}
decisions:
  fee:
    label: {ru: плата, en: fee}
    type: integer
    rules:
      - {id: express, when: {delivery: express}, then: 50}
      - {id: heavy, when: {delivery: standard, weight: {more_than: 10}}, then: 20}
      - id: light
        when: {delivery: standard, weight: {at_most: 10}}
        then: 10
        because: {ru: "Это {delivery} доставка.", en: "By {delivery} delivery."}
  kept:
    label: {ru: хранение, en: kept}
    outcomes: {open: {ru: без срока, en: no end}, dated: {ru: до дня, en: up to a day}}
    rules: [{id: open, when: {keep_until: null}, then: open}]
    otherwise: {then: dated}
explain: {answer: fee}
examples:
  - {name: assumed, facts: {sent.on: 2024-05-01, weight: 3}, expect: {fee: 10, kept: open}}
"""
DAY = {"sent.on": "2024-05-01"}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


def test_what_is_assumed_is_used_where_the_fact_is_missing(policy: Policy) -> None:
    decided = policy.decide({**DAY, "weight": 3})

    assert (decided["fee"].value, decided["kept"].value) == (10, "open")
    assert policy.decide({**DAY, "weight": 3, "delivery": "express"})["fee"].value == 50
    assert policy.decide(DAY)["fee"].needs == ("weight",)
    assert policy.decide({**DAY, "keep_until": "2024-06-01"})["kept"].value == "dated"


def test_the_reference_says_the_same(policy: Policy) -> None:
    facts = dict(policy.decide({**DAY, "weight": 3}).facts)
    found = decide(policy.versions[0], facts)

    assert [one.outcome for one in found.values() if isinstance(one, Answer)] == [10, "open"]
    assert "delivery" not in facts


def test_the_document_names_it_where_a_decision_rests_on_it(policy: Policy) -> None:
    decided = policy.decide({**DAY, "weight": 3, "keep_until": None})
    made = decided.to_dict()

    assert made["decisions"]["fee"]["assumed"] == ["delivery"]
    assert "assumed" not in made["decisions"]["kept"]
    assert made["notes"] == [
        {
            "code": "assumed",
            "fact": "delivery",
            "ru": "не указано: доставка; принято: обычная",
            "en": "delivery is not given: standard is assumed",
        }
    ]
    assert dict(decided.assumed) == {"delivery": "standard"}
    told = policy.decide({**DAY, "weight": 3, "keep_until": None, "delivery": "standard"}).to_dict()
    assert told["notes"] == []
    assert "assumed" not in told["decisions"]["fee"]


@pytest.mark.parametrize("reader", ["requester", "auditor"])
@pytest.mark.parametrize(
    ("language", "said", "because"),
    [
        ("en", "elivery is not given: standard is assumed", "By standard delivery."),
        ("ru", "е указано: доставка; принято: обычная", "Это обычная доставка."),
    ],
)
def test_it_is_said_in_words(
    policy: Policy, reader: str, language: str, said: str, because: str
) -> None:
    words = policy.decide({**DAY, "weight": 3}).explain(language, reader)  # type: ignore[arg-type]

    assert said in words
    assert because in words


def test_it_is_asked_for_all_the_same(policy: Policy) -> None:
    question = policy.next_question({**DAY, "weight": 3})

    assert question is not None
    assert question.fact == "delivery"


def test_the_log_keeps_what_was_told_and_holds_when_it_is_decided_again(
    policy: Policy, tmp_path: Path
) -> None:
    pytest.importorskip("sqlalchemy")
    log = str(tmp_path / "log.db")
    policy.decide({**DAY, "weight": 3}, log=log)

    assert run("log", "verify", log).exit_code == 0
    shown = run("log", "show", log, "1").stdout
    assert "standard is assumed" in shown


def test_it_is_carried_to_other_processes_and_into_bundles(policy: Policy, tmp_path: Path) -> None:
    decided = policy.decide({**DAY, "weight": 3})
    again = pickle.loads(pickle.dumps(decided))
    path = tmp_path / "parcels.bundle.json"
    path.write_text(policy.bundle(), "utf-8")

    assert (again == decided, dict(again.assumed)) == (
        True,
        {"delivery": "standard", "keep_until": None},
    )
    request = tmp_path / "request.yaml"
    request.write_text("sent.on: 2024-05-01\nweight: 3\n", "utf-8")
    asked = run("decide", request, "--policy", path, "--json")
    assert '"assumed"' in asked.stdout


def test_diff_says_that_something_else_is_assumed(policy: Policy) -> None:
    other = Policy.from_text(TEXT.replace("assumed: standard", "assumed: express"))
    found = diff(policy.versions[0], other.versions[0])

    assert [note.code for note in found.notes if note.matters] == ["assumed-changed"]
    assert not found.is_cosmetic
    assert all(not found for found in (found.changed, found.not_settled))


def test_check_has_nothing_to_say_of_it(policy: Policy) -> None:
    assert check(policy.versions[0]) == ()


def test_a_form_is_told(policy: Policy) -> None:
    parts = policy.schema()["$defs"]
    assert parts["delivery"]["default"] == "standard"
    assert parts["keep_until"]["default"] is None
    assert "default" not in parts["weight"]


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("assumed: slow", "unknown-word"),
        ("assumed: null", "null-not-allowed"),
        ("assumed: [standard]", "wrong-shape"),
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_cannot_be_told_cannot_be_assumed(fact: str, code: str, language: str) -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text(TEXT.replace("assumed: standard", fact))
    [problem] = refused.value.problems
    assert problem.code == code
    assert "policy.yaml:" in problem.to_text(language)


def test_the_fact_that_chooses_the_version_is_not_assumed() -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text(
            TEXT.replace(
                "{type: date, label: {ru: день о",
                "{type: date, assumed: 2024-05-01, label: {ru: день о",
            )
        )
    assert [one.code for one in refused.value.problems] == ["chooser-assumed"]
