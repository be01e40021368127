"""Citations are of the section that applies: picked by a decision, or taken from what is below."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.requests import partial
from reglament import load_policy
from reglament.analysis.diff.version_notes import wording_notes
from reglament.evaluation import Evaluator
from reglament.language.loading.version_loader import read_version
from reglament.model.conditions import OneOf
from reglament.model.decisions import Citation, Decision, Rule
from reglament.model.problems import Refused
from reglament.model.regulation import Clause, Version
from reglament.model.terms import DecisionRef
from reglament.model.values import Value
from reglament.reference import View
from reglament.rendering.pages.policy_page import page
from support.laws import examples
from support.random_policies import BROKEN, NAME, answer, completions, policies, requests
from support.shipped import shipped

SUPPORT = shipped("technical-support")
SECTIONS = ("free", "paid", "partner")
AT = "2026-11-20T18:30"
TIERS: Mapping[str, Mapping[str, object]] = {
    "partner": {"requester.kind": "certified_partner"},
    "paid": {
        "requester.kind": "user",
        "subscription.active_from": "2026-01-01T00:00",
        "subscription.active_until": None,
    },
    "free": {
        "requester.kind": "user",
        "subscription.active_from": None,
        "subscription.active_until": None,
        "key.registered_on": "2026-11-01",
    },
}
DETAILS: Mapping[str, object] = {
    "request.created_at": AT,
    "request.channel": "portal",
    "request.fix_feasible": False,
    "request.general_guide_exists": True,
    "request.remote_tool": "TeamViewer 11",
    "request.remote_approved": False,
}
SERVICES = (
    *SUPPORT.versions[-1].facts["request.service"].type.options,
    "a service that no list names",
)
# By the cause: no key, paid support that is over or to come, free support that is.
NO_KEY, NO_PAID = {"free.period"}, {"paid.title", "paid.renewal.how"}
NO_FREE = {"free.period", "free.period_start"}


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("channel", ["portal", "fax"])
@pytest.mark.parametrize("service", SERVICES)
def test_the_answer_cites_the_section_that_applies_and_no_other(
    service: str, channel: str, tier: str
) -> None:
    told = {**DETAILS, **TIERS[tier], "request.service": service, "request.channel": channel}
    decided = SUPPORT.decide(told)
    answer_ = decided["answer"]

    assert decided["tier"].outcome == tier
    assert answer_.clauses
    assert not answer_.open_clauses
    assert {clause.split(".")[0] for clause in answer_.clauses} == {tier}
    for name in ("channel", "desk", "scope", "response_due", "response_hours"):
        assert {clause.split(".")[0] for clause in decided[name].clauses} == {tier}


REFUSED: list[tuple[str, str, set[str]]] = [
    ("onsite_visit", "free", {"free.excluded.visit"}),
    ("onsite_visit", "paid", {"paid.excluded.visit"}),
    ("onsite_visit", "partner", {"partner.excluded.visit"}),
    ("training", "free", {"free.excluded.training"}),
    ("training", "paid", {"paid.excluded.training"}),
    ("user_specific_setup", "free", {"free.excluded.setup"}),
    ("software_update", "paid", {"paid.excluded.update"}),
    ("error_correction", "free", {"free.included.errors"}),
    ("custom_instructions", "free", {"free.excluded.instructions"}),
    ("remote_connection", "free", {"free.excluded.remote"}),
    ("remote_connection", "paid", {"paid.included.remote", "paid.included.remote_decision"}),
]


@pytest.mark.parametrize(("service", "tier", "clauses"), REFUSED)
def test_which_clause_refused_it_has_one_answer(service: str, tier: str, clauses: set[str]) -> None:
    decided = SUPPORT.decide({**DETAILS, **TIERS[tier], "request.service": service})

    assert decided["answer"].outcome == "refuse"
    assert set(decided["answer"].clauses) == clauses == set(decided["scope"].clauses)


def test_without_a_tier_the_answer_cites_why_no_section_applies() -> None:
    nobody = {"requester.kind": "user", "key.registered_on": None, "subscription.active_from": None}
    decided = SUPPORT.decide({**DETAILS, **nobody, "request.service": "training"})

    assert decided["tier"].outcome == "none"
    for name in ("tier", "scope", "answer", "response_hours", "response_due"):
        assert set(decided[name].clauses) == NO_KEY


def test_while_the_tier_is_open_every_section_that_may_apply_is_cited_as_open() -> None:
    decided = SUPPORT.decide(
        {"request.service": "onsite_visit", "request.channel": "phone", "request.created_at": AT}
    )
    answer_, desk = decided["answer"], decided["desk"]

    visits = {f"{section}.excluded.visit" for section in SECTIONS}
    assert answer_.outcome == "refuse"
    assert set(answer_.clauses) == visits | NO_KEY | NO_FREE | NO_PAID
    assert answer_.open_clauses == answer_.clauses
    assert set(desk.clauses) == {f"{section}.hours" for section in SECTIONS}
    assert desk.open_clauses == desk.clauses
    document = json.loads(decided.to_json())["decisions"]
    assert document["desk"]["open_clauses"] == list(desk.clauses)
    assert "if tier is paid support" in decided.explain("en", "auditor")
    assert "если раздел регламента: платная поддержка" in decided.explain("ru", "auditor")


def test_a_section_that_is_shut_out_is_not_cited() -> None:
    told = {"requester.kind": "user", "key.registered_on": None, "request.created_at": AT}
    told |= {"request.channel": "phone", "request.service": "onsite_visit"}
    decided = SUPPORT.decide(told)

    assert set(decided["answer"].clauses) == {"paid.excluded.visit"} | NO_KEY | NO_PAID


# The meaning, over random policies


def _cited_in(name: str) -> Clause:
    return Clause(name, name, NAME, "")


@st.composite
def citing_policies(draw: st.DrawFn) -> Version:
    """A random policy whose rules cite a list, or by an earlier decision, or nothing."""
    version = draw(policies())
    made: dict[str, Decision] = {}
    clauses: set[str] = set()
    for name, decision in version.decisions.items():
        pickers = [one for one in made.values() if one.kind != "collection"]
        rules = [_citing(draw, rule, pickers) for rule in decision.every_rule()]
        clauses |= {clause for rule in rules for clause in rule.clauses}
        otherwise = rules.pop() if decision.otherwise is not None else None
        made[name] = replace(decision, rules=tuple(rules), otherwise=otherwise)
    register = {name: _cited_in(name) for name in sorted(clauses)} or {"c": _cited_in("c")}
    return replace(version, decisions=made, clauses=register)


def _citing(draw: st.DrawFn, rule: Rule, pickers: list[Decision]) -> Rule:
    way = draw(st.sampled_from(["list", "picked", "inherited"]))
    if way == "inherited":
        return rule
    if way == "list" or not pickers:
        return replace(rule, clauses=(rule.id,))
    by = draw(st.sampled_from(pickers))
    picked = tuple(
        Citation(OneOf(DecisionRef(by.name), (outcome,)), (f"{rule.id}-{outcome}",))
        for outcome in ("yes", "no")
    )
    return replace(rule, citations=picked, clauses=tuple(c for one in picked for c in one.clauses))


ANY_SIZE = examples(80)


@ANY_SIZE
@given(citing_policies(), requests(most_missing=2))
def test_what_is_cited_is_what_the_completions_cite(
    version: Version, told: dict[str, Value]
) -> None:
    evaluated = Evaluator(version).evaluate(told)
    whole = [View(version, facts) for facts in completions(told)]
    for name, decision in version.decisions.items():
        if any(_is_broken(version, view, one) for view in whole for one in version.decisions):
            continue
        found = evaluated[name]
        if not found.is_determined:
            assert not found.clauses or decision.kind == "collection"
            continue
        each = [set(view.cited(decision)) for view in whole]
        sure = set(found.clauses) - set(found.open_clauses)
        assert set(found.open_clauses) <= set(found.clauses) <= set.union(*each)
        assert sure <= set.intersection(*each)
        if len(whole) == 1:
            assert sure == each[0]


def _is_broken(version: Version, view: View, name: str) -> bool:
    outcome = answer(version, view.facts, name).outcome
    return isinstance(outcome, tuple) and outcome[:1] == (BROKEN,)


@ANY_SIZE
@given(citing_policies(), requests(most_missing=0))
def test_where_diagrams_are_too_large_rules_are_read_for_what_they_cite(
    version: Version, told: dict[str, Value]
) -> None:
    view = View(version, told)
    if not any(_is_broken(version, view, name) for name in version.decisions):
        evaluated = Evaluator(version, budget=3).evaluate(told)
        for name, decision in version.decisions.items():
            assert set(evaluated[name].clauses) == set(view.cited(decision))


@ANY_SIZE
@given(citing_policies(), st.lists(requests(most_missing=1), min_size=2, max_size=8))
def test_rules_and_clauses_alone_are_those_of_the_whole_whatever_was_asked_before(
    version: Version, several: list[dict[str, Value]]
) -> None:
    evaluator = Evaluator(version)
    for told in several:
        alone, explained = evaluator.evaluate(told), evaluator.evaluate(told)
        for name in version.decisions:
            found, whole = alone[name], explained[name].whole
            assert (found.rules, found.clauses) == (whole.rules, whole.clauses)


def test_partial_requests_cite_no_section_that_cannot_apply() -> None:
    for told in partial(150, seed=11):
        try:
            decided = SUPPORT.decide(told)
            tier, scope = decided["tier"], decided["scope"]
        except Refused:
            continue
        possible = {str(one) for one in tier.possible}
        if "none" not in possible:
            assert {clause.split(".")[0] for clause in scope.clauses} <= possible


# What is written


POLICY = """
policy: shop
version: "1"
title: {ru: Магазин, en: Shop}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {ru: день, en: day}, question: {ru: День?, en: Day?}}
  card: {type: boolean, label: {ru: карта, en: card}, question: {ru: Карта?, en: Card?}}
