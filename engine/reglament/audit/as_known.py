"""From what was decided by the versions known then, and by those known now, to the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reglament.messages import Language, Message, Rendered, Words
from reglament.model.outcomes import Outcome
from reglament.model.problems import refusal
from reglament.model.regulation import Version
from reglament.rendering.words import cldr as lang
from reglament.rendering.words.labels import label, undecided, value_words

NOTHING = Message("what-published-since-then")


def known_at(versions: tuple[Version, ...], moment: datetime) -> tuple[Version, ...]:
    """The versions published on the day of `moment` or before. Raises Refused for none."""
    day = moment.astimezone(ZoneInfo(versions[-1].zone)).date()
    found = tuple(version for version in versions if version.known_from <= day)
    if found:
        return found
    first = min(version.known_from for version in versions)
    message = Message("no-version-known-yet", day=day.isoformat(), first=first.isoformat())
    raise refusal("not-known-yet", message)


def difference(
    then: tuple[Version, Mapping[str, Outcome]],
    now: tuple[Version, Mapping[str, Outcome]],
    known: date,
    language: Language,
) -> Iterator[str]:
    """Why the two differ, line by line: which version came later, and what it decides otherwise."""
    (old, before), (new, after) = then, now
    if old is new:
        yield NOTHING.to(language)
        return
    yield _later(new, known).to(language)
    changed = [name for name in after if name not in before or _differ(before[name], after[name])]
    for name in changed:
        first = _told(old, before.get(name), name, language)
        second = _told(new, after[name], name, language)
        yield f"{label(new, name, language)}: {first} → {second}"
    if not changed:
        yield Message("outcomes-do-not-change").to(language)


def _later(new: Version, known: date) -> Words:
    holds, published = new.holds_from, new.known_from
    return Message(
        "version-holds-from-but",
        new=new.version,
        holds=Rendered(lang.day, holds),
        published=Rendered(lang.day, published),
        known=Rendered(lang.day, known),
    )


def _differ(outcome: Outcome, other: Outcome) -> bool:
    return (outcome.status, outcome.outcome) != (other.status, other.outcome)


def _told(version: Version, outcome: Outcome | None, name: str, language: Language) -> str:
    if outcome is None:
        return Message("not-such-decision").to(language)
    if not outcome.is_determined:
        return undecided(outcome.status).to(language)
    return value_words(version, name, outcome.outcome, language)
