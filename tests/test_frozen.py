"""What `frozen` makes is what `dataclass(frozen=True)` makes; its methods are written later."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest

import reglament
from reglament.frozen import frozen, has_own_init

Decorator = Callable[[type], Any]
PAIRS = [
    pytest.param(dataclass(frozen=True, slots=True), frozen, id="slots"),
    pytest.param(dataclass(frozen=True), frozen(slots=False), id="no slots"),
    pytest.param(dataclass(frozen=True, eq=False), frozen(slots=False, eq=False), id="no eq"),
    pytest.param(dataclass(frozen=True, slots=True, order=True), frozen(order=True), id="in order"),
]


@frozen
class Point:
    """A class of a module, which can be pickled."""

    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False)


@frozen
class Named(Point):
    name: str = field(default="", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        if self.name == "bad":
            raise ValueError(self.name)


def _classes(decorate: Decorator) -> tuple[Any, Any]:
    class Base:
        first: int
        second: str = "s"
        third: tuple[int, ...] = field(default_factory=tuple, compare=False)

    base = decorate(Base)

    class Below(base):  # type: ignore[misc, valid-type]
        last: int = field(default=0, kw_only=True, repr=False)

    return base, decorate(Below)


def _said(ask: Callable[[], object]) -> object:
    """What comes out, or how it fails."""
    try:
        return ask()
    except Exception as error:
        return type(error).__name__


MADE: list[Callable[[Any], Any]] = [
    lambda made: made(1),
    lambda made: made(1, "t"),
    lambda made: made(first=1, second="s", third=(3,)),
    lambda made: replace(made(1), second="u"),
    lambda made: copy.deepcopy(made(2)),
    lambda made: made(),
    lambda made: made(1, "t", (), 4),
    lambda made: made(1, fourth=4),
]


@pytest.mark.parametrize(("usual", "ours"), PAIRS)
def test_it_does_as_a_frozen_dataclass(usual: Decorator, ours: Decorator) -> None:
    for theirs, own in zip(_classes(usual), _classes(ours), strict=True):
        assert is_dataclass(own)
        assert [one.name for one in fields(own)] == [one.name for one in fields(theirs)]
        assert own.__match_args__ == theirs.__match_args__
        for make in MADE:
            told = [_said(partial(make, one)) for one in (theirs, own)]
            assert repr(told[0]) == repr(told[1])
            for other in MADE:
                for ask in (
                    lambda a, b: a == b,
                    lambda a, b: hash(a) == hash(b),
                    lambda a, b: a < b,
                    lambda a, b: a >= b,
                ):
                    pairs = [
                        (_said(partial(make, one)), _said(partial(other, one)))
                        for one in (theirs, own)
                    ]
                    seen = [_said(partial(ask, *pair)) for pair in pairs]
                    assert seen[0] == seen[1]


@pytest.mark.parametrize(("usual", "ours"), PAIRS)
def test_nothing_of_it_can_be_set(usual: Decorator, ours: Decorator) -> None:
    for made in (*_classes(usual), *_classes(ours)):
        one = made(1)
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'first'"):
            one.first = 2
        with pytest.raises(FrozenInstanceError, match="cannot delete field 'first'"):
            del one.first
        assert one.first == 1
    with pytest.raises(FrozenInstanceError, match="other"):
        one.other = 2  # where a slotted dataclass of Python 3.11 raises TypeError


def test_what_is_carried_elsewhere_is_equal() -> None:
    for one in (Point(1), Named(1, 3, name="n")):
        for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
            assert again == one
            assert hash(again) == hash(one)
            assert type(again) is type(one)
    assert Point(1) != Named(1)


def test_methods_of_a_class_stay() -> None:
    @frozen
    class Own:
        said: tuple[str, ...]

        def __init__(self, *said: str) -> None:
            object.__setattr__(self, "said", said)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and sorted(other.said) == sorted(self.said)

        def __hash__(self) -> int:
            return len(self.said)

        def __repr__(self) -> str:
            return "own"

    assert Own("a", "b") == Own("b", "a")
    assert (hash(Own("a")), repr(Own())) == (1, "own")
    assert has_own_init(Own)
    assert not has_own_init(Point)
    Point(1)  # whose `__init__` is written now
    assert not has_own_init(Point)


def test_an_object_is_checked_when_it_is_made_and_may_keep_what_it_computed() -> None:
    with pytest.raises(ValueError, match="bad"):
        Named(1, name="bad")

    @frozen(slots=False)
    class Computation:
        number: int

        @cached_property
        def double(self) -> int:
            return 2 * self.number

    assert Computation(4).double == 8


def test_a_class_below_without_fields_of_its_own_may_keep_more() -> None:
    @frozen(slots=False, eq=False)
    class Base:
        number: int

    class Below(Base):
        pass

    below = Below(1)
    below.more = 2  # type: ignore[attr-defined]
    assert below.more == 2  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        below.number = 3  # type: ignore[misc]


def test_every_frozen_class_of_the_engine_is_made_so() -> None:
    folder = Path(reglament.__file__).parent
    others = [
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if "@dataclass(frozen=True" in path.read_text("utf-8")
    ]
    assert others == []
