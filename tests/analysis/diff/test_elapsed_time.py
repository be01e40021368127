"""What passes between two moments is compared: shown by moments so far apart, and proven."""

from __future__ import annotations

import sys

import pytest

from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import Fate
from reglament.model.regulation import Version
from reglament.policy import Policy, load_policy
from support.places import CASES

POLICY = """
policy: lateness
version: "1"
title: Lateness
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: Europe/Berlin
chosen_by: planned
facts:
  planned: {type: datetime, label: planned}
  arrived: {type: datetime, label: arrived, null_means: never}
  code: {type: text, label: code}
  sort: {type: choice, options: {bus: bus, train: train}, label: sort}
decisions:
  late:
    label: late
    outcomes: {late: late, in_time: in time}
    rules: [{id: late, when: {WHEN}, then: late}]
    otherwise: {then: in_time}
"""
WAYS = {
    "minutes": "formula: {minutes_between: [planned, arrived]}, at_least: 20",
    "hours": "formula: {hours_between: [planned, arrived]}, more_than: 20",
    "a duration": "formula: {difference: [arrived, planned]}, more_than: 20 minutes",
    "backwards": "formula: {minutes_between: [arrived, planned]}, less_than: -20",
}
SAME = {
    "whole minutes": (
        "formula: {minutes_between: [planned, arrived]}, at_least: 20",
        "formula: {minutes_between: [planned, arrived]}, more_than: 19",
    ),
    "minutes of a duration": (
        "formula: {minutes_between: [planned, arrived]}, at_least: 20",
        "formula: {difference: [arrived, planned]}, at_least: 20 minutes",
    ),
    "towards zero": (
        "formula: {hours_between: [planned, arrived]}, at_least: 0",
        "formula: {difference: [planned, arrived]}, less_than: 1 hour",
    ),
}


def version(when: str) -> Version:
    return Policy.from_text(POLICY.replace("WHEN", when)).versions[-1]


@pytest.fixture
def no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    monkeypatch.setattr("reglament.analysis.proving.settling.find_spec", lambda _: None)


@pytest.mark.parametrize("way", WAYS)
def test_an_edit_of_a_limit_is_shown_without_a_proof(way: str, no_solver: None) -> None:
    when = WAYS[way]
    found = diff(version(when), version(when.replace("20", "23")))

    assert [one.fate for one in found.accounts] == [Fate.CHANGES]
    assert found.regions


@pytest.mark.parametrize("name", SAME)
def test_two_ways_to_say_the_same_are_proven(name: str) -> None:
    pytest.importorskip("z3", reason="the extra `prove` is not installed")
    old, new = SAME[name]
    (account,) = diff(version(old), version(new)).accounts
    assert account.fate is Fate.SAME


@pytest.mark.slow
def test_free_minutes_change_what_is_charged_and_the_fee(no_solver: None) -> None:
    path = CASES / "regulations" / "parking.yaml"
    text = path.read_text("utf-8")
    new = Policy.from_text(text.replace("value: 15,", "value: 20,")).versions[-1]
    fates = {one.decision: one.fate for one in diff(load_policy(path).versions[-1], new).accounts}

    changed = {"charged_minutes", "hours_begun", "tariff", "fee"}
    assert {name for name, fate in fates.items() if fate is Fate.CHANGES} == changed


def test_words_of_other_facts_are_not_told_of_a_text() -> None:
    """Diagrams tell all words of a policy apart where they ask for the form of a text."""
    form = 'code: {matches_form: "{digit 4}"}, sort: train'
    found = diff(version(form), version(form.replace("train", "bus")))

    assert found.regions
    for region in found.regions:
        assert "none of" not in str(region.where)
        assert "OneOf(subject=FactRef(name='code'" not in repr(region.where)
