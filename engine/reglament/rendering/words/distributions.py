"""From how often each outcome was decided to shares, medians and histograms, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from reglament.frozen import frozen
from reglament.messages import Language, Message
from reglament.model.outcomes import Status
from reglament.model.regulation import Version
from reglament.model.values import Kind
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import (
    KEPT_APART,
    label,
    named,
    outcome_label,
    undecided,
    words_for,
)

_ALMOST_ALL = Message("more-than-percent")
MOST_BARS = 15
MOST_BINS = 8
_TIMES = (Kind.DATE, Kind.DATETIME)


@frozen
class Bar:
    """One row of a chart: what it counts, how many, and which share of all that is."""

    label: str
    count: int
    share: str
    width: float
    aside: str = ""


@frozen
class Chart:
    """Rows that are compared with each other, what they come to, and how many more there are.

    The bars of a histogram are as long as their share of the longest, others as their share of all.
    """

    title: str
    bars: Sequence[Bar]
    said: Sequence[str] = ()
    more: str = ""
    is_histogram: bool = False


def bars_of(
    counted: Sequence[tuple[str, int, str]], total: int, language: Language, whole: int = 0
) -> tuple[Bar, ...]:
    """Rows with their share of `total`, as long as their share of it, or of `whole`."""
    bars = []
    for said, count, aside in counted:
        share = Fraction(count, total) if total else Fraction(0)
        width = round(count / (whole or total or 1) * 100, 1)
        bars.append(Bar(said, count, percent(share, language), width, aside))
    return tuple(bars)


def _histogram(
    title: str,
    counted: Sequence[tuple[str, int, str]],
    total: int,
    language: Language,
    said: Sequence[str] = (),
) -> Chart:
    longest = max((count for _, count, _ in counted), default=0)
    return Chart(title, bars_of(counted, total, language, longest), said, is_histogram=True)


def percent(share: Fraction, language: Language) -> str:
    """`37 %`; a share that is neither all nor nothing is never shown as if it were."""
    whole = round(share * 100)
    if 0 < share < 1 and whole in (0, 100):
        return (_ALMOST_ALL if whole else Message("less-than-percent")).to(language)
    return Message("percent", number=lang.number(whole, language)).to(language)


def charts_of(
    version: Version, name: str, counted: Mapping[str, int], language: Language
) -> Iterator[Chart]:
    """What was decided by `name`: shares of words, and for numbers and days how they spread."""
    kind = version.decisions[name].outcome_type.kind if name in version.decisions else Kind.TEXT
    title = lang.capital(label(version, name, language))
    read = _READERS.get(kind)
    values, rest = _parted(counted, read)
    total = sum(counted.values())
    if not values:
        yield _shares(version, name, title, rest, total, language)
        return
    said = [_median(version, name, values, language)]
    if kind in _TIMES:
        yield _histogram(title, _by_month(values, language), total, language, said)
    else:
        yield _histogram(title, _bins(version, name, values, language), total, language, said)
    if kind is Kind.DATETIME:
        hours = Counter[int]()
        for value, count in values.items():
            hours[lang.in_zone(value, version.zone).hour] += count
        rows = [(f"{hour:02}:00", hours[hour], "") for hour in sorted(hours)]
        by_hour = Message("by-hour-of-day", name=title).to(language)
        yield _histogram(by_hour, rows, total, language)
    if rest:
        yield _shares(version, name, title, rest, total, language)


def waits_chart(
    version: Version, name: str, seconds: Mapping[int, int], language: Language
) -> Chart:
    """How long after the moment of the request the moment decided lies."""
    title = Message("how-long-after-request", name=lang.capital(label(version, name, language)))
    total = sum(seconds.values())
    hours = Counter[Any]()
    for wait, count in seconds.items():
        hours[Decimal(wait // 3600)] += count
    middle = timedelta(seconds=int(_middle(seconds)) // 60 * 60)
    median = Message("median", value=lang.duration(middle, language)).to(language)
    rows = [
        (Message("hours-span", span=_span(low, high)).to(language), count, "")
        for low, high, count in _binned(hours)
    ]
    return _histogram(title.to(language), rows, total, language, [median])


def _shares(
    version: Version, name: str, title: str, counted: Mapping[str, int], total: int, lang_: Language
) -> Chart:
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    rows = [
        (outcome_word(version, name, word, lang_), count, "") for word, count in ordered[:MOST_BARS]
    ]
    rest = len(ordered) - len(rows)
    said = [Message("more-rest", rest=rest).to(lang_)] if rest else []
    return Chart(title, bars_of(rows, total, lang_), said)


def outcome_word(version: Version, name: str, word: str, language: Language) -> str:
    """An outcome in words, from its text to search by."""
    if word in (Status.UNDETERMINED, Status.REFUSED):
        return undecided(word).to(language)
    if word == "kept apart":
        return KEPT_APART.to(language)
    return outcome_label(version, name, _json(word), language)


def _json(word: str) -> Any:
    """A value from its text to search by: JSON where it is no bare word."""
    import json

    if word and (word[0] in "[{" or word in ("null", "true", "false")):
        try:
            return json.loads(word)
        except ValueError:
            pass
    return word


def _parted(
    counted: Mapping[str, int], read: Callable[[str], Any] | None
) -> tuple[dict[Any, int], dict[str, int]]:
    """The counts of values that can be ordered, and of everything else."""
    values: dict[Any, int] = {}
    rest: dict[str, int] = {}
    for word, count in counted.items():
        try:
            if read is None:
                raise ValueError
            values[read(word)] = values.get(read(word), 0) + count
        except (ValueError, InvalidOperation):
            rest[word] = count
    return values, rest


def _middle(values: Mapping[Any, int]) -> Any:
    """The median; of an even number of values the lower of the two in the middle."""
    half, seen = (sum(values.values()) + 1) // 2, 0
    for value in sorted(values):
        seen += values[value]
        if seen >= half:
            return value
    raise ValueError("no value, no median")


def _median(version: Version, name: str, values: Mapping[Any, int], language: Language) -> str:
    low, middle, high = min(values), _middle(values), max(values)
    if low == high:
        always = words_for(named(version, name), low, language, version.zone)
        return Message("always-so", value=always).to(language)
    said = [
        words_for(named(version, name), one, language, version.zone) for one in (low, middle, high)
    ]
    return Message("median-of", low=said[0], value=said[1], high=said[2]).to(language)


def _by_month(values: Mapping[Any, int], language: Language) -> list[tuple[str, int, str]]:
    months = Counter[tuple[int, int]]()
    for value, count in values.items():
        months[value.year, value.month] += count
    shown = sorted(months)[-MOST_BARS:]
    return [(lang.month(date(*one, 1), language), months[one], "") for one in shown]


def _bins(
    version: Version, name: str, values: Mapping[Any, int], language: Language
) -> list[tuple[str, int, str]]:
    known, zone = named(version, name), version.zone
    if len(values) <= MOST_BARS:
        return [(words_for(known, one, language, zone), values[one], "") for one in sorted(values)]
    return [(_span(low, high), count, "") for low, high, count in _binned(values)]


def _binned(values: Mapping[Any, int]) -> list[tuple[Decimal, Decimal, int]]:
    """Spans of one width, each with how many values lie in it, its upper end left out."""
    low, high = Decimal(min(values)), Decimal(max(values))
    width = _round_width((high - low) / MOST_BINS)
    start = low // width * width
    counted = Counter[int]()
    for value, count in values.items():
        counted[int((Decimal(value) - start) // width)] += count
    return [
        (start + width * place, start + width * (place + 1), counted[place])
        for place in range(max(counted) + 1)
    ]


def _round_width(width: Decimal) -> Decimal:
    """A width that people count in: 1, 2, 5, 10, 20, …"""
    step = Decimal(1)
    while True:
        for factor in (1, 2, 5):
            if step * factor >= width:
                return step * factor
        step *= 10


def _span(low: Decimal, high: Decimal) -> str:
    return f"{low.normalize():f}–{high.normalize():f}"


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.DATE: date.fromisoformat,
    Kind.DATETIME: datetime.fromisoformat,
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
}
