"""Tables that several decisions use, each with other facts for their inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reglament import load_policy
from reglament.analysis.findings import check
from reglament.language.loading.files.content import content_of
from reglament.language.loading.version_loader import read_content
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.cli_runner import run
from support.documented import documented

ROWS = [
    {"zone": "near", "weight": {"at_most": 5}, "then": 3, "because": "To {zone}."},
    {"id": "heavy", "zone": "near", "weight": {"more_than": 5}, "then": {"sum": [3, "weight"]}},
    {"zone": "far", "then": 9},
]
TABLES = {"zone_fee": {"inputs": ["zone", "weight"], "rows": ROWS}}
OUT = {"use": "zone_fee", "with": {"zone": "order.to", "weight": "order.weight"}}
BACK = {"use": "zone_fee", "with": {"zone": "return.to", "weight": "order.weight"}}


def source_of(tables: Any = None, **decisions: Any) -> dict[str, Any]:
    """A policy with the fees for going out and coming back, or with other decisions."""
    zone = {"type": "choice", "options": {"near": "near", "far": "far"}, "label": "zone"}
    weight = {"type": "integer", "label": "weight", "at_least": 0}
    fees = decisions or {"out": {"table": OUT}, "back": {"table": BACK}}
    return {
        "policy": "fees",
        "version": "1",
        "title": "fees",
        "languages": ["en"],
        "holds_from": "2020-01-01",
        "known_from": "2020-01-01",
        "time_zone": "UTC",
        "facts": {"order.to": zone, "return.to": zone, "order.weight": weight},
        "tables": tables or TABLES,
        "decisions": {
            name: {"label": name, "type": "integer", **decision} for name, decision in fees.items()
        },
    }


def test_each_decision_reads_the_table_for_its_own_facts() -> None:
    policy = Policy.from_text(source_of())
    found = policy.decide({"order.to": "near", "return.to": "far", "order.weight": 6})

    assert (found["out"].value, found["back"].value) == (9, 9)
    assert found["out"].rules == ("out-heavy",)
    assert found["back"].rules == ("back-row-3",)
    open_ = policy.decide({"order.to": "far", "order.weight": 1})
    assert open_["out"].value == 9
    assert open_["back"].needs == ("return.to",)


def test_a_reason_names_the_fact_of_the_request() -> None:
    policy = Policy.from_text(source_of())
    rule = policy.versions[0].rule("out-row-1")

    assert rule.because is not None
    assert rule.because.to("en") == "To {order.to}."
    assert "To near." in policy.decide({"order.to": "near", "order.weight": 1}).explain("en")


def test_inputs_may_stand_for_facts_that_are_called_as_other_inputs() -> None:
    tables = {
        "moved": {
            "inputs": ["order.to", "return.to"],
            "rows": [{"then": 1, "because": "From {order.to} to {return.to}."}],
        }
    }
    swapped = {"use": "moved", "with": {"order.to": "return.to", "return.to": "order.to"}}
    policy = Policy.from_text(source_of(tables, out={"table": swapped}))
    (rule,) = policy.versions[0].decisions["out"].rules

    assert rule.because is not None
    assert rule.because.to("en") == "From {return.to} to {order.to}."


def test_a_bundle_and_a_log_hold_the_table() -> None:
    policy = Policy.from_text(source_of())
    (version,) = policy.versions

    assert read_content(content_of(version), "fees").digest == version.digest
    other = source_of({"zone_fee": {**TABLES["zone_fee"], "rows": ROWS[:2]}})
    assert Policy.from_text(other).versions[0].digest != version.digest


def test_an_input_without_a_word_is_the_fact_of_its_name() -> None:
    tables = {"by_zone": {"inputs": ["order.to"], "rows": [{"order.to": "near", "then": 1}]}}
    policy = Policy.from_text(source_of(tables, fee={"table": {"use": "by_zone"}}))

    assert policy.decide({"order.to": "near"})["fee"].value == 1


def test_groups_use_a_table_twice() -> None:
    groups = {"usual": {"table": OUT}, "special": {"overrides": "all", "table": BACK}}
    policy = Policy.from_text(source_of(fee={"groups": groups}))
    found = policy.decide({"order.to": "far", "return.to": "near", "order.weight": 1})["fee"]

    assert found.value == 3
    assert found.rules == ("fee-special-row-1",)


def test_the_table_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "zones.csv").write_text("zone,weight,then\nnear,at_most 5,3\nfar,,9\n")
    path = tmp_path / "policy.yaml"
    path.write_text(
        """
