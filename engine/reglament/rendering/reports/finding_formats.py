"""From the findings of a check to text, JSON, SARIF and annotations of a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from reglament.messages import Language, Message, Words
from reglament.model.findings import Finding, Proof, Severity
from reglament.model.problems import Place, told_place
from reglament.rendering.documents.decision_document import words
from reglament.rendering.plain.plain_values import plain
from reglament.rendering.reports.advice import ADVICE

SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
COMMANDS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}
SEVERITY_WORDS: Mapping[Severity, Words] = {
    Severity.ERROR: Message("error"),
    Severity.WARNING: Message("warning"),
    Severity.NOTE: Message("note"),
}
PROOF_WORDS: Mapping[Proof, Words] = {
    Proof.EXACT: Message("exact"),
    Proof.UNPROVEN: Message("unproven"),
    Proof.NOT_ANALYSED: Message("not-analysed"),
}
MOST_FOLLOWING = 3
FOLLOWS = Message("so-findings")


def finding_text(finding: Finding, language: Language) -> str:
    """`file:line:column: warning: message [code]`, then what else there is, indented."""
    head = f"{SEVERITY_WORDS[finding.severity].to(language)}: {finding.message.to(language)}"
    place = f"{finding.places[0].locator}: " if finding.places else ""
    lines = [f"{place}{head} [{finding.code}]", *_details(finding, language)]
    return "\n".join(lines)


def _details(finding: Finding, language: Language) -> Iterator[str]:
    for place in finding.places[1:]:
        yield f"    {place.locator}"
    for region in finding.where:
        yield f"    {Message('where').to(language)}: {region.to(language)}"
    if finding.witness is not None:
        yield f"    {Message('request').to(language)}: {request_text(finding)}"
    if finding.why is not None:
        yield f"    {PROOF_WORDS[finding.proof].to(language)}: {finding.why.to(language)}"
    if finding.hint is not None:
        yield f"    = {finding.hint.to(language)}"
    for one in finding.follows[:MOST_FOLLOWING]:
        at = f"{one.places[0].locator}: " if one.places else ""
        yield f"    {FOLLOWS.to(language)}: {at}{one.message.to(language)} [{one.code}]"
    if (more := len(finding.follows) - MOST_FOLLOWING) > 0:
        yield f"    {Message('more-follow-from', count=more).to(language)}"


def request_text(finding: Finding) -> str:
    """The witness on one line of JSON, which `decide` reads."""
    return json.dumps(plain(finding.witness), ensure_ascii=False)


def finding_dict(finding: Finding) -> dict[str, Any]:
    """Plain values for JSON, the same in every language."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": words(finding.message),
        "decision": finding.decision,
        "rules": list(finding.rules),
        "subject": finding.subject,
        "places": [told_place(place) for place in finding.places],
        "witness": None if finding.witness is None else plain(finding.witness),
        "proof": finding.proof.value,
        "why": words(finding.why),
        "hint": words(finding.hint),
        "where": [words(region) for region in finding.where],
        "follows": [finding_dict(one) for one in finding.follows],
    }


# SARIF 2.1.0 (OASIS)


def sarif(
    findings: Sequence[Finding],
    language: Language,
    tool_version: str,
    left_out: Words | None = None,
) -> dict[str, Any]:
    """The findings as one run in the Static Analysis Results Interchange Format.

    `left_out` says what the run does not list.
    """
    codes = list(dict.fromkeys([*ADVICE, *(finding.code for finding in findings)]))
    driver = {
        "name": "reglament",
        "version": tool_version,
        "rules": [_sarif_rule(code, language) for code in codes],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, codes, language) for finding in findings],
    }
    if left_out is not None:
        note = {"level": "note", "message": {"text": left_out.to(language)}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [note]}]
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _sarif_rule(code: str, language: Language) -> dict[str, Any]:
    advice = ADVICE.get(code)
    if advice is None:  # a mistake of the files, which says itself what mends it
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": advice.title.to(language)},
        "fullDescription": {"text": advice.why.to(language)},
        "help": {"text": advice.to_text(language), "markdown": advice.to_markdown(language)},
    }


def _sarif_result(finding: Finding, codes: list[str], language: Language) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message.to(language)},
        "locations": [_location(place) for place in finding.places[:1]],
        "partialFingerprints": {"reglament/v1": finding.key},
        "properties": {
            "decision": finding.decision,
            "rules": list(finding.rules),
            "proof": finding.proof.value,
            "witness": None if finding.witness is None else plain(finding.witness),
        },
    }
    if finding.hint is not None:
        result["message"] = {"text": f"{finding.message.to(language)}\n{finding.hint.to(language)}"}
    if len(finding.places) > 1:
        result["relatedLocations"] = [_location(place) for place in finding.places[1:]]
    return result


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file.replace("\\", "/"))}}
    if not place.is_whole:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + place.width,
        }
    return {"physicalLocation": physical}


# Annotations of a pull request: workflow commands


def workflow_commands(
    findings: Iterable[Finding], language: Language, left_out: Words | None = None
) -> Iterator[str]:
    """One workflow command a finding: `::error file=…,line=…,col=…,title=…::message`.

    A notice at the end says what is left out.
    """
    for finding in findings:
        properties = {"title": finding.code}
        if finding.places:
            properties = {**_command_place(finding.places[0]), **properties}
        said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        lines = [finding.message.to(language), *map(str.strip, _details(finding, language))]
        yield f"::{COMMANDS[finding.severity]} {said}::{_message(chr(10).join(lines))}"
    if left_out is not None:
        yield f"::notice::{_message(left_out.to(language))}"


def _command_place(place: Place) -> dict[str, str]:
    if place.is_whole:
        return {"file": place.file}
    return {
        "file": place.file,
        "line": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.column + place.width),
    }


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
