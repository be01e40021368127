"""From names and values of a policy to the words that people know them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from reglament.frozen import frozen
from reglament.messages import Language, Message, Rendered, Verbatim, Words
from reglament.model.lists import MORE, ItemList, read_path
from reglament.model.outcomes import Document, Status
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Term
from reglament.model.values import Kind, Period, TimeOfDay, Type, Value
from reglament.model.words import stand_in, tagged
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.list_words import total_label

NONE = Message("none")
NOT_TOLD = Message("not-told")
NOT_DETERMINED = Message("not-determined")
CANNOT_DECIDE = Message("cannot-decided")
KEPT_APART = Message("kept-apart")


@frozen
class Named:
    """What is known of a fact, decision or parameter when its value is put in words."""

    label: Words
    type: Type | None = None
    options: Mapping[str, Words] | None = None
    null: Words = NONE
    unit: Mapping[str, Sequence[str]] | None = None
    fields: Mapping[str, Named] | None = None


def named(version: Version, name: str) -> Named:
    """What the policy says of `name`; the name itself where it says nothing."""
    if name in version.facts:
        fact = version.facts[name]
        if fact.total is not None:
            return Named(Rendered(total_label, version, fact.total), fact.type)
        null = fact.null_means or NONE
        if name in version.lists:
            return Named(fact.label, fact.type, null=null, fields=_of_items(version.lists[name]))
        return Named(fact.label, fact.type, fact.option_labels, null)
    if name in version.decisions:
        decision = version.decisions[name]
        if decision.stands_for is not None:
            label = Rendered(total_label, version, decision.stands_for)
            return Named(label, decision.type)
        return Named(
            decision.label, decision.type, decision.outcome_labels, unit=decision.unit or None
        )
    if name in version.parameters:
        parameter = version.parameters[name]
        return Named(parameter.label, parameter.type)
    return _of_list(version, name) or Named(Verbatim(name))


def _of_items(items: ItemList) -> dict[str, Named]:
    """What is known of the fields of an item, by what a request calls them."""
    return {name: _of_field(items, whole) for name, whole in items.whole_names.items()}


def _of_field(items: ItemList, name: str) -> Named:
    fact, inner = items.fields[name], items.item.lists.get(name)
    below = None if inner is None else _of_items(inner)
    return Named(fact.label, fact.type, fact.option_labels, fact.null_means or NONE, fields=below)


def _of_list(version: Version, name: str, around: Words | None = None) -> Named | None:
    """What is known of a field of an item, or of whether a list has more items.

    Of a list inside an item, `around` says of which one: `reason (line 2, discount 1)`.
    """
    path = read_path(name)
    if path is not None and path[0] in version.lists:
        fact, number, field = path
        items = version.lists[fact]
        item: Words = items.label
        if around is not None:
            item = Message("item-inside-item", outer=around, item=item)
        if not field:
            return Named(Message("item-label", item=item, number=number), fields=_of_items(items))
        full = f"{items.called}.{field}"
        if full not in items.fields:
            return _of_list(items.item, full, Message("item-label", item=item, number=number))
        known = _of_field(items, full)
        label = Message("item-field-label", field=known.label, item=item, number=number)
        return replace(known, label=label)
    fact = name.removesuffix(f".{MORE}")
    if fact in version.lists:
        list_label: Words = version.facts[fact].label
        if around is not None:
            list_label = Message("inner-list-label", list=list_label, item=around)
        return Named(Message("list-more-label", list=list_label))
    return None


def named_term(version: Version, term: Term) -> Named | None:
    """What is known of a fact, a decision or a parameter; None for formulas and bare constants."""
    if isinstance(term, FactRef | DecisionRef):
        return named(version, term.name)
    if isinstance(term, Constant) and term.name is not None:
        return named(version, term.name)
    return None


def label(version: Version, name: str, language: Language) -> str:
    """How people call the fact, decision or parameter `name`."""
    return named(version, name).label.to(language)


def labels(version: Version, names: Sequence[str], language: Language) -> str:
    """The labels of several names, as a list in words."""
    return lang.listed([label(version, name, language) for name in names], language)


def quoted_labels(version: Version, names: Sequence[str], language: Language) -> str:
    """The labels of several names as a list, each in quotes, so that it need not agree."""
    quoted = [lang.quoted(label(version, name, language), language) for name in names]
    return lang.listed(quoted, language)


def value_words(version: Version, name: str, value: Value, language: Language) -> str:
    """The value of the fact, decision or parameter `name` in words that fit into a sentence."""
    return words_for(named(version, name), value, language, version.zone)


def field_of(version: Version, name: str) -> tuple[str, tuple[str, ...]]:
    """The decision whose field the name reads, and the names of the field and of those above it."""
    fields: list[str] = []
    while name not in version.decisions and "." in name:
        name, _, last = name.rpartition(".")
        fields.insert(0, last)
    return name, tuple(fields)


def part_of(record: object, fields: Sequence[str]) -> Any:
    """The field in a record, or in a record in it; null where there is none."""
    for name in fields:
        record = record.get(name) if isinstance(record, Mapping) else None
    return record


def words_for(known: Named, value: Value, language: Language, zone: str) -> str:
    """The value in words, with the labels, units and meaning of null that are known."""
    if value is None:
        return known.null.to(language)
    if isinstance(value, bool):
        return (lang.YES if value else lang.NO).to(language)
    if isinstance(value, int | Decimal):
        return _number(known, value, language)
    if isinstance(value, str):
        option = (known.options or {}).get(value)
        return lang.shown(value) if option is None else option.to(language)
    if known.fields and isinstance(value, Mapping):
        return _item(known.fields, value, language, zone)
    if known.fields and isinstance(value, tuple):
        shown = [_item(known.fields, item, language, zone) for item in value]
        return _numbered(shown) if shown else NONE.to(language)
    if isinstance(value, tuple | Mapping):
        shown = [words_for(of, part, language, zone) for of, part in _parts(known, value)]
        if isinstance(value, tuple) and any(isinstance(part, tuple | Mapping) for part in value):
            return _numbered(shown)
        return ", ".join(shown) if shown else NONE.to(language)
    return _time(value, language, zone)


def _parts(known: Named, value: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Named, Any]]:
    """The items of a list or the fields of a record, each with what is known of it: its type.

    The fields stand in the order of the type. Items of a collection have its own.
    """
    type_ = known.type
    if not isinstance(value, Mapping):
        item = known if type_ is None or type_.item is None else replace(known, type=type_.item)
        return [(item, part) for part in value]
    types = {} if type_ is None else dict(type_.fields)
    names = [*(name for name in types if name in value), *(n for n in value if n not in types)]
    return [(replace(known, type=types.get(name, type_)), value[name]) for name in names]


def _item(
    fields: Mapping[str, Named], item: Mapping[str, Any], language: Language, zone: str
) -> str:
    """What is told of an item of a list."""

    def words(name: str, value: Value) -> str:
        said = words_for(fields[name], value, language, zone)
        return f"[{said}]" if isinstance(value, tuple) else said

    return ", ".join(words(*pair) for pair in item.items())


def fact_words(version: Version, name: str, value: Value, language: Language) -> str:
    """The value of a fact in words; of items each field by its label, in the policy's order."""
    return _by_fields(named(version, name), value, language, version.zone)


