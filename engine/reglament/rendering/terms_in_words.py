"""From terms to words: what a rule compares or gives, as people would say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from reglament.formulas import QUOTIENTS, ROUNDINGS
from reglament.messages import Language, Message, Verbatim, Words
from reglament.model.outcomes import Document
from reglament.model.policy import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Kind, Value
from reglament.rendering import cldr as lang
from reglament.rendering.labels import Named, coded, label, named_term, words_for

# The messages that tell a formula of `$first`, `$second` and so on.
_ROUNDED: Mapping[str, str] = {
    "round_down": "rounded-down",
    "round_up": "rounded-up",
    "round_half_up": "rounded-half-up",
    "round_half_even": "rounded-half-even",
    "floor": "rounded-never-more",
    "ceiling": "rounded-never-less",
}
_DIVIDED = {
    quotient: _ROUNDED[rounding] for rounding, quotient in zip(ROUNDINGS, QUOTIENTS, strict=True)
}
_OF_ONE: Mapping[str, str] = {"day_of": "day-of", "working_day_at_or_after": "next-working-day"}
_OF_TWO: Mapping[str, str] = {
    "difference": "minus",
    **_ROUNDED,
    "days_between": "full-days-from",
    "months_between": "full-months-from",
    "years_between": "full-years-from",
}
_JOINED: Mapping[str, Words] = {
    "sum": Message("plus"),
    "product": Verbatim(" × "),
    "minimum": Verbatim(", "),
    "maximum": Verbatim(", "),
}
_OF_SEVERAL: Mapping[str, str] = {"minimum": "least-of", "maximum": "greatest-of"}
_AFTER: Mapping[str, lang.UnitName] = {
    "days_after": "day",
    "months_after": "month",
    "years_after": "year",
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
    known = named_term(version, term) or Named(Verbatim(""))
    return coded(known, value, language, version.zone)


def _value_in(term: Term, doc: Document) -> Value:
    if isinstance(term, FactRef):
        return doc.facts.get(term.name)
    if isinstance(term, DecisionRef) and term.name in doc.decisions:
        return doc.decisions[term.name].outcome
    return None


def _constant(term: Constant, version: Version, language: Language, known: Named | None) -> str:
    own = named_term(version, term)
    reader = known or own or Named(Verbatim(""))
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
        listed = _JOINED[term.function].to(language).join(arguments)
        code = _OF_SEVERAL.get(term.function)
        return listed if code is None else Message(code, listed=listed).to(language)
    if term.function in _DIVIDED:
        dividend, divisor, step = arguments
        divided = Message(_DIVIDED[term.function], first=f"{dividend} / {divisor}", second=step)
        return divided.to(language)
    if term.function in _OF_ONE:
        return Message(_OF_ONE[term.function], first=arguments[0]).to(language)
    if term.function in _OF_TWO:
        first, second = arguments
        return Message(_OF_TWO[term.function], first=first, second=second).to(language)
    return f"{term.function}({', '.join(arguments)})"


def _after(term: Formula, version: Version, language: Language) -> str:
    start, count = term.arguments
    unit = _AFTER[term.function]
    if isinstance(count, Constant) and isinstance(count.value, int):
        amount = lang.in_units(count.value, unit, language)
    else:
        counted = term_words(count, version, language)
        amount = Message("amount-in-units", amount=counted, unit=unit).to(language)
    return _later(start, version, amount, language)


def _working_hours_after(term: Formula, version: Version, language: Language) -> str:
    start, count = term.arguments
    if isinstance(count, Constant) and isinstance(count.value, int):
        number = lang.number(count.value, language)
        amount = Message("working-hours", count=count.value, amount=number).to(language)
    else:
        amount = term_words(count, version, language)
    hours = version.hours.get(term.hours or "")
    title = "" if hours is None else f" ({hours.title.to(language)})"
    return _later(start, version, amount, language) + title


def _later(start: Term, version: Version, amount: str, language: Language) -> str:
    first = term_words(start, version, language)
    return Message("first-plus-second", first=first, second=amount).to(language)
