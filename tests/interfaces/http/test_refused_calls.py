"""What the service does not answer: calls that are wrong, told to whoever asks at their place."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from reglament.audit import open_log
from reglament.interfaces.http.access import Access
from reglament.messages import languages
from reglament.model.problems import Refused
from reglament.policy import Policy
from support.laws import sample
from support.service import at_once, caller

FEW: dict[str, Any] = {"facts": {}, "explain": "outcomes"}


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
