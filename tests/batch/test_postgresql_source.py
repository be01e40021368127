"""A table or a query of PostgreSQL is decided as a file with the same rows is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from reglament.policy import Policy
from support.cli_runner import run
from support.table_files import read_rows, requests_of, table_of, write_requests

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: PostgreSQL NOT tested")


def sql_type(type_: pa.DataType) -> str:
    if pa.types.is_timestamp(type_):
        return "timestamptz"
    return {"string": "text", "bool": "boolean", "date32[day]": "date", "int64": "bigint"}[
        str(type_)
    ]


@pytest.fixture(scope="module")
def requests(postgres_url: str) -> Iterator[pa.Table]:
    """Forty requests in the table `requests`."""
    from support.shipped import shipped

    policy = shipped("technical-support")
    table = table_of(policy, requests_of(policy, 40))
    columns = ", ".join(f'"{one.name}" {sql_type(one.type)}' for one in table.schema)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE requests ({columns})")
        marks = ", ".join(["%s"] * len(table.schema))
        rows: list[dict[str, Any]] = table.to_pylist()
        with connection.cursor() as cursor:
            values = [list(row.values()) for row in rows]
            cursor.executemany(f"INSERT INTO requests VALUES ({marks})", values)
        yield table
        connection.execute("DROP TABLE requests")


@pytest.mark.slow
def test_a_table_and_a_query_give_what_a_file_gives(
    postgres_url: str, requests: pa.Table, policy: Policy, tmp_path: Path
) -> None:
    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 40))
    query = "SELECT * FROM requests WHERE id <= 20 ORDER BY id"
    for name, arguments in {
        "file": [source],
        "table": [f"{postgres_url}&table=public.requests", "--sample-check", 40],
        "query": [postgres_url, "--query", query],
    }.items():
        result = run("batch", *arguments, "-o", tmp_path / f"{name}.parquet")
        assert result.exit_code in (0, 2), result.output

    rows = read_rows(tmp_path / "file.parquet")
    assert sorted(read_rows(tmp_path / "table.parquet"), key=lambda row: row["id"]) == rows
    assert read_rows(tmp_path / "query.parquet") == rows[:20]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "no table of the database was given"),
        ("&table=request", "the database has no table `request`\n   = did you mean `requests`?"),
        ("&query=SELEC+1", "the database answers: syntax error"),
        ("&query=SELECT+1+AS+one", "there is no column for `"),
        ("1&table=requests", "the database answers"),
    ],
)
def test_what_is_wrong_is_told_without_a_traceback(
    more: str, said: str, postgres_url: str, requests: pa.Table, tmp_path: Path
) -> None:
    result = run("batch", postgres_url + more, "-o", tmp_path / "d.parquet")

    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_an_infinite_moment_and_nothing_at_all(
    postgres_url: str, requests: pa.Table, tmp_path: Path
) -> None:
    names = [name for name in requests.schema.names if name != "request.created_at"]
    columns = ", ".join(f'"{name}"' for name in names)
    query = f"SELECT {columns}, timestamptz 'infinity' AS \"request.created_at\" FROM requests"
    result = run("batch", postgres_url, "--query", query, "-o", tmp_path / "d.parquet")
    assert result.exit_code == 2
    assert "infinity" in result.stderr

    query = "SELECT * FROM requests WHERE false"
    result = run("batch", postgres_url, "--query", query, "-o", tmp_path / "d.parquet")
    assert result.exit_code == 0, result.output
    assert read_rows(tmp_path / "d.parquet") == []
