"""Who may ask a service, and of which policies, by a file of tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from reglament.interfaces.http.access import read_access
from reglament.model.problems import Refused
from support.service import caller

TOKENS = """
desk:
  sha256: 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b
  scopes: [decide]
  policies: [technical-support]
"""  # of the token `secret`


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    path = tmp_path / "tokens.yaml"
    path.write_text(TOKENS)
    return path


@pytest.mark.parametrize(
    ("token", "path", "status"),
    [
        ("", "/decide", 401),
        ("Bearer guess", "/decide", 401),
        ("Basic secret", "/decide", 401),
        ("Bearer secret", "/decide", 200),
        ("Bearer secret", "/next-question", 403),
    ],
)
def test_a_token_opens_what_it_is_for(tokens: Path, token: str, path: str, status: int) -> None:
    guarded = caller(access=read_access(tokens))
    answer = guarded.post(path, {"facts": {}}, authorization=token)
    assert answer.status_code == status
    assert ("www-authenticate" in answer.headers) is (status == 401)


def test_a_policy_that_a_caller_may_not_see_is_not_there(tokens: Path) -> None:
    guarded = caller(access=read_access(tokens))
    seen = guarded.ask("GET", "/v1/policies", authorization="Bearer secret").json()["policies"]
    assert [one["id"] for one in seen] == ["technical-support"]
    other = guarded.ask("GET", "/v1/policies/library-fees", authorization="Bearer secret")
    assert other.status_code == 404
    assert other.json()["problems"][0]["hint"] == "the policies are `technical-support`"


def test_a_file_of_tokens_is_refused_at_its_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "tokens.yaml"
    path.write_text("desk: {sha256: secret, scopes: [decde]}\n")
    with pytest.raises(Refused) as refused:
        read_access(path)
    assert len(refused.value.problems) == 2
    assert all(one.place is not None and one.place.line == 1 for one in refused.value.problems)
