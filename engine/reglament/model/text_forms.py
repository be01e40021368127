"""Forms that a text may have: characters, kinds of characters, and how many of each.

    {upper 2}-{digit 3..5}      two capital letters, a hyphen, three to five digits

A form is a row of places, each a character or a kind, some of which may be left out. A text is read
once, with the set of places that can come next, so the work is bounded by its length times that of
the form, and nothing is tried again (Thompson 1968, *Regular expression search algorithm*).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from reglament.frozen import frozen

MOST_OF_ONE, MOST_PLACES = 100, 500
_DIGITS = "0123456789"
# What each kind of character takes: letters of any alphabet, the digits 0 to 9.
KINDS: Mapping[str, Callable[[str], bool]] = {
    "letter": str.isalpha,
    "upper": str.isupper,
    "lower": str.islower,
    "digit": _DIGITS.__contains__,
    "any": lambda one: True,
}
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[^{}]|[{}]", re.DOTALL)
_COUNTED = re.compile(r"\s*([a-z]+)(?:\s+(\d{1,4})(?:\s*\.\.\s*(\d{1,4}))?)?\s*")


class WrongForm(Exception):
    """A form that cannot be read; `piece` is the part that is wrong."""

    def __init__(self, piece: str) -> None:
        self.piece = piece
        super().__init__(piece)


@frozen
class Spot:
    """One place of a form: a kind of character, or that one; it may be left out."""

    kind: str
    character: str
    may_lack: bool

    def takes(self, character: str) -> bool:
        """Whether the character can stand here."""
        return character == self.character if self.character else KINDS[self.kind](character)


@frozen
class Form:
    """The places of a form. A state is a set of places that can come next, as bits of a number."""

    spots: tuple[Spot, ...]

    @property
    def start(self) -> int:
        """The state before the first character."""
        return self._closed(1)

    def step(self, state: int, character: str) -> int:
        """The state after one more character."""
        after = 0
        for place, spot in enumerate(self.spots):
            if state >> place & 1 and spot.takes(character):
                after |= 1 << place + 1
        return self._closed(after)

    def accepts(self, state: int) -> bool:
        """Whether a text may end in the state."""
        return bool(state >> len(self.spots) & 1)

    def matches(self, text: str) -> bool:
        """Whether the whole text has the form."""
        if len(text) > len(self.spots):
            return False
        state = self.start
        for character in text:
            state = self.step(state, character)
        return self.accepts(state)

    def _closed(self, state: int) -> int:
        for place, spot in enumerate(self.spots):
            if state >> place & 1 and spot.may_lack:
                state |= 1 << place + 1
        return state


@lru_cache(maxsize=1_000)
def form_of(text: str) -> Form:
    """The form as it is written. Raises WrongForm."""
    spots = tuple(spot for piece in _PIECE.finditer(text) for spot in _spots(piece))
    if len(spots) > MOST_PLACES or not spots:
        raise WrongForm(text)
    return Form(spots)


def _spots(piece: re.Match[str]) -> Iterator[Spot]:
    said, inside = piece[0], piece[1]
    if inside is None:
        if said in ("{", "}"):
            raise WrongForm(said)
        yield Spot("", said[0], False)
        return
    match = _COUNTED.fullmatch(inside)
    if match is None or match[1] not in KINDS:
        raise WrongForm(said)
    least = int(match[2] or 1)
    most = int(match[3] or least)
    if not (least <= most <= MOST_OF_ONE and most):
        raise WrongForm(said)
    for place in range(most):
        yield Spot(match[1], "", place >= least)
