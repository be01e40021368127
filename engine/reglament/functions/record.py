"""What is known of one function of the language; every reader of functions asks its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from reglament.frozen import frozen
from reglament.messages import Words
from reglament.model.terms import Formula
from reglament.model.values import Type, Value

Signature: TypeAlias = Callable[[Sequence[Type], Sequence[Value]], Type]
Grid: TypeAlias = Callable[[Sequence[Type]], Type | None]
Moves: TypeAlias = Literal[1, -1, 0, "by_sign"]


@frozen
class Function:
    """A function of the language, of which a policy writes `{name: [arguments]}`.

    `gives` makes a value of arguments none of which is null; of a function that `needs_hours`,
    it takes the hours first, and then what happens at closing where it `takes_tie`; of one that
    `needs_zone`, the zone of the policy first.
    `signature` gives the type of the result for the types of the arguments (and those of them
    that are constants, else null), and raises Misapplied. `grid` is the type on whose grid
    values lie, or how it follows from the types of the arguments; None where there is no grid.

    `moves` says of each argument, the last standing for all that follow, which way the value
    goes as the argument grows: 1 up, -1 down, 0 no one knows; "by_sign" by the signs of the
    other arguments. One that `is_strict` comes to several values wherever an argument has many.
    `never_refused` functions are in range and need no calendar.
    `divisors` counts the last arguments that something is divided by. What `takes_nulls` gives a
    value for null, too; of any other function null comes out, and what `may_be_null` may give
    null of what is none. What `is_opaque` hangs on values that stand in no order, so that no
    solver follows it; what `has_parts` is a list or a record.

    In words, a function is the message `words` of its arguments `$first` and `$second`; those
    of any number of arguments are `joined` first; what counts on from a day names the `unit`.
    `mistaken_for` is the function that an author might write instead, and `elsewhere` are its
    names in other languages.
    """

    name: str
    gives: Callable[..., Any]
    signature: Signature
    grid: Type | Grid | None
    moves: tuple[Moves, ...]
    never_refused: bool = False
    is_strict: bool = False
    is_commutative: bool = False
    needs_hours: bool = False
    takes_tie: bool = False
    needs_zone: bool = False
    divisors: int = 0
    takes_nulls: bool = False
    may_be_null: bool = False
    is_opaque: bool = False
    has_parts: bool = False
    words: str = ""
    joined: Words | None = None
    unit: str = ""
    mistaken_for: str = ""
    elsewhere: str = ""

    def bound(self, formula: Formula, hours: Mapping[str, Any]) -> Callable[..., Any]:
        """What the formula applies, its zone, or its hours and its tie, being bound."""
        if self.needs_zone:
            return partial(self.gives, ZoneInfo(formula.zone))
        if not self.needs_hours:
            return self.gives
        if formula.by:
            return self._picked(formula, hours)
        own = hours[str(formula.hours)]
        return partial(self.gives, own, formula.tie) if self.takes_tie else partial(self.gives, own)

    def _picked(self, formula: Formula, hours: Mapping[str, Any]) -> Callable[..., Any]:
        """The same where the last argument is the word that picks the hours."""
        words = {
            word: self.bound(replace(formula, hours=name, by=()), hours)
            for word, name in formula.by
        }
        other = words.get(None)

        def apply(*arguments: Any) -> Any:
            return (words.get(arguments[-1]) or other)(*arguments[:-1])  # type: ignore[misc]

        return apply

    def move(self, place: int) -> Moves:
        """Which way the value goes as the argument at that place grows."""
        return self.moves[min(place, len(self.moves) - 1)]


def table(*functions: Function) -> dict[str, Function]:
    """The functions by their names."""
    return {function.name: function for function in functions}
