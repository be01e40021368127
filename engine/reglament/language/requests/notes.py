"""From a request as it was told to what is noted of it: a zone assumed, a group told to be null."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from reglament.language.requests.fact_table import FactTable
from reglament.language.requests.generated_reader import LOCAL
from reglament.language.requests.near import LONGEST, near_message, near_words
from reglament.language.requests.request_reader import walk
from reglament.language.requests.told_moments import has_offset
from reglament.language.requests.unwrapped import unwrapped
from reglament.messages import ListedWords, Message, Verbatim, Words, ticked
from reglament.model.outcomes import ASSUMED, Note
from reglament.model.regulation import Fact, Version
from reglament.model.values import Value

MOST_KEPT = 256
MOST_WORDS = 1_000


def notes_on(table: FactTable, told: object, facts: Mapping[str, Value]) -> Iterable[Note]:
    """Whatever is noted of a request that was told, and read as `facts`."""
    values, nulls = _as_told(table, told, facts)
    notes = [
        table.zones_assumed[name]
        for name in table.moments
        if name in values and _lacks_offset(values[name])
    ]
    notes += [_null_on_group(group, table.below[group]) for group in nulls]
    # A word of the policy is near no other, so nearly none is looked at any closer.
    odd = [name for name, words in table.words if facts.get(name) not in words]
    return [*notes, *_near(table, odd, facts)] if odd else notes


def _near(table: FactTable, odd: list[str], facts: Mapping[str, Value]) -> Iterator[Note]:
    """What is noted of words that are none of the policy's; short ones near none are kept.

    No longer ones, nor lists: what requests tell must not fill the memory of a service.
    """
    words = dict(table.words)
    for name in sorted(odd, key=list(facts).index):
        value = facts[name]
        near = list(near_words(table.vocabularies[name], value))
        is_short = isinstance(value, str) and len(value) <= LONGEST
        if not near and is_short and len(words[name]) < MOST_WORDS:
            words[name].add(value)
        for word, meant in near:
            yield _near_noted(name, word, meant)


def notes_on_assumed(version: Version, assumed: Mapping[str, Value]) -> Iterator[Note]:
    """What was assumed of each fact that was not told."""
    for name, value in assumed.items():
        fact = version.facts[name]
        message = Message("fact-assumed", label=fact.label, value=_in_words(fact, value))
        yield Note(ASSUMED, message, name)


def _in_words(fact: Fact, value: Value) -> Words:
    if value is None:
        return fact.null_means or Message("none")
    if isinstance(value, bool):
        return Message("yes" if value else "no")
    listed = value if isinstance(value, tuple) else (value,)
    return ListedWords(fact.option_labels.get(str(one), Verbatim(str(one))) for one in listed)


def _as_told(
    table: FactTable, told: object, facts: Mapping[str, Value]
) -> tuple[Mapping[str, object], list[str]]:
    """The values of facts before they were read, and the groups that were told to be null."""
    if isinstance(told, dict) and told.keys() == facts.keys():
        return told, []  # flat, and so without a walk
    walked = walk(table, told)
    return {name: fact.value for name, fact in walked.told.items()}, walked.nulls


def _lacks_offset(value: object) -> bool:
    if value.__class__ is str and value[4::3] in LOCAL:
        return True
    plain = unwrapped(value)
    if isinstance(plain, datetime):
        return plain.utcoffset() is None
    return isinstance(plain, str) and not has_offset(plain)


@lru_cache(maxsize=MOST_KEPT)
def _near_noted(name: str, word: str, near: str) -> Note:
    return Note("near", near_message(name, word, near), name, word, near)


def _null_on_group(group: str, below: list[str]) -> Note:
    message = Message("null-read-null", group=group, listed=ticked(below))
    return Note("null-on-group", message, group)
