"""Whatever a check says of a random policy, no request of brute force says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.findings import check
from reglament.evaluation import Evaluator
from reglament.model.decisions import DecisionKind
from reglament.model.findings import Finding, Proof, Severity
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.reference import Answer, Undecided, View
from support.laws import examples
from support.random_policies import policies, requests

SOME = examples(60)
REQUESTS = st.lists(requests(most_missing=0), min_size=20, max_size=20)
BREAKING = {"conflict", "gap", "dated-hole"}


def answered(version: Version, facts: dict[str, Value], name: str) -> Answer | str:
    """The answer to a decision, or the name of the decision that has none."""
    try:
        return View(version, facts).answer(version.decisions[name])
    except Undecided as undecided:
        if undecided.because_of:
            return answered(version, facts, undecided.because_of[0])
        return undecided.decision


def without(version: Version, name: str, rule: str) -> Version:
    decision = version.decisions[name]
    kept = tuple(one for one in decision.rules if one.id != rule)
    changed = replace(decision, rules=kept)
    return replace(version, decisions={**version.decisions, name: changed})


def judged(version: Version, asked: list[dict[str, Value]]) -> Iterator[dict[str, Value]]:
    """The requests of days on which the version holds."""
    for facts in asked:
        day = facts.get(version.chosen_by)
        if day is not None and day >= version.holds_from:  # type: ignore[operator]
            yield facts


def proven(found: tuple[Finding, ...], code: str) -> list[Finding]:
    return [one for one in found if one.code == code and one.proof is Proof.EXACT]


@SOME
@given(policies(), REQUESTS)
def test_every_request_without_an_answer_was_foretold(
    version: Version, asked: list[dict[str, Value]]
) -> None:
    told = {one.decision for one in check(version) if one.code in {*BREAKING, "not-analysed"}}
    for facts in judged(version, asked):
        for name in version.decisions:
            answer = answered(version, facts, name)
            assert isinstance(answer, Answer) or answer in told


@SOME
@given(policies())
def test_every_request_given_with_an_error_has_no_answer(version: Version) -> None:
    for finding in check(version):
        if finding.severity is Severity.ERROR:
            assert finding.witness is not None
            outcome = Evaluator(version).evaluate(finding.witness)[finding.decision or ""]
            code = {"dated-hole": "gap"}.get(finding.code, finding.code)
            assert outcome.refused is not None
            assert outcome.refused.problem.code == code


@SOME
@given(policies(), REQUESTS)
def test_what_is_said_never_to_happen_never_happens(
    version: Version, asked: list[dict[str, Value]]
) -> None:
    found = check(version)
    dead = {(one.decision, one.rules[0]) for one in proven(found, "rule-never-decides")}
    unreached = {(one.decision, one.subject) for one in proven(found, "outcome-never-reached")}
    for facts in judged(version, asked):
        for name, decision in version.decisions.items():
            answer = answered(version, facts, name)
            if not isinstance(answer, Answer):
                continue
            if decision.kind is DecisionKind.OUTCOME:
                assert not {(name, rule) for rule in answer.rules} & dead
            given = answer.outcome if isinstance(answer.outcome, tuple) else (answer.outcome,)
            assert not {(name, outcome) for outcome in given} & unreached


@SOME
@given(policies(), REQUESTS)
def test_an_idle_rule_can_be_taken_away(version: Version, asked: list[dict[str, Value]]) -> None:
    for finding in proven(check(version), "rule-changes-nothing"):
        name = finding.decision or ""
        less = without(version, name, finding.rules[0])
        for facts in judged(version, asked):
            before, after = answered(version, facts, name), answered(less, facts, name)
            if isinstance(before, Answer):
                assert isinstance(after, Answer)
                assert after.outcome == before.outcome
