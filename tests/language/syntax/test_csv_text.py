"""A decision table as CSV: its cells, their places, and what is refused."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.language.syntax.csv_text import Row, parse_csv
from reglament.language.syntax.source import Source
from reglament.model.normal import nfc
from reglament.model.problems import Place, Problem


def read(text: str) -> tuple[Row, tuple[Row, ...], list[Problem]]:
    problems: list[Problem] = []
    header, rows = parse_csv(Source("t.csv", text), problems)
    return header, rows, problems


def values(row: Row) -> list[object]:
    return [cell.value for cell in row]


@pytest.mark.parametrize(
    ("text", "header", "rows"),
    [
        ("a,b\n1,x\n", ["a", "b"], [[1, "x"]]),
        ("a;b\n1,5;x\n", ["a", "b"], [["1,5", "x"]]),
        (
            "a,b\r\n1.50,\r\n\r\n , \r\ntrue,null",
            ["a", "b"],
            [[Decimal("1.50"), None], [True, None]],
        ),
        ("имя;вид\n ООО ;10:00\n", ["имя", "вид"], [["ООО", "10:00"]]),
        ('a,b\n"x,""y""", "10" \n', ["a", "b"], [['x,"y"', 10]]),
        (
            '"a","b"\n"1.50",""\n"true","at_most 10"\n',
            ["a", "b"],
            [[Decimal("1.50"), None], [True, "at_most 10"]],
        ),
        ("sep=;\na;b\n1,5;x\n", ["a", "b"], [["1,5", "x"]]),
        ('"SEP=,"\r\na,b\r\n1,x\r\n', ["a", "b"], [[1, "x"]]),
        ('"a,b";c\n"1\n2";3\n', ["a,b", "c"], [["1\n2", 3]]),
        ('a,b\nООО "Ромашка",2\n', ["a", "b"], [['ООО "Ромашка"', 2]]),
        ("1,true\nx,y\n", ["1", "true"], [["x", "y"]]),
        ("\n\na\n012\n", ["a"], [["012"]]),
    ],
)
def test_cells_are_read_as_bare_words_in_quotes_or_not(text, header, rows):
    got_header, got_rows, problems = read(text)

    assert problems == []
    assert values(got_header) == header
    assert [values(row) for row in got_rows] == rows


def test_places_hold_after_quoted_lines_separators_and_cyrillic():
    header, rows, _ = read('тариф;"услуга\nили";часы\n free ; "a;b" ;8\nпусто;;"п\nд"\n')

    assert [cell.place for cell in header] == [
        Place("t.csv", 1, 1, 5),
        Place("t.csv", 1, 7, 7),
        Place("t.csv", 2, 6, 4),
    ]
    assert [cell.place for cell in rows[0]] == [
        Place("t.csv", 3, 2, 4),
        Place("t.csv", 3, 9, 5),
        Place("t.csv", 3, 16, 1),
    ]
    assert [cell.place for cell in rows[1]] == [
        Place("t.csv", 4, 1, 5),
        Place("t.csv", 4, 7, 1),
        Place("t.csv", 4, 8, 2),
    ]


@pytest.mark.parametrize(
    ("written", "trap"),
    [
        ("no", "`no` is text in this language; write `false`"),
        ("012", "write `12`"),
        ('"012"', "write `12`"),
        ("1 000", "`1 000` is text in this language; write `1000`"),
    ],
)
def test_a_cell_that_looks_like_another_type_is_text_with_a_hint(written, trap):
    _, [[cell]], problems = read(f"a\n{written}\n")

    assert problems == []
    assert (cell.value, cell.trap and cell.trap.to("en")) == (written.strip('"'), trap)


def test_an_empty_cell_is_told_from_a_written_null():
    _, [row], _ = read("a,b\n,null\n")

    assert [(cell.value, cell.raw) for cell in row] == [(None, ""), (None, "null")]


