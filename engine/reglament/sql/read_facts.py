"""From the columns of a table to what they tell of each fact: its state, its value, what is wrong.

What SQL reads it reads as the reader of requests does. A value that this might read in another
way, such as a text in a form that it would mend, leaves its row to the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from reglament.columnar.vectors.vector_values import MISSING, NULL, TOLD
from reglament.columnar.vectors.zone_clock import DAY
from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.moments import FIRST_YEAR, LAST_YEAR
from reglament.model.regulation import Fact, Version
from reglament.model.values import LARGEST, Kind, Type
from reglament.sql.calendar_tables import FIRST_TOLD, PAST_TOLD, clock_moves
from reglament.sql.dialects import Dialect, Unsayable
from reglament.sql.written_numbers import DAYS_TOLD, bounds_of

LEFT_ROW: Final = "left-to-batch"
MOST_PLACES: Final = 3
LONGEST_TEXT: Final = 10_000
# Letters, digits and signs that no reader mends and that stand alone: a text of these is told as
# it is. Others may be, too, and are left to the engine.
PLAIN: Final = (
    (0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x17F), (0x386, 0x386), (0x388, 0x38A), (0x38E, 0x3A1),
    (0x3A3, 0x3CE), (0x400, 0x45F), (0x490, 0x4FF), (0x5D0, 0x5EA), (0x621, 0x64A),
    (0x1E00, 0x1E99), (0x2010, 0x2015), (0x2018, 0x201F), (0x2026, 0x2026), (0x2030, 0x2030),
    (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2190, 0x2193), (0x3041, 0x3096), (0x30A1, 0x30FA),
    (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
)  # fmt: skip

NullMeans = Literal["missing", "told"]


@frozen
class SourceColumns:
    """What the table has: a column for each fact but those `lacking`, one `<fact>.told` for those
    in `told`; `null` says what a NULL means where no such column says it.
    """

    lacking: Set[str]
    told: Set[str]
    null: NullMeans


@frozen
class ReadColumn:
    """SQL for the state of a fact, its value as terms want it, and the code of what is wrong."""

    state: str
    value: str
    error: str


class FactReader:
    """Reads the facts of one version."""

    def __init__(self, version: Version, dialect: Dialect, source: SourceColumns) -> None:
        self.version, self.dialect, self.source = version, dialect, source

    def raw(self, fact: Fact) -> tuple[str, str]:
        """The column of the fact, and whether a NULL there is told."""
        name = self.dialect.name_of
        if fact.name in self.source.lacking:
            return "NULL", "FALSE"
        reads_null = self.source.null == "told" and fact.is_nullable
        told = "TRUE" if reads_null else "FALSE"
        if fact.name in self.source.told:
            told = f"COALESCE({name(fact.name + '.told')}, {told})"
        return name(fact.name), told

    def read(self, fact: Fact, raw: str, told: str) -> ReadColumn:
        """What the columns `raw` and `told` tell. Raises Unsayable."""
        state = (
            f"CASE WHEN {raw} IS NOT NULL THEN {TOLD} WHEN {told} THEN {NULL} ELSE {MISSING} END"
        )
        if fact.name in self.source.lacking:
            return ReadColumn(str(MISSING), self._nothing(fact.type), "NULL")
        kind = fact.type.kind
        if kind not in _READ:
            raise Unsayable(Message("sql-kind", name=fact.name))
        value, checks = _READ[kind](self, fact, raw)
        wanted = self.dialect.column_types[kind]
        given = self.dialect.like(f"lower({self.dialect.type_of.format(raw)})", wanted)
        checks = {"column-wrong-type": f"NOT {given}", **checks}
        cases = " ".join(f"WHEN {wrong} THEN '{code}'" for code, wrong in checks.items())
        null = "" if fact.is_nullable else f" WHEN {told} THEN 'null-not-allowed'"
        error = f"CASE WHEN {raw} IS NOT NULL THEN CASE {cases} END{null} END"
        fine = " OR ".join(checks.values())
        sql = f"CASE WHEN {raw} IS NULL OR {fine} THEN NULL ELSE {value} END"
        return ReadColumn(state, sql, error)

    def edge(self, fact: Fact, value: str) -> str:
        """Where a told value is near an end of its type."""
        least, most = bounds_of(fact.type)
        margin = _MARGINS.get(fact.type.kind, (most - least) // 20)
        return f"COALESCE({value} < {least + margin} OR {value} > {most - margin}, FALSE)"

    def _nothing(self, type_: Type) -> str:
        sql_type = {
            Kind.CHOICE: self.dialect.text_type, Kind.TEXT: self.dialect.text_type,
            Kind.BOOLEAN: "BOOLEAN",
        }.get(type_.kind)  # fmt: skip
        return "NULL" if type_.kind is Kind.LIST else f"CAST(NULL AS {sql_type or 'BIGINT'})"

    # By kinds: the value, and SQL for each thing that may be wrong with it

    def _words(self, fact: Fact, raw: str) -> tuple[str, dict[str, str]]:
        text = f"CAST({raw} AS {self.dialect.text_type})"
        is_plain = self.dialect.like(text, f"[{_plain_class()}]*")
        length = f"char_length({text})"
        is_odd = f"NOT {is_plain} OR {length} > {LONGEST_TEXT}"
        options = ", ".join(map(self.dialect.text, fact.type.options))
        if fact.refuses_near:
            is_odd = f"{text} NOT IN ({options})" if options else "TRUE"
            return text, {LEFT_ROW: is_odd}
        checks = {LEFT_ROW: is_odd}
        if fact.type.kind is Kind.CHOICE and not fact.type.is_open:
            checks["unknown-word"] = f"{text} NOT IN ({options})"
        return text, checks

    def _boolean(self, fact: Fact, raw: str) -> tuple[str, dict[str, str]]:
        return raw, {}

    def _integer(self, fact: Fact, raw: str) -> tuple[str, dict[str, str]]:
        checks = {"out-of-range": f"{raw} NOT BETWEEN {-LARGEST} AND {LARGEST}"}
        return f"CAST({raw} AS BIGINT)", checks | _out_of_bounds(fact, raw, str)

    def _decimal(self, fact: Fact, raw: str) -> tuple[str, dict[str, str]]:
        places = fact.type.places
        if places > MOST_PLACES:
            raise Unsayable(Message("sql-too-many-digits"))
        exact = f"CAST({raw} AS DECIMAL({16 + places}, {places}))"
        within = f"{raw} BETWEEN {-LARGEST} AND {LARGEST}"
        checks = {
            "out-of-range": f"NOT {within}",
            # Cast only within range: elsewhere the cast may fail.
            "too-many-places": f"CASE WHEN {within} THEN {exact} <> {raw} ELSE FALSE END",
        }
        value = f"CAST({exact} * {10**places} AS BIGINT)"
        return value, checks | _out_of_bounds(fact, raw, str)

    def _date(self, fact: Fact, raw: str) -> tuple[str, dict[str, str]]:
        first, last = f"DATE '{FIRST_YEAR}-01-01'", f"DATE '{LAST_YEAR}-12-31'"
        checks = {"year-out-of-range": f"{raw} NOT BETWEEN {first} AND {last}"}
        day = "DATE '{}'".format
        return self.dialect.day_number(raw), checks | _out_of_bounds(fact, raw, day)

    def _datetime(self, fact: Fact, raw: str) -> tuple[str, dict[str, str]]:
        # Some days more on either side: the year is that of the policy's clock, asked below.
        micros = self.dialect.micros(raw)
        first, past = (
            f"{self.dialect.moment_type} '{day} 00:00:00+00'" for day in (FIRST_TOLD, PAST_TOLD)
        )
        near = f"{raw} BETWEEN {first} AND {past}"
        edges = [self._instant(one) for one in (DAYS_TOLD[0], DAYS_TOLD[1] + 1)]
        checks = {
            "year-out-of-range": f"NOT {near} OR {micros} < {edges[0]} OR {micros} >= {edges[1]}"
        }
        if fact.type.is_bounded:
            raise Unsayable(Message("sql-kind", name=fact.name))
        return micros, checks

    def _duration(self, fact: Fact, raw: str) -> tuple[str, dict[str, str]]:
        micros = self.dialect.length_micros(raw)
        least, most = bounds_of(fact.type)
        # One with months, or beyond what may be told: the engine says why not.
        checks = {LEFT_ROW: f"NOT COALESCE({micros} BETWEEN {least} AND {most}, FALSE)"}
        return micros, checks

    def _instant(self, day: int) -> int:
        """The first moment of a day by the policy's clock."""
        local = day * DAY
        moves = clock_moves(ZoneInfo(self.version.zone))
        offset = next(one for at, one in reversed(moves) if at + one <= local or at == moves[0][0])
        return local - offset

    def _list(self, fact: Fact, raw: str) -> tuple[str, dict[str, str]]:
        item = fact.type.item
        if item is None or item.kind is not Kind.CHOICE or item.is_open:
            raise Unsayable(Message("sql-kind", name=fact.name))
        allowed = ", ".join(map(self.dialect.text, item.options))
        # A null among the items, or a word that is none: the engine says which.
        return raw, {LEFT_ROW: f"NOT COALESCE({self.dialect.all_among(raw, allowed)}, FALSE)"}


def _out_of_bounds(fact: Fact, raw: str, write: Callable[[Any], str]) -> dict[str, str]:
    wrong = [
        f"{raw} {sign} {write(bound)}"
        for bound, sign in ((fact.type.at_least, "<"), (fact.type.at_most, ">"))
        if bound is not None
    ]
    return {"out-of-bounds": " OR ".join(wrong)} if wrong else {}


def _plain_class() -> str:
    """The signs of `PLAIN` as a class of a regular expression, none of which needs an escape."""
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in PLAIN)


_MARGINS: Final[Mapping[Kind, int]] = {
    Kind.DATE: 30 * 366, Kind.DATETIME: 30 * 366 * DAY,
}  # fmt: skip
_READ: Final = {
    Kind.CHOICE: FactReader._words, Kind.TEXT: FactReader._words,
    Kind.BOOLEAN: FactReader._boolean, Kind.INTEGER: FactReader._integer,
    Kind.DECIMAL: FactReader._decimal, Kind.DATE: FactReader._date,
    Kind.DATETIME: FactReader._datetime, Kind.LIST: FactReader._list,
    Kind.DURATION: FactReader._duration,
}  # fmt: skip
