"""What `diff` promises of edits that policies of several kinds have met."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from reglament.analysis.diff.account import to_plain
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import ChangedRegion, VersionDifference
from reglament.analysis.window import DayWindow
from reglament.language.loading.region_syntax import read_where
from reglament.language.loading.version_loader import read_version
from reglament.model.regulation import Version
from reglament.reference import View
from support.cli_runner import run
from support.places import CASES, POLICIES
from support.shipped import version_at

FEES, LEAVE = "library-fees/2025-01-01", "annual-leave/2026-01-01"
SUPPORT = "technical-support/2019-01-01"


def _edited(policy: str, tmp_path: Path, file: str, found: str, put: str) -> Path:
    folder = Path(shutil.copytree(POLICIES / policy, tmp_path / "edited"))
    text = (folder / file).read_text("utf-8")
    assert found in text
    (folder / file).write_text(text.replace(found, put, 1), "utf-8")
    return folder


@pytest.fixture
def compare(tmp_path: Path) -> Callable[..., VersionDifference]:
    def compared(policy: str, file: str, found: str, put: str, **told: Any) -> VersionDifference:
        new = read_version(_edited(policy, tmp_path, file, found, put))
        return diff(version_at(policy), new, **told)

    return compared


def _regions(found: VersionDifference, decision: str) -> list[ChangedRegion]:
    return [region for region in found.regions if region.decision == decision]


@pytest.mark.slow
def test_a_fee_by_date_changes_what_is_computed_with_it(
    compare: Callable[..., VersionDifference],
) -> None:
    found = compare(FEES, "late.yaml", "2026-01-01: 3.00}", "2026-01-01: 3.10}")
    assert found.not_settled == ()
    assert {"fee_of_a_day", "late_fee", "amount_due"} <= set(found.changed)
    for region in found.regions:
        day: Any = region.witness.facts["request.on"]
        assert day >= date(2026, 1, 1)


@pytest.mark.slow
def test_a_bound_of_a_formula_is_shown_for_all_that_computes_with_it(
    compare: Callable[..., VersionDifference],
) -> None:
    found = compare(LEAVE, "leave.yaml", "3, 1]}, 5]}", "3, 1]}, 6]}")
    assert found.not_settled == ()
    assert found.changed == ("service_days", "leave_days", "days_left", "answer", "back_on")


@pytest.mark.slow
def test_an_off_by_one_on_a_computed_number_is_shown(
    compare: Callable[..., VersionDifference],
) -> None:
    before, after = "{at_least: leave.length}", "{more_than: leave.length}"
    found = compare(LEAVE, "leave.yaml", before, after)
    assert "answer" in found.changed
    assert found.not_settled == ()


@pytest.mark.slow
def test_witnesses_are_requests_that_the_compared_versions_decide(
    compare: Callable[..., VersionDifference],
) -> None:
    within = DayWindow(date(2024, 1, 1), date(2026, 1, 1))
    found = compare("annual-leave/2024-01-01", "leave.yaml", "then: 28", "then: 29", within=within)
    assert found.regions
    for region in found.regions:
        day: Any = region.witness.facts["leave.starts_on"]
        assert date(2024, 1, 1) <= day < date(2026, 1, 1)


@pytest.mark.slow
def test_the_command_keeps_to_the_days_of_a_version_that_another_follows(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(POLICIES / "annual-leave", tmp_path / "leave"))
    rules = folder / "2024-01-01" / "leave.yaml"
    rules.write_text(rules.read_text("utf-8").replace("then: 28", "then: 29", 1), "utf-8")
    result = run("diff", POLICIES / "annual-leave", folder, "--format", "json")
    regions = [r for one in json.loads(result.stdout)["differences"] for r in one["regions"]]
    assert regions
    assert all(region["facts"]["leave.starts_on"] < "2026-01-01" for region in regions)


@pytest.mark.slow
def test_a_day_of_the_calendar_is_named_with_the_moments_that_it_reaches(
    compare: Callable[..., VersionDifference],
) -> None:
    found = compare(SUPPORT, "calendar.yaml", "          2026-06-12: russia\n", "")
    (desk,) = _regions(found, "desk")
    assert desk.is_exact
    assert to_plain(found)["regions"][0]["where"] == {
        "request.created_at": {
            "on_or_after": "2026-06-12T10:00:00+03:00",
            "before": "2026-06-12T19:00:00+03:00",
        }
    }
    for region in _regions(found, "response_due"):
        moment: Any = region.witness.facts["request.created_at"]
        assert datetime.fromisoformat("2026-06-08T00:00+03:00") < moment
        assert moment < datetime.fromisoformat("2026-06-12T19:00+03:00")


@pytest.mark.slow
@pytest.mark.parametrize("start", ["2026-12-01", "2027-01-01"])
def test_a_change_near_the_end_of_the_calendar_is_not_lost(start: str, tmp_path: Path) -> None:
    folder = _edited(SUPPORT, tmp_path, "hours.yaml", "then: 16,", "then: 12,")
    text = (folder / "policy.yaml").read_text("utf-8").replace("2019-01-01", start)
    (folder / "policy.yaml").write_text(text, "utf-8")
    found = diff(version_at(SUPPORT), read_version(folder))
    assert set(found.changed) == {"response_hours", "response_due"}


VAT = """
policy: vat
version: "1"
title: {ru: НДС, en: VAT}
holds_from: 2025-01-01
known_from: 2025-01-01
chosen_by: on
time_zone: Europe/Moscow
facts:
  on: {type: date, label: {ru: день, en: day}}
  net: {type: decimal, places: 2, label: {ru: без налога, en: net}}
