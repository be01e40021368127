"""What SQL says of each row beside what `policy.decide` says: every cell, or how many are left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.layouts import outcome_text, possible_text
from reglament.decided import Decided
from reglament.messages import Message
from reglament.model.outcomes import Outcome, Status
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.model.values import Kind
from reglament.policy import Policy
from reglament.rendering.words.sentences import rules_that_say
from reglament.sql.script import SqlScript
from support.request_tables import Rows, told_table

Row = Mapping[str, Any]


@dataclass
class Compared:
    """How many cells were compared and how many were left to the engine; those that differ.

    `reasons` counts the decisions whose reasons were said, `unsaid` those of determined ones that
    were not.
    """

    cells: int = 0
    left: int = 0
    reasons: int = 0
    unsaid: int = 0
    wrong: list[Any] = field(default_factory=list)


def made_rows(policy: Policy, each: int, seed: int = 7) -> list[dict[str, Any]]:
    """Seeded requests: whole ones, and ones that lack a tenth and a third of the facts."""
    made = Rows(policy.versions[-1], seed)
    return [made.row(missing) for missing in (0, 0.1, 0.33) for _ in range(each)]


def as_table(policy: Policy, rows: list[dict[str, Any]]) -> pa.Table:
    """The rows with their number as `id`, and a `.told` column for each fact that may be null."""
    facts = ColumnEvaluator(policy).facts
    table = told_table(facts, rows, policy.versions[-1].zone)
    return table.add_column(0, "id", pa.array(range(len(rows))))


def told_facts(policy: Policy) -> list[str]:
    """The facts that have a column `.told` in such a table."""
    return [name for name, fact in ColumnEvaluator(policy).facts.items() if fact.is_nullable]


def listed_as_sayable(refused: Refused) -> list[str]:
    """The decisions that SQL can say, as the refusal of the others lists them."""
    hint = refused.problems[-1].hint
    assert isinstance(hint, Message)
    return str(dict(hint.values)["listed"]).split(",")


def compared(
    policy: Policy,
    rows: Sequence[Mapping[str, Any]],
    found: Iterable[Row],
    *,
    only: Sequence[str] | None = None,
    at: datetime | None = None,
) -> Compared:
    """Every cell of the rows that SQL found, in the order of the requests."""
    said = Compared()
    for row, cells in zip(rows, found, strict=True):
        compare_row(said, row, cells, decided_or_refused(policy, row, only=only, at=at))
    return said


def decided_or_refused(
    policy: Policy, row: Row, *, only: Sequence[str] | None = None, at: datetime | None = None
) -> Decided | Refused:
    """What `policy.decide` makes of the request."""
    try:
        return policy.decide(dict(row), at=at, only=only)
    except Refused as refused:
        return refused


def compare_row(said: Compared, row: Row, cells: Row, decided: Decided | Refused) -> None:
    """Compare every cell of a row with what was decided of it."""
    if isinstance(decided, Refused):
        _compare_errors(said, row, cells, {one.code for one in decided.problems})
    elif cells["error"] is not None:
        _compare_errors(said, row, cells, set())
    else:
        for name in decided.version.decisions:
            if name in cells:
                _compare_cells(said, row, cells, decided.version, decided[name])


def _compare_errors(said: Compared, row: Row, cells: Row, codes: set[str]) -> None:
    found = set((cells["error"] or "").split())
    if found == {"left-to-batch"}:
        said.left += 1
    elif found != codes:
        said.wrong.append((row, "error", found, codes))
    said.cells += 1


def _compare_cells(
    said: Compared, row: Row, cells: Row, version: Version, outcome: Outcome
) -> None:
    name, decision = outcome.decision, version.decisions[outcome.decision]
    if cells[f"{name}.status"] == "left":
        said.left += 1
        return
    value = outcome.outcome
    if decision.outcome_type.kind in (Kind.LIST, Kind.RECORD):
        value = outcome_text(decision, value) if outcome.status is Status.DETERMINED else None
    expected = {
        "": value,
        ".status": str(outcome.status),
        ".rules": " ".join(outcome.rules),
        ".refused": outcome.refused.problem.code if outcome.refused else None,
    }
    # Of what is computed the list of what is possible stands in no cell of its own.
    if cells[f"{name}.possible"] is not None or outcome.status is Status.UNDETERMINED:
        expected[".possible"] = possible_text(decision, outcome.possible)
    if f"{name}.clauses" in cells:
        said.reasons += cells[f"{name}.clauses"] is not None
        said.unsaid += cells[f"{name}.clauses"] is None and outcome.is_determined
    if cells.get(f"{name}.clauses") is not None:
        saying = rules_that_say(version, decision, outcome)
        expected[".clauses"] = None if outcome.open_clauses else " ".join(outcome.clauses)
        expected |= {".readings": " ".join(outcome.readings), ".because_rules": " ".join(saying)}
    for ending, wanted in expected.items():
        said.cells += 1
        if plain(cells[name + ending]) != plain(wanted):
            said.wrong.append((row, name + ending, cells[name + ending], wanted))


def plain(value: Any) -> Any:
    """A moment by its instant, whatever zone it is told in."""
    return value.timestamp() if isinstance(value, datetime) else value


# Engines


Ask = Callable[[pa.Table], list[Row]]


@contextmanager
def on_duckdb(script: SqlScript) -> Iterator[Ask]:
    """What DuckDB says of the rows of a table, in the order of `id`."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Asia/Vladivostok'")  # not that of the policy
        for statement in script.statements:
            connection.execute(statement)

        def ask(table: pa.Table) -> list[Row]:
            connection.register("requests", table)
            connection.execute(f"{script.select}\nORDER BY id")
            names = [one[0] for one in connection.description or ()]
            return [dict(zip(names, row, strict=True)) for row in connection.fetchall()]

        yield ask