def _by_fields(known: Named, value: Value, language: Language, zone: str) -> str:
    if not (known.fields and isinstance(value, tuple)):
        return words_for(known, value, language, zone)

    def words(field: Named, part: Value) -> str:
        said = _by_fields(field, part, language, zone)
        said = f"[{said}]" if isinstance(part, tuple) else said
        return f"{field.label.to(language)}: {said}"

    fields = known.fields.items()
    # Not commas, which stand in labels, too.
    shown = ["; ".join(words(one, item[n]) for n, one in fields if n in item) for item in value]
    return _numbered(shown) if shown else NONE.to(language)


def _numbered(shown: Sequence[str]) -> str:
    return "; ".join(f"{number}) {words or '-'}" for number, words in enumerate(shown, 1))


def coded(known: Named, value: Value, language: Language, zone: str) -> str:
    """The value in words with the word a policy writes for it: ``paid support (`paid`)``."""
    words = words_for(known, value, language, zone)
    if value is None:
        return f"`null` ({words})"
    if not isinstance(value, str):
        return words
    return f"`{words}`" if words == lang.shown(value) else f"{words} (`{lang.shown(value)}`)"


def zone_words(version: Version, at: datetime, language: Language) -> str:
    """What the policy calls its time zone, or else what it is called at that moment."""
    if version.zone_label is not None:
        return version.zone_label.to(language)
    return lang.zone_name(at, language, version.zone)


