"""A policy of a text, of the mapping that it holds, or of files that stand in no folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from reglament import Policy, Refused

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
  size: {type: choice, label: size, options: {small: small, large: large}}
decisions:
  fee:
    label: fee
    type: decimal
    places: 2
    rules: [{id: small, when: {size: small}, then: 1.50}]
    otherwise: {then: 20}
"""
TABLE = TEXT.split("    rules:")[0] + "    table: fees.csv\n    otherwise: {then: 20}\n"
FILES = {"policy.yaml": TABLE, "fees.csv": "size,then\nsmall,1.50\n"}


def later(day: str) -> str:
    return TEXT.replace('"1"', f'"{day}"').replace("2024-01-01", day).replace("1.50", "2.50")


@pytest.mark.parametrize(
    "given", [TEXT, yaml.safe_load(TEXT), FILES], ids=["text", "data", "files"]
)
def test_it_decides_as_the_folder_would(given: str | Mapping[str, Any]) -> None:
    policy = Policy.from_text(given)

    decided = policy.decide({"size": "small", "asked.on": date(2024, 5, 1)})
    assert decided["fee"].value == Decimal("1.50")
    assert policy == Policy.from_text(given)


def test_a_mapping_may_hold_days_and_decimals_as_python_has_them() -> None:
    written: dict[str, Any] = yaml.safe_load(TEXT)
    values = {date(2024, 1, 1): Decimal("1.50"), date(2025, 1, 1): Decimal("2.50")}
    label = written["title"]
    written["parameters"] = {
        "price": {"type": "decimal", "places": 2, "label": label, "values": values}
    }
    written["decisions"]["fee"]["rules"][0]["then"] = "price"
    policy = Policy.from_text(written)

    assert policy.decide({"size": "small", "asked.on": "2025-05-01"})["fee"].value == Decimal(
        "2.50"
    )


def test_files_may_hold_several_versions() -> None:
    both = {"2024-01-01/policy.yaml": TEXT, "2025-01-01/policy.yaml": later("2025-01-01")}
    policy = Policy.from_text(both)

    assert policy.decide({"size": "small", "asked.on": "2025-05-01"})["fee"].value == Decimal(
        "2.50"
    )


def test_what_is_wrong_is_placed_in_the_file_as_the_caller_names_it() -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text({"2024-01-01/policy.yaml": TEXT.replace("{size: small}", "{sice: small}")})

    [problem] = refused.value.problems
    assert problem.place is not None
    assert (problem.place.file, problem.code) == ("2024-01-01/policy.yaml", "unknown-fact")


@pytest.mark.parametrize(
    "given", [{"../policy.yaml": TEXT}, {"/policy.yaml": TEXT}, {"policy.yaml": 1}]
)
def test_what_is_no_file_is_refused(given: Mapping[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text(given)
    assert [one.code for one in refused.value.problems] == ["wrong-shape"]


def test_facts_are_told_for_a_form() -> None:
    size = Policy.from_text(TEXT).facts["size"]

    assert {word: label.to("en") for word, label in size.option_labels.items()} == {
        "small": "small",
        "large": "large",
    }
    assert (size.type.kind, size.type.is_open, size.is_nullable) == ("choice", False, False)
