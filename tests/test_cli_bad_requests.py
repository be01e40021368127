"""Every request that cannot be right gets one clear message, in both languages, and status 2."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli_runner import run
from reglament import Policy, load_policy

CASES = Path(__file__).parent / "cases" / "requests" / "bad"


@cache
def _shipped() -> Policy:
    return load_policy("technical-support")


def _content(case: dict[str, Any]) -> bytes:
    """The request of a case: as text, as hexadecimal bytes, or with a part many times over."""
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    if "repeat" in case:
        return f"{case['before']}{case['repeat'] * case['times']}{case['after']}".encode()
    return str(case["request"]).encode()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_request_that_cannot_be_right_is_refused(
    path: Path, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    monkeypatch.setattr("reglament.policy.load_policy", lambda name: _shipped())
    monkeypatch.chdir(tmp_path)
    name = case.get("name", "request.yaml")
    if not case.get("is_missing"):
        Path(name).write_bytes(_content(case))

    refused = run("decide", name, "--lang", language)

    assert refused.stderr == case["expect"][language]
    assert refused.stdout == ""
    assert refused.exit_code == 2
