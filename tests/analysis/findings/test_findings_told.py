"""How findings are told: by the command, as SARIF, as annotations, in the page of findings."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reglament import __version__
from reglament.analysis.findings import CODES
from reglament.model.findings import Finding
from reglament.model.words import Text
from reglament.rendering.reports.advice import ADVICE
from reglament.rendering.reports.finding_formats import sarif, workflow_commands
from support.cli_runner import run
from support.finding_cases import FINDINGS, found_in
from support.places import DOCS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("findings")


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
