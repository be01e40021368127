"""Decisions that build on each other: as many as are accepted are answered, more are refused."""

from __future__ import annotations

import inspect
import sys
from typing import Any

import pytest

from reglament.language.loading.decisions_section import MOST_DEEP
from reglament.model.policy import Version
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.whole_language import HEAD, LABEL, facts, text_of
from reglament.language.loading.version_loader import read_policy


def _words(number: int) -> Any:
    below = {f"d{number - 1}": "a"} if number else {"boolean.one": True}
    rules = [{"id": f"r{number}", "when": below, "then": "a"}]
    outcomes = dict.fromkeys("ab", LABEL)
    return {"label": LABEL, "outcomes": outcomes, "rules": rules, "otherwise": {"then": "b"}}


def _numbers(number: int) -> Any:
    below = f"d{number - 1}" if number else "integer.one"
    rules = [{"id": f"r{number}", "when": {below: {"more_than": 1}}, "then": {"sum": [below, 1]}}]
    return {"label": LABEL, "type": "integer", "rules": rules, "otherwise": {"then": below}}
