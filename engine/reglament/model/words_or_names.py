"""Words of rules that are names, too: which of the two each was taken for."""

from __future__ import annotations

from reglament.frozen import frozen
from reglament.model.problems import Place


@frozen
class WordOrName:
    """A word of a rule that something else is called, and whether it was taken for that name."""

    word: str
    is_name: bool
    place: Place
