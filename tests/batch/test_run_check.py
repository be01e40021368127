"""`batch verify` names whatever differs from the manifest of a run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reglament.audit import open_log
from reglament.batch.manifests import as_text, changed_keys, digest_of, with_digests
from reglament.policy import Policy
from support.cli_runner import run
from support.laws import sample
from support.table_files import requests_of, write_requests


@pytest.fixture(scope="module")
def untouched(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run: 30 requests in a file, their decisions, the classes, the manifest."""
    folder = tmp_path_factory.mktemp("untouched")
    source = write_requests(folder / "r.parquet", policy, requests_of(policy, 30))
    made = run(
        *("batch", source, "-o", folder / "d.parquet", "--layout", "narrow"),
        *("--policy", "technical-support", "--manifest", folder / "m.json"),
    )
    assert made.exit_code in (0, 2), made.output
    return folder


@pytest.fixture
def folder(untouched: Path, tmp_path: Path) -> Iterator[Path]:
    """The run where it was made, as a manifest names places; put back after each test."""
    shutil.copytree(untouched, tmp_path / "kept")
    yield untouched
    shutil.rmtree(untouched)
    shutil.move(tmp_path / "kept", untouched)


def sealed(folder: Path, name: str) -> None:
    """The manifest made to have the digest that the file has now, as a forger would."""
    manifest = manifest_in(folder)
    for told in (*manifest["output"]["parts"], manifest["classes"]):
        if told["name"] == name:
            told["digest"] = digest_of(folder / name)["digest"]
    forge(folder, manifest)


def manifest_in(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "m.json").read_text("utf-8"))
    return found


def forge(folder: Path, manifest: dict[str, Any]) -> None:
    """The manifest written with the digests of what it says now."""
    (folder / "m.json").write_text(as_text(with_digests(manifest)), "utf-8")


def with_cell(folder: Path, name: str, column: str, change: Callable[[list], None]) -> None:
    table = pq.read_table(folder / name)
    values = table.column(column).to_pylist()
    change(values)
    at = table.schema.get_field_index(column)
    field = table.schema.field(at)
    pq.write_table(table.set_column(at, field, pa.array(values, field.type)), folder / name)
    sealed(folder, name)


def other_class(values: list) -> None:
    at = next(place for place, value in enumerate(values) if value is not None)
    values[at] = next(one for one in values if one not in (None, values[at]))


def other_rule(values: list) -> None:
    values[0] = ["tier-free"] if values[0] != ["tier-free"] else ["tier-paid"]


def more_rows(values: list) -> None:
    values[0] += 1


def append(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")


TAMPERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "an input": (lambda at: append(at, "r.parquet"), "r.parquet` is not what it was"),
    "an output": (lambda at: append(at, "d.parquet"), "d.parquet` is not what it was"),
    "an output that is gone": (lambda at: (at / "d.parquet").unlink(), "d.parquet` is not there"),
    "a class of a row": (
        lambda at: with_cell(at, "d.parquet", "tier.class", other_class),
        "`tier.class` comes out differently",
    ),
    "what a class says": (
        lambda at: with_cell(at, "d.classes.parquet", "rules", other_rule),
        ": its request is decided differently",
    ),
    "how many rows are of a class": (
        lambda at: with_cell(at, "d.classes.parquet", "rows", more_rows),
        "the numbers of rows in the classes are not those of the manifest",
    ),
}


@pytest.mark.parametrize("name", sample([*TAMPERED], 2))
def test_what_was_changed_afterwards_is_named(name: str, folder: Path) -> None:
    tamper, said = TAMPERED[name]
    tamper(folder)

    result = run("batch", "verify", folder / "m.json", "--policy", "technical-support")

    assert result.exit_code == 1
    assert said in result.output
    assert "The run is not what the manifest says." in result.output


def one_row_less(manifest: dict[str, Any]) -> None:
    manifest["rows"] -= 1


def one_row_less_in_a_part(manifest: dict[str, Any]) -> None:
    manifest["output"]["parts"][0]["rows"] -= 1


def swapped_columns(manifest: dict[str, Any]) -> None:
    columns = manifest["columns"]
    names = "request.service", "request.channel"
    columns.update(zip(names, [columns[name] for name in reversed(names)], strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("rows", one_row_less),
        ("output.parts", one_row_less_in_a_part),
        ("columns", swapped_columns),
        ("refused", lambda manifest: manifest.update(refused={"gap": 1})),
        ("complete", lambda manifest: manifest.update(complete=False)),
    ],
)  # fmt: skip
def test_what_was_forged_in_the_manifest_alone_is_named(
    name: str, change: Callable[[dict[str, Any]], None], folder: Path
) -> None:
    manifest = manifest_in(folder)
    change(manifest)
    forge(folder, manifest)

    for language, said in (("en", "of the manifest is"), ("ru", "в манифесте")):
        checked = run("batch", "verify", folder / "m.json", "--lang", language)

        assert checked.exit_code == 1
        assert f"`{name}`" in checked.stdout
        assert said in checked.stdout


