"""What a service decides is in the log before it is answered; a call sent again is decided once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from reglament.audit import open_log
from reglament.audit.repeats import CALLS
from reglament.interfaces.http.decision_routes import MOST_TOGETHER
from reglament.interfaces.http.recorder import LogWriter
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Fixed, Shelf
from reglament.messages import languages
from reglament.policy import Policy
from support.cli_runner import run
from support.service import Caller, at_once, caller
from support.shop import BORN, request, shop
from support.technical_support import PARTNER

TRAINING = {**PARTNER, "request.service": "training", "request.channel": "portal"}
FEW = {"facts": {}, "explain": "outcomes"}


def test_a_decision_is_in_the_log_before_it_is_answered(tmp_path: Path, policy: Policy) -> None:
    url = str(tmp_path / "decisions.db")
    with LogWriter(open_log(url, create=True)) as writer:
        recorded = caller(recorder=writer)
        answer = recorded.post("/decide", {"facts": TRAINING, "explain": "outcomes"})
        with open_log(url) as log:
            assert len(list(log.entries())) == 1
        recorded.post("/decide/batch", [{"facts": TRAINING}, {"facts": {"x": 1}}, {"facts": {}}])
    assert answer.status_code == 200
    with open_log(url) as log:
        assert len(list(log.entries())) == 3
    assert run("log", "verify", url).exit_code == 0


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "The service cannot answer now"), ("ru", "Сервис сейчас не может ответить")],
)
def test_without_its_log_a_service_is_not_ready_and_says_so_at_every_door(
    tmp_path: Path, language: str, title: str
) -> None:
    url = tmp_path / "decisions.db"
    with LogWriter(open_log(str(url), create=True)) as writer:
        recorded = caller(recorder=writer, log_url=str(url), apart=at_once)
        assert recorded.ask("GET", "/ready").json()["status"] == "ready"
        for part in tmp_path.glob("decisions.db*"):
            part.rename(part.with_name(f"gone-{part.name}"))
        answers = [
            recorded.ask("GET", path, **{"Accept-Language": language})
            for path in ("/ready", "/log", "/v1/log", "/v1/log/1", "/log/report")
        ]
        for part in tmp_path.glob("gone-*"):
            part.rename(part.with_name(part.name.removeprefix("gone-")))
        assert recorded.ask("GET", "/ready").status_code == 200
        assert recorded.ask("GET", "/log").status_code == 200
    assert [one.status_code for one in answers] == [503] * len(answers)
    assert [one.headers["Retry-After"] for one in answers] == ["1"] * len(answers)
    assert all(title in one.text for one in answers)


def test_items_of_a_batch_wait_together_and_are_answered_and_recorded_in_their_order(
    tmp_path: Path,
) -> None:
    url, count = str(tmp_path / "decisions.db"), MOST_TOGETHER + 9
    items = [{**FEW, "only": "tier", "id": f"i{n}", "subject": f"s/{n}"} for n in range(count)]
    with LogWriter(open_log(url, create=True)) as writer:
        answers = caller(recorder=writer).post("/decide/batch", items).json()["items"]
    assert [one["id"] for one in answers] == [one["id"] for one in items]
    with open_log(url) as log:
        assert [one.body["subject"] for one in log.entries()] == [one["subject"] for one in items]


@pytest.mark.slow
def test_a_call_sent_again_is_answered_as_then_and_recorded_once(tmp_path: Path) -> None:
    url = str(tmp_path / "decisions.db")
    call = {"facts": TRAINING, "id": "req-1", "explain": "full"}
    undated = {name: told for name, told in TRAINING.items() if name != "request.created_at"}
    now = {"facts": undated, "id": "req-2"}
    for _ in range(2):  # the second process knows what the first one recorded
        with LogWriter(open_log(url, create=True)) as writer:
            recorded = caller(recorder=writer)
            answers = [recorded.post("/decide", call) for _ in range(2)]
            assert answers[0].json() == answers[1].json()
            assert answers[1].headers["reglament-decision-id"] == "req-1"
            first, second = (recorded.post("/decide", now).json() for _ in range(2))
            assert first == second, "the moment is that of the first time"
    with open_log(url) as log:
        assert len(list(log.entries())) == 2
    assert run("log", "verify", url).exit_code == 0


def test_a_decision_is_recorded_with_what_it_is_about(tmp_path: Path) -> None:
    url = str(tmp_path / "decisions.db")
    with LogWriter(open_log(url, create=True)) as writer:
        recorded = caller(recorder=writer)
        recorded.post("/decide", {"facts": TRAINING, "subject": "request/17"})
        wrong = recorded.post("/decide", {"facts": TRAINING, "subject": "a\nb"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong-subject")
    assert wrong.json()["problems"][0]["pointer"] == "/subject"
    found = run("log", "search", url, "--subject", "request/17", "--json").stdout
    assert json.loads(found)["sequence"] == 1


@pytest.mark.parametrize("language", languages())
def test_an_id_under_which_something_else_was_sent_is_a_conflict(
    tmp_path: Path, language: str
) -> None:
    url = str(tmp_path / "decisions.db")
    with LogWriter(open_log(url, create=True)) as writer:
        recorded = caller(recorder=writer)
        recorded.post("/decide", {"facts": TRAINING, "id": "req-1"})
        for other in (
            {"facts": {}, "id": "req-1"},
            {"facts": TRAINING, "id": "req-1", "explain": "outcomes"},
        ):
            answer = recorded.post("/decide", other, accept_language=language)
            assert (answer.status_code, answer.json()["code"]) == (409, "id-taken")
            assert answer.json()["problems"][0]["pointer"] == "/id"
        items = [{"facts": {}, "id": "req-1"}, {"facts": {}, "id": "req-3"}]
        taken, fine = recorded.post("/decide/batch", items).json()["items"]
        assert (taken["status"], fine["id"]) == (409, "req-3")
    with open_log(url) as log:
        assert len(list(log.entries())) == 2


def test_a_call_sent_again_is_answered_by_the_text_of_then(tmp_path: Path) -> None:
    before, after = shop(tmp_path / "old"), shop(tmp_path / "new", v1={"books": "no"})
    url = str(tmp_path / "decisions.db")
    body = {"facts": request(1), "id": "req-1", "explain": "reasons"}
    told = []
    with LogWriter(open_log(url, create=True)) as writer:
        for policy in (before, after):
            service = Caller(Service(Shelf({"shop": Fixed(policy)}), recorder=writer))
            told.append(service.ask("POST", "/v1/policies/shop/decide", body))
    assert told[0].json() == told[1].json()
    assert told[0].json()["decisions"]["refund"]["outcome"] == "yes"
    assert told[1].headers["reglament-policy-digest"] == before.versions[-1].digest


def test_what_was_sent_is_forgotten_when_its_facts_are_erased(tmp_path: Path) -> None:
    policy, url = shop(tmp_path / "shop"), str(tmp_path / "decisions.db")
    body = {"facts": request(1, **BORN), "id": "req-1"}
    with LogWriter(open_log(url, create=True)) as writer:
        service = Caller(Service(Shelf({"shop": Fixed(policy)}), recorder=writer))
        assert service.ask("POST", "/v1/policies/shop/decide", body).status_code == 200
    with open_log(url) as log:
        log.erase(1)
        with log.storage.read() as connection:
            assert connection.execute(select(CALLS)).all() == []
    assert run("log", "verify", url).exit_code == 0
