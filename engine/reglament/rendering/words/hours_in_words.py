"""From working hours to words: in which windows, on which days, by which desks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reglament.messages import Language, Message
from reglament.model.calendar import WorkingHours
from reglament.rendering.words import cldr as lang
from reglament.worktime.desks import AlwaysOpen, FirstOpenOf
from reglament.worktime.hours import Hours
from reglament.worktime.windows import Window


def times_of(hours: WorkingHours, language: Language) -> str:
    """When the hours are open, in short: `09:00–13:00, 14:00–18:00; Friday 09:00–15:00`."""
    if isinstance(hours, AlwaysOpen):
        return Message("around-the-clock").to(language)
    if isinstance(hours, FirstOpenOf):
        desks = lang.listed([desk.title.to(language) for desk in hours.desks], language)
        return Message("first-open-of", desks=desks).to(language)
    return "; ".join(_parts(hours, language)) if isinstance(hours, Hours) else ""


def _parts(hours: Hours, language: Language) -> Iterator[str]:
    yield _windows(hours.usual, language)
    for weekday, windows in sorted(hours.by_weekday.items()):
        yield f"{lang.weekday_name(weekday, language)} {_windows(windows, language)}"
    if hours.short:
        yield f"{Message('short-days').to(language)} {_windows(hours.short, language)}"
    for day, windows in sorted(hours.by_date.items()):
        yield f"{lang.day(day, language)} {_windows(windows, language)}"


def _windows(windows: Sequence[Window], language: Language) -> str:
    spans = (str(window).replace("-", "–") for window in windows)  # as print has it; YAML is typed
    return ", ".join(spans) or Message("closed-all-day").to(language)
