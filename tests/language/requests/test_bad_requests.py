"""Every request that cannot be right gets one clear message, in both languages, and status 2."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reglament import Policy
from support.cli_runner import run
from support.laws import sample
from support.places import CASES
from support.shipped import shipped

BAD = CASES / "requests" / "bad"


@cache
def _shipped() -> Policy:
    return shipped("technical-support")


def _content(case: dict[str, Any]) -> bytes:
    """The request of a case: as text, as hexadecimal bytes, or with a part many times over."""
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    if "repeat" in case:
        return f"{case['before']}{case['repeat'] * case['times']}{case['after']}".encode()
    return str(case["request"]).encode()


@pytest.mark.parametrize("language", sample(["en", "ru"], 1))
@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_request_that_cannot_be_right_is_refused(
    path: Path, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    monkeypatch.setattr("reglament.policy.load_policy", lambda name, **_: _shipped())
    monkeypatch.chdir(tmp_path)
    name = case.get("name", "request.yaml")
    if not case.get("is_missing"):
        Path(name).write_bytes(_content(case))

    only = ["--only", case["only"]] if "only" in case else []
    refused = run("decide", name, *only, "--policy", "technical-support", "--lang", language)

    assert refused.stderr == case["expect"][language]
    assert refused.exit_code == 2
    # A request that is right is told of, though what is asked for cannot be decided.
    assert (refused.stdout == "") is ("only" not in case)


WRONG = '{"requester.kind": "usr"}\n'


@pytest.mark.parametrize("command", sample(["decide", "explain", "change"], 1))
@pytest.mark.parametrize(
    ("language", "last"),
    [
        ("en", "… and 250 more problems, 300 in all"),
        ("ru", "… и ещё ошибок: 250, всего 300"),
    ],
)
def test_of_many_mistakes_the_first_are_told_and_the_rest_counted(
    command: str, language: str, last: str
) -> None:
    refused = run(command, "-", "--lang", language, stdin=WRONG * 300)

    lines = refused.stderr.splitlines()
    assert [line for line in lines if line.startswith("-:")] == lines[:-1:4]
    assert lines[-5].startswith("-:50:")
    assert lines[-1] == last
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_fifty_mistakes_are_all_told() -> None:
    refused = run("decide", "-", stdin=WRONG * 50)

    assert refused.stderr.count("is not an allowed value") == 50
    assert "more problems" not in refused.stderr
