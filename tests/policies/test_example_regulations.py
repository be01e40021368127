"""Regulations of other fields as the language of today says them: cases/regulations."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from reglament.analysis.findings import check
from reglament.analysis.worked_examples import try_examples
from reglament.model.decisions import TOTAL, Decision
from reglament.model.lists import OpenItems
from reglament.policy import Policy, load_policy
from support.laws import sample
from support.places import CASES

FOLDER = CASES / "regulations"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
QUICK_FIRST = sample([*NAMES[1:], NAMES[0]], 2)
DRIVERS, CARS = 3, 2


@cache
def policy_of(name: str) -> Policy:
    return load_policy(FOLDER / f"{name}.yaml")


def test_each_of_the_regulations_is_tried() -> None:
    assert NAMES == ["auto-insurance", "orders", "parking", "service-levels"]


@pytest.mark.parametrize("name", sample([*NAMES[2:], *NAMES[:2]], 1))
def test_the_worked_examples_pass_and_reach_every_rule(name: str) -> None:
    policy = policy_of(name)
    report = try_examples(policy.versions[0], lambda one: policy.decide(one.facts))
    assert (report.failed, report.unreached) == ((), ())


@pytest.mark.parametrize("name", QUICK_FIRST)
def test_nothing_is_found_about_it(name: str) -> None:
    assert check(policy_of(name).versions[0]) == ()


@pytest.mark.parametrize("name", sample([*reversed(NAMES)], 1))
def test_what_is_decided_is_possible_while_two_facts_are_missing(name: str) -> None:
    policy = policy_of(name)
    for example in policy.versions[0].examples:
        told = dict(example.facts)
        if any(isinstance(value, OpenItems) for value in told.values()):
            continue
        whole = policy.decide(told)
        known = {one: whole[one].outcome for one in whole if whole[one].is_determined}
        for missing in combinations(sorted(told.keys() - {"ticket.opened_at"}), 2):
            part = policy.decide({n: v for n, v in told.items() if n not in missing})
            for decision, outcome in known.items():
                possible = part[decision].possible
                assert possible is None or outcome in possible, (example.name, missing, decision)


def test_scores_and_lists_take_less_than_a_third_of_the_rules() -> None:
    """Without totals n factors take 2n + 1 rules, without lists each driver and car its own."""
    version = policy_of("auto-insurance").versions[0]
    items = {"client.drivers": DRIVERS, "client.cars": CARS}
    before = 0
    for name, decision in version.decisions.items():
        if decision.stands_for is not None:
            continue
        of = version.lists[decision.for_each].item if decision.for_each else version
        written = of.decisions[name]
        alone = 2 * len(written.rules) + 1 if written.kind is TOTAL else rules_in(written)
        before += alone * items.get(decision.for_each or "", 1)

    now = len(list(version.written_rules()))
    assert (now, before) == (59, 206)
    assert 3 * now < before


def rules_in(decision: Decision) -> int:
    return len(list(decision.every_rule()))
