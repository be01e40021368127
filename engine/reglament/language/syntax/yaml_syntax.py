"""From the complaint of a YAML parser to a problem in the words of the language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import yaml

from reglament.frozen import frozen
from reglament.language.syntax.source import Source
from reglament.language.syntax.suggest import short
from reglament.language.syntax.yaml_blame import blame
from reglament.language.syntax.yaml_lines import odd_blank
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem


@frozen
class _Reason:
    """Why a parser could go no further; `at_opening` points at what was begun, not at the stop."""

    code: str
    message: Message
    hint: Words
    at_opening: bool = False


def _reason(said: str, letter: str) -> _Reason:
    """What a YAML parser's words (`context|problem`) mean; `letter` stands where it stopped."""
    if letter in ("{", "[") and _UNPARTED.search(said):
        return _BARE_BRACKET
    letter = {"": " ", "`": "U+0060"}.get(letter, letter)
    for pattern, reason in _SYNTAX:
        if re.search(pattern, said):
            message = Message(reason.message.code, letter=letter)
            hint = _COMPARE if letter in ("<", ">", "=") else reason.hint
            return replace(reason, message=message, hint=hint)
    told = short(said.rpartition("|")[2])
    return _Reason("yaml-syntax", Message("from-not-yaml", told=told), _CHECK_INDENT)


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
    match = _OPENING.search(line)
    return None if match is None else match.start(1)


def _line_and_column(mark: Any) -> tuple[int, int]:
    return (0, 0) if mark is None else (mark.line, mark.column)


_TAB = _Reason("yaml-tab", Message("line-indented-with-tab"), Message("indent-with-spaces"))
_TYPOGRAPHIC = _Reason(
    "yaml-quotes", Message("typographic-quotes-not-quotes"), Message("put-text-straight-quotes")
)
_CHECK_INDENT = Message("check-line-indentation-quotes")
_COMPARE = Message("comparisons-words-least-put")
_QUOTE_IT = Message("put-quotes-if-text")
_OPEN_BRACKET = _Reason(
    "yaml-unclosed",
    Message("bracket-opened-not-closed"),
    Message("close-bracket"),
    at_opening=True,
)
_BARE_BRACKET = _Reason("yaml-syntax", Message("bracket-in-bare-text"), _QUOTE_IT)
_UNPARTED = re.compile(r"flow (sequence|mapping)\|.*expected ','")
_BLAMED = {
    "bracket": _OPEN_BRACKET,
    "quote": _Reason("yaml-unclosed", Message("quote-opened-closed-only"), Message("close-quote")),
    "colon": _Reason(
        "yaml-syntax", Message("key-no-colon-after"), Message("write-key-value-indent")
    ),
    "blank": _Reason("yaml-syntax", Message("no-blank-stands-after"), Message("write-key-value")),
    "headless": _Reason(
        "yaml-indent", Message("file-begins-with-indented"), Message("line-section-such-facts")
    ),
    "item": _Reason(
        "yaml-syntax", Message("item-list-stands-where"), Message("line-such-rules-missing")
    ),
    "indent": _Reason(
        "yaml-indent", Message("line-indented-otherwise-than"), Message("align-with-keys-same")
    ),
}
_STOPPED_AT = ""  # `_reason` puts in the letter
_SYNTAX = (
    (
        r"quoted scalar\|.*unexpected (end of stream|document)",
        _Reason(
            "yaml-unclosed",
            Message("quote-opened-not-closed"),
            Message("close-quote"),
            at_opening=True,
        ),
    ),
    (
        _UNPARTED,
        _OPEN_BRACKET,
    ),
    (
        r"cannot start any token",
        _Reason("yaml-syntax", Message("value-cannot-start-with", letter=_STOPPED_AT), _QUOTE_IT),
    ),
    (
        r"mapping values are not allowed",
        _Reason("yaml-syntax", Message("colon-where-no-key"), Message("put-text-holds-colon")),
    ),
    (
        r"scanning an? (alias|anchor)\|",
        _Reason("yaml-syntax", Message("before-value-anchor-alias"), _QUOTE_IT, at_opening=True),
    ),
    (
        r"could not find expected ':'",
        _Reason(
            "yaml-syntax",
            Message("key-no-colon-after"),
            Message("write-key-value-indent"),
            at_opening=True,
        ),
    ),
    (
        r"escape|expected hexdecimal|expected escape sequence",
        _Reason(
            "yaml-syntax",
            Message("unknown-escape-double-quotes"),
            Message("use-single-quotes-write"),
        ),
    ),
    (
        r"\btag\b|directive|incompatible",
        _Reason("yaml-tag", Message("language-no-tags-directives"), _QUOTE_IT),
    ),
    (
        r"comment or (a )?line break|chomping or indentation",
        _Reason("yaml-syntax", Message("after-text-starts-new"), _QUOTE_IT),
    ),
    (
        r"node content",
        _Reason("yaml-syntax", Message("not-value-before", letter=_STOPPED_AT), _QUOTE_IT),
    ),
    (
        r"block (collection|mapping)\||sequence entries are not allowed|document start",
        _Reason("yaml-syntax", Message("neither-key-nor-list"), _CHECK_INDENT),
    ),
)
