"""Canonically equal texts are equal, whoever tells them and wherever they stand."""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, Refused, load_policy
from reglament.analysis.typed_answers import value_typed
from reglament.language.requests.request_reader import facts_in, requests_in
from reglament.language.syntax.source import Source
from support.laws import examples

WORDS = ("Йошкар-Ола", "café", "Å", "ﾊﾞ", "각", "plain")
POLICY = """
policy: places
version: "1"
title: {ru: Места, en: Places}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: on
time_zone: UTC
facts:
  on: {type: date}
  city: {type: choice, open: true, options: {Йошкар-Ола: {ru: Йошкар-Ола, en: Yoshkar-Ola}}}
  shut: {type: choice, options: {Йошкар-Ола: {ru: Йошкар-Ола, en: Yoshkar-Ola}}}
  name: {type: text, question: {ru: Имя?, en: Name?}}
  tags: {type: list}
decisions:
  zone:
    outcomes: {near: {ru: близко, en: near}, far: {ru: далеко, en: far}}
    rules: [{id: near, when: {city: Йошкар-Ола}, then: near}]
    otherwise: {then: far}
  who:
    outcomes: {her: {ru: она, en: her}, other: {ru: другой, en: other}}
    table: names.csv
    otherwise: {then: other}
  tagged:
    outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}
    rules: [{id: tagged, when: {tags: {includes: café}}, then: yes}]
    otherwise: {then: no}
"""
TOLD = {"city": "Йошкар-Ола", "shut": "Йошкар-Ола", "name": "Zoë", "tags": ["café"]}
DECIDED = {"zone": "near", "who": "her", "tagged": "yes"}


def written(folder: Path, form: str) -> Policy:
    (folder / "policy.yaml").write_text(normalize(form, POLICY), "utf-8")
    (folder / "names.csv").write_text(normalize(form, "name,then\nZoë,her\n"), "utf-8")
    return load_policy(folder)


@pytest.fixture(scope="module", params=["NFC", "NFD"])
def policy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return written(tmp_path_factory.mktemp("places"), request.param)


def outcomes(policy: Policy, told: object) -> dict[str, object]:
    decided = policy.decide(told, at="2026-11-20")
    return {name: decided[name].outcome for name in DECIDED}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("leave_out", [(), ("shut",)], ids=["whole", "partial"])
def test_python_values(policy: Policy, form: str, leave_out: tuple[str, ...]) -> None:
    told = json.loads(normalize(form, json.dumps(TOLD, ensure_ascii=False)))
    for name in leave_out:
        del told[name]

    assert outcomes(policy, told) == DECIDED
    assert policy.decide(told, at="2026-11-20").facts["name"] == "Zoë"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_requests_of_files(policy: Policy, form: str) -> None:
    raw = normalize(form, json.dumps(TOLD, ensure_ascii=False))
    for text in (raw, json.dumps(json.loads(raw)), raw.replace('"', "'"), f"{raw}\n{raw}"):
        source = Source("request", text)
        for request in requests_in(source):
            facts = facts_in(policy.versions[-1], request, source)
            assert outcomes(policy, facts) == DECIDED


def test_the_same_policy_has_one_digest(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        (tmp_path / form).mkdir()
    composed, decomposed = (written(tmp_path / form, form) for form in ("NFC", "NFD"))

    assert composed.versions[-1].digest == decomposed.versions[-1].digest


def test_one_option_told_in_two_forms_is_told_twice(tmp_path: Path) -> None:
    twice = "options: {café: {ru: а, en: a}, " + normalize("NFD", "café") + ": {ru: б, en: b}}"
    text = POLICY.replace("options: {Йошкар-Ола: {ru: Йошкар-Ола, en: Yoshkar-Ola}}", twice, 1)
    (tmp_path / "policy.yaml").write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        load_policy(tmp_path)

    assert "duplicate-key" in {problem.code for problem in refused.value.problems}


@examples(200)
@given(st.text(st.characters(exclude_categories=["C"]), max_size=8) | st.sampled_from(WORDS))
def test_each_text_is_told_in_one_form(policy: Policy, text: str) -> None:
    told = [{"name": normalize(form, text)} for form in ("NFC", "NFD")]

    assert {policy.decide(one, at="2026-11-20").facts["name"] for one in told} == {
        normalize("NFC", text)
    }


def test_answers_typed_in_an_interview(policy: Policy) -> None:
    question = policy.next_question({"city": "x", "tags": []}, at="2026-11-20")

    assert question is not None
    assert value_typed(policy.versions[-1], question, normalize("NFD", "Zoë")) == "Zoë"
