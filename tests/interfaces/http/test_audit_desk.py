"""The auditor's desk: what `reglament log` tells, told by pages and to programs."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from reglament.audit import open_log
from reglament.interfaces.http.access import Access, Caller
from reglament.interfaces.http.bodies import SAFE
from reglament.interfaces.http.desk_questions import ASKED
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Fixed, Shelf
from reglament.policy import Policy
from support.cli_runner import run
from support.contract import faults, validator
from support.forms import SeenPage
from support.laws import sample
from support.service import Caller as Asking
from support.service import at_once, caller
from support.shipped import shipped
from support.shop import BORN, request, shop, told_of_born
from support.technical_support import PARTNER

REQUESTS: list[tuple[str, str | None, dict[str, str]]] = [
    ("technical-support", "request/1", {**PARTNER, "request.service": "training"}),
    ("technical-support", "request/2", {**PARTNER, "request.service": "onsite_visit"}),
    ("technical-support", "request/1", {}),
    ("library-fees", None, {}),
]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A log of four decisions by two policies."""
    path = str(tmp_path_factory.mktemp("desk") / "decisions.db")
    with open_log(path, create=True) as log:
        for name, subject, facts in REQUESTS:
            shipped(name).decide(facts, log=log, subject=subject)
    return path


def asked(url: str | None, path: str, **headers: str) -> Any:
    return caller(log_url=url, apart=at_once).ask(
        "GET", path, **{"accept_language": "en", **headers}
    )


def plain(url: str, query: str = "") -> list[int]:
    """The numbers of the entries that fit."""
    answer = asked(url, f"/v1/log{query}")
    assert answer.status_code == 200, answer.text
    return [one["sequence"] for one in answer.json()["entries"]]


@pytest.mark.parametrize(
    ("query", "options", "found"),
    sample([
        ("", [], [4, 3, 2, 1]),
        ("?subject=request/1", ["--subject", "request/1"], [3, 1]),
        ("?outcome=answer=refuse", ["--outcome", "answer=refuse"], [2]),
        ("?status=undetermined", ["--status", "undetermined"], None),
        ("?fact=request.service=training", ["--fact", "request.service=training"], [1]),
        ("?fact=&rule=&subject=&status=", [], [4, 3, 2, 1]),
        ("?from=2020-01-01&to=2020-01-02", ["--from", "2020-01-01", "--to", "2020-01-02"], []),
        ("?sample=2&seed=7", ["--sample", "2", "--seed", "7"], None),
        ("?before=3", [], [2, 1]),
    ], 3),
)  # fmt: skip
def test_the_filters_find_what_the_command_finds(
    url: str, query: str, options: list[str], found: list[int] | None
) -> None:
    numbers = plain(url, query)
    if found is not None:
        assert numbers == found
    if "before" not in query:
        printed = run("log", "search", url, *options, "--json").stdout.splitlines()
        assert sorted(numbers) == [json.loads(line)["sequence"] for line in printed]
    page = SeenPage(asked(url, f"/log{query}").text)
    assert [int(one) for one in page.links if one.isdecimal()] == numbers


@pytest.mark.parametrize(
    ("query", "said"),
    sample([
        ("?outcome=answer=refuze", "refuse"),
        ("?outcome=answer", "answer=refuse"),
        ("?status=maybe", "undetermined"),
        ("?rule=no-such-rule", "no-such-rule"),
        ("?fact=request.sevice=training", "request.service"),
        ("?from=soon", "soon"),
        ("?from=2026-02-01&to=2026-01-01", "to"),
        ("?zone=Moscow", "Europe/Moscow"),
        ("?sample=many", "sample"),
        ("?sbject=request/1", "sbject"),
    ], 4),
)  # fmt: skip
def test_a_wrong_filter_is_told(url: str, query: str, said: str) -> None:
    page = asked(url, f"/log{query}")
    assert page.status_code == 422
    assert said in SeenPage(page.text).said
    document = asked(url, f"/v1/log{query}")
    assert document.status_code == 422
    assert document.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("language", sample(["ru", "en"], 1))
def test_an_entry_is_shown_as_the_command_shows_it(url: str, language: str) -> None:
    shown = SeenPage(asked(url, "/log/1", accept_language=language).text)
    printed = run("log", "show", url, "1", "--html", "-", "--lang", language).stdout
    for heading in SeenPage(printed).headings:
        assert heading in shown.headings
    told = SeenPage(printed).said
    assert told.split("sha256:")[1][:64] in shown.said
    assert shown.links["Следующая запись" if language == "ru" else "Next entry"] == "/log/2"
    assert any("/log?subject=request%2F1" in one for one in shown.links.values())
    assert any("/log?rule=" in one for one in shown.links.values())


@pytest.mark.slow
def test_every_link_of_an_entry_leads_somewhere(url: str) -> None:
    page = SeenPage(asked(url, "/log/2?-lang=ru").text)
    others = {"English", "Deutsch"}
    inside = {one for name, one in page.links.items() if name not in others}
    inside = {one for one in inside if one.startswith("/log")}
    assert all("-lang=ru" in one for one in inside)
    for address in sorted(inside)[:8]:
        assert asked(url, address).status_code == 200, address


