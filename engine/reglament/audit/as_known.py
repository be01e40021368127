"""From what was decided by the versions known then, and by those known now, to the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reglament.model.outcomes import Outcome
from reglament.model.policy import Version
from reglament.model.problems import refusal
from reglament.model.words import Language, Words
from reglament.rendering import cldr as lang
from reglament.rendering.labels import label, undecided, value_words

NOTHING = Words(
    ru="с тех пор опубликованное этого решения не меняет",
    en="what was published since then does not change this decision",
)


def known_at(versions: tuple[Version, ...], moment: datetime) -> tuple[Version, ...]:
    """The versions published on the day of `moment` or before. Raises Refused for none."""
    day = moment.astimezone(ZoneInfo(versions[-1].zone)).date()
    found = tuple(version for version in versions if version.known_from <= day)
    if found:
        return found
    first = min(version.known_from for version in versions)
    message = Words(
        ru=f"{day.isoformat()} ни одна версия ещё не была известна, первая - с {first.isoformat()}",
        en=f"no version was known yet on {day.isoformat()}; the first was from {first.isoformat()}",
    )
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
        yield Words(ru="исходы от этого не меняются", en="the outcomes do not change by that").to(
            language
        )


def _later(new: Version, known: date) -> Words:
    holds, published = new.holds_from, new.known_from
    return Words(
        ru=f"версия `{new.version}` действует с {lang.day(holds, 'ru')}, но опубликована "
        f"{lang.day(published, 'ru')}, позже, чем {lang.day(known, 'ru')}: тогда решали без неё",
        en=f"version `{new.version}` holds from {lang.day(holds, 'en')} but was published on "
        f"{lang.day(published, 'en')}, after {lang.day(known, 'en')}: then it was not there",
    )


def _differ(one: Outcome, other: Outcome) -> bool:
    return (one.status, one.outcome) != (other.status, other.outcome)


def _told(version: Version, outcome: Outcome | None, name: str, language: Language) -> str:
    if outcome is None:
        return Words(ru="такого решения не было", en="there was no such decision").to(language)
    if not outcome.is_determined:
        return undecided(outcome.status).to(language)
    return value_words(version, name, outcome.outcome, language)
