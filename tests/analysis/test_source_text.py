"""The register beside the text: what a changed, deleted, inserted or moved block is reported as."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.source_text import blocks_of, compare, fingerprint
from reglament.model.problems import Place
from support.laws import LETTER
from support.lending_register import LINES, TEXT, differences, only, register


def test_the_text_that_the_register_was_written_from_is_covered():
    report = compare(register(), TEXT)

    assert report.is_covered
    assert {clause: block.locator for clause, block in report.found.items()} == {
        clause: clause for clause in register()
    }


@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        ("LIBRARY RULES", "LIBRARY HABITS", "LIBRARY RULES"),
        ("Contents", "Pages", "Contents"),
        ("Lending\t2", "Lending\t4", "Contents / 1"),
        ("\nLending\n", "\nLoans\n", "Lending"),
        ("\nCopying\n", "\nCopies\n", "Copying"),
        ("members. See", "readers. See", "Lending / 1"),
        ("See p. 5", "See p. 6", "Lending / 2"),
        ("members.\n", "readers.\n", "Copying / 1"),
        ("Two novels.\n", "Ten novels.\n", "Copying / includes / 1"),
        ("Two novels. A", "Ten novels. A", "Lending / includes / 1.1"),
        ("Desks", "Tables", "Lending / includes / 2"),
        ("South - Ben", "South - Bea", "Lending / includes / 2 / 2"),
        ("INCLUDES**:\n\n- Two novels. A", "HOLDS**:\n\n- Two novels. A", "Lending / includes"),
        ("[a librarian]", "[a guard]", "Lending / 4"),
    ],
)
def test_a_changed_word_names_its_clause_and_no_other(old, new, clause):
    assert differences(TEXT.replace(old, new, 1)) == only(changed=[clause])


def test_a_change_shows_new_words_new_fingerprint_line_and_the_rules_that_cite_the_clause():
    text = TEXT.replace("Paper of any size", "Paper of one size")

    (change,) = compare(register(), text, {"Copying / includes / 2": ["copy-paper"]}).changed

    assert change.block.text == "Paper of one size."
    assert change.block.line == 28
    assert change.fingerprint == fingerprint("Paper of one size.")
    assert change.rules == ("copy-paper",)
    assert change.former is None


def test_a_change_shows_the_old_words_where_the_former_text_is_at_hand():
    text = TEXT.replace("Paper of any size", "Paper of one size")

    (change,) = compare(register(), text, former=TEXT).changed

    assert change.former == "Paper of any size."


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("Books are lent to members.", ["Copying / 1"]),
        ("- Two novels.", ["Copying / includes / 1"]),
        (" - ✓ North - Ada ada@example.org;", ["Lending / includes / 2 / 1"]),
        ("Lending", ["Lending"]),
        ("Copying", ["Copying"]),
        ("- Paper of any size.", ["Copying / includes / 2"]),
    ],
)
def test_a_deleted_block_is_a_missing_clause(line, missing):
    text = "\n".join(kept for kept in LINES if kept != line)

    assert differences(text) == only(missing=missing)


def test_a_missing_clause_names_the_rules_that_cite_it():
    text = TEXT.replace("- Paper of any size.\n", "")

    (gone,) = compare(register(), text, {"Copying / includes / 2": ["copy-paper"]}).missing

    assert gone.rules == ("copy-paper",)


@pytest.mark.parametrize(
    ("before", "line", "uncovered"),
    [
        ("A loan **INCLUDES**:", "Maps are not lent.", "Maps are not lent."),
        ("- Desks:", "- An atlas.", "An atlas."),
        ("- Paper of any size.", "- Two novels.", "Two novels."),
        ("A loan **INCLUDES**:", "Fees", "Fees"),
        ("Lending", "Preamble", "Preamble"),
        ("Copying", "Books are lent to members.", "Books are lent to members."),
    ],
)
def test_an_inserted_block_is_uncovered(before, line, uncovered):
    at = LINES.index(before)
    text = "\n".join([*LINES[:at], line, "", *LINES[at:]])

    assert differences(text) == only(uncovered=[uncovered])


def test_an_uncovered_block_bears_its_line():
    (block,) = compare(register(), f"{TEXT}\nMaps are not lent.\n").uncovered

    assert (block.line, block.locator) == (30, "Copying / 3")


def test_blocks_that_change_places_within_their_section_are_not_changed():
    novels, paper = "- Two novels.\n", "- Paper of any size.\n"

    assert differences(TEXT.replace(novels + paper, paper + novels)) == only()


def test_a_sentence_that_moves_to_another_section_is_missing_here_and_uncovered_there():
    text = TEXT.replace("- Paper of any size.\n", "").replace(
        "- Desks:", "- Paper of any size.\n- Desks:"
    )

    assert differences(text) == only(
        missing=["Copying / includes / 2"], uncovered=["Paper of any size."]
    )


def test_sections_that_change_places_are_not_changed():
    lending, copying = LINES[7:20], LINES[20:]

    assert differences("\n".join([*LINES[:7], *copying, "", *lending])) == only()


def test_a_renamed_section_keeps_its_clauses_while_one_of_them_changes():
    text = TEXT.replace("\nCopying\n", "\nCopies\n").replace("any size", "one size")

    assert differences(text) == only(changed=["Copying", "Copying / includes / 2"])


def test_the_former_text_tells_a_changed_sentence_from_one_inserted_before_it():
    text = TEXT.replace("- Paper of any size.", "- Three loud songs.\n- Paper of one size.")

    report = compare(register(), text, former=TEXT)

    assert [change.block.text for change in report.changed] == ["Paper of one size."]
    assert [block.text for block in report.uncovered] == ["Three loud songs."]


def test_the_order_of_the_register_is_that_of_its_lines_not_of_its_ids():
    placed = {
        id: replace(clause, place=Place("clauses.yaml", line))
        for line, (id, clause) in enumerate(register().items(), 1)
    }
    by_id = {id: placed[id] for id in sorted(placed)}
    text = TEXT.replace("\nCopying\n", "\nCopies\n").replace("any size", "one size")

    assert differences(text, by_id) == only(changed=["Copying", "Copying / includes / 2"])


def test_in_a_register_in_no_order_a_changed_block_is_known_by_its_locator():
    backwards = dict(reversed(register().items()))

    assert differences(TEXT, backwards) == only()
    assert differences(TEXT.replace("any size", "one size"), backwards) == only(
        changed=["Copying / includes / 2"]
    )


def test_beside_an_empty_text_every_clause_is_missing():
    assert differences("") == only(missing=list(register()))


def test_beside_an_empty_register_every_block_is_uncovered():
    report = compare({}, TEXT)

    assert report.uncovered == blocks_of(TEXT)
    assert not report.is_covered


# -- laws -----------------------------------------------------------------------------------

WORDS = st.sampled_from(["book", "desk", "loan", "page", "shelf", "paper"])
SENTENCES = st.lists(WORDS, min_size=2, max_size=4).map(lambda words: " ".join(words) + ".")
SECTIONS = st.lists(
    st.tuples(st.lists(SENTENCES, max_size=3), st.lists(SENTENCES, max_size=3)),
    min_size=1,
    max_size=4,
)


def text_of(sections: list[tuple[list[str], list[str]]]) -> list[str]:
    """One line a block: numbered titles, sentences, a lead-in and items."""
    lines = []
    for number, (sentences, items) in enumerate(sections):
        lines += [f"# Section {number}", *sentences]
        lines += ["It holds:", *(f"- {item}" for item in items)] if items else []
    return lines


@given(sections=SECTIONS, data=st.data())
def test_changing_one_word_of_one_block_names_exactly_that_clause(sections, data):
    lines = text_of(sections)
    clauses = register("\n\n".join(lines))
    at = data.draw(st.integers(0, len(lines) - 1), label="line")
    words = lines[at].split(" ")
    word = data.draw(st.integers(int(words[0] in "#-"), len(words) - 1), label="word")
    words[word] = re.sub(r"\w+", "other", words[word])
    lines[at] = " ".join(words)

    found = differences("\n\n".join(lines), clauses)

    assert found == only(changed=[list(clauses)[at]])


@given(sections=SECTIONS, data=st.data())
def test_every_clause_and_every_block_is_reported_once(sections, data):
    clauses = register("\n\n".join(text_of(sections)))
    text = "\n\n".join(data.draw(st.permutations(text_of(sections)), label="lines"))

    report = compare(clauses, text)

    changed = [(change.clause.id, change.block) for change in report.changed]
    placed = [*report.found.items(), *changed]
    gone = [missing.clause.id for missing in report.missing]
    assert sorted([*(clause for clause, _ in placed), *gone]) == sorted(clauses)
    blocks = [*(block for _, block in placed), *report.uncovered]
    assert sorted(block.line for block in blocks) == [block.line for block in blocks_of(text)]


@given(text=st.text(LETTER, max_size=80))
def test_the_fingerprint_of_a_block_is_that_of_its_words(text):
    for block in blocks_of(text):
        assert fingerprint(f"- {block.text}") == fingerprint(block.text)
