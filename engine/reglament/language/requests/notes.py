"""From a request as it was told to what is noted of it: a zone assumed, a group told to be null."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from reglament.language.requests.fact_table import FactTable
from reglament.language.requests.fast_checks import LOCAL
from reglament.language.requests.near import near_message, near_words
from reglament.language.requests.request_reader import walk
from reglament.language.requests.told_moments import has_offset
from reglament.language.requests.unwrapped import unwrapped
from reglament.messages import Listed, Message, Verbatim, Words
from reglament.model.outcomes import ASSUMED, Note
from reglament.model.regulation import Fact, Version
from reglament.model.values import Value

MOST_KEPT = 256


def notes_on(table: FactTable, told: object, facts: Mapping[str, Value]) -> Iterator[Note]:
    """Whatever is noted of a request that was told, and read as `facts`."""
    values, nulls = _as_told(table, told)
    for name in [name for name in values if name in table.moments]:
        if _lacks_offset(values[name]):
            yield _zone_assumed(name, str(table.zone))
    for group in nulls:
        yield _null_on_group(group, table.below[group])
    known = table.vocabularies
    # A word of the policy is near no other, so nearly none is looked at any closer.
    for name in [one for one in facts if one in known and facts[one] not in known[one].words]:
        for word, near in near_words(known[name], facts[name]):
            yield Note("near", near_message(name, word, near), name, word, near)


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
    return Listed(fact.option_labels.get(str(one), Verbatim(str(one))) for one in listed)


def _as_told(table: FactTable, told: object) -> tuple[Mapping[str, object], list[str]]:
    """The values of facts before they were read, and the groups that were told to be null."""
    if isinstance(told, dict) and told.keys() <= table.facts.keys():
        return told, []  # flat, and so without a walk
    walked = walk(table, told)
    return {name: one.value for name, one in walked.told.items()}, walked.nulls


def _lacks_offset(value: object) -> bool:
    if value.__class__ is str and value[4::3] in LOCAL:
        return True
    plain = unwrapped(value)
    if isinstance(plain, datetime):
        return plain.utcoffset() is None
    return isinstance(plain, str) and not has_offset(plain)


@lru_cache(maxsize=MOST_KEPT)
def _zone_assumed(name: str, zone: str) -> Note:
    message = Message("told-without-offset-from", name=name, zone=zone)
    return Note("no-offset", message, name)


def _null_on_group(group: str, below: list[str]) -> Note:
    listed = ", ".join(f"`{name}`" for name in below)
    message = Message("null-read-null", group=group, listed=listed)
    return Note("null-on-group", message, group)
