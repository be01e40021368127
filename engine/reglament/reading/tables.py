"""From a CSV file beside a policy to the rows that a list in YAML would have held."""

from __future__ import annotations

from pathlib import Path

from reglament.model.problems import Refused
from reglament.model.words import Words
from reglament.reading.csv_text import parse_csv
from reglament.reading.operators import OPERATOR_WORDS
from reglament.reading.report import Report
from reglament.reading.shown import shown_name
from reglament.reading.source import Mapping, Node, Scalar, Sequence, read_source
from reglament.reading.traps import trap_of
from reglament.reading.yaml_words import resolve

_PLAIN_COLUMNS = frozenset({"id", "from", "until", "then"})
_LISTS = frozenset({"clauses", "readings", "attaches", "overrides"})


def with_tables(report: Report, decisions: Node, folder: Path) -> Node:
    """The section `decisions` with every CSV file that a `table` names read in its place."""
    if not isinstance(decisions, Mapping):
        return decisions
    entries = tuple((key, _with_table(report, node, folder)) for key, node in decisions.entries)
    return Mapping(entries, decisions.place)


def _with_table(report: Report, decision: Node, folder: Path) -> Node:
    table = decision.get("table") if isinstance(decision, Mapping) else None
    if not isinstance(decision, Mapping) or not isinstance(table, Scalar):
        return decision
    if decision.get("rules") is not None:
        return decision  # which of the two is meant is for the schema to ask
    rows = _rows(report, table, folder)
    entries = tuple((key, rows if key.value == "table" else node) for key, node in decision.entries)
    return Mapping(entries, decision.place)


def _rows(report: Report, name: Scalar, folder: Path) -> Sequence:
    path = folder / str(name.value)
    if not str(name.value).endswith(".csv") or path.parent != folder:
        message = Words(
            ru=f"таблица - это файл `.csv` рядом с политикой, а здесь `{name.value}`",
            en=f"a table is a `.csv` file beside the policy, and here is `{name.value}`",
        )
        report.add("table-file", name, message)
        return Sequence((), name.place)
    try:
        source = read_source(path, shown_name(path))
    except Refused as refused:
        for problem in refused.problems:
            report.add(problem.code, name, problem.message, problem.hint)
        return Sequence((), name.place)
    report.sources[source.name] = source
    header, rows = parse_csv(source, report.problems)
    if header and "then" not in {column.value for column in header}:
        message = Words(ru="в таблице нет столбца `then`", en="the table has no column `then`")
        report.add("missing-key", header[0], message)
        return Sequence((), name.place)
    return Sequence(tuple(_row(header, row) for row in rows), name.place)


def _row(header: tuple[Scalar, ...], row: tuple[Scalar, ...]) -> Mapping:
    entries: list[tuple[Scalar, Node]] = []
    texts: list[tuple[Scalar, Node]] = []
    for column, cell in zip(header, row, strict=True):
        if not cell.raw:
            continue
        name = str(column.value)
        if name in ("because.ru", "because.en"):
            language = Scalar(name[-2:], name[-2:], False, column.place)
            texts.append((language, _text(cell)))
        else:
            entries.append((column, _cell(name, cell)))
    if texts:
        key = Scalar("because", "because", False, texts[0][1].place)
        entries.append((key, Mapping(tuple(texts), texts[0][1].place)))
    return Mapping(tuple(entries), row[0].place)


def _text(cell: Scalar) -> Scalar:
    return cell if cell.quoted else Scalar(cell.raw, cell.raw, False, cell.place)


def _cell(column: str, cell: Scalar) -> Node:
    if column in _LISTS:
        text = str(cell.value if cell.quoted else cell.raw)
        return Sequence(tuple(_word(one, cell) for one in text.split()), cell.place)
    if column in _PLAIN_COLUMNS or cell.quoted:
        return _text(cell) if column in ("id", "from", "until") else cell
    if "|" in cell.raw:
        pieces = [_test(one.strip(), cell) for one in cell.raw.split("|")]
        return Sequence(tuple(pieces), cell.place)
    return _test(cell.raw, cell)


def _test(text: str, cell: Scalar) -> Node:
    """A literal, or an operator and its operand: `at_least 5`."""
    word, _, rest = text.partition(" ")
    if word not in OPERATOR_WORDS or not rest.strip():
        return _word(text, cell)
    key = Scalar(word, word, False, cell.place)
    operand: Node = _word(rest.strip(), cell)
    if word.startswith("includes_"):
        operand = Sequence(tuple(_word(one, cell) for one in rest.split()), cell.place)
    return Mapping(((key, operand),), cell.place)


def _word(text: str, cell: Scalar) -> Scalar:
    return Scalar(resolve(text), text, False, cell.place, trap_of(text))
