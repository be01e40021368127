"""The contract of the service is kept: Schemathesis sends what it allows, and what it forbids."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from support.places import ROOT
from support.service import caller

CONTRACT = "/v1/policies/library-fees/openapi.json"
CALLS = Path(__file__).with_name("calls_of_the_contract.py")
# In a process of its own: its plugin takes the contract apart while tests are collected, which
# every worker does, and has a hand in every test that is run beside.
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "schemathesis.pytest.plugin"]


@pytest.mark.slow
@pytest.mark.skipif(find_spec("schemathesis") is None, reason="the extra `contract` is not there")
def test_every_answer_is_one_that_the_contract_tells() -> None:
    paths = caller().ask("GET", CONTRACT).json()["paths"]
    del paths[CONTRACT]  # which is not asked for again
    calls = sum(len(methods) for methods in paths.values())

    ran = subprocess.run(
        [*PYTEST, "-p", "no:cacheprovider", "-p", "no:xdist", CALLS],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"\n{calls} passed" in ran.stdout
