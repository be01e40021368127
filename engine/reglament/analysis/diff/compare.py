"""From two versions to their difference: regions by decision, causes before consequences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reglament.analysis.diff.conditions import condition_of
from reglament.analysis.diff.cubes import cubes
from reglament.analysis.diff.new_words import new_words
from reglament.analysis.diff.nouns import (
    Cause,
    Changed,
    Difference,
    NotAnalysed,
    Region,
)
from reglament.analysis.diff.product import SAME, Product
from reglament.analysis.diff.search import Found, Search, Unproven
from reglament.analysis.diff.version_notes import version_notes
from reglament.analysis.diff.wording_notes import wording_notes
from reglament.analysis.diff.worlds import Worlds, joined
from reglament.diagram.forest import Choice, Node, Null, Span, TooLarge, Truth, Variable
from reglament.model.conditions import Condition, facts_read
from reglament.model.policy import Version
from reglament.model.terms import facts_of
from reglament.model.values import Kind
from reglament.model.words import Words

BUDGET = 1_000_000
MOST_REGIONS = 24
MOST_CONSEQUENCES = 8


def diff(old: Version, new: Version, *, budget: int = BUDGET) -> Difference:
    """Exactly which requests `new` decides otherwise than `old`, and what else differs.

    A decision whose diagrams need more than `budget` nodes is not analysed, and so named.
    """
    worlds = joined(old, new)
    notes = (
        *worlds.notes,
        *new_words(old, new),
        *version_notes(old, new),
        *wording_notes(old, new),
    )
    if old.digest and old.digest == new.digest:  # all but the examples is the same
        return Difference(old, new, worlds.words, notes=notes)
    regions, not_analysed = _Comparison(worlds, old, new, budget).run()
    return Difference(old, new, worlds.words, regions, notes, not_analysed)


@dataclass
class _Comparison:
    worlds: Worlds
    original_old: Version
    original_new: Version
    budget: int
    changed: list[str] = field(default_factory=list)
    doubts: list[NotAnalysed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.product = Product(self.worlds, is_local=False, budget=self.budget)
        self.local = Product(self.worlds, is_local=True, budget=self.budget)
        self.search = Search(self.product, self.original_old, self.original_new)
        self.unknown = self._incomparable()

    def run(self) -> tuple[tuple[Region, ...], tuple[NotAnalysed, ...]]:
        """Every region of every decision, and the decisions that were not analysed."""
        regions: list[Region] = []
        for name in self._names():
            if name in self.unknown:
                self.doubts.append(NotAnalysed(name, self.unknown[name]))
                continue
            self.product.allow()
            self.local.allow()
            try:
                regions += self._regions(name)
            except TooLarge:
                self.doubts.append(NotAnalysed(name, too_large(self.budget)))
        return self._shown(regions), tuple(self.doubts)

    def _names(self) -> list[str]:
        """The decisions of both versions, each after those that it builds on."""
        return [name for name in self.worlds.new.decisions if name in self.worlds.old.decisions]

    def _shown(self, regions: list[Region]) -> tuple[Region, ...]:
        """The regions of what requesters see, and the causes among the rest."""
        decisions = self.worlds.words.decisions
        causes = {region.cause.decision for region in regions if region.cause is not None}
        return tuple(
            region
            for region in regions
            if not decisions[region.decision].is_internal or region.decision in causes
        )

    def _regions(self, name: str) -> Iterator[Region]:
        difference = self.product.difference(name)
        if difference == self.product.same:
            return
        try:
            if self.search.find(name, difference) is None:
                self.product.settle(name)
                return
        except Unproven:
            self.doubts.append(NotAnalysed(name, UNPROVEN))
            return
        followed = [one for one in reversed(self.changed) if one in self._reads(name)]
        if not self._has_same_rules(name):
            own = difference
            for earlier in followed:
                own = self.product.outside(self._changes(earlier), own)
            yield from self._own(name, own)
        yield from self._following(name, difference, followed)
        self.changed.append(name)

    def _has_same_rules(self, name: str) -> bool:
        """Whether the decision can only change where one does that it reads."""
        try:
            return self.local.difference(name) == self.local.same
        except TooLarge:
            return False

    def _changes(self, name: str) -> Node:
        return self.product.changes(self.product.difference(name))

    def _reads(self, name: str) -> frozenset[str]:
        worlds = self.worlds
        return worlds.old.decisions[name].reads() | worlds.new.decisions[name].reads()

    # What a decision's own rules change

    def _own(self, name: str, own: Node) -> Iterator[Region]:
        """Regions in the words of the decision's own rules, then what these do not explain."""
        for change, condition in self._local_regions(name):
            if own == self.product.same:
                return
            guard = self.product.where(condition)
            found = self._found(name, self.product.within(guard, own))
            if found is not None:
                yield Region(name, _as_found(change, found), condition, found.witness)
                own = self.product.outside(guard, own)
        yield from self._plainly(name, own)

    def _local_regions(self, name: str) -> Iterator[tuple[Changed, Condition]]:
        try:
            difference = self.local.difference(name)
        except TooLarge:
            return
        yield from self._covered(self.local, difference)

    def _covered(self, product: Product, difference: Node) -> Iterator[tuple[Changed, Condition]]:
        """Each way to change, and conditions that cover where it does; not too many of these."""
        forest, count = product.forest, 0
        for leaf in forest.leaves(difference):
            change = forest.payloads[leaf]
            if change == SAME:
                continue
            region = product.only(difference, change)
            for cube, _ in cubes(forest, region, self._weight):
                count += 1
                if count > MOST_REGIONS:
                    return
                yield change, condition_of(cube, self.worlds.words)

    def _weight(self, variable: Variable) -> int:
        """Tests of two facts are left out first, decisions last."""
        match variable:
            case Truth():
                return 0
            case Span() | Null():
                return 1
            case Choice(fact):
                return 3 if fact in self.worlds.words.decisions else 2

    def _plainly(self, name: str, rest: Node) -> Iterator[Region]:
        """Regions in the words of base facts; the last one wordless where they are too many."""
        for change, condition in self._covered(self.product, rest):
            guard = self.product.where(condition)
            found = self._found(name, self.product.within(guard, rest))
            if found is not None:
                yield Region(name, _as_found(change, found), condition, found.witness)
                rest = self.product.outside(guard, rest)
        found = self._found(name, rest)
        if found is not None:
            yield Region(name, found.payload, None, found.witness)

    def _found(self, name: str, node: Node) -> Found | None:
        if node == self.product.same:
            return None
        try:
            return self.search.find(name, node)
        except Unproven:
            # That the decision changes is known; whether here too, is not.
            self._doubt(name)
            return None

    def _doubt(self, name: str) -> None:
        doubt = NotAnalysed(name, PARTLY)
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    # What follows from the change of earlier decisions

    def _following(self, name: str, difference: Node, followed: list[str]) -> Iterator[Region]:
        rest = difference
        for earlier in followed:
            changes = self._changes(earlier)
            here = self.product.within(changes, rest)
            rest = self.product.outside(changes, rest)
            together = self.product.together(self.product.difference(earlier), here)
            yield from self._consequences(name, earlier, together)

    def _consequences(self, name: str, earlier: str, together: Node) -> Iterator[Region]:
        """Each pair of a cause and a change; only the changes, or neither, where that is many."""
        forest = self.product.forest
        pairs = [one for leaf in forest.leaves(together) if (one := forest.payloads[leaf]) != SAME]
        changes = dict.fromkeys(change for _, change in pairs)
        if len(pairs) <= MOST_CONSEQUENCES:
            ways = [(pair,) for pair in pairs]
        elif len(changes) <= MOST_CONSEQUENCES:
            ways = [tuple(pair for pair in pairs if pair[1] == change) for change in changes]
        else:
            ways = [tuple(pairs)]
        for way in ways:
            yield from self._consequence(name, earlier, together, way)

    def _consequence(
        self, name: str, earlier: str, together: Node, way: tuple[tuple[Changed, Changed], ...]
    ) -> Iterator[Region]:
        """The region of these pairs; it names a cause and a change where there is one of them."""
        forest = self.product.forest
        guard = forest.map(together, lambda payload: payload in way)
        found = self._found(name, self.product.within(guard, together))
        if found is not None:
            causes, changes = (set(some) for some in zip(*way, strict=True))
            cause = Cause(earlier, causes.pop() if len(causes) == 1 else None)
            change = changes.pop() if len(changes) == 1 else None
            yield Region(name, change, None, found.witness, cause)

    # What cannot be compared

    def _incomparable(self) -> dict[str, Words]:
        """Decisions that hang on facts without common values, or on days of another time zone."""
        unlike = dict(self.worlds.incomparable)
        if self.original_old.zone != self.original_new.zone:
            facts = self.worlds.common.facts.values()
            unlike |= {f.name: ZONE for f in facts if f.type.kind is Kind.DATETIME}
        for version in (self.worlds.old, self.worlds.new):
            for name, decision in version.decisions.items():
                read = decision.reads().union(
                    *(facts_read(r.when) | facts_of(r.then) for r in decision.every_rule())
                )
                for one in sorted(read & unlike.keys()):
                    unlike.setdefault(name, unlike[one])
        return {name: why for name, why in unlike.items() if name in self.worlds.words.decisions}


def _as_found(change: Changed, found: Found) -> Changed:
    """The change as the decision's own rules put it, unless these only name other decisions."""
    return change if isinstance(found.payload, Changed) else found.payload


UNPROVEN = Words(
    ru="различие возможно, но ни доказать его, ни исключить не удалось",
    en="a difference is possible, and it could neither be shown nor ruled out",
)
PARTLY = Words(
    ru="названо не всё: об остальных заявках доказать ничего не удалось",
    en="not everything is named: nothing could be proven of the other requests",
)
ZONE = Words(
    ru="сменился часовой пояс, а решение зависит от времени",
    en="the time zone changed, and the decision hangs on time",
)


def too_large(nodes: int) -> Words:
    """Why a decision with a diagram of more than `nodes` nodes is not analysed."""
    return Words(
        ru=f"диаграмме мало {nodes} узлов", en=f"the diagram needs more than {nodes} nodes"
    )
