"""From a total of a list to the decisions, for one item, that say what it adds."""

from __future__ import annotations

from reglament.frozen import frozen
from reglament.model.lists import condition_of, term_of
from reglament.model.terms import Total


@frozen
class Asked:
    """A total of one list, with the decisions, for one item, that say what it adds."""

    total: Total
    where: str | None
    term: str | None

    @classmethod
    def of(cls, total: Total) -> Asked:
        """What the total asks of an item."""
        return cls(total, condition_of(total), term_of(total))
