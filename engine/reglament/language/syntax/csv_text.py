"""From the text of a CSV decision table to its header and rows of placed cells.

The form is RFC 4180 with `,` or `;` between cells. Quotes are no part of a value and
do not tell its type: spreadsheets put them where they like. The standard library's
csv module tells only the line on which a row ends, never where a cell begins, and
takes an unclosed quote without a word; so the few lines of grammar stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from reglament.language.syntax.source import (
    MOST_PROBLEMS,
    Scalar,
    Source,
    too_many,
    unseen_characters,
)
from reglament.language.syntax.suggest import short
from reglament.language.syntax.traps import digits_hint, trap_of
from reglament.language.syntax.yaml_lines import conflict_marks
from reglament.language.syntax.yaml_words import is_odd_number, resolve
from reglament.messages import Message
from reglament.model.problems import Place, Problem

Row = tuple[Scalar, ...]

_BLANKS = re.compile(r"[ \t\u00a0]*")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
# What Excel takes for the separator, and writes on a line of its own before the header.
TOLD_SEPARATOR = re.compile(r'"?sep=([,;\t])"?(?=[\r\n])', re.IGNORECASE)
_HEADER_MARKS = re.compile(r'"[^"]*"|[,;\r\n]')
_BARE = {mark: re.compile(rf"[^{mark}\r\n]*") for mark in ",;"}
_LINE_END = re.compile(r"\r\n|\r|\n")


def parse_csv(source: Source, problems: list[Problem]) -> tuple[Row, tuple[Row, ...]]:
    """The header and the rows that have a cell for each column; the rest joins `problems`.

    A cell, in quotes or not, is read as a bare YAML word (an empty one is null, `raw`
    tells it from a written `null`). Rows without any text are skipped.
    """
    other = other_file(source)
    if other is not None:
        problems.append(other)
        return (), ()
    unseen = unseen_characters(source)
    problems += unseen
    if unseen:
        return (), ()
    told = len(problems)
    walk = _Table(source, problems)
    if len(problems) > told:
        return (), ()  # what stands between the cells is not known
    table = [row for row in walk.rows() if any(cell.raw for cell in row)]
    if not table:
        problems.append(source.problem("csv-empty", Message("table-no-rows"), Place(source.name)))
        return (), ()
    header = tuple(as_text(cell) for cell in table[0])
    problems += islice(_header_problems(source, header), MOST_PROBLEMS)
    told = len(problems)
    fitting = tuple(row for row in table[1:] if _fits(source, problems, header, row))
    _blame_header(source, problems, told, table)
    return header, fitting


def _blame_header(source: Source, problems: list[Problem], told: int, table: list[Row]) -> None:
    """Where all the rows have one and the same other count of cells, the header is wrong."""
    counts = {len(row) for row in table[1:]}
    if len(table) <= 2 or len(counts) != 1 or counts == {len(table[0])}:
        return
    del problems[told:]
    columns, cells = len(table[0]), counts.pop()
    message = Message("header-columns-every-row", columns=columns, cells=cells)
    hint = Message("column-missing-header-one")
    problems.append(source.problem("csv-cells", message, table[0][0].place, hint))


class _Table:
    """A walk over the text, cell by cell, by offsets; `separator` is found in the header alone."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.text = source.text
        self.problems = problems
        told = TOLD_SEPARATOR.match(self.text)
        self.start = 0 if told is None else told.end()
        self.separator = self._sniff() if told is None else told[1]
        if self.separator == "\t":
            self._refuse_tabs(self.start)

    def rows(self) -> Iterator[Row]:
        here = self.start
        while here < len(self.text):
            row, here = self._row(here)
            yield row
            if too_many(self.source, self.problems, row[-1].place):
                return

    def _sniff(self) -> str:
        first = len(self.text) - len(self.text.lstrip())
        marks: list[re.Match[str]] = []
        for match in _HEADER_MARKS.finditer(self.text, first):
            if match[0] in "\r\n":
                break
            marks.append(match)
        semicolons = [mark for mark in marks if mark[0] == ";"]
        commas = [mark for mark in marks if mark[0] == ","]
        if semicolons and commas:
            self._refuse_both(min(semicolons[0].start(), commas[0].start()))
        tab = re.compile(r"[^\t\r\n]*(?=\t)").match(self.text, first)
        if not marks and tab is not None:
            self._refuse_tabs(tab.end())
        return ";" if len(semicolons) > len(commas) else ","

    def _refuse_tabs(self, at: int) -> None:
        message = Message("cells-separated-tabs")
        hint = Message("save-table-with-between")
        place = self.source.span(at, at + 1)
        self.problems.append(self.source.problem("csv-separator", message, place, hint))

    def _refuse_both(self, at: int) -> None:
        message = Message("header-holds-both")
        hint = Message("put-column-name-holds")
        place = self.source.span(at, at + 1)
        self.problems.append(self.source.problem("csv-separator", message, place, hint))

    def _row(self, here: int) -> tuple[Row, int]:
        cells: list[Scalar] = []
        while True:
            cell, here = self._cell(here)
            cells.append(cell)
            done = self.text[here : here + 1] != self.separator
            if done or len(self.problems) > MOST_PROBLEMS:
                break
            here += 1
        end = _LINE_END.match(self.text, here)
        return tuple(cells), len(self.text) if end is None else end.end()

    def _cell(self, here: int) -> tuple[Scalar, int]:
        start = self._past(_BLANKS, here)
        if self.text[start : start + 1] != '"':
            return self._bare(here)
        match = _QUOTED.match(self.text, start)
        if match is None:
            return self._unclosed(start)
        place = self.source.span(start, match.end())
        cell = cell_of(match[1].replace('""', '"').strip(), place)
        return cell, self._past_quoted(match.end())

    def _bare(self, start: int) -> tuple[Scalar, int]:
        end = self._past(_BARE[self.separator], start)
        written = self.text[start:end]
        raw = written.strip()
        first = start + len(written) - len(written.lstrip()) if raw else start
        return cell_of(raw, self.source.span(first, first + len(raw))), end

    def _unclosed(self, start: int) -> tuple[Scalar, int]:
        place = self.source.span(start, start + 1)
        message = Message("quote-opened-not-closed")
        hint = Message("close-quote-quote-inside")
        self.problems.append(self.source.problem("csv-quote", message, place, hint))
        text = self.text[start + 1 :]
        return Scalar(text, self.text[start:], True, place), len(self.text)

    def _past_quoted(self, end: int) -> int:
        after = self._past(_BLANKS, end)
        stop = self._past(_BARE[self.separator], after)
        if stop > after:
            message = Message("text-stands-after-closed")
            hint = Message("quote-inside-text-written")
            place = self.source.span(after, stop)
            self.problems.append(self.source.problem("csv-quote", message, place, hint))
        return stop

    def _past(self, pattern: re.Pattern[str], here: int) -> int:
        match = pattern.match(self.text, here)
        return here if match is None else match.end()


