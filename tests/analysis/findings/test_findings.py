"""Every finding is found where it should be, with a request that shows it, and nowhere else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reglament.analysis.findings import CODES, Proof, Severity, check
from reglament.language.loading.switched import alternatives
from reglament.model.findings import Finding
from reglament.model.outcomes import RuleStatus
from reglament.model.problems import Refused
from reglament.policy import Policy, load_policy
from reglament.rendering.reports.advice import ADVICE
from reglament.rendering.reports.finding_formats import finding_dict, finding_text
from support.finding_cases import FINDINGS, found_in
from support.laws import sample
from support.shipped import shipped

REPORTED = sorted((FINDINGS / "reported").glob("*.yaml"))
SILENT = sorted((FINDINGS / "silent").glob("*.yaml"))
EXPECTED = re.compile(r"^# finds ([a-z-]+): (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("findings")


def every(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, and those that follow from them."""
    for finding in found:
        yield finding
        yield from every(finding.follows)


def subject_of(finding: Finding) -> str:
    return ", ".join(finding.rules) or finding.subject or finding.decision or ""


def title(case: Path) -> str:
    return case.stem


@pytest.mark.parametrize("case", REPORTED, ids=title)
def test_a_case_has_exactly_the_findings_it_names(case: Path, folder: Path) -> None:
    _, found = found_in(case, folder / case.stem)
    expected = sorted(EXPECTED.findall(case.read_text(encoding="utf-8")))
    assert sorted((one.code, subject_of(one)) for one in every(found)) == expected
    assert {one.proof for one in every(found)} == {Proof.EXACT}


@pytest.mark.parametrize("case", SILENT, ids=title)
def test_a_sound_policy_has_no_findings(case: Path, folder: Path) -> None:
    _, found = found_in(case, folder / case.stem)
    assert [(one.code, one.message.to("en")) for one in found] == []


@pytest.mark.parametrize("case", REPORTED, ids=title)
def test_the_request_of_a_finding_reproduces_it(case: Path, folder: Path) -> None:
    policy, found = found_in(case, folder / case.stem)
    for finding in every(found):
        data = finding_dict(finding)
        if data["witness"] is not None:
            assert shows(policy, finding, json.loads(json.dumps(data["witness"])))
        else:
            assert finding.code not in {"conflict", "gap", "dated-hole"}


def shows(policy: Policy, finding: Finding, facts: dict[str, Any]) -> bool:
    """Whether deciding the plain facts, as a command line would read them, shows the finding."""
    try:
        decided = policy.decide(facts)
        _ = decided.to_dict()
    except Refused as refused:
        code = {"dated-hole": "gap"}.get(finding.code, finding.code)
        assert finding.severity is Severity.ERROR
        return [problem.code for problem in refused.problems] == [code]
    if not finding.rules or finding.decision is None:
        return True
    traces = {trace.rule: trace for trace in decided[finding.decision].trace}
    status = traces[finding.rules[0]].status
    if finding.code == "rule-never-decides":
        return status is RuleStatus.OVERRIDDEN
    return finding.code.startswith("test-") or status is RuleStatus.APPLIED


def test_every_code_has_a_case_and_advice() -> None:
    told = {code for case in REPORTED for code, _ in EXPECTED.findall(case.read_text("utf-8"))}
    assert told | {"not-analysed"} == set(CODES) == set(ADVICE)


def test_an_example_that_expects_nothing_proves_nothing(folder: Path) -> None:
    case = FINDINGS / "reported" / "repeated_example.yaml"
    version = found_in(case, folder / case.stem)[0].versions[0]
    empty = replace(version.examples[0], name="empty", expects={})
    found = check(replace(version, examples=(empty,)))
    assert [(one.code, one.severity, one.subject) for one in found] == [
        ("example-proves-nothing", Severity.WARNING, "empty")
    ]


def test_a_decision_too_large_to_analyse_is_named(folder: Path) -> None:
    policy, _ = found_in(FINDINGS / "reported" / "gap.yaml", folder / "gap")
    found = check(policy.versions[0], budget=4)
    assert ("not-analysed", "d", Proof.NOT_ANALYSED) in {
        (one.code, one.decision, one.proof) for one in found
    }


