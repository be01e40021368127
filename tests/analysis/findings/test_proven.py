"""What diagrams leave open is proven, or shown by a request, where a solver is installed."""

from __future__ import annotations

from typing import Any

import pytest

from reglament.analysis.findings import Finding, Proof, check
from reglament.analysis.findings import space as spaces
from reglament.model.regulation import Version
from support.every_type import HEAD, LABEL, facts
from support.whole_language import read

pytest.importorskip("z3", reason="the extra `prove`")

# Whichever sign the numbers have, so that no diagram sees which way it grows.
AREA = {
    "label": LABEL,
    "type": "integer",
    "rules": [{"id": "of-both", "then": {"product": ["integer.one", "integer.other"]}}],
}


def _version(**decision: Any) -> Version:
    word = {"label": LABEL, "outcomes": dict.fromkeys("abc", LABEL), **decision}
    version = read({**HEAD, "facts": facts(), "decisions": {"area": AREA, "word": word}})
    assert version is not None
    return version


def _rules(*cases: tuple[str, dict[str, Any]]) -> list[Any]:
    return [
        {"id": f"{then}-{n}", "when": when, "then": then} for n, (then, when) in enumerate(cases)
    ]


def _area(**test: int) -> dict[str, Any]:
    return {"area": test}


def _of(version: Version, *codes: str) -> list[Finding]:
    return [one for one in check(version) if one.code in codes]


# Of two numbers of unlike sign the product is never ten: what solvers know and diagrams do not.
UNLIKE = [{"integer.one": {"at_least": 3}}, {"integer.other": {"at_most": -1}}]
NEVER = {"all": [_area(at_least=10), *UNLIKE]}


def _with_doubt() -> Version:
    return _version(rules=_rules(("a", _area(at_least=10)), ("c", NEVER)), otherwise={"then": "b"})


def test_a_rule_that_no_request_lets_decide_is_proven_dead() -> None:
    (found,) = _of(_with_doubt(), "rule-never-decides")

    assert found.proof is Proof.EXACT
    assert found.rules == ("c-1",)
    assert found.message.to("en").endswith("never applies: its condition is never true")
    assert _of(_with_doubt(), "conflict") == []


@pytest.mark.slow
def test_a_rule_that_a_request_lets_decide_is_no_finding() -> None:
    factors = [{"integer.one": {"at_least": 74}}, {"integer.one": {"at_most": 10_000}}]
    product = {"all": [_area(at_least=10_001), _area(at_most=10_001), *factors]}
    version = _version(
        rules=_rules(("a", product), ("c", _area(less_than=0))), otherwise={"then": "b"}
    )

    assert _of(version, "rule-never-decides", "outcome-never-reached") == []


@pytest.mark.slow
def test_a_gap_is_shown_or_proven_not_to_be() -> None:
    gap = _version(rules=_rules(("a", _area(at_least=10)), ("b", _area(less_than=5))))
    none = _version(rules=_rules(("a", _area(at_least=10)), ("b", _area(less_than=10))))

    (found,) = _of(gap, "gap")

    assert found.proof is Proof.EXACT
    assert found.witness is not None
    assert _of(none, "gap", "dated-hole", "conflict") == []


def test_a_conflict_is_shown_or_proven_not_to_be() -> None:
    conflict = _version(rules=_rules(("a", _area(at_least=10)), ("b", _area(less_than=12))))

    (found,) = _of(conflict, "conflict")

    assert found.proof is Proof.EXACT
    assert found.witness is not None
    assert set(found.rules) == {"a-0", "b-1"}


def test_without_steps_left_it_is_said_that_it_is_not_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spaces, "MOST_STEPS", 0)

    found = _of(_with_doubt(), "rule-never-decides", "conflict")

    assert {one.proof for one in found} == {Proof.UNPROVEN}
