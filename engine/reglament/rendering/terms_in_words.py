"""From terms to words: what a rule compares or gives, as people would say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from reglament.formulas import QUOTIENTS, ROUNDINGS
from reglament.model.outcomes import Document
from reglament.model.policy import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Kind, Value
from reglament.model.words import Language, Words
from reglament.rendering import cldr as lang
from reglament.rendering.labels import Named, coded, label, named_term, words_for

_ROUNDED: Mapping[str, Words] = {
    "round_down": Words(ru="{0} с округлением вниз до {1}", en="{0} rounded down to {1}"),
    "round_up": Words(ru="{0} с округлением вверх до {1}", en="{0} rounded up to {1}"),
    "round_half_up": Words(
        ru="{0} с округлением до {1} (половина вверх)", en="{0} rounded to {1} (half up)"
    ),
    "round_half_even": Words(
        ru="{0} с округлением до {1} (половина к чётному)", en="{0} rounded to {1} (half to even)"
    ),
    "floor": Words(
        ru="{0} с округлением до {1} в меньшую сторону", en="{0} rounded to {1}, never to more"
    ),
    "ceiling": Words(
        ru="{0} с округлением до {1} в большую сторону", en="{0} rounded to {1}, never to less"
    ),
}
_DIVIDED: Mapping[str, Words] = {
    quotient: Words(
        **{language: text.format("{0} / {1}", "{2}") for language, text in _ROUNDED[rounding]}
    )
    for rounding, quotient in zip(ROUNDINGS, QUOTIENTS, strict=True)
}
_FORMULAS: Mapping[str, Words] = {
    "difference": Words(ru="{0} минус {1}", en="{0} minus {1}"),
    **_ROUNDED,
    **_DIVIDED,
    "days_between": Words(ru="полных дней от {0} до {1}", en="full days from {0} to {1}"),
    "months_between": Words(ru="полных месяцев от {0} до {1}", en="full months from {0} to {1}"),
    "years_between": Words(ru="полных лет от {0} до {1}", en="full years from {0} to {1}"),
    "day_of": Words(ru="день: {0}", en="the day of {0}"),
    "working_day_at_or_after": Words(
        ru="{0} или следующий рабочий день", en="{0} or the next working day"
    ),
}
_JOINED: Mapping[str, Words] = {
    "sum": Words(ru=" плюс ", en=" plus "),
    "product": Words(ru=" × ", en=" × "),
    "minimum": Words(ru=", ", en=", "),
    "maximum": Words(ru=", ", en=", "),
}
_BEFORE_JOINED: Mapping[str, Words] = {
    "minimum": Words(ru="наименьшее из: ", en="the least of "),
    "maximum": Words(ru="наибольшее из: ", en="the greatest of "),
}
_AFTER: Mapping[str, tuple[lang.UnitName, Words]] = {
    "days_after": ("day", Words(ru="дней", en="days")),
    "months_after": ("month", Words(ru="месяцев", en="months")),
    "years_after": ("year", Words(ru="лет", en="years")),
}
_WORKING_HOURS: Mapping[Language, tuple[str, ...]] = {
    "ru": ("рабочий час", "рабочих часа", "рабочих часов"),
    "en": ("working hour", "working hours"),
}
_BETWEEN = frozenset({"days_between", "months_between", "years_between"})
_TIMES = frozenset({Kind.DATE, Kind.DATETIME})


def term_words(term: Term, version: Version, language: Language, known: Named | None = None) -> str:
    """The term in words; `known` says how to read a bare constant (the labels of its options)."""
    if isinstance(term, FactRef | DecisionRef):
        return label(version, term.name, language)
    if isinstance(term, Constant):
        return _constant(term, version, language, known)
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
        return isinstance(term.value, date)
    if isinstance(term, Formula):
        return term.function not in _BETWEEN and is_time(term.arguments[0], version)
    return False


def named_value(term: Term, value: Value, version: Version, language: Language) -> str:
    """The value of a term in words, with the word that a policy writes for it."""
    known = named_term(version, term) or Named(Words(ru="", en=""))
    return coded(known, value, language, version.zone)


def _value_in(term: Term, doc: Document) -> Value:
    if isinstance(term, FactRef):
        return doc.facts.get(term.name)
    if isinstance(term, DecisionRef) and term.name in doc.decisions:
        return doc.decisions[term.name].outcome
    return None


def _constant(term: Constant, version: Version, language: Language, known: Named | None) -> str:
    own = named_term(version, term)
    reader = known or own or Named(Words(ru="", en=""))
    value = words_for(reader, term.value, language, version.zone)
    return value if own is None else f"{value} ({own.label.to(language)})"


def _formula(term: Formula, version: Version, language: Language) -> str:
    tell = partial(term_words, version=version, language=language)
    if term.function in _AFTER:
        return _after(term, version, language)
    if term.function == "working_hours_after":
        return _working_hours_after(term, version, language)
    arguments = [tell(argument) for argument in term.arguments]
    if term.function in _JOINED:
        before = _BEFORE_JOINED.get(term.function, Words(ru="", en="")).to(language)
        return before + _JOINED[term.function].to(language).join(arguments)
    if term.function in _FORMULAS:
        return _FORMULAS[term.function].to(language).format(*arguments)
    return f"{term.function}({', '.join(arguments)})"


def _after(term: Formula, version: Version, language: Language) -> str:
    start, count = term.arguments
    unit, units = _AFTER[term.function]
    plus = Words(ru="плюс", en="plus").to(language)
    if isinstance(count, Constant) and isinstance(count.value, int):
        amount = lang.in_units(count.value, unit, language)
    else:
        amount = f"{term_words(count, version, language)} ({units.to(language)})"
    return f"{term_words(start, version, language)} {plus} {amount}"


def _working_hours_after(term: Formula, version: Version, language: Language) -> str:
    start, count = term.arguments
    if isinstance(count, Constant) and isinstance(count.value, int):
        amount = lang.counted(count.value, _WORKING_HOURS[language], language)
    else:
        amount = term_words(count, version, language)
    plus = Words(ru="плюс", en="plus").to(language)
    hours = version.hours.get(term.hours or "")
    title = "" if hours is None else f" ({hours.title.to(language)})"
    return f"{term_words(start, version, language)} {plus} {amount}{title}"
