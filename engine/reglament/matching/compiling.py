"""From the reactions of a policy to the rules and kinds of fact that a matcher is given.

Each event is a fact of its own kind. A clock is followed by three kinds: `mark:<clock>` (a point
to reach, at a moment, in one turn of the clock), `turned:<clock>` (that turn is over: paused,
resumed, moved or stopped), `stopped:<clock>`; the passing time is the transient kind `now`.
A decision taken after an event is `concluded:<decision>`, an unmet requirement `unmet:<decision>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Final

from reglament.matching.matching_rules import (
    FieldKind,
    Join,
    MatchRule,
    Pattern,
    RuleSet,
    Scalar,
    Shape,
)
from reglament.matching.matching_rules import FieldTest as Checked
from reglament.model import values
from reglament.model.moments import MICROSECOND, micros
from reglament.model.reactions import (
    ClockPoint,
    Concluded,
    EventKind,
    FieldOperator,
    Happened,
    Occasion,
    Reaction,
    SameAs,
    Stopped,
)
from reglament.model.regulation import Version

NOW: Final = "now"
_MARK: Final[Shape] = {"mark": FieldKind.TEXT, "at": FieldKind.NUMBER, "turn": FieldKind.NUMBER}
_TURNED: Final[Shape] = {"turn": FieldKind.NUMBER}
_STOPPED: Final[Shape] = {"in_time": FieldKind.FLAG, "turn": FieldKind.NUMBER}
_CONCLUDED: Final[Shape] = {"value": FieldKind.TEXT, "of": FieldKind.NUMBER}
_KINDS: Final = {
    values.Kind.BOOLEAN: FieldKind.FLAG,
    values.Kind.CHOICE: FieldKind.TEXT,
    values.Kind.TEXT: FieldKind.TEXT,
    values.Kind.INTEGER: FieldKind.NUMBER,
    values.Kind.DECIMAL: FieldKind.NUMBER,
    values.Kind.DATE: FieldKind.NUMBER,
    values.Kind.DATETIME: FieldKind.NUMBER,
    values.Kind.TIME: FieldKind.NUMBER,
    values.Kind.DURATION: FieldKind.NUMBER,
    values.Kind.PERIOD: FieldKind.NUMBER,
}


def rules_of(version: Version, subject: str) -> RuleSet:
    """The rules for subjects of one kind, whether or not they keep to the fence."""
    own = [reaction for reaction in version.reactions if reaction.subject == subject]
    return RuleSet(
        tuple(_Compiled(version, reaction).rule() for reaction in own),
        dict(_shapes(version, subject, own)),
        frozenset({NOW}),
    )


def field_name(name: str) -> str:
    """The name of a fact or field where dots, and names of the matcher's own, cannot stand."""
    return "f_" + name.replace("_", "_u").replace(".", "_d")


def kind_of(type: values.Type) -> FieldKind | None:
    """The kind of value by which the type is matched; None for lists and records."""
    return _KINDS.get(type.kind)


def scalar(value: values.Value) -> Scalar:
    """The value as a matcher compares it: moments in microseconds, days and money as numbers."""
    if isinstance(value, datetime):
        return micros(value)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, values.Period):
        return value.months
    if isinstance(value, values.TimeOfDay):
        return value.micros
    if isinstance(value, timedelta):
        return value // MICROSECOND
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return int(value.scaleb(-exponent)) if isinstance(exponent, int) else 0
    if isinstance(value, bool | int | str):
        return value
    raise TypeError(f"a {type(value).__name__} is not matched")


def stand_in(kind: FieldKind, seq: int) -> Scalar:
    """A value for a missing field that equals no other: a join needs one."""
    return f"\x01{seq}" if kind is FieldKind.TEXT else -(2**52) - seq


def spoken(value: values.Value) -> str:
    """An outcome as the text by which it is matched."""
    if value is None:
        return "null"
    return value.isoformat() if isinstance(value, date) else str(value)


def type_of_field(version: Version, kind: EventKind, name: str) -> values.Type | None:
    """The type of a field of the event, or of a fact that it may tell; None where it is neither."""
    if name in kind.fields:
        return kind.fields[name]
    fact = version.facts.get(name)
    return None if fact is None else fact.type


def fields_used(version: Version, subject: str, event: str) -> Mapping[str, str]:
    """The fields of the event that some reaction tests, each with its name in the matcher."""
    found = dict.fromkeys(
        name
        for reaction in version.reactions
        if reaction.subject == subject
        for name in _fields_of(reaction, event)
    )
    return {name: field_name(name) for name in found}


