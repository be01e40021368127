"""Terms: what a rule may compare or give - a constant, a fact, a decision, a formula of these."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

from reglament.frozen import frozen
from reglament.model.values import Value


@frozen(eq=False)
class Constant:
    """A value that the policy says; `name` is the parameter it came from, if any.

    Constants are equal where type and value are: 1 and true are not.
    """

    value: Value
    name: str | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Constant):
            return NotImplemented
        return type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@frozen
class FactRef:
    """The value of the fact `name`."""

    name: str


@frozen
class Total(FactRef):
    """What the items of the list `over` for which `where` holds come to, all together.

    `function` is `count`, or the `sum`, `minimum` or `maximum` of what `term` comes to for each
    of them, or `list_of` that; `each` is the list of that for all items, null or not, and `decided`
    whether `where` and `term` come to something for every item of the list at all. `where` and
    `term` speak of one item.

    A request does not tell it: it is found from the list, and then read like any other fact.
    """

    function: str
    over: str
    where: Any  # a Condition; these are made of terms, so terms do not import them
    term: Term | None = None


@frozen
class DecisionRef:
    """The outcome of the decision `name`."""

    name: str


@frozen
class ForEach:
    """What is made of each item of a plain list for which `where` holds.

    Both speak of the item by the name `item`, which is no fact, and of `names`, what else they
    read; `said` is the whole as the policy writes it.
    """

    item: str
    names: tuple[str, ...]
    where: Any  # a Condition
    term: Term
    said: str = ""


@frozen
class Formula:
    """A function of the language applied to terms; null in, null out.

    `hours` names the working hours, `tie` what happens to working time that
    runs out exactly at closing (only for functions of working time). Where hours are
    picked by a word, `by` has the hours of each word, those of any other under null, and
    the last argument is the term that says the word. `zone` is that of the policy (only
    for functions that read its clock). `each` is said of the items of the first argument; the
    others are then what it reads beside them.
    """

    function: str
    arguments: tuple[Term, ...]
    hours: str | None = None
    tie: str = "closing"
    by: tuple[tuple[str | None, str], ...] = ()
    zone: str = ""
    each: ForEach | None = None

    @property
    def all_hours(self) -> tuple[str, ...]:
        """The names of all hours that it may count by."""
        own = () if self.hours is None else (self.hours,)
        return (*own, *dict.fromkeys(name for _, name in self.by))

    def applied_to(self, arguments: tuple[Term, ...]) -> Formula:
        """The same function of other arguments, its hours picked where the word is known."""
        if not (self.by and isinstance(arguments[-1], Constant)):
            return replace(self, arguments=arguments)
        by, word = dict(self.by), str(arguments[-1].value)
        hours = by[word] if word in by else by[None]
        return replace(self, arguments=arguments[:-1], hours=hours, by=())


@frozen
class Conditional:
    """The value of `then` where the condition holds, else that of `otherwise`."""

    when: Any  # a condition, which is made of terms in turn
    then: Term
    otherwise: Term


Term: TypeAlias = Constant | FactRef | DecisionRef | Formula | Conditional
