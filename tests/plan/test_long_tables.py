"""Of a long table that a bundle holds, what a request takes is read, and it decides alike."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest

from reglament import Policy, load_policy
from reglament.language.loading.files.cache import VARIABLE
from reglament.plan.bundle import unpack
from reglament.plan.packing import MANY, Later
from support.laws import sample

ROWS = 3 * MANY
POLICY = """\
policy: tariff
version: "1"
title: {en: Tariff}
languages: [en]
holds_from: 1900-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: on_day
facts:
  on_day: {type: date, label: {en: day}}
  weight: {type: integer, label: {en: weight}}
  zone: {type: text, label: {en: zone}}
decisions:
  price:
    label: {en: price}
    type: integer
    table: prices.csv
    otherwise: {then: 0, because: {en: no price is told}}
  band:
    label: {en: band}
    outcomes: {low: {en: low}, high: {en: high}}
    rules:
      - {id: low, when: {price: {at_most: 99}}, then: low, because: {en: it is cheap}}
    otherwise: {then: high, because: {en: it is dear}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tariff")
    (folder / "policy.yaml").write_text(POLICY, "utf-8")
    rows = [f"r{at},z{at % 3},{at},{at},row {at} says" for at in range(ROWS)]
    text = "\n".join(["id,zone,weight,then,because.en", *rows, ""])
    (folder / "prices.csv").write_text(text, "utf-8")
    return folder


TOLD: list[dict[str, Any]] = [
    {"on_day": "2026-01-02", "zone": f"z{at % 3}", "weight": at} for at in (0, 1, 99, 150, ROWS - 1)
] + [
    {"on_day": "2026-01-02", "zone": "z1", "weight": 3},
    {"on_day": "2026-01-02", "zone": "elsewhere", "weight": 1},
    {"on_day": "2026-01-02", "weight": 7},
    {"on_day": "2026-01-02", "zone": "z2"},
]


@pytest.fixture(scope="module")
def read(folder: Path) -> Policy:
    return load_policy(folder)


@pytest.fixture(scope="module")
def bundle(read: Policy) -> str:
    return read.bundle()


@pytest.fixture
def stored(bundle: str) -> Policy:
    return Policy.from_bundles(unpack(bundle.encode(), is_trusted=True))


@pytest.mark.parametrize("told", sample(TOLD, 3))
def test_it_decides_and_explains_as_the_folder_does(
    told: dict[str, Any], read: Policy, stored: Policy
) -> None:
    for level in ("reasons", "outcomes", "full"):
        assert stored.decide(told).to_dict(level=level) == read.decide(told).to_dict(level=level)
    for reader in ("requester", "auditor"):
        said = [one.decide(told).explain("en", reader) for one in (stored, read)]
        assert said[0] == said[1]


def test_of_many_rules_those_behind_the_outcome_are_read(stored: Policy) -> None:
    rules = stored.versions[-1].decisions["price"].rules
    assert isinstance(rules, Later)
    for at in (5, 90):
        decided = stored.decide({"on_day": "2026-01-02", "zone": f"z{at % 3}", "weight": at})
        assert decided["price"].rules == (f"r{at}",)
        assert f"row {at} says" in decided.explain("en")
        assert decided.to_dict(level="reasons")["decisions"]["price"]["because_rules"]
    assert sorted(rules._parts) == [5, 90]


def test_an_outcome_of_rules_that_rest_on_a_long_table_names_what_it_rests_on(
    read: Policy, stored: Policy
) -> None:
    told = {"on_day": "2026-01-02", "zone": "z2", "weight": 5}
    said = [one.decide(told).explain("en") for one in (read, stored)]
    assert said[0] == said[1]
    assert "row 5 says" in said[0]


def test_parts_read_later_are_a_sequence_as_any_other(read: Policy, stored: Policy) -> None:
    plain, later = (one.versions[-1].decisions["price"].rules for one in (read, stored))
    assert isinstance(plain, tuple)
    assert later == plain
    assert plain == later
    assert hash(later) == hash(plain)
    assert later[7:9] == plain[7:9]
    assert (later[-1], len(later)) == (plain[-1], ROWS)
    assert stored.versions[-1].decisions["price"].rule_ids == tuple(one.id for one in plain)
    assert pickle.loads(pickle.dumps(later)) == copy.deepcopy(later) == plain
    with pytest.raises(IndexError):
        later[ROWS]


def test_what_is_read_from_a_bundle_gives_the_same_bundle(bundle: str, stored: Policy) -> None:
    assert stored.bundle() == bundle


@pytest.mark.slow
def test_a_kept_file_that_was_altered_is_made_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    told = TOLD[3]
    right = load_policy(folder, is_cached=True).decide(told).to_dict()
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace(b'"r150"', b'"r151"'))
    assert load_policy(folder, is_cached=True).decide(told).to_dict() == right
    assert kept.read_bytes() == whole
