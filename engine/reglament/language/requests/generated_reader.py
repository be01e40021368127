"""From the facts of a version to one function that reads a flat request.

In its source the checks of usual values stand one below the other, since a call for
each fact would take longer than the checks do. A value told in any other way, a wrong
one too, is left to the check of its fact: what is read here that reads as well, to the same value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from textwrap import indent
from typing import Any
from unicodedata import is_normalized
from zoneinfo import ZoneInfo

from reglament.language.requests.literals import MOST_ITEMS, Parser
from reglament.language.requests.near import word_type
from reglament.model.moments import FIRST_YEAR, LAST_YEAR, NOUGHT, zone_offsets
from reglament.model.regulation import Fact
from reglament.model.values import LARGEST, Kind, Value

Read = Callable[[Any], dict[str, Value]]
Check = Callable[[Any], Any]
SHORT = 1_000

# A moment's marks: every third character from its fifth. Of all that Python reads as ISO 8601,
# only `2026-11-20T18:30`, with a space for the T, with seconds, and with `Z` or an offset,
# has these.
LOCAL = frozenset({"--T:", "--T::", "-- :", "-- ::"})
_MARKS = LOCAL | {marks + offset for marks in LOCAL for offset in ("Z", "+:", "-:")}

# What leaves the typed value as `{typed}`, where `value` is there; `{check}` is any other way.
_CHECKED = "{typed} = {check}\n"
_ANY_WORD = f"""\
if value.__class__ is not str or (
        value not in {{words}} and (len(value) >= {SHORT} or not value.isprintable()
        or not value.isascii() and not is_normalized("NFC", value))):
    {{typed}} = {{check}}
"""
_LIST_OF_WORDS = f"""\
if (value.__class__ is list or value.__class__ is tuple) and len(value) <= {MOST_ITEMS}:
    {{typed}} = tuple(map({{words}}.__getitem__, value))
else:
    {{typed}} = {{check}}
"""
_USUAL = {
    Kind.CHOICE: "{typed} = {words}[value]\n",
    Kind.TEXT: _ANY_WORD,
    Kind.BOOLEAN: """\
if value is not True and value is not False:
    {typed} = {check}
""",
    Kind.INTEGER: f"""\
if value.__class__ is not int or not {-LARGEST} <= value <= {LARGEST}:
    {{typed}} = {{check}}
""",
    # Of a Decimal as many digits as the type has, and no zero that has a sign.
    Kind.DECIMAL: """\
if value.__class__ is str and {plain}(value):
    {typed} = Decimal(value)
elif not (value.__class__ is Decimal and value.same_quantum({step})
        and LEAST <= value <= LARGEST and (value or not value.is_signed())):
    {typed} = {check}
""",
    Kind.DATE: f"""\
if value.__class__ is str and len(value) == 10 and value[7] == "-":
    day = day_from(value)
    {{typed}} = day if {FIRST_YEAR} <= day.year <= {LAST_YEAR} else {{check}}
elif value.__class__ is not date or not {FIRST_YEAR} <= value.year <= {LAST_YEAR}:
    {{typed}} = {{check}}
""",
    Kind.DATETIME: """\
if value.__class__ is str and value[4::3] in LOCAL and (value[11] != "2" or value[12] != "4"):
    moment = moment_from(value)
    nought = nought_of[moment.year]
    {typed} = {check} if nought is None else nought + (moment - NOUGHT)
else:
    {typed} = {check}
