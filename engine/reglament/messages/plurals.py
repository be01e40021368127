"""From a language to the rule by which CLDR finds the plural form for a number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.plural import PluralRule

# As CLDR has them (a test holds them against it): to ask Babel for a rule loads everything that it
# knows of the language, which takes longer than the rest of a short run.
_RULES: Mapping[str, Mapping[str, str]] = {
    "de": {"one": "i = 1 and v = 0"},
    "en": {"one": "i = 1 and v = 0"},
    "ru": {
        "one": "v = 0 and i % 10 = 1 and i % 100 != 11",
        "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
        "many": "v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14",
    },
}


@cache
def plural_rule(language: str) -> PluralRule:
    """The rule of the language: from a number to `one`, `few`, `other`, ..."""
    if language in _RULES:
        from babel.plural import PluralRule

        return PluralRule(_RULES[language])
    from babel.core import Locale

    return Locale.parse(language).plural_form
