"""From terms to words: what a rule compares or gives, as people would say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any, cast

from reglament.functions.item_tests import read_filtered
from reglament.functions.plain_lists import COUNT as COUNT_OF_LIST
from reglament.functions.plain_lists import JOINED
from reglament.functions.record import Function
from reglament.functions.table import EVERY, RECORD, fields_of
from reglament.functions.texts import TEMPLATE
from reglament.functions.working_time import WORKING_HOUR
from reglament.messages import Language, Message, Verbatim, languages
from reglament.model.conditions import Condition
from reglament.model.lists import total_behind
from reglament.model.outcomes import Document
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Formula, Term, Total
from reglament.model.values import TEXT, Kind, Type, Value
from reglament.model.words import Text, translations
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import Named, coded, label, named_term, words_for
from reglament.rendering.words.list_words import total_words

_TIMES = frozenset({Kind.DATE, Kind.DATETIME, Kind.TIME})
# Terms hold conditions and conditions hold terms: `tests_in_words` says here how it puts these.
CONDITION_WORDS: list[Callable[[Version, Condition, Language], str]] = []


def term_words(term: Term, version: Version, language: Language, known: Named | None = None) -> str:
    """The term in words; `known` says how to read a bare constant (the labels of its options)."""
    if isinstance(term, FactRef):
        total = version.totals.get(term.name)
    else:
        total = total_behind(version, term)
    if total is not None:
        return _total(total, version, language)
    if isinstance(term, FactRef | DecisionRef):
        return label(version, term.name, language)
    if isinstance(term, Constant):
        return _constant(term, version, language, known)
    if isinstance(term, Conditional):
        sides = (term_words(one, version, language, known) for one in (term.then, term.otherwise))
        names = dict(zip(("first", "second"), sides, strict=True))
        condition = CONDITION_WORDS[0](version, term.when, language)
        return Message("value-if-else", condition=condition, **names).to(language)
    return _formula(term, version, language)


def resolved(
    term: Term, version: Version, language: Language, doc: Document, known: Named | None = None
) -> str:
    """The term in words, with the value that it has in `doc` where it is a name."""
    words = term_words(term, version, language, known)
    own = named_term(version, term)
    value = _value_in(term, doc)
    if own is None or value is None:
        return words
    return f"{words} ({words_for(own, value, language, version.zone)})"


def is_time(term: Term, version: Version) -> bool:
    """Whether the term is a day or a moment, so that it stands *before*, not *below*."""
    known = named_term(version, term)
    if known is not None and known.type is not None:
        return known.type.kind in _TIMES
    if isinstance(term, Constant):
        return isinstance(term.value, date | time)
    if isinstance(term, Conditional):
        return is_time(term.then, version)
    if isinstance(term, Formula):
        grid = EVERY[term.function].grid
        return (
            grid.kind in _TIMES if isinstance(grid, Type) else is_time(term.arguments[0], version)
        )
    return False


def named_value(term: Term, value: Value, version: Version, language: Language) -> str:
    """The value of a term in words, with the word that a policy writes for it."""
    known = named_term(version, term) or Named(Verbatim(""))
    return coded(known, value, language, version.zone)


def _value_in(term: Term, doc: Document) -> Value:
    if isinstance(term, FactRef):
        return doc.known.get(term.name)
    if isinstance(term, DecisionRef) and term.name in doc.decisions:
        return doc.decisions[term.name].outcome
    return None


def _constant(term: Constant, version: Version, language: Language, known: Named | None) -> str:
    own = named_term(version, term)
    reader = known or own or Named(Verbatim(""))
    value = words_for(reader, term.value, language, version.zone)
    return value if own is None else f"{value} ({own.label.to(language)})"


def _formula(term: Formula, version: Version, language: Language) -> str:
    function = EVERY[term.function]
    if function.unit:
        return _counted_on(term, function.unit, version, language)
    if function is RECORD:
        return _record(term, version, language)
    if term.function == COUNT_OF_LIST or read_filtered(term) is not None:
        return _of_items(term, version, language)
    if term.function == JOINED:  # what is made of each says it all
        return term_words(term.arguments[0], version, language)
    if term.each is not None:
        first = term_words(term.arguments[0], version, language)
        return Message(function.words, first=first, second=f"`{term.each.said}`").to(language)
    arguments = [term_words(argument, version, language) for argument in term.arguments]
    if function.name == TEMPLATE:
        return _template(term, arguments)
    if function.joined is not None:
        arguments = [function.joined.to(language).join(arguments)]
        if not function.words:
            return arguments[0]
    if not function.words:  # what a collection comes to
        return f"{function.name}({', '.join(arguments)})"
    arguments = _two(term, function, arguments[:-1] if term.by else arguments, language)
    names = dict(zip(("first", "second", "third"), arguments, strict=False))
    return Message(function.words, **names).to(language)


def _of_items(term: Formula, version: Version, language: Language) -> str:
    """The items of a plain list of which something holds, or how many they are."""
    is_count = term.function == COUNT_OF_LIST
    found = read_filtered(term.arguments[0] if is_count else term)
    if found is None:
        first = term_words(term.arguments[0], version, language)
        return Message(EVERY[COUNT_OF_LIST].words, first=first).to(language)
    items, each = found
    said = CONDITION_WORDS[0](with_item(version, items, each.item), each.where, language)
    name = term_words(items, version, language)
    if is_count:
        return Message("list-count-where", list=name, said=said).to(language)
    return Message("items-where", list=name, said=said).to(language)


def with_item(version: Version, items: Term, name: str) -> Version:
    """The version in which one item of the plain list is a fact with a label."""
    inner = read_filtered(items)
    if inner is not None:
        return with_item(version, inner[0], name)
    known = named_term(version, items)
    own = TEXT if known is None or known.type is None else known.type.item or known.type
    label = Text(**translations(Message("one-item"), languages()))
    of: Any = version.facts.get(getattr(items, "name", ""))
    fact = Fact(name, own, label, option_labels={} if of is None else of.option_labels)
    return replace(version, facts={**version.facts, name: fact})


def _record(term: Formula, version: Version, language: Language) -> str:
    """The fields of a record, each with what it is made of."""
    fields = fields_of(term).items()
    told = ((name, term_words(one, version, language)) for name, one in fields)
    said = (Message("field-of", first=words, second=name).to(language) for name, words in told)
    return "; ".join(said)


def _two(term: Formula, function: Function, said: list[str], language: Language) -> list[str]:
    """What the words of the function call first and second."""
    if function.name == "brackets":
        return [said[0], _brackets(said[1:], language)]
    if function.name.startswith("mean_"):
        return [Message("mean-of", first=", ".join(said[:-1])).to(language), said[-1]]
    is_power = function.name.startswith("power_")
    if is_power or function.divisors == 2:
        sides = (_in_brackets(*pair) for pair in zip(term.arguments[:2], said[:2], strict=True))
        return [(" ^ " if is_power else " / ").join(sides), said[-1]]
    return said


def _template(term: Formula, arguments: list[str]) -> str:
    """The text as it is written, with labels instead of names."""
    parts = (
        str(part.value) if isinstance(part, Constant) and part.name is None else f"{{{words}}}"
        for part, words in zip(term.arguments, arguments, strict=True)
    )
    return f"“{''.join(parts)}”"


def _in_brackets(term: Term, words: str) -> str:
    """What is computed of several by signs, so that no one reads it apart."""
    joined = {"sum", "difference", "product"}
    is_joined = isinstance(term, Formula) and term.function in joined
    return f"({words})" if is_joined else words


def _total(total: Total, version: Version, language: Language) -> str:
    """What the items of a list come to, with what is asked of each."""
    item = version.lists[total.over].item
    term = "" if total.term is None else term_words(total.term, item, language)

    def of_item(item: Version, condition: Condition) -> str:
        return CONDITION_WORDS[0](item, condition, language)

    return total_words(version, total, language, of_item, term)


def _brackets(steps: Sequence[str], language: Language) -> str:
    """The ends of the brackets, each with its rate."""
    parts = [
        Message("bracket-up-to", end=end, rate=rate).to(language)
        for end, rate in zip(steps[:-1:2], steps[1:-1:2], strict=True)
    ]
    return "; ".join([*parts, Message("bracket-above", rate=steps[-1]).to(language)])


def _counted_on(term: Formula, unit: str, version: Version, language: Language) -> str:
    """A day or a moment, plus so many of the unit."""
    start, count = term.arguments[:2]
    number = count.value if isinstance(count, Constant) and isinstance(count.value, int) else None
    counted = term_words(count, version, language)
    if unit == WORKING_HOUR:
        amount = counted if number is None else _working_hours(number, language)
    elif number is None:
        amount = Message("amount-in-units", amount=counted, unit=unit).to(language)
    else:
        amount = lang.in_units(number, cast(lang.UnitName, unit), language)
    first = term_words(start, version, language)
    words = Message("first-plus-second", first=first, second=amount).to(language)
    hours = _hours(term, version, language)
    return f"{words} ({hours})" if hours else words


def _hours(term: Formula, version: Version, language: Language) -> str:
    """By which hours the formula counts, by which word each of them is picked."""
    if not term.by:
        hours = version.hours.get(term.hours or "")
        return "" if hours is None else hours.title.to(language)
    key, others = term.arguments[-1], Message("other-word").to(language)
    known = named_term(version, key) or Named(Verbatim(""))
    words = (
        others if word is None else words_for(known, word, language, version.zone)
        for word, _ in term.by
    )  # fmt: skip
    titles = (version.hours[name].title.to(language) for _, name in term.by)
    told = (f"{word} - {title}" for word, title in zip(words, titles, strict=True))
    return f"{term_words(key, version, language)}: {'; '.join(told)}"


def _working_hours(number: int, language: Language) -> str:
    amount = lang.number(number, language)
    return Message("working-hours", count=number, amount=amount).to(language)
