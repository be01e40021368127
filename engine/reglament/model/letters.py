"""What a requester is told of a decided request, and how a letter puts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from reglament.frozen import frozen
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.problems import Place
from reglament.model.words import Text


@frozen
class LetterText:
    """A sentence of a letter: said where `when` is known to hold and each name has a value.

    With `while_open` it is said of a step while it is open whether the step helps, else of one
    that is certain.
    """

    text: Text
    when: Condition = ALWAYS
    while_open: bool = False
    place: Place | None = None


REQUESTER = "requester"
"""How `told_by` names the one who asks."""
UNDETERMINED = "undetermined"
"""The key of what a letter says of a decision that is not determined yet."""
CLAUSES, LATEST, STARTS = "clauses", "latest", "starts"
"""What stands in a letter for the clauses behind a decision; and, after the name of one and a
point, for the latest of its values that are still possible, and for when its time starts to run."""


@frozen
class Explain:
    """What a requester is told: the decision that answers, those told along, the one that advises.

    `also` names, for each outcome of the answer, the decisions told along with it. `beside`
    names decisions about another matter, each with what is told along with its outcomes:
    they are told where a fact of theirs is. `say` has what a letter to a client says of a
    decision, by its rules and outcomes, between `greeting` and `closing`.
    """

    answer: str
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    advice: str | None = None
    beside: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    say: Mapping[str, Mapping[str, tuple[LetterText, ...]]] = field(default_factory=dict)
    greeting: Text | None = None
    closing: Text | None = None

    def wordings(self) -> Iterator[LetterText]:
        """Every sentence of a letter."""
        for by_key in self.say.values():
            for wordings in by_key.values():
                yield from wordings
        yield from (LetterText(text) for text in (self.greeting, self.closing) if text is not None)
