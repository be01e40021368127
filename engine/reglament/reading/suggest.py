"""From what was written to what was likely meant: near words, traps of YAML, number forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from reglament.model.words import Words

_LOOK_ALIKE = dict(zip("асеорхуіјѕкАВЕКМНОРСТУХІЈЅ", "aceopxyijskABEKMHOPCTYXIJS", strict=True))
_TO_LATIN = str.maketrans(_LOOK_ALIKE)
_LONGEST = 80


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`; None where none is near. Ties go to the alphabet."""
    if not word or len(word) > _LONGEST:
        return None
    words = sorted(set(known) - {word})
    skeleton = _skeleton(word)
    for one in words:
        if _skeleton(one) == skeleton:
            return one
    return _nearest(skeleton, words) or _by_last_part(skeleton, words)


def suggestion(word: str, known: Iterable[str]) -> Words | None:
    """A hint that names the nearest known word, and a letter of another alphabet if one hides."""
    meant = did_you_mean(word, known)
    if meant is None:
        return None
    asked = Words(ru=f"может быть, `{meant}`?", en=f"did you mean `{meant}`?")
    stray = _stray(word, meant)
    if stray is None:
        return asked
    return Words(ru=f"{stray.ru}; {asked.ru}", en=f"{stray.en}; {asked.en}")


def short(text: str, most: int = 60) -> str:
    """The text as a message can quote it: on one line, cut at `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most] + "…"


def _skeleton(word: str) -> str:
    """The word as the eye sees it: look-alikes made Latin, case and separators levelled."""
    seen = "".join(letter for letter in word if unicodedata.category(letter) != "Cf")
    return re.sub(r"[-\s]+", "_", seen.strip().translate(_TO_LATIN).casefold())


def _nearest(skeleton: str, words: list[str]) -> str | None:
    most = max(1, min(3, len(skeleton) // 4))
    if len(skeleton) < 3:
        return None
    near = [(d, w) for w in words if (d := _distance(skeleton, _skeleton(w), most)) <= most]
    return min(near)[1] if near else None


def _by_last_part(skeleton: str, words: list[str]) -> str | None:
    """`service` for `request.service`, where only one known name ends so."""
    ends = [word for word in words if _skeleton(word).endswith("." + skeleton)]
    return ends[0] if len(ends) == 1 else None


def _distance(one: str, other: str, most: int) -> int:
    """Edits from one word to another, swapped neighbours being one edit; past `most`, any more.

    Optimal string alignment (Damerau 1964; Wagner and Fischer 1974).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
    return row[-1]


def _stray(word: str, meant: str) -> Words | None:
    """Which letter of `word` is of an alphabet that `meant` does not use, or cannot be seen."""
    for letter in word:
        if letter in meant:
            continue
        name = unicodedata.name(letter, "")
        code = f"U+{ord(letter):04X}"
        if unicodedata.category(letter) == "Cf" or (letter.isspace() and letter != " "):
            return Words(
                ru=f"в `{word}` есть невидимый знак {code}",
                en=f"`{word}` holds the invisible character {code}",
            )
        if name.startswith("CYRILLIC") and meant.isascii():
            return Words(
                ru=f"в `{word}` буква `{letter}` — кириллическая",
                en=f"`{word}` holds the Cyrillic letter `{letter}`",
            )
        if name.startswith("LATIN") and letter in _LOOK_ALIKE.values() and not meant.isascii():
            return Words(
                ru=f"в `{word}` буква `{letter}` — латинская",
                en=f"`{word}` holds the Latin letter `{letter}`",
            )
    return None


def _text_here(word: str, write: str) -> Words:
    return Words(
        ru=f"`{word}` здесь текст; напишите `{write}`",
        en=f"`{word}` is text in this language; write `{write}`",
    )


def _spellings(words: str) -> list[str]:
    return [form for w in words.split() for form in (w, w.capitalize(), w.upper())]


_TRAPS = {
    **{word: _text_here(word, "true") for word in _spellings("yes y on true да")},
    **{word: _text_here(word, "false") for word in _spellings("no n off false нет")},
    **{word: _text_here(word, "null") for word in [*_spellings("null none"), "nil"]},
}
_HUMAN_NUMBER = re.compile(r"-?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|-?[0-9]+,[0-9]+")


def trap_of(raw: str) -> Words | None:
    """What to say of a text that elsewhere is a boolean, a null or a number, if another was due."""
    trap = _TRAPS.get(raw)
    if trap is None and len(raw) < _LONGEST and _HUMAN_NUMBER.fullmatch(raw):
        number = re.sub(r"\s", "", raw).replace(",", ".")
        trap = _text_here(raw, number)
    return trap


def number_hint(raw: str) -> Words:
    """How to write a number that YAML 1.1, YAML 1.2 and people read differently."""
    number = _as_digits(raw)
    if number is None:
        return Words(
            ru=f'если это текст, напишите `"{raw[:40]}"` в кавычках',
            en=f'if it is text, write `"{raw[:40]}"` in quotes',
        )
    return Words(
        ru=f'напишите `{number}`, а если это текст — `"{raw}"` в кавычках',
        en=f'write `{number}`, or `"{raw}"` in quotes if it is text',
    )


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


