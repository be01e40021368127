"""How each database writes the few things that the emitted SQL needs.

All else (CASE, =, <=, +, *, joins on equality) is the same text everywhere. Days are numbers
since 1970, moments are microseconds since then in UTC: so nothing hangs on the zone, the
settings or the calendar of a database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

DialectName = Literal["duckdb", "postgresql", "spark"]
DIALECTS: Final[tuple[DialectName, ...]] = get_args(DialectName)
EPOCH: Final = "DATE '1970-01-01'"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words of one database.

    `type_of` gives the type of a column, of which each kind of fact wants one that matches a
    pattern of `column_types`. Each function takes and gives SQL.
    """

    name: DialectName
    quote: str
    text_type: str
    type_of: str
    column_types: Mapping[str, str]
    like: Callable[[str, str], str]
    day_number: Callable[[str], str]
    day_from: Callable[[str], str]
    micros: Callable[[str], str]
    moment_from: Callable[[str], str]
    divide: Callable[[str, str], str]
    months_after: Callable[[str, str], str]
    includes: Callable[[str, str], str]
    all_among: Callable[[str, str], str]
    item_list: Callable[[str], str]
    length: str
    # Where a database writes a select out into another one, what is reckoned once for a row would
    # be reckoned for each place that reads it: twice, and that twice again, from select to select.
    once: Callable[[str, str], str] = lambda name, select: f"(\n{select}\n)"

    def name_of(self, name: str) -> str:
        """A name in quotes."""
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def text(self, value: str | None) -> str:
        """A text as a literal; a backslash is no escape."""
        if value is None:
            return "NULL"
        if self.name == "spark":
            value = value.replace("\\", "\\\\").replace("'", "\\'")
        else:
            value = value.replace("'", "''")
        return f"'{value}'"

    def part_of(self, part: str, day: str) -> str:
        """The year, the month or the day of the month of a day told as a number."""
        return f"CAST(EXTRACT({part} FROM {self.day_from(day)}) AS BIGINT)"


_INTEGERS: Final = "(tinyint|smallint|integer|int|bigint)"

DUCKDB: Final = Dialect(
    name="duckdb",
    quote='"',
    text_type="VARCHAR",
    type_of="typeof({})",
    column_types={
        "text": "varchar|enum.*",
        "boolean": "boolean",
        "integer": _INTEGERS,
        "decimal": f"decimal.*|{_INTEGERS}",
        "date": "date",
        "datetime": "timestamp with time zone",
        "list": r"varchar\[\]",
    },
    like=lambda text, pattern: f"regexp_full_match({text}, '{pattern}')",
    day_number=lambda day: f"CAST({day} - {EPOCH} AS BIGINT)",
    day_from=lambda number: f"({EPOCH} + CAST({number} AS INTEGER))",
    micros=lambda moment: f"epoch_us({moment})",
    moment_from=lambda micros: f"make_timestamptz({micros})",
    divide=lambda one, other: f"(({one}) // ({other}))",
    months_after=lambda day, count: f"CAST({day} + to_months(CAST({count} AS INTEGER)) AS DATE)",
    includes=lambda items, item: f"list_contains({items}, {item})",
    all_among=lambda items, allowed: (
        f"(len({items}) = len(list_filter({items}, lambda one: one IN ({allowed}))))"
    ),
    item_list="[{}]".format,
    length="length({})",
)
POSTGRESQL: Final = Dialect(
    name="postgresql",
    quote='"',
    text_type="TEXT",
    type_of="CAST(pg_typeof({}) AS TEXT)",
    column_types={
        "text": "text|character varying",
        "boolean": "boolean",
        "integer": _INTEGERS,
        "decimal": f"numeric|{_INTEGERS}",
        "date": "date",
        "datetime": "timestamp with time zone",
        "list": r"text\[\]|character varying\[\]",
    },
    like=lambda text, pattern: f"({text} ~ '^({pattern})$')",
    day_number=lambda day: f"CAST({day} - {EPOCH} AS BIGINT)",
    day_from=lambda number: f"({EPOCH} + CAST({number} AS INTEGER))",
    micros=lambda moment: f"CAST(EXTRACT(EPOCH FROM {moment}) * 1000000 AS BIGINT)",
    moment_from=lambda micros: (
        f"(TIMESTAMPTZ '1970-01-01 00:00:00+00' + ({micros}) * INTERVAL '1 microsecond')"
    ),
    divide=lambda one, other: f"(({one}) / ({other}))",
    months_after=lambda day, count: (
        f"CAST({day} + make_interval(months => CAST({count} AS INTEGER)) AS DATE)"
    ),
    includes=lambda items, item: f"({item} = ANY({items}))",
    all_among=lambda items, allowed: f"({items} <@ ARRAY[{allowed}])",
    item_list="ARRAY[{}]".format,
    length="char_length({})",
    once=lambda name, select: f"MATERIALIZED (\n{select}\n)",
)
SPARK: Final = Dialect(
    name="spark",
    quote="`",
    text_type="STRING",
    type_of="typeof({})",
    column_types={
        "text": "string",
        "boolean": "boolean",
        "integer": _INTEGERS,
        "decimal": f"decimal.*|{_INTEGERS}",
        "date": "date",
        "datetime": "timestamp",
        "list": "array<string>",
    },
    like=lambda text, pattern: f"({text} RLIKE '^({pattern})$')",
    day_number=lambda day: f"CAST(datediff({day}, {EPOCH}) AS BIGINT)",
    day_from=lambda number: f"date_add({EPOCH}, CAST({number} AS INT))",
    micros=lambda moment: f"unix_micros({moment})",
    moment_from=lambda micros: f"timestamp_micros({micros})",
    divide=lambda one, other: f"(({one}) div ({other}))",
    months_after=lambda day, count: f"add_months({day}, CAST({count} AS INT))",
    includes=lambda items, item: f"array_contains({items}, {item})",
    all_among=lambda items, allowed: (
        f"(size(filter({items}, one -> NOT coalesce(one IN ({allowed}), false))) = 0)"
    ),
    item_list="array({})".format,
    length="char_length({})",
    once=lambda name, select: (
        f"(\nSELECT * FROM (\n{select}\n) LATERAL VIEW explode(array(0)) {name} AS {name}\n)"
    ),
)
OF: Final[Mapping[str, Dialect]] = {one.name: one for one in (DUCKDB, POSTGRESQL, SPARK)}
