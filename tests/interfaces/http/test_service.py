"""What the service answers is what the command and the Python interface answer."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from benchmarks.requests import complete
from reglament.audit import open_log
from reglament.interfaces.http.access import Access
from reglament.interfaces.http.bodies import OF_CALL, SAFE
from reglament.interfaces.http.gate import Limits
from reglament.messages import languages
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.rendering.documents.decision_document import LEVELS, document
from support.cli_runner import run
from support.laws import sample
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


@pytest.mark.parametrize(
    ("facts", "code", "pointer"),
    [
        ({"requester.kind": "partner"}, "unknown-word", "/facts/requester.kind"),
        ({"requester": {"kind": "partner"}}, "unknown-word", "/facts/requester/kind"),
        ({"request": {"sevice": "training"}}, "unknown-fact", "/facts/request/sevice"),
        ({"request.created_at": "2026-02-30T10:00"}, "no-such-date", "/facts/request.created_at"),
        (
            {"request.created_at": "2010-01-01T10:00"},
            "before-first-version",
            "/facts/request.created_at",
        ),
    ],
)
@pytest.mark.parametrize("language", languages())
def test_a_wrong_fact_is_refused_where_it_stands(
    facts: Any, code: str, pointer: str, language: str
) -> None:
    answer = caller().post("/decide", {"facts": facts}, accept_language=language)
    told = answer.json()
    assert (answer.status_code, told["status"]) == (422, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language
    assert told["type"] == f"urn:reglament:problem:{code}"
    assert (told["problems"][0]["code"], told["problems"][0]["pointer"]) == (code, pointer)
    with pytest.raises(Refused) as refused:
        caller().service.shelf["technical-support"].policy.decide(facts)
    assert told["detail"] == refused.value.problems[0].message.to(language)


SITES = [
    ({}, 403),  # the name by which these tests ask
    ({"host": "localhost:8080"}, 200),
    ({"host": "127.0.0.2"}, 200),
    ({"host": "[::1]:8080"}, 200),
    ({"host": "localhost", "origin": "http://localhost:8080"}, 200),
    ({"host": "localhost", "origin": "http://evil.example"}, 403),
    ({"host": "localhost", "origin": "null"}, 403),
    ({"host": "localhost.evil.example"}, 403),
    ({"host": "evil.example@localhost.evil.example:80"}, 403),
    ({"host": "[::1"}, 403),
]


@pytest.mark.parametrize(
    "path", sample(["/v1/policies", "/log", "/ask", "/v1/policies/library-fees"], 1)
)
@pytest.mark.parametrize(("headers", "status"), SITES, ids=str)
def test_no_site_asks_a_service_of_this_machine_in_its_readers_place(
    headers: dict[str, str], status: int, path: str, tmp_path: Path
) -> None:
    log = f"{tmp_path}/log.db"
    open_log(log, create=True).close()
    asked = caller(access=Access(is_of_this_machine=True), log_url=log, apart=at_once)
    assert asked.ask("GET", path, **headers).status_code == status


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("en", "`Host: service` does not name this machine, and no token is asked for"),
        ("ru", "`Host: service` — не имя этой машины, а токен не спрашивают"),
    ],
)
def test_how_to_ask_by_another_name_is_told(language: str, detail: str) -> None:
    asked = caller(access=Access(is_of_this_machine=True))
    told = asked.post("/decide", {"facts": {}}, accept_language=language).json()
    assert told["problems"][0]["detail"] == detail
    assert "`--tokens FILE`" in told["problems"][0]["hint"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, "file-empty"),
        ("{", 400, "json-syntax"),
        ('{"facts": {}, "facts": {}}', 400, "duplicate-key"),
        ("[]", 400, "wrong-shape"),
        ("{}", 400, "missing-key"),
        ('{"facts": 1}', 400, "wrong-type"),
        ('{"fact": {}}', 400, "unknown-key"),
        ('{"facts": {}, "only": 1}', 400, "wrong-type"),
        ('{"facts": {}, "only": []}', 400, "wrong-type"),
        ('{"facts": {}, "explain": "all"}', 400, "wrong-type"),
        ('{"facts": {}, "lang": "fr"}', 400, "wrong-type"),
        ('{"facts": {}, "id": "\\ud800"}', 400, "wrong-type"),
        ('{"facts": {}, "\\ud800": 1}', 400, "unknown-key"),
        ('{"facts": {"\\ud800": 1}}', 422, "unknown-fact"),
        ('{"facts": {}, "at": "soon"}', 422, "wrong-type"),
        ('{"facts": {}, "at": "2010-01-01"}', 422, "before-first-version"),
        ('{"facts": {}, "only": "teir"}', 422, "unknown-decision"),
        ('{"facts": {}, "version": "2020"}', 422, "unknown-version"),
        ('{"facts": {}, "version": "2019-01-01", "at": "2020-01-01"}', 422, "at-and-version"),
        (b"\xff{}", 400, "file-not-utf8"),
        ('{"facts": ' + "[" * 2000 + "]" * 2000 + "}", 400, "nested-too-deep"),
        ('{"facts": {"x": NaN}}', 400, "yaml-number"),
    ],
)
def test_a_body_that_is_no_call_is_refused(body: Any, status: int, code: str) -> None:
    answer = caller().post("/decide", body)
    assert answer.status_code == status
    assert [one["code"] for one in answer.json()["problems"]] == [code]


@pytest.mark.parametrize(
    ("language", "detail"),
    [("en", "the body of the request is empty"), ("ru", "текст запроса пуст")],
)
def test_a_body_is_no_file_in_words(language: str, detail: str) -> None:
    answer = caller().post("/decide", "", accept_language=language)
    assert answer.json()["detail"] == detail


def test_a_misspelt_member_is_told_by_name() -> None:
    told = caller().post("/decide", {"facts": {}, "onyl": "tier"}).json()
    assert told["problems"] == [
        {
            "code": "unknown-key",
            "detail": "unknown key `onyl`",
            "hint": "did you mean `only`?",
            "pointer": "/onyl",
        }
    ]


@pytest.mark.parametrize(
    ("method", "path", "code", "hint"),
    [
        ("GET", "/v1/policies/technical-support/decide", "wrong-method", "the methods are `POST`"),
        ("OPTIONS", "/v1/policies", "wrong-method", "the methods are `GET`, `HEAD`"),
        ("GET", "/v2/policies", "no-route", "the routes are in `/openapi.json`"),
        ("GET", "/v1/policies/", "no-route", "the routes are in `/openapi.json`"),
        ("GET", f"/v1/log/{'9' * 5000}", "no-route", "the routes are in `/openapi.json`"),
        ("GET", "/v1/policies/technical-suport", "unknown-policy", "did you mean"),
    ],
)
@pytest.mark.parametrize("language", languages())
def test_what_is_not_there_is_a_problem_document(
    method: str, path: str, code: str, hint: str, language: str
) -> None:
    answer = caller().ask(method, path, accept_language=language)
    told = answer.json()
    is_method = code == "wrong-method"
    assert (answer.status_code, told["status"]) == (405, 405) if is_method else (404, 404)
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("allow" in answer.headers) == is_method
    assert (told["code"], told["problems"][0]["code"]) == (code, code)
    assert told["problems"][0]["hint"].startswith(hint) == (language == "en")


def test_an_error_inside_is_told_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(Policy, "decide", broken)
    asked = caller()
    transport = httpx.ASGITransport(asked.service.application(), raise_app_exceptions=False)
    address = "http://service/v1/policies/technical-support/decide"

    async def post() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.post(address, json=FEW)

    answer = asyncio.run(post())
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("de", "de"),
        ("de-CH, ru;q=0.8, en;q=0.5", "de"),
        ("fr, RU-ru;q=0.3", "ru"),
        ("en;q=0, ru;q=0.1", "ru"),
        ("de;q=nan, ru;q=0.5", "ru"),
        ("de;q=inf, en;q=-1, ru;q=0.001", "ru"),
        ("ru;q=abc, *", "en"),
        ("en;q=0.1;x=1, ru; Q = 0.2", "ru"),
        ("", "en"),
    ],
)
def test_the_language_is_the_best_of_those_that_are_wanted(told: str, language: str) -> None:
    answer = caller().post("/decide", {}, accept_language=told)
    assert answer.headers["content-language"] == language


@pytest.mark.parametrize(
    ("accept", "is_page"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", True),
        ("application/json;q=0.5, TEXT/HTML", True),
        ("application/json, text/html", False),
        ("text/html;q=0.1, application/problem+json", False),
        ("text/html;q=0", False),
        ("text/html;level=1;q=0", False),
        ("application/xml, */*", False),
        ("", False),
    ],
)
def test_a_page_is_for_whoever_wants_one_most(accept: str, is_page: bool) -> None:
    answer = caller().ask("GET", "/nowhere", accept=accept)
    kind = "text/html; charset=utf-8" if is_page else "application/problem+json"
    assert (answer.status_code, answer.headers["content-type"]) == (404, kind)


@pytest.mark.parametrize("coding", ["gzip", "BR", "deflate, gzip"])
def test_a_packed_body_is_refused_by_what_packed_it(coding: str) -> None:
    answer = caller().post("/decide", FEW, content_encoding=coding)
    assert (answer.status_code, answer.json()["code"]) == (415, "content-coding")
    assert answer.headers["accept-encoding"] == "identity"
    assert f"`{coding.lower()}`" in answer.json()["detail"]
    assert caller().post("/decide", FEW, content_encoding="identity").status_code == 200


def test_a_policy_that_is_near_none_is_answered_with_those_that_there_are() -> None:
    (problem,) = caller().ask("GET", "/v1/policies/x").json()["problems"]
    assert problem["hint"].startswith("the policies are `technical-support`")


def test_a_misspelt_policy_is_told_by_name() -> None:
    told = caller().ask("GET", "/v1/policies/technical-suport", accept_language="ru").json()
    assert told["detail"] == "неизвестный регламент `technical-suport`"
    assert "`technical-support`" in told["problems"][0]["hint"]


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
