"""From the complaint of a YAML parser to a problem in the words of the language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import yaml

from reglament.language.syntax.source import Source
from reglament.language.syntax.suggest import short
from reglament.language.syntax.yaml_blame import blame
from reglament.language.syntax.yaml_lines import odd_blank
from reglament.model.problems import Place, Problem
from reglament.model.words import Words


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a parser could go no further; `at_opening` points at what was begun, not at the stop."""

    code: str
    message: Words
    hint: Words
    at_opening: bool = False


def _reason(said: str, letter: str) -> _Reason:
    """What a YAML parser's words (`context|problem`) mean; `letter` stands where it stopped."""
    letter = {"": " ", "`": "U+0060"}.get(letter, letter)
    for pattern, reason in _SYNTAX:
        if re.search(pattern, said):
            message = Words(
                ru=reason.message.ru.replace("{}", letter),
                en=reason.message.en.replace("{}", letter),
            )
            hint = _COMPARE if letter in ("<", ">", "=") else reason.hint
            return replace(reason, message=message, hint=hint)
    told = short(said.rpartition("|")[2])
    return _Reason(
        "yaml-syntax",
        Words(
            ru=f"с этого места текст не YAML: {told}", en=f"from here on this is no YAML: {told}"
        ),
        _CHECK_INDENT,
    )


def syntax_problem(source: Source, error: yaml.MarkedYAMLError, loader: Any) -> Problem:
    """Why the parser could read no further, at the place where a person would mend it."""
    stop = _line_and_column(error.problem_mark or error.context_mark)
    line = source.lines[stop[0]] if stop[0] < len(source.lines) else ""
    odd = odd_blank(source, stop[0])
    if odd is not None:
        return odd
    if "\t" in line[: len(line) - len(line.lstrip())]:
        reason, where = _TAB, (stop[0], 0)
    elif (quote := typographic(line)) is not None and "mapping values" in str(error.problem):
        reason, where = _TYPOGRAPHIC, (stop[0], quote)
    elif (found := blame(source, error, loader)) is not None:
        reason, where = _BLAMED[found.sort], (found.line, found.column)
    else:
        reason = _reason(f"{error.context}|{error.problem}", line[stop[1] : stop[1] + 1])
        opened = reason.at_opening and error.context_mark is not None
        where = _line_and_column(error.context_mark) if opened else stop
    place = Place(source.name, where[0] + 1, where[1] + 1)
    return source.problem(reason.code, reason.message, place, reason.hint)


_OPENING = re.compile(r"(?:^|[:\-\[{,] +|\[|\{)([«“„”‘’])")


def typographic(line: str) -> int | None:
    """The column of a typographic quote that begins a value of the line; None without one."""
    found = _OPENING.search(line)
    return None if found is None else found.start(1)


def _line_and_column(mark: Any) -> tuple[int, int]:
    return (0, 0) if mark is None else (mark.line, mark.column)


_TAB = _Reason(
    "yaml-tab",
    Words(ru="отступ сделан табуляцией", en="the line is indented with a tab"),
    Words(ru="делайте отступы пробелами", en="indent with spaces"),
)
_TYPOGRAPHIC = _Reason(
    "yaml-quotes",
    Words(
        ru="типографские кавычки в YAML не кавычки, и двоеточие внутри них читается как ключ",
        en="typographic quotes are no quotes to YAML, and the colon inside is read as a key's",
    ),
    Words(
        ru='возьмите текст в прямые кавычки: `"…"`',
        en='put the text in straight quotes: `"…"`',
    ),
)
_CHECK_INDENT = Words(
    ru="проверьте отступ этой строки, кавычки и скобки выше",
    en="check this line's indentation, and the quotes and brackets above it",
)
_COMPARE = Words(
    ru="сравнения пишутся словами: `{at_least: 18}`; текст возьмите в кавычки",
    en="comparisons are words: `{at_least: 18}`; put text in quotes",
)
_QUOTE_IT = Words(ru="если это текст, возьмите его в кавычки", en="put it in quotes if it is text")
_BLAMED = {
    "quote": _Reason(
        "yaml-unclosed",
        Words(
            ru="кавычка открыта здесь, а закрыла её следующая, строкой ниже",
            en="the quote opened here is closed only by the next one, on a line below",
        ),
        Words(ru="закройте кавычку", en="close the quote"),
    ),
    "colon": _Reason(
        "yaml-syntax",
        Words(ru="после ключа нет двоеточия", en="the key has no colon after it"),
        Words(
            ru="напишите `ключ: значение` или сдвиньте продолжение текста вправо",
            en="write `key: value`, or indent the line if it continues a text",
        ),
    ),
    "blank": _Reason(
        "yaml-syntax",
        Words(ru="после двоеточия нет пробела", en="no blank stands after the colon"),
        Words(ru="напишите `ключ: значение`", en="write `key: value`"),
    ),
    "headless": _Reason(
        "yaml-indent",
        Words(
            ru="файл начинается с отступа, а ниже стоят ключи без отступа",
            en="the file begins with an indented line, and keys without indent stand below",
        ),
        Words(
            ru="нет ли выше пропавшей строки раздела, скажем `facts:`?",
            en="is the line of a section, such as `facts:`, missing above?",
        ),
    ),
    "item": _Reason(
        "yaml-syntax",
        Words(
            ru="пункт списка стоит там, где стоят ключи",
            en="an item of a list stands where keys stand",
        ),
        Words(
            ru="нет ли выше пропавшей строки, скажем `rules:`? Проверьте и отступ",
            en="is a line such as `rules:` missing above? Check the indentation too",
        ),
    ),
    "indent": _Reason(
        "yaml-indent",
        Words(
            ru="у этой строки иной отступ, чем у соседних",
            en="this line is indented otherwise than its neighbours",
        ),
        Words(
            ru="выровняйте её с ключами того же набора",
            en="align it with the keys of the same mapping",
        ),
    ),
}
_SYNTAX = (
    (
        r"quoted scalar\|.*unexpected (end of stream|document)",
        _Reason(
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
        _Reason(
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
        _Reason(
            "yaml-syntax",
            Words(ru="значение не может начинаться с `{}`", en="a value cannot start with `{}`"),
            _QUOTE_IT,
        ),
    ),
    (
        r"mapping values are not allowed",
        _Reason(
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
        _Reason(
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
        _Reason(
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
        _Reason(
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
        _Reason(
            "yaml-tag",
            Words(
                ru="тегов и директив в этом языке нет", en="this language has no tags or directives"
            ),
            _QUOTE_IT,
        ),
    ),
    (
        r"comment or (a )?line break|chomping or indentation",
        _Reason(
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
        _Reason(
            "yaml-syntax",
            Words(ru="перед `{}` нет значения", en="there is no value before `{}`"),
            _QUOTE_IT,
        ),
    ),
    (
        r"block (collection|mapping)\||sequence entries are not allowed|document start",
        _Reason(
            "yaml-syntax",
            Words(
                ru="здесь не может стоять ни ключ, ни пункт списка",
                en="neither a key nor a list item can stand here",
            ),
            _CHECK_INDENT,
        ),
    ),
)
