"""The example of the documentation, from rules to plan to Python, is what the engine makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from reglament.backend.python import source_of
from reglament.language.loading.version_loader import read_version
from reglament.model.regulation import Version
from reglament.plan.lowering import local_diagrams, lower
from support.cli_runner import run
from support.places import DOCS

LABEL = {"ru": "x", "en": "x"}


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    """What stands in the fences of the section: YAML, the plan, Python."""
    text = (DOCS / "architecture.md").read_text("utf-8")
    section = text.split("\n## The plan\n")[1].split("\n## ")[0]
    return re.findall(r"^```\w*\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def path(blocks: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decisions as a policy that can be read."""
    decisions = yaml.safe_load(blocks[0])
    for name, label in (("state", "ticket"), ("fee", "fee")):
        decisions[name]["label"] = {"ru": label, "en": label}
    decisions["state"]["outcomes"] = dict.fromkeys(decisions["state"]["outcomes"], LABEL)
    facts = {"asked.on": "date", "ticket.until": "date", "age": "integer"}
    policy = {
        "policy": "tickets", "version": "1", "title": LABEL, "holds_from": "2024-01-01",
        "known_from": "2024-01-01", "time_zone": "UTC", "chosen_by": "asked.on",
        "facts": {name: {"type": kind, "label": LABEL} for name, kind in facts.items()},
        "decisions": decisions,
    }  # fmt: skip
    path = tmp_path_factory.mktemp("tickets") / "tickets.yaml"
    path.write_text(yaml.safe_dump(policy, sort_keys=False), "utf-8")
    return path


@pytest.fixture(scope="module")
def version(path: Path) -> Version:
    return read_version(path)


def test_rules_come_to_that_plan(path: Path, blocks: list[str]) -> None:
    for language in ("ru", "en"):
        shown = run("show", "--plan", "--policy", path, "--lang", language)
        assert shown.stdout == blocks[1]
    assert run("show", "--plan", "fee", "--policy", path).stdout in blocks[1]


def test_the_plan_is_printed_as_that_function(version: Version, blocks: list[str]) -> None:
    plan = lower(local_diagrams(version))
    source, names = source_of(plan, version.hours, is_whole=True)
    assert source == blocks[2]
    assert str(names["c_0_0"]) == "2026-01-01"