@pytest.mark.parametrize("path", ["/log/99", "/log/99/now", "/v1/log/99", "/log/0", "/log/x"])
def test_an_entry_that_is_not_there_is_not_found(url: str, path: str) -> None:
    assert asked(url, path).status_code == 404


def test_then_and_now_are_compared(url: str) -> None:
    page = SeenPage(asked(url, "/log/2/now").text)
    assert "The text is the same" in page.said
    assert "refuse" in page.said


def test_what_an_older_text_decided_is_compared_with_the_one_that_is_served(tmp_path: Path) -> None:
    before, now = shop(tmp_path / "old"), shop(tmp_path / "new", v1={"books": "no"})
    path = str(tmp_path / "log.db")
    before.decide(request(1), log=path)
    service = Asking(Service(Shelf({"shop": Fixed(now)}), log_url=path, apart=at_once))
    page = SeenPage(service.ask("GET", "/log/1/now", accept_language="en").text)
    assert "Outcomes that differ: 1" in page.said
    assert re.search("Refund yes books no books", page.said)


@pytest.mark.slow
def test_verifying_tells_how_far_it_is_and_what_it_finds(url: str) -> None:
    before = SeenPage(asked(url, "/log/verify").text)
    assert ("run", "1") in before.buttons
    page = asked(url, "/log/verify?run=1")
    assert "checked: 4 of 4" in page.text
    assert "</html>" in page.text
    printed = json.loads(run("log", "verify", url, "--json").stdout)
    assert asked(url, "/v1/log/verify").json() == printed


