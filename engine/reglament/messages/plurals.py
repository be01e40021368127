"""From a language and a number to the plural form that CLDR gives it.

Of the languages of the catalogues the rules stand here (a test holds them against CLDR): to ask
Babel loads all that it knows of a language, which takes longer than the rest of a short run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.plural import PluralRule

OTHER = "other"
_ORDER = ("zero", "one", "two", "few", "many")


def _one_or_other(count: int) -> str:
    return "one" if count == 1 else OTHER


def _one_few_many(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"


# The form of a whole number; a number with digits after its point is `other` in all of them.
_OF_WHOLE: Mapping[str, Callable[[int], str]] = {
    "de": _one_or_other,
    "en": _one_or_other,
    "ru": _one_few_many,
}


def plural_form(language: str, number: int | float | Decimal) -> str:
    """`one`, `few`, `other` and so on."""
    if language not in _OF_WHOLE:
        return _rule(language)(number)
    has_point = isinstance(number, Decimal) and number.as_tuple().exponent < 0  # type: ignore[operator]
    is_whole = not has_point and number == int(number)
    return _OF_WHOLE[language](abs(int(number))) if is_whole else OTHER


@cache
def plural_forms(language: str) -> tuple[str, ...]:
    """The forms of the language besides `other`, in the order of CLDR."""
    if language not in _OF_WHOLE:
        return tuple(one for one in _ORDER if one in _rule(language).tags)
    met = set(map(_OF_WHOLE[language], range(100)))
    return tuple(one for one in _ORDER if one in met)


@cache
def _rule(language: str) -> PluralRule:
    from babel.core import Locale

    return Locale.parse(language).plural_form
