"""The texts of a policy by the names of their files: whatever would not be read is refused."""

from __future__ import annotations

import pytest

from reglament import Policy, Refused
from reglament.messages import languages
from support.places import ROOT

FEES = ROOT / "policies" / "library-fees" / "2025-01-01"
FILES = {
    str(path.relative_to(FEES)): path.read_text("utf-8")
    for path in sorted(FEES.rglob("*"))
    if path.is_file()
}


def refused(files: dict[str, object]) -> list[tuple[str, str | None]]:
    """The code of each problem, and the file that it is in."""
    with pytest.raises(Refused) as found:
        Policy.from_text(files)
    return [(one.code, one.place and one.place.file) for one in found.value.problems]


def test_the_files_of_a_folder_are_its_policy() -> None:
    assert len(Policy.from_text(FILES).versions) == 1


@pytest.mark.parametrize(
    "name", ["readme.md", ".hidden.yaml", "policy.YAML", "facts.json", "folder/rates.csv", "a.b/c"]
)
def test_a_file_that_would_not_be_read_is_refused_by_its_name(name: str) -> None:
    assert refused({**FILES, name: "hi"}) == [("unknown-file", name)]


def test_every_such_file_is_told_at_once_and_also_where_no_other_is_there() -> None:
    assert refused({"readme.md": "hi", "x/notes": ""}) == [
        ("unknown-file", "readme.md"),
        ("unknown-file", "x/notes"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("../policy.yaml", ""),
        ("/etc/policy.yaml", ""),
        ("./policy.yaml", ""),
        ("a//policy.yaml", ""),
        ("a\0b.yaml", ""),
        ("a" * 400 + ".yaml", ""),
        ("policy.yaml/more.yaml", ""),
        ("more.yaml", 7),
    ],
)
def test_a_name_that_no_file_of_a_policy_has_is_refused(name: str, text: object) -> None:
    assert refused({**FILES, name: text}) == [("wrong-shape", None)]


@pytest.mark.parametrize("language", languages())
def test_what_to_do_is_said_in_words(language: str) -> None:
    with pytest.raises(Refused) as found:
        Policy.from_text({**FILES, "readme.md": "hi", "rates.csv": "a,b"})
    notes, table = found.value.problems
    assert "`readme.md`" in notes.message.to(language)
    assert notes.hint is not None
    assert table.hint is not None
    assert "`.csv`" in notes.hint.to(language)
    assert "`table: " in table.hint.to(language)
