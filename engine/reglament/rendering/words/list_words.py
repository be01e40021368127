"""From what is asked of lists of things, and of their items, to words."""

from __future__ import annotations

from collections.abc import Callable

from reglament.functions.totals import COUNT
from reglament.messages import Language, Message
from reglament.model.conditions import ALWAYS, AllOf, Condition, Not, Quantified
from reglament.model.decisions import Decision
from reglament.model.lists import total_behind
from reglament.model.regulation import Fact, Version
from reglament.model.terms import DecisionRef, FactRef, Total
from reglament.rendering.plain.case_files import flow
from reglament.rendering.plain.conditions_as_written import as_written

# A condition on one item in words, by the version that decides one.
OfItem = Callable[[Version, Condition], str]
EVERY, SOME, NONE = "every", "some", "none"
_SUMS = {
    "sum": "list-sum",
    "minimum": "list-minimum",
    "maximum": "list-maximum",
    "distinct": "list-distinct",
    "list_of": "list-of-values",
}


def list_label(version: Version, total: Total, language: Language) -> str:
    """How people call the list that the total is over."""
    return version.facts[total.over].label.to(language)


def quantified(
    version: Version, test: Quantified, language: Language, of_item: OfItem, *, holds: bool
) -> str | None:
    """What the test says that some, every or no item is; None where it compares a number."""
    total = total_behind(version, test.subject)
    if total is None or test.quantifier not in (EVERY, SOME, NONE):
        return None
    item, name = version.lists[total.over].item, list_label(version, total, language)
    if test.quantifier == EVERY:
        where, so = _every(total.where)
        said = of_item(item, so)
        if where != ALWAYS:
            said = _say("list-if-then", language, where=of_item(item, where), said=said)
        return _say("list-every" if holds else "list-not-every", language, list=name, said=said)
    is_some = (test.quantifier == SOME) is holds
    said = of_item(item, total.where)
    return _say("list-some" if is_some else "list-no-such", language, list=name, said=said)


def total_words(
    version: Version, total: Total, language: Language, of_item: OfItem, term: str
) -> str:
    """The number of the items, or what they add up to; `term` is in words what each adds."""
    name, where = list_label(version, total, language), total.where
    said = "" if where == ALWAYS else of_item(version.lists[total.over].item, where)
    if total.function == COUNT:
        code = "list-count-where" if said else "list-count"
        return _say(code, language, list=name, said=said)
    if total.function not in _SUMS:
        return name
    words = _say(_SUMS[total.function], language, list=name, term=term)
    return _say("list-total-where", language, total=words, said=said) if said else words


def total_label(version: Version, total: Total, language: Language) -> str:
    """The total in words, conditions on items as a policy writes them."""
    item, term = version.lists[total.over].item, total.term
    known: Fact | Decision | None = None
    if isinstance(term, FactRef):
        known = item.facts.get(term.name)
    elif isinstance(term, DecisionRef):
        known = item.decisions.get(term.name)
    words = "…" if known is None else known.label.to(language)
    return total_words(version, total, language, written_of_item, words)


def written_of_item(item: Version, condition: Condition) -> str:
    """A condition on one item, as a policy writes it."""
    when = as_written(condition, item).when
    return "…" if when is None else flow(when)


def _every(where: Condition) -> tuple[Condition, Condition]:
    """Of the items that would make *every* false: which are asked, and what each has to be."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    *narrowed, last = parts
    so = last.part if isinstance(last, Not) else Not(last)
    return (narrowed[0] if len(narrowed) == 1 else AllOf(tuple(narrowed))), so


def _say(code: str, language: Language, **values: str) -> str:
    return Message(code, **values).to(language)
