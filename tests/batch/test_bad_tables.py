"""What is wrong with a table is told with its file and row, in words, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reglament.policy import Policy
from support.cli_runner import run
from support.laws import sample
from support.table_files import requests_of, table_of, write_requests

Make = Callable[[Path, Policy], Path]
ZONE = "Europe/Moscow"


def of_table(change: Callable[[pa.Table], pa.Table], **options: int) -> Make:
    """A Parquet file of thirty requests that were changed."""

    def make(folder: Path, policy: Policy) -> Path:
        table = change(table_of(policy, requests_of(policy, 30)))
        pq.write_table(table, folder / "r.parquet", **options)
        return folder / "r.parquet"

    return make


def of_text(name: str, text: str | bytes) -> Make:
    def make(folder: Path, policy: Policy) -> Path:
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder / name

    return make


def with_column(name: str, values: list[object], type_: pa.DataType | None = None) -> Make:
    def change(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index(name)
        return table.set_column(at, name, pa.array(values, type_))

    return of_table(change)


def renamed(old: str, new: str) -> Make:
    return of_table(
        lambda table: table.rename_columns([new if n == old else n for n in table.column_names])
    )


def with_broken_group(folder: Path, policy: Policy) -> Path:
    """The second of three row groups is not what it was."""
    path = of_table(lambda table: table, row_group_size=10)(folder, policy)
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + 20] = b"\xff" * 20
    path.write_bytes(data)
    return path


def in_two_kinds(folder: Path, policy: Policy) -> Path:
    for name in ("a.parquet", "b.jsonl"):
        write_requests(folder / name, policy, requests_of(policy, 2))
    return folder


def with_other_columns(folder: Path, policy: Policy) -> Path:
    for name in ("a.parquet", "b.parquet"):
        write_requests(folder / name, policy, requests_of(policy, 2))
    table = pq.read_table(folder / "b.parquet")
    pq.write_table(table.drop_columns(["id"]), folder / "b.parquet")
    return folder


HEAD = "requester.kind,request.fix_feasible"
BAD: dict[str, tuple[Make, list[str], str, str]] = {
    "a misspelt column": (
        renamed("request.service", "request.servise"),
        [],
        "there is no column for `request.service`\n   = did you mean `request.servise`?",
        "нет столбца для `request.service`",
    ),
    "a column that is not there": (
        of_table(lambda table: table.drop_columns(["request.service"])),
        [],
        "--missing-columns allow",
        "нет столбца для `request.service`",
    ),
    "a type that is no moment": (
        with_column("request.created_at", [1.5] * 30),
        [],
        "`request.created_at` holds `double`",
        "в столбце `request.created_at` — `double`",
    ),
    "a name twice": (
        of_table(lambda table: table.append_column("id", pa.array(range(30)))),
        [],
        "the column `id` stands twice",
        "столбец `id` стоит дважды",
    ),
    "a name that is written": (
        of_table(lambda table: table.append_column("tier", pa.array(range(30)))),
        [],
        "has the name of a column that is written",
        "называется так же, как один из столбцов вывода",
    ),
    "an unreadable row group": (
        with_broken_group,
        [],
        "rows 11 to 20 cannot be read",
        "строки с 11 по 20 не читаются",
    ),
    "no Parquet at all": (
        of_text("r.parquet", "id,tier\n"),
        [],
        "it cannot be read: Parquet",
        "файл не читается: Parquet",
    ),
    "tables of two kinds": (
        in_two_kinds,
        [],
        "tables of different kinds",
        "таблицы разных видов",
    ),
    "other columns in a later file": (
        with_other_columns,
        [],
        "the column `id` of the first file is not in this one",
        "столбца `id` из первого файла здесь нет",
    ),
    "a ragged row": (
        of_text("r.csv", f"{HEAD}\nuser,true\nuser\n"),
        ["--missing-columns", "allow"],
        "r.csv: row 2 has 1 cells, and the head has 2",
        "ячеек в строке 2: 1, а в заголовке: 2",
    ),
    "a cell that does not say whether a fact was told": (
        of_text("r.csv", f"{HEAD},key.registered_on.told\nuser,true,false\nuser,true,5\n"),
        ["--missing-columns", "allow"],
        "row 2: `key.registered_on.told`: expected `true` or `false`, found `5`",
        "строка 2: `key.registered_on.told`: ожидается `true` или `false`, а здесь `5`",
    ),
    "letters that are no UTF-8 in a line": (
        of_text("r.jsonl", b'{"requester.kind": "user"}\n{"requester.kind": "\xff"}\n'),
        [],
        "r.jsonl:2:",
        "r.jsonl:2:",
    ),
    "an empty file": (
        of_text("r.csv", ""),
        [],
        "no first line with the names",
        "нет первой строки",
    ),
    "another encoding": (
        of_text("r.csv", f"{HEAD}\n".encode() + "пользователь,true\n".encode("cp1251")),
        ["--missing-columns", "allow"],
        "byte 0xEF is wrong",
        "похоже на Windows-1251; сохраните в UTF-8",
    ),
    "an encoding of two bytes a letter": (
        of_text("r.csv", f"{HEAD}\nuser,true\n".encode("utf-16")),
        [],
        "by its start it is UTF-16\n   = save it as UTF-8",
        "судя по началу, в UTF-16",
    ),
    "lines in an encoding of two bytes a letter": (
        of_text("r.jsonl", '{"requester.kind": "user"}'.encode("utf-16")),
        [],
        "by its start it is UTF-16\n   = save it as UTF-8",
        "судя по началу, в UTF-16",
    ),
    "a column twice": (
        of_text("r.csv", "requester.kind,requester.kind\nuser,user\n"),
        ["--missing-columns", "allow"],
        "r.csv: the column `requester.kind` stands twice",
        "r.csv: столбец `requester.kind`",
    ),
    "a column twice in Parquet": (
        renamed("request.service", "request.channel"),
        ["--missing-columns", "allow"],
        "the column `request.channel` stands twice",
        "столбец `request.channel`",
    ),
    "an endless first line": (
        of_text("r.csv", "x" * 200_000),
        [],
        "r.csv: it cannot be read: field larger",
        "r.csv: файл не читается: field larger",
    ),
    "a quote that is not closed": (
        of_text("r.csv", f'{HEAD}\nuser,true\n"user,true\n'),
        ["--missing-columns", "allow"],
        "r.csv: row 2: unclosed quote",
        "r.csv: строка 2: кавычка не закрыта",
    ),
    "a quote that swallows the rows below": (
        of_text("r.csv", f'{HEAD},note\nuser,true,"x\nuser,true,y\n'),
        ["--missing-columns", "allow"],
        "r.csv:2:1: unclosed quote",
        "r.csv:2:1: кавычка не закрыта",
    ),
    "a quote that the next one closes": (
        of_text("r.csv", f'{HEAD},note\nuser,true,"x\nuser,true,"y"\nuser,true,z'),
        ["--missing-columns", "allow"],
        "r.csv:2:1: unclosed quote",
        "r.csv:2:1: кавычка не закрыта",
    ),
    "a table of something else": (
        of_text("r.csv", "name,price\ntea,3\n"),
        ["--missing-columns", "allow"],
        "no column gives a fact of the policy\n   = a column has the name of its fact",
        "ни один столбец не содержит факта регламента",
    ),
    "a file that is not there": (
        lambda folder, policy: folder / "requests.parqet",
        [],
        "requests.parqet` not found",
        "requests.parqet` не найден",
    ),
    "a name that says nothing": (
        of_text("r.xls", "x"),
        [],
        "does not say what kind of table it is",
        "не понять, какого вида эта таблица",
    ),
    "an unknown decision": (
        of_table(lambda table: table),
        ["--only", "teir"],
        "did you mean `tier`?",
        "может быть, `tier`?",
    ),
    "a mapping to nothing": (
        of_table(lambda table: table),
        ["--map", "request.service=request.servic"],
        "did you mean `request.service`?",
        "может быть, `request.service`?",
    ),
    "a mapping that is none": (
        of_table(lambda table: table),
        ["--map", "request.service"],
        "expected a column and the fact that it gives",
        "ожидается столбец и факт",
    ),
    "a column to keep": (
        of_table(lambda table: table),
        ["--keep", "ids"],
        "no column `ids` to keep\n   = did you mean `id`?",
        "столбца `ids` нет",
    ),
}


@pytest.mark.parametrize("name", sample([*BAD], 5))
def test_it_is_told_in_words_with_its_place(name: str, policy: Policy, tmp_path: Path) -> None:
    make, options, english, russian = BAD[name]
    folder, output = tmp_path / "in", tmp_path / "out" / "d.parquet"
    folder.mkdir()
    output.parent.mkdir()
    source = make(folder, policy)

    for language, said in (("en", english), ("ru", russian)):
        named = ["--policy", "technical-support", "--lang", language]
        result = run("batch", source, "-o", output, *named, *options)

        assert result.exit_code == 2
        assert said in result.stderr
        assert "Traceback" not in result.output
    assert list(output.parent.iterdir()) == []


def test_a_refused_row_carries_its_error_and_never_a_null(policy: Policy, tmp_path: Path) -> None:
    """Moscow's clocks showed 01:30 of that day twice, and 02:30 of the other never."""
    moments = [datetime(2014, 10, 26, 1, 30), datetime(2011, 3, 27, 2, 30)]
    moments += [datetime(2026, 3, 3, 12)] * 28
    make = with_column("request.created_at", moments, pa.timestamp("us"))

    result = run("batch", make(tmp_path, policy), "-o", tmp_path / "d.csv", "--layout", "narrow")

    assert result.exit_code == 2
    assert "Rows refused, with their error in the output: 2" in result.stderr
    lines = (tmp_path / "d.csv").read_text("utf-8").splitlines()
    assert "ambiguous" in lines[1] or "twice" in lines[1]
    assert all(line.endswith(",,") for line in lines[3:])