def zoned_moment(version: Version, at: datetime, language: Language) -> str:
    """`Friday, 20 November 2026, 18:30 (Moscow time)`."""
    moment = lang.full_moment(at, language, version.zone)
    return f"{moment} ({zone_words(version, at, language)})"


def undecided(status: str) -> Words:
    """That there is no outcome: it is not determined, or the policy gives none."""
    return CANNOT_DECIDE if status == Status.REFUSED else NOT_DETERMINED


def outcome_words(version: Version, doc: Document, name: str, language: Language) -> str:
    """What was decided by `name`, or that nothing was."""
    outcome = doc.decisions.get(name)
    if outcome is None or not outcome.is_determined:
        return undecided("" if outcome is None else outcome.status).to(language)
    return value_words(version, name, outcome.outcome, language)


def outcome_label(version: Version, name: str, plain: object, language: Language) -> str:
    """A value as a document has it, in words where the policy has some for it."""
    return _plain_words(named(version, name), plain, language, version.zone)


def _plain_words(known: Named, plain: object, language: Language, zone: str) -> str:
    if isinstance(plain, Mapping | list):
        parts = _parts(known, plain)
        shown = [_plain_words(of, part, language, zone) for of, part in parts]
        apart = list if isinstance(plain, Mapping) else (list, Mapping)
        if any(isinstance(part, apart) for _, part in parts):
            return _numbered(shown)
        return ", ".join(shown) or NONE.to(language)
    if isinstance(plain, str) and known.type is not None and plain not in (known.options or {}):
        return _in_words(known, plain, language, zone)
    assert plain is None or isinstance(plain, str | bool | int)
    return words_for(known, plain, language, zone)


def _in_words(known: Named, plain: str, language: Language, zone: str) -> str:
    """A date, a moment or a number that a document has as text; any other text as it stands."""
    kind = None if known.type is None else known.type.kind
    readers: Mapping[Kind, Callable[[str], Value]] = {
        Kind.DATE: date.fromisoformat,
        Kind.DATETIME: datetime.fromisoformat,
        Kind.TIME: TimeOfDay.fromisoformat,
        Kind.PERIOD: Period.fromisoformat,
    }
    try:
        if kind in (Kind.DECIMAL, Kind.INTEGER):
            return words_for(known, Decimal(plain), language, zone)
        if kind is not None and kind in readers:
            return words_for(known, readers[kind](plain), language, zone)
    except (ValueError, ArithmeticError):
        pass
    return lang.shown(plain)


def _number(known: Named, value: int | Decimal, language: Language) -> str:
    if known.unit is not None:
        own = stand_in(language, known.unit)
        return tagged(language, lang.counted(value, known.unit[own], own), own)
    places = known.type.places if known.type and known.type.kind is Kind.DECIMAL else 0
    return lang.number(value, language, places)


def _time(value: date | datetime | time | timedelta | Period, language: Language, zone: str) -> str:
    if isinstance(value, time):
        return lang.clock(value)
    if isinstance(value, timedelta):
        return lang.duration(value, language)
    if isinstance(value, Period):
        return lang.period(value, language)
    if isinstance(value, datetime):
        return lang.moment(value, language, zone)
    return lang.day(value, language)