@dataclass(frozen=True, slots=True)
class SyntaxReason:
    """Why a parser could go no further; `at_opening` points at what was begun, not at the stop."""

    code: str
    message: Words
    hint: Words
    at_opening: bool = False


def syntax_reason(said: str, letter: str) -> SyntaxReason:
    """What a YAML parser's words (`context|problem`) mean; `letter` stands where it stopped."""
    letter = {"": " ", "`": "U+0060"}.get(letter, letter)
    for pattern, reason in _SYNTAX:
        if re.search(pattern, said):
            message = Words(
                ru=reason.message.ru.replace("{}", letter),
                en=reason.message.en.replace("{}", letter),
            )
            return replace(reason, message=message)
    told = short(said.rpartition("|")[2])
    return SyntaxReason(
        "yaml-syntax",
        Words(
            ru=f"с этого места текст не YAML: {told}", en=f"from here on this is no YAML: {told}"
        ),
        _CHECK_INDENT,
    )


TAB_REASON = SyntaxReason(
    "yaml-tab",
    Words(ru="отступ сделан табуляцией", en="the line is indented with a tab"),
    Words(ru="делайте отступы пробелами", en="indent with spaces"),
)
_CHECK_INDENT = Words(
    ru="проверьте отступ этой строки, кавычки и скобки выше",
    en="check this line's indentation, and the quotes and brackets above it",
)
_QUOTE_IT = Words(ru="если это текст, возьмите его в кавычки", en="put it in quotes if it is text")
_SYNTAX = (
    (
        r"quoted scalar\|.*unexpected (end of stream|document)",
        SyntaxReason(
            "yaml-unclosed",
            Words(
                ru="кавычка открыта здесь и не закрыта", en="the quote opened here is not closed"
            ),
            Words(ru="закройте кавычку", en="close the quote"),
            at_opening=True,
        ),
    ),
    (
        r"flow (sequence|mapping)\|.*expected ','",
        SyntaxReason(
            "yaml-unclosed",
            Words(
                ru="скобка открыта здесь и не закрыта, или внутри не хватает запятой",
                en="the bracket opened here is not closed, or a comma is missing inside it",
            ),
            Words(ru="закройте скобку", en="close the bracket"),
            at_opening=True,
        ),
    ),
    (
        r"cannot start any token",
        SyntaxReason(
            "yaml-syntax",
            Words(ru="значение не может начинаться с `{}`", en="a value cannot start with `{}`"),
            _QUOTE_IT,
        ),
    ),
    (
        r"mapping values are not allowed",
        SyntaxReason(
            "yaml-syntax",
            Words(ru="двоеточие там, где ключа быть не может", en="a colon where no key can stand"),
            Words(
                ru="текст с двоеточием возьмите в кавычки; проверьте отступ этой строки",
                en="put text that holds a colon in quotes; check this line's indentation",
            ),
        ),
    ),
    (
        r"scanning an? (alias|anchor)\|",
        SyntaxReason(
            "yaml-syntax",
            Words(
                ru="`&` и `*` в начале значения — метка и ссылка, имени здесь нет",
                en="`&` and `*` before a value are an anchor and an alias; here is no name",
            ),
            _QUOTE_IT,
            at_opening=True,
        ),
    ),
    (
        r"could not find expected ':'",
        SyntaxReason(
            "yaml-syntax",
            Words(ru="после ключа нет двоеточия", en="the key has no colon after it"),
            Words(
                ru="напишите `ключ: значение` или сдвиньте продолжение текста вправо",
                en="write `key: value`, or indent the line if it continues a text",
            ),
            at_opening=True,
        ),
    ),
    (
        r"escape|expected hexdecimal|expected escape sequence",
        SyntaxReason(
            "yaml-syntax",
            Words(
                ru="в двойных кавычках неизвестная запись с `\\`",
                en="an unknown `\\` escape in double quotes",
            ),
            Words(
                ru="возьмите текст в одинарные кавычки или напишите `\\\\`",
                en="use single quotes, or write `\\\\`",
            ),
        ),
    ),
    (
        r"\btag\b|directive|incompatible",
        SyntaxReason(
            "yaml-tag",
            Words(
                ru="тегов и директив в этом языке нет", en="this language has no tags or directives"
            ),
            _QUOTE_IT,
        ),
    ),
    (
        r"comment or (a )?line break",
        SyntaxReason(
            "yaml-syntax",
            Words(
                ru="после `|` и `>` текст начинается с новой строки",
                en="after `|` and `>` the text starts on a new line",
            ),
            _QUOTE_IT,
        ),
    ),
    (
        r"node content",
        SyntaxReason(
            "yaml-syntax",
            Words(ru="перед `{}` нет значения", en="there is no value before `{}`"),
            _QUOTE_IT,
        ),
    ),
    (
        r"block (collection|mapping)\||sequence entries are not allowed|document start",
        SyntaxReason(
            "yaml-syntax",
            Words(
                ru="здесь не может стоять ни ключ, ни пункт списка",
                en="neither a key nor a list item can stand here",
            ),
            _CHECK_INDENT,
        ),
    ),
)
