"""Values as SQL of whole numbers: how they are counted, how far they reach, how they are divided.

Days are numbers since 1970, moments microseconds since then, decimals counted in their last place.
NULL stands for what is missing, null or cannot be computed; which of these is told beside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

from reglament.columnar.vectors.vector_values import FIRST_DAY, KIND_OF
from reglament.columnar.vectors.zone_clock import DAY
from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.moments import FIRST_YEAR, LAST_YEAR, MICROSECOND
from reglament.model.values import LARGEST, LONGEST, Kind, Type
from reglament.sql.dialects import Dialect, Unsayable

MOST: Final = 9 * 10**18  # of a whole number of 64 bits
FIRST_DAY_OF_ALL, LAST_DAY_OF_ALL = (day.toordinal() - FIRST_DAY for day in (date.min, date.max))
DAYS_TOLD: Final = (
    date(FIRST_YEAR, 1, 1).toordinal() - FIRST_DAY, date(LAST_YEAR, 12, 31).toordinal() - FIRST_DAY
)  # fmt: skip


@frozen
class Written:
    """A value as SQL: of a kind, in decimal places, from `least` to `most`.

    It can be read after so many layers of columns. `refused` is SQL for the code of the reason
    where it is NULL though all that it reads is told; None where that cannot be.
    """

    sql: str
    kind: Kind
    places: int = 0
    least: int = -MOST
    most: int = MOST
    depth: int = 0
    refused: str | None = None


def kind_of(value: Any) -> tuple[Kind, int]:
    """The kind of a value that can be a number here, and its decimal places. Raises Unsayable."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return Kind.DECIMAL, max(0, -exponent) if isinstance(exponent, int) else 0
    kind = KIND_OF.get(type(value))
    if kind is None or kind is Kind.PERIOD:
        raise Unsayable(Message("sql-value"))
    return kind, 0


def bounds_of(type_: Type) -> tuple[int, int]:
    """The least and the most of a number that a fact may tell."""
    if type_.kind is Kind.DATE:
        return DAYS_TOLD
    if type_.kind is Kind.DATETIME:
        return (DAYS_TOLD[0] - 1) * DAY, (DAYS_TOLD[1] + 2) * DAY
    if type_.kind is Kind.DURATION:
        least, most = type_.at_least or timedelta(0), type_.at_most or LONGEST
        return least // MICROSECOND, most // MICROSECOND
    scale = 10**type_.places
    least, most = (
        usual if bound is None else int(Decimal(bound) * scale)
        for bound, usual in ((type_.at_least, -LARGEST * scale), (type_.at_most, LARGEST * scale))
    )
    return least, most


def made_of(sql: str, kind: Kind, places: int, least: int, most: int, *parts: Written) -> Written:
    """What is made of these parts; where one cannot be computed, neither can it.

    Raises Unsayable where it may be too large.
    """
    depth = max((one.depth for one in parts), default=0)
    refusing = [one for one in parts if one.refused is not None]
    cases = " ".join(f"WHEN {one.sql} IS NULL THEN {one.refused}" for one in refusing)
    refused = f"CASE {cases} END" if cases else None
    if max(abs(least), abs(most)) > MOST:
        raise Unsayable(Message("sql-too-many-digits"))
    return Written(f"({sql})", kind, places, least, most, depth, refused)


def within(found: Written, least: int, most: int, code: str) -> Written:
    """NULL outside of these ends, for that reason."""
    sql = f"CASE WHEN {found.sql} BETWEEN {least} AND {most} THEN {found.sql} END"
    own = f"'{code}'"
    refused = own if found.refused is None else f"COALESCE({found.refused}, {own})"
    return replace(
        found, sql=sql, refused=refused, least=max(least, found.least), most=min(most, found.most)
    )


def bounded(found: Written) -> Written:
    """NULL past the largest number of the language."""
    most = LARGEST * 10**found.places
    if -most <= found.least and found.most <= most:
        return found
    return within(found, -most, most, "number-out-of-range")


def aligned(parts: Sequence[Written]) -> list[Written]:
    """The same numbers counted in as many places. Raises Unsayable."""
    places = max(one.places for one in parts)
    return [scaled(one, places) for one in parts]


def scaled(one: Written, places: int) -> Written:
    """The same number counted in so many places. Raises Unsayable."""
    by = 10 ** (places - one.places)
    if by == 1:
        return one
    if max(abs(one.least), abs(one.most)) * by > MOST:
        raise Unsayable(Message("sql-too-many-digits"))
    return replace(
        one, sql=f"({one.sql} * {by})", places=places, least=one.least * by, most=one.most * by
    )


def _down(dialect: Dialect, sql: str, by: int) -> str:
    return dialect.divide(sql, str(by))


def _up(dialect: Dialect, sql: str, by: int) -> str:
    return dialect.divide(f"{sql} + {by - 1}", str(by))


def _half_up(dialect: Dialect, sql: str, by: int) -> str:
    return dialect.divide(f"({sql}) * 2 + {by}", str(2 * by))


def _half_even(dialect: Dialect, sql: str, by: int) -> str:
    down = dialect.divide(sql, str(by))
    rest = f"2 * ({sql} - {down} * {by})"
    is_odd = f"{down} - 2 * {dialect.divide(down, '2')} = 1"
    return f"({down} + CASE WHEN {rest} > {by} OR ({rest} = {by} AND {is_odd}) THEN 1 ELSE 0 END)"


# By each way how a number that is not negative is divided, and how one that is, without its sign.
_Division: TypeAlias = Callable[[Dialect, str, int], str]
DIVISIONS: Final[Mapping[str, tuple[_Division, _Division]]] = {
    "down": (_down, _down), "up": (_up, _up), "half_up": (_half_up, _half_up),
    "half_even": (_half_even, _half_even), "floor": (_down, _up), "ceiling": (_up, _down),
}  # fmt: skip


def divided(dialect: Dialect, way: str, sql: str, by: int) -> str:
    """How often `by` goes into a number, rounded by the way."""
    positive, negative = DIVISIONS[way]
    below = negative(dialect, f"-({sql})", by)
    return f"CASE WHEN {sql} >= 0 THEN {positive(dialect, sql, by)} ELSE -{below} END"
