"""From a text that elsewhere would be another value to the words that say how to write it."""

from __future__ import annotations

import re
from decimal import Decimal

from reglament.messages import Message, Words

_LONGEST = 80


def _text_here(word: str, write: str) -> Words:
    return Message("text-language-write", word=word, write=write)


def _spellings(words: str) -> list[str]:
    return [form for w in words.split() for form in (w, w.capitalize(), w.upper())]


_TRUTHS = {
    **{word: _text_here(word, "true") for word in _spellings("yes y on true да")},
    **{word: _text_here(word, "false") for word in _spellings("no n off false нет")},
}
_TRAPS = {
    **_TRUTHS,
    **{word: _text_here(word, "null") for word in [*_spellings("null none"), "nil"]},
}
_HUMAN_NUMBER = r"-?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|-?[0-9]+,[0-9]+"


def truth_trap(raw: str) -> Words | None:
    """What to say of a text that elsewhere is a boolean; None for `true` and `false` themselves."""
    return None if raw in ("true", "false") else _TRUTHS.get(raw)


def trap_of(raw: str) -> Words | None:
    """What to say of a text that elsewhere is a boolean, a null or a number, if another was due."""
    trap = _TRAPS.get(raw)
    if trap is None and len(raw) < _LONGEST and re.fullmatch(_HUMAN_NUMBER, raw):
        number = re.sub(r"\s", "", raw).replace(",", ".")
        trap = _text_here(raw, number)
    return trap


def number_hint(raw: str) -> Words:
    """How to write a number that YAML 1.1, YAML 1.2 and people read differently."""
    number = _as_digits(raw)
    if number is None:
        return Message("if-text-write-quotes", raw=raw[:40])
    return Message("write-quotes-if-text", number=number, raw=raw)


def digits_hint(raw: str) -> Words | None:
    """How to write such a number where quotes would not make it text."""
    number = _as_digits(raw)
    return None if number is None else Message("write-told", told=number)


def _as_digits(raw: str) -> str | None:
    bare = raw.replace("_", "").lstrip("+").lower()
    if len(bare) > 30:
        return None
    try:
        if re.match(r"-?0[xob]", bare):
            return str(int(bare, 0))
        number = Decimal(bare)
    except (ValueError, ArithmeticError):
        return None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return None
    return f"{number:f}"