def test_a_version_is_not_asked_about_days_after_its_last(folder: Path) -> None:
    dated = folder / "until"
    dated.mkdir()
    shutil.copy(FINDINGS / "head.yaml", dated)
    text = (FINDINGS / "reported" / "dated_hole_in_rules.yaml").read_text(encoding="utf-8")
    (dated / "case.yaml").write_text(text, encoding="utf-8")
    version = load_policy(dated).versions[0]
    assert [one.code for one in check(version)] == ["dated-hole"]
    until = check(version, until=date(2024, 5, 2))
    assert sorted((one.code, subject_of(one)) for one in every(until)) == [
        ("outcome-never-reached", "no"),
        ("rule-never-decides", "new"),
        ("test-always-false", "new"),
    ]


@pytest.mark.slow
def test_the_shipped_regulation_has_notes_at_most() -> None:
    policy = shipped("technical-support")
    for version in policy.versions:
        found = check(version, today=date(2026, 11, 22), others=alternatives(version))
        assert [one.message.to("en") for one in found if one.severity is not Severity.NOTE] == []
        assert {one.proof for one in found} <= {Proof.EXACT}


@pytest.mark.parametrize("today", sample([date(2027, 7, 1), date(2027, 12, 31)], 1))
def test_a_calendar_is_told_of_half_a_year_before_it_ends(today: date) -> None:
    version = shipped("technical-support").versions[-1]
    soon = [one for one in check(version, today=today) if one.code == "calendar-ends-soon"]
    past = [
        one for one in check(version, today=date(2028, 1, 1)) if one.code == "calendar-ends-soon"
    ]
    assert [(one.severity, one.subject) for one in soon] == [(Severity.WARNING, "ru-production")]
    assert [one.severity for one in past] == [Severity.ERROR]


# How findings are told


def _cases() -> Iterator[Path]:
    yield from (*REPORTED, *SILENT)


def test_cases_are_there() -> None:
    assert len(list(_cases())) > 45


def test_a_gap_is_told_as_the_region_where_it_lies(folder: Path) -> None:
    _, found = found_in(FINDINGS / "reported" / "gap_at_two_bounds.yaml", folder / "region")
    (gap,) = found

    assert [one.to("en") for one in gap.where] == ["convertible: no; price is 20,000 or 45,000"]
    assert [one.to("ru") for one in gap.where] == [
        "кабриолет: нет; цена: 20\u00a0000 или 45\u00a0000"
    ]
    text = finding_text(gap, "en")
    assert "    where: convertible: no; price" in text
    assert "    где: кабриолет: нет; цена" in finding_text(gap, "ru")


def test_a_gap_behind_an_earlier_decision_names_it(folder: Path) -> None:
    _, found = found_in(FINDINGS / "reported" / "gap_of_an_outcome.yaml", folder / "named")

    assert [one.to("en") for gap in found for one in gap.where] == ["first is perhaps"]


def test_what_follows_from_a_dead_rule_stands_beneath_it(folder: Path) -> None:
    _, found = found_in(FINDINGS / "reported" / "dead_rule_and_what_follows.yaml", folder / "dead")
    (dead,) = found

    assert (dead.code, dead.rules) == ("rule-never-decides", ("never",))
    assert [(one.code, subject_of(one)) for one in dead.follows] == [
        ("outcome-never-reached", "yes"),
        ("rule-never-decides", "waits"),
        ("test-always-false", "waits"),
        ("outcome-never-reached", "in"),
    ]
    assert "    and 1 more that follow from it" in finding_text(dead, "en")
    assert "    и ещё следствий: 1" in finding_text(dead, "ru")
    data = finding_dict(dead)
    assert [one["code"] for one in data["follows"]] == [one.code for one in dead.follows]


@pytest.mark.parametrize("number", sample([0, 1], 1))
def test_what_a_worked_example_decides_is_not_called_unknown(number: int) -> None:
    version = shipped("annual-leave").versions[number]

    assert [(one.code, one.message.to("en")) for one in check(version)] == []