parameters:
  rate: {type: integer, value: 19, label: {ru: ставка, en: rate}}
decisions:
  gross:
    label: {ru: с налогом, en: gross}
    type: decimal
    places: 2
    rules:
      - id: gross
        then: {sum: [net, {quotient_half_up: [{product: [net, rate]}, 100, 0.01]}]}
"""


def _written(path: Path, text: str) -> Version:
    path.write_text(text, "utf-8")
    return read_version(path)


def test_a_rate_behind_rounding_is_shown(tmp_path: Path) -> None:
    old = _written(tmp_path / "old.yaml", VAT)
    found = diff(old, _written(tmp_path / "new.yaml", VAT.replace("value: 19", "value: 21")))
    assert found.changed == ("gross",)


@pytest.mark.slow
def test_a_rule_that_an_example_names_can_be_deleted_and_its_example_fails(tmp_path: Path) -> None:
    rule = """      - id: base-disability
        when: {employee.grounds: {includes: disability}}
        then: 30
"""
    folder = Path(shutil.copytree(POLICIES / LEAVE, tmp_path / "edited"))
    text = (folder / "leave.yaml").read_text("utf-8")
    start = text.index(rule)
    end = text.index("      - id: base-everyone", start)
    text = text[:start] + text[end:]
    text = text.replace("[base-disability, base-everyone]", "[base-everyone]")
    (folder / "leave.yaml").write_text(text, "utf-8")
    assert "base_days" in diff(version_at(LEAVE), read_version(folder)).changed
    result = run("test", "--policy", folder)
    assert result.exit_code == 1
    assert "there is no rule `base-disability`" in result.stdout + result.stderr


@pytest.mark.slow
def test_a_condition_of_json_is_read_back_and_holds_of_its_example(
    compare: Callable[..., VersionDifference],
) -> None:
    found = compare(
        SUPPORT, "tiers.yaml", "requester.kind: certified_partner", "requester.kind: user"
    )
    regions = to_plain(found)["regions"]
    assert len(regions) == len(found.regions)
    for told, region in zip(regions, found.regions, strict=True):
        if told["where"] is not None:
            view = View(found.old, region.witness.facts)
            assert view.holds(read_where(found.old, told["where"]))


@pytest.mark.slow
def test_examples_are_told_by_labels_in_the_order_of_the_policy(tmp_path: Path) -> None:
    folder = _edited(SUPPORT, tmp_path, "scope.yaml", "then: out_of_scope", "then: in_scope")
    said = run("diff", POLICIES / SUPPORT, folder, "--lang", "ru").stdout
    assert "например: момент создания заявки – " in said
    assert '"request.' not in said


@pytest.mark.slow
def test_the_same_is_said_whatever_the_seed_of_hashes_is(tmp_path: Path) -> None:
    folder = _edited(SUPPORT, tmp_path, "tiers.yaml", "value: 3", "value: 4")
    command = [sys.executable, "-m", "reglament", "diff", str(POLICIES / SUPPORT), str(folder)]
    said = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_an_example_that_names_no_rule_fails_at_its_place() -> None:
    path = CASES / "reading" / "examples" / "unknown_rule.yaml"
    result = run("test", "--policy", path)
    assert result.exit_code == 1
    assert f"{path.name}:29:44: there is no rule `lend-to-adult`" in result.stdout
    assert "did you mean `lend-to-adults`?" in result.stdout
    assert "read without errors" in run("check", "--policy", path).stdout
