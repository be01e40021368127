"""What is kept of a policy is what its files say now, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import reglament
from reglament import Refused, load_policy
from reglament.language.loading import version_loader
from reglament.language.loading.files import cache
from reglament.policy import Policy
from support.laws import sample
from support.places import POLICIES, ROOT


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which bundles are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "caches" / "reglament"


FILES = {
    "policy.yaml": """
policy: fees
version: "1"
title: {en: Fees}
holds_from: 2025-01-01
known_from: 2025-01-01
time_zone: UTC
chosen_by: asked.on
facts:
  asked.on: {type: date, label: {en: day}}
  kind: {type: choice, options: {book: {en: book}, disc: {en: disc}}, label: {en: what}}
""",
    "card.yaml": """
decisions:
  fee: {label: {en: fee}, type: decimal, places: 2, table: fee-of-a-day.csv}
examples:
  - {name: a book, facts: {asked.on: 2025-02-01, kind: book}, expect: {fee: 2.50}}
""",
    "fee-of-a-day.csv": "id,kind,then\nof-a-book,book,2.50\nof-a-disc,disc,5.00\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy of several files; each test reads it more than once."""
    version = tmp_path / "fees" / "2025-01-01"
    version.mkdir(parents=True)
    for name, text in FILES.items():
        (version / name).write_text(text, "utf-8")
    return version.parent


def load(path: Path) -> Policy:
    return load_policy(path, is_cached=True)


def is_read(monkeypatch: pytest.MonkeyPatch, path: Path) -> bool:
    """Whether the files are read, not what was kept of them."""
    read = []

    def reading(one: Path) -> object:
        read.append(one)
        return original(one)

    original = version_loader.read_policy
    with monkeypatch.context() as patch:
        patch.setattr(version_loader, "read_policy", reading)
        load(path)
    return bool(read)


def test_the_second_time_the_files_are_not_read(
    place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_read(monkeypatch, folder)
    assert not is_read(monkeypatch, folder)
    assert load(folder) == load_policy(folder)
    told = load(folder).versions[-1].examples[0].facts
    assert load(folder).decide(told).to_json() == load_policy(folder).decide(told).to_json()
    assert len(list(place.iterdir())) == 1


@pytest.mark.parametrize("name", ["card.yaml", "fee-of-a-day.csv"])
def test_an_edit_is_read(
    name: str, place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder)
    (file,) = folder.rglob(name)
    file.write_bytes(file.read_bytes() + b"\n")
    assert is_read(monkeypatch, folder)
    file.write_bytes(file.read_bytes() + b"??: [")
    with pytest.raises(Refused):
        load(folder)


def test_a_single_file_is_kept_with_the_tables_beside_it(
    place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (version,) = (one for one in folder.iterdir() if one.is_dir())
    (table,) = version.glob("*.csv")
    before = cache.key_of(version / "policy.yaml")
    table.write_bytes(table.read_bytes() + b"\n")
    assert cache.key_of(version / "policy.yaml") != before


@pytest.mark.parametrize(
    "damage", sample(["cut", "changed", "another", "empty", "open to others"], 2)
)
def test_what_cannot_be_trusted_is_made_again(
    damage: str, place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder)
    (file,) = place.iterdir()
    data = file.read_bytes()
    if damage == "another":
        load(POLICIES / "annual-leave")
        (other,) = (one for one in place.iterdir() if one != file)
        data = other.read_bytes()
    changed = {
        "cut": data[:-100],
        "changed": data.replace(b"2.50", b"9.99"),
        "another": data,
        "empty": b"",
    }
    file.write_bytes(changed.get(damage, data))
    if damage == "open to others":
        file.chmod(0o666)

    assert is_read(monkeypatch, folder)
    assert not is_read(monkeypatch, folder)
    assert load(folder) == load_policy(folder)


def test_another_text_of_the_engine_reads_the_files(
    place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder)
    monkeypatch.setattr(cache, "_engine", lambda: iter(["another"]))
    assert is_read(monkeypatch, folder)


def test_every_file_of_the_engine_is_looked_at() -> None:
    looked_at = {told.rsplit(" ", 2)[0] for told in cache._engine()}
    package = Path(str(reglament.__file__)).parent
    files = [*package.rglob("*.py"), *package.rglob("*.ftl"), *(ROOT / "schemas").glob("*.json")]

    assert {str(file) for file in files} <= looked_at


def test_a_link_is_read_where_it_leads_each_time(
    place: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = folder.rglob("card.yaml")
    file.rename(file.with_suffix(".txt"))
    file.symlink_to(file.with_suffix(".txt").name)
    for _ in range(2):
        assert is_read(monkeypatch, folder)
    assert not place.exists()


def test_where_nothing_can_be_kept_nothing_is_wrong(
    place: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("")
    for told in ("off", str(tmp_path / "a-file" / "below"), "\0"):
        if "\0" not in told:
            monkeypatch.setenv(cache.VARIABLE, told)
        assert is_read(monkeypatch, folder)
    assert not place.exists()


def test_where_nothing_is_kept_no_bundle_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Policy] = []
    monkeypatch.setattr(Policy, "bundle", lambda policy: made.append(policy) or "")
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert is_read(monkeypatch, folder)
    assert made == []


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.cache_folder() is None
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "")
    assert cache.cache_folder() is None


def test_of_many_the_latest_stay(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_KEPT", 3)
    for number in range(6):
        cache.keep(f"key{number}", "x")
        os.utime(place / f"key{number}", ns=(number, number))
    assert sorted(one.name for one in place.iterdir()) == ["key3", "key4", "key5"]
    assert {one.stat().st_mode & 0o077 for one in place.iterdir()} == {0}
