"""The tests stand as their page says: each folder for a package, and told there."""

from __future__ import annotations

import re

from support.places import ROOT

TESTS, PACKAGES = ROOT / "tests", ROOT / "engine" / "reglament"
FILES = [path for path in TESTS.rglob("test_*.py") if path.parent != TESTS]
FOLDERS = {path.parent.relative_to(TESTS).as_posix() for path in FILES}


def test_each_folder_bears_the_name_of_a_package_and_stands_on_the_page() -> None:
    page = (TESTS / "README.md").read_text(encoding="utf-8")

    assert [name for name in FOLDERS - {"policies"} if not (PACKAGES / name).is_dir()] == []
    told = {f"`{name.removeprefix('analysis/')}`" for name in FOLDERS}
    assert [name for name in told if name not in page] == []


def test_the_page_of_commands_shows_every_package() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    (tree,) = re.findall(r"^```\nengine/reglament/.*?^```", page, re.MULTILINE | re.DOTALL)
    packages = {path.parent.name for path in PACKAGES.glob("*/__init__.py")}

    assert {name for name in packages if f"    {name}/ " not in tree} == set()


def test_no_test_file_imports_another() -> None:
    assert [path for path in FILES if "\nfrom test_" in path.read_text(encoding="utf-8")] == []
