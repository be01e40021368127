"""The document of a request that tells all, written at once, is that of its outcomes one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count, islice, product, repeat

import pytest
from hypothesis import given

from benchmarks.document import mixed
from reglament import load_policy
from reglament.audit.canonical import canonical
from reglament.audit.recorded import Settled, recorded, recorded_bytes
from reglament.decided import Decided
from reglament.evaluation import Evaluator
from reglament.evaluation.reasons.told_outcomes import told_outcomes, told_readings, told_reasons
from reglament.evaluation.request_state import FEW_REQUESTS
from reglament.interfaces.http.bodies import bytes_of
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.rendering.documents.decision_document import Level, document, narrowed
from support import every_type, random_policies, whole_language
from support.laws import examples

WHEN = (every_type.SAID["datetime"][0], "fact", {})
LEVELS: tuple[Level, ...] = ("outcomes", "reasons")


def _asked(version: Version, before: Iterable[int]) -> Evaluator:
    """One that was asked for rules so many times before, at each request."""
    evaluator = Evaluator(version)
    evaluator.asked_for_rules = iter(before)
    return evaluator


def _agree(version: Version, requests: Iterable[Mapping[str, Value]]) -> None:
    """At once; and one outcome after the other, its rules looked at one by one."""
    often, never = _asked(version, count(FEW_REQUESTS)), _asked(version, repeat(0))
    for told in requests:
        doc, decided = Decided(never, told, WHEN).document, Decided(often, told, WHEN)
        for level in LEVELS:
            at_once = decided.to_dict(level=level)
            assert at_once == document(version, doc, level=level)
            text = decided.settled_json(level)
            assert text is None or text == bytes_of(at_once)
        assert decided.to_dict() == document(version, doc)
        reasons = told_reasons(decided) if decided.is_all_told and not version.lists else None
        whole = {} if reasons is None else told_outcomes(decided, reasons)
        assert whole == {name: doc.decisions[name].whole for name in whole}
        readings = {} if reasons is None else told_readings(decided, reasons)
        assert readings == {name: doc.decisions[name].readings for name in readings}
        written = decided.recordable().written
        assert recorded(version, doc, written) == recorded(version, doc)
        if isinstance(written, Settled):
            assert recorded_bytes(version, written) == canonical(recorded(version, doc))
        for level, only in product(LEVELS, (None, *islice(at_once["decisions"], 2))):
            expected = document(version, doc, only and (only,), level=level)
            assert narrowed(at_once, level, only and (only,)) == expected


@examples(25)
@given(random_policies.policies(), random_policies.requests(most_missing=0))
def test_of_random_policies(version: Version, told: Mapping[str, Value]) -> None:
    _agree(version, [told])


@examples(25)
@given(whole_language.policies(), whole_language.requests(most_missing=0))
def test_over_the_whole_language(version: Version, told: Mapping[str, Value]) -> None:
    _agree(version, [told])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["library-fees", "technical-support", "annual-leave"])
def test_of_shipped_policies_with_clauses_that_are_chosen(name: str) -> None:
    policy = load_policy(name)
    requests = [policy.decide(told).told for told in islice(mixed(policy), 40)]
    _agree(policy.versions[-1], requests)
    warm = _asked(policy.versions[-1], count(FEW_REQUESTS))
    every = [Decided(warm, told, WHEN) for told in requests]
    assert all(told_reasons(one) is not None for one in every)
    assert all(one.settled_json(level) for one in every for level in LEVELS)
    assert all(isinstance(one.recordable().written, Settled) for one in every)
    assert any(any(told_readings(one, told_reasons(one) or {}).values()) for one in every)


def test_few_full_documents_are_written_without_making_what_finds_reasons() -> None:
    policy = load_policy("technical-support")
    version = policy.versions[-1]
    told = policy.decide(next(mixed(policy))).told
    evaluator = Evaluator(version, plan=policy.evaluator(version).plan_with_rules)
    several = []
    for _ in range(FEW_REQUESTS):
        several.append(Decided(evaluator, told, WHEN).to_dict())
        assert "every_rule_finder" not in vars(evaluator)
    several.append(Decided(evaluator, told, WHEN).to_dict())
    assert "every_rule_finder" in vars(evaluator)
    assert all(one == several[0] for one in several)


def test_lists_in_a_document_belong_to_whoever_asked_for_it() -> None:
    policy = load_policy("technical-support")
    told = next(one for one in mixed(policy) if policy.decide(one)["payment_contact"].outcome)
    for _ in range(FEW_REQUESTS + 1):
        decisions = policy.decide(told).to_dict(level="reasons")["decisions"]
        assert (
            decisions["payment_contact"]["outcome"]
            == policy.decide(told)["payment_contact"].outcome
        )
        decisions["payment_contact"]["outcome"].clear()
        for one in decisions.values():
            for part in ("possible", "needs", "rules", "clauses", "because_rules"):
                one[part].append("changed")