readings:
  strict:
    question: {ru: Строго?, en: Strictly?}
    chosen: mild
    alternatives: {mild: {ru: нет, en: no}, hard: {ru: да, en: yes}}
    because: {ru: Так проще., en: That is simpler.}
decisions:
  level:
    label: {ru: уровень, en: level}
    outcomes: {gold: {ru: золото, en: gold}, plain: {ru: обычный, en: plain}}
    rules: [{id: level-gold, when: {card: true}, then: gold, clauses: [gold]}]
    otherwise: {then: plain, clauses: [plain]}
  price:
    label: {ru: цена, en: price}
    type: integer
    rules:
      - id: price-all
        then: 5
        clauses: CLAUSES
clauses:
  gold: {where: "1", summary: {ru: золото, en: gold}, fingerprint: "sha256:0123456789abcdef"}
  plain: {where: "2", summary: {ru: обычный, en: plain}, fingerprint: "sha256:0123456789abcdef"}
  both: {where: "3", summary: {ru: все, en: all}, fingerprint: "sha256:0123456789abcdef"}
"""
BY_LEVEL = "{by: level, gold: [gold, both], plain: [plain]}"
BY_READING = "{reading: strict, mild: {by: level, gold: [gold]}, hard: [both]}"


def written(folder: Path, clauses: str) -> Path:
    path = folder / "shop.yaml"
    path.write_text(POLICY.replace("CLAUSES", clauses), encoding="utf-8")
    return path


def test_a_reading_may_pick_and_a_decision_below_it(tmp_path: Path) -> None:
    decided = load_policy(written(tmp_path, BY_READING)).decide({"day": "2026-01-01", "card": True})

    assert (decided["price"].clauses, decided["price"].readings) == (["gold"], ["strict"])
    rule = load_policy(written(tmp_path, BY_READING.replace("gold: [gold]", "gold: [gold]")))
    assert rule.versions[-1].rule("price-all").clauses == ("gold",)


@pytest.mark.parametrize(
    ("clauses", "code", "en", "ru"),
    [
        (
            "{by: levl, gold: [gold]}",
            "unknown-decision",
            "no decision `levl`",
            "нет решения `levl`",
        ),
        ("{by: level, golf: [gold]}", "unknown-outcome", "no outcome `golf`", "нет исхода `golf`"),
        ("{by: level, gold: [golf]}", "unknown-clause", "no clause `golf`", "нет пункта `golf`"),
        ("{by: price, gold: [gold]}", "wrong-pick", "`price` is not one", "`price` — другое"),
        ("{gold: [gold]}", "missing-key", "`by` is missing", "не хватает `by`"),
        ("{bye: level, gold: [gold]}", "missing-key", "`by` is missing", "не хватает `by`"),
        ("{by: level, gold: gold}", "wrong-type", "expected a list in `gold`", "список"),
    ],
)
def test_a_wrong_pick_is_told_at_its_place(
    tmp_path: Path, clauses: str, code: str, en: str, ru: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_version(written(tmp_path, clauses))
    (problem,) = refused.value.problems

    assert problem.code == code
    assert en in problem.message.to("en")
    assert ru in problem.message.to("ru")
    if code.startswith("unknown"):
        assert problem.hint is not None
    assert problem.place is not None
    assert problem.place.line == 30


def test_a_page_shows_what_is_cited_where(tmp_path: Path) -> None:
    shown = page(read_version(written(tmp_path, BY_LEVEL)), "en")

    assert "clauses: level is gold: 1; 3 | level is plain: 2" in shown
    assert "| `both` | 3 | all | `price-all` |" in shown


def test_other_clauses_for_the_same_outcome_are_a_note_of_diff(tmp_path: Path) -> None:
    old = read_version(written(tmp_path, BY_LEVEL))
    new = read_version(written(tmp_path, BY_LEVEL.replace("[gold, both]", "[gold]")))
    swapped = read_version(written(tmp_path, "{by: level, gold: [plain], plain: [gold, both]}"))

    assert [note.name for note in wording_notes(old, new)] == ["price-all"]
    (note,) = wording_notes(old, swapped)
    assert "`price-all`: changed (clauses" in note.message.to("en")
    assert not list(wording_notes(old, read_version(written(tmp_path, BY_LEVEL))))
