"""A table is decided into any kind of file, in any layout, as `decide` decides its rows."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from reglament.batch.manifests import as_text
from reglament.batch.opening import source_for
from reglament.batch.row_sample import chosen_rows
from reglament.batch.run import Run, RunSettings
from reglament.batch.run_check import check_run
from reglament.batch.running import carry_out
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.keys.class_records import class_record
from reglament.columnar.layouts import LAYOUTS, Layout, cells_of, outcome_text
from reglament.model.problems import Refused
from support.laws import sample
from support.request_tables import decided_rows
from support.shipped import shipped
from support.table_files import read_rows, requests_of, table_of, write_requests

KINDS = ("parquet", "arrow", "csv", "jsonl")


def decided(source: Path, output: Path, policy: Any, **settings: Any) -> dict[str, Any]:
    evaluator = ColumnEvaluator(policy)
    told = RunSettings(is_proven=True, **settings)
    return carry_out(Run(evaluator, source_for(evaluator, str(source), None), output, told))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["library-fees", "technical-support"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_tells_the_same_requests(name: str, kind: str, tmp_path: Path) -> None:
    policy, output = shipped(name), tmp_path / "decisions.parquet"
    rows = requests_of(policy, 40)
    source = write_requests(tmp_path / f"requests.{kind}", policy, rows)

    decided(source, output, policy, sample=40)

    evaluator = ColumnEvaluator(policy)
    expected = decided_rows(evaluator, rows)
    for row, said, answer in zip(rows, read_rows(output), expected, strict=True):
        if not isinstance(answer[0], Refused | tuple) and not hasattr(answer[0], "version"):
            assert said["error"] == answer[0].code, row
            continue
        for decision, (record, value, _) in answer[1].items():
            assert said[f"{decision}.status"] == record.status, row
            assert said[f"{decision}.rules"] == " ".join(record.rules), row
            if decision in evaluator.value_types:
                assert said[decision] == value, row


@pytest.mark.parametrize(("layout", "kind"), sample([*product(LAYOUTS, KINDS)], 1))
def test_what_is_written_in_any_layout_is_what_its_manifest_says(
    layout: Layout, kind: str, tmp_path: Path
) -> None:
    policy, output = shipped("library-fees"), tmp_path / f"decisions.{kind}"
    source = write_requests(tmp_path / "requests.parquet", policy, requests_of(policy, 30))

    manifest = decided(source, output, policy, layout=layout)
    found = check_run(json.loads(as_text(manifest)), tmp_path, policy, 30, None)

    assert found.differences == []
    assert (found.files, found.sample) == (3, 30)
    assert found.classes == len(manifest["class_rows"]) > 10
    assert sum(manifest["class_rows"]) == (30 - sum(manifest["refused"].values())) * len(
        ColumnEvaluator(policy).decisions
    )


@pytest.mark.slow
def test_a_full_layout_says_whatever_a_class_says(policy: Any, tmp_path: Path) -> None:
    rows = requests_of(policy, 30, missing=0.4)
    source = write_requests(tmp_path / "requests.parquet", policy, rows)
    decided(source, tmp_path / "full.parquet", policy, layout="full")

    for row, said in zip(rows, read_rows(tmp_path / "full.parquet"), strict=True):
        if said["error"] is not None:
            continue
        answer = policy.decide(row)
        assert said["version"] == answer.version.version
        assert said["notes"] == " ".join(note.code for note in answer.notes)
        for name, decision in answer.version.decisions.items():
            if decision.is_internal:
                continue
            is_computed = f"{name}.possible.values" in said
            record = class_record(answer.version, answer[name], is_computed=is_computed)
            told = {ending: cell(record) for ending, cell in cells_of(decision, "full").items()}
            assert {ending: said[name + ending] for ending in told} == told, (row, name)
            if not is_computed and decision.type.options:
                assert said[name] == outcome_text(decision, record.outcome)


def test_what_tells_no_fact_is_kept_beside(policy: Any, tmp_path: Path) -> None:
    source = write_requests(tmp_path / "requests.parquet", policy, requests_of(policy, 5))
    decided(source, tmp_path / "a.parquet", policy)
    decided(source, tmp_path / "b.parquet", policy, kept=("requester.kind",))

    assert [row["id"] for row in read_rows(tmp_path / "a.parquet")] == [1, 2, 3, 4, 5]
    kinds = pq.read_table(source, columns=["requester.kind"])
    assert pq.read_table(tmp_path / "b.parquet").select(["requester.kind"]) == kinds


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requests.csv", "request.service\n" + "training\n" * 3),
        ("requests.jsonl", '{"request.service": "training"}\n' * 3),
    ],
)
def test_rows_are_decided_though_no_column_takes_part(
    name: str, text: str, policy: Any, tmp_path: Path
) -> None:
    source, output = tmp_path / name, tmp_path / "decisions.parquet"
    source.write_text(text, "utf-8")
    evaluator = ColumnEvaluator(policy, only="payment_contact", missing_columns="allow")

    carry_out(Run(evaluator, source_for(evaluator, str(source), None), output, RunSettings()))

    assert [row["payment_contact.status"] for row in read_rows(output)] == ["undetermined"] * 3


def test_nested_columns_tell_facts_by_dotted_names(policy: Any, tmp_path: Path) -> None:
    rows = requests_of(policy, 20)
    flat = write_requests(tmp_path / "flat.parquet", policy, rows)
    columns: dict[str, dict[str, Any]] = {}
    table = table_of(policy, rows)
    for name in table.column_names[1:]:
        group, _, rest = name.partition(".")
        columns.setdefault(group, {})[rest] = table.column(name).combine_chunks()
    import pyarrow as pa

    nested = {}
    for group, fields in columns.items():
        deep = {key: value for key, value in fields.items() if "." not in key}
        below = {key: value for key, value in fields.items() if "." in key}
        inner: dict[str, dict[str, Any]] = {}
        for key, value in below.items():
            first, _, rest = key.partition(".")
            if rest == "told":
                deep[key] = value
            else:
                inner.setdefault(first, {})[rest] = value
        for first, parts in inner.items():
            deep[first] = pa.StructArray.from_arrays(list(parts.values()), names=list(parts))
        nested[group] = pa.StructArray.from_arrays(list(deep.values()), names=list(deep))
    pq.write_table(pa.table({"id": table.column("id"), **nested}), tmp_path / "nested.parquet")

    decided(flat, tmp_path / "a.parquet", policy)
    decided(tmp_path / "nested.parquet", tmp_path / "b.parquet", policy)

    assert read_rows(tmp_path / "a.parquet") == read_rows(tmp_path / "b.parquet")


@pytest.mark.slow
def test_a_folder_gets_a_file_for_each_row_group(policy: Any, tmp_path: Path) -> None:
    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 25), group=10)
    whole, parts = tmp_path / "whole.parquet", tmp_path / "parts"
    decided(source, whole, policy, layout="narrow")
    manifest = decided(source, parts, policy, layout="narrow")

    assert [one["rows"] for one in manifest["output"]["parts"]] == [10, 10, 5]
    assert read_rows(parts) == read_rows(whole)
    assert check_run(manifest, parts, policy, 25, None).differences == []
    with pytest.raises(Refused, match="is not empty"):
        decided(source, parts, policy)


def test_the_same_seed_draws_the_same_rows_and_a_larger_sample_holds_the_smaller() -> None:
    small, large = chosen_rows(10_000, 50, 3), chosen_rows(10_000, 500, 3)

    assert len(small) == 50
    assert set(small) < set(large)
    assert small == chosen_rows(10_000, 50, 3) != chosen_rows(10_000, 50, 4)
    assert chosen_rows(3, 10, 1) == [0, 1, 2]
