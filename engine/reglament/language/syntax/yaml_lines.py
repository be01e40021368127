"""From the lines of a YAML text to what a parser would tell of elsewhere, or take for text."""

from __future__ import annotations

import re

from reglament.language.syntax.source import Source
from reglament.messages import Message
from reglament.model.problems import Place, Problem

_CONFLICT = r"(<{7}|={7}|>{7}|\|{7})(?: .*)?"
# A blank of Unicode that is none of YAML, where a key or an item would begin or its value would.
ODD_BLANKS = frozenset(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_ODD_BLANKS = "".join(sorted(ODD_BLANKS))
_KEY = r"(?:[\w.-]+|\"[^\"]*\"|'[^']*')"
_ODD_BLANK = (
    rf"[ \t]*(?:- +)*([{_ODD_BLANKS}])[ \t{_ODD_BLANKS}]*(?:- |{_KEY}:(?:[\s{_ODD_BLANKS}]|$))"
    rf"|[ \t]*(?:- +)*{_KEY}:[ \t]*([{_ODD_BLANKS}])"
    rf"|[ \t]*(?:- +)*-([{_ODD_BLANKS}])[ \t]*{_KEY}:(?:[\s{_ODD_BLANKS}]|$)"
)
_HAS_CONFLICT = r"(?m)^[<=>|]{7}"


def conflict_marks(source: Source) -> Problem | None:
    """What git left where two changes of a file met: the first mark; None in an ordinary text."""
    return _conflict(source) if re.search(_HAS_CONFLICT, source.text) else None


def odd_blank(source: Source, last: int) -> Problem | None:
    """The blank that only looks like one, because of which the parser stopped at line `last`.

    Lines count from 0. It may stand lines above, with nothing but what belongs below it between;
    in a text it is as good as another blank.
    """
    least = 1000
    for number in range(min(last, len(source.lines) - 1), -1, -1):
        line = source.lines[number]
        indent = len(line) - len(line.lstrip())
        odd = re.match(_ODD_BLANK, line)
        if odd is not None and indent < least:
            column = next(start for group in (1, 2, 3) if (start := odd.start(group)) >= 0)
            return blank_problem(source, Place(source.name, number + 1, column + 1))
        if number < last and line.strip():
            least = min(least, indent)
        if least == 0:
            break
    return None


def blank_problem(source: Source, place: Place) -> Problem:
    """The character at the place is taken for a blank, and YAML knows it for none."""
    letter = source.lines[place.line - 1][place.column - 1]
    said = _NO_BREAK if letter in "\u00a0\u202f" else _OTHER_BLANK
    code = f"U+{ord(letter):04X}"
    return source.problem("yaml-blank", Message("said-code", said=said, code=code), place, ORDINARY)


def _conflict(source: Source) -> Problem | None:
    """What git left where two changes of a file met: the marks of the first such place."""
    found = [
        (number, mark[1])
        for number, line in enumerate(source.lines, 1)
        if (mark := re.fullmatch(_CONFLICT, line.rstrip())) is not None
    ]
    # A row of equal signs alone may underline a heading in a long text.
    if not found or all(mark == "=======" for _, mark in found):
        return None
    number, first = found[0]
    count = max(1, sum(one == "<<<<<<<" for _, one in found))
    message = Message("mark-git-left-two", first=first, count=count)
    hint = Message("keep-one-two-changes")
    place = Place(source.name, number, 1, len(first))
    return source.problem("git-conflict", message, place, hint)


_NO_BREAK = Message("instead-blank-no-break")
_OTHER_BLANK = Message("instead-blank-another-character")
ORDINARY = Message("delete-type-ordinary-blank")
