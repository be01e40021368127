"""A kind of test that is one class, known nowhere else, is decided, explained and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from reglament.evaluation import Evaluator
from reglament.frozen import frozen
from reglament.language.loading.version_loader import read_version
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Comparison, Test
from reglament.model.regulation import Version
from reglament.model.terms import Constant, Term
from reglament.reference import Answer, decide
from reglament.rendering.plain.conditions_as_written import as_written
from reglament.rendering.words.tests_in_words import Wording
from support.refunds import HEAD, written

Test.__test__ = False  # type: ignore[attr-defined]  # for pytest, which collects by name

POLICY = """
decisions:
  d:
    outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}
    rules:
      - {id: r, when: {note: vip}, then: yes}
    otherwise: {then: no}
"""


@frozen
class StartsWith(Test):
    start: str
    phrases: ClassVar = ("includes-subject-value", "does-not-include")

    @property
    def word(self) -> str:
        return "starts_with"

    @property
    def said(self) -> Term:
        return Constant(self.start)

    def meaning(self, hours: Mapping[str, WorkingHours]) -> Callable[..., bool]:
        return lambda text: text is not None and text.startswith(self.start)


@pytest.fixture
def version(tmp_path: Path) -> Version:
    read = read_version(written(tmp_path, HEAD, POLICY))

    def change(node: Any) -> Any:
        return StartsWith(node.subject, "v") if isinstance(node, Comparison) else node

    decisions = {name: one.transformed(change) for name, one in read.decisions.items()}
    return replace(read, decisions=decisions)


@pytest.mark.parametrize(("note", "expected"), [("vip", "yes"), ("late", "no"), (None, "no")])
def test_it_is_decided_as_it_says(version: Version, note: str | None, expected: str) -> None:
    plain = decide(version, {"note": note})["d"]
    outcome = Evaluator(version).evaluate({"note": note})["d"]

    assert isinstance(plain, Answer)
    assert (plain.outcome, outcome.outcome) == (expected, expected)
    assert outcome.trace[0].tests[0].holds is (expected == "yes")


def test_without_its_fact_it_is_open(version: Version) -> None:
    outcome = Evaluator(version).evaluate({})["d"]

    assert outcome.needs == ("note",)
    assert set(outcome.possible or ()) == {"yes", "no"}


def test_it_is_said_and_written(version: Version) -> None:
    when = version.decisions["d"].rules[0].when

    assert as_written(when, version).when == {"note": {"starts_with": "v"}}
    assert Wording(version, "en").condition(when) == "note includes v"
    assert Wording(version, "en").condition(when, holds=False) == "note does not include v"
