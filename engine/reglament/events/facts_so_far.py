"""From the events of one subject, in turn, to what is told of it after each of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from reglament.frozen import frozen
from reglament.matching.compiling import spoken
from reglament.model.reactions import Event, Registry, SubjectKind
from reglament.model.regulation import Version
from reglament.model.values import Kind, Value


@frozen
class Claim:
    """Who used a registered value up: the holder, and the number of the event in the journal."""

    holder: str
    seq: int


Claims: TypeAlias = Callable[[str, str], Claim | None]


@frozen
class JournaledEvent:
    """An event with its number in the journal, which is the order in which events became known."""

    seq: int
    event: Event

    @property
    def standing(self) -> tuple[datetime, int]:
        """Events are taken in the order of their moments, then as they became known."""
        return self.event.at, self.seq


class FactsSoFar:
    """The facts told of one subject so far."""

    def __init__(self, version: Version, kind: SubjectKind, subject: str, claims: Claims) -> None:
        self.version = version
        self.kind = kind
        self.subject = subject
        self.claims = claims
        self.facts: dict[str, Value] = {}

    def tell(self, noted: JournaledEvent) -> bool:
        """Take the event's facts in; whether any fact has changed."""
        event, before = noted.event, dict(self.facts)
        kind = self.kind.events[event.kind]
        for name in list(self.facts):
            if any(name == one or name.startswith(f"{one}.") for one in kind.forgets):
                del self.facts[name]
        if kind.moment is not None:
            self.facts[kind.moment] = self._moment(kind.moment, event.at)
        self.facts |= event.facts
        for registry in self.kind.registries.values():
            self._tell_use(registry, noted)
        return self.facts != before

    def as_of(self, event: Event) -> datetime:
        """The moment by which the version is chosen: the policy's own fact, or the event's."""
        told = self.facts.get(self.version.chosen_by)
        return told if isinstance(told, datetime) else event.at

    def use(self, registry: Registry) -> tuple[str, str] | None:
        """The value that would be used up and its holder; None where none is told."""
        value = self.facts.get(registry.value)
        return None if value is None else (spoken(value), self._holder(registry))

    def _tell_use(self, registry: Registry, noted: JournaledEvent) -> None:
        using = self.use(registry)
        # A word of the event itself that the value was used stands, whatever the registry knows.
        if using is None or noted.event.facts.get(registry.tells) is True:
            return
        claim = self.claims(registry.name, using[0])
        is_used = claim is not None and claim.seq <= noted.seq and claim.holder != using[1]
        self.facts[registry.tells] = is_used

    def _holder(self, registry: Registry) -> str:
        told = [self.facts.get(name) for name in registry.by]
        return json.dumps([self.kind.name, self.subject, *map(spoken, told)], ensure_ascii=False)

    def _moment(self, fact: str, at: datetime) -> Value:
        local = at.astimezone(ZoneInfo(self.version.zone))
        return local.date() if self.version.facts[fact].type.kind is Kind.DATE else local


def values_of(facts: Mapping[str, Value], names: tuple[str, ...]) -> str:
    """What these facts tell, as one text."""
    return json.dumps([spoken(facts.get(name)) for name in names], ensure_ascii=False)