def test_an_older_file_stays_until_a_whole_one_takes_its_place(
    policy: Policy, tmp_path: Path
) -> None:
    output = tmp_path / "d.parquet"
    output.write_text("older")

    result = run("batch", with_broken_group(tmp_path, policy), "-o", output)

    assert result.exit_code == 2
    assert output.read_text() == "older"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["d.parquet", "r.parquet"]


@pytest.mark.parametrize(
    ("options", "english", "russian"),
    [
        (("--manifest", "no/m.json"), "cannot write the file", "не удалось записать файл"),
        (("--log", "no/log.db"), "unable to open database file", "unable to open database file"),
        (("--log", "r.parquet"), "file is not a database", "file is not a database"),
    ],
)
def test_what_is_written_last_is_tried_first(
    options: tuple[str, str], english: str, russian: str, policy: Policy, tmp_path: Path
) -> None:
    source = of_table(lambda table: table)(tmp_path, policy)
    option, name = options

    for language, said in (("en", english), ("ru", russian)):
        named = (option, tmp_path / name, "--lang", language)
        result = run("batch", source, "-o", tmp_path / "d.parquet", *named)
        assert result.exit_code == 2
        assert said in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["r.parquet"]


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    for language, said in (("en", "the database answers: Invalid IPv6 URL"), ("ru", "IPv6")):
        named = ("-o", tmp_path / "d.parquet", "--lang", language)
        result = run("batch", "postgresql://user:secret@[x?table=r", *named)
        assert result.exit_code == 2
        assert said in result.stderr
        assert "secret" not in result.output


