"""From a value as people write it to its spelling in the language; none where it is a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from reglament.language.syntax.suggest import did_you_mean
from reglament.messages import Message, Words, any_of
from reglament.model.values import NUMBERS, Kind

_LONGEST = 60
_LEAST_UNIT = 4  # letters of a unit that may be misspelt
_D, _M, _Y, _REST = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})", "(?P<rest>.*)"
# Compiled when they are asked for: few processes meet anything that is misspelt.
_DAY_FIRST = rf"(?a){_D}(?P<by>[./-]){_M}(?P=by){_Y}{_REST}"
_YEAR_FIRST = rf"(?a){_Y}(?P<by>[./-]){_M}(?P=by){_D}(?!\d){_REST}"
_NAMED = rf"{_D}(?: +|-)(?P<m>[^\W\d_]{{3,9}})\.?,?(?: +|-){_Y}(?: ?г\.?(?: ?,)?)?{_REST}"
_CLOCK = (
    r"(?:[ T,]| в | at )\s*(?P<h>\d{1,2})[:.](?P<m>\d{2})(?::(?P<s>\d{2}))?"
    r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)
_TIME_OF_DAY = r"(\d{1,2})(?:[:.\-](\d{2}))?(?:[:.]00)?(?: ?(am|pm|h|ч|утра|вечера|дня))?"
_PART = r"(\d+(?:[.,]\d+)?) ?([^\W\d_]+)\.?"
_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "янв фев мар апр май июн июл авг сен окт ноя дек",
)
_WORDS = {
    1: "s sec secs second seconds с сек секунда секунды секунд",
    60: "m min mins minute minutes м мин минута минуты минут",
    3600: "h hr hrs hour hours ч час часа часов",
    86_400: "d day days д дн день дня дней",
    604_800: "w wk week weeks н нед неделя недели недель",
}
_SECONDS = {word: size for size, words in _WORDS.items() for word in words.split()}
_IN_MONTHS = {
    word: size
    for size, words in (
        (1, "m mo mon mth month months м мес месяц месяца месяцев monat monate"),
        (12, "y yr yrs year years г год года лет jahr jahre"),
    )
    for word in words.split()
}
_UNITS = ((604_800, "week"), (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
_NUMBER = r"(-?\d{1,3}(?:[ \u00a0\u202f']\d{3})+|-?\d+)([.,]\d+)?"
_AFTER_NUMBER = r"\s*(?:[^\W\d_]{1,12}\.?|[₽$€%])"


def spelling(value: object, kind: Kind) -> str | None:
    """The user's own value as the language writes it, for a type of that kind."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = value.strip().strip("«»“”„\"'‘’`").strip()
    if kind is Kind.DATE:
        return _day(text)
    if kind is Kind.DATETIME:
        return _moment(text)
    if kind is Kind.TIME:
        return (time_of_day(text) or "").strip('"') or None
    if kind is Kind.DURATION:
        return duration(text)
    if kind is Kind.PERIOD:
        return period(text)
    return _number(text, kind) if kind in NUMBERS else _truth(text, kind)


def spelling_of_any(text: str) -> str | None:
    """The same for whichever kind of day, moment, time or length of time it may be."""
    kinds = (Kind.DURATION, Kind.PERIOD, Kind.DATE, Kind.DATETIME, Kind.TIME)
    return next((found for kind in kinds if (found := spelling(text, kind)) is not None), None)


def written_as(spelt: str) -> Words:
    """The hint that spells a value."""
    return Message("write-told", told=spelt)


def _truth(text: str, kind: Kind) -> str | None:
    return text if kind is Kind.BOOLEAN and text in ("true", "false") else None


def _day(text: str) -> str | None:
    found = _date_in(text)
    if found is None:
        return None
    day, rest = found
    return day if not rest.strip() or _clock(rest) is not None else None


def _moment(text: str) -> str | None:
    day_and_rest = _date_in(text)
    clock = None if day_and_rest is None else _clock(day_and_rest[1])
    return None if day_and_rest is None or clock is None else f"{day_and_rest[0]}T{clock}"


def _date_in(text: str) -> tuple[str, str] | None:
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _NAMED):
        matched = re.fullmatch(pattern, text)
        if matched is None:
            continue
        month = _month(matched["m"])
        # With slashes, the day comes first in one country and second in another.
        is_unclear = pattern is _DAY_FIRST and matched["by"] == "/" and int(matched["d"]) <= 12
        if month is None or is_unclear:
            return None
        try:
            return date(int(matched["y"]), month, int(matched["d"])).isoformat(), matched["rest"]
        except ValueError:
            return None
    return None


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    short = text.casefold()[:3]
    short = {"мая": "май"}.get(short, short)
    return next((m.split().index(short) + 1 for m in _MONTHS if short in m.split()), None)


def _clock(text: str) -> str | None:
    matched = re.fullmatch(_CLOCK, text.rstrip())
    if matched is None or int(matched["h"]) > 23 or int(matched["m"]) > 59:
        return None
    seconds = f":{matched['s']}" if matched["s"] else ""
    offset = matched["offset"] or ""
    offset = f"{offset[:3]}:{offset[3:]}" if len(offset) == 5 else offset
    return f"{int(matched['h']):02}:{matched['m']}{seconds}{offset}"


def time_of_day(text: str) -> str | None:
    """`9.00`, `9` or `9 am` as the hours of a schedule are written."""
    matched = re.fullmatch(_TIME_OF_DAY, text.strip(), re.ASCII)
    if matched is None:
        return None
    hour, minute, half = int(matched[1]), int(matched[2] or 0), matched[3]
    if half in ("pm", "вечера", "дня") and hour < 12:
        hour += 12
    return f'"{hour:02}:{minute:02}"' if hour < 24 and minute < 60 else None


def duration(text: str) -> str | None:
    """`24h`, `1.5 hours`, `1 ч 30 мин` as a number of one unit."""
    clock = re.fullmatch(r"(\d{1,3}):([0-5]\d)", text)
    if clock is not None:
        return _in_one_unit(Decimal(int(clock[1]) * 3600 + int(clock[2]) * 60))
    found = _amount(text, _SECONDS)
    return None if found is None else _in_one_unit(*found)


def period(text: str) -> str | None:
    """`2 yrs`, `1,5 года`, `1 год 2 мес.` as years, or as months where years are not whole."""
    amount = _amount(text, _IN_MONTHS)
    if amount is None or amount[0] % 1 or not 0 < amount[0] < 10_000:
        return None
    years, months = divmod(int(amount[0]), 12)
    count, unit = (years, "year") if not months else (int(amount[0]), "month")
    return f"{count} {unit}{'s' * (count != 1)}"


def _amount(text: str, sizes: Mapping[str, int]) -> tuple[Decimal, int | None] | None:
    """What numbers of units come to, and the size of the unit if it is one; None if unknown."""
    parts = list(re.finditer(_PART, text))
    if not parts or re.sub(r"[\s,]|and|и|und", "", re.sub(_PART, "", text)):
        return None
    total, used = Decimal(0), set[int]()
    for part in parts:
        unit = part[2].casefold()
        near = did_you_mean(unit, sizes) if len(unit) >= _LEAST_UNIT else None
        size = sizes.get(unit) or sizes.get(near or "")
        if size is None:
            return None
        total += Decimal(part[1].replace(",", ".")) * size
        used.add(size)
    return total, used.pop() if len(used) == 1 else None


def _in_one_unit(seconds: Decimal, wanted: int | None = None) -> str | None:
    """In the unit that was used where it goes, else in the largest in which it is whole."""
    fitting = [(size, unit) for size, unit in _UNITS if seconds % size == 0 and seconds]
    same = [one for one in fitting if one[0] == wanted]
    if not fitting or seconds > 10**9:
        return None
    size, unit = (same or fitting)[0]
    count = int(seconds / size)
    return f"{count} {unit}{'s' * (count != 1)}"


def _number(text: str, kind: Kind) -> str | None:
    matched = re.match(_NUMBER, text)
    after = None if matched is None else re.fullmatch(_AFTER_NUMBER, text[matched.end() :])
    if matched is None or (after is None and text[matched.end() :].strip()):
        return None
    try:
        whole = re.sub(r"[ \u00a0\u202f']", "", matched[1])
        number = Decimal(whole + (matched[2] or "").replace(",", "."))
    except InvalidOperation:
        return None
    if after is not None and after[0].strip() == "%":
        number = number / 100
    if number == number.to_integral_value() and kind is Kind.INTEGER:
        return f"{int(number)}"
    return f"{number:f}" if kind is Kind.DECIMAL else None


def either(spelt: Iterable[str]) -> Words:
    """The hint that offers several spellings."""
    return Message("write-listed", listed=any_of(f"`{one}`" for one in spelt))
