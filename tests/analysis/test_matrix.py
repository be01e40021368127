"""The matrix of clauses, rules and examples, and the documents that clauses stand in."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from reglament.analysis.matrix import matrix
from reglament.interfaces.cli.matrix_command import matrix as command
from reglament.language.loading.regulation_text import read_document
from reglament.language.loading.version_loader import read_version
from reglament.model.problems import Refused
from reglament.model.words import LANGUAGES
from reglament.rendering.pages.matrix_page import ClauseRow, matrix_html, matrix_text
from support.refunds import CALENDAR, HEAD, written
from support.shipped import shipped

REST = """
clauses:
  c2: {where: "2", summary: {ru: два, en: two}, fingerprint: "sha256:1f86d081884c7d65"}
  c3: {where: "3", summary: {ru: "<три>", en: "<three>"}, fingerprint: "sha256:2f86d081884c7d65",
       no_rule: {ru: пусто, en: nothing in it}}
decisions:
  refund:
    outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}
    rules:
      - {id: book, when: {kind: book}, then: yes, clauses: [c1]}
      - {id: toy, when: {kind: toy}, then: no, clauses: [c1]}
examples:
  - {name: a book & more, facts: {kind: book}, expect: {refund: yes}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "p", HEAD, CALENDAR, REST)


@pytest.fixture
def rows(folder: Path) -> dict[str, ClauseRow]:
    return {row.clause: row for row in matrix(read_version(folder))}


def test_a_clause_has_its_rules_and_these_their_examples(rows: dict[str, ClauseRow]) -> None:
    assert {cell.rule: cell.examples for cell in rows["c1"].cells} == {
        "book": ("a book & more",),
        "toy": (),
    }
    assert rows["c1"].hours == ("weekend",)


def test_a_clause_that_nothing_cites_is_open_unless_it_says_why(rows: dict[str, ClauseRow]) -> None:
    assert [clause for clause, row in rows.items() if row.is_open] == ["c2"]
    assert rows["c3"].no_rule_because is not None


def test_clauses_come_in_the_order_in_which_they_are_written(rows: dict[str, ClauseRow]) -> None:
    assert list(rows) == ["c1", "c2", "c3"]


def test_the_text_tells_what_lacks_an_example_or_a_rule(folder: Path) -> None:
    version = read_version(folder)
    text = matrix_text(version, matrix(version), "en")

    assert "    toy - no example\n" in text
    assert "c2  (2)\n    covered by nothing\n" in text
    assert text.endswith("3 clauses: 1 with rules, 1 need none, 1 covered by nothing")


class Seen(HTMLParser):
    """The tags of a page, and whatever it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.fetched += [value for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_fetches_nothing_and_escapes_what_it_shows(
    folder: Path, language: str
) -> None:
    version = read_version(folder)
    page = matrix_html(version, matrix(version), language)  # type: ignore[arg-type]
    seen = Seen()
    seen.feed(page)

    assert (seen.open, seen.fetched) == ([], [])
    assert "a book &amp; more" in page
    assert "<three>" not in page
    assert "url(" not in page


@pytest.mark.slow
def test_every_clause_of_the_shipped_regulation_is_covered_and_shown() -> None:
    found = matrix(shipped("technical-support").versions[-1])

    assert not [row.clause for row in found if row.is_open]
    assert all(cell.examples for row in found for cell in row.cells)


def test_the_command_writes_the_page(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "m.html"
    result = CliRunner().invoke(command, ["--policy", str(folder), "--html", str(target)])

    assert (result.exit_code, result.stdout) == (0, "")
    assert re.match("<!DOCTYPE html>", target.read_text("utf-8"))


# Documents


def test_text_and_markdown_are_read_as_they_are(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text("# Title\n\n- one\n", "utf-8")
        assert read_document(tmp_path / name) == "# Title\n\n- one\n"


def test_a_word_document_gives_titles_paragraphs_items_and_cells(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Refunds", level=1)
    document.add_paragraph("Books are refunded.")
    document.add_paragraph("whole books", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Portal", "Phone"
    document.add_paragraph("The end.")
    document.save(str(tmp_path / "a.docx"))
    lines = [line for line in read_document(tmp_path / "a.docx").split("\n") if line]

    assert lines == [
        "# Refunds", "Books are refunded.", "- whole books", "Portal", "Phone", "The end.",
    ]  # fmt: skip


def test_cells_that_are_merged_are_told_once(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "once"
    document.save(str(tmp_path / "a.docx"))

    assert read_document(tmp_path / "a.docx").split() == ["once"]


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken"])
def test_what_is_no_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("docx")
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_document(tmp_path / "a.docx")

    assert [problem.code for problem in refused.value.problems] == ["document-unreadable"]


@pytest.mark.parametrize("name", ["none.docx", "none.txt"])
def test_a_document_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_document(tmp_path / name)

    assert [problem.code for problem in refused.value.problems] == ["file-missing"]