policy: fees
version: "1"
title: {en: fees, ru: сборы}
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: UTC
facts:
  to: {type: choice, options: {near: {en: n, ru: б}, far: {en: f, ru: д}}, label: {en: t, ru: к}}
  weight: {type: integer, label: {en: weight, ru: вес}, at_least: 0, at_most: 9}
tables: {zones: {inputs: [zone, weight], rows: zones.csv}}
decisions:
  fee:
    label: {en: fee, ru: сбор}
    type: integer
    table: {use: zones, with: {zone: to}}
    otherwise: {then: 4}
""",
        encoding="utf-8",
    )

    assert load_policy(path).decide({"to": "near", "weight": 2})["fee"].value == 3
    done = run("check", "--policy", path)
    assert done.exit_code == 0, done.output


def test_what_is_found_about_a_row_holds_of_every_decision_that_uses_it() -> None:
    def found(*weights: dict[str, int]) -> list[tuple[str, str]]:
        # What goes out weighs less than 10, so one decision never needs the heaviest row.
        rows = [
            {"zone": ["near", "far"], "weight": one, "then": n} for n, one in enumerate(weights)
        ]
        use = {"use": "zone_fee", "with": {"zone": "order.to", "weight": "order.weight"}}
        back = {"use": "zone_fee", "with": {"zone": "return.to", "weight": "return.weight"}}
        source = source_of(
            {"zone_fee": {"inputs": ["zone", "weight"], "rows": rows}},
            out={"table": use},
            back={"table": back},
        )
        weight = source["facts"]["order.weight"]
        source["facts"]["return.weight"] = {**weight, "at_most": 50}
        source["facts"]["order.weight"] = {**weight, "at_most": 9}
        findings = check(Policy.from_text(source).versions[0])
        return sorted((one.code, one.rules[0]) for one in findings if "never" in one.code)

    assert found({"less_than": 10}, {"at_least": 10}) == []
    assert found({"less_than": 10}, {"between": [10, 50]}, {"between": [60, 70]}) == [
        ("rule-never-decides", "back-row-3"),
        ("rule-never-decides", "out-row-3"),
    ]


def test_the_table_of_the_page_decides() -> None:
    source = source_of(documented("tables"))
    source["decisions"] = {
        name: {"label": name, **decision} for name, decision in documented("decisions").items()
    }
    found = Policy.from_text(source).decide({"order.to": "near", "return.to": "far"})

    assert (found["outbound_fee"].value, found["return_fee"].value) == (3, 9)


@pytest.mark.parametrize(
    ("tables", "fee", "code", "said"),
    [
        (TABLES, {"table": {**OUT, "use": "zone_fees"}}, "unknown-table", "zone_fees"),
        (TABLES, {"table": {"use": "zone_fee"}}, "missing-key", "`zone`, `weight`"),
        (
            TABLES, {"table": {**OUT, "with": {**OUT["with"], "zon": "order.to"}}},
            "unknown-input", "zon",
        ),
        (
            TABLES, {"table": {**OUT, "with": {**OUT["with"], "zone": "order.too"}}},
            "unknown-name", "order.too",
        ),
        ({**TABLES, "other": TABLES["zone_fee"]}, {"table": OUT}, "table-unused", "other"),
        (
            {"zone_fee": {"inputs": ["zone"], "rows": [{"zone": "neer", "then": 3}]}},
            {"table": {"use": "zone_fee", "with": {"zone": "order.to"}}}, "unknown-word", "neer",
        ),
        (
            {"zone_fee": {"inputs": ["zone", "zone"], "rows": ROWS[2:]}},
            {"table": {"use": "zone_fee", "with": {"zone": "order.to"}}}, "repeated-value", "zone",
        ),
        (
            {"zone_fee": {"inputs": ["zone"], "rows": [{"zone": "far", "then": 3,
                                                        "overrides": "all"}]}},
            {"table": {"use": "zone_fee", "with": {"zone": "order.to"}}},
            "decision-kind", "no `overrides`",
        ),
        (
            {"zone_fee": {"inputs": ["zone"], "row": ROWS}}, {"table": OUT},
            "unknown-key", "row",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(tables: Any, fee: Any, code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        Policy.from_text(source_of(tables, fee=fee))
    told = [(one.code, one.message.to("en")) for one in refused.value.problems]
    assert [one for one in told if one[0] == code and said in one[1]], told
    for one in refused.value.problems:
        assert one.place is not None
        assert one.message.to("ru") != one.message.to("en")