def by_duckdb(script: SqlScript, table: pa.Table) -> list[Row]:
    """What DuckDB says of the rows, in the order of `id`."""
    with on_duckdb(script) as ask:
        return ask(table)


def postgresql_type(type_: pa.DataType) -> str:
    """The type of a column of PostgreSQL for one of Arrow."""
    if pa.types.is_timestamp(type_):
        return "timestamptz"
    if pa.types.is_decimal(type_):
        return f"numeric({type_.precision}, {type_.scale})"
    if pa.types.is_list(type_):
        return "text[]"
    if pa.types.is_duration(type_):
        return "interval"
    return {"string": "text", "bool": "boolean", "date32[day]": "date", "int64": "bigint"}[
        str(type_)
    ]


@contextmanager
def on_postgresql(url: str, script: SqlScript, *, as_view: bool = True) -> Iterator[Ask]:
    """What PostgreSQL says, by the select itself or by a view of it; nothing is kept."""
    import psycopg

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET TimeZone = 'Asia/Vladivostok'")
        for statement in script.statements:
            cursor.execute(statement.encode())

        def ask(table: pa.Table) -> list[Row]:
            columns = ", ".join(f'"{one.name}" {postgresql_type(one.type)}' for one in table.schema)
            marks = ", ".join(["%s"] * len(table.schema))
            cursor.execute("DROP TABLE IF EXISTS requests CASCADE")
            cursor.execute(f"CREATE TABLE requests ({columns})".encode())
            values = [list(row.values()) for row in table.to_pylist()]
            cursor.executemany(f"INSERT INTO requests VALUES ({marks})".encode(), values)
            cursor.execute("ANALYZE")
            select = script.select
            if as_view:
                cursor.execute(f"CREATE VIEW decided AS {select}".encode())
                select = "SELECT * FROM decided"
            cursor.execute(f"{select}\nORDER BY id".encode())
            names = [one.name for one in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

        yield ask
        connection.rollback()


def by_postgresql(url: str, script: SqlScript, table: pa.Table, *, as_view: bool) -> list[Row]:
    """What PostgreSQL says of the rows, in the order of `id`."""
    with on_postgresql(url, script, as_view=as_view) as ask:
        return ask(table)


def on_spark(spark: Any, policy: Policy, only: Sequence[str], folder: Path) -> Ask:
    """What Spark says of the rows, in the order of `id`."""
    from reglament.spark import decide_by_sql

    def ask(table: pa.Table) -> list[Row]:
        path = folder / "requests.parquet"
        parquet.write_table(table, path)
        df = spark.read.parquet(str(path))
        options: Any = {"only": only, "told": told_facts(policy), "reasons": True}
        decided = decide_by_sql(df, policy, **options).orderBy("id")
        return [row.asDict(recursive=True) for row in decided.collect()]

    return ask
