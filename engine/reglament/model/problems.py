"""What is wrong with a policy or a request, where, and what would mend it.

An error message is lower case, quotes the user's own words in backticks, and
stands in both languages (the standard of Cedar's error messages, kept here).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from reglament.frozen import frozen
from reglament.messages import Language, Message, Words


@frozen(order=True)
class Place:
    """A span in a file: lines and columns count from 1, `width` in characters.

    `Place.whole` is a file as such, no line of which is to blame.
    """

    file: str
    line: int = 1
    column: int = 1
    width: int = 1

    @classmethod
    def whole(cls, file: str) -> Place:
        """The place of what is wrong with a file that is missing, or that is no text."""
        return cls(file, 0, 0, 0)

    @property
    def is_whole(self) -> bool:
        """Whether this is a file as such."""
        return self.line == 0

    @property
    def locator(self) -> str:
        """`file:line:column`, or the file alone."""
        return self.file if self.is_whole else f"{self.file_and_line}:{self.column}"

    @property
    def file_and_line(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}"


def told_place(place: Place | None) -> dict[str, Any]:
    """The file, the line and the column as plain values: null where there is none."""
    line, column = (None, None) if place is None or place.is_whole else (place.line, place.column)
    return {"file": None if place is None else place.file, "line": line, "column": column}


@frozen
class Problem:
    """One thing that is wrong; `code` is its stable kebab-case name for programs.

    Of a request, `fact` names the fact that it is about, and `pointer` (RFC 6901) where that
    is told, in the spelling of the request: `/request/service`, or `/request.service`; empty
    for the request as a whole, None where nothing that was told is to blame.
    """

    code: str
    message: Words
    place: Place | None = None
    source_line: str | None = None
    hint: Words | None = None
    fact: str | None = None
    pointer: str | None = None

    def to_text(self, language: Language) -> str:
        """`file:line:column: message`, then the line with a caret, then the hint.

        A message that names the whole file it is about is not led by that name again.
        """
        lines = [_located(self.place, self.message.to(language))]
        if self.place is not None and self.source_line is not None:
            lines += _excerpt(self.place, self.source_line)
        if self.hint is not None:
            lines.append(f"   = {self.hint.to(language)}")
        return "\n".join(lines)


class Refused(Exception):
    """A policy or a request was refused; `problems` holds every reason found, causes first.

    `following` holds what only follows from them, and is gone when they are mended.
    """

    def __init__(self, problems: Iterable[Problem], following: Iterable[Problem] = ()) -> None:
        self.problems = tuple(problems)
        self.following = tuple(following)
        super().__init__(self.to_text("en"))

    def __reduce__(self) -> tuple[Any, ...]:
        # By the problems: an exception is else made anew from its text alone.
        return type(self), (self.problems, self.following)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Refused):
            return NotImplemented
        return (self.problems, self.following) == (other.problems, other.following)

    def __hash__(self) -> int:
        # By the codes: what stands in a message need not be hashable.
        return hash(tuple(problem.code for problem in self.problems))

    def to_text(self, language: Language, most: int | None = None) -> str:
        """Every problem, one after another, in `language`; past `most`, how many more.

        What follows from them is counted.
        """
        lines = [problem.to_text(language) for problem in self.problems[:most]]
        left, total = len(self.problems) - len(lines), len(self.problems)
        if left:
            lines.append(Message("more-problems-all", left=left, total=total).to(language))
        if self.following:
            lines.append(self.what_follows.to(language))
        return "\n".join(lines)

    @property
    def what_follows(self) -> Words:
        """How many problems follow from those told."""
        count, is_one = len(self.following), len(self.problems) == 1
        return Message("and-what-follows", count=count, is_one=is_one)


def pointer_to(path: Iterable[object]) -> str:
    """The keys and indices from a whole to a part of it as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def refusal(code: str, message: Words, hint: Words | None = None) -> Refused:
    """A refusal for one reason that has no place in a file."""
    return Refused([Problem(code, message, hint=hint)])


@contextmanager
def needing(extra: str, hint: Words | None = None) -> Iterator[None]:
    """What is imported inside, of an `extra`, is there. Raises Refused where it is not."""
    try:
        yield
    except ImportError as missing:
        said = Message("extra-missing", module=str(missing.name))
        hint = hint or Message("install-extra", extra=extra)
        raise refusal("extra-missing", said, hint) from missing


def _located(place: Place | None, message: str) -> str:
    if place is None or (place.is_whole and f"`{place.file}`" in message):
        return message
    return f"{place.locator}: {message}"


def _excerpt(place: Place, source_line: str) -> list[str]:
    start, shown = _window(source_line, place.column - 1)
    margin = f"{place.line:>5} | "
    caret = " " * (len(margin) - 2) + "| " + " " * start + "^" * max(1, min(place.width, 60))
    return [margin + shown, caret]


def _window(source_line: str, at: int, most: int = 120) -> tuple[int, str]:
    """Cut a very long line around the column `at`, so that the caret stays in sight."""
    text = source_line.replace("\t", " ")
    if len(text) <= most:
        return at, text
    first = max(0, at - most // 2)
    return at - first, text[first : first + most]
