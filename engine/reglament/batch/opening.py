"""From what a table is called on the command line to where its rows are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from glob import glob, has_magic
from pathlib import Path
from types import MappingProxyType

from reglament.batch.arrow_sources import arrow_source, parquet_source
from reglament.batch.csv_source import csv_source
from reglament.batch.json_lines_source import json_lines_source
from reglament.batch.lines_table import with_lines
from reglament.batch.postgresql_source import postgresql_source
from reglament.batch.table_sources import DATABASE, KINDS, Facts, Part, RowSource, kind_of, reading
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.layouts import telling
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, ticked
from reglament.model.problems import refusal
from reglament.model.regulation import Fact


def opened_source(name: str, facts: Facts, query: str | None = None) -> RowSource:
    """The source of that name: a file, a folder, a pattern, or a database with a table or `query`.

    `facts` say of which type the columns of text files are. Raises Refused.
    """
    if name.startswith(DATABASE):
        return postgresql_source(name, query)
    if query is not None:
        raise refusal("query-without-database", Message("query-without-database"))
    files = files_of(name)
    kind = _kind_of(files)
    if kind in ("csv", "jsonl"):
        return (csv_source if kind == "csv" else json_lines_source)(name, files, facts)
    return parquet_source(name, files, facts) if kind == "parquet" else arrow_source(name, files)


def source_for(
    evaluator: ColumnEvaluator,
    name: str,
    query: str | None,
    more: Mapping[str, Fact] = MappingProxyType({}),
) -> RowSource:
    """The table of that name, its text columns read as the facts that they tell. Raises Refused.

    `more` are facts beside those of the evaluator.
    """
    facts = {**more, **facts_by_column(evaluator)}
    source = opened_source(name, facts, query)
    for fact, file in evaluator.lines.items():
        source = with_lines(source, evaluator.lists[fact], Path(file), evaluator.lines_key)
    return source


def opened_columns(
    evaluator: ColumnEvaluator, name: str, query: str | None
) -> tuple[RowSource, Sequence[Part]]:
    """The table of that name, and its parts with the columns that tell facts. Raises Refused."""
    source = source_for(evaluator, name, query)
    evaluator.bind(source.schema)
    return source, source.parts(telling(evaluator))


def facts_by_column(evaluator: ColumnEvaluator) -> dict[str, Fact]:
    """The facts by the names of the columns that tell them."""
    facts = dict(evaluator.facts)
    for column, fact in evaluator.mapping.items():
        if fact in facts and column not in facts:
            facts[column] = facts.pop(fact)
    return facts


# -- names ----------------------------------------------------------------------------------


def files_of(name: str) -> tuple[Path, ...]:
    """The files that are meant, in the order of their names. Raises Refused where there is none."""
    with reading(name):
        return _files_of(name)


def _files_of(name: str) -> tuple[Path, ...]:
    path = Path(name)
    if path.is_dir():
        paths = sorted(one for one in path.iterdir() if _is_data(one))
        if not paths:
            raise refusal("no-table-files", Message("folder-no-tables", name=name), _ENDINGS)
        return tuple(paths)
    if path.exists():
        return (path,)
    paths = sorted(Path(one) for one in glob(name, recursive=True) if _is_data(Path(one)))
    if paths:
        return tuple(paths)
    if has_magic(name):
        raise refusal("no-table-files", Message("pattern-no-files", name=name))
    near = path.parent.iterdir() if path.parent.is_dir() else ()
    hint = suggestion(path.name, (one.name for one in near))
    raise refusal("file-missing", Message("table-not-there", name=name), hint)


def _is_data(path: Path) -> bool:
    # `_` and `.` begin what stands beside data, by a custom of many programs.
    return path.is_file() and path.name[0] not in "._" and kind_of(path) is not None


def _kind_of(files: Sequence[Path]) -> str:
    kinds = {kind_of(file): file for file in files}
    if None in kinds:
        message = Message("table-of-unknown-kind", name=str(kinds[None]))
        raise refusal("unknown-table", message, _ENDINGS)
    if len(kinds) > 1:
        first, second = (str(kind) for kind in list(kinds.values())[:2])
        raise refusal("mixed-tables", Message("tables-of-two-kinds", first=first, second=second))
    return str(next(iter(kinds)))


_ENDINGS = Message("table-endings", endings=ticked(KINDS))
