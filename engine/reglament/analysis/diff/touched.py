"""From two texts of one decision to conditions outside of which they cannot decide differently.

Rules that read the same and apply to the same requests decide alike; so, where every decision
that they build on comes out alike, only a rule that was edited can make a difference, and only
where it applies in one text and not in the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.diff.alignment import NEW, Alignment
from reglament.analysis.diff.joining import alone, both, either, negated
from reglament.analysis.diff.reach import DayReach
from reglament.analysis.proving.sameness import meaning
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.decisions import Decision, Rule
from reglament.model.regulation import Version
from reglament.model.visitor import decisions_of, facts_of, tests_of


def touched(alignment: Alignment, name: str, reach: DayReach) -> tuple[Condition, ...]:
    """Where the decision's own rules may decide differently; nothing if they read the same."""
    old = alignment.old
    before, after = old.decisions[name], alignment.new.decisions[name]
    if _frame(before) != _frame(after) or alignment.reads_another_clock(name):
        return (ALWAYS,)
    found = dict.fromkeys(
        where
        for rule, other in _edited(before, after)
        for where in _parted(before, rule, other, reach)
    )
    known = (where if is_known(old, where) else ALWAYS for where in found)
    places = tuple(dict.fromkeys(known))
    return (ALWAYS,) if ALWAYS in places else places


def _frame(decision: Decision) -> object:
    """All of the decision but its rules."""
    other = None if decision.otherwise is None else meaning(decision.otherwise.then)
    return (
        decision.kind,
        meaning(decision.type),
        decision.is_nullable,
        decision.met,
        decision.unmet,
        decision.hit_policy == "unique",
        decision.total,
        decision.counts_rules and (decision.hit_policy, decision.keeps_duplicates),
        other,
    )


def goals(old: Version, new: Version, name: str) -> tuple[tuple[Version, Condition], ...]:
    """The conditions of the edited rules of a decision, each with the version that says it."""
    return tuple(
        (version, rule.when)
        for pair in _edited(old.decisions[name], new.decisions[name])
        for version, rule in zip((old, new), pair, strict=True)
        if rule is not None
    )


def _edited(old: Decision, new: Decision) -> Iterator[tuple[Rule | None, Rule | None]]:
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    for id_, rule in before.items():
        other = after.get(id_)
        if other is None or meaning(other) != meaning(rule):
            yield rule, other
    yield from ((None, rule) for id_, rule in after.items() if id_ not in before)


def _parted(
    decision: Decision, old: Rule | None, new: Rule | None, reach: DayReach
) -> Iterator[Condition]:
    """Where one rule may decide differently in its two texts."""
    is_list = decision.kind.has_requirements
    if old is None or new is None:
        there = old or new
        assert there is not None
        yield negated(there.when) if is_list else there.when
        return
    is_same_then = is_list or meaning(old.then) == meaning(new.then)
    if not is_same_then or old.overrides != new.overrides:
        days = None if old.overrides != new.overrides else reach.of_terms(old.then, new.then)
        if days is None or meaning(old.when) != meaning(new.when):
            yield either(old.when, new.when)
            return
        yield from (both(old.when, day) for day in days)
        return
    days = reach.of_conditions(old.when, new.when)
    if days is not None:
        yield from days
        return
    for condition, other in ((old.when, new.when), (new.when, old.when)):
        if (where := alone(condition, other)) is not None:
            yield where


def is_known(version: Version, where: Condition) -> bool:
    """Whether the version by itself can read the condition: its facts, decisions and hours."""
    known = version.facts.keys() | version.decisions.keys()
    is_new = any(str(getattr(test, "hours", "")).endswith(NEW) for test in tests_of(where))
    return (facts_of(where) | decisions_of(where)) <= known and not is_new