""",
}


def reader_of(
    facts: Iterable[Fact],
    checks: Mapping[Any, Check],
    zone: ZoneInfo,
    is_whole: bool,
    made: Callable[[Any], dict[str, Any]] = dict,
) -> Read:
    """A function from a flat request to its facts, typed, in a mapping `made` of the request.

    Where `is_whole`, the request must tell as many things as there are facts. It raises
    KeyError, TypeError, ValueError or TypeMismatch where it is not flat, or is wrong.
    """
    names: dict[str, Any] = {
        "day_from": date.fromisoformat,
        "moment_from": datetime.fromisoformat,
        "made": made,
        "LOCAL": LOCAL,
        "nought_of": zone_offsets(zone),
        "NOUGHT": NOUGHT,
        "is_normalized": is_normalized,
        "date": date,
        "Decimal": Decimal,
        "LEAST": Decimal(-LARGEST),
        "LARGEST": Decimal(LARGEST),
        "known": checks.keys(),
    }
    lines = [] if is_whole else [_NO_OTHERS]
    for place, fact in enumerate(facts):
        names[f"check_{place}"] = checks[fact.name]
        names[f"words_{place}"] = {option: option for option in word_type(fact.type).options}
        names[f"plain_{place}"] = _plain_number(fact.type.places)
        names[f"step_{place}"] = Decimal(1).scaleb(-fact.type.places)
        names[f"least_{place}"], names[f"most_{place}"] = fact.type.at_least, fact.type.at_most
        lines.append(_lines(fact, place, is_whole))
    source = f"def read(told):\n    facts = made(told)\n{''.join(lines)}    return facts\n"
    exec(compile(source, "<facts>", "exec"), names)
    read: Read = names["read"]
    return read


# Where there are as many things as facts, one that is none leaves out one that is.
_NO_OTHERS = """\
    if not facts.keys() <= known:
        raise KeyError
"""


def moment_check(parser: Parser, zone: ZoneInfo) -> Check:
    """The check of a moment that may be told with an offset; `parser` reads any other way."""
    from_text, nought_of = datetime.fromisoformat, zone_offsets(zone)

    def check(value: Any) -> Any:
        if value.__class__ is datetime:
            moment = value
        # Python may read the hour 24, and an offset of 60 minutes and more.
        elif (
            value.__class__ is not str
            or value[4::3] not in _MARKS
            or value[11:13] == "24"
            or (value[-3] == ":" and value[-2] > "5")
        ):
            return parser(value)
        else:
            try:
                moment = from_text(value)
            except ValueError:
                return parser(value)
        nought = nought_of[moment.year]
        if nought is None:
            return parser(value)
        # Adding is quicker than giving a moment another zone, and keeps the zone object.
        return nought + (moment - (NOUGHT if moment.tzinfo is None else nought))

    return check


@cache
def _plain_number(places: int) -> Callable[[str], object]:
    """Whether a text is a number with so many digits after the point, told as plainly as can be."""
    fraction = rf"\.[0-9]{{{places}}}" if places else ""
    return re.compile(rf"(?:0|[1-9][0-9]{{0,13}}){fraction}").fullmatch


def _bounds(fact: Fact, place: int) -> str:
    """What leaves a value out of bounds to the check."""
    outside = [
        *([f"{{typed}} < least_{place}"] if fact.type.at_least is not None else []),
        *([f"{{typed}} > most_{place}"] if fact.type.at_most is not None else []),
    ]
    return f"if {' or '.join(outside)}:\n    {{typed}} = {{check}}\n" if outside else ""


def _usual(fact: Fact) -> str:
    """What reads the usual values of the fact."""
    if fact.refuses_near:
        return _CHECKED
    if fact.type.kind is Kind.LIST and word_type(fact.type).options:
        return _CHECKED if word_type(fact.type).is_open else _LIST_OF_WORDS
    return _ANY_WORD if fact.type.is_open else _USUAL.get(fact.type.kind, _CHECKED)


def _lines(fact: Fact, place: int, is_whole: bool) -> str:
    typed = f"facts[{fact.name!r}]"
    names = {name: f"{name}_{place}" for name in ("words", "plain", "step")}
    made = {"typed": typed, "check": f"check_{place}(value)"}
    lines = _usual(fact).format(**made, **names)
    lines += _bounds(fact, place).format(**made)
    if fact.is_nullable:
        lines = f"if value is not None:\n{indent(lines, '    ')}"
    lines = f"value = {typed}\n{lines}"
    if not is_whole:
        lines = f"if {fact.name!r} in facts:\n{indent(lines, '    ')}"
    return indent(lines, "    ")
