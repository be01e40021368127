"""From what was written to what was likely meant: a near word, a letter that hides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reglament.frozen import frozen
from reglament.messages import Message, Words

_LOOK_ALIKE = dict(zip("асеорхуіјѕкАВЕКМНОРСТУХІЈЅ", "aceopxyijskABEKMHOPCTYXIJS", strict=True))
_TO_LATIN = str.maketrans(_LOOK_ALIKE)
_SHORTEST, _LONGEST = 3, 80
_QUOTES = "«»“”„‘’\"'`"
# What a terminal would obey, and halves of surrogate pairs, which no output can hold.
_UNSHOWN = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


@frozen
class UnknownWord:
    """A word that is none of those `known`, which could have stood in its place."""

    word: str
    known: tuple[str, ...]


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


def suggested(word: str, known: Iterable[str]) -> str | None:
    """The nearest known word, or else the only one that begins so, or ends so.

    `hit_policy` for `hit`, `time_zone` for `zone`: no more than a guess, so nothing is read on as
    if it stood there.
    """
    if len(word) > _LONGEST:
        return None
    words, skeleton = tuple(known), _skeleton(word)
    near = did_you_mean(word, words)
    if near is not None or not _SHORTEST <= len(skeleton) <= _LONGEST:
        return near
    others = [(one, _skeleton(one)) for one in words if one != word]
    begun = [one for one, own in others if own.startswith(skeleton)]
    likely = begun or [one for one, own in others if own.endswith(f"_{skeleton}")]
    return likely[0] if len(likely) == 1 else None


def suggestion(word: str, known: Iterable[str]) -> Words | None:
    """A hint that names the suggested word, and a letter of another alphabet if one hides."""
    meant = suggested(word, known)
    return None if meant is None else meaning(word, meant)


def meaning(word: str, meant: str) -> Words:
    """A hint that the word means another one, with a letter of another alphabet if one hides."""
    asked = Message("did-you-mean", meant=meant)
    stray = _stray(word, meant)
    if stray is None:
        return asked
    return Message("stray-asked", stray=stray, asked=asked)


def short(text: str, most: int = 60) -> str:
    """The text as a message can quote it: on one line, cut at `most` characters."""
    line = " ".join(text.split())
    line = line if line.isprintable() else re.sub(_UNSHOWN, "\ufffd", line)
    return line if len(line) <= most else line[:most] + "…"


def look_alike(text: str) -> str:
    """The text, its Cyrillic letters that look Latin made Latin."""
    return text.translate(_TO_LATIN)


def _skeleton(word: str) -> str:
    """The word as the eye sees it: look-alikes made Latin, case and separators levelled."""
    seen = "".join(letter for letter in word if unicodedata.category(letter) != "Cf")
    seen = seen.strip().strip(_QUOTES)
    return re.sub(r"[-\s]+", "_", seen.strip().translate(_TO_LATIN).casefold())


def _nearest(skeleton: str, words: list[str]) -> str | None:
    most = max(1, min(3, len(skeleton) // 4))
    if len(skeleton) < _SHORTEST:
        return None
    near = [(d, w) for w in words if (d := edits(skeleton, _skeleton(w), most)) <= most]
    return min(near)[1] if near else None


def _by_last_part(skeleton: str, words: list[str]) -> str | None:
    """`service` for `request.service`, where only one known name ends so."""
    ends = [word for word in words if _skeleton(word).endswith("." + skeleton)]
    return ends[0] if len(ends) == 1 else None


def edits(one: str, other: str, most: int) -> int:
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
    shown = short(word)
    for letter in word:
        if letter in meant:
            continue
        if letter in _QUOTES:
            return Message("quote-part-word", letter=letter)
        name = unicodedata.name(letter, "")
        code = f"U+{ord(letter):04X}"
        if unicodedata.category(letter) == "Cf" or (letter.isspace() and letter != " "):
            return Message("holds-invisible-character", shown=shown, code=code)
        if name.startswith("CYRILLIC") and meant.isascii():
            return Message("holds-cyrillic-letter", shown=shown, letter=letter)
        if name.startswith("LATIN") and letter in _LOOK_ALIKE.values() and not meant.isascii():
            return Message("holds-latin-letter", shown=shown, letter=letter)
    return None
