"""The small language that matchers speak: facts of one session, rules that join them, firings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from reglament.frozen import frozen
from reglament.model.reactions import FieldOperator

Scalar: TypeAlias = bool | int | str
Fields: TypeAlias = Mapping[str, Scalar]


class FieldKind(StrEnum):
    """The kinds of value that a matcher compares; moments, days and money are whole numbers."""

    FLAG = "flag"
    NUMBER = "number"
    TEXT = "text"


ORDERING: Final = frozenset(FieldOperator) - {FieldOperator.IS, FieldOperator.IS_NOT}
Shape: TypeAlias = Mapping[str, FieldKind]


@frozen
class FieldTest:
    """The field compared with a constant."""

    __test__ = False  # not a test class, whatever pytest makes of the name

    field: str
    operator: FieldOperator
    value: Scalar


@frozen
class Join:
    """The field compared with the field `other` of the fact matched as `alias` before."""

    field: str
    operator: FieldOperator
    alias: str
    other: str


@frozen
class Pattern:
    """A fact of `kind` that passes every test and join; where `absent`, that there is none."""

    alias: str
    kind: str
    tests: tuple[FieldTest, ...] = ()
    joins: tuple[Join, ...] = ()
    absent: bool = False


@frozen
class MatchRule:
    """Fires once for each way in which facts match the patterns, when the last of them arrives.

    Each pattern takes a fact of its own, and no fact is what a pattern under `absent` looks for
    beside itself.
    """

    id: str
    patterns: tuple[Pattern, ...]


@frozen
class RuleSet:
    """Rules, the fields that facts of each kind may have, and the kinds that pass at once.

    A transient fact (a clock) is there while it is told and gone afterwards. A field that a
    join names must be told with every fact of its kind; any other may be missing.
    """

    rules: tuple[MatchRule, ...]
    shapes: Mapping[str, Shape]
    transient: frozenset[str] = frozenset()
    needed: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "needed", _joined_fields(self.rules))


def _joined_fields(rules: tuple[MatchRule, ...]) -> dict[str, frozenset[str]]:
    """The fields that joins name, on either side, by kind of fact."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        kinds = {one.alias: one.kind for one in rule.patterns}
        for pattern in rule.patterns:
            for join in pattern.joins:
                found.setdefault(pattern.kind, set()).add(join.field)
                found.setdefault(kinds.get(join.alias, ""), set()).add(join.other)
    return {kind: frozenset(fields) for kind, fields in found.items()}


@frozen
class SessionFact:
    """One fact of a session; `seq` is its own number there, from 1."""

    kind: str
    seq: int
    fields: Fields


@frozen(order=True)
class Firing:
    """The rule `rule` fired on these facts, in the order of its patterns that are not absent."""

    rule: str
    facts: tuple[int, ...]


class Session(Protocol):
    """The facts of one subject, while it is followed."""

    def tell(self, facts: Sequence[SessionFact]) -> list[list[Firing]]:
        """For each fact, in turn, what fired on it, sorted."""
        ...

    def close(self) -> None:
        """Forget the session; it may be closed twice."""
        ...


class Matcher(Protocol):
    """What follows sessions by the rules of one set."""

    def open(self) -> Session:
        """A new session without facts."""
        ...

    def close(self) -> None:
        """Let go of whatever the matcher holds."""
        ...
