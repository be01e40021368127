"""From numbers, days, moments and durations to Russian and English words, by CLDR.

Units and time zones come from Babel, which is imported only where
they are needed: it costs more time than a decision. The names of days and
months stand in the catalogues for the same reason; the tests compare them with CLDR.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo

from reglament.messages import Language, Message, Words, languages
from reglament.messages.plurals import plural_form, plural_forms
from reglament.model.values import Period

if TYPE_CHECKING:
    from babel.core import Locale
    from babel.numbers import NumberPattern

UnitName: TypeAlias = Literal["day", "hour", "minute", "second", "month", "year"]

AND = Message("and")
OR = Message("or")
YES = Message("yes")
NO = Message("no")

# Names in a row, split at commas.
_MONTHS = Message("months-in-dates")
_WEEKDAYS = Message("weekdays")
_SHORT_WEEKDAYS = Message("weekdays-short")
_UNITS: tuple[tuple[UnitName, timedelta], ...] = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)
_SECOND = timedelta(seconds=1)


def day(value: date, language: Language) -> str:
    """`20 ноября 2026`, `20 November 2026`; fits into a sentence."""
    if language not in languages():
        from babel.dates import format_date

        return format_date(value, "long", locale=language)
    month = _named(_MONTHS, value.month - 1, language)
    return Message("date-in-words", day=value.day, month=month, year=value.year).to(language)


def month(value: date, language: Language) -> str:
    """`ноябрь 2026`, `November 2026`."""
    from babel.dates import format_date

    return format_date(value, "LLLL y", locale=language)


def full_day(value: date, language: Language) -> str:
    """`20 ноября 2026 (пятница)`, `Friday, 20 November 2026`."""
    weekday = _named(_WEEKDAYS, value.weekday(), language)
    return Message("full-day", day=day(value, language), weekday=weekday).to(language)


def letter_day(value: date, language: Language) -> str:
    """A day as letters have it: `20 ноября 2026 года`, `20 November 2026`."""
    return Message("letter-day", day=day(value, language)).to(language)


def letter_moment(value: datetime, language: Language, zone: str) -> str:
    """A moment as letters have it: `20 ноября 2026 года (пятница), 18:30`, `6:30pm on Friday …`."""
    there = in_zone(value, zone)
    is_halved = Message("hours-of-the-clock").to(language) == "12"
    return Message(
        "letter-moment",
        day=day(there, language),
        weekday=_named(_WEEKDAYS, there.weekday(), language),
        clock=_half_day(there) if is_halved else clock(there),
    ).to(language)


def _half_day(value: datetime) -> str:
    """`6:30pm`, `7pm`."""
    minute = f":{value:%M}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minute}{'am' if value.hour < 12 else 'pm'}"


def short_weekday(value: date, language: Language) -> str:
    """`пт`, `Fri`."""
    return _named(_SHORT_WEEKDAYS, value.weekday(), language)


def weekday_name(weekday: int, language: Language) -> str:
    """`пятница`, `Friday`; 0 is Monday."""
    return _named(_WEEKDAYS, weekday, language)


def _named(names: Message, index: int, language: Language) -> str:
    return names.to(language).split(", ")[index]


def clock(value: datetime | time) -> str:
    """`09:05`; with seconds (and their fractions) only where there are any."""
    if value.microsecond:
        return f"{value:%H:%M:%S}.{value.microsecond:06}".rstrip("0")
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def moment(value: datetime, language: Language, zone: str) -> str:
    """`20 ноября 2026, 18:30`, in the time of `zone`."""
    there = in_zone(value, zone)
    return f"{day(there, language)}, {clock(there)}"


def full_moment(value: datetime, language: Language, zone: str) -> str:
    """`20 ноября 2026 (пятница), 18:30`, in the time of `zone`."""
    there = in_zone(value, zone)
    return f"{full_day(there, language)}, {clock(there)}"


def to_the_minute(value: datetime) -> datetime:
    """The moment without its seconds: what people go by who are not comparing records."""
    return value.replace(second=0, microsecond=0)


def in_zone(value: datetime, zone: str) -> datetime:
    """The same moment on the clocks of `zone`; a naive one is taken to be there already."""
    return value if value.tzinfo is None else value.astimezone(ZoneInfo(zone))


def zone_name(value: datetime, language: Language, zone: str) -> str:
    """What the time of `zone` is called at that moment: `Moscow Standard Time`."""
    from babel.dates import get_timezone_name

    return get_timezone_name(in_zone(value, zone), width="long", locale=language)


def number(value: int | Decimal, language: Language, places: int = 0) -> str:
    """The exact number, thousands grouped, with at least `places` digits after the point."""
    if isinstance(value, int) and not places and -1000 < value < 1000:
        return str(value)
    pattern, locale = _pattern(_places(value, places), language)
    said: str = pattern.apply(value, locale)
    return said


@cache
def _pattern(places: int, language: Language) -> tuple[NumberPattern, Locale]:
    """What Babel reads anew of a pattern and a language at each number, which takes longest."""
    from babel.core import Locale
    from babel.numbers import parse_pattern

    return parse_pattern("#,##0" + ("." + "0" * places if places else "")), Locale.parse(language)


def counted(value: int | Decimal, forms: Sequence[str], language: Language) -> str:
    """`21 рабочий час` from the forms for one, few and many; `2 working hours` from two forms.

    The forms stand in the order of CLDR's categories. Fractions take the form of *few* where
    no other is given: `2,5 рабочих часа`. Where forms are missing, the last one stands in.
    """
    known, found = plural_forms(language), plural_form(language, value)
    last = len(known) if len(forms) > len(known) else 1
    form = known.index(found) if found in known else last
    return f"{number(value, language)} {forms[min(form, len(forms) - 1)]}"


def in_units(value: int | Decimal, unit: UnitName, language: Language) -> str:
    """`3 месяца`, `1 hour`."""
    from babel.units import format_unit

    pattern = "#,##0.######" if isinstance(value, Decimal) else None
    return format_unit(value, f"duration-{unit}", length="long", format=pattern, locale=language)


def duration(value: timedelta, language: Language) -> str:
    """`1 день 2 часа 30 минут`, exact to the microsecond."""
    if value < timedelta(0):
        return f"-{duration(-value, language)}"
    parts: list[str] = []
    rest = value
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(in_units(count, unit, language))
    if rest or not parts:
        parts.append(_seconds(rest, language))
    return " ".join(parts)


def period(value: Period, language: Language) -> str:
    """`1 год 2 месяца`, `1 year 2 months`."""
    if value.months < 0:
        return f"-{period(-value, language)}"
    years, months = divmod(value.months, 12)
    parts = [in_units(years, "year", language)] if years else []
    if months or not years:
        parts.append(in_units(months, "month", language))
    return " ".join(parts)


def listed(items: Sequence[str], language: Language, last: Words = AND) -> str:
    """`a, b and c`; with `last=OR`, `a, b or c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last.to(language)} {items[-1]}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with a capital first letter and an end."""
    if not text:
        return text
    start = capital(text)
    return start if start.endswith((".", "!", "?", "…")) else f"{start}."


def quoted(text: str, language: Language) -> str:
    """`«так»`, `“so”`."""
    return Message("quoted", text=text).to(language)


def shown(text: str) -> str:
    """Text that came with a request, unable to break a line or steer a terminal."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def _places(value: int | Decimal, least: int) -> int:
    if isinstance(value, int):
        return least
    exponent = value.as_tuple().exponent
    return max(least, -exponent) if isinstance(exponent, int) else least


def _seconds(rest: timedelta, language: Language) -> str:
    exact = Decimal(rest // timedelta(microseconds=1)) / 1_000_000
    whole = rest // _SECOND
    return in_units(whole if exact == whole else exact, "second", language)
