"""From what each item of a list can add to totals to the totals that they reach together.

A state has for each total what the items so far come to. The states after one item more are
those of every state before with every profile of the item; counts stop at a cap beyond which no
rule tells them apart, so there are few. A list that may be longer is closed under the profiles
of an item of which nothing is told, up to its greatest length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import field
from typing import Any, NamedTuple, TypeAlias

from reglament.evaluation.lists.item_profiles import NOT_COUNTED, AnyValue, Between, Profile
from reglament.frozen import frozen
from reglament.functions.totals import COUNT, DECIDED, DISTINCT, LIST, MINIMUM, SUM, added
from reglament.memo import keep
from reglament.model.markers import ERROR
from reglament.model.terms import Total
from reglament.model.values import LARGEST, Type, nought

MOST_STATES = 1_000
MOST_KEPT = 32
UNKNOWN = ()

# Of each total: ERROR, UNKNOWN, the value in a tuple, or the numbers that it lies between. Beside
# the number of different values, the values; with some that are not told, `Differing`.
State: TypeAlias = tuple[Any, ...]


class Differing(NamedTuple):
    """Different values, of which `values` are known and `open` more may be any.

    There are no more than `size`, and more than `cap` do not matter. As each open one may be equal
    to any other, every number from `least` on may be.
    """

    values: frozenset[Any]
    open: int
    size: int | None
    cap: int | None

    @property
    def least(self) -> int:
        """The least number of different values."""
        return max(len(self.values), 1)

    @property
    def most(self) -> int:
        """The greatest number of different values that matters."""
        ends = (one for one in (self.size, self.cap) if one is not None)
        return max(self.least, min([len(self.values) + self.open, *ends]))


class TooMany(Exception):
    """There are more states than are worth following."""


@frozen
class Reach:
    """How profiles change states, for some totals; a count stops at its cap."""

    totals: tuple[Total, ...]
    types: tuple[Type, ...]
    caps: tuple[int | None, ...]
    kept: dict[Any, tuple[frozenset[State] | None]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def start(self) -> State:
        """The state of no items."""
        return tuple(map(_of_nothing, self.totals, self.types))

    def after(self, state: State, profile: Profile) -> State:
        """The state with one item more."""
        return tuple(map(_one_more, self.totals, self.caps, state, profile))

    def after_each(self, states: frozenset[State], profiles: Iterable[Profile]) -> frozenset[State]:
        """The states with one item more that has one of these profiles. Raises TooMany."""
        several = tuple(profiles)
        if len(states) * len(several) > 50 * MOST_STATES:
            raise TooMany
        found = frozenset(self.after(state, one) for state in states for one in several)
        if len(found) > MOST_STATES:
            raise TooMany
        return found

    def told(self, items: Sequence[frozenset[Profile]]) -> frozenset[State]:
        """The states after items with these profiles. Raises TooMany."""
        states = frozenset([self.start])
        for profiles in items:
            states = self.after_each(states, profiles)
        return states

    def longer(
        self, states: frozenset[State], profiles: frozenset[Profile], least: int, most: int
    ) -> frozenset[State]:
        """The states after `least` to `most` items more. Raises TooMany.

        They are kept: most of what is asked while a list is told asks for the same again.
        """
        key = states, profiles, least, most
        found = self.kept.get(key)
        if found is None:
            found = keep(self.kept, key, (self._longer(*key),), MOST_KEPT)
        if found[0] is None:
            raise TooMany
        return found[0]

    def _longer(
        self, states: frozenset[State], profiles: frozenset[Profile], least: int, most: int
    ) -> frozenset[State] | None:
        """The same; None where there are too many."""
        with suppress(TooMany):
            for _ in range(least):
                states = self.after_each(states, profiles)
            found = new = states
            for _ in range(most - least):
                new = self.after_each(new, profiles) - found
                found |= new
                if not new or len(found) > MOST_STATES:
                    break
            return found if len(found) <= MOST_STATES else None
        return None


def value_in(state: Any) -> Any:
    """The value of a total in a state that has one; null where it is refused, and not asked."""
    return None if state is ERROR else state[0]


def _of_nothing(total: Total, type: Type) -> Any:
    if total.function == COUNT:
        return (0,)
    if total.function == DISTINCT:
        return (0, frozenset())
    if total.function == DECIDED:
        return (True,)
    if total.function == LIST:
        return ((),)
    return (nought(type),) if total.function == SUM else (None,)


def _one_more(total: Total, cap: int | None, state: Any, more: Any) -> Any:
    if more is NOT_COUNTED:
        return state
    if total.function == DECIDED:
        return (False,) if more is ERROR else state
    if state is ERROR or more is ERROR:
        return ERROR
    if total.function == COUNT:
        return state if state[0] == cap else (state[0] + 1,)
    if total.function == DISTINCT:
        return _different(cap, state, more)
    if total.function == LIST:
        return _listed(state, more)
    return _computed(total, state, more)


def _different(cap: int | None, state: Any, more: Any) -> Any:
    """The different values with one more; at the cap it no longer matters which they are."""
    if more == (None,) or (state != UNKNOWN and cap is not None and state[0] == cap):
        return state
    if UNKNOWN in (state, more):
        return UNKNOWN
    found = state if isinstance(state, Differing) else Differing(state[1], 0, None, cap)
    if isinstance(more, AnyValue):
        found = found._replace(open=found.open + 1, size=more.size)
    else:
        found = found._replace(values=found.values | {more[0]})
    if len(found.values) == cap:
        return (cap, None)
    return found if found.open else (len(found.values), found.values)


def _listed(state: Any, more: Any) -> Any:
    """The values with one more, in their order; with a null among them there is no list."""
    if _NULL in (state, more) or more == (None,):
        return _NULL
    if UNKNOWN in (state, more) or isinstance(more, Between):
        return UNKNOWN
    return ((*state[0], more[0]),)


_NULL = (None, "null")


def _computed(total: Total, state: Any, more: Any) -> Any:
    """A sum, a minimum or a maximum with one value more; of nothing the last two are null."""
    if state == _NULL or more == (None,):
        return _NULL
    if state == UNKNOWN or more == UNKNOWN:
        return UNKNOWN
    is_nothing = state == (None,)
    if isinstance(state, Between) or (isinstance(more, Between) and not is_nothing):
        return _joined(total, _as_between(state), _as_between(more))
    if total.function == SUM:
        return (added(state[0], more[0]),)
    if is_nothing:
        return more
    return (min(state[0], more[0]),) if total.function == MINIMUM else (max(state[0], more[0]),)


def _joined(total: Total, one: Between, other: Between) -> Any:
    """The same of numbers that lie between others; a number where only one is left.

    A bound of a sum that is as far as numbers go stays there: no sum beyond it is decided, and
    however many items more are added, there are no new states.
    """
    if total.function == SUM:
        found = Between(_least(one.least, other.least), _most(one.most, other.most))
    else:
        least = min if total.function == MINIMUM else max
        found = Between(least(one.least, other.least), least(one.most, other.most))
    return (found.least,) if found.least == found.most else found


def _least(one: Any, other: Any) -> Any:
    return -LARGEST if min(one, other) <= -LARGEST else max(added(one, other), -LARGEST)


def _most(one: Any, other: Any) -> Any:
    return LARGEST if max(one, other) >= LARGEST else min(added(one, other), LARGEST)


def _as_between(value: Any) -> Between:
    return value if isinstance(value, Between) else Between(value[0], value[0])
