"""From the items of the lists that a request tells to what they come to, where that is settled.

An item is a small request: it is decided by the version of its list, by the same function as any
other. What the items of a list come to is then a fact of the request, told by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any

from reglament.backend.python import Decide, generate
from reglament.evaluation.lists.count_caps import count_caps, thresholds
from reglament.evaluation.lists.decider import Decider
from reglament.functions.totals import COUNT, DECIDED, combined
from reglament.memo import Memo
from reglament.model.lists import NOTHING_TOLD, AskedTotal, ItemList, is_open
from reglament.model.markers import ERROR, MISSING, Marker
from reglament.model.outcomes import Status
from reglament.model.terms import Total
from reglament.model.values import Value

if TYPE_CHECKING:
    from reglament.evaluation.lists.item_profiles import ProfileDiagram
    from reglament.evaluation.lists.reachable_totals import Reach


class Pass:
    """Some totals of one list that are found by going once over its items."""

    def __init__(self, evaluator: Decider, items: ItemList, totals: Iterable[Total]) -> None:
        self.evaluator = evaluator
        self.items = items
        self.asked = tuple(map(AskedTotal.of, totals))
        named = (name for total in self.asked for name in (total.where, total.term))
        self.only = tuple(dict.fromkeys(name for name in named if name is not None))
        self.places = {name: evaluator.placed[name][0] for name in self.only}
        self._fields = {whole: name for name, whole in items.whole_names.items()}

    @cached_property
    def _deciding(self) -> tuple[Decide, Decide]:
        """What decides an item that tells every field, beside a whole request; and any other."""
        plan, hours = self.evaluator.plan, self.evaluator.version.hours
        whole, partly = (
            generate(plan, hours, is_whole=is_whole, only=self.only, fields=self._fields)
            for is_whole in (True, False)
        )
        return whole, partly

    @cached_property
    def _is_sure(self) -> bool:
        """Whether every item that tells all comes to something, by what its function can say."""
        names: tuple[str, ...] = self._deciding[0].__code__.co_names
        return all(name.startswith("c_") or name == "NOT_COMPUTED" for name in names)

    def rows_of(self, base: Mapping[str, Value], items: Any) -> tuple[list[tuple[Any, ...]], bool]:
        """What each item comes to beside `base`; and whether it is certain to be something."""
        if self.evaluator.has_lists:
            return self.rows([{**base, **self.items.told_of(item)} for item in items]), False
        (whole, partly), count = self._deciding, len(self._fields)
        if len(base) == len(self.items.outer) and all(len(item) == count for item in items):
            return [whole(base, item) for item in items], self._is_sure
        return [partly(base, item) for item in items], False

    def rows(self, items: list[dict[str, Value]]) -> list[tuple[Any, ...]]:
        """What the generated function makes of each item."""
        size, deciding = self.evaluator.size, self.evaluator.deciding
        whole, partly = deciding(self.only, True), deciding(self.only, False)
        if self.evaluator.has_lists:
            items = list(map(self.evaluator.item_totals.told, items))
        return [whole(item) if len(item) == size else partly(item) for item in items]

    def outcomes(
        self, item: Mapping[str, Value], row: tuple[Any, ...] | None = None
    ) -> Callable[[str], Any]:
        """What each decision is for an item: its outcome, MISSING, or ERROR where refused."""
        values = self.rows([dict(item)])[0] if row is None else row
        careful: dict[str, Any] = {}

        def outcome(name: str) -> Any:
            value = values[self.places[name]]
            if value.__class__ is not Marker:
                return value
            if name not in careful:
                careful[name] = _settled(self.evaluator, item, name)
            return careful[name]

        return outcome


def _settled(evaluator: Decider, item: Mapping[str, Value], name: str) -> Any:
    """The outcome of a decision about an item, where a simple look does not tell it."""
    found = evaluator.evaluate(item)[name]
    if found.status is Status.DETERMINED:
        return found.outcome
    return ERROR if found.status is Status.REFUSED else MISSING


class ItemTotals:
    """What the lists of one version come to; safe to share between threads."""

    def __init__(self, compiled: Decider) -> None:
        self.version = compiled.version
        self.evaluators = compiled.of_items
        self.names = frozenset(self.version.totals)
        self.of_list = {
            fact: frozenset(n for n, total in self.version.totals.items() if total.over == fact)
            for fact in self.version.lists
        }
        self.passes = tuple(self._passes())
        # By a list and the names of totals over it, what tells how they can come out.
        self.profile_diagrams = Memo(self._profile_diagram)
        self.reaches = Memo(self._reach)
        self.fields_read = Memo(self._fields_read)

    def _profile_diagram(self, key: tuple[str, tuple[str, ...]]) -> ProfileDiagram | None:
        from reglament.diagram.kernel.forest import TooLarge
        from reglament.evaluation.lists.item_profiles import ProfileDiagram

        fact, names = key
        try:
            return ProfileDiagram(self.evaluators[fact], [self.version.totals[n] for n in names])
        except TooLarge:
            return None

    def _reach(self, key: tuple[str, tuple[str, ...]]) -> Reach:
        from reglament.evaluation.lists.reachable_totals import Reach

        totals = tuple(self.version.totals[name] for name in key[1])
        types = tuple(self.version.facts[name].type for name in key[1])
        return Reach(totals, types, tuple(self.caps.get(name) for name in key[1]))

    @cached_property
    def thresholds(self) -> Mapping[str, frozenset[Any] | None]:
        """The numbers with which rules compare each total; None where more is asked of it."""
        return thresholds(self.version)

    def _fields_read(self, name: str) -> frozenset[str]:
        """The facts of an item, and of the request, that a total hangs on."""
        total = self.version.totals[name]
        asked, compiled = AskedTotal.of(total), self.evaluators[total.over]
        read = [compiled.behind[n] for n in (asked.where, asked.term) if n is not None]
        found: frozenset[str] = frozenset[str]().union(*read) & compiled.version.facts.keys()
        if not compiled.has_lists:
            return found
        expanded: frozenset[str] = compiled.item_totals.with_lists(found)
        return expanded

    def with_lists(self, names: frozenset[str]) -> frozenset[str]:
        """The facts, with the list and what its items read in the place of each total."""
        found = set(names - self.names)
        for name in names & self.names:
            items = self.version.lists[self.version.totals[name].over]
            found |= {items.fact, *(self.fields_read[name] - items.fields.keys())}
        return frozenset(found)

    @cached_property
    def caps(self) -> Mapping[str, int]:
        """Counts of which no rule tells this one from a larger one."""
        return count_caps(self.version)

    def _passes(self) -> Iterable[Pass]:
        """The totals in groups that need only those of groups before them."""
        depths: dict[str, int] = {}
        behind = {fact: self._totals_behind(fact) for fact in self.version.lists}
        for name, total in self.version.totals.items():
            below = [depths[one] for one in behind[total.over](total) if one in depths]
            depths[name] = 1 + max(below, default=0)
        for depth in sorted(set(depths.values())):
            for fact, items in self.version.lists.items():
                some = [self.version.totals[n] for n in depths if depths[n] == depth]
                wanted = [one for one in some if one.over == fact]
                if wanted:
                    yield Pass(self.evaluators[fact], items, wanted)

    def _totals_behind(self, fact: str) -> Callable[[Total], frozenset[str]]:
        behind = self.evaluators[fact].behind

        evaluator = self.evaluators[fact]

        def found(total: Total) -> frozenset[str]:
            asked = AskedTotal.of(total)
            read = [behind[name] for name in (asked.where, asked.term) if name is not None]
            named = frozenset[str]().union(*read)
            if evaluator.has_lists:
                named = evaluator.item_totals.with_lists(named)
            totals: frozenset[str] = named & self.names
            return totals

        return found

    def told(self, told: Mapping[str, Value]) -> dict[str, Value]:
        """What is told, with the totals that follow from it.

        Totals of a list that is not told stand as they are given: an analysis may try them.
        """
        found = {name: value for name, value in told.items() if not self._follows(name, told)}
        for one in self.passes:
            if one.items.fact in told:
                _add_totals(one, found, self.version)
        return found

    def _follows(self, name: str, told: Mapping[str, Value]) -> bool:
        return name in self.names and self.version.totals[name].over in told


def _add_totals(items_pass: Pass, facts: dict[str, Value], version: Any) -> None:
    """Add those totals of a pass that are settled."""
    items: Any = facts.get(items_pass.items.fact, NOTHING_TOLD)
    base, told_of = items_pass.items.request_part(facts), items_pass.items.told_of
    rows, is_sure = items_pass.rows_of(base, items)
    if not is_open(items) and _add_plainly(items_pass, rows, facts, version, is_sure=is_sure):
        return
    told_items = [{**base, **told_of(item)} for item in items]
    outcomes = list(map(items_pass.outcomes, told_items, rows))
    for asked in items_pass.asked:
        value = _total(asked, outcomes, version)
        if value is ERROR:
            facts[asked.total.name] = None
        elif value is not MISSING and not is_open(items):
            facts[asked.total.name] = value
        elif value is False and asked.total.function == DECIDED:
            facts[asked.total.name] = False


def _add_plainly(
    items_pass: Pass,
    rows: list[tuple[Any, ...]],
    facts: dict[str, Value],
    version: Any,
    *,
    is_sure: bool,
) -> bool:
    """Add the totals of items of which everything is known at once; whether it is."""
    added: dict[str, Value] = {}
    # What each decision is for all items: columns are gone over by Python itself.
    columns = list(zip(*rows, strict=True))
    for asked in items_pass.asked:
        where = None if asked.where is None or not rows else items_pass.places[asked.where]
        if not is_sure and where is not None and Marker in set(map(type, columns[where])):
            return False
        values: Iterable[Any] = rows
        if asked.term is not None and asked.total.function != COUNT and rows:
            values = columns[items_pass.places[asked.term]]
        if where is not None:
            values = compress(values, columns[where])
        values = tuple(values)
        if not is_sure and Marker in set(map(type, values)):
            return False
        name = asked.total.name
        added[name] = combined(asked.total.function, values, version.facts[name].type)
    facts |= added
    return True


def _total(asked: AskedTotal, outcomes: list[Callable[[str], Any]], version: Any) -> Any:
    """The total of these items; MISSING where it is open, ERROR where an item is refused."""
    added: list[Any] = []
    is_decided = asked.total.function == DECIDED
    is_missing = False
    for outcome in outcomes:
        value = _added(asked, outcome)
        if value is ERROR:
            return False if is_decided else ERROR
        if value is MISSING:
            is_missing = True
        elif value is not NOT_COUNTED:
            added.append(value)
    if is_missing:
        return MISSING
    return combined(asked.total.function, added, version.facts[asked.total.name].type)


NOT_COUNTED = Marker("NOT_COUNTED")


def _added(asked: AskedTotal, outcome: Callable[[str], Any]) -> Any:
    """What one item adds: NOT_COUNTED, a value, MISSING or ERROR."""
    counts = True if asked.where is None else outcome(asked.where)
    if counts.__class__ is Marker:
        return counts
    if not counts:
        return NOT_COUNTED
    return None if asked.term is None or asked.total.function == COUNT else outcome(asked.term)
