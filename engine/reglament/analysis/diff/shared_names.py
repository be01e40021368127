"""From two versions to the requests that only one of them can read: facts, words, null."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.diff.types import VersionNote
from reglament.messages import SOURCE, Language, Message, Rendered, Words
from reglament.model.regulation import Fact, Version
from reglament.model.values import Kind, Type, Value
from reglament.rendering.bounds_in_words import bounds_words


def fact_notes(old: Version, new: Version) -> Iterator[VersionNote]:
    """Facts, words of facts, and nulls that one version knows and the other refuses."""
    for name in sorted(old.told_facts.keys() | new.told_facts.keys()):
        if name not in old.told_facts:
            yield _note("fact-added", name, Message("new-fact", name=name))
        elif name not in new.told_facts:
            yield _note("fact-removed", name, Message("fact-gone", name=name))
        else:
            yield from _one_fact(old.facts[name], new.facts[name])


def _one_fact(old: Fact, new: Fact) -> Iterator[VersionNote]:
    name = old.name
    if old.type.kind is not new.type.kind:
        kinds = {"before": str(old.type.kind), "after": str(new.type.kind)}
        yield _note("fact-type", name, Message("fact-type-changed", name=name, **kinds))
        return
    if old.is_nullable != new.is_nullable:
        code = "null-no-longer-allowed" if old.is_nullable else "null-now-allowed"
        yield _note("fact-null", name, Message(code, name=name), (None,))
    yield from _words(name, _told(old.type), _told(new.type))
    if (old.type.kind, old.type.places) != (new.type.kind, new.type.places):
        places = {"before": old.type.places, "after": new.type.places}
        yield _note("fact-places", name, Message("places-changed", name=name, **places))
    if old.type.is_bounded or new.type.is_bounded:
        yield from _bounds(old, new)
    if old.type.fields != new.type.fields:
        yield _note("fact-type", name, Message("fields-differ", name=name))


def _bounds(old: Fact, new: Fact) -> Iterator[VersionNote]:
    before, after = (Rendered(_in_words, fact.type) for fact in (old, new))
    if before.to(SOURCE) != after.to(SOURCE):
        words = Message("bounds-changed", name=old.name, before=before, after=after)
        yield _note("fact-bounds", old.name, words)


def _in_words(type_: Type, language: Language) -> str:
    return bounds_words(type_, language, "UTC") or "-"


def _told(type_: Type) -> Type:
    return type_.item if type_.kind is Kind.LIST and type_.item is not None else type_


def _words(name: str, old: Type, new: Type) -> Iterator[VersionNote]:
    if old.kind is not Kind.CHOICE or new.kind is not Kind.CHOICE:
        return
    if old.is_open != new.is_open:
        code = "now-named-words-only" if old.is_open else "now-any-word"
        yield _note("fact-open", name, Message(code, name=name))
    # To an open fact a named word is only a suggestion.
    is_refused = not (old.is_open or new.is_open)
    for word in (one for one in old.options if one not in new.options):
        gone = Message("word-gone", word=word, name=name)
        yield _note("word-removed", name, gone, (word,), matters=is_refused)


def _note(
    code: str, name: str, words: Words, told: tuple[Value, ...] = (), *, matters: bool = True
) -> VersionNote:
    facts = {name: told[0]} if told else None
    return VersionNote(code, name, words, matters, facts)
