"""From the facts of a version to one function that reads a flat request.

In its source the checks of usual values stand one below the other, since a call for
each fact would take longer than the checks do. A value told in any other way, a wrong
one too, is left to the check of its fact.
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

from reglament.language.requests.fast_checks import LOCAL, NOUGHT, SHORT, Check, noughts
from reglament.language.requests.told_moments import FIRST_YEAR, LAST_YEAR
from reglament.model.regulation import Fact
from reglament.model.values import LARGEST, Kind, Value

Read = Callable[[Any], dict[str, Value]]

# What leaves the typed value as `{typed}`, where `value` is there; `{check}` is any other way.
_CHECKED = "{typed} = {check}\n"
_ANY_WORD = f"""\
if value.__class__ is not str or (
        value not in {{words}} and (len(value) >= {SHORT} or not value.isprintable()
        or not value.isascii() and not is_normalized("NFC", value))):
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
    Kind.DECIMAL: """\
if value.__class__ is str and {plain}(value):
    {typed} = decimal_from(value)
else:
    {typed} = {check}
""",
    Kind.DATE: f"""\
if value.__class__ is str and len(value) == 10 and value[7] == "-":
    day = day_from(value)
    {{typed}} = day if {FIRST_YEAR} <= day.year <= {LAST_YEAR} else {{check}}
else:
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
    KeyError, TypeError, ValueError or Unfit where it is not flat, or is wrong.
    """
    names: dict[str, Any] = {
        "day_from": date.fromisoformat,
        "moment_from": datetime.fromisoformat,
        "decimal_from": Decimal,
        "made": made,
        "LOCAL": LOCAL,
        "nought_of": noughts(zone),
        "NOUGHT": NOUGHT,
        "is_normalized": is_normalized,
        "known": checks.keys(),
    }
    lines = [] if is_whole else [_NO_OTHERS]
    for place, fact in enumerate(facts):
        names[f"check_{place}"] = checks[fact.name]
        names[f"words_{place}"] = {option: option for option in fact.type.options}
        names[f"plain_{place}"] = _plain_number(fact.type.places)
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


def _lines(fact: Fact, place: int, is_whole: bool) -> str:
    usual = _ANY_WORD if fact.type.is_open else _USUAL.get(fact.type.kind, _CHECKED)
    usual = _CHECKED if fact.refuses_near else usual
    typed = f"facts[{fact.name!r}]"
    names = {"words": f"words_{place}", "plain": f"plain_{place}"}
    lines = usual.format(typed=typed, check=f"check_{place}(value)", **names)
    lines += _bounds(fact, place).format(typed=typed, check=f"check_{place}(value)")
    if fact.is_nullable:
        lines = f"if value is not None:\n{indent(lines, '    ')}"
    lines = f"value = {typed}\n{lines}"
    if not is_whole:
        lines = f"if {fact.name!r} in facts:\n{indent(lines, '    ')}"
    return indent(lines, "    ")
