"""How each database writes the few things that the emitted SQL needs.

All else (CASE, =, <=, +, *, joins on equality) is the same text everywhere. Days are numbers
since 1970, moments are microseconds since then in UTC: so nothing hangs on the zone, the
settings or the calendar of a database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, get_args

from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.values import Kind


class Unsayable(Exception):
    """What a decision asks, or comes to, has no exact form in SQL; `why` names it."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(str(why))


DialectName = Literal["duckdb", "postgresql", "spark"]
DIALECTS: Final[tuple[DialectName, ...]] = get_args(DialectName)
EPOCH: Final = "DATE '1970-01-01'"


@frozen
class Dialect:
    """The words of one database; what most of them share is said once, as what is usual.

    `type_of` gives the type of a column, of which each kind of fact wants one that matches a
    pattern of `column_types`. `create` has places for a name, the columns and the key. Each
    function takes and gives SQL.
    """

    name: DialectName
    column_types: Mapping[Kind, str]
    like: Callable[[str, str], str]
    micros: Callable[[str], str]
    moment_from: Callable[[str], str]
    length_micros: Callable[[str], str]
    length_from: Callable[[str], str]
    months_after: Callable[[str, str], str]
    includes: Callable[[str, str], str]
    all_among: Callable[[str, str], str]
    divided_by: str
    quote: str = '"'
    escapes: tuple[tuple[str, str], ...] = (("'", "''"),)
    text_type: str = "TEXT"
    moment_type: str = "TIMESTAMPTZ"
    length_type: str = "INTERVAL"
    type_of: str = "typeof({})"
    create: str = "CREATE TABLE {name} ({columns})"
    day_number: Callable[[str], str] = lambda day: f"CAST({day} - {EPOCH} AS BIGINT)"
    day_from: Callable[[str], str] = lambda number: f"({EPOCH} + CAST({number} AS INTEGER))"
    # Where a database writes a select out into another one, what is computed once for a row would
    # be computed for each place that reads it: twice, and that twice again, from select to select.
    once: Callable[[str, str], str] = lambda name, select: f"(\n{select}\n)"

    def name_of(self, name: str) -> str:
        """A name in quotes."""
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def text(self, value: str | None) -> str:
        """A text as a literal, whatever signs it has."""
        if value is None:
            return "NULL"
        return f"'{value.translate(str.maketrans(dict[str, str | int | None](self.escapes)))}'"

    def divide(self, one: str, other: str) -> str:
        """The whole part of a quotient of numbers that are not negative."""
        return f"(({one}) {self.divided_by} ({other}))"

    def part_of(self, part: str, day: str) -> str:
        """The year, the month or the day of the month of a day told as a number."""
        return f"CAST(EXTRACT({part} FROM {self.day_from(day)}) AS BIGINT)"


_INTEGERS: Final = "(tinyint|smallint|integer|int|bigint)"


def _types(
    text: str, decimal: str, moment: str, items: str, length: str = "interval"
) -> Mapping[Kind, str]:
    return {
        Kind.CHOICE: text, Kind.TEXT: text, Kind.BOOLEAN: "boolean", Kind.INTEGER: _INTEGERS,
        Kind.DECIMAL: f"{decimal}|{_INTEGERS}", Kind.DATE: "date", Kind.DATETIME: moment,
        Kind.LIST: items, Kind.DURATION: length,
    }  # fmt: skip


def _summed(length: str, second: Callable[[str], str], months: str = "") -> str:
    """The microseconds of a span of time, part by part; NULL of months, and of a very long one."""
    part = "EXTRACT({} FROM " + length + ")"
    near = [f"{part.format(one)} BETWEEN -10000000 AND 10000000" for one in ("DAY", "HOUR")]
    minutes = f"(CAST({part.format('DAY')} AS BIGINT) * 24 + {part.format('HOUR')}) * 60"
    minutes = f"CAST({minutes} + {part.format('MINUTE')} AS BIGINT)"
    micros = f"{minutes} * 60000000 + {second(part)}"
    return f"CASE WHEN {' AND '.join([*near, *filter(None, [months])])} THEN {micros} END"


def _without_months(length: str) -> str:
    return f"EXTRACT(YEAR FROM {length}) = 0 AND EXTRACT(MONTH FROM {length}) = 0"


