"""From a word of another language to the word of this one that means it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reglament.functions.table import FUNCTIONS
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
_OWN = {own: frozenset(words.split()) for own, words in _MEANT.items()}


def meant_here(word: str, known: Iterable[str]) -> list[str]:
    """The known words that the word means elsewhere, in their order."""
    other = word.casefold().replace("-", "_")
    return [one for one in known if {other, f"{other}s"} & _OWN.get(one, frozenset())]


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