def changed(value: Any) -> Iterator[Any]:
    """The value with each thing that it holds changed, taken away, or joined by another."""
    if isinstance(value, dict):
        yield {**value, "more": 1}
        for key, held in value.items():
            yield {one: told for one, told in value.items() if one != key}
            yield from ({**value, key: other} for other in changed(held))
    elif isinstance(value, list):
        yield [*value, 1]
        for at, held in enumerate(value):
            yield [*value[:at], *value[at + 1 :]]
            yield from ([*value[:at], other, *value[at + 1 :]] for other in changed(held))
    else:
        yield 1 if value is None else None


def test_each_change_of_the_manifest_is_named_by_its_key(folder: Path) -> None:
    manifest = manifest_in(folder)
    texts = set()
    for key, said in manifest.items():
        for other in changed(said):
            found = {**manifest, key: other}
            names = changed_keys(found)
            if key == "digests":
                assert names, found
            else:
                assert names == [key], found
            texts.add(as_text(found))
    assert len(texts) > 200
    assert changed_keys({**manifest, "more": 1}) == ["more"]


@pytest.mark.parametrize(
    ("language", "said"),
    sample([("en", "`as_of` of the manifest was changed after it was written"),
            ("ru", "`as_of` в манифесте изменили после записи")], 1),
)  # fmt: skip
def test_a_moment_on_which_no_row_rests_is_named(language: str, said: str, folder: Path) -> None:
    manifest = manifest_in(folder)
    manifest["as_of"] = manifest["as_of"].replace("20", "19", 1)
    (folder / "m.json").write_text(as_text(manifest), "utf-8")

    checked = run("batch", "verify", folder / "m.json", "--lang", language)

    assert checked.exit_code == 1
    assert said in checked.stdout


@pytest.mark.slow
def test_a_log_that_records_the_run_pins_its_manifest(folder: Path) -> None:
    log = str(folder / "log.db")
    with open_log(log, create=True) as opened:
        opened.append_run({**manifest_in(folder), "rows": 7}, ())
        assert opened.append_run(manifest_in(folder), ()).sequence == 2
    sound = run("batch", "verify", folder / "m.json", "--log", log)
    assert sound.exit_code == 0
    assert "Recorded in the log as entry 2." in sound.stdout

    manifest = manifest_in(folder)
    manifest["as_of"] = manifest["as_of"].replace("20", "19", 1)
    forge(folder, manifest)
    forged = run("batch", "verify", folder / "m.json", "--log", log, "--lang", "ru")
    assert forged.exit_code == 1
    assert "в ближайшей записи, 2, другое: `as_of`, `digests`" in forged.stdout

    with open_log(str(folder / "other.db"), create=True):
        pass
    other = run("batch", "verify", folder / "m.json", "--log", folder / "other.db")
    assert other.exit_code == 1
    assert "the log records no run with this manifest" in other.stdout


@pytest.mark.parametrize(
    ("language", "said"),
    sample([("en", "Everything is as the manifest says."), ("ru", "Всё так")], 1),
)
def test_an_untouched_run_is_sound_in_every_language(
    folder: Path, language: str, said: str
) -> None:
    result = run("batch", "verify", folder / "m.json", "--lang", language)

    assert result.exit_code == 0
    assert said in result.stdout


def test_another_policy_is_named_before_all_else(folder: Path) -> None:
    manifest = manifest_in(folder)
    manifest["policy"]["versions"]["2019-01-01"] = "sha256:00"
    forge(folder, manifest)

    result = run("batch", "verify", folder / "m.json")

    assert result.exit_code == 1
    assert "version 2019-01-01 of the policy was sha256:00, and here it is sha256:" in result.stdout


@pytest.mark.parametrize("text", [
    "", "\ufeff{}", "[]", "{}", '{"format": 1}', '{"format": 99}', "[" * 100_000,
    r'{"format": 1, "policy": {"id": "\ud800"}, "digests": {}}',
])  # fmt: skip
def test_what_is_no_manifest_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(text)

    result = run("batch", "verify", tmp_path / "m.json")

    assert result.exit_code == 2
    assert result.stderr.endswith("m.json: this is not the manifest of a run\n")


def test_files_that_were_moved_are_found_beside_their_manifest(folder: Path) -> None:
    elsewhere = folder / "for-the-auditor"
    elsewhere.mkdir()
    for name in ("r.parquet", "d.parquet", "d.classes.parquet", "m.json"):
        (folder / name).rename(elsewhere / name)

    result = run("batch", "verify", elsewhere / "m.json")

    assert result.exit_code == 0, result.output
    assert "Files hashed: 3." in result.stdout


@pytest.mark.slow
def test_a_folder_that_was_moved_is_checked_where_it_is(policy: Policy, tmp_path: Path) -> None:
    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 20), group=10)
    made = run("batch", source, "-o", tmp_path / "d", "--policy", "technical-support")
    assert made.exit_code in (0, 2), made.output
    (tmp_path / "d").rename(tmp_path / "elsewhere")

    for named in ("elsewhere", "elsewhere/_manifest.json"):
        result = run("batch", "verify", tmp_path / named)
        assert result.exit_code == 0, result.output
        assert "Files hashed: 4." in result.stdout
