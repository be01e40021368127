"""From two versions to the requests that only one of them can read: facts, words, null."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.diff.types import Note
from reglament.model.policy import Fact, Version
from reglament.model.values import Kind, Type, Value
from reglament.model.words import LANGUAGES, Words
from reglament.rendering.bounds_in_words import bounds_words


def fact_notes(old: Version, new: Version) -> Iterator[Note]:
    """Facts, words of facts, and nulls that one version knows and the other refuses."""
    for name in sorted(old.facts.keys() | new.facts.keys()):
        if name not in old.facts:
            yield _note("fact-added", name, f"новый факт `{name}`", f"a new fact `{name}`")
        elif name not in new.facts:
            yield _note("fact-removed", name, f"факта `{name}` нет", f"the fact `{name}` is gone")
        else:
            yield from _one_fact(old.facts[name], new.facts[name])


def _one_fact(old: Fact, new: Fact) -> Iterator[Note]:
    name = old.name
    if old.type.kind is not new.type.kind:
        ru = f"тип факта `{name}` был `{old.type.kind}`, стал `{new.type.kind}`"
        yield _note(
            "fact-type", name, ru, f"the type of `{name}`: {old.type.kind} → {new.type.kind}"
        )
        return
    if old.is_nullable != new.is_nullable:
        ru = f"о `{name}` {'больше не' if old.is_nullable else 'теперь'} можно сказать `null`"
        en = f"null may {'no longer' if old.is_nullable else 'now'} be told of `{name}`"
        yield _note("fact-null", name, ru, en, (None,))
    yield from _words(name, _told(old.type), _told(new.type))
    if (old.type.kind, old.type.places) != (new.type.kind, new.type.places):
        ru = f"знаков после запятой у `{name}`: {old.type.places} → {new.type.places}"
        en = f"digits after the point of `{name}`: {old.type.places} → {new.type.places}"
        yield _note("fact-places", name, ru, en)
    if old.type.is_bounded or new.type.is_bounded:
        yield from _bounds(old, new)
    if old.type.fields != new.type.fields:
        yield _note("fact-type", name, f"поля `{name}` другие", f"the fields of `{name}` differ")


def _bounds(old: Fact, new: Fact) -> Iterator[Note]:
    before, after = (
        {language: bounds_words(fact.type, language, "UTC") or "-" for language in LANGUAGES}
        for fact in (old, new)
    )
    if before != after:
        ru = f"границы факта `{old.name}`: {before['ru']} → {after['ru']}"
        en = f"the bounds of `{old.name}`: {before['en']} → {after['en']}"
        yield _note("fact-bounds", old.name, ru, en)


def _told(type_: Type) -> Type:
    return type_.item if type_.kind is Kind.LIST and type_.item is not None else type_


def _words(name: str, old: Type, new: Type) -> Iterator[Note]:
    if old.kind is not Kind.CHOICE or new.kind is not Kind.CHOICE:
        return
    if old.is_open != new.is_open:
        ru = f"`{name}`: {'только названные слова' if old.is_open else 'теперь любые слова'}"
        en = f"`{name}` takes {'only the named words' if old.is_open else 'any word now'}"
        yield _note("fact-open", name, ru, en)
    # To an open fact a named word is only a suggestion.
    is_refused = not (old.is_open or new.is_open)
    for word in (one for one in old.options if one not in new.options):
        ru, en = f"слова `{word}` факта `{name}` нет", f"the word `{word}` of `{name}` is gone"
        yield _note("word-removed", name, ru, en, (word,), matters=is_refused)


def _note(
    code: str, name: str, ru: str, en: str, told: tuple[Value, ...] = (), *, matters: bool = True
) -> Note:
    facts = {name: told[0]} if told else None
    return Note(code, name, Words(ru=ru, en=en), matters, facts)
