"""From a word of another language to the word of this one that means it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reglament.functions.table import FUNCTIONS
from reglament.language.syntax.suggest import did_you_mean
from reglament.messages import Message, Words, any_of

_MOST_AKIN = 4
_LEAST_PART = 4
_MEANT = {
    **{function.name: function.elsewhere for function in FUNCTIONS.values()},
    "at_least": "gte ge min minimum >= not_less_than from_ greater_or_equal",
    "at_most": "lte le max maximum <= not_more_than less_or_equal",
    "more_than": "gt > greater_than above over greater",
    "less_than": "lt < below under smaller",
    "on_or_after": "gte ge >= since from not_before",
    "on_or_before": "lte le <= until till not_after",
    "after": "gt > later_than",
    "before": "lt < earlier_than",
    "is_not": "ne neq != <> not not_in not_equal isnt none_of",
    "includes": "contains has include in",
    "includes_any": "contains_any any_of has_any one_of",
    "includes_all": "contains_all all_of has_all",
    "includes_none": "contains_none has_none",
    "same_as": "same equals_to",
    "within": "inside during between_hours",
}
# Types of other languages, of databases, schemas and DMN.
_TYPES = {
    "choice": "enum enumeration select option options category",
    "boolean": "bool truth yes_no flag logical bit",
    "integer": "int number whole whole_number long bigint smallint count",
    "decimal": "number float double real money numeric currency amount percent",
    "date": "day calendar_date localdate",
    "datetime": "date_time date_and_time timestamp timestamptz moment instant",
    "time": "time_of_day clock clock_time timeofday localtime hour",
    "duration": "timedelta interval days_and_time_duration daytimeduration time_span timespan",
    "period": "months years_and_months years_and_months_duration yearmonthduration month years",
    "text": "string str varchar char",
    "list": "array collection set sequence",
    "record": "object struct map mapping dict",
}
_OWN_TYPES = {own: frozenset(words.split()) for own, words in _TYPES.items()}
_OWN = {own: frozenset(words.split()) for own, words in _MEANT.items()}


def meant_here(word: str, known: Iterable[str]) -> list[str]:
    """The known words that the word means elsewhere, in their order."""
    other = word.casefold().replace("-", "_")
    return [name for name in known if {other, f"{other}s"} & _OWN.get(name, frozenset())]


def types_meant(word: str, known: Iterable[str]) -> list[str]:
    """The known types that are called so, or nearly so, elsewhere, in their order."""
    other, known = re.sub(r"[-\s]+", "_", word.casefold()), tuple(known)
    names = frozenset[str]().union(*_OWN_TYPES.values())
    if other not in names and did_you_mean(word, known) is None:
        other = did_you_mean(other, names) or other
    return [name for name in known if other in _OWN_TYPES.get(name, frozenset())]


def akin(word: str, known: Iterable[str]) -> list[str]:
    """The first known words that share a part with the word: `months_after` for `month_later`."""
    own = _parts(word)
    return [one for one in known if own & _parts(one)][:_MOST_AKIN]


def _parts(word: str) -> set[str]:
    parts = re.findall(r"[a-z]+", word.casefold())
    return {part.removesuffix("s") for part in parts if len(part) >= _LEAST_PART}


def hint_of(meant: Iterable[str]) -> Words | None:
    """A hint that names the words that may be meant; None where there are none."""
    listed = [f"`{one}`" for one in meant]
    if not listed:
        return None
    return Message("did-you-mean-listed", listed=any_of(listed))
