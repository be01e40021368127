"""From a policy to SQL: the tables that the engine fills, and the select that decides rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.frozen import frozen
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.problems import refusal
from reglament.model.regulation import Fact
from reglament.sql.dialects import DIALECTS, OF, Dialect, DialectName
from reglament.sql.policy_select import PolicySelect
from reglament.sql.read_facts import SourceColumns
from reglament.sql.shared_tables import SharedTables

ROWS_AT_ONCE: Final = 1_000
TABLES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "steps": (("step", "INTEGER"), ("state", "INTEGER"), ("after", "INTEGER")),
    "classes": (
        ("class", "INTEGER"), ("decision", ""), ("version", ""), ("status", ""),
        ("outcome", ""), ("possible", ""), ("rules", ""), ("refused", ""),
        ("term", "INTEGER"), ("is_bound", "BOOLEAN"), ("may_rest", "BOOLEAN"),
    ),
    "days": (("item", "INTEGER"), ("day", "BIGINT"), ("value", "BIGINT")),
    "spans": (
        ("item", "INTEGER"), ("day", "BIGINT"), ("starts", "BIGINT"), ("stops", "BIGINT"),
        ("base", "BIGINT"), ("slope", "BIGINT"),
    ),
    "reasons": (
        ("reason", "INTEGER"), ("decision", ""), ("version", ""), ("clauses", ""),
        ("readings", ""), ("because_rules", ""),
    ),
}  # fmt: skip
# What a row is looked up by. Where a database thinks that there are few rows, it looks up each.
KEYS: Final[Mapping[str, str]] = {
    "steps": "step, state", "classes": "class", "days": "item, day", "spans": "item, day, starts",
    "reasons": "reason",
}  # fmt: skip
Row = tuple[Any, ...]


@frozen
class SqlTable:
    """A table that the engine fills: the names of its columns with their types, and its rows."""

    name: str
    columns: Mapping[str, str]
    rows: Sequence[Row]


@frozen
class SqlScript:
    """A policy in SQL of one `dialect`.

    `statements` create and fill the `tables`; `select` decides the rows of the table that was
    named, and can be the body of a view or of a model of dbt. `columns` are those of the result
    with their types. Rows that do not say when they are judged are judged as of `as_of`.
    """

    dialect: DialectName
    statements: tuple[str, ...]
    tables: Mapping[str, SqlTable]
    select: str
    columns: Mapping[str, str]
    as_of: datetime

    def __str__(self) -> str:
        return "".join(f"{one};\n" for one in (*self.statements, self.select))


def sql_of(
    asked: ColumnEvaluator,
    dialect: DialectName,
    source: SourceColumns,
    table: str,
    keep: Iterable[str],
    prefix: str,
    *,
    with_reasons: bool = False,
) -> SqlScript:
    """What is asked of a policy as SQL; `Policy.sql` tells what the others are. Raises Refused."""
    if dialect not in OF:
        message = Message("sql-no-dialect", name=str(dialect), listed=", ".join(DIALECTS))
        raise refusal("sql-no-dialect", message, suggestion(str(dialect), DIALECTS))
    _refuse_unknown(asked.facts, (*source.lacking, *source.told))
    names = {name: f"{prefix}_{name}" for name in TABLES}
    writer = PolicySelect(asked, OF[dialect], source, names, with_reasons=with_reasons)
    kept = [keep] if isinstance(keep, str) else list(keep)
    _refuse_taken(kept, writer.columns([]))
    select = writer.select(table, kept)  # which fills the tables
    tables = _tables(writer.shared, OF[dialect], with_reasons=with_reasons)
    statements = tuple(
        one for name, table in tables.items() for one in _filled(OF[dialect], table, KEYS[name])
    )
    columns = MappingProxyType(writer.columns(kept))
    return SqlScript(dialect, statements, MappingProxyType(tables), select, columns, asked.clock)


def _refuse_taken(keep: Sequence[str], columns: Iterable[str]) -> None:
    # Names are the same to a database whatever their case.
    taken = {column.lower() for column in columns}
    for name in keep:
        if name.lower() in taken or keep.count(name) > 1:
            raise refusal("column-twice", Message("kept-name-taken", name=name))


def _refuse_unknown(facts: Mapping[str, Fact], names: Iterable[str]) -> None:
    for name in names:
        if name not in facts:
            hint = suggestion(name, facts)
            raise refusal("unknown-fact", Message("sql-no-fact", name=name), hint)


def _tables(shared: SharedTables, dialect: Dialect, *, with_reasons: bool) -> dict[str, SqlTable]:
    rows: Mapping[str, Sequence[Row]] = {
        "steps": shared.steps,
        "classes": shared.classes,
        "days": shared.calendar.days,
        "spans": shared.calendar.spans,
        "reasons": shared.reasons,
    }
    return {
        name: SqlTable(
            shared.names[name],
            {column: type_ or dialect.text_type for column, type_ in columns},
            tuple(rows[name]),
        )
        for name, columns in TABLES.items()
        if with_reasons or name != "reasons"
    }


def _filled(dialect: Dialect, table: SqlTable, key: str) -> Iterator[str]:
    columns = ", ".join(f"{name} {type_}" for name, type_ in table.columns.items())
    yield dialect.create.format(name=table.name, columns=columns, key=key)
    for start in range(0, len(table.rows), ROWS_AT_ONCE):
        rows = table.rows[start : start + ROWS_AT_ONCE]
        values = ",\n".join(f"({', '.join(_cell(dialect, one) for one in row)})" for row in rows)
        yield f"INSERT INTO {table.name} VALUES\n{values}"


def _cell(dialect: Dialect, value: Any) -> str:
    if value is None or isinstance(value, str):
        return dialect.text(value)
    return str(value).upper() if isinstance(value, bool) else str(value)
