"""From a word that was told to the word of the policy that was likely meant, if it is another.

A word is near one that the policy names if they differ by case, blanks, dashes, `ё` or letters
that look alike; if it is the label instead of the word; or by one slip: a letter more, less,
swapped or another. A policy names words in the tests of its rules and reactions, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from reglament.frozen import frozen
from reglament.language.syntax.suggest import edits, look_alike
from reglament.memo import keep
from reglament.messages import Message, Words
from reglament.model.decisions import Rule
from reglament.model.problems import Place
from reglament.model.regulation import Fact
from reglament.model.values import WORDS, Kind, Type, Value

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


SHORTEST = 4  # letters: shorter words a slip apart are too often two words
LONGEST = 80
MOST_KEPT = 1_000
_BETWEEN = r"[\s\-‐-―_−]+"


class NearWords:
    """The words that a policy names for one fact, each found by what is near it."""

    def __init__(self, words: Iterable[str], labels: Mapping[str, Iterable[str]]) -> None:
        self.words = frozenset(words)
        self._alike: dict[str, str] = {}
        self._forms: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        spoken = [(word, word) for word in sorted(self.words)]
        spoken += [(label, word) for word in sorted(labels) for label in labels[word]]
        for said, word in spoken:
            form = _form(said)
            if not form:
                continue
            self._forms.setdefault(form, word)
            self._alike.setdefault(_joined(form), word)
            self._alike.setdefault(look_alike(_joined(form)), word)

    def near(self, told: str) -> str | None:
        """The word that `told` is near; None for a word of the policy and for one far from all."""
        if told in self.words or len(told) > LONGEST:
            return None
        found = self._found.get(told, told)  # no word is near itself
        return keep(self._found, told, self._nearest(told), MOST_KEPT) if found == told else found

    def _nearest(self, told: str) -> str | None:
        form = _form(told)
        if not form:
            return None
        found = self._alike.get(_joined(form)) or self._alike.get(look_alike(_joined(form)))
        if found is not None:
            return found
        return next((word for said, word in self._forms.items() if _is_slip(form, said)), None)


def vocabularies(facts: Iterable[Fact], said: Iterable[tuple[str, str]]) -> dict[str, NearWords]:
    """The words of each fact that tells words, by the fact's name; of free text those of rules."""
    named: dict[str, set[str]] = {}
    for name, word in said:
        named.setdefault(name, set()).add(word)
    found: dict[str, NearWords] = {}
    for fact in facts:
        words = {*word_type(fact.type).options, *named.get(fact.name, ())}
        if tells_words(fact) and words:
            found[fact.name] = NearWords(words, _labels(fact))
    return found


def tells_words(fact: Fact) -> bool:
    """Whether the fact, or each item of it, is a word."""
    return word_type(fact.type).kind in WORDS


def word_type(type_: Type) -> Type:
    """The type itself, or that of a list's items."""
    return type_.item if type_.kind is Kind.LIST and type_.item is not None else type_


def near_words(vocabulary: NearWords | None, value: Value) -> Iterator[tuple[str, str]]:
    """Each word told in the value that is near another, and that other one."""
    if vocabulary is not None:
        for word in value if isinstance(value, tuple) else (value,):
            if isinstance(word, str) and (meant := vocabulary.near(word)) is not None:
                yield word, meant


def near_option(fact: Fact, word: str) -> str | None:
    """The option of the fact that a word is near."""
    return NearWords(word_type(fact.type).options, _labels(fact)).near(word)


def _labels(fact: Fact) -> dict[str, tuple[str, ...]]:
    return {word: tuple(dict(said).values()) for word, said in fact.option_labels.items()}


def _form(text: str) -> str:
    """The text without case, `ё`, unseen marks and what parts words; one blank parts its words."""
    seen = "".join(letter for letter in normalize("NFKC", text) if category(letter) != "Cf")
    return re.sub(_BETWEEN, " ", seen.casefold().replace("ё", "е")).strip()


def _joined(form: str) -> str:
    return form.replace(" ", "")


def _is_slip(told: str, said: str) -> bool:
    """Whether one is the other with one slip in a word; another number is no slip."""
    if _digits(told) != _digits(said):
        return False
    one, other = told.split(" "), said.split(" ")
    if len(one) != len(other):
        one, other = [_joined(told)], [_joined(said)]
    apart = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and min(map(len, apart[0])) >= SHORTEST and edits(*apart[0], 1) <= 1


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]


def near_message(fact: str, told: str, near: str) -> Words:
    """That a word was told which is near one of the policy, and counts as another one."""
    return Message("told-near-counts-another", fact=fact, told=told, near=near)
