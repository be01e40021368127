"""Two versions differ exactly where trying every request says so, and every witness is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import VersionDifference
from reglament.analysis.proving.port import Budget
from reglament.analysis.search.judge import SideStatus
from reglament.model.conditions import ALWAYS, AllOf, AnyOf, Not, OneOf
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, FactRef, Formula
from reglament.model.values import BOOLEAN, INTEGER, Value, choice
from reglament.model.visitor import facts_of
from support.laws import examples
from support.random_policies import BROKEN, FACTS, NAME, NULL, VALUES, answer, policies, values_of

MANY = examples(60)


def _facts_read(version: Version) -> list[str]:
    read = set[str]()
    for _, rule in version.every_rule():
        read |= facts_of(rule.when, rule.then)
    return sorted(read)


def _requests(names: list[str], told: Mapping[str, Value] = {}) -> Iterator[dict[str, Value]]:
    """Every request over these facts, by values that stand for all others."""
    if not names:
        yield dict(told)
        return
    for value in values_of(names[0], told):
        yield from _requests(names[1:], {**told, names[0]: value})


def _outcome(version: Version, facts: Mapping[str, Value], name: str) -> object:
    found = answer(version, facts, name).outcome
    if isinstance(found, tuple) and found[:1] == (BROKEN,):
        return (BROKEN, found[1] == name)
    return found


def _changed(old: Version, new: Version) -> dict[str, bool]:
    """By brute force: the decisions that some request tells apart."""
    names = sorted({*_facts_read(old), *_facts_read(new)})
    changed = dict.fromkeys(old.decisions.keys() & new.decisions.keys(), False)
    for facts in _requests(names):
        for name in changed:
            if not changed[name]:
                changed[name] = _outcome(old, facts, name) != _outcome(new, facts, name)
    return changed


def _is_small(old: Version, new: Version) -> bool:
    size = 1
    for name in {*_facts_read(old), *_facts_read(new)}:
        size *= len(VALUES[name])
    return size <= 20_000


def _assert_witnesses_are_right(found: VersionDifference) -> None:
    for region in found.regions:
        before, after = region.witness.before, region.witness.after
        assert (before.status, before.outcome) != (after.status, after.outcome)
        facts = {**{name: values[0] for name, values in VALUES.items()}, **region.witness.facts}
        for version, side in ((found.old, before), (found.new, after)):
            told = _outcome(version, facts, region.decision)
            if side.status is SideStatus.DECIDED:
                assert told == side.outcome
            else:
                assert isinstance(told, tuple)
                assert told[:1] == (BROKEN,)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Version, Version]:
    """A version, and the same with one decision put in place of another's rules."""
    old = draw(policies())
    other = draw(policies())
    names = [name for name in old.decisions if name in other.decisions]
    name = draw(st.sampled_from(names))
    took = other.decisions[name]
    earlier = list(old.decisions)[: list(old.decisions).index(name)]
    kinds = {n: old.decisions[n].kind for n in earlier}
    unread = (None, DecisionKind.COLLECTION, DecisionKind.TOTAL)
    readable = all(kinds.get(n) not in unread for n in took.reads())
    read_later = any(name in d.reads() for d in old.decisions.values())
    is_other = took.type != old.decisions[name].type  # which shares no value with it
    if not readable or is_other or (read_later and took.kind in unread):
        took = replace(old.decisions[name], rules=old.decisions[name].rules[1:])
        ids = {rule.id for rule in took.rules}
        kept = [
            replace(r, overrides=tuple(o for o in r.overrides if o.rule in ids)) for r in took.rules
        ]
        took = replace(took, rules=tuple(kept))
    return old, replace(old, decisions={**old.decisions, name: took})


@pytest.mark.slow
@MANY
@given(edited())
def test_versions_differ_where_brute_force_finds_a_request(pair: tuple[Version, Version]) -> None:
    old, new = pair
    if not _is_small(old, new):
        return
    found = diff(old, new)
    assert not found.not_settled
    named = {region.decision for region in found.regions}
    assert named == {name for name, is_changed in _changed(old, new).items() if is_changed}
    _assert_witnesses_are_right(found)