def _fields_of(reaction: Reaction, event: str) -> Iterator[str]:
    aliases = {one.alias: one.event for one in reaction.when if isinstance(one, Happened)}
    for occasion in reaction.when:
        for where in occasion.where if isinstance(occasion, Happened) else ():
            if isinstance(occasion, Happened) and occasion.event == event:
                yield where.field
            if isinstance(where.operand, SameAs) and aliases.get(where.operand.alias) == event:
                yield where.operand.field


def _shapes(
    version: Version, subject: str, own: list[Reaction]
) -> Iterator[tuple[str, Mapping[str, FieldKind]]]:
    kind = version.subjects[subject]
    yield NOW, {"at": FieldKind.NUMBER}
    for event in kind.events.values():
        yield (
            f"event:{event.name}",
            {"number": FieldKind.NUMBER, **_fields(version, subject, event)},
        )
    for clock in kind.clocks:
        yield f"mark:{clock}", _MARK
        yield f"turned:{clock}", _TURNED
        yield f"stopped:{clock}", _STOPPED
    for name in {name for event in kind.events.values() for name in event.decides}:
        yield f"concluded:{name}", _CONCLUDED
        yield f"unmet:{name}", _CONCLUDED


def _fields(version: Version, subject: str, event: EventKind) -> dict[str, FieldKind]:
    kinds: dict[str, FieldKind] = {}
    for name, short in fields_used(version, subject, event.name).items():
        type = type_of_field(version, event, name)
        kind = None if type is None else kind_of(type)
        if kind is not None:
            kinds[short] = kind
    return kinds


class _Compiled:
    """One reaction on its way to a rule; what is absent goes last, whatever its author wrote."""

    def __init__(self, version: Version, reaction: Reaction) -> None:
        self.version = version
        self.reaction = reaction
        self.numbers = count(1)
        self.absent: list[Pattern] = []

    def rule(self) -> MatchRule:
        there = [pattern for occasion in self.reaction.when for pattern in self._patterns(occasion)]
        return MatchRule(self.reaction.id, (*there, *self.absent))

    def _patterns(self, occasion: Occasion) -> Iterator[Pattern]:
        if isinstance(occasion, Happened):
            pattern = self._happened(occasion)
        elif isinstance(occasion, Concluded):
            pattern = self._concluded(occasion)
        elif isinstance(occasion, Stopped):
            test = Checked("in_time", FieldOperator.IS, occasion.in_time)
            pattern = Pattern(self._alias(), f"stopped:{occasion.clock}", (test,))
        else:
            yield from self._reached(occasion)
            return
        if pattern.absent:
            self.absent.append(pattern)
        else:
            yield pattern

    def _alias(self) -> str:
        return f"own{next(self.numbers)}"

    def _reached(self, occasion: ClockPoint) -> Iterator[Pattern]:
        mark, turn = self._alias(), self._alias()
        yield Pattern(
            mark, f"mark:{occasion.clock}", (Checked("mark", FieldOperator.IS, occasion.mark),)
        )
        yield Pattern(self._alias(), NOW, joins=(Join("at", FieldOperator.AT_LEAST, mark, "at"),))
        same = Join("turn", FieldOperator.IS, mark, "turn")
        self.absent.append(Pattern(turn, f"turned:{occasion.clock}", joins=(same,), absent=True))

    def _happened(self, occasion: Happened) -> Pattern:
        tests: list[Checked] = []
        joins: list[Join] = []
        for where in occasion.where:
            short, how = field_name(where.field), where.compared
            if isinstance(where.operand, SameAs):
                other = field_name(where.operand.field)
                joins.append(Join(short, how, _own(where.operand.alias), other))
            else:
                tests.append(Checked(short, how, scalar(where.operand)))
        return Pattern(
            _own(occasion.alias),
            f"event:{occasion.event}",
            tuple(tests),
            tuple(joins),
            occasion.absent,
        )

    def _concluded(self, occasion: Concluded) -> Pattern:
        kind = "concluded" if occasion.unmet is None else "unmet"
        value = spoken(occasion.outcome) if occasion.unmet is None else occasion.unmet
        joins = (
            ()
            if occasion.of is None
            else (Join("of", FieldOperator.IS, _own(occasion.of), "number"),)
        )
        test = Checked("value", FieldOperator.IS, value)
        name = f"{kind}:{occasion.decision}"
        return Pattern(self._alias(), name, (test,), joins, occasion.absent)


def _own(alias: str) -> str:
    return f"a_{alias.replace('-', '_')}"
