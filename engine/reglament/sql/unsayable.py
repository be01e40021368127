"""Why something cannot be said in SQL just as the engine means it."""

from __future__ import annotations

from reglament.messages import Message


class Unsayable(Exception):
    """What a decision asks, or comes to, has no exact form in SQL; `why` names it."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(str(why))
