"""Messages, and what may stand in them besides text and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from reglament.frozen import frozen
from reglament.messages.catalogue import Language, pattern
from reglament.messages.pattern import filled, spoken


class Words(Protocol):
    """What can be said in every language: a message of the engine, a text of a policy."""

    def to(self, language: Language) -> str:
        """The words in `language`."""
        ...


@frozen
class Message:
    """A message of the catalogues by its code, with the values that stand in it.

    A value is text, a number, or whatever is `Words` itself; a number in a choice picks the
    plural form.
    """

    code: str
    values: tuple[tuple[str, Any], ...]

    def __init__(self, code: str, /, **values: Any) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", tuple(values.items()))

    def __getitem__(self, name: str) -> Any:
        return dict(self.values)[name]

    def to(self, language: Language) -> str:
        """The message in `language`. Raises KeyError for a code or a value that is missing."""
        return filled(pattern(self.code, language), dict(self.values), language)


@frozen
class Verbatim:
    """What reads the same in every language: a name, an address."""

    text: str

    def to(self, language: Language) -> str:
        """The text."""
        return self.text


@frozen
class ListedWords:
    """Several words in a row: `a, b`."""

    items: tuple[Any, ...]
    separator: str | Words

    def __init__(self, items: Iterable[Any], separator: str | Words = ", ") -> None:
        object.__setattr__(self, "items", tuple(items))
        object.__setattr__(self, "separator", separator)

    def to(self, language: Language) -> str:
        """The items in `language`."""
        between = spoken(self.separator, language)
        return between.join(spoken(item, language) for item in self.items)


@frozen
class Rendered:
    """What a function puts into words when the language is known, its last argument."""

    render: Callable[..., str]
    values: tuple[Any, ...]

    def __init__(self, render: Callable[..., str], *values: Any) -> None:
        object.__setattr__(self, "render", render)
        object.__setattr__(self, "values", values)

    def __hash__(self) -> int:
        # By the function alone: a whole policy may be among the values.
        return hash(self.render)

    def to(self, language: Language) -> str:
        """The words in `language`."""
        return self.render(*self.values, language)


def any_of(items: Iterable[Any]) -> ListedWords:
    """The items as alternatives: `a or b`."""
    return ListedWords(items, Message("or-between"))


def ticked(names: Iterable[object], between: str = ", ") -> str:
    """Names as a policy writes them, one after another: "`tier`, `scope`"."""
    return between.join(f"`{name}`" for name in names)
