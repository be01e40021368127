"""A policy without time: one version, and no fact that chooses it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reglament import load_policy
from reglament.analysis.diff.compare import diff
from reglament.analysis.findings import check
from reglament.audit import open_log
from reglament.audit.verification import verify
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.cli_runner import run

POLICY = """
policy: shipping
version: "1"
title: {en: Shipping}
holds_from: 2020-01-01
time_zone: UTC
facts:
  weight: {type: integer, label: {en: weight}, at_least: 0}
decisions:
  fee:
    label: {en: fee}
    type: integer
    rules:
      - {id: light, when: {weight: {at_most: 5}}, then: 3}
    otherwise: {then: 8}
examples:
  - {name: a heavy one, facts: {weight: 6}, expect: {fee: 8}}
  - {name: a light one, facts: {weight: 5}, expect: {fee: 3}}
"""


def write(folder: Path, text: str = POLICY, name: str = "policy.yaml") -> Path:
    """The policy in a file of the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_it_need_not_say_when_it_became_known(tmp_path: Path) -> None:
    (version,) = load_policy(write(tmp_path)).versions
    assert version.known_from == version.holds_from

    timed = POLICY.replace(
        "facts:\n", "chosen_by: at\nfacts:\n  at: {type: date, label: {en: at}}\n"
    )
    with pytest.raises(Refused) as refused:
        load_policy(write(tmp_path, timed, "timed.yaml"))
    assert [one.code for one in refused.value.problems] == ["missing-section"]
    assert "known_from" in refused.value.problems[0].message.to("en")


def test_it_decides_without_a_clock(tmp_path: Path) -> None:
    policy = load_policy(write(tmp_path))
    found = policy.decide({"weight": 5})

    assert found["fee"].value == 3
    assert found.notes == ()
    assert found.as_of_source == "version"
    assert found.as_of.date() == date(2020, 1, 1)
    assert found.to_json() == policy.decide({"weight": 5}).to_json()
    assert found.to_dict()["policy"]["digest"] == policy.versions[0].digest
    assert policy.decide({"weight": 5}, at="2030-01-01").as_of_source == "given"
    assert policy.decide({})["fee"].possible == (3, 8)


def test_what_is_asked_of_other_policies_is_answered_of_it(tmp_path: Path) -> None:
    policy = load_policy(write(tmp_path))
    (version,) = policy.versions

    assert check(version) == ()
    assert not diff(version, version).regions
    other = Policy.from_text(POLICY.replace("at_most: 5", "at_most: 6")).versions[0]
    (region,) = diff(version, other).regions
    assert region.witness.facts["weight"] == 6
    question = policy.next_question({})
    assert question is not None
    assert question.fact == "weight"
    assert policy.change({"weight": 9}).changes


def test_commands_read_it(tmp_path: Path) -> None:
    path, request = write(tmp_path), tmp_path / "request.yaml"
    request.write_text("weight: 5\n", encoding="utf-8")

    done = run("decide", "--policy", path, request)
    assert done.exit_code == 0, done.output
    assert done.output.rstrip().endswith("\nShipping (1)")
    assert run("test", "--policy", path).exit_code == 0
    assert run("explain", "--policy", path, "--for", "auditor", request).exit_code == 0
    assert run("check", "--policy", path).exit_code == 0


def test_its_decisions_are_logged_and_verified(tmp_path: Path) -> None:
    policy = load_policy(write(tmp_path))
    with open_log(str(tmp_path / "decisions.db"), create=True) as log:
        policy.decide({"weight": 5}, log=log)
        found = verify(log, is_whole=True)

    assert found.is_sound
    assert found.whole_documents == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("then: 3}", "then: 3, from: 2024-01-01}", "no fact says which day it is"),
        (
            "decisions:",
            "parameters: {most: {type: integer, label: {en: most}, values: {2020-01-01: 3}}}\n"
            "decisions:",
            "no fact says which day it is",
        ),
    ],
)
def test_what_hangs_on_a_day_needs_the_fact_that_tells_it(old: str, new: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text(POLICY.replace(old, new, 1))
    (problem,) = refused.value.problems
    assert problem.code == "dated-without-chooser"
    assert said in problem.message.to("en")
    assert "chosen_by" in problem.message.to("ru")
    assert problem.place is not None
    assert problem.hint is not None


def test_several_versions_need_the_fact_that_chooses(tmp_path: Path) -> None:
    later = POLICY.replace('version: "1"', 'version: "2"').replace("2020", "2024")
    write(tmp_path, POLICY, "shipping/1/policy.yaml")
    write(tmp_path, later, "shipping/2/policy.yaml")
    with pytest.raises(Refused) as refused:
        load_policy(tmp_path / "shipping")

    told: Any = {one.code for one in refused.value.problems}
    assert told == {"missing-section"}
    assert "chosen_by" in refused.value.problems[0].message.to("en")