def _seconds(part: str) -> str:
    """Of a database whose seconds have a fraction, which is exact."""
    return f"CAST({part.format('SECOND')} * 1000000 AS BIGINT)"


DUCKDB: Final = Dialect(
    name="duckdb",
    text_type="VARCHAR",
    column_types=_types("varchar|enum.*", "decimal.*", "timestamp with time zone", r"varchar\[\]"),
    like=lambda text, pattern: f"regexp_full_match({text}, '{pattern}')",
    micros=lambda moment: f"epoch_us({moment})",
    moment_from=lambda micros: f"make_timestamptz({micros})",
    length_micros=lambda length: _summed(
        length, lambda part: part.format("MICROSECONDS"), _without_months(length)
    ),
    length_from=lambda micros: f"to_microseconds({micros})",
    months_after=lambda day, count: f"CAST({day} + to_months(CAST({count} AS INTEGER)) AS DATE)",
    includes=lambda items, item: f"list_contains({items}, {item})",
    all_among=lambda items, allowed: (
        f"(len({items}) = len(list_filter({items}, lambda one: one IN ({allowed}))))"
    ),
    divided_by="//",
)
POSTGRESQL: Final = Dialect(
    name="postgresql",
    type_of="CAST(pg_typeof({}) AS TEXT)",
    column_types=_types(
        "text|character varying",
        "numeric",
        "timestamp with time zone",
        r"text\[\]|character varying\[\]",
    ),
    like=lambda text, pattern: f"({text} ~ '^({pattern})$')",
    micros=lambda moment: f"CAST(EXTRACT(EPOCH FROM {moment}) * 1000000 AS BIGINT)",
    moment_from=lambda micros: (
        f"(TIMESTAMPTZ '1970-01-01 00:00:00+00' + ({micros}) * INTERVAL '1 microsecond')"
    ),
    length_micros=lambda length: _summed(length, _seconds, _without_months(length)),
    length_from=lambda micros: f"(({micros}) * INTERVAL '1 microsecond')",
    months_after=lambda day, count: (
        f"CAST({day} + make_interval(months => CAST({count} AS INTEGER)) AS DATE)"
    ),
    includes=lambda items, item: f"({item} = ANY({items}))",
    all_among=lambda items, allowed: f"({items} <@ ARRAY[{allowed}])",
    divided_by="/",
    create="CREATE TABLE {name} ({columns}, PRIMARY KEY ({key}))",
    once=lambda name, select: f"MATERIALIZED (\n{select}\n)",
)
SPARK: Final = Dialect(
    name="spark",
    quote="`",
    escapes=(("\\", "\\\\"), ("'", "\\'")),
    text_type="STRING",
    moment_type="TIMESTAMP",
    column_types=_types(
        "string", "decimal.*", "timestamp", "array<string>", "interval (day|hour|minute|second).*"
    ),
    like=lambda text, pattern: f"({text} RLIKE '^({pattern})$')",
    day_number=lambda day: f"CAST(datediff({day}, {EPOCH}) AS BIGINT)",
    day_from=lambda number: f"date_add({EPOCH}, CAST({number} AS INT))",
    micros=lambda moment: f"unix_micros({moment})",
    moment_from=lambda micros: f"timestamp_micros({micros})",
    length_micros=lambda length: _summed(length, _seconds),
    length_from=lambda micros: (
        f"make_dt_interval(0, 0, 0, CAST({micros} AS DECIMAL(20, 0)) / 1000000)"
    ),
    length_type="INTERVAL DAY TO SECOND",
    months_after=lambda day, count: f"add_months({day}, CAST({count} AS INT))",
    includes=lambda items, item: f"array_contains({items}, {item})",
    all_among=lambda items, allowed: (
        f"(size(filter({items}, one -> NOT coalesce(one IN ({allowed}), false))) = 0)"
    ),
    divided_by="div",
    create="CREATE TABLE {name} ({columns}) USING PARQUET",
    once=lambda name, select: (
        f"(\nSELECT * FROM (\n{select}\n) LATERAL VIEW explode(array(0)) {name} AS {name}\n)"
    ),
)
OF: Final[Mapping[str, Dialect]] = {one.name: one for one in (DUCKDB, POSTGRESQL, SPARK)}
