"""From cases that were tried to a JUnit report, the XML that build servers read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from reglament.frozen import frozen

# XML 1.0 forbids these characters, however they are written.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen
class Case:
    """One case: its name, where it stands, and why it failed; empty where it passed."""

    name: str
    failure: str = ""
    file: str = ""
    line: int = 0


@frozen
class Suite:
    """Cases that belong together."""

    name: str
    cases: tuple[Case, ...]


def junit(suites: Sequence[Suite]) -> str:
    """The report, ending in a line break."""
    root = Element("testsuites", _counts([case for suite in suites for case in suite.cases]))
    for suite in suites:
        element = SubElement(root, "testsuite", {"name": _text(suite.name), **_counts(suite.cases)})
        for case in suite.cases:
            _add(element, suite, case)
    indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{tostring(root, encoding='unicode')}\n"


def _add(parent: Element, suite: Suite, case: Case) -> None:
    place = {"file": _text(case.file), "line": str(case.line)} if case.file else {}
    names = {"name": _text(case.name), "classname": _text(suite.name)}
    element = SubElement(parent, "testcase", {**names, **place})
    if case.failure:
        first = _text(case.failure).splitlines()[0]
        SubElement(element, "failure", {"message": first}).text = _text(case.failure)


def _counts(cases: Sequence[Case]) -> dict[str, str]:
    failures = sum(1 for case in cases if case.failure)
    return {"tests": str(len(cases)), "failures": str(failures)}


def _text(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
