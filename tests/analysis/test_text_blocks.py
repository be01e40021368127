"""The blocks that a text falls into, and the fingerprints by which they are known."""

from __future__ import annotations

import pytest

from reglament.analysis.source_text import blocks_of, fingerprint
from support.lending_register import TEXT

# -- blocks ---------------------------------------------------------------------------------


def test_a_text_falls_into_titles_sentences_and_items_each_with_its_place():
    assert [(block.line, block.locator, block.text) for block in blocks_of(TEXT)] == [
        (1, "LIBRARY RULES", "LIBRARY RULES"),
        (3, "Contents", "Contents"),
        (5, "Contents / 1", "Lending 2"),
        (6, "Contents / 2", "Copying 3"),
        (8, "Lending", "Lending"),
        (10, "Lending / 1", "Books are lent to members."),
        (10, "Lending / 2", "See p. 5 of the leaflet for fees."),
        (12, "Lending / includes", "A loan INCLUDES:"),
        (14, "Lending / includes / 1.1", "Two novels."),
        (14, "Lending / includes / 1.2", "A third is for the librarian to decide."),
        (15, "Lending / includes / 2", "Desks:"),
        (16, "Lending / includes / 2 / 1", "North - Ada ada@example.org;"),
        (17, "Lending / includes / 2 / 2", "South - Ben ben@example.org."),
        (19, "Lending / 4", "Ask a librarian at https://example.org/ or call 8 (800) 000-00-00."),
        (21, "Copying", "Copying"),
        (23, "Copying / 1", "Books are lent to members."),
        (25, "Copying / includes", "A loan INCLUDES:"),
        (27, "Copying / includes / 1", "Two novels."),
        (28, "Copying / includes / 2", "Paper of any size."),
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Срок 24-х часов. Далее иначе.", ["Срок 24-х часов.", "Далее иначе."]),
        ("Смотри ст. 5 и т. д. Акт от г. Москвы.", ["Смотри ст. 5 и т. д. Акт от г. Москвы."]),
        ("Пишите на site.example. Ждите!", ["Пишите на site.example.", "Ждите!"]),
        ("Так решил А. Иванов. Точка.", ["Так решил А. Иванов.", "Точка."]),
        ("Он сказал «да.» Она ушла.", ["Он сказал «да.»", "Она ушла."]),
        ("Первый ответ. второй ответ.", ["Первый ответ.", "второй ответ."]),
        ("Первая строка\nи вторая. Третье.", ["Первая строка и вторая.", "Третье."]),
    ],
)
def test_a_paragraph_falls_into_sentences(text, sentences):
    assert [block.text for block in blocks_of(text)] == sentences


def test_a_sentence_bears_the_line_it_begins_on():
    blocks = blocks_of("One begins\nand ends. Two\nends. Three.")

    assert [(block.line, block.text) for block in blocks] == [
        (1, "One begins and ends."),
        (2, "Two ends."),
        (3, "Three."),
    ]


@pytest.mark.parametrize("title", ["## Lending", "Lending\n=======", "Lending\n---", "**Lending**"])
def test_a_title_may_be_marked_in_any_way_of_markdown(title):
    assert [block.locator for block in blocks_of(f"{title}\n\nA rule.")] == [
        "Lending",
        "Lending / 1",
    ]


def test_a_title_that_repeats_is_told_from_the_first():
    blocks = blocks_of("Fees\n\nNone.\n\nFees\n\nSome.")

    assert [block.locator for block in blocks] == ["Fees", "Fees / 1", "Fees (2)", "Fees (2) / 1"]


def test_an_item_may_run_over_lines_and_what_precedes_the_first_title_has_a_section():
    blocks = blocks_of("The list is:\n- one\n  and more\n1) two\nAfter all.")

    assert [(block.locator, block.text) for block in blocks] == [
        ("… / 1", "The list is:"),
        ("… / 1 / 1", "one and more"),
        ("… / 1 / 2", "two"),
        ("… / 2", "After all."),
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "---\n"])
def test_an_empty_text_has_no_blocks(text):
    assert blocks_of(text) == ()


# -- fingerprints ---------------------------------------------------------------------------

SENTENCE = "Ёлки стоят 24-х часов у портала site.example."


@pytest.mark.parametrize(
    "text",
    [
        "- Ёлки стоят 24-х часов у портала site.example.",
        " - ✓ Ёлки стоят 24-х часов у портала site.example.",
        "2) Ёлки стоят 24-х часов у портала site.example.",
        "Ёлки стоят **24-х часов** у *портала* <site.example>.",
        "Ёлки стоят 24-х часов у [портала](https://site.example/) `site.example`.",
        "  Ёлки\tстоят 24-х\u00a0часов\r\nу портала   site.example. ",
        "Е\u0308лки стоят 24-х часов у портала site.example.",
    ],
)
def test_marks_white_space_and_composition_do_not_matter(text):
    assert fingerprint(text) == fingerprint(SENTENCE)


@pytest.mark.parametrize(
    "text",
    [
        "Елки стоят 24-х часов у портала site.example.",
        "ёлки стоят 24-х часов у портала site.example.",
        "Ёлки стоят 24-х часов у портала site.example",
        "Ёлки стоят 24-х часов, у портала site.example.",
        "Ёлки стоят 23-х часов у портала site.example.",
    ],
)
def test_one_letter_or_mark_of_punctuation_matters(text):
    assert fingerprint(text) != fingerprint(SENTENCE)


def test_a_fingerprint_is_the_first_half_of_the_sha_256_of_the_normal_form():
    # `printf abc | sha256sum` (the first vector of FIPS 180-4)
    assert fingerprint("- **abc** ") == "sha256:ba7816bf8f01cfea414140de5dae2223"
