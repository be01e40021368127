"""What the service answers is what the command and the Python interface answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from benchmarks.requests import complete
from reglament.interfaces.http.bodies import OF_CALL, SAFE
from reglament.interfaces.http.gate import Limits
from reglament.messages import languages
from reglament.policy import Policy
from reglament.rendering.documents.decision_document import LEVELS, document
from support.cli_runner import run
from support.service import at_once, caller
from support.technical_support import FREE, PARTNER

TRAINING = {**PARTNER, "request.service": "training", "request.channel": "portal"}
NESTED = {
    "requester": {"kind": "certified_partner"},
    "request": {"service": "training", "channel": "portal", "created_at": "2026-11-20T12:00"},
}
ALL: dict[str, Any] = complete(1)[0]
ABOUT = "/v1/policies/technical-support"
FEW: dict[str, Any] = {"facts": {}, "explain": "outcomes"}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "facts", [TRAINING, NESTED, FREE, {}, ALL], ids=["flat", "nested", "free", "none", "all"]
)
def test_a_decision_is_the_document_of_its_level(policy: Policy, facts: Any, level: Any) -> None:
    answer = caller().post("/decide", {"facts": facts, "explain": level, "at": "2026-11-20"})
    decided = policy.decide(facts, at="2026-11-20")
    assert answer.status_code == 200
    assert answer.json() == json.loads(decided.to_json(level=level))
    assert answer.headers["reglament-policy-digest"] == policy.versions[-1].digest


def test_some_decisions_alone_are_told(policy: Policy) -> None:
    answer = caller().post("/decide", {"facts": TRAINING, "only": ["tier", "scope"]})
    decided = policy.decide(TRAINING)
    assert answer.json() == document(decided.version, decided.document, {"tier", "scope"})


def test_the_command_tells_the_same(tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text(json.dumps(NESTED))
    printed = json.loads(run("decide", request, "--json").stdout)
    assert caller().post("/decide", {"facts": NESTED}).json() == printed


def test_an_answer_names_its_decision_in_a_header_whatever_the_caller_called_it() -> None:
    called = {"req-1": "req-1", "Вх. 1\n": "%D0%92%D1%85.%201%0A", "a 1": "a 1", " 1": "%201"}
    for told, shown in called.items():
        answer = caller().post("/decide", FEW | {"id": told})
        assert (answer.status_code, answer.headers["reglament-decision-id"]) == (200, shown)
    drawn = {caller().post("/decide", FEW).headers["reglament-decision-id"] for _ in range(2)}
    assert len({str(UUID(one)) for one in drawn}) == 2


def test_a_batch_answers_for_each_item(policy: Policy) -> None:
    items = [
        {"facts": TRAINING, "explain": "outcomes", "id": "first"},
        {"facts": {"requester.kind": "partner"}},
        7,
        {"facts": {}, "version": "2019-01-01", "explain": "outcomes"},
    ]
    first, second, third, fourth = caller().post("/decide/batch", items).json()["items"]
    assert first == {"id": "first", **policy.decide(TRAINING).to_dict(level="outcomes")}
    assert (second["status"], second["code"]) == (422, "unknown-word")
    assert (third["status"], third["code"]) == (400, "wrong-shape")
    assert (fourth["policy"]["version"], fourth["as_of_source"]) == ("2019-01-01", "given")


def test_a_batch_of_lines_answers_in_lines() -> None:
    lines = '{"facts": {}, "explain": "outcomes"}\n\n{"facts"\n{"facts": {"x": 1}}\n'
    answer = caller().ask(
        "POST",
        "/v1/policies/technical-support/decide/batch",
        lines,
        content_type="application/x-ndjson",
    )
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert [one.get("code") for one in found] == [None, "json-syntax", "unknown-fact"]
    assert found[1]["problems"][0]["line"] == 3
    assert safe_headers(answer) == OF_CALL


def test_what_a_browser_may_show_is_framed_and_followed_by_nobody() -> None:
    """Nobody's link, frame or form posts JSON: of the answer to that it need not be said."""
    assert safe_headers(caller().post("/decide", FEW)) == OF_CALL
    for shown in (caller().ask("GET", "/v1/policies"), caller().post("/decide", "{")):
        assert safe_headers(shown) == SAFE
    form = "application/x-www-form-urlencoded"
    assert caller().post("/decide", "facts=", content_type=form).status_code == 415


def safe_headers(answer: httpx.Response) -> dict[str, str]:
    return {name: answer.headers[name] for name in SAFE if name in answer.headers}


def test_of_very_many_unknown_members_fifty_are_told() -> None:
    answer = caller().post("/decide", {f"member-{number}": 1 for number in range(200)})
    assert (answer.status_code, len(answer.json()["problems"])) == (400, 50)


def test_next_question_and_explanation_are_those_of_python(policy: Policy) -> None:
    asked = caller().post("/next-question", {"facts": TRAINING, "decision": "renewal"}).json()
    wanted = policy.next_question(TRAINING, "renewal")
    assert wanted is not None
    assert asked["question"]["fact"] == wanted.fact
    assert asked["question"]["text"] == wanted.text.to("en")
    assert caller().post("/next-question", {"facts": TRAINING}).json() == {"question": None}
    told = caller().post("/explain", {"facts": TRAINING, "lang": "ru"}).json()
    assert told["text"] == policy.decide(TRAINING).explain("ru")