@pytest.mark.slow
@MANY
@given(policies())
def test_a_version_does_not_differ_from_itself_rewritten(version: Version) -> None:
    rewritten = {name: _rewritten(one) for name, one in version.decisions.items()}
    found = diff(version, replace(version, decisions=rewritten))
    assert found.is_cosmetic
    assert found.regions == ()


def _rewritten(decision: Decision) -> Decision:
    """Rules in another order, conditions by De Morgan."""
    rules = tuple(replace(rule, when=_de_morgan(rule.when)) for rule in decision.rules)
    if not (decision.kind.lists_items and decision.counts_rules):  # which are in their order
        rules = rules[::-1]
    return replace(decision, rules=rules)


def _de_morgan(condition: Any) -> Any:
    if isinstance(condition, AllOf):
        return Not(AnyOf(tuple(Not(_de_morgan(part)) for part in condition.parts)))
    if isinstance(condition, AnyOf):
        return Not(AllOf(tuple(Not(_de_morgan(part)) for part in reversed(condition.parts))))
    return Not(Not(condition))


@pytest.mark.slow
@MANY
@given(edited())
def test_regions_hold_in_their_own_words(pair: tuple[Version, Version]) -> None:
    """The witness of a region satisfies the condition by which the region is described."""
    from reglament.reference import Undecided, View

    found = diff(*pair)
    for region in found.regions:
        if region.where is None:
            continue
        facts = {**{name: values[0] for name, values in VALUES.items()}, **region.witness.facts}
        try:
            assert View(pair[0], facts).holds(region.where)
        except Undecided:
            continue


# By hand


def _version(*decisions: Decision, facts: Mapping[str, Fact] = FACTS, **told: Any) -> Version:
    day = date(2000, 1, 1)
    named = {decision.name: decision for decision in decisions}
    return replace(Version("p", "1", NAME, day, day, "day", "UTC", facts, named), **told)


def _decision(name: str, *rules: Rule, **told: Any) -> Decision:
    other = told.pop("otherwise", "no")
    otherwise = None if other is None else Rule(f"{name}-otherwise", ALWAYS, Constant(other))
    told.setdefault("type", choice("yes", "no"))
    return Decision(
        name, DecisionKind.OUTCOME, label=NAME, rules=rules, otherwise=otherwise, **told
    )


def _is(fact: str, *values: Value) -> OneOf:
    return OneOf(FactRef(fact), values)


def test_a_change_is_told_once_and_followed_from_decision_to_decision() -> None:
    from reglament.model.terms import DecisionRef

    def both(value: str) -> Version:
        first = _decision("first", Rule("a", _is("closed", value), Constant("yes")))
        when = OneOf(DecisionRef("first"), ("yes",))
        return _version(first, _decision("second", Rule("b", when, Constant("yes"))))

    found = diff(both("a"), both("b"))
    told = {(r.decision, r.change.old.value, r.change.new.value): r for r in found.regions}
    assert set(told) == {
        ("first", "yes", "no"),
        ("first", "no", "yes"),
        ("second", "yes", "no"),
        ("second", "no", "yes"),
    }
    assert told["first", "yes", "no"].where == _is("closed", "a")
    # The fact that chooses the version is always told: it is what the two versions decide.
    day = date(2000, 1, 1)
    assert told["first", "yes", "no"].witness.facts == {"closed": "a", "day": day}
    cause = told["second", "yes", "no"].cause
    assert cause is not None
    assert (cause.decision, cause.change) == ("first", told["first", "yes", "no"].change)


def test_a_decision_made_up_in_between_is_no_difference_of_outcome() -> None:
    from reglament.model.terms import DecisionRef

    plain = _decision("last", Rule("a", _is("flag", True), Constant("yes")))
    helper = replace(
        _decision("helper", Rule("h", _is("flag", True), Constant("yes"))), is_internal=True
    )
    by_helper = _decision(
        "last", Rule("a", OneOf(DecisionRef("helper"), ("yes",)), Constant("yes"))
    )
    found = diff(_version(plain), _version(helper, by_helper))
    assert found.is_cosmetic
    assert not [note for note in found.notes if "helper" in note.message.to("en")]


