"""From ISO 8601 text or Python dates to days and moments that exist, in a zone.

Every spelling of RFC 3339, and of ISO 8601 those that nobody misreads: `2026-11-20`,
`2026-11-20T18:30`, with a space for the T, with seconds and their fractions, with `Z`, `+03:00`
or `+0300`. Letters may be small.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reglament.language.requests.unwrapped import nanoseconds
from reglament.language.syntax.mismatch import TypeMismatch, wrong_type
from reglament.language.syntax.spellings import either, spelling
from reglament.messages import Message, Words
from reglament.model.moments import FIRST_YEAR, LAST_YEAR, in_zone
from reglament.model.values import Kind, Type

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOUR, _60 = "(?:[01][0-9]|2[0-3])", "[0-5][0-9]"
_DATETIME = re.compile(
    rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})[Tt ](?P<minute>(?:{_HOUR}|24):{_60})"
    rf"(?::(?P<second>{_60}|60)(?:[.](?P<fraction>[0-9]{{1,18}}))?)?"
    # Local mean time, as clocks kept it before there were zones, has seconds in its offset.
    rf"(?P<offset>[Zz]|[+-]{_HOUR}:?{_60}(?:(?<=:..):(?!00){_60})?)?"
)
LONGEST = 50


def read_date(value: object) -> date:
    """A day from 1900 to 2200; raises TypeMismatch."""
    if isinstance(value, str) and len(value) == 10 and _DATE.fullmatch(value):
        return _in_years(_parsed_date(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return _in_years(value)
    raise wrong_type(value, Type(Kind.DATE), _date_hint(value))


def read_datetime(value: object, zone: ZoneInfo) -> datetime:
    """A moment in `zone`; one told without an offset is read there. Raises TypeMismatch."""
    if isinstance(value, str) and (match := _datetime_in(value)):
        value = _parsed_datetime(match)
    if not isinstance(value, datetime):
        hint = _with_time(value) or _nearly(value)
        raise wrong_type(value, Type(Kind.DATETIME), hint)
    _in_years(value)
    if value.tzinfo is None or value.utcoffset() is None:
        value = _local(value.replace(tzinfo=zone, fold=0))
    moment = in_zone(value, zone)
    _in_years(moment)  # told on another clock, it may leave the last year on this one
    return moment


def _parsed_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _no_such(text) from None


def has_offset(text: str) -> bool:
    """Whether a text that tells a moment tells its offset from UTC too."""
    match = _datetime_in(text)
    return match is not None and match["offset"] is not None


def _datetime_in(text: str) -> re.Match[str] | None:
    return _DATETIME.fullmatch(text) if len(text) < LONGEST else None


def _parsed_datetime(match: re.Match[str]) -> datetime:
    day, minute, second = match["day"], match["minute"], match["second"] or "00"
    fraction, offset = match["fraction"] or "", match["offset"] or ""
    if fraction[6:].strip("0"):
        raise nanoseconds()
    if second == "60":
        raise _leap_second(match)
    if minute.startswith("24"):
        raise TypeMismatch(
            "hour-24", Message("not-hour-hours-run"), Message("midnight-end-day-next")
        )
    zone = offset.upper() if len(offset) != 5 else f"{offset[:3]}:{offset[3:]}"
    try:
        return datetime.fromisoformat(f"{day}T{minute}:{second}.{fraction[:6]:0<6}{zone}")
    except ValueError:
        raise _no_such(match[0]) from None


def _leap_second(match: re.Match[str]) -> TypeMismatch:
    message = Message("second-leap-second-not")
    iso = f"{match['day']}T{match['minute']}:59{match['offset'] or ''}"
    return TypeMismatch("leap-second", message, Message("write-told", told=iso))


def _no_such(text: str) -> TypeMismatch:
    return TypeMismatch("no-such-date", Message("not-such-date", text=text))


def _in_years(day: date) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    message = Message(
        "year-out-range-not", year=day.year, first_year=FIRST_YEAR, last_year=LAST_YEAR
    )
    raise TypeMismatch("year-out-of-range", message)


def _local(moment: datetime) -> datetime:
    """The moment itself, where its zone's clock shows that time exactly once (PEP 495)."""
    before, after = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    if before == after or before is None or after is None:
        return moment
    text, zone = moment.replace(tzinfo=None).isoformat(" "), str(moment.tzinfo)
    if before < after:
        message = Message("not-clock-moved-forward", text=text, zone=zone)
        raise TypeMismatch("local-time-skipped", message, _with_offset(moment))
    message = Message("came-twice-clock-moved", text=text, zone=zone)
    raise TypeMismatch("local-time-twice", message, _with_offset(moment))


def _with_offset(moment: datetime) -> Words:
    """The two moments that a clock which was moved may have shown, each with its offset."""
    both = (moment, moment.replace(fold=1))
    return either(one.isoformat(timespec=_precision(one)) for one in both)


def _precision(moment: datetime) -> str:
    if moment.microsecond:
        return "microseconds"
    return "seconds" if moment.second else "minutes"


def _with_time(value: object) -> Words | None:
    """How to tell a moment of a day that was told alone."""
    day = value.isoformat() if type(value) is date else spelling(value, Kind.DATE)
    if day is None or spelling(value, Kind.DATETIME) is not None:
        return None
    return Message("write-time-too-t00", day=day)


def _nearly(value: object) -> Words | None:
    """How a moment is written here that has a comma for a point, or an offset of hours alone."""
    if not isinstance(value, str) or len(value) >= LONGEST:
        return None
    iso = re.sub(r"([+-][0-9]{2})$", r"\1:00", value.replace(",", "."))
    return Message("write-told", told=iso) if _datetime_in(iso) else None


def _date_hint(value: object) -> Words | None:
    """The day alone of a moment."""
    if isinstance(value, datetime):
        day: str | None = value.date().isoformat()
    else:
        day = value[:10] if isinstance(value, str) and _datetime_in(value) else None
    if day is None:
        return None
    return Message("write-day-alone", day=day)
