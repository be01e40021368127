"""Terms and tests of facts as SQL; what is computed once is a column of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from reglament.columnar.vectors.vector_values import Coding
from reglament.columnar.vectors.working_spans import HOUR
from reglament.columnar.vectors.zone_clock import DAY
from reglament.frozen import frozen
from reglament.functions.table import EVERY, written_name
from reglament.messages import Message
from reglament.model.conditions import Comparison, Includes, Test, Within
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import NUMBERS, Kind, Type
from reglament.sql.calendar_tables import CalendarTables, clock_moves
from reglament.sql.dialects import Dialect, Unsayable
from reglament.sql.written_arithmetic import ARITHMETIC
from reglament.sql.written_numbers import (
    DAYS_TOLD,
    FIRST_DAY_OF_ALL,
    LAST_DAY_OF_ALL,
    MOST,
    Written,
    aligned,
    bounds_of,
    divided,
    kind_of,
    made_of,
    within,
)

SHIFT: Final = 100_000  # days, by which what is divided is made positive
OPERATORS: Final[Mapping[Operator, str]] = {
    Operator.IS: "=", Operator.AT_LEAST: ">=", Operator.AT_MOST: "<=",
    Operator.MORE_THAN: ">", Operator.LESS_THAN: "<",
}  # fmt: skip


@frozen
class Defined:
    """A column: its name, what it is, and the table that is joined for it, with the condition."""

    name: str
    sql: str
    joined: str = ""


class TermWriter:
    """Writes the terms of one version; `layers` are the columns to make, one after another."""

    def __init__(
        self,
        version: Version,
        dialect: Dialect,
        columns: Mapping[str, str],
        calendar: CalendarTables,
        tables: Mapping[str, str],
    ) -> None:
        """`columns` hold the values of the facts; `tables` has the names of `days` and `spans`."""
        self.version, self.dialect, self.columns = version, dialect, columns
        self.calendar, self.tables = calendar, tables
        self.layers: list[list[Defined]] = []
        self.zone = ZoneInfo(version.zone)
        self._written: dict[Term, Written] = {}
        self._count = 0

    # Terms

    def term(self, term: Term) -> Written:
        """What the term comes to. Raises Unsayable."""
        found = self._written.get(term)
        if found is None:
            match term:
                case Constant(value):
                    return self.constant(value)
                case FactRef(name):
                    found = self._fact(name)
                case Formula():
                    found = self.kept(self._formula(term))
                case _:
                    raise Unsayable(Message("sql-picked-term"))
            self._written[term] = found
        return found

    def constant(self, value: Any) -> Written:
        """A value that the policy says."""
        kind, places = kind_of(value)
        number = Coding(kind, self.zone, places).number(value)
        if number is None or abs(number) > MOST:
            raise Unsayable(Message("sql-too-many-digits"))
        return Written(f"CAST({number} AS BIGINT)", kind, places, number, number)

    def _fact(self, name: str) -> Written:
        type_ = self.version.facts[name].type
        if type_.kind in (Kind.CHOICE, Kind.TEXT, Kind.BOOLEAN, Kind.LIST):
            return Written(self.columns[name], type_.kind)
        least, most = bounds_of(type_)
        return Written(self.columns[name], type_.kind, type_.places, least, most)

    def _formula(self, formula: Formula) -> Written:
        write = WAYS.get(formula.function)
        if write is not None:
            return write(self, formula)
        function = EVERY[formula.function]
        is_by_hours = function.needs_hours and not formula.by
        if is_by_hours and function.grid is not None and len(formula.arguments) in (1, 2):
            return self._of_days(formula)
        raise Unsayable(Message("sql-function", name=written_name(formula.function)))

    def kept(self, found: Written, joined: str = "") -> Written:
        """The value as a column, so that it is computed once a row."""
        self._count += 1
        name = f"x{self._count}"
        while len(self.layers) <= found.depth:
            self.layers.append([])
        self.layers[found.depth].append(Defined(name, found.sql, joined))
        return replace(found, sql=name, depth=found.depth + 1)

    def _joined(self, table: str, item: int, day: str) -> tuple[str, str]:
        """What a row of a table is called for the column to be made next, and how it is joined."""
        row = f"j_x{self._count + 1}"
        join = f"LEFT JOIN {self.tables[table]} AS {row}"
        return row, f"{join} ON {row}.item = {item} AND {row}.day = {day}"

    def arguments(self, formula: Formula, *kinds: Kind) -> list[Written]:
        """What the arguments come to, which must be of these kinds. Raises Unsayable."""
        found = [self.term(argument) for argument in formula.arguments]
        if kinds and tuple(one.kind for one in found) != kinds:
            raise Unsayable(Message("sql-function", name=written_name(formula.function)))
        return found

    # Days

    def _day_of(self, formula: Formula) -> Written:
        (moment,) = self.arguments(formula, Kind.DATETIME)
        local = f"{moment.sql} + {self._offset(moment)}"
        return Written(
            self._floor_day(local), Kind.DATE, 0, *DAYS_TOLD, moment.depth, moment.refused
        )

    def _floor_day(self, micros: str) -> str:
        shifted = self.dialect.divide(f"{micros} + {SHIFT * DAY}", str(DAY))
        return f"{shifted} - {SHIFT}"

    def _offset(self, moment: Written) -> str:
        return halved(moment.sql, clock_moves(self.zone))

    def _days_after(self, formula: Formula) -> Written:
        day, count = self.arguments(formula, Kind.DATE, Kind.INTEGER)
        sql, least, most = (
            f"{day.sql} + {count.sql}",
            day.least + count.least,
            day.most + count.most,
        )
        found = made_of(sql, Kind.DATE, 0, least, most, day, count)
        if least < FIRST_DAY_OF_ALL or most > LAST_DAY_OF_ALL:
            found = within(found, FIRST_DAY_OF_ALL, LAST_DAY_OF_ALL, "date-out-of-range")
        return found

    def _months_after(self, formula: Formula) -> Written:
        day, count = self.arguments(formula, Kind.DATE, Kind.INTEGER)
        months = 12 if formula.function == "years_after" else 1
        if months * max(abs(count.least), abs(count.most)) > 12 * 1_000:
            raise Unsayable(Message("sql-count-unbounded", name=written_name(formula.function)))
        if day.least < DAYS_TOLD[0] or day.most > DAYS_TOLD[1]:
            raise Unsayable(Message("sql-count-unbounded", name=written_name(formula.function)))
        sql = self._later(day.sql, f"{count.sql} * {months}")
        least, most = (31 * months * one for one in (min(0, count.least), max(0, count.most)))
        return made_of(sql, Kind.DATE, 0, day.least + least, day.most + most, day, count)

    def _later(self, day: str, count: str) -> str:
        later = self.dialect.months_after(self.dialect.day_from(day), count)
        return self.dialect.day_number(later)

    def _days_between(self, formula: Formula) -> Written:
        start, end = self.arguments(formula, Kind.DATE, Kind.DATE)
        sql = f"{end.sql} - {start.sql}"
        return made_of(
            sql, Kind.INTEGER, 0, end.least - start.most, end.most - start.least, start, end
        )

    def _months_between(self, formula: Formula) -> Written:
        start, end = self.arguments(formula, Kind.DATE, Kind.DATE)
        part = self.dialect.part_of
        years = f"({part('YEAR', end.sql)} - {part('YEAR', start.sql)})"
        count = f"({years} * 12 + {part('MONTH', end.sql)} - {part('MONTH', start.sql)})"
        counted = self.kept(made_of(count, Kind.INTEGER, 0, -20_000, 20_000, start, end))
        reached = self.kept(replace(counted, sql=self._later(start.sql, counted.sql)))
        n, at, a, b = counted.sql, reached.sql, start.sql, end.sql
        sql = (
            f"CASE WHEN {a} <= {b} THEN CASE WHEN {at} <= {b} THEN {n} ELSE {n} - 1 END"
            f" ELSE CASE WHEN {at} >= {b} THEN {n} ELSE {n} + 1 END END"
        )
        months = replace(reached, sql=sql)
        if formula.function == "months_between":
            return months
        whole = self.kept(months)
        return replace(
            whole, sql=divided(self.dialect, "down", whole.sql, 12), least=-2_000, most=2_000
        )

    def _elapsed(self, formula: Formula) -> Written:
        start, end = self.arguments(formula, Kind.DATETIME, Kind.DATETIME)
        least, most = end.least - start.most, end.most - start.least
        sql = f"{end.sql} - {start.sql}"
        passed = self.kept(made_of(sql, Kind.INTEGER, 0, least, most, start, end))
        unit = HOUR if formula.function == "hours_between" else HOUR // 60
        full = divided(self.dialect, "down", passed.sql, unit)
        return replace(passed, sql=full, least=least // unit, most=-(-most // unit))

    def _age(self, formula: Formula) -> Written:
        born, day = self.arguments(formula, Kind.DATE, Kind.DATE)
        part = self.dialect.part_of

        def in_year(one: str) -> str:
            return f"{part('MONTH', one)} * 100 + {part('DAY', one)}"

        sql = (
            f"{part('YEAR', day.sql)} - {part('YEAR', born.sql)}"
            f" - CASE WHEN {in_year(day.sql)} < {in_year(born.sql)} THEN 1 ELSE 0 END"
        )
        return made_of(sql, Kind.INTEGER, 0, -10_000, 10_000, born, day)

    def _part_of_day(self, formula: Formula) -> Written:
        (day,) = self.arguments(formula, Kind.DATE)
        part = formula.function.removesuffix("_of").upper()
        return made_of(self.dialect.part_of(part, day.sql), Kind.INTEGER, 0, 0, 10_000, day)

    # Working time

    def _working_hours_after(self, formula: Formula) -> Written:
        count = formula.arguments[1]
        if len(formula.arguments) > 2 or formula.by or not isinstance(count, Constant):
            raise Unsayable(Message("sql-function-of-facts", name=written_name(formula.function)))
        hours = self.version.hours[str(formula.hours)]
        moment = self.term(formula.arguments[0])
        if type(count.value) is not int or hours.answers_in != self.version.zone:
            raise Unsayable(Message("sql-function-of-facts", name=written_name(formula.function)))
        item = self.calendar.due(hours, count.value * HOUR, formula.tie == "closing")
        return self._by_spans(item, moment, Kind.DATETIME)

    def _by_spans(self, item: int, moment: Written, kind: Kind) -> Written:
        day = self.kept(replace(moment, sql=self._floor_day(moment.sql), kind=Kind.INTEGER))
        row, joined = self._joined("spans", item, day.sql)
        joined += f" AND {moment.sql} >= {row}.starts AND {moment.sql} < {row}.stops"
        sql = f"{row}.base + {row}.slope * ({moment.sql} - {row}.starts)"
        refused = self._else(moment, "outside-calendar")
        found = Written(sql, kind, 0, -MOST // 100, MOST // 100, day.depth, refused)
        return self.kept(found, joined)

    def _of_days(self, formula: Formula) -> Written:
        """A function of one day, whatever else it takes being said by the policy."""
        days = [argument for argument in formula.arguments if not isinstance(argument, Constant)]
        if len(days) != 1:
            raise Unsayable(Message("sql-function-of-facts", name=written_name(formula.function)))
        day = self.term(days[0])
        grid = EVERY[formula.function].grid
        kind = grid.kind if isinstance(grid, Type) else None
        if day.kind is not Kind.DATE or kind not in (Kind.DATE, Kind.INTEGER, Kind.BOOLEAN):
            raise Unsayable(Message("sql-function", name=written_name(formula.function)))
        item = self.calendar.of_days(formula, self.version.hours)
        row, joined = self._joined("days", item, day.sql)
        refused = self._else(day, "outside-calendar")
        assert kind is not None
        bounds = (FIRST_DAY_OF_ALL, LAST_DAY_OF_ALL)
        return self.kept(Written(f"{row}.value", kind, 0, *bounds, day.depth, refused), joined)

    def _else(self, argument: Written, code: str) -> str:
        own = f"'{code}'"
        if argument.refused is None:
            return own
        return f"CASE WHEN {argument.sql} IS NULL THEN {argument.refused} ELSE {own} END"

    # Tests

    def test(self, test: Test) -> Written:
        """Whether the test holds of facts that are told and not null. Raises Unsayable."""
        match test:
            case Within(moment):
                hours = self.version.hours[test.hours]
                found = self._by_spans(
                    self.calendar.is_open(hours), self.term(moment), Kind.INTEGER
                )
                return replace(found, sql=f"{found.sql} = 1")
            case Includes(FactRef(name), value):
                item = self.dialect.text(str(value))
                if not isinstance(value, str):
                    raise Unsayable(Message("sql-test", word=test.word))
                return Written(self.dialect.includes(self.columns[name], item), Kind.BOOLEAN)
            case Comparison() if type(test) is Comparison and not test.by_day:
                return self._compared(test)
        raise Unsayable(Message("sql-test", word=test.word))

    def _compared(self, test: Comparison) -> Written:
        sides = [self.term(one) for one in test.terms]
        if all(side.kind in NUMBERS for side in sides):
            sides = aligned(sides)
        is_word = all(side.kind in (Kind.CHOICE, Kind.TEXT) for side in sides)
        is_same = len({one.kind for one in sides}) == 1 or all(one.kind in NUMBERS for one in sides)
        if not is_same and not (is_word and test.operator is Operator.IS):
            raise Unsayable(Message("sql-test", word=test.word))
        one, other = sides
        sql = f"{one.sql} {OPERATORS[test.operator]} {other.sql}"
        return made_of(sql, Kind.BOOLEAN, 0, 0, 1, one, other)


def halved(micros: str, moves: Sequence[tuple[int, int]]) -> str:
    """The offset of a clock at a moment, by halves: a dozen comparisons whatever the zone."""
    if len(moves) == 1:
        return str(moves[0][1])
    middle = len(moves) // 2
    before, after = halved(micros, moves[:middle]), halved(micros, moves[middle:])
    return f"CASE WHEN {micros} < {moves[middle][0]} THEN {before} ELSE {after} END"


WAYS: Final[Mapping[str, Callable[[TermWriter, Formula], Written]]] = {
    "day_of": TermWriter._day_of,
    "days_after": TermWriter._days_after,
    "months_after": TermWriter._months_after,
    "years_after": TermWriter._months_after,
    "days_between": TermWriter._days_between,
    "months_between": TermWriter._months_between,
    "years_between": TermWriter._months_between,
    "hours_between": TermWriter._elapsed,
    "minutes_between": TermWriter._elapsed,
    "age": TermWriter._age,
    "year_of": TermWriter._part_of_day,
    "month_of": TermWriter._part_of_day,
    "working_hours_after": TermWriter._working_hours_after,
    **ARITHMETIC,
}  # fmt: skip