def test_a_change_is_that_of_the_command(tmp_path: Path, policy: Policy) -> None:
    request = tmp_path / "request.json"
    request.write_text(json.dumps(FREE | {"request.service": "training"}))
    printed = json.loads(run("change", request, "--want", "scope=in_scope", "--json").stdout)
    body = {"facts": FREE | {"request.service": "training"}, "want": {"scope": "in_scope"}}
    answer = caller(apart=at_once).post("/change", body)
    assert answer.json() == printed
    assert answer.headers["reglament-policy-digest"] == policy.versions[-1].digest


@pytest.mark.slow
def test_a_draft_is_checked_and_compared_in_another_process() -> None:
    draft = {"files": {"policy.yaml": "polcy: fees\n"}}
    found = caller().post("/check", draft).json()
    assert not found["is_fine"]
    assert found["findings"][0]["places"] == [{"file": "policy.yaml", "line": 1, "column": 1}]
    same = caller().post("/diff", {"old": {}, "new": {"version": "2019-01-01"}}).json()
    assert same["is_cosmetic"]
    change = {"facts": FREE, "want": {"answer": "accept"}}
    apart, here = caller().post("/change", change), caller(apart=at_once).post("/change", change)
    assert (apart.json(), apart.status_code) == (here.json(), 200)
    refused = caller().post("/change", {"facts": FREE, "want": {"answer": "later"}})
    assert (refused.status_code, refused.json()["problems"][0]["pointer"]) == (422, "/want")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("readme.md", "unknown-file"),
        ("a\0b.yaml", "wrong-shape"),
        ("a" * 400 + ".yaml", "wrong-shape"),
    ],
)
def test_a_file_that_is_none_of_a_policy_is_told(name: str, code: str) -> None:
    asked, draft = caller(apart=at_once), {"files": {"policy.yaml": "policy: x\n", name: "hi"}}
    found = asked.post("/check", draft)
    assert (found.status_code, found.json()["is_fine"]) == (200, False)
    assert [one["code"] for one in found.json()["findings"]] == [code]
    hints = [one["hint"] for one in found.json()["findings"]]
    assert all("`.yaml`" in hint[one] for hint in hints if hint for one in ("ru", "en"))
    assert [bool(hint) for hint in hints] == [code == "unknown-file"]
    refused = asked.post("/diff", {"old": draft, "new": {}})
    (problem,) = refused.json()["problems"]
    assert (refused.status_code, problem["code"], problem["pointer"]) == (422, code, "/old/files")


def test_an_unknown_version_is_told_where_it_stands() -> None:
    told = caller(apart=at_once).post("/diff", {"old": {}, "new": {"version": "2020"}}).json()
    assert [(one["code"], one["pointer"]) for one in told["problems"]] == [
        ("unknown-version", "/new/version")
    ]


@pytest.mark.parametrize(
    ("path", "body"), [("/diff", {"old": {}, "new": {}}), ("/change", {"facts": FREE})]
)
def test_what_takes_too_long_is_ended(path: str, body: Any) -> None:
    hurried = caller(limits=Limits(analysis_seconds=0.0))
    answer = hurried.post(path, body)
    assert (answer.status_code, answer.json()["code"]) == (503, "too-long")


def test_a_policy_is_described_once(policy: Policy) -> None:
    about = caller().ask("GET", ABOUT)
    assert about.json()["versions"][-1]["digest"] == policy.versions[-1].digest
    schema = caller().ask("GET", f"{ABOUT}/schema", accept_language="ru")
    assert schema.json() == json.loads(json.dumps(policy.schema(language="ru")))


@pytest.mark.parametrize("path", [ABOUT, f"{ABOUT}/schema", f"{ABOUT}/openapi.json"])
def test_what_is_described_is_not_sent_again_to_whoever_has_it(path: str) -> None:
    tag = caller().ask("GET", path).headers["etag"]
    for has in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = caller().ask("GET", path, if_none_match=has)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert caller().ask("GET", path, if_none_match='"other"').status_code == 200
    assert caller().ask("HEAD", path).headers["etag"] == tag


def test_of_what_differs_the_tags_differ() -> None:
    schema = f"{ABOUT}/schema"
    asked = [(ABOUT, "en"), (schema, "en"), (schema, "ru"), (f"{schema}?at=2026-01-01", "en")]
    tags = [caller().ask("GET", path, accept_language=one).headers["etag"] for path, one in asked]
    assert len(set(tags)) == len(tags)
    assert caller().ask("GET", schema).headers["vary"] == "Accept-Language"


# What is taken


def test_too_much_is_refused() -> None:
    small = caller(limits=Limits(body_bytes=50, items=2))
    assert small.post("/decide", {"facts": {}}).status_code == 200
    assert small.post("/decide", {"facts": {"x": "y" * 60}}).status_code == 413
    assert small.post("/decide/batch", [1, 2, 3]).json()["code"] == "too-many-items"
    busy = caller(limits=Limits(at_once=0)).post("/decide", {"facts": {}})
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "1")
    slow = caller(limits=Limits(slow_at_once=0))
    assert slow.post("/diff", {"old": {}, "new": {}}).status_code == 503
    assert slow.post("/decide", {"facts": {}}).status_code == 200
    told = caller().post("/decide", "facts", content_type="text/plain")
    assert told.status_code == 415


@pytest.mark.parametrize("language", languages())
def test_a_head_that_is_too_large_is_refused(language: str) -> None:
    short = caller(limits=Limits(head_bytes=400))
    headers = {"accept_language": language}
    assert short.post("/decide", {"facts": {}}, **headers).status_code == 200
    for path, more in (("/decide", {"x_much": "a" * 400}), (f"/decide?{'a' * 400}", {})):
        answer = short.post(path, {"facts": {}}, **headers, **more)
        assert (answer.status_code, answer.json()["code"]) == (431, "head-too-large")
        assert "400" in answer.json()["problems"][0]["detail"]
