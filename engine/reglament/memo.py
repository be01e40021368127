"""Dictionaries of what is made of their keys: each made once, or no more kept than so many."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

Key = TypeVar("Key")
Made = TypeVar("Made")


class Memo(dict[Key, Made], Generic[Key, Made]):
    """What `make` makes of each key; threads that race may make it twice, and keep one."""

    def __init__(self, make: Callable[[Key], Made]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Key) -> Made:
        return self.setdefault(key, self.make(key))


def once_for_each(make: Callable[[Key], Made]) -> Callable[[Key], Made]:
    """What `make` makes of an object, kept as long as that lives; it must not hold it."""
    kept: WeakKeyDictionary[Key, Made] = WeakKeyDictionary()

    def made(key: Key) -> Made:
        found = kept.get(key)
        if found is None:
            found = kept[key] = make(key)
        return found

    return made


class MemoByIdentity(Generic[Key, Made]):
    """What `make` makes of each object, for long ones that take long to hash.

    The objects are kept, so that no other one gets the identity of one that is gone. Of `most`
    that are kept all are dropped before the next; else there is no end to them.
    """

    def __init__(self, make: Callable[[Key], Made], most: int = sys.maxsize) -> None:
        self.make, self.most = make, most
        self._kept: dict[int, tuple[Key, Made]] = {}

    def __getitem__(self, key: Key) -> Made:
        found = self._kept.get(id(key))
        if found is None:
            found = keep(self._kept, id(key), (key, self.make(key)), self.most)
        return found[1]


if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property

    kept_property = cached_property
else:

    class kept_property:
        """A property that is worked out once: `cached_property` as of Python 3.12.

        That of 3.11 takes a lock, which takes longer than most of what a request keeps.
        """

        def __init__(self, make):
            self.make, self.__doc__ = make, make.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            found = instance.__dict__[self.name] = self.make(instance)
            return found


def keep(kept: dict[Key, Made], key: Key, made: Made, most: int) -> Made:
    """Keep what was made under its key; of `most` that are kept all are dropped before."""
    if len(kept) >= most:
        kept.clear()
    kept[key] = made
    return made
