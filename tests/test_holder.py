"""A policy whose files change while it decides: the last good one, whole, and said so."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import enumerate as threads

import pytest

from reglament import Policy, PolicyHolder, Refused
from support.events import wait_for

TEXT = """
policy: fees
version: "1"
title: Fees
languages: [en]
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: asked.on
time_zone: UTC
facts:
  asked.on: {type: date, label: day}
decisions:
  fee: {label: fee, type: integer, rules: [{id: fee, then: 0}]}
"""


def fee(policy: Policy) -> object:
    return policy.decide({"asked.on": "2024-05-01"})["fee"].value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "fees" / "policy.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def write(path: Path, number: object) -> None:
    path.write_text(TEXT.replace("then: 0", f"then: {number}"), "utf-8")


def test_files_that_change_are_taken_when_asked_and_not_before(path: Path) -> None:
    holder = PolicyHolder(path.parent)
    first = holder.policy
    assert holder.refresh() is False
    write(path, 7)
    assert fee(holder.policy) == 0

    assert holder.refresh() is True
    assert (fee(holder.policy), fee(first)) == (7, 0)
    assert [thread for thread in threads() if thread.name == "reglament-holder"] == []


def test_of_files_with_a_mistake_the_last_good_policy_stays_and_it_is_said(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    holder = PolicyHolder(path.parent, on_change=lambda it: told.append(repr(it)))
    write(path, "seven")
    with caplog.at_level(logging.INFO, "reglament"):
        assert holder.refresh() is False

    assert fee(holder.policy) == 0
    assert isinstance(holder.refused, Refused)
    assert "the last good policy stays" in caplog.text
    assert "policy.yaml" in caplog.text
    assert "refused" in repr(holder)
    assert holder.refresh() is False  # the same mistake is told once
    write(path, 0)
    assert holder.refresh() is False  # the same policy again
    assert holder.refused is None
    assert len(told) == 2


def test_files_that_are_gone_leave_the_policy(path: Path) -> None:
    holder = PolicyHolder(path.parent)
    path.unlink()

    assert holder.refresh() is False
    assert (fee(holder.policy), holder.refused is None) == (0, False)


def test_a_check_of_ones_own_comes_first(path: Path) -> None:
    def check(policy: Policy) -> None:
        if fee(policy) == 13:
            raise ValueError("thirteen")

    holder = PolicyHolder(path.parent, check=check)
    write(path, 13)
    assert holder.refresh() is False
    assert (fee(holder.policy), str(holder.refused)) == (0, "thirteen")
    with pytest.raises(ValueError, match="thirteen"):
        PolicyHolder(path.parent, check=check)


def test_without_a_first_good_policy_there_is_no_holder(path: Path) -> None:
    write(path, "seven")
    with pytest.raises(Refused):
        PolicyHolder(path.parent)


@pytest.mark.slow
def test_changes_are_followed_inside_with_and_no_longer(path: Path) -> None:
    with PolicyHolder(path.parent) as holder:
        write(path, 7)  # mostly before the system tells of changes
        wait_for(lambda: fee(holder.policy) == 7)
        write(path, "seven")
        wait_for(lambda: holder.refused is not None)
        assert fee(holder.policy) == 7
    assert [thread for thread in threads() if thread.name == "reglament-holder"] == []


def test_threads_see_whole_policies_alone(path: Path) -> None:
    holder = PolicyHolder(path.parent)

    def decide(_: int) -> object:
        return fee(holder.policy)

    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(decide, one) for one in range(50)]
        for number in (1, 2):
            write(path, number)
            holder.refresh()
        assert {one.result() for one in found} <= {0, 1, 2}
    assert fee(holder.policy) == 2


def test_what_is_public_is_shown_and_nothing_else(path: Path) -> None:
    policy = PolicyHolder(path.parent).policy
    decided = policy.decide({"asked.on": "2024-05-01"})

    assert repr(policy) == "<Policy fees: 1>"
    assert repr(policy.versions[0]) == "<Version fees 1>"
    assert repr(decided) == "<Decided by fees 1: fee 0>"
    assert repr(decided["fee"]) == "<fee: determined 0>"
    for one in (policy, decided, decided["fee"]):
        shown = [name for name in dir(one) if not name.startswith("__")]
        assert all(not name.startswith("_") and hasattr(one, name) for name in shown)
    assert not {"told", "evaluator", "when", "partial_result", "kept"} & set(dir(decided))
    assert "answer" not in dir(decided["fee"])
