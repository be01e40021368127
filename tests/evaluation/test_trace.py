"""The trace states only what is known: reasons that are true, and who overrides whatever comes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.evaluation import Evaluator
from reglament.evaluation.reasons.open_trace import OpenTrace, rules_left
from reglament.evaluation.reasons.told_trace import ToldTrace
from reglament.messages import Language
from reglament.model import visitor
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import RuleStatus, RuleTrace
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.model.words import LANGUAGES
from reglament.reference import REFUSALS, Answer, InDoubt, View
from support import whole_language
from support.laws import examples
from support.random_policies import completions, policies, requests
from support.shipped import shipped

PARTNER = {"requester.kind": "certified_partner", "request.service": "training"}


@examples(80)
@given(policies(), requests(most_missing=2))
def test_a_reason_is_stated_only_where_its_condition_holds(
    version: Version, told: dict[str, Value]
) -> None:
    evaluated = Evaluator(version).evaluate(told)
    views = [View(version, facts) for facts in completions(told)]
    for name, decision in version.decisions.items():
        try:
            traces = evaluated[name].trace
            when = {one.id: [view.holds(one.when) for view in views] for one in decision.rules}
        except InDoubt:
            continue
        for trace in traces:
            if trace.holds and trace.rule in when:
                assert all(when[trace.rule])
            if trace.status is RuleStatus.OVERRIDDEN:
                assert trace.by
                for place, holds in enumerate(when[trace.rule]):
                    assert not holds or any(when[other][place] for other in trace.by)


@examples(60)
@given(policies(), requests(most_missing=3))
def test_sets_of_rules_say_of_each_rule_what_its_own_diagram_says(
    version: Version, told: dict[str, Value]
) -> None:
    evaluated = Evaluator(version).evaluate(told)
    for decision in version.decisions.values():
        left, trace = rules_left(evaluated, decision), OpenTrace(evaluated, decision)
        for rule in decision.every_rule() if left else ():
            alone = trace.open.truth(trace.diagrams.effective(decision, rule))
            assert left.counts(rule) is alone, rule.id


WHOLE = st.one_of(
    st.tuples(policies(), requests(most_missing=0)),
    st.tuples(whole_language.policies(), whole_language.requests(most_missing=0)),
)


@examples(60)
@given(WHOLE)
def test_with_every_fact_told_the_trace_is_what_the_reference_sees(
    drawn: tuple[Version, dict[str, Value]],
) -> None:
    version, told = drawn
    evaluated, view = Evaluator(version).evaluate(told), View(version, told)
    for decision in version.decisions.values():
        if evaluated.is_told(decision):
            answer = view.found(decision)
            assert isinstance(answer, Answer)
            try:
                expected = [_seen(view, decision, rule, answer) for rule in decision.every_rule()]
            except InDoubt:
                continue  # a test off the path: what it comes to cannot be computed
            assert [_plain(one) for one in evaluated[decision.name].trace] == expected


def _seen(view: View, decision: Decision, rule: Rule, answer: Answer) -> tuple[object, ...]:
    """What became of a rule: its status, who overrides it, the tests that decided it."""
    over = [o.id for o in decision.rules if any(one.rule == rule.id for one in o.overrides)]
    is_otherwise, does_apply = rule is decision.otherwise, view.holds(rule.when)
    status, by = RuleStatus.NOT_APPLIED, tuple[str, ...]()
    if is_otherwise and rule.id in answer.rules:
        status = RuleStatus.APPLIED
    elif does_apply and not is_otherwise:
        by = tuple(o.id for o in decision.rules if o.id in over and view.holds(o.when))
        status = RuleStatus.OVERRIDDEN if by else RuleStatus.APPLIED
    if status is RuleStatus.OVERRIDDEN:
        return rule.id, status, by, []
    wanted = visitor.deciding_tests(rule.when, status is RuleStatus.APPLIED)
    shown = [test for test, holds in wanted if view.holds(test) is holds]
    shown = shown or list(visitor.tests_of(rule.when))
    return rule.id, status, by, [(t, view.holds(t), view.value(t.subject), True) for t in shown]


def _plain(trace: RuleTrace) -> tuple[object, ...]:
    tests = [(seen.test, seen.holds, seen.seen, seen.is_told) for seen in trace.tests]
    return trace.rule, trace.status, trace.by, tests


@examples(60)
@given(WHOLE)
def test_conditions_and_diagrams_trace_alike(drawn: tuple[Version, dict[str, Value]]) -> None:
    version, told = drawn
    evaluated = Evaluator(version).evaluate(told)
    for decision in version.decisions.values():
        if evaluated.is_told(decision):
            one, other = ToldTrace(evaluated, decision), OpenTrace(evaluated, decision)
            status = evaluated[decision.name].status
            try:
                rules = one.rules(status)
                assert one.every_rule == other.every_rule
            except REFUSALS:
                continue
            assert rules == other.rules(status)
            assert one.clauses(rules) == other.clauses(rules)
            assert one.readings(rules) == other.readings(rules)
            assert one.ledger() == other.ledger()


def test_an_overridden_rule_that_is_open_is_told_so() -> None:
    decided = shipped("technical-support").decide(PARTNER)
    paid, free = decided["tier"].trace[1:3]

    assert (paid.rule, paid.status, paid.by) == ("tier-paid", "overridden", ("tier-partner",))
    assert [(seen.holds, seen.is_told) for seen in paid.tests] == [(None, False)] * 3
    assert (free.rule, free.status, free.by) == ("tier-free", "overridden", ("tier-partner",))
    assert not paid.holds
    document = json.loads(decided.to_json())["decisions"]["tier"]["trace"][1]
    assert document["status"] == "overridden"
    assert [test["holds"] for test in document["tests"]] == [None] * 3


@pytest.mark.parametrize(
    ("language", "overridden", "untrue"),
    [
        (
            "en",
            "overridden by tier-partner whatever the facts\n      ? start of paid support",
            ["Paid support is active", "not determined;", "lasts until"],
        ),
        (
            "ru",
            "не применяется при любых фактах: приоритет у tier-partner\n      ? начало",
            ["действует платная поддержка", "поддержка действует по"],
        ),
    ],
)
def test_an_auditor_reads_no_reason_that_may_be_untrue(
    language: Language, overridden: str, untrue: list[str]
) -> None:
    report = shipped("technical-support").decide(PARTNER).explain(language, "auditor")
    (tier,) = [part for part in report.split("\n\n") if part.startswith("tier - ")]

    assert overridden in tier
    assert not any(words in tier for words in untrue)


TWO_OVERRIDE = """
policy: two
version: "1"
title: {ru: Проба, en: Trial}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {ru: день, en: day}, question: {ru: День?, en: Day?}}
  old: {type: boolean, label: {ru: стар, en: is old}, question: {ru: Стар?, en: Old?}}
  ill: {type: boolean, label: {ru: болен, en: is ill}, question: {ru: Болен?, en: Ill?}}
