"""From two versions to the same two in one vocabulary, and the notes on what each adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from reglament.analysis.common_types import common_type
from reglament.analysis.diff.types import VersionNote
from reglament.analysis.proving.sameness import meaning
from reglament.frozen import frozen
from reglament.functions.table import EVERY
from reglament.language.requests.near import word_type
from reglament.messages import SOURCE, Language, Message, Rendered, Words
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Test, Within
from reglament.model.decisions import Decision
from reglament.model.regulation import Fact, ItemList, Version
from reglament.model.terms import Formula
from reglament.model.values import Kind, Type, Value
from reglament.model.visitor import Node
from reglament.rendering.words.bounds_in_words import bounds_words


@frozen
class Rewriting:
    """Renames `hours`, puts the arguments of sums in one order, and forgets places in files."""

    hours: Mapping[str, str]

    def __call__(self, node: Node) -> Node:
        """What becomes of one condition or term, those inside it being rewritten already."""
        if isinstance(node, Test):
            node = replace(node, place=None)
        if isinstance(node, Within | Formula) and node.hours is not None:
            node = replace(node, hours=self.hours.get(node.hours, node.hours))
        if isinstance(node, Formula) and node.by:
            node = replace(
                node, by=tuple((word, self.hours.get(name, name)) for word, name in node.by)
            )
        if isinstance(node, Formula) and EVERY[node.function].is_commutative:
            node = replace(node, arguments=tuple(sorted(node.arguments, key=repr)))
        return node


NEW = " @new"


@frozen
class Alignment:
    """Two versions that tell the same facts by the same hours.

    A fact takes the values that both versions know. `common` holds the facts and
    hours of both, `words` the labels of both. `incomparable` names facts and
    decisions whose values in one version are of another kind in the other.
    """

    old: Version
    new: Version
    common: Version
    words: Version
    incomparable: Mapping[str, Words]
    notes: tuple[VersionNote, ...]

    def reads_another_clock(self, name: str) -> bool:
        """Whether the decision reads moments, and the time zone is another one."""
        if self.old.zone == self.new.zone:
            return False
        read = self.old.facts_behind(name) | self.new.facts_behind(name)
        return any(self.common.facts[fact].type.kind is Kind.DATETIME for fact in read)


def joined(old: Version, new: Version) -> Alignment:
    """The two versions in one vocabulary."""
    facts, unlike = _facts(old, new)
    hours, renamed = _hours(old.hours, new.hours)
    before, after = _decisions(old, new, Rewriting({}), Rewriting(renamed))
    unlike |= {
        name: KIND_CHANGED
        for name in before.keys() & after.keys()
        if before[name].type.kind is not after[name].type.kind
    }
    start = max(old.holds_from, new.holds_from)
    common = replace(new, facts=facts, hours=hours, decisions={}, holds_from=start)
    return Alignment(
        replace(old, facts=facts, hours=hours, decisions=before),
        replace(common, decisions=after),
        common,
        replace(
            common, decisions={**before, **after}, parameters={**old.parameters, **new.parameters}
        ),
        unlike,
        (*fact_notes(old, new), *_hours_notes(old, new)),
    )


KIND_CHANGED = Message("versions-share-no-values")


def _facts(old: Version, new: Version) -> tuple[dict[str, Fact], dict[str, Words]]:
    facts: dict[str, Fact] = {**old.facts, **new.facts}
    unlike: dict[str, Words] = {}
    for name in old.facts.keys() & new.facts.keys():
        before, after = old.facts[name], new.facts[name]
        is_one_list = _same_lists(old, new, name)
        type_ = common_type(before.type, after.type) if is_one_list else None
        if type_ is None:
            unlike[name] = KIND_CHANGED
            continue
        null = after.null_means if before.is_nullable else None
        labels = {**before.option_labels, **after.option_labels}
        facts[name] = replace(after, type=type_, null_means=null, option_labels=labels)
    return facts, unlike


def _same_lists(old: Version, new: Version, name: str) -> bool:
    """Whether the fact, if it is of a list, is of one that tells the same in both versions."""
    for version, other in ((old, new), (new, old)):
        total = version.facts[name].total
        fact = name if total is None else total.over
        if fact in version.lists and not _tell_the_same(version.lists[fact], other.lists.get(fact)):
            return False
    return True


def _tell_the_same(item_list: ItemList, other: ItemList | None) -> bool:
    if other is None or (item_list.at_least, item_list.at_most) != (other.at_least, other.at_most):
        return False
    inner, others = item_list.item.lists, other.item.lists
    is_same = all(_tell_the_same(below, others.get(fact)) for fact, below in inner.items())
    return is_same and _types(item_list.fields) == _types(other.fields)


def _types(fields: Mapping[str, Fact]) -> dict[str, tuple[Type, bool]]:
    return {name: (fact.type, fact.is_nullable) for name, fact in fields.items()}


def _decisions(
    old: Version, new: Version, before: Rewriting, after: Rewriting
) -> tuple[dict[str, Decision], dict[str, Decision]]:
    """The decisions of both, those of one name with the outcomes and null of both."""
    types: dict[str, tuple[Type, bool]] = {}
    for name in old.decisions.keys() & new.decisions.keys():
        one, other = old.decisions[name], new.decisions[name]
        options = tuple(dict.fromkeys((*one.type.options, *other.type.options)))
        places = max(one.type.places, other.type.places)
        type_ = replace(other.type, options=options, places=places)
        types[name] = (type_, one.is_nullable or other.is_nullable)

    def rewritten(decision: Decision, by: Rewriting) -> Decision:
        found = decision.transformed(by)
        if decision.name not in types:
            return found
        type_, is_nullable = types[decision.name]
        kind = decision.type.kind
        return replace(found, type=replace(type_, kind=kind), is_nullable=is_nullable)

    return (
        {name: rewritten(decision, before) for name, decision in old.decisions.items()},
        {name: rewritten(decision, after) for name, decision in new.decisions.items()},
    )


# WorkingHours


def _hours(
    old: Mapping[str, WorkingHours], new: Mapping[str, WorkingHours]
) -> tuple[dict[str, WorkingHours], dict[str, str]]:
    """The hours of both versions, and the names that those of the new one get."""
    hours, renamed = dict(old), dict[str, str]()
    for name, one in new.items():
        same = next((n for n in sorted(old, key=lambda n: n != name) if alike(old[n], one)), None)
        if same is not None:
            renamed[name] = same
            hours[same] = min(old[same], one, key=lambda h: h.calendar.last_day)
        elif name in old:
            renamed[name] = name + NEW
            hours[name + NEW] = _titled(one)
        else:
            hours[name] = one
    return hours, renamed


def _titled(hours: WorkingHours) -> WorkingHours:
    title = Message("new-title", title=hours.title)
    return cast(WorkingHours, replace(cast(Any, hours), title=title))


def alike(hours: WorkingHours, other: WorkingHours) -> bool:
    """Whether both open and close alike on every day that both calendars cover."""
    if meaning(hours) == meaning(other):  # a calendar that is always open has 110,000 days
        return True
    return next(unlike_days(hours, other), None) is None


def unlike_days(hours: WorkingHours, other: WorkingHours) -> Iterator[date]:
    """The days on which the hours differ, of those that both calendars cover."""
    first = max(hours.calendar.first_day, other.calendar.first_day)
    last = min(hours.calendar.last_day, other.calendar.last_day)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if hours.shifts(day) != other.shifts(day) or hours.calendar.is_working(
            day
        ) != other.calendar.is_working(day):
            yield day


def _hours_notes(old: Version, new: Version) -> Iterator[VersionNote]:
    for name in sorted(old.hours.keys() & new.hours.keys()):
        days, other = old.hours[name].calendar, new.hours[name].calendar
        if (days.first_day, days.last_day) != (other.first_day, other.last_day):
            yield VersionNote(
                "calendar-covers",
                name,
                Message(
                    "calendar-hours-covered-now",
                    name=name,
                    first_day=days.first_day,
                    last_day=days.last_day,
                    first_day2=other.first_day,
                    last_day2=other.last_day,
                ),
                matters=True,
            )


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
    yield from _words(name, word_type(old.type), word_type(new.type))
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


def _words(name: str, old: Type, new: Type) -> Iterator[VersionNote]:
    if old.kind is not Kind.CHOICE or new.kind is not Kind.CHOICE:
        return
    if old.is_open != new.is_open:
        code = "now-named-words-only" if old.is_open else "now-any-word"
        yield _note("fact-open", name, Message(code, name=name))
    # To an open fact a named word is only a suggestion.
    is_refused = not (old.is_open or new.is_open)
    for word in (option for option in old.options if option not in new.options):
        gone = Message("word-gone", word=word, name=name)
        yield _note("word-removed", name, gone, (word,), matters=is_refused)


def _note(
    code: str, name: str, words: Words, told: tuple[Value, ...] = (), *, matters: bool = True
) -> VersionNote:
    facts = {name: told[0]} if told else None
    return VersionNote(code, name, words, matters, facts)