@pytest.mark.parametrize(
    ("text", "en", "ru", "rows"),
    [
        (
            "a,b\n1\n2,3\n",
            "t.csv:2:1: the row has 1 cell, the header has 2",
            "t.csv:2:1: ячеек в строке: 1, столбцов в заголовке: 2",
            [[2, 3]],
        ),
        (
            "a,b\n1,2,лишнее\n",
            "t.csv:2:5: the row has 3 cells, the header has 2",
            "t.csv:2:5: ячеек в строке: 3, столбцов в заголовке: 2",
            [],
        ),
        (
            "a,b,a\n1,2,3\n",
            "t.csv:1:5: the name `a` is already that of column 1",
            "t.csv:1:5: имя `a` уже носит столбец 1",
            [[1, 2, 3]],
        ),
        (
            "a,,b\n1,2,3\n",
            "t.csv:1:3: column 2 has no name",
            "t.csv:1:3: столбец 2 без имени",
            [[1, 2, 3]],
        ),
        (
            "a;b,c\n",
            "t.csv:1:2: the header holds both `,` and `;`",
            "t.csv:1:2: в заголовке стоят и `,`, и `;`",
            [],
        ),
        (
            'a,b\n"x" y,2\n',
            "t.csv:2:5: text follows the closing quote",
            "t.csv:2:5: после закрывающей кавычки есть текст",
            [["x", 2]],
        ),
        (
            'a\n"x\ny\n',
            "t.csv:2:1: unclosed quote",
            "t.csv:2:1: кавычка не закрыта",
            [["x\ny\n"]],
        ),
        (
            "a\tb\n1\t2\n",
            "t.csv:1:2: the cells are separated by tabs",
            "t.csv:1:2: ячейки разделены табуляцией",
            [],
        ),
        (
            "sep=\t\na\tb\n1\t2\n",
            "t.csv:1:6: the cells are separated by tabs",
            "t.csv:1:6: ячейки разделены табуляцией",
            [],
        ),
        (
            " \n;;\n",
            "t.csv:1:1: the table has no rows",
            "t.csv:1:1: в таблице нет строк",
            [],
        ),
        (
            "a\nb\u202ec\n",
            "t.csv:2:2: invisible character U+202E",
            "t.csv:2:2: невидимый символ U+202E",
            [],
        ),
    ],
)
def test_a_broken_table_gets_its_problem_and_keeps_its_sound_rows(text, en, ru, rows):
    _, got, [problem] = read(text)

    assert problem.to_text("en").splitlines()[0] == en
    assert problem.to_text("ru").splitlines()[0] == ru
    assert [values(row) for row in got] == rows


def test_every_ragged_row_is_told_at_once():
    _, _, problems = read("a,b\n1\n2\n3,4\n5,6,7\n")

    assert [problem.place and problem.place.line for problem in problems] == [2, 3, 5]


def test_after_two_hundred_problems_the_reading_ends_and_says_so():
    _, rows, problems = read("a,b\n" + "1\n" * 5_000 + "1,2\n")

    assert [problem.code for problem in problems] == ["csv-cells"] * 200 + ["too-many-problems"]
    assert [values(row) for row in rows] == [[1, 2]]


CELLS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn"]), min_size=1)


@given(
    st.lists(st.lists(CELLS | st.just("x\ny"), min_size=2, max_size=2), min_size=1, max_size=4),
    st.sampled_from(",;"),
)
def test_quotes_are_no_part_of_a_value(rows, separator):
    read_back = []
    for quoting in (csv.QUOTE_ALL, csv.QUOTE_MINIMAL):
        written = io.StringIO()
        writer = csv.writer(written, delimiter=separator, quoting=quoting, lineterminator="\n")
        writer.writerows([["a", "b"], *rows])
        _, got, problems = read(written.getvalue())
        assert problems == []
        read_back.append([(cell.value, cell.raw, cell.trap) for row in got for cell in row])

    quoted, bare = read_back
    assert quoted == bare
    texts = [nfc(cell.strip()) for row in rows if any(map(str.strip, row)) for cell in row]
    assert [nfc(raw) for _, raw, _ in quoted] == texts


@given(st.text(alphabet='ab1,;" \n\r\tя\x00', max_size=30))
def test_any_text_gives_rows_as_wide_as_the_header(text):
    header, rows, problems = read(text)

    assert header or problems
    assert all(len(row) == len(header) for row in rows)
    assert all(problem.to_text("en").encode() for problem in problems)