def test_sums_in_another_order_are_the_same_value() -> None:
    def version(*terms: Any) -> Version:
        rule = Rule("a", ALWAYS, Formula("sum", terms))
        return _version(_decision("first", rule, type=INTEGER, otherwise=None))

    numbers = FactRef("number"), Constant(2)
    assert diff(version(*numbers), version(*reversed(numbers))).is_cosmetic
    found = diff(version(*numbers), version(numbers[0], Constant(3)))
    (region,) = found.regions
    assert region.witness.after.outcome - region.witness.before.outcome == 1


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (choice("a", "b"), choice("a", "b", "c"), ["word-added"]),
        (choice("a", "b"), choice("a"), ["word-removed"]),
        (choice("a"), choice("a", is_open=True), ["fact-open"]),
        (choice("a"), BOOLEAN, ["fact-type"]),
    ],
)
def test_what_only_one_version_can_read_is_told_apart(old: Any, new: Any, codes: list[str]) -> None:
    def version(type_: Any) -> Version:
        facts = {**FACTS, "closed": Fact("closed", type_, NAME)}
        return _version(
            _decision("first", Rule("a", _is("flag", True), Constant("yes"))), facts=facts
        )

    found = diff(version(old), version(new))
    assert [note.code for note in found.notes if note.matters] == codes
    assert not found.is_cosmetic
    assert found.regions == ()


def test_null_that_may_be_told_now_is_a_difference_of_vocabulary() -> None:
    def version(null: Any) -> Version:
        facts = {**FACTS, "flag": Fact("flag", BOOLEAN, NAME, null_means=null)}
        return _version(
            _decision("first", Rule("a", _is("flag", True), Constant("yes"))), facts=facts
        )

    (note,) = [note for note in diff(version(None), version(NULL)).notes if note.matters]
    assert (note.code, note.facts) == ("fact-null", {"flag": None})


def test_decisions_on_a_fact_of_another_kind_are_named_as_not_analysed() -> None:
    def version(fact: Fact, value: Value) -> Version:
        rule = Rule("a", _is("closed", value), Constant("yes"))
        return _version(_decision("first", rule), facts={**FACTS, "closed": fact})

    old = version(Fact("closed", choice("a"), NAME), "a")
    found = diff(old, version(Fact("closed", BOOLEAN, NAME), True))
    assert [one.decision for one in found.not_settled] == ["first"]
    assert not found.is_cosmetic


def _doubled(value: str) -> Version:
    rules = [
        Rule(f"r{n}", AllOf((_is("closed", value), _is("flag", True))), Constant("yes"))
        for n in "ab"
    ]
    return _version(_decision("first", *rules))


def test_a_change_is_shown_however_small_the_budget_is() -> None:
    found = diff(_doubled("a"), _doubled("b"), budget=Budget(nodes=3, steps=1))
    assert found.changed == ("first",)
    assert not any(region.is_exact for region in found.regions)


def test_what_the_budget_does_not_settle_is_named_and_never_silent() -> None:
    twice = _doubled("a")
    once = replace(twice.decisions["first"], rules=twice.decisions["first"].rules[:1])
    found = diff(twice, _version(once), budget=Budget(nodes=3, steps=1))
    (account,) = found.not_settled
    assert (account.decision, account.requests > 3) == ("first", True)
    assert not found.is_cosmetic


def test_gaps_and_conflicts_are_outcomes_that_can_change() -> None:
    rules = (
        Rule("a", _is("flag", True), Constant("yes")),
        Rule("b", _is("flag", True), Constant("no")),
    )
    broken = _version(_decision("first", *rules, otherwise=None))
    whole = _version(_decision("first", rules[0]))
    told = {
        (region.witness.before.status, region.witness.after.status)
        for region in diff(broken, whole).regions
    }
    assert told == {
        (SideStatus.CONFLICT, SideStatus.DECIDED),
        (SideStatus.GAP, SideStatus.DECIDED),
    }


def test_words_alone_are_told_as_words() -> None:
    old = _version(_decision("first", Rule("a", _is("flag", True), Constant("yes"))))
    new = _version(_decision("first", Rule("a", _is("flag", True), Constant("yes"), because=NULL)))
    found = diff(old, new)
    assert found.is_cosmetic
    assert not found.is_identical
    assert [note.code for note in found.notes] == ["rule-changed"]