@pytest.mark.slow
def test_what_was_edited_is_found_and_shown(tmp_path: Path) -> None:
    path = str(tmp_path / "log.db")
    shipped("technical-support").decide({}, log=path)
    with closing(sqlite3.connect(path)) as database, database:
        triggers = database.execute("select name from sqlite_master where type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f"drop trigger {name}")
        database.execute("update reglament_entries set hash = ?", ("0" * 64,))
    assert "edited-entry" in asked(path, "/log/verify?run=1").text
    assert 'class="wrong"' in asked(path, "/log/1").text


def test_the_report_is_that_of_the_command(url: str) -> None:
    page = SeenPage(asked(url, "/log/report?subject=request/1").text)
    printed = run("log", "report", url, "--subject", "request/1", "--html", "-").stdout
    assert SeenPage(printed).headings == page.headings
    counts = asked(url, "/v1/log/report?subject=request/1&zone=UTC").json()
    told = run("log", "report", url, "--subject", "request/1", "--json").stdout
    assert counts == json.loads(told)
    table = asked(url, "/log/report.csv?by=outcome").text
    assert "answer,refuse,1" in table
    assert asked(url, "/log/report.csv?by=outcom").status_code == 422


@pytest.mark.slow
def test_an_export_is_that_of_the_command(url: str) -> None:
    whole = asked(url, "/v1/log/export?whole=1")
    assert whole.text == run("log", "export", url, "--without-secrets").stdout
    assert "attachment" in whole.headers["content-disposition"]
    some = asked(url, "/log/export?subject=request/2").text
    assert some == run("log", "export", url, "--plain", "--subject", "request/2").stdout
    assert asked(url, "/log/export?rule=none-such").status_code == 422


def test_an_erasure_is_shown_and_leads_to_what_was_erased(tmp_path: Path) -> None:
    path, policy = str(tmp_path / "log.db"), shop(tmp_path / "shop")
    policy.decide(request(1, **BORN), log=path)
    service = Asking(Service(Shelf({"shop": Fixed(policy)}), log_url=path, apart=at_once))
    assert service.ask("GET", "/log/1/now").status_code == 200
    assert run("log", "erase", path, "1").exit_code == 0
    page = SeenPage(service.ask("GET", "/log/2", accept_language="en").text)
    assert page.headings == ["Erasure 2"]
    assert page.links["1"] == "/log/1"
    assert told_of_born(service.ask("GET", "/log/1").text) == []
    assert service.ask("GET", "/log/1/now").status_code == 422


def test_the_contract_tells_the_routes_of_the_log_to_auditors(url: str, guarded: Any) -> None:
    contract = asked(url, "/openapi.json").json()
    found = contract["paths"]["/v1/log"]["get"]
    known = {one["name"] for one in found["parameters"]}
    assert known | {"by"} == set(ASKED)
    lines = contract["paths"]["/v1/log/export"]["get"]["responses"]["200"]["content"]
    assert list(lines) == ["application/x-ndjson"]
    assert "/v1/log" not in guarded("desk", "/openapi.json").json()["paths"]
    assert "/v1/log" not in asked(None, "/openapi.json").json()["paths"]


@pytest.fixture
def shop_log(tmp_path: Path) -> tuple[str, Policy]:
    """A log with an outline, as a sensitive fact was told, and an erasure; one of its policies."""
    path, policy = str(tmp_path / "log.db"), shop(tmp_path / "shop")
    with open_log(path, create=True) as log:
        policy.decide(request(1, **BORN), log=log, subject="request/1")
        policy.decide({"asked.at": "2024-03-01T12:00"}, log=log, known_at="2024-06-01")
        shipped("technical-support").decide(PARTNER, log=log)
        log.erase(1)
    return path, policy


@pytest.fixture
def refuse_odd(shop_log: tuple[str, Policy]) -> Callable[[str, str], Any]:
    """The answer of a route at an address, which must be as the contract says."""
    path, policy = shop_log
    service = Asking(Service(Shelf({"shop": Fixed(policy)}), log_url=path, apart=at_once))
    contract = service.ask("GET", "/openapi.json").json()

    def refuse(route: str, address: str) -> Any:
        told = contract["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]
        found = validator(told["schema"], contract["components"]["schemas"])
        answer = service.ask("GET", address)
        assert (answer.status_code, faults(found, answer.json())) == (200, []), address
        return answer.json()

    return refuse


def test_answers_of_the_log_are_as_the_contract_says(
    refuse_odd: Callable[[str, str], Any],
) -> None:
    whole = refuse_odd("/v1/log", "/v1/log")
    assert [one["sequence"] for one in whole["entries"]] == [3, 2, 1]
    assert [bool(one["outcome"].get("whole")) for one in whole["entries"]] == [False, False, True]
    assert refuse_odd("/v1/log", "/v1/log?sample=2")["among"] == 3
    for number in range(1, 5):
        refuse_odd("/v1/log/{sequence}", f"/v1/log/{number}")
    refuse_odd("/v1/log/report", "/v1/log/report")
    refuse_odd("/v1/log/report", "/v1/log/report?from=2020-01-01&to=2020-01-02")


@pytest.mark.slow  # what verifies is a process of its own
def test_what_verifying_answers_is_as_the_contract_says(
    shop_log: tuple[str, Policy], refuse_odd: Callable[[str, str], Any]
) -> None:
    """Of a sound log, and of one that is damaged."""
    assert refuse_odd("/v1/log/verify", "/v1/log/verify")["sound"]
    with closing(sqlite3.connect(shop_log[0])) as connection, connection:
        connection.executescript(
            "DROP TRIGGER IF EXISTS reglament_entries_update;"
            "UPDATE reglament_entries SET time = '2020' WHERE sequence = 2"
        )
    assert refuse_odd("/v1/log/verify", "/v1/log/verify")["findings"]


# Who may


@pytest.fixture
def guarded(url: str) -> Iterator[Any]:
    """A service that knows an auditor of everything, one of a policy, and a desk."""
    callers = {
        sha256(name.encode()).hexdigest(): Caller(name, frozenset(scopes), policies)
        for name, scopes, policies in (
            ("all", {"audit"}, None),
            ("fees", {"audit"}, frozenset({"library-fees"})),
            ("desk", {"decide"}, None),
        )
    }
    service = caller(log_url=url, apart=at_once, access=Access(callers))
    return lambda who, path: service.ask("GET", path, authorization=f"Bearer {who}")


@pytest.mark.slow
def test_an_auditor_sees_the_decisions_of_the_policies_that_are_his(guarded: Any) -> None:
    assert guarded("desk", "/log").status_code == 403
    assert guarded("nobody", "/log").status_code == 401
    seen = guarded("fees", "/v1/log").json()["entries"]
    assert [one["sequence"] for one in seen] == [4]
    assert guarded("fees", "/log/4").status_code == 200
    for path in ("/log/1", "/v1/log/1", "/log/1/now"):
        assert guarded("fees", path).status_code == 404
    for path in ("/log/verify", "/v1/log/verify", "/v1/log/export?whole=1"):
        assert guarded("fees", path).status_code == 403
    assert guarded("all", "/v1/log/export?whole=1").status_code == 200
    assert guarded("fees", "/v1/log/report").json()["entries"] == 1
    assert len(guarded("fees", "/v1/log/export").text.splitlines()) == 1


def test_a_service_without_a_log_says_so() -> None:
    page = asked(None, "/log")
    assert page.status_code == 404
    assert "keeps no log" in SeenPage(page.text).said


def test_a_log_that_is_gone_is_told(tmp_path: Path) -> None:
    page = asked(str(tmp_path / "none.db"), "/log")
    assert page.status_code == 503
    assert "none.db" in page.text


@pytest.mark.slow
def test_answers_of_the_desk_are_kept_framed_and_followed_by_nobody(url: str) -> None:
    for path in ("/v1/log", "/v1/log/1", "/v1/log/none", "/log/report.csv", "/log/export"):
        headers = asked(url, path).headers
        assert {name: headers.get(name) for name in SAFE} == SAFE, path
    page = asked(url, "/log").headers
    assert {name for name in SAFE if page.get(name) != SAFE[name]} == {"Content-Security-Policy"}
