"""From rules and reactions to the words by which they test facts and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reglament.frozen import frozen
from reglament.model.decisions import Rule
from reglament.model.problems import Place

if TYPE_CHECKING:
    from reglament.model.reactions import Reaction


@frozen
class NamedWord:
    """The rule or reaction `by` tests whether the fact or decision `name` is `word`."""

    name: str
    word: str
    by: str
    place: Place | None


def named_words(rules: Iterable[Rule], reactions: Iterable[Reaction]) -> Iterator[NamedWord]:
    """Every word that they name, of facts and of decisions."""
    for rule in rules:
        for name, word, place in rule.words():
            yield NamedWord(name, word, rule.id, place)
    for reaction in reactions:
        for name, word in reaction.words():
            yield NamedWord(name, word, reaction.id, reaction.place)