def cell_of(text: str, place: Place) -> Scalar:
    """The cell that holds the text: a word as YAML has it unquoted."""
    trap = digits_hint(text) if is_odd_number(text) else trap_of(text)
    return Scalar(resolve(text), text, False, place, trap)


def as_text(cell: Scalar) -> Scalar:
    """The cell as text, whatever it looks like."""
    return Scalar(cell.raw, cell.raw, False, cell.place)


def _header_problems(source: Source, header: Row) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, cell in enumerate(header, 1):
        name = str(cell.value)
        first = seen.setdefault(name, number)
        if not name:
            yield source.problem("csv-column", Message("column-no-name", number=number), cell.place)
        elif first != number:
            message = Message("name-already-column", name=short(name), first=first)
            yield source.problem("csv-column", message, cell.place)


def _opening(cell: Scalar) -> Place:
    """Where the quote of an unclosed cell stands."""
    return replace(cell.place, width=1)


def _fits(source: Source, problems: list[Problem], header: Row, row: Row) -> bool:
    if len(row) == len(header):
        return True
    if any(one.code == "csv-quote" and one.place == _opening(row[-1]) for one in problems):
        return False  # the quote that was not closed swallowed the other cells
    if too_many(source, problems, row[-1].place):
        return False
    place = row[len(header)].place if len(row) > len(header) else row[-1].place
    message = Message("row-cells-header", count=len(row), count2=len(header))
    hint = Message("empty-cell-needs-separator")
    problems.append(source.problem("csv-cells", message, place, hint))
    return False


_COMMAS = Message("save-table-csv-with")


def other_file(source: Source) -> Problem | None:
    """What keeps the file from being a table of cells with `,` or `;` between; None if nothing."""
    if source.text.startswith("PK\x03\x04"):
        message = Message("spreadsheet-no-csv")
        return source.problem("csv-separator", message, Place(source.name, width=2), _COMMAS)
    return conflict_marks(source)
