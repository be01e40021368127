"""What the files of a policy give: versions, rules kept by readings, the digest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reglament.language.loading.version_loader import read_content, read_policy, read_version
from reglament.language.syntax import shown
from reglament.language.syntax.bundled import policies_folder
from reglament.model.conditions import AllOf, Comparison
from reglament.model.decisions import DecisionKind, Override
from reglament.model.letters import Explain
from reglament.model.operators import Operator
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula
from reglament.policy import load_policy
from support.refunds import CALENDAR, HEAD, SWITCHED, problems_of, unplaced, written


@pytest.fixture(scope="module")
def shipped() -> Version:
    return read_version(policies_folder() / "technical-support")


# -- the shipped policy ---------------------------------------------------------------------


def test_the_shipped_policy_loads_whole(shipped: Version) -> None:
    assert shipped.policy == "technical-support"
    assert set(shipped.decisions) == {
        "tier", "free_until", "channel", "desk", "scope", "response_hours", "response_due",
        "payment_contact", "renewal", "renewal_effective_from", "answer", "advice",
    }  # fmt: skip
    assert shipped.decisions["renewal"].kind is DecisionKind.CHECKLIST
    assert shipped.decisions["advice"].kind is DecisionKind.COLLECTION
    assert shipped.decisions["response_hours"].unit["ru"][0] == "рабочий час"
    assert shipped.hours["support_hours"].readings == ("time-zone", "weekdays", "short-days")
    assert "free-until-rolled-to-a-working-day" in shipped.dormant


def test_every_decision_stands_after_those_it_builds_on(shipped: Version) -> None:
    order = list(shipped.decisions)

    assert order.index("tier") < order.index("scope") < order.index("answer")
    for name, decision in shipped.decisions.items():
        assert all(order.index(one) < order.index(name) for one in decision.reads())


def test_a_comparison_with_a_date_is_by_day(shipped: Version) -> None:
    free = shipped.rule("tier-free").when

    assert unplaced(free) == AllOf(
        tuple(
            Comparison(subject, operator, FactRef("request.created_at"), by_day=True)
            for subject, operator in (
                (FactRef("key.registered_on"), Operator.AT_MOST),
                (DecisionRef("free_until"), Operator.AT_LEAST),
            )
        )
    )


def test_a_parameter_stands_in_a_formula_with_its_name(shipped: Version) -> None:
    rule = shipped.rule("free-until-three-calendar-months")

    months = Constant(3, name="free_months")
    assert rule.then == Formula("months_after", (FactRef("key.registered_on"), months))
    assert rule.readings == ("three-months",)


def test_a_switch_picks_by_reading_and_names_it(shipped: Version) -> None:
    otherwise = shipped.decisions["scope"].otherwise
    due = shipped.rule("response-due-after-working-hours")

    assert otherwise is not None
    assert (otherwise.id, otherwise.then) == ("scope-otherwise", Constant("not_regulated"))
    assert otherwise.readings == ("unlisted-services",)
    assert isinstance(due.then, Formula)
    assert (due.then.hours, due.then.tie) == ("support_hours", "closing")
    assert due.readings == ("clock-start", "closing-tie")


def test_overrides_may_name_the_reading_that_says_so(shipped: Version) -> None:
    assert shipped.rule("tier-partner").overrides == (
        Override("tier-paid", "tier-precedence"),
        Override("tier-free", "tier-precedence"),
    )


# -- readings -------------------------------------------------------------------------------


@pytest.mark.parametrize(("chosen", "kept", "dormant"), [
    ("strict", "r-strict", "r-kind"), ("kind", "r-kind", "r-strict"),
])  # fmt: skip
def test_a_rule_is_kept_only_under_its_reading(
    tmp_path: Path, chosen: str, kept: str, dormant: str
) -> None:
    head = HEAD.replace("chosen: strict", f"chosen: {chosen}")
    version = read_version(written(tmp_path, head, SWITCHED))

    assert [rule.id for rule in version.decisions["d"].rules] == [kept]
    assert version.rule(kept).readings == ("weekend",)
    assert version.dormant == (dormant,)


def test_a_dormant_rule_is_checked_all_the_same(tmp_path: Path) -> None:
    wrong = SWITCHED.replace("then: yes", "then: perhaps")

    assert [problem.code for problem in problems_of(tmp_path, wrong)] == ["unknown-outcome"]


# -- order and files mean nothing -----------------------------------------------------------


def test_the_digest_does_not_know_how_files_are_spread(tmp_path: Path) -> None:
    pieces = (HEAD, CALENDAR, SWITCHED)
    spread = read_version(written(tmp_path / "spread", *pieces))
    turned = read_version(written(tmp_path / "turned", *reversed(pieces)))
    whole = tmp_path / "whole.yaml"
    whole.write_text("# a comment\n" + "\n".join(pieces), "utf-8")
    single = read_version(whole)

    assert spread.digest == turned.digest == single.digest
    assert spread.digest.startswith("sha256:")
    assert list(spread.facts) == list(turned.facts) == list(single.facts)


def test_the_digest_knows_every_word(tmp_path: Path) -> None:
    one = read_version(written(tmp_path / "one", HEAD, SWITCHED))
    other = read_version(
        written(tmp_path / "other", HEAD, SWITCHED.replace("then: no", "then: yes"))
    )
    examples = "examples: [{name: n, facts: {kind: book}, expect: {d: no}}]"
    shown = read_version(written(tmp_path / "shown", HEAD, SWITCHED, examples))

    assert one.digest != other.digest
    assert one.digest == shown.digest


def test_versions_come_oldest_first(tmp_path: Path) -> None:
    written(tmp_path / "a", HEAD.replace("2024-01-01", "2025-01-01").replace('"1"', '"2"', 1))
    written(tmp_path / "b", HEAD)

    assert [version.version for version in read_policy(tmp_path)] == ["1", "2"]


def test_versions_that_hold_from_the_same_day_are_refused(tmp_path: Path) -> None:
    written(tmp_path / "a", HEAD)
    written(tmp_path / "b", HEAD.replace('version: "1"', 'version: "2"'))

    with pytest.raises(Refused) as refused:
        read_policy(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["versions-overlap"]


# -- versions in time -----------------------------------------------------------------------


def later(text: str, holds_until: str = "") -> str:
    return text.replace("holds_from: 2024-01-01", f"holds_from: 2024-01-01\n{holds_until}")


def test_no_version_holds_after_the_last_day_that_is_said(tmp_path: Path) -> None:
    policy = load_policy(written(tmp_path, later(HEAD, "holds_until: 2024-12-31")))

    assert policy.version_at(policy.moment("2024-12-31T23:59")).holds_until == date(2024, 12, 31)
    with pytest.raises(Refused) as refused:
        policy.version_at(policy.moment("2025-01-01"))
    (problem,) = refused.value.problems
    assert problem.code == "after-last-version"
    assert "2025-01-01" in problem.message.to("en")
    assert "2024-12-31" in problem.message.to("en")


def test_a_version_may_begin_the_day_after_another_ends(tmp_path: Path) -> None:
    written(tmp_path / "a", later(HEAD, "holds_until: 2024-12-31"))
    written(tmp_path / "b", HEAD.replace("2024-01-01", "2025-01-01").replace('"1"', '"2"', 1))
    policy = load_policy(tmp_path)

    assert policy.version_at(policy.moment("2024-12-31T23:59")).version == "1"
    assert policy.version_at(policy.moment("2025-01-01")).version == "2"


# -- what a requester is told ---------------------------------------------------------------


def test_the_policy_says_what_a_requester_is_told(tmp_path: Path) -> None:
    text = """
    explain: {answer: d, also: {"yes": [d]}, beside: {e: {}, d: {"no": [e]}}, advice: e}
    decisions:
      e:
        outcomes: {come: {ru: приходите, en: come}}
        collection: true
        rules: [{id: e-come, then: come}]
    """
    version = read_version(written(tmp_path / "one", HEAD, SWITCHED, text))
    silent = read_version(written(tmp_path / "other", HEAD, SWITCHED))

    assert version.explain == Explain(
        "d", also={"yes": ("d",)}, advice="e", beside={"e": {}, "d": {"no": ("e",)}}
    )
    assert silent.explain is None
    assert version.digest != silent.digest


@pytest.mark.parametrize(
    ("beside", "code"),
    [
        ("{f: {}}", "unknown-decision"),
        ('{d: {"yse": [d]}}', "unknown-outcome"),
        ('{d: {"yes": [f]}}', "unknown-decision"),
        ("{e: {come: [d]}}", "nothing-told-along"),
    ],
)
def test_what_is_told_beside_has_to_be_there(tmp_path: Path, beside: str, code: str) -> None:
    text = f"""
    explain: {{answer: d, beside: {beside}}}
    decisions:
      e:
        outcomes: {{come: {{ru: приходите, en: come}}}}
        collection: true
        rules: [{{id: e-come, then: come}}]
    """

    assert [one.code for one in problems_of(tmp_path, SWITCHED, text)] == [code]


# -- where files are said to be -------------------------------------------------------------


@pytest.mark.slow
def test_a_bundled_file_is_named_the_same_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (tmp_path, policies_folder(), policies_folder() / "technical-support"):
        monkeypatch.chdir(folder)
        place = load_policy("technical-support").versions[0].rule("tier-free").place

        assert place is not None
        assert place.file == "technical-support/2019-01-01/tiers.yaml"


def test_a_mistake_in_a_bundled_file_leads_there_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policies" / "museum" / "museum.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("policy: museum\npolicy: museum\n", "utf-8")
    monkeypatch.setattr(shown, "policies_folder", lambda: tmp_path / "policies")

    monkeypatch.chdir(tmp_path)
    assert {place_of(one) for one in problems_in(path)} == {"policies/museum/museum.yaml"}
    monkeypatch.chdir(tmp_path.parent.parent)
    assert all((Path.cwd() / place_of(one)).exists() for one in problems_in(path))


def problems_in(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_policy(path)
    return refused.value.problems


def place_of(problem: Problem) -> str:
    assert problem.place is not None
    return problem.place.file


def test_a_zone_of_many_dots_is_unknown_like_any_other() -> None:
    head = HEAD.replace("Europe/Moscow", "-0.0" * 1_000 + "/UTC")

    with pytest.raises(Refused) as refused:
        read_content(head, "zones")

    assert [problem.code for problem in refused.value.problems] == ["wrong-form"]
