"""From two versions to what they say otherwise of themselves: dates, zone, decisions."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.diff.types import Note
from reglament.model.policy import Version
from reglament.model.words import Words

SAID: tuple[tuple[str, str, bool, Words], ...] = (
    ("policy", "policy", False, Words(ru="политика", en="the policy")),
    ("version", "version", False, Words(ru="версия", en="the version")),
    ("known-from", "known_from", False, Words(ru="известна с", en="known from")),
    ("holds-from", "holds_from", True, Words(ru="действует с", en="holds from")),
    ("holds-until", "holds_until", True, Words(ru="действует по", en="holds until")),
    ("chosen-by", "chosen_by", True, Words(ru="версию выбирает", en="the version is chosen by")),
    ("time-zone", "zone", True, Words(ru="часовой пояс", en="the time zone")),
)


def version_notes(old: Version, new: Version) -> Iterator[Note]:
    """What the versions say of themselves, and the decisions that only one of them makes."""
    # Two texts of one regulation that follow each other hold from different days, of course.
    is_successor = old.version != new.version
    for code, attribute, matters, label in SAID:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after:
            yield Note(
                code,
                attribute,
                Words(
                    ru=f"{label.ru}: {before or '-'} → {after or '-'}",
                    en=f"{label.en}: {before or '-'} → {after or '-'}",
                ),
                matters and not (is_successor and code in ("holds-from", "holds-until")),
            )
    yield from _decisions(old, new)


def _decisions(old: Version, new: Version) -> Iterator[Note]:
    for name, decision in new.decisions.items():
        if name not in old.decisions:
            words = Words(ru=f"новое решение `{name}`", en=f"a new decision `{name}`")
            yield Note("decision-added", name, words, not decision.is_internal)
    for name, decision in old.decisions.items():
        if name not in new.decisions:
            words = Words(ru=f"решения `{name}` нет", en=f"the decision `{name}` is gone")
            yield Note("decision-removed", name, words, not decision.is_internal)