decisions:
  fare:
    label: {ru: плата, en: fare}
    outcomes: {none: {ru: без платы, en: no fare}, full: {ru: полная, en: full}}
    rules:
      - {id: old-one, when: {old: true}, then: none, overrides: [all],
         because: {ru: Стар., en: They are old.}}
      - {id: young, when: {old: false}, then: none, overrides: [all],
         because: {ru: Молод., en: They are young.}}
      - {id: all, then: full, because: {ru: Платят все., en: All pay.}}
      - {id: the-ill, when: {ill: true}, then: full, because: {ru: Болен., en: They are ill.}}
      - {id: the-old-and-ill, when: {ill: true, old: true}, then: none, overrides: [the-ill]}
      - {id: the-young-and-ill, when: {ill: true, old: false}, then: none, overrides: [the-ill]}
"""


def test_of_rules_that_may_override_it_is_one_or_the_other(tmp_path: Path) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(TWO_OVERRIDE, encoding="utf-8")
    decided = load_policy(path).decide({"day": "2026-01-01"})
    fare = decided["fare"]
    traces = {trace.rule: trace for trace in fare.trace}

    assert (fare.outcome, fare.rules) == (
        "none",
        tuple(r for r in traces if traces[r].status == "open"),
    )
    assert (traces["all"].status, traces["all"].by) == ("overridden", ("old-one", "young"))
    assert traces["all"].holds
    assert not traces["the-ill"].holds
    report = decided.explain("en", "auditor")
    assert ") - overridden by old-one or young\n      All pay." in report
    by = "overridden by the-old-and-ill or the-young-and-ill whatever the facts"
    assert f") - {by}\n      ? is ill: yes; not given" in report
    assert "They are ill" not in report


def test_where_one_of_the_rules_that_may_apply_has_no_reason_none_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(TWO_OVERRIDE.replace("because: {ru: Молод., en: They are young.}", ""))
    decided = load_policy(path).decide({"day": "2026-01-01", "ill": False})

    assert decided["fare"].outcome == "none"
    assert json.loads(decided.to_json())["decisions"]["fare"]["because"] is None
    for language in LANGUAGES:
        assert "They are old" not in decided.explain(language)