def test_the_input_is_never_written_over(policy: Policy, tmp_path: Path) -> None:
    source = of_table(lambda table: table)(tmp_path, policy)
    before = source.read_bytes()

    result = run("batch", source, "-o", tmp_path / "x" / ".." / "r.parquet")

    assert result.exit_code == 2
    assert source.read_bytes() == before


def test_counts_leave_out_a_moment_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        "request.created_at,request.channel\n2026-11-20T23:30-01:00,portal\n2026-13-45T10:00,portal\n"
    )

    result = run(
        *("batch", tmp_path / "r.csv", "--summary", "--json", "--only", "channel"),
        *("--missing-columns", "allow"),
    )

    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert (found["rows"], found["refused"]) == (2, 1)
    assert found["months"] == {"2026-11": 1}
    assert found["outcomes"] == {"channel": {"accepted": 1}}


def test_a_table_of_moments_that_are_none_is_refused_row_by_row(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("request.created_at\n2026-13-45T10:00\n2026-13-46T10:00\n")

    result = run(
        *("batch", tmp_path / "r.csv", "-o", tmp_path / "d.jsonl", "--only", "desk"),
        *("--missing-columns", "allow"),
    )

    rows = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text().splitlines()]
    assert (result.exit_code, [row["desk"] for row in rows]) == (2, [None, None])
    assert all(row["error"] for row in rows)
