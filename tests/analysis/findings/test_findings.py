"""Every finding is found where it should be, with a request that shows it, and nowhere else."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reglament import __version__
from reglament.analysis.findings import CODES, Proof, Severity, check
from reglament.language.loading.switched import alternatives
from reglament.model.findings import Finding
from reglament.model.outcomes import RuleStatus
from reglament.model.problems import Refused
from reglament.model.words import Text
from reglament.policy import Policy, load_policy
from reglament.rendering.reports.advice import ADVICE
from reglament.rendering.reports.finding_formats import (
    finding_dict,
    finding_text,
    sarif,
    workflow_commands,
)
from support.cli_runner import run
from support.laws import sample
from support.places import CASES, DOCS
from support.shipped import shipped

FINDINGS = CASES / "findings"
REPORTED = sorted((FINDINGS / "reported").glob("*.yaml"))
SILENT = sorted((FINDINGS / "silent").glob("*.yaml"))
TODAY = date(2024, 12, 1)
EXPECTED = re.compile(r"^# finds ([a-z-]+): (.+)$", re.MULTILINE)


@cache
def found_in(case: Path, folder: Path) -> tuple[Policy, tuple[Finding, ...]]:
    folder.mkdir(exist_ok=True)
    shutil.copy(FINDINGS / "head.yaml", folder)
    shutil.copy(case, folder)
    policy = load_policy(folder)
    version = policy.versions[0]
    return policy, check(version, today=TODAY, others=alternatives(version))


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


@pytest.fixture(scope="module")
def conflict(folder: Path) -> Finding:
    case = FINDINGS / "reported" / "conflict.yaml"
    return found_in(case, folder / case.stem)[1][0]


def test_the_command_tells_people_and_fails(folder: Path, conflict: Finding) -> None:
    result = run("check", "--policy", folder / "conflict")
    place = conflict.places[0]
    head = (
        f"conflict.yaml:{place.line}:{place.column}: error: {conflict.message.to('en')} [conflict]"
    )
    assert result.exit_code == 1
    assert head in result.output
    assert 'request: {"asked.on": ' in result.output


def test_the_command_reproduces_its_own_request(folder: Path, conflict: Finding) -> None:
    result = run("check", "--policy", folder / "conflict", "--format", "json")
    told = json.loads(result.stdout)["findings"][0]
    assert told["code"] == "conflict"
    again = run("decide", "-", "--policy", folder / "conflict", stdin=json.dumps(told["witness"]))
    assert again.exit_code == 2
    assert "for-members" in again.output
    assert "for-latecomers" in again.output


def test_sarif_holds_what_the_format_asks_for(conflict: Finding) -> None:
    log = sarif([conflict], "en", __version__, None)
    assert list(Draft202012Validator(SARIF).iter_errors(log)) == []
    result = log["runs"][0]["results"][0]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "conflict"
    assert result["partialFingerprints"] == {"reglament/v1": conflict.key}
    assert result["relatedLocations"]


def test_a_policy_that_cannot_be_read_is_told_as_sarif_too(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("policy: p\nversion: 1\n", encoding="utf-8")
    result = run("check", "--policy", tmp_path / "p.yaml", "--format", "sarif")
    log = json.loads(result.stdout)
    assert result.exit_code == 2
    assert list(Draft202012Validator(SARIF).iter_errors(log)) == []
    assert {one["level"] for one in log["runs"][0]["results"]} == {"error"}


def test_a_file_that_is_no_text_is_told_to_programs_without_a_line(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    form = {
        one: run("check", "--policy", path, "--format", one).stdout
        for one in ("sarif", "json", "github")
    }

    log = json.loads(form["sarif"])
    (located,) = log["runs"][0]["results"][0]["locations"]
    (problem,) = json.loads(form["json"])["problems"]
    assert list(Draft202012Validator(SARIF).iter_errors(log)) == []
    assert located == {"physicalLocation": {"artifactLocation": {"uri": str(path)}}}
    assert (problem["file"], problem["line"], problem["column"]) == (str(path), None, None)
    assert form["github"].startswith(f"::error file={path},title=file-binary::")


def test_annotations_escape_what_would_end_them(conflict: Finding) -> None:
    place = replace(conflict.places[0], file="a,b:c.yaml", line=3, column=7, width=2)
    words = Text(ru="100%\nда", en="100%\nyes")
    finding = replace(conflict, places=(place,), message=words, witness=None, hint=None)
    assert list(workflow_commands([finding], "en")) == [
        "::error file=a%2Cb%3Ac.yaml,line=3,col=7,endColumn=9,title=conflict::100%25%0Ayes"
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("code", CODES)
def test_why_tells_what_to_avoid_and_to_prefer(code: str, language: str) -> None:
    result = run("check", "--why", code, "--lang", language)
    advice = ADVICE[code]
    assert result.exit_code == 0
    for said in (advice.title, advice.why):
        assert (said.to("ru") if language == "ru" else said.to("en")) in result.output
    assert advice.avoid.splitlines()[0] in result.output
    assert advice.prefer.splitlines()[0] in result.output


def test_an_unknown_code_gets_a_suggestion() -> None:
    result = run("check", "--why", "conflikt")
    assert result.exit_code == 2
    assert "did you mean `conflict`" in result.output


def test_the_page_of_findings_is_the_advice() -> None:
    pages = {name: (DOCS / "findings" / name) for name in ("ru.md", "en.md")}
    for name, page in pages.items():
        text = page.read_text(encoding="utf-8")
        language = "ru" if name == "ru.md" else "en"
        for code, advice in ADVICE.items():
            assert f"## {code}\n" in text
            assert advice.to_markdown(language) in text


# Checking again after each save


def test_without_watchfiles_the_option_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = run("check", "--watch")
    assert result.exit_code == 2
    assert "reglament[watch]" in result.output
    assert "Traceback" not in result.output


def test_each_save_is_checked_and_a_mistake_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copy(FINDINGS / "head.yaml", tmp_path)
    case = tmp_path / "case.yaml"
    sound = (FINDINGS / "silent" / "override.yaml").read_text(encoding="utf-8")
    case.write_text(sound, encoding="utf-8")
    saves = [
        sound.replace("overrides:", "overides:"),
        sound.replace(", overrides: [for-members]", ""),
    ]

    def watch(*paths: Path, **_: object) -> Iterator[set[object]]:
        assert paths == (tmp_path,)
        for text in saves:
            case.write_text(text, encoding="utf-8")
            yield set()
        raise KeyboardInterrupt

    fake = ModuleType("watchfiles")
    fake.watch = watch  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "watchfiles", fake)
    result = run("check", "--watch", "--policy", tmp_path)
    assert result.exit_code == 0
    told = [result.output.index(said) for said in ("no findings", "overides", "[conflict]")]
    assert told == sorted(told)


def _properties(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def _text() -> dict[str, Any]:
    return _properties("text", text={"type": "string", "minLength": 1})


def _some(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


# The part of the SARIF 2.1.0 schema that the log uses, by hand from the standard.
_COUNT = {"type": "integer", "minimum": 1}
_LOCATION = _properties(
    "physicalLocation",
    physicalLocation=_properties(
        "artifactLocation",
        artifactLocation=_properties("uri", uri={"type": "string", "pattern": r"^[^\s\\]+$"}),
        region=_properties("startLine", startLine=_COUNT, startColumn=_COUNT, endColumn=_COUNT),
    ),
)
_RULE = _properties("id", shortDescription=_text(), fullDescription=_text(), help=_text())
_RESULT = _properties(
    "message ruleId ruleIndex level",
    message=_text(),
    ruleIndex={"type": "integer", "minimum": 0},
    level={"enum": ["none", "note", "warning", "error"]},
    locations=_some(_LOCATION),
    relatedLocations=_some(_LOCATION),
)
SARIF = _properties(
    "version runs",
    version={"const": "2.1.0"},
    runs=_some(
        _properties(
            "tool results",
            tool=_properties("driver", driver=_properties("name", rules=_some(_RULE))),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            results=_some(_RESULT),
        )
    ),
)


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
