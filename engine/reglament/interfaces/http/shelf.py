"""From names to the policies that are served, each the last one that was found right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import Message, ticked
from reglament.model.problems import Problem, Refused
from reglament.policy import Policy


class Holder(Protocol):
    """What holds the last good policy, as `PolicyHolder` does."""

    refused: Exception | None

    @property
    def policy(self) -> Policy:
        """The last policy that was read without mistakes."""
        ...

    def refresh(self) -> bool:
        """Read it anew if it changed; whether a new one is taken."""
        ...


@dataclass(slots=True)
class Fixed:
    """A policy that stays as it was loaded."""

    policy: Policy
    refused: Exception | None = None

    def refresh(self) -> bool:
        """Nothing changes."""
        return False


@dataclass(slots=True)
class Served:
    """A policy that is served, and since when."""

    holder: Holder
    since: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def policy(self) -> Policy:
        """The policy as of now; a request keeps the one that it began with."""
        return self.holder.policy

    @property
    def digest(self) -> str:
        """The fingerprint of its newest version."""
        return self.policy.versions[-1].digest

    def refresh(self) -> None:
        """Take what changed, if it is right."""
        if self.holder.refresh():
            self.since = datetime.now(UTC)


class Shelf(Mapping[str, Served]):
    """The policies of a service by their ids."""

    def __init__(self, holders: Mapping[str, Holder]) -> None:
        self._served = {name: Served(holder) for name, holder in holders.items()}

    def __getitem__(self, name: str) -> Served:
        return self._served[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._served)

    def __len__(self) -> int:
        return len(self._served)


def unknown_policy(name: str, known: Mapping[str, object]) -> Refused:
    """Why no policy of that name is served."""
    message = Message("http-unknown-policy", name=short(name))
    listed = Message("http-policies", listed=ticked(known)) if known else None
    return Refused([Problem("unknown-policy", message, hint=suggestion(name, known) or listed)])
